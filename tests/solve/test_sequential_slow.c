/* The closed form of the reference standoff at six thousand random points of its box. */
#include "kit/standoff.h"

#include <string.h>

#include "solve/sequential.h"

static void six_thousand_points(void **state)
{
    static const char *const names[4] = {"engaged", "accommodated", "clash", "dropped"};
    dtn_ctx *ctx = *state;
    kit_standoff s;
    kit_standoff_init(&s);
    fmpq want[4];
    for (int i = 0; i < 4; i++)
        fmpq_init(&want[i]);
    uint64_t seed = 1;
    dtn_sequential_options options = {.rung = DTN_RUNG_D1, .brief = true};
    for (int i = 0; i < 6000; i++) {
        kit_standoff_class class;
        kit_standoff_random(&s, &seed);
        for (int n = 0; n < 4; n++)
            fmpq_zero(&want[n]);
        if (!kit_standoff_answer(&s, &class, want))
            continue;
        dtn_tree *t = kit_standoff_tree(ctx, &s, true);
        dtn_equilibria *e;
        assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
        assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(e->count, 1);
        for (int o = 0; o < t->outcomes; o++)
            for (int n = 0; n < 4; n++)
                if (strcmp(t->outcome[o], names[n]) == 0)
                    assert_true(fmpq_equal(&e->item[0].outcome_prob[o], &want[n]));
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    for (int i = 0; i < 4; i++)
        fmpq_clear(&want[i]);
    kit_standoff_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(six_thousand_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
