#include "kit/kit.h"

#include <string.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    dtn_arena *arena = dtn_arena_new(*state);
    for (size_t bytes = 0; bytes < 10000; bytes = bytes * 2 + 1) {
        unsigned char *p = dtn_arena_alloc(arena, bytes);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % (bytes >= 64 ? 64 : 16), 0);
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xa5, bytes);
    }
    dtn_arena_free(arena);
}

static void overflowing_arrays_are_refused(void **state)
{
    dtn_arena *arena = dtn_arena_new(*state);
    assert_null(dtn_arena_array(arena, SIZE_MAX / 8, 16));
    assert_null(dtn_arena_alloc(arena, SIZE_MAX - 3));
    dtn_arena_free(arena);
}

static int order[8], ran;

static void remember(void *object, size_t count)
{
    (void)object;
    order[ran++] = (int)count;
}

static void release_runs_later_cleanups_in_reverse(void **state)
{
    dtn_arena *arena = dtn_arena_new(*state);
    ran = 0;
    assert_true(dtn_arena_defer(arena, remember, NULL, 1));
    dtn_arena_mark mark = dtn_arena_save(arena);
    size_t before = dtn_arena_bytes(arena);
    assert_true(dtn_arena_defer(arena, remember, NULL, 2));
    assert_non_null(dtn_arena_alloc(arena, 1 << 20));
    assert_true(dtn_arena_defer(arena, remember, NULL, 3));
    dtn_arena_release(arena, mark);
    assert_int_equal(ran, 2);
    assert_int_equal(order[0], 3);
    assert_int_equal(order[1], 2);
    assert_int_equal(dtn_arena_bytes(arena), before);
    dtn_arena_free(arena);
    assert_int_equal(ran, 3);
    assert_int_equal(order[2], 1);
}

static void printf_writes_whole_text(void **state)
{
    dtn_arena *arena = dtn_arena_new(*state);
    assert_string_equal(dtn_arena_printf(arena, "%s:%d", "game.nfg", 14), "game.nfg:14");
    assert_string_equal(dtn_arena_strndup(arena, "accept", 3), "acc");
    assert_null(dtn_arena_strdup(arena, NULL));
    dtn_arena_free(arena);
}

static void memory_limit_is_a_limit_not_a_crash(void **state)
{
    dtn_ctx *ctx = *state;
    size_t before = ctx->memory_used;
    dtn_ctx_set_memory_limit(ctx, 100000);
    dtn_arena *arena = dtn_arena_new(ctx);
    int blocks = 0;
    while (dtn_arena_alloc(arena, 4000)) {
        blocks++;
    }
    assert_in_range(blocks, 5, 25);
    assert_status(ctx, DTN_LIMIT, dtn_fail_nomem(ctx));
    assert_error_has(ctx, "100000 bytes");
    dtn_arena_free(arena);
    assert_int_equal(ctx->memory_used, before);
}

static dtn_status fill(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    for (int i = 0; i < 40; i++) {
        char *p;
        DTN_ALLOC(ctx, ctx->scratch, p, 3000);
        fmpq *x;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 5);
        fmpq_set_si(x + i % 5, 1, 3);
        fmpz_one_2exp(fmpq_numref(x), 200); /* a big number, so that a lost clean-up leaks */
    }
    dtn_arena_release(ctx->scratch, mark);
    return DTN_OK;
}

static void every_failing_allocation_is_reported(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(fill, NULL) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(memory_is_zeroed_and_aligned),
        kit_test(overflowing_arrays_are_refused),
        kit_test(release_runs_later_cleanups_in_reverse),
        kit_test(printf_writes_whole_text),
        kit_test(memory_limit_is_a_limit_not_a_crash),
        cmocka_unit_test(every_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
