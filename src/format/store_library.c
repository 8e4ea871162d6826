/* SQLite, opened on first use (decision 3). */
#include "format/store_library.h"

#include "base/ctx.h"

#ifdef DTN_HAVE_SQLITE
#include <dlfcn.h>
#include <string.h>

/* ISO C has no conversion from a data pointer to a function pointer; POSIX says that their bytes may be copied. */
static bool find(void *handle, const char *name, void *function)
{
    void *address = dlsym(handle, name);
    memcpy(function, &address, sizeof address);
    return address != NULL;
}

static void close_library(void *object, size_t count)
{
    (void)count;
    dlclose(((dtn_sqlite *)object)->handle);
}

dtn_status dtn_sqlite_load(dtn_ctx *ctx, dtn_arena *arena, const dtn_sqlite **out)
{
    dtn_sqlite *s;
    DTN_ALLOC(ctx, arena, s, 1);
    s->handle = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!s->handle)
        return dtn_fail(ctx, DTN_UNSUPPORTED,
                        "results in a file need SQLite, which is not installed (on Debian: apt-get install "
                        "libsqlite3-0)");
    if (!dtn_arena_defer(arena, close_library, s, 1)) {
        dlclose(s->handle);
        return dtn_fail_nomem(ctx);
    }
    const struct {
        const char *name;
        void *function;
    } wanted[] = {
        {"sqlite3_open", &s->open},
        {"sqlite3_close", &s->close},
        {"sqlite3_exec", &s->exec},
        {"sqlite3_prepare_v2", &s->prepare},
        {"sqlite3_step", &s->step},
        {"sqlite3_reset", &s->reset},
        {"sqlite3_finalize", &s->finalize},
        {"sqlite3_bind_text", &s->bind_text},
        {"sqlite3_bind_double", &s->bind_double},
        {"sqlite3_bind_int64", &s->bind_int64},
        {"sqlite3_bind_null", &s->bind_null},
        {"sqlite3_column_text", &s->column_text},
        {"sqlite3_column_double", &s->column_double},
        {"sqlite3_column_int64", &s->column_int64},
        {"sqlite3_column_type", &s->column_type},
        {"sqlite3_errmsg", &s->errmsg},
        {"sqlite3_busy_timeout", &s->busy_timeout},
        {"sqlite3_mprintf", &s->mprintf},
        {"sqlite3_free", &s->free},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!find(s->handle, wanted[i].name, wanted[i].function))
            return dtn_fail(ctx, DTN_UNSUPPORTED, "the SQLite library lacks %s: a newer one is needed",
                            wanted[i].name);
    *out = s;
    return DTN_OK;
}
#endif
