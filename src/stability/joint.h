/* Simultaneous answers to an improvement: shared by the concept SIM and its witness. */
#ifndef DTN_STABILITY_JOINT_H
#define DTN_STABILITY_JOINT_H

#include "model/conflict.h"

/* Whether some of the others, each by one improvement of its own from state s made at the same time as the focal player's
 * move to a, bring about a feasible state no better for the focal player than s. rank [players]: ranks of states.
 * *joint = that state; chosen [players]: where each mover's own improvement leads, SIZE_MAX for who stays.
 * Cost: the product of 1 + their improvements. */
bool dtn_joint_sanction(const dtn_conflict *c, const uint32_t *const *rank, int focal, size_t s, size_t a,
                        size_t *joint, size_t *chosen);
/* The same where states are merged (sim_merged.c). */
bool dtn_joint_sanction_merged(const dtn_conflict *c, const uint32_t *const *rank, int focal, size_t s,
                               size_t a, size_t *joint, size_t *chosen);

#endif
