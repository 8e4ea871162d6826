/* Writer of strategic games as a table: one row a profile, first the strategies, then "payoff NAME" of each player.
 *
 * Cost: linear. Exact: numbers are written as fractions. docs/formats/csv.md. */
#include <string.h>

#include "format/write.h"

static void field(dtn_str *out, const char *text)
{
    bool quote = !*text || strpbrk(text, ",;\"\t\r\n") || *text == ' ' || text[strlen(text) - 1] == ' ';
    if (!quote) {
        dtn_str_add(out, text);
        return;
    }
    dtn_str_add_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            dtn_str_add_char(out, '"');
        dtn_str_add_char(out, *c);
    }
    dtn_str_add_char(out, '"');
}

static dtn_status header(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *g)
{
    for (int p = 0; p < g->players; p++) {
        if (p)
            dtn_str_add_char(out, ',');
        field(out, g->player[p]);
    }
    for (int p = 0; p < g->players; p++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        const char *text = dtn_arena_printf(ctx->scratch, "payoff %s", g->player[p]);
        if (text) {
            dtn_str_add_char(out, ',');
            field(out, text);
        }
        dtn_arena_release(ctx->scratch, mark);
        if (!text)
            return dtn_fail_nomem(ctx);
    }
    dtn_str_add_char(out, '\n');
    return DTN_OK;
}

dtn_status dtn_csv_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *g)
{
    DTN_TRY(header(ctx, out, g));
    for (size_t k = 0; k < g->profiles && !out->failed; k++) {
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        size_t rest = k;
        for (int p = 0; p < g->players; p++) {
            if (p)
                dtn_str_add_char(out, ',');
            field(out, g->strategy[p][rest % (size_t)g->strategies[p]]);
            rest /= (size_t)g->strategies[p];
        }
        for (int p = 0; p < g->players; p++) {
            dtn_str_add_char(out, ',');
            DTN_TRY(
                dtn_write_number(ctx, out, dtn_payoffs_at(&g->payoff, k * (size_t)g->players + (size_t)p).q));
        }
        dtn_str_add_char(out, '\n');
    }
    return dtn_write_done(ctx, out);
}
