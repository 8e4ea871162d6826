/* Solving beside a solved point: whatever is confirmed is what a search finds there, and a change is noticed. */
#include "kit/standoff.h"

#include "detente/model.h"
#include "kit/games.h"
#include "model/model.h"
#include "solve/sequential.h"
#include "solve/solver.h"

static bool same_play(const dtn_tree *t, const dtn_equilibrium *p, const dtn_equilibrium *q)
{
    for (int a = 0; a < t->actions; a++)
        if (p->reached[t->action[a].infoset] &&
            (!q->reached[t->action[a].infoset] || !fmpq_equal(&p->at.sigma[a], &q->at.sigma[a])))
            return false;
    return p->rung == q->rung;
}

/* Every equilibrium of `some` is in `all`. */
static void contained(const dtn_tree *t, const dtn_equilibria *some, const dtn_equilibria *all)
{
    for (int i = 0; i < some->count; i++) {
        bool met = false;
        for (int k = 0; k < all->count && !met; k++)
            met = same_play(t, &some->item[i], &all->item[k]);
        assert_true(met);
    }
}

/* A walk through the box in small steps, each solved from the one before. */
static void walk_through_the_box(void **state)
{
    dtn_ctx *ctx = *state;
    kit_standoff s;
    uint64_t seed = 7;
    int confirmed = 0, searched = 0, same = 0, steps = 150;
    kit_standoff_init(&s);
    dtn_equilibria *before = NULL, *now, *all;
    dtn_solve_options options = {.rung = DTN_RUNG_D1, .brief = true};
    for (int i = 0; i < steps; i++) {
        if (i % 30 == 0)
            kit_standoff_random(&s, &seed);
        fmpq_set_si(i % 2 ? &s.pi : &s.a, 1 + (slong)(kit_random(&seed) % 9), 10);
        dtn_tree *t = kit_standoff_tree(ctx, &s, true);
        assert_ok(ctx, dtn_solve_tree(ctx, &all, t, &options));
        if (before) {
            assert_ok(ctx, dtn_solve_tree_near(ctx, &now, t, before, &options));
            contained(t, now, all);
            confirmed += now->confirmed;
            searched += !now->confirmed;
            same += now->count == all->count;
            assert_int_equal(now->outcome, now->confirmed ? DTN_OUTCOME_PARTIAL : all->outcome);
            for (int k = 0; k < now->count; k++)
                assert_true(now->item[k].certified);
            dtn_equilibria_free(before);
            before = now;
            dtn_equilibria_free(all);
        } else {
            before = all;
        }
        dtn_tree_free(t);
    }
    dtn_equilibria_free(before);
    kit_standoff_clear(&s);
    assert_true(confirmed > 20);
    assert_true(searched > 20);
    assert_true(same == confirmed + searched); /* here D1 leaves one outcome, so nothing can be missed */
}

/* A neighbour's support that is no longer played is not taken for an equilibrium. */
static void a_change_of_class_is_searched(void **state)
{
    dtn_ctx *ctx = *state;
    kit_standoff s;
    kit_standoff_init(&s);
    dtn_sequential_options options = {.rung = DTN_RUNG_D1, .brief = true};
    dtn_equilibria *before, *now;
    dtn_tree *t = kit_standoff_tree(ctx, &s, true);
    assert_ok(ctx, dtn_sequential_solve(ctx, &before, t, &options));
    dtn_tree_free(t);
    fmpq_set_si(&s.e, 1, 10); /* the agreement is worth it: all engage */
    t = kit_standoff_tree(ctx, &s, true);
    assert_ok(ctx, dtn_sequential_near(ctx, &now, t, before, &options));
    assert_false(now->confirmed);
    assert_int_equal(now->outcome, DTN_OUTCOME_COMPLETE);
    assert_true(now->count > 0);
    dtn_equilibria_free(before);
    before = now;
    assert_ok(ctx, dtn_sequential_near(ctx, &now, t, before, NULL)); /* other defaults: rung sequential */
    dtn_equilibria_free(before);
    dtn_equilibria_free(now);
    dtn_tree_free(t);
    kit_standoff_clear(&s);
}

/* Several equilibria at once, components among them: the same point from itself. */
static void every_model_confirms_itself(void **state)
{
    static const char *const file[] = {"examples/models/beer-quiche.yaml", "examples/models/chain-store.yaml",
                                       "examples/models/selten-horse.yaml",
                                       "examples/security-guarantees-2021-channel.yaml"};
    dtn_ctx *ctx = *state;
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        dtn_model *model;
        dtn_point point;
        dtn_tree *t;
        dtn_equilibria *all, *now;
        dtn_sequential_options options = {.rung = DTN_RUNG_SEQUENTIAL, .brief = true};
        assert_ok(ctx, dtn_model_read(ctx, &model, NULL, kit_source_path(ctx->scratch, file[i])));
        assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, model->scenario));
        assert_ok(ctx, dtn_scenario_tree(ctx, &t, model->scenario, &point, 0));
        assert_ok(ctx, dtn_sequential_solve(ctx, &all, t, &options));
        assert_ok(ctx, dtn_sequential_near(ctx, &now, t, all, &options));
        contained(t, now, all);
        assert_int_equal(now->count, all->count);
        dtn_equilibria_free(all);
        dtn_equilibria_free(now);
        dtn_tree_free(t);
        dtn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(walk_through_the_box), kit_test(a_change_of_class_is_searched),
                                       kit_test(every_model_confirms_itself)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
