/* Large cubes: neighbouring fibres swept together give what lists of moves give; so do several threads. */
#include <stdio.h>
#include <string.h>

#include "kit/kit.h"
#include "stability/result.h"

static uint64_t seed = 362436069u;

static int draw(int n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)n);
}

/* Options in blocks, player by player; preferences by statements, with many ties. */
static dtn_conflict *blocks(dtn_ctx *ctx, int players, int options, int restrictions, bool one_way)
{
    dtn_conflict_builder *b;
    dtn_conflict *c;
    char text[64];
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "blocks"));
    for (int i = 0; i < players; i++) {
        snprintf(text, sizeof text, "p%d", i);
        assert_ok(ctx, dtn_conflict_add_player(b, NULL, text, NULL, NULL));
    }
    for (int o = 0; o < options; o++) {
        snprintf(text, sizeof text, "o%d", o);
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, o * players / options, text, NULL, NULL,
                                               one_way && !draw(4) ? DTN_FORWARD_ONLY : DTN_BOTH_WAYS));
    }
    for (int k = 0; k < restrictions; k++) {
        snprintf(text, sizeof text, "o%d & !o%d & o%d", draw(options), draw(options), draw(options));
        assert_ok(ctx, dtn_conflict_forbid(b, text));
    }
    for (int i = 0; i < players; i++) {
        char statement[8][64];
        const char *list[8];
        for (int k = 0; k < 8; k++) {
            snprintf(statement[k], sizeof *statement, "(%so%d & o%d) %s %so%d", draw(2) ? "!" : "",
                     draw(options), draw(options), draw(2) ? "iff" : "only if", draw(2) ? "!" : "",
                     draw(options));
            list[k] = statement[k];
        }
        assert_ok(ctx, dtn_conflict_prefer(b, i, NULL, list, 8));
    }
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

static void same(dtn_ctx *ctx, const dtn_conflict *c, int threads)
{
    dtn_stability *cube, *other;
    dtn_stability_options options = {0};
    options.concepts |= UINT64_C(1) << dtn_concept_find("R");
    options.concepts |= UINT64_C(1) << dtn_concept_find("GMR") | UINT64_C(1) << dtn_concept_find("SMR");
    options.concepts |= UINT64_C(1) << dtn_concept_find("SEQ") | UINT64_C(1) << dtn_concept_find("SSEQ");
    dtn_ctx_set_threads(ctx, threads);
    assert_ok(ctx, dtn_stability_run(ctx, &cube, c, &options));
    dtn_ctx_set_threads(ctx, 1);
    assert_ok(ctx, (threads > 1 ? dtn_stability_run : dtn_stability_run_lists)(ctx, &other, c, &options));
    for (int k = 0; k < dtn_concept_count(); k++)
        for (int i = -1; options.concepts >> k & 1 && i < c->players; i++)
            assert_memory_equal(dtn_stability_bits(cube, 0, k, i), dtn_stability_bits(other, 0, k, i),
                                cube->words * sizeof(uint64_t));
    dtn_stability_free(cube);
    dtn_stability_free(other);
}

static void tiles(void **state)
{
    for (int n = 0; n < 24; n++) {
        dtn_conflict *c = blocks(*state, 2 + n % 2, 8 + n % 3, n % 4 < 2 ? 0 : 2, n % 5 == 4);
        same(*state, c, 1);
        dtn_conflict_free(c);
    }
}

static void threads(void **state)
{
    for (int n = 0; n < 2; n++) {
        dtn_conflict *c = blocks(*state, 3, 14, n, false);
        same(*state, c, 3);
        dtn_conflict_free(c);
    }
}

static void stops(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_stability *r;
    dtn_conflict *c = blocks(ctx, 3, 15, 0, false);
    dtn_ctx_set_threads(ctx, 2);
    dtn_ctx_cancel(ctx);
    assert_status(ctx, DTN_CANCELLED, dtn_stability_run(ctx, &r, c, NULL));
    dtn_conflict_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(tiles), kit_test(threads), kit_test(stops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
