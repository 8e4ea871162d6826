/* Vertices of the faces met by the solver `extreme`, and the set of extreme strategies found so far.
 *
 * Method: depth-first search over bases by lexicographic pivots, told apart by a hash table of cobases; the perturbation is symbolic and
 *   anchored at the dictionary that is given, so a degenerate vertex is met a few times, not once a basis.
 * Cost: (perturbed) vertices x columns pivots. Exact. */
#include <string.h>

#include "solve/extreme.h"

enum { CHUNK = 16 }; /* points allocated at a time */

/* --- the set of vertices ------------------------------------------------------------------------- */

dtn_status dtn_vertex_set_new(dtn_ctx *ctx, dtn_arena *arena, dtn_vertex_set **out, int labels, int first,
                              int width)
{
    dtn_vertex_set *s;
    DTN_ALLOC(ctx, arena, s, 1);
    *s = (dtn_vertex_set){.labels = labels,
                          .words = (labels + 63) / 64,
                          .first = first,
                          .width = width,
                          .room = 32,
                          .slots = 128,
                          .arena = arena};
    DTN_ALLOC(ctx, arena, s->tight, s->room * s->words);
    DTN_ALLOC(ctx, arena, s->point, s->room);
    DTN_ALLOC(ctx, arena, s->stamp, s->room);
    DTN_ALLOC(ctx, arena, s->sign, s->room);
    DTN_ALLOC(ctx, arena, s->slot, s->slots);
    s->value = dtn_arena_fmpz(arena, (size_t)width);
    if (!s->value)
        return dtn_fail_nomem(ctx);
    *out = s;
    return DTN_OK;
}

static uint64_t hash(const uint64_t *bits, int words)
{
    uint64_t h = 0;
    for (int w = 0; w < words; w++) {
        h = (h ^ bits[w]) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    return h;
}

/* Slot of a bit set in a table of indices + 1 into sets: occupied by an equal set, or empty. slots: a power of two. */
static int find_slot(const int *slot, int slots, const uint64_t *sets, int words, const uint64_t *bits)
{
    int at = (int)(hash(bits, words) & (uint64_t)(slots - 1));
    while (slot[at] &&
           memcmp(sets + (size_t)(slot[at] - 1) * (size_t)words, bits, (size_t)words * sizeof *bits) != 0)
        at = (at + 1) & (slots - 1);
    return at;
}

/* Doubles list and table once the list is full; table stays at most a quarter full. */
static dtn_status grow(dtn_ctx *ctx, dtn_arena *arena, uint64_t **sets, int *room, int words, int **slot,
                       int *slots, int count)
{
    if (count < *room)
        return DTN_OK;
    if (*room > 1 << 27)
        return dtn_fail(ctx, DTN_LIMIT, "more than %d vertices", *room);
    uint64_t *bigger;
    DTN_ALLOC(ctx, arena, bigger, 2 * (size_t)*room * (size_t)words);
    memcpy(bigger, *sets, (size_t)count * (size_t)words * sizeof *bigger);
    int more = 8 * *room, *table;
    DTN_ALLOC(ctx, arena, table, more);
    for (int i = 0; i < count; i++)
        table[find_slot(table, more, bigger, words, bigger + (size_t)i * (size_t)words)] = i + 1;
    *sets = bigger;
    *room *= 2;
    *slot = table;
    *slots = more;
    return DTN_OK;
}

/* The vertex with these tight labels, or room for it: *point = NULL when it was there. */
static dtn_status claim(dtn_ctx *ctx, dtn_vertex_set *s, int *index, fmpq **point, const uint64_t *tight)
{
    int before = s->room;
    *point = NULL;
    DTN_TRY(grow(ctx, s->arena, &s->tight, &s->room, s->words, &s->slot, &s->slots, s->count));
    if (s->room != before) {
        fmpq **points;
        int *stamps;
        int8_t *signs;
        DTN_ALLOC(ctx, s->arena, points, s->room);
        DTN_ALLOC(ctx, s->arena, stamps, s->room);
        DTN_ALLOC(ctx, s->arena, signs, s->room);
        memcpy(points, s->point, (size_t)s->count * sizeof *points);
        memcpy(stamps, s->stamp, (size_t)s->count * sizeof *stamps);
        s->point = points;
        memcpy(signs, s->sign, (size_t)s->count);
        s->stamp = stamps;
        s->sign = signs;
    }
    int at = find_slot(s->slot, s->slots, s->tight, s->words, tight);
    *index = s->slot[at] - 1;
    if (s->slot[at])
        return DTN_OK;
    if (s->left == 0) {
        DTN_ALLOC_FMPQ(ctx, s->arena, s->chunk, CHUNK * s->width);
        s->left = CHUNK;
    }
    memcpy(s->tight + (size_t)s->count * (size_t)s->words, tight, (size_t)s->words * sizeof *tight);
    *point = s->point[s->count] = s->chunk;
    s->chunk += s->width;
    s->left--;
    *index = s->count++;
    s->slot[at] = s->count;
    return DTN_OK;
}

dtn_status dtn_vertex_set_add(dtn_ctx *ctx, dtn_vertex_set *s, int *index, const uint64_t *tight)
{
    fmpq *point;
    fmpz_t sum;
    fmpz_init(sum);
    for (int k = 0; k < s->width; k++)
        fmpz_add(sum, sum, s->value + k);
    *index = -1;
    dtn_status status = fmpz_is_zero(sum) ? DTN_OK : claim(ctx, s, index, &point, tight);
    if (status == DTN_OK && *index >= 0 && point)
        for (int k = 0; k < s->width; k++)
            if (!fmpz_is_zero(s->value + k))
                fmpq_set_fmpz_frac(point + k, s->value + k, sum);
    fmpz_clear(sum);
    return status;
}

dtn_status dtn_vertex_set_take(dtn_ctx *ctx, dtn_vertex_set *s, int *index, dtn_vertex_set *from, int at)
{
    fmpq *point;
    DTN_TRY(claim(ctx, s, index, &point, from->tight + (size_t)at * (size_t)from->words));
    for (int k = 0; point && k < s->width; k++)
        fmpq_swap(point + k, from->point[at] + k);
    s->sign[*index] = from->sign[at];
    return DTN_OK;
}

/* The vertex at the dictionary's basic solution. */
static dtn_status add_here(dtn_ctx *ctx, dtn_vertex_set *s, int *index, const dtn_dictionary *d,
                           uint64_t *tight)
{
    for (int w = 0; w < s->words; w++)
        tight[w] = 0;
    for (int l = 0; l < s->labels; l++)
        if (d->place[l] < 0 || fmpz_is_zero(d->cell + (size_t)d->place[l] * (size_t)d->stride))
            dtn_label_add(tight, l);
    for (int k = 0; k < s->width; k++) {
        if (dtn_label_in(tight, s->first + k))
            fmpz_zero(s->value + k);
        else
            fmpz_set(s->value + k, d->cell + (size_t)d->place[s->first + k] * (size_t)d->stride);
    }
    return dtn_vertex_set_add(ctx, s, index, tight);
}

/* --- all vertices of a face ---------------------------------------------------------------------- */

typedef struct turn {
    int row, column, next; /* the pivot that led here; the next column to try */
} turn;

typedef struct face {
    dtn_dictionary *d;
    int *order, orders; /* [orders] labels of the perturbed variables, first the least perturbed last */
    int words, labels;
    uint64_t *cobasis; /* [count][words] met so far */
    int count, room, *slot, slots;
    turn *path; /* [depth] */
    int depth, deepest;
    fmpz *left, *right, *zero;
} face;

/* Coefficient of the k-th perturbation in a row. */
static const fmpz *perturbation(const face *f, int row, int k)
{
    int place = f->d->place[f->order[k]];
    if (place == row)
        return f->d->det;
    return place >= 0 ? f->zero : f->d->cell + (size_t)row * (size_t)f->d->stride + (-place - 1);
}

/* Leaving row of the lexicographic ratio test, -1 when the column is unbounded. */
static int leaving(face *f, int column)
{
    const dtn_dictionary *d = f->d;
    int out = -1;
    for (int i = 0; i < d->rows; i++) {
        const fmpz *a = d->cell + (size_t)i * (size_t)d->stride;
        if (fmpz_sgn(a + column) <= 0)
            continue;
        if (out < 0) {
            out = i;
            continue;
        }
        const fmpz *b = d->cell + (size_t)out * (size_t)d->stride;
        int order = 0;
        for (int k = -1; k < f->orders && order == 0; k++) {
            fmpz_mul(f->left, k < 0 ? a : perturbation(f, i, k), b + column);
            fmpz_mul(f->right, k < 0 ? b : perturbation(f, out, k), a + column);
            order = fmpz_cmp(f->left, f->right);
        }
        if (order < 0)
            out = i;
    }
    return out;
}

/* Notes the current cobasis, with one exchange (row < 0: none). *fresh: it was not met before. */
static dtn_status note(dtn_ctx *ctx, face *f, int row, int column, bool *fresh)
{
    DTN_TRY(grow(ctx, ctx->scratch, &f->cobasis, &f->room, f->words, &f->slot, &f->slots, f->count));
    uint64_t *bits = f->cobasis + (size_t)f->count * (size_t)f->words;
    for (int w = 0; w < f->words; w++)
        bits[w] = 0;
    for (int j = 1; j <= f->d->columns; j++)
        if (row < 0 || j != column)
            dtn_label_add(bits, f->d->nonbasic[j]);
    if (row >= 0)
        dtn_label_add(bits, f->d->basic[row]);
    int at = find_slot(f->slot, f->slots, f->cobasis, f->words, bits);
    *fresh = f->slot[at] == 0;
    if (*fresh)
        f->slot[at] = ++f->count;
    return DTN_OK;
}

static dtn_status push(dtn_ctx *ctx, face *f, int row, int column)
{
    if (f->depth == f->deepest) {
        turn *path;
        int deepest = f->deepest ? 2 * f->deepest : 64;
        DTN_ALLOC(ctx, ctx->scratch, path, deepest);
        if (f->depth)
            memcpy(path, f->path, (size_t)f->depth * sizeof *path);
        f->path = path;
        f->deepest = deepest;
    }
    f->path[f->depth++] = (turn){row, column, 1};
    return DTN_OK;
}

/* Appends a vertex (-1: the origin, none) to the list with this stamp unless it is there. */
static dtn_status list_vertex(dtn_ctx *ctx, dtn_vertex_set *set, int **list, int *count, int *room, int index)
{
    if (index < 0 || set->stamp[index] == set->stamps)
        return DTN_OK;
    if (*count == *room) {
        int *bigger;
        DTN_ALLOC(ctx, ctx->scratch, bigger, 2 * *room);
        memcpy(bigger, *list, (size_t)*count * sizeof *bigger);
        *list = bigger;
        *room *= 2;
    }
    set->stamp[index] = set->stamps;
    (*list)[(*count)++] = index;
    return DTN_OK;
}

static dtn_status start(dtn_ctx *ctx, face *f, dtn_vertex_set *set, dtn_dictionary *d)
{
    *f =
        (face){.d = d, .orders = d->rows, .words = set->words, .labels = set->labels, .room = 16, .slots = 64};
    DTN_ALLOC(ctx, ctx->scratch, f->order, d->rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, f->cobasis, f->room * f->words);
    DTN_ALLOC(ctx, ctx->scratch, f->slot, f->slots);
    f->left = dtn_arena_fmpz(ctx->scratch, 3);
    if (!f->left)
        return dtn_fail_nomem(ctx);
    f->right = f->left + 1;
    f->zero = f->left + 2;
    memcpy(f->order, d->basic, (size_t)d->rows * sizeof *f->order);
    return DTN_OK;
}

dtn_status dtn_face_vertices(dtn_ctx *ctx, dtn_vertex_set *set, int **list, int *count, dtn_dictionary *d)
{
    int room = 8, index;
    uint64_t *tight;
    *count = 0;
    DTN_ALLOC(ctx, ctx->scratch, *list, room);
    DTN_ALLOC(ctx, ctx->scratch, tight, set->words);
    DTN_TRY(add_here(ctx, set, &index, d, tight));
    set->stamps++;
    DTN_TRY(list_vertex(ctx, set, list, count, &room, index));
    if (d->columns == 0)
        return DTN_OK;
    face f;
    bool fresh;
    DTN_TRY(start(ctx, &f, set, d));
    DTN_TRY(note(ctx, &f, -1, 0, &fresh));
    DTN_TRY(push(ctx, &f, -1, 0));
    while (f.depth > 0) {
        turn *top = &f.path[f.depth - 1];
        if (top->next > d->columns) {
            if (top->row >= 0)
                dtn_dictionary_pivot(d, top->row, top->column);
            f.depth--;
            continue;
        }
        int column = top->next++, row = leaving(&f, column);
        if (row < 0)
            return dtn_fail(ctx, DTN_INTERNAL, "a best-response polytope is unbounded");
        DTN_TRY(note(ctx, &f, row, column, &fresh));
        if (!fresh)
            continue;
        DTN_TRY(dtn_ctx_poll(ctx));
        dtn_dictionary_pivot(d, row, column);
        DTN_TRY(push(ctx, &f, row, column));
        DTN_TRY(add_here(ctx, set, &index, d, tight));
        DTN_TRY(list_vertex(ctx, set, list, count, &room, index));
    }
    return DTN_OK;
}
