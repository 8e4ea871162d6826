/* The addressee's side of a threat or promise: from which probability of carrying out does it comply?
 *
 * Method: let every type of the threatener carry the act out with the same probability x, everything else as in the
 * equilibrium; where it is not carried out, the other actions keep their proportions (the best of them when they had none).
 * What refusing (threat) or complying (promise) is worth to the addressee is then linear in x when no path meets the act
 * twice, so that two sweeps, x = 0 and x = 1, give the whole line:
 *   threat:  comply iff V(comply) >= (1 - x) V0(refuse) + x V1(refuse):    threshold = (V0 - V) / (V0 - V1) = cost / loss
 *   promise: comply iff (1 - x) V0(comply) + x V1(comply) >= V(refuse):    threshold = (V - V0) / (V1 - V0)
 * with several ways to refuse, the most demanding one counts. Surplus = probability of carrying out as the addressee sees it
 * - threshold. Cost: four sweeps over the nodes an act. Exact.
 * Source: Zagare & Kilgour 2000 (potency beside credibility); the definition is our own. */
#include <string.h>

#include "analyse/credibility.h"
#include "analyse/key.h"

/* One act family: the act at every information set of the same move, whatever the type or what was seen. */
typedef struct family {
    const dtn_tree *tree;
    const dtn_equilibrium *e;
    const dtn_credible_act *act;
    bool *member;         /* [actions] */
    const fmpq *value;    /* [nodes][players] in the equilibrium */
    fmpq *without, *with; /* the same when the act is never / always carried out */
    fmpq *likely[2];      /* [nodes] probability that the act is carried out below: least, greatest */
    bool linear;          /* no path meets it twice */
} family;

static bool same_act(const dtn_tree *tree, int a, int b)
{
    const dtn_infoset *h = &tree->infoset[tree->action[a].infoset],
                      *g = &tree->infoset[tree->action[b].infoset];
    return h->player == g->player && tree->action[a].kind == tree->action[b].kind &&
           strcmp(h->move, g->move) == 0 && strcmp(tree->action[a].name, tree->action[b].name) == 0;
}

/* Payoff of action a at its information set, at the representative's beliefs. */
static void payoff_of(fmpq_t out, const family *f, const fmpq *value, int action, int player)
{
    const dtn_infoset *h = &f->tree->infoset[f->tree->action[action].infoset];
    fmpq_zero(out);
    for (int k = 0; k < h->members; k++) {
        int node = f->tree->members[h->first_member + k];
        int below = dtn_tree_child(f->tree, node, action - h->first_action);
        fmpq_addmul(out, &f->e->at.belief[node], value + (size_t)below * (size_t)f->tree->players + player);
    }
}

static int best_other(const family *f, int action, fmpq *work)
{
    const dtn_infoset *h = &f->tree->infoset[f->tree->action[action].infoset];
    int best = -1;
    for (int a = h->first_action; a < h->first_action + h->actions; a++) {
        if (a == action)
            continue;
        payoff_of(work, f, f->value, a, h->player);
        if (best < 0 || fmpq_cmp(work, work + 1) > 0) {
            best = a;
            fmpq_set(work + 1, work);
        }
    }
    return best;
}

/* sigma with the family carried out for certain, or never. */
static void force(fmpq *sigma, const family *f, bool carried_out, fmpq *work)
{
    const dtn_tree *tree = f->tree;
    for (int a = 0; a < tree->actions; a++)
        fmpq_set(sigma + a, &f->e->at.sigma[a]);
    for (int act = 0; act < tree->actions; act++) {
        if (!f->member[act])
            continue;
        const dtn_infoset *h = &tree->infoset[tree->action[act].infoset];
        fmpq_one(work);
        fmpq_sub(work, work, &f->e->at.sigma[act]); /* what the others have together */
        int instead = fmpq_is_zero(work) ? best_other(f, act, work + 1) : -1;
        for (int a = h->first_action; a < h->first_action + h->actions; a++) {
            if (carried_out || h->actions == 1)
                fmpq_set_si(sigma + a, a == act, 1);
            else if (instead >= 0)
                fmpq_set_si(sigma + a, a == instead, 1);
            else if (a == act)
                fmpq_zero(sigma + a);
            else
                fmpq_div(sigma + a, &f->e->at.sigma[a], work);
        }
    }
}

/* Probability of carrying out below each node; greatest: with free probabilities at their upper ends. */
static void sweep_likely(fmpq *likely, const family *f, bool greatest, dtn_span *span)
{
    const dtn_tree *tree = f->tree;
    for (int n = tree->nodes - 1; n > 0; n--) {
        const dtn_node *node = &tree->node[n], *above = &tree->node[node->parent];
        fmpq *sum = likely + node->parent;
        if (above->kind == DTN_NODE_CHANCE) {
            fmpq_addmul(sum, &tree->chance[n], likely + n);
            continue;
        }
        int action = tree->infoset[above->infoset].first_action + node->branch;
        if (!f->member[action]) {
            fmpq_addmul(sum, &f->e->at.sigma[action], likely + n);
            continue;
        }
        dtn_free_span(span, f->e, false, action);
        fmpq_add(sum, sum, greatest ? &span->hi : &span->lo);
    }
}

static dtn_status open_family(dtn_ctx *ctx, family *f, const dtn_credible_act *act, const dtn_tree *tree,
                              const dtn_equilibrium *e, const fmpq *values)
{
    *f = (family){.tree = tree, .e = e, .act = act, .value = values, .linear = true};
    size_t cells = (size_t)tree->nodes * (size_t)tree->players;
    fmpq *sigma, *work;
    int *met;
    dtn_span span;
    DTN_ALLOC(ctx, ctx->scratch, f->member, tree->actions);
    DTN_ALLOC(ctx, ctx->scratch, met, tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f->without, cells);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f->with, cells);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f->likely[0], tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, f->likely[1], tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sigma, tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 3);
    for (int a = 0; a < tree->actions; a++)
        f->member[a] = same_act(tree, a, act->action);
    for (int n = 0; n < tree->nodes; n++) {
        met[n] = n ? met[tree->node[n].parent] : 0;
        if (tree->node[n].kind == DTN_NODE_DECISION) {
            const dtn_infoset *h = &tree->infoset[tree->node[n].infoset];
            for (int a = 0; a < h->actions; a++)
                met[n] += f->member[h->first_action + a];
            f->linear = f->linear && met[n] < 2;
        }
    }
    force(sigma, f, false, work);
    dtn_assessment_values(tree, sigma, f->without);
    force(sigma, f, true, work);
    dtn_assessment_values(tree, sigma, f->with);
    fmpq_init(&span.lo);
    fmpq_init(&span.hi);
    sweep_likely(f->likely[0], f, false, &span);
    sweep_likely(f->likely[1], f, true, &span);
    fmpq_clear(&span.lo);
    fmpq_clear(&span.hi);
    return DTN_OK;
}

/* Sum of belief * likely below the action; least and greatest over free beliefs of the addressee by the positions' spans:
 * with the beliefs' sum fixed, mass goes to the positions in order of likelihood. */
static dtn_status find_execute(dtn_ctx *ctx, dtn_span *out, const family *f, int action, bool greatest)
{
    const dtn_tree *tree = f->tree;
    const dtn_infoset *h = &tree->infoset[tree->action[action].infoset];
    fmpq *sum = greatest ? &out->hi : &out->lo, *left;
    dtn_span *held;
    bool *full;
    DTN_ALLOC(ctx, ctx->scratch, held, h->members);
    DTN_ALLOC(ctx, ctx->scratch, full, h->members);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, left, 2);
    fmpq_zero(sum);
    fmpq_one(left);
    for (int k = 0; k < h->members; k++) {
        int node = tree->members[h->first_member + k];
        if (!dtn_span_init(ctx->scratch, &held[k]))
            return dtn_fail_nomem(ctx);
        dtn_free_span(&held[k], f->e, true, node);
        fmpq_sub(left, left, &held[k].lo);
        fmpq_addmul(sum, &held[k].lo,
                    f->likely[greatest] + dtn_tree_child(tree, node, action - h->first_action));
    }
    while (fmpq_sgn(left) > 0) {
        int best = -1;
        const fmpq *best_value = NULL;
        for (int k = 0; k < h->members; k++) {
            int node = tree->members[h->first_member + k];
            const fmpq *value = f->likely[greatest] + dtn_tree_child(tree, node, action - h->first_action);
            if (full[k] || (best >= 0 && (fmpq_cmp(value, best_value) > 0) != greatest))
                continue;
            best = k;
            best_value = value;
        }
        if (best < 0)
            break;
        full[best] = true;
        fmpq_sub(left + 1, &held[best].hi, &held[best].lo);
        if (fmpq_cmp(left + 1, left) > 0)
            fmpq_set(left + 1, left);
        fmpq_sub(left, left, left + 1);
        fmpq_addmul(sum, left + 1, best_value);
    }
    return DTN_OK;
}

/* One way to refuse: cost of conceding and loss if carried out (promise: what is missing, and what keeping it brings). */
static void cost_and_loss(fmpq *cost, fmpq *loss, fmpq *work, const family *f, int comply, int other)
{
    int player = f->tree->infoset[f->tree->action[comply].infoset].player;
    bool threat = f->act->kind == DTN_ACT_THREAT;
    int varied = threat ? other : comply;
    payoff_of(work, f, f->without, varied, player);
    payoff_of(work + 1, f, f->with, varied, player);
    payoff_of(work + 2, f, f->value, threat ? comply : other, player);
    fmpq_sub(cost, threat ? work : work + 2, threat ? work + 2 : work);
    fmpq_sub(loss, threat ? work : work + 1, threat ? work + 1 : work);
}

/* Least x in [0, 1] at which complying is best, over all ways to refuse: cost <= x * loss for each. */
static void find_threshold(dtn_heed *out, const family *f, fmpq *work)
{
    const dtn_infoset *g = &f->tree->infoset[out->infoset];
    fmpq *cost = work, *loss = work + 1, *ratio = work + 2, *upper = work + 6;
    bool impossible = false;
    fmpq_one(upper);
    out->verdict = DTN_HEED_ALWAYS;
    for (int a = g->first_action; a < g->first_action + g->actions; a++) {
        if (a == out->comply)
            continue;
        cost_and_loss(cost, loss, work + 3, f, out->comply, a);
        int sign = fmpq_sgn(loss);
        if (sign != 0)
            fmpq_div(ratio, cost, loss);
        if (sign > 0 && (out->other < 0 || !out->formal || fmpq_cmp(ratio, &out->threshold) > 0)) {
            out->other = a;
            out->formal = true;
            fmpq_set(&out->threshold, ratio);
            fmpq_set(&out->cost, cost);
            fmpq_set(&out->loss, loss);
        } else if (sign < 0 && fmpq_cmp(ratio, upper) < 0) {
            fmpq_set(upper, ratio);
        } else if (sign == 0 && fmpq_sgn(cost) > 0) {
            impossible = true;
        }
        if (!out->formal && (out->other < 0 || impossible)) {
            out->other = a;
            fmpq_set(&out->cost, cost);
            fmpq_set(&out->loss, loss);
        }
    }
    fmpq_zero(ratio);
    if (out->formal && fmpq_sgn(&out->threshold) > 0) {
        out->verdict = DTN_HEED_AT;
        fmpq_set(ratio, &out->threshold);
    }
    if (impossible || fmpq_cmp(ratio, upper) > 0)
        out->verdict = DTN_HEED_NEVER;
}

static dtn_status heed_at(dtn_ctx *ctx, dtn_arena *arena, dtn_heed *out, const family *f, int comply)
{
    int infoset = f->tree->action[comply].infoset;
    *out = (dtn_heed){.infoset = infoset,
                      .type = f->tree->infoset[infoset].type,
                      .comply = comply,
                      .other = -1,
                      .verdict = DTN_HEED_UNKNOWN,
                      .reached = f->e->reached[infoset]};
    if (!dtn_arena_fmpq_at(arena, &out->threshold, 1) || !dtn_arena_fmpq_at(arena, &out->cost, 1) ||
        !dtn_arena_fmpq_at(arena, &out->loss, 1) || !dtn_span_init(arena, &out->execute) ||
        !dtn_span_init(arena, &out->surplus) || !dtn_span_init(arena, &out->complies))
        return dtn_fail_nomem(ctx);
    fmpq *work;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 7);
    dtn_free_span(&out->complies, f->e, false, comply);
    if (f->linear)
        find_threshold(out, f, work);
    int seen_after = f->act->kind == DTN_ACT_THREAT ? out->other : comply;
    if (seen_after < 0)
        return DTN_OK;
    DTN_TRY(find_execute(ctx, &out->execute, f, seen_after, false));
    DTN_TRY(find_execute(ctx, &out->execute, f, seen_after, true));
    if (out->formal) {
        fmpq_sub(&out->surplus.lo, &out->execute.lo, &out->threshold);
        fmpq_sub(&out->surplus.hi, &out->execute.hi, &out->threshold);
    }
    return DTN_OK;
}

/* Whether the act can follow at all on this choice of the addressee (threat: after refusing; promise: after complying). */
static bool can_follow(const family *f, int comply)
{
    const dtn_tree *tree = f->tree;
    const dtn_infoset *g = &tree->infoset[tree->action[comply].infoset];
    for (int n = 0; n < tree->nodes; n++) {
        if (tree->node[n].kind != DTN_NODE_DECISION)
            continue;
        const dtn_infoset *h = &tree->infoset[tree->node[n].infoset];
        bool here = false;
        for (int a = 0; a < h->actions; a++)
            here = here || f->member[h->first_action + a];
        for (int at = n; here && tree->node[at].parent >= 0; at = tree->node[at].parent) {
            const dtn_node *above = &tree->node[tree->node[at].parent];
            if (above->kind != DTN_NODE_DECISION || &tree->infoset[above->infoset] != g)
                continue;
            bool complied = g->first_action + tree->node[at].branch == comply;
            if (complied == (f->act->kind == DTN_ACT_PROMISE))
                return true;
        }
    }
    return false;
}

dtn_status dtn_credibility_heeds(dtn_ctx *ctx, dtn_arena *arena, dtn_credible_act *act, const dtn_tree *tree,
                                 const dtn_equilibrium *e, const fmpq *values)
{
    const char *unless = tree->action[act->action].unless;
    if (!unless || act->target < 0)
        return DTN_OK;
    family f;
    int *comply, count;
    DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &comply, &count, tree, unless));
    DTN_TRY(open_family(ctx, &f, act, tree, e, values));
    dtn_heed *list;
    DTN_ALLOC(ctx, arena, list, count);
    act->heed = list;
    for (int i = 0; i < count; i++) {
        const dtn_infoset *g = &tree->infoset[tree->action[comply[i]].infoset];
        if (g->player == act->target && g->actions > 1 && can_follow(&f, comply[i]))
            DTN_TRY(heed_at(ctx, arena, &list[act->heeds++], &f, comply[i]));
    }
    return DTN_OK;
}
