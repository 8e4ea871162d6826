/* The indifference system of one support profile: comparisons of payoffs as tables over the mixing players' actions.
 *
 * Method: differences are taken exactly, then rounded once and scaled by a power of 2 for each player.
 * Cost: players x actions x product of support sizes. */
#include <math.h>

#include "solve/support.h"

enum { MOST_VALUES = 1 << 22 };

static dtn_status list_supports(dtn_ctx *ctx, dtn_indifference *s, const bool *in)
{
    const dtn_strategic *g = s->game;
    int *first, *size, *mixer, *slot, *origin, **action;
    size_t *step, *stride;
    int width = 0;
    for (int p = 0; p < g->players; p++)
        width += g->strategies[p];
    bool *copy;
    DTN_ALLOC(ctx, ctx->scratch, copy, width);
    DTN_ALLOC(ctx, ctx->scratch, first, g->players);
    DTN_ALLOC(ctx, ctx->scratch, size, g->players);
    DTN_ALLOC(ctx, ctx->scratch, mixer, g->players);
    DTN_ALLOC(ctx, ctx->scratch, slot, g->players);
    DTN_ALLOC(ctx, ctx->scratch, origin, g->players);
    DTN_ALLOC(ctx, ctx->scratch, action, g->players);
    DTN_ALLOC(ctx, ctx->scratch, step, g->players);
    DTN_ALLOC(ctx, ctx->scratch, stride, g->players);
    s->tuples = 1;
    size_t product = 1;
    for (int p = 0, at = 0; p < g->players; at += g->strategies[p++]) {
        first[p] = at;
        step[p] = product;
        product *= (size_t)g->strategies[p];
        DTN_ALLOC(ctx, ctx->scratch, action[p], g->strategies[p]);
        for (int a = 0; a < g->strategies[p]; a++) {
            copy[at + a] = in[at + a];
            if (in[at + a])
                action[p][size[p]++] = a;
        }
        slot[p] = size[p] > 1 ? s->mixing : -1;
        if (size[p] > 1) {
            mixer[s->mixing] = p;
            origin[s->mixing] = s->unknowns;
            stride[s->mixing++] = s->tuples;
            s->unknowns += size[p] - 1;
            if (s->tuples > MOST_VALUES / (size_t)size[p])
                return dtn_fail(ctx, DTN_LIMIT, "supports with more than %d combinations of actions",
                                MOST_VALUES);
            s->tuples *= (size_t)size[p];
        }
    }
    s->in = copy;
    s->first = first;
    s->size = size;
    s->mixer = mixer;
    s->slot = slot;
    s->origin = origin;
    s->action = (const int *const *)action;
    s->step = step;
    s->stride = stride;
    return DTN_OK;
}

/* Everything of player p's comparisons but the values. */
static dtn_status lay_out(dtn_ctx *ctx, dtn_indifference *s, dtn_comparisons *c, int p)
{
    int n = s->game->strategies[p];
    int *action;
    size_t *profile, *of_tuple;
    DTN_ALLOC(ctx, ctx->scratch, action, n);
    for (int a = 1; a < s->size[p]; a++)
        action[c->rows++] = s->action[p][a];
    c->equal = c->rows;
    for (int a = 0; a < n; a++)
        if (!s->in[s->first[p] + a])
            action[c->rows++] = a;
    c->action = action;
    c->entries = s->slot[p] < 0 ? s->tuples : s->tuples / (size_t)s->size[p];
    DTN_ALLOC(ctx, ctx->scratch, profile, c->entries);
    DTN_ALLOC(ctx, ctx->scratch, of_tuple, s->tuples);
    for (size_t t = 0; t < s->tuples; t++) {
        size_t at = 0, entry = 0, scale = 1;
        for (int q = 0; q < s->players; q++) {
            int m = s->slot[q];
            size_t k = m < 0 ? 0 : t / s->stride[m] % (size_t)s->size[q];
            if (q == p)
                continue;
            at += (size_t)s->action[q][k] * s->step[q];
            if (m >= 0) {
                entry += k * scale;
                scale *= (size_t)s->size[q];
            }
        }
        profile[entry] = at;
        of_tuple[t] = entry;
    }
    c->profile = profile;
    c->of_tuple = of_tuple;
    c->at = s->values;
    s->values += (size_t)c->rows * c->entries;
    if (s->values > MOST_VALUES)
        return dtn_fail(ctx, DTN_LIMIT, "the comparisons of a support need more than %d numbers", MOST_VALUES);
    return DTN_OK;
}

void dtn_indifference_exact(fmpq_t out, const dtn_indifference *s, int player, int row, size_t entry)
{
    const dtn_comparisons *c = &s->compare[player];
    size_t players = (size_t)s->players, p = (size_t)player, step = s->step[player];
    size_t one = c->profile[entry] + (size_t)c->action[row] * step;
    size_t other = c->profile[entry] + (size_t)s->action[player][0] * step;
    fmpq_sub(out, dtn_payoffs_at(&s->game->payoff, one * players + p).q,
             dtn_payoffs_at(&s->game->payoff, other * players + p).q);
}

static double difference(const dtn_indifference *s, int player, int row, size_t entry, fmpq_t work)
{
    const dtn_comparisons *c = &s->compare[player];
    if (!s->game->payoff.integer) {
        dtn_indifference_exact(work, s, player, row, entry);
        return dtn_rational_double(work);
    }
    size_t players = (size_t)s->players, p = (size_t)player, step = s->step[player];
    const int64_t *integer = s->game->payoff.integer;
    size_t one = c->profile[entry] + (size_t)c->action[row] * step;
    size_t other = c->profile[entry] + (size_t)s->action[player][0] * step;
    return (double)(integer[one * players + p] - integer[other * players + p]);
}

static void fill(const dtn_indifference *s, double *value, int p, fmpq_t work)
{
    const dtn_comparisons *c = &s->compare[p];
    double largest = 0, *row = value + c->at;
    for (int r = 0; r < c->rows; r++)
        for (size_t e = 0; e < c->entries; e++) {
            double d = difference(s, p, r, e, work);
            row[(size_t)r * c->entries + e] = d;
            largest = fabs(d) > largest ? fabs(d) : largest;
        }
    int exponent = 0;
    frexp(largest, &exponent);
    if (!isfinite(largest)) { /* beyond doubles: nothing is refuted by zeros */
        for (size_t i = 0; i < (size_t)c->rows * c->entries; i++)
            row[i] = 0;
        return;
    }
    for (size_t i = 0; i < (size_t)c->rows * c->entries; i++)
        row[i] = ldexp(row[i], -exponent);
}

dtn_status dtn_indifference_new(dtn_ctx *ctx, dtn_indifference **out, const dtn_strategic *game,
                                const bool *in)
{
    dtn_indifference *s;
    dtn_comparisons *compare;
    double *value;
    DTN_ALLOC(ctx, ctx->scratch, s, 1);
    DTN_ALLOC(ctx, ctx->scratch, compare, game->players);
    s->game = game;
    s->players = game->players;
    DTN_TRY(list_supports(ctx, s, in));
    for (int p = 0; p < game->players; p++)
        DTN_TRY(lay_out(ctx, s, &compare[p], p));
    s->compare = compare;
    DTN_ALLOC(ctx, ctx->scratch, value, s->values);
    fmpq_t work;
    fmpq_init(work);
    for (int p = 0; p < game->players; p++)
        fill(s, value, p, work);
    fmpq_clear(work);
    s->value = value;
    *out = s;
    return DTN_OK;
}

bool dtn_support_invert(double *a, int n, int *work)
{
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++)
            if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
                best = i;
        double pivot = a[best * n + k];
        if (!(fabs(pivot) > 1e-13))
            return false;
        work[k] = best;
        for (int j = 0; j < n; j++) {
            double kept = a[best * n + j];
            a[best * n + j] = a[k * n + j];
            a[k * n + j] = kept / pivot;
        }
        a[k * n + k] = 1 / pivot;
        for (int i = 0; i < n; i++) {
            double factor = a[i * n + k];
            if (i == k || factor == 0)
                continue;
            a[i * n + k] = 0;
            for (int j = 0; j < n; j++)
                a[i * n + j] -= factor * a[k * n + j];
        }
    }
    for (int k = n - 1; k >= 0; k--)
        for (int i = 0; i < n && work[k] != k; i++) {
            double kept = a[i * n + k];
            a[i * n + k] = a[i * n + work[k]];
            a[i * n + work[k]] = kept;
        }
    return true;
}
