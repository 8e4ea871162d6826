/* Readers of Gambit's game files: .nfg (strategic) and .efg (trees). */
#ifndef DTN_FORMAT_GAME_H
#define DTN_FORMAT_GAME_H

#include "model/strategic.h"
#include "model/tree.h"

/* Where and why a game file cannot be read. Lines and columns from 1; columns count characters. */
typedef struct dtn_game_fault {
    int line, column;
    char message[256]; /* "expected ..., found ..." */
} dtn_game_fault;

/* text [length] need not be zero-terminated. PARSE: the context's message is "file:line:column: expected ..., found ...",
 * and fault (NULL allowed) holds its parts. Cost: linear. docs/formats/nfg.md, efg.md. */
dtn_status dtn_nfg_read(dtn_ctx *ctx, dtn_strategic **out, dtn_game_fault *fault, const char *file,
                        const char *text, size_t length);
dtn_status dtn_efg_read(dtn_ctx *ctx, dtn_tree **out, dtn_game_fault *fault, const char *file,
                        const char *text, size_t length);

#endif
