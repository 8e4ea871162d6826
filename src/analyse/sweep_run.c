/* The work of a sweep, shared by threads.
 *
 * Method: points are taken in runs of CHUNK; each thread has a context and a prober of its own, and hands finished runs to the table
 *   and the file under a lock, in one transaction. A row depends on its number alone, so neither the number of threads nor
 *   an interruption changes anything. Cost: the points divided by the threads. */
#include <math.h>
#include <pthread.h>

#include "analyse/sweep_table.h"

enum { CHUNK = 128 };

typedef struct crew {
    dtn_ctx *ctx; /* of the caller: its cancellation counts for all */
    dtn_sweep_run *run;
    pthread_mutex_t lock;
    atomic_long next;
    atomic_bool stop;
    long wanted; /* rows to be made */
    int file_columns;
} crew;

typedef struct worker {
    crew *crew;
    pthread_t thread;
    bool running;
    dtn_ctx *ctx;
    dtn_status status;
} worker;

/* Rows of one run of points. */
typedef struct batch {
    dtn_arena *arena;
    dtn_store_cell *cell; /* [CHUNK * file columns] */
    long id[CHUNK];
    int rows;
} batch;

/* Under the lock. */
static dtn_status hand_over(dtn_ctx *ctx, crew *c, const batch *b)
{
    dtn_sweep_run *run = c->run;
    if (run->store)
        DTN_TRY(dtn_store_begin(ctx, run->store));
    for (int i = 0; i < b->rows; i++) {
        const dtn_store_cell *cell = b->cell + (size_t)i * (size_t)c->file_columns;
        DTN_TRY(dtn_sweep_table_put(ctx, run->table, b->id[i], cell));
        if (run->store)
            DTN_TRY(dtn_store_put(ctx, run->store, b->id[i], cell));
    }
    return run->store ? dtn_store_commit(ctx, run->store) : DTN_OK;
}

static dtn_status deliver(dtn_ctx *ctx, crew *c, batch *b)
{
    if (b->rows == 0)
        return DTN_OK;
    pthread_mutex_lock(&c->lock);
    dtn_status status = hand_over(ctx, c, b);
    long made = c->run->table->rows - c->run->table->resumed;
    pthread_mutex_unlock(&c->lock);
    b->rows = 0;
    if (ctx == c->ctx && c->wanted)
        dtn_ctx_report(ctx, "points", (double)made / (double)c->wanted);
    return status;
}

static dtn_status probe(dtn_ctx *ctx, dtn_prober *prober, const crew *c, batch *b, long id)
{
    if (atomic_load(&c->ctx->cancelled))
        return dtn_fail(ctx, DTN_CANCELLED, "interrupted");
    DTN_TRY(dtn_ctx_poll(ctx));
    DTN_TRY(dtn_prober_at(ctx, prober, id));
    DTN_TRY(dtn_sweep_table_cells(ctx, b->arena, b->cell + (size_t)b->rows * (size_t)c->file_columns,
                                  &c->run->table->columns, c->run->table->exact, &prober->row));
    b->id[b->rows++] = id;
    return DTN_OK;
}

static dtn_status take_all(dtn_ctx *ctx, crew *c, dtn_prober *prober, batch *b)
{
    const dtn_sweep_table *t = c->run->table;
    dtn_status status = DTN_OK;
    DTN_ALLOC(ctx, b->arena, b->cell, CHUNK * (size_t)c->file_columns);
    while (status == DTN_OK && !atomic_load(&c->stop)) {
        long from = atomic_fetch_add(&c->next, CHUNK);
        if (from >= t->plan.points)
            break;
        dtn_arena_mark mark = dtn_arena_save(b->arena);
        for (long id = from; id < from + CHUNK && id < t->plan.points && status == DTN_OK; id++)
            if (!t->done[id]) /* only this thread ever writes it while the crew works */
                status = probe(ctx, prober, c, b, id);
        dtn_status kept = deliver(ctx, c, b);
        status = status == DTN_OK ? kept : status;
        dtn_arena_release(b->arena, mark);
    }
    return status;
}

static dtn_status work(dtn_ctx *ctx, crew *c, dtn_prober *prober)
{
    batch b = {.arena = dtn_arena_new(ctx)};
    dtn_status status = b.arena ? take_all(ctx, c, prober, &b) : dtn_fail_nomem(ctx);
    dtn_arena_free(b.arena);
    if (status != DTN_OK)
        atomic_store(&c->stop, true);
    return status;
}

/* Under the lock, or when the crew is gone. */
static void count(dtn_sweep_answer *answer, const dtn_prober *prober)
{
    answer->placed += prober->placed;
    answer->solved += prober->solved;
    answer->faces += prober->faces ? prober->faces->faces : 0;
}

static void *run_worker(void *user)
{
    worker *me = user;
    crew *c = me->crew;
    const dtn_sweep_run *run = c->run;
    dtn_prober *prober;
    me->status = dtn_prober_new(me->ctx, &prober, &run->table->plan, run->base, run->rung, run->target,
                                run->targets, run->asked);
    if (me->status == DTN_OK) {
        me->status = work(me->ctx, c, prober);
        pthread_mutex_lock(&c->lock);
        count(run->answer, prober);
        pthread_mutex_unlock(&c->lock);
        dtn_prober_free(prober);
    } else {
        atomic_store(&c->stop, true);
    }
    flint_cleanup(); /* the arithmetic library's caches of this thread */
    return NULL;
}

/* Without a thread or memory for it, the others do its work. */
static void start(worker *me, crew *c)
{
    me->crew = c;
    if (dtn_ctx_new(&me->ctx) != DTN_OK)
        return;
    me->ctx->deadline = c->ctx->deadline;
    me->ctx->memory_limit = c->ctx->memory_limit;
    me->running = pthread_create(&me->thread, NULL, run_worker, me) == 0;
}

dtn_status dtn_sweep_fill(dtn_ctx *ctx, dtn_sweep_run *run)
{
    crew c = {.ctx = ctx, .run = run, .wanted = run->table->plan.points - run->table->resumed};
    const dtn_store_column *column;
    worker *others;
    int threads = ctx->threads;
    if ((c.wanted + CHUNK - 1) / CHUNK < threads)
        threads = (int)((c.wanted + CHUNK - 1) / CHUNK);
    DTN_ALLOC(ctx, ctx->scratch, others, threads);
    DTN_TRY(dtn_sweep_table_shape(ctx, run->table, &column, &c.file_columns));
    if (pthread_mutex_init(&c.lock, NULL) != 0)
        return dtn_fail(ctx, DTN_INTERNAL, "no lock could be made");
    for (int k = 0; k < threads - 1; k++)
        start(&others[k], &c);
    dtn_status status = work(ctx, &c, run->prober);
    run->answer->threads = threads < 1 ? 1 : threads;
    for (int k = 0; k < threads - 1; k++) {
        if (others[k].running)
            pthread_join(others[k].thread, NULL);
        if (others[k].running && status == DTN_OK && others[k].status != DTN_OK)
            status = dtn_fail(ctx, others[k].status, "%s", dtn_ctx_error(others[k].ctx));
        dtn_ctx_free(others[k].ctx);
    }
    count(run->answer, run->prober);
    pthread_mutex_destroy(&c.lock);
    return status;
}
