/* The principal branch of logit quantal response equilibria: from the uniform profile at lambda = 0 on. */
#ifndef DTN_SOLVE_LOGIT_BRANCH_H
#define DTN_SOLVE_LOGIT_BRANCH_H

#include "solve/expected.h"

typedef struct dtn_logit {
    dtn_expected *e;
    int width, n;    /* n = width + 1: the logarithms of all probabilities, then lambda */
    double *at;      /* [n] the point reached; lambda in units of 1 / e->scale */
    double *before;  /* [n] the point before */
    double *tangent; /* [n] of length 1 */
    /* NULL, or [width] payoffs against a prior that players begin by answering: it counts fully at lambda = 0 and ever less. */
    const double *prior;
    double *sigma, *u;  /* [width] probabilities and payoffs at the point */
    double step;        /* next length along the branch */
    double determinant; /* sign of the bordered system at the point: changes at a bifurcation */
    double *slope, *matrix, *residual, *trial, *turned, *slow; /* room */
    int *pivot;
    int points, turns, crossings;      /* accepted; where lambda turned; where another branch crosses */
    double first_turn, first_crossing; /* lambda of the first of each */
} dtn_logit;

/* At lambda = 0, in ctx's scratch. */
dtn_status dtn_logit_new(dtn_ctx *ctx, dtn_logit **out, const dtn_strategic *game);
/* One step along the branch. *lost: steps became too short, the branch could not be followed. */
dtn_status dtn_logit_advance(dtn_ctx *ctx, dtn_logit *b, bool *lost);
/* The point between `before` and `at` with this lambda: to x [n], and sigma, u there. false: Newton's method failed. */
bool dtn_logit_at(dtn_logit *b, double *x, double lambda);
/* d(log sigma)/d(lambda) at x [n], to out [width]. false: singular. */
bool dtn_logit_slope(dtn_logit *b, double *out, const double *x);

#endif
