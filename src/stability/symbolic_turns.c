/* The least vector that several players reach by moves, or by improvements, in turns.
 * Method: an improvement is a move to a state with a larger vector of statements, as a relation between the mover's options before
 *         (odd variables) and after it. The least vector within reach is the fixpoint of taking the least over each player's
 *         single moves; a player's moves, and its improvements, are transitive, so that who moved last does not matter.
 * Cost: a few rounds of the players, each a quantification a statement. Exact. Source: Burch et al. 1994 (relations). */
#include <string.h>

#include "stability/symbolic_work.h"

void dtn_symbolic_improvements(dtn_symbolic_work *w, int player, const dtn_bdd *rank, int count)
{
    dtn_bdd_store *b = w->store;
    dtn_mover m = dtn_mover_of(w->conflict, player);
    dtn_bdd own = dtn_symbolic_cube(w, m.options, m.options), stays = DTN_BDD_TRUE, before = DTN_BDD_TRUE;
    dtn_bdd moves = dtn_bdd_and(b, dtn_symbolic_moves(w, m), dtn_bdd_prime(b, w->feasible, own));
    for (int j = count - 1; j >= 0; j--) { /* before: the vector at the start is at least that at the end */
        dtn_bdd there = dtn_bdd_prime(b, rank[j], own);
        before = dtn_bdd_choose(b, there, dtn_bdd_choose(b, rank[j], before, DTN_BDD_TRUE),
                                dtn_bdd_choose(b, rank[j], DTN_BDD_FALSE, before));
    }
    for (int o = w->conflict->options - 1; o >= 0; o--)
        if (m.options >> o & 1)
            stays = dtn_bdd_and(
                b, stays,
                dtn_bdd_iff(b, dtn_option_function(w, o), dtn_bdd_variable(b, dtn_source_variable(o))));
    w->improvement[player] = dtn_bdd_or(b, stays, dtn_bdd_and(b, moves, dtn_bdd_not(b, before)));
}

dtn_status dtn_symbolic_lower_in_turns(dtn_symbolic_work *w, dtn_bdd *low, const dtn_bdd *f, int count,
                                       int focal, bool improvements)
{
    const dtn_conflict *c = w->conflict;
    dtn_bdd *next;
    int still = 0, movers = 0;
    DTN_ALLOC(w->ctx, w->ctx->scratch, next, count + 1);
    memcpy(low, f, (size_t)count * sizeof *low);
    for (int p = 0; p < c->players; p++)
        movers += p != focal && c->player[p].options;
    for (int p = 0; still < movers && dtn_bdd_status(w->store) == DTN_OK; p = (p + 1) % c->players) {
        if (p == focal || !c->player[p].options)
            continue;
        dtn_bdd moves = improvements ? w->improvement[p] : dtn_symbolic_moves(w, dtn_mover_of(c, p));
        dtn_symbolic_extreme(w, next, low, count, moves, c->player[p].options, true);
        bool changed = false;
        for (int j = 0; j < count; j++) { /* of infeasible states nothing is asked */
            dtn_bdd x = dtn_bdd_choose(w->store, w->feasible, next[j], low[j]);
            changed |= x != low[j];
            low[j] = x;
        }
        still = changed ? 1 : still + 1;
    }
    return dtn_bdd_status(w->store);
}
