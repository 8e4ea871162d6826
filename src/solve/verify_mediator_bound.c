/* Verifier of mediators: that no draw is better, by multipliers.
 *
 * Method: the objective, plus what obeying gains over leaving in each situation times its multiplier, is for every equilibrium at least the
 *   objective. It is linear in what both do together, so its maximum over all draws is that over pairs of pure strategies: each of one player,
 *   and against it the best of the other by its sets backwards. Cost: pure strategies of one player x (pairs of sequences). Exact. */
#include "model/strategic.h"
#include "solve/verify_mediator.h"

typedef struct bound {
    dtn_mediator *m;
    fmpq *pair;       /* [count][count] coefficient of (sequence of player 1, of player 2) */
    fmpq *multiplier; /* [count] of one situation */
} bound;

/* Of one player's sequence with the other's. */
static fmpq *pair_at(const bound *b, int player, int own, int other)
{
    size_t n = (size_t)b->m->count;
    return b->pair + (player == 0 ? (size_t)own * n + (size_t)other : (size_t)other * n + (size_t)own);
}

/* Multipliers are a plan of moves after leaving, at least 0; number[2] = its total weight. */
static dtn_status check_flow(dtn_ctx *ctx, const bound *b, const dtn_leaving *x)
{
    dtn_mediator *m = b->m;
    const dtn_tree *t = m->tree;
    dtn_leaving silent = {x->player, x->set, -1};
    fmpq_set(m->number + 2, b->multiplier + t->actions + x->player);
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        if (set->player != x->player)
            continue;
        fmpq_zero(m->number);
        bool good = true;
        for (int a = set->first_action; a < set->first_action + set->actions; a++) {
            fmpq_add(m->number, m->number, b->multiplier + a);
            good = good && fmpq_sgn(b->multiplier + a) >= 0 &&
                   (fmpq_is_zero(b->multiplier + a) || (a != x->told && dtn_mediator_obeys(m, &silent, a)));
        }
        if (h == x->set)
            fmpq_set(m->number + 2, m->number);
        else
            good = good && fmpq_equal(m->number, b->multiplier + m->from[h]);
        if (!good)
            return dtn_fail(ctx, DTN_INTERNAL, "the multipliers at %s are no plan", set->name);
    }
    return fmpq_sgn(b->multiplier + t->actions + x->player) >= 0
               ? DTN_OK
               : dtn_fail(ctx, DTN_INTERNAL, "a multiplier is negative");
}

static dtn_status add_situation(dtn_ctx *ctx, const bound *b, const dtn_leaving *x)
{
    dtn_mediator *m = b->m;
    const dtn_tree *t = m->tree;
    int p = x->player, stays = dtn_mediator_stays(m, x);
    DTN_TRY(check_flow(ctx, b, x));
    for (int n = 0; n < t->nodes; n++) {
        if (t->node[n].kind != DTN_NODE_TERMINAL)
            continue;
        int own = m->last[2 * n + p], other = m->last[2 * n + 1 - p];
        fmpq_mul(m->number, m->chance + n,
                 dtn_payoffs_at(&t->payoff, 2 * (size_t)t->node[n].terminal + (size_t)p).q);
        if (dtn_mediator_obeys(m, x, own))
            fmpq_addmul(pair_at(b, p, own, other), m->number, m->number + 2);
        if (!fmpq_is_zero(b->multiplier + own)) {
            fmpq *to = pair_at(b, p, stays, other);
            fmpq_mul(m->number + 1, m->number, b->multiplier + own);
            fmpq_sub(to, to, m->number + 1);
        }
    }
    for (int s = 0; s < m->count; s++)
        fmpq_zero(b->multiplier + s);
    return DTN_OK;
}

/* Rows of one situation stand together. */
static dtn_status add_all(dtn_ctx *ctx, const bound *b)
{
    const dtn_finding_table *table = dtn_finding_table_of(b->m->finding, "multipliers");
    dtn_leaving at = {-1, -1, -1};
    for (const dtn_finding_row *r = table ? table->row : NULL; r; r = r->next) {
        dtn_cell told = dtn_finding_cell_of(table, r, "told"),
                 instead = dtn_finding_cell_of(table, r, "instead");
        dtn_leaving now = {dtn_finding_cell_of(table, r, "player").player,
                           (int)dtn_finding_cell_of(table, r, "set").integer - 1,
                           told.kind == DTN_CELL_ACTION ? told.strategy : -1};
        if (at.player >= 0 && (now.player != at.player || now.set != at.set || now.told != at.told))
            DTN_TRY(add_situation(ctx, b, &at));
        at = now;
        fmpq_set(b->multiplier + (instead.strategy < 0 ? b->m->tree->actions + now.player : instead.strategy),
                 dtn_finding_cell_of(table, r, "multiplier").exact);
    }
    return at.player >= 0 ? add_situation(ctx, b, &at) : DTN_OK;
}

/* number[3] = the best that `other` makes of value [count], its sets backwards */
static void best_plan(dtn_mediator *m, int other)
{
    const dtn_tree *t = m->tree;
    for (int h = t->infosets - 1; h >= 0; h--) {
        const dtn_infoset *set = &t->infoset[h];
        int best = set->first_action;
        if (set->player != other)
            continue;
        for (int a = best + 1; a < set->first_action + set->actions; a++)
            if (fmpq_cmp(m->value + a, m->value + best) > 0)
                best = a;
        fmpq_add(m->value + m->from[h], m->value + m->from[h], m->value + best);
    }
    fmpq_set(m->number + 3, m->value + t->actions + other);
}

static dtn_status check_strategies(dtn_ctx *ctx, const bound *b, int pure, const fmpq *value)
{
    dtn_mediator *m = b->m;
    const dtn_tree *t = m->tree;
    int *choice, first = 0, end;
    bool *has;
    DTN_ALLOC(ctx, ctx->scratch, choice, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, has, m->count);
    while (first < t->infosets && t->infoset[first].player != pure)
        first++;
    for (end = first; end < t->infosets && t->infoset[end].player == pure;)
        end++;
    for (bool more = true; more;) {
        DTN_TRY(dtn_ctx_poll(ctx));
        for (int s = 0; s < m->count; s++) {
            has[s] = s == t->actions + pure;
            fmpq_zero(m->value + s);
        }
        for (int h = first; h < end; h++)
            if (has[m->from[h]])
                has[t->infoset[h].first_action + choice[h]] = true;
        for (int s = 0; s < m->count; s++)
            for (int o = 0; o < m->count && has[s]; o++)
                if (dtn_mediator_player(m, o) != pure)
                    fmpq_add(m->value + o, m->value + o, pair_at(b, pure, s, o));
        best_plan(m, 1 - pure);
        if (fmpq_cmp(m->number + 3, value) > 0)
            return dtn_fail(ctx, DTN_INTERNAL, "the multipliers do not prove the value");
        more = false;
        for (int h = end - 1; h >= first && !more; h--) {
            more = has[m->from[h]] && choice[h] + 1 < t->infoset[h].actions;
            choice[h] = more ? choice[h] + 1 : 0;
        }
    }
    return DTN_OK;
}

dtn_status dtn_mediator_optimal(dtn_ctx *ctx, dtn_mediator *m, const fmpq *share, const fmpq *value)
{
    const dtn_tree *t = m->tree;
    bound b = {.m = m};
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b.pair, (size_t)m->count * (size_t)m->count);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b.multiplier, m->count);
    for (int n = 0; n < t->nodes; n++)
        for (int p = 0; p < 2 && t->node[n].kind == DTN_NODE_TERMINAL; p++) {
            fmpq_mul(m->number, m->chance + n,
                     dtn_payoffs_at(&t->payoff, 2 * (size_t)t->node[n].terminal + (size_t)p).q);
            fmpq_addmul(pair_at(&b, 0, m->last[2 * n], m->last[2 * n + 1]), m->number, share + p);
        }
    DTN_TRY(add_all(ctx, &b));
    long count[2];
    for (int p = 0; p < 2; p++)
        DTN_TRY(dtn_reduced_count(ctx, &count[p], t, p));
    return check_strategies(ctx, &b, count[1] >= 0 && (count[0] < 0 || count[1] < count[0]), value);
}
