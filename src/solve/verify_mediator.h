/* Inside of the verifier of mediators: the tree as sequences, the draws as weights. Internal to verify_mediator*.c. */
#ifndef DTN_SOLVE_VERIFY_MEDIATOR_H
#define DTN_SOLVE_VERIFY_MEDIATOR_H

#include "model/assessment.h"

/* Sequences: the tree's actions, then the empty ones of both players. */
typedef struct dtn_mediator {
    const dtn_tree *tree;
    const dtn_finding *finding;
    int count, draws;
    int *last;    /* [nodes][2] */
    int *from;    /* [infosets] the owner's sequence that leads there */
    fmpq *chance; /* [nodes] */
    fmpq *weight; /* [draws][count] */
    fmpq *payoff; /* [2] that the draws give */
    fmpq *number; /* [4] working space */
    fmpq *value;  /* [count] working space */
} dtn_mediator;

/* Where a player may leave: set -1: at the start; told -1: nothing. */
typedef struct dtn_leaving {
    int player, set, told;
} dtn_leaving;

static inline int dtn_mediator_player(const dtn_mediator *m, int sequence)
{
    return sequence >= m->tree->actions ? sequence - m->tree->actions
                                        : m->tree->infoset[m->tree->action[sequence].infoset].player;
}
/* The sequence with which whoever leaves stays in the draw. */
int dtn_mediator_stays(const dtn_mediator *m, const dtn_leaving *x);
/* Does the sequence of that player begin with what is obeyed there? */
bool dtn_mediator_obeys(const dtn_mediator *m, const dtn_leaving *x, int sequence);
/* No draw is better: by the table "multipliers". INTERNAL when they prove it not. Cost: pure strategies of one player x
 * (terminals + actions). */
dtn_status dtn_mediator_optimal(dtn_ctx *ctx, dtn_mediator *m, const fmpq *share, const fmpq *value);

#endif
