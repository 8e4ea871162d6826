/* Result of `solve`: what happens. */
#ifndef DTN_ANALYSE_SOLVE_H
#define DTN_ANALYSE_SOLVE_H

#include "analyse/analysis.h"
#include "model/assessment.h"
#include "model/profile.h"

typedef struct dtn_solve_answer {
    const dtn_tree *tree;           /* borrowed from the job; NULL: the model is a strategic form */
    const dtn_strategic *strategic; /* borrowed from the model, or `reduced`; NULL: a tree was solved */
    dtn_strategic *reduced; /* the tree's reduced strategic form where the method asked for a table; freed with the result */
    dtn_equilibria *equilibria; /* of the tree, else NULL; freed with the result */
    dtn_profiles *profiles;     /* of the strategic form, else NULL */
    dtn_rung rung; /* weakest rung listed (trees): the asked one, or what the named method promises */
    /* [equilibria->count] index into scenario->class_ of each equilibrium, -1: none fits; NULL: the file names no classes. */
    const int *class_of;
} dtn_solve_answer;

/* The rung to list: the option --rung, else what the scenario asks, else d1 for scenarios (sequential for bare trees). */
dtn_status dtn_job_rung(dtn_ctx *ctx, dtn_rung *out, const dtn_job *job);
/* A rung by name; ARG with "did you mean". */
dtn_status dtn_rung_read(dtn_ctx *ctx, dtn_rung *out, const char *name);
/* The class of each equilibrium at the job's point, NULL when the file names no classes. */
dtn_status dtn_classes_of(dtn_ctx *ctx, dtn_arena *arena, const int **out, const dtn_job *job,
                          const dtn_tree *tree, const dtn_equilibria *equilibria);

#endif
