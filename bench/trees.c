/* Counterfactual regret minimisation on games by name: iterations a second, exploitability after 1000, the time of a best reply, plays a
 * second of sampling, the ratio of two threads. Times are CPU seconds, best of several pieces; threads: wall, best piece.
 *
 *     bench_trees [@game]...
 */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/cfr_train.h"

enum { PIECES = 9 };
static const double piece_seconds = 0.05;

static const struct {
    const char *name;
    dtn_cfr_rule rule;
    dtn_cfr_sample_fn *sample;
} methods[] = {
    {"cfr", {.alpha = INFINITY, .beta = INFINITY}, NULL},
    {"cfr+", {.alpha = INFINITY, .beta = INFINITY, .gamma = 1, .floor = true}, NULL},
    {"dcfr", {.alpha = 1.5, .beta = 0, .gamma = 2}, NULL},
    {"pcfr+", {.alpha = INFINITY, .beta = INFINITY, .gamma = 2, .floor = true, .predict = true}, NULL},
    {"external-sampling", {0}, dtn_cfr_sample_external},
    {"outcome-sampling", {0}, dtn_cfr_sample_outcome},
};

static double seconds(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Iterations a second, best piece. */
static double speed(dtn_cfr_train *t, clockid_t which, double length)
{
    double best = 0;
    long n = 1;
    for (int piece = 0; piece < PIECES;) {
        double start = seconds(which);
        dtn_cfr_iterate(t, n);
        double spent = seconds(which) - start;
        if (spent < length) {
            n = 2 * n;
            continue;
        }
        best = fmax(best, (double)n / spent);
        piece++;
    }
    return best;
}

static dtn_status measure(dtn_ctx *ctx, const char *name)
{
    dtn_model *model;
    dtn_compiled_game g;
    double reply[DTN_GAME_MOST_PLAYERS], payoff[DTN_GAME_MOST_PLAYERS], best = HUGE_VAL;
    dtn_cfr_gap gap = {.reply = reply, .payoff = payoff};
    dtn_arena *arena = dtn_arena_new(ctx);
    if (!arena)
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_model_read(ctx, &model, NULL, name));
    DTN_TRY(dtn_compile_tree(ctx, arena, &g, model->tree, true));
    printf("%s: %d information sets, %d positions\n", name, model->tree->infosets, model->tree->nodes);
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        dtn_cfr_train *t;
        DTN_TRY(dtn_cfr_train_new(ctx, arena, &t, &g, &methods[m].rule, methods[m].sample));
        dtn_cfr_iterate(t, 1000);
        dtn_cfr_measure(t, &gap);
        double gap_then = gap.mean, rate = speed(t, CLOCK_PROCESS_CPUTIME_ID, piece_seconds);
        if (methods[m].sample)
            printf("  %-18s %12.0f plays/s\n", methods[m].name, rate * g.players);
        else
            printf("  %-18s %12.0f it/s   exploitability after 1000: %.2e\n", methods[m].name, rate, gap_then);
        for (int k = 0; k < PIECES && !methods[m].sample; k++) {
            double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
            dtn_cfr_measure_averages(t, &gap);
            best = fmin(best, seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
        }
    }
    printf("  best replies and payoffs of all players: %.3f ms\n", 1e3 * best);
    double rate[2];
    int used = 1;
    for (int k = 0; k < 2; k++) {
        dtn_cfr_train *t;
        dtn_ctx_set_threads(ctx, k + 1);
        DTN_TRY(dtn_cfr_train_new(ctx, arena, &t, &g, &methods[1].rule, NULL));
        rate[k] = speed(t, CLOCK_MONOTONIC, piece_seconds);
        used = t->threads;
    }
    dtn_ctx_set_threads(ctx, 1);
    if (used > 1)
        printf("  cfr+ on two threads, wall clock: %.2f times as fast (an idle machine is needed)\n",
               rate[1] / rate[0]);
    dtn_model_free(model);
    dtn_arena_free(arena);
    return DTN_OK;
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {"@kuhn", "@leduc", "@goofspiel", "@goofspiel?cards=5", "@liars-dice"};
    setvbuf(stdout, NULL, _IOLBF, 0);
    int count = argc > 1 ? argc - 1 : (int)(sizeof usual / sizeof *usual);
    for (int i = 0; i < count; i++) {
        dtn_ctx *ctx;
        if (dtn_ctx_new(&ctx) != DTN_OK)
            return 4;
        dtn_status status = measure(ctx, argc > 1 ? argv[i + 1] : usual[i]);
        if (status != DTN_OK)
            fprintf(stderr, "%s\n", dtn_ctx_error(ctx));
        dtn_ctx_free(ctx);
        if (status != DTN_OK)
            return dtn_status_exit_code(status);
    }
    return 0;
}
