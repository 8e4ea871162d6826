/* Marked-up text as pieces, values as text. Cost: linear. */
#include "report/marks.h"

#include <stdio.h>
#include <string.h>

#include "report/number.h"

enum { MARKS = 16 };

dtn_marks dtn_marks_of(const char *text)
{
    return (dtn_marks){.at = text ? text : "", .close_to = MARKS};
}

static bool push(dtn_marks *m, dtn_piece *p, dtn_piece_kind kind)
{
    if (m->depth == MARKS - 1)
        return false;
    m->open[m->depth++] = kind;
    *p = (dtn_piece){.kind = kind};
    return true;
}

/* Closes down to the innermost open piece of these kinds; false: none is open. */
static bool start_closing(dtn_marks *m, bool spans, dtn_piece_kind kind)
{
    for (int i = m->depth - 1; i >= 0; i--)
        if (spans ? m->open[i] >= DTN_PIECE_PLAYER : m->open[i] == kind) {
            m->close_to = i;
            return true;
        }
    return false;
}

bool dtn_marks_next(dtn_marks *m, dtn_piece *p)
{
    for (;;) {
        if (m->depth > m->close_to) {
            *p = (dtn_piece){.kind = m->open[--m->depth], .closes = true};
            return true;
        }
        m->close_to = MARKS;
        const char c = *m->at;
        if (c == '\0') {
            m->close_to = 0;
            if (m->depth == 0)
                return false;
            continue;
        }
        if (c < 0 || c > DTN_MARK_QUIET) {
            size_t length = 1;
            while (m->at[length] < 0 || m->at[length] > DTN_MARK_QUIET)
                length++;
            *p = (dtn_piece){.kind = DTN_PIECE_TEXT, .text = m->at, .length = length};
            m->at += length;
            return true;
        }
        m->at++;
        if (c == DTN_MARK_STRONG || c == DTN_MARK_CODE) {
            dtn_piece_kind kind = c == DTN_MARK_STRONG ? DTN_PIECE_STRONG : DTN_PIECE_CODE;
            if (!start_closing(m, false, kind) && push(m, p, kind))
                return true;
        } else if (c == DTN_MARK_PLAYER && *m->at) {
            int player = *m->at++ - '0';
            if (push(m, p, DTN_PIECE_PLAYER)) {
                p->player = player;
                return true;
            }
        } else if (c == DTN_MARK_LINK || c == DTN_MARK_TERM) {
            const char *from = m->at;
            while (*m->at && *m->at != DTN_MARK_TEXT)
                m->at++;
            size_t length = (size_t)(m->at - from);
            if (*m->at)
                m->at++;
            if (push(m, p, c == DTN_MARK_LINK ? DTN_PIECE_LINK : DTN_PIECE_TERM)) {
                p->text = from;
                p->length = length;
                return true;
            }
        } else if (c == DTN_MARK_QUIET) {
            if (push(m, p, DTN_PIECE_QUIET))
                return true;
        } else if (c == DTN_MARK_END)
            start_closing(m, true, DTN_PIECE_TEXT);
    }
}

const char *dtn_marks_plain(dtn_out *out, const char *text)
{
    char *made = dtn_arena_alloc(out->arena, strlen(text) + 1);
    if (!made)
        return dtn_out_checked(out, NULL);
    char *to = made;
    dtn_marks m = dtn_marks_of(text);
    for (dtn_piece p; dtn_marks_next(&m, &p);)
        if (p.kind == DTN_PIECE_TEXT) {
            memcpy(to, p.text, p.length);
            to += p.length;
        }
    *to = '\0';
    return made;
}

static const char *show(dtn_arena *arena, const dtn_value *v);

static const char *show_list(dtn_arena *arena, const dtn_value *v)
{
    const char *made = v->items ? show(arena, &v->item[0]) : "–";
    for (int i = 1; i < v->items && made; i++) {
        const char *next = show(arena, &v->item[i]);
        made = next ? dtn_arena_printf(arena, "%s, %s", made, next) : NULL;
    }
    return made;
}

static const char *show(dtn_arena *arena, const dtn_value *v)
{
    char text[64];
    switch (v->kind) {
    case DTN_VALUE_NONE:
        return "–";
    case DTN_VALUE_TEXT:
    case DTN_VALUE_VERDICT:
        return v->text ? v->text : "";
    case DTN_VALUE_EXACT:
        return dtn_number_full(arena, v->lo, "≈");
    case DTN_VALUE_PERCENT:
        return dtn_number_percent(arena, v->lo);
    case DTN_VALUE_INTERVAL:
        return dtn_number_range(arena, v->lo, v->hi, v->lo_open, v->hi_open);
    case DTN_VALUE_INTEGER:
        return dtn_arena_printf(arena, "%ld", v->integer);
    case DTN_VALUE_REAL:
        dtn_number_round(text, sizeof text, v->real);
        return v->radius > 0 ? dtn_arena_printf(arena, "≈ %s", text) : dtn_arena_strdup(arena, text);
    case DTN_VALUE_LIST:
        return show_list(arena, v);
    }
    return "";
}

const char *dtn_value_show(dtn_out *out, const dtn_value *v)
{
    return dtn_out_checked(out, show(out->arena, v));
}

double dtn_value_share(const dtn_value *v)
{
    double x =
        v->kind == DTN_VALUE_EXACT || v->kind == DTN_VALUE_PERCENT ? dtn_rational_double(v->lo) : v->real;
    return x > 1 ? 1 : x > 0 ? x : 0;
}
