/* Result of `repeated`: which play of the stage is self-enforcing when it is repeated, and from which discount factor on. */
#ifndef DTN_ANALYSE_REPEATED_H
#define DTN_ANALYSE_REPEATED_H

#include "analyse/analysis.h"
#include "solve/repeated.h"

typedef struct dtn_repeated_item {
    size_t profile;
    bool nash;
    dtn_critical_discount transfers, reversion;
    dtn_discount_bracket free_hand; /* any punishment in pure strategies, no transfers; two players */
    bool bracketed;                 /* free_hand was found */
    bool forgiven;                  /* no pure punishment survives renegotiation; two players */
    size_t punish[2]; /* not forgiven: what keeps each player, and the other does not want to end */
} dtn_repeated_item;

typedef struct dtn_repeated_answer {
    const dtn_strategic *game;
    dtn_strategic *made; /* the reduced strategic form, owned, when the model is a tree */
    const dtn_stage *stage;
    const dtn_repeated_item *item;
    int items, left_out;                          /* left_out: profiles that are not listed */
    int first;                                    /* the item that the sentences are about */
    bool asked;                                   /* --play named it */
    bool transfers;                               /* the file says that the players can pay each other */
    bool given;                                   /* a discount factor was given */
    fmpq *discount, *hazard, *effective, *detect; /* one number each; effective = discount (1 - hazard) */
    /* Two players, discount given: a polygon around all payoffs that pure strategies can keep up at the effective discount factor. */
    fmpq *corner; /* [corners][2] */
    int corners;
} dtn_repeated_answer;

#endif
