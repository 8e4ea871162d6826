/* Text for terminals: titles with rules, sentences wrapped at the width, named values and tables aligned, bars in tables.
 *
 * Pictures are left to the other formats, and so are sections marked dtn_doc_not_in_terminal. */
#include <string.h>

#include "report/render.h"
#include "report/terminal.h"

enum { WIDTH = 100, PROSE = 96, STEP = 2 };

/* One empty line between blocks, none at the start. */
static void gap(dtn_terminal *t)
{
    size_t n = t->out->length;
    if (n >= 2 && !(t->out->data[n - 1] == '\n' && t->out->data[n - 2] == '\n'))
        dtn_out_char(t->out, '\n');
}

static void say(dtn_terminal *t, const char *text, const char *base, const char *lead, int indent)
{
    int full = t->width;
    if (t->width > PROSE)
        t->width = PROSE;
    dtn_out_repeat(t->out, " ", indent);
    dtn_out_text(t->out, lead);
    int at = indent + dtn_text_columns(lead);
    dtn_terminal_wrap(t, dtn_terminal_style(t, text, base), at, at);
    t->width = full;
}

static void rule(dtn_terminal *t, int columns, const char *unit, const char *ascii)
{
    dtn_out_repeat(t->out, t->ascii ? ascii : unit, columns < t->width ? columns : t->width);
    dtn_out_char(t->out, '\n');
}

static void title(dtn_terminal *t, const char *text)
{
    const char *styled = dtn_terminal_style(t, text, "1");
    dtn_terminal_wrap(t, styled, 0, 0);
    rule(t, dtn_text_columns(styled), "═", "=");
}

static void heading(dtn_terminal *t, const char *text, int level, int indent)
{
    const char *styled = dtn_terminal_style(t, text, "1");
    gap(t);
    dtn_out_repeat(t->out, " ", indent);
    dtn_terminal_wrap(t, styled, indent, indent);
    if (level == 1)
        rule(t, dtn_text_columns(styled), "─", "-");
}

/* A run of fields, their values under one another. Returns the last block of the run. */
static const dtn_block *fields(dtn_terminal *t, const dtn_block *from, int indent)
{
    int widest = 0;
    const dtn_block *last = from;
    for (const dtn_block *b = from; b && (b->kind == DTN_BLOCK_FIELD || b->kind == DTN_BLOCK_DATA);
         b = b->next) {
        int columns = b->kind == DTN_BLOCK_FIELD ? dtn_text_columns(dtn_terminal_style(t, b->text, "")) : 0;
        widest = columns > widest ? columns : widest;
        last = b;
    }
    if (widest > 40)
        widest = 40;
    for (const dtn_block *b = from;; b = b->next) {
        if (b->kind == DTN_BLOCK_FIELD) {
            const char *label = dtn_terminal_style(t, b->text, "2"),
                       *shown = dtn_value_show(t->out, &b->value);
            const dtn_value *v = &b->value;
            const char *base = v->player   ? dtn_terminal_player(v->player - 1)
                               : v->strong ? "1"
                                           : dtn_terminal_tone(v->tone);
            int columns = dtn_text_columns(label), at = indent + (columns > widest ? columns : widest) + 2;
            dtn_out_repeat(t->out, " ", indent);
            dtn_out_text(t->out, label);
            dtn_out_repeat(t->out, " ", at - indent - columns);
            dtn_terminal_wrap(t, dtn_terminal_style(t, shown, base), at, at);
        }
        if (b == last)
            return last;
    }
}

static void list(dtn_terminal *t, const dtn_block *b, int indent)
{
    int number = 0;
    for (const dtn_item *i = b->item; i; i = i->next) {
        const char *lead = b->numbered ? dtn_out_temporary(t->out, "%d. ", ++number) : t->ascii ? "- " : "• ";
        say(t, i->text, "", lead, indent);
    }
}

static void code(dtn_terminal *t, const dtn_block *b, int indent)
{
    const char *line = b->text;
    while (*line) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        dtn_out_repeat(t->out, " ", length ? indent + 4 : 0);
        dtn_out_bytes(t->out, line, length);
        dtn_out_char(t->out, '\n');
        line += length + (end ? 1 : 0);
    }
}

static void section(dtn_terminal *t, const dtn_block *s, int level, int indent);

static void blocks(dtn_terminal *t, const dtn_block *s, int level, int indent)
{
    for (const dtn_block *b = s->first; b; b = b->next) {
        if (dtn_block_hidden(b, true) || b->kind == DTN_BLOCK_DATA || b->kind == DTN_BLOCK_RECORDS ||
            b->kind == DTN_BLOCK_PICTURE)
            continue;
        if (dtn_block_is_section(b)) {
            section(t, b, level, indent);
            continue;
        }
        if (b != s->first)
            gap(t);
        switch (b->kind) {
        case DTN_BLOCK_SAY:
            say(t, b->text, "", "", indent);
            break;
        case DTN_BLOCK_NOTE:
            say(t, b->text, dtn_terminal_tone(b->tone),
                b->tone == DTN_TONE_WARN ? "! "
                : t->ascii               ? "> "
                                         : "▸ ",
                indent);
            break;
        case DTN_BLOCK_FIELD:
            b = fields(t, b, indent);
            break;
        case DTN_BLOCK_LIST:
            list(t, b, indent);
            break;
        case DTN_BLOCK_CODE:
            code(t, b, indent);
            break;
        case DTN_BLOCK_TABLE:
            if (*b->text)
                say(t, b->text, "2", "", indent);
            dtn_terminal_table(t, b, indent);
            break;
        default:
            break;
        }
    }
}

static void section(dtn_terminal *t, const dtn_block *s, int level, int indent)
{
    if (*s->text)
        heading(t, s->text, level, indent);
    else
        gap(t);
    blocks(t, s, level + 1, level > 1 && s->kind != DTN_BLOCK_FOLD ? indent + STEP : indent);
}

dtn_status dtn_render_text(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    dtn_terminal t = {.out = out, .doc = doc, .width = WIDTH};
    if (look) {
        t.colour = look->colour;
        t.ascii = look->ascii;
        if (look->width > 0)
            t.width = look->width < 40 ? 40 : look->width;
    }
    if (*doc->question) {
        dtn_out_text(out, dtn_terminal_style(&t, doc->question, "2"));
        dtn_out_char(out, '\n');
    }
    title(&t, doc->title);
    blocks(&t, &doc->root, 1, 0);
    return out->status;
}
