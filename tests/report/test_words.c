/* Words that several reports share. */
#include "kit/kit.h"

#include "report/words.h"

static void arguments_survive_a_shell(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_doc *doc = dtn_doc_new(ctx, arena);
    assert_string_equal(dtn_words_argument(doc, "crisis-2.yaml"), "crisis-2.yaml");
    assert_string_equal(dtn_words_argument(doc, "@leduc?ranks=3&suits=merged"),
                        "'@leduc?ranks=3&suits=merged'");
    assert_string_equal(dtn_words_argument(doc, "it's here.yaml"), "'it'\\''s here.yaml'");
    assert_string_equal(dtn_words_argument(doc, ""), "''");
    dtn_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(arguments_survive_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
