/* What a game is, measured without solving it: sizes, recall, sums, symmetry, dominated strategies, the methods that apply. */
#ifndef DTN_ANALYSE_SURVEY_H
#define DTN_ANALYSE_SURVEY_H

#include "analyse/analysis.h"
#include "model/strategic.h"

struct dtn_solver;

typedef struct dtn_survey_player {
    long sets, actions; /* trees: information sets, and actions at them together */
    long strategies; /* of the strategic form (trees: the reduced one); -1: more than can be counted, or not defined */
    const char *dominated; /* strategic games: strategies worse than another pure one whatever the others do, at most 5 names; NULL: none */
} dtn_survey_player;

typedef struct dtn_survey {
    const dtn_tree *tree; /* one of these, borrowed from the job; both NULL: no game */
    const dtn_strategic *strategic;
    const struct dtn_action_graph
        *graph; /* of a game that is kept compact; strategic is then its table where that is small */
    dtn_survey_player *player; /* [players] */
    int players;
    double profiles;                    /* of the strategic form; < 0: not counted */
    bool constant_sum, symmetric, ties; /* symmetric: two players, the same strategies, exchanged payoffs */
    bool measured; /* strategic games: constant_sum, symmetric and what follows from the table are known */
    bool compared; /* ties and dominated strategies were looked for */
    long chance_nodes, subgames, largest_depth,
        impossible;                         /* trees; impossible: chance branches of probability 0 */
    const struct dtn_solver *const *method; /* [methods] that apply */
    int methods;
} dtn_survey;

/* Everything lives in arena. Cost: linear; ties and dominance cells x strategies, up to 10^7, otherwise they are left out. */
dtn_status dtn_survey_make(dtn_ctx *ctx, dtn_arena *arena, dtn_survey *out, dtn_job *job);

#endif
