/* What a tree solver finds and what the verifier says of it. */
#ifndef DTN_MODEL_ASSESSMENT_H
#define DTN_MODEL_ASSESSMENT_H

#include "model/finding.h"
#include "model/tree.h"

/* The ladder. An equilibrium's rung is the highest one for which every lower one holds as well. */
#define DTN_RUNG_LIST(X)                                                       \
    X(NONE, "none", "not an equilibrium")                                      \
    X(NASH, "nash", "Nash equilibrium")                                        \
    X(SPE, "spe", "subgame perfect")                                           \
    X(PBE, "pbe", "perfect Bayesian (weak PBE and subgame perfect)")           \
    X(NSWYDK, "nswydk", "perfect Bayesian, no signalling what you don't know") \
    X(SEQUENTIAL, "sequential", "sequential equilibrium")                      \
    X(INTUITIVE, "intuitive", "survives the intuitive criterion")              \
    X(D1, "d1", "survives D1")

typedef enum dtn_rung {
#define X(id, name, title) DTN_RUNG_##id,
    DTN_RUNG_LIST(X)
#undef X
        DTN_RUNG_COUNT
} dtn_rung;

const char *dtn_rung_name(dtn_rung rung);  /* "nash" */
const char *dtn_rung_title(dtn_rung rung); /* "Nash equilibrium" */
bool dtn_rung_parse(const char *name, dtn_rung *out);

typedef struct dtn_assessment {
    fmpq *sigma;  /* [actions], global numbering: probability of each action at its information set */
    fmpq *belief; /* [nodes]: probability of a decision node given its information set; 0 at other nodes */
} dtn_assessment;

/* Why an equilibrium does not reach a rung: data, worded by the report. */
typedef struct dtn_fall {
    dtn_rung rung;       /* the rung that is not reached */
    bool unknown;        /* could not be decided (then `note` says what) */
    int infoset, action; /* where: global action, -1 when not applicable */
    int player, type; /* D1 / intuitive: the type that would deviate, or that belief must not be put on; -1 */
    int other_type;   /* D1: the type that gains whenever `type` does; -1 */
    const char *note; /* short machine word such as "subgame", "belief", "consistency", "signal", "nonlinear" */
} dtn_fall;

/* One free quantity of a component: it may vary on [lo, hi] while the on-path play stays. */
typedef struct dtn_free_part {
    bool is_belief; /* else a probability of an action */
    int index;      /* node (belief) or global action */
    fmpq lo, hi;
} dtn_free_part;

/* How small mistakes are bounded from below: every sequence of l actions is done with probability at least epsilon^l (PLAN), or
 * every action at least with probability epsilon wherever it can be chosen (MOVE). */
typedef enum dtn_tremble_kind { DTN_TREMBLE_PLAN, DTN_TREMBLE_MOVE } dtn_tremble_kind;

/* An equilibrium of the game with mistakes, for all small epsilon > 0: realization weights as polynomials in epsilon with
 * integer coefficients, lowest power first. A player's weights are to be divided by its own `whole`. */
typedef struct dtn_trembles {
    dtn_tremble_kind kind;
    int terms;    /* coefficients of each polynomial */
    fmpz *weight; /* [actions][terms] of the sequence that ends with the action */
    fmpz *whole;  /* [players][terms] of the empty sequence */
} dtn_trembles;

/* An equilibrium outcome: all assessments found with the same play on the path. */
typedef struct dtn_equilibrium {
    dtn_assessment at; /* a representative member, exact, certified */
    dtn_rung rung;
    dtn_fall *fall; /* [falls] why not higher; may be empty at D1 */
    int falls;
    bool rung_unknown;       /* the next rung could not be decided */
    bool *reached;           /* [infosets]: reached with positive probability */
    dtn_free_part *free;     /* [frees] what is free off (or on) the path */
    int frees, dimension;    /* dimension of the component, 0 = isolated assessment, -1 = not computed */
    dtn_assessment *extreme; /* [extremes]: extreme points when they were enumerated */
    int extremes;
    dtn_trembles *trembles; /* refinements by mistakes: what `at` is the limit of; NULL: none */
    fmpq *outcome_prob;     /* [tree->outcomes] */
    fmpq *payoff;           /* [players] */
    fmpq *type_payoff;      /* [players][max types of any player]: given own type; row length type_stride */
    int type_stride;
    fmpq *regret; /* [players] Nash regret computed by the verifier: 0 for a certified equilibrium */
    fmpq max_regret; /* largest over information sets of the sequential (one-shot, given beliefs) regret; 0 from rung pbe up */
    bool certified; /* the verifier confirmed the rung (not the solver's word) */
    bool weak_pbe; /* beside the ladder: best given beliefs, Bayes on the path; may hold without SPE (by the verifier) */
    bool exact; /* false: an enclosure of irrational values; then sigma are midpoints, radius bounds the error */
    double radius;
} dtn_equilibrium;

typedef struct dtn_equilibria {
    dtn_arena *arena;    /* owns everything */
    const char *method;  /* name of the solver */
    dtn_outcome outcome; /* COMPLETE: no equilibrium of the asked rung is missing */
    const char *note;    /* what is missing when PARTIAL/UNKNOWN, NULL otherwise */
    const char *guarantee; /* what the method that the dispatcher chose gives; NULL: a method was named, or the list speaks for itself */
    bool confirmed; /* those of a neighbouring point, found again here; others were not looked for (then PARTIAL) */
    dtn_status stopped;    /* OK, or LIMIT / CANCELLED: the search was cut short; what is listed is right */
    dtn_equilibrium *item; /* [count] ordered: highest rung first, then by on-path play (deterministic) */
    int count;
    dtn_finding finding;         /* what the method says besides or instead; finding.answer NULL: nothing */
    long supports, refuted, lps; /* work done, for --stats */
} dtn_equilibria;

void dtn_equilibria_free(dtn_equilibria *e); /* NULL allowed */

/* All arrays of an assessment, zero-filled. */
dtn_status dtn_assessment_new(dtn_ctx *ctx, dtn_arena *arena, dtn_assessment *out, const dtn_tree *tree);
/* reach[node] = probability of reaching each node under sigma (chance included). [nodes] */
void dtn_assessment_reach(const dtn_tree *tree, const fmpq *sigma, fmpq *reach);
/* Bayes' rule where reached; beliefs elsewhere are left as they are. */
void dtn_assessment_bayes(const dtn_tree *tree, dtn_assessment *a, const fmpq *reach);
/* value[node * players + p]: continuation payoff under sigma. [nodes][players] */
void dtn_assessment_values(const dtn_tree *tree, const fmpq *sigma, fmpq *value);
/* Fills outcome_prob, payoff, type_payoff, reached of an equilibrium from its representative. */
dtn_status dtn_equilibrium_describe(dtn_ctx *ctx, dtn_arena *arena, dtn_equilibrium *e, const dtn_tree *tree);

#endif
