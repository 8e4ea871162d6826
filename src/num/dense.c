/* Dense linear systems by Gaussian elimination with row pivoting, in doubles. Cost: n^3 / 3. */
#include "num/dense.h"

#include <math.h>
#include <stdbool.h>

double dtn_dense_factor(double *a, int n, int *pivot)
{
    double sign = 1;
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++)
            if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
                best = i;
        pivot[k] = best;
        if (!(fabs(a[best * n + k]) > 1e-300))
            return 0;
        for (int j = 0; j < n && best != k; j++) {
            double kept = a[k * n + j];
            a[k * n + j] = a[best * n + j];
            a[best * n + j] = kept;
        }
        sign = (best != k) == (a[k * n + k] > 0) ? -sign : sign;
        for (int i = k + 1; i < n; i++) {
            double times = a[i * n + k] /= a[k * n + k];
            for (int j = k + 1; j < n && times != 0; j++)
                a[i * n + j] -= times * a[k * n + j];
        }
    }
    return sign;
}

void dtn_dense_solve(const double *a, int n, const int *pivot, double *x)
{
    for (int k = 0; k < n; k++) {
        double kept = x[k];
        x[k] = x[pivot[k]];
        x[pivot[k]] = kept;
    }
    for (int i = 1; i < n; i++)
        for (int j = 0; j < i; j++)
            x[i] -= a[i * n + j] * x[j];
    for (int i = n - 1; i >= 0; i--) {
        for (int j = i + 1; j < n; j++)
            x[i] -= a[i * n + j] * x[j];
        x[i] /= a[i * n + i];
    }
}
