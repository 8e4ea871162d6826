/* Rows of results in an SQLite file.
 *
 * Method: three tables: `run` (key, value), `variable` (position, name, column, type) and `point` (id and the columns). A write-ahead log
 *   keeps committed rows through kill -9; ON CONFLICT DO NOTHING makes doing a row twice harmless.
 * Cost: some microseconds a row. The library is loaded when the first file is opened (decision 3). */
#include "format/store.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "format/store_library.h"

#ifdef DTN_HAVE_SQLITE

struct dtn_store {
    dtn_arena *arena;
    const dtn_sqlite *lib;
    sqlite3 *db;
    sqlite3_stmt *insert;
    const char *path;
    const dtn_store_column *column;
    const char **name;    /* [columns] in the table: SQL takes delta and Delta for one */
    dtn_store_cell *cell; /* [columns] of a row that is read */
    int columns;
};

static dtn_status fail(dtn_ctx *ctx, const dtn_store *s)
{
    return dtn_fail(ctx, DTN_IO, "%s: %s", s->path, s->lib->errmsg(s->db));
}

static dtn_status execute(dtn_ctx *ctx, dtn_store *s, const char *sql)
{
    return s->lib->exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DTN_OK : fail(ctx, s);
}

/* name in double quotes, those in it doubled. */
static void add_name(dtn_str *str, const char *name)
{
    dtn_str_add_char(str, '"');
    for (; *name; name++) {
        if (*name == '"')
            dtn_str_add_char(str, '"');
        dtn_str_add_char(str, *name);
    }
    dtn_str_add_char(str, '"');
}

/* Names that differ when letters are taken without regard to case: _ behind those that would not. */
static dtn_status make_names(dtn_ctx *ctx, dtn_store *s)
{
    DTN_ALLOC(ctx, s->arena, s->name, s->columns);
    for (int i = 0; i < s->columns; i++) {
        s->name[i] = s->column[i].name;
        for (int k = 0; k <= i && s->name[i]; k++)
            if (strcasecmp(k < i ? s->name[k] : "id", s->name[i]) == 0) {
                s->name[i] = dtn_arena_printf(s->arena, "%s_", s->name[i]);
                k = -1;
            }
        if (!s->name[i])
            return dtn_fail_nomem(ctx);
    }
    return DTN_OK;
}

static dtn_status make_tables(dtn_ctx *ctx, dtn_store *s)
{
    static const char *const type[] = {"REAL", "INTEGER", "TEXT"};
    dtn_str str = dtn_str_in(ctx->scratch);
    DTN_TRY(execute(ctx, s,
                    "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
                    "CREATE TABLE IF NOT EXISTS variable (position INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                    "column TEXT NOT NULL, type TEXT NOT NULL);"));
    dtn_str_add(&str, "CREATE TABLE IF NOT EXISTS point (id INTEGER PRIMARY KEY");
    for (int i = 0; i < s->columns; i++) {
        dtn_str_add(&str, ", ");
        add_name(&str, s->name[i]);
        dtn_str_addf(&str, " %s", type[s->column[i].type]);
    }
    dtn_str_add(&str, ")");
    const char *sql = dtn_str_done(&str);
    if (!sql)
        return dtn_fail_nomem(ctx);
    DTN_TRY(execute(ctx, s, sql));
    for (int i = 0; i < s->columns; i++) {
        char *row = s->lib->mprintf("INSERT INTO variable VALUES (%d, %Q, %Q, %Q) ON CONFLICT DO NOTHING", i,
                                    s->column[i].name, s->name[i], type[s->column[i].type]);
        if (!row)
            return dtn_fail_nomem(ctx);
        dtn_status status = execute(ctx, s, row);
        s->lib->free(row);
        DTN_TRY(status);
    }
    return DTN_OK;
}

/* Compares a fact with the one in the file; writes it where there is none. */
static dtn_status check_fact(dtn_ctx *ctx, dtn_store *s, const dtn_store_fact *fact)
{
    sqlite3_stmt *find, *add;
    dtn_status status = DTN_OK;
    if (s->lib->prepare(s->db, "SELECT value FROM run WHERE key = ?1", -1, &find, NULL) != SQLITE_OK)
        return fail(ctx, s);
    s->lib->bind_text(find, 1, fact->key, -1, SQLITE_STATIC);
    bool known = s->lib->step(find) == SQLITE_ROW;
    const char *there = known ? (const char *)s->lib->column_text(find, 0) : NULL;
    if (known && (!there || strcmp(there, fact->value) != 0))
        status = dtn_fail(
            ctx, DTN_ARG,
            "%s holds another sweep: its %s is \"%s\", asked is \"%s\". Give another file, or remove it",
            s->path, fact->key, there ? there : "", fact->value);
    s->lib->finalize(find);
    if (known || status != DTN_OK)
        return status;
    if (s->lib->prepare(s->db, "INSERT INTO run VALUES (?1, ?2)", -1, &add, NULL) != SQLITE_OK)
        return fail(ctx, s);
    s->lib->bind_text(add, 1, fact->key, -1, SQLITE_STATIC);
    s->lib->bind_text(add, 2, fact->value, -1, SQLITE_STATIC);
    if (s->lib->step(add) != SQLITE_DONE)
        status = fail(ctx, s);
    s->lib->finalize(add);
    return status;
}

static dtn_status prepare_insert(dtn_ctx *ctx, dtn_store *s)
{
    dtn_str str = dtn_str_in(ctx->scratch);
    dtn_str_add(&str, "INSERT INTO point VALUES (?1");
    for (int i = 0; i < s->columns; i++)
        dtn_str_addf(&str, ", ?%d", i + 2);
    dtn_str_add(&str, ") ON CONFLICT DO NOTHING");
    const char *sql = dtn_str_done(&str);
    if (!sql)
        return dtn_fail_nomem(ctx);
    return s->lib->prepare(s->db, sql, -1, &s->insert, NULL) == SQLITE_OK ? DTN_OK : fail(ctx, s);
}

static dtn_status set_up(dtn_ctx *ctx, dtn_store *s, const dtn_store_fact *fact, int facts)
{
    if (s->lib->open(s->path, &s->db) != SQLITE_OK)
        return fail(ctx, s);
    s->lib->busy_timeout(s->db, 5000);
    DTN_TRY(execute(ctx, s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"));
    DTN_TRY(execute(ctx, s, "BEGIN IMMEDIATE"));
    DTN_TRY(execute(ctx, s, "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, value TEXT NOT NULL)"));
    for (int i = 0; i < facts; i++)
        DTN_TRY(check_fact(ctx, s, &fact[i]));
    DTN_TRY(make_names(ctx, s));
    DTN_TRY(make_tables(ctx, s));
    DTN_TRY(execute(ctx, s, "COMMIT"));
    return prepare_insert(ctx, s);
}

dtn_status dtn_store_open(dtn_ctx *ctx, dtn_store **out, const char *path, const dtn_store_fact *fact,
                          int facts, const dtn_store_column *column, int columns)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_store *s = arena ? dtn_arena_array(arena, 1, sizeof *s) : NULL;
    if (!s) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *s = (dtn_store){
        .arena = arena, .path = dtn_arena_strdup(arena, path), .column = column, .columns = columns};
    s->cell = dtn_arena_array(arena, (size_t)columns, sizeof *s->cell);
    dtn_status status = s->path && s->cell ? dtn_sqlite_load(ctx, arena, &s->lib) : dtn_fail_nomem(ctx);
    if (status == DTN_OK)
        status = set_up(ctx, s, fact, facts);
    if (status != DTN_OK) {
        dtn_store_close(s);
        return status;
    }
    *out = s;
    return DTN_OK;
}

dtn_status dtn_store_begin(dtn_ctx *ctx, dtn_store *s)
{
    return execute(ctx, s, "BEGIN IMMEDIATE");
}

dtn_status dtn_store_commit(dtn_ctx *ctx, dtn_store *s)
{
    return execute(ctx, s, "COMMIT");
}

dtn_status dtn_store_put(dtn_ctx *ctx, dtn_store *s, int64_t id, const dtn_store_cell *cell)
{
    s->lib->bind_int64(s->insert, 1, id);
    for (int i = 0; i < s->columns; i++) {
        if (!cell[i].known)
            s->lib->bind_null(s->insert, i + 2);
        else if (s->column[i].type == DTN_STORE_TEXT)
            s->lib->bind_text(s->insert, i + 2, cell[i].text, -1, SQLITE_STATIC);
        else if (s->column[i].type == DTN_STORE_INTEGER)
            s->lib->bind_int64(s->insert, i + 2, (int64_t)cell[i].number);
        else
            s->lib->bind_double(s->insert, i + 2, cell[i].number);
    }
    bool done = s->lib->step(s->insert) == SQLITE_DONE;
    s->lib->reset(s->insert);
    return done ? DTN_OK : fail(ctx, s);
}

static dtn_status read_rows(dtn_ctx *ctx, dtn_store *s, sqlite3_stmt *all, dtn_store_row_fn *fn, void *user)
{
    int step;
    while ((step = s->lib->step(all)) == SQLITE_ROW) {
        for (int i = 0; i < s->columns; i++) {
            dtn_store_cell *c = &s->cell[i];
            *c = (dtn_store_cell){.known = s->lib->column_type(all, i + 1) != SQLITE_NULL};
            if (c->known && s->column[i].type == DTN_STORE_TEXT)
                c->text = (const char *)s->lib->column_text(all, i + 1);
            else if (c->known)
                c->number = s->lib->column_double(all, i + 1);
            if (c->known && s->column[i].type == DTN_STORE_TEXT && !c->text)
                return dtn_fail_nomem(ctx);
        }
        DTN_TRY(fn(ctx, user, s->lib->column_int64(all, 0), s->cell));
    }
    return step == SQLITE_DONE ? DTN_OK : fail(ctx, s);
}

dtn_status dtn_store_each(dtn_ctx *ctx, dtn_store *s, dtn_store_row_fn *fn, void *user)
{
    sqlite3_stmt *all;
    if (s->lib->prepare(s->db, "SELECT * FROM point ORDER BY id", -1, &all, NULL) != SQLITE_OK)
        return fail(ctx, s);
    dtn_status status = read_rows(ctx, s, all, fn, user);
    s->lib->finalize(all);
    return status;
}

void dtn_store_close(dtn_store *s)
{
    if (!s)
        return;
    if (s->lib) {
        s->lib->finalize(s->insert);
        s->lib->close(s->db);
    }
    dtn_arena_free(s->arena);
}

#else /* built without SQLite */

dtn_status dtn_store_open(dtn_ctx *ctx, dtn_store **out, const char *path, const dtn_store_fact *fact,
                          int facts, const dtn_store_column *column, int columns)
{
    (void)path, (void)fact, (void)facts, (void)column, (void)columns;
    *out = NULL;
    return dtn_fail(ctx, DTN_UNSUPPORTED, "this build of detente keeps no results in SQLite files");
}

dtn_status dtn_store_begin(dtn_ctx *ctx, dtn_store *store)
{
    (void)store;
    return dtn_fail(ctx, DTN_INTERNAL, "no store");
}

dtn_status dtn_store_commit(dtn_ctx *ctx, dtn_store *store)
{
    return dtn_store_begin(ctx, store);
}

dtn_status dtn_store_put(dtn_ctx *ctx, dtn_store *store, int64_t id, const dtn_store_cell *cell)
{
    (void)id, (void)cell;
    return dtn_store_begin(ctx, store);
}

dtn_status dtn_store_each(dtn_ctx *ctx, dtn_store *store, dtn_store_row_fn *fn, void *user)
{
    (void)fn, (void)user;
    return dtn_store_begin(ctx, store);
}

void dtn_store_close(dtn_store *store)
{
    (void)store;
}

#endif
