/* A report document: sections, sentences, named values, tables and pictures, built once from a result and rendered by
 * text.c, json.c, csv.c, md.c, latex.c and html.c, so that every format has the same content.
 *
 *     dtn_doc_open(doc, "outcomes", "What happens with what probability");
 *     dtn_doc_say(doc, "%s engages with probability *%s*.", dtn_doc_name(doc, 1), dtn_text_exact(doc, p));
 *     dtn_doc_table(doc, "outcomes", "Outcomes and their probabilities");
 *     dtn_doc_column(doc, "outcome", "Outcome", DTN_LEFT);
 *     dtn_doc_column(doc, "probability", "Probability", DTN_RIGHT);
 *     for (...) {
 *         dtn_doc_row(doc, NULL);
 *         dtn_doc_cell(doc, dtn_value_text(doc, "%s", name));
 *         dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, p)));
 *     }
 *     dtn_doc_close(doc);                      closes the section; tables and lists end by themselves
 *     return dtn_doc_status(doc);
 *
 * Errors are sticky: after the first failure every call does nothing, so that only the end needs a check.
 * Markup stands in format strings only, never in their arguments: *strong*, `code`; \\* and \\` are the characters
 * themselves. dtn_doc_name, dtn_doc_link and dtn_doc_term give marked pieces to be printed with %s.
 * Keys (kebab case, ASCII) are the names in JSON and CSV and the anchors in HTML; titles are for people.
 * Text is UTF-8; the text renderer has ASCII forms of – — … ≈ ≤ ≥ ≠ → ← × · ± ∞ § “ ” ‘ ’ and Greek letters. */
#ifndef DTN_REPORT_DOC_H
#define DTN_REPORT_DOC_H

#include <stdarg.h>

#include "report/value.h"

struct dtn_picture;
typedef struct dtn_block dtn_block;

/* ---- building ---- */

/* A new document in arena; NULL when out of memory. */
dtn_doc *dtn_doc_new(dtn_ctx *ctx, dtn_arena *arena);
dtn_status dtn_doc_status(const dtn_doc *doc);
dtn_arena *dtn_doc_arena(dtn_doc *doc); /* for what has to live as long as the document */
/* For builders that call fallible functions: remembers the first failure. Returns true when all is well so far. */
bool dtn_doc_try(dtn_doc *doc, dtn_status status);

/* Heading of the whole document; analysis is the verb. */
void dtn_doc_title(dtn_doc *doc, const char *analysis, const char *format, ...) DTN_PRINTF(3, 4);
/* The question that the document answers, "What happens?". */
void dtn_doc_question(dtn_doc *doc, const char *question);
/* Players in the order of their colours; sentences and tables show the key, "P"; the legend has the name. */
void dtn_doc_player(dtn_doc *doc, const char *key, const char *name);

/* Opens a section; nested sections nest in every format. key NULL: an element of an array (see below). */
void dtn_doc_open(dtn_doc *doc, const char *key, const char *format, ...) DTN_PRINTF(3, 4);
/* Opens a section whose own sections (key NULL) are the elements of a JSON array, e.g. "equilibria". title may be "". */
void dtn_doc_array(dtn_doc *doc, const char *key, const char *format, ...) DTN_PRINTF(3, 4);
/* Opens a section that a reader unfolds. */
void dtn_doc_fold(dtn_doc *doc, const char *key, const char *format, ...) DTN_PRINTF(3, 4);
/* The section just opened is left out of the terminal's text (it is for the full report). */
void dtn_doc_not_in_terminal(dtn_doc *doc);
/* The section just opened stands in the terminal's text only: it repeats what the full report tells elsewhere. */
void dtn_doc_only_in_terminal(dtn_doc *doc);
void dtn_doc_close(dtn_doc *doc);
/* Moves what was added to the open section since the block `since` to right behind the block `after` of the same section
 * (NULL: to its front): what is known only at the end may stand at the beginning. */
void dtn_doc_lift(dtn_doc *doc, dtn_block *since, dtn_block *after);

void dtn_doc_say(dtn_doc *doc, const char *format, ...) DTN_PRINTF(2, 3);
/* A sentence with a key of its own in JSON ("answer": "..."). */
void dtn_doc_say_as(dtn_doc *doc, const char *key, const char *format, ...) DTN_PRINTF(3, 4);
/* A remark set apart; WARN for what limits the answer. */
void dtn_doc_note(dtn_doc *doc, dtn_tone tone, const char *format, ...) DTN_PRINTF(3, 4);
void dtn_doc_field(dtn_doc *doc, const char *key, const char *label, dtn_value value);
/* A field for programs only: in JSON, nowhere else. */
void dtn_doc_data(dtn_doc *doc, const char *key, dtn_value value);
/* Many rows for programs: in JSON an array of objects; in CSV nothing else is written. cell makes a value when it is needed. */
typedef struct dtn_records {
    long rows;
    int columns;
    const char *const *key;                                    /* [columns] */
    dtn_value (*cell)(const void *user, long row, int column); /* REAL, INTEGER, TEXT without marks, or NONE */
    const void *user;
} dtn_records;
void dtn_doc_records(dtn_doc *doc, const char *key,
                     const dtn_records *records); /* copied; what it points to is not */
/* Items follow with dtn_doc_item. */
void dtn_doc_list(dtn_doc *doc, const char *key, bool numbered);
void dtn_doc_item(dtn_doc *doc, const char *format, ...) DTN_PRINTF(2, 3);
/* Preformatted text; language "yaml", "sh" or "". */
void dtn_doc_code(dtn_doc *doc, const char *key, const char *language, const char *text);
/* The picture must live in the document's arena; its error becomes the document's, NULL means out of memory. */
void dtn_doc_picture(dtn_doc *doc, const char *key, const char *caption, const struct dtn_picture *picture);

typedef enum dtn_align { DTN_LEFT, DTN_RIGHT, DTN_CENTRE } dtn_align;
/* Columns, then rows of as many cells. The first column heads its row. caption may be "". */
void dtn_doc_table(dtn_doc *doc, const char *key, const char *caption);
void dtn_doc_column(dtn_doc *doc, const char *key, const char *title, dtn_align align);
void dtn_doc_row(dtn_doc *doc, const char *anchor); /* anchor: what links point to, or NULL */
void dtn_doc_cell(dtn_doc *doc, dtn_value value);

/* Pieces of a sentence, to be printed with %s. */
const char *dtn_doc_name(dtn_doc *doc, int player); /* the player's key in its colour; "chance" below 0 */
const char *dtn_doc_link(dtn_doc *doc, const char *target, const char *format, ...) DTN_PRINTF(3, 4);
/* A technical term, explained in plain words (collected into the glossary at the end of a full report). */
const char *dtn_doc_term(dtn_doc *doc, const char *term, const char *meaning);
const char *dtn_doc_print(dtn_doc *doc, const char *format, ...)
    DTN_PRINTF(2, 3); /* text in the arena, no markup */
/* Copy with the markup of format strings applied: a text of the program's own that is chosen from a table. */
const char *dtn_doc_marked(dtn_doc *doc, const char *text);

/* What the printf-like builders do with their format; for further such functions. Borrowed, "" on failure. */
const char *dtn_doc_mark_up(dtn_doc *doc, const char *format, va_list args) DTN_PRINTF(2, 0);

/* ---- what renderers see ---- */

/* Marks inside texts: strong on/off, code on/off, player (next byte: '0' + index) to end, link (target, TEXT) to end. */
enum {
    DTN_MARK_STRONG = 1,
    DTN_MARK_CODE = 2,
    DTN_MARK_PLAYER = 3,
    DTN_MARK_LINK = 4,
    DTN_MARK_TERM = 5,
    DTN_MARK_TEXT = 6, /* between a link's target (a term's meaning) and its words */
    DTN_MARK_END = 7,  /* ends player, link, term and quiet */
    DTN_MARK_QUIET = 8
};

typedef enum dtn_block_kind {
    DTN_BLOCK_SECTION,
    DTN_BLOCK_ARRAY,
    DTN_BLOCK_FOLD,
    DTN_BLOCK_SAY,
    DTN_BLOCK_NOTE,
    DTN_BLOCK_FIELD,
    DTN_BLOCK_DATA,
    DTN_BLOCK_RECORDS,
    DTN_BLOCK_LIST,
    DTN_BLOCK_CODE,
    DTN_BLOCK_PICTURE,
    DTN_BLOCK_TABLE
} dtn_block_kind;

typedef struct dtn_item {
    const char *text;
    struct dtn_item *next;
} dtn_item;

typedef struct dtn_column {
    const char *key, *title;
    dtn_align align;
    struct dtn_column *next;
} dtn_column;

typedef struct dtn_row {
    const char *anchor;
    dtn_value *cell; /* [columns of the table] */
    int cells;
    struct dtn_row *next;
} dtn_row;

struct dtn_block {
    dtn_block_kind kind;
    const char *key;      /* or NULL */
    const char *text;     /* title, sentence, label, caption, code; marked up except code */
    const char *language; /* code */
    dtn_tone tone;        /* notes */
    bool numbered;        /* lists */
    bool not_in_terminal, only_in_terminal;
    dtn_value value; /* fields, data */
    dtn_records records;
    const struct dtn_picture *picture;
    dtn_item *item, *last_item;
    dtn_column *column, *last_column;
    int columns;
    dtn_row *row, *last_row;
    int rows;
    dtn_block *parent, *first, *last, *next;
};

typedef struct dtn_doc_term_entry {
    const char *term, *meaning;
    struct dtn_doc_term_entry *next;
} dtn_doc_term_entry;

enum { DTN_DOC_PLAYERS = 32 };

struct dtn_doc {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_status status;
    const char *analysis, *title;
    const char *question; /* "What happens?", above the title; "" */
    const char *player_key[DTN_DOC_PLAYERS], *player_name[DTN_DOC_PLAYERS];
    int players;
    dtn_block root, *open;
    bool legend_shown; /* key and name of the players were told */
    dtn_doc_term_entry *term, *last_term;
};

static inline bool dtn_block_is_section(const dtn_block *b)
{
    return b->kind == DTN_BLOCK_SECTION || b->kind == DTN_BLOCK_ARRAY || b->kind == DTN_BLOCK_FOLD;
}

/* The block is left out: terminal tells for whom. */
static inline bool dtn_block_hidden(const dtn_block *b, bool terminal)
{
    return terminal ? b->not_in_terminal : b->only_in_terminal;
}

#endif
