/* Parts of `rests` in words: shares of the variance, and which claims each conclusion cannot do without. */
#ifndef DTN_REPORT_OF_LINCHPIN_H
#define DTN_REPORT_OF_LINCHPIN_H

#include "analyse/rests.h"
#include "report/doc.h"

void dtn_report_variance(dtn_doc *doc, const dtn_rests_answer *a);
void dtn_report_linchpins(dtn_doc *doc, const dtn_rests_answer *a);

#endif
