/* Checkpoints: what was learnt so far, in a file. */
#ifndef DTN_SOLVE_CFR_CHECKPOINT_H
#define DTN_SOLVE_CFR_CHECKPOINT_H

#include "base/ctx.h"

/* Arrays of doubles that make up the state of a method. */
typedef struct dtn_checkpoint {
    const char *method;
    uint64_t game; /* fingerprint of the game */
    long iteration;
    uint64_t random;
    double *const *array; /* [arrays] */
    const size_t *length;
    int arrays;
} dtn_checkpoint;

/* Numbers that tell games apart; h is the one of what came before, 0 at the start. */
uint64_t dtn_fingerprint(uint64_t h, const void *bytes, size_t length);

/* Writes the file anew and puts it in place of an old one in one step, so that a cut leaves one of the two whole. IO. */
dtn_status dtn_checkpoint_write(dtn_ctx *ctx, const dtn_checkpoint *from, const char *path);
/* *found = false: there is no such file. IO; ARG with the reason where the file is not a checkpoint, is damaged, or belongs to another
 * game or method. iteration, random and the arrays' contents are set. */
dtn_status dtn_checkpoint_read(dtn_ctx *ctx, dtn_checkpoint *to, bool *found, const char *path);

#endif
