/* Action-graph games without their table: expected payoffs, slopes, the verifiers and balls against the table, which is made
 * profile by profile from the definition. */
#include "kit/games.h"
#include "kit/random_graph.h"

#include <string.h>

#include "solve/expected.h"
#include "solve/graph_ball.h"
#include "solve/verify.h"

enum { GAMES = 60 };

static kit_random_graph_spec spec_of(int seed)
{
    return (kit_random_graph_spec){.players = 2 + seed % 3,
                                   .actions = 2 + seed / 3 % 4,
                                   .functions = seed % 4,
                                   .bayesian = seed % 5 >= 3,
                                   .alike = seed % 4 == 1,
                                   .range = seed % 2 ? 1000 : 7};
}

typedef struct both {
    dtn_strategic *compact, *table;
    int width;
    fmpq *sigma;
    double *x;
} both;

static both make(dtn_ctx *ctx, int seed)
{
    both b = {0};
    uint64_t state = (uint64_t)seed + 1000;
    kit_random_graph_spec spec = spec_of(seed);
    b.compact = kit_random_graph(ctx, &spec, (uint64_t)seed);
    assert_ok(ctx, dtn_strategic_expand(ctx, &b.table, b.compact, 100000));
    for (int p = 0; p < b.table->players; p++)
        b.width += b.table->strategies[p];
    b.sigma = dtn_arena_fmpq(ctx->scratch, (size_t)b.width);
    b.x = dtn_arena_array(ctx->scratch, (size_t)b.width, sizeof *b.x);
    kit_random_mixture(b.sigma, b.compact, &state);
    for (int i = 0; i < b.width; i++)
        b.x[i] = dtn_rational_double(b.sigma + i);
    return b;
}

static void drop(both *b)
{
    dtn_strategic_free(b->compact);
    dtn_strategic_free(b->table);
}

/* The least payoff of a player in the table. */
static double least_of(const dtn_strategic *g, int p)
{
    double least = dtn_payoffs_double(&g->payoff, 0, (size_t)p);
    for (size_t i = 1; i < g->profiles; i++) {
        double x = dtn_payoffs_double(&g->payoff, i, (size_t)p);
        least = x < least ? x : least;
    }
    return least;
}

/* Payoffs and slopes where probabilities do not sum to 1. */
static void off_simplices(dtn_expected *compact, dtn_expected *table, double same, double *x, double *u,
                          double *du)
{
    size_t w = (size_t)compact->width;
    double *v = u + w, *dv = du + w * w;
    for (size_t i = 0; i < w; i++)
        x[i] *= 1 + 0.1 * (double)(i % 3);
    dtn_expected_at(compact, u, du, x);
    dtn_expected_at(table, v, dv, x);
    for (size_t i = 0; i < w; i++)
        assert_close(u[i] * same, v[i], 1e-9);
    for (size_t i = 0; i < w * w; i++)
        assert_close(du[i] * same, dv[i], 1e-9);
    for (size_t i = 0; i < w; i++)
        x[i] /= 1 + 0.1 * (double)(i % 3);
    dtn_expected_at(table, v, dv, x);
}

static void expected_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    for (int seed = 0; seed < GAMES; seed++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        both b = make(ctx, seed);
        dtn_expected *compact, *table;
        size_t w = (size_t)b.width;
        double *u = dtn_arena_array(ctx->scratch, 2 * w, sizeof *u), *v = u + w;
        double *du = dtn_arena_array(ctx->scratch, 2 * w * w, sizeof *du), *dv = du + w * w;
        assert_ok(ctx, dtn_expected_new(ctx, &compact, b.compact));
        assert_ok(ctx, dtn_expected_new(ctx, &table, b.table));
        dtn_expected_at(compact, u, du, b.x);
        dtn_expected_at(table, v, dv, b.x);
        double same = compact->scale / table->scale;
        for (int p = 0;
             p < b.table->players && least_of(b.table, p) == compact->least[p] && b.table->strategies[p] > 1;
             p++)
            if (p + 1 == b.table->players) /* off the simplices, too, where the same is taken off all payoffs */
                off_simplices(compact, table, same, b.x, u, du);
        dtn_expected_at(compact, u, du, b.x);
        for (int p = 0; p < b.table->players; p++) {
            double least = least_of(b.table, p);
            for (int i = table->first[p]; i < table->first[p] + b.table->strategies[p]; i++) {
                assert_close(u[i] * compact->scale + compact->least[p], v[i] * table->scale + least, 1e-9);
                for (int q = 0; q < b.table->players; q++)
                    for (int j = table->first[q]; j < table->first[q] + b.table->strategies[q]; j++) {
                        size_t at = (size_t)i * w + (size_t)j;
                        assert_close(p == q ? du[at] : du[at] * compact->scale + compact->least[p],
                                     p == q ? 0 : dv[at] * table->scale + least, 1e-9);
                    }
            }
        }
        dtn_expected_at(compact, v, NULL, b.x);
        for (size_t i = 0; i < w; i++)
            assert_close(u[i], v[i], 1e-12);
        drop(&b);
        dtn_arena_release(ctx->scratch, mark);
    }
}

static void exact_verifier(void **state)
{
    dtn_ctx *ctx = *state;
    for (int seed = 0; seed < GAMES; seed++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        both b = make(ctx, seed);
        int players = b.table->players;
        fmpq *found = dtn_arena_fmpq(ctx->scratch, 4 * (size_t)players);
        assert_ok(ctx, dtn_verify_strategic(ctx, found, found + players, b.compact, b.sigma));
        assert_ok(ctx, dtn_verify_strategic(ctx, found + 2 * players, found + 3 * players, b.table, b.sigma));
        for (int i = 0; i < 2 * players; i++)
            assert_true(fmpq_equal(found + i, found + 2 * players + i));
        fmpq_add_si(b.sigma, b.sigma, 1);
        assert_status(ctx, DTN_ARG, dtn_verify_strategic(ctx, found, found + players, b.compact, b.sigma));
        drop(&b);
        dtn_arena_release(ctx->scratch, mark);
    }
}

/* Balls hold the exact payoffs, and slopes those of the doubles. */
static void balls(void **state)
{
    dtn_ctx *ctx = *state;
    for (int seed = 0; seed < GAMES; seed++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        both b = make(ctx, seed);
        dtn_graph_ball *ball;
        dtn_expected *e;
        size_t w = (size_t)b.width;
        arb_struct *x = dtn_arena_arb(ctx->scratch, 2 * w), *u = x + w;
        double *du = dtn_arena_array(ctx->scratch, w + w * w, sizeof *du), *v = du + w * w;
        const dtn_action_graph *g = b.compact->graph;
        arb_mat_t slope;
        arb_mat_init(slope, b.width, b.width);
        for (size_t i = 0; i < w; i++)
            arb_set_fmpq(x + i, b.sigma + i, 200);
        assert_ok(ctx, dtn_graph_ball_new(ctx, &ball, g, b.sigma));
        assert_ok(ctx, dtn_graph_ball_at(ctx, ball, u, slope, x, 200));
        assert_ok(ctx, dtn_expected_new(ctx, &e, b.table));
        dtn_expected_at(e, v, du, b.x);
        for (int p = 0; p < g->agents; p++) {
            double least = least_of(b.table, p);
            for (int i = e->first[p]; i < e->first[p] + b.table->strategies[p]; i++) {
                assert_close(arf_get_d(arb_midref(u + i), ARF_RND_NEAR), v[i] * e->scale + least, 1e-9);
                /* what j adds over the first strategy of its player: the same however slopes treat the sum of probabilities */
                for (int q = 0; q < g->agents; q++)
                    for (int j = e->first[q]; j < e->first[q] + b.table->strategies[q] && q != p; j++) {
                        double there =
                            arf_get_d(arb_midref(arb_mat_entry(slope, i, j)), ARF_RND_NEAR) -
                            arf_get_d(arb_midref(arb_mat_entry(slope, i, e->first[q])), ARF_RND_NEAR);
                        double known = du[(size_t)i * w + (size_t)j] - du[(size_t)i * w + (size_t)e->first[q]];
                        assert_close(there, known * e->scale, 1e-9);
                    }
            }
        }
        arb_mat_clear(slope);
        drop(&b);
        dtn_arena_release(ctx->scratch, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(expected_payoffs),
        kit_test(exact_verifier),
        kit_test(balls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
