/* quasi-perfect, extensive-form-perfect: equilibria of two-player trees that are limits of play with small mistakes, proved for all
 * small mistakes.
 *
 * Method: with every weight held above a least one that epsilon gives, the sequence form is solved by complementary pivots at one small
 *   rational epsilon (sequence_path.c). Its basis is then solved with epsilon as an unknown (sequence_epsilon.c): if all signs hold for
 *   all small epsilon, the limit is the equilibrium and the basis its proof; if not, epsilon was too large and is squared.
 *   Quasi-perfect: a sequence of l actions is done with probability at least epsilon^l. Extensive-form perfect: wherever an action can be
 *   chosen it is chosen with probability at least epsilon.
 * Cost: the pivots of sequence-lcp on longer numbers, and two linear systems over polynomials. Exact.
 * Source: E. van Damme, Int. J. Game Theory 13 (1984); P. Miltersen and T. Sørensen, Computing a quasi-perfect equilibrium of a two-player game,
 *   Economic Theory 42 (2010); G. Farina and N. Gatti, Extensive-form perfect equilibrium computation in two-player games, AAAI (2017);
 *   G. Farina, N. Gatti, T. Sandholm, Practical exact algorithm for trembling-hand equilibrium refinements in games, NeurIPS (2018). */
#include "solve/sequence_epsilon.h"
#include "solve/sequence_found.h"
#include "solve/sequence_path.h"
#include "solve/short_number.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

enum { FIRST_BITS = 12, MOST_BITS = 12 << 8 };

/* epsilon = 2^-bits; false: too large for sets of this size. */
static bool set_size(dtn_tremble_size *size, const dtn_tree *tree, int bits)
{
    fmpz_one(fmpq_numref(&size->epsilon));
    fmpz_one(fmpq_denref(&size->epsilon));
    fmpz_mul_2exp(fmpq_denref(&size->epsilon), fmpq_denref(&size->epsilon), (ulong)bits);
    for (int h = 0; h < tree->infosets; h++)
        if (fmpz_cmp_si(fmpq_denref(&size->epsilon), 2 * (slong)tree->infoset[h].actions) <= 0)
            return false;
    return true;
}

/* *found false: the basis for this epsilon is none for smaller ones. */
static dtn_status attempt(dtn_ctx *ctx, dtn_equilibria *made, dtn_trembles *trembles, bool *found,
                          const dtn_tree *tree, const dtn_sequence_form *form, const dtn_tremble_size *size)
{
    fmpq *weight[2], *prior[2];
    bool *above[2];
    long pivots;
    DTN_TRY(dtn_sequence_room(ctx, weight, above, form));
    DTN_TRY(dtn_sequence_prior(ctx, prior, form, NULL));
    DTN_TRY(dtn_sequence_path(ctx, weight, above, &pivots, form, size, prior));
    made->supports += pivots;
    return dtn_sequence_epsilon(ctx, made->arena, trembles, found, tree, form, size->kind, above);
}

static const char *polynomial(dtn_ctx *ctx, const fmpz *p, int terms)
{
    const char *text = "";
    bool first = true;
    for (int i = 0; i < terms && text; i++) {
        if (fmpz_is_zero(p + i))
            continue;
        char *digits = fmpz_get_str(NULL, 10, p + i);
        bool minus = *digits == '-', unit = i > 0 && (fmpz_is_pm1(p + i));
        text = dtn_arena_printf(ctx->scratch, "%s%s%s%s", text,
                                first   ? (minus ? "-" : "")
                                : minus ? " - "
                                        : " + ",
                                unit ? "" : digits + minus,
                                i == 0          ? ""
                                : unit || i > 0 ? "ε"
                                                : "");
        if (text && i > 1)
            text = dtn_arena_printf(ctx->scratch, "%s^%d", text, i);
        flint_free(digits);
        first = false;
    }
    return text && first ? "0" : text;
}

static dtn_status put_trembles(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, const dtn_trembles *t)
{
    dtn_finding_table_add(ctx, f, "trembles",
                          "Play with mistakes: how likely each part of a sequence is done, for all small ε");
    if (f->last_table)
        f->last_table->evidence = true;
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "sequence", "Up to and with");
    dtn_finding_column_add(ctx, f, "weight", "Weight");
    for (int p = 0; p < 2; p++)
        for (int a = -1; a < tree->actions; a++) {
            if (a >= 0 && tree->infoset[tree->action[a].infoset].player != p)
                continue;
            const char *text = polynomial(
                ctx, a < 0 ? t->whole + p * t->terms : t->weight + (size_t)a * (size_t)t->terms, t->terms);
            if (!text)
                return dtn_fail_nomem(ctx);
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_action(p, a));
            dtn_finding_put(ctx, f, dtn_cell_text(text));
        }
    return dtn_finding_status(f);
}

static dtn_status report(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree)
{
    dtn_equilibrium *e = made->item;
    DTN_TRY(dtn_assessment_new(ctx, made->arena, &e->at, tree));
    DTN_TRY(dtn_trembles_limit(ctx, &e->at, tree, e->trembles));
    e->rung = DTN_RUNG_SEQUENTIAL;
    e->exact = true;
    e->dimension = -1;
    made->count = 1;
    made->outcome = DTN_OUTCOME_PARTIAL;
    made->note = "one equilibrium of this kind is listed; there may be others";
    DTN_TRY(dtn_equilibrium_describe(ctx, made->arena, e, tree));
    const char *first = dtn_short_number(ctx, e->payoff), *second = dtn_short_number(ctx, e->payoff + 1);
    if (!first || !second)
        return dtn_fail_nomem(ctx);
    bool plan = e->trembles->kind == DTN_TREMBLE_PLAN;
    dtn_finding_answer(ctx, &made->finding, "%s equilibrium was found; it gives %s to %s and %s to %s.",
                       plan ? "A quasi-perfect" : "An extensive-form perfect", first, tree->player[0].name,
                       second, tree->player[1].name);
    dtn_finding_say(
        ctx, &made->finding, "%s",
        plan ? "Choices are best even if the other side may err now and later, though not if oneself "
               "may: so no choice is weakly dominated."
             : "Choices are best even if everybody, oneself included, may err at any later move.");
    return put_trembles(ctx, &made->finding, tree, e->trembles);
}

static dtn_status solve(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree, dtn_tremble_kind kind)
{
    dtn_sequence_form form;
    dtn_tremble_size *size;
    bool found = false;
    DTN_TRY(dtn_sequence_form_make(ctx, ctx->scratch, &form, tree));
    DTN_ALLOC(ctx, ctx->scratch, size, 1);
    if (!dtn_arena_fmpq_at(ctx->scratch, &size->epsilon, 1))
        return dtn_fail_nomem(ctx);
    DTN_ALLOC(ctx, made->arena, made->item, 1);
    DTN_ALLOC(ctx, made->arena, made->item->trembles, 1);
    size->kind = kind;
    for (int bits = FIRST_BITS; bits <= MOST_BITS && !found; bits *= 2) {
        if (!set_size(size, tree, bits))
            continue;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        DTN_TRY(attempt(ctx, made, made->item->trembles, &found, tree, &form, size));
        dtn_arena_release(ctx->scratch, mark);
    }
    if (found)
        return report(ctx, made, tree);
    made->outcome = DTN_OUTCOME_UNKNOWN;
    made->note = "mistakes would have to be smaller than 2^-3072 for their equilibrium to be settled";
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree, dtn_tremble_kind kind)
{
    dtn_equilibria *made;
    DTN_TRY(dtn_sequence_result(ctx, &made,
                                kind == DTN_TREMBLE_PLAN ? "quasi-perfect" : "extensive-form-perfect"));
    dtn_status status = solve(ctx, made, tree, kind);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}

static dtn_status run_quasi(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                            const dtn_solve_options *options)
{
    (void)options;
    return run(ctx, out, tree, DTN_TREMBLE_PLAN);
}

static dtn_status run_perfect(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                              const dtn_solve_options *options)
{
    (void)options;
    return run(ctx, out, tree, DTN_TREMBLE_MOVE);
}

const dtn_solver dtn_solver_quasi_perfect = {
    .name = "quasi-perfect",
    .title = "A quasi-perfect equilibrium of a tree of two players, proved for all small mistakes",
    .source = "P. Miltersen and T. Sørensen, Computing a quasi-perfect equilibrium of a two-player game, "
              "Economic Theory 42 "
              "(2010)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ONE,
    .exact = true,
    .run_tree = run_quasi,
    .check_tree = dtn_verify_trembles,
    .promises = DTN_RUNG_SEQUENTIAL,
};

const dtn_solver dtn_solver_extensive_form_perfect = {
    .name = "extensive-form-perfect",
    .title = "An extensive-form perfect equilibrium of a tree of two players, proved for all small mistakes",
    .source = "G. Farina and N. Gatti, Extensive-form perfect equilibrium computation in two-player games, "
              "AAAI (2017)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ONE,
    .exact = true,
    .run_tree = run_perfect,
    .check_tree = dtn_verify_trembles,
    .promises = DTN_RUNG_SEQUENTIAL,
};
