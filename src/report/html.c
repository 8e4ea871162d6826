/* One self-contained HTML5 page: semantic elements, inline style and pictures, no scripts, no request to anywhere.
 *
 * Headings nest without gaps, tables have captions and scopes and scroll on narrow screens, pictures have titles and
 * descriptions. Ids are the keys of sections, with the keys of the sections around them where they are not unique. */
#include <stdio.h>
#include <string.h>

#include "report/html_style.h"
#include "report/marks.h"
#include "report/picture.h"
#include "report/render.h"

typedef struct writer {
    dtn_out *out;
    const dtn_doc *doc;
    int level;
    int pictures;
    const char *path; /* of keys, joined by "-" */
} writer;

static void escaped(dtn_out *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        switch (text[i]) {
        case '<':
            dtn_out_text(out, "&lt;");
            break;
        case '>':
            dtn_out_text(out, "&gt;");
            break;
        case '&':
            dtn_out_text(out, "&amp;");
            break;
        case '"':
            dtn_out_text(out, "&quot;");
            break;
        case ' ': /* "≈ 0.333" stays on one line */
            dtn_out_text(out, i >= 3 && memcmp(text + i - 3, "≈", 3) == 0 ? "&#160;" : " ");
            break;
        default:
            dtn_out_char(out, text[i]);
        }
}

static void escaped_text(dtn_out *out, const char *text)
{
    escaped(out, text, strlen(text));
}

/* Whether something has this id: a row's anchor, or a section's path of keys. at_path: the id so far fits the path. */
static bool has_id(const dtn_block *section, const char *id, size_t length, bool at_path)
{
    int number = 0;
    for (const dtn_block *b = section->first; b; b = b->next) {
        if (dtn_block_hidden(b, false))
            continue;
        for (const dtn_row *r = b->row; r; r = r->next)
            if (r->anchor && strlen(r->anchor) == length && memcmp(r->anchor, id, length) == 0)
                return true;
        if (!dtn_block_is_section(b))
            continue;
        char digits[24];
        snprintf(digits, sizeof digits, "%d", ++number);
        const char *key = b->key ? b->key : digits;
        size_t own = strlen(key);
        bool fits = at_path && own <= length && memcmp(id, key, own) == 0;
        if (fits && own == length)
            return true;
        if (fits && id[own] == '-' && has_id(b, id + own + 1, length - own - 1, true))
            return true;
        if (has_id(b, id, length, false))
            return true;
    }
    return false;
}

/* A link to nowhere is no link. */
static bool linked(const writer *w, const char *id, size_t length)
{
    return has_id(&w->doc->root, id, length, true);
}

static void opening(writer *w, const dtn_piece *p)
{
    dtn_out *out = w->out;
    switch (p->kind) {
    case DTN_PIECE_STRONG:
        dtn_out_text(out, "<strong>");
        break;
    case DTN_PIECE_CODE:
        dtn_out_text(out, "<code>");
        break;
    case DTN_PIECE_PLAYER:
        dtn_out_print(out, "<span class=\"name p%d\">", p->player % DTN_PLAYER_COLOURS);
        break;
    case DTN_PIECE_LINK:
        if (!linked(w, p->text, p->length)) {
            dtn_out_text(out, "<a>");
            break;
        }
        dtn_out_text(out, "<a href=\"#");
        escaped(out, p->text, p->length);
        dtn_out_text(out, "\">");
        break;
    case DTN_PIECE_QUIET:
        dtn_out_text(out, "<span class=\"quiet\">");
        break;
    default:
        dtn_out_text(out, "<span class=\"term\" title=\"");
        escaped(out, p->text, p->length);
        dtn_out_text(out, "\">");
    }
}

static void inline_text(writer *w, const char *text)
{
    dtn_out *out = w->out;
    static const char *const closing[] = {"",     "</strong>", "</code>", "</span>",
                                          "</a>", "</span>",   "</span>"};
    dtn_marks m = dtn_marks_of(text);
    for (dtn_piece p; dtn_marks_next(&m, &p);)
        if (p.kind == DTN_PIECE_TEXT)
            escaped(out, p.text, p.length);
        else if (p.closes)
            dtn_out_text(out, closing[p.kind]);
        else
            opening(w, &p);
}

static const char *tone_class(dtn_tone tone)
{
    static const char *const name[] = {"", "yes", "no", "unsure", "quiet", "warn"};
    return name[tone];
}

static void bar(dtn_out *out, const dtn_value *v)
{
    dtn_out_print(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        "<rect width=\"%.1f\" height=\"8\" class=\"f-",
        100 * dtn_value_share(v));
    if (v->player)
        dtn_out_print(out, "p%d", (v->player - 1) % DTN_PLAYER_COLOURS);
    else
        dtn_out_text(out, "muted");
    dtn_out_text(out, "\"/></svg>");
}

static void show(writer *w, const dtn_value *v)
{
    const char *text = dtn_value_show(w->out, v);
    bool to = v->target && linked(w, v->target, strlen(v->target));
    if (to) {
        dtn_out_text(w->out, "<a href=\"#");
        escaped_text(w->out, v->target);
        dtn_out_text(w->out, "\">");
    }
    bool span = v->player || v->tone || v->hint;
    if (span) {
        dtn_out_text(w->out, "<span class=\"");
        if (v->player)
            dtn_out_print(w->out, "name p%d", (v->player - 1) % DTN_PLAYER_COLOURS);
        dtn_out_print(w->out, "%s%s\"", v->player && v->tone ? " " : "", tone_class(v->tone));
        if (v->hint) {
            dtn_out_text(w->out, " title=\"");
            const char *plain = dtn_marks_plain(w->out, v->hint);
            escaped_text(w->out, plain);
            dtn_out_char(w->out, '"');
        }
        dtn_out_char(w->out, '>');
    }
    dtn_out_text(w->out, v->strong ? "<strong>" : "");
    inline_text(w, text);
    dtn_out_text(w->out, v->strong ? "</strong>" : "");
    dtn_out_text(w->out, span ? "</span>" : "");
    dtn_out_text(w->out, to ? "</a>" : "");
    if (v->bar)
        bar(w->out, v);
}

static void table(writer *w, const dtn_block *b)
{
    static const char *const align[] = {"", " class=\"r\"", " class=\"c\""};
    const char *plain = dtn_marks_plain(w->out, *b->text ? b->text : b->key ? b->key : "table");
    dtn_out_text(w->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
    escaped_text(w->out, plain);
    dtn_out_text(w->out, "\"><table>");
    if (*b->text) {
        dtn_out_text(w->out, "<caption>");
        inline_text(w, b->text);
        dtn_out_text(w->out, "</caption>");
    }
    dtn_out_text(w->out, "\n<thead><tr>");
    for (const dtn_column *c = b->column; c; c = c->next) {
        dtn_out_print(w->out, "<th scope=\"col\"%s>", align[c->align]);
        inline_text(w, c->title);
        dtn_out_text(w->out, "</th>");
    }
    dtn_out_text(w->out, "</tr></thead>\n<tbody>\n");
    for (const dtn_row *r = b->row; r; r = r->next) {
        dtn_out_text(w->out, "<tr");
        if (r->anchor) {
            dtn_out_text(w->out, " id=\"");
            escaped_text(w->out, r->anchor);
            dtn_out_char(w->out, '"');
        }
        dtn_out_char(w->out, '>');
        const dtn_column *c = b->column;
        for (int i = 0; i < r->cells; i++, c = c->next) {
            dtn_out_print(w->out, i ? "<td%s>" : "<th scope=\"row\"%s>", align[c->align]);
            show(w, &r->cell[i]);
            dtn_out_text(w->out, i ? "</td>" : "</th>");
        }
        dtn_out_text(w->out, "</tr>\n");
    }
    dtn_out_text(w->out, "</tbody></table></div>\n");
}

static void figure(writer *w, const dtn_block *b)
{
    const char *id = dtn_out_temporary(w->out, "g%d", ++w->pictures);
    dtn_out_print(w->out, "<figure class=\"scrolls%s\"><div>", b->picture->width > 980 ? " wide" : "");
    dtn_picture_svg(w->out, b->picture, false, id);
    dtn_out_text(w->out, "</div>");
    if (*b->text) {
        dtn_out_text(w->out, "<figcaption>");
        inline_text(w, b->text);
        dtn_out_text(w->out, "</figcaption>");
    }
    dtn_out_text(w->out, "</figure>\n");
}

static void blocks(writer *w, const dtn_block *s);

static void section(writer *w, const dtn_block *b, int number)
{
    const char *outer = w->path;
    const char *own = b->key ? b->key : dtn_out_temporary(w->out, "%d", number);
    w->path = *outer ? dtn_out_temporary(w->out, "%s-%s", outer, own) : own;
    if (!w->path)
        w->path = outer;
    bool fold = b->kind == DTN_BLOCK_FOLD;
    dtn_out_print(w->out, "<%s id=\"", fold ? "details" : "section");
    escaped_text(w->out, w->path);
    dtn_out_text(w->out, "\">\n");
    if (fold) {
        dtn_out_text(w->out, "<summary>");
        inline_text(w, b->text);
        dtn_out_text(w->out, "</summary>\n");
    } else if (*b->text) {
        int level = w->level < 6 ? w->level : 6;
        dtn_out_print(w->out, "<h%d>", level);
        inline_text(w, b->text);
        dtn_out_print(w->out, "</h%d>\n", level);
    }
    bool deeper = !fold && *b->text;
    w->level += deeper ? 1 : 0;
    blocks(w, b);
    w->level -= deeper ? 1 : 0;
    dtn_out_text(w->out, fold ? "</details>\n" : "</section>\n");
    w->path = outer;
}

static const dtn_block *fields(writer *w, const dtn_block *b)
{
    const dtn_block *last = b;
    dtn_out_text(w->out, "<dl>\n");
    for (; b && (b->kind == DTN_BLOCK_FIELD || b->kind == DTN_BLOCK_DATA); last = b, b = b->next) {
        if (b->kind == DTN_BLOCK_DATA)
            continue;
        dtn_out_text(w->out, "<dt>");
        inline_text(w, b->text);
        dtn_out_text(w->out, "</dt><dd>");
        show(w, &b->value);
        dtn_out_text(w->out, "</dd>\n");
    }
    dtn_out_text(w->out, "</dl>\n");
    return last;
}

static void blocks(writer *w, const dtn_block *s)
{
    dtn_out *out = w->out;
    int number = 0;
    for (const dtn_block *b = s->first; b; b = b->next) {
        if (dtn_block_hidden(b, false))
            continue;
        switch (b->kind) {
        case DTN_BLOCK_SECTION:
        case DTN_BLOCK_ARRAY:
        case DTN_BLOCK_FOLD:
            section(w, b, ++number);
            break;
        case DTN_BLOCK_SAY:
            dtn_out_text(out, "<p>");
            inline_text(w, b->text);
            dtn_out_text(out, "</p>\n");
            break;
        case DTN_BLOCK_NOTE:
            dtn_out_print(out, "<p class=\"note %s\">", tone_class(b->tone));
            inline_text(w, b->text);
            dtn_out_text(out, "</p>\n");
            break;
        case DTN_BLOCK_FIELD:
            b = fields(w, b);
            break;
        case DTN_BLOCK_LIST:
            dtn_out_text(out, b->numbered ? "<ol>\n" : "<ul>\n");
            for (const dtn_item *i = b->item; i; i = i->next) {
                dtn_out_text(out, "<li>");
                inline_text(w, i->text);
                dtn_out_text(out, "</li>\n");
            }
            dtn_out_text(out, b->numbered ? "</ol>\n" : "</ul>\n");
            break;
        case DTN_BLOCK_CODE:
            dtn_out_text(out, "<pre tabindex=\"0\"><samp>");
            escaped_text(out, b->text);
            dtn_out_text(out, "</samp></pre>\n");
            break;
        case DTN_BLOCK_TABLE:
            table(w, b);
            break;
        case DTN_BLOCK_PICTURE:
            figure(w, b);
            break;
        case DTN_BLOCK_DATA:
        case DTN_BLOCK_RECORDS:
            break;
        }
    }
}

static void contents(writer *w, const dtn_doc *doc)
{
    int titled = 0;
    for (const dtn_block *b = doc->root.first; b; b = b->next)
        titled += dtn_block_is_section(b) && *b->text && b->key;
    if (titled < 4)
        return;
    dtn_out_text(w->out, "<nav aria-label=\"Contents\"><ol>\n");
    for (const dtn_block *b = doc->root.first; b; b = b->next)
        if (dtn_block_is_section(b) && *b->text && b->key && !dtn_block_hidden(b, false)) {
            const char *plain = dtn_marks_plain(w->out, b->text);
            dtn_out_print(w->out, "<li><a href=\"#%s\">", b->key);
            escaped_text(w->out, plain);
            dtn_out_text(w->out, "</a></li>\n");
        }
    dtn_out_text(w->out, "</ol></nav>\n");
}

dtn_status dtn_render_html(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    writer w = {.out = out, .doc = doc, .level = 2, .path = ""};
    const char *plain = dtn_marks_plain(out, doc->title);
    dtn_out_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    escaped_text(out, plain);
    dtn_out_print(out, "</title>\n<meta name=\"generator\" content=\"detente %s\">\n<style>\n", dtn_version());
    dtn_html_style(out);
    dtn_out_print(out, "</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">detente · %s</p>\n<h1>",
                  *doc->question ? doc->question : doc->analysis);
    inline_text(&w, doc->title);
    dtn_out_text(out, "</h1>\n</header>\n");
    contents(&w, doc);
    dtn_out_text(out, "<main>\n");
    blocks(&w, &doc->root);
    dtn_out_print(out,
                  "</main>\n<footer><p>Made with detente %s. A model says what follows from its assumptions, "
                  "never who is "
                  "right.</p></footer>\n</body>\n</html>\n",
                  dtn_version());
    return out->status;
}
