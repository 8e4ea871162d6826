/* Robustness of equilibria: which survive when comparisons between states that are ranked close together are uncertain.
 * Method: each state's rank is raised by an amount drawn from [0, blur) for every player, so that exactly the comparisons of
 *         states less than blur ranks apart can turn out either way; the concepts run on each profile drawn. Exactly, for
 *         R, GMR and SMR: a player's verdict on s depends only on which states it prefers to s, and is the harder to pass
 *         the more they are; s is stable whatever the comparisons are iff it is with all uncertain ones against it, and for
 *         some of them iff it is with all in its favour. Players' comparisons are independent.
 * Cost: samples x the concepts. Sampled shares are estimates; necessary and possible are exact.
 * Source: Konczak & Lang 2005 (necessary, possible). */
#include "stability/robust.h"

#include <stdlib.h>

#include "stability/substitute.h"

enum { STEPS_LOG = 20 };

static const char *const names[DTN_ROBUST_CONCEPTS] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

static uint64_t draw(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64, Steele et al. 2014 */
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

typedef struct keyed {
    uint64_t key;
    size_t state;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void draw_ranks(uint32_t *out, const uint32_t *rank, size_t n, int blur, keyed *work, uint64_t *seed)
{
    for (size_t s = 0; s < n; s++)
        work[s] = (keyed){((uint64_t)rank[s] << STEPS_LOG) + draw(seed) % ((uint64_t)blur << STEPS_LOG), s};
    qsort(work, n, sizeof *work, by_key);
    uint32_t level = 0;
    for (size_t k = 0; k < n; k++) {
        level += !k || work[k].key != work[k - 1].key;
        out[work[k].state] = level;
    }
}

static dtn_status sample(dtn_ctx *ctx, dtn_robust *out, const dtn_conflict *c, const int *variant,
                         uint64_t seed)
{
    dtn_conflict *copy;
    uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    keyed *work;
    int concept_index[DTN_ROBUST_CONCEPTS];
    dtn_stability_options options = {0};
    DTN_TRY(dtn_substitute_new(ctx, ctx->scratch, &copy, rank, c, variant));
    DTN_ALLOC(ctx, ctx->scratch, work, c->states);
    for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++) {
        concept_index[k] = dtn_concept_find(names[k]);
        options.concepts |= UINT64_C(1) << concept_index[k];
    }
    for (long n = -1; n < out->samples; n++) {
        dtn_stability *r;
        for (int i = 0; i < c->players && n >= 0; i++)
            draw_ranks(rank[i], c->player[i].variant[variant[i]].rank, c->states, out->blur, work, &seed);
        if ((n & 15) == 0)
            dtn_ctx_report(ctx, "robustness", (double)n / (double)out->samples);
        DTN_TRY(dtn_stability_run(ctx, &r, copy, &options));
        for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++)
            for (size_t s = 0; s < c->states; s++) {
                bool holds = dtn_stability_equilibrium(r, 0, concept_index[k], s);
                if (n < 0)
                    out->holds[k][s] = holds;
                else
                    out->times[k][s] += holds;
            }
        dtn_stability_free(r);
    }
    return DTN_OK;
}

/* With all uncertain comparisons against s (for necessary), or in its favour. */
static bool stable_at_worst(dtn_judge *j, const dtn_concept *concept, const uint32_t *rank, int player,
                            size_t s, int blur, bool against)
{
    for (size_t t = 0; t < j->conflict->states; t++) {
        int64_t ahead = (int64_t)rank[t] - rank[s];
        j->better[t] = t != s && (against ? ahead > -blur : ahead >= blur);
    }
    return dtn_judge_stable_given(j, concept, NULL, j->better, player, s);
}

static dtn_status settle(dtn_ctx *ctx, dtn_robust *out, const dtn_conflict *c, const int *variant)
{
    dtn_judge judge;
    DTN_TRY(dtn_judge_new(ctx, ctx->scratch, &judge, c));
    for (int k = 0; k < 3; k++)
        for (size_t s = 0; s < c->states; s++) {
            const dtn_concept *concept = dtn_concept_at(dtn_concept_find(names[k]));
            bool always = true, ever = true;
            DTN_TRY(dtn_ctx_poll(ctx));
            for (int i = 0; i < c->players; i++) {
                const uint32_t *rank = c->player[i].variant[variant[i]].rank;
                always = always && stable_at_worst(&judge, concept, rank, i, s, out->blur, true);
                ever = ever && stable_at_worst(&judge, concept, rank, i, s, out->blur, false);
            }
            out->necessary[k][s] = always;
            out->possible[k][s] = ever;
        }
    return DTN_OK;
}

dtn_status dtn_robust_find(dtn_ctx *ctx, dtn_arena *arena, dtn_robust *out, const dtn_conflict *c,
                           const int *variant, int blur, long samples, uint64_t seed)
{
    *out = (dtn_robust){.blur = blur, .samples = samples};
    for (int k = 0; k < DTN_ROBUST_CONCEPTS; k++) {
        DTN_ALLOC(ctx, arena, out->times[k], c->states);
        DTN_ALLOC(ctx, arena, out->holds[k], c->states);
    }
    for (int k = 0; k < 3; k++) {
        DTN_ALLOC(ctx, arena, out->necessary[k], c->states);
        DTN_ALLOC(ctx, arena, out->possible[k], c->states);
    }
    DTN_TRY(settle(ctx, out, c, variant));
    return sample(ctx, out, c, variant, seed);
}
