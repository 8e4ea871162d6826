/* Verifier of trees: the highest rung of an assessment, with the reasons for not being higher.
 *
 * Subgames are judged from the leaves up, each with the proper subgames inside it replaced by their values: that is exact, since a
 * deviation that pays in a subgame either pays in a smaller one or in the rest. Optimality given beliefs is judged against whole
 * continuations of the mover, not single actions only. Cost and definitions: verify.h. Exact. */
#include <string.h>

#include "solve/verify_signal.h"

/* --- what is given ------------------------------------------------------------------------------- */

dtn_status dtn_check_sums(dtn_ctx *ctx, const dtn_tree *t, const dtn_assessment *a)
{
    fmpq_t total, beliefs;
    fmpq_init(total);
    fmpq_init(beliefs);
    int bad = -1, worse = -1;
    for (int h = 0; h < t->infosets && bad < 0 && worse < 0; h++) {
        const dtn_infoset *set = &t->infoset[h];
        fmpq_zero(total);
        fmpq_zero(beliefs);
        for (int k = 0; k < set->actions; k++) {
            fmpq_add(total, total, a->sigma + set->first_action + k);
            if (fmpq_sgn(a->sigma + set->first_action + k) < 0)
                bad = h;
        }
        for (int k = 0; a->belief && set->members > 1 && k < set->members; k++) {
            const fmpq *belief = a->belief + t->members[set->first_member + k];
            fmpq_add(beliefs, beliefs, belief);
            if (fmpq_sgn(belief) < 0)
                worse = h;
        }
        if (!fmpq_is_one(total))
            bad = h;
        if (a->belief && set->members > 1 && !fmpq_is_one(beliefs))
            worse = h;
    }
    fmpq_clear(total);
    fmpq_clear(beliefs);
    if (bad >= 0)
        return dtn_fail(ctx, DTN_ARG, "the probabilities of the actions at %s are negative or do not sum to 1",
                        t->infoset[bad].name);
    if (worse >= 0)
        return dtn_fail(ctx, DTN_ARG, "the beliefs at %s are negative or do not sum to 1",
                        t->infoset[worse].name);
    return DTN_OK;
}

dtn_status dtn_check_new(dtn_ctx *ctx, dtn_check **out, const dtn_tree *t, const dtn_assessment *a)
{
    if (!t->perfect_recall)
        return dtn_fail(ctx, DTN_DOMAIN, "the verifier needs perfect recall: player %s forgets at %s",
                        t->player[t->infoset[t->recall_infoset].player].name,
                        t->infoset[t->recall_infoset].name);
    DTN_TRY(dtn_check_sums(ctx, t, a));
    dtn_check *c;
    size_t nodes = (size_t)t->nodes, infosets = (size_t)t->infosets;
    DTN_ALLOC(ctx, ctx->scratch, c, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->belief, nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->reach, nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->value, nodes * (size_t)t->players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->weight, nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->gain, t->actions);
    DTN_ALLOC(ctx, ctx->scratch, c->end, nodes);
    DTN_ALLOC(ctx, ctx->scratch, c->subgame, nodes);
    DTN_ALLOC(ctx, ctx->scratch, c->last, nodes);
    DTN_ALLOC(ctx, ctx->scratch, c->reached, infosets);
    DTN_ALLOC(ctx, ctx->scratch, c->touched, infosets);
    DTN_ALLOC(ctx, ctx->scratch, c->seen, infosets);
    DTN_ALLOC(ctx, ctx->scratch, c->parent, infosets);
    c->tree = t;
    c->sigma = a->sigma;
    DTN_TRY(dtn_tree_subgames(ctx, c->subgame, t));
    dtn_assessment_reach(t, a->sigma, c->reach);
    dtn_assessment_values(t, a->sigma, c->value);
    for (int n = t->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &t->node[n];
        c->end[n] = c->end[n] ? c->end[n] : n + 1;
        if (n > 0 && !c->end[node->parent])
            c->end[node->parent] = c->end[n]; /* the last child comes first */
        if (node->infoset < 0)
            continue;
        if (!fmpq_is_zero(c->reach + n))
            c->reached[node->infoset] = true;
        if (t->infoset[node->infoset].members == 1)
            fmpq_one(c->belief + n);
        else if (a->belief)
            fmpq_set(c->belief + n, a->belief + n);
    }
    *out = c;
    return DTN_OK;
}

/* --- the ladder ---------------------------------------------------------------------------------- */

typedef struct judge {
    dtn_check *c;
    dtn_verdict *v;
    dtn_arena *arena;
    dtn_rung most; /* the highest rung that is asked for */
} judge;

static dtn_fall no_fall(dtn_rung rung, const char *note)
{
    return (dtn_fall){
        .rung = rung, .infoset = -1, .action = -1, .player = -1, .type = -1, .other_type = -1, .note = note};
}

static void add_fall(judge *j, dtn_fall fall)
{
    j->v->fall[j->v->falls++] = fall;
}

/* The piece of a subgame that lies outside of smaller ones is a single node: no walk is needed. *better = a branch that
 * its mover prefers to what sigma gives, -1. false: the piece is larger. */
static bool lone(const dtn_check *c, int node, int *better)
{
    const dtn_tree *t = c->tree;
    size_t players = (size_t)t->players;
    *better = -1;
    for (int b = 0; b < t->node[node].branches; b++) {
        int child = dtn_tree_child(t, node, b);
        if (!c->subgame[child] && t->node[child].kind != DTN_NODE_TERMINAL)
            return false;
        if (t->node[node].kind == DTN_NODE_CHANCE || *better >= 0)
            continue;
        size_t p = (size_t)t->infoset[t->node[node].infoset].player;
        if (fmpq_cmp(c->value + (size_t)child * players + p, c->value + (size_t)node * players + p) > 0)
            *better = b;
    }
    return true;
}

/* Is sigma an equilibrium of every proper subgame? Then it is one of the whole as well. */
static dtn_status subgame_perfect(dtn_ctx *ctx, judge *j, bool *holds)
{
    const dtn_tree *t = j->c->tree;
    fmpq *number;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, number, 2);
    fmpq_one(number + 1);
    *holds = true;
    for (int n = t->nodes - 1; n >= 0 && *holds; n--) {
        if (!j->c->subgame[n] || t->node[n].kind == DTN_NODE_TERMINAL)
            continue;
        if (n % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        int better;
        if (lone(j->c, n, &better)) {
            *holds = better < 0;
            if (!*holds) {
                const dtn_infoset *set = &t->infoset[t->node[n].infoset];
                dtn_fall fall = no_fall(DTN_RUNG_SPE, "subgame");
                fall.player = set->player;
                fall.infoset = t->node[n].infoset;
                fall.action = set->first_action + better;
                add_fall(j, fall);
            }
            continue;
        }
        for (int p = 0; p < t->players && *holds; p++) {
            dtn_deviation where;
            dtn_check_best_reply(j->c, number, &where, p, &n, number + 1, 1, true);
            *holds = fmpq_is_zero(number);
            if (!*holds) {
                dtn_fall fall = no_fall(DTN_RUNG_SPE, "subgame");
                fall.player = p;
                fall.infoset = where.infoset;
                fall.action = where.action;
                add_fall(j, fall);
            }
        }
    }
    return DTN_OK;
}

static dtn_status nash(dtn_ctx *ctx, judge *j, bool *holds)
{
    const dtn_tree *t = j->c->tree;
    fmpq *one;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, one, 1);
    fmpq_one(one);
    *holds = true;
    for (int p = 0; p < t->players; p++) {
        int root = 0;
        dtn_deviation where;
        dtn_check_best_reply(j->c, j->v->regret + p, &where, p, &root, one, 1, false);
        if (fmpq_is_zero(j->v->regret + p))
            continue;
        if (*holds) {
            dtn_fall fall = no_fall(DTN_RUNG_NASH, "deviation");
            fall.player = p;
            fall.infoset = where.infoset;
            fall.action = where.action;
            j->v->falls = 0; /* the reason nearest to the rung comes first */
            add_fall(j, fall);
        }
        *holds = false;
    }
    return DTN_OK;
}

/* Optimality at every information set given beliefs; spe: single nodes that start subgames are known to pass. */
static dtn_status rational(dtn_ctx *ctx, judge *j, bool spe, bool *holds)
{
    dtn_check *c = j->c;
    const dtn_tree *t = c->tree;
    int most = 1;
    for (int h = 0; h < t->infosets; h++)
        most = t->infoset[h].members > most ? t->infoset[h].members : most;
    fmpq *gain, *weight;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, gain, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, weight, most);
    *holds = true;
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        const int *member = t->members + set->first_member;
        if (spe && set->members == 1 && c->subgame[member[0]])
            continue;
        DTN_TRY(dtn_ctx_poll(ctx));
        for (int k = 0; k < set->members; k++)
            fmpq_set(weight + k, c->belief + member[k]);
        dtn_deviation where;
        dtn_check_best_reply(c, gain, &where, set->player, member, weight, set->members, false);
        if (fmpq_cmp(gain, j->v->max_regret) > 0)
            fmpq_set(j->v->max_regret, gain);
        if (*holds && !fmpq_is_zero(gain)) {
            dtn_fall fall = no_fall(DTN_RUNG_PBE, "belief");
            fall.infoset = where.infoset >= 0 ? where.infoset : h;
            fall.action = where.action;
            fall.player = set->player;
            add_fall(j, fall);
            *holds = false;
        }
    }
    return DTN_OK;
}

static dtn_status climb(dtn_ctx *ctx, judge *j)
{
    dtn_verdict *v = j->v;
    bool spe = false, is_nash = true, optimal, bayes, ok;
    if (j->most > DTN_RUNG_NASH)
        DTN_TRY(subgame_perfect(ctx, j, &spe));
    if (!spe)
        DTN_TRY(nash(ctx, j, &is_nash));
    if (j->most <= DTN_RUNG_SPE) {
        v->rung = spe ? DTN_RUNG_SPE : is_nash ? DTN_RUNG_NASH : DTN_RUNG_NONE;
        return DTN_OK;
    }
    DTN_TRY(rational(ctx, j, spe, &optimal));
    dtn_fall fall = no_fall(DTN_RUNG_PBE, "bayes");
    bayes = dtn_check_bayes(j->c, &fall);
    if (!bayes)
        add_fall(j, fall);
    v->weak_pbe = optimal && bayes;
    v->rung = !is_nash ? DTN_RUNG_NONE : !spe ? DTN_RUNG_NASH : !v->weak_pbe ? DTN_RUNG_SPE : DTN_RUNG_PBE;
    if (v->rung < DTN_RUNG_PBE)
        return DTN_OK;
    fall = no_fall(DTN_RUNG_NSWYDK, "signal");
    DTN_TRY(dtn_check_signalling(ctx, j->c, &ok, &fall));
    if (!ok) {
        add_fall(j, fall);
        return DTN_OK;
    }
    v->rung = DTN_RUNG_NSWYDK;
    fall = no_fall(DTN_RUNG_SEQUENTIAL, "consistency");
    DTN_TRY(dtn_check_consistency(ctx, j->c, &ok, &fall));
    if (!ok) {
        v->unknown = fall.unknown;
        add_fall(j, fall);
        return DTN_OK;
    }
    DTN_TRY(dtn_check_refinements(ctx, j->c, &v->rung, &fall));
    if (v->rung < DTN_RUNG_D1) {
        v->unknown = fall.unknown;
        add_fall(j, fall);
    }
    return DTN_OK;
}

static dtn_status verify(dtn_ctx *ctx, dtn_arena *arena, dtn_verdict *v, const dtn_tree *tree,
                         const dtn_assessment *a, dtn_rung most)
{
    judge j = {.v = v, .arena = arena, .most = most};
    DTN_ALLOC(ctx, arena, v->fall, DTN_RUNG_COUNT);
    DTN_ALLOC_FMPQ(ctx, arena, v->payoff, tree->players);
    DTN_ALLOC_FMPQ(ctx, arena, v->regret, tree->players);
    DTN_ALLOC_FMPQ(ctx, arena, v->max_regret, 1);
    if (tree->perfect_information) {
        bool holds;
        DTN_TRY(dtn_check_sums(ctx, tree, a));
        DTN_TRY(dtn_check_perfect_information(ctx, &holds, v->payoff, tree, a->sigma));
        if (holds) { /* all regrets are 0 */
            v->rung = DTN_RUNG_D1;
            v->weak_pbe = true;
            return DTN_OK;
        }
    }
    DTN_TRY(dtn_check_new(ctx, &j.c, tree, a));
    for (int p = 0; p < tree->players; p++)
        fmpq_set(v->payoff + p, j.c->value + p);
    return climb(ctx, &j);
}

dtn_status dtn_verify_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_verdict *out, const dtn_tree *tree,
                           const dtn_assessment *a)
{
    return dtn_verify_tree_to(ctx, arena, out, tree, a, DTN_RUNG_D1);
}

dtn_status dtn_verify_tree_to(dtn_ctx *ctx, dtn_arena *arena, dtn_verdict *out, const dtn_tree *tree,
                              const dtn_assessment *a, dtn_rung most)
{
    *out = (dtn_verdict){0};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = verify(ctx, arena, out, tree, a, most);
    if (arena != ctx->scratch) /* else the result would go too */
        dtn_arena_release(ctx->scratch, mark);
    return status;
}
