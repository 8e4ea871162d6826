/* Compiled games: payoffs and best replies from the flat arrays agree with the tree, for every kernel and kind of tree. */
#include "kit/trees.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "detente/model.h"
#include "format/catalogue.h"
#include "model/game_tree.h"
#include "model/model.h"
#include "solve/cfr_train.h"
#include "solve/verify.h"

/* Strategies at random, some actions never played: as doubles in the compiled game, as fractions on the tree. */
static void draw(dtn_cfr_train *t, const dtn_tree *tree, fmpq *sigma, uint64_t seed)
{
    for (int p = 0; p < tree->players; p++) {
        const dtn_compiled_side *g = &t->game->side[p];
        for (int at = 0; at < DTN_LANES * g->slices; at++) {
            if (g->infoset[at] < 0)
                continue;
            const dtn_infoset *h = &tree->infoset[g->infoset[at]];
            assert_int_equal(h->player, p);
            assert_int_equal(g->first[at / DTN_LANES + 1] - g->first[at / DTN_LANES], h->actions);
            int part[64], total = 0;
            for (int a = 0; a < h->actions; a++)
                total += part[a] = (int)(dtn_random_next(&seed) % 4);
            part[0] += total == 0;
            total += total == 0;
            for (int a = 0; a < h->actions; a++) {
                fmpq_set_si(sigma + h->first_action + a, part[a], (ulong)total);
                t->average[p][DTN_LANES * (g->first[at / DTN_LANES] + a) + at % DTN_LANES] =
                    (double)part[a] / total;
            }
        }
    }
}

static void compare(dtn_ctx *ctx, const dtn_tree *tree)
{
    const dtn_cfr_kernel *kernels[] = {&dtn_cfr_plain, dtn_cfr_kernel_of_machine()};
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_compiled_game g;
    dtn_cfr_train *t;
    dtn_assessment a = {0};
    assert_ok(ctx, dtn_compile_tree(ctx, arena, &g, tree, false));
    assert_ok(ctx, dtn_cfr_train_new(ctx, arena, &t, &g, &(dtn_cfr_rule){0}, NULL));
    a.sigma = dtn_arena_fmpq(arena, (size_t)tree->actions);
    for (uint64_t seed = 1; seed < 4; seed++) {
        draw(t, tree, a.sigma, seed);
        dtn_verdict v;
        assert_ok(ctx, dtn_verify_tree_to(ctx, arena, &v, tree, &a, DTN_RUNG_NASH));
        for (int k = 0; k < 2; k++) {
            double reply[8], payoff[8];
            dtn_cfr_gap gap = {.reply = reply, .payoff = payoff};
            t->kernel = kernels[k];
            dtn_cfr_measure_averages(t, &gap);
            for (int p = 0; p < tree->players; p++) {
                assert_close(payoff[p], dtn_rational_double(v.payoff + p), 1e-9);
                assert_close(reply[p] - payoff[p], dtn_rational_double(v.regret + p), 1e-9);
            }
        }
    }
    dtn_arena_free(arena);
}

static void by_name(void **state)
{
    const char *const names[] = {"@kuhn", "@kuhn?players=3&cards=4", "@leduc?suits=merged", "@kuhn?cards=12"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        dtn_model *model;
        assert_ok(*state, dtn_model_read(*state, &model, NULL, names[i]));
        compare(*state, model->tree);
        dtn_model_free(model);
    }
}

static void at_random(void **state)
{
    int compared = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        dtn_tree *tree = kit_random_tree(*state, 1 + (int)(seed % 4), 5, seed, 10);
        if (tree->perfect_recall) {
            compare(*state, tree);
            compared++;
        }
        dtn_tree_free(tree);
    }
    assert_true(compared > 10);
}

/* Six hands lead through the whole game lane by lane: nothing is gathered. */
static void lanes(void **state)
{
    dtn_model *model;
    dtn_compiled_game g;
    dtn_arena *arena = dtn_arena_new(*state);
    assert_ok(*state, dtn_model_read(*state, &model, NULL, "@kuhn?cards=6"));
    assert_ok(*state, dtn_compile_tree(*state, arena, &g, model->tree, false));
    for (int p = 0; p < 2; p++) {
        const dtn_compiled_side *s = &g.side[p];
        assert_int_equal(s->infosets, 12);
        assert_int_equal(s->slices, 2);
        assert_int_equal(s->own[s->vectors], 0);
        for (int k = 0; k < s->slices; k++)
            assert_true(s->above[k] >= 0);
        assert_int_equal(s->loose[s->vectors], 0);
    }
    dtn_model_free(model);
    dtn_arena_free(arena);
}

/* From the functions and from the tree: the same arrays. */
static void without_tree(void **state)
{
    const char *const names[] = {"leduc", "kuhn?players=3&cards=4", "liars-dice?faces=3",
                                 "goofspiel?order=random&cards=3"};
    dtn_ctx *ctx = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_game game;
        dtn_tree *tree;
        dtn_compiled_game x, y;
        bool is;
        assert_ok(ctx, dtn_catalogue_game(ctx, arena, &is, &game, names[i]));
        assert_true(is);
        assert_ok(ctx, dtn_tree_of_game(ctx, &tree, &game));
        assert_ok(ctx, dtn_compile_tree(ctx, arena, &x, tree, true));
        assert_ok(ctx, dtn_compile_game(ctx, arena, &y, &game, true));
        assert_int_equal(x.ends, y.ends);
        assert_int_equal(x.play.nodes, tree->nodes);
        assert_memory_equal(x.play.node, y.play.node, (size_t)x.play.nodes * sizeof *x.play.node);
        assert_memory_equal(x.play.payoff, y.play.payoff, x.ends * (size_t)x.players * sizeof(double));
        for (int p = 0; p < x.players; p++) {
            const dtn_compiled_side *a = &x.side[p], *b = &y.side[p];
            assert_int_equal(a->infosets, b->infosets);
            assert_int_equal(a->vectors, b->vectors);
            assert_memory_equal(a->row, b->row, (size_t)a->slices * DTN_LANES * sizeof *a->row);
            assert_memory_equal(a->shared, b->shared, ((size_t)a->vectors + 1) * sizeof *a->shared);
            for (size_t k = 0; k < a->shared[a->vectors] * DTN_LANES; k++)
                assert_close(a->shared_value[k], b->shared_value[k], 1e-15);
        }
        dtn_tree_free(tree);
        dtn_arena_free(arena);
    }
}

static dtn_status compile_it(dtn_ctx *ctx, void *user)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_game game;
    dtn_compiled_game g;
    bool is;
    (void)user;
    if (!arena)
        return dtn_fail_nomem(ctx);
    dtn_status status = dtn_catalogue_game(ctx, arena, &is, &game, "kuhn");
    if (status == DTN_OK)
        status = dtn_compile_game(ctx, arena, &g, &game, true);
    dtn_arena_free(arena);
    return status;
}

static void memory(void **state)
{
    (void)state;
    assert_true(kit_memory_sweep(compile_it, NULL) > 0);
}

static void no_recall(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_compiled_game g;
    dtn_tree *t = kit_tree(ctx, "EFG 2 R \"forgets\" { \"1\" }\n"
                                "p \"\" 1 1 \"\" { \"l\" \"r\" } 0\n"
                                "p \"\" 1 2 \"\" { \"l\" \"r\" } 0 t \"\" 1 \"\" { 1 } t \"\" 2 \"\" { 2 }\n"
                                "p \"\" 1 2 0 t \"\" 1 t \"\" 2");
    assert_status(ctx, DTN_DOMAIN, dtn_compile_tree(ctx, ctx->scratch, &g, t, false));
    assert_error_has(ctx, "perfect recall");
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(by_name),      kit_test(at_random), kit_test(lanes),
                                       kit_test(without_tree), kit_test(memory),    kit_test(no_recall)};
    return cmocka_run_group_tests_name("compiled_game", tests, NULL, NULL);
}
