/* agent-logit: the principal branch of agent quantal response equilibria of a tree: its limit, or a point of it.
 *
 * Method: the branch is followed from uniform play (agent_logit_branch.c). Whenever lambda has grown by a factor, play and beliefs are
 *   extrapolated to the limit and rounded to fractions (agent_logit_round.c); the first assessment that the verifier confirms as
 *   sequential is the answer. A limit of the branch is a sequential equilibrium, so that nothing else is to be expected there.
 * Cost: some hundred steps of a few dozen sweeps over the tree each. The answer is exact once certified; otherwise doubles.
 * Source: R. McKelvey, T. Palfrey, Experimental Economics 1 (1998) 9-41; T. Turocy, Economic Theory 42 (2010) 255-269. */
#include "solve/agent_logit.h"

#include <math.h>
#include <string.h>

#include "solve/solver.h"

enum { MOST_POINTS = 4000 };
static const double first_try = 200, next_try = 6, farthest = 2e7;

/* The branch's last point as fractions with 40 binary digits, the largest of each set taking the rest. */
static dtn_status keep_point(dtn_ctx *ctx, dtn_assessment *at, dtn_agent_branch *b)
{
    const dtn_agents *g = b->g;
    const dtn_tree *t = g->tree;
    dtn_agents_at(b->g, b->at);
    for (int h = 0; h < t->infosets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        for (int part = 0; part < 2; part++) {
            int count = part ? set->members : set->actions, largest = -1;
            const double *from = part ? g->belief : g->sigma;
            fmpq *to = part ? at->belief : at->sigma, *rest;
            DTN_ALLOC_FMPQ(ctx, ctx->scratch, rest, 1);
            fmpq_one(rest);
            for (int k = 0; k < count; k++) {
                int i = part ? t->members[set->first_member + k] : set->first_action + k;
                largest = largest < 0 || from[i] > from[largest] ? i : largest;
                dtn_rational_set_double(&to[i], ldexp(floor(ldexp(from[i], 40)), -40));
                fmpq_sub(rest, rest, &to[i]);
            }
            fmpq_add(&to[largest], &to[largest], rest);
        }
    }
    return DTN_OK;
}

static dtn_status new_item(dtn_ctx *ctx, dtn_equilibria *e, const dtn_tree *tree)
{
    DTN_ALLOC(ctx, e->arena, e->item, 1);
    e->item[0] = (dtn_equilibrium){.dimension = -1, .exact = true, .rung = DTN_RUNG_SEQUENTIAL};
    DTN_TRY(dtn_assessment_new(ctx, e->arena, &e->item[0].at, tree));
    e->count = 1;
    return DTN_OK;
}

/* The point is shown, but is no equilibrium in itself. */
static dtn_status show_point(dtn_ctx *ctx, dtn_equilibria *e, dtn_agent_branch *b)
{
    dtn_equilibrium *q = &e->item[0];
    DTN_TRY(keep_point(ctx, &q->at, b));
    q->exact = false;
    q->radius = ldexp(1, -40);
    q->rung = DTN_RUNG_NONE;
    q->rung_unknown = true;
    DTN_ALLOC(ctx, e->arena, q->fall, 1);
    q->falls = 1;
    q->fall[0] = (dtn_fall){DTN_RUNG_NASH, true, -1, -1, -1, -1, -1, "approximate"};
    return DTN_OK;
}

static dtn_status limit(dtn_ctx *ctx, dtn_equilibria *e, dtn_agent_branch *b)
{
    bool lost = false, held = false;
    double next = first_try, *lambda = &b->at[b->n - 1];
    for (int k = 0; k < MOST_POINTS && !lost && !held && *lambda < farthest; k++) {
        DTN_TRY(dtn_agent_branch_advance(ctx, b, 0, &lost));
        if (k % 8 == 0)
            dtn_ctx_report(ctx, "branch", -1);
        if (lost || *lambda < next)
            continue;
        DTN_TRY(dtn_agent_branch_round(ctx, &held, &e->item[0].at, b));
        next = *lambda * next_try;
    }
    e->outcome = DTN_OUTCOME_PARTIAL;
    if (held) {
        e->note = "the limit of the branch is one equilibrium; others were not looked for";
        return DTN_OK;
    }
    e->outcome = DTN_OUTCOME_UNKNOWN;
    DTN_TRY(show_point(ctx, e, b));
    e->note = dtn_arena_printf(
        e->arena,
        "no equilibrium could be certified: the branch %s lambda = %.4g, where no information set gains more "
        "than %.2g; what is shown is that point",
        lost ? "was lost at" : "was followed to", *lambda / b->g->scale,
        dtn_agents_regret(b->g) * b->g->scale);
    return e->note ? DTN_OK : dtn_fail_nomem(ctx);
}

/* The first point of the branch with this lambda. */
static dtn_status point(dtn_ctx *ctx, dtn_equilibria *e, dtn_agent_branch *b, double lambda)
{
    double goal = lambda * b->g->scale, *at = &b->at[b->n - 1];
    bool lost = false;
    for (int k = 0; k < MOST_POINTS && !lost && goal - *at > 1e-9 * goal; k++)
        DTN_TRY(dtn_agent_branch_advance(ctx, b, goal, &lost));
    DTN_TRY(show_point(ctx, e, b));
    e->outcome = DTN_OUTCOME_UNKNOWN;
    e->note = dtn_arena_printf(
        e->arena,
        goal - *at > 1e-9 * goal
            ? "the branch could not be followed that far; what is shown is its point at lambda = %.6g"
            : "what is shown is the agent quantal response equilibrium at lambda = %.6g: every choice has "
              "some "
              "probability, and no information set gains more than %.2g by its best",
        *at / b->g->scale, dtn_agents_regret(b->g) * b->g->scale);
    return e->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static dtn_status read_lambda(dtn_ctx *ctx, double *out, const char *text)
{
    fmpq_t x;
    fmpq_init(x);
    bool good = dtn_rational_parse(x, text, strlen(text)) && fmpq_sgn(x) >= 0;
    *out = dtn_rational_double(x);
    fmpq_clear(x);
    return good ? DTN_OK
                : dtn_fail(ctx, DTN_ARG, "agent-logit: found lambda=%s, expected a number >= 0", text);
}

static dtn_status follow(dtn_ctx *ctx, dtn_equilibria *e, const dtn_tree *tree, const char *lambda)
{
    dtn_agent_branch *b;
    double value = 0;
    if (lambda)
        DTN_TRY(read_lambda(ctx, &value, lambda));
    DTN_TRY(new_item(ctx, e, tree));
    DTN_TRY(dtn_agent_branch_new(ctx, &b, tree));
    dtn_status status = lambda ? point(ctx, e, b, value) : limit(ctx, e, b);
    e->lps = b->products;
    if (status == DTN_LIMIT || status == DTN_CANCELLED) {
        e->stopped = status;
        e->outcome = DTN_OUTCOME_UNKNOWN;
        e->note = "the branch was not followed to its end: a limit or an interruption";
        e->count = 0;
        return DTN_OK;
    }
    return status;
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *e = arena ? dtn_arena_array(arena, 1, sizeof *e) : NULL;
    if (!e) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *e = (dtn_equilibria){.arena = arena, .method = "agent-logit"};
    dtn_status status = follow(ctx, e, tree, dtn_options_text(options->more, "lambda", NULL));
    if (status != DTN_OK) {
        dtn_equilibria_free(e);
        return status;
    }
    *out = e;
    return DTN_OK;
}

static const dtn_option_spec option_table[] = {
    {"lambda", "NUMBER", NULL, "the point of the branch at this precision instead of the limit", false},
    {NULL, NULL, NULL, NULL, false},
};

const dtn_solver dtn_solver_agent_logit = {
    .name = "agent-logit",
    .title =
        "A sequential equilibrium as the limit of agent quantal response, for trees too large to enumerate",
    .source =
        "R. McKelvey, T. Palfrey, Experimental Economics 1 (1998); T. Turocy, Economic Theory 42 (2010)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ONE,
    .options = option_table,
    .run_tree = run_tree,
};
