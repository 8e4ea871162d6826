#include "kit/kit.h"

static void failure_keeps_message_and_status(void **state)
{
    dtn_ctx *ctx = *state;
    assert_string_equal(dtn_ctx_error(ctx), "");
    assert_status(ctx, DTN_PARSE,
                  dtn_fail(ctx, DTN_PARSE, "%s:%d: expected %d payoffs, found %d", "pd.nfg", 3, 6, 5));
    assert_string_equal(dtn_ctx_error(ctx), "pd.nfg:3: expected 6 payoffs, found 5");
    dtn_ctx_clear_error(ctx);
    assert_string_equal(dtn_ctx_error(ctx), "");
}

static dtn_status outer(dtn_ctx *ctx, int *reached)
{
    DTN_TRY(DTN_OK);
    *reached += 1;
    DTN_TRY(dtn_fail(ctx, DTN_DOMAIN, "inner"));
    *reached += 10;
    return DTN_OK;
}

static void try_returns_the_first_failure(void **state)
{
    int reached = 0;
    assert_status(*state, DTN_DOMAIN, outer(*state, &reached));
    assert_int_equal(reached, 1);
}

static void poll_sees_cancel_and_deadline(void **state)
{
    dtn_ctx *ctx = *state;
    assert_ok(ctx, dtn_ctx_poll(ctx));
    dtn_ctx_set_time_limit(ctx, 1e-9);
    double start = dtn_clock();
    while (dtn_clock() - start < 1e-6) {
    }
    assert_status(ctx, DTN_LIMIT, dtn_ctx_poll(ctx));
    dtn_ctx_set_time_limit(ctx, 0);
    assert_ok(ctx, dtn_ctx_poll(ctx));
    dtn_ctx_cancel(ctx);
    assert_status(ctx, DTN_CANCELLED, dtn_ctx_poll(ctx));
}

static void statuses_have_names_and_exit_codes(void **state)
{
    (void)state;
    assert_string_equal(dtn_status_name(DTN_PARSE), "PARSE");
    assert_int_equal(dtn_status_exit_code(DTN_OK), 0);
    assert_int_equal(dtn_status_exit_code(DTN_EXPECT), 1);
    assert_int_equal(dtn_status_exit_code(DTN_PARSE), 2);
    assert_int_equal(dtn_status_exit_code(DTN_LIMIT), 3);
    assert_int_equal(dtn_status_exit_code(DTN_INTERNAL), 4);
    assert_int_equal(dtn_status_exit_code(DTN_CANCELLED), 130);
    for (int s = 0; s < DTN_STATUS_COUNT; s++) {
        assert_true(dtn_status_text((dtn_status)s)[0] != '\0');
    }
    assert_string_equal(dtn_outcome_name(DTN_OUTCOME_UNKNOWN), "unknown");
    assert_string_equal(dtn_version(), DTN_VERSION_STRING);
}

static void free_takes_null(void **state)
{
    (void)state;
    dtn_ctx_free(NULL);
    dtn_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(failure_keeps_message_and_status), kit_test(try_returns_the_first_failure),
        kit_test(poll_sees_cancel_and_deadline),    cmocka_unit_test(statuses_have_names_and_exit_codes),
        cmocka_unit_test(free_takes_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
