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

#endif
