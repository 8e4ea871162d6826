/* Square integer systems over the rationals, with one denominator for the whole solution.
 *
 * Method: fraction-free elimination when small, p-adic lifting when large. The denominators found so far make most entries integers
 *   at once, so that few need a rational reconstruction; the result is multiplied back, which makes it a proof.
 * Cost: about size^3 operations on words. Exact.
 * Source: J. D. Dixon, Exact solution of linear equations using p-adic expansions, Numerische Mathematik 40 (1982). */
#include "num/linear.h"

#include <flint/fmpq.h>

enum { LIFT_FROM = 24 }; /* size from which lifting is faster */

/* a . solution = denominator * b, by multiplication. */
static bool holds(const fmpz *solution, const fmpz_t denominator, const fmpz_mat_t a, const fmpz_mat_t b)
{
    slong n = fmpz_mat_nrows(a);
    bool same = fmpz_sgn(denominator) != 0;
    fmpz_t sum;
    fmpz_init(sum);
    for (slong i = 0; same && i < n; i++) {
        fmpz_mul(sum, denominator, fmpz_mat_entry(b, i, 0));
        for (slong j = 0; j < n; j++)
            if (!fmpz_is_zero(fmpz_mat_entry(a, i, j)))
                fmpz_submul(sum, solution + j, fmpz_mat_entry(a, i, j));
        same = fmpz_is_zero(sum);
    }
    fmpz_clear(sum);
    return same;
}

/* Rationals with one denominator from their residues: the denominator found so far makes most of them integers at once. */
static bool reconstruct(fmpz *solution, fmpz_t denominator, const fmpz_mat_t residue, const fmpz_t modulus)
{
    slong n = fmpz_mat_nrows(residue);
    bool found = true;
    fmpq_t x;
    fmpq_init(x);
    fmpz_one(denominator);
    for (slong i = 0; found && i < n; i++) {
        fmpz_mul(solution + i, fmpz_mat_entry(residue, i, 0), denominator);
        fmpz_smod(solution + i, solution + i, modulus);
        if (2 * fmpz_bits(solution + i) <= fmpz_bits(modulus))
            continue;
        fmpz_mod(solution + i, solution + i, modulus);
        found = fmpq_reconstruct_fmpz(x, solution + i, modulus);
        fmpz_mul(denominator, denominator, fmpq_denref(x));
        for (slong j = 0; found && j < i; j++)
            fmpz_mul(solution + j, solution + j, fmpq_denref(x));
        fmpz_set(solution + i, fmpq_numref(x));
    }
    fmpq_clear(x);
    return found;
}

bool dtn_linear_solve(fmpz *solution, fmpz_t denominator, const fmpz_mat_t a, const fmpz_mat_t b)
{
    slong n = fmpz_mat_nrows(a);
    fmpz_mat_t x;
    fmpz_t modulus;
    fmpz_mat_init(x, n, 1);
    fmpz_init(modulus);
    bool solved, lift = n >= LIFT_FROM;
    if (lift) {
        solved = fmpz_mat_solve_dixon(x, modulus, a, b) && reconstruct(solution, denominator, x, modulus);
    } else {
        solved = fmpz_mat_solve(x, denominator, a, b);
        for (slong i = 0; solved && i < n; i++)
            fmpz_set(solution + i, fmpz_mat_entry(x, i, 0));
    }
    fmpz_clear(modulus);
    fmpz_mat_clear(x);
    if (solved && fmpz_sgn(denominator) < 0) {
        fmpz_neg(denominator, denominator);
        for (slong i = 0; i < n; i++)
            fmpz_neg(solution + i, solution + i);
    }
    return solved && (!lift || holds(solution, denominator, a, b));
}
