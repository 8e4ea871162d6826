/* Inside of the tree verifier: messages that nobody sends, and the two refinements.
 *
 * Information sets off the path are *settled* when one action is left after conditional dominance (its least value at every node
 * exceeds the greatest value of each other action), otherwise *open*. A *message* is a class of unplayed actions at reached
 * sets of one player, one for each of at least two of its types, that the next movers cannot tell apart. It can be examined when
 * nothing below it is open but replies of others, at most one on a path, each holding nodes of every type of the message.
 * B: the mixed replies that are best for one common weighting of the types. f_t: gain of type t over its equilibrium payoff.
 * INTUITIVE: J = types with f_t < 0 on all of B; if J is neither empty nor everybody, B' = B for weightings without J. It fails
 *            when some type outside J has f_t > 0 on all of B'.
 * D1:        t is deleted when {f_t >= 0} is a proper subset of {f_t' > 0} on B for some t'. The assessment fails when it
 *            believes in a deleted type after the message. */
#ifndef DTN_SOLVE_VERIFY_SIGNAL_H
#define DTN_SOLVE_VERIFY_SIGNAL_H

#include "solve/verify_tree.h"

enum { DTN_SIGNAL_TYPES = 8, DTN_SIGNAL_REPLIES = 8 };

typedef struct dtn_signal_sender {
    int infoset, action, type;
} dtn_signal_sender;

typedef struct dtn_signal {
    int player, types, replies;
    dtn_signal_sender sender[DTN_SIGNAL_TYPES];
    int reply[DTN_SIGNAL_REPLIES];     /* open information sets */
    int first[DTN_SIGNAL_REPLIES + 1]; /* columns of reply k's actions: first[k] .. first[k + 1] - 1 */
    const char *obstacle; /* why it cannot be examined; NULL: it can, and the following is filled */
    fmpq *gain; /* [types][columns + 1] f_t: coefficients of replies, then the constant; scaled by a positive number */
    fmpq *margin; /* [columns][types] value of an action to its mover, by the weight of a type */
} dtn_signal;

/* Everything that the refinements need, in scratch. *obstacle: why not all that is off the path can be examined; NULL: it can. */
dtn_status dtn_check_signals(dtn_ctx *ctx, dtn_check *c, dtn_signal **out, int *count, const char **obstacle);

/* Judges a sequential equilibrium: *rung = SEQUENTIAL, INTUITIVE or D1; below D1 fall says why (fall->unknown: undecided). */
dtn_status dtn_check_refinements(dtn_ctx *ctx, dtn_check *c, dtn_rung *rung, dtn_fall *fall);

#endif
