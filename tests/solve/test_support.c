/* All equilibria by support: published games, closed forms for 2 x 2 x 2, agreement with `extreme`, oddness, invariances. */
#include "kit/games.h"

#include <math.h>

#include "solve/solver.h"

static const dtn_solve_options by_support = {.method = "support"};

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g)
{
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &by_support));
    for (int i = 0; i < r->count; i++)
        assert_true(r->item[i].certified);
    return r;
}

/* From integers by profile, player 1's strategy fastest, then player. */
static dtn_strategic *game(dtn_ctx *ctx, int players, const int *size, const int *payoff)
{
    size_t cells = (size_t)players;
    for (int p = 0; p < players; p++)
        cells *= (size_t)size[p];
    fmpq *exact = dtn_arena_fmpq(ctx->scratch, cells);
    for (size_t i = 0; i < cells; i++)
        fmpq_set_si(exact + i, payoff[i], 1);
    dtn_strategic *g;
    assert_ok(ctx, dtn_strategic_new(ctx, &g, "test", players, size, NULL, NULL, exact));
    return g;
}

static bool listed(const dtn_profiles *r, const char *const *sigma)
{
    fmpq_t x;
    fmpq_init(x);
    bool found = false;
    for (int i = 0; i < r->count && !found; i++) {
        found = true;
        for (int k = 0; k < r->width && found; k++) {
            fmpq_set_str(x, sigma[k], 10);
            found = fmpq_equal(x, r->item[i].sigma + k);
        }
    }
    fmpq_clear(x);
    return found;
}

/* R. McKelvey and A. McLennan, The maximal number of regular totally mixed Nash equilibria (1997): nine, two of them mixed by all. */
static void nine_equilibria(void **state)
{
    dtn_ctx *ctx = *state;
    static const int payoff[] = {9, 8, 12, 0, 0, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0, 3, 4, 6, 3, 4, 6, 0, 0, 0};
    static const char *const expected[9][6] = {
        {"1", "0", "1", "0", "1", "0"},
        {"1", "0", "0", "1", "0", "1"},
        {"0", "1", "1", "0", "0", "1"},
        {"0", "1", "0", "1", "1", "0"},
        {"0", "1", "1/4", "3/4", "1/3", "2/3"},
        {"1/3", "2/3", "1", "0", "1/4", "3/4"},
        {"1/2", "1/2", "1/2", "1/2", "1", "0"},
        {"2/5", "3/5", "1/2", "1/2", "1/3", "2/3"},
        {"1/2", "1/2", "2/5", "3/5", "1/4", "3/4"},
    };
    dtn_strategic *g = game(ctx, 3, (int[]){2, 2, 2}, payoff);
    dtn_profiles *r = solve(ctx, g);
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(r->count, 9);
    for (int i = 0; i < 9; i++)
        assert_true(listed(r, expected[i]));
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* R. Nau, S. Gomez Canovas, P. Hansen, On the geometry of Nash equilibria and correlated equilibria (2004): three pure
 * equilibria, two incompletely mixed ones, and a continuum of completely mixed ones, which is named. */
static void continuum_is_named(void **state)
{
    dtn_ctx *ctx = *state;
    static const int payoff[] = {0, 0, 2, 3, 0, 0, 0, 3, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
    dtn_strategic *g = game(ctx, 3, (int[]){2, 2, 2}, payoff);
    dtn_profiles *r = solve(ctx, g);
    assert_int_equal(r->count, 5);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    assert_text_has(r->note, "{1, 2} {1, 2} {1, 2}");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* --- 2 x 2 x 2 in closed form ---------------------------------------------------------------------- */

/* U(strategy 2) - U(strategy 1) of p = a + b x + c y + d x y, x and y the others' probabilities of strategy 2, in order. */
static void difference(const dtn_strategic *g, int p, double *out)
{
    static const size_t step[] = {1, 2, 4};
    size_t x = step[p == 0], y = step[p == 2 ? 1 : 2], own = step[p];
    double value[4];
    for (size_t k = 0; k < 4; k++) {
        size_t at = (k & 1) * x + (k >> 1) * y;
        value[k] = dtn_payoffs_double(&g->payoff, at + own, (size_t)p) -
                   dtn_payoffs_double(&g->payoff, at, (size_t)p);
    }
    out[0] = value[0];
    out[1] = value[1] - value[0];
    out[2] = value[2] - value[0];
    out[3] = value[3] - value[2] - value[1] + value[0];
}

static double advantage(const dtn_strategic *g, int p, const double *x)
{
    double d[4], a = x[p == 0], b = x[p == 2 ? 1 : 2];
    difference(g, p, d);
    return d[0] + d[1] * a + d[2] * b + d[3] * a * b;
}

/* Is x (probabilities of strategy 2) an equilibrium, given that interior players are indifferent? Margins show ties. */
static bool holds(const dtn_strategic *g, const double *x)
{
    for (int p = 0; p < 3; p++) {
        double gain = advantage(g, p, x);
        if (x[p] > 0 && x[p] < 1)
            assert_true(fabs(gain) < 1e-6);
        else if (fabs(gain) < 1e-9)
            return false;
        else if ((x[p] == 0 && gain > 0) || (x[p] == 1 && gain < 0))
            return false;
    }
    return true;
}

/* All equilibria of a game without ties; out [count][3]. */
static int closed_form(const dtn_strategic *g, double out[][3])
{
    int count = 0;
    for (int k = 0; k < 8; k++) {
        double x[3] = {k & 1, k >> 1 & 1, k >> 2};
        if (holds(g, x))
            for (int p = 0; p < 3; p++)
                out[count][p] = x[p], count += p == 2;
    }
    double d[3][4];
    for (int p = 0; p < 3; p++)
        difference(g, p, d[p]);
    for (int fixed = 0; fixed < 3; fixed++)
        for (int value = 0; value < 2; value++) {
            int a = fixed == 0, b = fixed == 2 ? 1 : 2;
            double x[3];
            x[fixed] = value;
            /* Player b's indifference gives a's mixture, and the other way round. */
            for (int side = 0; side < 2; side++) {
                int of = side ? a : b, mix = side ? b : a;
                const double *e = d[of];
                bool mix_first = mix == (of == 0);
                double slope = (mix_first ? e[1] : e[2]) + e[3] * value;
                x[mix] = -(e[0] + (mix_first ? e[2] : e[1]) * value) / slope;
            }
            if (x[a] > 0 && x[a] < 1 && x[b] > 0 && x[b] < 1 && holds(g, x))
                for (int p = 0; p < 3; p++)
                    out[count][p] = x[p], count += p == 2;
        }
    /* All mix: x1 from player 2's equation and x0 from player 3's are fractions in x2 and x1 ...: x1(x2) by player 1, x0(x2) by
     * player 2; player 3's then is a quadratic in x2. */
    const double *e = d[0], *f = d[1], *h = d[2];
    /* x1 = -(e0 + e2 t) / (e1 + e3 t), x0 = -(f0 + f2 t) / (f1 + f3 t); h0 + h1 x0 + h2 x1 + h3 x0 x1 = 0. */
    double n1[2] = {-e[0], -e[2]}, m1[2] = {e[1], e[3]}, n0[2] = {-f[0], -f[2]}, m0[2] = {f[1], f[3]},
           q[3] = {0};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            q[i + j] +=
                h[0] * m0[i] * m1[j] + h[1] * n0[i] * m1[j] + h[2] * m0[i] * n1[j] + h[3] * n0[i] * n1[j];
    double root = q[1] * q[1] - 4 * q[2] * q[0];
    for (int sign = -1; sign <= 1 && root > 0; sign += 2) {
        double t = (-q[1] + sign * sqrt(root)) / (2 * q[2]);
        double x[3] = {(n0[0] + n0[1] * t) / (m0[0] + m0[1] * t), (n1[0] + n1[1] * t) / (m1[0] + m1[1] * t),
                       t};
        if (x[0] > 0 && x[0] < 1 && x[1] > 0 && x[1] < 1 && t > 0 && t < 1)
            for (int p = 0; p < 3; p++)
                out[count][p] = x[p], count += p == 2;
    }
    return count;
}

static void two_by_two_by_two_in_closed_form(void **state)
{
    dtn_ctx *ctx = *state;
    int irrational = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, seed, 100000);
        dtn_profiles *r = solve(ctx, g);
        double expected[32][3];
        int count = closed_form(g, expected);
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(r->count, count);
        for (int i = 0; i < r->count; i++) {
            double nearest = 1;
            for (int k = 0; k < count; k++) {
                double away = 0;
                for (int p = 0; p < 3; p++)
                    away =
                        fmax(away, fabs(expected[k][p] - dtn_rational_double(r->item[i].sigma + 2 * p + 1)));
                nearest = fmin(nearest, away);
            }
            assert_true(nearest < 1e-7);
            irrational += r->item[i].radius > 0;
        }
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
    assert_true(irrational > 20);
}

/* --- agreement and invariance ---------------------------------------------------------------------- */

static bool contains(const dtn_profiles *r, const fmpq *sigma)
{
    for (int i = 0; i < r->count; i++) {
        bool same = true;
        for (int k = 0; k < r->width && same; k++)
            same = fmpq_equal(r->item[i].sigma + k, sigma + k);
        if (same)
            return true;
    }
    return false;
}

/* Two players: exactly the extreme equilibria, ties or not. */
static void two_players_match_extreme(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        int size[2] = {2 + (int)(seed % 4), 2 + (int)(seed / 4 % 3)};
        dtn_strategic *g = kit_random_game(ctx, 2, size, seed, (int[]){2, 3, 5, 1000}[seed / 3 % 4]);
        dtn_profiles *r = solve(ctx, g), *extreme;
        assert_ok(ctx, dtn_solve_strategic(ctx, &extreme, g, &(dtn_solve_options){.method = "extreme"}));
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(r->count, extreme->count);
        for (int i = 0; i < r->count; i++)
            assert_true(contains(extreme, r->item[i].sigma));
        dtn_profiles_free(r);
        dtn_profiles_free(extreme);
        dtn_strategic_free(g);
    }
}

/* R. Wilson, SIAM J. Appl. Math. 21 (1971): almost all games have an odd number of equilibria. */
static void oddly_many(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][5] = {{3, 3, 3}, {2, 2, 2, 2}, {2, 3, 4}, {4, 2, 2}, {2, 2, 2, 2, 2}};
    static const int players[] = {3, 4, 3, 3, 5};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        dtn_strategic *g = kit_random_game(ctx, players[seed % 5], sizes[seed % 5], seed, 1000000);
        dtn_profiles *r = solve(ctx, g);
        assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(r->count % 2, 1);
        dtn_profiles_free(r);
        dtn_strategic_free(g);
    }
}

/* The players in another order, and payoffs a + b u with b > 0: the same equilibria. */
static void invariances(void **state)
{
    dtn_ctx *ctx = *state;
    static const int size[] = {3, 2, 3}, order[] = {2, 0, 1};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, size, seed, 500), *h;
        int other[3];
        fmpq *payoff = dtn_arena_fmpq(ctx->scratch, g->profiles * 3);
        for (int p = 0; p < 3; p++)
            other[p] = size[order[p]];
        for (size_t i = 0; i < g->profiles; i++) {
            size_t s[3] = {i % 3, i / 3 % 2, i / 6};
            size_t to = s[order[0]] + (size_t)other[0] * (s[order[1]] + (size_t)other[1] * s[order[2]]);
            for (int p = 0; p < 3; p++) {
                fmpq *x = payoff + to * 3 + (size_t)p;
                fmpq_set(x, dtn_payoffs_at(&g->payoff, i * 3 + (size_t)order[p]).q);
                fmpq_mul_ui(x, x, 3 + (ulong)p);
                fmpq_div_fmpz(x, x, (fmpz[]){7});
                fmpq_sub_ui(x, x, 11);
            }
        }
        assert_ok(ctx, dtn_strategic_new(ctx, &h, "permuted", 3, other, NULL, NULL, payoff));
        dtn_profiles *r = solve(ctx, g), *q = solve(ctx, h);
        assert_int_equal(r->count, q->count);
        for (int i = 0; i < r->count; i++) {
            double nearest = 1;
            for (int k = 0; k < q->count; k++) {
                double away = 0;
                for (int p = 0; p < 3; p++)
                    for (int s = 0; s < other[p]; s++)
                        away =
                            fmax(away, fabs(dtn_rational_double(q->item[k].sigma + q->first[p] + s) -
                                            dtn_rational_double(r->item[i].sigma + r->first[order[p]] + s)));
                nearest = fmin(nearest, away);
            }
            assert_true(nearest < 1e-12);
        }
        dtn_profiles_free(r);
        dtn_profiles_free(q);
        dtn_strategic_free(g);
        dtn_strategic_free(h);
    }
}

/* Games with many ties: every pure equilibrium is listed, everything listed is certified, what is missing is named. */
static void ties(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 3, 2}, seed, 3);
        dtn_profiles *r = solve(ctx, g), *pure;
        assert_ok(ctx, dtn_solve_strategic(ctx, &pure, g, &(dtn_solve_options){.method = "pure"}));
        for (int i = 0; i < pure->count; i++)
            assert_true(contains(r, pure->item[i].sigma));
        assert_int_equal(r->outcome != DTN_OUTCOME_COMPLETE, r->note != NULL);
        dtn_profiles_free(r);
        dtn_profiles_free(pure);
        dtn_strategic_free(g);
    }
}

/* --- limits ------------------------------------------------------------------------------------------ */

static void too_few_cells(void **state)
{
    dtn_ctx *ctx = *state;
    static const int payoff[] = {9, 8, 12, 0, 0, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0, 3, 4, 6, 3, 4, 6, 0, 0, 0};
    dtn_strategic *g = game(ctx, 3, (int[]){2, 2, 2}, payoff);
    dtn_profiles *r;
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "cells", "1"));
    dtn_solve_options o = {.method = "support", .more = &more};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_true(r->outcome == DTN_OUTCOME_PARTIAL || r->outcome == DTN_OUTCOME_UNKNOWN);
    assert_text_has(r->note, "not decided within 1 cells");
    dtn_profiles_free(r);
    o = (dtn_solve_options){.method = "support", .first = 1};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->count, 1);
    assert_int_equal(r->outcome, DTN_OUTCOME_PARTIAL);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, user, &by_support));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, 12, 4);
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(nine_equilibria),
        kit_test(continuum_is_named),
        kit_test(two_by_two_by_two_in_closed_form),
        kit_test(oddly_many),
        kit_test(two_players_match_extreme),
        kit_test(invariances),
        kit_test(ties),
        kit_test(too_few_cells),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
