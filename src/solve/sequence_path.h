/* Complementary pivoting on the sequence form of two players, with or without trembles. */
#ifndef DTN_SOLVE_SEQUENCE_PATH_H
#define DTN_SOLVE_SEQUENCE_PATH_H

#include "model/assessment.h"
#include "model/sequence_form.h"

/* Trembles of a given size: NULL in place of this: none. */
typedef struct dtn_tremble_size {
    dtn_tremble_kind kind;
    fmpq epsilon; /* small enough that least weights leave a choice: epsilon * (actions of any set) < 1 */
} dtn_tremble_size;

/* The least weight that a sequence of a player must have is least + rate * (weight of the sequence before it). */
void dtn_tremble_least(fmpq_t least, fmpq_t rate, const dtn_tremble_size *size, int length);
/* length[s] = number of actions of each sequence. [sequences of player] */
void dtn_sequence_lengths(const dtn_sequence_form *form, int player, int *length);

/* An equilibrium of the game in which weights obey the least ones: weight[p] [sequences]; above[p] [sequences]: the weight is free
 * (basic), else it is the least one. prior[p]: plans of positive weights from which the path starts. Different priors may lead to
 * different equilibria. Statuses: LIMIT, CANCELLED, NOMEM. Cost: (sequences of both)^2 long multiplications a pivot. */
dtn_status dtn_sequence_path(dtn_ctx *ctx, fmpq *const *weight, bool *const *above, long *pivots,
                             const dtn_sequence_form *form, const dtn_tremble_size *size, fmpq *const *prior);

#endif
