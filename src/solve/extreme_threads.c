/* Several threads share the search of the solver `extreme`.
 *
 * Method: the top of the tree is searched first; each node at a fixed depth becomes a task. Threads take the next task when they
 *   have finished one. Each has its own context, tableaux and found set; the calling thread takes tasks too, and in the end
 *   certifies what the others found. Results are sorted later, so they do not depend on who found what.
 * Cost: the search divided by the threads, plus certification. Exact. */
#include <pthread.h>

#include "solve/extreme_search.h"

enum { TASKS_A_THREAD = 32, DEEPEST_CUT = 12 };

typedef struct work {
    dtn_ctx *ctx;
    dtn_extreme *whole;
    atomic_int next;
    atomic_bool stop;
} work;

typedef struct worker {
    work *work;
    pthread_t thread;
    bool running;
    dtn_ctx *ctx;
    dtn_extreme mine;
    dtn_profile_run run; /* only to say: enough */
    dtn_status status;
} worker;

static dtn_status take_tasks(dtn_ctx *ctx, dtn_extreme *s, work *w)
{
    while (!atomic_load(&w->stop)) {
        int at = atomic_fetch_add(&w->next, 1);
        if (at >= w->whole->tasks)
            break;
        DTN_TRY(dtn_branch_resume(ctx, s, w->whole->task[at]));
        if (ctx == w->ctx)
            dtn_ctx_report(ctx, "extreme equilibria", (double)at / w->whole->tasks);
    }
    return DTN_OK;
}

static dtn_status work_alone(worker *me)
{
    dtn_ctx *ctx = me->ctx;
    const dtn_extreme *whole = me->work->whole;
    dtn_extreme *s = &me->mine;
    *s = (dtn_extreme){.run = &me->run,
                       .m = whole->m,
                       .n = whole->n,
                       .labels = whole->labels,
                       .collect = true,
                       .parent = me->work->ctx,
                       .stop = &me->work->stop,
                       .arena = dtn_arena_new(ctx)};
    if (!s->arena)
        return dtn_fail_nomem(ctx);
    for (int w = 0; w < DTN_SIDES; w++) {
        s->polytope[w] = whole->polytope[w];
        s->root[w] = whole->root[w];
        DTN_TRY(dtn_vertex_set_new(ctx, s->arena, &s->vertices[w], s->labels, w ? s->m : 0, w ? s->n : s->m));
    }
    DTN_TRY(dtn_exact_new(ctx, s));
    DTN_TRY(dtn_branch_new(ctx, s));
    return take_tasks(ctx, s, me->work);
}

static void *run_worker(void *user)
{
    worker *me = user;
    me->status = work_alone(me);
    if (me->status != DTN_OK)
        atomic_store(&me->work->stop, true);
    flint_cleanup(); /* the arithmetic library's caches of this thread */
    return NULL;
}

/* Without a thread or memory for it, the others do its work. */
static void start(worker *me, work *w)
{
    me->work = w;
    if (dtn_ctx_new(&me->ctx) != DTN_OK)
        return;
    me->ctx->deadline = w->ctx->deadline;
    me->ctx->memory_limit = w->ctx->memory_limit;
    me->running = pthread_create(&me->thread, NULL, run_worker, me) == 0;
}

/* Certifies what a worker found and adds it to the whole. */
static dtn_status gather(dtn_ctx *ctx, dtn_extreme *s, worker *from)
{
    const dtn_extreme *mine = &from->mine;
    if (from->status != DTN_OK)
        return dtn_fail(ctx, from->status, "%s", dtn_ctx_error(from->ctx));
    s->nodes += mine->nodes;
    s->bounds += mine->bounds;
    s->exact_bounds += mine->exact_bounds;
    s->leaves += mine->leaves;
    s->exact_leaves += mine->exact_leaves;
    s->exact_trees += mine->exact_trees;
    for (int i = 0; i < mine->pairs; i++) {
        int index[DTN_SIDES];
        for (int w = 0; w < DTN_SIDES; w++)
            DTN_TRY(dtn_vertex_set_take(ctx, s->vertices[w], &index[w], mine->vertices[w],
                                        mine->pair[2 * i + w]));
        DTN_TRY(dtn_extreme_found(ctx, s, index[0], index[1]));
    }
    return DTN_OK;
}

dtn_status dtn_extreme_share_out(dtn_ctx *ctx, dtn_extreme *s, int threads)
{
    work w = {.ctx = ctx, .whole = s};
    worker *others;
    DTN_ALLOC(ctx, ctx->scratch, others, threads - 1);
    for (s->cut = 1; s->cut < DEEPEST_CUT && 1 << s->cut < TASKS_A_THREAD * threads;)
        s->cut++;
    DTN_TRY(dtn_branch_search(ctx, s));
    s->cut = 0;
    s->stop = &w.stop;
    for (int k = 0; k < threads - 1 && s->tasks > 1; k++)
        start(&others[k], &w);
    dtn_status status = take_tasks(ctx, s, &w);
    if (status != DTN_OK)
        atomic_store(&w.stop, true);
    s->stop = NULL;
    for (int k = 0; k < threads - 1; k++) {
        if (others[k].running)
            pthread_join(others[k].thread, NULL);
        if (others[k].running && status == DTN_OK)
            status = gather(ctx, s, &others[k]);
        if (others[k].ctx) {
            dtn_arena_free(others[k].mine.arena);
            dtn_ctx_free(others[k].ctx);
        }
    }
    return status;
}
