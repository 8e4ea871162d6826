/* An indifference system in exact numbers: its equations and derivatives in balls, its equations in rationals.
 * Cost: an evaluation takes equations x choices of actions x mixing players operations. */
#include "solve/support_exact.h"

dtn_status dtn_exact_system_new(dtn_ctx *ctx, dtn_exact_system **out, const dtn_indifference *s)
{
    dtn_exact_system *e;
    fmpq *value;
    size_t width = 0;
    for (int m = 0; m < s->mixing; m++)
        width += (size_t)s->size[s->mixer[m]];
    DTN_ALLOC(ctx, ctx->scratch, e, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, s->values);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, e->exact, width + 2);
    DTN_ALLOC(ctx, ctx->scratch, e->factor, s->mixing);
    e->weight = dtn_arena_arb(ctx->scratch, (size_t)s->mixing + 1);
    e->coordinate = dtn_arena_arb(ctx->scratch, width);
    e->work = dtn_arena_arb(ctx->scratch, 1);
    if (!e->weight || !e->coordinate || !e->work)
        return dtn_fail_nomem(ctx);
    for (int p = 0; p < s->players; p++) {
        const dtn_comparisons *k = &s->compare[p];
        for (int r = 0; r < k->rows; r++)
            for (size_t i = 0; i < k->entries; i++)
                dtn_indifference_exact(value + k->at + (size_t)r * k->entries + i, s, p, r, i);
    }
    e->s = s;
    e->value = value;
    *out = e;
    return DTN_OK;
}

static void read_coordinates(const dtn_exact_system *e, const arb_struct *x, slong bits)
{
    const dtn_indifference *s = e->s;
    arb_struct *to = e->coordinate;
    for (int m = 0; m < s->mixing; m++) {
        arb_struct *first = to++;
        arb_one(first);
        for (int a = 1; a < s->size[s->mixer[m]]; a++) {
            arb_set(to++, x);
            arb_sub(first, first, x++, bits);
        }
    }
}

/* Which action of mixing player q entry i stands for, q counted upwards with the rest of i. */
static size_t digit(size_t *rest, size_t size)
{
    size_t d = *rest % size;
    *rest /= size;
    return d;
}

/* weight[q] = product of the coordinates of all but q (and but m) at an entry of player m's comparisons; [mixing]: of all. Products
 * from the left, then times those from the right. */
static void weigh(const dtn_exact_system *e, int m, size_t entry, slong bits)
{
    const dtn_indifference *s = e->s;
    const arb_struct *base = e->coordinate;
    arb_struct *all = e->weight + s->mixing;
    arb_one(all);
    for (int q = 0; q < s->mixing; base += s->size[s->mixer[q++]]) {
        e->factor[q] = q == m ? NULL : base + digit(&entry, (size_t)s->size[s->mixer[q]]);
        arb_set(e->weight + q, all);
        if (q != m)
            arb_mul(all, all, e->factor[q], bits);
    }
    arb_one(e->work);
    for (int q = s->mixing - 1; q >= 0; q--) {
        arb_mul(e->weight + q, e->weight + q, e->work, bits);
        if (q != m)
            arb_mul(e->work, e->work, e->factor[q], bits);
    }
}

static void add_entry(const dtn_exact_system *e, arb_mat_struct *residual, arb_mat_struct *jacobian, int m,
                      size_t entry, slong bits)
{
    const dtn_indifference *s = e->s;
    const dtn_comparisons *k = &s->compare[s->mixer[m]];
    weigh(e, m, entry, bits);
    for (int r = 0; r < k->equal; r++) {
        const fmpq *value = e->value + k->at + (size_t)r * k->entries + entry;
        int row = s->origin[m] + r;
        size_t rest = entry;
        if (fmpq_is_zero(value))
            continue;
        arb_set_fmpq(e->work, value, bits);
        if (residual)
            arb_addmul(arb_mat_entry(residual, row, 0), e->work, e->weight + s->mixing, bits);
        for (int q = 0; q < s->mixing; q++) {
            if (q == m)
                continue;
            int size = s->size[s->mixer[q]], a = (int)digit(&rest, (size_t)size);
            if (a > 0)
                arb_addmul(arb_mat_entry(jacobian, row, s->origin[q] + a - 1), e->work, e->weight + q, bits);
            for (int b = 0; a == 0 && b < size - 1; b++)
                arb_submul(arb_mat_entry(jacobian, row, s->origin[q] + b), e->work, e->weight + q, bits);
        }
    }
}

void dtn_exact_evaluate(const dtn_exact_system *e, arb_mat_struct *residual, arb_mat_struct *jacobian,
                        const arb_struct *x, slong bits)
{
    read_coordinates(e, x, bits);
    arb_mat_zero(jacobian);
    if (residual)
        arb_mat_zero(residual);
    for (int m = 0; m < e->s->mixing; m++)
        for (size_t i = 0; i < e->s->compare[e->s->mixer[m]].entries; i++)
            add_entry(e, residual, jacobian, m, i, bits);
}

void dtn_exact_compare(const dtn_exact_system *e, arb_t out, const arb_struct *x, int player, int row,
                       slong bits)
{
    const dtn_indifference *s = e->s;
    const dtn_comparisons *k = &s->compare[player];
    read_coordinates(e, x, bits);
    arb_zero(out);
    for (size_t i = 0; i < k->entries; i++) {
        weigh(e, s->slot[player], i, bits);
        arb_set_fmpq(e->work, e->value + k->at + (size_t)row * k->entries + i, bits);
        arb_addmul(out, e->work, e->weight + s->mixing, bits);
    }
}

bool dtn_exact_solves(const dtn_exact_system *e, const fmpq *x)
{
    const dtn_indifference *s = e->s;
    fmpq *to = e->exact, *sum, *product;
    for (int m = 0; m < s->mixing; m++) {
        fmpq *first = to++;
        fmpq_one(first);
        for (int a = 1; a < s->size[s->mixer[m]]; a++) {
            fmpq_set(to++, x);
            fmpq_sub(first, first, x++);
        }
    }
    sum = to;
    product = to + 1;
    for (int m = 0; m < s->mixing; m++) {
        const dtn_comparisons *k = &s->compare[s->mixer[m]];
        for (int r = 0; r < k->equal; r++) {
            fmpq_zero(sum);
            for (size_t i = 0; i < k->entries; i++) {
                size_t rest = i;
                const fmpq *base = e->exact;
                fmpq_set(product, e->value + k->at + (size_t)r * k->entries + i);
                for (int q = 0; q < s->mixing; base += s->size[s->mixer[q++]])
                    if (q != m)
                        fmpq_mul(product, product, base + digit(&rest, (size_t)s->size[s->mixer[q]]));
                fmpq_add(sum, sum, product);
            }
            if (!fmpq_is_zero(sum))
                return false;
        }
    }
    return true;
}
