/* Games per second of the batch solver, in memory, one thread: batch [--kernel NAME] [--seconds S] [--csv] [SIZE]...
 *
 * Random integer payoffs 0..999, all equilibria of every game as support masks. A sample is solved again by the general exact
 * method; a difference ends the program with status 1. Times are CPU time, the best of several runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "detente/batch.h"

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static int fail(dtn_ctx *ctx, const char *what)
{
    fprintf(stderr, "batch: %s: %s\n", what, dtn_ctx_error(ctx));
    return 1;
}

/* The first games again by the general method. */
static int compare(dtn_ctx *ctx, const dtn_batch *batch, const dtn_batch_answer *fast)
{
    dtn_batch sample = *batch;
    sample.games = batch->games < 512 ? batch->games : 512;
    dtn_batch_answer *exact;
    if (dtn_batch_solve(ctx, &exact, &sample, &(dtn_batch_options){.kernel = "exact"}) != DTN_OK)
        return fail(ctx, "the general method");
    size_t count = exact->count;
    bool same = memcmp(exact->first, fast->first, (sample.games + 1) * sizeof *exact->first) == 0 &&
                memcmp(exact->item, fast->item, count * sizeof *exact->item) == 0;
    dtn_batch_answer_free(exact);
    if (!same)
        fprintf(stderr, "batch: %d x %d: the general method finds other equilibria\n", batch->rows,
                batch->columns);
    return !same;
}

static int measure(dtn_ctx *ctx, int rows, int columns, const char *kernel, double seconds, bool csv)
{
    enum { GAMES = 1 << 14, BLOCK = 8 };
    size_t payoffs = (size_t)GAMES * (size_t)rows * (size_t)columns;
    double *a = aligned_alloc(64, payoffs * sizeof *a), *b = aligned_alloc(64, payoffs * sizeof *b);
    if (!a || !b)
        return 1;
    uint64_t state = 1;
    for (size_t i = 0; i < payoffs; i++) {
        a[i] = (double)(draw(&state) % 1000);
        b[i] = (double)(draw(&state) % 1000);
    }
    dtn_batch batch = {.rows = rows, .columns = columns, .games = GAMES, .block = BLOCK, .a = a, .b = b};
    dtn_batch_options options = {.kernel = kernel};
    double best = 1e99, end = cpu() + seconds;
    dtn_batch_answer *answer = NULL;
    int wrong = 0;
    do {
        dtn_batch_answer_free(answer);
        answer = NULL;
        double start = cpu();
        if (dtn_batch_solve(ctx, &answer, &batch, &options) != DTN_OK)
            return fail(ctx, "the batch");
        double spent = cpu() - start;
        best = spent < best ? spent : best;
    } while (cpu() < end);
    wrong = compare(ctx, &batch, answer);
    printf(csv ? "%dx%d,%s,%.6g,%.4f,%.3f\n"
               : "%dx%d  %-7s %10.4g games/s  %.4f equilibria a game  %.3f %% with ties\n",
           rows, columns, answer->kernel, GAMES / best, (double)answer->count / GAMES,
           100.0 * (double)answer->tied / GAMES);
    dtn_batch_answer_free(answer);
    free(a);
    free(b);
    return wrong;
}

int main(int argc, char **argv)
{
    const char *kernel = NULL, *sizes[16] = {"2x2", "3x3", "4x4", "5x5", "6x6", "3x5"};
    double seconds = 0.3;
    bool csv = false;
    int given = 0, count = 6;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--kernel") == 0 && i + 1 < argc)
            kernel = argv[++i];
        else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
            seconds = atof(argv[++i]);
        else if (strcmp(argv[i], "--csv") == 0)
            csv = true;
        else if (given < 16)
            sizes[given++] = argv[i];
    }
    count = given ? given : count;
    dtn_ctx *ctx;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 1;
    int wrong = 0;
    for (int i = 0; i < count; i++) {
        char *end;
        int rows = (int)strtol(sizes[i], &end, 10), columns = *end == 'x' ? (int)strtol(end + 1, NULL, 10) : 0;
        if (rows < 1 || columns < 1) {
            fprintf(stderr, "batch: found the size \"%s\", expected one such as 3x3\n", sizes[i]);
            return 2;
        }
        wrong |= measure(ctx, rows, columns, kernel, seconds, csv);
    }
    dtn_ctx_free(ctx);
    return wrong;
}
