/* Writer of .nfg files: names, the comment, then payoffs, a line for each combination of the other players' strategies.
 *
 * Cost: linear. Exact: numbers are written as fractions. Grammar: docs/formats/nfg.md. */
#include "format/write.h"

static void header(dtn_str *out, const dtn_strategic *g)
{
    dtn_str_add(out, "NFG 1 R ");
    dtn_write_quoted(out, g->title);
    dtn_str_add(out, " { ");
    for (int p = 0; p < g->players; p++) {
        dtn_write_quoted(out, g->player[p]);
        dtn_str_add_char(out, ' ');
    }
    dtn_str_add(out, "}\n\n{ ");
    for (int p = 0; p < g->players; p++) {
        dtn_str_add(out, p ? "\n  { " : "{ ");
        for (int s = 0; s < g->strategies[p]; s++) {
            dtn_write_quoted(out, g->strategy[p][s]);
            dtn_str_add_char(out, ' ');
        }
        dtn_str_add_char(out, '}');
    }
    dtn_str_add(out, "\n}\n");
    dtn_write_quoted(out, g->about);
    dtn_str_add(out, "\n\n");
}

dtn_status dtn_nfg_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *g)
{
    header(out, g);
    size_t players = (size_t)g->players, line = (size_t)g->strategies[0];
    for (size_t k = 0; k < g->profiles && !out->failed; k++) {
        if (k % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        for (size_t p = 0; p < players; p++) {
            DTN_TRY(dtn_write_number(ctx, out, dtn_payoffs_at(&g->payoff, k * players + p).q));
            if (p + 1 < players)
                dtn_str_add_char(out, ' ');
        }
        dtn_str_add(out, (k + 1) % line ? "  " : "\n");
    }
    return dtn_write_done(ctx, out);
}
