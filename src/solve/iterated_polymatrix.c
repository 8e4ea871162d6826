/* iterated-polymatrix: equilibria by a sequence of polymatrix games that touch the game.
 *
 * Method: at a profile x every payoff is replaced by its linear part: a game in which players meet in pairs. An equilibrium y of that game is
 *   found along a ray of bonuses (global_newton_path.c), the nearest to x of those met, and x moves towards y, all the way first and by
 *   shorter steps later, until x is its own answer. Rounded to its support and certified. Several random starts.
 * Cost: a path of lines an iteration. Certified; not complete, and it may not converge.
 * Source: S. Govindan, R. Wilson, Computing Nash equilibria by iterated polymatrix approximation, Journal of Economic Dynamics and
 *   Control 28 (2004). */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "solve/expected.h"
#include "solve/global_newton_path.h"
#include "solve/support.h"

enum { STARTS = 10, ITERATIONS = 60, MOST_STEPS = 5000 };

/* The game that touches at x: U(y) = u + slope (y - x). */
typedef struct touch {
    dtn_expected *e;
    double *x, *u, *slope;
    double *answer, away; /* the equilibrium of it that is nearest to x */
} touch;

static void payoffs(void *user, double *u, double *slope, const double *sigma)
{
    const touch *t = user;
    size_t n = (size_t)t->e->width;
    for (size_t i = 0; i < n; i++) {
        u[i] = t->u[i];
        for (size_t j = 0; j < n; j++)
            u[i] += t->slope[i * n + j] * (sigma[j] - t->x[j]);
    }
    memcpy(slope, t->slope, n * n * sizeof *slope);
}

static dtn_status crossing(dtn_ctx *ctx, void *user, const double *sigma, bool *stop)
{
    touch *t = user;
    (void)ctx;
    *stop = false;
    double away = 0;
    for (int i = 0; i < t->e->width; i++)
        away = fmax(away, fabs(sigma[i] - t->x[i]));
    if (away < t->away) {
        memcpy(t->answer, sigma, (size_t)t->e->width * sizeof *sigma);
        t->away = away;
    }
    return DTN_OK;
}

/* From t->x until it is its own answer; *settled. */
static dtn_status iterate(dtn_ctx *ctx, touch *t, const dtn_ray *ray, long *steps, bool *settled)
{
    *settled = false;
    for (int k = 0; k < ITERATIONS && !*settled; k++) {
        bool lost;
        dtn_expected_at(t->e, t->u, t->slope, t->x);
        t->away = HUGE_VAL;
        DTN_TRY(dtn_ray_follow(ctx, ray, steps, &lost));
        if (t->away > 1)
            return DTN_OK;
        double share = k < ITERATIONS / 3 ? 1 : k < 2 * ITERATIONS / 3 ? 0.5 : 0.2;
        for (int i = 0; i < t->e->width; i++) {
            t->x[i] += share * (t->answer[i] - t->x[i]);
        }
        *settled = t->away < 1e-9;
    }
    return DTN_OK;
}

static void start_at_random(double *x, const dtn_strategic *game, uint64_t *random)
{
    for (int p = 0; p < game->players; x += game->strategies[p++]) {
        double sum = 0;
        for (int s = 0; s < game->strategies[p]; s++)
            sum += x[s] = -log(1 - dtn_random_unit(random));
        for (int s = 0; s < game->strategies[p]; s++)
            x[s] /= sum;
    }
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    long starts, unsettled = 0;
    double *bonus;
    uint64_t random = ctx->seed;
    touch t = {0};
    DTN_TRY(dtn_options_int(ctx, &starts, options->more, "starts", STARTS, 1, 1000000));
    DTN_TRY(dtn_expected_new(ctx, &t.e, game));
    size_t n = (size_t)t.e->width;
    DTN_ALLOC(ctx, ctx->scratch, bonus, n);
    DTN_ALLOC(ctx, ctx->scratch, t.x, n);
    DTN_ALLOC(ctx, ctx->scratch, t.u, n);
    DTN_ALLOC(ctx, ctx->scratch, t.answer, n);
    DTN_ALLOC(ctx, ctx->scratch, t.slope, n * n);
    /* Linear parts leave [0, 1] by up to the number of players. */
    dtn_ray ray = {game, payoffs, crossing, &t, bonus, 2.1 * (2 * game->players), MOST_STEPS};
    for (long k = 0; k < starts && !run->enough; k++) {
        bool settled, near = false;
        dtn_ray_bonus(bonus, game, &random);
        start_at_random(t.x, game, &random);
        DTN_TRY(iterate(ctx, &t, &ray, &run->out->nodes, &settled));
        if (settled)
            DTN_TRY(dtn_support_near(ctx, run, &near, game, t.x, 1e-3));
        unsettled += !near;
        dtn_ctx_report(ctx, "starts", (double)(k + 1) / (double)starts);
    }
    run->out->candidates = starts;
    run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
    run->out->note = dtn_arena_printf(
        run->out->arena,
        "equilibria from %ld random starts, of which %ld did not settle at a certified one; more may "
        "exist",
        starts, unsettled);
    return run->out->note ? DTN_OK : dtn_fail_nomem(ctx);
}

static const dtn_option_spec options[] = {
    {"starts", "N", "10", "random starts", false},
    {0},
};

const dtn_solver dtn_solver_iterated_polymatrix = {
    .name = "iterated-polymatrix",
    .title = "Some equilibria, any number of players: by polymatrix games that touch the game",
    .source = "S. Govindan, R. Wilson, Journal of Economic Dynamics and Control 28 (2004)",
    .finds = DTN_FINDS_SOME,
    .exact = true,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
