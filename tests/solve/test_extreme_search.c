/* Inside of the solver extreme: bounds that prove, cores solved modulo primes, the two searches and threads agree. */
#include "kit/games.h"

#include <string.h>

#include <flint/fmpz_mat.h>

#include "detente/model.h"
#include "model/model.h"
#include "solve/extreme_search.h"
#include "solve/verify.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g)
{
    dtn_profiles *r;
    dtn_solve_options o = {.method = "extreme"};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    return r;
}

static void same_profiles(const dtn_profiles *a, const dtn_profiles *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->components, b->components);
    assert_int_equal(a->subsets, b->subsets);
    for (int i = 0; i < a->count; i++) {
        assert_int_equal(a->item[i].component, b->item[i].component);
        for (int k = 0; k < a->width; k++)
            assert_true(fmpq_equal(a->item[i].sigma + k, b->item[i].sigma + k));
    }
}

/* --- cores ---------------------------------------------------------------------------------------- */

/* M y = det(M) 1 and the sign of det(M), for entries from one bit to several hundred. */
static void cores_are_exact(void **state)
{
    dtn_ctx *ctx = *state;
    for (int bits = 1; bits <= 400; bits = bits * 2 + 3)
        for (uint64_t seed = 1; seed <= 6; seed++) {
            int size = 2 + (int)seed, index[9];
            uint64_t r = seed;
            dtn_strategic *plain = kit_random_game(ctx, 2, (int[]){size, size}, seed, 1000);
            fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 2 * plain->profiles);
            for (size_t i = 0; i < 2 * plain->profiles; i++)
                for (int b = 0; b < bits; b++) {
                    fmpz_mul_2exp(fmpq_numref(payoff + i), fmpq_numref(payoff + i), 1);
                    fmpz_add_ui(fmpq_numref(payoff + i), fmpq_numref(payoff + i), kit_random(&r) & 1);
                }
            dtn_strategic *g;
            assert_ok(ctx, dtn_strategic_new(ctx, &g, "", 2, plain->strategies, NULL, NULL, payoff));
            dtn_polytope p[DTN_SIDES];
            dtn_core *core;
            assert_ok(ctx, dtn_polytopes_make(ctx, p, g));
            assert_ok(ctx, dtn_core_new(ctx, ctx->scratch, &core, p));
            for (int i = 0; i < size; i++)
                index[i] = i;
            fmpz_mat_t m;
            fmpz_mat_init(m, size, size);
            for (int i = 0; i < size * size; i++)
                fmpz_set(fmpz_mat_entry(m, i / size, i % size), p[0].cell + i);
            fmpz_t det, sum;
            fmpz_init(det);
            fmpz_init(sum);
            fmpz_mat_det(det, m);
            assert_int_equal(dtn_core_solve(core, &p[0], index, index, size), !fmpz_is_zero(det));
            if (!fmpz_is_zero(det)) {
                assert_int_equal(core->sign, fmpz_sgn(det));
                for (int i = 0; i <= size && core->narrow; i++)
                    fmpz_set_signed_uiui(core->wide + i, (ulong)(core->number[i] >> 64),
                                         (ulong)core->number[i]);
                assert_int_equal(fmpz_cmpabs(core->wide + size, det), 0);
                for (int i = 0; i < size; i++) {
                    fmpz_zero(sum);
                    for (int j = 0; j < size; j++)
                        fmpz_addmul(sum, fmpz_mat_entry(m, i, j), core->wide + j);
                    assert_true(fmpz_equal(sum, core->wide + size));
                }
            }
            fmpz_clear(det);
            fmpz_clear(sum);
            fmpz_mat_clear(m);
            dtn_strategic_free(g);
            dtn_strategic_free(plain);
        }
}

/* --- bounds --------------------------------------------------------------------------------------- */

/* On random faces: whatever the bounds prove, the integers confirm; and they prove nearly all that is true. */
static void bounds_prove_truths_only(void **state)
{
    dtn_ctx *ctx = *state;
    const dtn_kernel *kernel = dtn_kernel_best();
    int proved = 0, missed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dtn_strategic *g =
            kit_random_game(ctx, 2, (int[]){6, 7}, seed, (int[]){3, 10, 1000, 1000000}[seed % 4]);
        dtn_profile_run run = {0};
        dtn_extreme s = {.run = &run, .m = 6, .n = 7, .labels = 13};
        assert_ok(ctx, dtn_polytopes_make(ctx, s.polytope, g));
        for (int w = 0; w < DTN_SIDES; w++)
            assert_ok(ctx, dtn_extreme_root(ctx, &s, (dtn_side)w));
        assert_ok(ctx, dtn_exact_new(ctx, &s));
        uint64_t r = seed;
        for (int w = 0; w < DTN_SIDES; w++) {
            dtn_tableau *t;
            dtn_labels tight = {{0}};
            assert_ok(ctx, dtn_tableau_new(ctx, ctx->scratch, &t, &s.polytope[w], 13));
            dtn_tableau_start(t, kernel, &s.polytope[w]);
            for (int k = 0; k < 5; k++) {
                int label = (int)(kit_random(&r) % 13);
                dtn_forced forced = dtn_tableau_force(t, kernel, label);
                if (forced == DTN_FORCED)
                    dtn_labels_add(&tight, label);
                for (int l = 0; l < 13; l++) {
                    if (t->place[l] < 0)
                        continue;
                    bool claims = dtn_tableau_proves(t, kernel, &s.polytope[w], l);
                    if (claims)
                        assert_true(dtn_exact_positive(&s, (dtn_side)w, &tight, l));
                    if (l == label && forced == DTN_FORCED_EMPTY)
                        *(claims ? &proved : &missed) += 1;
                }
                if (forced != DTN_FORCED)
                    break;
            }
        }
        dtn_strategic_free(g);
    }
    assert_true(proved > 30);
    assert_true(missed * 20 <= proved);
}

/* --- whole games ---------------------------------------------------------------------------------- */

static dtn_strategic *read_game(dtn_ctx *ctx, dtn_model **model, const char *name)
{
    dtn_diags *diags;
    assert_ok(ctx, dtn_model_read(ctx, model, &diags, kit_source_path(ctx->scratch, name)));
    dtn_diags_free(diags);
    return (*model)->strategic;
}

/* Dual cyclic games, on which fixed tolerances count wrong. Counts by lrsnash. */
static void dual_cyclic_games(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *name;
        int count;
    } known[] = {{"tests/solve/games/hard-10.nfg", 1},
                 {"tests/solve/games/cyclic-10.nfg", 503},
                 {"tests/solve/games/many-10.nfg", 591}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        dtn_model *model;
        dtn_profiles *r = solve(ctx, read_game(ctx, &model, known[i].name));
        assert_int_equal(r->count, known[i].count);
        assert_int_equal(r->components, known[i].count);
        dtn_profiles_free(r);
        dtn_model_free(model);
    }
}

/* A 65th strategy does not fit the search in doubles; dominated, it changes nothing. */
static void beyond_sixty_four(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){64, 4}, 5, 1000), *h;
    fmpq *payoff = dtn_arena_fmpq(ctx->scratch, (size_t)2 * 65 * 4);
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 65; i++)
            for (int p = 0; p < 2; p++) {
                fmpq *to = payoff + 2 * (i + 65 * j) + p;
                if (i < 64)
                    fmpq_set(to, dtn_payoffs_at(&g->payoff, 2 * (i + 64 * j) + p).q);
                else
                    fmpq_set_si(to, p ? 3 : -1000, 1);
            }
    assert_ok(ctx, dtn_strategic_new(ctx, &h, "", 2, (int[]){65, 4}, NULL, NULL, payoff));
    dtn_profiles *r = solve(ctx, g), *s = solve(ctx, h);
    assert_int_equal(r->count, s->count);
    for (int i = 0; i < r->count; i++)
        for (int k = 0; k < 68; k++)
            assert_true(fmpq_equal(r->item[i].sigma + k, s->item[i].sigma + k + (k >= 64)));
    dtn_profiles_free(r);
    dtn_profiles_free(s);
    dtn_strategic_free(g);
    dtn_strategic_free(h);
}

/* Payoffs of a hundred digits, affinely changed: the same equilibria. */
static void long_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){5, 6}, seed, seed % 2 ? 3 : 1000), *h;
        fmpq *payoff = dtn_arena_fmpq(ctx->scratch, 2 * g->profiles);
        fmpq_t scale;
        fmpq_init(scale);
        fmpz_ui_pow_ui(fmpq_numref(scale), 10, 100);
        fmpz_ui_pow_ui(fmpq_denref(scale), 3, 50);
        for (size_t i = 0; i < 2 * g->profiles; i++) {
            fmpq_mul(payoff + i, dtn_payoffs_at(&g->payoff, i).q, scale);
            fmpq_add_si(payoff + i, payoff + i, 7);
        }
        fmpq_clear(scale);
        assert_ok(ctx, dtn_strategic_new(ctx, &h, "", 2, g->strategies, NULL, NULL, payoff));
        dtn_profiles *r = solve(ctx, g), *s = solve(ctx, h);
        same_profiles(r, s);
        dtn_profiles_free(r);
        dtn_profiles_free(s);
        dtn_strategic_free(g);
        dtn_strategic_free(h);
    }
}

static void threads_agree(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){8, 9}, seed, seed % 2 ? 1000 : 3);
        dtn_ctx_set_threads(ctx, 1);
        dtn_profiles *one = solve(ctx, g);
        for (int threads = 2; threads <= 8; threads *= 4) {
            dtn_ctx_set_threads(ctx, threads);
            dtn_profiles *more = solve(ctx, g);
            same_profiles(one, more);
            dtn_profiles_free(more);
        }
        dtn_profiles_free(one);
        dtn_strategic_free(g);
    }
}

/* Every certificate fails as soon as one equilibrium strategy is moved by 10^-30; and the proof of completeness is told. */
static void perturbed_equilibria_fail(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 2, (int[]){7, 7}, 4, 1000);
    dtn_profiles *r;
    dtn_solve_options o = {.method = "extreme", .certify = true};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_text_has(r->proof, "sum to 1");
    fmpq *judged = dtn_arena_fmpq(ctx->scratch, 4);
    fmpq_t little;
    fmpq_init(little);
    fmpq_set_si(little, 1, 1);
    fmpz_ui_pow_ui(fmpq_denref(little), 10, 30);
    assert_true(r->count > 0);
    for (int i = 0; i < r->count; i++)
        for (int first = 0; first < 14; first += 7) {
            fmpq *x = r->item[i].sigma + first;
            int from = 0;
            while (fmpq_is_zero(x + from))
                from++;
            int to = (from + 1) % 7;
            assert_ok(ctx, dtn_verify_strategic(ctx, judged, judged + 2, g, r->item[i].sigma));
            assert_true(fmpq_is_zero(judged + 2) && fmpq_is_zero(judged + 3));
            fmpq_sub(x + from, x + from, little);
            fmpq_add(x + to, x + to, little);
            assert_ok(ctx, dtn_verify_strategic(ctx, judged, judged + 2, g, r->item[i].sigma));
            assert_true(fmpq_sgn(judged + 2) > 0 || fmpq_sgn(judged + 3) > 0);
            fmpq_add(x + from, x + from, little);
            fmpq_sub(x + to, x + to, little);
        }
    fmpq_clear(little);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* An interruption reaches all threads. */
static void threads_stop(void **state)
{
    dtn_ctx *ctx = *state;
    int a[256] = {0};
    for (int i = 0; i < 16; i++)
        a[17 * i] = 1;
    dtn_strategic *g = kit_bimatrix(ctx, 16, 16, a, a);
    dtn_profiles *r = NULL;
    dtn_ctx_set_threads(ctx, 3);
    dtn_ctx_set_time_limit(ctx, 0.05);
    dtn_solve_options o = {.method = "extreme"};
    dtn_status status = dtn_solve_strategic(ctx, &r, g, &o);
    assert_true(status == DTN_LIMIT || (status == DTN_OK && r->stopped == DTN_LIMIT));
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(cores_are_exact),   kit_test(bounds_prove_truths_only),
        kit_test(dual_cyclic_games), kit_test(beyond_sixty_four),
        kit_test(long_payoffs),      kit_test(threads_agree),
        kit_test(threads_stop),      kit_test(perturbed_equilibria_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
