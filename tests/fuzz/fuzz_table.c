/* Any bytes as a table, a .gmcr file and a JSON game. What can be read is written, and what is written can be read again and gives the
 * same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"
#include "format/write.h"

enum { SMALL = 4096 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static dtn_status write_model(dtn_ctx *ctx, dtn_str *out, const dtn_model *m)
{
    return m->strategic ? dtn_strategic_json_write(ctx, out, m->strategic)
                        : dtn_tree_json_write(ctx, out, m->tree);
}

static void as(dtn_ctx *ctx, const char *name, const char *bytes, size_t size)
{
    dtn_model *m = NULL, *again = NULL;
    dtn_status status = dtn_model_parse(ctx, &m, NULL, name, bytes, size);
    if (status != DTN_OK) {
        require(dtn_ctx_error(ctx)[0]);
        return;
    }
    dtn_arena *arena = dtn_arena_new(ctx);
    bool small = (m->strategic && !m->strategic->graph && m->strategic->profiles <= SMALL) ||
                 (m->tree && m->tree->nodes <= SMALL);
    if (arena && small && size < 20000) {
        dtn_str once = dtn_str_in(arena), twice = dtn_str_in(arena);
        require(write_model(ctx, &once, m) == DTN_OK);
        status = dtn_model_parse(ctx, &again, NULL, "again.json", once.data, once.length);
        /* A number as 21e99999 has more digits once it is written out than a reader takes. */
        require(status == DTN_OK || once.length > 50000);
        if (status == DTN_OK)
            status = write_model(ctx, &twice, again);
        require(status != DTN_OK || once.length > 50000 ||
                (once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0));
        dtn_model_free(again);
    }
    dtn_arena_free(arena);
    dtn_model_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_time_limit(ctx, 2);
    as(ctx, "fuzz.csv", (const char *)data, size);
    as(ctx, "fuzz.gmcr", (const char *)data, size);
    dtn_ctx_free(ctx);
    return 0;
}
