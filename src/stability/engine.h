/* The two steps that every concept is made of, on arrays of ranks: lower a value along the others' moves, and judge by
 * the best of it that the focal player can reach. Done on the cube of patterns where moves are those of the options,
 * on lists of moves otherwise; the concepts do not see which.
 *
 * With p = the focal player's rank and v = p or the rank after its best reply, let
 *     w(s) = min(p(s), least v among s and what the others reach from s).
 * Then the focal player's improvements from s are all sanctioned iff p(s) >= w(t) for every move s -> t. */
#ifndef DTN_STABILITY_ENGINE_H
#define DTN_STABILITY_ENGINE_H

#include "model/conflict.h"

typedef struct dtn_engine dtn_engine;

/* Values stand in slots: patterns of the cube (empty ones for infeasible patterns), or states. */
typedef struct dtn_focus {
    dtn_engine *engine;
    int player;
    const int *variant; /* [players] */
    uint32_t *value;    /* [slots] work array */
} dtn_focus;

/* What an engine can do. */
typedef struct dtn_engine_ops {
    /* Makes ready to use a player's ranks; improvements: also its improvements. What is made goes into arena, which has to
     * live as long as the engine is used. May run for several players at once. */
    dtn_status (*prepare)(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, int player, int variant,
                          bool improvements);
    void (*ranks)(const dtn_focus *f);                           /* value = p */
    void (*best_replies)(const dtn_focus *f);                    /* value = rank after the best reply */
    dtn_status (*lower_moves)(dtn_ctx *ctx, const dtn_focus *f); /* value = least over the others' moves */
    dtn_status (*lower_improvements)(dtn_ctx *ctx, const dtn_focus *f);
    dtn_status (*judge)(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f); /* uses up value */
} dtn_engine_ops;

/* The player's ranks by slot and, where prepared, its improvements in the engine's own form. */
typedef struct dtn_engine_preference {
    const uint32_t *rank;  /* [slots], 0 in empty slots; NULL: not prepared */
    const uint32_t *order; /* cube: see cube_improve.c; NULL: not prepared */
} dtn_engine_preference;

struct dtn_engine {
    const dtn_engine_ops *ops;
    const dtn_conflict *conflict;
    dtn_arena *arena;
    size_t slots;
    bool full;                          /* cube: every slot is a state */
    dtn_engine_preference **preference; /* [players][variants] */
    void *own;                          /* of the engine */
};

static inline const dtn_engine_preference *dtn_focus_preference(const dtn_focus *f, int player)
{
    return &f->engine->preference[player][f->variant[player]];
}

/* Chooses the cube when moves are those of the options and few patterns are infeasible, lists otherwise; lists: forces
 * lists. Memory from arena. */
dtn_status dtn_engine_new(dtn_ctx *ctx, dtn_engine **out, dtn_arena *arena, const dtn_conflict *conflict,
                          bool lists);
/* The engines. */
extern const dtn_engine_ops dtn_cube_engine, dtn_list_engine;
dtn_status dtn_list_engine_new(dtn_ctx *ctx, dtn_engine *e);
/* cube_improve.c: the order in which one player's improvements are swept; the sweeps, until nothing changes. */
dtn_status dtn_cube_order(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, int player, int variant);
dtn_status dtn_cube_lower_improvements(dtn_ctx *ctx, const dtn_focus *f);

#endif
