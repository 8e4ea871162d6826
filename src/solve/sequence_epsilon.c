/* A basis of the sequence form with trembles, solved with the size of the trembles as an unknown.
 *
 * Method: a basis says which weights are more than the least ones. The plan of a player is what makes the other indifferent where the
 *   other's weights are above the least: linear equations for the weights x, the values v of the other's sequences and q of its sets,
 *   with coefficients that are polynomials in epsilon. Solved over Z[epsilon]; then every sign is read off the lowest power.
 * Cost: (sequences of both)^3 multiplications of polynomials. Exact.
 * Source: P. Miltersen and T. Sørensen, Computing a quasi-perfect equilibrium of a two-player game, Economic Theory 42 (2010); G. Farina and N.
 *   Gatti, Extensive-form perfect equilibrium computation in two-player games, AAAI (2017). */
#include "solve/sequence_epsilon.h"

#include <flint/fmpz_poly_mat.h>

#include "solve/sequence_path.h"

typedef struct equations {
    const dtn_sequence_form *f;
    dtn_tremble_kind kind;
    int p, o;       /* whose plan, and the other */
    int x, v, q;    /* first column of each kind; q of set k: q + k, k >= 1 */
    int *length[2]; /* [sequences] */
    const bool *above[2];
    const fmpz *payoff; /* [ends] of o, scaled to integers */
    fmpz_poly_mat_struct *a, *b, *solution;
    fmpz_poly_struct *whole, *work;
} equations;

/* sign for all small epsilon > 0 */
static int sign_of(const fmpz_poly_struct *p)
{
    for (slong i = 0; i < p->length; i++)
        if (!fmpz_is_zero(p->coeffs + i))
            return fmpz_sgn(p->coeffs + i);
    return 0;
}

static void add_term(const equations *s, int row, int column, slong number, slong power)
{
    fmpz_poly_struct *entry = fmpz_poly_mat_entry(s->a, row, column);
    fmpz_poly_set_coeff_si(entry, power, fmpz_poly_get_coeff_si(entry, power) + number);
}

/* v(t) of the set that follows: (1 - count rate) q + rate * sum of v, with factor -1. */
static void add_following(const equations *s, int row, int k)
{
    const dtn_sequence_form *f = s->f;
    add_term(s, row, s->q + k, -1, 0);
    if (s->kind == DTN_TREMBLE_PLAN)
        return;
    add_term(s, row, s->q + k, f->count[s->o][k], 1);
    for (int u = f->first[s->o][k]; u < f->first[s->o][k] + f->count[s->o][k]; u++)
        add_term(s, row, s->v + u, -1, 1);
}

static void set_up(const equations *s)
{
    const dtn_sequence_form *f = s->f;
    int row = 0, p = s->p, o = s->o;
    add_term(s, row, s->x, 1, 0);
    fmpz_poly_one(fmpz_poly_mat_entry(s->b, row++, 0));
    for (int k = 1; k < f->constraints[p]; k++, row++) {
        add_term(s, row, s->x + f->from[p][k], -1, 0);
        for (int i = f->first[p][k]; i < f->first[p][k] + f->count[p][k]; i++)
            add_term(s, row, s->x + i, 1, 0);
    }
    for (int k = 1; k < f->constraints[p]; k++)
        for (int i = f->first[p][k]; i < f->first[p][k] + f->count[p][k]; i++) {
            if (s->above[p][i])
                continue;
            add_term(s, row, s->x + i, 1, 0);
            if (s->kind == DTN_TREMBLE_PLAN)
                fmpz_poly_set_coeff_si(fmpz_poly_mat_entry(s->b, row, 0), s->length[p][i], 1);
            else
                add_term(s, row, s->x + f->from[p][k], -1, 1);
            row++;
        }
    int first = row;
    for (int t = 0; t < f->sequences[o]; t++)
        add_term(s, row++, s->v + t, 1, 0);
    for (int k = 1; k < f->constraints[o]; k++)
        add_following(s, first + f->from[o][k], k);
    for (int e = 0; e < f->ends; e++) {
        fmpz_poly_struct *to =
            fmpz_poly_mat_entry(s->a, first + f->end[e].sequence[o], s->x + f->end[e].sequence[p]);
        fmpz_poly_set_fmpz(s->work, s->payoff + e);
        fmpz_poly_sub(to, to, s->work);
    }
    for (int k = 1; k < f->constraints[o]; k++)
        for (int t = f->first[o][k]; t < f->first[o][k] + f->count[o][k]; t++)
            if (s->above[o][t]) {
                add_term(s, row, s->v + t, 1, 0);
                add_term(s, row++, s->q + k, -1, 0);
            }
}

static fmpz_poly_struct *solved(const equations *s, int variable)
{
    return fmpz_poly_mat_entry(s->solution, variable, 0);
}

/* Weights at least the least ones, and no action better than those that are played. whole > 0. */
static bool signs_hold(const equations *s)
{
    const dtn_sequence_form *f = s->f;
    for (int k = 1; k < f->constraints[s->p]; k++)
        for (int i = f->first[s->p][k]; i < f->first[s->p][k] + f->count[s->p][k]; i++) {
            bool plan = s->kind == DTN_TREMBLE_PLAN;
            fmpz_poly_shift_left(s->work, plan ? s->whole : solved(s, s->x + f->from[s->p][k]),
                                 plan ? s->length[s->p][i] : 1);
            fmpz_poly_sub(s->work, solved(s, s->x + i), s->work);
            if (sign_of(s->work) < 0)
                return false;
        }
    for (int k = 1; k < f->constraints[s->o]; k++)
        for (int t = f->first[s->o][k]; t < f->first[s->o][k] + f->count[s->o][k]; t++) {
            fmpz_poly_sub(s->work, solved(s, s->q + k), solved(s, s->v + t));
            if (sign_of(s->work) < 0)
                return false;
        }
    return true;
}

static bool solve(const equations *s)
{
    if (!fmpz_poly_mat_solve(s->solution, s->whole, s->a, s->b))
        return false;
    if (sign_of(s->whole) < 0) {
        fmpz_poly_neg(s->whole, s->whole);
        fmpz_poly_mat_neg(s->solution, s->solution);
    }
    return signs_hold(s);
}

/* Weights and whole without their common factor. */
static void shorten(const equations *s)
{
    fmpz_poly_set(s->work, s->whole);
    for (int i = 1; i < s->f->sequences[s->p] && !fmpz_poly_is_one(s->work); i++)
        fmpz_poly_gcd(s->work, s->work, solved(s, s->x + i));
    if (sign_of(s->work) < 0)
        fmpz_poly_neg(s->work, s->work);
    for (int i = 0; i < s->f->sequences[s->p]; i++)
        fmpz_poly_div(solved(s, s->x + i), solved(s, s->x + i), s->work);
    fmpz_poly_div(s->whole, s->whole, s->work);
}

static dtn_status scale_payoffs(dtn_ctx *ctx, equations *s)
{
    const dtn_sequence_form *f = s->f;
    fmpz *payoff = dtn_arena_fmpz(ctx->scratch, (size_t)f->ends + 1),
         *factor = payoff ? payoff + f->ends : NULL;
    if (!payoff)
        return dtn_fail_nomem(ctx);
    fmpz_one(factor);
    for (int e = 0; e < f->ends; e++)
        fmpz_lcm(factor, factor, fmpq_denref(f->end[e].payoff + s->o));
    for (int e = 0; e < f->ends; e++) {
        fmpz_divexact(payoff + e, factor, fmpq_denref(f->end[e].payoff + s->o));
        fmpz_mul(payoff + e, payoff + e, fmpq_numref(f->end[e].payoff + s->o));
    }
    s->payoff = payoff;
    return DTN_OK;
}

typedef struct plan {
    fmpz_poly_mat_struct a, b, solution;
    fmpz_poly_struct whole, work;
    equations s;
} plan;

static void init(plan *p, const equations *s)
{
    int size = s->q + s->f->constraints[s->o];
    fmpz_poly_mat_init(&p->a, size, size);
    fmpz_poly_mat_init(&p->b, size, 1);
    fmpz_poly_mat_init(&p->solution, size, 1);
    fmpz_poly_init(&p->whole);
    fmpz_poly_init(&p->work);
    p->s = *s;
    p->s.a = &p->a;
    p->s.b = &p->b;
    p->s.solution = &p->solution;
    p->s.whole = &p->whole;
    p->s.work = &p->work;
}

static void clear(plan *p)
{
    fmpz_poly_mat_clear(&p->a);
    fmpz_poly_mat_clear(&p->b);
    fmpz_poly_mat_clear(&p->solution);
    fmpz_poly_clear(&p->whole);
    fmpz_poly_clear(&p->work);
}

static dtn_status keep(dtn_ctx *ctx, dtn_arena *arena, dtn_trembles *out, const dtn_tree *tree,
                       const plan *plans)
{
    slong terms = 1;
    for (int p = 0; p < 2; p++) {
        const equations *s = &plans[p].s;
        for (int i = 0; i < s->f->sequences[p]; i++)
            terms = solved(s, i)->length > terms ? solved(s, i)->length : terms;
        terms = s->whole->length > terms ? s->whole->length : terms;
    }
    out->terms = (int)terms;
    out->weight = dtn_arena_fmpz(arena, (size_t)tree->actions * (size_t)terms);
    out->whole = dtn_arena_fmpz(arena, 2 * (size_t)terms);
    if (!out->weight || !out->whole)
        return dtn_fail_nomem(ctx);
    for (int p = 0; p < 2; p++) {
        const equations *s = &plans[p].s;
        for (slong i = 0; i < terms; i++)
            fmpz_poly_get_coeff_fmpz(out->whole + p * terms + i, s->whole, i);
        for (int x = 1; x < s->f->sequences[p]; x++)
            for (slong i = 0; i < terms; i++)
                fmpz_poly_get_coeff_fmpz(out->weight + s->f->action[p][x] * terms + i, solved(s, x), i);
    }
    return DTN_OK;
}

dtn_status dtn_sequence_epsilon(dtn_ctx *ctx, dtn_arena *arena, dtn_trembles *out, bool *good,
                                const dtn_tree *tree, const dtn_sequence_form *form, dtn_tremble_kind kind,
                                bool *const *above)
{
    int *length[2];
    equations each[2];
    for (int p = 0; p < 2; p++) {
        DTN_ALLOC(ctx, ctx->scratch, length[p], form->sequences[p]);
        dtn_sequence_lengths(form, p, length[p]);
    }
    for (int p = 0; p < 2; p++) {
        int n = form->sequences[p], others = form->sequences[1 - p];
        each[p] = (equations){.f = form,
                              .kind = kind,
                              .p = p,
                              .o = 1 - p,
                              .v = n,
                              .q = n + others - 1,
                              .length = {length[0], length[1]},
                              .above = {above[0], above[1]}};
        DTN_TRY(scale_payoffs(ctx, &each[p]));
    }
    DTN_TRY(dtn_ctx_poll(ctx));
    *out = (dtn_trembles){.kind = kind};
    plan plans[2];
    *good = true;
    for (int p = 0; p < 2; p++) {
        init(&plans[p], &each[p]);
        set_up(&plans[p].s);
    }
    for (int p = 0; p < 2 && *good; p++) {
        *good = solve(&plans[p].s);
        if (*good)
            shorten(&plans[p].s);
    }
    dtn_status status = *good ? keep(ctx, arena, out, tree, plans) : DTN_OK;
    for (int p = 0; p < 2; p++)
        clear(&plans[p]);
    return status;
}
