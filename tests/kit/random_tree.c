/* Random trees with perfect recall and imperfect information. */
#include <stdio.h>
#include <string.h>

#include "kit/games.h"
#include "kit/trees.h"

enum { PLAYERS = 4, KEYS = 400, TEXT = 48, KEY = 2 * TEXT + 16, MOST_TEXT = 1 << 18 };

/* What each player knows is a text: its own moves and private draws, and what everybody saw. Equal texts, one set. */
typedef struct growth {
    uint64_t game, seed;
    int players, range, ends, chances, keys[PLAYERS];
    char key[PLAYERS][KEYS][KEY];
    char *to, *end;
} growth;

typedef struct known {
    char own[PLAYERS][TEXT], all[TEXT];
} known;

static int set_of(growth *g, int player, const char *key)
{
    int at = 0;
    while (at < g->keys[player] && strcmp(g->key[player][at], key) != 0)
        at++;
    assert_true(at < KEYS);
    if (at == g->keys[player])
        memcpy(g->key[player][g->keys[player]++], key, strlen(key) + 1);
    return at + 1;
}

static void say(growth *g, const char *text)
{
    size_t length = strlen(text);
    assert_true(length < (size_t)(g->end - g->to));
    memcpy(g->to, text, length + 1);
    g->to += length;
}

static void say_number(growth *g, const char *before, int n, const char *after)
{
    char number[16];
    snprintf(number, sizeof number, "%d", n);
    say(g, before);
    say(g, number);
    say(g, after);
}

static void add(char *text, char letter, int level)
{
    size_t length = strlen(text);
    assert_true(length + 3 < TEXT);
    text[length] = letter;
    text[length + 1] = (char)('0' + level);
    text[length + 2] = '\0';
}

/* Who moves is common knowledge: a function of what everybody saw. */
static int mover(const growth *g, const char *all)
{
    uint64_t state = g->game;
    for (; *all; all++)
        state = kit_random(&state) + (unsigned char)*all;
    return (int)(kit_random(&state) % (uint64_t)g->players);
}

static void grow(growth *g, const known *k, int depth, int level)
{
    unsigned kind = (unsigned)(kit_random(&g->seed) % 10);
    if (depth == 0 || (level > 0 && kind < 2)) {
        say_number(g, "t \"\" ", ++g->ends, " \"\" {");
        for (int p = 0; p < g->players; p++)
            say_number(g, " ", (int)(kit_random(&g->seed) % (uint64_t)g->range), "");
        say(g, " }\n");
        return;
    }
    if (kind == 2 && level < 2) {
        say_number(g, "c \"\" ", ++g->chances, " \"\" { \"x\" 1/3 \"y\" 2/3 } 0\n");
        int told = (int)(kit_random(&g->seed) % (uint64_t)(g->players + 1)); /* players: nobody */
        for (int b = 0; b < 2; b++) {
            known next = *k;
            if (told < g->players)
                add(next.own[told], (char)('x' + b), level);
            grow(g, &next, depth - 1, level + 1);
        }
        return;
    }
    int player = mover(g, k->all);
    char key[KEY];
    snprintf(key, sizeof key, "%s|%s|%d", k->own[player], k->all, level);
    int set = set_of(g, player, key);
    bool hidden = (set * 31 + player * 17 + level) % 3 == 0;
    say_number(g, "p \"\" ", player + 1, " ");
    say_number(g, "", set, " \"\" { \"l\" \"r\" } 0\n");
    for (int b = 0; b < 2; b++) {
        known next = *k;
        add(next.own[player], (char)('l' + b), level);
        add(next.all, hidden ? '?' : (char)('l' + b), level);
        grow(g, &next, depth - 1, level + 1);
    }
}

dtn_tree *kit_random_tree(dtn_ctx *ctx, int players, int depth, uint64_t seed, int range)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    growth *g = dtn_arena_array(arena, 1, sizeof *g);
    char *text = dtn_arena_alloc(arena, MOST_TEXT);
    assert_non_null(g);
    assert_non_null(text);
    assert_in_range(players, 1, PLAYERS);
    *g = (growth){
        .game = seed, .seed = seed, .players = players, .range = range, .to = text, .end = text + MOST_TEXT};
    say(g, "EFG 2 R \"random\" {");
    for (int p = 0; p < players; p++)
        say_number(g, " \"", p + 1, "\"");
    say(g, " }\n");
    known nothing = {0};
    grow(g, &nothing, depth, 0);
    dtn_tree *t = kit_tree(ctx, text);
    assert_true(t->perfect_recall);
    dtn_arena_free(arena);
    return t;
}
