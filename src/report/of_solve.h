/* Parts of the report of `solve` that the full report shows too. */
#ifndef DTN_REPORT_OF_SOLVE_H
#define DTN_REPORT_OF_SOLVE_H

#include "analyse/solve.h"
#include "detente/job.h"
#include "report/doc.h"
#include "report/out.h"

/* One equilibrium: rung and why not higher, play, outcomes, payoffs, tree, details, certificate. */
void dtn_report_equilibrium(dtn_ctx *ctx, dtn_doc *doc, const dtn_tree *tree, const dtn_scenario *s,
                            const dtn_equilibrium *e, bool picture);
/* A table of equilibria by the rung that they reach, and why not a higher one. */
void dtn_report_ladder(dtn_doc *doc, const dtn_solve_answer *a, const dtn_scenario *s);
/* Strategic games (of_solve_strategic.c). */
dtn_status dtn_report_of_solve_strategic(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result,
                                         const dtn_look *look);
/* "C 1/2, D 1/2", "C": sigma [strategies of player] (of_finding.c). */
const char *dtn_words_mixture(dtn_doc *doc, const dtn_strategic *g, int player, const fmpq *sigma);
/* Facts, sentences and tables of a finding about a strategic game or a tree; the other is NULL (of_finding.c). */
void dtn_report_finding(dtn_doc *doc, const dtn_strategic *g, const dtn_tree *tree, const dtn_finding *f);
/* Gambit's output, `NE,1/2,1/2`: one line a profile (gambit.c). UNSUPPORTED for other results. */
dtn_status dtn_render_gambit(dtn_ctx *ctx, dtn_out *out, const dtn_result *result);

#endif
