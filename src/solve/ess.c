/* Evolutionarily stable strategies of symmetric two-player games, all of them, exactly.
 *
 * Method: a support has at most one candidate, the solution of its linear equations. With C the best replies to it, the candidate is stable
 *   when (y - x) A (y - x) < 0 for all other y on C: over directions that are free within the support and non-negative outside it, a
 *   quadratic form has to be positive. Its free part must be positive definite; what is left after eliminating it (the Schur complement)
 *   strictly copositive, which Keller's criterion decides by determinants.
 * Cost: 2^strategies linear systems; 2^(best replies outside the support) determinants for each candidate. Exact.
 * Source: J. Maynard Smith, G. Price, Nature 246 (1973); J. Haigh, Advances in Applied Probability 7 (1975); K. Hadeler, On copositive
 *   matrices, Linear Algebra and its Applications 49 (1983), for the criterion. */
#include "solve/ess.h"

#include <flint/fmpq_mat.h>

enum { MOST = 16 };

/* a(i, j): what strategy i earns against j. */
static dtn_number entry(const dtn_strategic *g, int i, int j)
{
    return dtn_payoffs_at(&g->payoff, 2 * ((size_t)i + (size_t)j * (size_t)g->strategies[0]));
}

bool dtn_is_symmetric(const dtn_strategic *g)
{
    if (g->players != 2 || g->strategies[0] != g->strategies[1])
        return false;
    for (int i = 0; i < g->strategies[0]; i++)
        for (int j = 0; j < g->strategies[0]; j++)
            if (!fmpq_equal(
                    entry(g, i, j).q,
                    dtn_payoffs_at(&g->payoff, 2 * ((size_t)j + (size_t)i * (size_t)g->strategies[0]) + 1).q))
                return false;
    return true;
}

/* x [n], value: the strategy with this support that makes it indifferent. false: there is none, or more than one. */
static bool candidate(const dtn_strategic *g, unsigned support, fmpq *x, fmpq_t value)
{
    int n = g->strategies[0], list[MOST], k = 0;
    for (int i = 0; i < n; i++)
        if (support >> i & 1)
            list[k++] = i;
    fmpq_mat_t a, b;
    fmpq_mat_init(a, k + 1, k + 1);
    fmpq_mat_init(b, k + 1, 1);
    for (int r = 0; r < k; r++) {
        for (int c = 0; c < k; c++)
            fmpq_set(fmpq_mat_entry(a, r, c), entry(g, list[r], list[c]).q);
        fmpq_set_si(fmpq_mat_entry(a, r, k), -1, 1);
        fmpq_one(fmpq_mat_entry(a, k, r));
    }
    fmpq_one(fmpq_mat_entry(b, k, 0));
    bool found = fmpq_mat_solve(b, a, b);
    for (int i = 0; i < n; i++)
        fmpq_zero(x + i);
    for (int r = 0; r < k && found; r++) {
        found = fmpq_sgn(fmpq_mat_entry(b, r, 0)) > 0;
        fmpq_set(x + list[r], fmpq_mat_entry(b, r, 0));
    }
    fmpq_set(value, fmpq_mat_entry(b, k, 0));
    fmpq_mat_clear(a);
    fmpq_mat_clear(b);
    return found;
}

/* Best replies to x, as a set of bits; false: one is better than x. */
static bool best_replies(const dtn_strategic *g, const fmpq *x, const fmpq_t value, unsigned *best)
{
    fmpq_t sum;
    fmpq_init(sum);
    bool none_better = true;
    *best = 0;
    for (int i = 0; i < g->strategies[0] && none_better; i++) {
        fmpq_zero(sum);
        for (int j = 0; j < g->strategies[0]; j++)
            fmpq_addmul(sum, x + j, entry(g, i, j).q);
        int sign = fmpq_cmp(sum, value);
        none_better = sign <= 0;
        *best |= sign == 0 ? 1u << i : 0;
    }
    fmpq_clear(sum);
    return none_better;
}

/* q = the quadratic form -(y - x) A (y - x) in the coordinates `list`, the base strategy's being minus their sum; doubled. */
static void form(const dtn_strategic *g, fmpq_mat_t q, const int *list, int count, int base)
{
    for (int r = 0; r < count; r++)
        for (int c = 0; c < count; c++) {
            int i = list[r], j = list[c];
            fmpq *to = fmpq_mat_entry(q, r, c);
            fmpq_add(to, entry(g, base, i).q, entry(g, i, base).q);
            fmpq_add(to, to, entry(g, base, j).q);
            fmpq_add(to, to, entry(g, j, base).q);
            fmpq_sub(to, to, entry(g, i, j).q);
            fmpq_sub(to, to, entry(g, j, i).q);
            fmpq_sub(to, to, entry(g, base, base).q);
            fmpq_sub(to, to, entry(g, base, base).q);
        }
}

/* Eliminates the first `steps` coordinates of a symmetric matrix; false: a pivot is not positive, so it is not positive definite there. */
static bool eliminate(fmpq_mat_t q, int steps)
{
    fmpq_t factor;
    fmpq_init(factor);
    bool definite = true;
    slong n = fmpq_mat_nrows(q);
    for (slong k = 0; k < steps && definite; k++) {
        definite = fmpq_sgn(fmpq_mat_entry(q, k, k)) > 0;
        for (slong i = k + 1; i < n && definite; i++) {
            fmpq_div(factor, fmpq_mat_entry(q, i, k), fmpq_mat_entry(q, k, k));
            for (slong j = k; j < n; j++)
                fmpq_submul(fmpq_mat_entry(q, i, j), factor, fmpq_mat_entry(q, k, j));
        }
    }
    fmpq_clear(factor);
    return definite;
}

/* Keller: strictly copositive if and only if each principal submatrix whose last row has positive cofactors has a positive determinant.
 * The cofactors are the determinant times the last column of the inverse. */
static bool submatrix_passes(const fmpq_mat_t q, int first, unsigned set)
{
    int list[MOST], k = 0;
    for (int i = 0; i < MOST; i++)
        if (set >> i & 1)
            list[k++] = first + i;
    fmpq_mat_t b, minor;
    fmpq_t det, cofactor;
    fmpq_mat_init(b, k, k);
    fmpq_mat_init(minor, k - 1, k - 1);
    fmpq_init(det);
    fmpq_init(cofactor);
    for (int r = 0; r < k; r++)
        for (int c = 0; c < k; c++)
            fmpq_set(fmpq_mat_entry(b, r, c), fmpq_mat_entry(q, list[r], list[c]));
    fmpq_mat_det(det, b);
    bool passes = fmpq_sgn(det) > 0;
    for (int c = 0; c < k && !passes; c++) {
        for (int r = 0; r < k - 1; r++)
            for (int j = 0; j < k - 1; j++)
                fmpq_set(fmpq_mat_entry(minor, r, j), fmpq_mat_entry(b, r, j < c ? j : j + 1));
        if (k > 1)
            fmpq_mat_det(cofactor, minor);
        else
            fmpq_one(cofactor);
        passes = ((k - 1 + c) % 2 ? -1 : 1) * fmpq_sgn(cofactor) <= 0;
    }
    fmpq_mat_clear(b);
    fmpq_mat_clear(minor);
    fmpq_clear(det);
    fmpq_clear(cofactor);
    return passes;
}

static bool is_stable(const dtn_strategic *g, unsigned support, unsigned best)
{
    int list[MOST], inside = 0, outside = 0, base = 0, n = g->strategies[0];
    while (!(support >> base & 1))
        base++;
    for (int i = 0; i < n; i++)
        if (i != base && support >> i & 1)
            list[inside++] = i;
    for (int i = 0; i < n; i++)
        if (best >> i & 1 && !(support >> i & 1))
            list[inside + outside++] = i;
    fmpq_mat_t q;
    fmpq_mat_init(q, inside + outside, inside + outside);
    form(g, q, list, inside + outside, base);
    bool stable = eliminate(q, inside);
    for (unsigned set = 1; set < 1u << outside && stable; set++)
        stable = submatrix_passes(q, inside, set);
    fmpq_mat_clear(q);
    return stable;
}

dtn_status dtn_ess_all(dtn_ctx *ctx, const dtn_strategic *game, dtn_ess_fn *found, void *user)
{
    int n = game->strategies[0];
    fmpq *x;
    if (n > MOST)
        return dtn_fail(ctx, DTN_DOMAIN, "stability is tested for at most %d strategies; the game has %d",
                        MOST, n);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, n + 1);
    for (unsigned support = 1; support < 1u << n; support++) {
        unsigned best;
        if (support % 64 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        if (candidate(game, support, x, x + n) && best_replies(game, x, x + n, &best) &&
            is_stable(game, support, best))
            DTN_TRY(found(ctx, user, x));
    }
    return DTN_OK;
}
