/* The principal branch of agent quantal response equilibria, followed by predictor and corrector.
 *
 * Method: unknowns are the logits z and lambda, with z(a) - z(first) = lambda (u(a) - u(first)) at every information set. A step goes along
 *   the tangent in coordinates measured by their own size, so that lambda grows by a factor a step once play has settled; Newton's
 *   method returns to the branch across it. Linear systems are solved by GMRES: a product with the Jacobian is one derivative of the
 *   payoffs in a direction, linear in nodes, and no matrix is stored. Rows are scaled by how strongly play there responds.
 * Cost: some hundred steps, each a few dozen derivatives. Doubles.
 * Source: R. McKelvey, T. Palfrey, Experimental Economics 1 (1998); T. Turocy, Computing sequential equilibria using agent quantal
 *   response equilibria, Economic Theory 42 (2010) 255-269; E. Allgower, K. Georg, Numerical Continuation Methods (2003), ch. 6. */
#include <math.h>
#include <string.h>

#include "base/ctx.h"
#include "num/gmres.h"
#include "solve/agent_logit.h"

enum { CORRECTIONS = 8, EASY = 3, SPACE = 200, ROOM = 20000000, PRODUCTS = 1200 };
static const double first_step = 0.05, longest = 1, shortest = 1e-7, growth = 1.5, least_cosine = 0.8;
/* Of Newton's method; of its linear systems, which need no more than to gain on the error; of directions. */
static const double exactness = 1e-10, gain = 1e-6, straight = 1e-8;

dtn_status dtn_agent_branch_new(dtn_ctx *ctx, dtn_agent_branch **out, const dtn_tree *tree)
{
    dtn_agent_branch *b;
    double *room;
    DTN_ALLOC(ctx, ctx->scratch, b, 1);
    DTN_TRY(dtn_agents_new(ctx, &b->g, tree));
    b->n = tree->actions + 1;
    size_t n = (size_t)b->n;
    DTN_ALLOC(ctx, ctx->scratch, room, 10 * n);
    double **vector[] = {&b->at,         &b->before, &b->tangent, &b->weight, &b->residual,
                         &b->correction, &b->trial,  &b->turned,  &b->row,    &b->move};
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++, room += n)
        *vector[i] = room;
    b->tangent[n - 1] = 1;
    b->step = first_step;
    dtn_agents_at(b->g, b->at);
    *out = b;
    return DTN_OK;
}

/* The residual of the branch's equations at x, and the scale of each row. */
static void evaluate(dtn_agent_branch *b, const double *x)
{
    dtn_agents *g = b->g;
    const dtn_tree *t = g->tree;
    double lambda = x[b->n - 1];
    dtn_agents_at(g, x);
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &t->infoset[h];
        int first = set->first_action;
        double pure = 0, sure = 0;
        for (int a = first; a < first + set->actions; a++)
            pure += g->sigma[a] * g->sigma[a];
        for (int k = 0; k < set->members; k++)
            sure +=
                g->belief[t->members[set->first_member + k]] * g->belief[t->members[set->first_member + k]];
        double scale = 1 / (1 + fabs(lambda) * (2 - pure - sure));
        for (int a = first; a < first + set->actions; a++) {
            b->row[a] = scale;
            b->residual[a] = a == first ? x[a] : scale * (x[a] - x[first] - lambda * (g->u[a] - g->u[first]));
        }
    }
    b->residual[b->n - 1] = 0;
}

static double inner(const double *a, const double *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* out = (bordered Jacobian at the last point evaluated) times the scaled direction y. */
static void multiply(void *user, double *out, const double *y)
{
    dtn_agent_branch *b = user;
    dtn_agents *g = b->g;
    int last = b->n - 1;
    double lambda = b->trial[last], border = 0;
    for (int i = 0; i < b->n; i++) {
        b->move[i] = b->weight[i] * y[i];
        border += b->tangent[i] * y[i];
    }
    dtn_agents_slope(g, b->move);
    b->products++;
    for (int h = 0; h < g->sets; h++) {
        const dtn_infoset *set = &g->tree->infoset[h];
        int first = set->first_action;
        out[first] = b->move[first];
        for (int a = first + 1; a < first + set->actions; a++)
            out[a] = b->row[a] * (b->move[a] - b->move[first] - lambda * (g->d_u[a] - g->d_u[first]) -
                                  b->move[last] * (g->u[a] - g->u[first]));
    }
    out[last] = b->fixed ? y[last] : border / inner(b->tangent, b->tangent, b->n);
}

static dtn_status solve(dtn_ctx *ctx, dtn_agent_branch *b, double *x, const double *right, double tolerance,
                        bool *solved)
{
    double reached;
    int space = ROOM / b->n < SPACE ? ROOM / b->n : SPACE;
    DTN_TRY(
        dtn_gmres(ctx, x, &reached, b->n, right, tolerance, space < 30 ? 30 : space, PRODUCTS, multiply, b));
    *solved = reached < 1e-2; /* Newton's method puts up with that, more slowly */
    return DTN_OK;
}

/* From b->trial back to the branch, across the tangent; *taken: corrections. */
static dtn_status correct(dtn_ctx *ctx, dtn_agent_branch *b, bool *converged, int *taken)
{
    double last = HUGE_VAL;
    *converged = false;
    for (*taken = 1; *taken <= CORRECTIONS; ++*taken) {
        bool solved;
        evaluate(b, b->trial);
        DTN_TRY(solve(ctx, b, b->correction, b->residual, gain, &solved));
        double size = 0;
        for (int i = 0; i < b->n; i++) {
            b->trial[i] -= b->weight[i] * b->correction[i];
            size = fmax(size, fabs(b->correction[i]));
        }
        if (!solved || !(size < 0.8 * last) || !isfinite(size)) {
            *converged = *taken > 2 && size < 1e-8;
            return DTN_OK;
        }
        if (size < exactness) {
            *converged = true;
            return DTN_OK;
        }
        last = size;
    }
    return DTN_OK;
}

/* The direction of the branch at b->trial, forward from the old one, to b->turned; in the old units. */
static dtn_status turn(dtn_ctx *ctx, dtn_agent_branch *b, bool *found)
{
    evaluate(b, b->trial);
    memset(b->residual, 0, (size_t)b->n * sizeof *b->residual);
    b->residual[b->n - 1] = 1;
    DTN_TRY(solve(ctx, b, b->turned, b->residual, straight, found));
    double most = 0;
    for (int i = 0; i < b->n; i++)
        most = fmax(most, fabs(b->turned[i]));
    *found = *found && isfinite(most) && most > 0;
    return DTN_OK;
}

/* The trial becomes the point; coordinates are measured anew. */
static void accept(dtn_agent_branch *b)
{
    int n = b->n;
    double most = 0;
    b->turns += b->points > 0 && b->turned[n - 1] * b->tangent[n - 1] < 0;
    memcpy(b->before, b->at, (size_t)n * sizeof *b->at);
    memcpy(b->at, b->trial, (size_t)n * sizeof *b->at);
    for (int i = 0; i < n; i++) {
        double unit = fmax(1, fabs(b->at[i]));
        b->tangent[i] = b->turned[i] * b->weight[i] / unit;
        b->weight[i] = unit;
        most = fmax(most, fabs(b->tangent[i]));
    }
    for (int i = 0; i < n; i++)
        b->tangent[i] /= most;
    b->points++;
}

static double cosine(const dtn_agent_branch *b)
{
    return inner(b->turned, b->tangent, b->n) /
           sqrt(inner(b->turned, b->turned, b->n) * inner(b->tangent, b->tangent, b->n));
}

dtn_status dtn_agent_branch_advance(dtn_ctx *ctx, dtn_agent_branch *b, double limit, bool *lost)
{
    int n = b->n, taken;
    bool good;
    *lost = true;
    if (b->points == 0) { /* at lambda = 0 the branch leaves uniform play */
        for (int i = 0; i < n; i++)
            b->weight[i] = 1;
        memcpy(b->trial, b->at, (size_t)n * sizeof *b->at);
        DTN_TRY(turn(ctx, b, &good));
        if (!good)
            return DTN_OK;
        accept(b);
    }
    for (; b->step > shortest; b->step /= 2) {
        double length = b->step, ahead = b->tangent[n - 1] * b->weight[n - 1];
        DTN_TRY(dtn_ctx_poll(ctx));
        bool reaches = limit > 0 && ahead > 0 && b->at[n - 1] + length * ahead > limit;
        if (reaches)
            length = (limit - b->at[n - 1]) / ahead;
        for (int i = 0; i < n; i++)
            b->trial[i] = b->at[i] + length * b->weight[i] * b->tangent[i];
        if (b->trial[n - 1] < 0)
            continue;
        b->fixed = reaches;
        dtn_status status = correct(ctx, b, &good, &taken);
        b->fixed = false;
        DTN_TRY(status);
        if (good && b->trial[n - 1] >= 0)
            DTN_TRY(turn(ctx, b, &good));
        if (!good || b->trial[n - 1] < 0 || cosine(b) < least_cosine)
            continue;
        accept(b);
        if (taken <= EASY)
            b->step = fmin(longest, b->step * growth);
        *lost = false;
        return DTN_OK;
    }
    return DTN_OK;
}
