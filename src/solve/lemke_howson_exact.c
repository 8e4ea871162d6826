/* The Lemke-Howson path of one label in integers: two condensed tableaux, ties broken lexicographically, so that it always ends in
 * an equilibrium.
 *
 * Method: player 1's system is B'x + s = 1 over its strategies with a row for each of player 2's, player 2's is A y + r = 1;
 *   payoffs are moved to be positive. Entries are integers over the last pivot (Edmonds). Among rows of equal ratio the one
 *   leaves whose row of [right-hand side, columns of the slacks] over its pivot is lexicographically least, which is what
 *   right-hand sides moved by powers of a small number would give.
 * Cost: m * n operations on long integers a pivot; paths can be exponentially long.
 * Exact. Source: B. von Stengel, Computing equilibria for two-person games, Handbook of Game Theory 3 (2002), section 2.6. */
#include "solve/lemke_howson.h"

/* denominator * basic[i] = entry[i][columns] - sum_j entry[i][j] * nonbasic[j]. Variables: strategies first, then row slacks. */
typedef struct tableau {
    int rows, columns;
    fmpz *entry;              /* [rows][columns + 1] */
    fmpz *denominator, *work; /* work: [2] */
    int *basic, *nonbasic;
} tableau;

static fmpz *at(const tableau *t, int row, int column)
{
    return t->entry + (size_t)row * (size_t)(t->columns + 1) + (size_t)column;
}

/* out = player p's payoff over the common denominator */
static void payoff_at(fmpz_t out, const dtn_strategic *g, const fmpz *common, int i, int j, int p)
{
    size_t cell = 2 * ((size_t)i + (size_t)j * (size_t)g->strategies[0]) + (size_t)p;
    dtn_payoffs_scaled(out, &g->payoff, cell, common);
}

/* The system over player p's strategies: the other's payoffs, moved to 1 at least. */
static dtn_status set_up(dtn_ctx *ctx, tableau *t, const dtn_strategic *g, int p)
{
    int own = g->strategies[p], rows = g->strategies[1 - p];
    *t = (tableau){.rows = rows, .columns = own};
    t->entry = dtn_arena_fmpz(ctx->scratch, (size_t)rows * (size_t)(own + 1) + 3);
    if (!t->entry)
        return dtn_fail_nomem(ctx);
    t->denominator = t->entry + (size_t)rows * (size_t)(own + 1);
    t->work = t->denominator + 1;
    DTN_ALLOC(ctx, ctx->scratch, t->basic, rows);
    DTN_ALLOC(ctx, ctx->scratch, t->nonbasic, own);
    fmpz *least = t->work;
    const fmpz *common;
    DTN_TRY(dtn_payoffs_common(ctx, &common, ctx->scratch, &g->payoff));
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < own; c++) {
            payoff_at(at(t, r, c), g, common, p == 0 ? c : r, p == 0 ? r : c, 1 - p);
            if ((r == 0 && c == 0) || fmpz_cmp(at(t, r, c), least) < 0)
                fmpz_set(least, at(t, r, c));
        }
    fmpz_sub_ui(least, least, 1);
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < own; c++)
            fmpz_sub(at(t, r, c), at(t, r, c), least);
        fmpz_one(at(t, r, own));
        t->basic[r] = own + r;
    }
    for (int c = 0; c < own; c++)
        t->nonbasic[c] = c;
    fmpz_one(t->denominator);
    return DTN_OK;
}

/* sign of row i's ratio minus row k's in this column of the system */
static int compare(tableau *t, int i, int k, const fmpz_t left, const fmpz_t right, int c)
{
    fmpz_mul(t->work, left, at(t, k, c));
    fmpz_submul(t->work, right, at(t, i, c));
    return fmpz_sgn(t->work);
}

/* Is row i lexicographically before row k, over the pivots in column c? */
static bool before(tableau *t, int i, int k, int c)
{
    int sign = compare(t, i, k, at(t, i, t->columns), at(t, k, t->columns), c);
    fmpz_t zero;
    fmpz_init(zero);
    for (int slack = t->columns; sign == 0 && slack < t->columns + t->rows; slack++) {
        int column = -1;
        for (int j = 0; j < t->columns; j++)
            if (t->nonbasic[j] == slack)
                column = j;
        const fmpz *left = column >= 0 ? at(t, i, column) : t->basic[i] == slack ? t->denominator : zero;
        const fmpz *right = column >= 0 ? at(t, k, column) : t->basic[k] == slack ? t->denominator : zero;
        sign = compare(t, i, k, left, right, c);
    }
    return sign < 0;
}

static void pivot(tableau *t, int r, int c)
{
    fmpz *p = t->work + 1;
    fmpz_set(p, at(t, r, c)); /* positive */
    for (int i = 0; i < t->rows; i++) {
        if (i == r)
            continue;
        for (int j = 0; j <= t->columns; j++) {
            if (j == c)
                continue;
            fmpz_mul(at(t, i, j), at(t, i, j), p);
            fmpz_submul(at(t, i, j), at(t, i, c), at(t, r, j));
            fmpz_divexact(at(t, i, j), at(t, i, j), t->denominator);
        }
        fmpz_neg(at(t, i, c), at(t, i, c));
    }
    fmpz_set(at(t, r, c), t->denominator);
    fmpz_set(t->denominator, p);
    int entering = t->nonbasic[c];
    t->nonbasic[c] = t->basic[r];
    t->basic[r] = entering;
}

/* The variable of this label enters system p; *label becomes that of the one that leaves. */
static bool step(tableau *t, int p, int *label, int m)
{
    int own = p == 0 ? 0 : m, other = p == 0 ? m : 0;
    bool strategy = *label >= own && *label < own + t->columns;
    int variable = strategy ? *label - own : t->columns + *label - other, c = 0, r = -1;
    while (c < t->columns && t->nonbasic[c] != variable)
        c++;
    if (c == t->columns)
        return false;
    for (int i = 0; i < t->rows; i++)
        if (fmpz_sgn(at(t, i, c)) > 0 && (r < 0 || before(t, i, r, c)))
            r = i;
    if (r < 0)
        return false;
    int leaves = t->basic[r];
    pivot(t, r, c);
    *label = leaves < t->columns ? own + leaves : other + leaves - t->columns;
    return true;
}

static void read_strategy(const tableau *t, fmpq *sigma)
{
    fmpz *sum = t->work;
    fmpz_zero(sum);
    for (int i = 0; i < t->rows; i++)
        if (t->basic[i] < t->columns)
            fmpz_add(sum, sum, at(t, i, t->columns));
    for (int c = 0; c < t->columns; c++)
        fmpq_zero(sigma + c);
    for (int i = 0; i < t->rows; i++)
        if (t->basic[i] < t->columns)
            fmpq_set_fmpz_frac(sigma + t->basic[i], at(t, i, t->columns), sum);
}

dtn_status dtn_lh_exact(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, int label)
{
    tableau t[2];
    int m = game->strategies[0], now = label;
    DTN_TRY(set_up(ctx, &t[0], game, 0));
    DTN_TRY(set_up(ctx, &t[1], game, 1));
    for (int p = label < m ? 0 : 1;; p = 1 - p) {
        DTN_TRY(dtn_ctx_poll(ctx));
        if (!step(&t[p], p, &now, m))
            return dtn_fail(ctx, DTN_INTERNAL, "the Lemke-Howson path of label %d left the polytope",
                            label + 1);
        if (now == label)
            break;
    }
    read_strategy(&t[0], sigma);
    read_strategy(&t[1], sigma + m);
    return DTN_OK;
}
