/* Rows in a file: they come back as they went in, once; another run's file is refused. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/store.h"

static const dtn_store_column column[] = {{"delta", DTN_STORE_REAL},
                                          {"Delta", DTN_STORE_REAL},
                                          {"id", DTN_STORE_INTEGER},
                                          {"say \"it\"", DTN_STORE_TEXT}};
static const dtn_store_fact facts[] = {{"points", "7"}, {"model", "a"}},
                            other[] = {{"points", "7"}, {"model", "b"}};

typedef struct seen {
    int rows;
    int64_t id[4];
    double delta[4], Delta[4];
    bool known[4];
} seen;

static dtn_status look(dtn_ctx *ctx, void *user, int64_t id, const dtn_store_cell *cell)
{
    seen *s = user;
    (void)ctx;
    s->id[s->rows] = id;
    s->delta[s->rows] = cell[0].number;
    s->Delta[s->rows] = cell[1].number;
    s->known[s->rows] = cell[2].known;
    assert_true(cell[2].known ? cell[2].number == 12 : true);
    assert_string_equal(cell[3].text, "it's");
    s->rows++;
    return DTN_OK;
}

static void rows_come_back(void **state)
{
    dtn_ctx *ctx = *state;
    char folder[] = "/tmp/detente-store-XXXXXX", path[64];
    dtn_store *store;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/rows.sqlite", folder);
    dtn_store_cell row[] = {{true, 0.1, NULL}, {true, 1.0 / 3, NULL}, {true, 12, NULL}, {true, 0, "it's"}};
    dtn_status opened = dtn_store_open(ctx, &store, path, facts, 2, column, 4);
    if (opened == DTN_UNSUPPORTED) { /* no SQLite here */
        assert_error_has(ctx, "SQLite");
        rmdir(folder);
        return;
    }
    assert_ok(ctx, opened);
    assert_ok(ctx, dtn_store_begin(ctx, store));
    assert_ok(ctx, dtn_store_put(ctx, store, 5, row));
    row[2].known = false;
    assert_ok(ctx, dtn_store_put(ctx, store, 2, row));
    assert_ok(ctx, dtn_store_commit(ctx, store));
    assert_ok(ctx, dtn_store_begin(ctx, store));
    row[0].number = 9; /* the row is there: it stays */
    assert_ok(ctx, dtn_store_put(ctx, store, 5, row));
    assert_ok(ctx, dtn_store_commit(ctx, store));
    assert_ok(ctx, dtn_store_begin(ctx, store)); /* what is not committed is lost */
    assert_ok(ctx, dtn_store_put(ctx, store, 6, row));
    dtn_store_close(store);
    assert_ok(ctx, dtn_store_open(ctx, &store, path, facts, 2, column, 4));
    seen s = {0};
    assert_ok(ctx, dtn_store_each(ctx, store, look, &s));
    dtn_store_close(store);
    assert_int_equal(s.rows, 2);
    assert_int_equal(s.id[0], 2);
    assert_int_equal(s.id[1], 5);
    assert_true(s.delta[1] == 0.1 && s.Delta[1] == 1.0 / 3 && s.known[1] && !s.known[0]);
    assert_status(ctx, DTN_ARG, dtn_store_open(ctx, &store, path, other, 2, column, 4));
    assert_error_has(ctx, "its model is \"a\", asked is \"b\"");
    assert_int_equal(unlink(path), 0);
    assert_status(ctx, DTN_IO, dtn_store_open(ctx, &store, folder, facts, 2, column, 4));
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(rows_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
