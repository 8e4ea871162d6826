/* Random conflicts and their stability straight from the definitions, sharing no code with the library but the builder. */
#ifndef DTN_TESTS_ORACLE_H
#define DTN_TESTS_ORACLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/stability.h"
#include "kit/kit.h"

enum { PLAYERS = 4, OPTIONS = 7, STATES = 128 };

typedef struct model {
    int players, options, states;
    int owner[OPTIONS];
    dtn_direction direction[OPTIONS];
    bool feasible[STATES];
    int state_of[STATES];           /* pattern -> state, -1 infeasible */
    char text[STATES][OPTIONS + 1]; /* state -> pattern of one of its members */
    bool move[PLAYERS][STATES][STATES];
    int rank[PLAYERS][STATES];
    bool listed; /* merged or with transitions */
    bool merged;
    bool sim;            /* SIM applies */
    int pattern[STATES]; /* state -> pattern, when nothing is merged */
} model;

/* What a random model may have. */
typedef struct flavour {
    int options; /* at most */
    bool one_way, infeasible, merged, transitions;
    int tiers; /* ranks are drawn from so many */
} flavour;

static uint64_t random_state = 88172645463325252u;

static int draw(int n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)((random_state >> 20) % (uint64_t)n);
}

static void pattern_text(char *out, int pattern, int options)
{
    for (int o = 0; o < options; o++)
        out[o] = pattern >> o & 1 ? 'Y' : 'N';
    out[options] = 0;
}

static void random_cube(char *out, int options, int fixed_percent)
{
    for (int o = 0; o < options; o++)
        out[o] = draw(100) >= fixed_percent ? '-' : draw(2) ? 'Y' : 'N';
    out[options] = 0;
}

static bool fits(const char *cube, int pattern)
{
    for (int o = 0; cube[o]; o++)
        if (cube[o] != '-' && (cube[o] == 'Y') != (pattern >> o & 1))
            return false;
    return true;
}

static bool option_move(const model *m, int player, int s, int t)
{
    if (s == t || !m->feasible[s] || !m->feasible[t])
        return false;
    for (int o = 0; o < m->options; o++) {
        int was = s >> o & 1, is = t >> o & 1;
        if (was != is && (m->owner[o] != player || (was && m->direction[o] == DTN_FORWARD_ONLY) ||
                          (is && m->direction[o] == DTN_BACKWARD_ONLY)))
            return false;
    }
    return true;
}

/* Moves between patterns, before merging. */
static bool pattern_move[PLAYERS][STATES][STATES];

static dtn_conflict *random_conflict(dtn_ctx *ctx, model *m, const flavour *f)
{
    bool(*by_pattern)[STATES][STATES] = pattern_move;
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "random"));
    memset(m, 0, sizeof *m);
    m->players = 2 + draw(PLAYERS - 1);
    m->options = m->players + draw(f->options - m->players + 1);
    int patterns = 1 << m->options;
    for (int i = 0; i < m->players; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", i);
        assert_ok(ctx, dtn_conflict_add_player(b, NULL, name, NULL, NULL));
    }
    for (int o = 0; o < m->options;
         o++) { /* interleaved owners, so that a player's bits need not be neighbours */
        char name[16];
        snprintf(name, sizeof name, "o%d", o);
        m->owner[o] = o < m->players ? o : draw(m->players);
        m->direction[o] = f->one_way && draw(100) < 40 ? (dtn_direction)(1 + draw(2)) : DTN_BOTH_WAYS;
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, m->owner[o], name, NULL, NULL, m->direction[o]));
    }
    int percent = f->infeasible ? draw(60) : 0, feasible = 0;
    for (int s = 0; s < patterns; s++) {
        m->feasible[s] = draw(100) >= percent || (s == patterns - 1 && !feasible);
        feasible += m->feasible[s];
        char text[OPTIONS + 1];
        pattern_text(text, s, m->options);
        if (!m->feasible[s])
            assert_ok(ctx, dtn_conflict_forbid(b, text));
    }
    for (int i = 0; i < m->players; i++)
        for (int s = 0; s < patterns; s++)
            for (int t = 0; t < patterns; t++)
                by_pattern[i][s][t] = option_move(m, i, s, t);
    m->sim = true;
    for (int edits = f->transitions ? 1 + draw(4) : 0; edits--;) {
        char from[OPTIONS + 1], to[OPTIONS + 1], arrow[2 * OPTIONS + 8];
        int i = draw(m->players);
        random_cube(from, m->options, 40);
        random_cube(to, m->options, 40);
        snprintf(arrow, sizeof arrow, "%s -> %s", from, to);
        bool add = draw(2);
        assert_ok(ctx, add ? dtn_conflict_add_moves(b, i, arrow) : dtn_conflict_remove_moves(b, i, arrow));
        m->listed = true;
        for (int s = 0; s < patterns; s++)
            for (int t = 0; t < patterns; t++) {
                if (!m->feasible[s] || !m->feasible[t] || !fits(from, s))
                    continue;
                if (!add && fits(to, t))
                    by_pattern[i][s][t] = false;
                bool other = false; /* t differs from s beyond what `to` says */
                for (int o = 0; o < m->options; o++)
                    other |= to[o] == '-' && (s ^ t) >> o & 1;
                if (add && s != t && fits(to, t) && !other)
                    by_pattern[i][s][t] = true;
            }
    }
    for (int i = 0; i < m->players; i++)
        for (int s = 0; s < patterns; s++)
            for (int t = 0; t < patterns; t++)
                for (int o = 0; by_pattern[i][s][t] && o < m->options; o++)
                    m->sim = m->sim && (!((s ^ t) >> o & 1) || m->owner[o] == i);
    memset(m->state_of, 0xff, sizeof m->state_of);
    char merge[OPTIONS + 1] = "";
    bool merged = false;
    if (f->merged) {
        random_cube(merge, m->options, 50);
        int members = 0;
        for (int s = 0; s < patterns; s++)
            members += m->feasible[s] && fits(merge, s);
        if (members > 1 && members < feasible) {
            assert_ok(ctx, dtn_conflict_merge(b, merge));
            m->sim = m->sim && !m->listed;
            merged = m->listed = m->merged = true;
        }
    }
    int one = -1;
    for (int s = 0; s < patterns; s++) {
        if (!m->feasible[s])
            continue;
        bool in = merged && fits(merge, s);
        m->state_of[s] = in && one >= 0 ? one : m->states;
        if (m->state_of[s] == m->states) {
            m->pattern[m->states] = s;
            pattern_text(m->text[m->states++], s, m->options);
        }
        if (in)
            one = m->state_of[s];
    }
    for (int i = 0; i < m->players; i++)
        for (int s = 0; s < patterns; s++)
            for (int t = 0; t < patterns; t++)
                if (by_pattern[i][s][t] && m->state_of[s] != m->state_of[t])
                    m->move[i][m->state_of[s]][m->state_of[t]] = true;
    for (int i = 0; i < m->players; i++) {
        const char *tier[STATES];
        int size[STATES], tiers = 0, count = 0;
        for (int s = 0; s < m->states; s++)
            m->rank[i][s] = draw(f->tiers);
        for (int r = f->tiers - 1; r >= 0; r--) {
            int before = count;
            for (int s = 0; s < m->states; s++)
                if (m->rank[i][s] == r)
                    tier[count++] = m->text[s];
            if (count > before)
                size[tiers++] = count - before;
        }
        assert_ok(ctx, dtn_conflict_prefer_tiers(b, i, NULL, tier, size, tiers));
    }
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    assert_int_equal(dtn_conflict_states(c), m->states);
    return c;
}

/* reached[t]: t is the end of a legal sequence of one or more moves of the others from a. */
static inline void walk(const model *m, int focal, bool improvements, int s, int last,
                        bool seen[STATES][PLAYERS + 1], bool *reached)
{
    for (int j = 0; j < m->players; j++)
        for (int t = 0; j != focal && j != last && t < m->states; t++) {
            if (!m->move[j][s][t] || (improvements && m->rank[j][t] <= m->rank[j][s]) || seen[t][j])
                continue;
            seen[t][j] = reached[t] = true;
            walk(m, focal, improvements, t, j, seen, reached);
        }
}

/* x: the pattern that all start from; the focal player's change and those of players before j are in pattern. */
static inline bool joint(const model *m, int i, int s, int x, int j, int pattern, bool anyone)
{
    if (j == m->players) {
        int t = anyone ? m->state_of[pattern] : -1;
        return t >= 0 && m->rank[i][t] <= m->rank[i][s];
    }
    if (joint(m, i, s, x, j + 1, pattern, anyone))
        return true;
    for (int y = 0; j != i && y < 1 << m->options; y++)
        if (pattern_move[j][x][y] && m->rank[j][m->state_of[y]] > m->rank[j][s] &&
            joint(m, i, s, x, j + 1, pattern ^ x ^ y, true))
            return true;
    return false;
}

static inline bool joint_from(const model *m, int i, int s, int a)
{
    for (int x = 0; x < 1 << m->options; x++)
        for (int y = 0; m->state_of[x] == s && y < 1 << m->options; y++)
            if (m->state_of[y] == a && pattern_move[i][x][y] && joint(m, i, s, x, 0, y, false))
                return true;
    return false;
}

/* Whether state s is stable for player i by the definition of a concept. */
static inline bool stable_by_definition(const model *m, const char *concept_name, int i, int s)
{
    bool credible = strstr(concept_name, "SEQ"),
         counter = !strcmp(concept_name, "SMR") || !strcmp(concept_name, "SSEQ");
    for (int a = 0; a < m->states; a++) {
        if (!m->move[i][s][a] || m->rank[i][a] <= m->rank[i][s])
            continue;
        if (!strcmp(concept_name, "R"))
            return false;
        bool sanctioned = false;
        if (!strcmp(concept_name, "SIM"))
            sanctioned = joint_from(m, i, s, a);
        else {
            bool seen[STATES][PLAYERS + 1] = {0}, reached[STATES] = {0};
            walk(m, i, credible, a, -1, seen, reached);
            for (int b = 0; b < m->states && !sanctioned; b++) {
                sanctioned = reached[b] && m->rank[i][b] <= m->rank[i][s];
                for (int c = 0; counter && sanctioned && c < m->states; c++)
                    if (m->move[i][b][c] && m->rank[i][c] > m->rank[i][s])
                        sanctioned = false;
            }
        }
        if (!sanctioned)
            return false;
    }
    return true;
}

#endif
