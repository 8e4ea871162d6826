/* A scenario out of a YAML tree: the blocks in the order in which they need each other. */
#include <string.h>

#include "detente/conflict.h"
#include "format/reader.h"
#include "model/strategic.h"

static void read_version(dtn_reader *r, const dtn_yaml *root)
{
    if (!r->detente) {
        dtn_diag_warn(r->diags, DTN_DIAG_VERSION, root->place,
                      "the first key should be 'detente: 1', the version of the language");
        return;
    }
    const char *text = dtn_read_text(r, r->detente, "detente");
    if (text && strcmp(text, "1") != 0)
        dtn_diag_error(r->diags, DTN_DIAG_VERSION, r->detente->place, "expected version 1, found '%.40s'",
                       text);
}

/* Names first, then what uses them. */
static dtn_status read_blocks(dtn_reader *r)
{
    static dtn_status (*const steps[])(dtn_reader *) = {
        dtn_declare_players,   dtn_declare_types,   dtn_declare_params,  dtn_declare_state,
        dtn_declare_outcomes,  dtn_declare_moves,   dtn_define_params,   dtn_define_types,
        dtn_define_moves,      dtn_define_outcomes, dtn_define_classes,  dtn_define_guarantees,
        dtn_define_stochastic, dtn_define_matrix,   dtn_define_conflict, dtn_define_ledger,
        dtn_define_links,      dtn_define_ask,      dtn_define_expect,   dtn_check_protocol,
        dtn_check_box,
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps && r->diags->errors <= DTN_DIAG_MOST; i++) {
        DTN_TRY(dtn_ctx_poll(r->ctx));
        dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
        dtn_status status = steps[i](r);
        dtn_arena_release(r->ctx->scratch, mark);
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status read_root(dtn_reader *r, const dtn_yaml *root)
{
    const dtn_field fields[] = {
#define X(key) {#key, &r->key, false},
        DTN_BLOCK_LIST(X)
#undef X
    };
    if (!dtn_read_fields(r, root, "the scenario", root->place, fields, sizeof fields / sizeof *fields))
        return DTN_OK;
    read_version(r, root);
    r->s->title = dtn_read_text(r, r->title, "title");
    r->s->about = dtn_read_text(r, r->about, "about");
    if (!r->moves && !r->conflict && !r->matrix && !r->stochastic && !r->claims && !r->guarantees)
        dtn_diag_error(
            r->diags, DTN_DIAG_MISSING_KEY, root->place,
            "the scenario holds nothing to analyse: expected 'moves', 'stochastic', 'conflict' or 'matrix'");
    return read_blocks(r);
}

dtn_status dtn_scenario_read(dtn_ctx *ctx, dtn_scenario **out, dtn_arena *arena, dtn_diags *diags,
                             const char *file, const dtn_bytes *bytes, const dtn_yaml *root)
{
    *out = NULL;
    dtn_scenario *s = dtn_arena_alloc(arena, sizeof *s);
    if (!s) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    dtn_reader r = {.ctx = ctx, .arena = arena, .diags = diags, .bytes = bytes, .s = s, .deriving = -1};
    s->arena = arena;
    s->start = -1;
    s->ask.prob = (fmpq){1, 1};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    s->file = dtn_arena_strdup(arena, file);
    s->source_text = dtn_arena_strndup(arena, diags->text, diags->length);
    dtn_status status = s->file && s->source_text ? read_root(&r, root) : dtn_fail_nomem(ctx);
    dtn_arena_release(ctx->scratch, mark);
    if (status == DTN_OK && diags->errors == 0)
        *out = s;
    else
        dtn_scenario_free(s);
    return status;
}
