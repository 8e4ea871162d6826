/* From a tree to average strategies: options, the training's schedule, limits, checkpoints.
 *
 * Method: iterations run in pieces of some milliseconds; at each tenth more of them the averages are measured, for the progress line and
 *   the gap that was asked for. The measuring schedule does not depend on time, so that equal runs give equal answers.
 * Cost: the iterations, and some percent for measuring. */
#include "solve/cfr_solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "solve/cfr_checkpoint.h"
#include "solve/cfr_tell.h"
#include "solve/sequence_found.h"

enum { DEFAULT_ITERATIONS = 1000, DEFAULT_SAMPLES = 1000000, MOST_ITERATIONS = 2000000000 };
static const double piece = 0.005, between_checkpoints = 30; /* seconds */

#define GAP                                                                                                 \
    {                                                                                                       \
        "gap", "X", NULL, "stop when no player gains more than X on average (two players: exploitability)", \
            false                                                                                           \
    }
#define CHECKPOINT                                                                                          \
    {                                                                                                       \
        "checkpoint", "FILE", NULL, "go on from this file if it is there; keep what is learnt in it", false \
    }
const dtn_option_spec dtn_cfr_options[] = {
    {"iterations", "N", "1000", "iterations, those of the checkpoint included", false}, GAP, CHECKPOINT, {0}};
const dtn_option_spec dtn_cfr_sample_options[] = {
    {"iterations", "N", "1000000", "plays for each player, those of the checkpoint included", false},
    GAP,
    CHECKPOINT,
    {0}};

typedef struct run {
    dtn_ctx *ctx;
    const dtn_cfr_method *method;
    dtn_cfr_train *train;
    dtn_cfr_gap gap;
    long iterations; /* to do in all */
    double wanted;   /* gap; < 0: none */
    const char *path;
    dtn_checkpoint checkpoint;
    dtn_cfr_history *history;
    dtn_status stopped;
} run;

static dtn_status read_options(run *r, const dtn_options *more)
{
    const char *gap = dtn_options_text(more, "gap", NULL);
    char *end = NULL;
    DTN_TRY(dtn_options_int(r->ctx, &r->iterations, more, "iterations",
                            r->method->sample ? DEFAULT_SAMPLES : DEFAULT_ITERATIONS, 1, MOST_ITERATIONS));
    r->path = dtn_options_text(more, "checkpoint", NULL);
    r->wanted = gap ? strtod(gap, &end) : -1;
    if (gap && (end == gap || *end || !(r->wanted >= 0)))
        return dtn_fail(r->ctx, DTN_ARG, "gap: found \"%s\", expected a number from 0", gap);
    return DTN_OK;
}

/* A fingerprint of the game to which a checkpoint belongs. */
static uint64_t mark_of(const dtn_compiled_game *g)
{
    uint64_t mark = dtn_fingerprint(0, &g->players, sizeof g->players);
    for (int p = 0; p < g->players; p++) {
        const dtn_compiled_side *s = &g->side[p];
        mark = dtn_fingerprint(mark, s->first, ((size_t)s->slices + 1) * sizeof *s->first);
        mark = dtn_fingerprint(mark, s->infoset, (size_t)s->slices * DTN_LANES * sizeof *s->infoset);
        mark = dtn_fingerprint(mark, s->shared_value, s->shared[s->vectors] * DTN_LANES * sizeof(double));
        mark = dtn_fingerprint(mark, s->own_value, s->own[s->vectors] * DTN_LANES * sizeof(double));
    }
    return mark;
}

static dtn_status resume(run *r)
{
    bool found;
    DTN_TRY(dtn_checkpoint_read(r->ctx, &r->checkpoint, &found, r->path));
    if (!found)
        return DTN_OK;
    r->train->sampler.random = r->checkpoint.random;
    dtn_cfr_train_resume(r->train, r->checkpoint.iteration);
    return DTN_OK;
}

static dtn_status keep(run *r)
{
    r->checkpoint.iteration = r->train->iteration;
    r->checkpoint.random = r->train->sampler.random;
    return r->path ? dtn_checkpoint_write(r->ctx, &r->checkpoint, r->path) : DTN_OK;
}

static void measure(run *r)
{
    char stage[128];
    dtn_cfr_train *t = r->train;
    dtn_cfr_measure(t, &r->gap);
    dtn_cfr_history_add(r->history, t->iteration, r->gap.mean);
    snprintf(stage, sizeof stage, "%s: %ld iterations, %s %.2e", r->method->name, t->iteration,
             t->game->players == 2 ? "exploitability" : "mean gain", r->gap.mean);
    dtn_ctx_report(r->ctx, stage, (double)t->iteration / (double)r->iterations);
}

/* After how many iterations to measure next: 1, 2, 5, 10, 20, 50 ..., and in steps of a tenth once that is less. */
static long next_measure(long now)
{
    static const long digit[] = {1, 2, 5};
    long step = now / 10 + 1, ten = 1, round = 1;
    for (int k = 0; round <= now; k++) {
        ten = k % 3 == 2 ? 10 * ten : ten;
        round = digit[(k + 1) % 3] * ten;
    }
    return now + step < round ? now + step : round;
}

static dtn_status train(run *r)
{
    dtn_cfr_train *t = r->train;
    double saved = dtn_clock();
    long chunk = 1;
    while (t->iteration < r->iterations && !(r->wanted >= 0 && t->iteration && r->gap.mean <= r->wanted)) {
        long goal = next_measure(t->iteration);
        goal = goal < r->iterations ? goal : r->iterations;
        while (t->iteration < goal && r->stopped == DTN_OK) {
            double start = dtn_clock();
            long left = goal - t->iteration;
            dtn_cfr_iterate(t, chunk < left ? chunk : left);
            chunk = dtn_clock() - start > piece ? (chunk + 1) / 2 : chunk < left ? 2 * chunk : chunk;
            r->stopped = dtn_ctx_poll(r->ctx);
        }
        measure(r);
        if (r->stopped != DTN_OK)
            break;
        if (dtn_clock() - saved > between_checkpoints) {
            DTN_TRY(keep(r));
            saved = dtn_clock();
        }
    }
    if (t->iteration && r->gap.most == 0 && r->gap.mean == 0)
        dtn_cfr_measure(t, &r->gap); /* a checkpoint that needs nothing more */
    return keep(r);
}

static dtn_status solve(run *r, dtn_equilibria *made, const dtn_tree *tree)
{
    dtn_ctx *ctx = r->ctx;
    dtn_compiled_game *game;
    DTN_ALLOC(ctx, made->arena, game, 1);
    DTN_TRY(dtn_compile_tree(ctx, made->arena, game, tree, r->method->sample));
    DTN_TRY(dtn_cfr_train_new(ctx, made->arena, &r->train, game, &r->method->rule, r->method->sample));
    DTN_ALLOC(ctx, made->arena, r->gap.reply, tree->players);
    DTN_ALLOC(ctx, made->arena, r->gap.payoff, tree->players);
    DTN_ALLOC(ctx, made->arena, r->history, 1);
    r->checkpoint = (dtn_checkpoint){.method = r->method->name,
                                     .game = mark_of(game),
                                     .array = r->train->state,
                                     .length = r->train->length,
                                     .arrays = r->train->states};
    if (r->path)
        DTN_TRY(resume(r));
    DTN_TRY(train(r));
    made->stopped = r->stopped;
    return dtn_cfr_tell(ctx, made, tree, r->train, r->history);
}

dtn_status dtn_cfr_solve(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                         const dtn_solve_options *options, const dtn_cfr_method *method)
{
    run r = {.ctx = ctx, .method = method};
    dtn_equilibria *made;
    DTN_TRY(read_options(&r, options->more));
    DTN_TRY(dtn_sequence_result(ctx, &made, method->name));
    dtn_status status = solve(&r, made, tree);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}
