/* Random extensive games, and their pure strategies by brute force. */
#include "kit/random_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/games.h"

enum { MOST_STAGES = 6, MOST_TEXT = 400000 };

typedef struct maker {
    const kit_random_play_spec *spec;
    uint64_t seed, state;
    char *out;
    size_t at;
    int mover[MOST_STAGES], actions[MOST_STAGES], history[MOST_STAGES], type[2];
    bool seen[MOST_STAGES][8], ends[MOST_STAGES][8];
} maker;

static int roll(maker *m, int sides)
{
    return (int)(kit_random(&m->state) % (uint64_t)sides);
}

static void put(maker *m, const char *text)
{
    size_t n = strlen(text);
    assert_true(m->at + n + 1 < MOST_TEXT);
    memcpy(m->out + m->at, text, n + 1);
    m->at += n;
}

/* Payoffs depend on the seed and the play, not on the order in which ends are written. */
static void terminal(maker *m, int stages)
{
    char text[32];
    uint64_t state = m->seed * 8191 + (uint64_t)(m->type[0] * 8 + m->type[1]);
    for (int k = 0; k < stages; k++)
        state = state * 31 + (uint64_t)m->history[k] + 1;
    int pay[8];
    for (int p = 0; p < m->spec->players; p++) {
        pay[p] = (int)(kit_random(&state) % (uint64_t)m->spec->range);
        if (m->spec->scale)
            pay[p] = pay[p] * m->spec->scale + m->spec->shift;
    }
    put(m, "t -");
    for (int p = 0; p < m->spec->players; p++) {
        snprintf(text, sizeof text, " %d", pay[m->spec->swap ? m->spec->players - 1 - p : p]);
        put(m, text);
    }
    put(m, " ; ");
}

static void stage(maker *m, int s)
{
    if (s == m->spec->stages || (s > 0 && m->ends[s - 1][m->history[s - 1]])) {
        terminal(m, s);
        return;
    }
    char text[64];
    int p = m->mover[s];
    bool typed = m->spec->types > 1 && (p == 0 || (p == 1 && m->spec->both));
    int number = m->spec->swap ? m->spec->players - 1 - p : p;
    if (typed)
        snprintf(text, sizeof text, "p %d/%d s%dp%dt%d_", number, m->type[p], s, p, m->type[p]);
    else
        snprintf(text, sizeof text, "p %d s%dp%d_", number, s, p);
    put(m, text);
    for (int k = 0; k < s; k++) { /* own moves and what was seen of the others' */
        snprintf(text, sizeof text, "%c", m->mover[k] == p || m->seen[k][p] ? 'a' + m->history[k] : '-');
        put(m, text);
    }
    int last = m->actions[s] - 1;
    for (int a = 0; a <= last; a++) {
        snprintf(text, sizeof text, " %c", 'a' + (m->spec->reverse ? last - a : a));
        put(m, text);
    }
    put(m, " ; ");
    for (int a = 0; a <= last; a++) {
        m->history[s] = m->spec->reverse ? last - a : a;
        stage(m, s + 1);
    }
}

const char *kit_random_play_text(dtn_arena *arena, const kit_random_play_spec *spec, uint64_t seed)
{
    maker *m = dtn_arena_alloc(arena, sizeof *m);
    m->spec = spec;
    m->seed = m->state = seed;
    m->out = dtn_arena_alloc(arena, MOST_TEXT);
    for (int s = 0; s < spec->stages; s++) {
        m->mover[s] = s % spec->players;
        m->actions[s] = 2 + (spec->actions > 2 ? roll(m, spec->actions - 1) : 0);
        for (int p = 0; p < spec->players; p++)
            m->seen[s][p] = roll(m, 100) >= spec->unseen;
        for (int a = 0; a < m->actions[s]; a++)
            m->ends[s][a] = roll(m, 100) < spec->exits;
        m->ends[s][m->actions[s] - 1] = false;
    }
    int draws = spec->types > 1 ? (spec->both ? spec->types * spec->types : spec->types) : 1;
    char text[32];
    if (draws > 1)
        put(m, "c");
    for (int d = 0, left = 60; d < draws && draws > 1; d++) {
        int share = d == draws - 1 ? left : 1 + roll(m, left - (draws - d));
        left -= share;
        snprintf(text, sizeof text, " %d/60", share);
        put(m, text);
    }
    if (draws > 1)
        put(m, " ; ");
    for (int d = 0; d < draws; d++) {
        m->type[0] = spec->both ? d / spec->types : d;
        m->type[1] = spec->both ? d % spec->types : 0;
        stage(m, 0);
    }
    return m->out;
}

dtn_tree *kit_random_play(dtn_ctx *ctx, const kit_random_play_spec *spec, uint64_t seed)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_tree *tree = kit_prefix_tree(ctx, spec->players, kit_random_play_text(arena, spec, seed));
    dtn_arena_free(arena);
    return tree;
}

const int *kit_pure_strategies(dtn_arena *arena, const dtn_tree *tree, int player, int *count)
{
    *count = 1;
    for (int h = 0; h < tree->infosets; h++)
        if (tree->infoset[h].player == player)
            *count *= tree->infoset[h].actions;
    int *choice = dtn_arena_array(arena, (size_t)*count * (size_t)tree->infosets, sizeof *choice);
    for (int s = 0; s < *count; s++)
        for (int h = 0, rest = s; h < tree->infosets; h++) {
            int actions = tree->infoset[h].actions;
            choice[s * tree->infosets + h] = tree->infoset[h].player == player ? rest % actions : -1;
            rest = tree->infoset[h].player == player ? rest / actions : rest;
        }
    return choice;
}

void kit_reach(const dtn_tree *tree, const int *const *choice, const int *count, const fmpq *const *weight,
               fmpq *prob)
{
    fmpq_t share, all;
    fmpq_init(share);
    fmpq_init(all);
    for (int x = 0; x < tree->nodes; x++) {
        fmpq_one(&prob[x]);
        for (int y = x; y > 0; y = tree->node[y].parent)
            if (tree->node[tree->node[y].parent].kind == DTN_NODE_CHANCE)
                fmpq_mul(&prob[x], &prob[x], &tree->chance[y]);
        for (int p = 0; p < tree->players; p++) { /* weight of the player's strategies that lead to x */
            fmpq_zero(share);
            for (int s = 0; s < count[p]; s++) {
                bool leads = true;
                for (int y = x; y > 0 && leads; y = tree->node[y].parent) {
                    int h = tree->node[tree->node[y].parent].infoset;
                    leads = h < 0 || tree->infoset[h].player != p ||
                            choice[p][s * tree->infosets + h] == tree->node[y].branch;
                }
                if (leads)
                    fmpq_add(share, share, &weight[p][s]);
            }
            fmpq_mul(&prob[x], &prob[x], share);
        }
    }
    fmpq_clear(share);
    fmpq_clear(all);
}
