/* support: all equilibria by size of support, any number of players.
 *
 * Method: supports in order of their size; conditional dominance prunes: an action of a support that some action beats whatever the
 *   others play within what is left for them refutes it, and actions so beaten are dropped from what is left. Of a support that
 *   stays, the equilibria solve linear equations where at most two players mix (support_linear.c), otherwise multilinear ones,
 *   whose solutions are enclosed one by one (support_cover.c).
 * Cost: up to the product of 2^strategies - 1. Exact: complete unless it says which supports are left.
 * Source: R. Porter, E. Nudelman, Y. Shoham, Simple search methods for finding a Nash equilibrium, Games and Economic Behavior
 *   63 (2008). */
#include "solve/support.h"
#include "base/str.h"

enum { NAMED = 3, CELLS = 100000 };

typedef struct enumeration {
    dtn_profile_run *run;
    const dtn_strategic *game;
    dtn_ranks *ranks;
    const int *first;
    int *size; /* [players] of the supports wanted */
    bool *in;  /* [players + 1][width] what is left for each player, by depth */
    long cells, left;
    dtn_str named; /* the first supports that are left */
} enumeration;

static void name_support(enumeration *e, const bool *in)
{
    const dtn_strategic *g = e->game;
    if (e->left++ >= NAMED)
        return;
    dtn_str_add(&e->named, e->left > 1 ? "; " : "");
    for (int p = 0; p < g->players; p++) {
        dtn_str_addf(&e->named, "%s{", p ? " " : "");
        bool more = false;
        for (int a = 0; a < g->strategies[p]; a++)
            if (in[e->first[p] + a]) {
                dtn_str_addf(&e->named, "%s%s", more ? ", " : "", g->strategy[p][a]);
                more = true;
            }
        dtn_str_add(&e->named, "}");
    }
}

/* One support profile that dominance did not refute. */
static dtn_status solve(dtn_ctx *ctx, enumeration *e, const bool *in)
{
    dtn_indifference *s;
    bool left = false;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_TRY(dtn_ctx_poll(ctx));
    e->run->out->candidates++;
    DTN_TRY(dtn_indifference_new(ctx, &s, e->game, in));
    if (s->mixing <= 2)
        DTN_TRY(dtn_support_linear(ctx, e->run, &left, s));
    else
        DTN_TRY(dtn_support_cover(ctx, e->run, &left, s, e->cells));
    dtn_arena_release(ctx->scratch, mark);
    if (left)
        name_support(e, in);
    return DTN_OK;
}

/* Chooses the supports of players p and later; in: what is left for each, those before p as chosen. */
static dtn_status choose(dtn_ctx *ctx, enumeration *e, int p)
{
    const dtn_strategic *g = e->game;
    int width = e->run->out->width;
    bool *in = e->in + (size_t)p * (size_t)width, *next = in + width;
    if (p == g->players)
        return solve(ctx, e, in);
    int candidates = 0, *list, *pick, size = e->size[p];
    for (int a = 0; a < g->strategies[p]; a++)
        candidates += in[e->first[p] + a];
    if (candidates < size)
        return DTN_OK;
    DTN_ALLOC(ctx, ctx->scratch, list, candidates);
    DTN_ALLOC(ctx, ctx->scratch, pick, size + 1);
    for (int a = 0, k = 0; a < g->strategies[p]; a++)
        if (in[e->first[p] + a])
            list[k++] = a;
    for (int k = 0; k < size; k++)
        pick[k] = k;
    for (bool more = true; more && !e->run->enough;) {
        for (int i = 0; i < width; i++)
            next[i] = in[i];
        for (int a = 0; a < g->strategies[p]; a++)
            next[e->first[p] + a] = false;
        for (int k = 0; k < size; k++)
            next[e->first[p] + list[pick[k]]] = true;
        if (dtn_ranks_prune(e->ranks, next, p + 1)) {
            dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
            DTN_TRY(choose(ctx, e, p + 1));
            dtn_arena_release(ctx->scratch, mark);
        }
        /* The next subset in lexicographic order. */
        int k = size - 1;
        while (k >= 0 && pick[k] == candidates - size + k)
            k--;
        more = k >= 0;
        if (more)
            for (pick[k]++; ++k < size;)
                pick[k] = pick[k - 1] + 1;
    }
    return DTN_OK;
}

/* All sizes with this sum and this difference between the largest and the smallest. */
static dtn_status sizes(dtn_ctx *ctx, enumeration *e, int p, int sum, int low, int high, int difference)
{
    int players = e->game->players;
    if (e->run->enough)
        return DTN_OK;
    if (p == players)
        return sum == 0 && high - low == difference ? choose(ctx, e, 0) : DTN_OK;
    int rest = players - p - 1;
    for (int k = 1; k <= e->game->strategies[p] && k <= sum - rest; k++) {
        int l = p == 0 || k < low ? k : low, h = p == 0 || k > high ? k : high;
        if (h - l > difference)
            continue;
        e->size[p] = k;
        DTN_TRY(sizes(ctx, e, p + 1, sum - k, l, h, difference));
    }
    return DTN_OK;
}

static dtn_status enumerate(dtn_ctx *ctx, enumeration *e)
{
    const dtn_strategic *g = e->game;
    int most = 0, total = 0;
    for (int p = 0; p < g->players; p++) {
        most = g->strategies[p] > most ? g->strategies[p] : most;
        total += g->strategies[p];
    }
    /* Of two players' supports almost all equilibria have equal sizes: those first. */
    if (g->players == 2) {
        for (int difference = 0; difference < most; difference++)
            for (int sum = 2; sum <= total; sum++)
                DTN_TRY(sizes(ctx, e, 0, sum, 0, 0, difference));
        return DTN_OK;
    }
    for (int sum = g->players; sum <= total; sum++) {
        dtn_ctx_report(ctx, "supports", (double)(sum - g->players) / (double)(total - g->players + 1));
        for (int difference = 0; difference < most; difference++)
            DTN_TRY(sizes(ctx, e, 0, sum, 0, 0, difference));
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    size_t width = (size_t)run->out->width;
    enumeration e = {.run = run, .game = game, .first = run->out->first, .named = dtn_str_in(run->out->arena)};
    DTN_TRY(dtn_options_int(ctx, &e.cells, options->more, "cells", CELLS, 1, 1000000000));
    DTN_ALLOC(ctx, ctx->scratch, e.size, game->players);
    DTN_ALLOC(ctx, ctx->scratch, e.in, ((size_t)game->players + 1) * width);
    DTN_TRY(dtn_ranks_new(ctx, &e.ranks, game));
    for (size_t i = 0; i < width; i++)
        e.in[i] = true;
    if (dtn_ranks_prune(e.ranks, e.in, 0))
        DTN_TRY(enumerate(ctx, &e));
    if (!e.left)
        return DTN_OK;
    const char *named = dtn_str_done(&e.named);
    run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
    run->out->note = named ? dtn_arena_printf(run->out->arena,
                                              "%ld support%s not decided within %ld cells (a continuum of "
                                              "equilibria, a singular one, or too "
                                              "many mixing players): %s%s",
                                              e.left, e.left == 1 ? " was" : "s were", e.cells, named,
                                              e.left > NAMED ? "; and so on" : "")
                           : NULL;
    return run->out->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static const dtn_option_spec options[] = {
    {"cells", "N", "100000", "cells to try on one support with three or more mixing players", false},
    {0},
};

const dtn_solver dtn_solver_support = {
    .name = "support",
    .title = "All equilibria by size of support, any number of players; irrational ones in balls",
    .source = "R. Porter, E. Nudelman, Y. Shoham, Games and Economic Behavior 63 (2008)",
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .options = options,
    .run_strategic = run_strategic,
};
