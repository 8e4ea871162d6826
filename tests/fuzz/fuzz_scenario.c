/* Any bytes as a file. Reading ends with a model or with an error that has a place within the file and can be rendered; what is
 * read can be asked for its tree. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ctx.h"
#include "detente/model.h"
#include "model/model.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void look(dtn_ctx *ctx, const dtn_diags *diags, const uint8_t *data, size_t size)
{
    int lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n' || data[i] == '\r';
    for (int i = 0; i < dtn_diags_count(diags); i++) {
        int line, column;
        dtn_diag_place(diags, i, &line, &column);
        require(line >= 0 && line <= lines && column >= 0 && (size_t)column <= size + 1);
        require(dtn_diag_message(diags, i)[0] && dtn_diag_explain(dtn_diag_code(diags, i), NULL, NULL));
    }
    char *text;
    if (dtn_diags_render(ctx, &text, diags, true) == DTN_OK)
        free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtn_ctx *ctx;
    if (size > 20000 || dtn_ctx_new(&ctx) != DTN_OK)
        return 0;
    dtn_ctx_set_memory_limit(ctx, (size_t)512 << 20);
    dtn_ctx_set_time_limit(ctx, 5);
    dtn_model *model;
    dtn_diags *diags;
    dtn_status status = dtn_model_parse(ctx, &model, &diags, "fuzz", (const char *)data, size);
    require((status == DTN_OK) == (model != NULL));
    if (diags) {
        require((dtn_diags_errors(diags) > 0) == (status == DTN_PARSE));
        look(ctx, diags, data, size);
    }
    if (model && model->scenario && model->scenario->start >= 0) {
        dtn_point point;
        dtn_tree *tree = NULL;
        if (dtn_point_new(ctx, ctx->scratch, &point, model->scenario) == DTN_OK)
            (void)dtn_scenario_tree(ctx, &tree, model->scenario, &point, 2000);
        dtn_tree_free(tree);
    }
    dtn_diags_free(diags);
    dtn_model_free(model);
    dtn_ctx_free(ctx);
    return 0;
}
