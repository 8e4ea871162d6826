/* How a result becomes a document: one function an analysis, listed in reports.def. */
#ifndef DTN_REPORT_REPORT_H
#define DTN_REPORT_REPORT_H

#include "analyse/analysis.h"
#include "detente/job.h"
#include "report/doc.h"

/* Fills the document (its title and players stand already) with what the result says. look may be NULL. */
typedef dtn_status dtn_report_of(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look);

/* Declares dtn_report_of_solve and so on. */
#define X(name, function) dtn_report_of function;
#include "report/reports.def"
#undef X

/* NULL: no such analysis. */
dtn_report_of *dtn_report_find(const char *analysis);
/* A new document of the result in arena: title, players, then what its analysis has to say. */
dtn_status dtn_report_build(dtn_ctx *ctx, dtn_arena *arena, dtn_doc **out, const dtn_result *result,
                            const dtn_look *look);

#endif
