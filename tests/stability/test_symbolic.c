/* Symbolic counts against listed ones on random statements; a conflict that cannot be listed; membership and listing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/stability.h"
#include "kit/kit.h"
#include "model/conflict.h"

static uint64_t seed = 2463534242u;

static int draw(int n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)n);
}

static void literals(char *out, int options, int count, const char *between)
{
    *out = 0;
    for (int k = 0; k < count; k++)
        sprintf(out + strlen(out), "%s%so%d", k ? between : "", draw(2) ? "!" : "", draw(options));
}

static void random_statement(char *out, int options)
{
    char a[128], b[128];
    literals(a, options, 1 + draw(3), draw(2) ? " & " : " | ");
    literals(b, options, 1 + draw(2), " & ");
    static const char *const word[] = {"if", "only if", "iff"};
    int kind = draw(5);
    if (kind < 3)
        sprintf(out, "(%s) %s (%s)", a, word[kind], b);
    else
        strcpy(out, a);
}

static dtn_conflict_builder *random_builder(dtn_ctx *ctx, int players, int options, bool one_way,
                                            int restrictions, int statements)
{
    dtn_conflict_builder *b;
    char text[512], key[16];
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "random"));
    for (int i = 0; i < players; i++) {
        snprintf(key, sizeof key, "p%d", i);
        assert_ok(ctx, dtn_conflict_add_player(b, NULL, key, NULL, NULL));
    }
    for (int o = 0; o < options; o++) {
        snprintf(key, sizeof key, "o%d", o);
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, o < players ? o : draw(players), key, NULL, NULL,
                                               one_way && draw(3) == 0 ? (dtn_direction)(1 + draw(2))
                                                                       : DTN_BOTH_WAYS));
    }
    for (int k = 0; k < restrictions; k++) {
        literals(text, options, 2 + draw(2), " & ");
        assert_ok(ctx, dtn_conflict_forbid(b, text));
    }
    if (restrictions && draw(2))
        assert_ok(ctx, dtn_conflict_require_count(b, 0, 2, (const char *[]){"o0", "o1", "o2"}, 3));
    for (int i = 0; i < players; i++) {
        char statement[32][512];
        const char *list[32];
        for (int k = 0; k < statements; k++) {
            random_statement(statement[k], options);
            list[k] = statement[k];
        }
        assert_ok(ctx, dtn_conflict_prefer(b, i, NULL, list, statements));
    }
    return b;
}

static void agrees(dtn_ctx *ctx, int models, int players, bool one_way, bool restricted)
{
    static const char *const name[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};
    for (int n = 0; n < models; n++) {
        dtn_conflict *c;
        dtn_stability *listed;
        dtn_symbolic *r;
        dtn_conflict_builder *b = random_builder(ctx, players, players + 1 + draw(4), one_way,
                                                 restricted ? 1 + draw(3) : 0, 1 + draw(6));
        dtn_status status = dtn_conflict_finish(ctx, &c, b);
        if (status == DTN_DOMAIN) { /* nothing is feasible */
            dtn_conflict_builder_free(b);
            continue;
        }
        assert_ok(ctx, status);
        assert_true(dtn_conflict_listed(c));
        assert_ok(ctx, dtn_stability_run(ctx, &listed, c, NULL));
        assert_ok(ctx, dtn_symbolic_run(ctx, &r, c, NULL, true));
        assert_int_equal(dtn_symbolic_feasible(r), dtn_conflict_states(c));
        for (int k = 0; k < 5; k++) {
            int concept_index = dtn_concept_find(name[k]);
            uint64_t first[4];
            size_t written, states[4];
            for (int i = -1; i < players; i++) {
                size_t count = dtn_stability_states(listed, 0, concept_index, i, states, 4);
                if (dtn_symbolic_count(r, concept_index, i) != count)
                    fail_msg("model %d: %s, player %d: %zu states, counted %zu", n, name[k], i, count,
                             (size_t)dtn_symbolic_count(r, concept_index, i));
                assert_ok(ctx, dtn_symbolic_list(ctx, r, concept_index, i, first, 4, &written));
                assert_int_equal(written, count < 4 ? count : 4);
                for (size_t x = 0; x < written; x++)
                    assert_int_equal(first[x], dtn_conflict_pattern(c, states[x]));
                for (uint64_t pattern = 0; pattern < UINT64_C(1) << c->options; pattern++) {
                    size_t s = dtn_conflict_state_at(c, pattern);
                    bool expected =
                        s != SIZE_MAX && (i < 0 ? dtn_stability_equilibrium(listed, 0, concept_index, s)
                                                : dtn_stability_stable(listed, 0, concept_index, i, s));
                    assert_int_equal(dtn_symbolic_holds(r, concept_index, i, pattern), expected);
                }
            }
        }
        dtn_symbolic_free(r);
        dtn_stability_free(listed);
        dtn_conflict_free(c);
    }
}

static void two_way(void **state)
{
    agrees(*state, 120, 3, false, false);
}

static void infeasible(void **state)
{
    agrees(*state, 200, 3, false, true);
}

static void one_way(void **state)
{
    agrees(*state, 120, 3, true, false);
}

static void one_way_and_infeasible(void **state)
{
    agrees(*state, 150, 2, true, true);
    agrees(*state, 150, 3, true, true);
}

/* Two players with 20 options each; one wants its first option exactly where the other's first is not taken, the other the
 * opposite; all else is indifferent. Nobody has an equilibrium under R; under GMR each state holds. */
static void unlisted(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_conflict_builder *b;
    dtn_conflict *c;
    dtn_symbolic *r;
    dtn_stability *listed;
    char key[16];
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "pennies"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "A", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "B", NULL, NULL));
    for (int o = 0; o < 40; o++) {
        snprintf(key, sizeof key, "o%d", o);
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, o % 2, key, NULL, NULL, DTN_BOTH_WAYS));
    }
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, (const char *[]){"o0 iff !o1"}, 1));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, (const char *[]){"o0 iff o1"}, 1));
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    assert_false(dtn_conflict_listed(c));
    assert_int_equal(dtn_conflict_states(c), 0);
    assert_status(ctx, DTN_LIMIT, dtn_stability_run(ctx, &listed, c, NULL));
    assert_ok(ctx, dtn_symbolic_run(ctx, &r, c, NULL, false));
    int nash = dtn_concept_find("R"), gmr = dtn_concept_find("GMR"), smr = dtn_concept_find("SMR");
    assert_int_equal(dtn_symbolic_feasible(r), UINT64_C(1) << 40);
    assert_int_equal(dtn_symbolic_count(r, nash, -1), 0);
    assert_int_equal(dtn_symbolic_count(r, nash, 0), UINT64_C(1) << 39);
    assert_int_equal(dtn_symbolic_count(r, gmr, -1), UINT64_C(1) << 40);
    assert_int_equal(dtn_symbolic_count(r, smr, 1), UINT64_C(1) << 39);
    assert_true(dtn_symbolic_holds(r, nash, 0, 1));
    assert_false(dtn_symbolic_holds(r, nash, 0, 3));
    assert_false(dtn_symbolic_has(r, dtn_concept_find("SEQ")));
    dtn_symbolic_free(r);
    dtn_conflict_free(c);
}

static void refusals(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_conflict *c;
    dtn_symbolic *r;
    dtn_conflict_builder *b = random_builder(ctx, 3, 6, true, 0, 2);
    assert_ok(ctx, dtn_conflict_compare(b, 0, NULL, (const char *[]){"NNNNNN ? YYYYYY"}, 1));
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    assert_status(ctx, DTN_UNSUPPORTED, dtn_symbolic_run(ctx, &r, c, NULL, false));
    assert_status(ctx, DTN_ARG, dtn_symbolic_run(ctx, &r, c, (int[]){1, 0, 0}, false));
    dtn_conflict_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(two_way),  kit_test(infeasible), kit_test(one_way), kit_test(one_way_and_infeasible),
        kit_test(unlisted), kit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
