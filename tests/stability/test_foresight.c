/* Limited foresight, Stackelberg and coalitions: published cases, and random conflicts against the definitions. */
#include "stability/oracle.h"

#include "stability/cases.h"
#include "stability/published.h"
#include "stability/result.h"

/* ---- definitions ---- */

/* Where play ends when player i is at s and h moves are looked ahead. */
static int anticipated(const model *m, int i, int s, int h)
{
    int best = s;
    bool moved = false;
    if (h)
        for (int t = 0; t < m->states; t++) {
            if (!m->move[i][s][t])
                continue;
            int e = anticipated(m, !i, t, h - 1);
            if (m->rank[i][e] > m->rank[i][best] ||
                (moved && m->rank[i][e] == m->rank[i][best] && m->rank[!i][e] < m->rank[!i][best])) {
                best = e;
                moved = true;
            }
        }
    return best;
}

/* Stays: no move whose anticipated end is better (an end equal to s itself is no gain). */
static bool stays(const model *m, int i, int s, int h)
{
    for (int t = 0; t < m->states; t++)
        if (m->move[i][s][t] && m->rank[i][anticipated(m, !i, t, h - 1)] > m->rank[i][s])
            return false;
    return true;
}

/* States that the members reach from s by legal sequences, each step an improvement for its mover where asked. */
static void reach(const model *m, unsigned members, bool improvements, int s, int last,
                  bool seen[STATES][PLAYERS + 1], bool *reached)
{
    for (int j = 0; j < m->players; j++)
        for (int t = 0; (members >> j & 1) && j != last && t < m->states; t++) {
            if (!m->move[j][s][t] || (improvements && m->rank[j][t] <= m->rank[j][s]) || seen[t][j])
                continue;
            seen[t][j] = reached[t] = true;
            reach(m, members, improvements, t, j, seen, reached);
        }
}

static void reach_from(const model *m, unsigned members, bool improvements, int s, bool *reached)
{
    bool seen[STATES][PLAYERS + 1] = {0};
    memset(reached, 0, STATES * sizeof *reached);
    reach(m, members, improvements, s, -1, seen, reached);
}

static bool gain(const model *m, unsigned members, int s, int t)
{
    for (int i = 0; i < m->players; i++)
        if ((members >> i & 1) && m->rank[i][t] <= m->rank[i][s])
            return false;
    return true;
}

static bool coalition_stays(const model *m, const char *name, unsigned members, int s)
{
    bool ahead[STATES], back[STATES], on[STATES];
    unsigned others = ((1u << m->players) - 1) & ~members;
    reach_from(m, members, false, s, ahead);
    for (int t = 0; t < m->states; t++) {
        if (!ahead[t] || !gain(m, members, s, t))
            continue;
        bool deterred = false;
        reach_from(m, others, !strcmp(name, "CSEQ"), t, back);
        for (int b = 0; strcmp(name, "CNASH") && !deterred && b < m->states; b++) {
            deterred = back[b] && !gain(m, members, s, b);
            if (!deterred || strcmp(name, "CSMR") != 0)
                continue;
            reach_from(m, members, false, b, on);
            for (int c = 0; c < m->states; c++)
                deterred = deterred && !(on[c] && gain(m, members, s, c));
        }
        if (!deterred)
            return false;
    }
    return true;
}

static bool expected(const model *m, const char *name, int i, int s)
{
    if (name[0] == 'L')
        return stays(m, i, s, name[1] - '0');
    if (!strncmp(name, "ST", 2))
        return stays(m, i, s, i == name[2] - '1' ? 2 : 1);
    for (unsigned members = 1; members < 1u << m->players; members++)
        if ((members >> i & 1) && !coalition_stays(m, name, members, s))
            return false;
    return true;
}

/* ---- random conflicts ---- */

static void check_path(const model *m, const dtn_conflict_move *path, int steps, int start, unsigned members)
{
    for (int k = 0; k < steps; k++) {
        assert_int_equal(path[k].from, k ? (int)path[k - 1].to : start);
        assert_true(members >> path[k].player & 1);
        assert_true(!k || path[k].player != path[k - 1].player);
        assert_true(m->move[path[k].player][path[k].from][path[k].to]);
    }
}

static void check_witness(dtn_ctx *ctx, const model *m, const dtn_stability *r, int k, int i, int s)
{
    dtn_witness *w;
    assert_ok(ctx, dtn_witness_find(ctx, &w, r, 0, k, i, (size_t)s, 0));
    for (size_t n = 0; n < w->replies; n++) {
        const dtn_reply *p = &w->reply[n];
        if (!p->coalition) {
            check_path(m, p->path, p->steps, (int)p->to, 3);
            assert_int_equal(p->end, p->steps ? p->path[p->steps - 1].to : p->to);
            assert_int_equal(p->sanctioned, m->rank[i][p->end] <= m->rank[i][s]);
            continue;
        }
        check_path(m, p->lead, p->leads, s, p->coalition);
        assert_int_equal(p->lead[p->leads - 1].to, p->to);
        assert_true(gain(m, p->coalition, s, (int)p->to));
        if (p->sanctioned) {
            check_path(m, p->path, p->steps, (int)p->to, ~p->coalition);
            assert_false(gain(m, p->coalition, s, (int)p->end));
        }
    }
    dtn_witness_free(w);
}

static void compare(dtn_ctx *ctx, int models, flavour f)
{
    static const char *const name[] = {"L2", "L3", "L4", "ST1", "ST2", "CNASH", "CGMR", "CSMR", "CSEQ"};
    static model m;
    for (int n = 0; n < models; n++) {
        dtn_conflict *c = random_conflict(ctx, &m, &f);
        for (size_t x = m.players == 2 ? 0 : 5; x < sizeof name / sizeof *name; x++) {
            int k = dtn_concept_find(name[x]);
            dtn_stability *r;
            assert_ok(ctx, dtn_stability_run(ctx, &r, c, &(dtn_stability_options){.concepts = 1u << k}));
            for (int s = 0; s < m.states; s++)
                for (int i = 0; i < m.players; i++) {
                    bool found = dtn_stability_stable(r, 0, k, i, (size_t)s);
                    if (found != expected(&m, name[x], i, s))
                        fail_msg("model %d: %s, player %d, state %d: found %d", n, name[x], i, s, found);
                    if (n % 5 == 0)
                        check_witness(ctx, &m, r, k, i, s);
                }
            dtn_stability_free(r);
        }
        dtn_conflict_free(c);
    }
}

static void transitive(void **state)
{
    compare(*state, 250, (flavour){.options = 4, .one_way = true, .infeasible = true, .tiers = 5});
}

static void intransitive(void **state)
{
    compare(*state, 250,
            (flavour){.options = 4, .one_way = true, .merged = true, .transitions = true, .tiers = 6});
}

/* NM is what stays under all horizons of a long stretch that starts late. */
static void forever(void **state)
{
    dtn_ctx *ctx = *state;
    static model m;
    int k = dtn_concept_find("NM");
    for (int n = 0; n < 200; n++) {
        dtn_conflict *c = random_conflict(ctx, &m, &(flavour){.options = 4, .one_way = true, .tiers = 5});
        dtn_stability *r;
        dtn_stability_options options = {.concepts = 1u << k};
        if (m.players == 2) {
            static int end[2][STATES], before[2][STATES];
            bool expect[2][STATES];
            memset(expect, 1, sizeof expect);
            for (int i = 0; i < 2; i++)
                for (int s = 0; s < m.states; s++)
                    end[i][s] = s;
            for (int h = 1; h <= 600; h++) {
                memcpy(before, end, sizeof end);
                for (int i = 0; i < 2; i++)
                    for (int s = 0; s < m.states; s++) {
                        int best = -1;
                        for (int t = 0; t < m.states; t++)
                            if (m.move[i][s][t]) {
                                int e = before[!i][t];
                                if (best < 0 || m.rank[i][e] > m.rank[i][best] ||
                                    (m.rank[i][e] == m.rank[i][best] && m.rank[!i][e] < m.rank[!i][best]))
                                    best = e;
                            }
                        bool stay = best < 0 || m.rank[i][best] <= m.rank[i][s];
                        end[i][s] = stay ? s : best;
                        if (h > 300)
                            expect[i][s] = expect[i][s] && stay;
                    }
            }
            assert_ok(ctx, dtn_stability_run(ctx, &r, c, &options));
            for (int i = 0; i < 2; i++)
                for (int s = 0; s < m.states; s++) {
                    assert_int_equal(dtn_stability_stable(r, 0, k, i, (size_t)s), expect[i][s]);
                    check_witness(ctx, &m, r, k, i, s);
                }
            dtn_stability_free(r);
        } else {
            assert_status(ctx, DTN_UNSUPPORTED, dtn_stability_run(ctx, &r, c, &options));
        }
        dtn_conflict_free(c);
    }
}

/* ---- published ---- */

static const published *published_case(const char *name)
{
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++)
        if (!strcmp(cases[n].name, name))
            return &cases[n];
    fail_msg("no case %s", name);
    return NULL;
}

static void published_horizons(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *name, *equilibria[5]; /* L2 .. L6 */
    } known[] = {
        {"chicken", {"", "1", "1", "1", "1"}},
        {"cuban_missile_gmcrpy", {"5 6 7", "5 6", "5 6", "5 6", "5 6"}},
        {"north_korea_2017_base", {"0 5", "0 5", "0 5", "0 5", "0 5"}},
        {"prisoners_dilemma", {"1 4", "1 4", "1 4", "1 4", "1 4"}},
    };
    for (size_t n = 0; n < sizeof known / sizeof *known; n++) {
        dtn_conflict *c = build(ctx, published_case(known[n].name));
        for (int h = 2; h <= 6; h++) {
            int k = dtn_concept_find((char[]){'L', (char)('0' + h), 0});
            dtn_stability *r;
            assert_ok(ctx, dtn_stability_run(ctx, &r, c, &(dtn_stability_options){.concepts = 1u << k}));
            assert_set(r, 0, dtn_concept_name(k), -1, known[n].equilibria[h - 2]);
            dtn_stability_free(r);
        }
        dtn_conflict_free(c);
    }
}

/* Elmira: the ministry and Uniroyal together lead from s5, an equilibrium for each alone, to s8. */
static void elmira(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_conflict *c = build(ctx, published_case("elmira_9state"));
    dtn_stability *r;
    dtn_coalition_view *v;
    int cnash = dtn_concept_find("CNASH");
    uint32_t concepts = 1u << cnash | 1u << dtn_concept_find("CSEQ") | 1u << dtn_concept_find("CGMR");
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &(dtn_stability_options){.concepts = concepts}));
    assert_set(r, 0, "CNASH", -1, "8 9");
    assert_set(r, 0, "CSEQ", -1, "8 9");
    size_t s5, s8;
    assert_ok(ctx, dtn_conflict_find_state(ctx, &s5, c, "5"));
    assert_ok(ctx, dtn_conflict_find_state(ctx, &s8, c, "8"));
    assert_ok(ctx, dtn_coalition_find(ctx, &v, r, 0, cnash, 1 | 2, s5, 0));
    assert_false(dtn_coalition_stable(v));
    assert_int_equal(dtn_coalition_reply(v, 0)->to, s8);
    assert_int_equal(dtn_coalition_reply(v, 0)->leads, 2);
    assert_null(dtn_coalition_reply(v, 1));
    dtn_coalition_free(v);
    assert_ok(ctx, dtn_coalition_find(ctx, &v, r, 0, cnash, 1 | 4, s5, 0));
    assert_true(dtn_coalition_stable(v));
    dtn_coalition_free(v);
    assert_status(ctx, DTN_ARG, dtn_coalition_find(ctx, &v, r, 0, 0, 3, s5, 0));
    assert_status(ctx, DTN_ARG, dtn_coalition_find(ctx, &v, r, 0, cnash, 8, s5, 0));
    dtn_stability_free(r);
    dtn_conflict_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(transitive),         kit_test(intransitive), kit_test(forever),
        kit_test(published_horizons), kit_test(elmira),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
