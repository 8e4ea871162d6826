/* Agent quantal response: every information set answers with a logit of its actions' payoffs, beliefs by Bayes. */
#ifndef DTN_SOLVE_AGENT_LOGIT_H
#define DTN_SOLVE_AGENT_LOGIT_H

#include "model/assessment.h"

/* A tree in doubles. Payoffs are divided by `scale`, the largest spread of any player's; lambda is in units of 1 / scale. */
typedef struct dtn_agents {
    const dtn_tree *tree;
    int players, nodes, sets, actions;
    double scale;
    int *into;                               /* [nodes] action that leads into it, -1 */
    double *chance, *log_chance;             /* [nodes] of the branch into it from a chance move */
    double *value;                           /* [nodes][players]; at ends the payoffs */
    double *sigma, *log_sigma, *u;           /* [actions] u: payoff of an action at the beliefs held there */
    double *belief, *log_reach;              /* [nodes] */
    double *d_log, *d_reach, *d_value, *d_u; /* the same of derivatives */
} dtn_agents;

dtn_status dtn_agents_new(dtn_ctx *ctx, dtn_agents **out, const dtn_tree *tree); /* in ctx's scratch */
/* Probabilities, beliefs, values and payoffs at the logits z [actions]. Linear in nodes. */
void dtn_agents_at(dtn_agents *g, const double *z);
/* g->d_u: the derivative of u in the direction v [actions] of z, at the logits of the last dtn_agents_at. Linear in nodes. */
void dtn_agents_slope(dtn_agents *g, const double *v);
/* Largest gain of an information set by its best action, in units of scale. */
double dtn_agents_regret(const dtn_agents *g);

/* The principal branch: from lambda = 0, where all play is uniform. */
typedef struct dtn_agent_branch {
    dtn_agents *g;
    int n;           /* actions + 1 */
    double *at;      /* [n] logits (0 for the first action of every set), then lambda */
    double *before;  /* [n] the point before */
    double *tangent; /* [n] in units of weight, the largest entry 1 */
    double *weight;  /* [n] unit of each coordinate: its size, at least 1 */
    double *residual, *correction, *trial, *turned, *row, *move; /* [n] room */
    double step;
    bool fixed; /* corrections keep lambda, instead of going across the tangent */
    int points, turns;
    long products; /* derivatives taken */
} dtn_agent_branch;

dtn_status dtn_agent_branch_new(dtn_ctx *ctx, dtn_agent_branch **out, const dtn_tree *tree);
/* One step. *lost: the branch could not be followed. limit > 0: a step does not go beyond this lambda. */
dtn_status dtn_agent_branch_advance(dtn_ctx *ctx, dtn_agent_branch *b, double limit, bool *lost);

/* Tries to read an exact equilibrium off the branch at its last point: at->sigma and belief (allocated). *held: the verifier
 * confirms it as sequential. */
dtn_status dtn_agent_branch_round(dtn_ctx *ctx, bool *held, dtn_assessment *at, dtn_agent_branch *b);

#endif
