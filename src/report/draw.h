/* Pictures of results. Each makes a picture in arena; the document that shows it must live in the same arena. */
#ifndef DTN_REPORT_DRAW_H
#define DTN_REPORT_DRAW_H

#include "detente/stability.h"
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
/* A conflict under one combination of preferences: the states that improvements reach from the status quo, the equilibria
 * under one concept, improvements as arrows. */
dtn_status dtn_draw_stability(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_stability *r,
                              int combination, int concept_index);

/* How far a probability swings as one parameter moves over its range. */
typedef struct dtn_tornado_bar {
    const char *name, *range; /* "audience cost a", "[0, 1]" */
    const fmpq *lo, *hi;      /* least and greatest probability */
} dtn_tornado_bar;
/* now: the probability at the point. */
dtn_status dtn_draw_tornado(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const char *title,
                            const dtn_tornado_bar *bar, int count, const fmpq *now);

/* Payoffs that a repeated game of two players can keep up, within those of the stage. */
struct dtn_repeated_answer;
dtn_status dtn_draw_payoffs(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out,
                            const struct dtn_repeated_answer *answer);

/* States of a stochastic game, and next [states][states]: with what probability play goes from one to another. */
struct dtn_stochastic;
dtn_status dtn_draw_shifts(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const struct dtn_stochastic *g,
                           const fmpq *next);

#endif
