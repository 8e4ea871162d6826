/* From an approximate equilibrium of an action-graph game to a certified one, without the game's table.
 *
 * Method: pure profiles are looked at as they are. Otherwise Newton's method in high precision on "what is played earns the same, and
 *   probabilities sum to 1", with one set of unknowns for all players who are alike and play alike. The simplest rationals near the
 *   solution are tried exactly; else the solution is rounded to decimals, which the verifier encloses in balls.
 * Cost: some evaluations of slopes in balls (graph_ball.c), and unknowns^3. Exact: what is handed on is certified. */
#include <math.h>

#include "solve/graph_ball.h"
#include "solve/support.h"
#include "solve/verify.h"

enum { BITS = 320, STEPS = 12, SLACK = 240, RATIONAL_BITS = 48 };
static const double same_play = 1e-9;

typedef struct refine {
    dtn_ctx *ctx;
    dtn_profile_run *run;
    const dtn_strategic *game;
    const dtn_action_graph *g;
    const bool *in;
    const int *first; /* [agents] */
    int width, unknowns, classes;
    const int *class_of;
    int *unknown;         /* [width] of a played strategy of a class's first player, -1 otherwise */
    int *value;           /* [agents] unknown of the agent's payoff, likewise */
    int *leader;          /* [classes] */
    fmpq *middle;         /* [width] */
    arb_struct *x, *u;    /* [width] */
    arb_struct *solution; /* [unknowns] */
    dtn_graph_ball *ball;
} refine;

/* Are players p and q alike, and do they play alike in sigma? */
static bool alike(const refine *r, int p, int q, const double *sigma)
{
    const dtn_action_graph *g = r->g;
    int types = g->first[p + 1] - g->first[p];
    if (types != g->first[q + 1] - g->first[q])
        return false;
    for (int t = 0; t < types; t++) {
        int i = g->first[p] + t, j = g->first[q] + t;
        if (g->agent[i].actions != g->agent[j].actions || !fmpq_equal(g->agent[i].chance, g->agent[j].chance))
            return false;
        for (int k = 0; k < g->agent[i].actions; k++)
            if (g->agent[i].action[k] != g->agent[j].action[k] ||
                r->in[r->first[i] + k] != r->in[r->first[j] + k] ||
                fabs(sigma[r->first[i] + k] - sigma[r->first[j] + k]) > same_play)
                return false;
    }
    return true;
}

/* middle: sigma on its support, the same for players who are alike. */
static void start(refine *r, const double *sigma)
{
    const dtn_action_graph *g = r->g;
    for (int p = 0; p < g->players; p++) {
        int like = 0;
        while (like < p && !alike(r, like, p, sigma))
            like++;
        for (int i = g->first[p]; i < g->first[p + 1]; i++) {
            const double *own = sigma + r->first[g->first[like] + i - g->first[p]];
            double sum = 0;
            for (int k = 0; k < g->agent[i].actions; k++)
                sum += r->in[r->first[i] + k] ? own[k] : 0;
            for (int k = 0; k < g->agent[i].actions; k++)
                if (r->in[r->first[i] + k])
                    dtn_rational_set_double(r->middle + r->first[i] + k, own[k] / sum);
        }
    }
}

static bool is_pure(const refine *r)
{
    for (int i = 0; i < r->width; i++)
        if (!fmpq_is_zero(r->middle + i) && !fmpq_is_one(r->middle + i))
            return false;
    return true;
}

/* Hands on sigma if it is an equilibrium, exactly. */
static dtn_status offer(refine *r, bool *is, const fmpq *sigma)
{
    fmpq *payoff;
    int agents = r->game->players;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, payoff, 2 * agents);
    DTN_TRY(dtn_verify_strategic(r->ctx, payoff, payoff + agents, r->game, sigma));
    *is = true;
    for (int i = 0; i < agents; i++)
        *is = *is && fmpq_is_zero(payoff + agents + i);
    return *is ? dtn_profile_found(r->ctx, r->run, sigma, NULL) : DTN_OK;
}

/* --- Newton's method -------------------------------------------------------------------------------- */

static dtn_status number(refine *r)
{
    const dtn_action_graph *g = r->g;
    DTN_TRY(dtn_graph_ball_new(r->ctx, &r->ball, g, r->middle));
    r->class_of = dtn_graph_ball_classes(r->ball, &r->classes);
    DTN_ALLOC(r->ctx, r->ctx->scratch, r->unknown, r->width);
    DTN_ALLOC(r->ctx, r->ctx->scratch, r->value, g->agents);
    DTN_ALLOC(r->ctx, r->ctx->scratch, r->leader, r->classes);
    for (int p = g->players - 1; p >= 0; p--)
        r->leader[r->class_of[p]] = p;
    for (int i = 0; i < r->width; i++)
        r->unknown[i] = -1;
    for (int c = 0; c < r->classes; c++)
        for (int i = g->first[r->leader[c]]; i < g->first[r->leader[c] + 1]; i++) {
            for (int k = r->first[i]; k < r->first[i] + g->agent[i].actions; k++)
                if (r->in[k])
                    r->unknown[k] = r->unknowns++;
            r->value[i] = r->unknowns++;
        }
    arb_struct *numbers = dtn_arena_arb(r->ctx->scratch, (size_t)(2 * r->width + r->unknowns));
    if (!numbers)
        return dtn_fail_nomem(r->ctx);
    r->x = numbers;
    r->u = numbers + r->width;
    r->solution = r->u + r->width;
    return DTN_OK;
}

/* x of all players from the solution. */
static void spread(refine *r)
{
    const dtn_action_graph *g = r->g;
    for (int p = 0; p < g->players; p++)
        for (int i = g->first[p]; i < g->first[p + 1]; i++)
            for (int k = 0; k < g->agent[i].actions; k++) {
                int from = r->first[g->first[r->leader[r->class_of[p]]] + i - g->first[p]] + k;
                if (r->unknown[from] >= 0)
                    arb_set(r->x + r->first[i] + k, r->solution + r->unknown[from]);
            }
}

/* Equations and derivatives at x; slope is what graph_ball says. */
static void fill(refine *r, arb_mat_t equation, arb_mat_t jacobian, arb_mat_t slope)
{
    const dtn_action_graph *g = r->g;
    arb_mat_zero(equation);
    arb_mat_zero(jacobian);
    for (int c = 0; c < r->classes; c++)
        for (int i = g->first[r->leader[c]]; i < g->first[r->leader[c] + 1]; i++) {
            int sum = r->value[i];
            arb_set_si(arb_mat_entry(equation, sum, 0), -1);
            for (int s = r->first[i]; s < r->first[i] + g->agent[i].actions; s++) {
                int row = r->unknown[s];
                if (row < 0)
                    continue;
                arb_sub(arb_mat_entry(equation, row, 0), r->u + s, r->solution + sum, BITS);
                arb_set_si(arb_mat_entry(jacobian, row, sum), -1);
                arb_one(arb_mat_entry(jacobian, sum, row));
                arb_add(arb_mat_entry(equation, sum, 0), arb_mat_entry(equation, sum, 0), r->x + s, BITS);
                for (int j = 0; j < g->agents; j++)
                    for (int k = 0; k < g->agent[j].actions; k++) {
                        int q = g->agent[j].player, leader = r->leader[r->class_of[q]];
                        int column = r->unknown[r->first[g->first[leader] + j - g->first[q]] + k];
                        arb_struct *by = column < 0 ? NULL : arb_mat_entry(slope, s, r->first[j] + k);
                        if (by && !arb_is_zero(by))
                            arb_add(arb_mat_entry(jacobian, row, column),
                                    arb_mat_entry(jacobian, row, column), by, BITS);
                    }
            }
        }
}

static dtn_status iterate(refine *r, bool *converged, arb_mat_t equation, arb_mat_t jacobian, arb_mat_t slope)
{
    *converged = false;
    for (int step = 0; step < STEPS && !*converged; step++) {
        spread(r);
        DTN_TRY(dtn_graph_ball_at(r->ctx, r->ball, r->u, slope, r->x, BITS));
        if (step == 0) /* values: what the first played strategy earns */
            for (int i = 0; i < r->g->agents; i++)
                for (int s = r->first[i] + r->g->agent[i].actions - 1; s >= r->first[i]; s--)
                    if (r->unknown[s] >= 0)
                        arb_set(r->solution + r->value[i], r->u + s);
        for (int k = 0; k < r->unknowns; k++)
            mag_zero(arb_radref(r->solution + k));
        fill(r, equation, jacobian, slope);
        if (!arb_mat_solve(equation, jacobian, equation, BITS))
            return DTN_OK;
        slong moved = -BITS;
        for (int k = 0; k < r->unknowns; k++) {
            arb_struct *by = arb_mat_entry(equation, k, 0);
            mag_zero(arb_radref(by));
            arb_sub(r->solution + k, r->solution + k, by, BITS);
            mag_zero(arb_radref(r->solution + k));
            slong size = arb_is_zero(by) ? -BITS : arf_abs_bound_lt_2exp_si(arb_midref(by));
            moved = size > moved ? size : moved;
        }
        if (moved > 2)
            return DTN_OK; /* away from all probabilities */
        *converged = 2 * moved < -BITS;
    }
    spread(r);
    return DTN_OK;
}

/* --- exact or enclosed ------------------------------------------------------------------------------ */

/* middle from x, each number by round(); the first of an agent's strategies takes what is left. false: some would not be positive. */
static bool settle(refine *r, bool (*round)(fmpq_t out, const arb_t x, int how), int how)
{
    const dtn_action_graph *g = r->g;
    bool good = true;
    for (int i = 0; i < g->agents && good; i++) {
        int rest = -1;
        fmpq *own = r->middle + r->first[i];
        for (int k = 0; k < g->agent[i].actions && good; k++) {
            if (!r->in[r->first[i] + k])
                continue;
            if (rest < 0) {
                rest = k;
                fmpq_one(own + k);
                continue;
            }
            good = round(own + k, r->x + r->first[i] + k, how) && fmpq_sgn(own + k) > 0;
            fmpq_sub(own + rest, own + rest, own + k);
        }
        good = good && fmpq_sgn(own + rest) > 0;
    }
    return good;
}

/* The simplest rational within 2^-SLACK. */
static bool simplest(fmpq_t out, const arb_t x, int how)
{
    fmpq_t lo, hi, width;
    (void)how;
    fmpq_init(lo);
    fmpq_init(hi);
    fmpq_init(width);
    fmpq_one(width);
    fmpq_div_2exp(width, width, SLACK);
    arf_get_fmpq(lo, arb_midref(x));
    fmpq_add(hi, lo, width);
    fmpq_sub(lo, lo, width);
    dtn_rational_simplest(out, lo, hi);
    fmpq_clear(lo);
    fmpq_clear(hi);
    fmpq_clear(width);
    return fmpz_bits(fmpq_denref(out)) < RATIONAL_BITS;
}

/* The nearest with that many decimals. */
static bool decimals(fmpq_t out, const arb_t x, int digits)
{
    fmpz_t scale;
    fmpz_init(scale);
    fmpz_ui_pow_ui(scale, 10, (ulong)digits);
    arf_get_fmpq(out, arb_midref(x));
    fmpq_mul_fmpz(out, out, scale);
    fmpz_mul_2exp(fmpq_numref(out), fmpq_numref(out), 1);
    fmpz_add(fmpq_numref(out), fmpq_numref(out), fmpq_denref(out));
    fmpz_mul_2exp(fmpq_denref(out), fmpq_denref(out), 1);
    fmpz_fdiv_q(fmpq_numref(out), fmpq_numref(out), fmpq_denref(out));
    fmpz_set(fmpq_denref(out), scale);
    fmpq_canonicalise(out);
    fmpz_clear(scale);
    return true;
}

static dtn_status mixed(refine *r)
{
    bool converged, held = false;
    arb_mat_t equation, jacobian, slope;
    DTN_TRY(number(r));
    for (int i = 0; i < r->width; i++)
        if (r->unknown[i] >= 0)
            arb_set_fmpq(r->solution + r->unknown[i], r->middle + i, BITS);
    arb_mat_init(equation, r->unknowns, 1);
    arb_mat_init(jacobian, r->unknowns, r->unknowns);
    arb_mat_init(slope, r->width, r->width);
    dtn_status status = iterate(r, &converged, equation, jacobian, slope);
    arb_mat_clear(equation);
    arb_mat_clear(jacobian);
    arb_mat_clear(slope);
    DTN_TRY(status);
    if (converged && settle(r, simplest, 0))
        DTN_TRY(offer(r, &held, r->middle));
    for (int digits = 15; digits <= 60 && converged && !held; digits *= 2) {
        if (!settle(r, decimals, digits))
            return DTN_OK;
        DTN_TRY(dtn_profile_found_ball(r->ctx, r->run, &held, r->middle, pow(10, 1 - digits), NULL));
    }
    return DTN_OK;
}

dtn_status dtn_support_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game, const bool *in,
                             const double *sigma)
{
    refine r = {.ctx = ctx,
                .run = run,
                .game = game,
                .g = game->graph,
                .in = in,
                .first = run->out->first,
                .width = run->out->width};
    bool is;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, r.middle, r.width);
    start(&r, sigma);
    return is_pure(&r) ? offer(&r, &is, r.middle) : mixed(&r);
}
