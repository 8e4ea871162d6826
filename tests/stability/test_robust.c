/* Necessary and possible equilibria are the extremes of what rankings that agree with the certain comparisons give. */
#include "stability/oracle.h"

#include "stability/result.h"
#include "stability/robust.h"

static const char *const five[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

static bool equilibrium(const model *m, const char *name, int s)
{
    for (int i = 0; i < m->players; i++)
        if (!stable_by_definition(m, name, i, s))
            return false;
    return true;
}

static void extremes(void **state)
{
    dtn_ctx *ctx = *state;
    static model m, moved;
    for (int n = 0; n < 60; n++) {
        dtn_conflict *c = random_conflict(
            ctx, &m,
            &(flavour){
                .options = 4, .one_way = n % 2, .infeasible = n % 3, .transitions = n % 5 == 0, .tiers = 9});
        int variant[PLAYERS] = {0}, blur = 1 + draw(4);
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_robust found;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        assert_ok(ctx, dtn_robust_find(ctx, arena, &found, c, variant, blur, 40, (uint64_t)n));
        dtn_arena_release(ctx->scratch, mark);
        moved = m;
        for (int s = 0; s < m.states; s++)
            for (int k = 0; k < 5; k++) {
                assert_int_equal(found.holds[k][s], equilibrium(&m, five[k], s));
                assert_true(found.times[k][s] <= 40);
                if (k >= 3)
                    continue;
                assert_true(!found.necessary[k][s] || (found.holds[k][s] && found.times[k][s] == 40));
                assert_true(found.possible[k][s] || (!found.holds[k][s] && found.times[k][s] == 0));
                for (int favour = 0; favour < 2; favour++) { /* s raised as far as may be, or all others */
                    for (int i = 0; i < m.players; i++)
                        for (int t = 0; t < m.states; t++)
                            moved.rank[i][t] = 100 * (int)dtn_conflict_rank(c, i, 0, (size_t)t) +
                                               ((t == s) == (favour == 1) ? 100 * blur - 1 : 0);
                    assert_int_equal(favour ? found.possible[k][s] : found.necessary[k][s],
                                     equilibrium(&moved, five[k], s));
                }
            }
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
}

/* With a blur of one only ties are uncertain: strict rankings leave nothing open. */
static void certain(void **state)
{
    dtn_ctx *ctx = *state;
    static model m;
    for (int n = 0; n < 30; n++) {
        dtn_conflict *c = random_conflict(ctx, &m, &(flavour){.options = 4, .tiers = 100000});
        int variant[PLAYERS] = {0};
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_robust found;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        assert_ok(ctx, dtn_robust_find(ctx, arena, &found, c, variant, 1, 5, 1));
        dtn_arena_release(ctx->scratch, mark);
        for (int s = 0; s < m.states; s++)
            for (int k = 0; k < 5; k++) {
                assert_int_equal(found.times[k][s], found.holds[k][s] ? 5 : 0);
                if (k < 3)
                    assert_true(found.necessary[k][s] == found.holds[k][s] &&
                                found.possible[k][s] == found.holds[k][s]);
            }
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(extremes), kit_test(certain)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
