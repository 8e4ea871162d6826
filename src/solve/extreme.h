/* Inside of the solver `extreme`: integer dictionaries of best-response polytopes, their faces, and the found set. */
#ifndef DTN_SOLVE_EXTREME_H
#define DTN_SOLVE_EXTREME_H

#include "solve/solver.h"

/* Labels: 0 .. m-1 the rows (player 1's strategies), m .. m+n-1 the columns. A label is tight in P where its variable is 0:
 * an unplayed row, or a column that is a best reply; in Q the other way round. Variables are numbered by label. */

/* A dictionary: det * basic[i] = cell[i][0] - sum over j >= 1 of cell[i][j] * nonbasic[j], integer entries (Edmonds),
 * det > 0, values non-negative. Variables that were set to 0 for good are gone. */
typedef struct dtn_dictionary {
    int rows, columns, stride; /* live rows and columns (without the constant); distance between rows */
    int *basic;                /* [rows] labels */
    int *nonbasic;             /* [columns + 1], from 1 */
    int *place;                /* [labels] row r: r; column j: -j - 1 (so -2 ..); gone: -1 */
    fmpz *cell;
    fmpz *det; /* one number */
} dtn_dictionary;

enum { DTN_PLACE_GONE = -1 };

dtn_status dtn_dictionary_new(dtn_ctx *ctx, dtn_arena *arena, dtn_dictionary **out, int rows, int columns,
                              int labels);
void dtn_dictionary_copy(dtn_dictionary *to, const dtn_dictionary *from, int labels);
/* Exchanges basic[row] and nonbasic[column]; the entry must not be 0. Its inverse is the same call again. */
void dtn_dictionary_pivot(dtn_dictionary *d, int row, int column);
/* Restricts to the face on which the variable is 0. false: the face is empty (d is then spoiled). */
bool dtn_dictionary_force(dtn_dictionary *d, int label);

typedef enum dtn_tightness {
    DTN_TIGHT_ALWAYS, /* 0 on the whole face */
    DTN_TIGHT_NEVER,  /* shown to be positive on the whole face */
    DTN_TIGHT_OPEN
} dtn_tightness;
dtn_tightness dtn_dictionary_tightness(const dtn_dictionary *d, int label);

/* Bit sets of labels. */
static inline bool dtn_label_in(const uint64_t *set, int label)
{
    return set[label / 64] >> (label % 64) & 1;
}
static inline void dtn_label_add(uint64_t *set, int label)
{
    set[label / 64] |= (uint64_t)1 << (label % 64);
}

/* Extreme strategies of one player found so far, told apart by which labels are tight. */
typedef struct dtn_vertex_set {
    int count, room, labels, words, first, width; /* coordinates: variables first .. first + width - 1 */
    uint64_t *tight;                              /* [count][words] */
    fmpq **point;                                 /* [count][width], sum 1 */
    int *slot;                                    /* hash table of indices + 1 */
    int slots;
    int8_t *sign;       /* [room] of the determinant of its core; 0: not known */
    int *stamp, stamps; /* [room] last list that the vertex was put on */
    fmpz *value;        /* [width] room for the caller's coordinates */
    fmpq *chunk;        /* for the next points */
    int left;           /* of them */
    dtn_arena *arena;   /* owns all of it */
} dtn_vertex_set;

dtn_status dtn_vertex_set_new(dtn_ctx *ctx, dtn_arena *arena, dtn_vertex_set **out, int labels, int first,
                              int width);
/* The vertex at which exactly these labels are tight, added with coordinates proportional to set->value unless it is there;
 * *index = -1 when all of them are 0. */
dtn_status dtn_vertex_set_add(dtn_ctx *ctx, dtn_vertex_set *set, int *index, const uint64_t *tight);

/* The same vertex as number `at` of another set, which loses its coordinates. */
dtn_status dtn_vertex_set_take(dtn_ctx *ctx, dtn_vertex_set *set, int *index, dtn_vertex_set *from, int at);

/* Vertices of the face that a dictionary stands for: *list [*count] indices into set, in scratch. Pivots d but restores it. */
dtn_status dtn_face_vertices(dtn_ctx *ctx, dtn_vertex_set *set, int **list, int *count, dtn_dictionary *d);

/* Sorts vertices and profiles, and finds components and maximal Nash subsets. */
dtn_status dtn_extreme_describe(dtn_ctx *ctx, dtn_profiles *out, dtn_vertex_set *const set[2]);

#endif
