/* Verifier: beliefs from weights of trembles, once it is chosen which nodes carry belief.
 *
 * Method: the belief of a carrier is its probability but for trembles times the product of the weights of the unplayed actions above it,
 *   up to scale at each set. These products are the unknowns of one LP. It is exact when their exponents are affinely independent:
 *   then any positive values of the products come from weights. Otherwise the values found are tested, and the choice stays
 *   undecided when they fail.
 * Cost: one exact LP and the rank of an integer matrix. Exact.
 * Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982). */
#include <flint/fmpz_mat.h>

#include "num/lp.h"
#include "solve/verify_search.h"

/* Exponents of the unplayed actions above a node, without those above every carrier of the set. */
static void exponents(const dtn_search *s, int node, const int *common, fmpz *out)
{
    const dtn_tree *t = s->c->tree;
    for (int n = node; n > 0; n = t->node[n].parent) {
        int from = t->node[t->node[n].parent].infoset;
        int action = from < 0 ? -1 : t->infoset[from].first_action + t->node[n].branch;
        if (action >= 0 && fmpq_is_zero(s->c->sigma + action))
            fmpz_add_si(out + action, out + action, 1);
    }
    for (int a = 0; a < t->actions; a++)
        fmpz_sub_si(out + a, out + a, common[a]);
}

/* common[a] = 1 when unplayed a lies above every carrier of h. */
static void shared_actions(const dtn_search *s, int h, int *common)
{
    const dtn_tree *t = s->c->tree;
    int carriers = 0;
    for (int a = 0; a < t->actions; a++)
        common[a] = 0;
    for (int k = 0; k < t->infoset[h].members; k++) {
        int node = t->members[t->infoset[h].first_member + k];
        carriers += !fmpq_is_zero(s->c->belief + node);
        for (int n = node; n > 0 && !fmpq_is_zero(s->c->belief + node); n = t->node[n].parent) {
            int from = t->node[t->node[n].parent].infoset;
            int action = from < 0 ? -1 : t->infoset[from].first_action + t->node[n].branch;
            if (action >= 0 && fmpq_is_zero(s->c->sigma + action))
                common[action]++;
        }
    }
    for (int a = 0; a < t->actions; a++)
        common[a] = common[a] == carriers;
}

typedef struct product {
    int count, carriers, *node, *column; /* [carriers] which unknown each carrier's product is */
    fmpz_mat_t exponent; /* [carriers][actions + 1], the last column 1; rows of distinct products first */
} product;

/* Numbers the distinct products. */
static dtn_status number_products(dtn_search *s, product *p)
{
    const dtn_tree *t = s->c->tree;
    int *common;
    fmpz *row = dtn_arena_fmpz(s->ctx->scratch, (size_t)t->actions + 1);
    DTN_ALLOC(s->ctx, s->ctx->scratch, common, t->actions);
    if (!row)
        return dtn_fail_nomem(s->ctx);
    for (int i = 0; i < s->sets; i++) {
        shared_actions(s, s->set[i], common);
        for (int k = 0; k < t->infoset[s->set[i]].members; k++) {
            int node = t->members[t->infoset[s->set[i]].first_member + k], same = 0;
            if (fmpq_is_zero(s->c->belief + node))
                continue;
            for (int a = 0; a <= t->actions; a++)
                fmpz_zero(row + a);
            exponents(s, node, common, row);
            fmpz_one(row + t->actions);
            for (; same < p->count; same++) {
                bool equal = true;
                for (int a = 0; a < t->actions && equal; a++)
                    equal = fmpz_equal(fmpz_mat_entry(p->exponent, same, a), row + a);
                if (equal)
                    break;
            }
            for (int a = 0; a <= t->actions && same == p->count; a++)
                fmpz_set(fmpz_mat_entry(p->exponent, same, a), row + a);
            p->count += same == p->count;
            p->node[p->carriers] = node;
            p->column[p->carriers++] = same;
        }
    }
    return DTN_OK;
}

/* Probability of the path to a node but for its unplayed actions. */
static void played_part(const dtn_search *s, fmpq_t out, int node)
{
    const dtn_tree *t = s->c->tree;
    fmpq_one(out);
    for (int n = node; n > 0; n = t->node[n].parent) {
        const fmpq *branch = dtn_check_branch(s->c, n);
        if (!fmpq_is_zero(branch))
            fmpq_mul(out, out, branch);
    }
}

/* Values of the products, all at least 1 (their common scale is free), at which the profile is best everywhere. */
static dtn_status solve_products(dtn_search *s, const product *p, fmpq *value, bool *exist)
{
    const dtn_tree *t = s->c->tree;
    dtn_arena *scratch = s->ctx->scratch;
    int rows = 0, row = 0;
    for (int i = 0; i < s->sets; i++)
        rows += t->infoset[s->set[i]].actions;
    fmpq *a, *b, *work;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(s->ctx, scratch, a, (size_t)rows * (size_t)p->count);
    DTN_ALLOC_FMPQ(s->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(s->ctx, scratch, work, 2);
    DTN_ALLOC(s->ctx, scratch, sense, rows);
    DTN_ALLOC(s->ctx, scratch, nonnegative, p->count);
    for (int j = 0; j < p->count; j++)
        nonnegative[j] = true;
    for (int i = 0; i < s->sets; i++)
        for (int k = 0; k < t->infoset[s->set[i]].actions; k++, row++) {
            sense[row] = DTN_LP_LE;
            for (int m = 0; m < p->carriers; m++) {
                if (t->node[p->node[m]].infoset != s->set[i])
                    continue;
                played_part(s, work, p->node[m]);
                dtn_search_gain(s, work + 1, s->set[i], p->node[m], k);
                fmpq_mul(work, work, work + 1);
                fmpq *cell = a + (size_t)row * (size_t)p->count + p->column[m];
                fmpq_add(cell, cell, work);
                fmpq_sub(b + row, b + row, work); /* product = 1 + unknown */
            }
        }
    dtn_polyhedron set = {rows, p->count, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(s->ctx, &answer, value, NULL, &set, NULL));
    *exist = answer == DTN_LP_OPTIMAL;
    for (int j = 0; j < p->count && *exist; j++)
        fmpq_add_si(value + j, value + j, 1);
    return DTN_OK;
}

static void write_beliefs(dtn_search *s, const product *p, const fmpq *value, fmpq *work)
{
    const dtn_tree *t = s->c->tree;
    for (int i = 0; i < s->sets; i++) {
        fmpq_zero(work);
        for (int m = 0; m < p->carriers; m++) {
            if (t->node[p->node[m]].infoset != s->set[i])
                continue;
            fmpq *belief = s->c->belief + p->node[m];
            played_part(s, belief, p->node[m]);
            fmpq_mul(belief, belief, value + p->column[m]);
            fmpq_add(work, work, belief);
        }
        for (int m = 0; m < p->carriers; m++)
            if (t->node[p->node[m]].infoset == s->set[i])
                fmpq_div(s->c->belief + p->node[m], s->c->belief + p->node[m], work);
    }
}

dtn_status dtn_search_weigh(dtn_search *s)
{
    const dtn_tree *t = s->c->tree;
    product p = {0};
    int members = 1;
    bool exist = true;
    fmpq *value;
    for (int i = 0; i < s->sets; i++)
        members += t->infoset[s->set[i]].members;
    DTN_ALLOC(s->ctx, s->ctx->scratch, p.node, members);
    DTN_ALLOC(s->ctx, s->ctx->scratch, p.column, members);
    DTN_ALLOC_FMPQ(s->ctx, s->ctx->scratch, value, members + 1);
    fmpz_mat_init(p.exponent, members, t->actions + 1);
    dtn_status status = number_products(s, &p);
    bool free = status == DTN_OK && fmpz_mat_rank(p.exponent) == p.count;
    fmpz_mat_clear(p.exponent);
    if (status == DTN_OK)
        status = solve_products(s, &p, value, &exist);
    if (status != DTN_OK || !exist)
        return status; /* not even with independent products */
    write_beliefs(s, &p, value, value + members);
    s->found = free;
    if (!free) { /* these values may come from weights all the same */
        dtn_fall ignored;
        DTN_TRY(dtn_check_consistency(s->ctx, s->c, &s->found, &ignored));
        s->undecided = s->undecided || !s->found;
    }
    return DTN_OK;
}
