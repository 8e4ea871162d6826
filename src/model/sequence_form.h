/* Sequence form of a tree with perfect recall: sequences, their constraints, and payoffs as sparse sums.
 *
 * A sequence of a player is what it does on the way to a node: nothing (sequence 0), or its last action there. Realization weights
 * r >= 0 satisfy r[0] = 1 and, at each own information set, sum of r over its actions = r of the sequence that leads to it. */
#ifndef DTN_MODEL_SEQUENCE_FORM_H
#define DTN_MODEL_SEQUENCE_FORM_H

#include "model/tree.h"

/* An end whose sequences are sequence[p] for each player: weight = chance probability, payoff times it. */
typedef struct dtn_sequence_end {
    const int *sequence; /* [players] */
    const fmpq *payoff;  /* [players] expected: summed over ends with these sequences, chance included */
} dtn_sequence_end;

typedef struct dtn_sequence_form {
    int players;
    const int *sequences;     /* [players] */
    const int *constraints;   /* [players] own information sets + 1 */
    const int *const *action; /* [players][sequences] global action, -1 for the empty sequence */
    const int *const *
        from; /* [players][constraints] sequence that leads to the information set; -1 for the first, r[0] = 1 */
    const int *const *first; /* [players][constraints] first sequence of its actions (consecutive); 0 for the first */
    const int *const *count;     /* [players][constraints] their number; 1 for the first */
    const int *sequence_of;      /* [actions of the tree] the owner's sequence that ends with it */
    const dtn_sequence_end *end; /* [ends] without repetition, in the order of first visit */
    int ends;
} dtn_sequence_form;

/* In arena. DOMAIN without perfect recall. Sequences of a player are numbered by information set and action, in the order of
 * the tree; those of an information set come after the one that leads to it. Cost: linear, on average. */
dtn_status dtn_sequence_form_make(dtn_ctx *ctx, dtn_arena *arena, dtn_sequence_form *out,
                                  const dtn_tree *tree);

/* Realization weights of behaviour strategies: weight[p] has room for sequences[p]. sigma: [actions]. */
void dtn_sequence_form_realize(const dtn_sequence_form *form, fmpq *const *weight, const fmpq *sigma);
/* Behaviour strategies from weights; where a sequence has weight 0 everything below it is mixed evenly. */
void dtn_sequence_form_behave(const dtn_sequence_form *form, fmpq *sigma, fmpq *const *weight);
/* Expected payoffs [players]. */
void dtn_sequence_form_payoff(const dtn_sequence_form *form, fmpq *payoff, fmpq *const *weight);

#endif
