/* Concepts on preferences that are more than rankings: what a player would do, and what keeps it from doing so, as questions
 * about two states. The definitions have one shape: a state is stable when for each move of the player that gains, the
 * others can go on (by any legal sequence, or one of moves that each of them would make in answer) to a state that
 * deters it, and from which, for the symmetric concepts, none of its moves undoes that. */
#ifndef DTN_STABILITY_RULE_H
#define DTN_STABILITY_RULE_H

#include "detente/stability.h"
#include "model/conflict_pairs.h"

/* The preferences of a combination of variants. */
typedef struct dtn_view {
    const dtn_conflict *conflict;
    const dtn_preference *prefer[DTN_CONFLICT_MAX_PLAYERS]; /* [players] */
} dtn_view;

dtn_view dtn_view_of(const dtn_conflict *c, const int *variant);

/* Whether for the player state b against state s has the property that the question is about. */
typedef bool dtn_question_fn(const dtn_view *v, int player, size_t s, size_t b);

typedef struct dtn_rule {
    dtn_question_fn *gains;  /* moving from s to b */
    dtn_question_fn *deters; /* ending at b instead of s */
    dtn_question_fn *undoes; /* moving on to b undoes what deterred from leaving s; NULL: a move that does not deter */
    dtn_question_fn *answers; /* one of the others moves from s to b in answer; NULL: any move */
    dtn_question_fn *strong; /* weak concepts: what deters strongly; they ask for deterrence, but not by this */
} dtn_rule;

/* Of unknown preferences, by the variants of Li, Hipel, Kilgour and Fang: a and c would also move to states of which they do
 * not know whether they are better, c and d are also deterred by such; others answer by improvements or such moves. */
extern const dtn_rule dtn_rule_unknown[4];
/* Strength of preference; degrees as certainties and as probabilities; attitudes. */
extern const dtn_rule dtn_rule_strong, dtn_rule_weak, dtn_rule_fuzzy, dtn_rule_probable, dtn_rule_attitude;

/* The player is known to prefer b. */
dtn_question_fn dtn_prefers;

struct dtn_concept;
struct dtn_focus;
/* Sets the bits of the states that are stable for the focal player under a concept with a rule.
 * Cost: a search a state, then states / 64 a move; one bit a pair of states. */
dtn_status dtn_rule_run(dtn_ctx *ctx, uint64_t *stable, const struct dtn_focus *f,
                        const struct dtn_concept *concept);

#endif
