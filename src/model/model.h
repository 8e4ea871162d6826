/* What one input file held: a scenario, or a bare game. */
#ifndef DTN_MODEL_MODEL_H
#define DTN_MODEL_MODEL_H

#include "model/scenario.h"
#include "model/strategic.h"

typedef enum dtn_model_kind { DTN_MODEL_SCENARIO, DTN_MODEL_TREE, DTN_MODEL_STRATEGIC } dtn_model_kind;

typedef struct dtn_model {
    dtn_model_kind kind;
    const char *file;   /* as given by the user; "-" for standard input */
    const char *format; /* "yaml", "nfg", "efg" ... */
    char *source;       /* the text, zero-terminated; owned (malloc) */
    size_t source_length;
    dtn_scenario *scenario;   /* owned; NULL unless SCENARIO */
    dtn_tree *tree;           /* owned; NULL unless TREE */
    dtn_strategic *strategic; /* owned; NULL unless STRATEGIC */
} dtn_model;

#endif
