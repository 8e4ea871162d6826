/* sequence-lcp: one equilibrium of a tree of two players, or what several starting points lead to.
 *
 * Method: the path of complementary pivots of sequence_path.c from an even prior; with more starts, from random ones.
 * Cost: few pivots as a rule, of (sequences of both)^2 long multiplications. Exact.
 * Source: D. Koller, N. Megiddo, B. von Stengel, Efficient computation of equilibria for extensive two-person games, Games and Economic
 *   Behavior 14 (1996); B. von Stengel, A. van den Elzen, D. Talman, Computing normal form perfect equilibria for extensive two-person
 *   games, Econometrica 70 (2002). */
#include "solve/sequence_found.h"
#include "solve/sequence_path.h"
#include "solve/solver.h"

static bool is_new(const dtn_equilibria *made, const dtn_tree *tree, const dtn_equilibrium *e)
{
    for (int i = 0; i < made->count; i++) {
        bool same = true;
        for (int a = 0; a < tree->actions && same; a++)
            same = fmpq_equal(made->item[i].at.sigma + a, e->at.sigma + a);
        if (same)
            return false;
    }
    return true;
}

static dtn_status solve(dtn_ctx *ctx, dtn_equilibria *made, const dtn_tree *tree,
                        const dtn_solve_options *options)
{
    static const dtn_options none;
    long starts;
    dtn_sequence_form form;
    uint64_t random = ctx->seed;
    DTN_TRY(dtn_options_int(ctx, &starts, options->more ? options->more : &none, "starts", 1, 1, 100000));
    DTN_TRY(dtn_sequence_form_make(ctx, ctx->scratch, &form, tree));
    DTN_ALLOC(ctx, made->arena, made->item, starts);
    for (long i = 0; i < starts && !(options->first > 0 && made->count >= options->first); i++) {
        fmpq *weight[2], *prior[2];
        bool *above[2];
        long pivots;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        DTN_TRY(dtn_sequence_room(ctx, weight, above, &form));
        DTN_TRY(dtn_sequence_prior(ctx, prior, &form, i ? &random : NULL));
        DTN_TRY(dtn_sequence_path(ctx, weight, above, &pivots, &form, NULL, prior));
        dtn_equilibrium *e = &made->item[made->count];
        *e = (dtn_equilibrium){0};
        DTN_TRY(dtn_sequence_equilibrium(ctx, made->arena, e, tree, &form, weight, DTN_RUNG_NASH));
        made->count += is_new(made, tree, e);
        made->supports += pivots;
        dtn_arena_release(ctx->scratch, mark);
    }
    made->outcome = DTN_OUTCOME_PARTIAL;
    made->note = starts > 1
                     ? "what the starting points led to is listed; there may be other equilibria"
                     : "one equilibrium is listed; there may be others (--option starts=N looks for more)";
    return DTN_OK;
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    dtn_equilibria *made;
    DTN_TRY(dtn_sequence_result(ctx, &made, "sequence-lcp"));
    dtn_status status = solve(ctx, made, tree, options);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"starts", "N", "1", "starting points: an even mixture, then random ones (--seed)", false},
    {0},
};

const dtn_solver dtn_solver_sequence_lcp = {
    .name = "sequence-lcp",
    .title = "One equilibrium of a tree of two players, by complementary pivoting on its sequence form",
    .source = "D. Koller, N. Megiddo, B. von Stengel, Efficient computation of equilibria for extensive "
              "two-person games, "
              "Games and Economic Behavior 14 (1996)",
    .needs = DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL,
    .finds = DTN_FINDS_ONE,
    .exact = true,
    .options = options,
    .run_tree = run_tree,
    .promises = DTN_RUNG_NASH,
};
