/* Markdown (GitHub's dialect): headings, sentences, tables. Pictures stand in the HTML report. */
#include <string.h>

#include "report/marks.h"
#include "report/render.h"

typedef struct writer {
    dtn_out *out;
    int level;
} writer;

static void escaped(dtn_out *out, const char *text, size_t length, bool code, bool cell)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n' && cell)
            dtn_out_char(out, ' ');
        else {
            if ((!code && strchr("\\`*_[]<>", text[i]) && text[i]) || (cell && text[i] == '|'))
                dtn_out_char(out, '\\');
            dtn_out_char(out, text[i]);
        }
    }
}

static void inline_text(dtn_out *out, const char *text, bool cell)
{
    bool code = false;
    dtn_marks m = dtn_marks_of(text);
    for (dtn_piece p; dtn_marks_next(&m, &p);)
        switch (p.kind) {
        case DTN_PIECE_TEXT:
            escaped(out, p.text, p.length, code, cell);
            break;
        case DTN_PIECE_STRONG:
            dtn_out_text(out, "**");
            break;
        case DTN_PIECE_CODE:
            dtn_out_char(out, '`');
            code = !p.closes;
            break;
        case DTN_PIECE_TERM:
            dtn_out_char(out, '_');
            break;
        default:
            break;
        }
}

static void show(writer *w, const dtn_value *v, bool cell)
{
    const char *text = dtn_value_show(w->out, v);
    if (v->strong)
        dtn_out_text(w->out, "**");
    inline_text(w->out, text, cell);
    if (v->strong)
        dtn_out_text(w->out, "**");
}

static void table(writer *w, const dtn_block *b)
{
    static const char *const rule[] = {" --- |", " ---: |", " :---: |"};
    if (*b->text) {
        inline_text(w->out, b->text, false);
        dtn_out_text(w->out, "\n\n");
    }
    dtn_out_char(w->out, '|');
    for (const dtn_column *c = b->column; c; c = c->next) {
        dtn_out_char(w->out, ' ');
        inline_text(w->out, c->title, true);
        dtn_out_text(w->out, " |");
    }
    dtn_out_text(w->out, "\n|");
    for (const dtn_column *c = b->column; c; c = c->next)
        dtn_out_text(w->out, rule[c->align]);
    for (const dtn_row *r = b->row; r; r = r->next) {
        dtn_out_text(w->out, "\n|");
        for (int i = 0; i < r->cells; i++) {
            dtn_out_char(w->out, ' ');
            show(w, &r->cell[i], true);
            dtn_out_text(w->out, " |");
        }
    }
    dtn_out_text(w->out, "\n\n");
}

static void blocks(writer *w, const dtn_block *s)
{
    dtn_out *out = w->out;
    for (const dtn_block *b = s->first; b; b = b->next) {
        if (dtn_block_hidden(b, false))
            continue;
        switch (b->kind) {
        case DTN_BLOCK_SECTION:
        case DTN_BLOCK_ARRAY:
        case DTN_BLOCK_FOLD:
            w->level++;
            if (*b->text) {
                dtn_out_repeat(out, "#", w->level < 6 ? w->level : 6);
                dtn_out_char(out, ' ');
                inline_text(out, b->text, false);
                dtn_out_text(out, "\n\n");
            }
            blocks(w, b);
            w->level--;
            break;
        case DTN_BLOCK_NOTE:
            dtn_out_text(out, "> ");
            inline_text(out, b->text, false);
            dtn_out_text(out, "\n\n");
            break;
        case DTN_BLOCK_SAY:
            inline_text(out, b->text, false);
            dtn_out_text(out, "\n\n");
            break;
        case DTN_BLOCK_FIELD:
            dtn_out_text(out, "- ");
            inline_text(out, b->text, false);
            dtn_out_text(out, ": ");
            show(w, &b->value, false);
            dtn_out_text(out, b->next && b->next->kind == DTN_BLOCK_FIELD ? "\n" : "\n\n");
            break;
        case DTN_BLOCK_LIST:
            for (const dtn_item *i = b->item; i; i = i->next) {
                dtn_out_text(out, b->numbered ? "1. " : "- ");
                inline_text(out, i->text, false);
                dtn_out_char(out, '\n');
            }
            dtn_out_char(out, '\n');
            break;
        case DTN_BLOCK_CODE:
            dtn_out_print(out, "````%s\n%s%s````\n\n", b->language, b->text,
                          *b->text && b->text[strlen(b->text) - 1] == '\n' ? "" : "\n");
            break;
        case DTN_BLOCK_TABLE:
            table(w, b);
            break;
        case DTN_BLOCK_PICTURE:
        case DTN_BLOCK_DATA:
        case DTN_BLOCK_RECORDS:
            break;
        }
    }
}

dtn_status dtn_render_markdown(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    writer w = {.out = out, .level = 1};
    dtn_out_text(out, "# ");
    inline_text(out, doc->title, false);
    dtn_out_text(out, "\n\n");
    if (*doc->question) {
        dtn_out_text(out, "**");
        inline_text(out, doc->question, false);
        dtn_out_text(out, "**\n\n");
    }
    blocks(&w, &doc->root);
    while (out->length > 1 && out->data[out->length - 1] == '\n' && out->data[out->length - 2] == '\n')
        out->data[--out->length] = '\0';
    return out->status;
}
