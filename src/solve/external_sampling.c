/* external-sampling: counterfactual regret minimisation that draws the moves of chance and of the others, and looks at all of its own.
 *
 * Method: for each player in turn one play: at its own information sets every action is followed, regrets are the differences found; elsewhere one
 *   move is drawn, and the mover's strategy there is added to its average.
 * Cost: a play visits about the square root of the game's states. Random by the seed.
 * Source: M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, Monte Carlo sampling for regret minimization in extensive games, NIPS 22 (2009). */
#include "solve/cfr_sample_kit.h"
#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

enum { FEW = 8 };

/* What the player gets below a state. room: working space for the own moves from here on. */
static double follow(dtn_cfr_sampler *s, int at, int player, double *room)
{
    const dtn_compiled_node *n = &s->play->node[at];
    for (; n->who != player; n = &s->play->node[at]) {
        if (n->who == DTN_GAME_END)
            return s->play->payoff[n->row + player];
        int move;
        if (n->who == DTN_GAME_CHANCE) {
            move = dtn_sample_chance(s, n);
        } else {
            double few[FEW], *sigma = n->moves <= FEW ? few : room;
            dtn_cfr_cell *cell = s->cell[n->who] + n->row;
            dtn_sample_strategy(cell, n->moves, sigma);
            for (int a = 0; a < n->moves; a++)
                cell[a].sum += sigma[a];
            move = dtn_sample_from(s, sigma, n->moves);
        }
        at = n->first + move;
    }
    dtn_cfr_cell *cell = s->cell[player] + n->row;
    int moves = n->moves;
    double few[2 * FEW], *sigma = moves <= FEW ? few : room, *worth = sigma + moves, value = 0;
    room = moves <= FEW ? room : room + (ptrdiff_t)2 * moves;
    dtn_sample_strategy(cell, moves, sigma);
    for (int a = 0; a < moves; a++) {
        worth[a] = follow(s, n->first + a, player, room);
        value += sigma[a] * worth[a];
    }
    for (int a = 0; a < moves; a++) {
        cell[a].regret += worth[a] - value;
        if (s->players == 1) /* nobody else whose play could find the average */
            cell[a].sum += sigma[a];
    }
    return value;
}

void dtn_cfr_sample_external(dtn_cfr_sampler *s, int player)
{
    follow(s, 0, player, s->room);
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {.name = "external-sampling", .sample = dtn_cfr_sample_external};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_external_sampling = {
    .name = "external-sampling",
    .title = "cfr that draws the moves of chance and of the others: for trees too large to pass through",
    .source =
        "M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, Monte Carlo sampling for regret minimization in "
        "extensive games, NIPS 22 (2009)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_sample_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
