/* The separate verifier: what an answer is worth, computed without any solver's code. */
#ifndef DTN_SOLVE_VERIFY_H
#define DTN_SOLVE_VERIFY_H

#include "model/assessment.h"
#include "model/strategic.h"

/* Exact expected payoffs and regrets (gain of each player's best pure deviation; 0 everywhere: a Nash equilibrium) of a
 * mixed profile sigma, by player then strategy. payoff, regret: [players]. ARG when sigma is not a probability
 * distribution for some player. Cost: product of the supports' sizes times strategies times players. */
dtn_status dtn_verify_strategic(dtn_ctx *ctx, fmpq *payoff, fmpq *regret, const dtn_strategic *game,
                                const fmpq *sigma);

/* The same for games that are kept compact (game->graph), without their table; dtn_verify_strategic calls it. Cost: for each kind
 * of agent and action, players x configurations of the action's neighbours. */
dtn_status dtn_verify_graph(dtn_ctx *ctx, fmpq *payoff, fmpq *regret, const dtn_strategic *game,
                            const fmpq *sigma);

/* Decides whether exactly one Nash equilibrium lies within radius (largest difference of a probability) of sigma, one that plays
 * the strategies that sigma plays: *held, a proof by balls; false: not proved. payoff, regret [players]: of sigma itself, exact;
 * *payoff_radius: the equilibrium's payoffs differ from those by at most this. 0 < radius < 1. ARG as above. */
dtn_status dtn_verify_ball(dtn_ctx *ctx, bool *held, fmpq *payoff, fmpq *regret, double *payoff_radius,
                           const dtn_strategic *game, const fmpq *sigma, double radius);

/* What the verifier says of an assessment. The rungs, as it checks them:
 * NASH        no player gains by any deviation (best reply by backward induction over the own information sets);
 * SPE         the same in every proper subgame;
 * PBE         SPE; beliefs by Bayes where play reaches; at every information set no other continuation of the mover is better
 *             at the belief held there (weak perfect Bayesian);
 * NSWYDK      PBE; and for members m, n of one information set and nodes x above m, y above n that are one node or share an
 *             information set g: b(m) b(y) P(n|y) = b(n) b(x) P(m|x), P being the probability of the path under the strategies,
 *             without the action at g where m and n are both reached by the same one. So Bayes holds from every information
 *             set on, also off the path, and a mover's action at g says nothing about what the mover at g does not know;
 * SEQUENTIAL  PBE; and Kreps-Wilson consistency: orders k(a) >= 0 (0 exactly where an action is played) and weights c(a) > 0
 *             (the probability where it is played), common to all information sets, such that at each of them the nodes of
 *             least total order share the belief in proportion to their weights. Decided exactly; implies NSWYDK;
 * INTUITIVE, D1  see verify_signal.h. */
typedef struct dtn_verdict {
    dtn_rung rung;  /* highest rung that was proved, with every lower one */
    bool unknown;   /* whether the next rung holds could not be decided (its fall says what) */
    bool weak_pbe;  /* optimal given beliefs, Bayes on the path: may hold without SPE */
    dtn_fall *fall; /* [falls] why not higher, first the rung next to `rung`; in the arena */
    int falls;
    fmpq *payoff; /* [players] */
    fmpq *regret; /* [players] Nash regret */
    fmpq *max_regret; /* one number: largest gain at any information set, given beliefs, of any continuation of its mover */
} dtn_verdict;

/* Judges an assessment. Beliefs at single nodes need not be filled in. ARG when strategies or beliefs are no probability
 * distributions; DOMAIN without perfect recall. Cost: linear in nodes for Nash and subgames; information sets x nodes below
 * them for optimality; one exact LP for consistency. */
dtn_status dtn_verify_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_verdict *out, const dtn_tree *tree,
                           const dtn_assessment *a);
/* The same, but not beyond Nash (most is NASH) or subgame perfection (SPE): linear in nodes. Other rungs: the whole ladder. */
dtn_status dtn_verify_tree_to(dtn_ctx *ctx, dtn_arena *arena, dtn_verdict *out, const dtn_tree *tree,
                              const dtn_assessment *a, dtn_rung most);

/* The highest rung that a strategy profile can reach: looks for beliefs that hold it, then judges like dtn_verify_tree.
 * *out holds one equilibrium, described, with the beliefs found (0 at sets for which none were looked for or found), also when
 * the profile is no equilibrium at all: rung NONE, and the falls say who gains where. sigma: [actions].
 * rung_unknown: whether other beliefs reach more could not be decided. belief [nodes], NULL: search; otherwise those are judged.
 * Cost: which nodes are believed possible is enumerated, each choice an exact LP, up to a limit. */
dtn_status dtn_verify_profile(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree, const fmpq *sigma,
                              const fmpq *belief);

#endif
