/* Rationalizability: published games, and the definition by brute force over point beliefs where they suffice. */
#include "kit/games.h"

#include "solve/solver.h"

static const dtn_solve_options o = {.method = "rationalizable"};

static int left(const dtn_profiles *r)
{
    int count = 0;
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "remaining");
    for (const dtn_finding_row *row = t->row; row; row = row->next) {
        dtn_cell c = dtn_finding_cell_of(t, row, "strategies");
        for (int s = 0; s < r->strategies[c.player]; s++)
            count += c.in[s];
    }
    return count;
}

/* Bernheim (1984), figure 1: a1, a2, a3 and b1, b2, b3 are rationalizable, a4 and b4 are not. */
static void bernheim(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_strategic *g = kit_bimatrix(ctx, 4, 4, (int[]){0, 2, 7, 0, 5, 3, 5, 0, 7, 2, 0, 0, 0, 0, 0, 10},
                                    (int[]){7, 5, 0, 1, 2, 3, 2, 1, 0, 5, 7, 1, 0, -2, 0, -1});
    dtn_profiles *r;
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
    assert_int_equal(left(r), 6);
    const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "eliminated");
    assert_int_equal(t->rows, 2);
    assert_int_equal(dtn_finding_cell_of(t, t->row, "strategy").player, 1);
    assert_int_equal(dtn_finding_cell_of(t, t->row, "strategy").strategy, 3);
    assert_non_null(r->finding.certificate);
    dtn_profiles_free(r);
    dtn_strategic_free(g);
}

/* Every equilibrium uses rationalizable strategies only. */
static void equilibria_are_rationalizable(void **state)
{
    dtn_ctx *ctx = *state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dtn_strategic *g = kit_random_game(ctx, 2, (int[]){5, 4}, seed, seed % 2 ? 6 : 100);
        dtn_profiles *r, *e;
        assert_ok(ctx, dtn_solve_strategic(ctx, &r, g, &o));
        assert_ok(ctx, dtn_solve_strategic(ctx, &e, g, &(dtn_solve_options){.method = "extreme"}));
        const dtn_finding_table *t = dtn_finding_table_of(&r->finding, "eliminated");
        for (const dtn_finding_row *row = t ? t->row : NULL; row; row = row->next) {
            dtn_cell c = dtn_finding_cell_of(t, row, "strategy");
            for (int i = 0; i < e->count; i++)
                assert_true(fmpq_is_zero(e->item[i].sigma + e->first[c.player] + c.strategy));
        }
        dtn_profiles_free(r);
        dtn_profiles_free(e);
        dtn_strategic_free(g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(bernheim),
        kit_test(equilibria_are_rationalizable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
