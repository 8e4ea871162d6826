/* The best draw that players obey, as a linear program over the probabilities of profiles.
 *
 * Method: a row a deviation, sum over profiles of probability times what obeying gains over deviating, >= 0; probabilities sum to
 *   1; for the fair draw a row a player, payoff - z >= 0, and z is the objective. The multipliers of the rows certify the value.
 * Cost: profiles x deviations. Exact: yes (num/lp_optimise.c). */
#include "num/lp.h"
#include "solve/correlated.h"

enum { MOST_ENTRIES = 12000000 };

typedef struct program {
    const dtn_strategic *game;
    const dtn_obeyed_task *task;
    size_t rows, columns;      /* columns: profiles, then z when fair */
    dtn_dissuasion *deviation; /* of each of the first rows */
    int deviations;
    fmpq *a, *b, *objective;
    dtn_lp_sense *senses;
    bool *nonnegative;
} program;

static dtn_number payoff(const dtn_strategic *g, size_t profile, int player)
{
    return dtn_payoffs_at(&g->payoff, profile * (size_t)g->players + player);
}

/* Rows of the deviations of one player. */
static void add_deviations(program *q, int p, size_t step)
{
    const dtn_strategic *g = q->game;
    size_t own = (size_t)g->strategies[p];
    for (int s = q->task->coarse ? -1 : 0; s < (q->task->coarse ? 0 : (int)own); s++)
        for (size_t t = 0; t < own; t++) {
            if ((int)t == s)
                continue;
            fmpq *row = q->a + (size_t)q->deviations * q->columns;
            for (size_t i = 0; i < g->profiles; i++) {
                size_t plays = i / step % own;
                if (s >= 0 && plays != (size_t)s)
                    continue;
                if (plays != t)
                    fmpq_sub(row + i, payoff(g, i, p).q, payoff(g, i + t * step - plays * step, p).q);
            }
            q->deviation[q->deviations++] = (dtn_dissuasion){.player = p, .recommended = s, .instead = (int)t};
        }
}

static dtn_status build(dtn_ctx *ctx, program *q)
{
    const dtn_strategic *g = q->game;
    size_t deviations = 0, fair = q->task->fair ? (size_t)g->players : 0;
    for (int p = 0; p < g->players; p++) {
        size_t own = (size_t)g->strategies[p];
        deviations += !q->task->obeys[p] ? 0 : q->task->coarse ? own : own * (own - 1);
    }
    q->rows = deviations + fair + 1;
    q->columns = g->profiles + q->task->fair;
    if (q->columns > MOST_ENTRIES / q->rows)
        return dtn_fail(
            ctx, DTN_LIMIT,
            "the linear program has %zu profiles and %zu deviations: at most %d entries are handled",
            g->profiles, deviations, MOST_ENTRIES);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->a, q->rows * q->columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->b, q->rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->objective, q->columns);
    DTN_ALLOC(ctx, ctx->scratch, q->senses, q->rows);
    DTN_ALLOC(ctx, ctx->scratch, q->nonnegative, q->columns);
    DTN_ALLOC(ctx, ctx->scratch, q->deviation, deviations + 1);
    size_t step = 1;
    for (int p = 0; p < g->players; p++) {
        if (q->task->obeys[p])
            add_deviations(q, p, step);
        step *= (size_t)g->strategies[p];
    }
    for (size_t r = 0; r + 1 < q->rows; r++)
        q->senses[r] = DTN_LP_GE;
    for (size_t k = 0; k < fair; k++) {
        fmpq *row = q->a + (deviations + k) * q->columns;
        for (size_t i = 0; i < g->profiles; i++)
            fmpq_set(row + i, payoff(g, i, (int)k).q);
        fmpq_set_si(row + g->profiles, -1, 1);
    }
    fmpq *sum = q->a + (q->rows - 1) * q->columns;
    for (size_t i = 0; i < g->profiles; i++) {
        fmpq_one(sum + i);
        q->nonnegative[i] = true;
        for (int p = 0; !q->task->fair && p < g->players; p++)
            fmpq_addmul(q->objective + i, q->task->weight + p, payoff(g, i, p).q);
    }
    if (q->task->fair)
        fmpq_one(q->objective + g->profiles);
    fmpq_one(q->b + q->rows - 1);
    q->senses[q->rows - 1] = DTN_LP_EQ;
    return DTN_OK;
}

dtn_status dtn_obeyed_best(dtn_ctx *ctx, dtn_obeyed *out, const dtn_strategic *game,
                           const dtn_obeyed_task *task)
{
    program q = {.game = game, .task = task};
    DTN_TRY(build(ctx, &q));
    dtn_polyhedron set = {(int)q.rows, (int)q.columns, q.a, q.b, q.senses, q.nonnegative};
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &set, q.objective));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of correlated play has no optimum");
    *out = (dtn_obeyed){.value = best.value, .probability = best.x, .dissuasion = q.deviation};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->payoff, 2 * game->players);
    out->weight = out->payoff + game->players;
    for (int p = 0; p < game->players; p++) {
        for (size_t i = 0; i < game->profiles; i++)
            if (!fmpq_is_zero(best.x + i))
                fmpq_addmul(out->payoff + p, best.x + i, payoff(game, i, p).q);
        if (task->fair)
            fmpq_neg(out->weight + p, best.u + q.deviations + p);
        else
            fmpq_set(out->weight + p, task->weight + p);
    }
    for (int d = 0; d < q.deviations; d++) {
        if (fmpq_is_zero(best.u + d))
            continue;
        fmpq_neg(best.u + d, best.u + d);
        q.deviation[d].multiplier = best.u + d;
        out->dissuasion[out->dissuasions++] = q.deviation[d];
    }
    return DTN_OK;
}

void dtn_obeyed_multiplier_columns(dtn_ctx *ctx, dtn_finding *f)
{
    dtn_finding_table_add(ctx, f, "multipliers", "Multipliers that prove the value");
    dtn_finding_column_add(ctx, f, "leader", "Leader");
    dtn_finding_column_add(ctx, f, "player", "Who deviates");
    dtn_finding_column_add(ctx, f, "recommended", "From");
    dtn_finding_column_add(ctx, f, "instead", "To");
    dtn_finding_column_add(ctx, f, "multiplier", "Multiplier");
    if (f->status == DTN_OK)
        f->last_table->evidence = true;
}

void dtn_obeyed_multiplier_rows(dtn_ctx *ctx, dtn_finding *f, const dtn_obeyed *draw, int leader)
{
    for (int d = 0; d < draw->dissuasions; d++) {
        const dtn_dissuasion *x = &draw->dissuasion[d];
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, leader < 0 ? dtn_cell_none() : dtn_cell_player(leader));
        dtn_finding_put(ctx, f, dtn_cell_player(x->player));
        dtn_finding_put(ctx, f,
                        x->recommended < 0 ? dtn_cell_none() : dtn_cell_strategy(x->player, x->recommended));
        dtn_finding_put(ctx, f, dtn_cell_strategy(x->player, x->instead));
        dtn_finding_put(ctx, f, dtn_cell_exact(x->multiplier));
    }
}
