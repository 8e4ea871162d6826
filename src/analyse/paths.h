/* Result of `paths`: where the status quo can lead, and who can take it there. */
#ifndef DTN_ANALYSE_PATHS_H
#define DTN_ANALYSE_PATHS_H

#include "analyse/analysis.h"
#include "detente/stability.h"

/* A state that may be arrived at, under one combination of preference variants. */
typedef struct dtn_paths_goal {
    size_t state;
    bool asked;                     /* by --to */
    const dtn_conflict_move *moves; /* a shortest legal path by any moves; NULL: there is none (or it is the start) */
    const dtn_conflict_move *gains; /* the same by improvements, each for whoever makes it */
    int moves_steps, gains_steps;   /* 0: the start, -1: cannot be reached */
    const uint32_t *alone;          /* [alones] smallest groups (bits of players) whose own moves suffice */
    int alones;
} dtn_paths_goal;

typedef struct dtn_paths_case {
    int combination;
    dtn_paths_goal *goal; /* [goals] states asked for, then equilibria */
    int goals;
    size_t reached_by_gains; /* states, besides the start */
    const size_t *spread;    /* [spreads] how many states are first reached by so many improvements, from 1 */
    int spreads;
} dtn_paths_case;

typedef struct dtn_paths_answer {
    const dtn_conflict *conflict;
    dtn_stability *run;
    size_t start;
    bool from_status_quo;
    size_t reached_by_moves; /* states, besides the start; the same for all preferences */
    const size_t *spread;    /* [spreads] by number of moves, from 1 */
    int spreads;
    bool cut; /* more equilibria than are gone through */
    dtn_paths_case *item;
    int items;
} dtn_paths_answer;

#endif
