/* What a strategic-form solver finds: mixed profiles with exact payoffs and regrets, and their structure as a set. */
#ifndef DTN_MODEL_PROFILE_H
#define DTN_MODEL_PROFILE_H

#include "model/finding.h"
#include "model/strategic.h"

/* One profile. Its strategies stand by player, then strategy (Gambit's order): see dtn_profiles.first. */
typedef struct dtn_profile {
    fmpq *sigma;    /* [width] probability of each strategy */
    fmpq *payoff;   /* [players] expected payoffs, by the verifier */
    fmpq *regret;   /* [players] gain of the best deviation, by the verifier: all 0 for a Nash equilibrium */
    bool certified; /* the verifier found every regret to be exactly 0, or proved what radius > 0 says */
    /* 0: the profile is exact. > 0: an irrational equilibrium; exactly one lies within this of sigma (largest difference of a
     * probability), proved. Payoff and regret are those of sigma; the equilibrium's payoffs differ by at most payoff_radius. */
    double radius, payoff_radius;
    int vertex[2]; /* extreme equilibria: which of dtn_profiles.vertex[p]; -1 otherwise */
    int component; /* 0 .. components - 1; -1: not computed */
    int index; /* isolated equilibria without ties: 1 or -1 (they sum to 1 where no equilibrium has ties); 0: not computed */
} dtn_profile;

/* A Nash subset of a two-player game: every mixture of the listed strategies of player 1 together with every mixture of the
 * listed strategies of player 2 is an equilibrium. Maximal: no strategy can be added to either list. */
typedef struct dtn_nash_subset {
    int count[2];
    int dimension[2];     /* of the set of mixtures of each list */
    const int *vertex[2]; /* [count[p]] ascending, into dtn_profiles.vertex[p] */
    int component;
} dtn_nash_subset;

typedef struct dtn_profiles {
    dtn_arena *arena;   /* owns everything */
    const char *method; /* name of the solver */
    const char *guarantee; /* what it found, "all equilibria", when the dispatcher chose it; NULL: it was asked for */
    dtn_outcome outcome; /* COMPLETE: nothing of what the method looks for is missing; NONE: proved that there is none */
    dtn_status stopped; /* OK, or LIMIT / CANCELLED: the search was cut short; what is listed is right */
    const char *note;   /* what may be missing when PARTIAL or UNKNOWN; NULL otherwise */
    int players, width; /* width: sum of strategies */
    const int *strategies,
        *first; /* [players]: player p's strategies are sigma[first[p] .. first[p] + strategies[p] - 1] */
    dtn_profile *item;
    int count;
    /* Two-player games, when the method describes the whole set: extreme strategies and how they combine. */
    const fmpq *vertex[2]; /* [vertices[p]][strategies[p]] */
    int vertices[2];
    dtn_nash_subset *subset; /* maximal Nash subsets; their union is the set of all equilibria */
    int subsets, components; /* components: connected sets of equilibria; -1: not computed */
    dtn_finding finding;     /* what the method says besides; finding.answer NULL: nothing */
    long nodes, candidates;  /* work done, for --stats */
    double cpu;              /* processor seconds of solving and certifying; 0: not measured */
    const char *work;        /* what the work consisted of; NULL: nothing to say */
    const char *proof;       /* how it is proved that nothing is missing, when asked for; NULL otherwise */
} dtn_profiles;

/* An empty result for this game. */
dtn_status dtn_profiles_new(dtn_ctx *ctx, dtn_profiles **out, const dtn_strategic *game, const char *method);
/* Appends a copy of sigma [width]; *out (NULL allowed) is the new item, valid until the next call. */
dtn_status dtn_profiles_add(dtn_ctx *ctx, dtn_profiles *profiles, const fmpq *sigma, dtn_profile **out);
void dtn_profiles_free(dtn_profiles *profiles); /* NULL allowed */

#endif
