/* Families of two-player games of any size: coordination, rock-paper-scissors, random payoffs; written as .nfg files. */
#include "format/catalogue.h"

/* --- coordination -------------------------------------------------------------------------------- */

static const dtn_option_spec size_only[] = {{"n", "N", "3", "actions of each player, 1 to 100", false}, {0}};

static dtn_status coordination(dtn_ctx *ctx, dtn_str *out, const dtn_options *given)
{
    long n;
    DTN_TRY(dtn_setting(ctx, &n, given, &size_only[0], 1, 100));
    dtn_str_addf(out, "NFG 1 R \"Coordination on %ld actions\" { \"1\" \"2\" } { %ld %ld }\n", n, n, n);
    for (long j = 0; j < n; j++)
        for (long i = 0; i < n; i++)
            dtn_str_add(out, i == j ? "1 1\n" : "0 0\n");
    return DTN_OK;
}

const dtn_generator dtn_generator_coordination = {
    "coordination", "Both want to do the same; 2^n - 1 equilibria", size_only, coordination, NULL};

/* --- rock, paper, scissors ----------------------------------------------------------------------- */

static const dtn_option_spec cyclic_options[] = {
    {"n", "N", "3", "actions of each player, odd, 3 to 99", false}, {0}};

static dtn_status cyclic(dtn_ctx *ctx, dtn_str *out, const dtn_options *given)
{
    long n;
    DTN_TRY(dtn_setting(ctx, &n, given, &cyclic_options[0], 3, 99));
    if (n % 2 == 0)
        return dtn_fail(ctx, DTN_ARG, "@cyclic: found n=%ld, expected an odd number", n);
    dtn_str_addf(out, "NFG 1 R \"Rock, paper, scissors on %ld actions\" { \"1\" \"2\" } { %ld %ld }\n", n, n,
                 n);
    for (long j = 0; j < n; j++)
        for (long i = 0; i < n; i++) {
            long ahead = (i - j + n) % n; /* beats those up to (n - 1) / 2 behind */
            int win = ahead == 0 ? 0 : ahead <= (n - 1) / 2 ? 1 : -1;
            dtn_str_addf(out, "%d %d\n", win, -win);
        }
    return DTN_OK;
}

const dtn_generator dtn_generator_cyclic = {
    "cyclic", "Rock, paper, scissors on n actions: the only equilibrium is uniform", cyclic_options, cyclic,
    NULL};

/* --- random payoffs ------------------------------------------------------------------------------ */

static const dtn_option_spec random_options[] = {{"rows", "M", "3", "actions of player 1, 1 to 100", false},
                                                 {"columns", "N", "3", "actions of player 2, 1 to 100", false},
                                                 {"range", "R", "1000", "payoffs from 0 to R - 1", false},
                                                 {"seed", "S", "1", "equal seeds give equal games", false},
                                                 {0}};

/* splitmix64 */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static dtn_status random_game(dtn_ctx *ctx, dtn_str *out, const dtn_options *given)
{
    long rows, columns, range, seed;
    DTN_TRY(dtn_setting(ctx, &rows, given, &random_options[0], 1, 100));
    DTN_TRY(dtn_setting(ctx, &columns, given, &random_options[1], 1, 100));
    DTN_TRY(dtn_setting(ctx, &range, given, &random_options[2], 1, 1000000000));
    DTN_TRY(dtn_setting(ctx, &seed, given, &random_options[3], 0, 1000000000));
    dtn_str_addf(out,
                 "NFG 1 R \"Random %ld x %ld, payoffs below %ld, seed %ld\" { \"1\" \"2\" } { %ld %ld }\n",
                 rows, columns, range, seed, rows, columns);
    uint64_t state = (uint64_t)seed;
    for (long k = 0; k < rows * columns; k++) {
        long a = (long)(draw(&state) % (uint64_t)range), b = (long)(draw(&state) % (uint64_t)range);
        dtn_str_addf(out, "%ld %ld\n", a, b);
    }
    return DTN_OK;
}

const dtn_generator dtn_generator_random = {"random", "Two players, payoffs drawn evenly", random_options,
                                            random_game, NULL};
