/* Conflict in option form: what is behind detente/conflict.h. Immutable once built; read freely, from any
 * thread.
 *
 * A cell is a feasible Y/N pattern, a state is one cell or several merged ones. Without merging they
 * coincide. */
#ifndef DTN_MODEL_CONFLICT_H
#define DTN_MODEL_CONFLICT_H

#include "base/ctx.h"
#include "detente/conflict.h"
#include "model/conflict_statement.h"

typedef struct dtn_conflict_option {
    const char *key, *name, *about;
    int player;
    dtn_direction direction;
} dtn_conflict_option;

typedef enum dtn_preference_kind {
    DTN_PREFER_STATEMENTS,
    DTN_PREFER_TIERS,
    DTN_PREFER_WEIGHTS,
    DTN_PREFER_PAIRS /* nothing but comparisons of pairs */
} dtn_preference_kind;

/* One variant of a player's preferences. */
typedef struct dtn_preference {
    const char *name; /* "" when it is the only one */
    dtn_preference_kind kind;
    const char *const *text; /* [texts] statements as written; states, tier after tier; option keys */
    int texts;
    const int *tier_size; /* tiers: [tiers] */
    int tiers;
    const char *const *weight; /* weights: [texts] */
    const uint32_t *rank;      /* [states] 1 = worst .. levels = best, no gaps */
    uint32_t levels;
    const struct dtn_statement *statement; /* statements: [texts], parsed (conflict_statement.h) */
    /* Beyond a ranking (conflict_pairs.h). */
    bool ranked;                   /* better and worse are as the ranks say, and everything is known */
    const bool *gap;               /* tiers: [tiers] what follows is much worse; NULL: nowhere */
    const uint32_t *group;         /* [levels + 1] states of unequal groups differ much; NULL: none do */
    const struct dtn_pairs *pairs; /* NULL: ranks and groups say everything */
    const char *const *comparison; /* [comparisons] as written */
    int comparisons;
} dtn_preference;

typedef struct dtn_conflict_player {
    const char *key, *name, *about;
    uint64_t options;           /* bits of its options */
    uint64_t forward, backward; /* bits of its forward-only and backward-only options */
    int variants;
    const dtn_preference *variant; /* [variants] */
    /* Moves as a list: ends of the moves from s are end[start[s] .. start[s + 1]), increasing. NULL in option
     * form. */
    const size_t *start; /* [states + 1] */
    const uint32_t *end;
} dtn_conflict_player;

typedef struct dtn_state_name {
    const char *id, *about;
    uint32_t state;
    int place; /* in the order of naming */
} dtn_state_name;

/* A restriction: patterns for which `statement` equals `forbidden` are infeasible. */
typedef struct dtn_restriction {
    struct dtn_statement statement;
    bool forbidden;
} dtn_restriction;

struct dtn_conflict {
    dtn_arena *arena;
    const char *title;
    int players, options;
    const dtn_conflict_player *player; /* [players] */
    const dtn_conflict_option *option; /* [options]; option o is bit o */
    const char *const *infeasible;     /* [infeasibles] texts of the restrictions, for the report */
    int infeasibles;
    const dtn_restriction *restriction; /* [infeasibles] */
    /* False: too many states to list (states and cells are 0, nothing has ranks); what is left is options, restrictions
     * and statements, for symbolic analysis. */
    bool listed;
    size_t states, cells;
    const uint64_t *cell; /* [cells] patterns, increasing; NULL: all 2^options patterns are feasible, cell c
                             is pattern c */
    const uint32_t *state_of; /* [cells] state of a cell; NULL: nothing is merged, state s is cell s */
    const uint32_t *first;    /* [states] least cell of a state; NULL as state_of */
    const uint64_t *either; /* [states] bits in which the members of a merged state differ; NULL as state_of */
    const dtn_state_name *named;        /* [names], by state */
    const dtn_state_name *const *by_id; /* [names], by id */
    int names;
    bool lettered; /* states can be written in letters */
    /* Moves are exactly those of the options: t is a move of i from s iff both are feasible, t != s and they
     * differ only in i's options, in allowed directions. Then a player's moves are transitive. Otherwise
     * every player has a list of moves. */
    bool option_form;
    bool edited; /* moves were listed, added or removed */
    bool has_status_quo;
    size_t status_quo;
    /* What the preferences of some player and variant hold. */
    bool ranked;                 /* all are rankings */
    bool unknown;                /* pairs of which it is not known which state is better */
    bool strong;                 /* pairs of which one state is much better */
    bool fuzzy, probable;        /* degrees with a satisficing threshold; with alpha */
    const signed char *attitude; /* [players][players] 1, 0 or -1; NULL: none are given */
};

static inline uint64_t dtn_cell_pattern(const dtn_conflict *c, size_t cell)
{
    return c->cell ? c->cell[cell] : (uint64_t)cell;
}

/* The pattern of an unmerged state; of a merged one, its least member. */
static inline uint64_t dtn_conflict_pattern(const dtn_conflict *c, size_t state)
{
    return dtn_cell_pattern(c, c->first ? c->first[state] : state);
}

/* The state of a feasible pattern, SIZE_MAX when the pattern is infeasible. Cost: O(1) or O(log cells). */
size_t dtn_conflict_state_at(const dtn_conflict *c, uint64_t pattern);

/* Goes through a player's moves without allocating:
 *     dtn_move_iter m = dtn_conflict_moves_from(c, player, s);
 *     for (size_t t; dtn_move_next(&m, &t);) ...
 * In option form the order is that of the player's own bits. */
typedef struct dtn_move_iter {
    const uint32_t *end;          /* listed moves: end[at .. stop) */
    const dtn_conflict *conflict; /* option form */
    uint64_t base, mask, next, own;
    size_t at, stop;
    bool scan, done;
} dtn_move_iter;
dtn_move_iter dtn_conflict_moves_from(const dtn_conflict *c, int player, size_t state);
bool dtn_move_next(dtn_move_iter *m, size_t *end);

/* The name given to a state, NULL: none. */
const dtn_state_name *dtn_conflict_name_of(const dtn_conflict *c, size_t state);
/* The state's text in the arena; NULL when out of memory. */
const char *dtn_conflict_state_name(dtn_arena *arena, const dtn_conflict *c, size_t state);

#endif
