/* Strategy profiles written by people: probabilities in Gambit's order, or by name. */
#ifndef DTN_ANALYSE_PROFILE_ARG_H
#define DTN_ANALYSE_PROFILE_ARG_H

#include "model/strategic.h"
#include "model/tree.h"

/* text is either a list of numbers ("1/2,1/2,0,1" or "NE,1/2,..."), one for every action by player, information set and action
 * (the order in which trees number their actions), or names: "answer.reject=1/3, reaction.hard.drop=1". Where all actions of a
 * set but one are named the last one gets the rest; where those named sum to 1 the others get 0; a set that is not named needs
 * to have one action only. sigma: [actions], zero on entry. ARG: unknown names (with "did you mean"), sums that are not 1, what
 * is missing. */
dtn_status dtn_profile_arg_tree(dtn_ctx *ctx, fmpq *sigma, const dtn_tree *tree, const char *text);
/* The same for strategic games, [sum of strategies]: numbers by player and strategy, or "Row.cooperate=1/2, Column.2=1"; a
 * strategy without its player where only one has it. */
dtn_status dtn_profile_arg_strategic(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, const char *text);

/* Fills what a profile leaves open, as above. given [actions]: which were set. */
dtn_status dtn_profile_complete(dtn_ctx *ctx, fmpq *sigma, const bool *given, const dtn_tree *tree);

#endif
