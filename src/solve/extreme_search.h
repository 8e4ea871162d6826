/* Inside of the solver `extreme`: the search in doubles, the exact one that it falls back to, and what both find. */
#ifndef DTN_SOLVE_EXTREME_SEARCH_H
#define DTN_SOLVE_EXTREME_SEARCH_H

#include "solve/extreme.h"
#include "solve/extreme_polytope.h"

/* --- kernels -------------------------------------------------------------------------------------- */

/* Loops over padded rows, in the widest vectors of the machine; all versions give the same doubles. */
typedef struct dtn_kernel {
    /* Exchanges the variables of a row and a column. */
    void (*pivot)(double *cell, double *value, int rows, int stride, int row, int column);
    /* Bit set of the rows in which no entry exceeds the limit of its column. */
    uint64_t (*closed)(const double *cell, const double *limit, int rows, int stride);
    /* out += sum of factor[i] * row i. */
    void (*combine)(double *out, const double *const *row, const double *factor, int count, int stride);
} dtn_kernel;

const dtn_kernel *dtn_kernel_best(void);

/* --- tableaux in doubles -------------------------------------------------------------------------- */

/* basic[i] = value[i] - sum of cell[i][j] * nonbasic[j], of the scaled system. Columns that were set to 0 for good stay. */
typedef struct dtn_tableau {
    int rows, columns, stride, first_column;
    double *cell;  /* [rows][stride] */
    double *value; /* [rows] */
    double *limit; /* [stride] a larger entry is positive; HUGE_VAL where the column is 0 for good */
    int16_t *basic, *nonbasic, *place; /* [rows], [columns], [labels]: row r: r, column j: -j - 1 */
    void *block;                       /* all of it */
    size_t bytes;
} dtn_tableau;

dtn_status dtn_tableau_new(dtn_ctx *ctx, dtn_arena *arena, dtn_tableau **out, const dtn_polytope *g,
                           int labels);
/* The dictionary of the slacks, moved to the first pure strategy. */
void dtn_tableau_start(dtn_tableau *t, const dtn_kernel *kernel, const dtn_polytope *g);
void dtn_tableau_copy(dtn_tableau *to, const dtn_tableau *from);

typedef enum dtn_forced {
    DTN_FORCED,
    DTN_FORCED_EMPTY, /* it seems that the variable is positive on the whole face: its row says why */
    DTN_FORCED_STUCK  /* the doubles lead nowhere */
} dtn_forced;
/* Restricts to the face on which the variable is 0, as far as doubles tell. */
dtn_forced dtn_tableau_force(dtn_tableau *t, const dtn_kernel *kernel, int label);
/* Bit set of the rows that seem to keep their variable above 0 on the whole face. */
uint64_t dtn_tableau_positive(const dtn_tableau *t, const dtn_kernel *kernel);
/* Proof that a basic variable is positive on the whole face, from the integers; false: not proved. */
bool dtn_tableau_proves(const dtn_tableau *t, const dtn_kernel *kernel, const dtn_polytope *g, int label);

/* --- the search ----------------------------------------------------------------------------------- */

typedef struct dtn_labels {
    uint64_t word[2];
} dtn_labels;

static inline bool dtn_labels_has(const dtn_labels *set, int label)
{
    return dtn_label_in(set->word, label);
}
static inline void dtn_labels_add(dtn_labels *set, int label)
{
    dtn_label_add(set->word, label);
}
static inline void dtn_labels_drop(dtn_labels *set, int label)
{
    set->word[label / 64] &= ~((uint64_t)1 << (label % 64));
}

struct dtn_branch;                              /* of the search in doubles */
struct dtn_exact;                               /* of the exact search */
typedef struct dtn_branch_task dtn_branch_task; /* a node that waits for its search */

typedef struct dtn_extreme {
    dtn_profile_run *run;
    int m, n, labels;
    dtn_polytope polytope[DTN_SIDES];
    dtn_dictionary *root[DTN_SIDES]; /* exact, at the first pure strategy */
    dtn_vertex_set *vertices[DTN_SIDES];
    fmpq *sigma; /* [m + n] room for borrowed numbers */
    struct dtn_branch *branch;
    struct dtn_exact *exact;
    double share; /* of the tree that is done, every branch counting half of its parent */
    /* Several threads. */
    int cut; /* > 0: nodes at this depth become tasks */
    dtn_branch_task **task;
    int tasks;
    bool collect; /* equilibria are noted as pairs of vertices for another thread to certify */
    int *pair, pairs;
    dtn_arena *arena;                                                    /* of what is collected */
    dtn_ctx *parent;                                                     /* its interruption is ours */
    atomic_bool *stop;                                                   /* another thread has failed */
    long nodes, bounds, exact_bounds, leaves, exact_leaves, exact_trees; /* work done */
} dtn_extreme;

/* s->root[which]: the dictionary of the polytope's slacks, moved from the origin, which is no strategy, to the first pure one. */
dtn_status dtn_extreme_root(dtn_ctx *ctx, dtn_extreme *s, dtn_side which);
dtn_status dtn_exact_new(dtn_ctx *ctx, dtn_extreme *s);
dtn_status dtn_branch_new(dtn_ctx *ctx, dtn_extreme *s);
/* All pairs below a node, in integers: tight[w]: labels tight in that polytope; open: not decided; loose: not tight in P. NULL
 * for all of them: the whole game. */
dtn_status dtn_exact_search(dtn_ctx *ctx, dtn_extreme *s, const dtn_labels tight[DTN_SIDES],
                            const dtn_labels *open, const dtn_labels *loose);
/* Vertices of the face on which these labels are tight: *list [*count] in scratch; none when it is empty. */
dtn_status dtn_exact_face(dtn_ctx *ctx, dtn_extreme *s, int **list, int *count, dtn_side which,
                          const dtn_labels *tight);
/* Is the variable positive on the whole face on which these labels are tight? */
bool dtn_exact_positive(dtn_extreme *s, dtn_side which, const dtn_labels *tight, int label);
dtn_status dtn_branch_search(dtn_ctx *ctx, dtn_extreme *s);
/* Searches what is below a task that another search left. */
dtn_status dtn_branch_resume(dtn_ctx *ctx, dtn_extreme *s, const dtn_branch_task *task);
/* The whole search by several threads. */
dtn_status dtn_extreme_share_out(dtn_ctx *ctx, dtn_extreme *s, int threads);
/* Fills in the indices of all profiles; true: none has ties, and they sum to 1. */
bool dtn_extreme_indices(const dtn_extreme *s, dtn_profiles *out);
/* Both searches hand in the equilibria with these vertices here. */
dtn_status dtn_extreme_found(dtn_ctx *ctx, dtn_extreme *s, int x, int y);

#endif
