/* Reading a scenario out of a YAML tree: what the files scenario_*.c share.
 *
 * Two passes: every block first declares its names, then formulas and references are read, so that the order of blocks
 * in a file does not matter. A function returns a status for lack of memory only; what is wrong with the file goes to the
 * diagnostics, and reading goes on with a stand-in (NULL formula, index -1), so that one run finds as many errors as possible.
 * Nothing that was built is handed out when there was an error. */
#ifndef DTN_FORMAT_READER_H
#define DTN_FORMAT_READER_H

#include "format/yaml.h"
#include "model/scenario.h"

/* The blocks of a file: X(key) in the order in which docs/formats/scenario.md describes them. */
#define DTN_BLOCK_LIST(X) \
    X(detente)            \
    X(title)              \
    X(about)              \
    X(players)            \
    X(parameters)         \
    X(constraints)        \
    X(types)              \
    X(state)              \
    X(start)              \
    X(moves)              \
    X(outcomes)           \
    X(groups)             \
    X(classes)            \
    X(guarantees)         \
    X(repeated)           \
    X(stochastic)         \
    X(matrix)             \
    X(conflict)           \
    X(sources)            \
    X(actors)             \
    X(claims)             \
    X(links)              \
    X(assume)             \
    X(ask)                \
    X(expect)

/* What a formula may use beside parameters. */
enum { DTN_USE_STATE = 1, DTN_USE_GRID = 2, DTN_USE_TYPE = 4, DTN_USE_PATH = 7 };

/* A formula that was read, kept for the checks over the box. */
typedef enum dtn_checked_kind { DTN_CHECKED_VALUE, DTN_CHECKED_PROBABILITY } dtn_checked_kind;
typedef struct dtn_checked {
    dtn_checked_kind kind;
    const dtn_expr *formula;
    dtn_place place;
    int group; /* formulas of one group sum to 1; 0: none */
    const char *what;
} dtn_checked;

/* Declared names by kind: reader_index.c. */
typedef enum dtn_name_kind {
    DTN_NAME_PLAYER,
    DTN_NAME_PARAM, /* "pi", "k.resolved" */
    DTN_NAME_FAMILY,
    DTN_NAME_STATE,
    DTN_NAME_GRID,
    DTN_NAME_MOVE,
    DTN_NAME_OUTCOME,
    DTN_NAME_GROUP,
    DTN_NAME_CLASS,
    DTN_NAME_GUARANTEE,
    DTN_NAME_SOURCE,
    DTN_NAME_ACTOR,
    DTN_NAME_CLAIM,
    DTN_NAME_KINDS
} dtn_name_kind;
typedef struct dtn_name_index {
    int *entry, room, known;
} dtn_name_index;

typedef struct dtn_reader {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_diags *diags;
    const dtn_bytes *bytes;
    dtn_scenario *s;
    /* Values of the blocks, NULL where absent. */
#define X(key) const dtn_yaml *key;
    DTN_BLOCK_LIST(X)
#undef X
    /* What is under construction; the scenario's own pointers are const. */
    dtn_scn_player *player;
    dtn_scn_param *param;
    dtn_scn_family *family;
    dtn_scn_move *move;
    dtn_scn_outcome *outcome;
    dtn_scn_group *group;
    dtn_scn_class *class_;
    dtn_scn_guarantee *guarantee;
    dtn_scn_source *source;
    dtn_scn_actor *actor;
    dtn_scn_claim *claim;
    const char **grid;
    int grid_room;
    const dtn_yaml **param_yaml; /* [params] what stands under each name */
    const dtn_yaml **param_key;  /* [params] */
    bool *used;                  /* [params] by some formula or reference; allocated with the parameters */
    dtn_checked *checked;
    int checks, check_room, check_groups;
    int deriving; /* the derived parameter whose formula is being read, or -1 */
    dtn_name_index index[DTN_NAME_KINDS];
} dtn_reader;

/* ---- shapes: reader.c ---- */
typedef struct dtn_field {
    const char *key;
    const dtn_yaml **value; /* receives the value, NULL when absent or left empty */
    bool required;
} dtn_field;
/* The fields of a mapping; unknown keys, missing required ones, and anything but a mapping are errors. what: "the move 'answer'".
 * where: place for what is missing. false: not a mapping. */
bool dtn_read_fields(dtn_reader *r, const dtn_yaml *y, const char *what, dtn_place where,
                     const dtn_field *fields, int count);
/* false with an error unless y is a mapping (a list, text) with something in it. */
bool dtn_expect_map(dtn_reader *r, const dtn_yaml *y, const char *what);
bool dtn_expect_list(dtn_reader *r, const dtn_yaml *y, const char *what);
/* The text of y, or NULL with an error; NULL without one when y is NULL. */
const char *dtn_read_text(dtn_reader *r, const dtn_yaml *y, const char *what);
/* Index into words, or -1 with an error. */
int dtn_read_word(dtn_reader *r, const dtn_yaml *y, const char *what, const char *const *words, int count);
bool dtn_read_flag(dtn_reader *r, const dtn_yaml *y, const char *what, bool fallback);
/* An exact number in *out (not initialised before: an alias of a number owned by the arena). false: error, *out = 0. */
dtn_status dtn_read_number(dtn_reader *r, const dtn_yaml *y, const char *what, fmpq *out, bool *ok);
/* [lo, hi] with lo <= hi, or one number for both. */
dtn_status dtn_read_interval(dtn_reader *r, const dtn_yaml *y, const char *what, fmpq *lo, fmpq *hi, bool *ok);
/* A list, or one text as a list of one: entry i of *count. NULL entries were errors. */
dtn_status dtn_read_texts(dtn_reader *r, const dtn_yaml *y, const char *what, const char *const **out,
                          int *count);
/* The i-th of a list, or y itself when it is one text. */
const dtn_yaml *dtn_list_item(const dtn_yaml *y, int i);
int dtn_list_count(const dtn_yaml *y);
/* Checks the characters of a name; in_formulas: it has to be an identifier that is not reserved. */
bool dtn_check_name(dtn_reader *r, const dtn_yaml *key, const char *what, bool in_formulas);
/* Error id "unknown ... 'x'" with the nearest of words and the list of them. */
void dtn_unknown(dtn_reader *r, dtn_diag_id id, dtn_place place, const char *what, const char *word,
                 const char *const *words, int count);

/* ---- names: reader_index.c, reader_names.c ---- */
/* The number of what has this name, -1: nothing has. No error. */
int dtn_find_name(dtn_reader *r, dtn_name_kind kind, const char *key);
/* -1 with an error of the fitting code. */
int dtn_read_player(dtn_reader *r, const dtn_yaml *y);
int dtn_type_of(const dtn_reader *r, int player, const char *type); /* -1 without an error */
int dtn_read_claim(dtn_reader *r, const dtn_yaml *y);
/* A parameter by name; marks it as used. */
int dtn_read_param(dtn_reader *r, const dtn_yaml *y);
int dtn_param_named(dtn_reader *r, const char *name, dtn_place place);
/* All keys of a mapping as an array in scratch, for "did you mean". NULL entries never. */
const char *const *dtn_keys(dtn_reader *r, const dtn_yaml *map, int *count);
/* Checks "move.action", "move.type.action" (and, with partial, "move" or "move.type"). A grid action may carry its value:
 * "offer.demand(1/20)"; a move what was seen: "answer[publish].reject". */
bool dtn_check_action(dtn_reader *r, const char *text, dtn_place place, bool partial);
/* "answer" -> true when exactly one move has this action; then *move. */
bool dtn_sole_action(const dtn_reader *r, const char *action, int *move);

/* ---- formulas: reader_formula.c ---- */
/* A formula; *out = NULL after an error or when y is NULL. use: DTN_USE_... */
dtn_status dtn_read_formula(dtn_reader *r, const dtn_expr **out, const dtn_yaml *y, const char *what, int use);
dtn_status dtn_parse_formula(dtn_reader *r, const dtn_expr **out, const dtn_yaml *y, const char *text,
                             int offset, const char *what, int use);
/* Remembers a formula for the checks over the box. */
dtn_status dtn_check_later(dtn_reader *r, dtn_checked_kind kind, const dtn_expr *formula, dtn_place place,
                           int group, const char *what);

/* Error when a parameter, state or grid variable already has this name (grids may share theirs: false for them). */
bool dtn_check_clash(dtn_reader *r, const dtn_yaml *key);
/* The number of a grid variable, declared now if it is new; -1: its name cannot be used. */
dtn_status dtn_declare_grid(dtn_reader *r, const dtn_yaml *key, int *grid);

/* ---- blocks: first pass declares, second defines ---- */
dtn_status dtn_declare_players(dtn_reader *r);
dtn_status dtn_declare_types(dtn_reader *r);
dtn_status dtn_declare_params(dtn_reader *r);
dtn_status dtn_declare_state(dtn_reader *r);
dtn_status dtn_declare_outcomes(dtn_reader *r);
dtn_status dtn_declare_moves(dtn_reader *r);
dtn_status dtn_define_params(dtn_reader *r);
dtn_status dtn_define_types(dtn_reader *r);
dtn_status dtn_define_moves(dtn_reader *r);
dtn_status dtn_define_together(dtn_reader *r, dtn_scn_move *m, const dtn_yaml *y, const dtn_yaml *movers,
                               const dtn_yaml *actions, const dtn_yaml *to);
dtn_status dtn_define_outcomes(dtn_reader *r);
dtn_status dtn_define_classes(dtn_reader *r);
dtn_status dtn_define_guarantees(dtn_reader *r);
dtn_status dtn_define_conflict(dtn_reader *r);
dtn_status dtn_define_stochastic(dtn_reader *r);
dtn_status dtn_define_matrix(dtn_reader *r);
dtn_status dtn_define_ledger(dtn_reader *r);
dtn_status dtn_define_links(dtn_reader *r);
dtn_status dtn_define_ask(dtn_reader *r);
dtn_status dtn_define_expect(dtn_reader *r);
dtn_status dtn_check_protocol(dtn_reader *r);
dtn_status dtn_check_box(dtn_reader *r);

/* Shared by moves: one goal, set, pays of an action. */
bool dtn_read_goal(dtn_reader *r, const dtn_yaml *y, dtn_scn_goal *out);
dtn_status dtn_read_effects(dtn_reader *r, dtn_scn_action *a, const dtn_yaml *set, const dtn_yaml *pays);
/* A target: outcome, group, action, or a list of them. */
dtn_status dtn_read_target(dtn_reader *r, const dtn_yaml *y, dtn_scn_target *out);

/* {key: value} and {key: {subkey: value}}; values are formulas or [least, greatest]. */
dtn_status dtn_read_pairs(dtn_reader *r, const dtn_scn_pair **out, int *count, const dtn_yaml *y,
                          const char *what);
/* The keys of a mapping as actions; see dtn_check_action. */
void dtn_check_actions(dtn_reader *r, const dtn_yaml *y, bool partial);
dtn_status dtn_read_like(dtn_reader *r, const dtn_scn_like **out, const dtn_yaml *y, const char *what);
/* A rung's name, static; NULL when y is NULL. */
dtn_status dtn_read_rung(dtn_reader *r, const dtn_yaml *y, const char **out);
dtn_status dtn_read_probability(dtn_reader *r, const dtn_yaml *y, fmpq *out);

/* Reads the whole scenario out of root; *out = NULL when there are errors. arena, in which root lives, becomes the
 * scenario's, or is freed: texts are not copied. */
dtn_status dtn_scenario_read(dtn_ctx *ctx, dtn_scenario **out, dtn_arena *arena, dtn_diags *diags,
                             const char *file, const dtn_bytes *bytes, const dtn_yaml *root);

#endif
