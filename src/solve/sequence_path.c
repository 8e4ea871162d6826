/* Complementary pivoting on the sequence form: from best replies to a prior to an equilibrium.
 *
 * Method: with one action of each information set as the default, plans are x = (what defaults give) + X z, z >= 0 the weights of the other
 *   actions above their least ones. Each weight above the least has a complement, the loss of its action against the other's plan, and
 *   one of both is 0. Everybody plays lambda times a plan of the game plus (1 - lambda) times the prior; the default is the best reply to the
 *   prior, which solves lambda = 0. lambda enters; whatever leaves, its complement enters, until lambda = 1. Ties are
 *   decided by a lexicographic perturbation, so no basis returns.
 * Cost: a pivot is (sequences of both)^2 multiplications of integers that grow like determinants. Exact.
 * Source: C. Lemke, Management Science 11 (1965); D. Koller, N. Megiddo, B. von Stengel, Games and Economic Behavior 14 (1996); B. von Stengel,
 *   A. van den Elzen, D. Talman, Econometrica 70 (2002), for the prior. */
#include "solve/sequence_path.h"

#include "num/integer_tableau.h"

/* Coordinates of a player: lambda, then one for each sequence that is no default. */
typedef struct side {
    int sequences, sets, coordinates;
    int *standard;   /* [sets] the default sequence */
    int *coordinate; /* [sequences] 1 .., 0: a default */
    fmpq *x;         /* [sequences][coordinates] weights */
    fmpq *above;     /* [sets][coordinates] of defaults above their least weight */
} side;

typedef struct path {
    const dtn_sequence_form *form;
    const dtn_tremble_size *size;
    fmpq *const *prior;
    side side[2];
    int total,
        base[2]; /* variable of a weight: base[p] + sequence; of its loss: + total; then lambda, and 1 - lambda */
    dtn_integer_tableau t;
    fmpz *factor; /* [variables] by which the variable stands scaled in the tableau */
    int *first;   /* [rows] basic at the start, in the order of the perturbation */
    int *column;  /* [variables] where it is nonbasic, -1 */
} path;

void dtn_tremble_least(fmpq_t least, fmpq_t rate, const dtn_tremble_size *size, int length)
{
    fmpq_zero(least);
    fmpq_zero(rate);
    if (!size)
        return;
    if (size->kind == DTN_TREMBLE_PLAN)
        fmpq_pow_si(least, &size->epsilon, length);
    else
        fmpq_set(rate, &size->epsilon);
}

void dtn_sequence_lengths(const dtn_sequence_form *form, int player, int *length)
{
    length[0] = 0;
    for (int k = 1; k < form->constraints[player]; k++)
        for (int s = form->first[player][k]; s < form->first[player][k] + form->count[player][k]; s++)
            length[s] = length[form->from[player][k]] + 1;
}

/* The best action of every set against the other's prior, mistakes at later sets counted. */
static dtn_status choose_defaults(dtn_ctx *ctx, path *h, int p)
{
    const dtn_sequence_form *f = h->form;
    side *own = &h->side[p];
    fmpq *value, *number, *least, *rate;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, own->sequences);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 3);
    least = number + 1;
    rate = number + 2;
    for (int e = 0; e < f->ends; e++)
        fmpq_addmul(value + f->end[e].sequence[p], h->prior[1 - p] + f->end[e].sequence[1 - p],
                    f->end[e].payoff + p);
    dtn_tremble_least(least, rate, h->size, 1);
    for (int k = own->sets - 1; k >= 1; k--) {
        int first = f->first[p][k], last = first + f->count[p][k], best = first;
        for (int s = first + 1; s < last; s++)
            if (fmpq_cmp(value + s, value + best) > 0)
                best = s;
        own->standard[k] = best;
        fmpq *above = value + f->from[p][k];
        fmpq_mul_si(number, rate, f->count[p][k]);
        fmpq_add(above, above, value + best);
        fmpq_submul(above, number, value + best);
        for (int s = first; s < last; s++)
            fmpq_addmul(above, rate, value + s);
    }
    return DTN_OK;
}

/* Weights in coordinates, from the start of the tree down. */
static dtn_status coordinates(dtn_ctx *ctx, path *h, int p)
{
    const dtn_sequence_form *f = h->form;
    side *own = &h->side[p];
    own->sequences = f->sequences[p];
    own->sets = f->constraints[p];
    own->coordinates = own->sequences - own->sets + 1;
    size_t width = (size_t)own->coordinates;
    int *length, next = 1;
    fmpq *least, *rate;
    DTN_ALLOC(ctx, ctx->scratch, own->standard, own->sets);
    DTN_ALLOC(ctx, ctx->scratch, own->coordinate, own->sequences);
    DTN_ALLOC(ctx, ctx->scratch, length, own->sequences);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, own->x, (size_t)own->sequences * width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, own->above, (size_t)own->sets * width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, least, 2);
    rate = least + 1;
    DTN_TRY(choose_defaults(ctx, h, p));
    dtn_sequence_lengths(f, p, length);
    fmpq_one(own->x); /* the empty sequence has the weight lambda */
    for (int k = 1; k < own->sets; k++) {
        const fmpq *from = own->x + (size_t)f->from[p][k] * width;
        fmpq *above = own->above + (size_t)k * width;
        for (size_t j = 0; j < width; j++)
            fmpq_set(above + j, from + j);
        for (int s = f->first[p][k]; s < f->first[p][k] + f->count[p][k]; s++) {
            dtn_tremble_least(least, rate, h->size, length[s]);
            fmpq_sub(above, above, least);
            for (size_t j = 0; j < width; j++)
                if (!fmpq_is_zero(from + j))
                    fmpq_submul(above + j, rate, from + j);
            if (s != own->standard[k]) {
                own->coordinate[s] = next;
                fmpq_sub_si(above + next, above + next, 1);
                next++;
            }
        }
        for (int s = f->first[p][k]; s < f->first[p][k] + f->count[p][k]; s++) {
            fmpq *x = own->x + (size_t)s * width;
            dtn_tremble_least(least, rate, h->size, length[s]);
            for (size_t j = 0; j < width; j++) {
                fmpq_mul(x + j, rate, from + j);
                if (s == own->standard[k])
                    fmpq_add(x + j, x + j, above + j);
            }
            fmpq_add(x, x, least);
            if (own->coordinate[s])
                fmpq_add_si(x + own->coordinate[s], x + own->coordinate[s], 1);
        }
    }
    return DTN_OK;
}

/* gain[j][i]: what coordinate j of p gains per unit of coordinate i of the other; i = 0: of lambda, last: of the prior. */
static dtn_status gains(dtn_ctx *ctx, const path *h, int p, fmpq **out)
{
    const dtn_sequence_form *f = h->form;
    const side *own = &h->side[p], *other = &h->side[1 - p];
    size_t width = (size_t)other->coordinates + 1;
    fmpq *gain, *part;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, gain, (size_t)own->coordinates * width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, part, 1);
    for (int e = 0; e < f->ends; e++) {
        const fmpq *x = own->x + (size_t)f->end[e].sequence[p] * (size_t)own->coordinates;
        const fmpq *y = other->x + (size_t)f->end[e].sequence[1 - p] * (size_t)other->coordinates;
        if (e % 256 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        for (int j = 1; j < own->coordinates; j++) {
            if (fmpq_is_zero(x + j))
                continue;
            fmpq *row = gain + (size_t)j * width;
            fmpq_mul(part, x + j, f->end[e].payoff + p);
            for (int i = 0; i < other->coordinates; i++)
                if (!fmpq_is_zero(y + i))
                    fmpq_addmul(row + i, part, y + i);
            fmpq_addmul(row + width - 1, part, h->prior[1 - p] + f->end[e].sequence[1 - p]);
        }
    }
    *out = gain;
    return DTN_OK;
}

/* Row of a variable: `row` holds the entries and, last, the right-hand side. */
static void put_row(path *h, int r, int variable, const fmpq *row)
{
    dtn_integer_tableau *t = &h->t;
    fmpz *factor = h->factor + variable;
    for (int j = 0; j <= t->columns; j++)
        if (!fmpz_is_one(fmpq_denref(row + j)))
            fmpz_lcm(factor, factor, fmpq_denref(row + j));
    for (int j = 0; j <= t->columns; j++) {
        fmpz *to = dtn_integer_tableau_at(t, r, j);
        fmpz_divexact(to, factor, fmpq_denref(row + j));
        fmpz_mul(to, to, fmpq_numref(row + j));
    }
    t->basic[r] = h->first[r] = variable;
}

/* Columns: lambda; then by player its coordinates, and the losses of its defaults. */
static dtn_status fill(dtn_ctx *ctx, path *h)
{
    dtn_integer_tableau *t = &h->t;
    int first[2], loss[2], next = 1, r = 0;
    for (int p = 0; p < 2; p++) {
        const side *own = &h->side[p];
        first[p] = next - 1;
        for (int s = 0; s < own->sequences; s++)
            if (own->coordinate[s])
                t->nonbasic[first[p] + own->coordinate[s]] = h->base[p] + s;
        loss[p] = first[p] + own->coordinates - 1;
        for (int k = 1; k < own->sets; k++)
            t->nonbasic[loss[p] + k] = h->total + h->base[p] + own->standard[k];
        next = loss[p] + own->sets;
    }
    t->nonbasic[0] = 2 * h->total;
    fmpq *row;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, row, t->columns + 1);
    for (int p = 0; p < 2; p++) {
        const side *own = &h->side[p], *other = &h->side[1 - p];
        for (int k = 1; k < own->sets; k++, r++) {
            const fmpq *above = own->above + (size_t)k * (size_t)own->coordinates;
            for (int j = 0; j <= t->columns; j++)
                fmpq_zero(row + j);
            fmpq_neg(row, above);
            for (int j = 1; j < own->coordinates; j++)
                fmpq_neg(row + first[p] + j, above + j);
            put_row(h, r, h->base[p] + own->standard[k], row);
        }
        fmpq *gain;
        DTN_TRY(gains(ctx, h, p, &gain));
        for (int s = 1; s < own->sequences; s++) {
            int j = own->coordinate[s];
            if (!j)
                continue;
            const fmpq *g = gain + (size_t)j * ((size_t)other->coordinates + 1);
            for (int i = 0; i <= t->columns; i++)
                fmpq_zero(row + i);
            fmpq_sub(row, g, g + other->coordinates);
            fmpq_neg(row + t->columns, g + other->coordinates);
            for (int i = 1; i < other->coordinates; i++)
                fmpq_set(row + first[1 - p] + i, g + i);
            for (int k = 1; k < own->sets; k++)
                fmpq_set(row + loss[p] + k, own->above + (size_t)k * (size_t)own->coordinates + j);
            put_row(h, r++, h->total + h->base[p] + s, row);
        }
    }
    for (int j = 0; j <= t->columns; j++)
        fmpq_zero(row + j);
    fmpq_one(row);
    fmpq_one(row + t->columns);
    put_row(h, r, 2 * h->total + 1, row);
    for (int v = 0; v <= 2 * h->total + 1; v++)
        h->column[v] = -1;
    for (int j = 0; j < t->columns; j++)
        h->column[t->nonbasic[j]] = j;
    return DTN_OK;
}

/* sign of a1 / b1 - a2 / b2 for b1, b2 > 0 */
static int compare(path *h, const fmpz *a1, const fmpz *b1, const fmpz *a2, const fmpz *b2)
{
    fmpz_mul(h->t.work, a1, b2);
    fmpz_submul(h->t.work, a2, b1);
    return fmpz_sgn(h->t.work);
}

/* Coefficient of the i-th perturbation in a row. */
static const fmpz *moved(const path *h, int row, int i, const fmpz *zero)
{
    if (h->t.basic[row] == h->first[i])
        return h->t.denominator;
    int column = h->column[h->first[i]];
    return column >= 0 ? dtn_integer_tableau_at(&h->t, row, column) : zero;
}

/* The row that reaches 0 first when the column enters: 1 - lambda if it is among them, else by perturbations; -1: none. */
static int leaving(path *h, int column, int *candidate)
{
    const dtn_integer_tableau *t = &h->t;
    int count = 0;
    fmpz zero = 0;
    for (int r = 0; r < t->rows; r++) {
        const fmpz *entry = dtn_integer_tableau_at(t, r, column);
        if (fmpz_sgn(entry) <= 0)
            continue;
        int sign = count == 0 ? -1
                              : compare(h, dtn_integer_tableau_at(t, r, t->columns), entry,
                                        dtn_integer_tableau_at(t, candidate[0], t->columns),
                                        dtn_integer_tableau_at(t, candidate[0], column));
        if (sign < 0)
            count = 0;
        if (sign <= 0)
            candidate[count++] = r;
    }
    for (int k = 0; k < count; k++)
        if (t->basic[candidate[k]] == 2 * h->total + 1)
            return candidate[k];
    for (int i = 0; i < t->rows && count > 1; i++) {
        int kept = 1;
        for (int k = 1; k < count; k++) {
            int sign =
                compare(h, moved(h, candidate[k], i, &zero), dtn_integer_tableau_at(t, candidate[k], column),
                        moved(h, candidate[0], i, &zero), dtn_integer_tableau_at(t, candidate[0], column));
            if (sign < 0)
                kept = 0;
            if (sign <= 0)
                candidate[kept++] = candidate[k];
        }
        count = kept;
    }
    return count ? candidate[0] : -1;
}

static dtn_status follow(dtn_ctx *ctx, path *h, long *pivots)
{
    dtn_integer_tableau *t = &h->t;
    int *candidate, column = 0;
    DTN_ALLOC(ctx, ctx->scratch, candidate, t->rows);
    for (*pivots = 0;; ++*pivots) {
        DTN_TRY(dtn_ctx_poll(ctx));
        int row = leaving(h, column, candidate);
        if (row < 0)
            return dtn_fail(ctx, DTN_INTERNAL, "a path of complementary pivots has no end");
        int out = t->basic[row], in = t->nonbasic[column];
        dtn_integer_tableau_pivot(t, row, column);
        h->column[in] = -1;
        h->column[out] = column;
        if (out == 2 * h->total + 1)
            return DTN_OK;
        if (out == 2 * h->total)
            return dtn_fail(ctx, DTN_INTERNAL, "a path of complementary pivots came back to its start");
        column = h->column[out < h->total ? out + h->total : out - h->total];
    }
}

/* Weights from those above the least ones. */
static dtn_status read_plans(dtn_ctx *ctx, path *h, fmpq *const *weight, bool *const *above)
{
    const dtn_integer_tableau *t = &h->t;
    const dtn_sequence_form *f = h->form;
    fmpz *scaled = dtn_arena_fmpz(ctx->scratch, 1);
    fmpq *least;
    int *length;
    if (!scaled)
        return dtn_fail_nomem(ctx);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, least, 2);
    for (int p = 0; p < 2; p++)
        for (int s = 0; s < f->sequences[p]; s++) {
            fmpq_zero(weight[p] + s);
            above[p][s] = false;
        }
    for (int r = 0; r < t->rows; r++) {
        int v = t->basic[r], p = v >= h->base[1];
        if (v >= h->total)
            continue;
        fmpz_mul(scaled, t->denominator, h->factor + v);
        fmpq_set_fmpz_frac(weight[p] + v - h->base[p], dtn_integer_tableau_at(t, r, t->columns), scaled);
        above[p][v - h->base[p]] = true;
    }
    for (int p = 0; p < 2; p++) {
        DTN_ALLOC(ctx, ctx->scratch, length, f->sequences[p]);
        dtn_sequence_lengths(f, p, length);
        fmpq_one(weight[p]);
        for (int k = 1; k < f->constraints[p]; k++)
            for (int s = f->first[p][k]; s < f->first[p][k] + f->count[p][k]; s++) {
                dtn_tremble_least(least, least + 1, h->size, length[s]);
                fmpq_add(weight[p] + s, weight[p] + s, least);
                fmpq_addmul(weight[p] + s, least + 1, weight[p] + f->from[p][k]);
            }
    }
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, path *h, fmpq *const *weight, bool *const *above, long *pivots)
{
    int rows = 1;
    for (int p = 0; p < 2; p++) {
        DTN_TRY(coordinates(ctx, h, p));
        h->base[p] = h->total;
        h->total += h->side[p].sequences;
        rows += h->side[p].sequences - 1;
    }
    DTN_TRY(dtn_integer_tableau_new(ctx, &h->t, rows, rows));
    DTN_ALLOC(ctx, ctx->scratch, h->first, rows);
    DTN_ALLOC(ctx, ctx->scratch, h->column, 2 * h->total + 2);
    h->factor = dtn_arena_fmpz(ctx->scratch, 2 * (size_t)h->total + 2);
    if (!h->factor)
        return dtn_fail_nomem(ctx);
    for (int v = 0; v < 2 * h->total + 2; v++)
        fmpz_one(h->factor + v);
    DTN_TRY(fill(ctx, h));
    DTN_TRY(follow(ctx, h, pivots));
    return read_plans(ctx, h, weight, above);
}

dtn_status dtn_sequence_path(dtn_ctx *ctx, fmpq *const *weight, bool *const *above, long *pivots,
                             const dtn_sequence_form *form, const dtn_tremble_size *size, fmpq *const *prior)
{
    path h = {.form = form, .size = size, .prior = prior};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run(ctx, &h, weight, above, pivots);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
