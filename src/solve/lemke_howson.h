/* Lemke-Howson paths of a two-player game: in doubles with a small core (lemke_howson_path.c), exactly (lemke_howson_exact.c). */
#ifndef DTN_SOLVE_LEMKE_HOWSON_H
#define DTN_SOLVE_LEMKE_HOWSON_H

#include "solve/solver.h"

typedef struct dtn_lh dtn_lh;

typedef enum dtn_lh_end {
    DTN_LH_FOUND,  /* the path came to a completely labelled pair */
    DTN_LH_CAPPED, /* the allowed pivots were used up */
    DTN_LH_LOST    /* rounding, or a core that is too large */
} dtn_lh_end;

/* The game in doubles, moved and scaled, in ctx->scratch: 16 bytes a profile. */
dtn_status dtn_lh_new(dtn_ctx *ctx, dtn_lh **out, const dtn_strategic *game);
/* Back to the pair where nobody plays anything. seed: which small moves of the right-hand sides break ties; 0: none. */
void dtn_lh_restart(dtn_lh *lh, uint64_t seed);
/* Back to the pair with these supports, where every other one of the players' labels is taken by the other. */
bool dtn_lh_start_at(dtn_lh *lh, const int *const *support, int size);
/* Drops a label (player 1's strategies, then player 2's) and follows the path, for at most cap pivots. */
dtn_lh_end dtn_lh_follow(dtn_lh *lh, int label, long cap);
/* After FOUND: the strategies in the basis of player p; count is the same for both. Not sorted. */
int dtn_lh_support(const dtn_lh *lh, int p, const int **strategies);
long dtn_lh_pivots(const dtn_lh *lh);

/* sigma [strategies of both]: the path of the label by integer pivots, ties broken lexicographically. */
dtn_status dtn_lh_exact(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, int label);

#endif
