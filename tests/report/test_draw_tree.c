/* Pictures of game trees: what is drawn, what is folded, what is left out. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "game.h"
#include "report/draw.h"
#include "report/tree_layout.h"

static void keep(const dtn_out *out, const char *name)
{
    const char *folder = getenv("DETENTE_PICTURES"); /* for looking at them */
    if (!folder)
        return;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(out->data, f);
    fclose(f);
}

static void whole_tree_is_drawn(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    game *g = game_new(ctx, arena);
    dtn_picture *p;
    assert_ok(ctx, dtn_draw_tree(ctx, arena, &p, &g->tree, &g->at, 60));
    dtn_out out = dtn_out_new(ctx, arena);
    dtn_picture_svg(&out, p, true, "t");
    keep(&out, "tree.svg");
    assert_text_has(out.data, "Talks and agreement");
    assert_text_has(out.data, "cannot be told apart (answer.hard)");
    assert_text_has(out.data, "[0.5]");
    dtn_arena_free(arena);
}

static void layout_keeps_to_its_room(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    game *g = game_new(ctx, arena);
    fmpq *reach = dtn_arena_fmpq(arena, g->tree.nodes);
    dtn_assessment_reach(&g->tree, g->at.at.sigma, reach);
    dtn_tree_layout l;
    assert_ok(ctx, dtn_tree_layout_make(ctx, arena, &l, &g->tree, g->at.at.sigma, reach, 60));
    assert_true(l.whole);
    assert_int_equal(l.rows, 16);
    assert_int_equal(l.spots, GAME_NODES);
    assert_int_equal(l.lanes[2], 2); /* the answers of a hard and of a soft Q overlap */
    assert_ok(ctx, dtn_tree_layout_make(ctx, arena, &l, &g->tree, g->at.at.sigma, reach, 12));
    assert_false(l.whole);
    assert_true(l.rows <= 12);
    for (int i = 0; i < l.spots; i++)
        if (l.spot[i].count)
            assert_false(fmpq_is_zero(&reach[l.spot[i].node]));
    dtn_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(whole_tree_is_drawn),
        kit_test(layout_keeps_to_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
