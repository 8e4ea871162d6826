/* The map of two parameters: squares in which the classes of equilibria are proved.
 *
 * Method: a square lies in a face when all factors of the face have its signs on the square. A factor that changes sign inside parts
 *   the square: both sides are asked for a face, and so on, until faces cover every combination of signs (the curves themselves are of
 *   area 0). All of one pattern: proved. Otherwise the square is quartered; where no known face fits, a point
 *   with the wanted signs is sought and a traced run made there.
 * Cost: traced runs: the faces, some hundred at most; squares: the length of the borders times the resolution.
 * Exact: yes; signs come from integers (num/bernstein.h).
 * Source: quadtrees, e.g. H. Samet, ACM Comput. Surveys 16 (1984). */
#include <string.h>

#include "analyse/regions_parts.h"

enum { MOST_ASSUMED = 8, MOST_BRANCHES = 48, TRIES = 14, MIXED = 2 };

/* A square in work. sign: [signs] of factors: 1, -1, MIXED, or 0: not known yet. */
typedef struct square {
    dtn_region_cell cell;
    int8_t *sign;
    int signs;
} square;

typedef struct level_list {
    dtn_arena *arena;
    square *square;
    int count, room;
} level_list;

typedef struct mapper {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_faces *faces;
    dtn_factors factors;
    dtn_region_map *out;
    const fmpq *lo, *hi;
    fmpq *point, *corner, *width; /* [2] sample; [4]; [1] scratch */
    fmpq *area;                   /* [1] decided */
    const square *at;
    int assumed[MOST_ASSUMED], assumed_sign[MOST_ASSUMED], assumptions, branches;
    bool last; /* squares of this level are not quartered */
    int lone, lone_before,
        lone_after; /* the only factor that parts the square, and the patterns on its two sides */
} mapper;

static uint64_t bit_of(int pattern)
{
    if (pattern == DTN_FACE_OUTSIDE)
        return UINT64_C(1) << DTN_REGION_OUTSIDE;
    return UINT64_C(1) << (pattern < 0 || pattern >= DTN_REGION_PATTERNS ? DTN_REGION_UNKNOWN : pattern);
}

static bool is_single(uint64_t patterns)
{
    return patterns && (patterns & (patterns - 1)) == 0 && !(patterns >> DTN_REGION_UNKNOWN);
}

/* Sign of a factor on the square: 1, -1 or MIXED. */
static dtn_status sign_on(mapper *m, int *sign, int factor)
{
    const square *q = m->at;
    if (factor < q->signs && q->sign[factor]) {
        *sign = q->sign[factor];
        return DTN_OK;
    }
    long at[2] = {q->cell.x, q->cell.y};
    DTN_TRY(dtn_factors_sign(m->ctx, sign, &m->factors, factor, q->cell.level, at, NULL));
    *sign = *sign ? *sign : MIXED;
    if (factor < q->signs)
        q->sign[factor] = (int8_t)*sign;
    return DTN_OK;
}

static int assumed_sign(const mapper *m, int factor)
{
    for (int i = 0; i < m->assumptions; i++)
        if (m->assumed[i] == factor)
            return m->assumed_sign[i];
    return 0;
}

/* *open = how many factors of the face are undetermined on the square under the assumptions, -1: it contradicts one. */
static dtn_status compare(mapper *m, int *open, const dtn_face *face, int most)
{
    *open = 0;
    for (int i = 0; i < face->factors && *open >= 0 && *open <= most; i++) {
        int sign;
        DTN_TRY(sign_on(m, &sign, face->factor[i]));
        if (sign == MIXED)
            sign = assumed_sign(m, face->factor[i]);
        if (sign == 0)
            ++*open;
        else if (sign != face->sign[i])
            *open = -1;
    }
    return DTN_OK;
}

/* A point of the square at these shares of its sides. */
static void place(mapper *m, fmpq *x, long share_x, long share_y, long whole)
{
    for (int k = 0; k < 2; k++) {
        long number = k ? m->at->cell.y : m->at->cell.x;
        fmpq_set_si(x + k, number * whole + (k ? share_y : share_x), (ulong)whole);
        fmpq_div_2exp(x + k, x + k, (ulong)m->at->cell.level);
        fmpq_sub(m->width, m->hi + k, m->lo + k);
        fmpq_mul(x + k, x + k, m->width);
        fmpq_add(x + k, x + k, m->lo + k);
    }
}

/* The linear program's point for the assumed signs. */
static dtn_status solve_point(mapper *m, bool *empty, bool *found)
{
    dtn_arena_mark mark = dtn_arena_save(m->ctx->scratch);
    place(m, m->corner, 0, 0, 1);
    place(m, m->corner + 2, 1, 1, 1);
    dtn_status status = dtn_region_point(m->ctx, empty, found, m->point, m->faces, m->corner, m->corner + 2,
                                         m->assumed, m->assumed_sign, m->assumptions);
    dtn_arena_release(m->ctx->scratch, mark);
    return status;
}

/* A new face at a point of the square that has the assumed signs; -1: no such point was found, or *empty: there is none. */
static dtn_status explore(mapper *m, int *face, bool *empty)
{
    /* Odd fractions, so that no border of round numbers is met. */
    static const int share[TRIES][2] = {{52, 49}, {23, 77}, {79, 27}, {31, 19}, {71, 83}, {11, 47}, {89, 57},
                                        {47, 93}, {53, 7},  {5, 4},   {96, 97}, {4, 95},  {95, 6},  {37, 61}};
    *face = -1;
    for (int i = 0; i < TRIES && *face < 0; i++) {
        bool fits = true;
        place(m, m->point, share[i][0], share[i][1], 101);
        for (int k = 0; k < m->assumptions && fits; k++)
            fits = dtn_trace_factor_sign_at(m->faces->trace, m->assumed[k], m->point) == m->assumed_sign[k];
        if (fits)
            DTN_TRY(dtn_faces_at(m->ctx, face, m->faces, m->point));
    }
    bool found = false;
    if (*face < 0 && m->assumptions && m->last)
        DTN_TRY(solve_point(m, empty, &found));
    return found ? dtn_faces_at(m->ctx, face, m->faces, m->point) : DTN_OK;
}

/* The face with the fewest undetermined factors, explored if need be; -1: none. */
static dtn_status best_face(mapper *m, int *best, int *open, bool *empty)
{
    *best = -1;
    *empty = false;
    *open = INT32_MAX;
    for (int f = 0; f<m->faces->faces && * open> 0; f++) {
        int own;
        DTN_TRY(compare(m, &own, &m->faces->face[f], *open));
        if (own >= 0 && own < *open) {
            *open = own;
            *best = f;
        }
    }
    if (*best < 0)
        DTN_TRY(explore(m, best, empty));
    return *best < 0 ? DTN_OK : compare(m, open, &m->faces->face[*best], INT32_MAX);
}

/* Adds the patterns of all combinations of signs that the assumptions leave. *top: pattern of the first face. */
static dtn_status cover(mapper *m, uint64_t *patterns, int *top)
{
    int best, open;
    *top = DTN_FACE_UNKNOWN;
    bool spent = ++m->branches > MOST_BRANCHES;
    bool empty = false;
    if (!spent)
        DTN_TRY(best_face(m, &best, &open, &empty));
    if (empty)
        return DTN_OK;
    if (spent || best < 0 || m->assumptions + open > MOST_ASSUMED || (!m->last && open > 3)) {
        *patterns |= UINT64_C(1) << DTN_REGION_UNKNOWN;
        return DTN_OK;
    }
    const dtn_face face = m->faces->face[best];
    *top = face.pattern;
    *patterns |= bit_of(face.pattern);
    int before = m->assumptions;
    for (int i = 0; i < face.factors; i++) {
        int sign, other;
        DTN_TRY(sign_on(m, &sign, face.factor[i]));
        if (sign != MIXED || assumed_sign(m, face.factor[i]))
            continue;
        if (*patterns >> DTN_REGION_UNKNOWN || (!m->last && !is_single(*patterns)))
            break; /* it will be quartered, or stays open */
        m->assumed[m->assumptions] = face.factor[i];
        m->assumed_sign[m->assumptions++] = -face.sign[i];
        DTN_TRY(cover(m, patterns, &other));
        if (open == 1 && before == 0) {
            m->lone = face.factor[i];
            m->lone_before = face.sign[i] > 0 ? other : face.pattern;
            m->lone_after = face.sign[i] > 0 ? face.pattern : other;
        }
        m->assumed_sign[m->assumptions - 1] = face.sign[i];
    }
    m->assumptions = before;
    return DTN_OK;
}

/* --- borders ------------------------------------------------------------------------------------- */

dtn_status dtn_region_border_add(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, int factor, int before,
                                 int after, long cells)
{
    for (int i = 0; i < map->borders; i++) {
        dtn_region_border *b = &map->border[i];
        if (b->factor == factor && b->before == before && b->after == after) {
            b->cells += cells;
            return DTN_OK;
        }
    }
    if (map->borders % 16 == 0) {
        dtn_region_border *bigger;
        DTN_ALLOC(ctx, arena, bigger, map->borders + 16);
        if (map->borders)
            memcpy(bigger, map->border, (size_t)map->borders * sizeof *bigger);
        map->border = bigger;
    }
    map->border[map->borders++] =
        (dtn_region_border){.factor = factor, .before = before, .after = after, .cells = cells};
    return DTN_OK;
}

/* The square has points on both sides of the factor: two of its corners are. */
static bool is_crossed(mapper *m, int factor)
{
    int seen = 0;
    for (int corner = 0; corner < 4; corner++) {
        place(m, m->point, corner & 1, corner >> 1, 1);
        int sign = dtn_trace_factor_sign_at(m->faces->trace, factor, m->point);
        seen |= sign > 0 ? 1 : sign < 0 ? 2 : 0;
    }
    return seen == 3;
}

static dtn_status note_border(mapper *m)
{
    dtn_region_map *out = m->out;
    if (m->lone < 0 || m->lone_before == m->lone_after || m->lone_before == DTN_FACE_UNKNOWN ||
        m->lone_after == DTN_FACE_UNKNOWN || !is_crossed(m, m->lone))
        return DTN_OK;
    return dtn_region_border_add(m->ctx, m->arena, out, m->lone, m->lone_before, m->lone_after, 1);
}

/* --- squares ------------------------------------------------------------------------------------- */

static dtn_status keep_cell(mapper *m, dtn_region_cell cell)
{
    dtn_region_map *out = m->out;
    if (out->cells == out->room) {
        int room = 2 * out->room + 1024;
        dtn_region_cell *bigger;
        DTN_ALLOC(m->ctx, m->arena, bigger, room);
        if (out->cells)
            memcpy(bigger, out->cell, (size_t)out->cells * sizeof *bigger);
        out->cell = bigger;
        out->room = room;
    }
    out->cell[out->cells++] = cell;
    out->level = cell.level > out->level ? cell.level : out->level;
    if (is_single(cell.patterns)) {
        fmpq_one(m->point);
        fmpq_div_2exp(m->point, m->point, 2 * (ulong)cell.level);
        fmpq_add(m->area, m->area, m->point);
    }
    return DTN_OK;
}

static dtn_status add_square(mapper *m, level_list *list, dtn_region_cell cell, const square *parent)
{
    if (list->count == list->room) {
        int room = 2 * list->room + 64;
        square *bigger;
        DTN_ALLOC(m->ctx, list->arena, bigger, room);
        if (list->count)
            memcpy(bigger, list->square, (size_t)list->count * sizeof *bigger);
        list->square = bigger;
        list->room = room;
    }
    square *q = &list->square[list->count];
    *q = (square){.cell = cell, .signs = dtn_trace_factors(m->faces->trace) + 8};
    DTN_ALLOC(m->ctx, list->arena, q->sign, q->signs);
    for (int f = 0; parent && f < parent->signs && f < q->signs; f++)
        q->sign[f] = parent->sign[f] == MIXED ? 0 : parent->sign[f];
    list->count++;
    return DTN_OK;
}

static dtn_status decide(mapper *m, const square *q, level_list *below)
{
    int top;
    uint64_t patterns = 0;
    m->at = q;
    m->assumptions = m->branches = 0;
    m->lone = -1;
    DTN_TRY(cover(m, &patterns, &top));
    dtn_region_cell cell = q->cell;
    cell.patterns = patterns;
    if (is_single(patterns))
        return keep_cell(m, cell);
    if (m->last) {
        DTN_TRY(note_border(m));
        return keep_cell(m, cell);
    }
    for (int k = 0; k < 4; k++) {
        dtn_region_cell quarter = {2 * cell.x + (k & 1), 2 * cell.y + (k >> 1), 1, 1, cell.level + 1, 0};
        DTN_TRY(add_square(m, below, quarter, q));
    }
    return DTN_OK;
}

/* What was not looked at stays open. */
static dtn_status give_up(mapper *m, const level_list *list, int from)
{
    for (int i = from; i < list->count; i++) {
        dtn_region_cell cell = list->square[i].cell;
        cell.patterns = UINT64_C(1) << DTN_REGION_UNKNOWN;
        DTN_TRY(keep_cell(m, cell));
    }
    return DTN_OK;
}

/* Would the map be fine enough if all squares in work stayed open at their quarters' size? */
static bool is_last(mapper *m, const level_list *list, int level, const dtn_map_options *options)
{
    if (level >= options->deepest)
        return true;
    if (level < options->level)
        return false;
    fmpq_set_si(m->point, list->count, 2); /* about half of the squares are open */
    fmpq_div_2exp(m->point, m->point, 2 * (ulong)level);
    return fmpq_cmp(m->point, options->share) <= 0;
}

static dtn_status refine(mapper *m, level_list *now, level_list *next, const dtn_map_options *options)
{
    for (int level = 0;; level++) {
        m->last = is_last(m, now, level, options);
        dtn_ctx_report(m->ctx, "map", (double)level / (options->deepest + 1));
        for (int i = 0; i < now->count; i++) {
            dtn_status status = i % 64 == 0 ? dtn_ctx_poll(m->ctx) : DTN_OK;
            if (status == DTN_OK)
                status = decide(m, &now->square[i], next);
            if (status == DTN_LIMIT || status == DTN_CANCELLED) {
                m->out->open = true;
                DTN_TRY(give_up(m, now, i));
                DTN_TRY(give_up(m, next, 0));
            }
            DTN_TRY(status);
        }
        if (m->last || next->count == 0)
            return DTN_OK;
        level_list done = *now;
        *now = *next;
        dtn_arena_free(done.arena);
        next->arena = NULL;
        *next = (level_list){.arena = dtn_arena_new(m->ctx)};
        if (!next->arena)
            return dtn_fail_nomem(m->ctx);
    }
}

dtn_status dtn_region_map_make(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *out, dtn_faces *faces,
                               const fmpq *lo, const fmpq *hi, const dtn_map_options *options)
{
    *out = (dtn_region_map){0};
    mapper m = {.ctx = ctx, .arena = arena, .faces = faces, .out = out, .lo = lo, .hi = hi};
    m.factors = (dtn_factors){.arena = arena, .faces = faces, .lo = lo, .hi = hi};
    DTN_ALLOC_FMPQ(ctx, arena, m.point, 8);
    m.corner = m.point + 2;
    m.width = m.point + 6;
    m.area = m.point + 7;
    DTN_ALLOC_FMPQ(ctx, arena, out->undecided, 1);
    level_list now = {.arena = dtn_arena_new(ctx)}, next = {.arena = dtn_arena_new(ctx)};
    dtn_status status = now.arena && next.arena ? add_square(&m, &now, (dtn_region_cell){.w = 1, .h = 1}, NULL)
                                                : dtn_fail_nomem(ctx);
    if (status == DTN_OK)
        status = refine(&m, &now, &next, options);
    dtn_arena_free(now.arena);
    dtn_arena_free(next.arena);
    for (int f = 0; f < faces->faces; f++)
        out->open = out->open || faces->face[f].pattern == DTN_FACE_UNKNOWN;
    out->open = out->open || faces->lost > 0;
    fmpq_one(out->undecided);
    fmpq_sub(out->undecided, out->undecided, m.area);
    return status;
}
