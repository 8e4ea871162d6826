/* Words of Gambit's game files: names, numbers, quoted text, braces. Commas count as space. */
#ifndef DTN_FORMAT_GAME_LEXER_H
#define DTN_FORMAT_GAME_LEXER_H

#include "format/game.h"
#include "num/rational.h"

typedef enum dtn_token_kind {
    DTN_TOKEN_END,
    DTN_TOKEN_WORD, /* letters */
    DTN_TOKEN_NUMBER,
    DTN_TOKEN_TEXT, /* value: unescaped, in the arena; equal texts have one value */
    DTN_TOKEN_OPEN,
    DTN_TOKEN_CLOSE,
    DTN_TOKEN_BAD /* a character without meaning, or a text that does not end */
} dtn_token_kind;

typedef struct dtn_token {
    dtn_token_kind kind;
    const char *start; /* [length] as written */
    size_t length;
    const char *value; /* TEXT */
    int line, column;
} dtn_token;

typedef struct dtn_lexer {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const char *file, *at, *end;
    int line, column;
    dtn_token now; /* the next token, not yet consumed */
    dtn_game_fault *fault;
    bool nomem;
    const char **text; /* table of the texts met so far, each kept once */
    int texts, text_room;
} dtn_lexer;

/* Skips a byte order mark and reads the first token. Values of texts are allocated from arena. */
void dtn_lexer_start(dtn_lexer *x, dtn_ctx *ctx, dtn_arena *arena, dtn_game_fault *fault, const char *file,
                     const char *text, size_t length);
void dtn_lexer_next(dtn_lexer *x);
/* PARSE: "file:line:column: expected <expected>, found <the current token>". NOMEM when that was the cause. */
dtn_status dtn_lexer_expected(dtn_lexer *x, const char *expected, ...) DTN_PRINTF(2, 3);
/* PARSE at a token already passed. */
dtn_status dtn_lexer_fail(dtn_lexer *x, const dtn_token *where, const char *format, ...) DTN_PRINTF(3, 4);

/* Each consumes one token of its kind or fails; what words the expectation. */
dtn_status dtn_lexer_word(dtn_lexer *x, const char *word);
dtn_status dtn_lexer_brace(dtn_lexer *x, dtn_token_kind kind, const char *what);
dtn_status dtn_lexer_text(dtn_lexer *x, const char **out, const char *what);
dtn_status dtn_lexer_rational(dtn_lexer *x, fmpq_t out, const char *what);
/* A whole number in [least, most]. */
dtn_status dtn_lexer_integer(dtn_lexer *x, int *out, int least, int most, const char *what);

#endif
