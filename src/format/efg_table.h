/* Information sets and outcomes of an .efg file by their numbers. */
#ifndef DTN_FORMAT_EFG_TABLE_H
#define DTN_FORMAT_EFG_TABLE_H

#include "format/game_lexer.h"

/* Names already taken, with a number each. */
typedef struct dtn_efg_names {
    const char **name;
    int *value;
    int count, slots;
} dtn_efg_names;

typedef struct dtn_efg_set {
    int player, number; /* player -1: chance */
    const char *name;   /* NULL: none */
    int actions;
    const char **action; /* chance */
    const fmpq **prob;   /* chance */
    int built;           /* the builder's number; players' sets only */
} dtn_efg_set;

typedef struct dtn_efg_outcome {
    int number;
    const char *name;
    fmpq *payoff; /* [players] */
    int built;    /* the builder's number, -1: not used at an end yet */
} dtn_efg_outcome;

/* Hash tables of pointers, open addressing, sizes powers of two; zero-filled = empty. Everything lives in scratch. */
typedef struct dtn_efg_table {
    dtn_efg_set **set;
    dtn_efg_outcome **outcome;
    int sets, set_slots, outcomes, outcome_slots;
    dtn_efg_names set_names, outcome_names;
    dtn_action *list; /* [actions of the set that is being read] */
    const fmpq **prob;
    int room;
    fmpq *number; /* unused numbers of a block */
    int numbers;
} dtn_efg_table;

/* The set with this number of this player; *fresh: it was made now. */
dtn_status dtn_efg_set_find(dtn_lexer *x, dtn_efg_table *t, dtn_efg_set **out, int player, int number,
                            bool *fresh);
dtn_status dtn_efg_set_add_action(dtn_lexer *x, dtn_efg_table *t, dtn_efg_set *set, const char *name,
                                  const fmpq *prob);
/* count numbers that live as long as the table; NULL: no memory. */
fmpq *dtn_efg_numbers(dtn_lexer *x, dtn_efg_table *t, int count);
/* After the last action: chance sums to 1 (fails at where otherwise), a player's set goes to the builder. */
dtn_status dtn_efg_set_finish(dtn_lexer *x, dtn_efg_table *t, dtn_tree_builder *b, dtn_efg_set *set,
                              const dtn_token *where);

dtn_status dtn_efg_outcome_find(dtn_lexer *x, dtn_efg_table *t, dtn_efg_outcome **out, int number,
                                int players, bool *fresh);
/* The builder's number of an outcome that stands at an end; outcomes of one name are one class of ends. */
dtn_status dtn_efg_outcome_build(dtn_lexer *x, dtn_efg_table *t, dtn_tree_builder *b, dtn_efg_outcome *o,
                                 int *out);

#endif
