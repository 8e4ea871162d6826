/* Agent quantal response: derivatives, known points of the branch, and limits that the verifier certifies. */
#include "kit/trees.h"

#include <math.h>
#include <string.h>

#include "detente/model.h"
#include "kit/games.h"
#include "model/model.h"
#include "solve/agent_logit.h"
#include "solve/sequential.h"
#include "solve/solver.h"

/* Derivatives in a random direction against differences of values. */
static void slopes_are_derivatives(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2 + (int)(seed % 2), 4, seed, 9);
        dtn_agents *g;
        double *z, *v, *slope, *low;
        uint64_t random = seed;
        assert_ok(ctx, dtn_agents_new(ctx, &g, t));
        size_t n = (size_t)t->actions;
        assert_non_null(z = dtn_arena_array(ctx->scratch, n, sizeof *z));
        assert_non_null(v = dtn_arena_array(ctx->scratch, n, sizeof *v));
        assert_non_null(slope = dtn_arena_array(ctx->scratch, n, sizeof *slope));
        assert_non_null(low = dtn_arena_array(ctx->scratch, n, sizeof *low));
        for (size_t a = 0; a < n; a++) {
            z[a] = (double)(kit_random(&random) % 400) / 100 - 2;
            v[a] = (double)(kit_random(&random) % 200) / 100 - 1;
        }
        dtn_agents_at(g, z);
        dtn_agents_slope(g, v);
        memcpy(slope, g->d_u, n * sizeof *slope);
        double h = 1e-5;
        for (size_t a = 0; a < n; a++)
            z[a] -= h * v[a];
        dtn_agents_at(g, z);
        memcpy(low, g->u, n * sizeof *low);
        for (size_t a = 0; a < n; a++)
            z[a] += 2 * h * v[a];
        dtn_agents_at(g, z);
        for (size_t a = 0; a < n; a++)
            assert_true(fabs((g->u[a] - low[a]) / (2 * h) - slope[a]) < 1e-7);
        dtn_tree_free(t);
    }
}

/* One decision between 0 and 1: the probability of the better action is 1 / (1 + exp(-lambda)). */
static void one_decision_is_a_logit(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, "EFG 2 R \"one\" { \"1\" }\np \"\" 1 1 \"\" { \"a\" \"b\" } 0\n"
                                "t \"\" 1 \"\" { 0 }\nt \"\" 2 \"\" { 2 }\n");
    dtn_equilibria *e;
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "lambda", "3/2"));
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, &(dtn_solve_options){.method = "agent-logit", .more = &more}));
    assert_int_equal(e->count, 1);
    assert_false(e->item[0].exact);
    double p = dtn_rational_double(&e->item[0].at.sigma[1]);
    assert_true(fabs(p - 1 / (1 + exp(-3))) < 1e-9);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

static dtn_equilibria *limit_of(dtn_ctx *ctx, const dtn_tree *t)
{
    dtn_equilibria *e;
    assert_ok(ctx, dtn_solve_tree(ctx, &e, t, &(dtn_solve_options){.method = "agent-logit"}));
    return e;
}

/* Selten's horse: the branch ends in the sequential component. */
static void the_horse(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    dtn_equilibria *e = limit_of(ctx, t);
    assert_int_equal(e->count, 1);
    assert_true(e->item[0].certified);
    assert_true(e->item[0].rung >= DTN_RUNG_SEQUENTIAL);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* Beer-quiche with p < 1/2: the only equilibrium, mixed, exactly. */
static void beer_and_quiche(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_beer_quiche(ctx, "1/4", "3/4"));
    dtn_equilibria *e = limit_of(ctx, t);
    assert_int_equal(e->count, 1);
    assert_true(e->item[0].certified);
    const fmpq *s = e->item[0].at.sigma;
    assert_true(fmpq_is_one(&s[0]));        /* strong: beer */
    assert_true(fmpq_cmp_si(&s[2], 0) > 0); /* weak: beer now and then */
    assert_true(fabs(dtn_rational_double(&s[2]) - 1.0 / 3) == 0);
    assert_true(fabs(dtn_rational_double(&s[4]) - 0.5) == 0); /* fight after beer */
    assert_true(fmpq_is_one(&s[6]));
    dtn_equilibria_free(e);
    dtn_tree_free(t);
}

/* What is certified is among all sequential equilibria that enumeration finds. */
static void random_limits_are_equilibria(void **state)
{
    dtn_ctx *ctx = *state;
    int certified = 0, trees = 60;
    for (uint64_t seed = 100; seed < 100 + (uint64_t)trees; seed++) {
        dtn_tree *t = kit_random_tree(ctx, 2, 4, seed, 20);
        dtn_equilibria *e = limit_of(ctx, t), *all;
        assert_int_equal(e->count, 1);
        if (e->item[0].exact) {
            certified++;
            assert_true(e->item[0].certified);
            assert_ok(ctx, dtn_sequential_solve(ctx, &all, t, NULL));
            bool met = false;
            for (int i = 0; i < all->count && !met; i++) {
                met = true; /* the same outcome, or one of a component that it lies in */
                for (int p = 0; p < t->players; p++)
                    met = met && (fmpq_equal(&all->item[i].payoff[p], &e->item[0].payoff[p]) ||
                                  all->item[i].dimension != 0);
            }
            assert_true(met || all->outcome == DTN_OUTCOME_PARTIAL);
            dtn_equilibria_free(all);
        }
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    assert_true(certified > trees * 9 / 10);
}

/* 363 information sets. */
static void five_entrants(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_point point;
    dtn_tree *t;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL,
                                  kit_source_path(ctx->scratch, "examples/models/chain-store-5.yaml")));
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
    fmpq_set_si(&point.value[dtn_scenario_param(model->scenario, "q")], 1, 10);
    assert_ok(ctx, dtn_scenario_tree(ctx, &t, model->scenario, &point, 0));
    assert_int_equal(t->infosets, 363);
    dtn_equilibria *e = limit_of(ctx, t);
    assert_int_equal(e->count, 1);
    assert_true(e->item[0].certified);
    assert_true(e->item[0].rung >= DTN_RUNG_SEQUENTIAL);
    /* q = 1/10 < b^n for n = 3 but not for n >= 4: the first two entrants stay out. */
    assert_true(fmpq_is_one(&e->item[0].at.sigma[t->infoset[0].first_action]));
    dtn_equilibria_free(e);
    dtn_tree_free(t);
    dtn_model_free(model);
}

static dtn_status follow_horse(dtn_ctx *ctx, void *tree)
{
    dtn_equilibria *e = NULL;
    dtn_status status = dtn_solve_tree(ctx, &e, tree, &(dtn_solve_options){.method = "agent-logit"});
    if (status == DTN_OK)
        dtn_equilibria_free(e);
    return status;
}

static void runs_out_of_memory_cleanly(void **state)
{
    dtn_tree *t = kit_tree(*state, kit_horse);
    assert_true(kit_memory_sweep(follow_horse, t) > 5);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(slopes_are_derivatives),    kit_test(one_decision_is_a_logit),      kit_test(the_horse),
        kit_test(beer_and_quiche),           kit_test(random_limits_are_equilibria), kit_test(five_entrants),
        kit_test(runs_out_of_memory_cleanly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
