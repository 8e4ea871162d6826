/* The context's inside and the two words of error handling: dtn_fail and DTN_TRY. */
#ifndef DTN_BASE_CTX_H
#define DTN_BASE_CTX_H

#include <stdatomic.h>

#include "base/arena.h"
#include "detente/base.h"

struct dtn_ctx {
    char error[2048];
    dtn_status status;  /* of the last failure */
    dtn_arena *scratch; /* temporaries; marked and released by whoever dispatches work */
    uint64_t seed;
    int threads;
    double deadline;     /* monotonic seconds; <= 0: none */
    size_t memory_limit; /* bytes over all arenas of this context; 0: none */
    _Atomic size_t memory_used, memory_peak;
    atomic_bool cancelled;
    dtn_progress_fn *progress;
    void *progress_user;
    dtn_alloc_fn *alloc;
    void *alloc_user;
};

/* Records the message (printf style) and returns status, so that `return dtn_fail(...)` reads well. */
dtn_status dtn_fail(dtn_ctx *ctx, dtn_status status, const char *format, ...) DTN_PRINTF(3, 4);
/* NOMEM, or LIMIT when it was the context's memory limit that refused. */
dtn_status dtn_fail_nomem(dtn_ctx *ctx);

#define DTN_TRY(call)                        \
    do {                                     \
        dtn_status dtn_try_status_ = (call); \
        if (dtn_try_status_ != DTN_OK)       \
            return dtn_try_status_;          \
    } while (0)

/* OK, or CANCELLED / LIMIT (time) with its message. Costs a clock read: call it every few microseconds of work. */
dtn_status dtn_ctx_poll(dtn_ctx *ctx);
/* Work that was cut short still finishes and verifies what it holds: limits and cancellation sleep between pause and
 * resume. Keep the work in between bounded. */
typedef struct dtn_ctx_pause {
    double deadline;
    bool cancelled;
} dtn_ctx_pause;
dtn_ctx_pause dtn_ctx_pause_limits(dtn_ctx *ctx);
void dtn_ctx_resume_limits(dtn_ctx *ctx, dtn_ctx_pause pause);
/* Tells the progress callback, if any. */
void dtn_ctx_report(dtn_ctx *ctx, const char *stage, double share);
/* Monotonic seconds. */
double dtn_clock(void);

#endif
