/* Inside of the verifier: beliefs that hold a strategy profile. */
#ifndef DTN_SOLVE_VERIFY_SEARCH_H
#define DTN_SOLVE_VERIFY_SEARCH_H

#include "solve/verify_tree.h"

typedef enum dtn_search_answer {
    DTN_SEARCH_FOUND,
    DTN_SEARCH_NONE,     /* proved: there are none */
    DTN_SEARCH_UNDECIDED /* beliefs were tied by products, or too many choices */
} dtn_search_answer;

typedef struct dtn_search {
    dtn_ctx *ctx;
    dtn_check *c;
    const bool *banned;
    int *set, sets; /* unreached information sets of several nodes, in order */
    bool *wanted;   /* [infosets] chosen so far */
    bool *possible; /* [nodes] not excluded by chance */
    bool undecided, found;
    long choices;
} dtn_search;

/* What a member of h gains by its k-th action instead of the profile's play. */
void dtn_search_gain(const dtn_search *s, fmpq_t out, int h, int node, int k);
/* All carriers are chosen (positive c->belief): sets found and c->belief, or undecided. */
dtn_status dtn_search_weigh(dtn_search *s);

/* Consistent beliefs at which every action of the profile is best, into c->belief. banned [actions] (NULL: none): no belief below
 * these unplayed actions where another node can have it. On the path c->belief holds Bayes' beliefs. */
dtn_status dtn_search_consistent(dtn_ctx *ctx, dtn_check *c, const bool *banned, dtn_search_answer *answer);
/* Any beliefs at which every action of the profile is best (single deviations). NONE: *infoset has none. */
dtn_status dtn_search_any(dtn_ctx *ctx, dtn_check *c, dtn_search_answer *answer, int *infoset);

#endif
