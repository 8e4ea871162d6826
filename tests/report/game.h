/* A game tree for the tests of reports, made without the builder: two types a side, an answer, a reaction, a response. */
#ifndef DTN_TESTS_REPORT_GAME_H
#define DTN_TESTS_REPORT_GAME_H

#include "kit/kit.h"

#include <string.h>

#include "model/assessment.h"

typedef struct game {
    dtn_tree tree;
    dtn_equilibrium at; /* a soft Q engages, a hard Q rejects and meets the alternative iff P is hard */
    dtn_equilibria all; /* this equilibrium alone */
} game;

enum { GAME_NODES = 31, GAME_ENDS = 16, GAME_INFOSETS = 6, GAME_ACTIONS = 12 };

static int game_add(dtn_node *node, int *children, int *nodes, int *used, int parent, int branch,
                    dtn_node_kind kind, int branches)
{
    int n = (*nodes)++;
    node[n] = (dtn_node){.kind = kind,
                         .parent = parent,
                         .branch = branch,
                         .branches = branches,
                         .first_child = *used,
                         .infoset = -1,
                         .terminal = -1,
                         .outcome = -1,
                         .draw = -1,
                         .label = "",
                         .move = ""};
    *used += branches;
    if (parent >= 0) {
        children[node[parent].first_child + branch] = n;
        node[n].depth = node[parent].depth + 1;
        node[n].draw = node[parent].draw;
    }
    return n;
}

static void game_end(dtn_tree *t, dtn_node *node, fmpq *payoff, int n, int *ends, int outcome, const char *p,
                     const char *q)
{
    (void)t;
    node[n].terminal = *ends;
    node[n].outcome = outcome;
    dtn_rational_parse(&payoff[2 * *ends], p, strlen(p));
    dtn_rational_parse(&payoff[2 * *ends + 1], q, strlen(q));
    (*ends)++;
}

static game *game_new(dtn_ctx *ctx, dtn_arena *arena)
{
    static const char *const types[] = {"hard", "soft"};
    static const char *const names[] = {"answer.hard",   "answer.soft",   "reaction.hard",
                                        "reaction.soft", "response.hard", "response.soft"};
    static const char *const moves[] = {"answer", "answer", "reaction", "reaction", "response", "response"};
    static const char *const acts[] = {"engage", "reject", "alternative", "drop", "accommodate", "counter"};
    static const int owner[] = {1, 1, 0, 0, 1, 1};
    static const char *const outcome[] = {"engaged", "accommodated", "clash", "dropped"};
    static const char *const outcome_label[] = {"Talks and agreement", "Alternative accommodated",
                                                "Alternative countered", "Rejected and threat dropped"};
    static const char *const sigma[] = {"0", "1", "1", "0", "1", "0", "0", "1", "0", "1", "1", "0"};
    game *g = dtn_arena_alloc(arena, sizeof *g);
    dtn_node *node = dtn_arena_array(arena, GAME_NODES, sizeof *node);
    int *children = dtn_arena_array(arena, GAME_NODES, sizeof *children),
        *members = dtn_arena_array(arena, 12, sizeof *members);
    dtn_infoset *h = dtn_arena_array(arena, GAME_INFOSETS, sizeof *h);
    dtn_action *a = dtn_arena_array(arena, GAME_ACTIONS, sizeof *a);
    dtn_tree_player *player = dtn_arena_array(arena, 2, sizeof *player);
    dtn_draw *draw = dtn_arena_array(arena, 4, sizeof *draw);
    fmpq *chance = dtn_arena_fmpq(arena, GAME_NODES), *payoff = dtn_arena_fmpq(arena, 2 * GAME_ENDS),
         *prob = dtn_arena_fmpq(arena, 4);
    assert_non_null(g);
    int nodes = 0, used = 0, ends = 0, draws = 0, seen[GAME_INFOSETS] = {0};
    for (int i = 0; i < GAME_NODES; i++)
        fmpq_one(chance + i);
    int root = game_add(node, children, &nodes, &used, -1, 0, DTN_NODE_CHANCE, 2);
    for (int p = 0; p < 2; p++) {
        int nature = game_add(node, children, &nodes, &used, root, p, DTN_NODE_CHANCE, 2);
        node[nature].label = p ? "P: soft" : "P: hard";
        fmpq_set_si(chance + nature, 1, 2);
        for (int q = 0; q < 2; q++) {
            int *types_drawn = dtn_arena_array(arena, 2, sizeof *types_drawn);
            types_drawn[0] = p;
            types_drawn[1] = q;
            int answer = game_add(node, children, &nodes, &used, nature, q, DTN_NODE_DECISION, 2);
            node[answer].label = q ? "Q: soft" : "Q: hard";
            fmpq_set_si(chance + answer, 1, 2);
            node[answer].infoset = q;
            node[answer].draw = draws;
            fmpq_set_si(prob + draws, 1, 4);
            draw[draws++] = (dtn_draw){.types = types_drawn, .node = answer};
            game_end(&g->tree, node, payoff,
                     game_add(node, children, &nodes, &used, answer, 0, DTN_NODE_TERMINAL, 0), &ends, 0, "1",
                     "-1/5");
            int reaction = game_add(node, children, &nodes, &used, answer, 1, DTN_NODE_DECISION, 2);
            node[reaction].infoset = 2 + p;
            int response = game_add(node, children, &nodes, &used, reaction, 0, DTN_NODE_DECISION, 2);
            node[response].infoset = 4 + q;
            game_end(&g->tree, node, payoff,
                     game_add(node, children, &nodes, &used, response, 0, DTN_NODE_TERMINAL, 0), &ends, 1,
                     "2/5", "-3/5");
            game_end(&g->tree, node, payoff,
                     game_add(node, children, &nodes, &used, response, 1, DTN_NODE_TERMINAL, 0), &ends, 2,
                     p ? "-9/10" : "-1/5", q ? "-9/10" : "-3/10");
            game_end(&g->tree, node, payoff,
                     game_add(node, children, &nodes, &used, reaction, 1, DTN_NODE_TERMINAL, 0), &ends, 3,
                     "-3/10", "0");
        }
    }
    for (int i = 0; i < GAME_INFOSETS; i++) {
        h[i] = (dtn_infoset){.player = owner[i],
                             .type = i % 2,
                             .first_action = 2 * i,
                             .actions = 2,
                             .first_member = 2 * i,
                             .members = 2,
                             .name = names[i],
                             .move = moves[i]};
        for (int k = 0; k < 2; k++)
            a[2 * i + k] = (dtn_action){.name = acts[i / 2 * 2 + k], .infoset = i, .target = -1, .seen = true};
    }
    a[4].kind = a[6].kind = DTN_ACT_THREAT;
    a[4].target = a[6].target = 1;
    a[4].unless = a[6].unless = "answer.engage";
    for (int n = 0; n < nodes; n++)
        if (node[n].infoset >= 0)
            members[2 * node[n].infoset + seen[node[n].infoset]++] = n;
    player[0] = (dtn_tree_player){.name = "P", .label = "Russia", .types = 2, .type_names = types};
    player[1] = (dtn_tree_player){
        .name = "Q", .label = "United States and NATO members", .types = 2, .type_names = types};
    g->tree = (dtn_tree){.title = "Guarantees",
                         .players = 2,
                         .nodes = nodes,
                         .infosets = GAME_INFOSETS,
                         .actions = GAME_ACTIONS,
                         .terminals = ends,
                         .outcomes = 4,
                         .draws = 4,
                         .player = player,
                         .node = node,
                         .children = children,
                         .infoset = h,
                         .members = members,
                         .action = a,
                         .outcome = outcome,
                         .outcome_label = outcome_label,
                         .draw = draw,
                         .draw_prob = prob,
                         .chance = chance,
                         .payoff = {.rows = (size_t)ends, .columns = 2, .exact = payoff},
                         .perfect_recall = true,
                         .recall_infoset = -1,
                         .recall_node = {-1, -1}};
    assert_ok(ctx, dtn_assessment_new(ctx, arena, &g->at.at, &g->tree));
    fmpq *reach = dtn_arena_fmpq(arena, GAME_NODES);
    for (int i = 0; i < GAME_ACTIONS; i++)
        dtn_rational_parse(&g->at.at.sigma[i], sigma[i], strlen(sigma[i]));
    /* response.hard counters, response.soft accommodates. */
    fmpq_zero(&g->at.at.sigma[8]);
    fmpq_one(&g->at.at.sigma[9]);
    dtn_assessment_reach(&g->tree, g->at.at.sigma, reach);
    dtn_assessment_bayes(&g->tree, &g->at.at, reach);
    /* The soft response is off the path: it believes that P is hard. */
    fmpq_one(&g->at.at.belief[members[10]]);
    assert_ok(ctx, dtn_equilibrium_describe(ctx, arena, &g->at, &g->tree));
    g->at.rung = DTN_RUNG_D1;
    g->at.regret = dtn_arena_fmpq(arena, 2);
    g->at.certified = g->at.exact = true;
    g->all =
        (dtn_equilibria){.method = "sequential", .outcome = DTN_OUTCOME_COMPLETE, .item = &g->at, .count = 1};
    return g;
}

#endif
