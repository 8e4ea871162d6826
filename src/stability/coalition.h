/* Groups that move together: shared by CNASH, CGMR, CSMR and CSEQ. */
#ifndef DTN_STABILITY_COALITION_H
#define DTN_STABILITY_COALITION_H

#include "detente/stability.h"
#include "stability/concept.h"
#include "stability/search.h"

typedef struct dtn_coalition_rule {
    bool sanctions; /* the players outside may answer */
    bool credible;  /* each by moves that improve on the state it leaves */
    bool countermoves; /* and then no further legal sequence of the coalition may leave all its members better off */
} dtn_coalition_rule;

/* Work space for the verdicts of one conflict and combination. */
typedef struct dtn_coalition {
    const dtn_conflict *conflict;
    const uint32_t *const *rank; /* [players] */
    dtn_search lead, answer, counter;
} dtn_coalition;

dtn_status dtn_coalition_new(dtn_ctx *ctx, dtn_arena *arena, dtn_coalition *out, const dtn_conflict *c,
                             const uint32_t *const *rank);
/* Whether the coalition (bits of its members) stays at s; if not, *reply (may be NULL) = its improvement, in arena. */
dtn_status dtn_coalition_stays(dtn_ctx *ctx, dtn_arena *arena, bool *stays, dtn_reply *reply,
                               dtn_coalition *w, dtn_coalition_rule rule, uint32_t members, size_t s);
/* All improvements of the coalition from s with what answers each, in arena. most: at most so many, 0: all. */
dtn_status dtn_coalition_replies(dtn_ctx *ctx, dtn_arena *arena, const dtn_reply **out, size_t *count,
                                 dtn_coalition *w, dtn_coalition_rule rule, uint32_t members, size_t s,
                                 size_t most);

/* For concepts: the states from which no coalition that the focal player belongs to moves away. */
dtn_status dtn_coalition_run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, dtn_coalition_rule rule);
dtn_status dtn_coalition_explain(dtn_ctx *ctx, dtn_arena *arena, dtn_witness *w, const dtn_conflict *c,
                                 const uint32_t *const *rank, dtn_coalition_rule rule);
const char *dtn_coalition_missing(const dtn_conflict *c);

#endif
