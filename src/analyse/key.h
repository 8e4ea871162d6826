/* Names in scenarios and options: "move[.type].action", outcomes, groups, targets; and how likely they are in an assessment. */
#ifndef DTN_ANALYSE_KEY_H
#define DTN_ANALYSE_KEY_H

#include "model/assessment.h"
#include "model/scenario.h"

/* Global actions that "move.action", "move.type.action" or "infoset.action" names, ascending; a key without a dot that names
 * an action of exactly one move is taken too. ARG with "did you mean" when there is none. */
dtn_status dtn_key_actions(dtn_ctx *ctx, dtn_arena *arena, int **actions, int *count, const dtn_tree *tree,
                           const char *key);

/* Probability that one of these actions is taken where its player decides there: sum of reach * sigma over sum of reach.
 * *reached = false (p = 0) when none of their information sets is reached. reach: [nodes]. */
void dtn_key_play(fmpq_t p, bool *reached, const dtn_tree *tree, const fmpq *sigma, const fmpq *reach,
                  const int *actions, int count);

/* Some listed action taken, or an end of the listed outcomes. */
typedef struct dtn_event {
    bool *action;  /* [actions] */
    bool *outcome; /* [outcomes] */
} dtn_event;

/* Events that happen one after the other. */
typedef struct dtn_path_target {
    const dtn_event *step; /* [steps] */
    int steps;
} dtn_path_target;

/* What is asked for: one of the events, or one of the paths, on the way of a play. */
typedef struct dtn_target {
    dtn_event event;
    const dtn_path_target *path; /* [paths] */
    int paths;
    const char *const *item; /* as written */
    int items;
} dtn_target;

/* Items: outcome, group of outcomes, action key, or a path of them, "answer.reject > reaction.alternative > clash". scenario may be
 * NULL (no groups). */
dtn_status dtn_target_make(dtn_ctx *ctx, dtn_arena *arena, dtn_target *out, const dtn_tree *tree,
                           const dtn_scenario *scenario, const char *const *item, int items);
/* The items of a text such as "engage" or "accommodated, clash", in arena. ARG when it has none. */
dtn_status dtn_target_words(dtn_ctx *ctx, dtn_arena *arena, const char *const **item, int *items,
                            const char *text);
/* Its probability under sigma. */
dtn_status dtn_target_probability(dtn_ctx *ctx, fmpq_t p, const dtn_target *target, const dtn_tree *tree,
                                  const fmpq *sigma);

#endif
