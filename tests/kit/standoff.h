/* The reference standoff in its crisis stage, and what its closed form says of it.
 *
 * Nature draws P hard with pi, Q hard with rho; Q engages (1, e) or rejects; P carries out its alternative or drops
 * it (-a, 0); Q accommodates (m, -l) or counters (-k, -n), k and n by type. */
#ifndef DTN_TESTS_STANDOFF_H
#define DTN_TESTS_STANDOFF_H

#include "kit/prefix.h"

typedef enum kit_standoff_class {
    KIT_E0,
    KIT_E1,
    KIT_E2,
    KIT_E3A,
    KIT_E3B,
    KIT_E3C,
    KIT_E4H,
    KIT_E4S,
    KIT_CLASSES
} kit_standoff_class;

extern const char *const kit_standoff_names[KIT_CLASSES];

typedef struct kit_standoff {
    fmpq pi, rho, a, m, kH, kS, l, nH, nS, e;
} kit_standoff;

void kit_standoff_init(kit_standoff *s); /* the reference point */
void kit_standoff_clear(kit_standoff *s);
/* A random point of the box (multiples of 1/997 of the ranges), constraints kept. */
void kit_standoff_random(kit_standoff *s, uint64_t *state);
/* typed: information sets carry their types; otherwise a bare tree with one chance move over the four draws. */
dtn_tree *kit_standoff_tree(dtn_ctx *ctx, const kit_standoff *s, bool typed);
/* The class that survives D1, and the probabilities of engaged, accommodated, clash, dropped. false: the point lies on the
 * boundary of two classes. */
bool kit_standoff_answer(const kit_standoff *s, kit_standoff_class *class, fmpq *outcome);

#endif
