/* Result of `rests`: critical values, tornado and ledger. */
#ifndef DTN_ANALYSE_RESTS_H
#define DTN_ANALYSE_RESTS_H

#include "analyse/bind.h"
#include "analyse/linchpin.h"
#include "analyse/variance.h"

/* What is asked at each point: a pattern is the set of classes of the equilibria listed at the asked rung (without
 * `classes:`, of their on-path supports). Patterns are numbered as they are met; 0 is the one at the job's point. */
typedef struct dtn_pattern {
    const int *class_of; /* [classes] ascending, into dtn_rests_answer.class_name */
    int classes;
} dtn_pattern;

typedef struct dtn_extent {
    fmpq lo, hi;
} dtn_extent;

/* A value of one parameter at which the pattern changes. */
typedef struct dtn_critical_value {
    dtn_bind_end end;  /* where, exactly or as a bracket, and which indifference holds there */
    int before, after; /* patterns just below and just above; equal when only the point itself differs */
    int here;          /* pattern at an exact value, -1 otherwise */
} dtn_critical_value;

/* One parameter moved over its range, the others at the job's point. */
typedef struct dtn_critical {
    int param;
    bool moves;                      /* false: the parameter has no range, or is derived */
    bool left_out;                   /* it has a range, but the game takes too long to solve */
    fmpq now, lo, hi;                /* value at the point; range, cut by the constraints */
    bool cut_lo, cut_hi;             /* a constraint cuts that end */
    const dtn_critical_value *value; /* ascending */
    int values;
    bool proved; /* there are no other changes: nothing that is solved depends on it, or exact stretches (regions.h); else scanned */
    fmpq resolution; /* width of the scan's widest cell */
    int undecided;   /* scanned points whose equilibria could not all be listed */
    long solves;
    bool has_target;
    dtn_extent target;  /* tornado: the target's probability over the scanned points */
    dtn_extent *payoff; /* [players] */
    fmpq share;         /* squared swing of the target / sum over parameters; 0 without a target */
} dtn_critical;

typedef enum dtn_carries {
    DTN_CARRIES_UNLINKED, /* no link with ranges to a parameter */
    DTN_CARRIES_NOTHING,  /* one class with the claim, and the same without it */
    DTN_CARRIES_OPEN,     /* several classes even with the claim */
    DTN_CARRIES_CLASS     /* one class with the claim, others without it: dropping it flips the conclusion */
} dtn_carries;

/* One link of a claim to a parameter (or all types of one), dropped: its range becomes `else`. */
typedef struct dtn_ledger_link {
    int link, param;
    dtn_carries carries;
    dtn_extent with, without;          /* ranges */
    const int *met_with, *met_without; /* classes met over each, ascending */
    int mets_with, mets_without;
    bool has_target;
    dtn_extent target_with, target_without;
} dtn_ledger_link;

/* The derived properties of a claim and what happens without it. */
typedef struct dtn_ledger_claim {
    int claim;
    int depth;           /* entries of the chain, document included, - 2 */
    bool self_reported;  /* the originator speaks of its own party */
    bool first_party;    /* the originator is of a party to the conflict */
    bool adverse_relay;  /* a relayer's party is not the originator's */
    bool unnamed;        /* the originator is unnamed */
    bool attributed;     /* an intention ascribed to another party than the originator's */
    dtn_carries carries; /* strongest of its links */
    const dtn_ledger_link *link;
    int links, left_out; /* left_out: links that were not explored, since the game takes too long to solve */
} dtn_ledger_claim;

typedef enum dtn_backing { DTN_BACKING_NONE, DTN_BACKING_ASSUMED, DTN_BACKING_CLAIMED } dtn_backing;

/* An element of the model and what stands behind it. */
typedef struct dtn_ledger_element {
    dtn_element_kind kind;
    int index;
    const char *name;
    dtn_backing backing;
    int claims, assumes;
} dtn_ledger_element;

typedef struct dtn_rests_answer {
    const dtn_scenario *scenario;
    const dtn_tree *tree; /* at the job's point; NULL without a protocol: then only the ledger is filled */
    dtn_rung rung;
    const char *const *class_name; /* [class_names]: keys of `classes:`, then the supports that none of them names */
    int class_names;
    bool named;                 /* the file has `classes:` */
    const dtn_pattern *pattern; /* 0: at the job's point */
    int patterns;
    const char *const *target; /* whose probability the tornado shows; [targets], 0: none given */
    int targets;
    dtn_extent target_now;        /* over the equilibria at the point */
    const dtn_critical *critical; /* [criticals] one a parameter, in file order */
    int criticals;
    const int *order; /* [criticals] by swing of the target (else of payoffs), widest first; those that do not
                                       move last */
    const dtn_ledger_claim *claim; /* [claims] */
    int claims;
    const dtn_ledger_element *element;
    int elements;
    dtn_variance variance;
    dtn_linchpins linchpins;
    double variance_debt; /* share of the total shares that belongs to parameters without a claim */
    fmpq debt;            /* share (of the sum of squared swings) of parameters without a claim */
    int cells;            /* of each scan */
    long solves;
} dtn_rests_answer;

#endif
