/* Breadth-first search along legal sequences of moves: no player moves twice in a row. */
#ifndef DTN_STABILITY_SEARCH_H
#define DTN_STABILITY_SEARCH_H

#include "detente/stability.h"
#include "model/conflict.h"
#include "stability/rule.h"

/* An arrival at a state. */
typedef struct dtn_arrival {
    uint32_t state, before; /* before: the arrival that was moved from */
    uint32_t next;          /* bits of the players who may move on from here */
    int mover;              /* -1 at the start */
} dtn_arrival;

typedef struct dtn_search {
    const dtn_conflict *conflict;
    const uint32_t *const *rank; /* [players]: moves have to improve on the state they leave; NULL: any move */
    const dtn_view *view;        /* with answers: moves have to be ones that it says yes to */
    dtn_question_fn *answers;
    bool may_return; /* to the first state, which no single move does: then moves are not transitive */
    uint32_t movers; /* bits of the players who move */
    unsigned char *seen; /* [states] 0: not reached; 1 + first mover; DONE: nothing to gain from another arrival */
    dtn_arrival *arrival; /* [2 states + 1] in order; two arrivals with different movers allow everything */
    size_t arrivals, at;
    int player; /* who is moving from arrival[at] */
    bool moving;
    dtn_move_iter move;
} dtn_search;

/* Memory for searches on a conflict; reused by dtn_search_start. */
dtn_status dtn_search_new(dtn_ctx *ctx, dtn_arena *arena, dtn_search *search, const dtn_conflict *conflict);
void dtn_search_start(dtn_search *search, size_t state, uint32_t movers, const uint32_t *const *rank);
/* After start: only moves that the rule allows; answers NULL: all. */
void dtn_search_by_rule(dtn_search *search, const dtn_view *view, dtn_question_fn *answers);
/* After start: coming back to the first state counts as reaching it. (Where gaining and being deterred exclude each other, as
 * with rankings, it makes no difference.) */
void dtn_search_may_return(dtn_search *search);
/* The next state that is reached for the first time, nearest first: *arrival is its index. false: no more. */
bool dtn_search_next(dtn_search *search, size_t *arrival);
/* Length of the path to an arrival, and its moves. */
int dtn_search_steps(const dtn_search *search, size_t arrival);
void dtn_search_path(const dtn_search *search, size_t arrival, dtn_conflict_move *path, int steps);

#endif
