/* outcome-sampling: counterfactual regret minimisation that plays the game once an iteration and player.
 *
 * Method: chance and the others move as they do; the player whose turn it is to learn tries any move with probability 0.6 and otherwise follows
 *   its strategy. What it got, divided by how likely it was to get there, stands for all it did not see.
 * Cost: an iteration visits one path a player. Estimates vary more than those of external sampling. Random by the seed.
 * Source: M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, Monte Carlo sampling for regret minimization in extensive games, NIPS 22 (2009). */
#include "solve/cfr_sample_kit.h"
#include "solve/cfr_solve.h"
#include "solve/verify_finding.h"

static const double explore = 0.6;

typedef struct path {
    double own, sampled; /* probability of the own moves so far under sigma; of the whole way under sampling */
    double own_sampled;  /* of the own moves under sampling */
} path;

/* Returns what the player gets, times how much likelier its own moves below are under sigma than under sampling. */
static double play(dtn_cfr_sampler *s, int at, int player, path way, double *room)
{
    enum { FEW = 8 };
    const dtn_compiled_node *n = &s->play->node[at];
    double few[FEW], *sigma;
    for (;; n = &s->play->node[at]) {
        int move;
        if (n->who == DTN_GAME_END)
            return s->play->payoff[n->row + player];
        if (n->who == DTN_GAME_CHANCE) {
            move = dtn_sample_chance(s, n);
            const double *sum = s->play->chance + n->row + move;
            way.sampled *= n->row < 0 ? 1.0 / n->moves : move ? sum[0] - sum[-1] : sum[0];
        } else {
            sigma = n->moves <= FEW ? few : room;
            dtn_sample_strategy(s->cell[n->who] + n->row, n->moves, sigma);
            if (n->who == player)
                break;
            move = dtn_sample_from(s, sigma, n->moves);
            way.sampled *= sigma[move];
        }
        at = n->first + move;
    }
    dtn_cfr_cell *cell = s->cell[player] + n->row;
    int moves = n->moves, move;
    if (dtn_random_unit(&s->random) < explore)
        move = (int)((dtn_random_next(&s->random) >> 32) * (uint64_t)moves >> 32);
    else
        move = dtn_sample_from(s, sigma, moves);
    double likely = explore / moves + (1 - explore) * sigma[move];
    for (int a = 0; a < moves; a++)
        cell[a].sum += way.own / way.sampled * sigma[a];
    path below = {way.own * sigma[move], way.sampled * likely, way.own_sampled * likely};
    double tail = play(s, n->first + move, player, below, moves <= FEW ? room : room + moves) / likely;
    double value = sigma[move] * tail;
    for (int a = 0; a < moves; a++)
        cell[a].regret += ((a == move ? tail : 0) - value) / way.own_sampled;
    return value;
}

void dtn_cfr_sample_outcome(dtn_cfr_sampler *s, int player)
{
    play(s, 0, player, (path){1, 1, 1}, s->room);
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    static const dtn_cfr_method method = {.name = "outcome-sampling", .sample = dtn_cfr_sample_outcome};
    return dtn_cfr_solve(ctx, out, tree, options, &method);
}

const dtn_solver dtn_solver_outcome_sampling = {
    .name = "outcome-sampling",
    .title = "cfr from single plays of the game: millions a second, with more noise",
    .source =
        "M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, Monte Carlo sampling for regret minimization in "
        "extensive games, NIPS 22 (2009)",
    .needs = DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ANSWER,
    .options = dtn_cfr_sample_options,
    .run_tree = run_tree,
    .check_tree = dtn_verify_averages,
};
