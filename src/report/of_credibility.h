/* Parts of the document of `credibility`. */
#ifndef DTN_REPORT_OF_CREDIBILITY_H
#define DTN_REPORT_OF_CREDIBILITY_H

#include "analyse/credibility.h"
#include "report/words.h"

/* A section on one signal (signal_words.c). */
void dtn_report_signal(dtn_doc *doc, const dtn_tree *tree, const dtn_signal *signal);

/* How credibility stands over the ranges of the parameters. */
void dtn_credibility_range_words(dtn_doc *doc, const dtn_credibility_answer *a, const dtn_scenario *s);

#endif
