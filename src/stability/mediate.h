/* What a mediator could work on: the least change of prioritised statements that makes some states hold and others not. */
#ifndef DTN_STABILITY_MEDIATE_H
#define DTN_STABILITY_MEDIATE_H

#include "stability/judge.h"

typedef enum dtn_change_kind {
    DTN_CHANGE_DROP,    /* the statement no longer matters */
    DTN_CHANGE_REVERSE, /* its opposite matters in its place */
    DTN_CHANGE_FIRST    /* it matters more than any other */
} dtn_change_kind;

typedef struct dtn_change {
    int player, statement;
    dtn_change_kind kind;
} dtn_change;

enum { DTN_CHANGES_MOST = 4 };

typedef struct dtn_mediation {
    dtn_change change[DTN_CHANGES_MOST];
    int changes;
} dtn_mediation;

typedef struct dtn_mediate_goal {
    const size_t *hold, *fail; /* states that shall be, shall not be an equilibrium */
    int holds, fails;
    const long *weight; /* [players] cost of a change of the player, > 0 */
    int most;           /* changes at most, up to DTN_CHANGES_MOST */
} dtn_mediate_goal;

typedef struct dtn_mediate {
    const dtn_mediation *way; /* [ways] the cheapest, at most 64; no changes: the goal is met as it is */
    int ways;
    bool more; /* further ways of the same cost were not kept */
    long cost; /* of each */
    long tried;
} dtn_mediate;

/* *out in arena: all cheapest sets of at most goal->most changes, at most one a statement; ways == 0: proved that there are
 * none. DOMAIN: no player's preferences are statements, or one has more than 31. Cost: (3 x statements)^most verdicts. */
dtn_status dtn_mediate_find(dtn_ctx *ctx, dtn_arena *arena, dtn_mediate *out, const dtn_conflict *c,
                            const int *variant, const dtn_concept *concept, const dtn_mediate_goal *goal);

#endif
