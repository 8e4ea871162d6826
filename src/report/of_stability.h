/* Parts of the document of `stability` (of_stability_ask.c) and what they share with it. */
#ifndef DTN_REPORT_OF_STABILITY_H
#define DTN_REPORT_OF_STABILITY_H

#include "analyse/stability.h"
#include "report/doc.h"

/* "P hard, Q reluctant"; "" when no player has several preferences. */
const char *dtn_stability_combination_name(dtn_doc *doc, const dtn_stability_answer *a, int combination);
/* --why: player by player and concept by concept. --coalition: what groups could do. Nothing when not asked for. */
void dtn_stability_tell_why(dtn_doc *doc, const dtn_stability_answer *a);
void dtn_stability_tell_groups(dtn_doc *doc, const dtn_stability_answer *a);
/* The section `concepts`, for programs: equilibria and stable states of each concept (numbers of them with --count). */
void dtn_stability_sets(dtn_doc *doc, const dtn_stability_answer *a, int combination);
/* The whole document where states are not listed (of_stability_symbolic.c). */
void dtn_stability_tell_symbolic(dtn_doc *doc, const dtn_stability_answer *a);

#endif
