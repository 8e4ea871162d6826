#include "kit/kit.h"

#include <float.h>
#include <math.h>
#include <string.h>

static bool reads(fmpq_t x, const char *text)
{
    return dtn_rational_parse(x, text, strlen(text));
}

static void numbers_are_read_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        long numerator;
        unsigned long denominator;
    } cases[] = {
        {"3", 3, 1},      {"-1/3", -1, 3},   {"0.25", 1, 4},   {".5", 1, 2},  {"12.", 12, 1},
        {"2e-3", 1, 500}, {"2E+2", 200, 1},  {"+4", 4, 1},     {"6/4", 3, 2}, {"-0", 0, 1},
        {"0.1", 1, 10},   {"1.50e1", 15, 1}, {"00.10", 1, 10}, {"0/5", 0, 1}, {"-.125", -1, 8},
    };
    fmpq_t x, wanted;
    fmpq_init(x);
    fmpq_init(wanted);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fmpq_set_si(wanted, cases[i].numerator, cases[i].denominator);
        if (!reads(x, cases[i].text) || !fmpq_equal(x, wanted)) {
            fail_msg("%s is misread", cases[i].text);
        }
    }
    assert_true(reads(x, "123456789012345678901234567890/2"));
    assert_fmpq_eq_str(x, "61728394506172839450617283945");
    fmpq_clear(x);
    fmpq_clear(wanted);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",          "-",
                                      ".",         "e3",
                                      "1e",        "1e+",
                                      "1/0",       "1/",
                                      "/2",        "1 ",
                                      " 1",        "1/-2",
                                      "0x1",       "nan",
                                      "inf",       "1.2.3",
                                      "1e1e1",     "--1",
                                      "1_000",     "1/2/3",
                                      "1.5/2",     "1e999999999999999999999",
                                      "1e-200000", "1,5"};
    fmpq_t x;
    fmpq_init(x);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (reads(x, bad[i])) {
            fail_msg("\"%s\" was read as a number", bad[i]);
        }
    }
    fmpq_clear(x);
}

static void text_and_back(void **state)
{
    dtn_ctx *ctx = *state;
    flint_rand_t rand;
    flint_randinit(rand);
    fmpq_t x, y;
    fmpq_init(x);
    fmpq_init(y);
    for (int i = 0; i < 500; i++) {
        fmpq_randtest(x, rand, 1 + i);
        assert_true(reads(y, dtn_rational_text(ctx->scratch, x)));
        assert_true(fmpq_equal(x, y));
    }
    fmpq_clear(x);
    fmpq_clear(y);
    flint_randclear(rand);
}

static void doubles_are_exact_one_way_and_close_the_other(void **state)
{
    (void)state;
    static const double values[] = {0, 1, -1, 0.1, 1e300, -1e-300, DBL_MAX, DBL_MIN, 0x1p-1074, 1.0 / 3};
    fmpq_t x;
    fmpq_init(x);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        dtn_rational_set_double(x, values[i]);
        assert_true(dtn_rational_double(x) == values[i]);
    }
    assert_true(reads(x, "0.1"));
    assert_true(dtn_rational_double(x) == 0.1);
    assert_true(reads(x, "1e400"));
    assert_true(isinf(dtn_rational_double(x)));
    assert_true(reads(x, "100000000000000000000000000000000001/300000000000000000000000000000000000"));
    assert_close(dtn_rational_double(x), 1.0 / 3, 1e-16);
    fmpq_clear(x);
}

static void simplest(const char *lo, const char *hi, const char *wanted)
{
    fmpq_t a, b, x;
    fmpq_init(a);
    fmpq_init(b);
    fmpq_init(x);
    assert_true(reads(a, lo) && reads(b, hi));
    dtn_rational_simplest(x, a, b);
    assert_fmpq_eq_str(x, wanted);
    fmpq_clear(a);
    fmpq_clear(b);
    fmpq_clear(x);
}

static void simplest_rational_of_an_interval(void **state)
{
    (void)state;
    simplest("0.33", "0.34", "1/3");
    simplest("-0.34", "-0.33", "-1/3");
    simplest("-1", "5", "0");
    simplest("3.14159", "3.1416", "355/113");
    simplest("2/7", "2/7", "2/7");
    simplest("1.5", "2.5", "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_written),
        cmocka_unit_test(what_is_no_number_is_refused),
        kit_test(text_and_back),
        cmocka_unit_test(doubles_are_exact_one_way_and_close_the_other),
        cmocka_unit_test(simplest_rational_of_an_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
