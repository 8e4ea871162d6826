/* Parts of the words of `bind`. */
#ifndef DTN_REPORT_OF_BIND_H
#define DTN_REPORT_OF_BIND_H

#include "analyse/bind_frontier.h"
#include "report/doc.h"

/* A section on two levers together: map, frontier, staircase, cheapest point. */
void dtn_bind_frontier_words(dtn_ctx *ctx, dtn_doc *doc, const dtn_bind_frontier *f);
/* The scalar rule of each guarantee. */
void dtn_bind_guarantee_words(dtn_doc *doc, const dtn_bind_answer *a, const dtn_scenario *s);
/* Where an item's condition holds: "at least 0.9", "from 0.5 to 0.8", "at no value in [0, 1]". */
const char *dtn_bind_where(dtn_doc *doc, const dtn_bind_item *x);
/* All its borders, "K = g/(d - f) and K = V/alpha"; "" without. */
const char *dtn_bind_borders(dtn_doc *doc, const dtn_bind_item *x);

#endif
