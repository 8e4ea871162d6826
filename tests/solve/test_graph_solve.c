/* Methods on action-graph games without their table: against the table, on games far too large for one, and what is refused. */
#include "kit/kit.h"
#include "kit/random_graph.h"

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *game, const char *method)
{
    dtn_profiles *r;
    dtn_solve_options options = {.method = method};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, game, &options));
    return r;
}

static bool listed(const dtn_profiles *all, const fmpq *sigma)
{
    for (int i = 0; i < all->count; i++) {
        bool same = true;
        for (int k = 0; k < all->width && same; k++)
            same = fmpq_equal(all->item[i].sigma + k, sigma + k);
        if (same)
            return true;
    }
    return false;
}

static void pure_as_with_the_table(void **state)
{
    dtn_ctx *ctx = *state;
    for (int seed = 0; seed < 60; seed++) {
        kit_random_graph_spec spec = {2 + seed % 3, 2 + seed / 3 % 3, seed % 4, seed % 5 >= 3, seed % 2, 4};
        dtn_strategic *g = kit_random_graph(ctx, &spec, (uint64_t)seed + 500), *table;
        assert_ok(ctx, dtn_strategic_expand(ctx, &table, g, 100000));
        dtn_profiles *a = solve(ctx, g, "pure"), *b = solve(ctx, table, "pure");
        assert_int_equal(a->count, b->count);
        assert_int_equal(a->outcome, b->outcome);
        for (int i = 0; i < a->count; i++)
            assert_true(listed(b, a->item[i].sigma));
        dtn_profiles_free(a);
        dtn_profiles_free(b);
        dtn_strategic_free(g);
        dtn_strategic_free(table);
    }
}

/* What these methods find is certified twice: without the table as it is found, and here with it. */
static void found_without_holds_with_the_table(void **state)
{
    static const char *const method[] = {"logit", "global-newton", "iterated-polymatrix"};
    dtn_ctx *ctx = *state;
    int found = 0;
    for (int seed = 0; seed < 18; seed++) {
        kit_random_graph_spec spec = {2 + seed % 2, 2 + seed % 3, seed % 3, seed % 4 == 3, seed % 2, 1000};
        dtn_strategic *g = kit_random_graph(ctx, &spec, (uint64_t)seed + 900), *table;
        assert_ok(ctx, dtn_strategic_expand(ctx, &table, g, 100000));
        dtn_profiles *a = solve(ctx, g, method[seed % 3]), *b;
        assert_ok(ctx, dtn_profiles_new(ctx, &b, table, "again"));
        dtn_solve_options options = {0};
        dtn_profile_run run = {.out = b, .finding = &b->finding, .game = table, .options = &options};
        for (int i = 0; i < a->count; i++) {
            bool held = true;
            if (a->item[i].radius == 0)
                assert_ok(ctx, dtn_profile_found(ctx, &run, a->item[i].sigma, NULL));
            else
                assert_ok(
                    ctx, dtn_profile_found_ball(ctx, &run, &held, a->item[i].sigma, a->item[i].radius, NULL));
            assert_true(held);
            found++;
        }
        dtn_profiles_free(a);
        dtn_profiles_free(b);
        dtn_strategic_free(g);
        dtn_strategic_free(table);
    }
    assert_true(found >= 15);
}

/* Ten bystanders: each of ten pure equilibria, and the symmetric one with (1 - q)^9 = 1/3 for calling with q. */
static void volunteers(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m;
    assert_ok(ctx, dtn_model_read(ctx, &m, NULL, "@volunteer-10"));
    dtn_profiles *r = solve(ctx, m->strategic, "pure");
    assert_int_equal(r->count, 10);
    dtn_profiles_free(r);
    r = solve(ctx, m->strategic, "logit");
    assert_int_equal(r->count, 1);
    assert_true(r->item[0].certified && r->item[0].radius > 0);
    assert_close(dtn_rational_double(r->item[0].sigma), 0.114911848, 1e-8); /* 1 - 3^(-1/9) */
    dtn_profiles_free(r);
    dtn_model_free(m);
}

/* A hundred players, 2^100 profiles: sixty go. */
static void too_large_for_a_table(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m;
    dtn_profiles *r;
    dtn_solve_options options = {.method = "support"};
    assert_ok(ctx, dtn_model_read(ctx, &m, NULL, "@el-farol-100"));
    assert_status(ctx, DTN_DOMAIN, dtn_solve_strategic(ctx, &r, m->strategic, &options));
    assert_error_has(ctx, "1.268e+30 profiles");
    r = solve(ctx, m->strategic, NULL);
    assert_string_equal(r->method, "pure");
    assert_int_equal(r->count, 1);
    int going = 0;
    for (int p = 0; p < 100; p++)
        going += fmpq_is_one(r->item[0].sigma + 2 * p);
    assert_int_equal(going, 60);
    assert_text_has(r->finding.answer, "13746234145802811501267369720 profiles"); /* 100 over 60 */
    dtn_profiles_free(r);
    options.method = "regret-matching";
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, m->strategic, &options));
    assert_non_null(dtn_finding_table_of(&r->finding, "regrets"));
    dtn_profiles_free(r);
    dtn_model_free(m);
}

/* The regrets of action graphs are those of the table: both play the same draws. */
static void regret_matching(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "rounds", "500"));
    dtn_solve_options options = {.method = "regret-matching", .more = &more};
    for (int seed = 0; seed < 10; seed++) {
        kit_random_graph_spec spec = {2 + seed % 3, 2 + seed % 3, seed % 3, false, seed % 2, 16};
        dtn_strategic *g = kit_random_graph(ctx, &spec, (uint64_t)seed + 70), *table;
        assert_ok(ctx, dtn_strategic_expand(ctx, &table, g, 100000));
        dtn_profiles *a, *b;
        assert_ok(ctx, dtn_solve_strategic(ctx, &a, g, &options));
        assert_ok(ctx, dtn_solve_strategic(ctx, &b, table, &options));
        const dtn_finding_table *x = dtn_finding_table_of(&a->finding, "regrets");
        const dtn_finding_table *y = dtn_finding_table_of(&b->finding, "regrets");
        const dtn_finding_row *other = y->row;
        for (const dtn_finding_row *row = x->row; row; row = row->next, other = other->next) {
            assert_true(fmpq_equal(dtn_finding_cell_of(x, row, "payoff").exact,
                                   dtn_finding_cell_of(y, other, "payoff").exact));
            assert_true(fmpq_equal(dtn_finding_cell_of(x, row, "regret").exact,
                                   dtn_finding_cell_of(y, other, "regret").exact));
        }
        dtn_profiles_free(a);
        dtn_profiles_free(b);
        dtn_strategic_free(g);
        dtn_strategic_free(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(pure_as_with_the_table),
        kit_test(found_without_holds_with_the_table),
        kit_test(volunteers),
        kit_test(too_large_for_a_table),
        kit_test(regret_matching),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
