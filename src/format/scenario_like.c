/* What an equilibrium is expected to look like: outcomes, strategies, beliefs, payoffs by name, exact or in an interval. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

/* A value, or [least, greatest]. */
static dtn_status read_pair_value(dtn_reader *r, dtn_scn_pair *pair, const dtn_yaml *y, const char *what)
{
    if (y->kind == DTN_YAML_LIST && y->count == 2) {
        DTN_TRY(dtn_read_formula(r, &pair->value, y->item[0], what, 0));
        return dtn_read_formula(r, &pair->upper, y->item[1], what, 0);
    }
    return dtn_read_formula(r, &pair->value, y, what, 0);
}

/* {key: value} and {key: {subkey: value}}. */
dtn_status dtn_read_pairs(dtn_reader *r, const dtn_scn_pair **out, int *count, const dtn_yaml *y,
                          const char *what)
{
    if (!y || !dtn_expect_map(r, y, what))
        return DTN_OK;
    int room = 0;
    for (int i = 0; i < y->count; i++)
        room += y->item[i]->kind == DTN_YAML_MAP ? y->item[i]->count : 1;
    dtn_scn_pair *pair;
    DTN_ALLOC(r->ctx, r->arena, pair, room);
    *out = pair;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *value = y->item[i];
        for (int k = 0; k < (value->kind == DTN_YAML_MAP ? value->count : 1); k++) {
            dtn_scn_pair *p = &pair[(*count)++];
            bool nested = value->kind == DTN_YAML_MAP;
            *p = (dtn_scn_pair){.key = y->key[i]->text,
                                .subkey = nested ? value->key[k]->text : NULL,
                                .place = y->key[i]->place};
            DTN_TRY(read_pair_value(r, p, nested ? value->item[k] : value, what));
        }
    }
    return DTN_OK;
}

static void check_outcomes(dtn_reader *r, const dtn_yaml *y)
{
    for (int i = 0; y && y->kind == DTN_YAML_MAP && i < y->count; i++) {
        if (dtn_find_name(r, DTN_NAME_OUTCOME, y->key[i]->text) >= 0 ||
            dtn_find_name(r, DTN_NAME_GROUP, y->key[i]->text) >= 0)
            continue;
        /* The probability of an event may be asked by an action too. */
        const dtn_yaml *key = y->key[i];
        int move, count;
        if (strchr(key->text, '.')) {
            dtn_check_action(r, key->text, dtn_yaml_place_in(key, r->bytes, 0, (int)key->length), false);
            continue;
        }
        if (dtn_sole_action(r, key->text, &move))
            continue;
        const char *const *words = dtn_keys(r, r->outcomes, &count);
        dtn_unknown(r, DTN_DIAG_OUTCOME, y->key[i]->place, "outcome or group", y->key[i]->text, words, count);
    }
}

void dtn_check_actions(dtn_reader *r, const dtn_yaml *y, bool partial)
{
    for (int i = 0; y && y->kind == DTN_YAML_MAP && i < y->count; i++)
        dtn_check_action(r, y->key[i]->text, dtn_yaml_place_in(y->key[i], r->bytes, 0, (int)y->key[i]->length),
                         partial || y->item[i]->kind == DTN_YAML_MAP);
}

/* P, P.resolved */
static void check_payoffs(dtn_reader *r, const dtn_yaml *y)
{
    for (int i = 0; y && y->kind == DTN_YAML_MAP && i < y->count; i++) {
        const dtn_yaml *key = y->key[i];
        char name[128];
        size_t n = strcspn(key->text, ".");
        snprintf(name, sizeof name, "%.*s", (int)n, key->text);
        int player = dtn_find_name(r, DTN_NAME_PLAYER, name);
        if (player < 0)
            dtn_read_player(r, key);
        else if (key->text[n] && dtn_type_of(r, player, key->text + n + 1) < 0)
            dtn_unknown(r, DTN_DIAG_TYPE,
                        dtn_yaml_place_in(key, r->bytes, (int)n + 1, (int)strlen(key->text + n + 1)), "type",
                        key->text + n + 1, r->player[player].type, r->player[player].types);
    }
}

dtn_status dtn_read_like(dtn_reader *r, const dtn_scn_like **out, const dtn_yaml *y, const char *what)
{
    if (!y)
        return DTN_OK;
    dtn_scn_like *like;
    DTN_ALLOC(r->ctx, r->arena, like, 1);
    *out = like;
    const dtn_yaml *outcomes, *strategies, *beliefs, *payoffs, *class_, *rung;
    if (!dtn_read_fields(r, y, what, y->place,
                         (dtn_field[]){{"outcomes", &outcomes, false},
                                       {"strategies", &strategies, false},
                                       {"beliefs", &beliefs, false},
                                       {"payoffs", &payoffs, false},
                                       {"class", &class_, false},
                                       {"rung", &rung, false}},
                         6))
        return DTN_OK;
    check_outcomes(r, outcomes);
    dtn_check_actions(r, strategies, false);
    dtn_check_actions(r, beliefs, true);
    check_payoffs(r, payoffs);
    DTN_TRY(dtn_read_pairs(r, &like->outcome, &like->outcomes, outcomes, "outcomes"));
    DTN_TRY(dtn_read_pairs(r, &like->strategy, &like->strategies, strategies, "strategies"));
    DTN_TRY(dtn_read_pairs(r, &like->belief, &like->beliefs, beliefs, "beliefs"));
    DTN_TRY(dtn_read_pairs(r, &like->payoff, &like->payoffs, payoffs, "payoffs"));
    DTN_TRY(dtn_read_rung(r, rung, &like->rung));
    like->class_key = dtn_read_text(r, class_, "class");
    if (like->class_key && dtn_find_name(r, DTN_NAME_CLASS, like->class_key) < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->classes, &count);
        dtn_unknown(r, DTN_DIAG_CLASS, class_->place, "class", like->class_key, words, count);
    }
    return DTN_OK;
}
