/* Conditional dominance: what the others may still play rules out actions, exactly, by comparing ranks of payoffs.
 *
 * Method: payoffs are replaced by their ranks among the player's own actions, profile by profile of the others. An action is
 *   dominated when some action has a higher rank against all that is left for the others.
 * Cost: a comparison stops at the first profile that speaks against it. Exact.
 * Source: R. Porter, E. Nudelman, Y. Shoham, Games and Economic Behavior 63 (2008), section 4. */
#include "solve/support.h"

struct dtn_ranks {
    const dtn_strategic *game;
    int *rank;    /* [profiles][players] */
    int *first;   /* [players] into a list of strategies by player */
    size_t *step; /* [players] */
};

static int compare(const dtn_strategic *g, size_t a, size_t b, int p)
{
    size_t players = (size_t)g->players;
    return dtn_payoffs_cmp(&g->payoff, a * players + (size_t)p, b * players + (size_t)p);
}

dtn_status dtn_ranks_new(dtn_ctx *ctx, dtn_ranks **out, const dtn_strategic *g)
{
    dtn_ranks *r;
    size_t players = (size_t)g->players, product = 1;
    DTN_ALLOC(ctx, ctx->scratch, r, 1);
    DTN_ALLOC(ctx, ctx->scratch, r->rank, g->profiles * players);
    DTN_ALLOC(ctx, ctx->scratch, r->first, players);
    DTN_ALLOC(ctx, ctx->scratch, r->step, players);
    r->game = g;
    for (int p = 0, first = 0; p < g->players; first += g->strategies[p++]) {
        size_t n = (size_t)g->strategies[p];
        r->first[p] = first;
        r->step[p] = product;
        for (size_t i = 0; i < g->profiles; i++) {
            size_t line = i - i / product % n * product;
            int rank = 0;
            for (size_t a = 0; a < n; a++)
                rank += compare(g, i, line + a * product, p) > 0;
            r->rank[i * players + (size_t)p] = rank;
        }
        DTN_TRY(dtn_ctx_poll(ctx));
        product *= n;
    }
    *out = r;
    return DTN_OK;
}

/* Has p's action t a higher rank than s against all choices of players q and later? profile: the choices before, p's left out. */
static bool beats(const dtn_ranks *r, const bool *in, int p, int t, int s, int q, size_t profile)
{
    const dtn_strategic *g = r->game;
    size_t players = (size_t)g->players;
    if (q == p)
        q++;
    if (q >= g->players)
        return r->rank[(profile + (size_t)t * r->step[p]) * players + (size_t)p] >
               r->rank[(profile + (size_t)s * r->step[p]) * players + (size_t)p];
    for (int a = 0; a < g->strategies[q]; a++)
        if (in[r->first[q] + a] && !beats(r, in, p, t, s, q + 1, profile + (size_t)a * r->step[q]))
            return false;
    return true;
}

static bool dominated(const dtn_ranks *r, const bool *in, int p, int s)
{
    for (int t = 0; t < r->game->strategies[p]; t++)
        if (t != s && beats(r, in, p, t, s, 0, 0))
            return true;
    return false;
}

bool dtn_ranks_prune(const dtn_ranks *r, bool *in, int chosen)
{
    const dtn_strategic *g = r->game;
    for (bool again = true; again;) {
        again = false;
        for (int p = 0; p < g->players; p++) {
            bool some = false;
            for (int s = 0; s < g->strategies[p]; s++) {
                bool *kept = &in[r->first[p] + s];
                if (*kept && dominated(r, in, p, s)) {
                    if (p < chosen)
                        return false;
                    *kept = false;
                    again = true;
                }
                some = some || *kept;
            }
            if (!some)
                return false;
        }
    }
    return true;
}
