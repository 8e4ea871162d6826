/* The writers: from a model to the text of one format. What a format cannot hold is the caller's to say (analyse/convert.h).
 *
 * Each writes what its reader reads back to the same model, so that a second pass gives the same bytes. The text is not
 * to stand in the scratch arena. Statuses: OK, NOMEM, and CANCELLED or LIMIT on the way. */
#ifndef DTN_FORMAT_WRITE_H
#define DTN_FORMAT_WRITE_H

#include "base/str.h"
#include "format/yaml.h"
#include "model/model.h"

/* Cost: linear. */
dtn_status dtn_nfg_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *game);
/* A game that is kept compact, as .agg or .bagg. Cost: linear. */
dtn_status dtn_agg_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *game);
/* Action lists and payoffs stand at every mention, as other programs want them. Cost: linear. */
dtn_status dtn_efg_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *tree);
/* A tree as a graph for Graphviz. Cost: linear. */
dtn_status dtn_dot_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *tree);
/* One row a profile: the strategies, then the payoffs. Cost: linear. */
dtn_status dtn_csv_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *game);
/* The JSON of docs/formats/json-model.md. */
dtn_status dtn_strategic_json_write(dtn_ctx *ctx, dtn_str *out, const dtn_strategic *game);
dtn_status dtn_tree_json_write(dtn_ctx *ctx, dtn_str *out, const dtn_tree *tree);
/* A document as it was read or built, as YAML or as JSON. */
dtn_status dtn_yaml_write(dtn_ctx *ctx, dtn_str *out, const dtn_yaml *root);
dtn_status dtn_yaml_write_json(dtn_ctx *ctx, dtn_str *out, const dtn_yaml *root);
/* A document made in code. Texts are borrowed; NULL: out of memory. */
dtn_yaml *dtn_yaml_make_map(dtn_arena *arena, int room);
dtn_yaml *dtn_yaml_make_list(dtn_arena *arena, int room, bool flow);
dtn_yaml *dtn_yaml_make_text(dtn_arena *arena, const char *text);
/* Appends to a mapping (key) or a list (key NULL). false: out of memory, also when item is NULL. */
bool dtn_yaml_append(dtn_arena *arena, dtn_yaml *to, const char *key, dtn_yaml *item);

/* Pieces: a number as "1/3"; a text in double quotes, for Gambit's files and for JSON. */
dtn_status dtn_write_number(dtn_ctx *ctx, dtn_str *out, const fmpq_t x);
void dtn_write_quoted(dtn_str *out, const char *text);
void dtn_write_json_text(dtn_str *out, const char *text);
/* NOMEM when the text ran out of memory. */
dtn_status dtn_write_done(dtn_ctx *ctx, const dtn_str *out);

#endif
