/* sequence-lp: the value of a constant-sum tree of two players and an optimal pair of realization plans.
 *
 * Method: player 1's plan x and the values q of player 2's information sets: max q(start) subject to E x = e, x >= 0, and for every
 *   sequence t of player 2: q(its set) - sum of q over the sets that t leads to <= sum_s x(s) payoff(s, t). The multipliers of these rows
 *   are an optimal plan of player 2.
 * Cost: a linear program with one row and one column a sequence or information set of either player: simplex in doubles, then an
 *   exact proof of its basis (num/lp_optimise.c).
 * Exact: yes.
 * Source: D. Koller, N. Megiddo, B. von Stengel, Fast algorithms for finding randomized strategies in game trees, STOC (1994);
 *   B. von Stengel, Games and Economic Behavior 14 (1996). */
#include "num/lp.h"
#include "solve/sequence_found.h"
#include "solve/short_number.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

enum { MOST_ENTRIES = 50000000 }; /* the program is dense: about a gigabyte */

/* Columns: the sequences of player 1, then the information sets of player 2. Rows: the sets of player 1, then the sequences of player 2. */
typedef struct program {
    dtn_polyhedron set;
    fmpq *a, *b, *objective;
    dtn_lp_sense *senses;
    bool *nonnegative;
} program;

static fmpq *entry(const program *p, int row, int column)
{
    return p->a + (size_t)row * (size_t)p->set.columns + (size_t)column;
}

static dtn_status build(dtn_ctx *ctx, program *p, const dtn_sequence_form *f)
{
    int sets = f->constraints[0], own = f->sequences[0], others = f->constraints[1];
    p->set = (dtn_polyhedron){.rows = sets + f->sequences[1], .columns = own + others};
    if ((int64_t)p->set.rows * p->set.columns > MOST_ENTRIES)
        return dtn_fail(
            ctx, DTN_LIMIT,
            "the linear program has %d rows and %d columns, more than %d entries; method cfr+ takes games "
            "of this size",
            p->set.rows, p->set.columns, MOST_ENTRIES);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->a, (size_t)p->set.rows * (size_t)p->set.columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->b, p->set.rows);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p->objective, p->set.columns);
    DTN_ALLOC(ctx, ctx->scratch, p->senses, p->set.rows);
    DTN_ALLOC(ctx, ctx->scratch, p->nonnegative, p->set.columns);
    for (int k = 0; k < sets; k++) {
        p->senses[k] = DTN_LP_EQ;
        for (int s = f->first[0][k]; s < f->first[0][k] + f->count[0][k]; s++)
            fmpq_one(entry(p, k, s));
        if (k > 0)
            fmpq_set_si(entry(p, k, f->from[0][k]), -1, 1);
    }
    fmpq_one(p->b);
    for (int k = 0; k < others; k++) {
        for (int t = f->first[1][k]; t < f->first[1][k] + f->count[1][k]; t++) {
            p->senses[sets + t] = DTN_LP_LE;
            fmpq_one(entry(p, sets + t, own + k));
        }
        if (k > 0)
            fmpq_set_si(entry(p, sets + f->from[1][k], own + k), -1, 1);
    }
    for (int e = 0; e < f->ends; e++) {
        fmpq *to = entry(p, sets + f->end[e].sequence[1], f->end[e].sequence[0]);
        fmpq_sub(to, to, f->end[e].payoff);
    }
    for (int s = 0; s < own; s++)
        p->nonnegative[s] = true;
    fmpq_one(p->objective + own);
    p->set.a = p->a;
    p->set.b = p->b;
    p->set.senses = p->senses;
    p->set.nonnegative = p->nonnegative;
    return DTN_OK;
}

static dtn_status word(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree, const fmpq *value,
                       const fmpq *sum)
{
    dtn_finding *f = &made->finding;
    const char *number = dtn_short_number(ctx, value), *first = tree->player[0].name;
    const char *total = dtn_short_number(ctx, sum);
    if (!number || !total)
        return dtn_fail_nomem(ctx);
    if (fmpq_is_zero(sum))
        dtn_finding_answer(ctx, f,
                           "The value of the game is %s for %s: each side can guarantee its part of it.",
                           number, first);
    else
        dtn_finding_answer(
            ctx, f,
            "The value of the game is %s for %s, of %s in all: each side can guarantee its part of it.",
            number, first, total);
    const char *title = dtn_arena_printf(ctx->scratch, "Value for %s", first);
    if (!title)
        return dtn_fail_nomem(ctx);
    dtn_finding_fact(ctx, f, "value", title, dtn_cell_exact(value));
    if (!fmpq_is_zero(sum))
        dtn_finding_fact(ctx, f, "sum", "Sum of payoffs", dtn_cell_exact(sum));
    if (made->outcome == DTN_OUTCOME_COMPLETE)
        dtn_finding_say(ctx, f, "Both optimal plans are the only ones.");
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree)
{
    dtn_sequence_form f;
    program p;
    dtn_lp_answer answer;
    dtn_lp_optimum best;
    fmpq *sum;
    DTN_TRY(dtn_sequence_form_make(ctx, ctx->scratch, &f, tree));
    DTN_TRY(build(ctx, &p, &f));
    DTN_TRY(dtn_lp_optimise(ctx, ctx->scratch, &answer, &best, &p.set, p.objective));
    if (answer != DTN_LP_OPTIMAL)
        return dtn_fail(ctx, DTN_INTERNAL, "the linear program of a sequence form has no optimum");
    fmpq *weight[2] = {best.x, best.u + f.constraints[0]};
    DTN_ALLOC(ctx, made->arena, made->item, 1);
    made->count = 1;
    DTN_TRY(dtn_sequence_equilibrium(ctx, made->arena, made->item, tree, &f, weight, DTN_RUNG_NASH));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 1);
    fmpq_add(sum, dtn_payoffs_at(&tree->payoff, 0).q, dtn_payoffs_at(&tree->payoff, 1).q);
    made->outcome = best.unique_x && best.unique_u ? DTN_OUTCOME_COMPLETE : DTN_OUTCOME_PARTIAL;
    if (made->outcome == DTN_OUTCOME_PARTIAL)
        made->note = "one optimal pair is listed, there may be others; the value is that of them all";
    DTN_TRY(word(ctx, made, tree, best.value, sum));
    dtn_sequence_put_plans(ctx, &made->finding, &f, weight);
    return dtn_finding_status(&made->finding);
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    (void)options;
    dtn_equilibria *made;
    DTN_TRY(dtn_sequence_result(ctx, &made, "sequence-lp"));
    dtn_status status = solve(ctx, made, tree);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}

const dtn_solver dtn_solver_sequence_lp = {
    .name = "sequence-lp",
    .title = "Value and optimal strategies of a constant-sum tree of two players, by its sequence form",
    .source = "D. Koller, N. Megiddo, B. von Stengel, Fast algorithms for finding randomized strategies in "
              "game trees, "
              "STOC (1994)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_ZERO_SUM | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ONE,
    .exact = true,
    .run_tree = run_tree,
    .check_tree = dtn_verify_plans,
    .promises = DTN_RUNG_NASH,
};
