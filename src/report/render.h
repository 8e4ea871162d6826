/* The renderers: one file each, from a document to text of one format. */
#ifndef DTN_REPORT_RENDER_H
#define DTN_REPORT_RENDER_H

#include "detente/job.h"
#include "report/doc.h"
#include "report/out.h"

typedef dtn_status dtn_render_fn(dtn_out *out, const dtn_doc *doc, const dtn_look *look);

/* Each returns the status of out. look NULL: defaults. */
dtn_render_fn dtn_render_text, dtn_render_json, dtn_render_csv, dtn_render_markdown, dtn_render_latex,
    dtn_render_html, dtn_render_svg, dtn_render_tikz;

#endif
