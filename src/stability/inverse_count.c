/* How many profiles of strict rankings make a state an equilibrium.
 * Method: under R, GMR and SMR the sets of states that a player may prefer to the target are gone through; a set of m states
 *         stands for m! (n - 1 - m)! rankings, and players multiply. Under SEQ and SSEQ all profiles are gone through.
 * Cost: 2^(states - 1) a player; (states!)^players. Exact. Source: counts of Kinsara et al. 2015, by exhaustion. */
#include <flint/fmpz.h>

#include "stability/inverse.h"

enum { STATES_MOST = 16, PROFILES_MOST = 2000000 };

static dtn_status count_player(dtn_ctx *ctx, fmpz_t sum, dtn_judge *judge, const dtn_concept *concept,
                               int player, size_t target)
{
    size_t n = judge->conflict->states;
    unsigned long by_size[STATES_MOST + 1] = {0};
    for (uint32_t set = 0; set < (uint32_t)1 << (n - 1); set++) {
        unsigned size = 0;
        if ((set & 4095) == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        for (size_t t = 0, bit = 0; t < n; t++) {
            judge->better[t] = t != target && set >> bit & 1;
            bit += t != target;
            size += judge->better[t];
        }
        by_size[size] += dtn_judge_stable_given(judge, concept, NULL, judge->better, player, target);
    }
    fmpz_t term, factor;
    fmpz_init(term);
    fmpz_init(factor);
    fmpz_zero(sum);
    for (size_t m = 0; m < n; m++) {
        fmpz_fac_ui(term, m);
        fmpz_fac_ui(factor, n - 1 - m);
        fmpz_mul(term, term, factor);
        fmpz_addmul_ui(sum, term, by_size[m]);
    }
    fmpz_clear(term);
    fmpz_clear(factor);
    return DTN_OK;
}

/* The next permutation in lexicographic order; false: it was the last, and the first one is there again. */
static bool next_permutation(uint32_t *a, size_t n)
{
    size_t i = n - 1;
    while (i && a[i - 1] > a[i])
        i--;
    for (size_t x = i, y = n - 1; x < y; x++, y--) {
        uint32_t swap = a[x];
        a[x] = a[y];
        a[y] = swap;
    }
    if (!i)
        return false;
    size_t j = i;
    while (a[j] < a[i - 1])
        j++;
    uint32_t swap = a[i - 1];
    a[i - 1] = a[j];
    a[j] = swap;
    return true;
}

static dtn_status count_profiles(dtn_ctx *ctx, unsigned long *found, dtn_judge *judge,
                                 const dtn_concept *concept, size_t target)
{
    const dtn_conflict *c = judge->conflict;
    uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    for (int i = 0; i < c->players; i++) {
        DTN_ALLOC(ctx, ctx->scratch, rank[i], c->states);
        for (size_t s = 0; s < c->states; s++)
            rank[i][s] = (uint32_t)s + 1;
    }
    *found = 0;
    for (int i = 0; i < c->players;) {
        DTN_TRY(dtn_ctx_poll(ctx));
        *found += dtn_judge_equilibrium(judge, concept, (const uint32_t *const *)rank, target);
        for (i = 0; i < c->players && !next_permutation(rank[i], c->states); i++)
            ;
    }
    return DTN_OK;
}

dtn_status dtn_inverse_count(dtn_ctx *ctx, dtn_arena *arena, dtn_inverse *out, const dtn_conflict *c,
                             const dtn_concept *concept, size_t target)
{
    dtn_judge judge;
    if (c->states > STATES_MOST)
        return DTN_OK;
    double profiles = 1;
    for (int i = 0; i < c->players; i++)
        for (size_t k = 2; k <= c->states; k++)
            profiles *= (double)k;
    if (concept->credible && profiles > PROFILES_MOST)
        return DTN_OK;
    out->profiles = dtn_arena_fmpz(arena, 1);
    out->all = dtn_arena_fmpz(arena, 1);
    fmpz *work = dtn_arena_fmpz(ctx->scratch, 1);
    if (!out->profiles || !out->all || !work)
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_judge_new(ctx, ctx->scratch, &judge, c));
    fmpz_fac_ui(work, c->states);
    fmpz_pow_ui(out->all, work, (unsigned long)c->players);
    fmpz_one(out->profiles);
    if (concept->credible) {
        unsigned long found;
        DTN_TRY(count_profiles(ctx, &found, &judge, concept, target));
        fmpz_set_ui(out->profiles, found);
    } else {
        for (int i = 0; i < c->players; i++) {
            DTN_TRY(count_player(ctx, work, &judge, concept, i, target));
            fmpz_mul(out->profiles, out->profiles, work);
        }
    }
    out->counted = true;
    return DTN_OK;
}
