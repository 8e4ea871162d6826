/* Iterated conditional dominance of an extensive game: which plans survive when nobody plays on where another plan does better
 * whatever else may still be played. */
#ifndef DTN_SOLVE_CONDITIONAL_DOMINANCE_H
#define DTN_SOLVE_CONDITIONAL_DOMINANCE_H

#include "model/tree.h"

/* A player, or one type of a player: whoever decides knowing the type. Plans give one action at each of its information sets. */
typedef struct dtn_agent {
    int player, type;
    const int *infoset; /* [infosets] ascending */
    int infosets;
    long plans, step; /* plan of a profile: profile / step % plans */
    bool *alive;      /* [plans] survives */
    long survivors;
} dtn_agent;

typedef struct dtn_conditional {
    const dtn_tree *tree;
    dtn_agent *agent;
    int agents;
    long profiles;  /* product of plans */
    int rounds;     /* of elimination, until nothing was dominated */
    bool too_large; /* more profiles than asked for: nothing below agents is known */
} dtn_conditional;

/* *out in arena. perfect recall is needed (DOMAIN). Cost: profiles * ends, and a small linear program a plan, information set and round.
 * Compiled over traced numbers, too. */
dtn_status dtn_conditional_dominance(dtn_ctx *ctx, dtn_arena *arena, dtn_conditional *out,
                                     const dtn_tree *tree, long most_profiles);
/* Action of an agent's plan at the k-th of its information sets, counted from that set's first. */
int dtn_agent_choice(const dtn_conditional *c, const dtn_agent *agent, long plan, int k);
/* Whether every plan of the profile survives. */
bool dtn_conditional_alive(const dtn_conditional *c, long profile);
/* sigma[actions] = 0 or 1 as the profile plays. */
void dtn_conditional_play(const dtn_conditional *c, long profile, fmpq *sigma);

#endif
