/* Action-graph games, plain and Bayesian, kept compact: players choose action nodes, and what a node pays depends only on how
 * often its neighbours were chosen. Never expanded unless asked for; immutable once built.
 *
 * A player has types, one where the game is not Bayesian; types are drawn independently. Each pair of a player and a type is an
 * agent, and stands for a player wherever equilibria are sought: what it earns is what that type expects. */
#ifndef DTN_MODEL_ACTION_GRAPH_H
#define DTN_MODEL_ACTION_GRAPH_H

#include "model/strategic.h"

/* What a function node counts of its neighbours. */
typedef enum dtn_count_kind {
    DTN_COUNT_SUM,
    DTN_COUNT_EXISTS, /* 1 when some neighbour was chosen (weighted: when the sum of weights is positive), otherwise 0 */
    DTN_COUNT_HIGHEST, /* the greatest number (weighted: its weight) of a neighbour that was chosen */
    DTN_COUNT_LOWEST
} dtn_count_kind;

typedef struct dtn_function_node {
    dtn_count_kind kind;
    bool weighted;
    int fallback; /* weighted: SUM starts from it; HIGHEST and LOWEST give it when no neighbour was chosen */
    const int *weight; /* [actions] when weighted */
    int neighbours;
    const int *neighbour; /* nodes: actions first, then functions */
} dtn_function_node;

/* Partial configurations of an action node's neighbours: a machine that reads what one player after the other chose. */
typedef struct dtn_count_states {
    int moves;         /* kinds of contributions; 0 contributes nothing */
    const int *move;   /* [actions] */
    int states;        /* 0 is the start: nobody chose */
    const int *next;   /* [states][moves]; -1: no set of players gets there */
    const int *config; /* [states] number of the configuration, -1: not one of all players */
} dtn_count_states;

typedef struct dtn_action_node {
    int neighbours;
    const int *neighbour; /* action nodes 0 .. actions - 1, then function nodes */
    int configs;          /* that can come about when somebody chooses this node */
    const int *config;    /* [configs][neighbours], in lexicographic order */
    const fmpq *payoff;   /* [configs] */
    dtn_count_states states;
} dtn_action_node;

typedef struct dtn_agent {
    int player;
    const fmpq *chance; /* of the type: one number */
    int actions;
    const int *action; /* ascending nodes */
} dtn_agent;

typedef struct dtn_action_graph {
    dtn_arena *arena;
    const char *title, *about;
    bool bayesian;
    int players, actions, functions, agents;
    const int *first;      /* [players + 1] first agent */
    dtn_agent *agent;      /* [agents], by player and type */
    dtn_action_node *node; /* [actions] */
    dtn_function_node *function;
    const int *touch; /* [functions][actions] contribution of a player who chooses the action; -1: none, of HIGHEST and LOWEST */
    const char *const *action_name, *const *player_name, *const *agent_name; /* agent_name: types */
} dtn_action_graph;

/* For readers: an empty graph with an arena, to be filled with players, agents, nodes and their neighbours; then linked; then
 * states node by node; then payoffs [configs] of each node. */
dtn_status dtn_action_graph_new(dtn_ctx *ctx, dtn_action_graph **out);
/* Fills touch. *fault: a function node that cannot be counted player by player, with *why in ctx's scratch; -1: all is well.
 * LIMIT: too large. */
dtn_status dtn_action_graph_link(dtn_ctx *ctx, dtn_action_graph *graph, int *fault, const char **why);
/* Fills states, configs and config of one node. LIMIT: too many. */
dtn_status dtn_action_graph_states(dtn_ctx *ctx, dtn_action_graph *graph, int node);
void dtn_action_graph_free(dtn_action_graph *graph); /* NULL allowed */

/* tuple [neighbours of node]: a configuration as it is counted inside. Begins it; adds players who choose action; gives the
 * numbers that payoffs refer to. */
void dtn_action_graph_begin(const dtn_action_graph *graph, int node, int *tuple);
void dtn_action_graph_join(const dtn_action_graph *graph, int node, int *tuple, int action, int times);
void dtn_action_graph_counts(const dtn_action_graph *graph, int node, int *out, const int *tuple);
/* The configuration's number among the node's, -1: not there. counts: [neighbours]. */
int dtn_action_graph_config(const dtn_action_graph *graph, int node, const int *counts);
/* What a player who chooses `node` earns when the players choose count[action] times each action, itself included; NULL: they cannot.
 * room: [2 x neighbours of the node]. */
const fmpq *dtn_action_graph_payoff(const dtn_action_graph *graph, int node, const int *count, int *room);

/* The agents' game without a table: players are agents, strategies their actions; game->graph is graph, which it then owns. */
dtn_status dtn_strategic_from_graph(dtn_ctx *ctx, dtn_strategic **out, dtn_action_graph *graph);
/* Number of profiles of any strategic game; a double, as it may be 10^30. */
double dtn_strategic_size(const dtn_strategic *game);
/* The table of a game that has a graph, exact. LIMIT: more than most profiles. Cost: profiles x agents x neighbours. */
dtn_status dtn_strategic_expand(dtn_ctx *ctx, dtn_strategic **out, const dtn_strategic *game, size_t most);

#endif
