/* What is known at one point of a sweep: a row of figures, from a face that holds the point, or from a solution there. */
#ifndef DTN_ANALYSE_SWEEP_PROBER_H
#define DTN_ANALYSE_SWEEP_PROBER_H

#include "analyse/bind.h"
#include "analyse/faces.h"
#include "analyse/sweep_plan.h"

typedef enum dtn_column_what {
    DTN_COLUMN_PARAM,
    DTN_COLUMN_STATE,      /* "solved", "partial", "outside" */
    DTN_COLUMN_EQUILIBRIA, /* how many members are listed (of components: their extreme points too) */
    DTN_COLUMN_CLASSES,    /* "E2", "E1 | E2" */
    DTN_COLUMN_OUTCOME,    /* its probability, */
    DTN_COLUMN_TARGET,
    DTN_COLUMN_PAYOFF,
    DTN_COLUMN_MARGIN, /* of a threat or promise: payoff of carrying it out - best other payoff, at the beliefs held */
    DTN_COLUMN_LEAST /* least value of a term of a guarantee by the scalar rule */
} dtn_column_what;

typedef struct dtn_sweep_column {
    dtn_column_what what;
    const char *key;   /* "pi", "outcome.engaged.most" */
    int index, lever;  /* parameter of the plan, outcome, player, action; guarantee and dtn_scalar_lever */
    bool most;         /* the greatest over the equilibria, else the least */
    bool words, whole; /* text; a whole number; else any number */
} dtn_sweep_column;

/* What is asked: --ask as a set of bits. */
enum {
    DTN_WANT_CLASSES = 1,
    DTN_WANT_OUTCOMES = 2,
    DTN_WANT_TARGET = 4,
    DTN_WANT_PAYOFFS = 8,
    DTN_WANT_MARGINS = 16,
    DTN_WANT_LEAST = 32
};

typedef struct dtn_columns {
    const dtn_sweep_column *column;
    int columns;
} dtn_columns;
dtn_status dtn_columns_read(dtn_ctx *ctx, unsigned *asked, const char *text);
dtn_status dtn_columns_make(dtn_ctx *ctx, dtn_arena *arena, dtn_columns *out, const dtn_plan *plan,
                            const dtn_sweep *sweep, unsigned asked);

/* A cell: nothing, a number, or text. Text lives as long as the prober. */
typedef struct dtn_sweep_row {
    fmpq *number;      /* [columns] */
    bool *known;       /* [columns] */
    const char **text; /* [columns] */
} dtn_sweep_row;

/* One thread's means: a sweep and faces of its own. */
typedef struct dtn_prober {
    dtn_arena *arena;
    const dtn_plan *plan;
    dtn_columns columns;
    dtn_sweep *sweep; /* owned */
    dtn_faces *faces; /* owned; NULL: every point is solved */
    struct dtn_face_index *index;
    dtn_sweep_row row;
    fmpq *at, *work;           /* [params], [3] */
    const char **pattern_text; /* [pattern_room] by pattern */
    int pattern_room;
    double started, tracing; /* seconds: since when, in traced runs */
    long placed, solved;     /* points found in a face; solved one by one */
} dtn_prober;

dtn_status dtn_prober_new(dtn_ctx *ctx, dtn_prober **out, const dtn_plan *plan, const dtn_point *base,
                          dtn_rung rung, const char *const *target, int targets, unsigned asked);
void dtn_prober_free(dtn_prober *prober); /* NULL allowed */
/* The row of the plan's i-th point, in prober->row until the next call. */
dtn_status dtn_prober_at(dtn_ctx *ctx, dtn_prober *prober, long i);
/* The row of the point in prober->at. */
dtn_status dtn_prober_here(dtn_ctx *ctx, dtn_prober *prober);

#endif
