/* Any bytes as a stream of games. It is answered in full, or a fault names its line; nothing else is said. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ctx.h"
#include "detente/batch.h"

typedef struct tape {
    const uint8_t *data;
    size_t left;
} tape;

static long give(void *user, char *bytes, size_t room)
{
    tape *t = user;
    size_t n = t->left < room ? t->left : room;
    if (n)
        memcpy(bytes, t->data, n);
    t->data += n;
    t->left -= n;
    return (long)n;
}

static bool take(void *user, const char *bytes, size_t length)
{
    (void)user;
    return length > 0 && bytes != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_time_limit(ctx, 2);
    tape t = {data, size};
    size_t games;
    dtn_batch_text_options options = {.probabilities = size % 2, .name = "fuzz"};
    dtn_status status = dtn_batch_text(ctx, &games, &options, give, take, &t);
    if (status != DTN_OK && status != DTN_LIMIT &&
        (status != DTN_PARSE || strncmp(dtn_ctx_error(ctx), "fuzz:", 5) != 0))
        abort();
    dtn_ctx_free(ctx);
    return 0;
}
