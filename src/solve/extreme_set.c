/* The set of all equilibria of a two-player game from its extreme ones: components and maximal Nash subsets.
 *
 * Method: extreme strategies are the two sides of a graph whose edges are the extreme equilibria. Its connected components are those of
 *   the set of equilibria; its maximal bicliques are the maximal Nash subsets, listed by Close-by-One (each once).
 * Cost: sorting, then per component (subsets x strategies^2 / 64). Exact.
 * Source: H.-M. Winkels, An algorithm to determine all equilibrium points of a bimatrix game (1979); D. Avis, G. Rosenberg,
 *   R. Savani, B. von Stengel, Economic Theory 42 (2010); S. Kuznetsov, A fast algorithm for computing all intersections (1993). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <flint/fmpq_mat.h>

#include "solve/extreme.h"

enum { MOST_SUBSETS = 1 << 20 };

/* --- order --------------------------------------------------------------------------------------- */

typedef struct entry {
    const fmpq *point;
    const double *key; /* the same, rounded */
    int width, index;
} entry;

/* Larger probabilities of the first strategies come first. */
static int by_point(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    for (int k = 0; k < x->width; k++) {
        if (fabs(x->key[k] - y->key[k]) > 1e-12)
            return x->key[k] < y->key[k] ? 1 : -1;
        bool same = x->point[k].num == y->point[k].num && x->point[k].den == y->point[k].den;
        if (same || fmpq_equal(x->point + k, y->point + k))
            continue;
        return fmpq_cmp(y->point + k, x->point + k);
    }
    return 0;
}

static double rounded(const fmpq *x)
{
    if (COEFF_IS_MPZ(*fmpq_numref(x)) || COEFF_IS_MPZ(*fmpq_denref(x)))
        return dtn_rational_double(x);
    return (double)*fmpq_numref(x) / (double)*fmpq_denref(x);
}

static int by_vertices(const void *a, const void *b)
{
    const dtn_profile *x = a, *y = b;
    return x->vertex[0] != y->vertex[0] ? x->vertex[0] - y->vertex[0] : x->vertex[1] - y->vertex[1];
}

/* Renumbers the vertices of one player that occur in equilibria, in order, and stores them in the result. */
static dtn_status sort_vertices(dtn_ctx *ctx, dtn_profiles *out, const dtn_vertex_set *set, int p)
{
    entry *list;
    double *keys;
    int *rank, used = 0;
    DTN_ALLOC(ctx, ctx->scratch, keys, (size_t)set->count * (size_t)set->width + 1);
    DTN_ALLOC(ctx, ctx->scratch, list, set->count + 1);
    DTN_ALLOC(ctx, ctx->scratch, rank, set->count + 1);
    for (int i = 0; i < out->count; i++) {
        int v = out->item[i].vertex[p];
        if (rank[v]++ == 0) {
            double *key = keys + (size_t)used * (size_t)set->width;
            for (int k = 0; k < set->width; k++)
                key[k] = rounded(set->point[v] + k);
            list[used++] = (entry){set->point[v], key, set->width, v};
        }
    }
    qsort(list, (size_t)used, sizeof *list, by_point);
    fmpq *points;
    DTN_ALLOC_FMPQ(ctx, out->arena, points, (size_t)used * (size_t)set->width);
    for (int i = 0; i < used; i++) {
        rank[list[i].index] = i;
        for (int k = 0; k < set->width; k++)
            fmpq_swap(points + (size_t)i * (size_t)set->width + (size_t)k, set->point[list[i].index] + k);
    }
    for (int i = 0; i < out->count; i++)
        out->item[i].vertex[p] = rank[out->item[i].vertex[p]];
    out->vertex[p] = points;
    out->vertices[p] = used;
    return DTN_OK;
}

/* --- components ---------------------------------------------------------------------------------- */

static int root_of(int *parent, int v)
{
    while (parent[v] != v)
        v = parent[v] = parent[parent[v]];
    return v;
}

/* Components in the order of their first equilibrium. */
static dtn_status find_components(dtn_ctx *ctx, dtn_profiles *out)
{
    int left = out->vertices[0], all = left + out->vertices[1], *parent, *number;
    DTN_ALLOC(ctx, ctx->scratch, parent, all + 1);
    DTN_ALLOC(ctx, ctx->scratch, number, all + 1);
    for (int v = 0; v < all; v++) {
        parent[v] = v;
        number[v] = -1;
    }
    for (int i = 0; i < out->count; i++)
        parent[root_of(parent, out->item[i].vertex[0])] = root_of(parent, left + out->item[i].vertex[1]);
    out->components = 0;
    for (int i = 0; i < out->count; i++) {
        int root = root_of(parent, out->item[i].vertex[0]);
        if (number[root] < 0)
            number[root] = out->components++;
        out->item[i].component = number[root];
    }
    return DTN_OK;
}

/* --- maximal Nash subsets ------------------------------------------------------------------------ */

/* One component as a 0-1 matrix: rows are vertices of player 1, columns of player 2; bit rows of words[0] / words[1]. */
typedef struct concept {
    dtn_profiles *out;
    int component, room;
    int count[2], words[2];
    int *vertex[2];   /* [count] global numbers */
    uint64_t *row;    /* [count[0]][words[1]] */
    uint64_t *column; /* [count[1]][words[0]] */
}
concept;

/* Of the convex hull of some vertices: their rank less 1, as coordinates sum to 1. */
static int dimension(const dtn_profiles *out, int p, const int *list, int count)
{
    if (count <= 2)
        return count - 1;
    int width = out->strategies[p];
    fmpq_mat_t points;
    fmpz_mat_t scaled;
    fmpq_mat_init(points, count, width);
    fmpz_mat_init(scaled, count, width);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < width; k++)
            fmpq_set(fmpq_mat_entry(points, i, k), out->vertex[p] + (size_t)list[i] * (size_t)width + k);
    fmpq_mat_get_fmpz_mat_rowwise(scaled, NULL, points);
    int rank = (int)fmpz_mat_rank(scaled);
    fmpz_mat_clear(scaled);
    fmpq_mat_clear(points);
    return rank - 1;
}

static dtn_status keep(dtn_ctx *ctx, concept *c, const uint64_t *rows, const uint64_t *columns)
{
    dtn_profiles *out = c->out;
    if (out->subsets == c->room) {
        dtn_nash_subset *bigger;
        c->room = c->room ? 2 * c->room : 16;
        DTN_ALLOC(ctx, out->arena, bigger, c->room);
        if (out->subsets)
            memcpy(bigger, out->subset, (size_t)out->subsets * sizeof *bigger);
        out->subset = bigger;
    }
    dtn_nash_subset subset = {.component = c->component};
    for (int p = 0; p < 2; p++) {
        const uint64_t *bits = p ? columns : rows;
        int *list, count = 0;
        for (int i = 0; i < c->count[p]; i++)
            count += dtn_label_in(bits, i);
        DTN_ALLOC(ctx, out->arena, list, count);
        subset.count[p] = count;
        subset.vertex[p] = list;
        for (int i = 0; i < c->count[p]; i++)
            if (dtn_label_in(bits, i))
                *list++ = c->vertex[p][i];
        subset.dimension[p] = dimension(out, p, subset.vertex[p], count);
    }
    out->subset[out->subsets++] = subset;
    return DTN_OK;
}

static bool empty(const uint64_t *bits, int words)
{
    for (int w = 0; w < words; w++)
        if (bits[w])
            return false;
    return true;
}

/* columns = those common to all rows of a set. */
static void common_columns(const concept *c, const uint64_t *rows, uint64_t *columns)
{
    for (int w = 0; w < c->words[1]; w++)
        columns[w] = ~(uint64_t)0;
    for (int i = 0; i < c->count[0]; i++)
        if (dtn_label_in(rows, i))
            for (int w = 0; w < c->words[1]; w++)
                columns[w] &= c->row[(size_t)i * (size_t)c->words[1] + (size_t)w];
}

/* Do two sets of columns agree on all columns before one? */
static bool same_before(const uint64_t *a, const uint64_t *b, int column)
{
    for (int w = 0; w < column / 64; w++)
        if (a[w] != b[w])
            return false;
    uint64_t mask = ((uint64_t)1 << (column % 64)) - 1;
    return ((a[column / 64] ^ b[column / 64]) & mask) == 0;
}

static dtn_status close_by_one(dtn_ctx *ctx, concept *c, const uint64_t *rows, const uint64_t *columns,
                               int from)
{
    DTN_TRY(dtn_ctx_poll(ctx));
    if (!empty(columns, c->words[1]))
        DTN_TRY(keep(ctx, c, rows, columns));
    if (c->out->subsets > MOST_SUBSETS)
        return dtn_fail(ctx, DTN_LIMIT, "more than %d maximal Nash subsets", MOST_SUBSETS);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    uint64_t *less, *more;
    DTN_ALLOC(ctx, ctx->scratch, less, c->words[0]);
    DTN_ALLOC(ctx, ctx->scratch, more, c->words[1]);
    dtn_status status = DTN_OK;
    for (int j = from; j < c->count[1] && status == DTN_OK; j++) {
        if (dtn_label_in(columns, j))
            continue;
        for (int w = 0; w < c->words[0]; w++)
            less[w] = rows[w] & c->column[(size_t)j * (size_t)c->words[0] + (size_t)w];
        if (empty(less, c->words[0]))
            continue;
        common_columns(c, less, more);
        if (same_before(columns, more, j))
            status = close_by_one(ctx, c, less, more, j + 1);
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* local[p][vertex] = number inside the component. items: profiles of the component. */
static dtn_status subsets_of_component(dtn_ctx *ctx, concept *c, const dtn_profile *const *item, int items,
                                       int *const local[2])
{
    for (int p = 0; p < 2; p++) {
        c->count[p] = 0;
        DTN_ALLOC(ctx, ctx->scratch, c->vertex[p], items);
        for (int i = 0; i < items; i++) {
            int v = item[i]->vertex[p];
            if (local[p][v] >= 0)
                continue;
            local[p][v] = c->count[p];
            c->vertex[p][c->count[p]++] = v;
        }
        c->words[p] = (c->count[p] + 63) / 64;
    }
    uint64_t *rows, *columns;
    DTN_ALLOC(ctx, ctx->scratch, c->row, c->count[0] * c->words[1]);
    DTN_ALLOC(ctx, ctx->scratch, c->column, c->count[1] * c->words[0]);
    DTN_ALLOC(ctx, ctx->scratch, rows, c->words[0]);
    DTN_ALLOC(ctx, ctx->scratch, columns, c->words[1]);
    for (int i = 0; i < items; i++) {
        int x = local[0][item[i]->vertex[0]], y = local[1][item[i]->vertex[1]];
        dtn_label_add(c->row + (size_t)x * (size_t)c->words[1], y);
        dtn_label_add(c->column + (size_t)y * (size_t)c->words[0], x);
        dtn_label_add(rows, x);
    }
    common_columns(c, rows, columns);
    return close_by_one(ctx, c, rows, columns, 0);
}

static dtn_status find_subsets(dtn_ctx *ctx, dtn_profiles *out)
{
    const dtn_profile **item;
    int *local[2], *first;
    DTN_ALLOC(ctx, ctx->scratch, item, out->count + 1);
    DTN_ALLOC(ctx, ctx->scratch, first, out->components + 2);
    for (int p = 0; p < 2; p++) {
        DTN_ALLOC(ctx, ctx->scratch, local[p], out->vertices[p] + 1);
        for (int v = 0; v < out->vertices[p]; v++)
            local[p][v] = -1;
    }
    for (int i = 0; i < out->count; i++)
        first[out->item[i].component + 2]++;
    for (int k = 2; k <= out->components + 1; k++)
        first[k] += first[k - 1];
    for (int i = 0; i < out->count; i++)
        item[first[out->item[i].component + 1]++] = &out->item[i];
    concept c = {.out = out};
    for (int k = 0; k < out->components; k++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        c.component = k;
        dtn_status status = subsets_of_component(ctx, &c, item + first[k], first[k + 1] - first[k], local);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}

dtn_status dtn_extreme_describe(dtn_ctx *ctx, dtn_profiles *out, dtn_vertex_set *const set[2])
{
    for (int p = 0; p < 2; p++)
        DTN_TRY(sort_vertices(ctx, out, set[p], p));
    if (out->count)
        qsort(out->item, (size_t)out->count, sizeof *out->item, by_vertices);
    DTN_TRY(find_components(ctx, out));
    return find_subsets(ctx, out);
}
