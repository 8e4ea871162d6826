/* The functions of SQLite that store.c uses, found in the library when it is first needed. */
#ifndef DTN_FORMAT_STORE_LIBRARY_H
#define DTN_FORMAT_STORE_LIBRARY_H

#ifdef DTN_HAVE_SQLITE
#include <sqlite3.h>

#include "base/arena.h"

typedef struct dtn_sqlite {
    void *handle;
    int (*open)(const char *, sqlite3 **);
    int (*close)(sqlite3 *);
    int (*exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
    int (*prepare)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
    int (*step)(sqlite3_stmt *);
    int (*reset)(sqlite3_stmt *);
    int (*finalize)(sqlite3_stmt *);
    int (*bind_text)(sqlite3_stmt *, int, const char *, int, void (*)(void *));
    int (*bind_double)(sqlite3_stmt *, int, double);
    int (*bind_int64)(sqlite3_stmt *, int, sqlite3_int64);
    int (*bind_null)(sqlite3_stmt *, int);
    const unsigned char *(*column_text)(sqlite3_stmt *, int);
    double (*column_double)(sqlite3_stmt *, int);
    sqlite3_int64 (*column_int64)(sqlite3_stmt *, int);
    int (*column_type)(sqlite3_stmt *, int);
    const char *(*errmsg)(sqlite3 *);
    int (*busy_timeout)(sqlite3 *, int);
    char *(*mprintf)(const char *, ...);
    void (*free)(void *);
} dtn_sqlite;

/* Lives in arena, which closes the library again. UNSUPPORTED: it is not installed. */
dtn_status dtn_sqlite_load(dtn_ctx *ctx, dtn_arena *arena, const dtn_sqlite **out);
#endif

#endif
