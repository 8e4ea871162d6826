/* The inverse problem: what has to change in the preferences for a state to hold. */
#ifndef DTN_STABILITY_INVERSE_H
#define DTN_STABILITY_INVERSE_H

#include "num/rational.h"
#include "stability/judge.h"

/* A preferred state that has to be no better for the player than the target: it is placed level with it. */
typedef struct dtn_demotion {
    int player;
    size_t state;
} dtn_demotion;

typedef struct dtn_inverse {
    bool holds;    /* the target is an equilibrium as it is */
    bool possible; /* some demotions of the players that may change make it one; always, when all may */
    bool exact;    /* no fewer demotions do (and not possible: none do); false: the search was cut short */
    const dtn_demotion *demotion; /* [demotions] when possible */
    int demotions;
    int obstacle; /* not possible: a player that may not change and leaves whatever the others want; -1: only all together */
    bool counted;         /* how many profiles of strict rankings make it an equilibrium, of how many */
    fmpz *profiles, *all; /* in arena */
} dtn_inverse;

/* *out for one concept (R, GMR, SMR, SEQ, SSEQ) and target, preferences as ranked by variant [players]; changeable: bits of the
 * players whose preferences may change. Everything in arena. Cost: R, GMR, SMR: branch and bound over the improvements of one
 * player after the other; SEQ, SSEQ: sets of demotions by size. Profiles are counted up to 16 states (SEQ, SSEQ: up to two
 * million profiles). */
dtn_status dtn_inverse_find(dtn_ctx *ctx, dtn_arena *arena, dtn_inverse *out, const dtn_conflict *c,
                            const int *variant, const dtn_concept *concept, size_t target,
                            uint32_t changeable);

/* inverse_count.c: fills counted, profiles and all. */
dtn_status dtn_inverse_count(dtn_ctx *ctx, dtn_arena *arena, dtn_inverse *out, const dtn_conflict *c,
                             const dtn_concept *concept, size_t target);

#endif
