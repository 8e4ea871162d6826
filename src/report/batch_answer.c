/* The equilibria of one game of a batch on one line: who plays what, or with which probabilities.
 *
 * Text: "12: 100|010 110|011": for each equilibrium player 1's actions, a bar, player 2's; 1 is played, 0 is not; with
 *   probabilities "12: 1,0,0|0,1,0 2/5,3/5,0|0,1/2,1/2". A tied game ends with "tied". */
#include "report/batch_answer.h"

#include <string.h>

#include "num/rational.h"
#include "solve/batch.h"

const char *batch_answer_head(batch_form form, bool probabilities)
{
    if (form != BATCH_FORM_CSV)
        return "";
    return probabilities ? "game,equilibria,tied,supports,probabilities\n" : "game,equilibria,tied,supports\n";
}

static void add_size(dtn_str *out, size_t n)
{
    char digits[24];
    int at = (int)sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    dtn_str_add_n(out, digits + at, sizeof digits - (size_t)at);
}

static void add_mask(dtn_str *out, unsigned mask, int actions)
{
    char bits[DTN_BATCH_MOST_ACTIONS];
    for (int i = 0; i < actions; i++)
        bits[i] = (char)('0' + (mask >> i & 1));
    dtn_str_add_n(out, bits, (size_t)actions);
}

static void add_supports(dtn_str *out, const dtn_batch *batch, const dtn_batch_equilibrium *e)
{
    add_mask(out, e->rows, batch->rows);
    dtn_str_add_char(out, '|');
    add_mask(out, e->columns, batch->columns);
}

/* A player's probabilities with commas between them, each in quotation marks in JSON. */
static dtn_status add_strategy(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch, size_t game,
                               const dtn_batch_equilibrium *e, int player, const char *quote)
{
    int actions = player ? batch->columns : batch->rows;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpz *weight = dtn_arena_fmpz(ctx->scratch, (size_t)actions + 1), *sum = weight ? weight + actions : NULL;
    fmpq *share = weight ? dtn_arena_fmpq(ctx->scratch, 1) : NULL;
    dtn_status status = share ? batch_strategy(ctx, weight, batch, game, player, e) : dtn_fail_nomem(ctx);
    for (int i = 0; i < actions && status == DTN_OK; i++)
        fmpz_add(sum, sum, weight + i);
    for (int i = 0; i < actions && status == DTN_OK; i++) {
        fmpq_set_fmpz_frac(share, weight + i, sum);
        const char *text = dtn_rational_text(ctx->scratch, share);
        if (!text) {
            status = dtn_fail_nomem(ctx);
            break;
        }
        dtn_str_add(out, i ? "," : "");
        dtn_str_add(out, quote);
        dtn_str_add(out, text);
        dtn_str_add(out, quote);
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

static dtn_status add_profile(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch, size_t game,
                              const dtn_batch_equilibrium *e)
{
    DTN_TRY(add_strategy(ctx, out, batch, game, e, 0, ""));
    dtn_str_add_char(out, '|');
    return add_strategy(ctx, out, batch, game, e, 1, "");
}

/* Text that may hold anything, in quotation marks. */
static void add_quoted(dtn_str *out, const char *text, size_t length, bool json)
{
    dtn_str_add_char(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (json && c < 0x20)
            dtn_str_addf(out, "\\u%04x", c);
        else if (c == '"' || (json && c == '\\'))
            dtn_str_addf(out, json ? "\\%c" : "\"%c", c);
        else
            dtn_str_add_char(out, (char)c);
    }
    dtn_str_add_char(out, '"');
}

static void add_indices(dtn_str *out, const char *key, unsigned mask)
{
    dtn_str_addf(out, "\"%s\":[", key);
    bool first = true;
    for (int i = 0; mask >> i; i++)
        if (mask >> i & 1) {
            dtn_str_addf(out, first ? "%d" : ",%d", i + 1);
            first = false;
        }
    dtn_str_add_char(out, ']');
}

static dtn_status add_json(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch, const dtn_batch_answer *answer,
                           size_t game, bool probabilities)
{
    dtn_str_add(out, answer->flags[game] & DTN_BATCH_TIED ? ",\"tied\":true" : ",\"tied\":false");
    dtn_str_add(out, ",\"equilibria\":[");
    for (size_t i = answer->first[game]; i < answer->first[game + 1]; i++) {
        const dtn_batch_equilibrium *e = &answer->item[i];
        dtn_str_add(out, i > answer->first[game] ? ",{" : "{");
        add_indices(out, "rows", e->rows);
        dtn_str_add_char(out, ',');
        add_indices(out, "columns", e->columns);
        if (answer->flags[game] & DTN_BATCH_TIED) {
            dtn_str_add_char(out, ',');
            add_indices(out, "best_rows", e->best_rows);
            dtn_str_add_char(out, ',');
            add_indices(out, "best_columns", e->best_columns);
        }
        for (int p = 0; p < 2 && probabilities; p++) {
            dtn_str_add(out, p ? ",\"y\":[" : ",\"x\":[");
            DTN_TRY(add_strategy(ctx, out, batch, game, e, p, "\""));
            dtn_str_add_char(out, ']');
        }
        dtn_str_add_char(out, '}');
    }
    dtn_str_add(out, "]}\n");
    return DTN_OK;
}

static dtn_status add_list(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch, const dtn_batch_answer *answer,
                           size_t game, bool probabilities)
{
    for (size_t i = answer->first[game]; i < answer->first[game + 1]; i++) {
        if (i > answer->first[game])
            dtn_str_add_char(out, ' ');
        if (probabilities)
            DTN_TRY(add_profile(ctx, out, batch, game, &answer->item[i]));
        else
            add_supports(out, batch, &answer->item[i]);
    }
    return DTN_OK;
}

dtn_status batch_answer_add(dtn_ctx *ctx, dtn_str *out, const dtn_batch *batch,
                            const dtn_batch_answer *answer, size_t game, const char *label,
                            size_t label_length, size_t line, batch_form form, bool probabilities)
{
    bool tied = answer->flags[game] & DTN_BATCH_TIED;
    if (form == BATCH_FORM_JSON) {
        dtn_str_add(out, "{\"game\":");
        if (label)
            add_quoted(out, label, label_length, true);
        else
            add_size(out, line);
        return add_json(ctx, out, batch, answer, game, probabilities);
    }
    if (label && form == BATCH_FORM_CSV &&
        (memchr(label, ',', label_length) || memchr(label, '"', label_length)))
        add_quoted(out, label, label_length, false);
    else if (label)
        dtn_str_add_n(out, label, label_length);
    else
        add_size(out, line);
    if (form == BATCH_FORM_CSV) {
        dtn_str_add_char(out, ',');
        add_size(out, answer->first[game + 1] - answer->first[game]);
        dtn_str_add(out, tied ? ",1," : ",0,");
        DTN_TRY(add_list(ctx, out, batch, answer, game, false));
        if (probabilities) {
            dtn_str_add(out, ",\"");
            DTN_TRY(add_list(ctx, out, batch, answer, game, true));
            dtn_str_add_char(out, '"');
        }
        dtn_str_add_char(out, '\n');
        return DTN_OK;
    }
    dtn_str_add(out, ": ");
    DTN_TRY(add_list(ctx, out, batch, answer, game, probabilities));
    dtn_str_add(out, tied ? " tied\n" : "\n");
    return DTN_OK;
}
