/* The registry of file formats and the signature of a reader. */
#ifndef DTN_FORMAT_FORMAT_H
#define DTN_FORMAT_FORMAT_H

#include "format/diag.h"
#include "model/model.h"

/* Recognises a format by its content. */
typedef bool dtn_sniff_fn(const char *bytes, size_t length);
/* Fills model->kind and the part that goes with it from bytes (zero-terminated behind length). What is wrong with the content goes to diags, and the
 * reader then returns OK and leaves the model empty; other failures are statuses. Scalars of a reader that stops at the
 * first error are fine. */
typedef dtn_status dtn_read_fn(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes,
                               size_t length);

typedef struct dtn_format {
    const char *name;       /* "yaml" */
    const char *extensions; /* "yaml yml" */
    dtn_sniff_fn *sniff;
    dtn_read_fn *read;
} dtn_format;

/* The i-th format, NULL past the end. */
const dtn_format *dtn_format_at(int i);

#define X(name, extensions, sniff, read) dtn_sniff_fn sniff;
#include "format/formats.def"
#undef X
struct dtn_bytes;
struct dtn_yaml;
/* Whether a document is a bare game (it has the key "game"), and its reader; model->kind is set. */
bool dtn_game_is(const struct dtn_yaml *root);
dtn_status dtn_game_read(dtn_ctx *ctx, dtn_model *model, dtn_arena *arena, dtn_diags *diags,
                         const struct dtn_bytes *bytes, const struct dtn_yaml *root);

dtn_read_fn dtn_yaml_read, dtn_nfg_format, dtn_efg_format, dtn_csv_format, dtn_gmcr_format, dtn_agg_format,
    dtn_bagg_format, dtn_gbt_format;

#endif
