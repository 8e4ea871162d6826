/* What a conflict's builder collects, shared by the files that turn it into a conflict. */
#ifndef DTN_MODEL_CONFLICT_BUILDER_H
#define DTN_MODEL_CONFLICT_BUILDER_H

#include "model/conflict.h"
#include "model/conflict_pairs.h"
#include "model/conflict_statement.h"

typedef struct dtn_cube {
    const char *text;
    uint64_t known, value;
} dtn_cube;

typedef struct dtn_named_spec {
    const char *id, *at, *about; /* at NULL: a state of its own */
} dtn_named_spec;

typedef enum dtn_edit_kind { DTN_EDIT_ADD, DTN_EDIT_REMOVE, DTN_EDIT_CLEAR } dtn_edit_kind;

typedef struct dtn_edit {
    dtn_edit_kind kind;
    int player;
    const char *text; /* "from -> to" */
    const char *from, *to;
} dtn_edit;

/* A list that grows in an arena. */
typedef struct dtn_list {
    void *item;
    int count, room;
} dtn_list;

typedef struct dtn_preference_spec {
    dtn_preference shown;           /* all but rank and levels */
    const dtn_statement *statement; /* [texts] */
    const int *option;              /* weights: [texts] */
    const int64_t *weight;          /* weights over their common denominator: [texts] */
    dtn_list comparisons;           /* const char * */
    dtn_list degrees;               /* dtn_degree_spec */
    fmpq *level;                    /* [DTN_LEVELS]; NULL: none is given */
    bool levelled[DTN_LEVELS];
} dtn_preference_spec;

/* "a > b", to that degree. */
typedef struct dtn_degree_spec {
    const char *text;
    fmpq *value;
} dtn_degree_spec;

typedef struct dtn_attitude_spec {
    int player, toward, sign;
} dtn_attitude_spec;

typedef struct dtn_player_spec {
    dtn_conflict_player shown;
    dtn_list preferences; /* dtn_preference_spec */
} dtn_player_spec;

struct dtn_conflict_builder {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const char *title;
    dtn_list players;      /* dtn_player_spec */
    dtn_list options;      /* dtn_conflict_option */
    dtn_list restrictions; /* dtn_restriction */
    dtn_list merges;       /* dtn_cube */
    dtn_list named;        /* dtn_named_spec */
    dtn_list edits;        /* dtn_edit */
    dtn_list attitudes;    /* dtn_attitude_spec */
    const char *status_quo;
    dtn_conflict_fault fault;
};

static inline const dtn_player_spec *dtn_builder_player(const dtn_conflict_builder *b, int player)
{
    return (const dtn_player_spec *)b->players.item + player;
}

/* Room for one more element of size bytes at the end of the list (count is raised by the caller); NULL: out of memory. */
void *dtn_builder_push(dtn_conflict_builder *b, dtn_list *list, size_t size);

/* Records the fault and the message; returns status. text is copied; NULL: the fault is in no text. */
dtn_status dtn_builder_fail(dtn_conflict_builder *b, dtn_status status, dtn_conflict_fault fault,
                            const char *format, ...) DTN_PRINTF(4, 5);

/* A fault without text; one whose text is wrong as a whole (NULL allowed). */
dtn_conflict_fault dtn_fault_at(dtn_conflict_part part, int player, int index);
dtn_conflict_fault dtn_fault_whole(dtn_conflict_fault fault, const char *text);
/* Copies a text; NULL becomes "". */
dtn_status dtn_builder_copy(dtn_conflict_builder *b, const char **out, const char *text);
dtn_status dtn_builder_check_player(dtn_conflict_builder *b, int player, dtn_conflict_part part);
/* The option whose key is name[0, length), or -1; user is the builder. */
int dtn_builder_find_option(const void *user, const char *name, size_t length);
/* Parses a statement; the fault says which one it is. */
dtn_status dtn_builder_parse(dtn_conflict_builder *b, dtn_statement *out, const char *text,
                             dtn_conflict_fault fault);

/* The steps of finish, in order; each fills its part of c. */
dtn_status dtn_builder_states(dtn_conflict_builder *b, dtn_conflict *c); /* cells, merging, names */
dtn_status dtn_builder_moves(dtn_conflict_builder *b, dtn_conflict *c, dtn_conflict_player *players);
dtn_status dtn_builder_ranks(dtn_conflict_builder *b, dtn_conflict *c, dtn_conflict_player *players);

/* conflict_pairs.c: comparisons and degrees of a variant whose ranks are made; conflict_degrees.c: the marks of degrees, and
 * what the whole conflict holds. */
dtn_status dtn_builder_compare(dtn_conflict_builder *b, const dtn_conflict *c, dtn_preference *p,
                               const dtn_preference_spec *spec, dtn_conflict_fault fault);
dtn_status dtn_builder_degrees(dtn_conflict_builder *b, const dtn_conflict *c, const dtn_preference *p,
                               dtn_pairs *pairs, unsigned char *relation, const dtn_preference_spec *spec,
                               dtn_conflict_fault fault);
dtn_status dtn_builder_attitudes(dtn_conflict_builder *b, dtn_conflict *c);
/* "a > b >> c = d ? e" step by step: *at moves on; the states left and right of the next sign, as texts of the builder.
 * Signs: DTN_BETTER, DTN_MUCH_BETTER, DTN_EQUAL, DTN_UNKNOWN. *more false: nothing is left. */
typedef struct dtn_chain {
    const char *text, *at;
    const char *left, *right;
    dtn_comparison sign;
} dtn_chain;
dtn_status dtn_chain_next(dtn_conflict_builder *b, dtn_chain *chain, bool *more, dtn_conflict_fault fault);
/* The states that a text names or a pattern fits. */
dtn_status dtn_chain_states(dtn_conflict_builder *b, const dtn_conflict *c, bool *in, const char *text,
                            dtn_conflict_fault fault);
/* The variant of that name, NULL: the player has none. */
dtn_preference_spec *dtn_builder_variant(dtn_conflict_builder *b, int player, const char *variant);
/* Adds a variant that holds nothing but comparisons. */
dtn_status dtn_builder_pairs_variant(dtn_conflict_builder *b, int player, const char *variant,
                                     dtn_preference_spec **spec);

/* For conflicts with too many states to list: whether options, restrictions and statements are all that was given (then
 * they can be kept unlisted), and the players' part of that. */
bool dtn_builder_by_statements(const dtn_conflict_builder *b);
dtn_status dtn_builder_unlisted(dtn_conflict_builder *b, const dtn_conflict *c, dtn_conflict_player *players);

/* What a state text means: one named state (cube->text NULL), or a cube of patterns. */
typedef struct dtn_state_text {
    bool is_state;
    size_t state;
    dtn_cube cube;
    size_t offset, length; /* PARSE: what is wrong, */
    char message[256];     /* and why */
    char unknown[64];
} dtn_state_text;

/* false: text is no state text (offset, length, message are filled). */
bool dtn_state_text_read(dtn_state_text *out, const dtn_conflict *c, const char *text);
/* The only state that a text names; false with the reason in out otherwise. */
bool dtn_state_text_single(dtn_state_text *out, const dtn_conflict *c, const char *text);
/* Whether all members of a state fit the cube. */
bool dtn_cube_holds(const dtn_conflict *c, const dtn_cube *cube, size_t state);

#endif
