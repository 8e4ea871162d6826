#include "kit/kit.h"

#include <string.h>

#include "base/str.h"

static void text_grows(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_str s = dtn_str_in(ctx->scratch);
    assert_string_equal(dtn_str_done(&s), "");
    for (int i = 0; i < 1000; i++)
        dtn_str_addf(&s, "%d,", i % 10);
    assert_int_equal(s.length, 2000);
    dtn_str_truncate(&s, 3);
    dtn_str_insert(&s, 0, "<");
    dtn_str_add_repeated(&s, '-', 3);
    dtn_str_add_char(&s, '>');
    dtn_str_insert(&s, 4, "!");
    assert_string_equal(dtn_str_done(&s), "<0,1!--->");
}

static dtn_status grow(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_str s = dtn_str_in(ctx->scratch);
    dtn_str_add_repeated(&s, 'x', 100000);
    return dtn_str_done(&s) ? DTN_OK : dtn_fail_nomem(ctx);
}

static void failure_is_remembered(void **state)
{
    (void)state;
    kit_memory_sweep(grow, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(text_grows), cmocka_unit_test(failure_is_remembered)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
