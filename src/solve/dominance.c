/* dominance: iterated elimination of strictly or weakly dominated strategies, any number of players.
 *
 * Method: rounds (dominance_rounds.c). By default all players' dominated strategies go together in each round; with
 *   order=in-turn the players take turns. Strict dominance ends the same way in every order; weak dominance may not, and
 *   the answer says which order was taken.
 * Cost: see dominance.h. Exact: yes; each elimination comes with the mixture that dominates.
 * Source: R. D. Luce, H. Raiffa, Games and Decisions (1957), section 4.8 and appendix; D. Pearce, Rationalizable strategic
 *   behavior and the problem of perfection, Econometrica 52 (1984). */
#include <string.h>

#include "solve/dominance.h"
#include "solve/others.h"
#include "solve/verify_finding.h"

static void beliefs(dtn_ctx *ctx, dtn_finding *f, const dtn_elimination *e, const dtn_strategic *game,
                    size_t *const *others, const int *count)
{
    dtn_finding_table_add(ctx, f, "beliefs", "Beliefs that make each remaining strategy a best reply");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategy", "Strategy");
    dtn_others_columns(ctx, f, game, "Believes that ", " plays");
    dtn_finding_column_add(ctx, f, "probability", "With probability");
    if (f->status == DTN_OK)
        f->last_table->evidence = true;
    for (int i = 0; i < e->supports; i++)
        for (int o = 0; o < count[e->support[i].player]; o++) {
            const dtn_support *x = &e->support[i];
            if (fmpq_is_zero(x->belief + o))
                continue;
            dtn_finding_row_add(ctx, f);
            dtn_finding_put(ctx, f, dtn_cell_player(x->player));
            dtn_finding_put(ctx, f, dtn_cell_strategy(x->player, x->strategy));
            dtn_others_put(ctx, f, game, x->player, others[x->player][o]);
            dtn_finding_put(ctx, f, dtn_cell_exact(x->belief + o));
        }
}

dtn_status dtn_elimination_tables(dtn_ctx *ctx, dtn_finding *f, const dtn_elimination *e,
                                  const dtn_strategic *game)
{
    if (e->removals) {
        dtn_finding_table_add(ctx, f, "eliminated", "What is eliminated, in order");
        dtn_finding_column_add(ctx, f, "round", "Round");
        dtn_finding_column_add(ctx, f, "player", "Player");
        dtn_finding_column_add(ctx, f, "strategy", "Strategy");
        dtn_finding_column_add(ctx, f, "by", e->weak ? "Weakly dominated by" : "Strictly dominated by");
    }
    for (int i = 0; i < e->removals; i++) {
        const dtn_removal *r = &e->removal[i];
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_integer(r->round));
        dtn_finding_put(ctx, f, dtn_cell_player(r->player));
        dtn_finding_put(ctx, f, dtn_cell_strategy(r->player, r->strategy));
        dtn_finding_put(ctx, f, dtn_cell_mixture(r->player, r->mixture));
    }
    dtn_finding_table_add(ctx, f, "remaining", "What remains");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "strategies", "Strategies");
    for (int p = 0; p < game->players; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_subset(p, e->left + e->first[p]));
    }
    size_t **others;
    int *count;
    DTN_ALLOC(ctx, ctx->scratch, others, game->players);
    DTN_ALLOC(ctx, ctx->scratch, count, game->players);
    for (int p = 0; p < game->players && e->mixed; p++)
        DTN_TRY(dtn_others(ctx, &others[p], &count[p], game, p, e->left));
    if (e->mixed)
        beliefs(ctx, f, e, game, others, count);
    return dtn_finding_status(f);
}

/* "P plays D, Q plays D" when one strategy a player is left, else NULL (or out of memory). */
static const char *solution(dtn_ctx *ctx, const dtn_elimination *e, const dtn_strategic *game)
{
    const char *words = "";
    for (int p = 0; p < game->players && words; p++) {
        int left = 0, one = 0;
        for (int s = 0; s < game->strategies[p]; s++)
            if (e->left[e->first[p] + s]) {
                left++;
                one = s;
            }
        if (left > 1)
            return NULL;
        words = dtn_arena_printf(ctx->scratch, "%s%s%s plays %s", words, p ? ", " : "", game->player[p],
                                 game->strategy[p][one]);
    }
    return words;
}

static dtn_status word(dtn_ctx *ctx, dtn_finding *f, const dtn_elimination *e, const dtn_strategic *game)
{
    const char *kind = e->weak ? "weakly" : "strictly", *only = solution(ctx, e, game);
    const char *by = e->mixed ? "" : " by a pure strategy";
    int width = 0;
    for (int p = 0; p < game->players; p++)
        width += game->strategies[p];
    const char *in = dtn_arena_printf(ctx->scratch, "in %d round%s", e->rounds, e->rounds == 1 ? "" : "s");
    if (!in)
        return dtn_fail_nomem(ctx);
    if (e->removals == 0)
        dtn_finding_answer(ctx, f, "No strategy is %s dominated%s.", kind, by);
    else if (only)
        dtn_finding_answer(ctx, f, "Iterated %s dominance solves the game %s: %s.",
                           e->weak ? "weak" : "strict", in, only);
    else
        dtn_finding_answer(ctx, f, "%d of %d strategies are eliminated as %s dominated%s, %s.", e->removals,
                           width, kind, by, in);
    dtn_finding_fact(ctx, f, "dominance", "Dominance", dtn_cell_text(e->weak ? "weak" : "strict"));
    dtn_finding_fact(ctx, f, "by", "By", dtn_cell_text(e->mixed ? "mixed strategies" : "pure strategies"));
    dtn_finding_fact(ctx, f, "order", "Order",
                     dtn_cell_text(e->in_turn ? "players in turn" : "all players together"));
    if (e->weak && e->removals)
        dtn_finding_say(ctx, f,
                        "What is left after weak dominance may depend on the order; here %s in each round.",
                        e->in_turn ? "one player's dominated strategies go"
                                   : "the dominated strategies of all players go together");
    return dtn_elimination_tables(ctx, f, e, game);
}

/* *second: the option has the second of its two values. */
static dtn_status choose(dtn_ctx *ctx, bool *second, const dtn_solve_options *options, const char *name,
                         const char *first_value, const char *second_value)
{
    const char *given = options->more ? dtn_options_text(options->more, name, first_value) : first_value;
    *second = strcmp(given, second_value) == 0;
    if (*second || strcmp(given, first_value) == 0)
        return DTN_OK;
    return dtn_fail(ctx, DTN_ARG, "dominance: found %s=%s, expected %s or %s", name, given, first_value,
                    second_value);
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    dtn_elimination e = {0};
    bool pure;
    DTN_TRY(choose(ctx, &e.weak, options, "kind", "strict", "weak"));
    DTN_TRY(choose(ctx, &pure, options, "by", "mixed", "pure"));
    DTN_TRY(choose(ctx, &e.in_turn, options, "order", "together", "in-turn"));
    e.mixed = !pure;
    DTN_TRY(dtn_eliminate(ctx, &e, game));
    return word(ctx, run->finding, &e, game);
}

static const dtn_option_spec options[] = {
    {"kind", "strict|weak", "strict", "which dominance", false},
    {"by", "mixed|pure", "mixed", "what may dominate", false},
    {"order", "together|in-turn", "together", "all players' strategies in each round, or one player's", false},
    {0},
};

const dtn_solver dtn_solver_dominance = {
    .name = "dominance",
    .title = "Iterated elimination of strictly or weakly dominated strategies",
    .source = "R. D. Luce, H. Raiffa, Games and Decisions (1957); D. Pearce, Rationalizable strategic "
              "behavior and the "
              "problem of perfection, Econometrica 52 (1984)",
    .finds = DTN_FINDS_ANSWER,
    .exact = true,
    .options = options,
    .run_strategic = run_strategic,
    .check = dtn_verify_dominance,
};
