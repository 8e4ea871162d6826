/* detente/conflict.h: a conflict in option form (the graph model), built from strings and read-only
 * afterwards.
 *
 * A conflict has players, options that a player takes or leaves, the states that result, moves, and one or
 * more variants of each player's preferences. detente/stability.h asks which states hold.
 *
 *     dtn_conflict_builder *b;
 *     dtn_conflict_builder_new(ctx, &b, "Chicken");
 *     dtn_conflict_add_player(b, NULL, "Row", NULL, NULL);
 *     dtn_conflict_add_player(b, NULL, "Col", NULL, NULL);
 *     dtn_conflict_add_option(b, NULL, 0, "A", NULL, "drive straight on", DTN_BOTH_WAYS);
 *     dtn_conflict_add_option(b, NULL, 1, "B", NULL, "drive straight on", DTN_BOTH_WAYS);
 *     dtn_conflict_prefer(b, 0, NULL, (const char *[]){"!(A & B)", "A", "!B"}, 3);
 *     dtn_conflict_prefer(b, 1, NULL, (const char *[]){"!(A & B)", "B", "!A"}, 3);
 *     dtn_conflict *c;
 *     dtn_status status = dtn_conflict_finish(ctx, &c, b);
 *
 * Texts
 *   option     its key ("M", "De-escalate"); keys are unique over all players.
 *   statement  about a state: option keys, `!a`, `a & b`, `a | b`, `a if b` (b implies a), `a only if b` (a
 * implies b), `a iff b`, parentheses; ! binds tightest, then &, |, and the three words, which do not chain.
 *              A pattern is a statement too.
 *   pattern    one character an option, in the order in which options were added: Y, N, or - for either
 * ("Y--N-"). state      an id given by dtn_conflict_add_state; letters (".DE..": the first letter of the
 * option's key where it is taken, . where it is not), when the first letters of all keys differ and none is Y
 * or N; or a pattern. Where one state is asked for, a pattern with - names a merged state or the only state
 * that it fits. Source: Howard 1971; Kilgour, Hipel & Fang 1987; Fang, Hipel & Kilgour 1993. */
#ifndef DETENTE_CONFLICT_H
#define DETENTE_CONFLICT_H

#include "detente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dtn_conflict dtn_conflict;
typedef struct dtn_conflict_builder dtn_conflict_builder;

/* Whether an option may be taken and taken back. */
typedef enum dtn_direction {
    DTN_BOTH_WAYS,
    DTN_FORWARD_ONLY, /* not taken -> taken only ("irreversible") */
    DTN_BACKWARD_ONLY /* taken -> not taken only */
} dtn_direction;

enum { DTN_CONFLICT_MAX_PLAYERS = 32, DTN_CONFLICT_MAX_OPTIONS = 62 };

/* The part of a conflict that a failure is about. */
typedef enum dtn_conflict_part {
    DTN_PART_NONE,
    DTN_PART_PLAYER,
    DTN_PART_OPTION,
    DTN_PART_INFEASIBLE, /* index counts all calls that restrict feasibility, in order */
    DTN_PART_MERGE,
    DTN_PART_STATE,
    DTN_PART_PREFERENCE, /* player, variant, and index = statement, tier or weight; entry = state within the
                            tier */
    DTN_PART_MOVES,      /* index counts all calls that add, remove or list moves, in order */
    DTN_PART_STATUS_QUO
} dtn_conflict_part;

/* Where a text handed to the builder is wrong. offset and length are bytes within that text; length 0: the
 * place right before offset (the end of the text when it stops too early), or no place when text is NULL. */
typedef struct dtn_conflict_fault {
    dtn_conflict_part part;
    int player, variant; /* -1: none */
    int index, entry;    /* -1: none */
    const char *text;    /* the text, borrowed from the builder; NULL: the fault is in no text */
    size_t offset, length;
    const char *unknown; /* an unknown name as written, for "did you mean"; NULL otherwise */
} dtn_conflict_fault;

/* *out = an empty builder. title may be NULL. */
DTN_API dtn_status dtn_conflict_builder_new(dtn_ctx *ctx, dtn_conflict_builder **out, const char *title);
DTN_API void dtn_conflict_builder_free(dtn_conflict_builder *b); /* NULL allowed; not needed after finish */
/* The last failure, of any call on b except a successful finish; all zero when none. Valid until the next
 * call. A call that fails leaves the builder as it was, so that a reader can go on and collect further
 * faults. */
DTN_API const dtn_conflict_fault *dtn_conflict_builder_fault(const dtn_conflict_builder *b);

/* All strings are copied. NULL outputs are allowed. Statuses of every call: OK, NOMEM, LIMIT (a count exceeds
 * its maximum), ARG (an index out of range), PARSE (a text; see the fault). name == NULL: the key is shown.
 */
DTN_API dtn_status dtn_conflict_add_player(dtn_conflict_builder *b, int *player, const char *key,
                                           const char *name, const char *about);
/* The first option added is the first character of a pattern and the lowest bit of a state's number. */
DTN_API dtn_status dtn_conflict_add_option(dtn_conflict_builder *b, int *option, int player, const char *key,
                                           const char *name, const char *about, dtn_direction direction);

/* States for which the statement (or pattern) holds do not exist. Options have to be added before. */
DTN_API dtn_status dtn_conflict_forbid(dtn_conflict_builder *b, const char *statement);
/* States for which it does not hold do not exist ("A only if B", "A | B"). */
DTN_API dtn_status dtn_conflict_require(dtn_conflict_builder *b, const char *statement);
/* At least `least` and at most `most` of the options are taken in every state ("at most one": 0, 1; "at least
 * one": 1, count; "exactly one": 1, 1). */
DTN_API dtn_status dtn_conflict_require_count(dtn_conflict_builder *b, int least, int most,
                                              const char *const *options, int count);

/* All states that fit the pattern become one, whose moves are those of its members together. */
DTN_API dtn_status dtn_conflict_merge(dtn_conflict_builder *b, const char *pattern);

/* With options: gives the state a name; at is a state text other than an id. Without options (a conflict in
 * graph form): declares a state, at is NULL; its moves are then all listed by dtn_conflict_add_moves. */
DTN_API dtn_status dtn_conflict_add_state(dtn_conflict_builder *b, const char *id, const char *at,
                                          const char *about);

/* Preferences: each call adds one variant for the player; variant == NULL is the name "" (the only one).
 * By prioritised statements, the most important first: a state is better when, at the first statement on
 * which two states differ, it is the one for which the statement holds. */
DTN_API dtn_status dtn_conflict_prefer(dtn_conflict_builder *b, int player, const char *variant,
                                       const char *const *statements, int count);
/* By ranking: tiers best first, the states of a tier are equal. states holds the tiers one after the other,
 * size[t] states each. A pattern with - that is not one merged state stands for all of its states that no
 * earlier place names. Every state has to be named once. Checked by finish. */
DTN_API dtn_status dtn_conflict_prefer_tiers(dtn_conflict_builder *b, int player, const char *variant,
                                             const char *const *states, const int *size, int tiers);
/* By weights: the sum of the weights of the options taken; larger is better. Weights are exact numbers as
 * text ("-3", "1/2", "0.25"); options left out weigh 0. */
DTN_API dtn_status dtn_conflict_prefer_weights(dtn_conflict_builder *b, int player, const char *variant,
                                               const char *const *options, const char *const *weights,
                                               int count);

/* What a ranking cannot say. Comparisons are chains of states (or patterns, which stand for all states that they fit):
 *     a > b    a is better        a >> b   a is much better
 *     a = b    equally good       a ? b    it is not known which is better
 * They change what the variant's statements, ranking or weights say, or, when the variant does not exist yet, are all that is
 * known: what follows from them by transitivity is known too, everything else is unknown. In a ranking a tier of the
 * single text ">>" says that all that follows is much worse. Checked by finish (PARSE: comparisons that go round in a circle;
 * LIMIT: more than 4096 states). */
DTN_API dtn_status dtn_conflict_compare(dtn_conflict_builder *b, int player, const char *variant,
                                        const char *const *comparisons, int count);
/* The degree (certainty, probability; between 0 and 1, exact) to which the first of "a > b" is preferred to the second. The
 * opposite degree is 1 minus this one unless it is given, too. The variant has to exist, or holds nothing but degrees. */
DTN_API dtn_status dtn_conflict_set_degree(dtn_conflict_builder *b, int player, const char *variant,
                                           const char *pair, const char *degree);
/* From which degrees on a player acts: satisficing in (0, 1] for fuzzy concepts; alpha and beta in (0, 1] and gamma in [0, 1)
 * for probabilities (beta: as alpha, gamma: 1 - alpha unless given). */
typedef enum dtn_level { DTN_SATISFICING, DTN_ALPHA, DTN_BETA, DTN_GAMMA, DTN_LEVELS } dtn_level;
DTN_API dtn_status dtn_conflict_set_level(dtn_conflict_builder *b, int player, const char *variant,
                                          dtn_level level, const char *value);
/* How the player takes what another (or itself) wants: sign > 0 it wants it too, 0 it does not care, < 0 it wants the
 * opposite. With any attitude given: towards oneself 1, towards others 0 unless set. */
DTN_API dtn_status dtn_conflict_set_attitude(dtn_conflict_builder *b, int player, int toward, int sign);

/* "from -> to", both patterns or states: takes from the player (or gives to it) the moves from every state
 * that fits `from`. Removed: the moves whose end fits `to`. Added: one move a state, to the state equal to it
 * except where `to` says Y or N; states for which that state is infeasible get none. Carried out in the order
 * of the calls, before merging. */
DTN_API dtn_status dtn_conflict_remove_moves(dtn_conflict_builder *b, int player, const char *arrow);
DTN_API dtn_status dtn_conflict_add_moves(dtn_conflict_builder *b, int player, const char *arrow);
/* The player starts without the moves that its options give: only added moves count. */
DTN_API dtn_status dtn_conflict_clear_moves(dtn_conflict_builder *b, int player);

DTN_API dtn_status dtn_conflict_set_status_quo(dtn_conflict_builder *b, const char *state);

/* Lists the states, ranks them, checks everything and freezes. The builder is consumed when this succeeds;
 * after a failure its fault tells what is wrong and the caller frees it. Statuses beside those above: LIMIT
 * (more than 2^28 states, where options, restrictions and statements are not all that was given; see
 * dtn_conflict_listed), DOMAIN (no player, no state, a player without preference, a merged state whose
 * members a statement tells apart). Cost: linear in states x statements; 2^20 states with 4 players take
 * about a quarter of a second. */
DTN_API dtn_status dtn_conflict_finish(dtn_ctx *ctx, dtn_conflict **out, dtn_conflict_builder *b);
DTN_API void dtn_conflict_free(dtn_conflict *conflict); /* NULL allowed */

/* Reading. Returned strings are borrowed and live as long as the conflict; "" when nothing was given. */
DTN_API const char *dtn_conflict_title(const dtn_conflict *c);
DTN_API int dtn_conflict_players(const dtn_conflict *c);
DTN_API const char *dtn_conflict_player_key(const dtn_conflict *c, int player);
DTN_API const char *dtn_conflict_player_name(const dtn_conflict *c, int player);
DTN_API int dtn_conflict_options(const dtn_conflict *c);
DTN_API const char *dtn_conflict_option_key(const dtn_conflict *c, int option);
DTN_API const char *dtn_conflict_option_name(const dtn_conflict *c, int option);
DTN_API int dtn_conflict_option_player(const dtn_conflict *c, int option);
DTN_API int dtn_conflict_variants(const dtn_conflict *c, int player);
DTN_API const char *dtn_conflict_variant_name(const dtn_conflict *c, int player, int variant);
/* -1 when there is none of that name (key). */
DTN_API int dtn_conflict_find_player(const dtn_conflict *c, const char *key);
DTN_API int dtn_conflict_find_variant(const dtn_conflict *c, int player, const char *name);

/* States are numbered from 0 in increasing binary value (first option = lowest bit; a merged state by its
 * least member), or in the order of declaration in a conflict without options. */
DTN_API size_t dtn_conflict_states(const dtn_conflict *c);
/* false: more than 2^28 states are feasible, and they are not listed (dtn_conflict_states is 0). Only dtn_symbolic_run can
 * be asked about such a conflict. */
DTN_API bool dtn_conflict_listed(const dtn_conflict *c);
/* Writes the state's text (id, else letters, else pattern) and returns its length; nothing is written beyond
 * size, and the text is always terminated when size > 0. 64 bytes are enough for any state without an id. */
DTN_API size_t dtn_conflict_state_text(const dtn_conflict *c, size_t state, char *buffer, size_t size);
/* The same without regard to ids: letters, else pattern; "" without options. */
DTN_API size_t dtn_conflict_state_letters(const dtn_conflict *c, size_t state, char *buffer, size_t size);
/* The Y/N/- pattern; "" without options. */
DTN_API size_t dtn_conflict_state_pattern(const dtn_conflict *c, size_t state, char *buffer, size_t size);
/* *state = the state that text names. PARSE with the reason when it names none or several. */
DTN_API dtn_status dtn_conflict_find_state(dtn_ctx *ctx, size_t *state, const dtn_conflict *c,
                                           const char *text);
/* false: no status quo was given. */
DTN_API bool dtn_conflict_status_quo(const dtn_conflict *c, size_t *state);
/* The player's rank of a state under a variant: 1 = worst; equal states have equal ranks. Where pairs of states are unknown,
 * the rank before comparisons were given, or 1. */
DTN_API uint32_t dtn_conflict_rank(const dtn_conflict *c, int player, int variant, size_t state);
/* Whether the player is known to prefer state s to t. */
DTN_API bool dtn_conflict_prefers(const dtn_conflict *c, int player, int variant, size_t s, size_t t);
/* Whether everything is known about the player's preferences under a variant and fits a ranking. */
DTN_API bool dtn_conflict_ranked(const dtn_conflict *c, int player, int variant);
/* Writes at most room ends of the player's moves from the state, in increasing order, and returns how many
 * exist. */
DTN_API size_t dtn_conflict_moves(const dtn_conflict *c, int player, size_t state, size_t *ends, size_t room);

#ifdef __cplusplus
}
#endif
#endif
