/* Verifier of balls: exactly one Nash equilibrium lies within a given distance of a profile.
 *
 * Method: unknowns are the probabilities of the actions played at the middle and each player's value; equations say that these actions
 *   earn the value and that probabilities sum to 1. Krawczyk's operator maps the ball into its inside, so it holds exactly one
 *   solution. All over the ball the played actions keep positive probabilities and the others earn less, so that solution is
 *   an equilibrium, and no other profile of the ball is one.
 * Cost: players x product of the others' strategies x players in balls, and unknowns^3. Exact.
 * Source: R. Krawczyk, Computing 4 (1969); S. Rump, Acta Numerica 19 (2010), ch. 13. */
#include <math.h>

#include "num/ball.h"
#include "solve/graph_ball.h"
#include "solve/verify.h"

typedef struct ball_check {
    const dtn_strategic *game;
    const fmpq *sigma;
    int unknowns, width;
    int *first;    /* [players] into sigma */
    int *unknown;  /* [width] of a played strategy, -1; the value of player p is unknowns - players + p */
    size_t *step;  /* [players] distance in profiles between neighbouring strategies */
    int *at;       /* [players] the choice at hand */
    arb_struct *x; /* [width] probabilities as they are put in */
    arb_struct *weight; /* [players] */
    arb_struct *payoff; /* one */
    arb_struct *radius; /* one: of the ball */
    arb_struct *spread; /* [players] of the values */
    slong bits;
    /* Games that are kept compact: payoffs of all strategies over the probabilities put in. */
    dtn_ctx *ctx;
    dtn_graph_ball *graph;
    arb_struct *u; /* [width] */
    arb_mat_struct *slope;
    dtn_status status;
} ball_check;

static dtn_status prepare(dtn_ctx *ctx, ball_check *b, const dtn_strategic *game, const fmpq *sigma,
                          double radius)
{
    *b = (ball_check){
        .game = game, .sigma = sigma, .bits = 128 + 3 * (slong)ceil(fabs(log2(radius))), .ctx = ctx};
    int players = game->players;
    DTN_ALLOC(ctx, ctx->scratch, b->first, players);
    DTN_ALLOC(ctx, ctx->scratch, b->step, players);
    DTN_ALLOC(ctx, ctx->scratch, b->at, players);
    size_t product = 1;
    for (int p = 0; p < players; p++) {
        b->first[p] = b->width;
        b->step[p] = product;
        b->width += game->strategies[p];
        product *= (size_t)game->strategies[p];
    }
    DTN_ALLOC(ctx, ctx->scratch, b->unknown, b->width);
    for (int i = 0; i < b->width; i++)
        b->unknown[i] = fmpq_sgn(sigma + i) > 0 ? b->unknowns++ : -1;
    b->unknowns += players;
    arb_struct *numbers = dtn_arena_arb(ctx->scratch, (size_t)(2 * b->width + 2 * players + 2));
    if (game->graph)
        DTN_TRY(dtn_graph_ball_new(ctx, &b->graph, game->graph, sigma));
    if (!numbers)
        return dtn_fail_nomem(ctx);
    b->x = numbers;
    b->weight = b->x + b->width;
    b->spread = b->weight + players;
    b->payoff = b->spread + players;
    b->radius = b->payoff + 1;
    b->u = b->radius + 1;
    arb_set_d(b->radius, radius);
    return DTN_OK;
}

/* Which probabilities are put in: the middle; all of the ball for played strategies; for all strategies. */
typedef enum span { SPAN_MIDDLE, SPAN_PLAYED, SPAN_ALL } span;

/* Payoffs of a compact game; they stay infinite where something failed, so that nothing is proved. */
static void graph_payoffs(ball_check *b, arb_mat_struct *slope)
{
    if (b->status == DTN_OK)
        b->status = dtn_graph_ball_at(b->ctx, b->graph, b->u, slope, b->x, b->bits);
    for (int i = 0; i < b->width && b->status != DTN_OK; i++)
        arb_zero_pm_inf(b->u + i);
}

static void put_in(ball_check *b, span wide)
{
    for (int i = 0; i < b->width; i++) {
        arb_set_fmpq(b->x + i, b->sigma + i, b->bits);
        if (wide == SPAN_ALL || (wide == SPAN_PLAYED && b->unknown[i] >= 0))
            arb_add_error(b->x + i, b->radius);
    }
    if (b->graph)
        graph_payoffs(b, NULL);
}

/* The next choice of strategies of all but p: played ones, or any when `all`. false: that was the last. */
static bool advance(ball_check *b, int p, bool all)
{
    for (int q = 0; q < b->game->players; q++) {
        if (q == p)
            continue;
        do
            b->at[q]++;
        while (b->at[q] < b->game->strategies[q] && !all && b->unknown[b->first[q] + b->at[q]] < 0);
        if (b->at[q] < b->game->strategies[q])
            return true;
        b->at[q] = 0;
        while (!all && b->unknown[b->first[q] + b->at[q]] < 0)
            b->at[q]++;
    }
    return false;
}

static void rewind_to_first(ball_check *b, bool all)
{
    for (int q = 0; q < b->game->players; q++) {
        b->at[q] = 0;
        while (!all && b->unknown[b->first[q] + b->at[q]] < 0)
            b->at[q]++;
    }
}

static size_t profile_of(const ball_check *b, int p, int strategy)
{
    size_t profile = (size_t)strategy * b->step[p];
    for (int q = 0; q < b->game->players; q++)
        if (q != p)
            profile += (size_t)b->at[q] * b->step[q];
    return profile;
}

static dtn_number payoff_at(const ball_check *b, int p, int strategy)
{
    return dtn_payoffs_at(&b->game->payoff, profile_of(b, p, strategy) * (size_t)b->game->players + p);
}

/* weight[q], q != p: product of the probabilities of the choice at hand without p's and q's; weight[p]: without p's. From the left,
 * then from the right. */
static void weigh(ball_check *b, int p)
{
    arb_struct *all = b->weight + p, *right = b->payoff;
    arb_one(all);
    for (int q = 0; q < b->game->players; q++)
        if (q != p) {
            arb_set(b->weight + q, all);
            arb_mul(all, all, b->x + b->first[q] + b->at[q], b->bits);
        }
    arb_one(right);
    for (int q = b->game->players - 1; q >= 0; q--)
        if (q != p) {
            arb_mul(b->weight + q, b->weight + q, right, b->bits);
            arb_mul(right, right, b->x + b->first[q] + b->at[q], b->bits);
        }
}

/* What the value of player p and the sum of its probabilities add to the equations and derivatives. */
static void put_values(ball_check *b, arb_mat_struct *equation, arb_mat_t jacobian, const fmpq *v, int p)
{
    int values = b->unknowns - b->game->players;
    arb_set_fmpq(b->payoff, v + p, b->bits);
    for (int s = 0; s < b->game->strategies[p]; s++) {
        int row = b->unknown[b->first[p] + s];
        if (row < 0)
            continue;
        arb_set_si(arb_mat_entry(jacobian, row, values + p), -1);
        arb_one(arb_mat_entry(jacobian, values + p, row));
        if (equation)
            arb_sub(arb_mat_entry(equation, row, 0), arb_mat_entry(equation, row, 0), b->payoff, b->bits);
    }
}

/* evaluate() for a game that is kept compact. */
static void evaluate_graph(ball_check *b, arb_mat_struct *equation, arb_mat_t jacobian, const fmpq *v)
{
    graph_payoffs(b, b->slope);
    arb_mat_zero(jacobian);
    if (equation)
        arb_mat_zero(equation);
    for (int i = 0; i < b->width; i++) {
        int row = b->unknown[i];
        if (row < 0)
            continue;
        if (equation)
            arb_set(arb_mat_entry(equation, row, 0), b->u + i);
        for (int j = 0; j < b->width; j++)
            if (b->unknown[j] >= 0)
                arb_set(arb_mat_entry(jacobian, row, b->unknown[j]), arb_mat_entry(b->slope, i, j));
    }
    for (int p = 0; p < b->game->players; p++)
        put_values(b, equation, jacobian, v, p);
}

/* Equations (NULL: not wanted) and derivatives at x; the values v [players] of the players enter linearly. */
static void evaluate(ball_check *b, arb_mat_struct *equation, arb_mat_t jacobian, const fmpq *v)
{
    int players = b->game->players;
    if (b->graph) {
        evaluate_graph(b, equation, jacobian, v);
        return;
    }
    arb_mat_zero(jacobian);
    if (equation)
        arb_mat_zero(equation);
    for (int p = 0; p < players; p++) {
        rewind_to_first(b, false);
        do {
            weigh(b, p);
            for (int s = 0; s < b->game->strategies[p]; s++) {
                int row = b->unknown[b->first[p] + s];
                if (row < 0)
                    continue;
                arb_set_fmpq(b->payoff, payoff_at(b, p, s).q, b->bits);
                if (equation)
                    arb_addmul(arb_mat_entry(equation, row, 0), b->payoff, b->weight + p, b->bits);
                for (int q = 0; q < players; q++)
                    if (q != p)
                        arb_addmul(arb_mat_entry(jacobian, row, b->unknown[b->first[q] + b->at[q]]),
                                   b->payoff, b->weight + q, b->bits);
            }
        } while (advance(b, p, false));
        put_values(b, equation, jacobian, v, p);
    }
}

/* Krawczyk's test. v [players]: the values at the middle. */
static bool one_solution(ball_check *b, const fmpq *v)
{
    int n = b->unknowns, values = n - b->game->players;
    arb_mat_t equation, jacobian, inverse, slope;
    arb_t sum, part;
    int graph = b->graph ? b->width : 0;
    arb_mat_init(slope, graph, graph);
    b->slope = slope;
    arb_mat_init(equation, n, 1);
    arb_mat_init(jacobian, n, n);
    arb_mat_init(inverse, n, n);
    arb_init(sum);
    arb_init(part);
    put_in(b, SPAN_MIDDLE);
    evaluate(b, equation, jacobian, v);
    bool holds = arb_mat_inv(inverse, jacobian, b->bits);
    if (holds) {
        arb_mat_get_mid(inverse, inverse);
        arb_mat_mul(equation, inverse, equation, b->bits);
        put_in(b, SPAN_PLAYED);
        evaluate(b, NULL, jacobian, v);
        arb_mat_mul(jacobian, inverse, jacobian, b->bits);
    }
    for (int i = 0; i < n && holds; i++) {
        arb_abs(sum, arb_mat_entry(equation, i, 0));
        for (int j = 0; j < n; j++) {
            arb_sub_si(part, arb_mat_entry(jacobian, i, j), i == j, b->bits);
            arb_abs(part, part);
            arb_addmul(sum, part, j < values ? b->radius : b->spread + j - values, b->bits);
        }
        holds = arb_lt(sum, i < values ? b->radius : b->spread + i - values);
    }
    arb_clear(sum);
    arb_clear(part);
    arb_mat_clear(equation);
    arb_mat_clear(jacobian);
    arb_mat_clear(inverse);
    arb_mat_clear(slope);
    b->slope = NULL;
    return holds && b->status == DTN_OK;
}

/* What strategy s of player p earns over the probabilities put in, less what `less` earns (-1: nothing). */
static void earns(ball_check *b, arb_t out, int p, int s, int less, bool all)
{
    fmpq_t d;
    if (b->graph) {
        arb_set(out, b->u + b->first[p] + s);
        if (less >= 0)
            arb_sub(out, out, b->u + b->first[p] + less, b->bits);
        return;
    }
    fmpq_init(d);
    arb_zero(out);
    rewind_to_first(b, all);
    do {
        arb_one(b->weight);
        for (int q = 0; q < b->game->players; q++)
            if (q != p)
                arb_mul(b->weight, b->weight, b->x + b->first[q] + b->at[q], b->bits);
        fmpq_set(d, payoff_at(b, p, s).q);
        if (less >= 0)
            fmpq_sub(d, d, payoff_at(b, p, less).q);
        arb_set_fmpq(b->payoff, d, b->bits);
        arb_addmul(out, b->payoff, b->weight, b->bits);
    } while (advance(b, p, all));
    fmpq_clear(d);
}

static int first_played(const ball_check *b, int p)
{
    int s = 0;
    while (b->unknown[b->first[p] + s] < 0)
        s++;
    return s;
}

/* spread[p]: more than p's payoff can differ from v[p] in the ball. *payoff_radius: the largest difference, in doubles. */
static void measure(ball_check *b, double *payoff_radius, const fmpq *v)
{
    mag_t most, one;
    arb_t value;
    mag_init(most);
    mag_init(one);
    arb_init(value);
    put_in(b, SPAN_PLAYED);
    for (int p = 0; p < b->game->players; p++) {
        earns(b, value, p, first_played(b, p), -1, false);
        arb_set_fmpq(b->payoff, v + p, b->bits);
        arb_sub(value, value, b->payoff, b->bits);
        arb_get_mag(one, value);
        mag_max(most, most, one);
        arb_zero(b->spread + p);
        arf_set_mag(arb_midref(b->spread + p), one);
        arb_add(b->spread + p, b->spread + p, b->radius, b->bits);
        arb_mul_2exp_si(b->spread + p, b->spread + p, 1);
        arb_get_mag(one, b->spread + p);
        arb_zero(b->spread + p);
        arf_set_mag(arb_midref(b->spread + p), one);
    }
    *payoff_radius = mag_get_d(most);
    mag_clear(most);
    mag_clear(one);
    arb_clear(value);
}

/* Every strategy that the middle does not play earns less than a played one, all over the ball. */
static bool others_earn_less(ball_check *b)
{
    bool less = true;
    arb_t value;
    arb_init(value);
    put_in(b, SPAN_ALL);
    for (int p = 0; p < b->game->players && less; p++)
        for (int s = 0; s < b->game->strategies[p] && less; s++)
            if (b->unknown[b->first[p] + s] < 0) {
                earns(b, value, p, s, first_played(b, p), true);
                less = arb_is_negative(value);
            }
    arb_clear(value);
    return less;
}

static dtn_status verify(dtn_ctx *ctx, bool *held, double *payoff_radius, const dtn_strategic *game,
                         const fmpq *sigma, const fmpq *payoff, double radius)
{
    ball_check b;
    DTN_TRY(prepare(ctx, &b, game, sigma, radius));
    fmpq_t edge;
    fmpq_init(edge);
    dtn_rational_set_double(edge, radius);
    for (int i = 0; i < b.width && *held; i++)
        *held = fmpq_is_zero(sigma + i) || fmpq_cmp(sigma + i, edge) > 0;
    fmpq_clear(edge);
    if (!*held)
        return DTN_OK;
    measure(&b, payoff_radius, payoff);
    DTN_TRY(dtn_ctx_poll(ctx));
    *held = others_earn_less(&b) && one_solution(&b, payoff);
    return b.status;
}

dtn_status dtn_verify_ball(dtn_ctx *ctx, bool *held, fmpq *payoff, fmpq *regret, double *payoff_radius,
                           const dtn_strategic *game, const fmpq *sigma, double radius)
{
    *held = radius > 0 && radius < 1;
    *payoff_radius = 0;
    DTN_TRY(dtn_verify_strategic(ctx, payoff, regret, game, sigma));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = *held ? verify(ctx, held, payoff_radius, game, sigma, payoff, radius) : DTN_OK;
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
