/* The inside of a store of decision diagrams, shared by bdd.c (nodes and memory) and bdd_ops.c (operations). */
#ifndef DTN_STABILITY_BDD_STORE_H
#define DTN_STABILITY_BDD_STORE_H

#include "stability/bdd.h"

/* Children are made before their parents and have smaller numbers. */
typedef struct dtn_bdd_node {
    uint32_t variable; /* TERMINAL for the two constants */
    dtn_bdd low, high; /* the function where the variable is false, true */
    dtn_bdd next;      /* in the bucket */
} dtn_bdd_node;

typedef struct dtn_bdd_memo {
    uint32_t op;
    dtn_bdd f, g, h, result;
} dtn_bdd_memo;

struct dtn_bdd_store {
    dtn_ctx *ctx;
    dtn_status status;
    dtn_arena *own;   /* of the store */
    dtn_arena *arena; /* of the arrays; replaced when they grow */
    dtn_bdd_node *node;
    dtn_bdd *bucket;
    dtn_bdd_memo *memo;
    size_t nodes, room, memos; /* room = buckets; both are powers of two */
    int variables;
};

#define DTN_BDD_TERMINAL UINT32_MAX

/* The node (variable, low, high), made if need be. */
dtn_bdd dtn_bdd_make(dtn_bdd_store *store, uint32_t variable, dtn_bdd low, dtn_bdd high);
/* The place where the result of an operation is remembered; it may hold another one. */
dtn_bdd_memo *dtn_bdd_recall(const dtn_bdd_store *store, uint32_t op, dtn_bdd f, dtn_bdd g, dtn_bdd h);
/* Forgets remembered results. */
void dtn_bdd_forget(dtn_bdd_store *store);

#endif
