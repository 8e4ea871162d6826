/* Single verdicts from the definitions of R, GMR, SMR, SEQ and SSEQ.
 * Method: for each improvement a breadth-first search for a sanction. Cost: linear in the moves, an improvement. Exact. */
#include "stability/judge.h"

dtn_status dtn_judge_new(dtn_ctx *ctx, dtn_arena *arena, dtn_judge *out, const dtn_conflict *c)
{
    *out = (dtn_judge){.conflict = c};
    DTN_ALLOC(ctx, arena, out->better, c->states);
    return dtn_search_new(ctx, arena, &out->search, c);
}

static bool moves_to_better(const dtn_conflict *c, const bool *better, int player, size_t from)
{
    size_t t;
    for (dtn_move_iter m = dtn_conflict_moves_from(c, player, from); dtn_move_next(&m, &t);)
        if (better[t])
            return true;
    return false;
}

bool dtn_judge_stable_given(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank,
                            const bool *better, int player, size_t s)
{
    const dtn_conflict *c = j->conflict;
    uint32_t others = (((uint32_t)2 << (c->players - 1)) - 1) & ~((uint32_t)1 << player);
    size_t t, at;
    for (dtn_move_iter m = dtn_conflict_moves_from(c, player, s); dtn_move_next(&m, &t);) {
        if (!better[t])
            continue;
        bool deterred = false;
        if (!concept->sanctions)
            return false;
        dtn_search_start(&j->search, t, others, concept->credible ? rank : NULL);
        while (!deterred && dtn_search_next(&j->search, &at)) {
            size_t b = j->search.arrival[at].state;
            deterred = !better[b] && !(concept->countermoves && moves_to_better(c, better, player, b));
        }
        if (!deterred)
            return false;
    }
    return true;
}

bool dtn_judge_stable(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank, int player,
                      size_t s)
{
    for (size_t t = 0; t < j->conflict->states; t++)
        j->better[t] = rank[player][t] > rank[player][s];
    return dtn_judge_stable_given(j, concept, rank, j->better, player, s);
}

bool dtn_judge_equilibrium(dtn_judge *j, const dtn_concept *concept, const uint32_t *const *rank, size_t s)
{
    for (int i = 0; i < j->conflict->players; i++)
        if (!dtn_judge_stable(j, concept, rank, i, s))
            return false;
    return true;
}
