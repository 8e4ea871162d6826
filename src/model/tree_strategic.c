/* A strategic game as a tree: the players move one after the other, none seeing what was chosen before.
 *
 * Cost: linear in the profiles. Exact. */
#include "model/strategic.h"

typedef struct making {
    dtn_ctx *ctx;
    dtn_tree_builder *b;
    const dtn_strategic *g;
    int *set; /* [players] */
} making;

static dtn_status add_players(making *m)
{
    const dtn_strategic *g = m->g;
    for (int p = 0; p < g->players; p++) {
        int player;
        DTN_TRY(dtn_tree_add_player(m->b, &player, g->player[p], g->player[p], 0, NULL));
    }
    for (int p = 0; p < g->players; p++) {
        dtn_action *action;
        DTN_ALLOC(m->ctx, m->ctx->scratch, action, g->strategies[p]);
        for (int s = 0; s < g->strategies[p]; s++)
            action[s] = (dtn_action){.name = g->strategy[p][s], .target = -1};
        const char *name = dtn_arena_printf(m->ctx->scratch, "%d:1", p + 1);
        if (!name)
            return dtn_fail_nomem(m->ctx);
        DTN_TRY(dtn_tree_add_infoset(m->b, &m->set[p], p, -1, name, "", g->strategies[p], action));
    }
    return DTN_OK;
}

/* Level by level: node k of level p has chosen as profile k of the first p players' strategies. */
static dtn_status add_nodes(making *m)
{
    const dtn_strategic *g = m->g;
    int below = 1, width = 1, above = 0; /* first node of this level, nodes of the last one, its first */
    dtn_node_spec root = {.parent = -1,
                          .kind = DTN_NODE_DECISION,
                          .infoset = m->set[0],
                          .outcome = -1,
                          .draw = -1,
                          .label = "",
                          .move = ""};
    int node;
    fmpq *payoff;
    DTN_ALLOC_FMPQ(m->ctx, m->ctx->scratch, payoff, g->players);
    DTN_TRY(dtn_tree_add_node(m->b, &node, &root));
    for (int p = 0; p < g->players; p++) {
        bool last = p + 1 == g->players;
        int count = width * g->strategies[p];
        for (int k = 0; k < count; k++) {
            if (k % 1024 == 0)
                DTN_TRY(dtn_ctx_poll(m->ctx));
            for (int q = 0; last && q < g->players; q++)
                fmpq_set(payoff + q, dtn_payoffs_at(&g->payoff, (size_t)k * (size_t)g->players + (size_t)q).q);
            dtn_node_spec spec = {.parent = above + k % width,
                                  .branch = k / width,
                                  .kind = last ? DTN_NODE_TERMINAL : DTN_NODE_DECISION,
                                  .infoset = last ? -1 : m->set[p + 1],
                                  .outcome = -1,
                                  .draw = -1,
                                  .label = "",
                                  .move = "",
                                  .payoff = last ? payoff : NULL};
            DTN_TRY(dtn_tree_add_node(m->b, &node, &spec));
        }
        above = below;
        below += count;
        width = count;
    }
    return DTN_OK;
}

dtn_status dtn_tree_from_strategic(dtn_ctx *ctx, dtn_tree **out, const dtn_strategic *game)
{
    enum { MOST = 100000000 };
    *out = NULL;
    if (game->profiles > MOST)
        return dtn_fail(ctx, DTN_LIMIT, "the tree would have more than %d ends", MOST);
    making m = {.ctx = ctx, .g = game};
    DTN_TRY(dtn_tree_builder_new(ctx, &m.b, game->title));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    m.set = dtn_arena_array(ctx->scratch, (size_t)game->players, sizeof *m.set);
    dtn_status status = m.set ? add_players(&m) : dtn_fail_nomem(ctx);
    if (status == DTN_OK)
        status = dtn_tree_set_about(m.b, game->about);
    if (status == DTN_OK)
        status = add_nodes(&m);
    dtn_arena_release(ctx->scratch, mark);
    if (status == DTN_OK)
        return dtn_tree_finish(ctx, out, m.b);
    dtn_tree_builder_free(m.b);
    return status;
}
