/* Evolution: a chain worked by hand; on random graphs shares sum to one and tend to the probabilities of the end. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kit/kit.h"
#include "stability/evolve.h"

static uint64_t seed = 2463534242u;

static int draw(int n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)n);
}

/* From a, P goes to b or c (equally good), Q to c; b and c are left by nobody. P and Q in turn with 1/2 each: from a the next stage
 * is b with 1/4, c with 3/4. From d both go round with e. */
static void by_hand(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_conflict_builder *b;
    dtn_conflict *c;
    dtn_evolution e;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "hand"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "Q", NULL, NULL));
    for (const char *id = "abcde"; *id; id++)
        assert_ok(ctx, dtn_conflict_add_state(b, (char[]){*id, 0}, NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "a -> b"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "a -> c"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 1, "a -> c"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "d -> e"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 1, "e -> d"));
    assert_ok(ctx, dtn_conflict_compare(b, 0, NULL, (const char *[]){"b = c > a", "e > d"}, 2));
    assert_ok(ctx, dtn_conflict_compare(b, 1, NULL, (const char *[]){"c > a", "d > e"}, 2));
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    dtn_view view = dtn_view_of(c, NULL);
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_ok(ctx, dtn_evolve(ctx, arena, &e, &view, 0, 3, true));
    assert_int_equal(e.states, 3);
    assert_true(e.settled);
    assert_int_equal(e.rests, 2);
    assert_int_equal(fmpq_cmp_ui(e.share, 1), 0);
    for (size_t k = 0; k < 2; k++) {
        fmpq_t expected;
        fmpq_init(expected);
        fmpq_set_si(expected, e.rest[k].state[0] == 1 ? 1 : 3, 4);
        assert_true(fmpq_equal(e.rest[k].probability, expected));
        fmpq_clear(expected);
    }
    assert_ok(ctx, dtn_evolve(ctx, arena, &e, &view, 3, 3, true));
    assert_int_equal(e.rests, 1);
    assert_int_equal(e.rest[0].states, 2);
    assert_true(fmpq_is_one(e.rest[0].probability));
    dtn_arena_free(arena);
    dtn_conflict_free(c);
}

static void tends_to_the_end(void **state)
{
    dtn_ctx *ctx = *state;
    for (int n = 0; n < 60; n++) {
        dtn_conflict_builder *b;
        dtn_conflict *c;
        dtn_evolution e;
        int states = 3 + draw(6), stages = 60;
        char text[32];
        assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "random"));
        for (int i = 0; i < 2; i++)
            assert_ok(ctx, dtn_conflict_add_player(b, NULL, i ? "Q" : "P", NULL, NULL));
        for (int s = 0; s < states; s++) {
            snprintf(text, sizeof text, "s%d", s);
            assert_ok(ctx, dtn_conflict_add_state(b, text, NULL, NULL));
        }
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 2 * states; k++) {
                snprintf(text, sizeof text, "s%d -> s%d", draw(states), draw(states));
                assert_ok(ctx, dtn_conflict_add_moves(b, i, text));
            }
            for (int s = 1; s < states; s++) {
                snprintf(text, sizeof text, "s%d > s%d", s, s - 1);
                if (i)
                    snprintf(text, sizeof text, "s%d > s%d", (3 * s) % states == s ? s - 1 : s,
                             s == 1 ? 0 : s - 2);
                assert_ok(ctx, dtn_conflict_compare(b, i, NULL, (const char *[]){text}, 1));
            }
        }
        if (dtn_conflict_finish(ctx, &c, b) != DTN_OK) {
            dtn_conflict_builder_free(b);
            continue;
        }
        dtn_view view = dtn_view_of(c, NULL);
        dtn_arena *arena = dtn_arena_new(ctx);
        assert_ok(ctx, dtn_evolve(ctx, arena, &e, &view, 0, stages, draw(2)));
        assert_true(e.settled);
        fmpq_t sum;
        fmpq_init(sum);
        for (int s = 0; s <= stages; s++) {
            fmpq_zero(sum);
            for (size_t k = 0; k < e.states; k++)
                fmpq_add(sum, sum, e.share + (size_t)s * e.states + k);
            assert_true(fmpq_is_one(sum));
        }
        fmpq_zero(sum);
        for (size_t k = 0; k < e.rests; k++) {
            double there = 0;
            for (size_t x = 0; x < e.states; x++)
                for (size_t y = 0; y < e.rest[k].states; y++)
                    if (e.rest[k].state[y] == e.state[x])
                        there += dtn_rational_double(e.share + (size_t)stages * e.states + x);
            assert_true(fabs(there - dtn_rational_double(e.rest[k].probability)) < 1e-3);
            fmpq_add(sum, sum, e.rest[k].probability);
        }
        assert_true(fmpq_is_one(sum));
        fmpq_clear(sum);
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(by_hand), kit_test(tends_to_the_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
