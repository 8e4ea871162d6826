/* Equilibria along a ray of games: the path that the global Newton method follows. Payoffs may be those of the game or of any smooth
 * table, such as the polymatrix game that touches it at a point. */
#ifndef DTN_SOLVE_GLOBAL_NEWTON_PATH_H
#define DTN_SOLVE_GLOBAL_NEWTON_PATH_H

#include "model/strategic.h"

/* u [width] and slope [width][width] at sigma [width], as dtn_expected_at. */
typedef void dtn_payoff_fn(void *user, double *u, double *slope, const double *sigma);
/* Called with each equilibrium met, sigma [width]. *stop: enough. */
typedef dtn_status dtn_crossing_fn(dtn_ctx *ctx, void *user, const double *sigma, bool *stop);

typedef struct dtn_ray {
    const dtn_strategic *game;
    dtn_payoff_fn *payoffs;
    dtn_crossing_fn *crossing;
    void *user;
    const double *bonus; /* [width]; payoffs get lambda times this; each player's greatest stands out */
    double start;        /* lambda at which playing the greatest bonuses is the only equilibrium */
    long most;           /* steps */
} dtn_ray;

/* Follows the equilibria of payoffs + lambda x bonus from lambda = start down, through every lambda = 0. *steps: taken. *lost: the path
 * could not be followed to its end. */
dtn_status dtn_ray_follow(dtn_ctx *ctx, const dtn_ray *ray, long *steps, bool *lost);
/* Bonuses by a random generator's state: one strategy of each player 1, the others at most 1/2; with payoffs between 0 and 1 a start
 * of 2.1 is enough. */
void dtn_ray_bonus(double *bonus, const dtn_strategic *game, uint64_t *random);

#endif
