/* The mediator's problem: the cheapest changes of prioritised statements under which given states hold and others do not.
 * Method: sets of changes, at most one a statement, are tried by backtracking; a set that costs more than the best one so far
 *         is left. A player's ranks follow from the truth of its statements by state, in the changed order.
 * Cost: (3 x statements)^changes verdicts. Exact within the changes considered.
 * Source: after Kinsara, Kilgour & Hipel 2015 (inverse analysis for third parties). */
#include "stability/mediate.h"

#include <string.h>

#include "stability/substitute.h"

enum { WAYS_MOST = 64, STATEMENTS_MOST = 31 };

typedef struct work {
    dtn_ctx *ctx;
    const dtn_conflict *conflict;
    dtn_judge judge;
    const dtn_concept *concept;
    const dtn_mediate_goal *goal;
    uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    uint32_t *truth[DTN_CONFLICT_MAX_PLAYERS]; /* [states] bit k: statement k holds; NULL: not by statements */
    int statements[DTN_CONFLICT_MAX_PLAYERS];
    dtn_mediation now, *way;
    dtn_mediate *out;
} work;

static dtn_status read_truth(work *w, int player, const dtn_preference *p)
{
    w->statements[player] = p->texts;
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->truth[player], w->conflict->states);
    for (size_t s = 0; s < w->conflict->states; s++) {
        uint64_t pattern = dtn_conflict_pattern(w->conflict, s);
        for (int k = 0; k < p->texts; k++) {
            uint64_t word = dtn_statement_word(&p->statement[k], pattern & ~UINT64_C(63));
            w->truth[player][s] |= (uint32_t)(word >> (pattern & 63) & 1) << k;
        }
    }
    return DTN_OK;
}

/* The player's ranks under the present changes: the truth of its statements as a number, the most important first. */
static void rerank(work *w, int player)
{
    int order[STATEMENTS_MOST + DTN_CHANGES_MOST], count = 0;
    uint32_t reversed = 0, moved = 0;
    if (!w->truth[player])
        return;
    for (int k = 0; k < w->now.changes; k++) {
        const dtn_change *x = &w->now.change[k];
        if (x->player != player)
            continue;
        uint32_t bit = (uint32_t)1 << x->statement;
        if (x->kind == DTN_CHANGE_REVERSE)
            reversed |= bit;
        else
            moved |= bit;
        if (x->kind == DTN_CHANGE_FIRST)
            order[count++] = x->statement;
    }
    for (int k = 0; k < w->statements[player]; k++)
        if (!(moved >> k & 1))
            order[count++] = k;
    for (size_t s = 0; s < w->conflict->states; s++) {
        uint32_t truth = w->truth[player][s] ^ reversed, key = 0;
        for (int k = 0; k < count; k++)
            key = key << 1 | (truth >> order[k] & 1);
        w->rank[player][s] = key + 1;
    }
}

static bool goal_met(work *w)
{
    const uint32_t *const *rank = (const uint32_t *const *)w->rank;
    w->out->tried++;
    for (int k = 0; k < w->goal->holds; k++)
        if (!dtn_judge_equilibrium(&w->judge, w->concept, rank, w->goal->hold[k]))
            return false;
    for (int k = 0; k < w->goal->fails; k++)
        if (dtn_judge_equilibrium(&w->judge, w->concept, rank, w->goal->fail[k]))
            return false;
    return true;
}

/* Tries the present set, then all that add changes to statements behind (player, statement). */
static dtn_status extend(work *w, int player, int statement, long cost)
{
    DTN_TRY(dtn_ctx_poll(w->ctx));
    if (goal_met(w)) {
        if (cost < w->out->cost)
            w->out->ways = 0, w->out->more = false;
        w->out->cost = cost;
        w->out->more |= w->out->ways == WAYS_MOST;
        if (w->out->ways < WAYS_MOST)
            w->way[w->out->ways++] = w->now;
        return DTN_OK;
    }
    if (w->now.changes == w->goal->most)
        return DTN_OK;
    for (; player < w->conflict->players; player++, statement = 0) {
        long more = cost + w->goal->weight[player];
        for (; more <= w->out->cost && statement < w->statements[player]; statement++)
            for (int kind = DTN_CHANGE_DROP; kind <= DTN_CHANGE_FIRST; kind++) {
                if (kind == DTN_CHANGE_FIRST && !statement)
                    continue; /* it is the first */
                w->now.change[w->now.changes++] = (dtn_change){player, statement, (dtn_change_kind)kind};
                rerank(w, player);
                dtn_status status = more <= w->out->cost ? extend(w, player, statement + 1, more) : DTN_OK;
                w->now.changes--;
                rerank(w, player);
                DTN_TRY(status);
            }
    }
    return DTN_OK;
}

dtn_status dtn_mediate_find(dtn_ctx *ctx, dtn_arena *arena, dtn_mediate *out, const dtn_conflict *c,
                            const int *variant, const dtn_concept *concept, const dtn_mediate_goal *goal)
{
    work w = {.ctx = ctx, .conflict = c, .concept = concept, .goal = goal, .out = out};
    dtn_conflict *copy;
    bool any = false;
    *out = (dtn_mediate){.cost = INT32_MAX};
    DTN_ALLOC(ctx, arena, w.way, WAYS_MOST);
    out->way = w.way;
    DTN_TRY(dtn_substitute_new(ctx, ctx->scratch, &copy, w.rank, c, variant));
    DTN_TRY(dtn_judge_new(ctx, ctx->scratch, &w.judge, copy));
    for (int i = 0; i < c->players; i++) {
        const dtn_preference *p = &c->player[i].variant[variant[i]];
        if (p->kind != DTN_PREFER_STATEMENTS)
            continue;
        if (p->texts > STATEMENTS_MOST)
            return dtn_fail(ctx, DTN_DOMAIN, "player '%s' has %d statements; mediation takes at most %d",
                            c->player[i].key, p->texts, STATEMENTS_MOST);
        any = true;
        DTN_TRY(read_truth(&w, i, p));
    }
    if (!any)
        return dtn_fail(ctx, DTN_DOMAIN,
                        "no player's preferences are prioritised statements: there is nothing to change");
    return extend(&w, 0, 0, 0);
}
