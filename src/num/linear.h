/* Exact solutions of square systems of integers. */
#ifndef DTN_NUM_LINEAR_H
#define DTN_NUM_LINEAR_H

#include <flint/fmpz_mat.h>
#include <stdbool.h>

/* a . solution = denominator * b for a square a and one column b; solution: [rows], denominator > 0. false: a is singular. */
bool dtn_linear_solve(fmpz *solution, fmpz_t denominator, const fmpz_mat_t a, const fmpz_mat_t b);

#endif
