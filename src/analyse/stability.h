/* Result of `stability`: what holds. */
#ifndef DTN_ANALYSE_STABILITY_H
#define DTN_ANALYSE_STABILITY_H

#include "analyse/analysis.h"
#include "detente/stability.h"

/* Why a state is as stable for a player as it is. */
typedef struct dtn_stability_reason {
    size_t state;
    int player;
    int concept_index; /* the strongest concept under which it is stable for the player; -1: under none */
    /* Of that concept, when it is R, SSEQ or SEQ: the others' answers pay for them. Else of SEQ, whose decisive
     * improvement tells why such answers do not deter. Where SEQ was not asked for: of the strongest, or of the weakest
     * when it is stable under none. */
    dtn_witness *witness;
} dtn_stability_reason;

/* What was found under one combination of preference variants. */
typedef struct dtn_stability_case {
    int combination;
    /* States with reasons: status quo, those asked for, equilibria (under R, SSEQ or SEQ where computed). */
    const size_t *explained;
    size_t explained_count;
    dtn_stability_reason *reason;          /* [explained_count][players] */
    dtn_paths *by_moves, *by_improvements; /* from the status quo; NULL without one, or when states are many */
} dtn_stability_case;

/* `--why STATE` under one combination: the witness of every player and concept that was computed. */
typedef struct dtn_stability_why {
    size_t state;
    int combination;
    dtn_witness **witness; /* [players][concepts], NULL where not computed */
} dtn_stability_why;

/* `--coalition P+Q` under one combination: what the group could do at each row of the table. */
typedef struct dtn_stability_group {
    uint32_t members;
    int combination;
    dtn_coalition_view *
        *view; /* [views] = [states of the answer][coalition concepts]; see dtn_stability_group_concepts */
    size_t views;
} dtn_stability_group;

enum { DTN_GROUP_CONCEPTS = 4 };
extern const char *const dtn_stability_group_concepts[DTN_GROUP_CONCEPTS]; /* "CNASH", "CGMR", "CSMR", "CSEQ" */

/* The answer where states are not listed. */
typedef struct dtn_stability_symbolic {
    dtn_symbolic *run;
    int *variant; /* [players] the combination looked at */
    uint64_t *first[DTN_CONCEPTS_MOST];
    size_t firsts[DTN_CONCEPTS_MOST]; /* by concept: the first equilibria, as patterns */
    uint64_t *asked;                  /* [askeds] patterns of --state */
    int askeds;
} dtn_stability_symbolic;

typedef struct dtn_stability_answer {
    const dtn_conflict *conflict;
    dtn_stability *run;
    const size_t *state; /* [states] rows of the tables: named states in the order of naming, then by number */
    size_t states;
    bool every_state; /* the rows are all states; else those that are an equilibrium somewhere, and the status quo */
    bool cut;         /* more states belong into the tables than they hold: the first ones stand there */
    bool has_status_quo;
    size_t status_quo;
    dtn_stability_case *item; /* [items] by combination */
    int items;
    bool count_only;        /* --count */
    dtn_stability_why *why; /* [whys] by state, then combination; with any, nothing else is explained */
    int whys;
    dtn_stability_group *group; /* [groups] by coalition, then combination */
    int groups;
    dtn_stability_symbolic *symbolic; /* instead of everything else; NULL where states are listed */
} dtn_stability_answer;

dtn_status dtn_stability_ask_symbolic(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a,
                                      const int *variant, const dtn_job *job);

/* stability_why.c, stability_groups.c: what --why and --coalition ask for. */
dtn_status dtn_stability_ask_why(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a, const dtn_job *job);
dtn_status dtn_stability_ask_coalitions(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a,
                                        const dtn_job *job);

#endif
