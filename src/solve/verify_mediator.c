/* Verifier of mediators: what is drawn are plans, nobody gains by leaving, and the payoffs are those shown.
 *
 * Method: every draw is a pair of independent plans, so what both do together is a sum of products. For each situation in which a player
 *   may leave, a walk over the ends gives what obeying is worth and, by the player's own sets backwards, the best that leaving gives
 *   against the other's play as it is then believed to be. Cost: situations x ends x draws. Exact. Shares no code with the method. */
#include "solve/verify_mediator.h"

#include <string.h>

#include "solve/verify_finding.h"

int dtn_mediator_stays(const dtn_mediator *m, const dtn_leaving *x)
{
    return x->told >= 0 ? x->told : x->set >= 0 ? m->from[x->set] : m->tree->actions + x->player;
}

bool dtn_mediator_obeys(const dtn_mediator *m, const dtn_leaving *x, int sequence)
{
    if (x->set < 0)
        return true;
    while (sequence < m->tree->actions && m->tree->action[sequence].infoset != x->set)
        sequence = m->from[m->tree->action[sequence].infoset];
    return sequence < m->tree->actions && (x->told < 0 || x->told == sequence);
}

static dtn_status walk(dtn_ctx *ctx, dtn_mediator *m)
{
    const dtn_tree *t = m->tree;
    DTN_ALLOC(ctx, ctx->scratch, m->last, 2 * (size_t)t->nodes);
    DTN_ALLOC(ctx, ctx->scratch, m->from, t->infosets);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->chance, t->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->payoff, 6 + (size_t)m->count);
    m->number = m->payoff + 2;
    m->value = m->payoff + 6;
    m->last[0] = t->actions;
    m->last[1] = t->actions + 1;
    fmpq_one(m->chance);
    for (int n = 0; n < t->nodes; n++) {
        int up = t->node[n].parent, h = n > 0 ? t->node[up].infoset : -1, own = t->node[n].infoset;
        if (n > 0) {
            memcpy(m->last + 2 * n, m->last + 2 * up, 2 * sizeof *m->last);
            fmpq_mul(m->chance + n, m->chance + up, t->chance + n);
        }
        if (h >= 0)
            m->last[2 * n + t->infoset[h].player] = t->infoset[h].first_action + t->node[n].branch;
        if (own >= 0)
            m->from[own] = m->last[2 * n + t->infoset[own].player];
    }
    return DTN_OK;
}

static dtn_status read_draws(dtn_ctx *ctx, dtn_mediator *m)
{
    const dtn_tree *t = m->tree;
    const dtn_finding_table *table = dtn_finding_table_of(m->finding, "draws");
    for (const dtn_finding_row *r = table ? table->row : NULL; r; r = r->next)
        if (dtn_finding_cell_of(table, r, "draw").integer > m->draws)
            m->draws = (int)dtn_finding_cell_of(table, r, "draw").integer;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->weight, (size_t)m->draws * (size_t)m->count);
    for (const dtn_finding_row *r = table ? table->row : NULL; r; r = r->next) {
        dtn_cell sequence = dtn_finding_cell_of(table, r, "sequence");
        size_t draw = (size_t)dtn_finding_cell_of(table, r, "draw").integer - 1;
        int s = sequence.strategy < 0 ? t->actions + sequence.player : sequence.strategy;
        fmpq_set(m->weight + draw * (size_t)m->count + (size_t)s,
                 dtn_finding_cell_of(table, r, "weight").exact);
    }
    fmpq *total = m->number, *sum = m->number + 1;
    fmpq_zero(total);
    for (int d = 0; d < m->draws; d++) {
        const fmpq *w = m->weight + (size_t)d * (size_t)m->count;
        fmpq_add(total, total, w + t->actions);
        if (fmpq_sgn(w + t->actions) <= 0 || !fmpq_equal(w + t->actions, w + t->actions + 1))
            return dtn_fail(ctx, DTN_INTERNAL, "draw %d is not equally likely for both players", d + 1);
        for (int h = 0; h < t->infosets; h++) {
            fmpq_zero(sum);
            for (int a = t->infoset[h].first_action; a < t->infoset[h].first_action + t->infoset[h].actions;
                 a++) {
                fmpq_add(sum, sum, w + a);
                if (fmpq_sgn(w + a) < 0)
                    return dtn_fail(ctx, DTN_INTERNAL, "draw %d has a negative weight", d + 1);
            }
            if (!fmpq_equal(sum, w + m->from[h]))
                return dtn_fail(ctx, DTN_INTERNAL, "draw %d is no plan at %s", d + 1, t->infoset[h].name);
        }
    }
    return fmpq_is_one(total) ? DTN_OK : dtn_fail(ctx, DTN_INTERNAL, "the draws do not sum to 1");
}

/* number[0] = how likely both sequences are recommended together */
static const fmpq *together(dtn_mediator *m, int s, int t)
{
    fmpq_zero(m->number);
    for (int d = 0; d < m->draws; d++) {
        const fmpq *w = m->weight + (size_t)d * (size_t)m->count;
        if (fmpq_is_zero(w + s) || fmpq_is_zero(w + t))
            continue;
        fmpq_mul(m->number + 1, w + s, w + t);
        fmpq_div(m->number + 1, m->number + 1, w + m->tree->actions);
        fmpq_add(m->number, m->number, m->number + 1);
    }
    return m->number;
}

/* number[2] = what obeying is worth in the situation, value[s] = what is at once received after leaving and doing s. */
static void weigh(dtn_mediator *m, const dtn_leaving *x)
{
    const dtn_tree *t = m->tree;
    int p = x->player, stays = dtn_mediator_stays(m, x);
    fmpq_zero(m->number + 2);
    for (int s = 0; s < m->count; s++)
        fmpq_zero(m->value + s);
    for (int n = 0; n < t->nodes; n++) {
        if (t->node[n].kind != DTN_NODE_TERMINAL)
            continue;
        int own = m->last[2 * n + p], other = m->last[2 * n + 1 - p];
        dtn_leaving silent = {p, x->set, -1};
        if (!dtn_mediator_obeys(m, &silent, own))
            continue; /* does not pass the set */
        fmpq_mul(m->number + 3, m->chance + n,
                 dtn_payoffs_at(&t->payoff, 2 * (size_t)t->node[n].terminal + (size_t)p).q);
        if (dtn_mediator_obeys(m, x, own))
            fmpq_addmul(m->number + 2, m->number + 3, together(m, own, other));
        fmpq_addmul(m->value + own, m->number + 3, together(m, stays, other));
    }
}

/* The best that leaving gives, into value[stays' place]: number[3]. */
static void best_leaving(dtn_mediator *m, const dtn_leaving *x)
{
    const dtn_tree *t = m->tree;
    for (int h = t->infosets - 1; h >= 0; h--) {
        const dtn_infoset *set = &t->infoset[h];
        if (set->player != x->player)
            continue;
        int best = set->first_action == x->told ? set->first_action + 1 : set->first_action;
        for (int a = best + 1; a < set->first_action + set->actions; a++)
            if (a != x->told && fmpq_cmp(m->value + a, m->value + best) > 0)
                best = a;
        if (h == x->set) {
            fmpq_set(m->number + 3, m->value + best);
            return;
        }
        fmpq_add(m->value + m->from[h], m->value + m->from[h], m->value + best);
    }
    fmpq_set(m->number + 3, m->value + t->actions + x->player);
}

static dtn_status obedient(dtn_ctx *ctx, dtn_mediator *m, const dtn_leaving *x)
{
    DTN_TRY(dtn_ctx_poll(ctx));
    weigh(m, x);
    best_leaving(m, x);
    return fmpq_cmp(m->number + 3, m->number + 2) <= 0
               ? DTN_OK
               : dtn_fail(ctx, DTN_INTERNAL, "%s gains by leaving the mediator%s%s",
                          m->tree->player[x->player].name, x->set >= 0 ? " at " : "",
                          x->set >= 0 ? m->tree->infoset[x->set].name : "");
}

static dtn_status all_obedient(dtn_ctx *ctx, dtn_mediator *m, const char *concept)
{
    const dtn_tree *t = m->tree;
    for (int p = 0; p < 2; p++) {
        dtn_leaving start = {p, -1, -1};
        weigh(m, &start);
        fmpq_set(m->payoff + p, m->number + 2);
        if (strcmp(concept, "nfcce") == 0)
            DTN_TRY(obedient(ctx, m, &start));
    }
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        if (set->actions < 2 || strcmp(concept, "nfcce") == 0)
            continue;
        bool told = strcmp(concept, "efce") == 0;
        for (int a = 0; a < (told ? set->actions : 1); a++)
            DTN_TRY(obedient(ctx, m, &(dtn_leaving){set->player, h, told ? set->first_action + a : -1}));
    }
    return DTN_OK;
}

static dtn_status verify(dtn_ctx *ctx, dtn_finding *f, const dtn_tree *tree)
{
    dtn_mediator m = {.tree = tree, .finding = f, .count = tree->actions + 2};
    const dtn_fact *concept = dtn_finding_fact_of(f, "concept"), *value = dtn_finding_fact_of(f, "value");
    const dtn_fact *objective = dtn_finding_fact_of(f, "objective");
    const dtn_finding_table *payoffs = dtn_finding_table_of(f, "payoffs");
    if (!concept || !value || !objective || !payoffs || payoffs->rows != 2)
        return dtn_fail(ctx, DTN_INTERNAL, "the verifier of mediators was given none");
    DTN_TRY(walk(ctx, &m));
    DTN_TRY(read_draws(ctx, &m));
    DTN_TRY(all_obedient(ctx, &m, concept->cell.text));
    const char *wish = objective->cell.text;
    fmpq *share;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, share, 4);
    int p = 0;
    for (const dtn_finding_row *r = payoffs->row; r; r = r->next, p++) {
        if (!fmpq_equal(m.payoff + p, dtn_finding_cell_of(payoffs, r, "payoff").exact))
            return dtn_fail(ctx, DTN_INTERNAL, "the draws give %s another payoff", tree->player[p].name);
        fmpq_set(share + p, dtn_finding_cell_of(payoffs, r, "weight").exact);
        fmpq_addmul(share + 2, share + p, m.payoff + p);
        fmpq_add(share + 3, share + 3, share + p);
    }
    bool fair = strcmp(wish, "fairness") == 0, worst = strcmp(wish, "worst") == 0;
    bool single = worst || strcmp(wish, "best") == 0;
    fmpq_t shown;
    fmpq_init(shown);
    worst ? fmpq_neg(shown, value->cell.exact) : fmpq_set(shown, value->cell.exact);
    bool same = fmpq_equal(shown, share + 2);
    fmpq_clear(shown);
    bool weights = fair     ? fmpq_is_one(share + 3) && fmpq_sgn(share) >= 0 && fmpq_sgn(share + 1) >= 0
                   : single ? fmpq_equal_si(share + 3, worst ? -1 : 1) &&
                                  (fmpq_is_zero(share) || fmpq_is_zero(share + 1))
                            : fmpq_is_one(share) && fmpq_is_one(share + 1);
    for (int q = 0; q < 2 && fair; q++)
        same = same && fmpq_cmp(m.payoff + q, value->cell.exact) >= 0;
    if (!same || !weights)
        return dtn_fail(ctx, DTN_INTERNAL, "the draws do not give the value that is claimed");
    return dtn_mediator_optimal(ctx, &m, share, share + 2);
}

dtn_status dtn_verify_mediator(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = verify(ctx, &found->finding, tree);
    dtn_arena_release(ctx->scratch, mark);
    DTN_TRY(status);
    dtn_finding_certify(
        ctx, &found->finding,
        "what is drawn are plans of both players, nobody gains by leaving the mediator, and the "
        "multipliers leave no pair of strategies more than the value, so no draw is better");
    return dtn_finding_status(&found->finding);
}
