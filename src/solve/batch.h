/* Inside of the batch solver: the plan of one size, groups of games cut into bits, and the kernels. */
#ifndef DTN_SOLVE_BATCH_H
#define DTN_SOLVE_BATCH_H

#include "detente/batch.h"
#include "num/rational.h"

enum {
    BATCH_LANES = 8,                         /* games a vector step */
    BATCH_WORDS = 8,                         /* words of 64 games a group */
    BATCH_GROUP = 64 * BATCH_WORDS,          /* games a group */
    BATCH_STEPS = BATCH_GROUP / BATCH_LANES, /* vector steps a group: one byte of each bit row */
    BATCH_MOST = 8                           /* actions a side that the kernels take */
};

/* A row of bits, one for each game of a group. */
typedef struct batch_bits {
    uint64_t word[BATCH_WORDS];
} batch_bits;

/* The minors of one player's payoffs U [own][other], and how supports read their signs.
 * W(R; C), |R| = |C| + 1, is the determinant of the rows R and columns C of U, bordered by a column of ones on the left. */
typedef struct batch_side {
    int own, other;
    int *plane;     /* [own][other] plane of the payoff */
    int minors;     /* numbered by ascending |C|, so that a minor's terms come before it */
    int order;      /* largest |C| */
    int *start;     /* [order + 2] first minor with |C| = k + 1 */
    uint16_t *pair; /* minors of order 1: [start[1]][2] planes, second minus first */
    /* [order - 1] terms of minors of order k + 2: [start[k + 2] - start[k + 1]][k + 2][2] minors to multiply; the
     * first is added, the second subtracted, and so on */
    uint16_t **term;
    /* For each pair of supports, own bit rows: first those whose minors must be positive, then those whose must not. A bit row
     * 2 w holds "minor w > 0", 2 w + 1 "minor w < 0". The other orientation swaps the two. */
    uint16_t *test; /* [supports][own] */
    double range;   /* largest difference of payoffs for which all minors are exact in doubles */
} batch_side;

/* What is computed once for games of one size. */
typedef struct batch_plan {
    int rows, columns, supports;
    uint8_t *rows_of, *columns_of; /* [supports] masks, equally many rows and columns */
    batch_side side[2];            /* player 1's payoffs against columns, player 2's against rows */
} batch_plan;

dtn_status batch_plan_new(dtn_ctx *ctx, dtn_arena *arena, batch_plan **out, int rows, int columns);
double batch_plan_range(int own, int other);

/* A group of games at work. */
typedef struct batch_group {
    size_t start;        /* first game */
    int games;           /* at most BATCH_GROUP */
    batch_bits *sign[2]; /* [2 * minors] */
    batch_bits *holds[2]; /* [supports] side 0: the columns can be played so that the rows are among the best replies, all of
                           * those that the support needs; side 1: the other way round */
    batch_bits tie; /* some strategy has more best replies than actions in its support */
    batch_bits big; /* payoffs out of range, or no integers */
    double *minor;  /* scratch of the kernel: [most minors of a side][BATCH_LANES] */
    double *tail;   /* scratch: the planes of a last, incomplete step */
} batch_group;

/* Fills holds, tie and big of the group. */
typedef void batch_kernel_fn(const batch_plan *plan, const dtn_batch *batch, batch_group *group);
typedef struct batch_kernel {
    const char *name;
    bool (*runs_here)(void);
    batch_kernel_fn *run;
} batch_kernel;
extern const batch_kernel batch_kernel_avx512, batch_kernel_avx2, batch_kernel_plain;

/* Equilibria in the making: those of a run of games. */
typedef struct batch_list {
    dtn_arena *arena;
    size_t count, room;
    dtn_batch_equilibrium *item;
} batch_list;

/* Room for more items; share: how much of the whole is done, in (0, 1], to guess the final number by. */
dtn_status batch_list_reserve(dtn_ctx *ctx, batch_list *list, size_t more, double share);

/* One player's extreme strategy that can stand in an equilibrium: its support and all best replies to it. */
typedef struct batch_vertex {
    uint16_t own, best;
} batch_vertex;

/* Scratch of one worker. */
typedef struct batch_worker {
    dtn_ctx *ctx; /* the worker's own */
    const batch_plan *plan;
    const dtn_batch *batch;
    batch_kernel_fn *kernel; /* NULL: the general method */
    batch_group group;
    size_t from, until; /* its games */
    uint32_t *event;    /* [event_room] equilibria of a group by support: support * BATCH_GROUP + game */
    size_t event_room;
    batch_vertex *vertex[2]; /* [supports] of one game */
    batch_list list;         /* the answer of this worker's games */
    batch_list special;      /* equilibria of the tied and big games of a group */
    size_t *first;  /* of all games; those of this worker are filled, counted from its first equilibrium */
    uint8_t *flags; /* of all games */
} batch_worker;

/* Turns the bits of the worker's group into equilibria: appends to its list, sets first and flags. */
dtn_status batch_emit(batch_worker *w);
/* All extreme equilibria of one game by the general exact method, appended to list, unordered. */
dtn_status batch_exact(dtn_ctx *ctx, batch_list *list, const dtn_batch *batch, size_t game);
/* The least integers in proportion to a player's probabilities: out [own actions]. ARG: the masks determine no strategy. */
dtn_status batch_strategy(dtn_ctx *ctx, fmpz *out, const dtn_batch *batch, size_t game, int player,
                          const dtn_batch_equilibrium *equilibrium);
/* Puts a game's equilibria in the documented order; true: some has a best reply outside its support. */
bool batch_order(dtn_batch_equilibrium *item, size_t count);

/* Payoff of a player at plane k. */
static inline double batch_payoff(const dtn_batch *batch, int player, int plane, size_t game)
{
    size_t block = batch->block ? batch->block : batch->games,
           planes = (size_t)batch->rows * (size_t)batch->columns;
    size_t at = (game / block * planes + (size_t)plane) * block + game % block;
    if (batch->a)
        return (player ? batch->b : batch->a)[at];
    return (player ? batch->b32 : batch->a32)[at];
}

#endif
