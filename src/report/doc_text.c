/* The texts of a report document: markup of format strings becomes one-byte marks before the arguments are printed, so that
 * nothing in a name or a formula of the user can be taken for markup. Cost: linear. */
#include <string.h>

#include "report/doc.h"

static void out_of_memory(dtn_doc *d)
{
    if (d->status == DTN_OK)
        d->status = dtn_fail_nomem(d->ctx);
}

/* "*" and "`" outside conversions become marks; "\*" stands for itself, and so does "*" in code. */
static char *translate(dtn_doc *d, const char *format)
{
    char *made = d->status == DTN_OK ? dtn_arena_alloc(d->arena, strlen(format) + 1) : NULL, *to = made;
    if (!made) {
        out_of_memory(d);
        return NULL;
    }
    bool code = false;
    for (const char *c = format; *c; c++) {
        if (*c == '%') {
            do
                *to++ = *c++;
            while (*c && strchr("-+ #0123456789.*hlzjtL", *c));
            if (!*c)
                break;
            *to++ = *c;
        } else if (*c == '`') {
            code = !code;
            *to++ = (char)DTN_MARK_CODE;
        } else if (*c == '\\' && (c[1] == '*' || c[1] == '`' || c[1] == '\\'))
            *to++ = *++c;
        else
            *to++ = *c == '*' && !code ? (char)DTN_MARK_STRONG : *c;
    }
    *to = '\0';
    return made;
}

/* The translated format has the conversions of the one that the compiler checked at the call. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
const char *dtn_doc_mark_up(dtn_doc *doc, const char *format, va_list args)
{
    char *marked = translate(doc, format);
    const char *made = marked ? dtn_arena_vprintf(doc->arena, marked, args) : NULL;
    if (marked && !made)
        out_of_memory(doc);
    return made ? made : "";
}
#pragma GCC diagnostic pop

const char *dtn_doc_name(dtn_doc *doc, int player)
{
    if (player < 0 || player >= doc->players)
        return player < 0 ? "chance" : "";
    return dtn_doc_print(doc, "%c%c%s%c", DTN_MARK_PLAYER, '0' + player, doc->player_key[player],
                         DTN_MARK_END);
}

const char *dtn_doc_link(dtn_doc *doc, const char *target, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_doc_mark_up(doc, format, args);
    va_end(args);
    return dtn_doc_print(doc, "%c%s%c%s%c", DTN_MARK_LINK, target, DTN_MARK_TEXT, text, DTN_MARK_END);
}

const char *dtn_doc_term(dtn_doc *doc, const char *term, const char *meaning)
{
    dtn_doc_term_entry *t = doc->term;
    while (t && strcmp(t->term, term) != 0)
        t = t->next;
    if (!t && doc->status == DTN_OK) {
        t = dtn_arena_alloc(doc->arena, sizeof *t);
        if (!t) {
            out_of_memory(doc);
            return "";
        }
        t->term = dtn_doc_print(doc, "%s", term);
        t->meaning = dtn_doc_print(doc, "%s", meaning);
        if (doc->last_term)
            doc->last_term->next = t;
        else
            doc->term = t;
        doc->last_term = t;
    }
    return dtn_doc_print(doc, "%c%s%c%s%c", DTN_MARK_TERM, meaning, DTN_MARK_TEXT, term, DTN_MARK_END);
}

const char *dtn_doc_print(dtn_doc *doc, const char *format, ...)
{
    if (doc->status != DTN_OK)
        return "";
    va_list args;
    va_start(args, format);
    const char *made = dtn_arena_vprintf(doc->arena, format, args);
    va_end(args);
    if (!made)
        out_of_memory(doc);
    return made ? made : "";
}

const char *dtn_doc_marked(dtn_doc *doc, const char *text)
{
    char *made = translate(doc, text);
    return made ? made : "";
}
