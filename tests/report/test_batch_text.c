/* Streams of games: the same answers for any number of threads and any chunks, and lines before a fault are answered. */
#include "kit/games.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "detente/batch.h"

typedef struct tape {
    const char *from;
    size_t length, at, most; /* most: bytes a read gives at once */
    dtn_str out;
} tape;

static long give(void *user, char *bytes, size_t room)
{
    tape *t = user;
    size_t n = t->length - t->at;
    n = n < room ? n : room;
    n = n < t->most ? n : t->most;
    memcpy(bytes, t->from + t->at, n);
    t->at += n;
    return (long)n;
}

static bool take(void *user, const char *bytes, size_t length)
{
    tape *t = user;
    dtn_str_add_n(&t->out, bytes, length);
    return !t->out.failed;
}

/* What is written, in keep. */
static const char *answer(dtn_ctx *ctx, dtn_arena *keep, dtn_status wanted, const char *text, size_t most,
                          const dtn_batch_text_options *options, size_t *games)
{
    tape t = {.from = text, .length = strlen(text), .most = most, .out = dtn_str_in(keep)};
    assert_status(ctx, wanted, dtn_batch_text(ctx, games, options, give, take, &t));
    return dtn_str_done(&t.out);
}

/* Games of several sizes, comments and blank lines among them; 3 MB. */
static char *many_games(dtn_ctx *ctx, int lines)
{
    dtn_str s = dtn_str_in(ctx->scratch);
    uint64_t seed = 3;
    for (int i = 0; i < lines; i++) {
        int rows = 2 + (i / 1000) % 2, columns = 2 + (i / 3000) % 2;
        if (i % 777 == 5)
            dtn_str_add(&s, "# a comment\n\n");
        dtn_str_addf(&s, "%dx%d", rows, columns);
        for (int k = 0; k < 2 * rows * columns; k++)
            dtn_str_addf(&s, " %d", (int)(kit_random(&seed) % 40));
        dtn_str_add(&s, i + 1 < lines ? "\n" : "");
    }
    return dtn_str_done(&s);
}

static void threads_and_chunks(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *keep = dtn_arena_new(ctx);
    enum { LINES = 60000 };
    const char *text = many_games(ctx, LINES);
    assert_true(strlen(text) > 1500000);
    size_t games;
    const char *one = answer(ctx, keep, DTN_OK, text, 1 << 20, NULL, &games);
    assert_int_equal(games, LINES);
    static const int threads[] = {2, 8};
    for (int i = 0; i < 2; i++) {
        dtn_ctx_set_threads(ctx, threads[i]);
        const char *more = answer(ctx, keep, DTN_OK, text, i ? 4097 : 100000, NULL, &games);
        assert_int_equal(games, LINES);
        assert_true(strcmp(one, more) == 0);
    }
    assert_int_equal(ctx->threads, 8);
    dtn_arena_free(keep);
}

static void a_fault_ends_the_stream(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *keep = dtn_arena_new(ctx);
    char *text = many_games(ctx, 5000), *fault = text;
    for (int i = 0; i < 3210; i++)
        fault = strchr(fault, '\n') + 1;
    fault[4] = 'x';
    const char *first = NULL;
    static const int threads[] = {1, 2, 8};
    for (int i = 0; i < 3; i++) {
        size_t games;
        dtn_ctx_set_threads(ctx, threads[i]);
        dtn_batch_text_options options = {.name = "games.txt"};
        const char *said = answer(ctx, keep, DTN_PARSE, text, 1 << 20, &options, &games);
        assert_error_has(ctx, "games.txt:3211: found");
        first = first ? first : said;
        assert_string_equal(first, said);
        assert_null(strstr(said, "3211:"));
        assert_non_null(strstr(said, "\n3210: "));
    }
    dtn_arena_free(keep);
}

static void forms(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *keep = dtn_arena_new(ctx);
    size_t games;
    const char *text = "name,a11,a12,a21,a22,b11,b12,b21,b22\nsexes,3,0,0,2,2,0,0,3\n";
    dtn_batch_text_options o = {.probabilities = true};
    assert_string_equal(answer(ctx, keep, DTN_OK, text, 7, &o, &games),
                        "sexes: 1,0|1,0 0,1|0,1 3/5,2/5|2/5,3/5\n");
    o = (dtn_batch_text_options){.format = "csv"};
    assert_string_equal(answer(ctx, keep, DTN_OK, text, 7, &o, &games),
                        "game,equilibria,tied,supports\nsexes,3,0,10|10 01|01 11|11\n");
    o = (dtn_batch_text_options){.format = "json", .kernel = "plain"};
    assert_text_has(answer(ctx, keep, DTN_OK, text, 7, &o, &games),
                    "{\"game\":\"sexes\",\"tied\":false,\"equilibria\":[{\"rows\":[1],\"columns\":[1]}");
    o = (dtn_batch_text_options){.format = "svg"};
    answer(ctx, keep, DTN_ARG, text, 7, &o, &games);
    assert_string_equal(answer(ctx, keep, DTN_OK, "", 7, NULL, &games), "");
    assert_string_equal(answer(ctx, keep, DTN_OK, "\n# nothing\n", 7, NULL, &games), "");
    dtn_arena_free(keep);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_arena *keep = dtn_arena_new(ctx);
    if (!keep)
        return dtn_fail_nomem(ctx);
    tape t = {.from = user, .length = strlen(user), .most = 100, .out = dtn_str_in(keep)};
    dtn_batch_text_options o = {.probabilities = true};
    size_t games;
    dtn_status status = dtn_batch_text(ctx, &games, &o, give, take, &t);
    bool full = t.out.failed;
    dtn_arena_free(keep);
    return full ? dtn_fail_nomem(ctx) : status;
}

static void out_of_memory(void **state)
{
    (void)state;
    char text[] = "a11,a12,a21,a22,b11,b12,b21,b22\n3,0,0,2,2,0,0,3\n1/2,0,0,1,2,0,0,3\n";
    kit_memory_sweep(work, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(threads_and_chunks), kit_test(a_fault_ends_the_stream),
                                       kit_test(forms), kit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
