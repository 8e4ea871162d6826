/* The model in a report: moves, outcomes, parameters. */
#ifndef DTN_REPORT_OF_MODEL_H
#define DTN_REPORT_OF_MODEL_H

#include "model/scenario.h"
#include "report/doc.h"

/* A section "model"; anchors parameter-NAME for links. */
void dtn_report_model(dtn_doc *doc, const dtn_scenario *s, const dtn_point *point);

#endif
