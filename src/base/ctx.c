/* Context: last error, scratch memory, limits, cancellation, progress. */
#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <flint/flint.h>

static void *system_alloc(void *user, void *old, size_t bytes)
{
    (void)user;
    if (bytes == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, bytes);
}

double dtn_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

dtn_status dtn_ctx_new(dtn_ctx **out)
{
    *out = NULL;
    dtn_ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx)
        return DTN_NOMEM;
    ctx->threads = 1;
    ctx->seed = 1;
    ctx->alloc = system_alloc;
    ctx->scratch = dtn_arena_new(ctx);
    if (!ctx->scratch) {
        free(ctx);
        return DTN_NOMEM;
    }
    *out = ctx;
    return DTN_OK;
}

void dtn_ctx_free(dtn_ctx *ctx)
{
    if (!ctx)
        return;
    dtn_arena_free(ctx->scratch);
    free(ctx);
    flint_cleanup();
}

const char *dtn_ctx_error(const dtn_ctx *ctx)
{
    return ctx->error;
}

void dtn_ctx_clear_error(dtn_ctx *ctx)
{
    ctx->error[0] = '\0';
    ctx->status = DTN_OK;
}

void dtn_ctx_set_time_limit(dtn_ctx *ctx, double seconds)
{
    ctx->deadline = seconds > 0 ? dtn_clock() + seconds : 0;
}

void dtn_ctx_set_memory_limit(dtn_ctx *ctx, size_t bytes)
{
    ctx->memory_limit = bytes;
}

void dtn_ctx_set_threads(dtn_ctx *ctx, int threads)
{
    ctx->threads = threads < 1 ? 1 : threads;
}

void dtn_ctx_set_seed(dtn_ctx *ctx, uint64_t seed)
{
    ctx->seed = seed;
}

void dtn_ctx_cancel(dtn_ctx *ctx)
{
    atomic_store(&ctx->cancelled, true);
}

void dtn_ctx_set_progress(dtn_ctx *ctx, dtn_progress_fn *fn, void *user)
{
    ctx->progress = fn;
    ctx->progress_user = user;
}

void dtn_ctx_set_allocator(dtn_ctx *ctx, dtn_alloc_fn *fn, void *user)
{
    /* The scratch arena must be given back to the allocator that it came from. */
    dtn_arena_free(ctx->scratch);
    ctx->alloc = fn ? fn : system_alloc;
    ctx->alloc_user = user;
    ctx->scratch = dtn_arena_new(ctx);
}

dtn_status dtn_fail(dtn_ctx *ctx, dtn_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(ctx->error, sizeof ctx->error, format, args);
    va_end(args);
    ctx->status = status;
    return status;
}

dtn_status dtn_fail_nomem(dtn_ctx *ctx)
{
    if (ctx->memory_limit && atomic_load(&ctx->memory_used) > ctx->memory_limit / 2)
        return dtn_fail(ctx, DTN_LIMIT, "the memory limit of %zu bytes was reached", ctx->memory_limit);
    return dtn_fail(ctx, DTN_NOMEM, "out of memory");
}

dtn_status dtn_ctx_poll(dtn_ctx *ctx)
{
    if (atomic_load_explicit(&ctx->cancelled, memory_order_relaxed))
        return dtn_fail(ctx, DTN_CANCELLED, "interrupted");
    if (ctx->deadline > 0 && dtn_clock() > ctx->deadline)
        return dtn_fail(ctx, DTN_LIMIT, "the time limit was reached");
    return DTN_OK;
}

dtn_ctx_pause dtn_ctx_pause_limits(dtn_ctx *ctx)
{
    dtn_ctx_pause pause = {ctx->deadline, atomic_exchange(&ctx->cancelled, false)};
    ctx->deadline = 0;
    return pause;
}

void dtn_ctx_resume_limits(dtn_ctx *ctx, dtn_ctx_pause pause)
{
    ctx->deadline = pause.deadline;
    if (pause.cancelled)
        atomic_store(&ctx->cancelled, true);
}

void dtn_ctx_report(dtn_ctx *ctx, const char *stage, double share)
{
    if (ctx->progress)
        ctx->progress(ctx->progress_user, stage, share);
}
