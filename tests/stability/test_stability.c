/* The transforms on the cube, the lists of moves and the definitions agree on random conflicts; the witnesses hold. */
#include "stability/oracle.h"

#include "stability/result.h"

static int concept_named(const char *name)
{
    int k = dtn_concept_find(name);
    assert_true(k >= 0);
    return k;
}

static void assert_legal(const model *m, const dtn_conflict_move *path, int steps, size_t start, int focal,
                         bool improvements)
{
    for (int k = 0; k < steps; k++) {
        assert_int_equal(path[k].from, k ? path[k - 1].to : start);
        assert_true(path[k].player != focal);
        assert_true(!k || path[k].player != path[k - 1].player);
        assert_true(m->move[path[k].player][path[k].from][path[k].to]);
        if (improvements)
            assert_true(m->rank[path[k].player][path[k].to] > m->rank[path[k].player][path[k].from]);
    }
}

static void check_witness(dtn_ctx *ctx, const model *m, const dtn_stability *r, int concept_index, int i,
                          size_t s)
{
    const char *name = dtn_concept_name(concept_index);
    bool counter = !strcmp(name, "SMR") || !strcmp(name, "SSEQ"), sim = !strcmp(name, "SIM");
    dtn_witness *w;
    assert_ok(ctx, dtn_witness_find(ctx, &w, r, 0, concept_index, i, s, 0));
    assert_int_equal(w->stable, dtn_stability_stable(r, 0, concept_index, i, s));
    assert_int_equal(w->replies, w->improvements);
    size_t improvements = 0;
    for (int t = 0; t < m->states; t++)
        improvements += m->move[i][s][t] && m->rank[i][t] > m->rank[i][s];
    assert_int_equal(w->improvements, improvements);
    for (size_t k = 0; k < w->replies; k++) {
        const dtn_reply *p = &w->reply[k];
        assert_true(m->move[i][s][p->to] && m->rank[i][p->to] > m->rank[i][s]);
        assert_true(!k || m->rank[i][p[-1].to] >= m->rank[i][p->to]);
        if (!p->sanctioned) {
            assert_false(w->stable);
            continue;
        }
        assert_true(m->rank[i][p->end] <= m->rank[i][s]);
        if (sim) {
            int pattern = m->pattern[p->to];
            for (int x = 0; x < p->steps; x++) {
                assert_legal(m, p->path + x, 1, s, i, true);
                pattern ^= m->pattern[s] ^ m->pattern[p->path[x].to];
            }
            assert_true(m->merged || m->state_of[pattern] == (int)p->end);
        } else {
            assert_legal(m, p->path, p->steps, p->to, i, strstr(name, "SEQ"));
            assert_int_equal(p->path[p->steps - 1].to, p->end);
        }
        size_t counters = 0;
        for (int t = 0; t < m->states; t++)
            counters += m->move[i][p->end][t];
        assert_int_equal(p->counters, counter ? counters : 0);
        for (size_t x = 0; x < p->counters; x++)
            assert_true(m->move[i][p->end][p->counter[x]] && m->rank[i][p->counter[x]] <= m->rank[i][s]);
    }
    dtn_witness_free(w);
}

static void assert_inclusions(const dtn_stability *r)
{
    static const char *const pair[][2] = {
        {"R", "SSEQ"}, {"SSEQ", "SEQ"}, {"SEQ", "GMR"}, {"SSEQ", "SMR"}, {"SMR", "GMR"}};
    for (size_t k = 0; k < sizeof pair / sizeof *pair; k++)
        for (int i = -1; i < r->conflict->players; i++) {
            const uint64_t *small = dtn_stability_bits(r, 0, concept_named(pair[k][0]), i);
            const uint64_t *large = dtn_stability_bits(r, 0, concept_named(pair[k][1]), i);
            for (size_t w = 0; w < r->words; w++)
                assert_true((small[w] & ~large[w]) == 0);
        }
}

/* Shortest legal paths by letting sequences grow one move at a time. */
static void check_paths(dtn_ctx *ctx, const model *m, const dtn_stability *r, bool improvements)
{
    static bool at[2][STATES][PLAYERS + 1];
    int distance[STATES], start = draw(m->states);
    memset(distance, 0xff, sizeof distance);
    memset(at, 0, sizeof at);
    at[0][start][PLAYERS] = true;
    distance[start] = 0;
    for (int d = 0; d <= PLAYERS * m->states; d++) {
        memset(at[!(d & 1)], 0, sizeof *at);
        for (int s = 0; s < m->states; s++)
            for (int last = 0; last <= PLAYERS; last++)
                for (int j = 0; at[d & 1][s][last] && j < m->players; j++)
                    for (int t = 0; j != last && t < m->states; t++)
                        if (m->move[j][s][t] && (!improvements || m->rank[j][t] > m->rank[j][s])) {
                            at[!(d & 1)][t][j] = true;
                            if (distance[t] < 0)
                                distance[t] = d + 1;
                        }
    }
    dtn_paths *p;
    assert_ok(ctx, dtn_paths_new(ctx, &p, r, 0, (size_t)start, improvements));
    for (int s = 0; s < m->states; s++) {
        dtn_conflict_move path[STATES];
        int steps = dtn_paths_to(p, (size_t)s, path, STATES);
        assert_int_equal(steps, distance[s]);
        if (steps > 0) {
            assert_legal(m, path, steps, (size_t)start, -1, improvements);
            assert_int_equal(path[steps - 1].to, s);
        }
    }
    dtn_paths_free(p);
}

static void compare(dtn_ctx *ctx, int models, flavour f, int witness_every)
{
    static model m;
    for (int n = 0; n < models; n++) {
        dtn_conflict *c = random_conflict(ctx, &m, &f);
        dtn_stability *cube, *lists;
        assert_ok(ctx, dtn_stability_run(ctx, &cube, c, NULL));
        assert_ok(ctx, dtn_stability_run_lists(ctx, &lists, c, NULL));
        assert_int_equal(c->option_form, !m.listed);
        assert_int_equal(dtn_stability_has(cube, concept_named("SIM")), m.sim);
        for (int k = 0; k < dtn_concept_count(); k++) {
            if (!dtn_stability_has(cube, k))
                continue;
            for (size_t s = 0; s < c->states; s++) {
                bool all = true;
                for (int i = 0; i < m.players; i++) {
                    bool expected = stable_by_definition(&m, dtn_concept_name(k), i, (int)s);
                    all = all && expected;
                    if (dtn_stability_stable(cube, 0, k, i, s) != expected ||
                        dtn_stability_stable(lists, 0, k, i, s) != expected)
                        fail_msg("model %d: %s, player %d, state %zu: expected %d, cube %d, lists %d", n,
                                 dtn_concept_name(k), i, s, expected, dtn_stability_stable(cube, 0, k, i, s),
                                 dtn_stability_stable(lists, 0, k, i, s));
                    if (n % witness_every == 0)
                        check_witness(ctx, &m, cube, k, i, s);
                }
                assert_int_equal(dtn_stability_equilibrium(cube, 0, k, s), all);
            }
        }
        assert_inclusions(cube);
        if (n % witness_every == 0) {
            check_paths(ctx, &m, cube, false);
            check_paths(ctx, &m, cube, true);
        }
        dtn_stability_free(cube);
        dtn_stability_free(lists);
        dtn_conflict_free(c);
    }
}

static void two_way(void **state)
{
    compare(*state, 600, (flavour){.options = 5, .tiers = 20}, 10);
}

static void ties(void **state)
{
    compare(*state, 600, (flavour){.options = 5, .tiers = 3}, 10);
}

static void infeasible(void **state)
{
    compare(*state, 800, (flavour){.options = 6, .infeasible = true, .tiers = 8}, 20);
}

static void one_way(void **state)
{
    compare(*state, 1500, (flavour){.options = 6, .one_way = true, .tiers = 8}, 20);
}

static void one_way_and_infeasible(void **state)
{
    compare(*state, 1500, (flavour){.options = 6, .one_way = true, .infeasible = true, .tiers = 6}, 20);
}

static void transitions(void **state)
{
    compare(*state, 1500,
            (flavour){.options = 5, .one_way = true, .infeasible = true, .transitions = true, .tiers = 6}, 10);
}

static void merged(void **state)
{
    compare(
        *state, 1500,
        (flavour){
            .options = 6, .one_way = true, .infeasible = true, .merged = true, .transitions = true, .tiers = 6},
        10);
}

static void merged_only(void **state)
{
    compare(*state, 800,
            (flavour){.options = 6, .one_way = true, .infeasible = true, .merged = true, .tiers = 6}, 10);
}

static void larger(void **state)
{
    compare(*state, 20, (flavour){.options = 7, .one_way = true, .infeasible = true, .tiers = 40}, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(two_way),
        kit_test(ties),
        kit_test(infeasible),
        kit_test(one_way),
        kit_test(one_way_and_infeasible),
        kit_test(transitions),
        kit_test(merged),
        kit_test(merged_only),
        kit_test(larger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
