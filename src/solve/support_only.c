/* Support search: in this cell the equations have no solution but one that is known.
 *
 * Method: for a solution r and any x of the cell, F(x) = F(x) - F(r) = S (x - r), where S takes each player's slopes with the players
 *   before at x and those after at r. Over the cell the entries of S range between their values at corners. If S, multiplied by
 *   the inverse of its middle, is strictly diagonally dominant for all of that range, F(x) = 0 only at x = r.
 * Cost: unknowns x choices of corners, and unknowns^3. Exact: a proof; rounding is covered by margins.
 * Source: slopes after A. Neumaier, Interval Methods for Systems of Equations (1990), sections 2.3 and 5.1. */
#include <math.h>
#include <string.h>

#include "solve/support_cell.h"

static const double ulp = 0x1p-52;

enum { FAR = 8 }; /* coordinates of a root in the cell beyond which nothing is tried */

/* Coordinates of root in the cell, at [mixing blocks of size]; *error: bound on what they are wrong by. */
static bool locate(const dtn_support_cell_work *w, const dtn_support_cell *c, const double *root, double *at,
                   double *error)
{
    const dtn_indifference *s = w->s;
    *error = 0;
    for (int m = 0; m < s->mixing; m++) {
        int size = s->size[s->mixer[m]];
        const double *inverse = c->inverse + w->block[m], *x = root + s->origin[m];
        double first = 1;
        for (int a = 1; a < size; a++)
            first -= x[a - 1];
        for (int i = 0; i < size; i++) {
            double sum = 0, rough = 0;
            for (int a = 0; a < size; a++) {
                double part = inverse[a * size + i];
                sum += part * (a ? x[a - 1] : first);
                rough += fabs(part);
            }
            *at++ = sum;
            *error = fmax(*error, rough * (size + 8) * 4 * ulp);
            if (!(fabs(sum) < FAR))
                return false;
        }
    }
    return true;
}

/* Range of the slopes of one equation of mixing player m. *bound: of their errors' factor. */
static void slopes(dtn_support_cell_work *w, const double *row, int m, const double *at, double *low,
                   double *high, double *bound)
{
    const dtn_indifference *s = w->s;
    size_t entries = s->compare[s->mixer[m]].entries;
    int base = 0;
    for (int q = 0; q < s->mixing; q++)
        base += s->size[s->mixer[q]];
    *bound = 1;
    memcpy(w->contracted, row, entries * sizeof *row);
    for (int q = s->mixing - 1; q >= 0; q--) {
        size_t size = (size_t)s->size[s->mixer[q]];
        base -= (int)size;
        if (q == m)
            continue;
        entries /= size;
        for (size_t i = 1; i < size; i++) {
            double least = HUGE_VAL, most = -HUGE_VAL;
            for (size_t e = 0; e < entries; e++) {
                double d = w->contracted[e + i * entries] - w->contracted[e];
                least = d < least ? d : least;
                most = d > most ? d : most;
            }
            low[s->origin[q] + (int)i - 1] = least;
            high[s->origin[q] + (int)i - 1] = most;
        }
        double norm = 0;
        for (size_t i = 0; i < size; i++)
            norm += fabs(at[(size_t)base + i]);
        *bound *= fmax(norm, 1);
        for (size_t e = 0; e < entries; e++) {
            double sum = 0;
            for (size_t i = 0; i < size; i++)
                sum += at[(size_t)base + i] * w->contracted[e + i * entries];
            w->contracted[e] = sum;
        }
    }
}

bool dtn_support_cell_only(dtn_support_cell_work *w, const dtn_support_cell *c, const double *root)
{
    const dtn_indifference *s = w->s;
    int n = s->unknowns;
    double shift, wide = 0;
    if (!locate(w, c, root, w->best, &shift))
        return false;
    memset(w->low, 0, (size_t)(n * n) * sizeof *w->low);
    memset(w->high, 0, (size_t)(n * n) * sizeof *w->high);
    for (int m = 0; m < s->mixing; m++)
        for (int r = 0; r < s->size[s->mixer[m]] - 1; r++) {
            const dtn_comparisons *k = &s->compare[s->mixer[m]];
            double bound;
            size_t at = (size_t)(s->origin[m] + r) * (size_t)n;
            slopes(w, c->value + k->at + (size_t)r * k->entries, m, w->best, w->low + at, w->high + at,
                   &bound);
            wide = fmax(wide, 4 * bound * (n * shift + ((double)k->entries + c->depth + 8) * ulp));
        }
    double *middle = w->jacobian;
    for (int i = 0; i < n * n; i++)
        middle[i] = (w->low[i] + w->high[i]) / 2;
    memcpy(w->low, middle, (size_t)(n * n) * sizeof *middle); /* high - low: twice the radius */
    if (!dtn_support_invert(middle, n, w->pivot))
        return false;
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double off = i == j ? -1 : 0, rough = 1;
            for (int k = 0; k < n; k++) {
                double y = middle[i * n + k], mid = w->low[k * n + j], radius = w->high[k * n + j] - mid;
                off += y * mid;
                rough += fabs(y * mid);
                sum += fabs(y) * (radius + wide);
            }
            sum += fabs(off) + rough * (n + 4) * ulp;
        }
        if (!(sum < 0.999))
            return false;
    }
    return true;
}
