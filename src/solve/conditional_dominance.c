/* Iterated conditional dominance, on the plans of an extensive game.
 *
 * Method: types of a player are agents of their own. At an information set h that an agent's plan s does not exclude, s is dominated when
 *   a mixture of the agent's surviving plans that do not exclude h either is worth strictly more there against every surviving
 *   profile of the others that reaches h: one linear program. Dominated plans go, all agents at a time, until none is left.
 * Cost: profiles times ends for the payoffs, then a program a plan, information set and round.
 * Exact: yes; in mixtures, not only against pure plans.
 * Source: M. Shimoji and J. Watson, Conditional dominance, rationalizability, and game forms, J. Econ. Theory 83 (1998): what survives
 *   is D. Pearce's extensive form rationalizability (Econometrica 52, 1984). */
#include "solve/conditional_dominance.h"

#include "num/lp.h"

typedef struct work {
    dtn_conditional *c;
    int *agent_of, *place_of; /* [infosets] */
    fmpq *worth;              /* [infosets][profiles] the mover's payoff on the ends that pass there */
    bool *reached;            /* [infosets][profiles] */
    fmpq *likely;             /* [nodes] probability of chance alone */
} work;

int dtn_agent_choice(const dtn_conditional *c, const dtn_agent *agent, long plan, int k)
{
    for (int i = 0; i < k; i++)
        plan /= c->tree->infoset[agent->infoset[i]].actions;
    return (int)(plan % c->tree->infoset[agent->infoset[k]].actions);
}

static long plan_in(const dtn_agent *agent, long profile)
{
    return profile / agent->step % agent->plans;
}

bool dtn_conditional_alive(const dtn_conditional *c, long profile)
{
    for (int i = 0; i < c->agents; i++)
        if (!c->agent[i].alive[plan_in(&c->agent[i], profile)])
            return false;
    return true;
}

void dtn_conditional_play(const dtn_conditional *c, long profile, fmpq *sigma)
{
    for (int a = 0; a < c->tree->actions; a++)
        fmpq_zero(sigma + a);
    for (int i = 0; i < c->agents; i++) {
        const dtn_agent *agent = &c->agent[i];
        for (int k = 0; k < agent->infosets; k++)
            fmpq_one(sigma + c->tree->infoset[agent->infoset[k]].first_action +
                     dtn_agent_choice(c, agent, plan_in(agent, profile), k));
    }
}

static dtn_status find_agents(dtn_ctx *ctx, dtn_arena *arena, dtn_conditional *out, long most)
{
    const dtn_tree *tree = out->tree;
    DTN_ALLOC(ctx, arena, out->agent, tree->infosets + 1);
    out->profiles = 1;
    for (int h = 0; h < tree->infosets; h++) {
        const dtn_infoset *set = &tree->infoset[h];
        int found = -1, *own;
        for (int i = 0; i < out->agents; i++)
            if (out->agent[i].player == set->player && out->agent[i].type == set->type)
                found = i;
        if (found >= 0)
            continue;
        dtn_agent *agent = &out->agent[out->agents++];
        DTN_ALLOC(ctx, arena, own, tree->infosets);
        *agent = (dtn_agent){
            .player = set->player, .type = set->type, .infoset = own, .plans = 1, .step = out->profiles};
        for (int g = h; g < tree->infosets; g++)
            if (tree->infoset[g].player == set->player && tree->infoset[g].type == set->type) {
                own[agent->infosets++] = g;
                agent->plans *= tree->infoset[g].actions;
                if (agent->plans > most || agent->plans * out->profiles > most) {
                    out->too_large = true;
                    return DTN_OK;
                }
            }
        out->profiles *= agent->plans;
        agent->survivors = agent->plans;
        DTN_ALLOC(ctx, arena, agent->alive, agent->plans);
        for (long p = 0; p < agent->plans; p++)
            agent->alive[p] = true;
    }
    return DTN_OK;
}

/* One profile: its ends, and at every information set on the way the mover's payoff there. stack: [nodes]. */
static void price(work *w, long profile, int *stack)
{
    const dtn_tree *tree = w->c->tree;
    int top = 0;
    stack[top++] = 0;
    while (top) {
        int n = stack[--top];
        const dtn_node *node = &tree->node[n];
        if (node->kind == DTN_NODE_CHANCE) {
            for (int b = 0; b < node->branches; b++)
                if (fmpq_sgn(w->likely + dtn_tree_child(tree, n, b)) > 0)
                    stack[top++] = dtn_tree_child(tree, n, b);
        } else if (node->kind == DTN_NODE_DECISION) {
            const dtn_agent *agent = &w->c->agent[w->agent_of[node->infoset]];
            w->reached[(size_t)node->infoset * (size_t)w->c->profiles + (size_t)profile] = true;
            stack[top++] = dtn_tree_child(
                tree, n, dtn_agent_choice(w->c, agent, plan_in(agent, profile), w->place_of[node->infoset]));
        } else {
            for (int up = node->parent; up >= 0; up = tree->node[up].parent)
                if (tree->node[up].kind == DTN_NODE_DECISION) {
                    int h = tree->node[up].infoset;
                    fmpq_addmul(w->worth + (size_t)h * (size_t)w->c->profiles + (size_t)profile, w->likely + n,
                                dtn_payoffs_at(&tree->payoff, (size_t)node->terminal * (size_t)tree->players +
                                                                  (size_t)tree->infoset[h].player)
                                    .q);
                }
        }
    }
}

static dtn_status prepare(dtn_ctx *ctx, work *w)
{
    const dtn_tree *tree = w->c->tree;
    int *stack;
    DTN_ALLOC(ctx, ctx->scratch, w->agent_of, tree->infosets + 1);
    DTN_ALLOC(ctx, ctx->scratch, w->place_of, tree->infosets + 1);
    DTN_ALLOC(ctx, ctx->scratch, stack, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, w->reached, (size_t)tree->infosets * (size_t)w->c->profiles);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, w->worth, (size_t)tree->infosets * (size_t)w->c->profiles);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, w->likely, tree->nodes);
    for (int i = 0; i < w->c->agents; i++)
        for (int k = 0; k < w->c->agent[i].infosets; k++) {
            w->agent_of[w->c->agent[i].infoset[k]] = i;
            w->place_of[w->c->agent[i].infoset[k]] = k;
        }
    fmpq_one(w->likely);
    for (int n = 1; n < tree->nodes; n++)
        fmpq_mul(w->likely + n, w->likely + tree->node[n].parent, tree->chance + n);
    for (long p = 0; p < w->c->profiles; p++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        price(w, p, stack);
    }
    return DTN_OK;
}

/* The others' part of a profile survives. */
static bool others_alive(const work *w, const dtn_agent *agent, long profile)
{
    for (int i = 0; i < w->c->agents; i++)
        if (&w->c->agent[i] != agent && !w->c->agent[i].alive[plan_in(&w->c->agent[i], profile)])
            return false;
    return true;
}

/* Whether a mixture of the surviving plans does strictly better at information set h, whatever the others still play. */
static dtn_status is_dominated(dtn_ctx *ctx, bool *dominated, const work *w, const dtn_agent *agent,
                               long plan, int h)
{
    const dtn_conditional *c = w->c;
    const fmpq *worth = w->worth + (size_t)h * (size_t)c->profiles;
    const bool *reached = w->reached + (size_t)h * (size_t)c->profiles;
    long *profile, *rival;
    int rows = 0, rivals = 0;
    *dominated = false;
    DTN_ALLOC(ctx, ctx->scratch, profile, c->profiles / agent->plans);
    DTN_ALLOC(ctx, ctx->scratch, rival, agent->plans);
    for (long p = 0; p < c->profiles; p++) /* others' profiles, with the agent's plan number 0 */
        if (plan_in(agent, p) == 0 && reached[p + plan * agent->step] && others_alive(w, agent, p))
            profile[rows++] = p;
    for (long k = 0; k < agent->plans && rows; k++)
        if (k != plan && agent->alive[k] && reached[profile[0] + k * agent->step])
            rival[rivals++] = k;
    if (!rows || !rivals)
        return DTN_OK;
    int columns = rivals + 1; /* and how much better, which is free */
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, a, (size_t)(rows + 1) * (size_t)columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b, rows + 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, columns);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, goal, columns + 1);
    DTN_ALLOC(ctx, ctx->scratch, sense, rows + 1);
    DTN_ALLOC(ctx, ctx->scratch, nonnegative, columns);
    for (int r = 0; r < rows; r++) {
        for (int k = 0; k < rivals; k++)
            fmpq_set(a + r * columns + k, worth + profile[r] + rival[k] * agent->step);
        fmpq_set_si(a + r * columns + rivals, -1, 1);
        fmpq_set(b + r, worth + profile[r] + plan * agent->step);
        sense[r] = DTN_LP_GE;
    }
    for (int k = 0; k < rivals; k++) {
        fmpq_one(a + rows * columns + k);
        nonnegative[k] = true;
    }
    fmpq_one(b + rows);
    sense[rows] = DTN_LP_EQ;
    fmpq_one(goal + rivals);
    dtn_polyhedron set = {rows + 1, columns, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(ctx, &answer, x, goal + columns, &set, goal));
    *dominated = answer == DTN_LP_UNBOUNDED || (answer == DTN_LP_OPTIMAL && fmpq_sgn(goal + columns) > 0);
    return DTN_OK;
}

/* One round. goes: [all plans] scratch. */
static dtn_status eliminate(dtn_ctx *ctx, bool *any, work *w, bool *goes)
{
    *any = false;
    for (int i = 0, at = 0; i < w->c->agents; at += (int)w->c->agent[i++].plans) {
        const dtn_agent *agent = &w->c->agent[i];
        for (long plan = 0; plan < agent->plans; plan++) {
            goes[at + plan] = false;
            for (int k = 0; k < agent->infosets && agent->alive[plan] && !goes[at + plan]; k++) {
                dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
                dtn_status status = is_dominated(ctx, &goes[at + plan], w, agent, plan, agent->infoset[k]);
                dtn_arena_release(ctx->scratch, mark);
                DTN_TRY(status);
            }
            *any = *any || goes[at + plan];
        }
    }
    for (int i = 0, at = 0; i < w->c->agents; at += (int)w->c->agent[i++].plans)
        for (long plan = 0; plan < w->c->agent[i].plans; plan++)
            if (goes[at + plan]) {
                w->c->agent[i].alive[plan] = false;
                w->c->agent[i].survivors--;
            }
    return DTN_OK;
}

static dtn_status solve(dtn_ctx *ctx, dtn_conditional *out)
{
    work w = {.c = out};
    bool *goes, any = true;
    long plans = 0;
    DTN_TRY(prepare(ctx, &w));
    for (int i = 0; i < out->agents; i++)
        plans += out->agent[i].plans;
    DTN_ALLOC(ctx, ctx->scratch, goes, plans + 1);
    while (any) {
        DTN_TRY(eliminate(ctx, &any, &w, goes));
        out->rounds += any;
    }
    return DTN_OK;
}

dtn_status dtn_conditional_dominance(dtn_ctx *ctx, dtn_arena *arena, dtn_conditional *out,
                                     const dtn_tree *tree, long most_profiles)
{
    *out = (dtn_conditional){.tree = tree};
    if (!tree->perfect_recall)
        return dtn_fail(ctx, DTN_DOMAIN, "conditional dominance needs a game of perfect recall");
    DTN_TRY(find_agents(ctx, arena, out, most_profiles));
    if (out->too_large)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = solve(ctx, out);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
