/* detente/base.h: context, statuses and outcomes shared by every part of the library. */
#ifndef DETENTE_BASE_H
#define DETENTE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DTN_API __attribute__((visibility("default")))
#define DTN_PRINTF(format_arg, first_arg) __attribute__((format(printf, format_arg, first_arg)))
#else
#define DTN_API
#define DTN_PRINTF(format_arg, first_arg)
#endif

#define DTN_VERSION_MAJOR 0
#define DTN_VERSION_MINOR 1
#define DTN_VERSION_PATCH 0
#define DTN_VERSION_STRING "0.1.0"

/* Did the call work? X(name, process exit code, sentence). */
#define DTN_STATUS_LIST(X)                                            \
    X(OK, 0, "success")                                               \
    X(NOMEM, 4, "out of memory")                                      \
    X(ARG, 2, "an argument is not acceptable")                        \
    X(PARSE, 2, "the input cannot be read")                           \
    X(IO, 2, "a file cannot be read or written")                      \
    X(DOMAIN, 2, "the question does not apply to this model")         \
    X(UNSUPPORTED, 2, "this build or method does not cover the case") \
    X(LIMIT, 3, "a limit on time or memory was reached")              \
    X(CANCELLED, 130, "interrupted")                                  \
    X(EXPECT, 1, "an expectation failed")                             \
    X(INTERNAL, 4, "internal error")

typedef enum dtn_status {
#define X(name, code, text) DTN_##name,
    DTN_STATUS_LIST(X)
#undef X
        DTN_STATUS_COUNT
} dtn_status;

/* What is the answer worth? Independent of dtn_status: a call may work and prove that nothing exists. */
typedef enum dtn_outcome {
    DTN_OUTCOME_COMPLETE, /* everything asked for was found, proved */
    DTN_OUTCOME_PARTIAL,  /* what is listed is right; more may exist */
    DTN_OUTCOME_NONE,     /* proved: there is none */
    DTN_OUTCOME_UNKNOWN   /* nothing found and nothing proved */
} dtn_outcome;

/* Name of a status ("PARSE"), its sentence, and the exit code a program should use for it. */
DTN_API const char *dtn_status_name(dtn_status status);
DTN_API const char *dtn_status_text(dtn_status status);
DTN_API int dtn_status_exit_code(dtn_status status);
/* "complete", "partial", "none", "unknown". */
DTN_API const char *dtn_outcome_name(dtn_outcome outcome);
/* Version of the library that is linked, e.g. "0.1.0". */
DTN_API const char *dtn_version(void);

/* "Did you mean": the nearest of count known words, at most a third of word's length (and at least one edit) away.
 * Borrowed from known; NULL: none is near. */
DTN_API const char *dtn_suggest_of(const char *word, const char *const *known, int count);

/* A context carries everything that would otherwise be global: last error, scratch memory, seed, limits,
 * progress and cancellation. Use one context per thread. */
typedef struct dtn_ctx dtn_ctx;

/* *out = a new context with default settings. Statuses: OK, NOMEM. Free with dtn_ctx_free. */
DTN_API dtn_status dtn_ctx_new(dtn_ctx **out);
/* Frees the context and the arithmetic library's caches of this thread. NULL is allowed. */
DTN_API void dtn_ctx_free(dtn_ctx *ctx);

/* Text of the last failure ("" when none). Borrowed: valid until the next failing call. */
DTN_API const char *dtn_ctx_error(const dtn_ctx *ctx);
/* Forget the last failure. */
DTN_API void dtn_ctx_clear_error(dtn_ctx *ctx);

/* Limits. seconds <= 0 and bytes == 0 mean no limit; the clock starts with the call. */
DTN_API void dtn_ctx_set_time_limit(dtn_ctx *ctx, double seconds);
DTN_API void dtn_ctx_set_memory_limit(dtn_ctx *ctx, size_t bytes);
DTN_API void dtn_ctx_set_threads(dtn_ctx *ctx, int threads); /* >= 1 */
DTN_API void dtn_ctx_set_seed(dtn_ctx *ctx, uint64_t seed);
/* Ask the work running with this context to stop soon. Safe from a signal handler or another thread. */
DTN_API void dtn_ctx_cancel(dtn_ctx *ctx);

/* Called now and then by long work: what is being done, share done in [0, 1] (negative: unknown). */
typedef void dtn_progress_fn(void *user, const char *stage, double share);
DTN_API void dtn_ctx_set_progress(dtn_ctx *ctx, dtn_progress_fn *fn, void *user);

/* Replaces the allocator of arenas made afterwards by this context (tests of out-of-memory behaviour).
 * realloc-like: fn(user, NULL, n) allocates, fn(user, p, 0) frees and returns NULL. */
typedef void *dtn_alloc_fn(void *user, void *old, size_t bytes);
DTN_API void dtn_ctx_set_allocator(dtn_ctx *ctx, dtn_alloc_fn *fn, void *user);

#ifdef __cplusplus
}
#endif
#endif
