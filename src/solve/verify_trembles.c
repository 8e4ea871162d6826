/* Verifier of play with mistakes: that it is an equilibrium for all small epsilon, and that the strategies shown are its limit.
 *
 * Method: a walk down the tree multiplies the other's polynomial by chance and payoff; a walk up gives, as polynomials in epsilon, what
 *   each action is worth to its player when mistakes at its own later moves count (MOVE) or do not (PLAN). Two polynomials are
 *   compared, for all small epsilon, by the lowest power at which they differ. Where a weight is more than the least one, the
 *   action has to be worth the most.
 * Cost: linear in nodes and information sets, times the length of the polynomials. Exact. Shares no code with the solver. */
#include <flint/fmpq_poly.h>

#include "solve/verify_finding.h"

typedef struct judge {
    const dtn_tree *tree;
    const dtn_trembles *trembles;
    int count;                             /* actions + 2: the empty sequences come last */
    fmpq_poly_struct *weight, *value;      /* [count] */
    fmpq_poly_struct *part, *best, *other; /* one each */
    int *last;                             /* [nodes][2] sequence */
    int *length;                           /* [count] */
    fmpq *chance;                          /* [nodes], then one number */
    const char *wrong;                     /* what is; NULL: nothing */
    int where;                             /* sequence */
} judge;

static int sign_of(const fmpq_poly_struct *p)
{
    for (slong i = 0; i < p->length; i++)
        if (!fmpz_is_zero(p->coeffs + i))
            return fmpz_sgn(p->coeffs + i);
    return 0;
}

static void fail(judge *j, const char *wrong, int where)
{
    if (!j->wrong) {
        j->wrong = wrong;
        j->where = where;
    }
}

static int from_of(const judge *j, const dtn_infoset *h)
{
    return j->last[2 * j->tree->members[h->first_member] + h->player];
}

/* Polynomials, sequences at nodes, and what each sequence is worth by the ends that it leads to at once. */
static void walk(judge *j)
{
    const dtn_tree *t = j->tree;
    fmpq *number = j->chance + t->nodes;
    int terms = j->trembles->terms;
    for (int s = 0; s < j->count; s++)
        for (int i = 0; i < terms; i++)
            fmpq_poly_set_coeff_fmpz(j->weight + s, i,
                                     s < t->actions ? j->trembles->weight + (size_t)s * (size_t)terms + i
                                                    : j->trembles->whole + (s - t->actions) * terms + i);
    j->last[0] = t->actions;
    j->last[1] = t->actions + 1;
    fmpq_one(j->chance);
    for (int n = 0; n < t->nodes; n++) {
        const dtn_node *node = &t->node[n];
        for (int p = 0; p < 2 && n > 0; p++)
            j->last[2 * n + p] = j->last[2 * node->parent + p];
        if (n > 0)
            fmpq_mul(j->chance + n, j->chance + node->parent, t->chance + n);
        int h = n > 0 ? t->node[node->parent].infoset : -1;
        if (h >= 0) {
            int s = t->infoset[h].first_action + node->branch, p = t->infoset[h].player;
            j->length[s] = j->length[j->last[2 * n + p]] + 1;
            j->last[2 * n + p] = s;
        }
        for (int p = 0; p < 2 && node->kind == DTN_NODE_TERMINAL; p++) {
            fmpq_mul(number, j->chance + n,
                     dtn_payoffs_at(&t->payoff, 2 * (size_t)node->terminal + (size_t)p).q);
            fmpq_poly_scalar_mul_fmpq(j->part, j->weight + j->last[2 * n + 1 - p], number);
            fmpq_poly_add(j->value + j->last[2 * n + p], j->value + j->last[2 * n + p], j->part);
        }
    }
}

/* part = weight of s above its least one */
static void above_least(judge *j, int s, int from, int player)
{
    bool plan = j->trembles->kind == DTN_TREMBLE_PLAN;
    fmpq_poly_shift_left(j->part, j->weight + (plan ? j->tree->actions + player : from),
                         plan ? j->length[s] : 1);
    fmpq_poly_sub(j->part, j->weight + s, j->part);
}

static void check_plan(judge *j, const dtn_infoset *h)
{
    int from = from_of(j, h);
    fmpq_poly_zero(j->best);
    for (int s = h->first_action; s < h->first_action + h->actions; s++) {
        fmpq_poly_add(j->best, j->best, j->weight + s);
        above_least(j, s, from, h->player);
        if (sign_of(j->part) < 0)
            fail(j, "is played less than mistakes require", s);
    }
    if (!fmpq_poly_equal(j->best, j->weight + from))
        fail(j, "and the other actions there do not share the weight that leads to them", h->first_action);
}

/* Adds what the set is worth to the sequence that leads to it. Sets come from the last to the first. */
static void check_choice(judge *j, const dtn_infoset *h)
{
    int from = from_of(j, h);
    fmpq_poly_set(j->best, j->value + h->first_action);
    fmpq_poly_zero(j->other);
    for (int s = h->first_action; s < h->first_action + h->actions; s++) {
        fmpq_poly_sub(j->part, j->value + s, j->best);
        if (sign_of(j->part) > 0)
            fmpq_poly_set(j->best, j->value + s);
    }
    for (int s = h->first_action; s < h->first_action + h->actions; s++) {
        above_least(j, s, from, h->player);
        bool chosen = sign_of(j->part) > 0;
        fmpq_poly_sub(j->part, j->value + s, j->best);
        if (chosen && sign_of(j->part) != 0)
            fail(j, "is chosen and not the best there, mistakes considered", s);
        fmpq_poly_add(j->other, j->other, j->part);
    }
    if (j->trembles->kind == DTN_TREMBLE_MOVE) { /* best + epsilon * sum of (value - best) */
        fmpq_poly_shift_left(j->other, j->other, 1);
        fmpq_poly_add(j->best, j->best, j->other);
    }
    fmpq_poly_add(j->value + from, j->value + from, j->best);
}

/* sigma = limit of weight / weight before it: equal lowest coefficients times it, or a higher power. */
static void check_limit(judge *j, const dtn_infoset *h, const fmpq *sigma)
{
    fmpq *left = j->chance + j->tree->nodes, *right = left + 1;
    int from = from_of(j, h);
    slong k = 0;
    for (fmpq_poly_get_coeff_fmpq(left, j->weight + from, k); fmpq_is_zero(left) && k < j->trembles->terms;)
        fmpq_poly_get_coeff_fmpq(left, j->weight + from, ++k);
    for (int s = h->first_action; s < h->first_action + h->actions; s++) {
        fmpq_poly_get_coeff_fmpq(right, j->weight + s, k);
        fmpq_div(right, right, left);
        if (!fmpq_equal(right, sigma + s))
            fail(j, "has another probability than its limit", s);
        for (slong i = 0; i < k; i++) {
            fmpq_poly_get_coeff_fmpq(right, j->weight + s, i);
            if (!fmpq_is_zero(right))
                fail(j, "is done more often than what leads to it", s);
        }
    }
}

static void judge_all(judge *j, const fmpq *sigma)
{
    const dtn_tree *t = j->tree;
    walk(j);
    for (int p = 0; p < 2; p++)
        if (sign_of(j->weight + t->actions + p) <= 0)
            fail(j, "at the start has no positive weight", t->actions + p);
    for (int h = t->infosets - 1; h >= 0 && !j->wrong; h--) {
        check_plan(j, &t->infoset[h]);
        check_choice(j, &t->infoset[h]);
        if (!j->wrong)
            check_limit(j, &t->infoset[h], sigma);
    }
}

static dtn_status verify(dtn_ctx *ctx, const dtn_tree *tree, const dtn_equilibrium *e)
{
    judge j = {.tree = tree, .trembles = e->trembles, .count = tree->actions + 2};
    DTN_ALLOC(ctx, ctx->scratch, j.weight, 2 * (size_t)j.count + 3);
    DTN_ALLOC(ctx, ctx->scratch, j.last, 2 * (size_t)tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, j.length, j.count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, j.chance, (size_t)tree->nodes + 2);
    j.value = j.weight + j.count;
    j.part = j.value + j.count;
    j.best = j.part + 1;
    j.other = j.part + 2;
    for (int i = 0; i < 2 * j.count + 3; i++)
        fmpq_poly_init(j.weight + i);
    judge_all(&j, e->at.sigma);
    for (int i = 0; i < 2 * j.count + 3; i++)
        fmpq_poly_clear(j.weight + i);
    if (j.wrong)
        return dtn_fail(ctx, DTN_INTERNAL, "a refinement is refuted: %s %s",
                        j.where < tree->actions ? tree->action[j.where].name : "a player", j.wrong);
    return DTN_OK;
}

dtn_status dtn_verify_trembles(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree)
{
    for (int i = 0; i < found->count; i++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = found->item[i].trembles
                                ? verify(ctx, tree, &found->item[i])
                                : dtn_fail(ctx, DTN_INTERNAL, "a refinement came without its proof");
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    if (found->count)
        dtn_finding_certify(
            ctx, &found->finding,
            "for all small ε > 0 the play with mistakes is feasible and every action that is chosen "
            "more often than mistakes require is a best one; the strategies shown are its limit");
    return dtn_finding_status(&found->finding);
}
