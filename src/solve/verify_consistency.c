/* Verifier: Kreps-Wilson consistency of an assessment, decided exactly.
 *
 * Method: consistent means that strategies sigma_k -> sigma, positive everywhere, have beliefs tending to the given ones; that
 *   holds iff every action a off the support has an order k(a) > 0 and a weight c(a) > 0, common to all information sets, such that at
 *   each of them exactly the nodes believed possible have the least total order, and share the belief in proportion to the product of
 *   weights (and of probabilities on the support). Given which nodes are believed possible, the orders are a homogeneous linear
 *   system (one LP), and the logarithms of the weights another: A log c = log q, A integer, q rational. It has a real solution iff
 *   every integer y with y A = 0 has prod q^y = 1: a basis of the left kernel decides, in rationals.
 * Cost: one exact LP and one integer kernel; unknowns are the unplayed actions above unreached nodes.
 * Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982), Lemmas A1 and A2; A. Perea, M. Jansen, H. Peters,
 *   Consistency of assessments in infinite signaling games, J. Math. Econ. 27 (1997). */
#include <flint/fmpz_mat.h>

#include "num/lp.h"
#include "solve/verify_tree.h"

enum { LARGEST_POWER = 1 << 20 }; /* bits of a product that the test of weights may write out */

/* The constraints: one row for every possible member but the first carrier of each relevant information set. */
typedef struct rows {
    int count, columns;
    int *infoset, *node, *carrier; /* [count] the row compares node with carrier */
    bool *same;                    /* [count] node is believed possible too */
    int *column;                   /* [actions] unknown of an unplayed action, -1 */
} rows;

/* Chance gives some branch above node probability 0: no play whatever reaches it. */
static bool impossible(const dtn_check *c, int node)
{
    const dtn_tree *t = c->tree;
    for (int n = node; n > 0; n = t->node[n].parent)
        if (t->node[t->node[n].parent].kind == DTN_NODE_CHANCE && fmpq_is_zero(t->chance + n))
            return true;
    return false;
}

/* Global action that leads into node when it is an unplayed one, else -1. */
static int unplayed(const dtn_check *c, int node)
{
    const dtn_node *parent = &c->tree->node[c->tree->node[node].parent];
    if (parent->kind != DTN_NODE_DECISION)
        return -1;
    int action = c->tree->infoset[parent->infoset].first_action + c->tree->node[node].branch;
    return fmpq_is_zero(c->sigma + action) ? action : -1;
}

static void use_columns(const dtn_check *c, rows *r, int node)
{
    for (int n = node; n > 0; n = c->tree->node[n].parent) {
        int a = unplayed(c, n);
        if (a >= 0 && r->column[a] < 0)
            r->column[a] = r->columns++;
    }
}

/* Rows of one information set. false: the belief stands on a node that chance excludes while another is possible. */
static bool add_infoset(const dtn_check *c, rows *r, int h)
{
    const dtn_tree *t = c->tree;
    const int *member = t->members + t->infoset[h].first_member;
    int carrier = -1, possible = 0, wrong = 0;
    for (int k = 0; k < t->infoset[h].members; k++) {
        bool believed = !fmpq_is_zero(c->belief + member[k]), can = !impossible(c, member[k]);
        possible += can;
        wrong += believed && !can;
        if (believed && can && carrier < 0)
            carrier = member[k];
    }
    if (possible == 0 || wrong > 0)
        return possible == 0;
    use_columns(c, r, carrier);
    for (int k = 0; k < t->infoset[h].members; k++) {
        if (member[k] == carrier || impossible(c, member[k]))
            continue;
        use_columns(c, r, member[k]);
        r->infoset[r->count] = h;
        r->node[r->count] = member[k];
        r->carrier[r->count] = carrier;
        r->same[r->count++] = !fmpq_is_zero(c->belief + member[k]);
    }
    return true;
}

/* out[column] += sign for each unplayed action above node; out has the given distance between entries. */
static void add_path(const dtn_check *c, const rows *r, int node, long sign, fmpz_mat_t out, int row)
{
    for (int n = node; n > 0; n = c->tree->node[n].parent) {
        int a = unplayed(c, n);
        if (a >= 0) {
            fmpz *cell = fmpz_mat_entry(out, row, r->column[a]);
            fmpz_add_si(cell, cell, sign);
        }
    }
}

/* Do orders exist for the first `count` rows? order(a) = 1 + x(a), x >= 0. */
static dtn_status orders_exist(dtn_ctx *ctx, bool *exist, const rows *r, const fmpz_mat_t path, int count)
{
    fmpq *a, *b, *x;
    dtn_lp_sense *sense;
    bool *nonnegative;
    size_t columns = (size_t)r->columns;
    *exist = true;
    if (count == 0)
        return DTN_OK;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)count * columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, columns);
    DTN_ALLOC(ctx, ctx->scratch, sense, count);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    for (size_t j = 0; j < columns; j++)
        nonnegative[j] = true;
    for (int i = 0; i < count; i++) {
        fmpq_set_si(b + i, r->same[i] ? 0 : 1, 1);
        sense[i] = r->same[i] ? DTN_LP_EQ : DTN_LP_GE;
        for (size_t j = 0; j < columns; j++) {
            fmpq_set_fmpz(a + (size_t)i * columns + j, fmpz_mat_entry(path, i, (slong)j));
            fmpq_sub(b + i, b + i, a + (size_t)i * columns + j);
        }
    }
    dtn_polyhedron set = {count, r->columns, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(ctx, &answer, x, NULL, &set, NULL));
    *exist = answer == DTN_LP_OPTIMAL;
    return DTN_OK;
}

/* belief(node) / belief(carrier) divided by the ratio of what is played and drawn on both paths: what weights must supply. */
static void weight_ratio(const dtn_check *c, fmpq_t q, int node, int carrier)
{
    fmpq_div(q, c->belief + node, c->belief + carrier);
    for (int side = 0; side < 2; side++)
        for (int n = side ? carrier : node; n > 0; n = c->tree->node[n].parent) {
            if (unplayed(c, n) >= 0)
                continue;
            if (side)
                fmpq_mul(q, q, dtn_check_branch(c, n));
            else
                fmpq_div(q, q, dtn_check_branch(c, n));
        }
}

typedef enum answer { NO, YES, UNDECIDED } answer;

/* prod q[i]^y[i] over the rows = 1? */
static answer product_is_one(const fmpz_mat_t kernel, slong column, const fmpq *q, int count)
{
    fmpq_t product, power;
    fmpq_init(product);
    fmpq_init(power);
    fmpq_one(product);
    answer out = YES;
    double bits = 0;
    for (int i = 0; i < count; i++)
        bits += fabs(fmpz_get_d(fmpz_mat_entry(kernel, i, column))) * (double)fmpq_height_bits(q + i);
    if (bits > LARGEST_POWER)
        out = UNDECIDED;
    for (int i = 0; i < count && out == YES; i++) {
        fmpq_pow_si(power, q + i, fmpz_get_si(fmpz_mat_entry(kernel, i, column)));
        fmpq_mul(product, product, power);
    }
    if (out == YES && !fmpq_is_one(product))
        out = NO;
    fmpq_clear(product);
    fmpq_clear(power);
    return out;
}

/* Do weights exist for the `same` rows among the first `count`? q: scratch. */
static answer weights_exist(const dtn_check *c, const rows *r, const fmpz_mat_t path, int count, fmpq *q)
{
    int same = 0;
    for (int i = 0; i < count; i++)
        same += r->same[i];
    if (same == 0)
        return YES;
    fmpz_mat_t transposed, kernel;
    fmpz_mat_init(transposed, r->columns, same);
    fmpz_mat_init(kernel, same, same);
    int s = 0;
    for (int i = 0; i < count; i++) {
        if (!r->same[i])
            continue;
        for (int j = 0; j < r->columns; j++)
            fmpz_set(fmpz_mat_entry(transposed, j, s), fmpz_mat_entry(path, i, j));
        weight_ratio(c, q + s++, r->node[i], r->carrier[i]);
    }
    slong nullity = r->columns ? fmpz_mat_nullspace(kernel, transposed) : same;
    if (r->columns == 0)
        fmpz_mat_one(kernel);
    answer out = YES;
    for (slong k = 0; k < nullity && out == YES; k++)
        out = product_is_one(kernel, k, q, same);
    fmpz_mat_clear(transposed);
    fmpz_mat_clear(kernel);
    return out;
}

/* The first information set up to which the rows have no solution. */
static dtn_status locate(dtn_ctx *ctx, const dtn_check *c, const rows *r, const fmpz_mat_t path, fmpq *q,
                         dtn_fall *fall)
{
    for (int count = 1; count <= r->count; count++) {
        if (count < r->count && r->infoset[count] == r->infoset[count - 1])
            continue;
        bool exist;
        DTN_TRY(orders_exist(ctx, &exist, r, path, count));
        if (exist && weights_exist(c, r, path, count, q) == YES)
            continue;
        fall->infoset = r->infoset[count - 1];
        return DTN_OK;
    }
    return DTN_OK;
}

static dtn_status decide(dtn_ctx *ctx, const dtn_check *c, const rows *r, const fmpz_mat_t path, bool *holds,
                         dtn_fall *fall)
{
    fmpq *q;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q, r->count + 1);
    DTN_TRY(orders_exist(ctx, holds, r, path, r->count));
    answer weights = *holds ? weights_exist(c, r, path, r->count, q) : NO;
    *holds = weights == YES;
    fall->unknown = weights == UNDECIDED;
    return *holds ? DTN_OK : locate(ctx, c, r, path, q, fall);
}

/* Rows of the unreached sets with several nodes (only where wanted[h], unless NULL). *possible = false: fall says where. */
static dtn_status collect(dtn_ctx *ctx, dtn_check *c, rows *r, const bool *wanted, bool *possible,
                          dtn_fall *fall)
{
    const dtn_tree *t = c->tree;
    int most = 1;
    for (int h = 0; h < t->infosets; h++)
        if (!c->reached[h])
            most += t->infoset[h].members;
    *r = (rows){0};
    DTN_ALLOC(ctx, ctx->scratch, r->infoset, most);
    DTN_ALLOC(ctx, ctx->scratch, r->node, most);
    DTN_ALLOC(ctx, ctx->scratch, r->carrier, most);
    DTN_ALLOC(ctx, ctx->scratch, r->same, most);
    DTN_ALLOC(ctx, ctx->scratch, r->column, t->actions);
    for (int a = 0; a < t->actions; a++)
        r->column[a] = -1;
    *possible = true;
    for (int h = 0; h < t->infosets && *possible; h++) {
        if (c->reached[h] || t->infoset[h].members == 1 || (wanted && !wanted[h]) || add_infoset(c, r, h))
            continue;
        *possible = false;
        fall->infoset = h;
    }
    return DTN_OK;
}

/* path[i] = unplayed actions above the row's node minus those above its carrier. Initialises it. */
static void fill_paths(const dtn_check *c, const rows *r, fmpz_mat_t path)
{
    fmpz_mat_init(path, r->count, r->columns);
    for (int i = 0; i < r->count; i++) {
        add_path(c, r, r->node[i], 1, path, i);
        add_path(c, r, r->carrier[i], -1, path, i);
    }
}

dtn_status dtn_check_orders(dtn_ctx *ctx, dtn_check *c, const bool *wanted, bool *exist)
{
    rows r;
    dtn_fall ignored;
    DTN_TRY(collect(ctx, c, &r, wanted, exist, &ignored));
    if (!*exist || r.count == 0)
        return DTN_OK;
    fmpz_mat_t path;
    fill_paths(c, &r, path);
    dtn_status status = orders_exist(ctx, exist, &r, path, r.count);
    fmpz_mat_clear(path);
    return status;
}

dtn_status dtn_check_consistency(dtn_ctx *ctx, dtn_check *c, bool *holds, dtn_fall *fall)
{
    rows r;
    DTN_TRY(collect(ctx, c, &r, NULL, holds, fall));
    if (!*holds || r.count == 0)
        return DTN_OK;
    fmpz_mat_t path;
    fill_paths(c, &r, path);
    dtn_status status = decide(ctx, c, &r, path, holds, fall);
    fmpz_mat_clear(path);
    return status;
}
