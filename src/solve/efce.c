/* efce, efcce, nfcce: the extensive-form correlated equilibrium of two players that is best by an objective, and its coarse variants.
 *
 * Method: a linear program over what a mediator may recommend (efce_program.c). efce: a player may leave the mediator when it hears a
 *   recommendation, and hears no more; efcce: when it is about to hear one; nfcce: before play only.
 * Cost: see efce_program.c. Exact: the multipliers prove the value.
 * Source: B. von Stengel and F. Forges, Mathematics of Operations Research 33 (2008); G. Farina, T. Bianchi, T. Sandholm, AAAI (2020). */
#include "solve/efce.h"

#include <stdlib.h>
#include <string.h>

#include "solve/sequence_found.h"
#include "solve/short_number.h"
#include "solve/solver.h"
#include "solve/verify_finding.h"

typedef struct wish {
    const char *name;
    int player; /* best, worst; else -1 */
    bool fair;
    fmpq *weight;
} wish;

static dtn_status read_player(dtn_ctx *ctx, int *out, const dtn_tree *tree, const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    *out = *text && !*end && number >= 1 && number <= 2 ? (int)number - 1 : -1;
    for (int p = 0; p < 2; p++)
        if (strcmp(tree->player[p].name, text) == 0)
            *out = p;
    return *out >= 0
               ? DTN_OK
               : dtn_fail(ctx, DTN_ARG, "player=%s: expected a player's name, or its number, 1 or 2", text);
}

static dtn_status read_wish(dtn_ctx *ctx, wish *out, const dtn_tree *tree, const dtn_options *more)
{
    static const char *const names[] = {"welfare", "fairness", "best", "worst"};
    static const dtn_options none;
    more = more ? more : &none;
    const char *given = dtn_options_text(more, "objective", names[0]);
    int kind = 0;
    while (kind < 4 && strcmp(given, names[kind]) != 0)
        kind++;
    if (kind == 4)
        return dtn_fail(ctx, DTN_ARG, "objective=%s: expected welfare, fairness, best or worst", given);
    *out = (wish){.name = names[kind], .player = -1, .fair = kind == 1};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, out->weight, 2);
    if (kind >= 2)
        DTN_TRY(read_player(ctx, &out->player, tree, dtn_options_text(more, "player", "1")));
    for (int p = 0; p < 2; p++)
        fmpq_set_si(out->weight + p, kind == 0 ? 1 : p != out->player ? 0 : kind == 2 ? 1 : -1, 1);
    return DTN_OK;
}

static void put_draws(dtn_ctx *ctx, dtn_finding *f, const dtn_sequence_form *form, const dtn_correlation *c)
{
    dtn_finding_table_add(ctx, f, "draws", "What the mediator draws, one row a recommended move");
    if (f->last_table)
        f->last_table->evidence = true;
    dtn_finding_column_add(ctx, f, "draw", "Draw");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "sequence", "Up to and with");
    dtn_finding_column_add(ctx, f, "weight", "Probability");
    for (int d = 0; d < c->draws; d++)
        for (int p = 0; p < 2; p++)
            for (int s = 0; s < form->sequences[p]; s++) {
                const fmpq *weight = c->draw[d].weight[p] + s;
                if (fmpq_is_zero(weight))
                    continue;
                dtn_finding_row_add(ctx, f);
                dtn_finding_put(ctx, f, dtn_cell_integer(d + 1));
                dtn_finding_put(ctx, f, dtn_cell_player(p));
                dtn_finding_put(ctx, f, dtn_cell_action(p, form->action[p][s]));
                dtn_finding_put(ctx, f, dtn_cell_exact(weight));
            }
}

/* The information set of the tree is that of the first move there. */
static void put_multipliers(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, const dtn_sequence_form *form,
                            const dtn_correlation *c)
{
    dtn_finding_table_add(ctx, f, "multipliers",
                          "Multipliers that prove the value: what dissuades from leaving");
    if (f->last_table)
        f->last_table->evidence = true;
    dtn_finding_column_add(ctx, f, "player", "Who leaves");
    dtn_finding_column_add(ctx, f, "set", "At information set");
    dtn_finding_column_add(ctx, f, "told", "Told");
    dtn_finding_column_add(ctx, f, "instead", "Does instead");
    dtn_finding_column_add(ctx, f, "multiplier", "Multiplier");
    for (int i = 0; i < c->triggers; i++) {
        const dtn_trigger *x = &c->trigger[i];
        int first = x->set ? form->action[x->player][form->first[x->player][x->set]] : -1;
        for (int s = 0; s < form->sequences[x->player]; s++) {
            if (fmpq_is_zero(x->multiplier + s))
                continue;
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(x->player));
            dtn_finding_put(ctx, f, dtn_cell_integer(first < 0 ? 0 : tree->action[first].infoset + 1));
            dtn_finding_put(ctx, f,
                            x->told ? dtn_cell_action(x->player, form->action[x->player][x->sequence])
                                    : dtn_cell_none());
            dtn_finding_put(ctx, f, dtn_cell_action(x->player, form->action[x->player][s]));
            dtn_finding_put(ctx, f, dtn_cell_exact(x->multiplier + s));
        }
    }
}

static dtn_status word(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree, const dtn_sequence_form *form,
                       const wish *w, const dtn_correlation *c, dtn_leave leave)
{
    static const char *const concept[] = {"extensive-form correlated", "extensive-form coarse correlated",
                                          "normal-form coarse correlated"};
    static const char *const keys[] = {"efce", "efcce", "nfcce"};
    const fmpq *shown = w->player >= 0 ? c->payoff + w->player : c->value;
    const char *value = dtn_short_number(ctx, shown);
    if (!value)
        return dtn_fail_nomem(ctx);
    if (w->player >= 0)
        dtn_finding_answer(ctx, f, "The %s that %s gets in %s equilibria is %s.", w->name,
                           tree->player[w->player].name, concept[leave], value);
    else if (w->fair)
        dtn_finding_answer(ctx, f, "The fairest %s equilibrium gives both players at least %s.",
                           concept[leave], value);
    else
        dtn_finding_answer(ctx, f, "The greatest sum of payoffs in %s equilibria is %s.", concept[leave],
                           value);
    dtn_finding_fact(ctx, f, "concept", "Concept", dtn_cell_text(keys[leave]));
    dtn_finding_fact(ctx, f, "objective", "Objective", dtn_cell_text(w->name));
    dtn_finding_fact(ctx, f, "value", "Value", dtn_cell_exact(shown));
    dtn_finding_table_add(ctx, f, "payoffs", "Payoffs");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "payoff", "Expects");
    dtn_finding_column_add(ctx, f, "weight", "Weight");
    for (int p = 0; p < 2; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_exact(c->payoff + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(c->share + p));
    }
    put_draws(ctx, f, form, c);
    put_multipliers(ctx, f, tree, form, c);
    return dtn_finding_status(f);
}

/* How likely each move is recommended where play may get to: over all draws. */
static dtn_status put_moves(dtn_ctx *ctx, dtn_finding *f, const dtn_sequence_form *form,
                            const dtn_correlation *c)
{
    fmpq *sum;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 1);
    dtn_finding_table_add(ctx, f, "recommended",
                          "How often a move, with all own moves before it, is recommended");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "sequence", "Move");
    dtn_finding_column_add(ctx, f, "probability", "Probability");
    for (int p = 0; p < 2; p++)
        for (int s = 1; s < form->sequences[p]; s++) {
            fmpq_zero(sum);
            for (int d = 0; d < c->draws; d++)
                fmpq_add(sum, sum, c->draw[d].weight[p] + s);
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_action(p, form->action[p][s]));
            dtn_finding_put(ctx, f, dtn_cell_exact(sum));
        }
    return dtn_finding_status(f);
}

static dtn_status solve(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree,
                        const dtn_solve_options *options, dtn_leave leave)
{
    dtn_sequence_form form;
    wish w;
    dtn_correlation c;
    DTN_TRY(read_wish(ctx, &w, tree, options->more));
    DTN_TRY(dtn_sequence_form_make(ctx, ctx->scratch, &form, tree));
    dtn_correlation_task task = {.leave = leave, .fair = w.fair, .weight = w.weight};
    DTN_TRY(dtn_correlation_best(ctx, &c, tree, &form, &task));
    made->outcome = DTN_OUTCOME_COMPLETE;
    DTN_TRY(word(ctx, &made->finding, tree, &form, &w, &c, leave));
    return put_moves(ctx, &made->finding, &form, &c);
}

static dtn_status run(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                      const dtn_solve_options *options, dtn_leave leave)
{
    dtn_equilibria *made;
    DTN_TRY(dtn_sequence_result(ctx, &made, "efce"));
    dtn_status status = solve(ctx, made, tree, options, leave);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}

static dtn_status run_efce(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    return run(ctx, out, tree, options, DTN_LEAVE_AT_MOVE);
}

static dtn_status run_efcce(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                            const dtn_solve_options *options)
{
    return run(ctx, out, tree, options, DTN_LEAVE_AT_SET);
}

static dtn_status run_nfcce(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                            const dtn_solve_options *options)
{
    return run(ctx, out, tree, options, DTN_LEAVE_AT_START);
}

static const dtn_option_spec options[] = {
    {"objective", "welfare|fairness|best|worst", "welfare",
     "greatest sum of payoffs, greatest least payoff, or one player's greatest or least", false},
    {"player", "NAME", "1", "whose best or worst, by name or number", false},
    {0},
};

const dtn_solver dtn_solver_efce = {
    .name = "efce",
    .title = "The extensive-form correlated equilibrium of two players that is best by an objective",
    .source = "B. von Stengel and F. Forges, Extensive-form correlated equilibrium, Mathematics of "
              "Operations Research 33 "
              "(2008)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_tree = run_efce,
    .check_tree = dtn_verify_mediator,
};

const dtn_solver dtn_solver_efcce = {
    .name = "efcce",
    .title = "The extensive-form coarse correlated equilibrium of two players that is best by an objective",
    .source = "G. Farina, T. Bianchi, T. Sandholm, Coarse correlation in extensive-form games, AAAI (2020)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_tree = run_efcce,
    .check_tree = dtn_verify_mediator,
};

const dtn_solver dtn_solver_nfcce = {
    .name = "nfcce",
    .title =
        "The normal-form coarse correlated equilibrium of a tree of two players that is best by an objective",
    .source = "H. Moulin and J.-P. Vial, Strategically zero-sum games, International J. Game Theory 7 (1978)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_tree = run_nfcce,
    .check_tree = dtn_verify_mediator,
};
