/* Text for terminals: styles, widths, wrapping; shared by text.c and text_table.c. */
#ifndef DTN_REPORT_TERMINAL_H
#define DTN_REPORT_TERMINAL_H

#include "detente/job.h"
#include "report/marks.h"

typedef struct dtn_terminal {
    dtn_out *out;
    const dtn_doc *doc;
    int width;
    bool colour, ascii;
} dtn_terminal;

/* Styles beyond those of marks: SGR parameters of a tone ("" for plain) and of a player. */
const char *dtn_terminal_tone(dtn_tone tone);
const char *dtn_terminal_player(int player);
/* Marked-up text with marks turned into escape sequences (or dropped), ASCII where asked; base: SGR parameters of the
 * text as a whole or "". */
const char *dtn_terminal_style(dtn_terminal *t, const char *marked, const char *base);
/* Columns of UTF-8 text; escape sequences take none. */
int dtn_text_columns(const char *text);
/* One line of at most width columns of text: returns its bytes, *next where the following line starts. */
size_t dtn_text_line(const char *text, int width, const char **next);
/* Writes text in lines of at most the terminal's width: the first line starts at column `at` (already written), the
 * following ones are indented. Ends with a newline. */
void dtn_terminal_wrap(dtn_terminal *t, const char *text, int at, int indent);
/* text_table.c */
void dtn_terminal_table(dtn_terminal *t, const dtn_block *table, int indent);

#endif
