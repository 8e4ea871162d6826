/* Correlation in trees: the example of von Stengel and Forges, agreement with correlation in tables, inclusions, refutations. */
#include "kit/trees.h"

#include <string.h>

#include "solve/solver.h"
#include "solve/verify_finding.h"

static dtn_equilibria *solve(dtn_ctx *ctx, const dtn_tree *t, const char *method, const char *objective,
                             const char *player)
{
    dtn_options more = {0};
    dtn_equilibria *r;
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "objective", objective));
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "player", player));
    assert_ok(ctx, dtn_solve_tree(ctx, &r, t, &(dtn_solve_options){.method = method, .more = &more}));
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    assert_non_null(r->finding.certificate);
    return r;
}

/* Value of a correlated (or coarse) equilibrium of the reduced strategic form. */
static void by_table(dtn_ctx *ctx, fmpq *value, const dtn_tree *t, const char *method, const char *objective)
{
    dtn_strategic *g;
    dtn_profiles *r;
    dtn_options more = {0};
    assert_ok(ctx, dtn_strategic_from_tree(ctx, &g, t, 100000));
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "objective", objective));
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &(dtn_solve_options){.method = method, .more = &more}));
    fmpq_set(value, dtn_finding_fact_of(&r->finding, "value")->cell.exact);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static const fmpq *value_of(const dtn_equilibria *r)
{
    return dtn_finding_fact_of(&r->finding, "value")->cell.exact;
}

/* B. von Stengel and F. Forges (2008), figure 1: a student, good or bad, sends X or Y to a professor. Correlated equilibria give nothing but
 * refusal, payoffs 0 and 6; the extensive form reaches 7/2 and 13/2: a good student is told what to send, a bad one has to guess. */
static const char signals[] =
    "EFG 2 R \"signals\" { \"student\" \"professor\" } c \"\" 1 \"\" { \"good\" 1/2 \"bad\" 1/2 } 0\n"
    "p \"\" 1 1 \"good\" { \"X\" \"Y\" } 0 p \"\" 2 1 \"X\" { \"hire\" \"refuse\" } 0 t \"\" 1 \"\" { 4 10 } "
    "t \"\" 2 \"\" { 0 "
    "6 }\n"
    "p \"\" 2 2 \"Y\" { \"hire\" \"refuse\" } 0 t \"\" 1 t \"\" 2\n"
    "p \"\" 1 2 \"bad\" { \"X\" \"Y\" } 0 p \"\" 2 1 0 t \"\" 3 \"\" { 6 0 } t \"\" 2 p \"\" 2 2 0 t \"\" 3 "
    "t \"\" 2\n";

static void student_and_professor(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, signals);
    fmpq *value = dtn_arena_fmpq(ctx->scratch, 1);
    by_table(ctx, value, t, "correlated", "welfare");
    assert_fmpq_eq_str(value, "6");
    dtn_equilibria *r = solve(ctx, t, "efce", "best", "professor");
    assert_fmpq_eq_str(value_of(r), "13/2");
    dtn_equilibria_free(r);
    r = solve(ctx, t, "efce", "welfare", "1");
    assert_true(fmpq_cmp_si(value_of(r), 10) >= 0);
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

/* Nobody can leave later than before play: the same as coarse correlation in the strategic form. And whoever can leave with more
 * knowledge is harder to hold. */
static void random_trees(void **state)
{
    dtn_ctx *ctx = *state;
    fmpq *table = dtn_arena_fmpq(ctx->scratch, 2), *before = table + 1;
    int strict = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        static const char *const method[] = {"efce", "efcce", "nfcce"};
        dtn_tree *t = kit_random_tree(ctx, 2, 4, seed, 6);
        const char *objective = seed % 2 ? "welfare" : "fairness";
        by_table(ctx, before, t, "correlated", objective);
        for (int k = 0; k < 3; k++) {
            dtn_equilibria *r = solve(ctx, t, method[k], objective, "1");
            assert_true(fmpq_cmp(value_of(r), before) >= 0);
            strict += fmpq_cmp(value_of(r), before) > 0;
            fmpq_set(before, value_of(r));
            dtn_equilibria_free(r);
        }
        by_table(ctx, table, t, "coarse-correlated", objective);
        assert_true(fmpq_equal(table, before));
        dtn_tree_free(t);
    }
    assert_true(strict > 0);
}

/* One move each, at the same time: the same as correlation in the table. */
static void one_move_each(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(
        ctx, "EFG 2 R \"chicken\" { \"A\" \"B\" } p \"\" 1 1 \"\" { \"dare\" \"yield\" } 0 p \"\" 2 1 \"\" { "
             "\"dare\" \"yield\" } 0 t \"\" 1 \"\" { 0 0 } t \"\" 2 \"\" { 7 2 } p \"\" 2 1 0 t \"\" 3 \"\" "
             "{ 2 7 } "
             "t \"\" 4 \"\" { 6 6 }");
    static const char *const method[] = {"correlated", "efce", "coarse-correlated", "efcce"};
    fmpq *table = dtn_arena_fmpq(ctx->scratch, 1);
    for (int k = 0; k < 4; k += 2) {
        by_table(ctx, table, t, method[k], "welfare");
        dtn_equilibria *r = solve(ctx, t, method[k + 1], "welfare", "1");
        assert_true(fmpq_equal(table, value_of(r)));
        dtn_equilibria_free(r);
    }
    by_table(ctx, table, t, "correlated", "welfare");
    assert_fmpq_eq_str(table, "21/2"); /* R. Aumann (1974) */
    dtn_tree_free(t);
}

static void kuhn_is_worth_its_value(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_equilibria *r = solve(ctx, t, "efce", "worst", "2");
    assert_fmpq_eq_str(value_of(r), "1/18");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

static fmpq *cell_of(const dtn_equilibria *r, const char *table, const char *column)
{
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, table);
    return (fmpq *)dtn_finding_cell_of(t, t->row, column).exact;
}

static void the_verifier_refutes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, signals);
    dtn_equilibria *r = solve(ctx, t, "efce", "best", "professor");
    fmpq *parts[] = {cell_of(r, "draws", "weight"), cell_of(r, "multipliers", "multiplier"),
                     cell_of(r, "payoffs", "payoff"), (fmpq *)value_of(r)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        fmpq_t kept;
        fmpq_init(kept);
        fmpq_set(kept, parts[i]);
        fmpq_mul_si(parts[i], parts[i], 2);
        assert_status(ctx, DTN_INTERNAL, dtn_verify_mediator(ctx, r, t));
        fmpq_set(parts[i], kept);
        fmpq_clear(kept);
        assert_ok(ctx, dtn_verify_mediator(ctx, r, t));
    }
    dtn_equilibria_free(r);
    /* A coarse draw is none that holds somebody who hears its move. */
    r = solve(ctx, t, "nfcce", "welfare", "1");
    const dtn_fact *concept = dtn_finding_fact_of(&r->finding, "concept");
    ((dtn_fact *)concept)->cell.text = "efce";
    assert_status(ctx, DTN_INTERNAL, dtn_verify_mediator(ctx, r, t));
    assert_error_has(ctx, "gains by leaving the mediator");
    dtn_equilibria_free(r);
    dtn_tree_free(t);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_equilibria *r;
    DTN_TRY(dtn_solve_tree(ctx, &r, user, &(dtn_solve_options){.method = "efce"}));
    dtn_equilibria_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_random_tree(ctx, 2, 2, 3, 5);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(student_and_professor),   kit_test(random_trees),         kit_test(one_move_each),
        kit_test(kuhn_is_worth_its_value), kit_test(the_verifier_refutes), kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
