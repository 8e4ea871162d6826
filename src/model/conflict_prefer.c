/* The builder's preferences: prioritised statements, rankings in tiers, option weights.
 * Cost: linear in the texts. Exact: weights become integers over their common denominator. */
#include <string.h>

#include "model/conflict_builder.h"
#include "num/rational.h"

/* Opens a variant: checks the player and its name; *spec is at the end of the list, not counted yet. */
static dtn_status open_variant(dtn_conflict_builder *b, int player, const char *variant,
                               dtn_preference_kind kind, dtn_preference_spec **spec, dtn_conflict_fault *fault)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_PREFERENCE));
    dtn_list *list = &((dtn_player_spec *)b->players.item)[player].preferences;
    *fault = dtn_fault_at(DTN_PART_PREFERENCE, player, -1);
    fault->variant = list->count;
    for (int v = 0; v < list->count; v++)
        if (!strcmp(((dtn_preference_spec *)list->item)[v].shown.name, variant ? variant : ""))
            return dtn_builder_fail(b, DTN_PARSE, *fault, "player '%s' has two preferences called '%s'",
                                    dtn_builder_player(b, player)->shown.key, variant ? variant : "");
    *spec = dtn_builder_push(b, list, sizeof **spec);
    if (!*spec)
        return dtn_fail_nomem(b->ctx);
    **spec = (dtn_preference_spec){.shown.kind = kind};
    return dtn_builder_copy(b, &(*spec)->shown.name, variant);
}

static dtn_status copy_texts(dtn_conflict_builder *b, const char *const **out, const char *const *text,
                             int count)
{
    const char **own;
    DTN_ALLOC(b->ctx, b->arena, own, count);
    for (int i = 0; i < count; i++)
        DTN_TRY(dtn_builder_copy(b, &own[i], text[i]));
    *out = own;
    return DTN_OK;
}

static void close_variant(dtn_conflict_builder *b, int player)
{
    ((dtn_player_spec *)b->players.item)[player].preferences.count++;
}

dtn_status dtn_conflict_prefer(dtn_conflict_builder *b, int player, const char *variant,
                               const char *const *statements, int count)
{
    dtn_preference_spec *spec;
    dtn_conflict_fault fault;
    DTN_TRY(open_variant(b, player, variant, DTN_PREFER_STATEMENTS, &spec, &fault));
    dtn_statement *parsed;
    DTN_ALLOC(b->ctx, b->arena, parsed, count);
    for (fault.index = 0; fault.index < count; fault.index++)
        DTN_TRY(dtn_builder_parse(b, &parsed[fault.index], statements[fault.index], fault));
    DTN_TRY(copy_texts(b, &spec->shown.text, statements, count));
    spec->shown.texts = count;
    spec->statement = parsed;
    close_variant(b, player);
    return DTN_OK;
}

dtn_status dtn_builder_pairs_variant(dtn_conflict_builder *b, int player, const char *variant,
                                     dtn_preference_spec **spec)
{
    dtn_conflict_fault fault;
    DTN_TRY(open_variant(b, player, variant, DTN_PREFER_PAIRS, spec, &fault));
    close_variant(b, player);
    return DTN_OK;
}

dtn_status dtn_conflict_prefer_tiers(dtn_conflict_builder *b, int player, const char *variant,
                                     const char *const *states, const int *size, int tiers)
{
    dtn_preference_spec *spec;
    dtn_conflict_fault fault;
    DTN_TRY(open_variant(b, player, variant, DTN_PREFER_TIERS, &spec, &fault));
    int *own, total = 0, kept = 0, from = 0;
    const char **text;
    bool *gap, gaps = false;
    for (int t = 0; t < tiers; t++)
        total += size[t] > 0 ? size[t] : 0;
    DTN_ALLOC(b->ctx, b->arena, own, tiers);
    DTN_ALLOC(b->ctx, b->arena, gap, tiers);
    DTN_ALLOC(b->ctx, b->ctx->scratch, text, total);
    total = 0;
    for (int t = 0; t < tiers; from += size[t++]) {
        fault.index = t;
        if (size[t] < 1)
            return dtn_builder_fail(b, DTN_PARSE, fault, "tier %d of a ranking is empty", t + 1);
        if (size[t] == 1 && kept && !strcmp(states[from], ">>")) {
            gap[kept - 1] = gaps = true;
            continue;
        }
        own[kept++] = size[t];
        for (int i = 0; i < size[t]; i++)
            text[total++] = states[from + i];
    }
    DTN_TRY(copy_texts(b, &spec->shown.text, text, total));
    spec->shown.texts = total;
    spec->shown.tier_size = own;
    spec->shown.tiers = kept;
    spec->shown.gap = gaps ? gap : NULL;
    close_variant(b, player);
    return DTN_OK;
}

/* Weights as integers over their common denominator; sums of all of them stay below 2^62. */
static dtn_status scale_weights(dtn_conflict_builder *b, int64_t *out, const char *const *text, int count,
                                dtn_conflict_fault fault)
{
    fmpq *value;
    fmpz *work; /* common denominator, one weight, sum of their sizes */
    DTN_ALLOC_FMPQ(b->ctx, b->arena, value, count);
    work = dtn_arena_fmpz(b->arena, 3);
    if (!work)
        return dtn_fail_nomem(b->ctx);
    fmpz_one(work);
    for (int i = 0; i < count; i++) {
        fault.index = i;
        if (!dtn_rational_parse(value + i, text[i], strlen(text[i])))
            return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, text[i]),
                                    "the weight '%.60s' is not a number", text[i]);
        fmpz_lcm(work, work, fmpq_denref(value + i));
    }
    for (int i = 0; i < count; i++) {
        fault.index = i;
        fmpz_mul(work + 1, work, fmpq_numref(value + i));
        fmpz_divexact(work + 1, work + 1, fmpq_denref(value + i));
        out[i] = fmpz_get_si(work + 1);
        fmpz_abs(work + 1, work + 1);
        fmpz_add(work + 2, work + 2, work + 1);
        if (fmpz_bits(work + 2) > 62)
            return dtn_builder_fail(b, DTN_LIMIT, dtn_fault_whole(fault, text[i]),
                                    "over their common denominator the weights exceed 62 bits");
    }
    return DTN_OK;
}

dtn_status dtn_conflict_prefer_weights(dtn_conflict_builder *b, int player, const char *variant,
                                       const char *const *options, const char *const *weights, int count)
{
    dtn_preference_spec *spec;
    dtn_conflict_fault fault;
    DTN_TRY(open_variant(b, player, variant, DTN_PREFER_WEIGHTS, &spec, &fault));
    int *option;
    int64_t *weight;
    uint64_t seen = 0;
    DTN_ALLOC(b->ctx, b->arena, option, count);
    DTN_ALLOC(b->ctx, b->arena, weight, count);
    for (int i = 0; i < count; i++) {
        fault.index = i;
        option[i] = dtn_builder_find_option(b, options[i], strlen(options[i]));
        if (option[i] < 0 || seen >> option[i] & 1) {
            fault.unknown = option[i] < 0 ? options[i] : NULL;
            return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, options[i]),
                                    option[i] < 0 ? "no option is called '%s'" : "option '%s' has two weights",
                                    options[i]);
        }
        seen |= UINT64_C(1) << option[i];
    }
    DTN_TRY(scale_weights(b, weight, weights, count, fault));
    DTN_TRY(copy_texts(b, &spec->shown.text, options, count));
    DTN_TRY(copy_texts(b, &spec->shown.weight, weights, count));
    spec->shown.texts = count;
    spec->option = option;
    spec->weight = weight;
    close_variant(b, player);
    return DTN_OK;
}
