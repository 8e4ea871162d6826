/* Verifiers of findings: each reads the tables that a reader sees and the game, shares no code with the method, and words the
 * certificate. INTERNAL with the row that is wrong when it refutes. A file each: verify_dominance.c, ... */
#ifndef DTN_SOLVE_VERIFY_FINDING_H
#define DTN_SOLVE_VERIFY_FINDING_H

#include "model/assessment.h"
#include "model/strategic.h"

/* Every elimination (dominated by its mixture of what was left before the round), and that nothing else is dominated:
 * beliefs for dominance by mixtures, comparison for dominance by pure strategies. Facts "dominance" and "by", tables "eliminated"
 * and "beliefs". Cost: rows x profiles. */
dtn_status dtn_verify_dominance(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);

/* Tables "optimal" and "pure" (player, strategy, guarantees): each strategy guarantees just that; and nobody can have more, by
 * the table "threats" (player, plays-1, ..., probability), or because the guarantees add up to the constant sum.
 * Cost: rows x profiles. */
dtn_status dtn_verify_security(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);

/* Facts "concept", "objective", "value", tables "draw" (plays-1, ..., probability), "payoffs" (player, payoff, weight) and
 * "multipliers": nobody gains by disobeying, and no other draw is better. Cost: profiles x deviations. */
dtn_status dtn_verify_correlated(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);
/* Tables "commitments" and "pure" (leader, commitment, reply, payoffs), "multipliers": best replies, best mixed commitments. */
dtn_status dtn_verify_stackelberg(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);

/* Tables "efficient" (plays-1, ..., payoffs) and, with two players, "frontier". Cost: profiles x (efficient + profiles). */
dtn_status dtn_verify_pareto(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);
/* Fact "solution", tables "payoffs" (player, disagreement, agreement, ideal, trade, weight) and "lottery". */
dtn_status dtn_verify_bargaining(dtn_ctx *ctx, dtn_finding *finding, const dtn_strategic *game);

/* Trees of two players with a constant sum: fact "value", table "plans" (player, sequence, weight), one equilibrium that was
 * certified. Cost: linear in nodes. */
dtn_status dtn_verify_plans(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree);

/* Trees: table "strategy" (action, probability); fact "gain", or for two players with constant sum "exploitability", "value-least" and
 * "value-most": each within its radius of what best replies give. Cost: linear in nodes. */
dtn_status dtn_verify_averages(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree);

/* Trees of two players: every equilibrium is the limit of its trembles, which are an equilibrium for all small epsilon. Cost: linear in
 * nodes, times the length of the polynomials. */
dtn_status dtn_verify_trembles(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree);

/* Trees of two players: facts "concept" (efce, efcce, nfcce), "objective", "value", tables "payoffs" (player, payoff, weight), "draws" and
 * "multipliers": nobody gains by leaving the mediator, and no other draw is better. Cost: situations x ends x draws, and pure
 * strategies of one player x pairs of sequences. */
dtn_status dtn_verify_mediator(dtn_ctx *ctx, dtn_equilibria *found, const dtn_tree *tree);

#endif
