/* Inside of the tree verifier: what its parts share. */
#ifndef DTN_SOLVE_VERIFY_TREE_H
#define DTN_SOLVE_VERIFY_TREE_H

#include "solve/verify.h"

typedef struct dtn_check {
    const dtn_tree *tree;
    const fmpq *sigma;
    fmpq *belief;  /* [nodes] own copy, 1 at single nodes */
    fmpq *reach;   /* [nodes] */
    fmpq *value;   /* [nodes][players] under sigma */
    int *end;      /* [nodes] one past the last node below */
    bool *subgame; /* [nodes] */
    bool *reached; /* [infosets] */
    /* Working space of best replies. */
    fmpq *weight; /* [nodes] */
    int *last;    /* [nodes] the player's last own action, -1: none since the start */
    fmpq *gain;   /* [actions] value of the best continuation after each own action */
    int *touched; /* [infosets] the player's information sets in the order of first visit */
    bool *seen;   /* [infosets] */
    int *parent;  /* [infosets] own action that leads to it, -1 */
} dtn_check;

/* Where a player gains. */
typedef struct dtn_deviation {
    int infoset, action;
} dtn_deviation;

/* All arrays in the scratch arena; tree, sigma, belief checked (ARG, DOMAIN). a->belief NULL: none given, belief stays 0
 * except at single nodes. */
dtn_status dtn_check_new(dtn_ctx *ctx, dtn_check **out, const dtn_tree *tree, const dtn_assessment *a);
/* gain = best reply of the player below roots (weights given) minus the value of sigma there. stop: proper subgames
 * inside are replaced by their values. *where (NULL allowed) is an action that gains, when gain > 0. */
void dtn_check_best_reply(dtn_check *c, fmpq_t gain, dtn_deviation *where, int player, const int *root,
                          const fmpq *root_weight, int roots, bool stop);
/* Perfect information: *holds, and payoff [players] then: no choice is worse than another. Probabilities were checked. */
dtn_status dtn_check_perfect_information(dtn_ctx *ctx, bool *holds, fmpq *payoff, const dtn_tree *tree,
                                         const fmpq *sigma);
/* Probabilities and beliefs (NULL: none) are distributions: ARG else. */
dtn_status dtn_check_sums(dtn_ctx *ctx, const dtn_tree *tree, const dtn_assessment *a);
/* Bayes on the path; fall->infoset says where not. */
bool dtn_check_bayes(dtn_check *c, dtn_fall *fall);
/* The NSWYDK equations of verify.h; fall says where not: the information set, the deviator, its action. */
dtn_status dtn_check_signalling(dtn_ctx *ctx, dtn_check *c, bool *holds, dtn_fall *fall);
/* Kreps-Wilson consistency. *holds and, when not, fall; fall->unknown when undecided. */
dtn_status dtn_check_consistency(dtn_ctx *ctx, dtn_check *c, bool *holds, dtn_fall *fall);
/* Only the orders, and only at the information sets wanted: do any fit which nodes have positive belief there? */
dtn_status dtn_check_orders(dtn_ctx *ctx, dtn_check *c, const bool *wanted, bool *exist);
/* Probability of the branch into a node (not the root) given its parent. */
const fmpq *dtn_check_branch(const dtn_check *c, int node);

#endif
