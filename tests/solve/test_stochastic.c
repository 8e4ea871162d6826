/* Stochastic games: published values, thresholds in closed form, enclosures of irrational values. */
#include "kit/kit.h"

#include <math.h>
#include <string.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/stochastic.h"

typedef struct solved {
    dtn_model *model;
    dtn_stochastic *game;
    dtn_stochastic_answer answer;
} solved;

/* at: "name", "value", ..., NULL. */
static void solve(dtn_ctx *ctx, solved *s, dtn_model *model, const char *const *at)
{
    dtn_point point;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 1);
    s->model = model;
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
    for (int i = 0; at[i]; i += 2) {
        assert_true(dtn_rational_parse(x, at[i + 1], strlen(at[i + 1])));
        assert_ok(ctx,
                  dtn_point_set(ctx, &point, model->scenario, dtn_scenario_param(model->scenario, at[i]), x));
    }
    assert_ok(ctx, dtn_point_complete(ctx, &point, model->scenario));
    assert_ok(ctx, dtn_stochastic_new(ctx, &s->game, model->scenario, &point));
    assert_ok(ctx, dtn_stochastic_solve(ctx, s->game->arena, &s->answer, s->game));
}

static void solve_file(dtn_ctx *ctx, solved *s, const char *path, const char *const *at)
{
    dtn_model *model;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, kit_source_path(ctx->scratch, path)));
    solve(ctx, s, model, at);
}

static void solve_text(dtn_ctx *ctx, solved *s, const char *states)
{
    dtn_model *model;
    const char *text = dtn_arena_printf(
        ctx->scratch,
        "detente: 1\nplayers: {A: {}, B: {}}\nparameters: {d: {value: 1/2, range: [0, 9/10]}}\nstochastic:\n"
        "  discount: d\n  states:\n%s",
        states);
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "test.yaml", text, strlen(text)));
    solve(ctx, s, model, (const char *const[]){NULL});
}

static void drop(solved *s)
{
    dtn_stochastic_free(s->game);
    dtn_model_free(s->model);
}

static const fmpq *value(const solved *s, int state, int player)
{
    return s->answer.equilibrium->value + state * s->game->players + player;
}

/* 1/2 a period whatever the discount factor; the inspector closes with probability (1 - d)/(2 - d). */
static void big_match(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const discount[] = {"1/10", "1/2", "9/10", "99/100"};
    static const char *const worth[] = {"5/9", "1", "5", "50"}, *const closes[] = {"9/19", "1/3", "1/11",
                                                                                   "1/101"};
    for (int i = 0; i < 4; i++) {
        solved s;
        solve_file(ctx, &s, "examples/models/big-match.yaml",
                   (const char *const[]){"delta", discount[i], NULL});
        assert_true(s.game->zero_sum && !s.game->acyclic);
        assert_int_equal(s.answer.count, 1);
        assert_int_equal(s.answer.outcome, DTN_OUTCOME_COMPLETE);
        assert_true(s.answer.equilibrium->exact);
        assert_fmpq_eq_str(value(&s, 0, 0), worth[i]);
        assert_fmpq_eq_str(s.answer.equilibrium->play[0].mix + 1, closes[i]);
        assert_fmpq_eq_str(s.answer.equilibrium->play[0].mix + 2, "1/2");
        drop(&s);
    }
}

static void inspection(void **state)
{
    dtn_ctx *ctx = *state;
    solved s;
    solve_file(ctx, &s, "examples/models/inspection-stochastic.yaml", (const char *const[]){NULL});
    assert_true(s.game->zero_sum && s.game->acyclic);
    assert_fmpq_eq_str(value(&s, 0, 0), "-1/3");
    assert_fmpq_eq_str(value(&s, 0, 1), "1/3");
    drop(&s);
}

/* v = (1 + v/2)/(2 + v/2): (sqrt(17) - 3)/2. */
static void irrational_values_are_enclosed(void **state)
{
    dtn_ctx *ctx = *state;
    solved s;
    solve_text(ctx, &s,
               "    go: {actions: {A: [a, b], B: [a, b]}, cells: {a a: {pays: {A: 1, B: -1}, to: go},\n"
               "      b b: {pays: {A: 1, B: -1}, to: end}, \"*\": {to: end}}}\n    end: {}\n");
    const dtn_markov *m = s.answer.equilibrium;
    assert_false(m->exact);
    double radius = dtn_rational_double(m->radius);
    assert_true(radius > 0 && radius < 1e-9);
    assert_true(fabs(dtn_rational_double(value(&s, 0, 0)) - (sqrt(17.0) - 3) / 2) <= radius + 1e-15);
    drop(&s);
}

/* B attacks iff d p2 - p1 > (1 - d)^2 cB: below p1 = 143/200 at d = 9/10, p2 = 4/5, cB = 1/2. */
static void preventive_war(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const p1[] = {"1/5", "7/10", "71/100", "72/100", "4/5"};
    for (int i = 0; i < 5; i++) {
        solved s;
        bool war = i < 3;
        solve_file(ctx, &s, "examples/models/power-shift.yaml", (const char *const[]){"p1", p1[i], NULL});
        assert_int_equal(s.answer.count, 1);
        assert_true(s.game->in_turn && !s.game->zero_sum);
        const dtn_stochastic_state *now = &s.game->state[0];
        long played = s.answer.equilibrium->play[0].profile;
        assert_int_equal(dtn_stochastic_action(now, played, 1), war); /* accept, attack */
        /* strong for ever: A keeps p2 + (1 - d) cB = 17/20, and the whole is worth 10. */
        assert_fmpq_eq_str(value(&s, 1, 0), "17/2");
        assert_fmpq_eq_str(value(&s, 1, 1), "3/2");
        drop(&s);
    }
}

/* The prisoners' dilemma with one state: only to defect depends on the state only. */
static void all_pure_ones(void **state)
{
    dtn_ctx *ctx = *state;
    solved s;
    solve_text(ctx, &s,
               "    on: {actions: {A: [c, d], B: [c, d]}, cells: {c c: {pays: {A: 3, B: 3}}, c d: {pays: {A: "
               "0, B: 5}},\n"
               "      d c: {pays: {A: 5, B: 0}}, d d: {pays: {A: 1, B: 1}}}}\n");
    assert_int_equal(s.answer.count, 1);
    assert_int_equal(s.answer.outcome, DTN_OUTCOME_COMPLETE);
    assert_fmpq_eq_str(value(&s, 0, 0), "2");
    drop(&s);
    /* Meeting at left or at right: two of them. */
    solve_text(ctx, &s,
               "    on: {actions: {A: [l, r], B: [l, r]}, cells: {l l: {pays: {A: 1, B: 2}}, r r: {pays: {A: "
               "2, B: 1}}, \"*\": {}}}\n");
    assert_int_equal(s.answer.count, 2);
    drop(&s);
    /* One wants to meet, the other does not, for unequal stakes. */
    solve_text(ctx, &s,
               "    on: {actions: {A: [l, r], B: [l, r]}, cells: {l l: {pays: {A: 2}}, r r: {pays: {A: 1}}, "
               "\"*\": {pays: {B: 1}}}}\n");
    assert_int_equal(s.answer.count, 0);
    assert_int_equal(s.answer.outcome, DTN_OUTCOME_NONE);
    drop(&s);
}

static void faults(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const text[] = {
        "detente: 1\nplayers: {A: {}, B: {}}\nstochastic: {discount: 1/2, states: {s: {to: {s: 1/2}}}}\n",
        "detente: 1\nplayers: {A: {}, B: {}}\nstochastic: {discount: 1, states: {s: {pays: {A: 1}}}}\n",
        ("detente: 1\nplayers: {A: {}, B: {}}\nstochastic: {discount: 1/2, states: {s: {actions: {A: [x, "
         "y]}, "
         "cells: {x: {}}}}}\n")};
    static const char *const said[] = {"sum to 1/2", "discount factor", "no rule"};
    for (int i = 0; i < 3; i++) {
        dtn_model *model;
        dtn_stochastic *game;
        dtn_point point;
        assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "test.yaml", text[i], strlen(text[i])));
        assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
        assert_int_equal(dtn_stochastic_new(ctx, &game, model->scenario, &point), DTN_DOMAIN);
        assert_null(game);
        assert_non_null(strstr(dtn_ctx_error(ctx), said[i]));
        dtn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(big_match),      kit_test(inspection),    kit_test(irrational_values_are_enclosed),
        kit_test(preventive_war), kit_test(all_pure_ones), kit_test(faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
