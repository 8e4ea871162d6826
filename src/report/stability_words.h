/* Sentences about the stability of states. */
#ifndef DTN_REPORT_STABILITY_WORDS_H
#define DTN_REPORT_STABILITY_WORDS_H

#include "analyse/stability.h"
#include "report/doc.h"

/* Pieces to be printed with %s, as dtn_doc_name. */
/* A conflict's player, in its colour where the document knows it. */
const char *dtn_holds_player(dtn_doc *doc, const dtn_conflict *c, int player);
/* The state's text as code, and what stands in it: "de-escalate, engage in talks". */
const char *dtn_holds_state(dtn_doc *doc, const dtn_conflict *c, size_t state);
const char *dtn_holds_options(dtn_doc *doc, const dtn_conflict *c, size_t state);
/* "taking M and dropping D" */
const char *dtn_holds_change(dtn_doc *doc, const dtn_conflict *c, size_t from, size_t to);
/* "P drops M (.....), then Q takes E (..E..)"; improvements one after the other. */
const char *dtn_holds_path(dtn_doc *doc, const dtn_conflict *c, const dtn_conflict_move *path, int steps);
/* Why the state is as stable for the player as it is: one or more sentences. */
const char *dtn_holds_reason(dtn_doc *doc, const dtn_conflict *c, const dtn_stability_reason *reason);

#endif
