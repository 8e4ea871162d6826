/* Reading marked-up text piece by piece, and values as marked-up text: what all renderers share. */
#ifndef DTN_REPORT_MARKS_H
#define DTN_REPORT_MARKS_H

#include "report/doc.h"
#include "report/out.h"

typedef enum dtn_piece_kind {
    DTN_PIECE_TEXT,
    DTN_PIECE_STRONG, /* opens; closes with `closes` set; so the following ones */
    DTN_PIECE_CODE,
    DTN_PIECE_PLAYER,
    DTN_PIECE_LINK,
    DTN_PIECE_TERM,
    DTN_PIECE_QUIET
} dtn_piece_kind;

typedef struct dtn_piece {
    dtn_piece_kind kind;
    bool closes;
    const char *text; /* text; a link's target; a term's meaning */
    size_t length;
    int player;
} dtn_piece;

typedef struct dtn_marks {
    const char *at;
    dtn_piece_kind open[16];
    int depth, close_to;
} dtn_marks;

dtn_marks dtn_marks_of(const char *text);
/* false: the end. Pieces nest properly and all are closed, whatever the text holds. */
bool dtn_marks_next(dtn_marks *m, dtn_piece *piece);

/* The text without marks; in the output's arena, "" and the output's error when out of memory. So the next one. */
const char *dtn_marks_plain(dtn_out *out, const char *text);
/* A value as marked-up text, without its bar, colour, tone and strength. */
const char *dtn_value_show(dtn_out *out, const dtn_value *v);
/* A share in [0, 1] for a bar's length. */
double dtn_value_share(const dtn_value *v);

#endif
