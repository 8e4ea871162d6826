/* Writer of .dot: every position, branch and information set once, and texts that Graphviz reads. */
#include "kit/kit.h"

#include <string.h>

#include "format/game.h"
#include "format/write.h"

static const char text[] =
    "EFG 2 R \"say \\\"hi\\\"\" { \"A\" \"B\" } c \"\" 1 \"\" { \"x\" 1/3 \"\" 2/3 } 0 "
    "p \"\" 1 1 \"s\" { \"l\" \"r\" } 0 t \"\" 1 \"won\" { 1/2 -1 } t \"\" 0 "
    "p \"\" 1 1 0 t \"\" 1 p \"\" 2 1 \"\" { \"stop\" } 0 t \"\" 0";

static int count(const char *in, const char *what)
{
    int found = 0;
    for (const char *at = strstr(in, what); at; at = strstr(at + 1, what))
        found++;
    return found;
}

static void everything_once(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t;
    assert_ok(ctx, dtn_efg_read(ctx, &t, NULL, "game.efg", text, strlen(text)));
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_str out = dtn_str_in(arena);
    assert_ok(ctx, dtn_dot_write(ctx, &out, t));
    const char *dot = dtn_str_done(&out);
    assert_int_equal(count(dot, " -> "), t->nodes - 1 + 1); /* the set of two positions is one dashed line */
    assert_int_equal(count(dot, "style=dashed"), 1);
    assert_int_equal(count(dot, "shape=box"), t->terminals);
    assert_int_equal(count(dot, "shape=diamond"), 1);
    assert_text_has(dot, "digraph \"say \\\"hi\\\"\" {");
    assert_text_has(dot, "[label=\"x 1/3\"]");
    assert_text_has(dot, "label=\"won\\n(1/2, -1)\"");
    dtn_arena_free(arena);
    dtn_tree_free(t);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_tree *t;
    DTN_TRY(dtn_efg_read(ctx, &t, NULL, "game.efg", text, strlen(text)));
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_status status = arena ? DTN_OK : dtn_fail_nomem(ctx);
    if (status == DTN_OK) {
        dtn_str out = dtn_str_in(arena);
        status = dtn_dot_write(ctx, &out, t);
    }
    dtn_arena_free(arena);
    dtn_tree_free(t);
    return status;
}

static void out_of_memory(void **state)
{
    (void)state;
    kit_memory_sweep(work, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(everything_once), kit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
