/* Dense systems of linear equations in doubles: for methods that search. */
#ifndef DTN_NUM_DENSE_H
#define DTN_NUM_DENSE_H

/* Factors a [n][n] in place with row pivoting; pivot: [n]. The sign of the determinant, 0 when it is singular. */
double dtn_dense_factor(double *a, int n, int *pivot);
/* x = a^-1 x with what dtn_dense_factor made. */
void dtn_dense_solve(const double *a, int n, const int *pivot, double *x);

#endif
