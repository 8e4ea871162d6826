/* Lemke-Howson paths in doubles that carry only the core of each tableau.
 *
 * Method: two systems, C x + slack = 1, x and slack >= 0: one over player 1's strategies with a row for each of player 2's, and
 *   the other way round. A basis is a set S of strategies and as many tight rows T; all that is kept of the tableau is the
 *   inverse of the k x k core C[T][S], which a pivot borders, shrinks or updates. The entering column is multiplied out from k
 *   columns of C when it is needed. Right-hand sides are moved by amounts of 1e-9 that differ, against ties.
 * Cost: k * n multiplications a pivot and k * k for the inverse; k stays small on large games. What the path ends in has to be
 *   proved elsewhere.
 * Source: C. Lemke, J. Howson, Equilibrium points of bimatrix games, J. SIAM 12 (1964); C. Lemke, Bimatrix equilibrium
 *   points and mathematical programming, Management Science 11 (1965), for the tableau. */
#include <math.h>
#include <string.h>

#include "num/row_update.h"
#include "solve/lemke_howson.h"

enum { LARGEST_CORE = 1024, REFRESH = 100 };

static const double tiny = 1e-11, offset = 0.05, move = 1e-9;

/* One system. Tight rows have an infinite slack, so that no ratio test takes them. */
typedef struct side {
    int strategies, rows, room; /* room: largest core */
    size_t stride;
    double *column;         /* [strategies][stride] of C */
    int k, *s, *t;          /* [room] the core's strategies and rows */
    int *place_s, *place_t; /* [strategies], [rows] where in the core; -1: not in it */
    double *x, *slack, *right;
    double *inverse; /* [room][room]: row a belongs to s[a], column b to t[b] */
    double *u, *w, *d, *work;
} side;

struct dtn_lh {
    side side[2];
    dtn_row_update *update;
    long pivots;
};

static double *column(const side *y, int strategy)
{
    return y->column + (size_t)strategy * y->stride;
}

static double *inverse(const side *y, int a)
{
    return y->inverse + (size_t)a * (size_t)y->room;
}

static dtn_status new_side(dtn_ctx *ctx, side *y, int strategies, int rows)
{
    int small = strategies < rows ? strategies : rows;
    *y = (side){
        .strategies = strategies, .rows = rows, .room = (small < LARGEST_CORE ? small : LARGEST_CORE) + 1};
    y->stride = ((size_t)rows + 7) / 8 * 8;
    DTN_ALLOC(ctx, ctx->scratch, y->column, (size_t)strategies * y->stride);
    DTN_ALLOC(ctx, ctx->scratch, y->s, y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->t, y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->place_s, strategies);
    DTN_ALLOC(ctx, ctx->scratch, y->place_t, rows);
    DTN_ALLOC(ctx, ctx->scratch, y->x, y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->u, y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->w, y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->slack, y->stride);
    DTN_ALLOC(ctx, ctx->scratch, y->right, y->stride);
    DTN_ALLOC(ctx, ctx->scratch, y->d, y->stride);
    DTN_ALLOC(ctx, ctx->scratch, y->inverse, (size_t)y->room * (size_t)y->room);
    DTN_ALLOC(ctx, ctx->scratch, y->work, (size_t)y->room * (size_t)y->room);
    return DTN_OK;
}

/* Payoffs into [offset, 1 + offset], tile by tile, because one of the two matrices is turned over. */
static dtn_status fill(dtn_ctx *ctx, dtn_lh *lh, const dtn_strategic *g)
{
    enum { TILE = 32 };
    double least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY}, factor[2];
    for (size_t i = 0; i < g->profiles; i++)
        for (int p = 0; p < 2; p++) {
            double value = dtn_payoffs_double(&g->payoff, i, (size_t)p);
            least[p] = value < least[p] ? value : least[p];
            most[p] = value > most[p] ? value : most[p];
        }
    for (int p = 0; p < 2; p++)
        factor[p] = most[p] > least[p] ? 1 / (most[p] - least[p]) : 1;
    int m = g->strategies[0], n = g->strategies[1];
    for (int j0 = 0; j0 < n; j0 += TILE) {
        DTN_TRY(dtn_ctx_poll(ctx));
        for (int i0 = 0; i0 < m; i0 += TILE)
            for (int j = j0; j < n && j < j0 + TILE; j++) {
                size_t cell = (size_t)i0 + (size_t)j * (size_t)m;
                double *to = column(&lh->side[1], j);
                for (int i = i0; i < m && i < i0 + TILE; i++, cell++) {
                    to[i] = (dtn_payoffs_double(&g->payoff, cell, 0) - least[0]) * factor[0] + offset;
                    column(&lh->side[0], i)[j] =
                        (dtn_payoffs_double(&g->payoff, cell, 1) - least[1]) * factor[1] + offset;
                }
            }
    }
    return DTN_OK;
}

dtn_status dtn_lh_new(dtn_ctx *ctx, dtn_lh **out, const dtn_strategic *game)
{
    dtn_lh *lh;
    DTN_ALLOC(ctx, ctx->scratch, lh, 1);
    lh->update = dtn_row_update_best();
    for (int p = 0; p < 2; p++)
        DTN_TRY(new_side(ctx, &lh->side[p], game->strategies[p], game->strategies[1 - p]));
    DTN_TRY(fill(ctx, lh, game));
    dtn_lh_restart(lh, 0);
    *out = lh;
    return DTN_OK;
}

void dtn_lh_restart(dtn_lh *lh, uint64_t seed)
{
    for (int p = 0; p < 2; p++) {
        side *y = &lh->side[p];
        y->k = 0;
        for (int i = 0; i < y->strategies; i++)
            y->place_s[i] = -1;
        for (int j = 0; j < y->rows; j++) {
            y->place_t[j] = -1;
            if (seed) {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
            }
            y->right[j] = 1 + (seed ? move * (1 + (double)(seed >> 12) * 0x1p-52) : 0);
            y->slack[j] = y->right[j];
        }
    }
}

/* The inverse, x and the slacks from the core's strategies and rows. false: the core is singular. */
static bool refresh(dtn_lh *lh, side *y)
{
    int k = y->k;
    size_t room = (size_t)y->room;
    for (int b = 0; b < k; b++) /* work = core, inverse = unit matrix; Gauss-Jordan with the largest pivots */
        for (int a = 0; a < k; a++) {
            y->work[(size_t)b * room + (size_t)a] = column(y, y->s[a])[y->t[b]];
            y->inverse[(size_t)b * room + (size_t)a] = a == b;
        }
    for (int c = 0; c < k; c++) {
        int best = c;
        for (int b = c + 1; b < k; b++)
            if (fabs(y->work[(size_t)b * room + (size_t)c]) > fabs(y->work[(size_t)best * room + (size_t)c]))
                best = b;
        double *at = y->work + (size_t)c * room, *other = y->work + (size_t)best * room;
        for (int a = 0; best != c && a < k; a++) {
            double one = at[a], two = inverse(y, c)[a];
            at[a] = other[a];
            other[a] = one;
            inverse(y, c)[a] = inverse(y, best)[a];
            inverse(y, best)[a] = two;
        }
        if (fabs(at[c]) < 1e-13)
            return false;
        double scale = 1 / at[c];
        for (int a = 0; a < k; a++) {
            at[a] *= scale;
            inverse(y, c)[a] *= scale;
        }
        for (int b = 0; b < k; b++) {
            double factor = y->work[(size_t)b * room + (size_t)c];
            if (b == c || factor == 0)
                continue;
            lh->update(y->work + (size_t)b * room, at, factor, (size_t)k);
            lh->update(inverse(y, b), inverse(y, c), factor, (size_t)k);
        }
    }
    memcpy(y->slack, y->right, (size_t)y->rows * sizeof *y->slack);
    for (int a = 0; a < k; a++) {
        y->x[a] = 0;
        for (int b = 0; b < k; b++)
            y->x[a] += inverse(y, a)[b] * y->right[y->t[b]];
        lh->update(y->slack, column(y, y->s[a]), y->x[a], (size_t)y->rows);
    }
    for (int b = 0; b < k; b++)
        y->slack[y->t[b]] = INFINITY;
    return true;
}

bool dtn_lh_start_at(dtn_lh *lh, const int *const *support, int size)
{
    for (int p = 0; p < 2; p++) {
        side *y = &lh->side[p];
        if (size >= y->room)
            return false;
        for (int i = 0; i < y->strategies; i++)
            y->place_s[i] = -1;
        for (int j = 0; j < y->rows; j++)
            y->place_t[j] = -1;
        y->k = size;
        for (int a = 0; a < size; a++) {
            y->s[a] = support[p][a];
            y->t[a] = support[1 - p][a];
            y->place_s[y->s[a]] = y->place_t[y->t[a]] = a;
        }
        if (!refresh(lh, y))
            return false;
    }
    return true;
}

/* u = how the core's x falls, d = how slacks fall, when the variable grows: strategy `enters`, or the slack of row t[tight]. */
static void direction(dtn_lh *lh, side *y, int enters, int tight)
{
    const double *in = enters >= 0 ? column(y, enters) : NULL;
    for (int a = 0; a < y->k; a++) {
        double sum = 0;
        for (int b = 0; in && b < y->k; b++)
            sum += inverse(y, a)[b] * in[y->t[b]];
        y->u[a] = in ? sum : inverse(y, a)[tight];
    }
    if (in)
        memcpy(y->d, in, (size_t)y->rows * sizeof *y->d);
    else
        memset(y->d, 0, (size_t)y->rows * sizeof *y->d);
    for (int a = 0; a < y->k; a++)
        lh->update(y->d, column(y, y->s[a]), y->u[a], (size_t)y->rows);
}

/* Who reaches 0 first: *a in the core, or *row; the other is -1. false: nobody. */
static bool leaving(const side *y, double *step, int *a, int *row)
{
    double best = 1e300;
    *a = *row = -1;
    for (int j = 0; j < y->rows; j++)
        if (y->slack[j] < best * y->d[j] && y->d[j] > tiny) {
            best = y->slack[j] / y->d[j];
            *row = j;
        }
    for (int i = 0; i < y->k; i++)
        if (y->u[i] > tiny && y->x[i] < best * y->u[i]) {
            best = y->x[i] / y->u[i];
            *a = i;
            *row = -1;
        }
    *step = best;
    return best < 1e300;
}

/* w = row of C over the core's strategies, times the inverse */
static void row_times_inverse(side *y, int row)
{
    memset(y->w, 0, (size_t)y->k * sizeof *y->w);
    for (int a = 0; a < y->k; a++) {
        double c = column(y, y->s[a])[row];
        for (int b = 0; b < y->k; b++)
            y->w[b] += c * inverse(y, a)[b];
    }
}

/* A strategy and a row join the core. */
static void border(dtn_lh *lh, side *y, int enters, int row)
{
    int k = y->k;
    double pivot = 1 / y->d[row];
    row_times_inverse(y, row);
    for (int a = 0; a < k; a++) {
        lh->update(inverse(y, a), y->w, -y->u[a] * pivot, (size_t)k);
        inverse(y, a)[k] = -y->u[a] * pivot;
    }
    for (int b = 0; b < k; b++)
        inverse(y, k)[b] = -y->w[b] * pivot;
    inverse(y, k)[k] = pivot;
    y->s[k] = enters;
    y->t[k] = row;
    y->place_s[enters] = y->place_t[row] = k;
    y->k++;
}

/* A strategy takes the place of s[a]. */
static void swap_strategy(dtn_lh *lh, side *y, int enters, int a)
{
    double *row = inverse(y, a);
    for (int b = 0; b < y->k; b++)
        row[b] /= y->u[a];
    for (int i = 0; i < y->k; i++)
        if (i != a)
            lh->update(inverse(y, i), row, y->u[i], (size_t)y->k);
    y->place_s[y->s[a]] = -1;
    y->s[a] = enters;
    y->place_s[enters] = a;
}

/* A row takes the place of t[b]. */
static void swap_row(side *y, int row, int b)
{
    row_times_inverse(y, row);
    for (int a = 0; a < y->k; a++) {
        double *at = inverse(y, a), own = at[b] / y->w[b];
        for (int c = 0; c < y->k; c++)
            at[c] -= y->w[c] * own;
        at[b] = own;
    }
    y->place_t[y->t[b]] = -1;
    y->t[b] = row;
    y->place_t[row] = b;
}

/* s[a] and t[b] leave the core. */
static void shrink(dtn_lh *lh, side *y, int a, int b)
{
    int last = y->k - 1;
    double *gone = inverse(y, a), pivot = gone[b];
    for (int i = 0; i < y->k; i++)
        if (i != a)
            lh->update(inverse(y, i), gone, inverse(y, i)[b] / pivot, (size_t)y->k);
    if (a != last)
        memcpy(inverse(y, a), inverse(y, last), (size_t)y->k * sizeof *gone);
    for (int i = 0; i < last; i++)
        inverse(y, i)[b] = inverse(y, i)[last];
    y->place_s[y->s[a]] = y->place_t[y->t[b]] = -1;
    if (a != last) {
        y->s[a] = y->s[last];
        y->x[a] = y->x[last];
        y->place_s[y->s[a]] = a;
    }
    if (b != last) {
        y->t[b] = y->t[last];
        y->place_t[y->t[b]] = b;
    }
    y->k--;
}

/* The variable of this label enters; *label becomes that of the one that leaves. Side p: strategies have the labels of player
 * p, rows those of the other. */
static bool pivot(dtn_lh *lh, int p, int *label)
{
    side *y = &lh->side[p];
    int own = p == 0 ? 0 : lh->side[0].strategies, other = p == 0 ? lh->side[0].strategies : 0;
    bool strategy = *label >= own && *label < own + y->strategies;
    int enters = strategy ? *label - own : -1, tight = strategy ? -1 : y->place_t[*label - other], a, row;
    double step;
    direction(lh, y, enters, tight);
    if (!leaving(y, &step, &a, &row))
        return false;
    lh->update(y->slack, y->d, step, (size_t)y->rows);
    for (int i = 0; i < y->k; i++)
        y->x[i] -= step * y->u[i];
    *label = row >= 0 ? other + row : own + y->s[a];
    if (row >= 0 && strategy && y->k + 1 >= y->room)
        return false;
    int loosened = strategy ? -1 : y->t[tight];
    if (strategy && row >= 0) {
        y->x[y->k] = step;
        border(lh, y, enters, row);
    } else if (strategy) {
        y->x[a] = step;
        swap_strategy(lh, y, enters, a);
    } else if (row >= 0) {
        swap_row(y, row, tight);
    } else {
        shrink(lh, y, a, tight);
    }
    if (row >= 0)
        y->slack[row] = INFINITY;
    if (loosened >= 0)
        y->slack[loosened] = step;
    return ++lh->pivots % REFRESH != 0 || refresh(lh, y);
}

dtn_lh_end dtn_lh_follow(dtn_lh *lh, int label, long cap)
{
    int p = label < lh->side[0].strategies ? 0 : 1, now = label;
    if (lh->side[p].place_s[label - (p ? lh->side[0].strategies : 0)] >= 0)
        p = 1 - p; /* it is played: its row in the other system is loosened instead */
    for (long i = 0; i < cap; i++, p = 1 - p) {
        if (!pivot(lh, p, &now))
            return DTN_LH_LOST;
        if (now == label)
            return lh->side[0].k == lh->side[1].k ? DTN_LH_FOUND : DTN_LH_LOST;
    }
    return DTN_LH_CAPPED;
}

int dtn_lh_support(const dtn_lh *lh, int p, const int **strategies)
{
    *strategies = lh->side[p].s;
    return lh->side[p].k;
}

long dtn_lh_pivots(const dtn_lh *lh)
{
    return lh->pivots;
}
