/* ST1 and ST2, Stackelberg equilibrium with the first (second) player as leader: the leader looks two moves ahead, the
 * follower one. Two players.
 * Method: L2 for the leader, R for the follower (limited.c). Cost: two passes over the moves. Exact.
 * Source: von Stackelberg 1934; Kilgour, Hipel & Fang 1987; Fang, Hipel & Kilgour 1993, ch. 4. */
#include "stability/limited.h"

#define LEADER(n, word)                                                                                      \
    static dtn_status run_##n(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)                            \
    {                                                                                                        \
        return dtn_limited_run(ctx, stable, f, f->player == (n)-1 ? 2 : 1);                                  \
    }                                                                                                        \
    static dtn_status explain_##n(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,     \
                                  const uint32_t *const *rank)                                               \
    {                                                                                                        \
        return dtn_limited_explain(ctx, arena, w, c, rank, w->player == (n)-1 ? 2 : 1);                      \
    }                                                                                                        \
    extern const dtn_concept dtn_concept_st##n;                                                              \
    const dtn_concept dtn_concept_st##n = {                                                                  \
        .name = "ST" #n,                                                                                     \
        .title = "Stackelberg equilibrium, the " word " player leads",                                       \
        .about = "the " word " player, the leader, does best by staying when it counts on the other's best " \
                 "answer, and the other has no move to a state that it prefers",                             \
        .source = "von Stackelberg 1934; Fang, Hipel & Kilgour 1993",                                        \
        .credible = true,                                                                                    \
        .foresight = true,                                                                                   \
        .on_request = true,                                                                                  \
        .missing = dtn_limited_missing,                                                                      \
        .run = run_##n,                                                                                      \
        .explain = explain_##n,                                                                              \
    };

LEADER(1, "first")
LEADER(2, "second")
