/* A stochastic game in numbers: states, what each combination of actions pays there and where it leads, a discount factor. */
#ifndef DTN_MODEL_STOCHASTIC_H
#define DTN_MODEL_STOCHASTIC_H

#include "model/scenario.h"

typedef struct dtn_stochastic_state {
    const char *name, *about;
    const int *actions;               /* [players], at least 1 */
    const char *const *const *action; /* [players][actions] names */
    const int *order;                 /* [movers] players in turn; movers 0: at once */
    int movers;
    long profiles;    /* combinations, the first player's action fastest */
    const fmpq *pay;  /* [profiles][players] */
    const fmpq *next; /* [profiles][states] */
} dtn_stochastic_state;

typedef struct dtn_stochastic {
    dtn_arena *arena; /* owned */
    int players, states, start;
    const char *const *player; /* [players] keys */
    const dtn_stochastic_state *state;
    const fmpq *discount; /* one number, in [0, 1] */
    bool zero_sum;        /* two players, payoffs add up to 0 everywhere */
    bool in_turn;         /* nowhere two players decide at once */
    bool acyclic; /* a state that is left never comes back, and where play stays for ever nothing is paid or decided */
} dtn_stochastic;

enum { DTN_STOCHASTIC_CELLS = 1000000 };
/* The scenario's `stochastic:` at a point. DOMAIN: probabilities outside [0, 1] or not summing to 1, a discount factor outside
 * [0, 1], or of 1 in a game that is not acyclic. LIMIT: more than DTN_STOCHASTIC_CELLS entries. */
dtn_status dtn_stochastic_new(dtn_ctx *ctx, dtn_stochastic **out, const dtn_scenario *s,
                              const dtn_point *point);
void dtn_stochastic_free(dtn_stochastic *g); /* NULL allowed */

/* Action of a player in a combination. */
static inline int dtn_stochastic_action(const dtn_stochastic_state *s, long profile, int player)
{
    for (int p = 0; p < player; p++)
        profile /= s->actions[p];
    return (int)(profile % s->actions[player]);
}

#endif
