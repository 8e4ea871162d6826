/* From an approximate solution of an indifference system to a certified one, and to an equilibrium where it is one.
 *
 * Method: Newton's method in balls from the given point; Krawczyk's operator shows that exactly one solution lies in a small ball.
 *   Signs of probabilities and of comparisons outside the support are read off the ball. The simplest rationals in it are tried
 *   exactly. Irrational equilibria are rounded to decimals, which the verifier encloses on its own.
 * Cost: unknowns^3 and the size of the system, at some hundred bits. Exact.
 * Source: R. Krawczyk, Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken, Computing 4 (1969); S. Rump,
 *   Verification methods, Acta Numerica 19 (2010), ch. 13. */
#include <math.h>

#include "solve/support.h"
#include "solve/support_exact.h"
#include "solve/verify.h"

enum { FEW_BITS = 320, MANY_BITS = 1024, STEPS = 16, BOX_BITS = 128 };

/* x -= J(x)^-1 F(x), midpoints only; *moved: the binary exponent of the largest correction. false: singular. */
static bool step(const dtn_exact_system *e, arb_struct *x, slong *moved, arb_mat_t jacobian,
                 arb_mat_t residual, slong bits)
{
    dtn_exact_evaluate(e, residual, jacobian, x, bits);
    if (!arb_mat_solve(residual, jacobian, residual, bits))
        return false;
    *moved = -MANY_BITS;
    for (int i = 0; i < e->s->unknowns; i++) {
        arb_struct *by = arb_mat_entry(residual, i, 0);
        mag_zero(arb_radref(by));
        arb_sub(x + i, x + i, by, bits);
        mag_zero(arb_radref(x + i));
        slong size = arb_is_zero(by) ? -MANY_BITS : arf_abs_bound_lt_2exp_si(arb_midref(by));
        *moved = size > *moved ? size : *moved;
    }
    return true;
}

/* Newton's method until a correction says that x is right to all but a few of the bits. */
static bool converge(const dtn_exact_system *e, arb_struct *x, arb_mat_t jacobian, arb_mat_t residual,
                     slong bits)
{
    slong moved = 0;
    for (int k = 0; k < STEPS; k++) {
        if (!step(e, x, &moved, jacobian, residual, bits))
            return false;
        if (2 * moved < -bits) /* the next would be below the precision */
            return true;
    }
    return false;
}

/* Is there exactly one solution within 2^-BOX_BITS of the midpoints x? */
static bool contracts(const dtn_exact_system *e, const arb_struct *x, arb_struct *box, arb_mat_t jacobian,
                      arb_mat_t residual, slong bits)
{
    int n = e->s->unknowns;
    arb_mat_t inverse, product;
    arb_t sum, limit;
    arb_mat_init(inverse, n, n);
    arb_mat_init(product, n, n);
    arb_init(sum);
    arb_init(limit);
    arb_one(limit);
    arb_mul_2exp_si(limit, limit, -BOX_BITS);
    dtn_exact_evaluate(e, residual, jacobian, x, bits);
    bool holds = arb_mat_inv(inverse, jacobian, bits);
    if (holds) {
        arb_mat_get_mid(inverse, inverse);
        arb_mat_mul(residual, inverse, residual, bits);
        for (int i = 0; i < n; i++) {
            arb_set(box + i, x + i);
            mag_set_ui_2exp_si(arb_radref(box + i), 1, -BOX_BITS);
        }
        dtn_exact_evaluate(e, NULL, jacobian, box, bits);
        arb_mat_mul(product, inverse, jacobian, bits);
        for (int i = 0; i < n; i++)
            arb_sub_ui(arb_mat_entry(product, i, i), arb_mat_entry(product, i, i), 1, bits);
        for (int i = 0; i < n && holds; i++) {
            arb_zero(sum);
            for (int j = 0; j < n; j++) {
                arb_abs(arb_mat_entry(product, i, j), arb_mat_entry(product, i, j));
                arb_add(sum, sum, arb_mat_entry(product, i, j), bits);
            }
            arb_mul(sum, sum, limit, bits);
            arb_abs(arb_mat_entry(residual, i, 0), arb_mat_entry(residual, i, 0));
            arb_add(sum, sum, arb_mat_entry(residual, i, 0), bits);
            holds = arb_lt(sum, limit);
        }
    }
    arb_clear(sum);
    arb_clear(limit);
    arb_mat_clear(inverse);
    arb_mat_clear(product);
    return holds;
}

/* --- signs ---------------------------------------------------------------------------------------- */

typedef enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_OPEN } verdict;

static verdict both(verdict a, verdict b)
{
    return a == VERDICT_NO || b == VERDICT_NO       ? VERDICT_NO
           : a == VERDICT_OPEN || b == VERDICT_OPEN ? VERDICT_OPEN
                                                    : VERDICT_YES;
}

/* Are all probabilities positive and all comparisons outside the support negative? */
static verdict signs_in_box(const dtn_exact_system *e, const arb_struct *box, slong bits)
{
    const dtn_indifference *s = e->s;
    verdict all = VERDICT_YES;
    arb_t value;
    arb_init(value);
    for (int m = 0; m < s->mixing && all != VERDICT_NO; m++) {
        arb_one(value);
        for (int a = 1; a < s->size[s->mixer[m]]; a++) {
            const arb_struct *x = box + s->origin[m] + a - 1;
            arb_sub(value, value, x, bits);
            all = both(all, arb_is_positive(x)      ? VERDICT_YES
                            : arb_is_nonpositive(x) ? VERDICT_NO
                                                    : VERDICT_OPEN);
        }
        all = both(all, arb_is_positive(value)      ? VERDICT_YES
                        : arb_is_nonpositive(value) ? VERDICT_NO
                                                    : VERDICT_OPEN);
    }
    for (int p = 0; p < s->players && all != VERDICT_NO; p++)
        for (int r = s->compare[p].equal; r < s->compare[p].rows && all != VERDICT_NO; r++) {
            dtn_exact_compare(e, value, box, p, r, bits);
            all = both(all, arb_is_negative(value)   ? VERDICT_YES
                            : arb_is_positive(value) ? VERDICT_NO
                                                     : VERDICT_OPEN);
        }
    arb_clear(value);
    return all;
}

/* --- rational solutions ----------------------------------------------------------------------------- */

/* sigma [width] from the unknowns. */
static void spread(const dtn_indifference *s, fmpq *sigma, const fmpq *x)
{
    for (int p = 0; p < s->players; p++) {
        fmpq *own = sigma + s->first[p], *first = own + s->action[p][0];
        for (int a = 0; a < s->game->strategies[p]; a++)
            fmpq_zero(own + a);
        fmpq_one(first);
        for (int a = 1; a < s->size[p]; a++) {
            const fmpq *value = x + s->origin[s->slot[p]] + a - 1;
            fmpq_set(own + s->action[p][a], value);
            fmpq_sub(first, first, value);
        }
    }
}

/* The simplest rationals within 2^-slack of x; false: too long to be more than an accident. */
static bool simplest(const dtn_indifference *s, fmpq *out, const arb_struct *x, slong slack)
{
    fmpq_t lo, hi, width;
    fmpq_init(lo);
    fmpq_init(hi);
    fmpq_init(width);
    fmpz_one(fmpq_denref(width));
    fmpz_one(fmpq_numref(width));
    fmpz_mul_2exp(fmpq_denref(width), fmpq_denref(width), (ulong)slack);
    bool fits = true;
    for (int i = 0; i < s->unknowns && fits; i++) {
        arf_get_fmpq(lo, arb_midref(x + i));
        fmpq_add(hi, lo, width);
        fmpq_sub(lo, lo, width);
        dtn_rational_simplest(out + i, lo, hi);
        fits = (slong)fmpz_bits(fmpq_denref(out + i)) < 2 * slack / 5;
    }
    fmpq_clear(lo);
    fmpq_clear(hi);
    fmpq_clear(width);
    return fits;
}

/* Looks for a rational solution at x; *kind is set when there is one. */
static dtn_status rational(dtn_ctx *ctx, dtn_profile_run *run, bool *is, dtn_root_kind *kind,
                           const dtn_exact_system *e, const arb_struct *x, slong slack)
{
    const dtn_indifference *s = e->s;
    fmpq *value, *sigma;
    int players = s->players;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, s->unknowns + 2 * players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, run->out->width);
    *is = simplest(s, value, x, slack) && dtn_exact_solves(e, value);
    if (!*is)
        return DTN_OK;
    spread(s, sigma, value);
    *kind = DTN_ROOT_ELSEWHERE;
    for (int p = 0; p < players; p++)
        for (int a = 0; a < s->size[p]; a++)
            if (fmpq_sgn(sigma + s->first[p] + s->action[p][a]) <= 0)
                return DTN_OK;
    fmpq *payoff = value + s->unknowns, *regret = payoff + players;
    DTN_TRY(dtn_verify_strategic(ctx, payoff, regret, s->game, sigma));
    for (int p = 0; p < players; p++)
        if (!fmpq_is_zero(regret + p))
            return DTN_OK;
    *kind = DTN_ROOT_EQUILIBRIUM;
    return dtn_profile_found(ctx, run, sigma, NULL);
}

/* Hands on the equilibrium near x, rounded to as few decimals as the verifier needs. */
static dtn_status irrational(dtn_ctx *ctx, dtn_profile_run *run, dtn_root_kind *kind,
                             const dtn_indifference *s, const arb_struct *x)
{
    fmpq *value, *sigma;
    fmpz *scale = dtn_arena_fmpz(ctx->scratch, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, s->unknowns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, run->out->width);
    if (!scale)
        return dtn_fail_nomem(ctx);
    *kind = DTN_ROOT_UNDECIDED;
    bool held = false;
    for (int digits = 15; digits <= 60 && !held; digits *= 2) {
        fmpz_ui_pow_ui(scale, 10, (ulong)digits);
        for (int i = 0; i < s->unknowns; i++) {
            arf_get_fmpq(value + i, arb_midref(x + i));
            fmpq_mul_fmpz(value + i, value + i, scale);
            fmpz_mul_2exp(fmpq_numref(value + i), fmpq_numref(value + i), 1);
            fmpz_add(fmpq_numref(value + i), fmpq_numref(value + i), fmpq_denref(value + i));
            fmpz_mul_2exp(fmpq_denref(value + i), fmpq_denref(value + i), 1);
            fmpz_fdiv_q(fmpq_numref(value + i), fmpq_numref(value + i), fmpq_denref(value + i));
            fmpz_set(fmpq_denref(value + i), scale);
            fmpq_canonicalise(value + i);
        }
        spread(s, sigma, value);
        bool positive = true;
        for (int i = 0; i < run->out->width; i++)
            positive = positive && fmpq_sgn(sigma + i) >= 0;
        if (positive)
            DTN_TRY(dtn_profile_found_ball(ctx, run, &held, sigma, pow(10, 1 - digits), NULL));
    }
    if (held)
        *kind = DTN_ROOT_EQUILIBRIUM;
    return DTN_OK;
}

/* Does the list hold this equilibrium already? */
static bool is_listed(const dtn_profiles *list, const dtn_indifference *s, const arb_struct *x)
{
    static const double same = 1e-10;
    for (int k = 0; k < list->count; k++) {
        const fmpq *sigma = list->item[k].sigma;
        bool equal = true;
        for (int i = 0; i < list->width && equal; i++)
            equal = s->in[i] != fmpq_is_zero(sigma + i);
        for (int m = 0; m < s->mixing && equal; m++)
            for (int a = 1, p = s->mixer[m]; a < s->size[p] && equal; a++) {
                double value = dtn_rational_double(sigma + s->first[p] + s->action[p][a]);
                equal = fabs(arf_get_d(arb_midref(x + s->origin[m] + a - 1), ARF_RND_NEAR) - value) < same;
            }
        if (equal)
            return true;
    }
    return false;
}

/* --- everything together ---------------------------------------------------------------------------- */

static dtn_status judge(dtn_ctx *ctx, dtn_profile_run *run, dtn_root_kind *kind, const dtn_exact_system *e,
                        arb_struct *x, const arb_struct *box, arb_mat_t jacobian, arb_mat_t residual)
{
    verdict signs = signs_in_box(e, box, FEW_BITS);
    *kind = DTN_ROOT_ELSEWHERE;
    if (signs == VERDICT_NO)
        return DTN_OK;
    if (is_listed(run->out, e->s, x)) {
        *kind = DTN_ROOT_EQUILIBRIUM;
        return DTN_OK;
    }
    bool is_rational;
    DTN_TRY(rational(ctx, run, &is_rational, kind, e, x, FEW_BITS - 80));
    if (is_rational)
        return DTN_OK;
    converge(e, x, jacobian, residual, MANY_BITS / 2);
    converge(e, x, jacobian, residual, MANY_BITS);
    DTN_TRY(rational(ctx, run, &is_rational, kind, e, x, MANY_BITS - 120));
    if (is_rational)
        return DTN_OK;
    *kind = DTN_ROOT_UNDECIDED;
    return signs == VERDICT_YES ? irrational(ctx, run, kind, e->s, x) : DTN_OK;
}

static dtn_status certify(dtn_ctx *ctx, dtn_arena *arena, dtn_profile_run *run, dtn_root_kind *kind,
                          dtn_support_root **root, const dtn_exact_system *e, const double *start,
                          arb_mat_t jacobian, arb_mat_t residual)
{
    int n = e->s->unknowns;
    arb_struct *x = dtn_arena_arb(ctx->scratch, (size_t)n), *box = dtn_arena_arb(ctx->scratch, (size_t)n);
    if (!x || !box)
        return dtn_fail_nomem(ctx);
    for (int i = 0; i < n; i++)
        arb_set_d(x + i, start[i]);
    *kind = DTN_ROOT_NONE;
    if (!converge(e, x, jacobian, residual, FEW_BITS) || !contracts(e, x, box, jacobian, residual, FEW_BITS))
        return DTN_OK;
    dtn_support_root *made;
    DTN_ALLOC(ctx, arena, made, 1);
    DTN_ALLOC(ctx, arena, made->x, n);
    for (int i = 0; i < n; i++) {
        made->x[i] = arf_get_d(arb_midref(x + i), ARF_RND_NEAR);
        if (!(fabs(made->x[i]) < 4))
            return DTN_OK;
    }
    *root = made;
    return judge(ctx, run, kind, e, x, box, jacobian, residual);
}

dtn_status dtn_support_certify(dtn_ctx *ctx, dtn_arena *arena, dtn_profile_run *run, dtn_root_kind *kind,
                               dtn_support_root **root, const dtn_indifference *s, const double *x)
{
    dtn_exact_system *e;
    arb_mat_t jacobian, residual;
    *kind = DTN_ROOT_NONE;
    *root = NULL;
    DTN_TRY(dtn_exact_system_new(ctx, &e, s));
    arb_mat_init(jacobian, s->unknowns, s->unknowns);
    arb_mat_init(residual, s->unknowns, 1);
    dtn_status status = certify(ctx, arena, run, kind, root, e, x, jacobian, residual);
    arb_mat_clear(jacobian);
    arb_mat_clear(residual);
    return status;
}
