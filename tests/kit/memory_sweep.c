/* Out-of-memory sweep: fail the n-th allocation of the library's allocator, for every n. */
#include "kit/kit.h"

#include <stdlib.h>

typedef struct failing {
    long made, fail_at; /* fail_at 0: not armed */
} failing;

static void *failing_alloc(void *user, void *old, size_t bytes)
{
    failing *f = user;
    if (bytes == 0) {
        free(old);
        return NULL;
    }
    if (f->fail_at && ++f->made == f->fail_at) {
        return NULL;
    }
    return realloc(old, bytes);
}

long kit_memory_sweep(kit_work_fn *work, void *user)
{
    for (long n = 1;; n++) {
        failing f = {0};
        dtn_ctx *ctx = NULL;
        assert_int_equal(dtn_ctx_new(&ctx), DTN_OK);
        dtn_ctx_set_allocator(ctx, failing_alloc, &f);
        f.fail_at = n;
        dtn_status status = work(ctx, user);
        long made = f.made;
        if (made < n) {
            assert_ok(ctx, status);
            dtn_ctx_free(ctx);
            return made;
        }
        if (status != DTN_NOMEM || dtn_ctx_error(ctx)[0] == '\0') {
            fail_msg("allocation %ld failed, yet the work gave %s, \"%s\"", n, dtn_status_name(status),
                     dtn_ctx_error(ctx));
        }
        dtn_ctx_free(ctx);
    }
}
