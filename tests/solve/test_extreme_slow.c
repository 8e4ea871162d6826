/* The solver extreme on large games, and profile by profile against an independent program. */
#include "kit/games.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/solver.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g)
{
    dtn_profiles *r;
    dtn_solve_options o = {.method = "extreme"};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    return r;
}

/* Counts by lrsnash. On these games fixed tolerances have counted wrong. */
static void known_counts(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *name;
        int count;
    } known[] = {{"tests/solve/games/random-19.nfg", 192},
                 {"tests/solve/games/hard-14.nfg", 1},
                 {"tests/solve/games/cyclic-14.nfg", 6863},
                 {"tests/solve/games/many-14.nfg", 11775}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        dtn_model *model;
        dtn_diags *diags;
        assert_ok(ctx, dtn_model_read(ctx, &model, &diags, kit_source_path(ctx->scratch, known[i].name)));
        dtn_diags_free(diags);
        dtn_profiles *r = solve(ctx, model->strategic);
        assert_int_equal(r->count, known[i].count);
        dtn_profiles_free(r);
        dtn_model_free(model);
    }
}

/* --- lrsnash -------------------------------------------------------------------------------------- */

static FILE *run_lrsnash(const dtn_strategic *g, char *name)
{
    char command[128];
    int file = mkstemp(name);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");
    assert_non_null(out);
    int m = g->strategies[0], n = g->strategies[1];
    fprintf(out, "%d %d\n", m, n);
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                fprintf(out, "%d%c", (int)g->payoff.integer[2 * (i + m * j) + p], j + 1 < n ? ' ' : '\n');
    fclose(out);
    snprintf(command, sizeof command, "lrsnash %s 2>/dev/null", name);
    return popen(command, "r");
}

/* The probabilities on a line "2  1/2  0  1/2  payoff". */
static void read_strategy(fmpq *out, char *line, int strategies)
{
    strtok(line, " \n");
    for (int s = 0; s < strategies; s++) {
        const char *word = strtok(NULL, " \n");
        assert_non_null(word);
        assert_true(dtn_rational_parse(out + s, word, strlen(word)));
    }
}

static bool listed(const dtn_profiles *r, const fmpq *sigma)
{
    for (int i = 0; i < r->count; i++) {
        int k = 0;
        while (k < r->width && fmpq_equal(r->item[i].sigma + k, sigma + k))
            k++;
        if (k == r->width)
            return true;
    }
    return false;
}

/* Every equilibrium that lrsnash prints is listed, and the numbers are equal; -1: there is no lrsnash. */
static int compare(dtn_ctx *ctx, const dtn_strategic *g, const dtn_profiles *r)
{
    char name[] = "/tmp/dtn_lrsnash_XXXXXX", line[4096];
    int m = g->strategies[0], n = g->strategies[1], replies = 0, found = -1, pairs = 0;
    fmpq *y = dtn_arena_fmpq(ctx->scratch, (size_t)(256 * n)),
         *sigma = dtn_arena_fmpq(ctx->scratch, (size_t)(m + n));
    FILE *in = run_lrsnash(g, name);
    /* A group is some strategies of player 2, then the strategy of player 1 with which each is an equilibrium. */
    while (in && fgets(line, sizeof line, in)) {
        const char *at = strstr(line, "Number of equilibria found:");
        if (at)
            found = atoi(strchr(at, ':') + 1);
        if (line[0] == '2' && line[1] == ' ' && replies < 256)
            read_strategy(y + replies++ * n, line, n);
        if (line[0] != '1' || line[1] != ' ')
            continue;
        read_strategy(sigma, line, m);
        for (int k = 0; k < replies; k++, pairs++) {
            for (int s = 0; s < n; s++)
                fmpq_set(sigma + m + s, y + k * n + s);
            assert_true(listed(r, sigma));
        }
        replies = 0;
    }
    if (in)
        pclose(in);
    remove(name);
    if (found >= 0) {
        assert_int_equal(found, r->count);
        assert_int_equal(pairs, found);
    }
    return found;
}

static void five_hundred_games(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        int size[2] = {2 + (int)(seed % 7), 2 + (int)(seed / 7 % 7)};
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_strategic *g = kit_random_game(ctx, 2, size, seed, (int[]){2, 3, 4, 10, 1000}[seed % 5]);
        dtn_profiles *r = solve(ctx, g);
        int found = compare(ctx, g, r);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
        dtn_arena_release(ctx->scratch, mark);
        if (found < 0) {
            print_message("lrsnash is not installed: its comparison is left out\n");
            skip();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(known_counts),
        kit_test(five_hundred_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
