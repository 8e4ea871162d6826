/* The parts of the expansion of a protocol into a tree: hash-consed tuples, values along a path, the walk, names.
 *
 * Everything that grows along a path is an integer: a value (state, grid variable, amount paid), a player's
 * history of what was seen. Equal ones have equal numbers, so a node costs a few table look-ups, formulas are bound
 * once for all nodes that share them, and an information set is the tuple (player, type, move, history). */
#ifndef DTN_MODEL_PROTOCOL_H
#define DTN_MODEL_PROTOCOL_H

#include "model/scenario.h"

enum { DTN_PLACE_TEXT = 256 };

/* "file:line:column: " of a place. */
void dtn_place_prefix(char out[static DTN_PLACE_TEXT], const dtn_scenario *s, dtn_place place);
/* Passes every status on; to a DOMAIN it adds the place and what was being worked out. */
dtn_status dtn_fail_at(dtn_ctx *ctx, dtn_status status, const dtn_scenario *s, dtn_place place,
                       const char *format, ...) DTN_PRINTF(5, 6);

/* ---- tuples of integers, numbered 0, 1, 2 ... in order of first sight ---- */
typedef struct dtn_intern dtn_intern;
dtn_status dtn_intern_new(dtn_ctx *ctx, dtn_arena *arena, dtn_intern **out);
/* *id of the tuple; *fresh (NULL allowed): it was not known. Cost: constant on average. */
dtn_status dtn_intern_id(dtn_ctx *ctx, dtn_intern *table, int *id, bool *fresh, const int *tuple, int length);
/* The tuple of an id; borrowed until the arena goes. */
const int *dtn_intern_tuple(const dtn_intern *table, int id);
int dtn_intern_count(const dtn_intern *table);

/* ---- values: a formula over the parameters and its exact value at the point ---- */
typedef struct dtn_value {
    const dtn_expr *formula;
    fmpq *exact;
    bool constant; /* the formula is the number */
} dtn_value;
typedef struct dtn_values dtn_values;
enum { DTN_VALUE_ZERO = 0, DTN_VALUE_NONE = -1 };

/* formulas: the arena in which bound formulas are made. */
dtn_status dtn_values_new(dtn_ctx *ctx, dtn_arena *arena, dtn_arena *formulas, dtn_values **out,
                          const dtn_scenario *s, const dtn_point *point);
/* The formula with the path put in: path[slot - s->params] is a value, or NONE where the slot has none yet.
 * *path_only (NULL allowed): the formula reads the path and what remains is a constant. DOMAIN: undefined here (the
 * caller adds where and what by dtn_fail_at). */
dtn_status dtn_values_bind(dtn_ctx *ctx, dtn_values *v, int *id, bool *path_only, const dtn_expr *formula,
                           const int *path);
/* The same for a probability: DOMAIN outside [0, 1] too. */
dtn_status dtn_values_probability(dtn_ctx *ctx, dtn_values *v, int *id, bool *path_only,
                                  const dtn_expr *formula, const int *path);
dtn_status dtn_values_sum(dtn_ctx *ctx, dtn_values *v, int *id, int a, int b);
dtn_status dtn_values_constant(dtn_ctx *ctx, dtn_values *v, int *id, const fmpq_t exact);
dtn_status dtn_values_param(dtn_ctx *ctx, dtn_values *v, int *id, int param);
const dtn_value *dtn_values_get(const dtn_values *v, int id);

/* ---- the plan: nodes in preorder and information sets, before names are given ---- */
typedef struct dtn_plan_choice { /* one branch of a move: an action, or one value of its grid */
    const dtn_scn_action *action;
    int index;      /* of the action within the move */
    int grid_value; /* value, or NONE */
    const char *name;
} dtn_plan_choice;

typedef struct dtn_plan_menu { /* what one mover of one move (or chance) chooses from */
    int move, player;          /* player -1: chance */
    int choices;
    const dtn_plan_choice *choice;
    bool seen; /* by somebody else than the mover */
} dtn_plan_menu;

typedef struct dtn_plan_node {
    const char *label;
    int parent, branch;
    int menu; /* -1: end, or draw of types */
    dtn_node_kind kind;
    int infoset;     /* decision: number; end: outcome; chance: -1 */
    int draw;        /* or -1 */
    int probability; /* value when the parent is chance, or NONE */
    int payoff;      /* end: tuple of one value a player in plan->payoffs */
} dtn_plan_node;

enum { DTN_PLAN_CHUNK = 4096 };

typedef struct dtn_plan {
    const dtn_scenario *s;
    const dtn_point *point;
    dtn_arena *arena;
    dtn_values *values;
    dtn_intern *histories; /* {previous history, menu, choice}; history 0 is the empty one */
    dtn_intern *infosets;  /* {player, type, menu, history} */
    dtn_intern *payoffs;   /* one value a player */
    int *no_path;          /* NONE for every slot of the path */
    const dtn_plan_menu *menu;
    int menus;
    const int *first_menu; /* [moves + 1] */
    dtn_plan_node **chunk; /* nodes, DTN_PLAN_CHUNK a chunk */
    int chunks;
    long nodes, max_nodes;
    bool *cyclic; /* [moves]: some way from the move leads back to it */
} dtn_plan;

static inline dtn_plan_node *dtn_plan_at(const dtn_plan *p, long node)
{
    return &p->chunk[node / DTN_PLAN_CHUNK][node % DTN_PLAN_CHUNK];
}

/* Menus of all moves at the point, grids written out. */
dtn_status dtn_plan_menus(dtn_ctx *ctx, dtn_plan *p);
/* Adds a node and returns its number. LIMIT when the plan is full. */
dtn_status dtn_plan_add(dtn_ctx *ctx, dtn_plan *p, int *node, const dtn_plan_node *what);
/* Everything below the draw of one profile of types (types[players], -1 where none). at: where the first node
 * hangs (parent, branch, probability, label, draw). */
dtn_status dtn_plan_walk(dtn_ctx *ctx, dtn_plan *p, const int *types, const dtn_plan_node *at);
/* names[infosets]: unique, as short as what distinguishes them allows. */
dtn_status dtn_plan_names(dtn_ctx *ctx, const dtn_plan *p, const char **names);

#endif
