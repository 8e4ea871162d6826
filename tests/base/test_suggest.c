/* The nearest known word. */
#include "kit/kit.h"

#include <string.h>

#include "base/suggest.h"

static void distances(void **state)
{
    (void)state;
    assert_int_equal(dtn_word_distance("bond", "bond"), 0);
    assert_int_equal(dtn_word_distance("Bond", "bond"), 0);
    assert_int_equal(dtn_word_distance("bnod", "bond"), 1); /* a swap is one edit */
    assert_int_equal(dtn_word_distance("bnd", "bond"), 1);
    assert_int_equal(dtn_word_distance("", "abc"), 3);
    assert_int_equal(dtn_word_distance("kitten", "sitting"), 3);
    assert_int_equal(dtn_word_distance("ca", "abc"),
                     3); /* alignment, not full Damerau: a swapped pair is not split */
}

static void suggestions(void **state)
{
    (void)state;
    static const char *const verbs[] = {"solve", "stability", "credibility", "bind", "rests", "verify"};
    assert_string_equal(dtn_suggest_of("slove", verbs, 6), "solve");
    assert_string_equal(dtn_suggest_of("credibilty", verbs, 6), "credibility");
    assert_string_equal(dtn_suggest_of("SOLVE", verbs, 6), "solve");
    assert_null(dtn_suggest_of("banana", verbs, 6));
    assert_null(dtn_suggest_of("solve", verbs, 0));
    char far[200];
    memset(far, 'x', sizeof far - 1);
    far[sizeof far - 1] = '\0';
    assert_null(dtn_suggest_of(far, verbs, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances),
        cmocka_unit_test(suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
