/* What the symbolic computation shares between its files: a state is the even variables, of which 2 * option is the option; where
 * a move starts is kept in the odd ones after them. */
#ifndef DTN_STABILITY_SYMBOLIC_WORK_H
#define DTN_STABILITY_SYMBOLIC_WORK_H

#include "stability/symbolic.h"

/* Who moves: option masks. */
typedef struct dtn_mover {
    uint64_t options, forward, backward;
} dtn_mover;

typedef struct dtn_symbolic_work {
    dtn_ctx *ctx;
    dtn_bdd_store *store;
    const dtn_conflict *conflict;
    dtn_bdd feasible;
    /* [players] improvements and staying: of the others' moves, from the mover's odd variables; set where asked for */
    dtn_bdd improvement[DTN_CONFLICT_MAX_PLAYERS];
} dtn_symbolic_work;

static inline int dtn_source_variable(int option)
{
    return 2 * option + 1;
}

static inline dtn_bdd dtn_option_function(dtn_symbolic_work *w, int option)
{
    return dtn_bdd_variable(w->store, 2 * option);
}

static inline dtn_mover dtn_mover_of(const dtn_conflict *c, int player)
{
    const dtn_conflict_player *p = &c->player[player];
    return (dtn_mover){p->options, p->forward, p->backward};
}

dtn_bdd dtn_symbolic_cube(dtn_symbolic_work *w, uint64_t known, uint64_t value);
/* Moves of m into feasible states: from the sources of its one-way options, to the state itself. */
dtn_bdd dtn_symbolic_moves(dtn_symbolic_work *w, dtn_mover m);
/* best[j] = bit j of the largest (least: smallest) vector of f[0, count) among the ends of moves, a relation whose mover has
 * these options and from which every state has an end. */
void dtn_symbolic_extreme(dtn_symbolic_work *w, dtn_bdd *best, const dtn_bdd *f, int count, dtn_bdd moves,
                          uint64_t options, bool least);
/* Vector f is at least g. */
dtn_bdd dtn_symbolic_at_least(dtn_symbolic_work *w, const dtn_bdd *f, const dtn_bdd *g, int count);

/* symbolic_turns.c: improvement[player] from its statements' functions; low = least vector of f that all but the focal player reach
 * by moves (improvements) in turns. */
void dtn_symbolic_improvements(dtn_symbolic_work *w, int player, const dtn_bdd *rank, int count);
dtn_status dtn_symbolic_lower_in_turns(dtn_symbolic_work *w, dtn_bdd *low, const dtn_bdd *f, int count,
                                       int focal, bool improvements);

#endif
