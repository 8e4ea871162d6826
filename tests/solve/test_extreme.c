/* All extreme equilibria: published counts, structure of degenerate games, brute force over supports. */
#include "kit/games.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "solve/solver.h"
#include "solve/verify.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g)
{
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &(dtn_solve_options){.method = "extreme"}));
    assert_string_equal(r->method, "extreme");
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    for (int i = 0; i < r->count; i++)
        assert_true(r->item[i].certified);
    return r;
}

static void battle_of_the_sexes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 0, 2}, (int[]){2, 0, 0, 3});
    dtn_profiles *r = solve(ctx, g);
    assert_int_equal(r->count, 3);
    assert_int_equal(r->components, 3);
    assert_int_equal(r->subsets, 3);
    assert_fmpq_eq_str(r->item[0].sigma, "1");
    assert_fmpq_eq_str(r->item[1].sigma, "3/5");
    assert_fmpq_eq_str(r->item[1].sigma + 2, "2/5");
    assert_fmpq_eq_str(r->item[2].sigma, "0");
    assert_int_equal(r->item[0].index, 1);
    assert_int_equal(r->item[1].index, -1);
    assert_int_equal(r->item[2].index, 1);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* von Stengel's 6 x 6 game with 75 equilibria, more than the 63 of the coordination game. */
static void seventy_five(void **state)
{
    dtn_ctx *ctx = *state;
    static const int a[36] = {9504,    -660,     19976,   -20526,   1776,   -8976,   -111771, 31680,
                              -130944, 168124,   -8514,   52764,    397584, -113850, 451176,  -586476,
                              29216,   -178761,  171204,  -45936,   208626, -263076, 14124,   -84436,
                              1303104, -453420,  1227336, -1718376, 72336,  -461736, 737154,  -227040,
                              774576,  -1039236, 48081,   -300036};
    static const int order[6] = {4, 5, 2, 3, 0, 1};
    int b[36];
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            b[i * 6 + j] = a[order[j] * 6 + order[i]];
    dtn_strategic *g = kit_bimatrix(ctx, 6, 6, a, b);
    dtn_profiles *r = solve(ctx, g);
    assert_int_equal(r->count, 75);
    assert_int_equal(r->components, 75);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void coordination_games(void **state)
{
    dtn_ctx *ctx = *state;
    for (int n = 1; n <= 7; n++) {
        int a[49] = {0};
        for (int i = 0; i < n; i++)
            a[i * n + i] = 1;
        dtn_strategic *g = kit_bimatrix(ctx, n, n, a, a);
        dtn_profiles *r = solve(ctx, g);
        assert_int_equal(r->count, (1 << n) - 1);
        assert_int_equal(r->components, r->count);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* Every pair of strategies is an equilibrium: one component, one subset, m n extreme equilibria. */
static void indifference(void **state)
{
    dtn_ctx *ctx = *state;
    int zero[80] = {0};
    dtn_strategic *g = kit_bimatrix(ctx, 8, 10, zero, zero);
    dtn_profiles *r = solve(ctx, g);
    assert_int_equal(r->count, 80);
    assert_int_equal(r->components, 1);
    assert_int_equal(r->subsets, 1);
    assert_int_equal(r->subset->count[0], 8);
    assert_int_equal(r->subset->count[1], 10);
    assert_int_equal(r->subset->dimension[0], 7);
    assert_int_equal(r->subset->dimension[1], 9);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Game (3.7) of Winkels' kind: player 2 indifferent at the first row, so a segment of 2's strategies supports it. */
static void a_segment(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, 1, 0, 2}, (int[]){1, 1, 0, 1});
    dtn_profiles *r = solve(ctx, g);
    /* (1, any y with y2 <= 1/2) and (x, 2nd) only with x = second row: pure (2, 2); at y2 = 1/2 player 1 is indifferent,
     * but 2 prefers the second column as soon as row 2 is played. */
    assert_int_equal(r->count, 3);
    assert_int_equal(r->components, 2);
    assert_int_equal(r->subsets, 2);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* --- brute force ---------------------------------------------------------------------------------- */

/* Solves the square system in rows of n + 1 numbers (last: right-hand side) by elimination. false: singular. */
static bool eliminate(fmpq *row, int n)
{
    fmpq_t factor;
    fmpq_init(factor);
    bool regular = true;
    for (int k = 0; k < n && regular; k++) {
        int p = k;
        while (p < n && fmpq_is_zero(row + p * (n + 1) + k))
            p++;
        regular = p < n;
        for (int j = 0; regular && j <= n; j++)
            fmpq_swap(row + k * (n + 1) + j, row + p * (n + 1) + j);
        for (int i = 0; regular && i < n; i++) {
            if (i == k || fmpq_is_zero(row + i * (n + 1) + k))
                continue;
            fmpq_div(factor, row + i * (n + 1) + k, row + k * (n + 1) + k);
            for (int j = k; j <= n; j++)
                fmpq_submul(row + i * (n + 1) + j, factor, row + k * (n + 1) + j);
        }
    }
    for (int k = 0; k < n && regular; k++)
        fmpq_div(row + k * (n + 1) + n, row + k * (n + 1) + n, row + k * (n + 1) + k);
    fmpq_clear(factor);
    return regular;
}

/* The strategy of player q on support own that makes the strategies in support other of the opponent indifferent, if it is
 * unique and positive there. out [strategies of q]. */
static bool indifferent(dtn_ctx *ctx, const dtn_strategic *g, int q, unsigned own, unsigned other, fmpq *out)
{
    int k = __builtin_popcount(own), n = k + 1, mine[8], theirs[8], a = 0, b = 0;
    for (int s = 0; s < 8; s++) {
        if (own >> s & 1)
            mine[a++] = s;
        if (other >> s & 1)
            theirs[b++] = s;
        if (s < g->strategies[q])
            fmpq_zero(out + s);
    }
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpq *row = dtn_arena_fmpq(ctx->scratch, (size_t)(n * (n + 1)));
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
            int r = q == 0 ? mine[j] : theirs[i], c = q == 0 ? theirs[i] : mine[j];
            fmpq_set(row + i * (n + 1) + j,
                     dtn_payoffs_at(&g->payoff, 2 * (r + g->strategies[0] * c) + (1 - q)).q);
        }
        fmpq_set_si(row + i * (n + 1) + k, -1, 1);
    }
    for (int j = 0; j < k; j++)
        fmpq_one(row + k * (n + 1) + j);
    fmpq_one(row + k * (n + 1) + n);
    bool good = eliminate(row, n);
    for (int j = 0; j < k && good; j++) {
        fmpq_set(out + mine[j], row + j * (n + 1) + n);
        good = fmpq_sgn(out + mine[j]) > 0;
    }
    dtn_arena_release(ctx->scratch, mark);
    return good;
}

/* Number of equilibria of a nondegenerate game: all pairs of supports of equal size. */
static int by_supports(dtn_ctx *ctx, const dtn_strategic *g)
{
    int m = g->strategies[0], n = g->strategies[1], found = 0;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, (size_t)(m + n)), *judged = dtn_arena_fmpq(ctx->scratch, 4);
    for (unsigned s = 1; s < 1u << m; s++)
        for (unsigned t = 1; t < 1u << n; t++) {
            if (__builtin_popcount(s) != __builtin_popcount(t) || !indifferent(ctx, g, 0, s, t, x) ||
                !indifferent(ctx, g, 1, t, s, x + m))
                continue;
            assert_ok(ctx, dtn_verify_strategic(ctx, judged, judged + 2, g, x));
            found += fmpq_is_zero(judged + 2) && fmpq_is_zero(judged + 3);
        }
    return found;
}

static void random_games_match_supports(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        int size[2] = {2 + (int)(seed % 4), 2 + (int)(seed / 4 % 4)};
        dtn_strategic *g = kit_random_game(ctx, 2, size, seed, 1000000);
        dtn_profiles *r = solve(ctx, g);
        assert_int_equal(r->count, by_supports(ctx, g));
        assert_int_equal(r->count % 2, 1); /* Wilson's oddness */
        int sum = 0;
        for (int i = 0; i < r->count; i++)
            sum += r->item[i].index;
        assert_int_equal(sum, 1);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* --- invariances ---------------------------------------------------------------------------------- */

/* The same game with players exchanged, or strategies reversed and payoffs changed affinely. */
static dtn_strategic *disguised(dtn_ctx *ctx, const dtn_strategic *g, bool swap)
{
    int m = g->strategies[0], n = g->strategies[1];
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 2 * g->profiles);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            for (int p = 0; p < 2; p++) {
                dtn_number from = dtn_payoffs_at(&g->payoff, 2 * (i + m * j) + p);
                fmpq *to =
                    swap ? payoff + 2 * (j + n * i) + 1 - p : payoff + 2 * (m - 1 - i + m * (n - 1 - j)) + p;
                fmpq_set(to, from.q);
                if (!swap) {
                    fmpq_div_2exp(to, to, 3);
                    fmpq_add_si(to, to, p ? -7 : 1000);
                }
            }
    dtn_strategic *out;
    int size[2] = {swap ? n : m, swap ? m : n};
    assert_ok(ctx, dtn_strategic_new(ctx, &out, "disguised", 2, size, NULL, NULL, payoff));
    return out;
}

/* Degenerate payoffs: counts, components and subsets survive renaming, exchange of players, and change of units. */
static void invariances(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        int size[2] = {3 + (int)(seed % 4), 3 + (int)(seed / 4 % 3)};
        dtn_strategic *g = kit_random_game(ctx, 2, size, seed, 2 + (int)(seed % 3));
        dtn_profiles *r = solve(ctx, g);
        for (int swap = 0; swap < 2; swap++) {
            dtn_strategic *h = disguised(ctx, g, swap);
            dtn_profiles *s = solve(ctx, h);
            assert_int_equal(r->count, s->count);
            assert_int_equal(r->components, s->components);
            assert_int_equal(r->subsets, s->subsets);
            dtn_profiles_free(s);
            dtn_strategic_free(h);
        }
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* Every maximal Nash subset is one: products of its vertices are listed equilibria, and every listed one lies in some subset. */
static void subsets_cover(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){5, 5}, seed, 2);
        dtn_profiles *r = solve(ctx, g);
        int *covered = calloc((size_t)r->count + 1, sizeof *covered);
        for (int k = 0; k < r->subsets; k++)
            for (int i = 0; i < r->subset[k].count[0]; i++)
                for (int j = 0; j < r->subset[k].count[1]; j++) {
                    int at = 0;
                    while (at < r->count && (r->item[at].vertex[0] != r->subset[k].vertex[0][i] ||
                                             r->item[at].vertex[1] != r->subset[k].vertex[1][j]))
                        at++;
                    assert_true(at < r->count);
                    assert_int_equal(r->item[at].component, r->subset[k].component);
                    covered[at] = 1;
                }
        for (int i = 0; i < r->count; i++)
            assert_true(covered[i]);
        free(covered);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* --- an independent program ----------------------------------------------------------------------- */

/* Number of extreme equilibria by lrsnash, -1 when it is not installed. */
static int by_lrsnash(const dtn_strategic *g)
{
    char name[] = "/tmp/dtn_lrsnash_XXXXXX", command[128], line[512];
    int file = mkstemp(name);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");
    assert_non_null(out);
    int m = g->strategies[0], n = g->strategies[1], found = -1;
    fprintf(out, "%d %d\n", m, n);
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                fprintf(out, "%d%c", (int)g->payoff.integer[2 * (i + m * j) + p], j + 1 < n ? ' ' : '\n');
    fclose(out);
    snprintf(command, sizeof command, "lrsnash -s %s 2>/dev/null", name);
    FILE *in = popen(command, "r");
    while (in && fgets(line, sizeof line, in)) {
        const char *at = strstr(line, "Number of equilibria found:");
        if (at)
            found = atoi(strchr(at, ':') + 1);
    }
    if (in)
        pclose(in);
    remove(name);
    return found;
}

static void counts_match_lrsnash(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        int size[2] = {2 + (int)(seed % 5), 2 + (int)(seed / 5 % 5)};
        dtn_strategic *g = kit_random_game(ctx, 2, size, seed, (int[]){2, 3, 5, 1000}[seed % 4]);
        dtn_profiles *r = solve(ctx, g);
        int expected = by_lrsnash(g), count = r->count;
        dtn_profiles_free(r);
        dtn_strategic_free(g);
        if (expected < 0) {
            print_message("lrsnash is not installed: its comparison is left out\n");
            skip();
        }
        assert_int_equal(count, expected);
    }
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &(dtn_solve_options){.method = "extreme"}));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){4, 4}, 3, 2);
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

static bool cancel_at_three(void *user, const dtn_profile *profile)
{
    (void)profile;
    static int seen;
    if (++seen == 3)
        dtn_ctx_cancel(user);
    return true;
}

/* An interrupted search keeps what it found. */
static void interruption_keeps_the_found(void **state)
{
    dtn_ctx *ctx = *state;
    int a[64] = {0};
    for (int i = 0; i < 8; i++)
        a[9 * i] = 1;
    dtn_strategic *g = kit_bimatrix(ctx, 8, 8, a, a);
    dtn_profiles *r;
    dtn_solve_options o = {.method = "extreme", .profile_sink = cancel_at_three, .user = ctx};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->stopped, DTN_CANCELLED);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    assert_int_equal(r->count, 3);
    assert_true(r->item[2].certified);
    assert_text_has(r->note, "interrupted");
    assert_int_equal(r->components, -1);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static void first_ones_only(void **state)
{
    dtn_ctx *ctx = *state;
    int a[36] = {0};
    for (int i = 0; i < 6; i++)
        a[7 * i] = 1;
    dtn_strategic *g = kit_bimatrix(ctx, 6, 6, a, a);
    dtn_profiles *r;
    dtn_solve_options o = {.method = "extreme", .first = 4};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->count, 4);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    assert_int_equal(r->components, -1);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(battle_of_the_sexes), kit_test(seventy_five),  kit_test(coordination_games),
        kit_test(indifference),        kit_test(a_segment),     kit_test(random_games_match_supports),
        kit_test(invariances),         kit_test(subsets_cover), kit_test(counts_match_lrsnash),
        kit_test(first_ones_only),     kit_test(out_of_memory), kit_test(interruption_keeps_the_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
