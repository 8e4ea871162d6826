/* Replicator dynamics and evolutionarily stable strategies: published games, and the definition tried at random. */
#include "kit/games.h"

#include "solve/ess.h"
#include "solve/solver.h"

static dtn_strategic *symmetric(dtn_ctx *ctx, int n, const int *a)
{
    int b[64];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            b[i * n + j] = a[j * n + i];
    return kit_bimatrix(ctx, n, n, a, b);
}

enum { MOST = 32 };
typedef struct list {
    fmpq *x[MOST];
    int count, n;
} list;

static dtn_status keep(dtn_ctx *ctx, void *user, const fmpq *x)
{
    list *l = user;
    assert_true(l->count < MOST);
    l->x[l->count] = dtn_arena_fmpq(ctx->scratch, (size_t)l->n);
    for (int i = 0; i < l->n; i++)
        fmpq_set(l->x[l->count] + i, x + i);
    l->count++;
    return DTN_OK;
}

static list stable(dtn_ctx *ctx, const dtn_strategic *g)
{
    list l = {.n = g->strategies[0]};
    assert_true(dtn_is_symmetric(g));
    assert_ok(ctx, dtn_ess_all(ctx, g, keep, &l));
    return l;
}

/* Maynard Smith and Price: hawks in proportion value / cost. */
static void hawk_and_dove(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = symmetric(ctx, 2, (int[]){-1, 4, 0, 2});
    list l = stable(ctx, g);
    assert_int_equal(l.count, 1);
    assert_fmpq_eq_str(l.x[0], "2/3");
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &(dtn_solve_options){.method = "replicator"}));
    assert_int_equal(r->count, 1);
    assert_int_equal(r->outcome, DTN_OUTCOME_COMPLETE);
    assert_fmpq_eq_str(r->item->sigma + 2, "2/3");
    assert_text_has(r->finding.answer, "comes to rest");
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Rock, paper, scissors: a win worth more than a loss costs makes the middle stable, worth less unstable, equal neutral. */
static void rock_paper_scissors(void **state)
{
    dtn_ctx *ctx = *state;
    static const int win[] = {2, 1, 1}, loss[] = {-1, -1, -2}, expected[] = {1, 0, 0};
    for (int k = 0; k < 3; k++) {
        int w = win[k], l = loss[k], a[9] = {0, l, w, w, 0, l, l, w, 0};
        dtn_strategic *g = symmetric(ctx, 3, a);
        assert_int_equal(stable(ctx, g).count, expected[k]);
        dtn_strategic_free(g);
    }
}

/* A strategy that does as well against itself as the resident does is neutral, not stable; pure coordination has n stable ones. */
static void ties(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = symmetric(ctx, 2, (int[]){1, 1, 1, 1});
    assert_int_equal(stable(ctx, g).count, 0);
    dtn_strategic_free(g);
    g = symmetric(ctx, 2,
                  (int[]){1, 1, 1, 0}); /* the second is as good against the first, worse against itself */
    list l = stable(ctx, g);
    assert_int_equal(l.count, 1);
    assert_fmpq_eq_str(l.x[0], "1");
    dtn_strategic_free(g);
    g = symmetric(ctx, 3, (int[]){1, 0, 0, 0, 1, 0, 0, 0, 1});
    assert_int_equal(stable(ctx, g).count, 3);
    dtn_strategic_free(g);
}

/* x A y - y A y > 0 for all other best replies y to x, or else y A x < x A x. */
static bool resists(const dtn_strategic *g, const fmpq *x, const fmpq *y)
{
    int n = g->strategies[0];
    fmpq_t own, invader, term;
    fmpq_init(own);
    fmpq_init(invader);
    fmpq_init(term);
    bool better = false;
    for (int round = 0; round < 2 && !better; round++) {
        const fmpq *against = round ? y : x;
        fmpq_zero(own);
        fmpq_zero(invader);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                fmpq_mul(term, against + j, dtn_payoffs_at(&g->payoff, 2 * (i + j * n)).q);
                fmpq_addmul(own, x + i, term);
                fmpq_addmul(invader, y + i, term);
            }
        better = fmpq_cmp(own, invader) > 0;
        if (fmpq_cmp(own, invader) < 0)
            break;
    }
    fmpq_clear(own);
    fmpq_clear(invader);
    fmpq_clear(term);
    return better;
}

static void no_mutant_invades(void **state)
{
    dtn_ctx *ctx = *state;
    int mixed = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        int n = 2 + (int)(seed % 3), a[16];
        uint64_t random = seed;
        for (int i = 0; i < n * n; i++)
            a[i] = (int)(kit_random(&random) % (seed % 2 ? 3 : 20));
        dtn_strategic *g = symmetric(ctx, n, a);
        list l = stable(ctx, g);
        fmpq *y = dtn_arena_fmpq(ctx->scratch, (size_t)n);
        for (int k = 0; k < l.count; k++) {
            bool pure = false;
            for (int i = 0; i < n; i++)
                pure = pure || fmpq_is_one(l.x[k] + i);
            mixed += !pure;
            for (int trial = 0; trial < 60; trial++) {
                long part[4], sum = 0;
                bool same = true;
                for (int i = 0; i < n; i++)
                    sum += part[i] = (long)(kit_random(&random) % 4);
                for (int i = 0; i < n && sum; i++) {
                    fmpq_set_si(y + i, part[i], (ulong)sum);
                    if (trial % 2) { /* a mutant close by */
                        fmpq_addmul(y + i, l.x[k] + i, (fmpq[]){{1000, 1}});
                        fmpq_div_fmpz(y + i, y + i, (fmpz[]){1001});
                    }
                    same = same && fmpq_equal(y + i, l.x[k] + i);
                }
                /* Close ones cannot invade; far ones cannot where they are best replies. */
                if (sum && !same && trial % 2)
                    assert_true(resists(g, l.x[k], y));
            }
        }
        dtn_strategic_free(g);
    }
    assert_true(mixed > 5);
}

/* Matching pennies: the path circles, its average is the equilibrium. */
static void circles(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 2, 2, (int[]){1, -1, -1, 1}, (int[]){-1, 1, 1, -1});
    dtn_options more = {0};
    dtn_profiles *r;
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "start", "0.7,0.3,0.5,0.5"));
    dtn_solve_options o = {.method = "replicator", .more = &more};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_text_has(r->finding.answer, "still moves");
    assert_int_equal(r->count, 1);
    assert_fmpq_eq_str(r->item->sigma, "1/2");
    dtn_profiles_free(r);
    more = (dtn_options){0};
    assert_ok(ctx, dtn_options_add(ctx, ctx->scratch, &more, "start", "0.7,0,0.5,0.5"));
    assert_status(ctx, DTN_ARG, dtn_solve_strategic(ctx, &r, g, &o));
    assert_error_has(ctx, "start");
    dtn_strategic_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(hawk_and_dove), kit_test(rock_paper_scissors), kit_test(ties), kit_test(no_mutant_invades),
        kit_test(circles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
