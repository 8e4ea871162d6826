/* Where the answer changes along one parameter: a scan, and the exact place of each change. */
#ifndef DTN_ANALYSE_LINE_H
#define DTN_ANALYSE_LINE_H

#include "analyse/sweep.h"

/* A parameter over its range, cut to the stretch around its present value on which the constraints hold. */
typedef struct dtn_line {
    dtn_sweep *sweep;
    int param;
    fmpq *lo, *hi; /* ends of the stretch; an end that a constraint excludes lies just outside the scan */
    bool cut_lo, cut_hi;     /* a constraint, not the range, ends it */
    fmpq *resolution;        /* widest gap between scanned points */
    const dtn_snapshot **at; /* [count] solved points, ascending, all inside */
    int count, room;
    int undecided; /* points whose equilibria could not all be listed */
    int most;      /* points at which the search for changes gives up refining */
} dtn_line;

/* Solves `cells` + 1 points from lo to hi (0: as many as the game's size allows), and the present value. *out lives in the
 * sweep's arena. Statuses also as dtn_sweep_now. */
dtn_status dtn_line_scan(dtn_ctx *ctx, dtn_line **out, dtn_sweep *sweep, int param, const fmpq_t lo,
                         const fmpq_t hi, int cells);
/* The snapshot at x, solved unless it is known. *index: its place in line->at, -1 when x is not inside. */
dtn_status dtn_line_probe(dtn_ctx *ctx, int *index, dtn_line *line, const fmpq_t x);

/* What is asked of a snapshot; changes of the label are looked for. */
typedef struct dtn_label {
    int (*of)(const void *user, const dtn_snapshot *s);
    const void *user;
    const fmpq *prob; /* a probability of the target at which the label may change; NULL: none */
} dtn_label;

/* One change. */
typedef struct dtn_break {
    const dtn_snapshot *left, *right; /* just below and just above */
    const dtn_snapshot *here; /* at the exact place; NULL: only the bracket left->x .. right->x is known */
} dtn_break;

/* All changes that the scan reveals, ascending, each refined until it is exact or its bracket is 2^-20 of the range
 * (wider once the line has its most points).
 * *out: [count] in the sweep's arena. */
dtn_status dtn_line_breaks(dtn_ctx *ctx, const dtn_break **out, int *count, dtn_line *line,
                           const dtn_label *label);

/* For line.c: up to `room` places in [left, right] at which something that decides the label may switch, found from the solved
 * points on both sides (line_root.c). root: [room] rationals. */
dtn_status dtn_line_roots(dtn_ctx *ctx, fmpq *root, int *count, int room, const dtn_line *line, int left,
                          const dtn_label *label);
/* Whether an incentive switches exactly at `here`: an action that is not in use there, or a probability at its limit, is exactly
 * indifferent, and strictly worse in the same class on one side; or the target has exactly the asked probability. */
bool dtn_break_is_exact(const dtn_sweep *sweep, const dtn_snapshot *here, const dtn_snapshot *left,
                        const dtn_snapshot *right, const dtn_label *label);

#endif
