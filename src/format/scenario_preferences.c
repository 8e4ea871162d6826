/* `preferences:` of a conflict: statements, rankings, weights; comparisons of pairs, degrees and thresholds; `attitudes:`. The
 * builder of model/conflict checks every text. */
#include "format/scenario_conflict.h"

#include <string.h>

/* [[best, tied], next, ...] */
static dtn_status prefer_ranking(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    dtn_reader *r = c->r;
    if (!dtn_expect_list(r, y, "ranking"))
        return DTN_OK;
    int total = 0, count = 0;
    for (int t = 0; t < y->count; t++)
        total += dtn_list_count(y->item[t]);
    const char **state;
    int *size;
    DTN_ALLOC(r->ctx, r->ctx->scratch, state, total);
    DTN_ALLOC(r->ctx, r->ctx->scratch, size, y->count);
    for (int t = 0; t < y->count; t++) {
        const dtn_yaml *tier = y->item[t];
        for (int i = 0; tier->kind != DTN_YAML_MAP && i < dtn_list_count(tier); i++) {
            const char *text = dtn_read_text(r, dtn_list_item(tier, i), "state");
            if (!text)
                return DTN_OK;
            state[count++] = text;
            size[t]++;
        }
    }
    return dtn_conflict_read_fault(c, dtn_conflict_prefer_tiers(c->b, player, variant, state, size, y->count),
                                   y);
}

static dtn_status prefer_weights(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    dtn_reader *r = c->r;
    if (!dtn_expect_map(r, y, "weights"))
        return DTN_OK;
    const char **option, **weight;
    DTN_ALLOC(r->ctx, r->ctx->scratch, option, y->count);
    DTN_ALLOC(r->ctx, r->ctx->scratch, weight, y->count);
    for (int i = 0; i < y->count; i++) {
        option[i] = y->key[i]->text;
        weight[i] = dtn_read_text(r, y->item[i], "weight");
        if (!weight[i])
            return DTN_OK;
    }
    return dtn_conflict_read_fault(
        c, dtn_conflict_prefer_weights(c->b, player, variant, option, weight, y->count), y);
}

static dtn_status prefer_statements(dtn_conflict_reading *c, int player, const char *variant,
                                    const dtn_yaml *y)
{
    const char *const *text;
    int count;
    if (!dtn_expect_list(c->r, y, "preferences"))
        return DTN_OK;
    DTN_TRY(dtn_read_texts(c->r, y, "statement", &text, &count));
    return dtn_conflict_read_fault(c, dtn_conflict_prefer(c->b, player, variant, text, count), y);
}

static dtn_status compare_pairs(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    const char *const *text;
    int count;
    if (!dtn_expect_list(c->r, y, "pairs"))
        return DTN_OK;
    DTN_TRY(dtn_read_texts(c->r, y, "comparison", &text, &count));
    return dtn_conflict_read_fault(c, dtn_conflict_compare(c->b, player, variant, text, count), y);
}

/* degrees: {a > b: 0.7} */
static dtn_status set_degrees(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    for (int i = 0; dtn_expect_map(c->r, y, "degrees") && i < y->count; i++) {
        const char *value = dtn_read_text(c->r, y->item[i], "degree");
        if (value)
            DTN_TRY(dtn_conflict_read_fault(
                c, dtn_conflict_set_degree(c->b, player, variant, y->key[i]->text, value), y));
    }
    return DTN_OK;
}

static const char *const keys[] = {"ranking", "weights",     "statements", "pairs", "degrees",
                                   "about",   "satisficing", "alpha",      "beta",  "gamma"};
enum { KEYS = sizeof keys / sizeof *keys, FIRST_LEVEL = 6 };

/* Whether a map is one preference, not several variants. */
static bool one_preference(const dtn_yaml *y)
{
    for (int k = 0; k < KEYS; k++)
        if (strcmp(keys[k], "about") != 0 && dtn_yaml_get(y, keys[k]))
            return true;
    return false;
}

static dtn_status prefer_map(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    const dtn_yaml *at[KEYS];
    dtn_field field[KEYS];
    for (int k = 0; k < KEYS; k++)
        field[k] = (dtn_field){keys[k], &at[k], false};
    if (!dtn_read_fields(c->r, y, "a preference", y->place, field, KEYS))
        return DTN_OK;
    if ((at[0] != NULL) + (at[1] != NULL) + (at[2] != NULL) > 1)
        dtn_diag_error(c->r->diags, DTN_DIAG_CONFLICT, y->place,
                       "a preference is a ranking, weights or statements, not several of them");
    if (at[0])
        DTN_TRY(prefer_ranking(c, player, variant, at[0]));
    else if (at[1])
        DTN_TRY(prefer_weights(c, player, variant, at[1]));
    else if (at[2])
        DTN_TRY(prefer_statements(c, player, variant, at[2]));
    if (at[3])
        DTN_TRY(compare_pairs(c, player, variant, at[3]));
    if (at[4])
        DTN_TRY(set_degrees(c, player, variant, at[4]));
    for (int l = 0; l < DTN_LEVELS; l++) {
        const char *value =
            at[FIRST_LEVEL + l] ? dtn_read_text(c->r, at[FIRST_LEVEL + l], keys[FIRST_LEVEL + l]) : NULL;
        if (value)
            DTN_TRY(dtn_conflict_read_fault(
                c, dtn_conflict_set_level(c->b, player, variant, (dtn_level)l, value), at[FIRST_LEVEL + l]));
    }
    return DTN_OK;
}

static dtn_status prefer(dtn_conflict_reading *c, int player, const char *variant, const dtn_yaml *y)
{
    return y->kind == DTN_YAML_MAP && one_preference(y) ? prefer_map(c, player, variant, y)
                                                        : prefer_statements(c, player, variant, y);
}

/* attitudes: {P: {Q: negative}} */
static dtn_status set_attitudes(dtn_conflict_reading *c)
{
    static const char *const words[] = {"negative", "neutral", "positive"};
    dtn_reader *r = c->r;
    const dtn_yaml *y = c->attitudes;
    for (int i = 0; y && dtn_expect_map(r, y, "conflict.attitudes") && i < y->count; i++) {
        int player = dtn_read_player(r, y->key[i]);
        const dtn_yaml *row = y->item[i];
        for (int k = 0; player >= 0 && dtn_expect_map(r, row, "attitudes of a player") && k < row->count; k++) {
            int toward = dtn_read_player(r, row->key[k]),
                word = dtn_read_word(r, row->item[k], "attitude", words, 3);
            if (toward >= 0 && word >= 0)
                DTN_TRY(dtn_conflict_read_fault(
                    c, dtn_conflict_set_attitude(c->b, c->number[player], c->number[toward], word - 1), row));
        }
    }
    return DTN_OK;
}

dtn_status dtn_read_preferences(dtn_conflict_reading *c)
{
    dtn_reader *r = c->r;
    const dtn_yaml *y = c->preferences;
    for (int i = 0; y && dtn_expect_map(r, y, "conflict.preferences") && i < y->count; i++) {
        int player = dtn_read_player(r, y->key[i]);
        const dtn_yaml *value = y->item[i];
        if (player < 0)
            continue;
        if (value->kind != DTN_YAML_MAP || one_preference(value)) {
            DTN_TRY(prefer(c, c->number[player], NULL, value));
            continue;
        }
        for (int k = 0; k < value->count; k++)
            DTN_TRY(prefer(c, c->number[player], value->key[k]->text, value->item[k]));
    }
    return set_attitudes(c);
}
