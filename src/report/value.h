/* Values as a report shows them: exact numbers beside their decimals, intervals, shares, verdicts, names of players. */
#ifndef DTN_REPORT_VALUE_H
#define DTN_REPORT_VALUE_H

#include "num/rational.h"

typedef struct dtn_doc dtn_doc;

typedef enum dtn_value_kind {
    DTN_VALUE_NONE, /* shown as "–"; JSON null */
    DTN_VALUE_TEXT,
    DTN_VALUE_EXACT,    /* lo: "1/3 ≈ 0.333"; JSON {"exact": "1/3", "value": 0.333...} */
    DTN_VALUE_PERCENT,  /* lo, a share: "33.3 %" (exact in JSON) */
    DTN_VALUE_INTERVAL, /* lo to hi, either NULL: unbounded */
    DTN_VALUE_INTEGER,
    DTN_VALUE_REAL,    /* real, known to within radius (0: a plain double) */
    DTN_VALUE_VERDICT, /* yes, no, unknown; text is the word shown */
    DTN_VALUE_LIST
} dtn_value_kind;

typedef enum dtn_truth { DTN_NO, DTN_YES, DTN_UNDECIDED } dtn_truth;

/* How a value is meant, apart from what it is: yes and no carry no judgement. */
typedef enum dtn_tone {
    DTN_TONE_PLAIN,
    DTN_TONE_YES,
    DTN_TONE_NO,
    DTN_TONE_UNSURE,
    DTN_TONE_QUIET,
    DTN_TONE_WARN
} dtn_tone;

typedef struct dtn_value {
    dtn_value_kind kind;
    dtn_tone tone;
    dtn_truth verdict;
    int player;            /* 1 + index of the player in whose colour it is shown; 0: none */
    bool strong, bar;      /* bar: a share in [0, 1], drawn as a bar too */
    bool lo_open, hi_open; /* intervals: the end itself is not in it */
    const char *text;
    const fmpq *lo, *hi;
    long integer;
    double real, radius;
    const struct dtn_value *item;
    int items;
    const char *target; /* key of the row or section that the value refers to; NULL */
    const char *hint;   /* shown on hovering, and in no other format; NULL */
} dtn_value;

/* Makers. Everything is copied into the document; out of memory makes the document's error and gives NONE. */
dtn_value dtn_value_none(void);
/* Same markup as dtn_doc_say: in the format, never in the arguments. */
dtn_value dtn_value_text(dtn_doc *doc, const char *format, ...) DTN_PRINTF(2, 3);
dtn_value dtn_value_exact(dtn_doc *doc, const fmpq_t x);
dtn_value dtn_value_percent(dtn_doc *doc, const fmpq_t share);
/* NULL: unbounded on that side. Equal ends are shown as one number. */
dtn_value dtn_value_interval(dtn_doc *doc, const fmpq *lo, const fmpq *hi);
dtn_value dtn_value_integer(long n);
dtn_value dtn_value_real(double x, double radius);
/* word NULL: "yes", "no", "undecided". */
dtn_value dtn_value_verdict(dtn_doc *doc, dtn_truth verdict, const char *word);
dtn_value dtn_value_bool(bool yes);
dtn_value dtn_value_list(dtn_doc *doc, const dtn_value *items, int count);
/* The player's key in the player's colour. */
dtn_value dtn_value_player(const dtn_doc *doc, int player);

/* Changers: the value with one thing different. */
dtn_value dtn_value_in_colour(dtn_value v, int player); /* player < 0: none */
dtn_value dtn_value_strong(dtn_value v);
dtn_value dtn_value_with_bar(dtn_value v);
dtn_value dtn_value_with_tone(dtn_value v, dtn_tone tone);
dtn_value dtn_value_open(dtn_value v, bool lo_open, bool hi_open);
dtn_value dtn_value_link(dtn_doc *doc, dtn_value v, const char *target);
dtn_value dtn_value_hint(dtn_doc *doc, dtn_value v, const char *format, ...) DTN_PRINTF(3, 4);

/* Numbers as text for sentences; in the document's arena, "" once the document has failed.
 * exact: "1/3". number: "1/3 (≈ 0.333)", or "1/3" alone where the decimal adds nothing. percent: "33.3 %".
 * range: "[1/3, 2/3]" with round brackets at open ends. decimal: at most 3 significant places, "0.333". */
const char *dtn_text_exact(dtn_doc *doc, const fmpq_t x);
const char *dtn_text_number(dtn_doc *doc, const fmpq_t x);
const char *dtn_text_percent(dtn_doc *doc, const fmpq_t share);
const char *dtn_text_range(dtn_doc *doc, const fmpq *lo, const fmpq *hi, bool lo_open, bool hi_open);
const char *dtn_text_decimal(dtn_doc *doc, const fmpq_t x);
/* "1 equilibrium", "3 equilibria". */
const char *dtn_text_count(dtn_doc *doc, long n, const char *one, const char *many);
/* "a", "a and b", "a, b and c". */
const char *dtn_text_join(dtn_doc *doc, const char *const *items, int count, const char *last_word);

#endif
