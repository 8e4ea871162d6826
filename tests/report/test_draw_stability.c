/* Pictures of conflicts and tornados. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/draw.h"
#include "report/graph_layout.h"

static const char *svg(dtn_ctx *ctx, dtn_arena *arena, const dtn_picture *p, const char *name)
{
    dtn_out out = dtn_out_new(ctx, arena);
    dtn_picture_svg(&out, p, true, "t");
    assert_int_equal(out.status, DTN_OK);
    const char *folder = getenv("DETENTE_PICTURES"); /* for looking at them */
    if (folder) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, name);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(out.data, f);
        fclose(f);
    }
    return out.data;
}

static int count(const char *text, const char *words)
{
    int n = 0;
    while ((text = strstr(text, words))) {
        n++;
        text += strlen(words);
    }
    return n;
}

/* The reference standoff in option form, hard P and reciprocal Q. */
static dtn_conflict *guarantees(dtn_ctx *ctx)
{
    static const char *const p[] = {"G", "M iff !E", "!C", "D"}, *const q[] = {"!M", "G iff D", "E",
                                                                               "C iff !D", "G"};
    dtn_conflict_builder *b;
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "Guarantees"));
    dtn_conflict_add_player(b, NULL, "P", NULL, NULL);
    dtn_conflict_add_player(b, NULL, "Q", NULL, NULL);
    dtn_conflict_add_option(b, NULL, 0, "M", NULL, NULL, DTN_FORWARD_ONLY);
    dtn_conflict_add_option(b, NULL, 0, "D", NULL, NULL, DTN_BOTH_WAYS);
    dtn_conflict_add_option(b, NULL, 1, "E", NULL, NULL, DTN_BOTH_WAYS);
    dtn_conflict_add_option(b, NULL, 1, "G", NULL, NULL, DTN_BOTH_WAYS);
    dtn_conflict_add_option(b, NULL, 1, "C", NULL, NULL, DTN_BOTH_WAYS);
    dtn_conflict_forbid(b, "M & D");
    dtn_conflict_forbid(b, "G & !E");
    dtn_conflict_prefer(b, 0, NULL, p, 4);
    dtn_conflict_prefer(b, 1, NULL, q, 5);
    dtn_conflict_set_status_quo(b, ".....");
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

static void conflict_is_drawn(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_conflict *c = guarantees(ctx);
    dtn_stability *r;
    dtn_picture *p;
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, NULL));
    assert_ok(ctx, dtn_draw_stability(ctx, arena, &p, r, 0, dtn_concept_find("R")));
    const char *text = svg(ctx, arena, p, "stability.svg");
    assert_int_equal(count(text, ": an equilibrium</title>"), 2); /* .DEG. and M.E.C */
    assert_int_equal(count(text, ": the status quo</title>"), 1);
    assert_text_has(text, "improves: ");
    dtn_stability_free(r);
    dtn_conflict_free(c);
    dtn_arena_free(arena);
}

static void layers_keep_apart(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    int layer[] = {0, 1, 1, 1, 2};
    dtn_graph_edge edge[] = {{.from = 0, .to = 3},
                             {.from = 0, .to = 1},
                             {.from = 1, .to = 4},
                             {.from = 3, .to = 4},
                             {.from = 4, .to = 0}};
    dtn_graph_layout g = {.nodes = 5, .edges = 5, .layer = layer, .edge = edge, .column = 100, .row = 50};
    assert_ok(ctx, dtn_graph_layout_run(ctx, arena, &g));
    for (int i = 1; i <= 3; i++)
        for (int j = 1; j < i; j++)
            assert_true(g.y[i] - g.y[j] >= 49.999 || g.y[j] - g.y[i] >= 49.999);
    assert_close(g.x[4], 200, 1e-9);
    assert_int_equal(edge[4].bends, 1); /* the way back passes the middle layer */
    assert_int_equal(edge[0].bends, 0);
    dtn_arena_free(arena);
}

static void tornado(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    fmpq *x = dtn_arena_fmpq(arena, 4);
    fmpq_set_si(x, 1, 2);
    fmpq_set_si(x + 2, 1, 4);
    fmpq_set_si(x + 3, 1, 4);
    dtn_picture *p;
    dtn_tornado_bar bar[] = {{"prior that P is hard, pi", "[0.1, 0.9]", x + 1, x},
                             {"rho", "[0.1, 0.9]", x, x},
                             {"a", "[0, 1]", x + 2, x}};
    assert_ok(ctx, dtn_draw_tornado(ctx, arena, &p, "How far it swings", bar, 3, x));
    assert_text_has(svg(ctx, arena, p, "tornado.svg"), "now 50");
    dtn_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(conflict_is_drawn),
        kit_test(layers_keep_apart),
        kit_test(tornado),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
