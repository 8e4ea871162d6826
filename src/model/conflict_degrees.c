/* Degrees of preference with the thresholds at which players act on them, and attitudes.
 * Method: every degree becomes marks, one a threshold, so that concepts compare bits. A pair that is given one way only has
 *         the complement the other way; what is known for certain has degree 1. Cost: states^2. Exact: rationals. */
#include <string.h>

#include "model/conflict_builder.h"

static dtn_status read_number(dtn_conflict_builder *b, fmpq *out, const char *text, dtn_conflict_fault fault)
{
    return dtn_rational_parse(out, text, strlen(text))
               ? DTN_OK
               : dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, text), "'%.60s' is not a number", text);
}

/* The variant, made when the player has none of that name. */
static dtn_status variant_of(dtn_conflict_builder *b, int player, const char *variant,
                             dtn_preference_spec **spec)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_PREFERENCE));
    *spec = dtn_builder_variant(b, player, variant);
    return *spec ? DTN_OK : dtn_builder_pairs_variant(b, player, variant, spec);
}

dtn_status dtn_conflict_set_degree(dtn_conflict_builder *b, int player, const char *variant, const char *pair,
                                   const char *degree)
{
    dtn_preference_spec *spec;
    fmpq *value;
    dtn_conflict_fault fault = dtn_fault_at(DTN_PART_PREFERENCE, player, -1);
    dtn_chain chain = {.text = pair};
    bool more;
    DTN_ALLOC_FMPQ(b->ctx, b->arena, value, 1);
    DTN_TRY(read_number(b, value, degree, fault));
    if (fmpq_sgn(value) < 0 || fmpq_cmp_ui(value, 1) > 0)
        return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, degree),
                                "the degree %.60s does not lie between 0 and 1", degree);
    DTN_TRY(dtn_chain_next(b, &chain, &more, fault));
    if (chain.sign != DTN_BETTER || *chain.at)
        return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, pair),
                                "'%.80s': a degree belongs to a pair 'a > b'", pair);
    DTN_TRY(variant_of(b, player, variant, &spec));
    dtn_degree_spec *d = dtn_builder_push(b, &spec->degrees, sizeof *d);
    if (!d)
        return dtn_fail_nomem(b->ctx);
    DTN_TRY(dtn_builder_copy(b, &d->text, pair));
    d->value = value;
    spec->degrees.count++;
    return DTN_OK;
}

dtn_status dtn_conflict_set_level(dtn_conflict_builder *b, int player, const char *variant, dtn_level level,
                                  const char *value)
{
    static const char *const names[] = {"satisficing", "alpha", "beta", "gamma"};
    dtn_preference_spec *spec;
    fmpq *number;
    dtn_conflict_fault fault = dtn_fault_at(DTN_PART_PREFERENCE, player, -1);
    if ((unsigned)level >= DTN_LEVELS)
        return dtn_builder_fail(b, DTN_ARG, fault, "level %d does not exist", (int)level);
    DTN_ALLOC_FMPQ(b->ctx, b->arena, number, 1);
    DTN_TRY(read_number(b, number, value, fault));
    int low = fmpq_sgn(number), high = fmpq_cmp_ui(number, 1);
    bool fits = level == DTN_GAMMA ? low >= 0 && high < 0 : low > 0 && high <= 0;
    if (!fits)
        return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, value),
                                level == DTN_GAMMA ? "%s is %.60s, expected at least 0 and less than 1"
                                                   : "%s is %.60s, expected more than 0 and at most 1",
                                names[level], value);
    DTN_TRY(variant_of(b, player, variant, &spec));
    if (!spec->level)
        DTN_ALLOC_FMPQ(b->ctx, b->arena, spec->level, DTN_LEVELS);
    fmpq_set(spec->level + level, number);
    spec->levelled[level] = true;
    return DTN_OK;
}

dtn_status dtn_conflict_set_attitude(dtn_conflict_builder *b, int player, int toward, int sign)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_PLAYER));
    DTN_TRY(dtn_builder_check_player(b, toward, DTN_PART_PLAYER));
    dtn_attitude_spec *a = dtn_builder_push(b, &b->attitudes, sizeof *a);
    if (!a)
        return dtn_fail_nomem(b->ctx);
    *a = (dtn_attitude_spec){player, toward, (sign > 0) - (sign < 0)};
    b->attitudes.count++;
    return DTN_OK;
}

/* place [states][states] = 1 + place of the degree in spec->degrees; 0: none. */
static dtn_status place_degrees(dtn_conflict_builder *b, const dtn_conflict *c, int *place,
                                const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    const dtn_degree_spec *degree = spec->degrees.item;
    bool *left, *right, more;
    size_t n = c->states;
    DTN_ALLOC(b->ctx, b->ctx->scratch, left, n);
    DTN_ALLOC(b->ctx, b->ctx->scratch, right, n);
    for (int k = 0; k < spec->degrees.count; k++) {
        dtn_chain chain = {.text = degree[k].text};
        fault = dtn_fault_whole(fault, degree[k].text);
        DTN_TRY(dtn_chain_next(b, &chain, &more, fault));
        DTN_TRY(dtn_chain_states(b, c, left, chain.left, fault));
        DTN_TRY(dtn_chain_states(b, c, right, chain.right, fault));
        for (size_t s = 0; s < n; s++)
            for (size_t t = 0; left[s] && t < n; t++)
                if (right[t] && s != t)
                    place[s * n + t] = k + 1;
    }
    return DTN_OK;
}

/* Thresholds with what is not given filled in. */
static dtn_status fill_levels(dtn_conflict_builder *b, fmpq *level, const dtn_preference_spec *spec,
                              dtn_conflict_fault fault)
{
    if (!spec->levelled[DTN_SATISFICING] && !spec->levelled[DTN_ALPHA])
        return dtn_builder_fail(
            b, DTN_PARSE, fault,
            "degrees of preference need `satisficing` (fuzzy stability) or `alpha` (stability "
            "with probabilities): from which degree on a player acts");
    for (int l = 0; l < DTN_LEVELS; l++)
        if (spec->levelled[l])
            fmpq_set(level + l, spec->level + l);
        else
            fmpq_one(level + l);
    if (!spec->levelled[DTN_BETA])
        fmpq_set(level + DTN_BETA, level + DTN_ALPHA);
    for (int l = DTN_ALPHA; l < DTN_GAMMA; l++) { /* stand for 1 - alpha and 1 - beta from here on */
        fmpq_sub_ui(level + l, level + l, 1);
        fmpq_neg(level + l, level + l);
    }
    if (!spec->levelled[DTN_GAMMA])
        fmpq_set(level + DTN_GAMMA, level + DTN_ALPHA);
    return DTN_OK;
}

static unsigned char mark_of(const fmpq *level, const fmpq *work)
{
    return (unsigned char)((fmpq_cmp(work + 2, level + DTN_SATISFICING) >= 0 ? DTN_DEGREE_SURE : 0) |
                           (fmpq_cmp(work, level + DTN_ALPHA) > 0 ? DTN_DEGREE_TEMPTS : 0) |
                           (fmpq_cmp(work, level + DTN_BETA) > 0 ? DTN_DEGREE_SPARES : 0) |
                           (fmpq_cmp(work, level + DTN_GAMMA) > 0 ? DTN_DEGREE_ANSWERS : 0));
}

dtn_status dtn_builder_degrees(dtn_conflict_builder *b, const dtn_conflict *c, const dtn_preference *p,
                               dtn_pairs *pairs, unsigned char *relation, const dtn_preference_spec *spec,
                               dtn_conflict_fault fault)
{
    const dtn_degree_spec *degree = spec->degrees.item;
    size_t n = c->states;
    int *place;
    fmpq *level, *work; /* degrees of s over t and of t over s, their difference */
    unsigned char *mark;
    if (!spec->degrees.count)
        return DTN_OK;
    DTN_ALLOC(b->ctx, b->ctx->scratch, place, n * n);
    DTN_ALLOC(b->ctx, b->arena, mark, n * n);
    DTN_ALLOC_FMPQ(b->ctx, b->arena, level, DTN_LEVELS);
    DTN_ALLOC_FMPQ(b->ctx, b->arena, work, 3);
    fault.index = -1;
    DTN_TRY(fill_levels(b, level, spec, fault));
    DTN_TRY(place_degrees(b, c, place, spec, fault));
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++) {
            int there = place[s * n + t], back = place[t * n + s];
            dtn_comparison x = (dtn_comparison)relation[s * n + t];
            if (!there && !back) {
                mark[s * n + t] = dtn_is_better(x) ? DTN_DEGREE_SURE | DTN_DEGREE_TEMPTS | DTN_DEGREE_SPARES |
                                                         DTN_DEGREE_ANSWERS
                                                   : 0;
                continue;
            }
            for (int way = 0; way < 2; way++) {
                int given = way ? back : there;
                if (given)
                    fmpq_set(work + way, degree[given - 1].value);
                else {
                    fmpq_sub_ui(work + way, degree[(way ? there : back) - 1].value, 1);
                    fmpq_neg(work + way, work + way);
                }
            }
            fmpq_add(work + 2, work, work + 1);
            if (fmpq_cmp_ui(work + 2, 1) > 0)
                return dtn_builder_fail(b, DTN_PARSE, dtn_fault_whole(fault, degree[there - 1].text),
                                        "the degrees of '%.80s' and of the opposite sum to more than 1",
                                        degree[there - 1].text);
            fmpq_sub(work + 2, work, work + 1);
            mark[s * n + t] = mark_of(level, work);
            if (p->kind == DTN_PREFER_PAIRS && fmpq_is_one(work) && x == DTN_UNKNOWN) {
                relation[s * n + t] = DTN_BETTER;
                relation[t * n + s] = DTN_WORSE;
            }
        }
    pairs->mark = mark;
    return DTN_OK;
}

/* What some preference holds, for concepts to know whether they apply. */
static void summarise(dtn_conflict *c, const dtn_conflict_builder *b)
{
    c->ranked = true;
    for (int i = 0; i < c->players; i++)
        for (int v = 0; v < c->player[i].variants; v++) {
            const dtn_preference *p = &c->player[i].variant[v];
            const dtn_preference_spec *spec =
                (const dtn_preference_spec *)dtn_builder_player(b, i)->preferences.item + v;
            const dtn_pairs *q = p->pairs;
            c->ranked &= p->ranked;
            c->strong |= p->group != NULL;
            c->fuzzy |= q && q->mark && spec->levelled[DTN_SATISFICING];
            c->probable |= q && q->mark && spec->levelled[DTN_ALPHA];
            for (size_t k = 0; q && k < q->states * q->states; k++) {
                c->strong |= q->relation[k] == DTN_MUCH_BETTER;
                c->unknown |= q->relation[k] == DTN_UNKNOWN && !q->mark;
            }
        }
}

dtn_status dtn_builder_attitudes(dtn_conflict_builder *b, dtn_conflict *c)
{
    const dtn_attitude_spec *a = b->attitudes.item;
    signed char *attitude;
    summarise(c, b);
    if (!b->attitudes.count)
        return DTN_OK;
    DTN_ALLOC(b->ctx, b->arena, attitude, c->players * c->players);
    for (int i = 0; i < c->players; i++)
        attitude[i * c->players + i] = 1;
    for (int k = 0; k < b->attitudes.count; k++)
        attitude[a[k].player * c->players + a[k].toward] = (signed char)a[k].sign;
    c->attitude = attitude;
    return DTN_OK;
}
