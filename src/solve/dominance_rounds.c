/* Rounds of elimination of dominated strategies, exactly.
 *
 * Method: a strategy that is a best reply to some profile of the others is not strictly dominated; one that another strategy
 *   beats everywhere is. What is left open is decided by one linear program over mixtures of the player's strategies: either one
 *   dominates, or, by duality, the multipliers are a belief about the others (with full support, for weak dominance) that makes
 *   the strategy a best reply.
 * Cost: see the header. Exact: yes.
 * Source: D. Pearce, Rationalizable strategic behavior and the problem of perfection, Econometrica 52 (1984), lemmas 3 and 4. */
#include <string.h>

#include "num/lp.h"
#include "solve/dominance.h"
#include "solve/others.h"

typedef struct view {
    dtn_ctx *ctx;
    dtn_elimination *e;
    const dtn_strategic *game;
    int player;
    size_t step;    /* distance in profiles between neighbouring strategies of player */
    size_t *others; /* [count] */
    int count;
} view;

static dtn_number payoff(const view *v, int strategy, int o)
{
    size_t players = (size_t)v->game->players, profile = v->others[o] + (size_t)strategy * v->step;
    return dtn_payoffs_at(&v->game->payoff, profile * players + (size_t)v->player);
}

static bool is_left(const view *v, int strategy)
{
    return v->e->left[v->e->first[v->player] + strategy];
}

/* Is s a best reply to the others' profile o, among what is left? */
static bool is_best(const view *v, int s, int o)
{
    dtn_number own = payoff(v, s, o);
    for (int t = 0; t < v->game->strategies[v->player]; t++)
        if (t != s && is_left(v, t) && fmpq_cmp(payoff(v, t, o).q, own.q) > 0)
            return false;
    return true;
}

static bool beats(const view *v, int t, int s)
{
    bool more = false;
    for (int o = 0; o < v->count; o++) {
        int sign = fmpq_cmp(payoff(v, t, o).q, payoff(v, s, o).q);
        if (sign < 0 || (sign == 0 && !v->e->weak))
            return false;
        more |= sign > 0;
    }
    return more;
}

/* One program decides: mixtures of what is left, s included, that do no worse than s anywhere and as much better as can be.
 * Strict: better by e everywhere, e -> max. Weak: better in sum. At the optimum 0 the multipliers of the rows are the belief
 * (plus one each in the weak case, where every row counts in the objective). */
static dtn_status decide(const view *v, int s, bool *dominated, fmpq *mixture, fmpq *belief)
{
    dtn_ctx *ctx = v->ctx;
    int own = v->game->strategies[v->player], columns = own + 1, rows = v->count + 1;
    fmpq *a, *b, *objective;
    dtn_lp_sense *senses;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)rows * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, objective, columns);
    DTN_ALLOC(ctx, ctx->scratch, senses, rows);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    for (int t = 0; t < own; t++) {
        nonnegative[t] = true;
        if (!is_left(v, t))
            continue; /* a column of zeros */
        for (int o = 0; o < v->count; o++) {
            fmpq *gain = a + (size_t)o * (size_t)columns + t;
            fmpq_sub(gain, payoff(v, t, o).q, payoff(v, s, o).q);
            if (v->e->weak)
                fmpq_add(objective + t, objective + t, gain);
        }
        fmpq_one(a + (size_t)v->count * (size_t)columns + t);
    }
    for (int o = 0; o < v->count; o++) {
        if (!v->e->weak)
            fmpq_set_si(a + (size_t)o * (size_t)columns + own, -1, 1);
        senses[o] = DTN_LP_GE;
    }
    if (!v->e->weak)
        fmpq_one(objective + own);
    nonnegative[own] = v->e->weak;
    fmpq_one(b + v->count);
    senses[v->count] = DTN_LP_EQ;
    dtn_polyhedron set = {rows, columns, a, b, senses, nonnegative};
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &set, objective));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of dominance has no optimum");
    *dominated = !fmpq_is_zero(best.value);
    fmpq *share = b, *sum = b + v->count; /* of s in the mixture, to be shared out; b is no longer needed */
    fmpq_sub(share, sum, best.x + s);
    for (int t = 0; *dominated && t < own; t++)
        if (t != s && is_left(v, t))
            fmpq_div(mixture + t, best.x + t, share);
    fmpq_zero(sum);
    for (int o = 0; !*dominated && o < v->count; o++) {
        fmpq_neg(belief + o, best.u + o);
        if (v->e->weak)
            fmpq_add_si(belief + o, belief + o, 1);
        fmpq_add(sum, sum, belief + o);
    }
    for (int o = 0; !*dominated && o < v->count; o++)
        fmpq_div(belief + o, belief + o, sum);
    return DTN_OK;
}

/* Sets *mixture [strategies] or *belief [count]; both NULL: not dominated by a pure strategy, which is all that was asked. */
static dtn_status judge(const view *v, int s, fmpq **mixture, fmpq **belief)
{
    dtn_ctx *ctx = v->ctx;
    int own = v->game->strategies[v->player];
    *mixture = *belief = NULL;
    for (int o = 0; v->e->mixed && !v->e->weak && o < v->count; o++)
        if (is_best(v, s, o)) {
            DTN_ALLOC_FMPQ(ctx, ctx->scratch, *belief, v->count);
            fmpq_one(*belief + o);
            return DTN_OK;
        }
    for (int t = 0; t < own; t++)
        if (t != s && is_left(v, t) && beats(v, t, s)) {
            DTN_ALLOC_FMPQ(ctx, ctx->scratch, *mixture, own);
            fmpq_one(*mixture + t);
            return DTN_OK;
        }
    if (!v->e->mixed)
        return DTN_OK;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, *belief, v->count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, *mixture, own);
    bool dominated;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = decide(v, s, &dominated, *mixture, *belief);
    dtn_arena_release(ctx->scratch, mark);
    if (status == DTN_OK)
        *(dominated ? belief : mixture) = NULL;
    return status;
}

/* Judges every strategy of one player that is left. What is dominated is noted but not removed yet. */
static dtn_status judge_player(view *v, int round)
{
    dtn_elimination *e = v->e;
    for (int s = 0; s < v->game->strategies[v->player]; s++) {
        if (!is_left(v, s))
            continue;
        fmpq *mixture, *belief;
        DTN_TRY(dtn_ctx_poll(v->ctx));
        DTN_TRY(judge(v, s, &mixture, &belief));
        if (mixture)
            e->removal[e->removals++] = (dtn_removal){round, v->player, s, mixture};
        else if (belief)
            e->support[e->supports++] = (dtn_support){v->player, s, belief};
    }
    return DTN_OK;
}

static dtn_status begin(dtn_ctx *ctx, dtn_elimination *e, const dtn_strategic *game)
{
    int width = 0, *first;
    DTN_ALLOC(ctx, ctx->scratch, first, game->players);
    for (int p = 0; p < game->players; p++) {
        first[p] = width;
        width += game->strategies[p];
    }
    e->first = first;
    DTN_ALLOC(ctx, ctx->scratch, e->left, width);
    memset(e->left, true, (size_t)width);
    DTN_ALLOC(ctx, ctx->scratch, e->removal, width);
    DTN_ALLOC(ctx, ctx->scratch, e->support, width);
    e->removals = e->supports = e->rounds = 0;
    return DTN_OK;
}

dtn_status dtn_eliminate(dtn_ctx *ctx, dtn_elimination *e, const dtn_strategic *game)
{
    DTN_TRY(begin(ctx, e, game));
    int quiet = 0; /* rounds in a row without a removal */
    for (int turn = 0; quiet < (e->in_turn ? game->players : 1); turn++) {
        int before = e->removals;
        size_t step = 1;
        if (!e->in_turn || quiet == 0)
            e->supports = 0; /* beliefs about a larger game say nothing now */
        for (int p = 0; p < game->players; p++) {
            view v = {.ctx = ctx, .e = e, .game = game, .player = p, .step = step};
            step *= (size_t)game->strategies[p];
            if (e->in_turn && p != turn % game->players)
                continue;
            DTN_TRY(dtn_others(ctx, &v.others, &v.count, game, p, e->left));
            DTN_TRY(judge_player(&v, e->rounds + 1));
        }
        for (int i = before; i < e->removals; i++)
            e->left[e->first[e->removal[i].player] + e->removal[i].strategy] = false;
        e->rounds += e->removals > before;
        quiet = e->removals > before ? 0 : quiet + 1;
    }
    return DTN_OK;
}
