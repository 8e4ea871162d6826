/* L2 to L6, limited-move stability: the player stays when it looks so many moves ahead, the two moving in turn and each
 * free to stop. (L1 is Nash stability.) Two players.
 * Method: backward recursion, see limited.c. Cost: horizon x moves. Exact.
 * Source: Zagare 1984; Kilgour 1985; Fang, Hipel & Kilgour 1993, ch. 4. */
#include "stability/limited.h"

#define HORIZON(h)                                                                                         \
    static dtn_status run_##h(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)                          \
    {                                                                                                      \
        return dtn_limited_run(ctx, stable, f, h);                                                         \
    }                                                                                                      \
    static dtn_status explain_##h(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,   \
                                  const uint32_t *const *rank)                                             \
    {                                                                                                      \
        return dtn_limited_explain(ctx, arena, w, c, rank, h);                                             \
    }                                                                                                      \
    extern const dtn_concept dtn_concept_l##h;                                                             \
    const dtn_concept dtn_concept_l##h = {                                                                 \
        .name = "L" #h,                                                                                    \
        .title = "limited-move stability, horizon " #h,                                                    \
        .about =                                                                                           \
            "looking " #h                                                                                  \
            " moves ahead, the two players moving in turn and each free to stop, the player does best by " \
            "staying",                                                                                     \
        .source = "Zagare 1984; Kilgour 1985; Fang, Hipel & Kilgour 1993",                                 \
        .credible = true,                                                                                  \
        .foresight = true,                                                                                 \
        .on_request = true,                                                                                \
        .missing = dtn_limited_missing,                                                                    \
        .run = run_##h,                                                                                    \
        .explain = explain_##h,                                                                            \
    };

HORIZON(2)
HORIZON(3)
HORIZON(4)
HORIZON(5)
HORIZON(6)
