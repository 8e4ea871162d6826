/* Extensive-form correlated equilibria of two players as one linear program.
 *
 * Method: the mediator draws a pure reduced strategy of one player and, given it, a plan of the other; any joint distribution of what both do
 *   is such a draw. z(s, t), the probability that one is recommended everything up to s and the other everything up to t, is a sum of
 *   those plans. Whoever leaves on hearing the move s (or before it, or at the start) then meets the other's sequences with weights
 *   z(s, t), and does best by a value w at each own set from there on: obeying must be worth as much.
 * Cost: a linear program; columns: reduced strategies of the player that has fewer, times sequences of the other. Exact; the multipliers
 *   prove the value.
 * Source: B. von Stengel and F. Forges, Extensive-form correlated equilibrium, Mathematics of Operations Research 33 (2008); G. Farina, T. Bianchi,
 *   T. Sandholm, Coarse correlation in extensive-form games, AAAI (2020). */
#include "model/strategic.h"
#include "num/lp.h"
#include "solve/efce.h"

enum { MOST_ENTRIES = 12000000, MOST_STRATEGIES = 20000 };

typedef struct program {
    const dtn_sequence_form *f;
    const dtn_correlation_task *task;
    int pure, other; /* whose strategies are drawn, and who plans */
    int strategies;
    bool *has;      /* [strategies][sequences of pure] */
    int *set_of[2]; /* [sequences] constraint whose move ends it */
    dtn_trigger *trigger;
    int triggers, *value; /* [triggers][constraints of its player] column of the value at the set, -1 */
    int least;            /* column of the least payoff, fair */
    int most_sets, flows; /* flows: rows that make plans */
    dtn_polyhedron set;
    fmpq *a, *b, *objective;
    dtn_lp_sense *senses;
    bool *nonnegative;
} program;

static void add(program *q, int row, int column, const fmpq *x, bool minus)
{
    fmpq *to = q->a + (size_t)row * (size_t)q->set.columns + (size_t)column;
    minus ? fmpq_sub(to, to, x) : fmpq_add(to, to, x);
}

static void add_one(program *q, int row, int column, int sign)
{
    fmpq *to = q->a + (size_t)row * (size_t)q->set.columns + (size_t)column;
    fmpq_add_si(to, to, sign);
}

/* x times z(own, others) of the player, into a row; row -1: into the objective. */
static void add_pair(program *q, int row, int player, int own, int others, const fmpq *x, bool minus)
{
    int n = q->f->sequences[q->other], m = q->f->sequences[q->pure];
    int s = player == q->pure ? own : others, t = player == q->pure ? others : own;
    for (int i = 0; i < q->strategies; i++)
        if (q->has[(size_t)i * (size_t)m + (size_t)s]) {
            if (row >= 0)
                add(q, row, i * n + t, x, minus);
            else
                fmpq_add(q->objective + i * n + t, q->objective + i * n + t, x);
        }
}

/* All pure reduced strategies, as a counter whose digits are the sets that the strategy reaches. */
static dtn_status list_strategies(dtn_ctx *ctx, program *q)
{
    const dtn_sequence_form *f = q->f;
    int p = q->pure, sets = f->constraints[p], *choice;
    size_t n = (size_t)f->sequences[p], at = 0;
    DTN_ALLOC(ctx, ctx->scratch, q->has, (size_t)q->strategies * n);
    DTN_ALLOC(ctx, ctx->scratch, choice, sets);
    for (bool more = true; more; at++) {
        bool *has = q->has + at * n;
        has[0] = true;
        for (int k = 1; k < sets; k++)
            if (has[f->from[p][k]])
                has[f->first[p][k] + choice[k]] = true;
        more = false;
        for (int k = sets - 1; k >= 1 && !more; k--) {
            more = has[f->from[p][k]] && choice[k] + 1 < f->count[p][k];
            choice[k] = more ? choice[k] + 1 : 0;
        }
    }
    return DTN_OK;
}

static dtn_status list_triggers(dtn_ctx *ctx, program *q)
{
    const dtn_sequence_form *f = q->f;
    q->most_sets = f->constraints[0] > f->constraints[1] ? f->constraints[0] : f->constraints[1];
    DTN_ALLOC(ctx, ctx->scratch, q->trigger, f->sequences[0] + f->sequences[1] + 2);
    for (int p = 0; p < 2; p++) {
        DTN_ALLOC(ctx, ctx->scratch, q->set_of[p], f->sequences[p]);
        for (int k = 1; k < f->constraints[p]; k++)
            for (int s = f->first[p][k]; s < f->first[p][k] + f->count[p][k]; s++)
                q->set_of[p][s] = k;
        if (q->task->leave == DTN_LEAVE_AT_START) {
            q->trigger[q->triggers++] = (dtn_trigger){.player = p};
            continue;
        }
        for (int k = 1; k < f->constraints[p]; k++) {
            int first = f->first[p][k], count = f->count[p][k];
            if (count < 2)
                continue;
            if (q->task->leave == DTN_LEAVE_AT_SET)
                q->trigger[q->triggers++] = (dtn_trigger){.player = p, .set = k, .sequence = f->from[p][k]};
            else
                for (int s = first; s < first + count; s++)
                    q->trigger[q->triggers++] =
                        (dtn_trigger){.player = p, .set = k, .sequence = s, .told = true};
        }
    }
    return DTN_OK;
}

/* The moves that are open to whoever leaves: everything from the set on but the recommended move itself. */
static bool is_open(const dtn_trigger *x, int s)
{
    return !x->told || s != x->sequence;
}

/* Columns of values; counts rows. */
static dtn_status lay_out(dtn_ctx *ctx, program *q)
{
    const dtn_sequence_form *f = q->f;
    long columns = (long)q->strategies * f->sequences[q->other];
    q->flows = 1 + q->strategies * (f->constraints[q->other] - 1);
    long rows = q->flows;
    DTN_ALLOC(ctx, ctx->scratch, q->value, (size_t)q->triggers * (size_t)q->most_sets);
    for (int i = 0; i < q->triggers; i++) {
        const dtn_trigger *x = &q->trigger[i];
        int p = x->player, *value = q->value + (size_t)i * (size_t)q->most_sets;
        rows++;
        for (int k = 0; k < f->constraints[p]; k++) {
            int above = k > 0 ? f->from[p][k] : -1;
            bool below = k == x->set || (above >= 0 && value[q->set_of[p][above]] >= 0 && k > x->set &&
                                         (q->set_of[p][above] != x->set || is_open(x, above)));
            value[k] = below ? (int)columns++ : -1;
            rows += below ? f->count[p][k] - (k == x->set && x->told) : 0;
        }
    }
    q->least = (int)columns;
    columns += q->task->fair;
    rows += q->task->fair ? 2 : 0;
    if (rows * columns > MOST_ENTRIES)
        return dtn_fail(ctx, DTN_LIMIT,
                        "the linear program of the mediator has %ld rows and %ld columns: too large", rows,
                        columns);
    q->set.rows = (int)rows;
    q->set.columns = (int)columns;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->a, (size_t)rows * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->b, rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q->objective, columns);
    DTN_ALLOC(ctx, ctx->scratch, q->senses, rows);
    DTN_ALLOC(ctx, ctx->scratch, q->nonnegative, columns);
    return DTN_OK;
}

static void put_flows(program *q)
{
    const dtn_sequence_form *f = q->f;
    int o = q->other, n = f->sequences[o], row = 1;
    q->senses[0] = DTN_LP_EQ;
    fmpq_one(q->b);
    for (int i = 0; i < q->strategies; i++) {
        add_one(q, 0, i * n, 1);
        for (int k = 1; k < f->constraints[o]; k++, row++) {
            q->senses[row] = DTN_LP_EQ;
            add_one(q, row, i * n + f->from[o][k], -1);
            for (int t = f->first[o][k]; t < f->first[o][k] + f->count[o][k]; t++)
                add_one(q, row, i * n + t, 1);
        }
        for (int t = 0; t < n; t++)
            q->nonnegative[i * n + t] = true;
    }
}

/* follows[s]: the sequence starts with what is obeyed at the trigger. */
static void mark_obedience(const program *q, const dtn_trigger *x, bool *follows)
{
    const dtn_sequence_form *f = q->f;
    int p = x->player;
    for (int s = 0; s < f->sequences[p]; s++) {
        int k = q->set_of[p][s];
        follows[s] =
            x->set == 0 || (k == x->set ? !x->told || s == x->sequence : s > 0 && follows[f->from[p][k]]);
    }
}

/* Obeying is worth at least the value at the set; that, at least every move there with what may follow. */
static void put_trigger(program *q, int i, int *row, bool *follows)
{
    const dtn_sequence_form *f = q->f;
    const dtn_trigger *x = &q->trigger[i];
    int p = x->player, *value = q->value + (size_t)i * (size_t)q->most_sets;
    mark_obedience(q, x, follows);
    q->senses[*row] = DTN_LP_GE;
    add_one(q, *row, value[x->set], -1);
    for (int e = 0; e < f->ends; e++)
        if (follows[f->end[e].sequence[p]])
            add_pair(q, *row, p, f->end[e].sequence[p], f->end[e].sequence[1 - p], f->end[e].payoff + p,
                     false);
    ++*row;
    for (int k = x->set; k < f->constraints[p]; k++)
        for (int s = f->first[p][k]; value[k] >= 0 && s < f->first[p][k] + f->count[p][k]; s++) {
            if (k == x->set && !is_open(x, s))
                continue;
            q->senses[*row] = DTN_LP_GE;
            add_one(q, *row, value[k], 1);
            for (int e = 0; e < f->ends; e++)
                if (f->end[e].sequence[p] == s)
                    add_pair(q, *row, p, x->sequence, f->end[e].sequence[1 - p], f->end[e].payoff + p, true);
            for (int next = 1; next < f->constraints[p]; next++)
                if (f->from[p][next] == s)
                    add_one(q, *row, value[next], -1);
            ++*row;
        }
}

/* Sum of weighted payoffs; fair: a number that no payoff is below. part: one number of working space. */
static void put_objective(program *q, int row, fmpq *part)
{
    const dtn_sequence_form *f = q->f;
    for (int p = 0; p < 2; p++)
        for (int e = 0; e < f->ends; e++) {
            fmpq_set(part, f->end[e].payoff + p);
            if (!q->task->fair)
                fmpq_mul(part, part, q->task->weight + p);
            add_pair(q, q->task->fair ? row + p : -1, p, f->end[e].sequence[p], f->end[e].sequence[1 - p],
                     part, false);
        }
    if (!q->task->fair)
        return;
    fmpq_one(q->objective + q->least);
    for (int p = 0; p < 2; p++) {
        q->senses[row + p] = DTN_LP_GE;
        add_one(q, row + p, q->least, -1);
    }
}

static dtn_status build(dtn_ctx *ctx, program *q, const dtn_tree *tree)
{
    const dtn_sequence_form *f = q->f;
    long count[2];
    for (int p = 0; p < 2; p++)
        DTN_TRY(dtn_reduced_count(ctx, &count[p], tree, p));
    q->pure = count[1] >= 0 && (count[0] < 0 || count[1] < count[0]);
    q->other = 1 - q->pure;
    if (count[q->pure] < 0 || count[q->pure] > MOST_STRATEGIES)
        return dtn_fail(ctx, DTN_LIMIT, "both players have more than %d reduced strategies", MOST_STRATEGIES);
    q->strategies = (int)count[q->pure];
    DTN_TRY(list_strategies(ctx, q));
    DTN_TRY(list_triggers(ctx, q));
    DTN_TRY(lay_out(ctx, q));
    put_flows(q);
    bool *follows;
    fmpq *part;
    int row = q->flows;
    DTN_ALLOC(ctx, ctx->scratch, follows, f->sequences[0] + f->sequences[1]);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, part, 1);
    for (int i = 0; i < q->triggers; i++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        put_trigger(q, i, &row, follows);
    }
    put_objective(q, row, part);
    return DTN_OK;
}

/* The draws of positive probability: a pure strategy, and the plan that goes with it. */
static dtn_status read_draws(dtn_ctx *ctx, dtn_correlation *out, const program *q, const fmpq *x)
{
    size_t n = (size_t)q->f->sequences[q->other], m = (size_t)q->f->sequences[q->pure];
    DTN_ALLOC(ctx, ctx->scratch, out->draw, q->strategies);
    for (size_t i = 0; i < (size_t)q->strategies; i++) {
        if (fmpq_is_zero(x + i * n))
            continue;
        dtn_plan_draw *d = &out->draw[out->draws++];
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, d->weight[q->pure], m);
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, d->weight[q->other], n);
        for (size_t s = 0; s < m; s++)
            if (q->has[i * m + s])
                fmpq_set(d->weight[q->pure] + s, x + i * n);
        for (size_t t = 0; t < n; t++)
            fmpq_set(d->weight[q->other] + t, x + i * n + t);
    }
    return DTN_OK;
}

/* u <= 0 in rows of this sense. */
static dtn_status read_multipliers(dtn_ctx *ctx, dtn_correlation *out, program *q, const fmpq *u)
{
    const dtn_sequence_form *f = q->f;
    int row = q->flows;
    for (int i = 0; i < q->triggers; i++) {
        dtn_trigger *x = &q->trigger[i];
        int p = x->player;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, x->multiplier, f->sequences[p]);
        row++;
        for (int k = x->set; k < f->constraints[p]; k++)
            for (int s = f->first[p][k]; s < f->first[p][k] + f->count[p][k]; s++)
                if (q->value[(size_t)i * (size_t)q->most_sets + (size_t)k] >= 0 &&
                    (k != x->set || is_open(x, s)))
                    fmpq_neg(x->multiplier + s, u + row++);
    }
    for (int p = 0; p < 2; p++)
        q->task->fair ? fmpq_neg(out->share + p, u + row + p) : fmpq_set(out->share + p, q->task->weight + p);
    out->trigger = q->trigger;
    out->triggers = q->triggers;
    return DTN_OK;
}

dtn_status dtn_correlation_best(dtn_ctx *ctx, dtn_correlation *out, const dtn_tree *tree,
                                const dtn_sequence_form *form, const dtn_correlation_task *task)
{
    program q = {.f = form, .task = task};
    DTN_TRY(build(ctx, &q, tree));
    q.set.a = q.a;
    q.set.b = q.b;
    q.set.senses = q.senses;
    q.set.nonnegative = q.nonnegative;
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &q.set, q.objective));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of the mediator has no optimum");
    *out = (dtn_correlation){.value = best.value};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->payoff, 4);
    out->share = out->payoff + 2;
    DTN_TRY(read_draws(ctx, out, &q, best.x));
    for (int p = 0; p < 2; p++)
        for (int e = 0; e < form->ends; e++)
            for (int d = 0; d < out->draws; d++) {
                const dtn_sequence_end *end = &form->end[e];
                fmpq_mul(q.b, out->draw[d].weight[0] + end->sequence[0],
                         out->draw[d].weight[1] + end->sequence[1]);
                fmpq_div(q.b, q.b, out->draw[d].weight[0]);
                fmpq_addmul(out->payoff + p, q.b, end->payoff + p);
            }
    return read_multipliers(ctx, out, &q, best.u);
}
