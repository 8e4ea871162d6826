/* Traced numbers: signs, and the conditions that they put on a run.
 *
 * Method: a number whose sign is asked is factored once; the sign is that of its factors at the sample, and each of them becomes a
 *   condition. Wherever all keep their signs, no denominator on the way vanishes and every question has the same answer.
 * Cost: one factorization for a number that is asked for the first time, then one evaluation a factor and run. Exact. */
#include <flint/fmpz_mpoly_factor.h>
#include <string.h>

#include "num/traced_parts.h"

/* Sign of a polynomial at a point: sum of coefficients times powers. */
static int sign_at(const dtn_trace *t, const fmpz_mpoly_t p, const fmpq *point)
{
    ulong exponent[32];
    fmpq *sum = t->work, *term = t->work + 1, *power = t->work + 2;
    fmpq_zero(sum);
    for (slong i = 0; i < fmpz_mpoly_length(p, t->ring); i++) {
        fmpz_mpoly_get_term_coeff_fmpz(fmpq_numref(term), p, i, t->ring);
        fmpz_one(fmpq_denref(term));
        fmpz_mpoly_get_term_exp_ui(exponent, p, i, t->ring);
        for (int v = 0; v < t->params; v++) {
            if (exponent[v] == 0)
                continue;
            fmpq_pow_si(power, &point[v], (slong)exponent[v]);
            fmpq_mul(term, term, power);
        }
        fmpq_add(sum, sum, term);
    }
    return fmpq_sgn(sum);
}

/* The number of an irreducible polynomial in the list of factors; -1: out of memory. */
static int find_factor(dtn_trace *t, const fmpz_mpoly_t p)
{
    for (int i = 0; i < t->factors; i++)
        if (fmpz_mpoly_equal(t->factor[i]->poly, p, t->ring))
            return i;
    if (t->factors == t->factor_room) {
        dtn_traced_factor **bigger = dtn_arena_array(t->arena, 2 * (size_t)t->factor_room, sizeof *bigger);
        if (!bigger)
            return -1;
        memcpy(bigger, t->factor, (size_t)t->factors * sizeof *bigger);
        t->factor = bigger;
        t->factor_room *= 2;
    }
    dtn_traced_factor *f = dtn_arena_array(t->arena, 1, sizeof *f);
    if (!f)
        return -1;
    fmpz_mpoly_init(f->poly, t->ring);
    fmpz_mpoly_set(f->poly, p, t->ring);
    t->factor[t->factors] = f;
    return t->factors++;
}

static bool add_factors(dtn_traced_node *node, const fmpz_mpoly_factor_t list)
{
    dtn_trace *t = node->trace;
    for (slong i = 0; i < list->num; i++) {
        fmpz_mpoly_struct *p = &list->poly[i];
        if (fmpz_mpoly_is_fmpz(p, t->ring))
            continue;
        fmpz_t leading;
        fmpz_init(leading);
        fmpz_mpoly_get_term_coeff_fmpz(leading, p, 0, t->ring);
        if (fmpz_sgn(leading) < 0)
            fmpz_mpoly_neg(p, p, t->ring);
        fmpz_clear(leading);
        int factor = find_factor(t, p);
        if (factor < 0)
            return false;
        node->factor[node->factors++] = factor;
    }
    return true;
}

static bool factor(dtn_traced_node *node)
{
    dtn_trace *t = node->trace;
    fmpz_mpoly_factor_t num, den;
    fmpz_mpoly_factor_init(num, t->ring);
    fmpz_mpoly_factor_init(den, t->ring);
    bool done = fmpz_mpoly_factor(num, node->num, t->ring) && fmpz_mpoly_factor(den, node->den, t->ring);
    if (!done) {
        dtn_trace_lose(t);
    } else {
        node->factor = dtn_arena_array(t->arena, (size_t)(num->num + den->num) + 1, sizeof *node->factor);
        node->factors = 0;
        done = node->factor && add_factors(node, num) && add_factors(node, den);
        if (!done) {
            t->state = DTN_TRACE_NOMEM;
            node->factors = -1;
        }
    }
    fmpz_mpoly_factor_clear(num, t->ring);
    fmpz_mpoly_factor_clear(den, t->ring);
    return done;
}

int dtn_traced_look(dtn_traced_node *node)
{
    dtn_trace *t = node->trace;
    if (node->run != t->run) {
        node->run = t->run;
        node->sign = sign_at(t, node->num, t->sample) * sign_at(t, node->den, t->sample);
    }
    return node->sign;
}

int dtn_trace_factor_sign(dtn_trace *t, int factor)
{
    dtn_traced_factor *f = t->factor[factor];
    if (f->run != t->run) {
        f->run = t->run;
        f->sign = sign_at(t, f->poly, t->sample);
    }
    return f->sign;
}

int dtn_trace_factor_sign_at(const dtn_trace *t, int factor, const fmpq *point)
{
    return sign_at(t, t->factor[factor]->poly, point);
}

int dtn_traced_ask(dtn_traced_node *node)
{
    dtn_trace *t = node->trace;
    int sign = dtn_traced_look(node);
    if (node->asked == t->run)
        return sign;
    node->asked = t->run;
    if (node->factors < 0 && !factor(node))
        return sign;
    for (int i = 0; i < node->factors; i++) {
        dtn_traced_factor *f = t->factor[node->factor[i]];
        if (f->asked == t->run)
            continue;
        f->asked = t->run;
        if (dtn_trace_factor_sign(t, node->factor[i]) == 0 && t->state == DTN_TRACE_SOUND)
            t->state = DTN_TRACE_DEGENERATE;
        if (t->asks == t->ask_room) {
            int *bigger = dtn_arena_array(t->arena, 2 * (size_t)t->ask_room, sizeof *bigger);
            if (!bigger) {
                t->state = DTN_TRACE_NOMEM;
                return sign;
            }
            memcpy(bigger, t->asked, (size_t)t->asks * sizeof *bigger);
            t->asked = bigger;
            t->ask_room *= 2;
        }
        t->asked[t->asks++] = node->factor[i];
    }
    return sign;
}

const int *dtn_trace_asked(const dtn_trace *t, int *count)
{
    *count = t->asks;
    return t->asked;
}

int dtn_trace_factors(const dtn_trace *t)
{
    return t->factors;
}

const fmpz_mpoly_struct *dtn_trace_factor(const dtn_trace *t, int factor)
{
    return t->factor[factor]->poly;
}

const fmpz_mpoly_ctx_struct *dtn_trace_ring(const dtn_trace *t)
{
    return t->ring;
}

/* --- as FLINT's functions ------------------------------------------------------------------------ */

int dtn_traced_peek(const fmpq_t x)
{
    dtn_traced_node *node = dtn_traced_node_of(x);
    return node ? dtn_traced_look(node) : fmpq_sgn(x);
}

dtn_trace *dtn_traced_of(const fmpq *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dtn_traced_node_of(x + i))
            return dtn_traced_node_of(x + i)->trace;
    return NULL;
}

int dtn_traced_sgn(const fmpq_t a)
{
    dtn_traced_node *node = dtn_traced_node_of(a);
    return node ? dtn_traced_ask(node) : fmpq_sgn(a);
}

int dtn_traced_cmp(const fmpq_t a, const fmpq_t b)
{
    if (!dtn_traced_node_of(a) && !dtn_traced_node_of(b))
        return fmpq_cmp(a, b);
    fmpq_t difference;
    fmpq_init(difference);
    dtn_traced_sub(difference, a, b);
    int sign = dtn_traced_sgn(difference);
    fmpq_clear(difference);
    return sign;
}

int dtn_traced_cmp_si(const fmpq_t a, slong b)
{
    fmpq_t integer;
    fmpq_init(integer);
    fmpq_set_si(integer, b, 1);
    int sign = dtn_traced_cmp(a, integer);
    fmpq_clear(integer);
    return sign;
}

int dtn_traced_cmp_ui(const fmpq_t a, ulong b)
{
    return dtn_traced_cmp_si(a, (slong)b);
}

bool dtn_traced_equal(const fmpq_t a, const fmpq_t b)
{
    return dtn_traced_cmp(a, b) == 0;
}

bool dtn_traced_is_zero(const fmpq_t a)
{
    return dtn_traced_sgn(a) == 0;
}

bool dtn_traced_is_one(const fmpq_t a)
{
    return dtn_traced_cmp_si(a, 1) == 0;
}
