/* logit: the principal branch of quantal response equilibria: its limit, a point of it, or its fit to observed play.
 *
 * Method: the branch is followed from the uniform profile (logit_branch.c) until nobody gains much by deviating; what it tends to is
 *   rounded to its support and certified exactly. At a given lambda, the branch is followed there. Fit: logit_fit.c.
 * Cost: some hundred points of the branch. The limit is certified exactly; other numbers are doubles.
 * Source: R. McKelvey, T. Palfrey, Games and Economic Behavior 10 (1995); T. Turocy, Games and Economic Behavior 51 (2005). */
#include <math.h>
#include <string.h>

#include "solve/logit_fit.h"
#include "solve/support.h"

enum { MOST_POINTS = 20000, MOST_ROWS = 200 };

/* A table of every few points of the branch. */
typedef struct sample {
    long rows, taken, every;
} sample;

static void begin_samples(dtn_ctx *ctx, dtn_finding *f, const dtn_strategic *g)
{
    dtn_finding_table_add(ctx, f, "branch", "Points of the branch");
    dtn_finding_column_add(ctx, f, "lambda", "λ");
    dtn_finding_column_add(ctx, f, "regret", "Largest gain of a deviation");
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            char key[64], title[256];
            snprintf(key, sizeof key, "p-%d-%d", p + 1, s + 1);
            snprintf(title, sizeof title, "%.100s: %.100s", g->player[p], g->strategy[p][s]);
            dtn_finding_column_add(ctx, f, key, title);
        }
}

static void add_sample(dtn_ctx *ctx, dtn_finding *f, const dtn_logit *b)
{
    dtn_finding_row_add(ctx, f);
    dtn_finding_put(ctx, f, dtn_cell_real(b->at[b->width] / b->e->scale, 0));
    dtn_finding_put(ctx, f, dtn_cell_real(dtn_expected_regret(b->e, b->u, b->sigma) * b->e->scale, 0));
    for (int i = 0; i < b->width; i++)
        dtn_finding_put(ctx, f, dtn_cell_real(b->sigma[i], 0));
}

void dtn_logit_tables(dtn_ctx *ctx, dtn_finding *f, const dtn_logit *b)
{
    const dtn_strategic *g = b->e->game;
    dtn_finding_table_add(ctx, f, "strategies", "");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_finding_column_add(ctx, f, "probability", "Probability");
    for (int p = 0; p < g->players; p++)
        for (int s = 0; s < g->strategies[p]; s++) {
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(p));
            dtn_finding_put(ctx, f, dtn_cell_strategy(p, s));
            dtn_finding_put(ctx, f, dtn_cell_real(b->sigma[b->e->first[p] + s], 0));
        }
}

/* What is remarkable about the branch as far as it was followed. */
static void remarks(dtn_ctx *ctx, dtn_finding *f, const dtn_logit *b)
{
    double scale = b->e->scale;
    if (b->turns)
        dtn_finding_say(
            ctx, f,
            "The branch turns back in λ %d time%s, first at λ ≈ %.4g: there several points have the same λ.",
            b->turns, b->turns == 1 ? "" : "s", b->first_turn / scale);
    if (b->crossings)
        dtn_finding_say(ctx, f,
                        "Other branches cross it at %d place%s, first near λ ≈ %.4g: it was followed "
                        "straight on, as its symmetry "
                        "demands.",
                        b->crossings, b->crossings == 1 ? "" : "s", b->first_crossing / scale);
    dtn_finding_fact(ctx, f, "points", "Points of the branch", dtn_cell_integer(b->points));
    dtn_finding_fact(ctx, f, "turning-points", "Turning points", dtn_cell_integer(b->turns));
    dtn_finding_fact(ctx, f, "crossings", "Crossings of other branches", dtn_cell_integer(b->crossings));
}

/* Follows the branch until nobody gains; certifies what it tends to. */
static dtn_status limit(dtn_ctx *ctx, dtn_profile_run *run, dtn_logit *b, bool with_branch)
{
    static const double enough = 1e-5, tight = 1e-9, close = 0.02;
    bool lost = false, near = false;
    sample s = {.every = 1};
    double try_below = enough, regret = 1;
    if (with_branch)
        begin_samples(ctx, run->finding, run->game);
    for (long k = 0; k < MOST_POINTS && !lost && !near && regret > tight; k++) {
        if (with_branch && k % s.every == 0 && s.rows++ < MOST_ROWS)
            add_sample(ctx, run->finding, b);
        DTN_TRY(dtn_logit_advance(ctx, b, &lost));
        regret = dtn_expected_regret(b->e, b->u, b->sigma);
        if (k % 32 == 0)
            dtn_ctx_report(ctx, "branch", -1);
        if (regret < try_below) {
            DTN_TRY(dtn_support_near(ctx, run, &near, run->game, b->sigma, close));
            try_below = regret / 10;
        }
    }
    if (with_branch)
        add_sample(ctx, run->finding, b);
    double lambda = b->at[b->width] / b->e->scale;
    if (near)
        dtn_finding_answer(ctx, run->finding,
                           "The principal branch of quantal response equilibria tends to the equilibrium "
                           "below (followed to λ ≈ %.4g).",
                           lambda);
    else
        dtn_finding_answer(ctx, run->finding,
                           "The principal branch was followed to λ ≈ %.4g, where nobody gains more than %.2g "
                           "by deviating; no "
                           "equilibrium was certified there.",
                           lambda, regret * b->e->scale);
    if (!near) {
        dtn_logit_tables(ctx, run->finding, b);
        run->out->outcome = run->out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        run->out->note =
            lost
                ? "the branch could not be followed further (steps became too short)"
                : "the limit of the branch is none that its support determines: it may lie in a continuum of "
                  "equilibria";
    }
    dtn_finding_fact(ctx, run->finding, "lambda", "λ reached", dtn_cell_real(lambda, 0));
    remarks(ctx, run->finding, b);
    return DTN_OK;
}

/* The first point of the branch with this lambda. */
static dtn_status point(dtn_ctx *ctx, dtn_profile_run *run, dtn_logit *b, double lambda)
{
    bool lost = false, found = lambda == 0;
    double *x, scaled = lambda * b->e->scale;
    DTN_ALLOC(ctx, ctx->scratch, x, b->n);
    for (long k = 0; k < MOST_POINTS && !lost && !found; k++) {
        DTN_TRY(dtn_logit_advance(ctx, b, &lost));
        if (b->at[b->width] >= scaled)
            found = dtn_logit_at(b, x, scaled);
    }
    if (!found) {
        dtn_finding_answer(ctx, run->finding,
                           "The principal branch could not be followed to λ = %.6g; it was left at λ ≈ %.4g.",
                           lambda, b->at[b->width] / b->e->scale);
        run->out->outcome = DTN_OUTCOME_UNKNOWN;
        run->out->note = "the branch could not be followed that far";
        return DTN_OK;
    }
    dtn_finding_answer(ctx, run->finding,
                       "The quantal response equilibrium of the principal branch at λ = %.6g.", lambda);
    dtn_finding_fact(ctx, run->finding, "lambda", "λ", dtn_cell_real(lambda, 0));
    dtn_finding_fact(ctx, run->finding, "regret", "Largest gain of a deviation",
                     dtn_cell_real(dtn_expected_regret(b->e, b->u, b->sigma) * b->e->scale, 0));
    dtn_logit_tables(ctx, run->finding, b);
    remarks(ctx, run->finding, b);
    return DTN_OK;
}

static dtn_status read_lambda(dtn_ctx *ctx, double *out, const char *text)
{
    fmpq_t x;
    fmpq_init(x);
    bool good = dtn_rational_parse(x, text, strlen(text)) && fmpq_sgn(x) >= 0;
    *out = dtn_rational_double(x);
    fmpq_clear(x);
    return good ? DTN_OK : dtn_fail(ctx, DTN_ARG, "logit: found lambda=%s, expected a number >= 0", text);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    dtn_logit *b;
    const char *lambda = dtn_options_text(options->more, "lambda", NULL);
    const char *data = dtn_options_text(options->more, "data", NULL);
    const char *branch = dtn_options_text(options->more, "branch", "no");
    if (strcmp(branch, "yes") != 0 && strcmp(branch, "no") != 0)
        return dtn_fail(ctx, DTN_ARG, "logit: found branch=%s, expected yes or no", branch);
    DTN_TRY(dtn_logit_new(ctx, &b, game));
    if (data)
        return dtn_logit_fit(ctx, run, b, data);
    if (!lambda)
        return limit(ctx, run, b, strcmp(branch, "yes") == 0);
    double value;
    DTN_TRY(read_lambda(ctx, &value, lambda));
    return point(ctx, run, b, value);
}

static const dtn_option_spec options[] = {
    {"lambda", "NUMBER", NULL, "the equilibrium at this precision instead of the limit", false},
    {"data", "COUNTS", NULL, "fit: how often each strategy was observed, by player: 10,20,5,25", false},
    {"branch", "yes|no", "no", "list points of the branch on the way to the limit", false},
    {0},
};

const dtn_solver dtn_solver_logit = {
    .name = "logit",
    .title = "Quantal response equilibria: the limit of the principal branch, a point of it, its fit to data",
    .source = "R. McKelvey, T. Palfrey, Games and Economic Behavior 10 (1995); T. Turocy, Games and Economic "
              "Behavior 51 (2005)",
    .finds = DTN_FINDS_ONE,
    .compact = true,
    .options = options,
    .run_strategic = run_strategic,
};
