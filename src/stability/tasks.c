/* Runs the concepts of a combination, player by player, on as many threads as the context has.
 * Method: first each player's preferences are prepared, then the verdicts are found; in both, threads take the next piece of
 *         work until none is left. Each thread has a context, a scratch arena and a work array of its own; what all read is
 *         not written meanwhile. The answer does not depend on the number of threads.
 * Cost: as the concepts; a work array a thread. */
#include "stability/tasks.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SMALL = 1 << 14 }; /* slots: below, threads cost more than they bring */

typedef struct hand {
    struct shared *shared;
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_status status;
    pthread_t thread;
    bool running;
} hand;

typedef struct shared {
    dtn_engine *engine;
    const int *variant;
    const dtn_task *task;
    int tasks;
    bool prepare;      /* the pieces of work are players to prepare, else tasks */
    uint32_t improver; /* players whose improvements are needed */
    atomic_int next;
    atomic_bool stop;
} shared;

static bool needs_improvements(const dtn_concept *c)
{
    return c->credible && !c->joint && !c->explain && !c->rule;
}

static dtn_status prepare_players(hand *h)
{
    shared *s = h->shared;
    for (int i; (i = atomic_fetch_add(&s->next, 1)) < s->engine->conflict->players && !s->stop;)
        DTN_TRY(s->engine->ops->prepare(h->ctx, h->arena, s->engine, i, s->variant[i], s->improver >> i & 1));
    return DTN_OK;
}

static dtn_status run_tasks(hand *h)
{
    shared *s = h->shared;
    dtn_focus f = {.engine = s->engine, .variant = s->variant};
    DTN_ALLOC(h->ctx, h->ctx->scratch, f.value, s->engine->slots);
    for (int k; (k = atomic_fetch_add(&s->next, 1)) < s->tasks && !s->stop;) {
        f.player = s->task[k].player;
        const dtn_concept *concept = s->task[k].concept;
        DTN_TRY(concept->rule ? dtn_rule_run(h->ctx, s->task[k].stable, &f, concept)
                              : concept->run(h->ctx, s->task[k].stable, &f));
    }
    return DTN_OK;
}

static void work(hand *h)
{
    dtn_arena_mark mark = dtn_arena_save(h->ctx->scratch);
    h->status = h->shared->prepare ? prepare_players(h) : run_tasks(h);
    dtn_arena_release(h->ctx->scratch, mark);
    if (h->status != DTN_OK)
        h->shared->stop = true;
}

static void *work_in_thread(void *user)
{
    work(user);
    return NULL;
}

/* One round of work by all hands; the first failure counts. */
static dtn_status round_of(dtn_ctx *ctx, hand *hands, int count, bool prepare)
{
    shared *s = hands->shared;
    s->prepare = prepare;
    s->next = 0;
    for (int i = 1; i < count; i++)
        hands[i].running = pthread_create(&hands[i].thread, NULL, work_in_thread, &hands[i]) == 0;
    work(&hands[0]);
    for (int i = 1; i < count; i++) {
        if (hands[0].status != DTN_OK)
            dtn_ctx_cancel(hands[i].ctx);
        if (hands[i].running)
            pthread_join(hands[i].thread, NULL);
    }
    for (int i = 1; i < count && hands[0].status == DTN_OK; i++)
        if (hands[i].running && hands[i].status != DTN_OK)
            return dtn_fail(ctx, hands[i].status, "%s", dtn_ctx_error(hands[i].ctx));
    return hands[0].status;
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

/* The arenas of further threads hold what they prepared: they end with the arena of the run. */
typedef struct helper {
    dtn_ctx *ctx;
    dtn_arena *arena;
} helper;

static void free_helpers(void *object, size_t count)
{
    helper *h = object;
    for (size_t i = 0; i < count; i++) {
        dtn_arena_free(h[i].arena);
        dtn_ctx_free(h[i].ctx);
    }
}

dtn_status dtn_tasks_run(dtn_ctx *ctx, dtn_arena *arena, dtn_engine *e, const int *variant,
                         const dtn_task *task, int tasks)
{
    shared s = {.engine = e, .variant = variant, .task = task, .tasks = tasks};
    int most = tasks > e->conflict->players ? tasks : e->conflict->players;
    int count = e->slots < SMALL ? 1 : ctx->threads < most ? ctx->threads : most;
    hand *hands;
    helper *helpers;
    for (int k = 0; k < tasks; k++)
        for (int j = 0; j < e->conflict->players; j++)
            if (needs_improvements(task[k].concept) && j != task[k].player)
                s.improver |= (uint32_t)1 << j;
    DTN_ALLOC(ctx, ctx->scratch, hands, count);
    DTN_ALLOC(ctx, arena, helpers, count);
    if (!dtn_arena_defer(arena, free_helpers, helpers, (size_t)count))
        return dtn_fail_nomem(ctx);
    hands[0] = (hand){.shared = &s, .ctx = ctx, .arena = arena};
    for (int i = 1; i < count; i++) {
        DTN_TRY(second_context(ctx, &helpers[i].ctx));
        helpers[i].arena = dtn_arena_new(helpers[i].ctx);
        if (!helpers[i].arena)
            return dtn_fail_nomem(ctx);
        hands[i] = (hand){.shared = &s, .ctx = helpers[i].ctx, .arena = helpers[i].arena};
    }
    DTN_TRY(round_of(ctx, hands, count, true));
    return round_of(ctx, hands, count, false);
}
