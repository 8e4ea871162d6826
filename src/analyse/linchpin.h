/* Which claims a conclusion cannot do without. */
#ifndef DTN_ANALYSE_LINCHPIN_H
#define DTN_ANALYSE_LINCHPIN_H

#include "analyse/space.h"

/* What is concluded at the point. */
typedef enum dtn_conclusion_kind {
    DTN_CONCLUDE_CLASS,  /* the set of classes of the equilibria */
    DTN_CONCLUDE_TARGET, /* whether the target is at least as likely as not, in every equilibrium or in some */
    DTN_CONCLUDE_ACT     /* whether a threat or promise is a best choice */
} dtn_conclusion_kind;

typedef enum dtn_stays {
    DTN_STAYS_UNASKED, /* nothing that matters depends on the claims */
    DTN_STAYS_PROVED,  /* the conclusion is the same all over the wider ranges, up to single surfaces */
    DTN_STAYS_SEEN,    /* no other was met; not proved */
    DTN_STAYS_NOT      /* another holds at some point of them */
} dtn_stays;

/* A smallest set of claims: without all of them the conclusion is lost, without all but any one it is not. */
typedef struct dtn_linchpin {
    const int *claim; /* [claims] ascending */
    int claims;
    const int *param; /* [params] whose values leave what the claims say */
    fmpq *value;      /* [params] at which another conclusion holds */
    int params;
} dtn_linchpin;

enum {
    DTN_LADDER = 4
}; /* checked facts; + what parties say of themselves first hand; + what is relayed; + intentions ascribed */

typedef struct dtn_conclusion {
    dtn_conclusion_kind kind;
    int act;     /* ACT: action of the tree */
    int pattern; /* CLASS: 0, the one at the point; else bits DTN_VERDICT_ */
    const dtn_linchpin *linchpin;
    int linchpins;
    bool proved;                  /* all other sets of claims were proved not to matter */
    dtn_stays *alone;             /* [claims] without this one */
    dtn_stays *denied;            /* [claims] with a contrary claim of equal rating instead */
    dtn_stays ladder[DTN_LADDER]; /* with the claims up to a rung only */
    dtn_stays *party;             /* [players] without all claims of a party */
} dtn_conclusion;

typedef struct dtn_linchpins {
    const dtn_conclusion *conclusion; /* [conclusions] */
    int conclusions;
    const int *rung;      /* [claims] of the ladder, 0 .. 3 */
    int largest;          /* sets of more claims were not tried; 0: all were */
    const char *left_out; /* why there is nothing; NULL */
} dtn_linchpins;

/* Everything in arena. attributed: [claims] an intention ascribed to another party. */
dtn_status dtn_linchpins_find(dtn_ctx *ctx, dtn_arena *arena, dtn_linchpins *out, const dtn_sweep *sweep,
                              const char *const *target, int targets, const bool *attributed);

#endif
