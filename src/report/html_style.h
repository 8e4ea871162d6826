/* The style sheet of HTML reports. */
#ifndef DTN_REPORT_HTML_STYLE_H
#define DTN_REPORT_HTML_STYLE_H

#include "report/out.h"

/* Everything between <style> and </style>. */
void dtn_html_style(dtn_out *out);

#endif
