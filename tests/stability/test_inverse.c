/* Fewest demotions and counts of profiles against exhaustion by the definitions, on random conflicts; published cases. */
#include "stability/oracle.h"

#include <flint/fmpz.h>

#include "stability/inverse.h"
#include "stability/published.h"
#include "stability/result.h"

static const char *const five[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};

static bool equilibrium(const model *m, const char *name, int s)
{
    for (int i = 0; i < m->players; i++)
        if (!stable_by_definition(m, name, i, s))
            return false;
    return true;
}

/* Whether some set of `left` demotions of states from (player, state) on makes s an equilibrium. */
static bool some(model *m, const char *name, int s, unsigned changeable, int player, int state, int left)
{
    if (!left)
        return equilibrium(m, name, s);
    for (; player < m->players; player++, state = 0)
        for (; state < m->states; state++) {
            int before = m->rank[player][state], level = m->rank[player][s];
            if (!(changeable >> player & 1) || before <= level)
                continue;
            m->rank[player][state] = level;
            bool found = some(m, name, s, changeable, player, state + 1, left - 1);
            m->rank[player][state] = before;
            if (found)
                return true;
        }
    return false;
}

static void fewest(void **state)
{
    enum { DEEPEST = 3 };
    dtn_ctx *ctx = *state;
    static model m;
    int checked = 0;
    for (int n = 0; n < 120; n++) {
        dtn_conflict *c = random_conflict(
            ctx, &m,
            &(flavour){
                .options = 4, .one_way = n % 2, .infeasible = n % 3, .transitions = n % 5 == 0, .tiers = 6});
        dtn_arena *arena = dtn_arena_new(ctx);
        for (size_t k = 0; k < 5 && m.states <= 12; k++) {
            int s = draw(m.states);
            unsigned changeable = draw(3) ? (1u << m.players) - 1 : 1u + (unsigned)draw((1 << m.players) - 1);
            dtn_inverse found;
            dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
            assert_ok(ctx, dtn_inverse_find(ctx, arena, &found, c, NULL,
                                            dtn_concept_at(dtn_concept_find(five[k])), (size_t)s, changeable));
            dtn_arena_release(ctx->scratch, mark);
            assert_true(found.exact);
            int least = 0;
            while (least <= DEEPEST && !some(&m, five[k], s, changeable, 0, 0, least))
                least++;
            if (least <= DEEPEST) {
                assert_true(found.possible);
                if (found.demotions != least)
                    fail_msg("model %d: %s, state %d: %d demotions, %d suffice", n, five[k], s,
                             found.demotions, least);
                checked++;
            } else if (found.possible)
                assert_true(found.demotions > DEEPEST);
            if (!found.possible && found.obstacle >= 0)
                assert_false(changeable >> found.obstacle & 1);
            static model changed; /* what was found does it */
            changed = m;
            for (int d = 0; d < found.demotions; d++)
                changed.rank[found.demotion[d].player][found.demotion[d].state] =
                    m.rank[found.demotion[d].player][s];
            assert_int_equal(found.possible, equilibrium(&changed, five[k], s));
            assert_int_equal(found.holds, equilibrium(&m, five[k], s));
        }
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
    assert_true(checked > 200);
}

/* All strict rankings of all players, one after the other. */
static unsigned long count_all(model *m, const char *name, int s, int player, int place)
{
    if (player == m->players)
        return equilibrium(m, name, s);
    if (place == m->states)
        return count_all(m, name, s, player + 1, 0);
    unsigned long sum = 0;
    for (int t = 0; t < m->states; t++)
        if (m->rank[player][t] < 0) {
            m->rank[player][t] = place;
            sum += count_all(m, name, s, player, place + 1);
            m->rank[player][t] = -1;
        }
    return sum;
}

static void profiles(void **state)
{
    dtn_ctx *ctx = *state;
    static model m;
    int checked = 0;
    for (int n = 0; n < 200; n++) {
        dtn_conflict *c = random_conflict(
            ctx, &m, &(flavour){.options = 4, .one_way = n % 2, .infeasible = true, .tiers = 6});
        dtn_arena *arena = dtn_arena_new(ctx);
        for (size_t k = 0; k < 5 && m.players == 2 && m.states <= 4; k++) {
            int s = draw(m.states);
            static model open;
            open = m;
            memset(open.rank, 0xff, sizeof open.rank);
            dtn_inverse found = {0};
            dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
            assert_ok(ctx, dtn_inverse_count(ctx, arena, &found, c, dtn_concept_at(dtn_concept_find(five[k])),
                                             (size_t)s));
            dtn_arena_release(ctx->scratch, mark);
            assert_true(found.counted);
            assert_int_equal(fmpz_get_ui(found.profiles), count_all(&open, five[k], s, 0, 0));
            checked++;
        }
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
    assert_true(checked > 20);
}

/* In a 2x2 game a state is best of two for each player under R in a quarter of the 576 profiles. */
static void known_count(void **state)
{
    dtn_ctx *ctx = *state;
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        if (strcmp(cases[n].name, "prisoners_dilemma") != 0)
            continue;
        dtn_conflict *c = build(ctx, &cases[n]);
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_inverse found = {0};
        size_t s;
        assert_ok(ctx, dtn_conflict_find_state(ctx, &s, c, "4"));
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        assert_ok(ctx, dtn_inverse_count(ctx, arena, &found, c, dtn_concept_at(dtn_concept_find("R")), s));
        dtn_arena_release(ctx->scratch, mark);
        assert_int_equal(fmpz_get_ui(found.all), 576);
        assert_int_equal(fmpz_get_ui(found.profiles), 144);
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(fewest), kit_test(profiles), kit_test(known_count)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
