/* Helpers shared by the unit tests: assertions that print what went wrong, fixtures, files. */
#include "kit/kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kit_assert_status(dtn_ctx *ctx, dtn_status wanted, dtn_status seen, const char *call, const char *file,
                       int line)
{
    if (seen != wanted) {
        print_error("%s gave %s, not %s: %s\n", call, dtn_status_name(seen), dtn_status_name(wanted),
                    ctx ? dtn_ctx_error(ctx) : "");
        _fail(file, line);
    }
}

void kit_assert_has(const char *text, const char *words, const char *file, int line)
{
    if (!text || !strstr(text, words)) {
        print_error("\"%s\" is not in \"%s\"\n", words, text ? text : "(null)");
        _fail(file, line);
    }
}

void kit_assert_fmpq(const fmpq *x, const char *text, const char *file, int line)
{
    fmpq_t wanted;
    fmpq_init(wanted);
    bool read = dtn_rational_parse(wanted, text, strlen(text)), equal = read && fmpq_equal(x, wanted);
    fmpq_clear(wanted);
    if (!equal) {
        char *seen = fmpq_get_str(NULL, 10, x);
        print_error("%s, not %s%s\n", seen, text, read ? "" : " (which is no number)");
        flint_free(seen);
        _fail(file, line);
    }
}

void kit_assert_close(double x, double y, double tolerance, const char *file, int line)
{
    if (!(fabs(x - y) <= tolerance)) {
        print_error("%.17g and %.17g differ by more than %g\n", x, y, tolerance);
        _fail(file, line);
    }
}

int kit_ctx_setup(void **state)
{
    dtn_ctx *ctx = NULL;
    dtn_status status = dtn_ctx_new(&ctx);
    *state = ctx;
    return status != DTN_OK;
}

int kit_ctx_teardown(void **state)
{
    dtn_ctx_free(*state);
    return 0;
}

const char *kit_source_path(dtn_arena *arena, const char *relative)
{
    const char *root = getenv("SOURCE");
    const char *path = dtn_arena_printf(arena, "%s/%s", root ? root : ".", relative);
    assert_non_null(path);
    return path;
}

char *kit_read(dtn_arena *arena, const char *relative, size_t *length)
{
    const char *path = kit_source_path(arena, relative);
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail_msg("%s cannot be read", path);
    }
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *text = dtn_arena_alloc(arena, (size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    fclose(file);
    if (length) {
        *length = (size_t)size;
    }
    return text;
}
