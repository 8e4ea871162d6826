/* Gambit's game files among the formats: recognised by their first word. */
#include <string.h>

#include "format/format.h"
#include "format/game.h"

/* The first word of the file, after white space. */
static bool begins(const char *bytes, size_t length, const char *word)
{
    size_t at = 0, n = strlen(word);
    while (at < length && memchr(" \t\r\n", bytes[at], 4))
        at++;
    return length - at > n && memcmp(bytes + at, word, n) == 0 && memchr(" \t\r\n", bytes[at + n], 4);
}

bool dtn_nfg_sniff(const char *bytes, size_t length)
{
    return begins(bytes, length, "NFG");
}

bool dtn_efg_sniff(const char *bytes, size_t length)
{
    return begins(bytes, length, "EFG");
}

/* A grammar error becomes a diagnostic; everything else stays a status. */
static dtn_status place(dtn_diags *diags, dtn_status status, const dtn_game_fault *fault)
{
    if (status != DTN_PARSE)
        return status;
    dtn_diag_error(diags, DTN_DIAG_GAME, (dtn_place){fault->line, fault->column, 1}, "%s", fault->message);
    return DTN_OK;
}

dtn_status dtn_nfg_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    dtn_game_fault fault = {0};
    model->kind = DTN_MODEL_STRATEGIC;
    return place(diags, dtn_nfg_read(ctx, &model->strategic, &fault, model->file, bytes, length), &fault);
}

dtn_status dtn_efg_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    dtn_game_fault fault = {0};
    model->kind = DTN_MODEL_TREE;
    return place(diags, dtn_efg_read(ctx, &model->tree, &fault, model->file, bytes, length), &fault);
}
