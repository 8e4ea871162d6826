/* Compiles a game given by functions without making its tree.
 *
 * Cost: that of the walk (game_walk.c). Memory: some numbers an end, the texts of the information sets while it runs. */
#include <math.h>
#include <string.h>

#include "model/compile.h"
#include "model/game_walk.h"

typedef struct make {
    dtn_collector c;
    int *at; /* [room] by the walk's number: the information set among those of its player */
    int room;
    double *sum; /* by depth: probabilities of chance so far */
    int depths;
    double payoff[DTN_GAME_MOST_PLAYERS];
} make;

static dtn_status widen(dtn_collector *c, void *list, int *room, int wanted, size_t size)
{
    if (wanted < *room)
        return DTN_OK;
    int wider = *room ? 2 * *room : 64;
    void *old, *fresh = dtn_arena_array(c->work, (size_t)wider, size);
    if (!fresh)
        return dtn_fail_nomem(c->ctx);
    memcpy(&old, list, sizeof old);
    if (*room)
        memcpy(fresh, old, (size_t)*room * size);
    memcpy(list, &fresh, sizeof fresh);
    *room = wider;
    return DTN_OK;
}

static dtn_status enter(make *m, int depth, const dtn_game_way *way)
{
    dtn_collector *c = &m->c;
    DTN_TRY(widen(c, (void *)&m->sum, &m->depths, depth, sizeof *m->sum));
    if (!way)
        return DTN_OK;
    if (way->mover != DTN_GAME_CHANCE)
        return dtn_collect_move(c, depth, way->mover, m->at[way->infoset], way->branch);
    double p = (double)way->probability.num / (double)way->probability.den, *sum = &m->sum[depth - 1];
    *sum = p + (way->branch ? *sum : 0);
    if (p < 0 || (way->branch == way->moves - 1 && fabs(*sum - 1) > 1e-9))
        return dtn_fail(c->ctx, DTN_DOMAIN, "the probabilities of a move of chance sum to %.12g, not 1", *sum);
    return dtn_collect_chance(c, depth, way->branch, p);
}

static dtn_status chance(void *user, int depth, const dtn_game_way *way, int moves)
{
    make *m = user;
    DTN_TRY(enter(m, depth, way));
    return dtn_collect_fork(&m->c, depth, moves);
}

static dtn_status decision(void *user, int depth, const dtn_game_way *way, int player, int infoset,
                           bool fresh, const char *text, int moves, const void *state)
{
    make *m = user;
    (void)text;
    (void)state;
    DTN_TRY(enter(m, depth, way));
    DTN_TRY(widen(&m->c, (void *)&m->at, &m->room, infoset, sizeof *m->at));
    if (fresh)
        m->at[infoset] = -1;
    return dtn_collect_decision(&m->c, depth, player, &m->at[infoset], infoset, moves);
}

static dtn_status end(void *user, int depth, const dtn_game_way *way, const dtn_fraction *payoff)
{
    make *m = user;
    DTN_TRY(enter(m, depth, way));
    for (int p = 0; p < m->c.players; p++)
        m->payoff[p] = (double)payoff[p].num / (double)payoff[p].den;
    return dtn_collect_end(&m->c, depth, m->payoff);
}

dtn_status dtn_compile_game(dtn_ctx *ctx, dtn_arena *arena, dtn_compiled_game *out, const dtn_game *game,
                            bool play)
{
    DTN_TRY(dtn_game_check(ctx, game));
    make m = {.room = 0};
    dtn_arena *work = dtn_arena_new(ctx), *texts = dtn_arena_new(ctx);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = work && texts ? DTN_OK : dtn_fail_nomem(ctx);
    if (status == DTN_OK)
        status = dtn_collect_start(ctx, &m.c, work, game->players, 0, play);
    if (status == DTN_OK)
        status = dtn_game_walk(ctx, texts, game, &(dtn_game_visitor){chance, decision, end, &m});
    dtn_arena_free(texts);
    if (status == DTN_OK)
        status = dtn_collect_finish(&m.c, arena, out);
    dtn_arena_release(ctx->scratch, mark);
    dtn_arena_free(work);
    return status;
}
