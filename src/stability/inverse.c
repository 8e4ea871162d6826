/* The least change of preferences that makes a state an equilibrium: the fewest demotions. A demotion takes a state that a
 * player prefers to the target and places it level with the target.
 * Method: under R, GMR and SMR the verdict of a player depends only on which states it prefers to the target, and demotions
 *         only ever help, so that players are solved one by one: every improvement has to be demoted, or else something in
 *         its answer has to become a sanction; branch and bound over these choices. Under SEQ and SSEQ one player's demotions
 *         change what others have to gain: all sets of demotions are tried, smaller ones first, until one works; the
 *         solution for R always does, so that the search ends.
 * Cost: exponential in the demotions needed. Exact unless cut short (said).
 * Source: Kinsara, Kilgour & Hipel 2015 (inverse problem). */
#include "stability/inverse.h"

#include <string.h>

#include "stability/substitute.h"

enum { NODES_MOST = 20000000 };

typedef struct player_search {
    dtn_ctx *ctx;
    dtn_judge *judge;
    const dtn_concept *concept;
    const uint32_t *const *rank;
    int player;
    size_t target;
    bool *better;          /* [states] still preferred to the target */
    size_t *chosen, *best; /* demoted */
    int depth, least;
    long nodes;
} player_search;

/* The first improvement that nothing deters; false: none. */
static bool undeterred(player_search *p, size_t *improvement)
{
    const dtn_conflict *c = p->judge->conflict;
    size_t t;
    for (dtn_move_iter m = dtn_conflict_moves_from(c, p->player, p->target); dtn_move_next(&m, &t);) {
        if (!p->better[t])
            continue;
        uint32_t others = (((uint32_t)2 << (c->players - 1)) - 1) & ~((uint32_t)1 << p->player);
        bool deterred = false;
        size_t at, u;
        if (p->concept->sanctions) {
            dtn_search_start(&p->judge->search, t, others, NULL);
            while (!deterred && dtn_search_next(&p->judge->search, &at)) {
                size_t b = p->judge->search.arrival[at].state;
                deterred = !p->better[b];
                if (p->concept->countermoves && deterred)
                    for (dtn_move_iter n = dtn_conflict_moves_from(c, p->player, b);
                         deterred && dtn_move_next(&n, &u);)
                        deterred = !p->better[u];
            }
        }
        if (!deterred) {
            *improvement = t;
            return true;
        }
    }
    return false;
}

static dtn_status solve_player(player_search *p);

/* Demotes the state and what else a sanction there needs, goes on, and takes it back. */
static dtn_status try_demotion(player_search *p, size_t state, bool with_replies)
{
    int before = p->depth;
    size_t u;
    if (p->better[state])
        p->chosen[p->depth++] = state;
    if (with_replies)
        for (dtn_move_iter m = dtn_conflict_moves_from(p->judge->conflict, p->player, state);
             dtn_move_next(&m, &u);) {
            bool twice = false;
            for (int k = before; k < p->depth; k++)
                twice |= p->chosen[k] == u;
            if (p->better[u] && !twice)
                p->chosen[p->depth++] = u;
        }
    for (int k = before; k < p->depth; k++)
        p->better[p->chosen[k]] = false;
    dtn_status status = p->depth > before ? solve_player(p) : DTN_OK;
    for (int k = before; k < p->depth; k++)
        p->better[p->chosen[k]] = true;
    p->depth = before;
    return status;
}

static dtn_status solve_player(player_search *p)
{
    size_t t, at;
    if (p->depth >= p->least || ++p->nodes > NODES_MOST)
        return DTN_OK;
    if ((p->nodes & 255) == 0)
        DTN_TRY(dtn_ctx_poll(p->ctx));
    if (!undeterred(p, &t)) {
        p->least = p->depth;
        memcpy(p->best, p->chosen, (size_t)p->depth * sizeof *p->best);
        return DTN_OK;
    }
    if (p->depth + 1 >= p->least)
        return DTN_OK;
    DTN_TRY(try_demotion(p, t, false));
    if (!p->concept->sanctions)
        return DTN_OK;
    /* The search is shared with deeper levels: what it finds is listed first. */
    const dtn_conflict *c = p->judge->conflict;
    uint32_t others = (((uint32_t)2 << (c->players - 1)) - 1) & ~((uint32_t)1 << p->player);
    dtn_arena_mark mark = dtn_arena_save(p->ctx->scratch);
    size_t *answer, answers = 0;
    DTN_ALLOC(p->ctx, p->ctx->scratch, answer, c->states);
    dtn_search_start(&p->judge->search, t, others, NULL);
    while (dtn_search_next(&p->judge->search, &at))
        answer[answers++] = p->judge->search.arrival[at].state;
    dtn_status status = DTN_OK;
    for (size_t k = 0; k < answers && status == DTN_OK; k++)
        if (answer[k] != p->target || p->concept->countermoves)
            status = try_demotion(p, answer[k], p->concept->countermoves);
    dtn_arena_release(p->ctx->scratch, mark);
    return status;
}

/* Appends the player's fewest demotions under a concept that looks at its own preferences only. */
static dtn_status player_demotions(dtn_ctx *ctx, dtn_inverse *out, dtn_demotion *list, dtn_judge *judge,
                                   const dtn_concept *concept, const uint32_t *const *rank, int player,
                                   size_t target)
{
    size_t n = judge->conflict->states;
    player_search p = {
        .ctx = ctx, .judge = judge, .concept = concept, .rank = rank, .player = player, .target = target};
    DTN_ALLOC(ctx, ctx->scratch, p.better, n);
    DTN_ALLOC(ctx, ctx->scratch, p.chosen, n + 1);
    DTN_ALLOC(ctx, ctx->scratch, p.best, n + 1);
    for (size_t t = 0; t < n; t++)
        p.better[t] = rank[player][t] > rank[player][target];
    p.least = (int)n + 1;
    DTN_TRY(solve_player(&p));
    out->exact = out->exact && p.nodes <= NODES_MOST;
    for (int k = 0; k < p.least; k++)
        list[out->demotions++] = (dtn_demotion){player, p.best[k]};
    return DTN_OK;
}

/* SEQ and SSEQ: sets of demotions by size. */
typedef struct joint_search {
    dtn_ctx *ctx;
    dtn_judge *judge;
    const dtn_concept *concept;
    uint32_t **rank;
    size_t target;
    dtn_demotion *candidate, *chosen;
    int candidates, size;
    long nodes;
} joint_search;

static dtn_status choose(joint_search *p, int from, int depth, bool *found)
{
    if (depth == p->size) {
        if ((++p->nodes & 255) == 0)
            DTN_TRY(dtn_ctx_poll(p->ctx));
        *found = dtn_judge_equilibrium(p->judge, p->concept, (const uint32_t *const *)p->rank, p->target);
        return DTN_OK;
    }
    for (int k = from; k <= p->candidates - (p->size - depth) && !*found && p->nodes < NODES_MOST / 10; k++) {
        uint32_t *at = &p->rank[p->candidate[k].player][p->candidate[k].state], before = *at;
        *at = p->rank[p->candidate[k].player][p->target];
        p->chosen[depth] = p->candidate[k];
        dtn_status status = choose(p, k + 1, depth + 1, found);
        *at = before;
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status joint_demotions(dtn_ctx *ctx, dtn_inverse *out, dtn_demotion *list, dtn_judge *judge,
                                  const dtn_concept *concept, uint32_t **rank, size_t target,
                                  uint32_t changeable)
{
    const dtn_conflict *c = judge->conflict;
    joint_search p = {
        .ctx = ctx, .judge = judge, .concept = concept, .rank = rank, .target = target, .chosen = list};
    DTN_ALLOC(ctx, ctx->scratch, p.candidate, (size_t)c->players * c->states);
    for (int i = 0; i < c->players; i++)
        for (size_t t = 0; t < c->states; t++)
            if (changeable >> i & 1 && rank[i][t] > rank[i][target])
                p.candidate[p.candidates++] = (dtn_demotion){i, t};
    bool found = false;
    for (p.size = 0; !found && p.size <= p.candidates && p.nodes < NODES_MOST / 10; p.size++)
        DTN_TRY(choose(&p, 0, 0, &found));
    out->possible = found;
    out->exact = p.nodes < NODES_MOST / 10;
    out->demotions = found ? p.size - 1 : 0;
    return DTN_OK;
}

dtn_status dtn_inverse_find(dtn_ctx *ctx, dtn_arena *arena, dtn_inverse *out, const dtn_conflict *c,
                            const int *variant, const dtn_concept *concept, size_t target, uint32_t changeable)
{
    dtn_conflict *copy;
    uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    const uint32_t *const *ranks = (const uint32_t *const *)rank;
    dtn_judge judge;
    dtn_demotion *list;
    *out = (dtn_inverse){.possible = true, .exact = true, .obstacle = -1};
    DTN_TRY(dtn_substitute_new(ctx, ctx->scratch, &copy, rank, c, variant));
    DTN_TRY(dtn_judge_new(ctx, ctx->scratch, &judge, copy));
    DTN_ALLOC(ctx, arena, list, (size_t)c->players * c->states);
    out->demotion = list;
    out->holds = dtn_judge_equilibrium(&judge, concept, ranks, target);
    if (out->holds)
        return DTN_OK;
    for (int i = 0; i < c->players && !concept->credible; i++)
        if (!(changeable >> i & 1) && !dtn_judge_stable(&judge, concept, ranks, i, target)) {
            out->obstacle = i;
            out->possible = false;
            return DTN_OK;
        }
    if (concept->credible)
        return joint_demotions(ctx, out, list, &judge, concept, rank, target, changeable);
    for (int i = 0; i < c->players; i++)
        if (!dtn_judge_stable(&judge, concept, ranks, i, target))
            DTN_TRY(player_demotions(ctx, out, list, &judge, concept, ranks, i, target));
    return DTN_OK;
}
