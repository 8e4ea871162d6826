/* All sequential equilibria of a small tree, grouped into outcomes, each with its rung. docs/solvers/sequential.md. */
#ifndef DTN_SOLVE_SEQUENTIAL_H
#define DTN_SOLVE_SEQUENTIAL_H

#include "model/assessment.h"

typedef struct dtn_sequential_options {
    dtn_rung rung; /* weakest rung that is listed; NONE: sequential */
    /* [candidates][infosets] supports on the path (bit a: action a; 0 where not reached). When given, nothing else is tried, and
     * the outcome is PARTIAL: what holds at a neighbouring point is confirmed in a fraction of the time. */
    const uint64_t *const *candidate;
    int candidates;
    bool brief;        /* no free parts and dimensions (maps, bisections) */
    long max_supports; /* 0: no limit; else PARTIAL when it is reached */
} dtn_sequential_options;

/* The support on the path of an equilibrium, as a candidate: [infosets]. */
void dtn_sequential_support(const dtn_tree *tree, const dtn_equilibrium *e, uint64_t *support);

/* options NULL: defaults. Needs perfect recall (DOMAIN otherwise) and at most 64 actions an information set (UNSUPPORTED).
 * Cost: exponential in the number of information sets that no dominance decides. Results are not certified here: the
 * dispatcher (solver.h) does that with verify.h. Statuses: DOMAIN, UNSUPPORTED, LIMIT, CANCELLED, NOMEM. */
dtn_status dtn_sequential_solve(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                                const dtn_sequential_options *options);

/* Solves a tree at one point of its parameters given its equilibria at a neighbouring one (a tree of the same shape): what was
 * played there is tried first. When every one of those equilibria is found again, with the same support and the same rung,
 * they are the answer: e->confirmed is set, and the outcome is PARTIAL, as no others were looked for. Otherwise, or when there were
 * none, everything is searched as by dtn_sequential_solve. Cost: that of the neighbour's equilibria alone; outcomes
 * that a continuum joins are not confirmed and cost a search besides. Statuses as dtn_sequential_solve. */
dtn_status dtn_sequential_near(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                               const dtn_equilibria *neighbour, const dtn_sequential_options *options);

#endif
