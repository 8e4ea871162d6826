/* Efficiency and bargaining: published solutions, axioms as invariances, certificates that fail when bent. */
#include "kit/games.h"

#include "solve/solver.h"
#include "solve/verify_finding.h"

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *method, const char *disagreement)
{
    dtn_options more = {0};
    if (disagreement)
        assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "disagreement", disagreement));
    dtn_solve_options o = {.method = method, .more = &more};
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_non_null(r->finding.certificate);
    return r;
}

static const fmpq *gets(const dtn_profiles *r, int p)
{
    const dtn_finding_row *row = dtn_finding_table_of(&r->finding, "payoffs")->row;
    return (p ? row->next : row)->cell[2].exact;
}

static void agree(dtn_ctx *ctx, const dtn_strategic *g, const char *method, const char *disagreement,
                  const char *one, const char *two)
{
    dtn_profiles *r = solve(ctx, g, method, disagreement);
    assert_fmpq_eq_str(gets(r, 0), one);
    assert_fmpq_eq_str(gets(r, 1), two);
    dtn_profiles_free(r);
}

/* A frontier with corners (4, 0), (3, 3), (0, 4), and nothing worth less than 0. */
static dtn_strategic *kinked(dtn_ctx *ctx)
{
    return kit_bimatrix(ctx, 2, 2, (int[]){4, 0, 3, 0}, (int[]){0, 0, 3, 4});
}

static void symmetric_problems_have_symmetric_solutions(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kinked(ctx);
    agree(ctx, g, "nash-bargaining", "0,0", "3", "3");
    agree(ctx, g, "kalai-smorodinsky", "0,0", "3", "3");
    dtn_strategic_free(g);
    g = kit_bimatrix(ctx, 2, 2, (int[]){2, 0, 0, 1}, (int[]){1, 0, 0, 2}); /* battle of the sexes: 3/2 each */
    agree(ctx, g, "nash-bargaining", NULL, "3/2", "3/2");
    agree(ctx, g, "kalai-smorodinsky", NULL, "3/2", "3/2");
    dtn_strategic_free(g);
}

/* Kalai and Smorodinsky (1975): cutting off what player 1 cannot get more than moves their solution but not Nash's. Corners
 * (4, 0), (4, 4), (0, 8) against (8, 0), (0, 8): Nash gives (4, 4) in both, they give player 2 more in the first. */
static void monotonicity_and_independence(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *whole = kit_bimatrix(ctx, 1, 3, (int[]){8, 0, 0}, (int[]){0, 8, 0});
    dtn_strategic *cut = kit_bimatrix(ctx, 1, 4, (int[]){4, 4, 0, 0}, (int[]){0, 4, 8, 0});
    agree(ctx, whole, "nash-bargaining", "0,0", "4", "4");
    agree(ctx, cut, "nash-bargaining", "0,0", "4", "4");
    agree(ctx, whole, "kalai-smorodinsky", "0,0", "4", "4");
    agree(ctx, cut, "kalai-smorodinsky", "0,0", "8/3", "16/3");
    dtn_strategic_free(whole);
    dtn_strategic_free(cut);
}

/* Rescaling a player's payoffs and the disagreement rescales both solutions. */
static void scale_does_not_matter(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const methods[] = {"nash-bargaining", "kalai-smorodinsky"};
    for (uint64_t seed = 1; seed <= 30; seed++) {
        uint64_t state_of = seed;
        int a[9], b[9], c[9];
        for (int i = 0; i < 9; i++) {
            a[i] = (int)(kit_random(&state_of) % 20);
            b[i] = (int)(kit_random(&state_of) % 20);
            c[i] = 3 * b[i] - 5;
        }
        dtn_strategic *g = kit_bimatrix(ctx, 3, 3, a, b), *h = kit_bimatrix(ctx, 3, 3, a, c);
        for (int k = 0; k < 2; k++) {
            dtn_profiles *x = solve(ctx, g, methods[k], NULL), *y = solve(ctx, h, methods[k], NULL);
            assert_int_equal(x->outcome, y->outcome);
            if (x->outcome != DTN_OUTCOME_NONE) {
                fmpq_t scaled;
                fmpq_init(scaled);
                fmpq_set_si(scaled, 3, 1);
                fmpq_mul(scaled, scaled, gets(x, 1));
                fmpq_sub_si(scaled, scaled, 5);
                assert_true(fmpq_equal(scaled, gets(y, 1)));
                assert_true(fmpq_equal(gets(x, 0), gets(y, 0)));
                fmpq_clear(scaled);
            }
            dtn_profiles_free(x);
            dtn_profiles_free(y);
        }
        dtn_strategic_free(g);
        dtn_strategic_free(h);
    }
}

static void nothing_to_gain(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, -1, -1, 1}, (int[]){-1, 1, 1, -1});
    dtn_profiles *r = solve(ctx, g, "nash-bargaining", NULL);
    assert_int_equal(r->outcome, DTN_OUTCOME_NONE);
    assert_text_has(r->finding.answer, "nothing to bargain");
    dtn_profiles_free(r);
    r = solve(ctx, g, "kalai-smorodinsky", "7,7");
    assert_int_equal(r->outcome, DTN_OUTCOME_NONE);
    dtn_profiles_free(r);
    dtn_options more = {0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "disagreement", "1;2"));
    dtn_solve_options o = {.method = "nash-bargaining", .more = &more};
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "two numbers");
    dtn_strategic_free(g);
}

/* Only the equilibrium of the prisoners' dilemma is inefficient. */
static void pareto_profiles(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_profiles *r = solve(ctx, g, "pareto", NULL);
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "efficient");
    assert_int_equal(t->rows, 3);
    for (const dtn_finding_row *row = t->row; row; row = row->next)
        assert_string_equal(dtn_finding_cell_of(t, row, "equilibrium").text, "no");
    assert_int_equal(dtn_finding_table_of(&r->finding, "frontier")->rows, 3);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
    static const int sizes[][3] = {{4, 3, 1}, {2, 3, 4}, {5, 5, 1}};
    for (uint64_t seed = 1; seed <= 30; seed++) { /* the verifier compares all with all */
        g = kit_random_game(ctx, seed % 3 == 1 ? 3 : 2, sizes[seed % 3], seed, seed % 2 ? 4 : 100);
        dtn_profiles_free(solve(ctx, g, "pareto", NULL));
        dtn_strategic_free(g);
    }
}

static void bent_certificates_fail(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kinked(ctx);
    dtn_profiles *r = solve(ctx, g, "pareto", NULL);
    dtn_finding_table *t = (dtn_finding_table *)dtn_finding_table_of(&r->finding, "efficient");
    t->row = t->row->next;
    assert_status(ctx, DTN_INTERNAL, dtn_verify_pareto(ctx, &r->finding, g));
    assert_error_has(ctx, "missing");
    dtn_profiles_free(r);
    r = solve(ctx, g, "nash-bargaining", "0,0");
    const dtn_finding_row *row = dtn_finding_table_of(&r->finding, "lottery")->row;
    ((dtn_cell *)row->cell)[1].strategy ^= 1;
    assert_status(ctx, DTN_INTERNAL, dtn_verify_bargaining(ctx, &r->finding, g));
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    static const char *const methods[] = {"pareto", "nash-bargaining", "kalai-smorodinsky"};
    for (int i = 0; i < 3; i++) {
        dtn_profiles *r;
        dtn_solve_options o = {.method = methods[i]};
        DTN_TRY(dtn_solve_strategic(ctx, &r, user, &o));
        dtn_profiles_free(r);
    }
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kinked(ctx);
    kit_memory_sweep(work, g);
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(symmetric_problems_have_symmetric_solutions),
        kit_test(monotonicity_and_independence),
        kit_test(scale_does_not_matter),
        kit_test(nothing_to_gain),
        kit_test(pareto_profiles),
        kit_test(bent_certificates_fail),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
