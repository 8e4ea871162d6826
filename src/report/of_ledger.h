/* The ledger in a report, and names of patterns that it shares with the rest of `rests`. */
#ifndef DTN_REPORT_OF_LEDGER_H
#define DTN_REPORT_OF_LEDGER_H

#include "analyse/rests.h"
#include "report/doc.h"

/* A section "ledger": claims with anchors claim-KEY, what each carries, what nothing supports. Nothing without claims. */
void dtn_report_ledger(dtn_doc *doc, const dtn_rests_answer *a);
/* "E2"; classes that the file does not name are numbered. */
const char *dtn_report_conclusion(dtn_doc *doc, const dtn_rests_answer *a, int class_index);
/* "E2", "E1 or E2". */
const char *dtn_report_pattern(dtn_doc *doc, const dtn_rests_answer *a, int pattern);

#endif
