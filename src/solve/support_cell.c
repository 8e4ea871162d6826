/* Cells of the support search: what can be proved about the comparisons of payoffs on a product of simplices.
 *
 * Method: a comparison is linear in each player's mixture, so on a cell it lies between its least and greatest value at choices of
 *   corners. A cell is refuted when at all choices some supported action beats another, an action outside the support beats one
 *   inside, or a linear combination of the equations (a row of the inverse Jacobian at the middle: Newton's step) keeps its
 *   sign. The corners' values are what rounding made of exact halvings; margins cover it.
 * Cost: unknowns^2 x choices of corners a cell.
 * Exact: refutations are proofs; Newton's method only proposes.
 * Source: conditional dominance after R. Porter, E. Nudelman, Y. Shoham, Games and Economic Behavior 63 (2008); preconditioning
 *   after A. Neumaier, Interval Methods for Systems of Equations (1990), ch. 5. */
#include <math.h>
#include <string.h>

#include "solve/support_cell.h"

static const double ulp = 0x1p-52;

/* Bound on the rounding error of a value of the cell. */
static double error_of(const dtn_support_cell *c)
{
    return (c->depth + 2) * ulp;
}

static const double *row_of(const dtn_indifference *s, const dtn_support_cell *c, int p, int r)
{
    return c->value + s->compare[p].at + (size_t)r * s->compare[p].entries;
}

/* --- one player's comparisons -------------------------------------------------------------------- */

/* x - y (y NULL: 0) is positive at all corners, or with `equal` negative at all. */
static bool range_excludes(const double *x, const double *y, size_t entries, double margin, bool equal)
{
    bool above = true, below = equal;
    for (size_t e = 0; e < entries && (above || below); e++) {
        double d = x[e] - (y ? y[e] : 0);
        above = above && d > margin;
        below = below && d < -margin;
    }
    return above || below;
}

/* Some action of player p is always better, or always worse, than one of its support. */
static bool player_refutes(const dtn_indifference *s, const dtn_support_cell *c, int p)
{
    const dtn_comparisons *k = &s->compare[p];
    double margin = 3 * error_of(c);
    for (int r = 0; r < k->rows; r++) {
        const double *row = row_of(s, c, p, r);
        if (range_excludes(row, NULL, k->entries, margin, r < k->equal))
            return true;
        for (int q = 0; q < k->equal && q < r; q++)
            if (range_excludes(row, row_of(s, c, p, q), k->entries, margin, r < k->equal))
                return true;
    }
    return false;
}

/* --- all equations together ---------------------------------------------------------------------- */

/* For each player p: residual and derivatives of its equations at coordinates `at` [mixing blocks of size] of the cell. */
static void differentiate(dtn_support_cell_work *w, const dtn_support_cell *c, const double *at)
{
    const dtn_indifference *s = w->s;
    int n = s->unknowns;
    memset(w->jacobian, 0, (size_t)(n * n) * sizeof *w->jacobian);
    for (int m = 0; m < s->mixing; m++) {
        const dtn_comparisons *k = &s->compare[s->mixer[m]];
        for (size_t e = 0; e < k->entries; e++) {
            /* Products of the others' coordinates at this entry: of all, and without one of them. */
            double *weight = w->weight + e * (size_t)(s->mixing + 1);
            size_t rest = e;
            weight[s->mixing] = 1;
            for (int q = 0; q < s->mixing; q++)
                weight[q] = 1;
            for (int q = 0, base = 0; q < s->mixing; base += s->size[s->mixer[q++]]) {
                if (q == m)
                    continue;
                size_t size = (size_t)s->size[s->mixer[q]];
                double x = at[(size_t)base + rest % size];
                rest /= size;
                weight[s->mixing] *= x;
                for (int other = 0; other < s->mixing; other++)
                    if (other != q)
                        weight[other] *= x;
            }
        }
        for (int r = 0; r < k->equal; r++) {
            const double *row = row_of(s, c, s->mixer[m], r);
            double sum = 0, *out = w->jacobian + (size_t)(s->origin[m] + r) * (size_t)n;
            for (size_t e = 0; e < k->entries; e++) {
                const double *weight = w->weight + e * (size_t)(s->mixing + 1);
                size_t rest = e;
                sum += row[e] * weight[s->mixing];
                for (int q = 0; q < s->mixing; q++) {
                    if (q == m)
                        continue;
                    int size = s->size[s->mixer[q]], i = (int)(rest % (size_t)size);
                    double part = row[e] * weight[q];
                    rest /= (size_t)size;
                    if (i > 0)
                        out[s->origin[q] + i - 1] += part;
                    else
                        for (int j = 0; j < size - 1; j++)
                            out[s->origin[q] + j] -= part;
                }
            }
            w->residual[s->origin[m] + r] = sum;
        }
    }
}

static void middle(const dtn_indifference *s, double *at)
{
    for (int m = 0; m < s->mixing; m++)
        for (int i = 0, size = s->size[s->mixer[m]]; i < size; i++)
            *at++ = 1.0 / size;
}

/* Does sum over equations of factor * equation (+ one comparison `beside` of player p that must not be positive, NULL: none)
 * keep one sign at all choices of corners? Positive only when `beside` is given. */
static bool combination_refutes(const dtn_indifference *s, const dtn_support_cell *c, const double *factor,
                                const double *beside, int p)
{
    double margin = beside ? 1 : 0;
    for (int i = 0; i < s->unknowns; i++)
        margin += fabs(factor[i]);
    margin *= error_of(c) + (s->unknowns + 4) * ulp;
    bool above = true, below = !beside;
    for (size_t t = 0; t < s->tuples && (above || below); t++) {
        double sum = beside ? beside[s->compare[p].of_tuple[t]] : 0;
        const double *f = factor;
        for (int m = 0; m < s->mixing; m++) {
            const dtn_comparisons *k = &s->compare[s->mixer[m]];
            const double *value = c->value + k->at + k->of_tuple[t];
            for (int r = 0; r < k->equal; r++)
                sum += *f++ * value[(size_t)r * k->entries];
        }
        above = above && sum > margin;
        below = below && sum < -margin;
    }
    return above || below;
}

/* Rows of the inverse Jacobian, and minus their sum for each player: a coordinate of Newton's step that cannot be 0 ... */
static bool newton_refutes(dtn_support_cell_work *w, const dtn_support_cell *c)
{
    const dtn_indifference *s = w->s;
    int n = s->unknowns;
    for (int m = 0; m < s->mixing; m++) {
        memset(w->step, 0, (size_t)n * sizeof *w->step);
        for (int r = 0; r < s->size[s->mixer[m]] - 1; r++) {
            const double *factor = w->inverse + (size_t)(s->origin[m] + r) * (size_t)n;
            if (combination_refutes(s, c, factor, NULL, 0))
                return true;
            for (int i = 0; i < n; i++)
                w->step[i] -= factor[i];
        }
        /* The coordinate that the unknowns leave out is 1 - their sum. */
        if (s->size[s->mixer[m]] > 2 && combination_refutes(s, c, w->step, NULL, 0))
            return true;
    }
    return false;
}

/* Actions outside of supports, once the equations have taken the slope out of their comparisons. */
static bool outsider_refutes(dtn_support_cell_work *w, const dtn_support_cell *c)
{
    const dtn_indifference *s = w->s;
    int n = s->unknowns;
    for (int p = 0; p < s->players; p++) {
        const dtn_comparisons *k = &s->compare[p];
        for (int r = k->equal; r < k->rows; r++) {
            const double *row = row_of(s, c, p, r);
            /* Gradient at the middle. */
            memset(w->at, 0, (size_t)n * sizeof *w->at);
            double share = 1.0 / (double)k->entries;
            for (size_t e = 0; e < k->entries; e++) {
                size_t rest = e;
                for (int q = 0; q < s->mixing; q++) {
                    if (s->mixer[q] == p)
                        continue;
                    int size = s->size[s->mixer[q]], i = (int)(rest % (size_t)size);
                    double part = row[e] * share * size;
                    rest /= (size_t)size;
                    if (i > 0)
                        w->at[s->origin[q] + i - 1] += part;
                    else
                        for (int j = 0; j < size - 1; j++)
                            w->at[s->origin[q] + j] -= part;
                }
            }
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++)
                    sum += w->at[j] * w->inverse[(size_t)j * (size_t)n + (size_t)i];
                w->step[i] = -sum;
            }
            if (combination_refutes(s, c, w->step, row, p))
                return true;
        }
    }
    return false;
}

bool dtn_support_cell_refuted(dtn_support_cell_work *w, const dtn_support_cell *c)
{
    const dtn_indifference *s = w->s;
    w->regular = false;
    for (int p = 0; p < s->players; p++)
        if (player_refutes(s, c, p))
            return true;
    middle(s, w->best);
    differentiate(w, c, w->best);
    memcpy(w->inverse, w->jacobian, (size_t)(s->unknowns * s->unknowns) * sizeof *w->inverse);
    w->regular = dtn_support_invert(w->inverse, s->unknowns, w->pivot);
    return w->regular && (newton_refutes(w, c) || outsider_refutes(w, c));
}

bool dtn_support_cell_newton(dtn_support_cell_work *w, const dtn_support_cell *c, double *x)
{
    enum { STEPS = 12 };
    const dtn_indifference *s = w->s;
    int n = s->unknowns;
    if (!w->regular)
        return false;
    middle(s, w->best);
    double last = HUGE_VAL;
    for (int round = 0; round < STEPS && last > 1e-11; round++) {
        differentiate(w, c, w->best);
        if (!dtn_support_invert(w->jacobian, n, w->pivot))
            return false;
        last = 0;
        double *at = w->best;
        for (int m = 0; m < s->mixing; m++) {
            double sum = 0;
            for (int i = 1, size = s->size[s->mixer[m]]; i <= size; i++) {
                if (i == size) {
                    at[0] += sum;
                    break;
                }
                const double *row = w->jacobian + (size_t)(s->origin[m] + i - 1) * (size_t)n;
                double move = 0;
                for (int j = 0; j < n; j++)
                    move += row[j] * w->residual[j];
                at[i] -= move;
                sum += move;
                last = fmax(last, fabs(move));
            }
            for (int i = 0; i < s->size[s->mixer[m]]; i++)
                if (!(fabs(at[i]) < 3))
                    return false;
            at += s->size[s->mixer[m]];
        }
    }
    if (last > 1e-6)
        return false;
    const double *at = w->best;
    for (int m = 0; m < s->mixing; m++) {
        int size = s->size[s->mixer[m]];
        const double *corner = c->corner + w->block[m];
        for (int a = 1; a < size; a++) {
            double sum = 0;
            for (int i = 0; i < size; i++)
                sum += at[i] * corner[i * size + a];
            x[s->origin[m] + a - 1] = sum;
        }
        at += size;
    }
    return true;
}
