/* Result of `regions`: which classes of equilibria hold where, over one or two parameters, proved. */
#ifndef DTN_ANALYSE_REGIONS_H
#define DTN_ANALYSE_REGIONS_H

#include "analyse/regions_volume.h"
#include "analyse/rests.h"

/* Patterns are sets of classes, as in rests.h; two more numbers stand for points at which a constraint fails and for what could
 * not be decided. A cell's patterns are a set of bits: bit p for pattern p. */
enum { DTN_REGION_OUTSIDE = 62, DTN_REGION_UNKNOWN = 63, DTN_REGION_PATTERNS = 62, DTN_REGION_PARAMS = 32 };

/* Squares of the box halved `level` times in each direction: w by h of them, the first one number x, y from the low ends. */
typedef struct dtn_region_cell {
    long x, y, w, h;
    int level;
    uint64_t patterns; /* one bit: proved inside, up to finitely many curves through it; more: some border runs through it */
} dtn_region_cell;

/* A curve p = 0 that parts two patterns somewhere in the box. */
typedef struct dtn_region_border {
    int factor;                          /* of the faces' trace */
    int before, after;                   /* patterns where p < 0 and where p > 0 */
    long cells;                          /* its length in squares of the last level, about */
    long line;                           /* the same of all borders along this factor */
    const char *general, *general_latex; /* over all parameters, "pi = -e/l"; NULL: not found */
    const char *text, *latex;            /* "a = 3/10", "5 a + 2 pi - 1 = 0" */
} dtn_region_border;

/* One pattern of the map with its share of the box: between lo and hi. */
typedef struct dtn_region {
    int pattern; /* or DTN_REGION_OUTSIDE */
    dtn_extent share;
} dtn_region;

/* An end of a stretch: exact, or the only root of a factor in the bracket. */
typedef struct dtn_stretch_end {
    fmpq lo, hi; /* equal: exact */
    int factor;  /* -1: an end of the range */
    int here;    /* pattern exactly there; UNKNOWN where it is irrational */
} dtn_stretch_end;

/* An open stretch of one parameter on which the pattern is the same, proved. */
typedef struct dtn_stretch {
    dtn_stretch_end left, right;
    int pattern;
    int unseen; /* irrational points inside at which a condition changes its sign and nothing was solved */
} dtn_stretch;

/* The pieces of [lo, hi] along the only parameter of faces, ascending, without gaps; equal neighbours are joined where the point
 * between is the same, too, or irrational (then it is counted in `unseen`). A piece of pattern UNKNOWN is not decided. *out in arena. Cost: a traced run and an
 * exact solution a piece, about. */
dtn_status dtn_faces_line(dtn_ctx *ctx, dtn_arena *arena, const dtn_stretch **out, int *count,
                          dtn_faces *faces, const fmpq_t lo, const fmpq_t hi);

/* The map. */
typedef struct dtn_region_map {
    dtn_region_cell *cell; /* [cells] without gaps or overlaps */
    int cells, room;
    bool open;                /* some cell has the bit UNKNOWN */
    int level;                /* of the smallest cells */
    const dtn_region *region; /* [regions] largest first */
    int regions;
    dtn_region_border *border; /* [borders] along one factor together, longest first */
    int borders;
    fmpq *undecided; /* one number: share of the box */
} dtn_region_map;

typedef struct dtn_map_options {
    int level, deepest; /* halvings at least, at most */
    fmpq *share;        /* undecided share of the box at which it is fine enough */
} dtn_map_options;

/* Joins neighbouring cells of the same patterns and size to rectangles, lists the regions, and sorts the borders, those along
 * edges of cells included. */
dtn_status dtn_region_map_finish(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *map, const dtn_faces *faces,
                                 const fmpq *lo, const fmpq *hi);

/* lo, hi: [2]. LIMIT and CANCELLED leave *out with all that is known. */
dtn_status dtn_region_map_make(dtn_ctx *ctx, dtn_arena *arena, dtn_region_map *out, dtn_faces *faces,
                               const fmpq *lo, const fmpq *hi, const dtn_map_options *options);

/* "a = 3/10" and LaTeX of factor = 0, solved for the parameter of degree 1 that makes it shortest, else p = 0. */
dtn_status dtn_border_text(dtn_ctx *ctx, dtn_arena *arena, const char **text, const char **latex,
                           const dtn_faces *faces, int factor);
/* The same solved for a parameter of the faces, if it has degree 1 in the factor. */
dtn_status dtn_border_solved(dtn_ctx *ctx, dtn_arena *arena, const char **text, const char **latex,
                             const dtn_faces *faces, int factor, int variable);

struct dtn_regions_answer;
/* regions_formula.c: `general` of the map's borders. */
dtn_status dtn_regions_formulas(dtn_ctx *ctx, dtn_arena *arena, struct dtn_regions_answer *answer);

typedef struct dtn_regions_answer {
    const dtn_scenario *scenario;
    dtn_rung rung;
    int params, param[DTN_REGION_PARAMS]; /* two: a map; one: a line; with `all` as many as matter */
    bool all;                             /* volumes over all parameters */
    fmpq *lo, *hi, *now;                  /* [params] box, and the job's point */
    dtn_sweep *sweep;                     /* owned, with the names of classes and patterns */
    dtn_faces *faces;                     /* owned */
    dtn_region_map map;                   /* two parameters */
    const dtn_stretch *stretch;           /* one */
    int stretches;
    dtn_volumes volumes; /* all */
    int pattern_now;     /* at the job's point */
    const fmpq *mark;    /* [2] a further point for the picture, called mark_word; NULL: none */
    const char *mark_word;
} dtn_regions_answer;

#endif
