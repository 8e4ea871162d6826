/* Small extensive games for tests, written in prefix order. */
#ifndef DTN_TESTS_PREFIX_H
#define DTN_TESTS_PREFIX_H

#include "kit/kit.h"

#include "model/tree.h"

/* Reads a tree from text, nodes in prefix order, each ended by `;`:
 *   c 1/2 1/2 ;              chance with these branch probabilities
 *   p 0 name go stop ;       player 0 at information set `name`; the actions (may be left out after the first mention)
 *   p 0/1 name go stop ;     the same, the player being of type 1
 *   t win 3 0 ;              an end: name of the outcome ("-": none), then one payoff a player
 * Built with the public builder; free with dtn_tree_free. The test fails on a mistake in the text. */
dtn_tree *kit_prefix_tree(dtn_ctx *ctx, int players, const char *text);
/* The information set of that name; the global action "name.action". The test fails when there is none. */
int kit_infoset(const dtn_tree *tree, const char *name);
int kit_action(const dtn_tree *tree, const char *name);

#endif
