/* Layered layout of a directed graph.
 *
 * Method: edges that span several layers are cut by bends, which are placed like nodes; the order within layers comes from
 * barycentre sweeps, the best of which by crossings is kept; positions are the least-squares compromise between being level
 * with the neighbours and keeping apart (pooling of adjacent violators). Layers are the caller's.
 * Cost: O(sweeps x pieces log pieces). Source: Sugiyama, Tagawa & Toda 1981. */
#include "report/graph_layout.h"

#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 24, LEVELLING = 12 };

typedef struct vertex {
    int layer, order;
    double y, wish;
    int sort; /* tie-break: the order before */
} vertex;

typedef struct piece { /* of an edge, between neighbouring layers; from in the left one */
    int from, to;
} piece;

typedef struct work {
    dtn_ctx *ctx;
    dtn_graph_layout *g;
    vertex *v;
    int vertices, layers, pieces;
    piece *p;
    int *first, *at; /* [layers + 1], [vertices]: vertices of each layer in order */
    int *best;       /* [vertices] best order so far */
    int *bend;       /* [edges] first bend vertex of each edge, -1 */
} work;

static int span_of(const dtn_graph_layout *g, int e)
{
    int span = g->layer[g->edge[e].to] - g->layer[g->edge[e].from];
    return span < 0 ? -span : span;
}

static dtn_status cut_edges(work *w)
{
    dtn_graph_layout *g = w->g;
    int most = g->nodes, pieces = 0;
    for (int e = 0; e < g->edges; e++) {
        int span = span_of(g, e);
        most += span > 1 ? span - 1 : 0;
        pieces += span;
    }
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->v, most);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->p, pieces);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->bend, g->edges);
    for (int n = 0; n < g->nodes; n++) {
        w->v[w->vertices++].layer = g->layer[n];
        if (g->layer[n] >= w->layers)
            w->layers = g->layer[n] + 1;
    }
    for (int e = 0; e < g->edges; e++) {
        int a = g->edge[e].from, b = g->edge[e].to, span = span_of(g, e);
        if (g->layer[a] > g->layer[b]) {
            int t = a;
            a = b;
            b = t;
        }
        w->bend[e] = span > 1 ? w->vertices : -1;
        int last = a;
        for (int k = 1; k < span; k++) {
            int here = w->vertices++;
            w->v[here].layer = g->layer[a] + k;
            w->p[w->pieces++] = (piece){last, here};
            last = here;
        }
        if (span > 0)
            w->p[w->pieces++] = (piece){last, b};
    }
    return DTN_OK;
}

static dtn_status fill_layers(work *w)
{
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->first, w->layers + 2);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->at, w->vertices);
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->best, w->vertices);
    for (int i = 0; i < w->vertices; i++)
        w->first[w->v[i].layer + 1]++;
    for (int l = 0; l < w->layers; l++)
        w->first[l + 1] += w->first[l];
    int *next;
    DTN_ALLOC(w->ctx, w->ctx->scratch, next, w->layers + 1);
    for (int i = 0; i < w->vertices; i++) {
        int l = w->v[i].layer;
        w->v[i].order = next[l];
        w->at[w->first[l] + next[l]++] = i;
    }
    return DTN_OK;
}

/* Crossings of pieces, quadratic in the pieces between two layers: graphs are small. */
static long crossings(const work *w)
{
    long count = 0;
    for (int i = 0; i < w->pieces; i++)
        for (int j = 0; j < i; j++) {
            const piece *a = &w->p[i], *b = &w->p[j];
            if (w->v[a->from].layer != w->v[b->from].layer)
                continue;
            int left = w->v[a->from].order - w->v[b->from].order,
                right = w->v[a->to].order - w->v[b->to].order;
            count += (left < 0 && right > 0) || (left > 0 && right < 0);
        }
    return count;
}

static int by_wish(const void *a, const void *b)
{
    const vertex *const *x = a, *const *y = b;
    if ((*x)->wish < (*y)->wish)
        return -1;
    return (*x)->wish > (*y)->wish ? 1 : (*x)->sort - (*y)->sort;
}

/* Mean order of the neighbours in the layer before (after) becomes the wish; the layer is sorted by it. */
static dtn_status sort_layer(work *w, int layer, bool before)
{
    int count = w->first[layer + 1] - w->first[layer];
    vertex **list;
    DTN_ALLOC(w->ctx, w->ctx->scratch, list, count);
    for (int i = 0; i < count; i++) {
        int own = w->at[w->first[layer] + i], neighbours = 0;
        double sum = 0;
        for (int k = 0; k < w->pieces; k++) {
            int other = before && w->p[k].to == own      ? w->p[k].from
                        : !before && w->p[k].from == own ? w->p[k].to
                                                         : -1;
            if (other < 0)
                continue;
            sum += w->v[other].order;
            neighbours++;
        }
        list[i] = &w->v[own];
        list[i]->sort = i;
        list[i]->wish = neighbours ? sum / neighbours : i;
    }
    qsort(list, (size_t)count, sizeof *list, by_wish);
    for (int i = 0; i < count; i++) {
        list[i]->order = i;
        w->at[w->first[layer] + i] = (int)(list[i] - w->v);
    }
    return DTN_OK;
}

static dtn_status order_layers(work *w)
{
    long least = crossings(w);
    for (int i = 0; i < w->vertices; i++)
        w->best[i] = w->v[i].order;
    for (int sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
        bool right = sweep % 2 == 0;
        for (int k = 1; k < w->layers; k++) {
            dtn_arena_mark mark = dtn_arena_save(w->ctx->scratch);
            dtn_status status = sort_layer(w, right ? k : w->layers - 1 - k, right);
            dtn_arena_release(w->ctx->scratch, mark);
            DTN_TRY(status);
        }
        long now = crossings(w);
        if (now < least) {
            least = now;
            for (int i = 0; i < w->vertices; i++)
                w->best[i] = w->v[i].order;
        }
    }
    for (int i = 0; i < w->vertices; i++) {
        w->v[i].order = w->best[i];
        w->at[w->first[w->v[i].layer] + w->best[i]] = i;
    }
    return DTN_OK;
}

/* Least squares: y[i] near wish[i], y[i + 1] - y[i] >= row. Pools adjacent violators of wish[i] - i * row. */
static dtn_status settle(work *w, int layer)
{
    int first = w->first[layer], count = w->first[layer + 1] - first, pools = 0;
    double *sum;
    int *size;
    DTN_ALLOC(w->ctx, w->ctx->scratch, sum, count + 1);
    DTN_ALLOC(w->ctx, w->ctx->scratch, size, count + 1);
    for (int i = 0; i < count; i++) {
        sum[pools] = w->v[w->at[first + i]].wish - i * w->g->row;
        size[pools++] = 1;
        while (pools > 1 && sum[pools - 2] / size[pools - 2] > sum[pools - 1] / size[pools - 1]) {
            sum[pools - 2] += sum[pools - 1];
            size[pools - 2] += size[pools - 1];
            pools--;
        }
    }
    for (int k = 0, i = 0; k < pools; k++)
        for (int j = 0; j < size[k]; j++, i++)
            w->v[w->at[first + i]].y = sum[k] / size[k] + i * w->g->row;
    return DTN_OK;
}

static dtn_status level(work *w)
{
    for (int i = 0; i < w->vertices; i++)
        w->v[i].y = w->v[i].order * w->g->row;
    for (int round = 0; round < LEVELLING; round++)
        for (int k = 0; k < w->layers; k++) {
            int layer = round % 2 ? w->layers - 1 - k : k;
            for (int i = w->first[layer]; i < w->first[layer + 1]; i++) {
                double total = 0;
                int neighbours = 0;
                for (int p = 0; p < w->pieces; p++) {
                    int other = w->p[p].to == w->at[i]     ? w->p[p].from
                                : w->p[p].from == w->at[i] ? w->p[p].to
                                                           : -1;
                    if (other < 0)
                        continue;
                    total += w->v[other].y;
                    neighbours++;
                }
                w->v[w->at[i]].wish = neighbours ? total / neighbours : w->v[w->at[i]].y;
            }
            dtn_arena_mark mark = dtn_arena_save(w->ctx->scratch);
            dtn_status status = settle(w, layer);
            dtn_arena_release(w->ctx->scratch, mark);
            DTN_TRY(status);
        }
    return DTN_OK;
}

static dtn_status deliver(work *w, dtn_arena *arena)
{
    dtn_graph_layout *g = w->g;
    double least = w->vertices ? w->v[0].y : 0;
    for (int i = 0; i < w->vertices; i++)
        least = w->v[i].y < least ? w->v[i].y : least;
    g->width = g->height = 0;
    for (int i = 0; i < w->vertices; i++) {
        w->v[i].y -= least;
        g->height = w->v[i].y > g->height ? w->v[i].y : g->height;
    }
    g->width = g->column * (w->layers > 0 ? w->layers - 1 : 0);
    DTN_ALLOC(w->ctx, arena, g->x, g->nodes);
    DTN_ALLOC(w->ctx, arena, g->y, g->nodes);
    for (int n = 0; n < g->nodes; n++) {
        g->x[n] = g->column * w->v[n].layer;
        g->y[n] = w->v[n].y;
    }
    for (int e = 0; e < g->edges; e++) {
        int bends = span_of(g, e) - 1;
        g->edge[e].bends = bends > 0 ? bends : 0;
        if (bends <= 0)
            continue;
        double *bend;
        DTN_ALLOC(w->ctx, arena, bend, 2 * bends);
        bool back = g->layer[g->edge[e].from] > g->layer[g->edge[e].to];
        for (int k = 0; k < bends; k++) {
            int at = w->bend[e] + (back ? bends - 1 - k : k);
            bend[2 * k] = g->column * w->v[at].layer;
            bend[2 * k + 1] = w->v[at].y;
        }
        g->edge[e].bend = bend;
    }
    return DTN_OK;
}

static dtn_status run(work *w, dtn_arena *arena)
{
    DTN_TRY(cut_edges(w));
    DTN_TRY(fill_layers(w));
    DTN_TRY(order_layers(w));
    DTN_TRY(level(w));
    return deliver(w, arena);
}

dtn_status dtn_graph_layout_run(dtn_ctx *ctx, dtn_arena *arena, dtn_graph_layout *g)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    work w = {.ctx = ctx, .g = g};
    dtn_status status = run(&w, arena);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
