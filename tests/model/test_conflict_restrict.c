/* Leaving states out gives the conflict that was built without them. */
#include <stdio.h>
#include <string.h>

#include "detente/stability.h"
#include "kit/kit.h"
#include "model/conflict_restrict.h"

static dtn_conflict *build(dtn_ctx *ctx, const char *without, bool listed)
{
    dtn_conflict_builder *b;
    dtn_conflict *c;
    static const char *const key[] = {"A", "B", "C", "D"};
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "four options"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "p", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "q", NULL, NULL));
    for (int o = 0; o < 4; o++)
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, o % 2, key[o], NULL, NULL,
                                               o == 2 ? DTN_FORWARD_ONLY : DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_forbid(b, "A & B & C"));
    if (without)
        assert_ok(ctx, dtn_conflict_forbid(b, without));
    if (listed)
        assert_ok(ctx, dtn_conflict_add_moves(b, 0, "N--Y -> Y--N"));
    assert_ok(ctx, dtn_conflict_add_state(b, "quiet", "NNNN", NULL));
    assert_ok(ctx, dtn_conflict_add_state(b, "loud", "YNNN", NULL));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, (const char *[]){"A iff !B", "C", "!D"}, 3));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, (const char *[]){"D if A", "!C", "B"}, 3));
    assert_ok(ctx, dtn_conflict_compare(b, 1, NULL, (const char *[]){"quiet ? loud"}, 1));
    assert_ok(ctx, dtn_conflict_set_status_quo(b, "quiet"));
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

static void as_built_without(void **state)
{
    dtn_ctx *ctx = *state;
    for (int listed = 0; listed < 2; listed++) {
        dtn_conflict *whole = build(ctx, NULL, listed), *want = build(ctx, "D & C", listed), *got;
        dtn_stability *r[2];
        const size_t *old;
        bool keep[16];
        for (size_t s = 0; s < whole->states; s++)
            keep[s] = (dtn_conflict_pattern(whole, s) & 12) != 12;
        assert_ok(ctx, dtn_conflict_restrict(ctx, &got, &old, whole, keep));
        assert_int_equal(got->states, want->states);
        assert_int_equal(got->names, 2);
        size_t quiet, moves[2][16];
        assert_true(dtn_conflict_status_quo(got, &quiet));
        for (size_t s = 0; s < got->states; s++) {
            char name[2][64];
            dtn_conflict_state_text(got, s, name[0], 64);
            dtn_conflict_state_text(want, s, name[1], 64);
            assert_string_equal(name[0], name[1]);
            assert_int_equal(dtn_conflict_pattern(got, s), dtn_conflict_pattern(whole, old[s]));
            for (int i = 0; i < 2; i++) {
                size_t n = dtn_conflict_moves(got, i, s, moves[0], 16);
                assert_int_equal(n, dtn_conflict_moves(want, i, s, moves[1], 16));
                assert_memory_equal(moves[0], moves[1], n * sizeof(size_t));
                for (size_t t = 0; t < got->states; t++)
                    assert_int_equal(dtn_conflict_prefers(got, i, 0, s, t),
                                     dtn_conflict_prefers(want, i, 0, s, t));
            }
        }
        assert_ok(ctx, dtn_stability_run(ctx, &r[0], got, NULL));
        assert_ok(ctx, dtn_stability_run(ctx, &r[1], want, NULL));
        for (int k = 0; k < dtn_concept_count(); k++)
            for (int i = 0; dtn_stability_has(r[1], k) && i < 2; i++)
                assert_int_equal(*dtn_stability_bits(r[0], 0, k, i), *dtn_stability_bits(r[1], 0, k, i));
        dtn_stability_free(r[0]);
        dtn_stability_free(r[1]);
        dtn_conflict_free(got);
        dtn_conflict_free(whole);
        dtn_conflict_free(want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(as_built_without)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
