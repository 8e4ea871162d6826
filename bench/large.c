/* CPU time of one equilibrium of a large game, in memory: games made by seed, solved by the library, medians printed.
 *
 *     bench_large lemke-howson N SEEDS    payoffs uniform in 0 .. 10^9, games with a pure equilibrium left out
 *     bench_large lp N SEEDS [RANGE]      zero-sum, payoffs uniform in 0 .. RANGE - 1 (default 1000) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "solve/solver.h"

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* cell[2 * (i + j * n) + player]; whether the game has a pure equilibrium. */
static bool draw(int32_t *cell, int n, uint64_t seed, int64_t range, bool zero_sum, int32_t *best)
{
    size_t cells = (size_t)n * (size_t)n;
    for (size_t i = 0; i < cells; i++) {
        cell[2 * i] = (int32_t)(next(&seed) % (uint64_t)range);
        cell[2 * i + 1] = zero_sum ? -cell[2 * i] : (int32_t)(next(&seed) % (uint64_t)range);
    }
    for (int i = 0; i < n; i++)
        best[i] = INT32_MIN;
    for (size_t i = 0; i < cells; i++)
        if (cell[2 * i + 1] > best[i % (size_t)n])
            best[i % (size_t)n] = cell[2 * i + 1];
    for (size_t j = 0; j < (size_t)n; j++) {
        const int32_t *column = cell + 2 * j * (size_t)n;
        int32_t most = INT32_MIN;
        for (int i = 0; i < n; i++)
            most = column[2 * i] > most ? column[2 * i] : most;
        for (int i = 0; i < n; i++)
            if (column[2 * i] == most && column[2 * i + 1] == best[i])
                return true;
    }
    return false;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static dtn_status measure(dtn_ctx *ctx, double *seconds, const char *method, int n, const int32_t *cell)
{
    size_t cells = (size_t)n * (size_t)n * 2;
    int sizes[] = {n, n};
    fmpq *payoff = calloc(cells, sizeof *payoff);
    if (!payoff)
        return DTN_NOMEM;
    for (size_t i = 0; i < cells; i++) {
        fmpq_init(payoff + i);
        fmpq_set_si(payoff + i, cell[i], 1);
    }
    dtn_strategic *game;
    dtn_profiles *found;
    dtn_solve_options options = {.method = method};
    dtn_status status = dtn_strategic_new(ctx, &game, "", 2, sizes, NULL, NULL, payoff);
    free(payoff); /* integers of a word: nothing to clear */
    if (status != DTN_OK)
        return status;
    double start = cpu();
    status = dtn_solve_strategic(ctx, &found, game, &options);
    *seconds = cpu() - start;
    if (status == DTN_OK) {
        int support = 0;
        for (int i = 0; i < n; i++)
            support += !fmpq_is_zero(found->item->sigma + i);
        fprintf(stderr, "%s %d: support %d, %ld pivots, %.4f s, certified %d\n", method, n, support,
                found->nodes, *seconds, found->count > 0 && found->item->certified);
        dtn_profiles_free(found);
    }
    dtn_strategic_free(game);
    return status;
}

int main(int count, char **word)
{
    if (count < 4) {
        fprintf(stderr, "usage: %s lemke-howson|lp N SEEDS [RANGE]\n", word[0]);
        return 2;
    }
    int n = atoi(word[2]), seeds = atoi(word[3]);
    bool zero_sum = strcmp(word[1], "lp") == 0;
    int64_t range = count > 4 ? atol(word[4]) : zero_sum ? 1000 : 1000000001;
    int32_t *cell = malloc((size_t)n * (size_t)n * 2 * sizeof *cell), *best = malloc((size_t)n * sizeof *best);
    double *seconds = calloc((size_t)seeds, sizeof *seconds);
    dtn_ctx *ctx = NULL;
    dtn_status status = cell && best && seconds ? dtn_ctx_new(&ctx) : DTN_NOMEM;
    uint64_t seed = 1;
    for (int i = 0; i < seeds && status == DTN_OK; i++) {
        while (draw(cell, n, seed++, range, zero_sum, best) && !zero_sum) {
        }
        status = measure(ctx, &seconds[i], word[1], n, cell);
    }
    if (status == DTN_OK) {
        qsort(seconds, (size_t)seeds, sizeof *seconds, by_value);
        printf("%s %d x %d, payoffs below %lld, %d games: median %.4f s, maximum %.4f s\n", word[1], n, n,
               (long long)range, seeds, seconds[seeds / 2], seconds[seeds - 1]);
    } else {
        fprintf(stderr, "%s\n", ctx ? dtn_ctx_error(ctx) : "out of memory");
    }
    dtn_ctx_free(ctx);
    free(cell);
    free(best);
    free(seconds);
    return status != DTN_OK;
}
