/* detente/stability.h: which states of a conflict hold, for whom, under which foresight, and why.
 *
 *     dtn_stability *r;
 *     dtn_stability_run(ctx, &r, conflict, NULL);
 *     int seq = dtn_concept_find("SEQ");
 *     for (size_t s = 0; s < dtn_conflict_states(conflict); s++)
 *         if (dtn_stability_equilibrium(r, 0, seq, s)) ...
 *     dtn_witness *w;
 *     dtn_witness_find(ctx, &w, r, 0, seq, player, state, 0);
 *
 * Concepts are numbered as dtn_concept_find tells; combinations of preference variants as dtn_stability_variant tells.
 * Definitions and sources: docs/concepts/stability.md. */
#ifndef DETENTE_STABILITY_H
#define DETENTE_STABILITY_H

#include "detente/conflict.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DTN_CONCEPTS_MOST = 64 };
/* The concepts: count, name ("SEQ"), title ("sequential stability"), definition in one sentence, source. */
DTN_API int dtn_concept_count(void);
DTN_API const char *dtn_concept_name(int index);
DTN_API const char *dtn_concept_title(int index);
DTN_API const char *dtn_concept_about(int index);
DTN_API const char *dtn_concept_source(int index);
/* By name, in either case ("seq"); -1 when there is none. */
DTN_API int dtn_concept_find(const char *name);

typedef struct dtn_stability_options {
    /* bit i: concept i; 0: R, GMR, SMR, SEQ, SSEQ, and SIM where it applies and is quick; where preferences hold more than
     * rankings, the concepts that look at it. The others are computed when asked for. */
    uint64_t concepts;
    /* [combinations][players] variants to look at; 0 combinations: every combination of variants (at most 4096) */
    const int *variants;
    int combinations;
} dtn_stability_options;

/* Bit i: concept i applies to the conflict (SIM needs options, foresight two players ...). */
DTN_API uint64_t dtn_stability_applicable(const dtn_conflict *conflict);

typedef struct dtn_stability dtn_stability;

/* *out = for each combination and concept, the states that are stable for each player. The conflict is borrowed and has
 * to outlive the result. options may be NULL. Statuses: OK; NOMEM; LIMIT (memory, time, combinations); CANCELLED; ARG
 * (no such variant or concept); UNSUPPORTED (a concept that was asked for does not apply to this conflict).
 * Cost: a few passes over the states a player, option and concept; 2^20 states x 4 players x R, GMR, SMR, SEQ, SSEQ
 * take half a second. Exact. Source: the file of each concept. */
DTN_API dtn_status dtn_stability_run(dtn_ctx *ctx, dtn_stability **out, const dtn_conflict *conflict,
                                     const dtn_stability_options *options);
DTN_API void dtn_stability_free(dtn_stability *r); /* NULL allowed */

DTN_API const dtn_conflict *dtn_stability_conflict(const dtn_stability *r);
/* Whether the concept was computed. */
DTN_API bool dtn_stability_has(const dtn_stability *r, int concept_index);
DTN_API int dtn_stability_combinations(const dtn_stability *r);
/* The player's variant in a combination. */
DTN_API int dtn_stability_variant(const dtn_stability *r, int combination, int player);
/* The combination with these variants [players], -1 when it was not looked at. */
DTN_API int dtn_stability_find(const dtn_stability *r, const int *variant);

/* Verdicts. The concept has to have been computed. */
DTN_API bool dtn_stability_stable(const dtn_stability *r, int combination, int concept_index, int player,
                                  size_t state);
DTN_API bool dtn_stability_equilibrium(const dtn_stability *r, int combination, int concept_index,
                                       size_t state);
/* The same as bits: state s is bit s % 64 of word s / 64. Borrowed. player -1: equilibria. */
DTN_API const uint64_t *dtn_stability_bits(const dtn_stability *r, int combination, int concept_index,
                                           int player);
/* Writes at most room states (in increasing order) and returns how many there are. player -1: equilibria. */
DTN_API size_t dtn_stability_states(const dtn_stability *r, int combination, int concept_index, int player,
                                    size_t *states, size_t room);

/* A move, or several as a path. */
typedef struct dtn_conflict_move {
    int player;
    size_t from, to;
} dtn_conflict_move;

/* An improvement of the focal player and what deters it. */
typedef struct dtn_reply {
    size_t to;       /* the improvement's end */
    bool sanctioned; /* there is a sanction (always false for R) */
    /* L2 to L6, NM, ST1, ST2: `to` is the player's best move, path the play that it expects to follow and end where that
     * ends; sanctioned: no better for the player than its state. */
    const dtn_conflict_move
        *path; /* [steps] the others' moves from `to`; SIM: their moves from the state itself, made at once */
    int steps;
    uint32_t coalition; /* CNASH, CGMR, CSMR, CSEQ: bits of the members that move together; 0 otherwise, */
    const dtn_conflict_move *lead; /* [leads] and how they come from the state to `to` */
    int leads;
    size_t end; /* where the sanction ends: no better for the focal player than its state */
    /* SMR, SSEQ: the focal player's own moves from `end`, best first; none is better for it than its state. */
    const size_t *counter;
    size_t counters;
} dtn_reply;

/* Why a state is (not) stable for a player: data, worded by the report. Recomputed from the definition, independently
 * of the transforms that dtn_stability_run uses. */
typedef struct dtn_witness {
    int combination, concept_index, player;
    size_t state;
    bool stable;
    size_t improvements; /* how many the player has */
    const dtn_reply *reply; /* [replies] improvements, best first; the first that is not sanctioned is among them */
    size_t replies;
    const dtn_reply *decisive; /* unstable: the best improvement that nothing deters; NULL when stable */
} dtn_witness;

/* *out = the witness of one verdict. most: at most so many replies (0: all). Free with dtn_witness_free.
 * Statuses: OK, NOMEM, LIMIT, CANCELLED, ARG. Cost: a breadth-first search an improvement; the shortest sanction of each
 * is found. */
DTN_API dtn_status dtn_witness_find(dtn_ctx *ctx, dtn_witness **out, const dtn_stability *r, int combination,
                                    int concept_index, int player, size_t state, size_t most);
DTN_API void dtn_witness_free(dtn_witness *w); /* NULL allowed */

/* Shortest legal paths from a state: no player moves twice in a row. */
typedef struct dtn_paths dtn_paths;

/* Along all moves (improvements false: combination is not used) or along moves that improve on the state they leave.
 * Statuses: OK, NOMEM, LIMIT, CANCELLED, ARG. Cost: breadth-first, linear in the moves. */
DTN_API dtn_status dtn_paths_new(dtn_ctx *ctx, dtn_paths **out, const dtn_stability *r, int combination,
                                 size_t start, bool improvements);
/* The same along moves of some players only: bit i of movers is player i. */
DTN_API dtn_status dtn_paths_by(dtn_ctx *ctx, dtn_paths **out, const dtn_stability *r, int combination,
                                size_t start, bool improvements, uint32_t movers);
DTN_API void dtn_paths_free(dtn_paths *p); /* NULL allowed */
/* Returns the length of a shortest path to the state: 0 at the start, -1 when the state cannot be reached; writes its moves
 * when they fit into room. */
DTN_API int dtn_paths_to(const dtn_paths *p, size_t state, dtn_conflict_move *path, int room);

/* Groups that move together: a legal sequence of moves of members to a state that all of them prefer. `concept_index` is
 * that of CNASH, CGMR, CSMR or CSEQ (which need not have been computed), members the coalition as bits of players. */

/* *out = the coalition's improvements from the state, nearest first, each with the answer of the others that deters it, if
 * any: *replies of them, at most `most` (0: all). The coalition is stable at the state when all are sanctioned. Free with
 * dtn_coalition_free. Statuses: OK, NOMEM, LIMIT, CANCELLED, ARG. Cost: a breadth-first search an improvement. */
typedef struct dtn_coalition_view dtn_coalition_view;
DTN_API dtn_status dtn_coalition_find(dtn_ctx *ctx, dtn_coalition_view **out, const dtn_stability *r,
                                      int combination, int concept_index, uint32_t members, size_t state,
                                      size_t most);
DTN_API const dtn_reply *dtn_coalition_reply(const dtn_coalition_view *v, size_t i); /* NULL past the end */
DTN_API bool dtn_coalition_stable(const dtn_coalition_view *v);
DTN_API void dtn_coalition_free(dtn_coalition_view *v); /* NULL allowed */

/* Symbolic analysis, for conflicts with too many states to list: R, GMR, SMR, SEQ and SSEQ as truth functions of the options. */
typedef struct dtn_symbolic dtn_symbolic;

/* *out = the stable states under one combination of variants ([players]; NULL: the first of each); sequential: SEQ and SSEQ too,
 * which take longer. Every preference has to be given by statements, and moves by options. Statuses: OK; NOMEM, LIMIT, CANCELLED;
 * UNSUPPORTED (something else is given). Cost: depends on how the statements hang together; conjunctions and implications of a
 * few options are fine for 40 options, tables of random numbers are not. Exact. Source: docs/concepts/stability.md. */
DTN_API dtn_status dtn_symbolic_run(dtn_ctx *ctx, dtn_symbolic **out, const dtn_conflict *conflict,
                                    const int *variant, bool sequential);
DTN_API void dtn_symbolic_free(dtn_symbolic *r); /* NULL allowed */
/* Concepts that were computed: R, GMR, SMR; SEQ, SSEQ where asked for. */
DTN_API bool dtn_symbolic_has(const dtn_symbolic *r, int concept_index);
/* How many states are feasible; stable for the player under the concept; equilibria (player -1). */
DTN_API uint64_t dtn_symbolic_feasible(const dtn_symbolic *r);
DTN_API uint64_t dtn_symbolic_count(const dtn_symbolic *r, int concept_index, int player);
/* Whether the state with these options (option o is bit o) is feasible and among them. */
DTN_API bool dtn_symbolic_holds(const dtn_symbolic *r, int concept_index, int player, uint64_t pattern);
/* Writes the first states in increasing binary value, at most room, and returns how many it wrote. Statuses as of run. */
DTN_API dtn_status dtn_symbolic_list(dtn_ctx *ctx, const dtn_symbolic *r, int concept_index, int player,
                                     uint64_t *patterns, size_t room, size_t *written);

#ifdef __cplusplus
}
#endif
#endif
