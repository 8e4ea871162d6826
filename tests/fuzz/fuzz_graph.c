/* Any bytes as an .agg, .bagg or .gbt file. A fault has a place; what can be read is written and read back to the same bytes; a small
 * game has the same pure equilibria with its table and without. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"
#include "format/write.h"
#include "model/action_graph.h"
#include "solve/solver.h"

enum { SMALL_PROFILES = 200, SMALL_FILE = 5000, LONG_NUMBERS = 20000 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static int pure_equilibria(dtn_ctx *ctx, const dtn_strategic *game)
{
    dtn_profiles *found;
    dtn_solve_options options = {.method = "pure"};
    require(dtn_solve_strategic(ctx, &found, game, &options) == DTN_OK);
    int count = found->count;
    dtn_profiles_free(found);
    return count;
}

static void solve(dtn_ctx *ctx, const dtn_strategic *game)
{
    dtn_strategic *table;
    if (dtn_strategic_size(game) > SMALL_PROFILES)
        return;
    require(dtn_strategic_expand(ctx, &table, game, SMALL_PROFILES) == DTN_OK);
    require(pure_equilibria(ctx, game) == pure_equilibria(ctx, table));
    dtn_strategic_free(table);
}

static void write_again(dtn_ctx *ctx, dtn_arena *arena, const dtn_strategic *game)
{
    dtn_str once = dtn_str_in(arena), twice = dtn_str_in(arena);
    dtn_model *again;
    require(dtn_agg_write(ctx, &once, game) == DTN_OK);
    if (once.length > LONG_NUMBERS) /* 1e9999, written out */
        return;
    require(dtn_model_parse(ctx, &again, NULL, "again.agg", once.data, once.length) == DTN_OK);
    require(dtn_agg_write(ctx, &twice, again->strategic) == DTN_OK);
    require(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
    dtn_model_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_time_limit(ctx, 2);
    dtn_model *model = NULL;
    dtn_diags *diags = NULL;
    dtn_status status = dtn_model_parse(ctx, &model, &diags, "fuzz.agg", (const char *)data, size);
    if (status == DTN_PARSE)
        require(dtn_diags_errors(diags) > 0 && dtn_ctx_error(ctx)[0]);
    dtn_arena *arena = dtn_arena_new(ctx);
    if (status == DTN_OK && arena && model->strategic && model->strategic->graph && size < SMALL_FILE) {
        dtn_ctx_set_time_limit(ctx, 0);
        write_again(ctx, arena, model->strategic);
        solve(ctx, model->strategic);
    }
    dtn_arena_free(arena);
    dtn_diags_free(diags);
    dtn_model_free(model);
    dtn_ctx_free(ctx);
    return 0;
}
