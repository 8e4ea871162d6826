/* What a batch's answer is held against. */
#ifndef KIT_BATCH_ORACLE_H
#define KIT_BATCH_ORACLE_H

#include "detente/batch.h"
#include "kit/kit.h"

/* Where the payoff of plane row * columns + column of a game lies in the batch's arrays. */
size_t kit_batch_place(const dtn_batch *b, size_t game, int plane);

/* What `payee` (0 or 1) gets when it plays action `mine` against `theirs`. */
slong kit_batch_payoff(const dtn_batch *b, size_t game, int payee, int mine, int theirs);

/* Fails unless the answer lists the game's extreme equilibria, found here anew over all supports in rationals, in order, with
 * their best replies, and flags it as tied when one of them has a best reply outside its support. At most 5 x 5. */
void kit_assert_supports(const dtn_batch *b, const dtn_batch_answer *answer, size_t game);

#endif
