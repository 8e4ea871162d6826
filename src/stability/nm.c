/* NM, non-myopic stability: the player stays under every horizon from some one on. Two players.
 * Method: foresight over h moves depends on that over h - 1 alone, so that it runs into a cycle, which is found and walked
 *         through once (limited.c). Cost: horizons until the cycle closes x moves. Exact.
 * Source: Brams & Wittman 1981; Kilgour 1984; Fang, Hipel & Kilgour 1993, ch. 4. */
#include "stability/limited.h"

enum { SHOWN = 8 }; /* horizon of the play that a witness tells at most */

static dtn_status explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                          const uint32_t *const *rank)
{
    /* A state that is left under endlessly many horizons is left under some horizon of at least SHOWN; which one is
     * found by trying, and the play told is the one under it. */
    bool verdict = w->stable;
    for (int h = SHOWN;; h++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = dtn_limited_explain(ctx, arena, w, c, rank, h);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
        DTN_TRY(dtn_ctx_poll(ctx));
        if (w->stable == verdict)
            return DTN_OK;
        if (h == 4 * SHOWN)
            break;
    }
    w->stable = verdict;
    return DTN_OK;
}

extern const dtn_concept dtn_concept_nm;
const dtn_concept dtn_concept_nm = {
    .name = "NM",
    .title = "non-myopic stability",
    .about = "however far the player looks ahead (from some horizon on), the two moving in turn and each "
             "free to stop, it "
             "does best by staying",
    .source = "Brams & Wittman 1981; Kilgour 1984; Fang, Hipel & Kilgour 1993",
    .credible = true,
    .foresight = true,
    .on_request = true,
    .missing = dtn_limited_missing,
    .run = dtn_limited_run_forever,
    .explain = explain,
};
