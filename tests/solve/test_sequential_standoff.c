/* The reference standoff: at generic points exactly one outcome survives D1, the one of the closed form. */
#include "kit/standoff.h"

#include <stdio.h>
#include <string.h>

#include "kit/games.h"
#include "solve/sequential.h"
#include "solve/verify.h"

/* The D1 outcome of the point is the closed form's, and the only one; everything listed is certified. */
static void check_point(dtn_ctx *ctx, const kit_standoff *s, bool typed, int *seen)
{
    static const char *const names[4] = {"engaged", "accommodated", "clash", "dropped"};
    kit_standoff_class class;
    fmpq want[4];
    for (int i = 0; i < 4; i++)
        fmpq_init(&want[i]);
    if (kit_standoff_answer(s, &class, want)) {
        seen[class]++;
        dtn_tree *t = kit_standoff_tree(ctx, s, typed);
        dtn_equilibria *e;
        assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, NULL));
        assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
        int found = 0;
        for (int i = 0; i < e->count; i++) {
            const dtn_equilibrium *q = &e->item[i];
            dtn_arena *arena = dtn_arena_new(ctx);
            dtn_verdict v;
            assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &q->at));
            assert_true(v.rung >= DTN_RUNG_SEQUENTIAL);
            dtn_arena_free(arena);
            assert_false(q->rung_unknown);
            assert_true(q->rung == DTN_RUNG_D1 || q->falls > 0);
            if (q->rung != DTN_RUNG_D1)
                continue;
            found++;
            for (int o = 0; o < t->outcomes; o++)
                for (int n = 0; n < 4; n++)
                    if (strcmp(t->outcome[o], names[n]) == 0 && !fmpq_equal(&q->outcome_prob[o], &want[n])) {
                        fmpq_print(&q->outcome_prob[o]);
                        fail_msg(" is not Pr(%s) in class %s", names[n], kit_standoff_names[class]);
                    }
        }
        assert_int_equal(found, 1);
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    for (int i = 0; i < 4; i++)
        fmpq_clear(&want[i]);
}

static void random_points(dtn_ctx *ctx, uint64_t seed, int points, int *seen)
{
    kit_standoff s;
    kit_standoff_init(&s);
    for (int i = 0; i < points; i++) {
        kit_standoff_random(&s, &seed);
        check_point(ctx, &s, i % 2 == 0, seen);
    }
    kit_standoff_clear(&s);
}

static void reference_point(void **state)
{
    int seen[KIT_CLASSES] = {0};
    kit_standoff s;
    kit_standoff_init(&s);
    check_point(*state, &s, true, seen);
    check_point(*state, &s, false, seen);
    kit_standoff_clear(&s);
    assert_int_equal(seen[KIT_E2], 2);
}

static void every_class_by_closed_form(void **state)
{
    int seen[KIT_CLASSES] = {0};
    random_points(*state, 20211218, 400, seen);
    for (int c = 0; c < KIT_CLASSES; c++)
        assert_true(seen[c] > 0);
}

/* The supports found at one point, tried alone at a neighbour: the same outcomes, much less work. */
static void neighbours_confirm_supports(void **state)
{
    dtn_ctx *ctx = *state;
    kit_standoff s;
    kit_standoff_init(&s);
    uint64_t row[8][16];
    const uint64_t *candidate[8];
    dtn_sequential_options options = {.rung = DTN_RUNG_D1, .brief = true};
    dtn_equilibria *e;
    dtn_tree *t = kit_standoff_tree(ctx, &s, true);
    assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
    assert_int_equal(e->count, 1);
    long supports = e->supports;
    dtn_sequential_support(t, &e->item[0], row[0]);
    candidate[0] = row[0];
    dtn_equilibria_free(e);
    dtn_tree_free(t);
    fmpq_set_si(&s.pi, 49, 100);
    t = kit_standoff_tree(ctx, &s, true);
    options.candidate = candidate;
    options.candidates = 1;
    assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
    assert_int_equal(e->outcome, DTN_OUTCOME_PARTIAL);
    assert_text_has(e->note, "only the given supports");
    assert_int_equal(e->count, 1);
    assert_int_equal(e->item[0].rung, DTN_RUNG_D1);
    assert_true(e->supports < supports);
    dtn_equilibria_free(e);
    dtn_tree_free(t);
    kit_standoff_clear(&s);
}

static dtn_status solve_reference(dtn_ctx *ctx, void *tree)
{
    dtn_equilibria *e = NULL;
    dtn_status status = dtn_sequential_solve(ctx, &e, tree, NULL);
    if (status == DTN_OK)
        dtn_equilibria_free(e);
    return status;
}

static void runs_out_of_memory_cleanly(void **state)
{
    kit_standoff s;
    kit_standoff_init(&s);
    dtn_tree *t = kit_standoff_tree(*state, &s, true);
    assert_true(kit_memory_sweep(solve_reference, t) > 5);
    dtn_tree_free(t);
    kit_standoff_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(reference_point), kit_test(every_class_by_closed_form),
                                       kit_test(neighbours_confirm_supports),
                                       kit_test(runs_out_of_memory_cleanly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
