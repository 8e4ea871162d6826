/* The class of an equilibrium: its on-path play, named by the scenario's `classes:`. */
#ifndef DTN_ANALYSE_CLASSES_H
#define DTN_ANALYSE_CLASSES_H

#include "model/assessment.h"
#include "model/scenario.h"

/* *out = the first class (in file order) all of whose tests hold, -1: none. */
dtn_status dtn_class_of(dtn_ctx *ctx, int *out, const dtn_scenario *scenario, const dtn_point *point,
                        const dtn_tree *tree, const fmpq *sigma);

#endif
