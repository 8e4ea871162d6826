/* Methods that find some equilibria of games with any number of players (global-newton, iterated-polymatrix, homotopy, simplicial): what they list
 * is in the complete list of `support`, equal seeds give equal answers, and finding nothing is never silent. */
#include "kit/games.h"

#include <math.h>

#include "solve/solver.h"

static const char *const method[] = {"global-newton", "iterated-polymatrix", "homotopy", "simplicial"};
enum { METHODS = sizeof method / sizeof *method };

static dtn_profiles *solve(dtn_ctx *ctx, const dtn_strategic *g, const char *name)
{
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &(dtn_solve_options){.method = name}));
    return r;
}

static bool is_near(const dtn_profiles *list, const dtn_profile *x)
{
    for (int k = 0; k < list->count; k++) {
        double away = 0;
        for (int i = 0; i < list->width; i++)
            away = fmax(
                away, fabs(dtn_rational_double(list->item[k].sigma + i) - dtn_rational_double(x->sigma + i)));
        if (away < 1e-9)
            return true;
    }
    return false;
}

static void what_is_listed_exists(void **state)
{
    dtn_ctx *ctx = *state;
    static const int sizes[][4] = {{3, 3, 3, 1}, {2, 2, 2, 2}, {3, 4, 1, 1}, {2, 3, 2, 1}};
    int found[METHODS] = {0}, all = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 4, sizes[seed % 4], seed, 1000);
        dtn_profiles *every = solve(ctx, g, "support");
        assert_int_equal(every->outcome, DTN_OUTCOME_COMPLETE);
        all += every->count;
        for (int m = 0; m < METHODS; m++) {
            dtn_profiles *r = solve(ctx, g, method[m]);
            assert_int_equal(r->outcome, r->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN);
            assert_non_null(r->note);
            for (int i = 0; i < r->count; i++) {
                assert_true(r->item[i].certified);
                assert_true(is_near(every, &r->item[i]));
                for (int k = 0; k < i; k++)
                    for (int j = 0, same = 0; j < r->width; j++) {
                        same += fmpq_equal(r->item[i].sigma + j, r->item[k].sigma + j);
                        assert_true(j + 1 < r->width || same < r->width);
                    }
            }
            found[m] += r->count;
            assert_true(m || r->count > 0); /* every ray of the global Newton method meets one */
            dtn_profiles_free(r);
        }
        dtn_profiles_free(every);
        dtn_strategic_free(g);
    }
    assert_true(found[0] > 9 * all / 10);
    assert_true(found[1] > all / 4);
    assert_true(found[2] > all / 5);
    assert_true(found[3] > all / 5);
}

static void equal_seeds_equal_answers(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){3, 2, 3}, 5, 100);
    for (int m = 0; m < METHODS; m++) {
        dtn_ctx_set_seed(ctx, 7);
        dtn_profiles *a = solve(ctx, g, method[m]), *b = solve(ctx, g, method[m]);
        assert_int_equal(a->count, b->count);
        for (int i = 0; i < a->count; i++)
            for (int j = 0; j < a->width; j++)
                assert_true(fmpq_equal(a->item[i].sigma + j, b->item[i].sigma + j));
        dtn_profiles_free(a);
        dtn_profiles_free(b);
    }
    dtn_strategic_free(g);
}

/* Ties everywhere: whatever happens to the path, what is listed is certified and the answer says what it is worth. */
static void ties(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 3}, seed, 1 + (int)(seed % 3));
        for (int m = 0; m < METHODS; m++) {
            dtn_profiles *r = solve(ctx, g, method[m]);
            assert_int_equal(r->outcome, r->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN);
            assert_non_null(r->note);
            dtn_profiles_free(r);
        }
        dtn_strategic_free(g);
    }
}

static void the_asked_number(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_random_game(ctx, 3, (int[]){2, 2, 2}, 9, 100);
    for (int m = 0; m < METHODS; m++) {
        dtn_profiles *r;
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &(dtn_solve_options){.method = method[m], .first = 1}));
        assert_true(r->count <= 1);
        dtn_profiles_free(r);
    }
    dtn_strategic_free(g);
}

typedef struct job {
    const dtn_strategic *game;
    const char *method;
} job;

static dtn_status work(dtn_ctx *ctx, void *user)
{
    const job *j = user;
    dtn_profiles *r;
    DTN_TRY(dtn_solve_strategic(ctx, &r, j->game, &(dtn_solve_options){.method = j->method, .first = 1}));
    dtn_profiles_free(r);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){2, 0, 0, 1}, (int[]){1, 0, 0, 2});
    for (int m = 0; m < METHODS; m++)
        kit_memory_sweep(work, &(job){g, method[m]});
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(what_is_listed_exists),
        kit_test(equal_seeds_equal_answers),
        kit_test(ties),
        kit_test(the_asked_number),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
