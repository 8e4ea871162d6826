/* Traced numbers: arithmetic under FLINT's names and with FLINT's arguments. Constants are left to FLINT.
 * Cost: as dtn_traced_combine. Exact. */
#include "num/traced_parts.h"

static bool plain(const fmpq *a, const fmpq *b)
{
    return !dtn_traced_node_of(a) && !dtn_traced_node_of(b);
}

static bool is_plain_zero(const fmpq *x)
{
    return fmpz_is_zero(fmpq_numref(x)) && !fmpz_is_zero(fmpq_denref(x));
}

static bool is_plain_one(const fmpq *x)
{
    return fmpz_is_one(fmpq_numref(x)) && fmpz_is_one(fmpq_denref(x));
}

void dtn_traced_add(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    if (plain(a, b))
        fmpq_add(out, a, b);
    else if (is_plain_zero(a))
        fmpq_set(out, b);
    else if (is_plain_zero(b))
        fmpq_set(out, a);
    else
        dtn_traced_combine(out, DTN_TRACED_SUM, a, b);
}

void dtn_traced_sub(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    if (plain(a, b))
        fmpq_sub(out, a, b);
    else if (is_plain_zero(b))
        fmpq_set(out, a);
    else if (dtn_traced_node_of(a) == dtn_traced_node_of(b))
        fmpq_zero(out);
    else
        dtn_traced_combine(out, DTN_TRACED_DIFFERENCE, a, b);
}

void dtn_traced_mul(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    if (plain(a, b))
        fmpq_mul(out, a, b);
    else if (is_plain_zero(a) || is_plain_zero(b))
        fmpq_zero(out);
    else if (is_plain_one(a))
        fmpq_set(out, b);
    else if (is_plain_one(b))
        fmpq_set(out, a);
    else
        dtn_traced_combine(out, DTN_TRACED_PRODUCT, a, b);
}

void dtn_traced_div(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    dtn_traced_node *divisor = dtn_traced_node_of(b);
    if (divisor)
        dtn_traced_ask(divisor);
    dtn_traced_quotient(out, a, b);
}

void dtn_traced_quotient(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    if (is_plain_zero(a))
        fmpq_zero(out);
    else if (is_plain_one(b))
        fmpq_set(out, a);
    else if (is_plain_zero(b)) /* only in a run that is void: nothing else divides by 0 */
        fmpq_zero(out);
    else if (plain(a, b))
        fmpq_div(out, a, b);
    else
        dtn_traced_combine(out, DTN_TRACED_QUOTIENT, a, b);
}

void dtn_traced_neg(fmpq_t out, const fmpq_t a)
{
    dtn_traced_mul_si(out, a, -1);
}

void dtn_traced_abs(fmpq_t out, const fmpq_t a)
{
    if (dtn_traced_sgn(a) < 0)
        dtn_traced_neg(out, a);
    else
        fmpq_set(out, a);
}

void dtn_traced_inv(fmpq_t out, const fmpq_t a)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    dtn_traced_div(out, one, a);
    fmpq_clear(one);
}

void dtn_traced_addmul(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    fmpq_t product;
    fmpq_init(product);
    dtn_traced_mul(product, a, b);
    dtn_traced_add(out, out, product);
    fmpq_clear(product);
}

void dtn_traced_submul(fmpq_t out, const fmpq_t a, const fmpq_t b)
{
    fmpq_t product;
    fmpq_init(product);
    dtn_traced_mul(product, a, b);
    dtn_traced_sub(out, out, product);
    fmpq_clear(product);
}

typedef void binary(fmpq_t out, const fmpq_t a, const fmpq_t b);

static void with_integer(fmpq *out, binary *op, const fmpq *a, slong b)
{
    fmpq_t integer;
    fmpq_init(integer);
    fmpq_set_si(integer, b, 1);
    op(out, a, integer);
    fmpq_clear(integer);
}

void dtn_traced_add_si(fmpq_t out, const fmpq_t a, slong b)
{
    with_integer(out, dtn_traced_add, a, b);
}

void dtn_traced_sub_si(fmpq_t out, const fmpq_t a, slong b)
{
    with_integer(out, dtn_traced_sub, a, b);
}

void dtn_traced_mul_si(fmpq_t out, const fmpq_t a, slong b)
{
    with_integer(out, dtn_traced_mul, a, b);
}

static void with_power_of_2(fmpq *out, binary *op, const fmpq *a, flint_bitcnt_t b)
{
    fmpq_t power;
    fmpq_init(power);
    fmpq_one(power);
    fmpq_mul_2exp(power, power, b);
    op(out, a, power);
    fmpq_clear(power);
}

void dtn_traced_mul_2exp(fmpq_t out, const fmpq_t a, flint_bitcnt_t b)
{
    with_power_of_2(out, dtn_traced_mul, a, b);
}

void dtn_traced_div_2exp(fmpq_t out, const fmpq_t a, flint_bitcnt_t b)
{
    with_power_of_2(out, dtn_traced_div, a, b);
}

void dtn_traced_pow_si(fmpq_t out, const fmpq_t a, slong n)
{
    if (!dtn_traced_node_of(a)) {
        fmpq_pow_si(out, a, n);
        return;
    }
    fmpq_t base, power;
    fmpq_init(base);
    fmpq_init(power);
    if (n < 0)
        dtn_traced_inv(base, a);
    else
        fmpq_set(base, a);
    fmpq_one(power);
    for (ulong left = (ulong)(n < 0 ? -n : n); left; left >>= 1) {
        if (left & 1)
            dtn_traced_mul(power, power, base);
        if (left > 1)
            dtn_traced_mul(base, base, base);
    }
    fmpq_set(out, power);
    fmpq_clear(base);
    fmpq_clear(power);
}
