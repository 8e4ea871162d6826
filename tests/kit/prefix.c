/* Small extensive games for tests, through the tree builder. */
#include "kit/prefix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SETS = 256, MOST_WORDS = 72, LONGEST_WORD = 48 };

typedef struct reader {
    dtn_ctx *ctx;
    dtn_tree_builder *builder;
    const char *at;
    char word[MOST_WORDS][LONGEST_WORD];
    int words, players, sets, outcomes;
    char set[MOST_SETS][LONGEST_WORD], outcome[MOST_SETS][LONGEST_WORD];
    int actions[MOST_SETS];
} reader;

/* The words up to the next semicolon. */
static bool next_node(reader *r)
{
    for (r->words = 0;; r->words++) {
        while (*r->at == ' ' || *r->at == '\n')
            r->at++;
        if (!*r->at)
            return false;
        if (*r->at == ';') {
            r->at++;
            return true;
        }
        assert_true(r->words < MOST_WORDS);
        int n = 0;
        while (*r->at && !strchr(" \n;", *r->at) && n < LONGEST_WORD - 1)
            r->word[r->words][n++] = *r->at++;
        r->word[r->words][n] = 0;
    }
}

static int infoset(reader *r)
{
    for (int h = 0; h < r->sets; h++)
        if (strcmp(r->set[h], r->word[2]) == 0)
            return h;
    dtn_action action[MOST_WORDS] = {{0}};
    int h, n = r->words - 3, type = r->word[1][1] == '/' ? r->word[1][2] - '0' : -1;
    assert_true(r->sets < MOST_SETS && n > 0);
    for (int a = 0; a < n; a++)
        action[a] = (dtn_action){.name = r->word[3 + a], .target = -1, .seen = true};
    assert_ok(r->ctx,
              dtn_tree_add_infoset(r->builder, &h, r->word[1][0] - '0', type, r->word[2], "", n, action));
    assert_int_equal(h, r->sets++);
    strcpy(r->set[h], r->word[2]);
    r->actions[h] = n;
    return h;
}

static int outcome(reader *r)
{
    if (strcmp(r->word[1], "-") == 0)
        return -1;
    for (int o = 0; o < r->outcomes; o++)
        if (strcmp(r->outcome[o], r->word[1]) == 0)
            return o;
    int o;
    assert_ok(r->ctx, dtn_tree_add_outcome(r->builder, &o, r->word[1], r->word[1]));
    assert_int_equal(o, r->outcomes++);
    strcpy(r->outcome[o], r->word[1]);
    return o;
}

static void number(fmpq *out, const char *text)
{
    if (!dtn_rational_parse(out, text, strlen(text)))
        fail_msg("not a number: %s", text);
}

/* prob: of the branch into the node that comes next. */
static void read_node(reader *r, int parent, int branch, const fmpq *prob)
{
    fmpq pay[8], share[MOST_WORDS];
    int x, branches = 0;
    assert_true(next_node(r));
    dtn_node_spec spec = {.parent = parent,
                          .branch = branch,
                          .infoset = -1,
                          .outcome = -1,
                          .draw = -1,
                          .label = "",
                          .move = "",
                          .prob = prob};
    char kind = r->word[0][0];
    for (int p = 0; p < r->players; p++)
        fmpq_init(&pay[p]);
    if (kind == 't') {
        assert_int_equal(r->words, 2 + r->players);
        for (int p = 0; p < r->players; p++)
            number(&pay[p], r->word[2 + p]);
        spec.kind = DTN_NODE_TERMINAL;
        spec.outcome = outcome(r);
        spec.payoff = pay;
    } else if (kind == 'p') {
        spec.kind = DTN_NODE_DECISION;
        spec.infoset = infoset(r);
        branches = r->actions[spec.infoset];
    } else {
        spec.kind = DTN_NODE_CHANCE;
        branches = r->words - 1;
    }
    assert_ok(r->ctx, dtn_tree_add_node(r->builder, &x, &spec));
    for (int b = 0; b < branches; b++) {
        fmpq_init(&share[b]);
        if (kind == 'c')
            number(&share[b], r->word[1 + b]);
    }
    for (int b = 0; b < branches; b++)
        read_node(r, x, b, &share[b]);
    for (int b = 0; b < branches; b++)
        fmpq_clear(&share[b]);
    for (int p = 0; p < r->players; p++)
        fmpq_clear(&pay[p]);
}

/* Types of each player: the largest that its information sets mention. */
static int types_of(const char *text, int player)
{
    int most = 0;
    for (const char *at = text; (at = strstr(at, "p ")); at += 2)
        if ((at == text || strchr(" ;\n", at[-1])) && at[2] == '0' + player && at[3] == '/' &&
            at[4] - '0' + 1 > most)
            most = at[4] - '0' + 1;
    return most;
}

dtn_tree *kit_prefix_tree(dtn_ctx *ctx, int players, const char *text)
{
    static const char *const names[] = {"P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7"};
    reader *r = calloc(1, sizeof *r);
    dtn_tree *tree = NULL;
    assert_non_null(r);
    r->ctx = ctx;
    r->at = text;
    r->players = players;
    assert_ok(ctx, dtn_tree_builder_new(ctx, &r->builder, ""));
    for (int p = 0; p < players; p++) {
        int number_of;
        assert_ok(ctx,
                  dtn_tree_add_player(r->builder, &number_of, names[p], names[p], types_of(text, p), names));
    }
    read_node(r, -1, 0, NULL);
    assert_ok(ctx, dtn_tree_finish(ctx, &tree, r->builder));
    free(r);
    return tree;
}

int kit_infoset(const dtn_tree *tree, const char *name)
{
    for (int h = 0; h < tree->infosets; h++)
        if (strcmp(tree->infoset[h].name, name) == 0)
            return h;
    fail_msg("no information set %s", name);
    return -1;
}

int kit_action(const dtn_tree *tree, const char *name)
{
    const char *dot = strrchr(name, '.');
    for (int a = 0; dot && a < tree->actions; a++) {
        const char *set = tree->infoset[tree->action[a].infoset].name;
        if (strlen(set) == (size_t)(dot - name) && strncmp(set, name, (size_t)(dot - name)) == 0 &&
            strcmp(tree->action[a].name, dot + 1) == 0)
            return a;
    }
    fail_msg("no action %s", name);
    return -1;
}
