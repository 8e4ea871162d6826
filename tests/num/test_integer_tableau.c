/* Pivots without fractions against solutions that are known; a pivot and its reverse cancel. */
#include "kit/kit.h"

#include "num/integer_tableau.h"

/* x + 2y + slack0 = 4, 3x - y + slack1 = 5: pivoting both in gives x = 2, y = 1. */
static dtn_integer_tableau made(dtn_ctx *ctx)
{
    static const int entry[2][3] = {{1, 2, 4}, {3, -1, 5}};
    dtn_integer_tableau t;
    assert_ok(ctx, dtn_integer_tableau_new(ctx, &t, 2, 2));
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            fmpz_set_si(dtn_integer_tableau_at(&t, i, j), entry[i][j]);
    t.basic[0] = 2;
    t.basic[1] = 3;
    t.nonbasic[0] = 0;
    t.nonbasic[1] = 1;
    return t;
}

static void solves(void **state)
{
    dtn_integer_tableau t = made(*state);
    dtn_integer_tableau_pivot(&t, 1, 1); /* y for slack1: a negative pivot */
    assert_int_equal(t.basic[1], 1);
    dtn_integer_tableau_pivot(&t, 0, 0);
    assert_int_equal(t.basic[0], 0);
    assert_int_equal(fmpz_get_si(t.denominator), 7);
    assert_int_equal(fmpz_get_si(dtn_integer_tableau_at(&t, 0, 2)), 14);
    assert_int_equal(fmpz_get_si(dtn_integer_tableau_at(&t, 1, 2)), 7);
}

static void there_and_back(void **state)
{
    dtn_integer_tableau t = made(*state), before = made(*state);
    for (int k = 0; k < 2; k++) {
        dtn_integer_tableau_pivot(&t, k, 1);
        dtn_integer_tableau_pivot(&t, k, 1);
    }
    for (int i = 0; i < 6; i++)
        assert_true(fmpz_equal(t.entry + i, before.entry + i));
    assert_true(fmpz_is_one(t.denominator));
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(solves), kit_test(there_and_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
