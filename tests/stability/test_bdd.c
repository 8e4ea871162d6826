/* Decision diagrams against truth tables of six variables (one machine word). */
#include "kit/kit.h"
#include "stability/bdd.h"

enum { VARIABLES = 6 };

static uint64_t seed = 88172645463325252u;

static uint64_t draw(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

/* Bit x of the table is the value where bit v of x is variable 2 v. */
static dtn_bdd from_table(dtn_bdd_store *s, uint64_t table, int variable)
{
    if (variable < 0)
        return table & 1;
    uint64_t half = (uint64_t)1 << variable, mask = half < 64 ? ((uint64_t)1 << half) - 1 : ~(uint64_t)0;
    dtn_bdd low = from_table(s, table & mask, variable - 1),
            high = from_table(s, table >> half & mask, variable - 1);
    return dtn_bdd_choose(s, dtn_bdd_variable(s, 2 * variable), high, low);
}

static void check(dtn_bdd_store *s, dtn_bdd f, uint64_t table)
{
    uint64_t ones = 0;
    for (uint64_t x = 0; x < 64; x++) {
        assert_int_equal(dtn_bdd_holds(s, f, x), table >> x & 1);
        ones += table >> x & 1;
    }
    assert_int_equal(dtn_bdd_count(s, f), ones);
}

static uint64_t exists(uint64_t table, int v)
{
    uint64_t out = 0;
    for (uint64_t x = 0; x < 64; x++)
        out |= ((table >> x | table >> (x ^ (uint64_t)1 << v)) & 1) << x;
    return out;
}

static uint64_t fix(uint64_t table, int v, bool value)
{
    uint64_t out = 0;
    for (uint64_t x = 0; x < 64; x++)
        out |= (table >> (value ? x | (uint64_t)1 << v : x & ~((uint64_t)1 << v)) & 1) << x;
    return out;
}

static void tables(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_bdd_store *s;
    assert_ok(ctx, dtn_bdd_store_new(ctx, &s, 2 * VARIABLES));
    for (int n = 0; n < 400; n++) {
        uint64_t a = draw() & draw(), b = draw() | draw(), c = draw();
        int v = (int)(draw() % VARIABLES), u = (int)(draw() % VARIABLES);
        dtn_bdd f = from_table(s, a, 5), g = from_table(s, b, 5), h = from_table(s, c, 5);
        check(s, f, a);
        assert_int_equal(from_table(s, a, 5), f); /* equal functions are one */
        check(s, dtn_bdd_not(s, f), ~a);
        check(s, dtn_bdd_and(s, f, g), a & b);
        check(s, dtn_bdd_or(s, f, h), a | c);
        check(s, dtn_bdd_iff(s, g, h), ~(b ^ c));
        check(s, dtn_bdd_choose(s, f, g, h), (a & b) | (~a & c));
        dtn_bdd cube = dtn_bdd_and(s, dtn_bdd_variable(s, 2 * v), dtn_bdd_variable(s, 2 * u));
        check(s, dtn_bdd_exists(s, f, cube), exists(exists(a, v), u));
        check(s, dtn_bdd_and_exists(s, f, h, cube), exists(exists(a & c, v), u));
        check(s, dtn_bdd_fix(s, h, 2 * v, n & 1), fix(c, v, n & 1));
        dtn_bdd moved = dtn_bdd_choose(s, dtn_bdd_variable(s, 2 * v + 1), dtn_bdd_fix(s, g, 2 * v, true),
                                       dtn_bdd_fix(s, g, 2 * v, false));
        assert_int_equal(dtn_bdd_unprime(s, moved), g);
        if (n % 50 == 49) {
            size_t before = dtn_bdd_nodes(s);
            dtn_bdd_collect(s, (dtn_bdd *[]){&f, &h}, 2);
            assert_true(dtn_bdd_nodes(s) < before);
            check(s, f, a);
            check(s, dtn_bdd_and(s, f, h), a & c);
            assert_int_equal(from_table(s, c, 5), h);
        }
    }
    assert_ok(ctx, dtn_bdd_status(s));
    dtn_bdd_store_free(s);
}

/* x0 = y0, x1 = y1, ... in the worst order makes about 2^n nodes: the store grows, and stops at a limit. */
static void growth_and_limit(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_bdd_store *s;
    enum { PAIRS = 15 };
    assert_ok(ctx, dtn_bdd_store_new(ctx, &s, 4 * PAIRS));
    dtn_bdd f = DTN_BDD_TRUE;
    for (int k = 0; k < PAIRS; k++)
        f = dtn_bdd_and(s, f,
                        dtn_bdd_iff(s, dtn_bdd_variable(s, 2 * k), dtn_bdd_variable(s, 2 * (k + PAIRS))));
    assert_ok(ctx, dtn_bdd_status(s));
    assert_int_equal(dtn_bdd_count(s, f), UINT64_C(1) << PAIRS);
    assert_true(dtn_bdd_nodes(s) > 1 << 16);
    dtn_bdd_store_free(s);
    dtn_ctx_set_memory_limit(ctx, 4 << 20);
    assert_ok(ctx, dtn_bdd_store_new(ctx, &s, 4 * PAIRS));
    f = DTN_BDD_TRUE;
    for (int k = 0; k < PAIRS; k++)
        f = dtn_bdd_and(s, f,
                        dtn_bdd_iff(s, dtn_bdd_variable(s, 2 * k), dtn_bdd_variable(s, 2 * (k + PAIRS))));
    assert_int_equal(f, DTN_BDD_FALSE);
    assert_status(ctx, DTN_LIMIT, dtn_bdd_status(s));
    dtn_bdd_store_free(s);
    dtn_ctx_set_memory_limit(ctx, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(tables), kit_test(growth_and_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
