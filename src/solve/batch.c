/* Many small two-player games at once: all equilibria of each, as support masks, exactly.
 *
 * Method: games are cut into groups of 512. For each a vector kernel computes all bordered minors of both payoff matrices as exact integers in
 *   doubles (batch_plan.c) and keeps only their signs, one bit a game; the supports that hold are found for all games of the
 *   group at once by logic on these bits (batch_kernel.h); games with ties are finished one by one from the same signs
 *   (batch_group.c); games out of the exact range go to the solver `extreme` (batch_exact.c). Threads take ranges of groups.
 * Cost: docs/solvers/batch.md. Exact: no double is ever rounded, or the game is not decided by doubles.
 * Source: N. Vorob'ev, Theory Probab. Appl. 3 (1958), and H. Kuhn, PNAS 47 (1961), for extreme equilibria from square subsystems; the
 *   bit-sliced form is ours. */
#include <pthread.h>
#include <string.h>

#include <flint/flint.h>

#include "solve/batch.h"

static const batch_kernel *const kernels[] = {&batch_kernel_avx512, &batch_kernel_avx2, &batch_kernel_plain};
enum { KERNELS = sizeof kernels / sizeof *kernels };

const char *dtn_batch_kernel(int i)
{
    for (int k = 0; k < KERNELS; k++)
        if (kernels[k]->runs_here() && i-- == 0)
            return kernels[k]->name;
    return NULL;
}

double dtn_batch_range(int rows, int columns)
{
    if (rows < 1 || columns < 1 || rows > BATCH_MOST || columns > BATCH_MOST)
        return 0;
    double first = batch_plan_range(rows, columns), second = batch_plan_range(columns, rows);
    return first < second ? first : second;
}

/* *out NULL: the general method. */
static dtn_status choose(dtn_ctx *ctx, const batch_kernel **out, const dtn_batch *batch, const char *name)
{
    *out = NULL;
    if (name && strcmp(name, "exact") == 0)
        return DTN_OK;
    for (int k = 0; k < KERNELS; k++) {
        bool meant = !name || strcmp(name, kernels[k]->name) == 0;
        if (meant && name && !kernels[k]->runs_here())
            return dtn_fail(ctx, DTN_UNSUPPORTED, "this machine cannot run the batch kernel %s", name);
        if (meant && kernels[k]->runs_here()) {
            if (batch->rows <= BATCH_MOST && batch->columns <= BATCH_MOST)
                *out = kernels[k];
            return DTN_OK;
        }
    }
    return dtn_fail(ctx, DTN_ARG, "no batch kernel is called \"%s\"; expected avx512, avx2, plain or exact",
                    name);
}

static dtn_status check(dtn_ctx *ctx, const dtn_batch *b)
{
    if (b->rows < 1 || b->columns < 1 || b->rows > DTN_BATCH_MOST_ACTIONS ||
        b->columns > DTN_BATCH_MOST_ACTIONS)
        return dtn_fail(ctx, DTN_ARG, "a batch of %d x %d games; expected 1 to %d actions of each player",
                        b->rows, b->columns, DTN_BATCH_MOST_ACTIONS);
    if (b->block % DTN_BATCH_LANES)
        return dtn_fail(ctx, DTN_ARG, "a batch in blocks of %zu games; expected a multiple of %d, or 0",
                        b->block, DTN_BATCH_LANES);
    bool doubles = b->a && b->b && !b->a32 && !b->b32, ints = b->a32 && b->b32 && !b->a && !b->b;
    if (b->games && !doubles && !ints)
        return dtn_fail(ctx, DTN_ARG, "a batch needs payoffs of both players, either a and b or a32 and b32");
    return DTN_OK;
}

/* --- one worker ---------------------------------------------------------------------------------- */

static dtn_status prepare(batch_worker *w, dtn_arena *arena)
{
    dtn_ctx *ctx = w->ctx;
    w->list.arena = w->special.arena = arena;
    if (!w->kernel)
        return DTN_OK;
    const batch_plan *plan = w->plan;
    int most = plan->side[0].minors > plan->side[1].minors ? plan->side[0].minors : plan->side[1].minors;
    for (int p = 0; p < 2; p++) {
        DTN_ALLOC(ctx, arena, w->group.sign[p], 2 * plan->side[p].minors + 1);
        DTN_ALLOC(ctx, arena, w->group.holds[p], plan->supports);
        DTN_ALLOC(ctx, arena, w->vertex[p], plan->supports);
    }
    DTN_ALLOC(ctx, arena, w->group.minor, (most + 1) * BATCH_LANES);
    DTN_ALLOC(ctx, arena, w->group.tail, plan->rows * plan->columns * BATCH_LANES);
    return DTN_OK;
}

static dtn_status run_exact(batch_worker *w)
{
    for (size_t g = w->from; g < w->until; g++) {
        DTN_TRY(dtn_ctx_poll(w->ctx));
        size_t first = w->list.count;
        DTN_TRY(batch_exact(w->ctx, &w->list, w->batch, g));
        w->first[g] = first;
        bool tied = batch_order(w->list.item + first, w->list.count - first);
        w->flags[g] = (uint8_t)(DTN_BATCH_BIG | (tied ? DTN_BATCH_TIED : 0));
    }
    return DTN_OK;
}

static dtn_status run_groups(batch_worker *w)
{
    for (size_t g = w->from; g < w->until; g += BATCH_GROUP) {
        DTN_TRY(dtn_ctx_poll(w->ctx));
        w->group.start = g;
        w->group.games = (int)(w->until - g < BATCH_GROUP ? w->until - g : BATCH_GROUP);
        w->kernel(w->plan, w->batch, &w->group);
        DTN_TRY(batch_emit(w));
    }
    return DTN_OK;
}

static dtn_status work(batch_worker *w, dtn_arena *arena)
{
    DTN_TRY(prepare(w, arena));
    return w->kernel ? run_groups(w) : run_exact(w);
}

/* --- threads ------------------------------------------------------------------------------------- */

typedef struct hand {
    batch_worker worker;
    dtn_arena *arena;
    dtn_status status;
    pthread_t thread;
    bool running;
} hand;

static void *work_in_thread(void *user)
{
    hand *h = user;
    h->status = work(&h->worker, h->arena);
    flint_cleanup();
    return NULL;
}

/* A context for one more thread: the same limits, its own errors and scratch memory. */
static dtn_status second_context(dtn_ctx *ctx, dtn_ctx **out)
{
    if (dtn_ctx_new(out) != DTN_OK)
        return dtn_fail_nomem(ctx);
    (*out)->deadline = ctx->deadline;
    (*out)->memory_limit = ctx->memory_limit;
    return DTN_OK;
}

static dtn_status start(dtn_ctx *ctx, hand *hands, int count, const batch_worker *model)
{
    size_t groups = (model->until + BATCH_GROUP - 1) / BATCH_GROUP;
    for (int i = 0; i < count; i++) {
        hand *h = &hands[i];
        h->worker = *model;
        h->worker.from = groups * (size_t)i / (size_t)count * BATCH_GROUP;
        h->worker.until = groups * (size_t)(i + 1) / (size_t)count * BATCH_GROUP;
        if (h->worker.until > model->until)
            h->worker.until = model->until;
        h->worker.ctx = ctx;
        if (i)
            DTN_TRY(second_context(ctx, &h->worker.ctx));
        h->arena = dtn_arena_new(h->worker.ctx);
        if (!h->arena)
            return dtn_fail_nomem(ctx);
        if (i && pthread_create(&h->thread, NULL, work_in_thread, h) != 0)
            return dtn_fail(ctx, DTN_LIMIT, "thread %d of %d cannot be started", i + 1, count);
        h->running = i > 0;
    }
    hands[0].status = work(&hands[0].worker, hands[0].arena);
    return DTN_OK;
}

/* Waits for the threads; the first failure in the order of the games is the batch's. */
static dtn_status finish(dtn_ctx *ctx, hand *hands, int count, dtn_status status)
{
    for (int i = 1; i < count; i++) {
        hand *h = &hands[i];
        if (!h->running)
            continue;
        if (status != DTN_OK || hands[0].status != DTN_OK)
            dtn_ctx_cancel(h->worker.ctx);
        pthread_join(h->thread, NULL);
    }
    for (int i = 0; i < count && status == DTN_OK; i++) {
        status = hands[i].status;
        if (i && status != DTN_OK)
            dtn_fail(ctx, status, "%s", dtn_ctx_error(hands[i].worker.ctx));
    }
    return status;
}

/* The answer and the arenas that own it. */
typedef struct owned_answer {
    dtn_batch_answer answer; /* first: the public pointer is this one's */
    dtn_arena *arena, *list;
} owned_answer;

/* Puts the lists of the workers one after the other; that of a single worker stays where it is. */
static dtn_status join(dtn_ctx *ctx, owned_answer *made, hand *hands, int count)
{
    dtn_batch_answer *answer = &made->answer;
    size_t *first = hands->worker.first;
    for (int i = 0; i < count; i++)
        answer->count += hands[i].worker.list.count;
    first[answer->games] = answer->count;
    for (size_t g = 0; g < answer->games; g++) {
        answer->tied += answer->flags[g] & DTN_BATCH_TIED;
        answer->big += answer->flags[g] / DTN_BATCH_BIG;
    }
    if (count == 1) {
        answer->item = hands->worker.list.item;
        made->list = hands->arena;
        hands->arena = NULL;
        return DTN_OK;
    }
    dtn_batch_equilibrium *item;
    DTN_ALLOC(ctx, made->arena, item, answer->count + 1);
    answer->item = item;
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        const batch_worker *w = &hands[i].worker;
        if (w->list.count)
            memcpy(item + at, w->list.item, w->list.count * sizeof *item);
        for (size_t g = w->from; g < w->until; g++)
            first[g] += at;
        at += w->list.count;
    }
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, owned_answer *made, batch_worker *model)
{
    size_t games = made->answer.games, groups = (games + BATCH_GROUP - 1) / BATCH_GROUP;
    DTN_ALLOC(ctx, made->arena, model->first, games + 1);
    DTN_ALLOC(ctx, made->arena, model->flags, games + 1);
    made->answer.first = model->first;
    made->answer.flags = model->flags;
    int count = groups < (size_t)ctx->threads ? (int)groups : ctx->threads;
    count = count ? count : 1;
    hand *hands;
    DTN_ALLOC(ctx, ctx->scratch, hands, count);
    dtn_status status = start(ctx, hands, count, model);
    status = finish(ctx, hands, count, status);
    if (status == DTN_OK)
        status = join(ctx, made, hands, count);
    for (int i = 0; i < count; i++) {
        dtn_arena_free(hands[i].arena);
        if (i)
            dtn_ctx_free(hands[i].worker.ctx);
    }
    return status;
}

static dtn_status solve(dtn_ctx *ctx, dtn_batch_answer **out, const dtn_batch *batch,
                        const batch_kernel *kernel)
{
    batch_worker model = {.batch = batch, .until = batch->games, .kernel = kernel ? kernel->run : NULL};
    if (kernel) {
        batch_plan *plan;
        DTN_TRY(batch_plan_new(ctx, ctx->scratch, &plan, batch->rows, batch->columns));
        model.plan = plan;
    }
    dtn_arena *arena = dtn_arena_new(ctx);
    owned_answer *made = arena ? dtn_arena_alloc(arena, sizeof *made) : NULL;
    if (!made) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    made->arena = arena;
    made->answer.games = batch->games;
    made->answer.kernel = kernel ? kernel->name : "exact";
    dtn_status status = run(ctx, made, &model);
    if (status == DTN_OK)
        *out = &made->answer;
    else
        dtn_arena_free(arena);
    return status;
}

dtn_status dtn_batch_solve(dtn_ctx *ctx, dtn_batch_answer **out, const dtn_batch *batch,
                           const dtn_batch_options *options)
{
    *out = NULL;
    DTN_TRY(check(ctx, batch));
    const batch_kernel *kernel;
    DTN_TRY(choose(ctx, &kernel, batch, options ? options->kernel : NULL));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solve(ctx, out, batch, kernel);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

void dtn_batch_answer_free(dtn_batch_answer *answer)
{
    if (!answer)
        return;
    owned_answer *made = (owned_answer *)answer;
    dtn_arena_free(made->list);
    dtn_arena_free(made->arena);
}
