/* Average strategies as a finding: fractions, what they guarantee, how the gap went down.
 *
 * Method: probabilities are rounded to multiples of 2^-40 that sum to 1; everything that is told is about these.
 * Cost: linear in actions. */
#include "solve/cfr_tell.h"

#include <math.h>
#include <string.h>

static const int64_t unit = (int64_t)1 << 40;

void dtn_cfr_history_add(dtn_cfr_history *h, long iteration, double gap)
{
    long x = iteration;
    while (x % 10 == 0 && x)
        x /= 10;
    if ((x != 1 && x != 2 && x != 5) || h->count == DTN_CFR_MOMENTS)
        return;
    h->iteration[h->count] = iteration;
    h->gap[h->count++] = gap;
}

/* Multiples of 2^-40; the most likely action takes the rest. part: [actions of the tree]. */
static void round_averages(dtn_cfr_train *t, const dtn_tree *tree, int64_t *part)
{
    for (int p = 0; p < t->game->players; p++) {
        const dtn_compiled_side *g = &t->game->side[p];
        for (int at = 0; at < DTN_LANES * g->slices; at++) {
            if (g->infoset[at] < 0)
                continue;
            int slice = at / DTN_LANES, lane = at % DTN_LANES, n = g->first[slice + 1] - g->first[slice],
                most = 0;
            double *sigma = t->average[p] + (ptrdiff_t)DTN_LANES * g->first[slice] + lane;
            int64_t *mine = part + tree->infoset[g->infoset[at]].first_action, left = unit;
            for (int a = 0; a < n; a++) {
                mine[a] = (int64_t)floor(sigma[DTN_LANES * a] * (double)unit);
                left -= mine[a];
                most = mine[a] > mine[most] ? a : most;
            }
            mine[most] += left;
            for (int a = 0; a < n; a++)
                sigma[DTN_LANES * a] = (double)mine[a] / (double)unit;
        }
    }
}

static void put_strategy(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, const int64_t *part, fmpq_t x)
{
    enum { SHOWN = 60 };
    dtn_finding_table_add(ctx, f, "strategy", "Average strategies: what is played where, and how often");
    if (f->last_table)
        f->last_table->evidence = tree->actions > SHOWN;
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "action", "Where and what");
    dtn_finding_column_add(ctx, f, "probability", "Probability");
    for (int a = 0; a < tree->actions; a++) {
        fmpz_set_si(fmpq_numref(x), part[a]);
        fmpz_set_si(fmpq_denref(x), unit);
        fmpq_canonicalise(x);
        int player = tree->infoset[tree->action[a].infoset].player;
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(player));
        dtn_finding_put(ctx, f, dtn_cell_action(player, a));
        dtn_finding_put(ctx, f, dtn_cell_exact(x));
    }
}

static void put_history(dtn_ctx *ctx, dtn_finding *f, const dtn_cfr_history *h, const char *what)
{
    dtn_finding_table_add(ctx, f, "convergence", "How the gap went down");
    if (f->last_table)
        f->last_table->evidence = true;
    dtn_finding_column_add(ctx, f, "iteration", "Iterations");
    dtn_finding_column_add(ctx, f, "gap", what);
    for (int k = 0; k < h->count; k++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_integer(h->iteration[k]));
        dtn_finding_put(ctx, f, dtn_cell_real(h->gap[k], 0));
    }
}

/* Largest payoff: doubles are right to some units of its last place. */
static double size_of(const dtn_tree *tree)
{
    double most = 1;
    for (size_t k = 0; k < (size_t)tree->terminals * (size_t)tree->players; k++)
        most = fmax(most, fabs(dtn_payoffs_double(&tree->payoff, (size_t)k / (size_t)tree->players,
                                                  (size_t)k % (size_t)tree->players)));
    return most;
}

static void put_zero_sum(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, long iterations,
                         const dtn_cfr_gap *gap, double sum, double radius)
{
    const char *first = tree->player[0].name;
    dtn_finding_answer(
        ctx, f,
        "After %ld iterations the average strategies are exploitable by %.3g: against them a best reply "
        "gains no more on average over the seats.",
        iterations, gap->mean);
    dtn_finding_fact(ctx, f, "exploitability", "Exploitability", dtn_cell_real(gap->mean, radius));
    dtn_finding_fact(ctx, f, "value-least", dtn_arena_printf(ctx->scratch, "%s is guaranteed", first),
                     dtn_cell_real(sum - gap->reply[1], radius));
    dtn_finding_fact(ctx, f, "value-most", dtn_arena_printf(ctx->scratch, "%s is held to", first),
                     dtn_cell_real(gap->reply[0], radius));
    dtn_finding_say(ctx, f, "The value of the game for %s lies between the two guarantees.", first);
}

static void put_general(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, long iterations,
                        const dtn_cfr_gap *gap, double radius)
{
    dtn_finding_answer(
        ctx, f,
        "After %ld iterations nobody gains more than %.3g by leaving its average strategy while the "
        "others keep theirs.",
        iterations, gap->most);
    dtn_finding_fact(ctx, f, "gain", "Largest gain", dtn_cell_real(gap->most, radius));
    dtn_finding_say(ctx, f,
                    "%s the method does not promise that this gain vanishes. What it promises is about play "
                    "that is drawn "
                    "jointly, iteration by iteration: that tends to the coarse correlated equilibria.",
                    tree->players == 2 ? "Payoffs do not have a constant sum:"
                                       : "With other than two players");
    dtn_finding_table_add(ctx, f, "payoffs", "What the averages earn");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "payoff", "Payoff");
    dtn_finding_column_add(ctx, f, "reply", "By the best reply");
    for (int p = 0; p < tree->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_real(gap->payoff[p], radius));
        dtn_finding_put(ctx, f, dtn_cell_real(gap->reply[p], radius));
    }
}

dtn_status dtn_cfr_tell(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree, dtn_cfr_train *t,
                        const dtn_cfr_history *history)
{
    dtn_finding *f = &made->finding;
    bool zero_sum = tree->players == 2 && tree->constant_sum;
    int64_t *part;
    fmpq *x;
    dtn_cfr_gap gap;
    DTN_ALLOC(ctx, ctx->scratch, part, tree->actions + 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 1);
    DTN_ALLOC(ctx, ctx->scratch, gap.reply, tree->players);
    DTN_ALLOC(ctx, ctx->scratch, gap.payoff, tree->players);
    round_averages(t, tree, part);
    dtn_cfr_measure_averages(t, &gap);
    double radius = 1e-11 * size_of(tree);
    dtn_finding_fact(ctx, f, "iterations", "Iterations", dtn_cell_integer(t->iteration));
    if (zero_sum) {
        fmpq_add(x, dtn_payoffs_at(&tree->payoff, 0).q, dtn_payoffs_at(&tree->payoff, 1).q);
        put_zero_sum(ctx, f, tree, t->iteration, &gap, dtn_rational_double(x), radius);
    } else {
        put_general(ctx, f, tree, t->iteration, &gap, radius);
    }
    put_history(ctx, f, history, zero_sum ? "Exploitability" : "Mean gain");
    put_strategy(ctx, f, tree, part, x);
    made->outcome = zero_sum && made->stopped == DTN_OK ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_PARTIAL;
    if (made->stopped != DTN_OK)
        made->note = "stopped by a limit; the strategies are the averages so far";
    else if (!zero_sum)
        made->note = "the strategies need not be near an equilibrium; the gains listed say how near they are";
    return dtn_finding_status(f);
}
