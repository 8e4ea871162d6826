/* Result of `inverse`: what has to change in the preferences for a state to hold. */
#ifndef DTN_ANALYSE_INVERSE_H
#define DTN_ANALYSE_INVERSE_H

#include "analyse/analysis.h"
#include "stability/inverse.h"

typedef struct dtn_inverse_row {
    int concept_index;
    dtn_inverse found;
    dtn_witness *obstacle; /* why the player that may not change leaves; NULL: there is none such */
} dtn_inverse_row;

typedef struct dtn_inverse_answer {
    const dtn_conflict *conflict;
    dtn_stability *run; /* the combination, for the witnesses */
    size_t target;
    uint32_t changeable; /* bits of players */
    dtn_inverse_row row[8];
    int rows;
} dtn_inverse_answer;

#endif
