/* Pictures of results. Each makes a picture in arena; the document that shows it must live in the same arena. */
#ifndef DTN_REPORT_DRAW_H
#define DTN_REPORT_DRAW_H

#include "model/assessment.h"
#include "model/strategic.h"
#include "report/picture.h"

/* A game tree, left to right: players in their colours, information sets as dashed enclosures, what is played bold, with
 * probabilities and beliefs, payoffs and probabilities of the ends in a table at the right. at may be NULL. Trees with more
 * than most_rows ends show the path of play and one step beside it. */
dtn_status dtn_draw_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_tree *tree,
                         const dtn_equilibrium *at, int most_rows);
/* The table of a two-player game: rows and columns are strategies, best replies stand out. */
dtn_status dtn_draw_matrix(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_strategic *game);

#endif
