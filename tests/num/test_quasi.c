/* Even points: each half, quarter, eighth ... of every axis has its equal share, and pairs of axes share small squares evenly. */
#include "kit/kit.h"

#include "num/quasi.h"

static void every_cell_of_an_axis_has_one_point(void **state)
{
    (void)state;
    enum { BITS = 10 };
    for (int d = 0; d < DTN_SOBOL_MOST; d++) {
        bool met[1 << BITS] = {false};
        for (uint64_t i = 3u << BITS; i < 4u << BITS; i++) /* any run of 2^k from a multiple of 2^k */
            met[dtn_sobol(d, i) >> (DTN_SOBOL_BITS - BITS)] = true;
        for (int c = 0; c < 1 << BITS; c++)
            assert_true(met[c]);
    }
}

static void first_two_axes_are_a_net(void **state)
{
    (void)state;
    for (int split = 0; split <= 8; split++) { /* 2^split by 2^(8 - split) rectangles, a point in each */
        bool met[256] = {false};
        for (uint64_t i = 0; i < 256; i++) {
            uint32_t x = dtn_sobol(0, i) >> (DTN_SOBOL_BITS - split),
                     y = dtn_sobol(1, i) >> (DTN_SOBOL_BITS - 8 + split);
            x = split ? x : 0;
            y = split < 8 ? y : 0;
            met[x << (8 - split) | y] = true;
        }
        for (int c = 0; c < 256; c++)
            assert_true(met[c]);
    }
}

static void numbers_that_are_known(void **state)
{
    (void)state;
    static const char *const mirrored[] = {"1/2", "1/4", "3/4", "1/8"};
    /* base 3, digits 1 and 2 exchanged */
    static const char *const turned[] = {"2/3", "1/3", "2/9", "8/9", "5/9", "1/9", "7/9"};
    fmpq_t x;
    fmpq_init(x);
    for (int i = 0; i < 4; i++) {
        dtn_halton(x, 0, (uint64_t)i);
        assert_fmpq_eq_str(x, mirrored[i]);
    }
    for (int i = 0; i < 7; i++) {
        dtn_halton(x, 1, (uint64_t)i);
        assert_fmpq_eq_str(x, turned[i]);
    }
    dtn_sobol_unit(x, dtn_sobol(5, 0), 0);
    assert_true(fmpq_sgn(x) > 0); /* not on the border */
    dtn_sobol_unit(x, dtn_sobol(0, 1), UINT32_C(1) << (DTN_SOBOL_BITS - 2));
    assert_close(dtn_rational_double(x), 0.75, 1e-7);
    fmpq_clear(x);
}

static void columns_of_a_latin_hypercube_are_permutations(void **state)
{
    (void)state;
    long place[2][97];
    int moved = 0;
    for (int d = 0; d < 2; d++) {
        bool met[97] = {false};
        dtn_latin(place[d], 97, 7, d);
        for (int i = 0; i < 97; i++) {
            assert_in_range(place[d][i], 0, 96);
            assert_false(met[place[d][i]]);
            met[place[d][i]] = true;
        }
    }
    for (int i = 0; i < 97; i++)
        moved += place[0][i] != place[1][i];
    assert_true(moved > 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_cell_of_an_axis_has_one_point),
                                       cmocka_unit_test(first_two_axes_are_a_net),
                                       cmocka_unit_test(numbers_that_are_known),
                                       cmocka_unit_test(columns_of_a_latin_hypercube_are_permutations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
