/* Result of `draw`: what is to be drawn. Exactly one of tree, strategic and run is there. */
#ifndef DTN_ANALYSE_DRAW_H
#define DTN_ANALYSE_DRAW_H

#include "analyse/analysis.h"
#include "detente/stability.h"
#include "model/assessment.h"

typedef struct dtn_draw_answer {
    const dtn_tree *tree;           /* borrowed from the job */
    dtn_equilibria *equilibria;     /* --solve: of the tree; owned, NULL otherwise */
    int chosen;                     /* the equilibrium that is drawn */
    int rows;                       /* at most so many ends and stubs */
    const dtn_strategic *strategic; /* borrowed from the model */
    dtn_stability *run;             /* owned */
    int concept_index;              /* whose equilibria stand out */
} dtn_draw_answer;

#endif
