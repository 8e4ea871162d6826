/* One game of a batch by the general exact method, and the probabilities of one equilibrium.
 *
 * Method: the game goes to the solver `extreme`, whose profiles are certified by the verifier; masks of best replies come from its exact
 *   probabilities. The probabilities of an equilibrium known by its masks span the kernel of the matrix that says: all best
 *   replies earn the same.
 * Cost: that of `extreme`; the kernel by fraction-free elimination. Exact: integers and rationals throughout. */
#include <math.h>

#include <flint/fmpz_mat.h>

#include "num/rational.h"
#include "solve/batch.h"
#include "solve/solver.h"

static const char *const names[DTN_BATCH_MOST_ACTIONS] = {"1", "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                                          "9", "10", "11", "12", "13", "14", "15", "16"};

static dtn_status build(dtn_ctx *ctx, dtn_strategic **out, const dtn_batch *batch, size_t game)
{
    int planes = batch->rows * batch->columns;
    fmpq *payoff;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoff, 2 * planes);
    for (int k = 0; k < planes; k++)
        for (int p = 0; p < 2; p++) {
            double x = batch_payoff(batch, p, k, game);
            if (!(fabs(x) <= 9007199254740992.0) || x != floor(x))
                return dtn_fail(
                    ctx,
                    DTN_ARG, "game %zu: player %d's payoff at row %d, column %d is %.17g, expected an integer of at most 2^53",
                    game, p + 1, k / batch->columns + 1, k % batch->columns + 1, x);
            int profile = k / batch->columns + k % batch->columns * batch->rows;
            fmpz_set_d(fmpq_numref(payoff + 2 * profile + p), x);
        }
    return dtn_strategic_new(ctx, out, "game", 2, (int[]){batch->rows, batch->columns}, names,
                             (const char *const *const[]){names, names}, payoff);
}

/* The pure best replies of a player to the profile. */
static unsigned best_replies(const dtn_strategic *game, int player, const fmpq *sigma, fmpq *work)
{
    int m = game->strategies[0], own = game->strategies[player], other = game->strategies[1 - player];
    const fmpq *theirs = sigma + (player ? 0 : m);
    fmpq *best = work, *value = work + 1;
    unsigned mask = 0;
    for (int i = 0; i < own; i++) {
        fmpq_zero(value);
        for (int j = 0; j < other; j++) {
            int profile = player ? j + i * m : i + j * m;
            fmpq_addmul(value, theirs + j, dtn_payoffs_at(&game->payoff, 2 * profile + player).q);
        }
        int order = i ? fmpq_cmp(value, best) : 1;
        if (order > 0) {
            fmpq_set(best, value);
            mask = 0;
        }
        if (order >= 0)
            mask |= 1U << i;
    }
    return mask;
}

static unsigned support(const fmpq *sigma, int count)
{
    unsigned mask = 0;
    for (int i = 0; i < count; i++)
        mask |= fmpq_is_zero(sigma + i) ? 0 : 1U << i;
    return mask;
}

static dtn_status keep(dtn_ctx *ctx, batch_list *list, const dtn_strategic *game, const dtn_profiles *found)
{
    if (found->stopped != DTN_OK)
        return dtn_fail(ctx, found->stopped, "%s", found->note);
    fmpq *work;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 2);
    DTN_TRY(batch_list_reserve(ctx, list, (size_t)found->count, 1));
    for (int i = 0; i < found->count; i++) {
        const fmpq *sigma = found->item[i].sigma;
        dtn_batch_equilibrium *e = &list->item[list->count++];
        e->rows = (uint16_t)support(sigma, game->strategies[0]);
        e->columns = (uint16_t)support(sigma + game->strategies[0], game->strategies[1]);
        e->best_rows = (uint16_t)best_replies(game, 0, sigma, work);
        e->best_columns = (uint16_t)best_replies(game, 1, sigma, work);
    }
    return DTN_OK;
}

dtn_status batch_exact(dtn_ctx *ctx, batch_list *list, const dtn_batch *batch, size_t game)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_strategic *built = NULL;
    dtn_profiles *found = NULL;
    dtn_status status = build(ctx, &built, batch, game);
    if (status == DTN_OK)
        status = dtn_solve_strategic(ctx, &found, built, &(dtn_solve_options){.method = "extreme"});
    if (status == DTN_OK)
        status = keep(ctx, list, built, found);
    dtn_profiles_free(found);
    dtn_strategic_free(built);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

dtn_status batch_strategy(dtn_ctx *ctx, fmpz *out, const dtn_batch *batch, size_t game, int player,
                          const dtn_batch_equilibrium *e)
{
    unsigned own = player ? e->columns : e->rows, best = player ? e->best_rows : e->best_columns;
    int mine[DTN_BATCH_MOST_ACTIONS], theirs[DTN_BATCH_MOST_ACTIONS], size = 0, replies = 0;
    int actions = player ? batch->columns : batch->rows, others = player ? batch->rows : batch->columns;
    for (int i = 0; i < actions; i++) {
        fmpz_zero(out + i);
        if (own >> i & 1)
            mine[size++] = i;
    }
    for (int i = 0; i < others; i++)
        if (best >> i & 1)
            theirs[replies++] = i;
    if (size == 0 || replies == 0 || own >> actions || best >> others)
        return dtn_fail(ctx, DTN_ARG, "the masks of an equilibrium must name actions of the game");
    if (size == 1) {
        fmpz_one(out + mine[0]);
        return DTN_OK;
    }
    fmpz_mat_t equations, kernel;
    fmpz_mat_init(equations, replies, size + 1);
    fmpz_mat_init(kernel, size + 1, size + 1);
    for (int r = 0; r < replies; r++) {
        for (int s = 0; s < size; s++) {
            int row = player ? theirs[r] : mine[s], column = player ? mine[s] : theirs[r];
            fmpz_set_d(fmpz_mat_entry(equations, r, s),
                       batch_payoff(batch, 1 - player, row * batch->columns + column, game));
        }
        fmpz_set_si(fmpz_mat_entry(equations, r, size), -1);
    }
    slong dimension = fmpz_mat_nullspace(kernel, equations);
    fmpz_t common;
    fmpz_init(common);
    for (int s = 0; s < size; s++)
        fmpz_gcd(common, common, fmpz_mat_entry(kernel, s, 0));
    bool unique = dimension == 1 && !fmpz_is_zero(common);
    for (int s = 0; s < size && unique; s++) {
        fmpz_divexact(out + mine[s], fmpz_mat_entry(kernel, s, 0), common);
        fmpz_abs(out + mine[s], out + mine[s]);
    }
    fmpz_clear(common);
    fmpz_mat_clear(kernel);
    fmpz_mat_clear(equations);
    if (!unique)
        return dtn_fail(ctx, DTN_ARG, "game %zu: the masks do not determine a strategy of player %d", game,
                        player + 1);
    return DTN_OK;
}

dtn_status dtn_batch_weights(dtn_ctx *ctx, int64_t *x, int64_t *y, const dtn_batch *batch, size_t game,
                             const dtn_batch_equilibrium *equilibrium)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    fmpz *weight = dtn_arena_fmpz(ctx->scratch, DTN_BATCH_MOST_ACTIONS);
    dtn_status status = weight ? DTN_OK : dtn_fail_nomem(ctx);
    for (int player = 0; player < 2 && status == DTN_OK; player++) {
        int64_t *out = player ? y : x;
        status = batch_strategy(ctx, weight, batch, game, player, equilibrium);
        for (int i = 0; i < (player ? batch->columns : batch->rows) && status == DTN_OK; i++) {
            if (!fmpz_fits_si(weight + i))
                status =
                    dtn_fail(ctx, DTN_LIMIT, "game %zu: a probability of player %d needs more than 63 bits",
                             game, player + 1);
            out[i] = status == DTN_OK ? fmpz_get_si(weight + i) : 0;
        }
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
