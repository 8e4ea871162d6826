/* A model whose tree comes from a game given by functions. Cost: that of the walk through its states. */
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"
#include "format/catalogue.h"
#include "model/game_tree.h"
#include "model/game_walk.h"
#include "model/model.h"

dtn_status dtn_model_of_game(dtn_ctx *ctx, dtn_model **out, const dtn_game *game)
{
    *out = NULL;
    DTN_TRY(dtn_game_check(ctx, game));
    return dtn_catalogue_model(ctx, out, game, game->title);
}

dtn_status dtn_catalogue_model(dtn_ctx *ctx, dtn_model **out, const dtn_game *game, const char *name)
{
    *out = NULL;
    dtn_tree *tree;
    DTN_TRY(dtn_tree_of_game(ctx, &tree, game));
    dtn_model *model = calloc(1, sizeof *model);
    size_t length = strlen(name) + 1;
    char *file = malloc(length), *source = calloc(1, 1);
    if (!model || !file || !source) {
        free(model);
        free(file);
        free(source);
        dtn_tree_free(tree);
        return dtn_fail_nomem(ctx);
    }
    memcpy(file, name, length);
    *model =
        (dtn_model){.kind = DTN_MODEL_TREE, .file = file, .format = "game", .source = source, .tree = tree};
    *out = model;
    return DTN_OK;
}
