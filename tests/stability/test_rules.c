/* Concepts of unknown, strong, fuzzy and probable preferences and of attitudes, against the definitions searched directly on
 * random conflicts, in graph form (any moves at all) and in option form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/stability.h"
#include "kit/kit.h"
#include "stability/concept.h"

enum { N = 8, P = 3 };

typedef struct scene {
    int players, states;
    bool move[P][N][N];
    char sign[P][N][N];  /* of s with t: '>' 'G' (much better) '=' '?' '<' 'L' (much worse) */
    int degree[P][N][N]; /* percent to which s is preferred to t */
    int level[P][4];     /* percent: satisficing, alpha, beta, gamma */
    int attitude[P][P];
    int rank[P][N];
    char text[N][16];
} scene;

static uint64_t seed = 88172645463325252u;

static int draw(int n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)n);
}

/* Players, states and moves: a list of arcs, or options of which some go one way. */
static dtn_conflict_builder *graph(dtn_ctx *ctx, scene *m, bool options)
{
    dtn_conflict_builder *b;
    char name[32];
    memset(m, 0, sizeof *m);
    m->players = 2 + draw(2);
    m->states = options ? N : 3 + draw(N - 2);
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "random"));
    for (int i = 0; i < m->players; i++) {
        snprintf(name, sizeof name, "p%d", i);
        assert_ok(ctx, dtn_conflict_add_player(b, NULL, name, NULL, NULL));
    }
    int owner[3], way[3];
    for (int o = 0; o < 3 && options; o++) {
        snprintf(name, sizeof name, "o%d", o);
        owner[o] = o < m->players ? o : draw(m->players);
        way[o] = draw(4) ? 0 : 1 + draw(2);
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, owner[o], name, NULL, NULL, (dtn_direction)way[o]));
    }
    for (int s = 0; s < m->states; s++) {
        for (int o = 0; o < 3; o++)
            m->text[s][o] = s >> o & 1 ? 'Y' : 'N';
        if (!options) {
            snprintf(m->text[s], sizeof m->text[s], "s%d", s);
            assert_ok(ctx, dtn_conflict_add_state(b, m->text[s], NULL, NULL));
        }
    }
    for (int i = 0; i < m->players; i++)
        for (int s = 0; s < m->states; s++)
            for (int t = 0; t < m->states; t++) {
                bool can = s != t && (options || draw(100) < 35);
                for (int o = 0; options && o < 3; o++)
                    if ((s ^ t) >> o & 1)
                        can = can && owner[o] == i &&
                              way[o] != (t >> o & 1 ? DTN_BACKWARD_ONLY : DTN_FORWARD_ONLY);
                m->move[i][s][t] = can;
                if (!can || options)
                    continue;
                char arrow[32];
                snprintf(arrow, sizeof arrow, "%s -> %s", m->text[s], m->text[t]);
                assert_ok(ctx, dtn_conflict_add_moves(b, i, arrow));
            }
    return b;
}

static void compare(scene *m, int i, int s, int t, char sign)
{
    m->sign[i][s][t] = sign;
    m->sign[i][t][s] = sign == '>' ? '<' : sign == 'G' ? 'L' : sign == '<' ? '>' : sign == 'L' ? 'G' : sign;
}

/* A random ranking in tiers, over which random comparisons are laid. */
static void prefer(dtn_ctx *ctx, scene *m, dtn_conflict_builder *b, int i, const char *signs)
{
    const char *tier[N];
    int size[N], tiers = 0, count = 0;
    for (int s = 0; s < m->states; s++)
        m->rank[i][s] = draw(5);
    for (int r = 4; r >= 0; r--) {
        int before = count;
        for (int s = 0; s < m->states; s++)
            if (m->rank[i][s] == r)
                tier[count++] = m->text[s];
        if (count > before)
            size[tiers++] = count - before;
    }
    assert_ok(ctx, dtn_conflict_prefer_tiers(b, i, NULL, tier, size, tiers));
    for (int s = 0; s < m->states; s++)
        for (int t = 0; t < m->states; t++)
            m->sign[i][s][t] = m->rank[i][s] == m->rank[i][t]  ? '='
                               : m->rank[i][s] > m->rank[i][t] ? '>'
                                                               : '<';
    for (int s = 0; s < m->states && *signs; s++)
        for (int t = s + 1; t < m->states; t++) {
            char sign = signs[draw((int)strlen(signs))], text[64];
            if (draw(2))
                continue;
            if (sign == 'G' && m->sign[i][s][t] != '>' && !strchr(signs, '?'))
                continue; /* where strength alone is asked for, the ranking stays one */
            compare(m, i, s, t, sign);
            snprintf(text, sizeof text, "%s %s %s", m->text[s], sign == 'G' ? ">>" : (char[]){sign, 0},
                     m->text[t]);
            assert_ok(ctx, dtn_conflict_compare(b, i, NULL, (const char *[]){text}, 1));
        }
}

static void grade(dtn_ctx *ctx, scene *m, dtn_conflict_builder *b, int i)
{
    static const dtn_level level[] = {DTN_SATISFICING, DTN_ALPHA, DTN_BETA, DTN_GAMMA};
    char text[64], value[16];
    for (int s = 0; s < m->states; s++)
        for (int t = 0; t < m->states; t++)
            m->degree[i][s][t] = m->sign[i][s][t] == '>' ? 100 : 0;
    for (int s = 0; s < m->states; s++)
        for (int t = s + 1; t < m->states; t++) {
            int there = 10 * draw(11), back = 100 - there;
            if (draw(3) == 0)
                continue;
            snprintf(text, sizeof text, "%s > %s", m->text[s], m->text[t]);
            snprintf(value, sizeof value, "%d/100", there);
            assert_ok(ctx, dtn_conflict_set_degree(b, i, NULL, text, value));
            if (draw(3) == 0) { /* may be equal, too */
                back = draw(back + 1);
                snprintf(text, sizeof text, "%s > %s", m->text[t], m->text[s]);
                snprintf(value, sizeof value, "%d/100", back);
                assert_ok(ctx, dtn_conflict_set_degree(b, i, NULL, text, value));
            }
            m->degree[i][s][t] = there;
            m->degree[i][t][s] = back;
        }
    for (int l = 0; l < 4; l++) {
        m->level[i][l] = l == 3 ? 10 * draw(10) : 10 + 10 * draw(10);
        snprintf(value, sizeof value, "%d/100", m->level[i][l]);
        assert_ok(ctx, dtn_conflict_set_level(b, i, NULL, level[l], value));
    }
}

/* What the definitions ask about b against s. what: 'g'ains, 'd'eters, 'a'nswers, 'u'ndoes, 'D'eters strongly. */
static bool is(const scene *m, const char *name, char what, int i, int s, int b)
{
    char sign = m->sign[i][b][s], last = name[strlen(name) - 1];
    bool better = sign == '>' || sign == 'G', unknown = sign == '?';
    if (strstr(name, "-strong") || strstr(name, "-weak")) {
        bool strong = strstr(name, "-strong") || what == 'D';
        return what == 'g' || what == 'a' ? better
               : what == 'u'              ? (strong ? sign != 'L' : better)
                                          : (strong ? sign == 'L' : !better);
    }
    if (strstr(name, "-fuzzy")) {
        bool sure = m->degree[i][b][s] - m->degree[i][s][b] >= m->level[i][0];
        return what == 'd' ? !sure : sure;
    }
    if (strstr(name, "-prob"))
        return what == 'g'   ? m->degree[i][b][s] > 100 - m->level[i][1]
               : what == 'd' ? m->degree[i][b][s] <= 100 - m->level[i][2]
               : what == 'u' ? m->degree[i][b][s] > 100 - m->level[i][2]
                             : m->degree[i][b][s] > m->level[i][3];
    if (strstr(name, "-attitude")) {
        bool there = true, back = true; /* b at least as fit as s; s as b */
        for (int j = 0; j < m->players; j++) {
            int e = m->attitude[i][j], x = m->rank[j][b] - m->rank[j][s];
            there &= e == 0 || (e > 0 ? x >= 0 : x < 0);
            back &= e == 0 || (e > 0 ? x <= 0 : x > 0);
        }
        return what == 'd' ? s == b || back : s != b && there;
    }
    bool bold = last == 'a' || last == 'c', wary = last == 'c' || last == 'd';
    switch (what) {
    case 'g':
        return better || (bold && unknown);
    case 'a':
        return better || unknown;
    case 'd':
        return !better && (wary || !unknown);
    default:
        return better || (!wary && unknown);
    }
}

static void walk(const scene *m, const char *name, int focal, bool credible, int s, int last, bool seen[N][P])
{
    for (int j = 0; j < m->players; j++)
        for (int t = 0; j != focal && j != last && t < m->states; t++)
            if (m->move[j][s][t] && !seen[t][j] && (!credible || is(m, name, 'a', j, s, t))) {
                seen[t][j] = true;
                walk(m, name, focal, credible, t, j, seen);
            }
}

static bool stable(const scene *m, const char *name, int i, int s, bool strongly)
{
    bool nash = name[0] == 'R', credible = strstr(name, "SEQ"),
         counter = !strncmp(name, "SMR", 3) || !strncmp(name, "SSEQ", 4);
    for (int t = 0; t < m->states; t++) {
        bool deterred = false, seen[N][P] = {0};
        if (!m->move[i][s][t] || !is(m, name, 'g', i, s, t))
            continue;
        if (!nash)
            walk(m, name, i, credible, t, -1, seen);
        for (int b = 0; b < m->states && !deterred; b++) {
            bool reached = false;
            for (int j = 0; j < m->players; j++)
                reached |= seen[b][j];
            deterred = reached && is(m, name, strongly ? 'D' : 'd', i, s, b);
            for (int c = 0; counter && deterred && c < m->states; c++)
                if (m->move[i][b][c] && (strongly ? !is(m, name, 'D', i, s, c) : is(m, name, 'u', i, s, c)))
                    deterred = false;
        }
        if (!deterred)
            return false;
    }
    return !strongly && strstr(name, "-weak") ? !stable(m, name, i, s, true) : true;
}

static int check(dtn_ctx *ctx, const scene *m, const dtn_conflict *c, dtn_family family)
{
    dtn_stability *r;
    dtn_stability_options o = {0};
    int concepts = 0;
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_concept_at(k)->family == family && dtn_stability_applicable(c) >> k & 1)
            o.concepts |= UINT64_C(1) << k;
    if (!o.concepts)
        return 0;
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &o));
    for (int k = 0; k < dtn_concept_count(); k++)
        for (int i = 0; dtn_stability_has(r, k) && i < m->players; i++) {
            concepts++;
            for (int s = 0; s < m->states; s++) {
                bool found = dtn_stability_stable(r, 0, k, i, (size_t)s);
                if (found != stable(m, dtn_concept_name(k), i, s, false))
                    fail_msg("%s, player %d, state %d: found %d", dtn_concept_name(k), i, s, found);
                dtn_witness *w; /* finds the same, or fails */
                assert_ok(ctx, dtn_witness_find(ctx, &w, r, 0, k, i, (size_t)s, 0));
                for (size_t n = 0; n < w->replies; n++)
                    assert_true(is(m, dtn_concept_name(k), 'g', i, s, (int)w->reply[n].to));
                dtn_witness_free(w);
            }
        }
    dtn_stability_free(r);
    return concepts;
}

static void random_conflicts(dtn_ctx *ctx, int count, dtn_family family)
{
    int concepts = 0;
    for (int n = 0; n < count; n++) {
        scene m;
        dtn_conflict *c;
        dtn_conflict_builder *b = graph(ctx, &m, n % 2);
        for (int i = 0; i < m.players; i++) {
            prefer(ctx, &m, b, i,
                   family == DTN_FAMILY_UNKNOWN    ? (draw(3) ? "?>=" : "??G>")
                   : family == DTN_FAMILY_STRENGTH ? "G"
                                                   : "");
            if (family == DTN_FAMILY_FUZZY || family == DTN_FAMILY_PROBABLE)
                grade(ctx, &m, b, i);
            m.attitude[i][i] = 1;
            for (int j = 0; j < m.players && family == DTN_FAMILY_ATTITUDE; j++) {
                m.attitude[i][j] = draw(3) - 1;
                assert_ok(ctx, dtn_conflict_set_attitude(b, i, j, m.attitude[i][j]));
            }
        }
        assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
        concepts += check(ctx, &m, c, family);
        dtn_conflict_free(c);
    }
    assert_true(concepts > 4 * count);
}

static void unknown(void **state)
{
    random_conflicts(*state, 300, DTN_FAMILY_UNKNOWN);
}

static void strength(void **state)
{
    random_conflicts(*state, 500, DTN_FAMILY_STRENGTH);
}

static void fuzzy(void **state)
{
    random_conflicts(*state, 500, DTN_FAMILY_FUZZY);
}

static void probable(void **state)
{
    random_conflicts(*state, 500, DTN_FAMILY_PROBABLE);
}

static void attitudes(void **state)
{
    random_conflicts(*state, 500, DTN_FAMILY_ATTITUDE);
}

static void assert_same_sets(dtn_ctx *ctx, const dtn_conflict *c, const char *suffix, const char *plain)
{
    static const char *const base[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};
    dtn_stability *r;
    dtn_stability_options o = {0};
    char name[32];
    for (int k = 0; k < 5; k++) {
        snprintf(name, sizeof name, "%s%s", base[k], suffix);
        o.concepts |= UINT64_C(1) << dtn_concept_find(name);
        snprintf(name, sizeof name, "%s%s", base[k], plain);
        o.concepts |= UINT64_C(1) << dtn_concept_find(name);
    }
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &o));
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < dtn_conflict_players(c); i++) {
            snprintf(name, sizeof name, "%s%s", base[k], suffix);
            const uint64_t *one = dtn_stability_bits(r, 0, dtn_concept_find(name), i);
            snprintf(name, sizeof name, "%s%s", base[k], plain);
            assert_int_equal(*one, *dtn_stability_bits(r, 0, dtn_concept_find(name), i));
        }
    dtn_stability_free(r);
}

/* Discrete attitudes (each for itself) and strict rankings: the concepts of rankings (Inohara and Hipel 2009). Degrees 1 with any
 * thresholds: the same. */
static void crisp_cases(void **unused)
{
    dtn_ctx *ctx = *unused;
    for (int n = 0; n < 200; n++) {
        scene m;
        dtn_conflict *c;
        dtn_conflict_builder *b = graph(ctx, &m, n % 2);
        for (int i = 0; i < m.players; i++) {
            const char *order[N];
            int size[N];
            for (int s = 0; s < m.states; s++) {
                int at = draw(s + 1);
                order[s] = order[at];
                order[at] = m.text[s];
                size[s] = 1;
            }
            assert_ok(ctx, dtn_conflict_prefer_tiers(b, i, NULL, order, size, m.states));
            assert_ok(ctx, dtn_conflict_set_attitude(b, i, i, 1));
            char pair[32];
            snprintf(pair, sizeof pair, "%s > %s", order[0], order[1]);
            assert_ok(ctx, dtn_conflict_set_degree(b, i, NULL, pair, "1"));
            assert_ok(ctx, dtn_conflict_set_level(b, i, NULL, DTN_SATISFICING, "2/5"));
            assert_ok(ctx, dtn_conflict_set_level(b, i, NULL, DTN_ALPHA, "3/5"));
        }
        assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
        assert_same_sets(ctx, c, "-attitude", "");
        assert_same_sets(ctx, c, "-fuzzy", "");
        assert_same_sets(ctx, c, "-prob", "");
        dtn_conflict_free(c);
    }
}

/* Chains alone: what follows by transitivity is known, the rest is not; a complete chain is a ranking. */
static void chains(void **unused)
{
    dtn_ctx *ctx = *unused;
    for (int whole = 0; whole < 2; whole++) {
        scene m;
        dtn_conflict *c;
        dtn_conflict_builder *b;
        do {
            b = graph(ctx, &m, false);
            if (m.states < 5)
                dtn_conflict_builder_free(b);
        } while (m.states < 5);
        const char *chain[] = {"s0 > s1 >> s2 = s3", whole ? "s3 > s4" : "s4 > s1", "s0 = s5", "s0 = s6",
                               "s0 = s7"};
        for (int i = 0; i < m.players; i++)
            assert_ok(ctx, dtn_conflict_compare(b, i, NULL, chain, m.states - 3));
        assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
        assert_true(dtn_conflict_prefers(c, 0, 0, 0, 3));
        assert_int_equal(dtn_compare(&c->player[0].variant[0], 3, 0), DTN_MUCH_WORSE);
        assert_int_equal(dtn_compare(&c->player[0].variant[0], 2, 3), DTN_EQUAL);
        assert_int_equal(dtn_compare(&c->player[0].variant[0], 0, 4), whole ? DTN_MUCH_BETTER : DTN_UNKNOWN);
        assert_int_equal(dtn_compare(&c->player[0].variant[0], 4, 3), whole ? DTN_WORSE : DTN_MUCH_BETTER);
        assert_int_equal(dtn_conflict_ranked(c, 0, 0), whole);
        assert_int_equal(dtn_conflict_rank(c, 0, 0, 0), whole ? 4 : 1);
        dtn_conflict_free(c);
    }
}

static void faults(void **unused)
{
    dtn_ctx *ctx = *unused;
    scene m;
    dtn_conflict *c;
    dtn_conflict_builder *b = graph(ctx, &m, true);
    assert_status(ctx, DTN_PARSE, dtn_conflict_compare(b, 0, NULL, (const char *[]){"NNN"}, 1));
    assert_error_has(ctx, "compares nothing");
    assert_status(ctx, DTN_PARSE, dtn_conflict_compare(b, 0, NULL, (const char *[]){"NNN > "}, 1));
    assert_status(ctx, DTN_PARSE, dtn_conflict_set_degree(b, 0, NULL, "NNN > YNN", "1.1"));
    assert_error_has(ctx, "between 0 and 1");
    assert_status(ctx, DTN_PARSE, dtn_conflict_set_level(b, 0, NULL, DTN_GAMMA, "1"));
    assert_error_has(ctx, "less than 1");
    for (int i = 0; i < m.players; i++)
        assert_ok(ctx, dtn_conflict_compare(b, i, NULL, (const char *[]){"NNN > YNN > Y-Y > NNN"}, 1));
    assert_status(ctx, DTN_PARSE, dtn_conflict_finish(ctx, &c, b));
    assert_error_has(ctx, "round in a circle");
    dtn_conflict_builder_free(b);
    b = graph(ctx, &m, true);
    for (int i = 0; i < m.players; i++) {
        assert_ok(ctx, dtn_conflict_prefer(b, i, NULL, (const char *[]){"o0"}, 1));
        assert_ok(ctx, dtn_conflict_set_degree(b, i, NULL, "NNN > YNN", "1/2"));
    }
    assert_status(ctx, DTN_PARSE, dtn_conflict_finish(ctx, &c, b));
    assert_error_has(ctx, "satisficing");
    dtn_conflict_builder_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(unknown),   kit_test(strength),    kit_test(fuzzy),  kit_test(probable),
        kit_test(attitudes), kit_test(crisp_cases), kit_test(chains), kit_test(faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
