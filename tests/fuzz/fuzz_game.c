/* Any bytes as a .nfg and as a .efg file. A fault has a place within the text; a small game that can be read is solved, and what is found
 * passes the verifier. */
#include <stdint.h>
#include <stdlib.h>

#include "format/game.h"
#include "solve/solver.h"

enum { SMALL_PROFILES = 64, SMALL_TREE = 40, SMALL_SETS = 5 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_fault(dtn_ctx *ctx, dtn_status status, const dtn_game_fault *fault)
{
    if (status == DTN_PARSE)
        require(fault->line >= 1 && fault->column >= 1 && fault->message[0]);
    else
        require(dtn_ctx_error(ctx)[0]);
}

static void as_nfg(dtn_ctx *ctx, const char *text, size_t size)
{
    dtn_strategic *game;
    dtn_game_fault fault = {0};
    dtn_status status = dtn_nfg_read(ctx, &game, &fault, "fuzz.nfg", text, size);
    if (status != DTN_OK) {
        check_fault(ctx, status, &fault);
        return;
    }
    dtn_profiles *found;
    dtn_solve_options options = {.method = game->players == 2 ? "extreme" : "pure", .first = 100};
    if (game->profiles <= SMALL_PROFILES) {
        require(dtn_solve_strategic(ctx, &found, game, &options) == DTN_OK);
        require(game->players != 2 || found->count > 0);
        dtn_profiles_free(found);
    }
    dtn_strategic_free(game);
}

static void as_efg(dtn_ctx *ctx, const char *text, size_t size)
{
    dtn_tree *tree;
    dtn_game_fault fault = {0};
    dtn_status status = dtn_efg_read(ctx, &tree, &fault, "fuzz.efg", text, size);
    if (status != DTN_OK) {
        check_fault(ctx, status, &fault);
        return;
    }
    dtn_equilibria *found;
    if (tree->perfect_recall && tree->nodes <= SMALL_TREE && tree->infosets <= SMALL_SETS) {
        status = dtn_solve_tree(ctx, &found, tree, NULL);
        require(status == DTN_OK || status == DTN_UNSUPPORTED || status == DTN_LIMIT);
        if (status == DTN_OK)
            dtn_equilibria_free(found);
    }
    dtn_tree_free(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_time_limit(ctx, 2);
    as_nfg(ctx, (const char *)data, size);
    as_efg(ctx, (const char *)data, size);
    dtn_ctx_free(ctx);
    return 0;
}
