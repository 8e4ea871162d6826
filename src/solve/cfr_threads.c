/* Iterations on several threads, with the same bits as on one.
 *
 * Method: the slices of a level (as many own moves before) do not depend on each other: each thread takes a stretch of about equal cost, and all meet
 *   before the next level. Levels too small to share are one thread's. Nothing is added up across threads, so that their
 *   number does not show in the result.
 * Cost: an iteration divided by the threads, and one meeting a shared level. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "solve/cfr_train.h"

enum {
    WORTH_SHARING = 1000, /* cost of a level for each thread, in vector instructions, from which meeting pays */
    SPINS = 4000          /* before a waiting thread lets others run */
};

typedef struct team {
    dtn_cfr_train *train;
    long from, to;   /* iterations */
    atomic_int size; /* 0: not yet known; negative: go home */
    atomic_int waiting, meeting;
} team;

typedef struct worker {
    team *team;
    pthread_t thread;
    int index;
} worker;

static void wait_while(const atomic_int *x, int value)
{
    for (int k = 0; atomic_load_explicit(x, memory_order_acquire) == value; k++)
        if (k > SPINS)
            sched_yield();
}

static void meet(team *t, int size)
{
    int meeting = atomic_load_explicit(&t->meeting, memory_order_relaxed);
    if (size < 2)
        return;
    if (atomic_fetch_add_explicit(&t->waiting, 1, memory_order_acq_rel) == size - 1) {
        atomic_store_explicit(&t->waiting, 0, memory_order_relaxed);
        atomic_store_explicit(&t->meeting, meeting + 1, memory_order_release);
    } else {
        wait_while(&t->meeting, meeting);
    }
}

static long cost_of(const dtn_compiled_side *g, int slice)
{
    int v = g->first[slice], w = g->first[slice + 1];
    return (long)(g->shared[w] - g->shared[v]) + 4 * (long)(g->own[w] - g->own[v]) + 8 * (long)(w - v) +
           (g->next[w] - g->next[v]) + 2 * (g->loose[w] - g->loose[v]);
}

/* Bounds of the stretches into which so many threads cut the slices from .. to - 1. */
static void cut(const dtn_compiled_side *g, int from, int to, long total, int threads, int *bound)
{
    long done = 0;
    bound[0] = from;
    for (int s = from, k = 1; k < threads; k++) {
        while (s < to && done * threads < total * k)
            done += cost_of(g, s++);
        bound[k] = s;
    }
    bound[threads] = to;
}

dtn_status dtn_cfr_plan_threads(dtn_ctx *ctx, dtn_arena *arena, dtn_cfr_train *t, int threads)
{
    long whole = 0;
    t->threads = 1;
    if (threads < 2 || t->sample)
        return DTN_OK;
    DTN_ALLOC(ctx, arena, t->part, t->game->players);
    for (int p = 0; p < t->game->players; p++) {
        const dtn_compiled_side *g = &t->game->side[p];
        dtn_cfr_parts *parts = &t->part[p];
        DTN_ALLOC(ctx, arena, parts->shared, g->levels + 1);
        DTN_ALLOC(ctx, arena, parts->bound, ((size_t)g->levels + 1) * ((size_t)threads + 1));
        bool before = true;
        for (int level = 0; level < g->levels; level++) {
            int from = g->level[level], to = g->level[level + 1];
            long total = 0;
            for (int s = from; s < to; s++)
                total += cost_of(g, s);
            bool shared = total > WORTH_SHARING * threads;
            whole += shared ? total : 0;
            if (!shared && !before) { /* goes with the small level before */
                parts->bound[(size_t)(parts->count - 1) * ((size_t)threads + 1) + 1] = to;
                continue;
            }
            int *bound = parts->bound + (size_t)parts->count * ((size_t)threads + 1);
            parts->shared[parts->count++] = shared;
            bound[0] = from;
            bound[1] = to;
            if (shared)
                cut(g, from, to, total, threads, bound);
            before = shared;
        }
    }
    if (whole > 0)
        t->threads = threads;
    return DTN_OK;
}

/* One player's pass over a part: the thread's stretch of it. */
static void pass(dtn_cfr_train *t, int p, int part, int index, const double *column, const dtn_cfr_step *step)
{
    const dtn_cfr_parts *parts = &t->part[p];
    const int *bound = parts->bound + (size_t)part * ((size_t)t->threads + 1);
    int from = bound[index], to = bound[index + 1];
    dtn_cfr_side x = t->side[p];
    if (!parts->shared[part] && index > 0)
        return;
    x.gain += (size_t)index * (size_t)t->gain_size[p];
    if (step)
        t->kernel->learn(&t->game->side[p], &x, column, from, to, step);
    else
        t->kernel->reach(&t->game->side[p], x.sigma, x.reach, from, to);
}

static void work(team *m, int index, int size)
{
    dtn_cfr_train *t = m->train;
    for (long k = m->from; k < m->to; k++) {
        dtn_cfr_step step = dtn_cfr_step_of(&t->rule, k);
        for (int p = 0; p < t->game->players; p++) {
            const dtn_cfr_parts *parts = &t->part[p];
            const double *column = dtn_cfr_columns(t, p, false, index, size);
            if (t->game->side[p].joint)
                meet(m, size);
            for (int part = parts->count - 1; part >= 0; part--) {
                pass(t, p, part, index, column, &step);
                if (part > 0 || parts->shared[0])
                    meet(m, size);
            }
            for (int part = 0; part < parts->count; part++) {
                pass(t, p, part, index, NULL, NULL);
                meet(m, size);
            }
        }
    }
}

static void *run_worker(void *user)
{
    worker *me = user;
    wait_while(&me->team->size, 0);
    int size = atomic_load(&me->team->size);
    if (size > 0)
        work(me->team, me->index, size);
    return NULL;
}

bool dtn_cfr_iterate_together(dtn_cfr_train *t, long iterations)
{
    enum { MOST = 256 };
    worker others[MOST];
    team m = {.train = t, .from = t->iteration, .to = t->iteration + iterations};
    int started = 0, wanted = t->threads - 1;
    if (wanted > MOST)
        return false;
    for (; started < wanted; started++) {
        others[started] = (worker){.team = &m, .index = started + 1};
        if (pthread_create(&others[started].thread, NULL, run_worker, &others[started]) != 0)
            break;
    }
    /* The plan is cut for a fixed number of threads: without all of them one does everything. */
    atomic_store(&m.size, started == wanted ? t->threads : -1);
    if (started == wanted)
        work(&m, 0, t->threads);
    for (int k = 0; k < started; k++)
        pthread_join(others[k].thread, NULL);
    if (started < wanted)
        return false;
    t->iteration += iterations;
    return true;
}
