/* Helpers shared by the unit tests. Include this first: it brings cmocka in the order cmocka wants. */
#ifndef DTN_TESTS_KIT_H
#define DTN_TESTS_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/ctx.h"
#include "num/rational.h"

/* The call worked; on failure prints its message. */
#define assert_ok(ctx, call) kit_assert_status((ctx), DTN_OK, (call), #call, __FILE__, __LINE__)
/* The call failed with this status. */
#define assert_status(ctx, wanted, call) kit_assert_status((ctx), (wanted), (call), #call, __FILE__, __LINE__)
/* The last failure's message contains these words. */
#define assert_error_has(ctx, words) kit_assert_has(dtn_ctx_error(ctx), (words), __FILE__, __LINE__)
#define assert_text_has(text, words) kit_assert_has((text), (words), __FILE__, __LINE__)
/* An exact rational equals its text: assert_fmpq_eq_str(x, "71/360"). Decimals are read exactly. */
#define assert_fmpq_eq_str(x, text) kit_assert_fmpq((x), (text), __FILE__, __LINE__)
#define assert_close(x, y, tolerance) kit_assert_close((x), (y), (tolerance), __FILE__, __LINE__)

void kit_assert_status(dtn_ctx *ctx, dtn_status wanted, dtn_status seen, const char *call, const char *file,
                       int line);
void kit_assert_has(const char *text, const char *words, const char *file, int line);
void kit_assert_fmpq(const fmpq *x, const char *text, const char *file, int line);
void kit_assert_close(double x, double y, double tolerance, const char *file, int line);

/* Fixtures for cmocka_unit_test_setup_teardown: *state is a fresh dtn_ctx. */
int kit_ctx_setup(void **state);
int kit_ctx_teardown(void **state);
#define kit_test(f) cmocka_unit_test_setup_teardown(f, kit_ctx_setup, kit_ctx_teardown)

/* Path of a file of the source tree, e.g. "tests/games/pd.nfg", in arena. */
const char *kit_source_path(dtn_arena *arena, const char *relative);
/* Its bytes, zero-terminated, in arena. length may be NULL. */
char *kit_read(dtn_arena *arena, const char *relative, size_t *length);

/* Out-of-memory sweep: runs work on fresh contexts, failing the 1st, 2nd, ... allocation until it runs
 * through without a failure. Each failing run must return NOMEM with a message; the sanitizer reports what it
 * leaks. Asserts that the last run succeeds. Returns the number of allocations of that run. */
typedef dtn_status kit_work_fn(dtn_ctx *ctx, void *user);
long kit_memory_sweep(kit_work_fn *work, void *user);

#endif
