/* detente/model.h: read a file (a scenario or a bare game) and say precisely what is wrong with it. */
#ifndef DETENTE_MODEL_H
#define DETENTE_MODEL_H

#include "detente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What one file held: a scenario with its protocol, conflict, ledger ..., or a bare game. Read-only, so threads may
 * share it. */
typedef struct dtn_model dtn_model;
/* What was found wrong with a file: errors, warnings and notes, in the order of the file. */
typedef struct dtn_diags dtn_diags;

/* Reads a file; path "-" is standard input, "@name" or "@name?key=value&key=value" an example of the catalogue (below; an
 * unknown name is ARG). The content decides the format (NFG, EFG, YAML, JSON ...), the extension only
 * where the content does not. *diags (diags may be NULL) = everything found, errors and warnings alike, set whenever the
 * status is OK or PARSE; free it with dtn_diags_free. *out is NULL unless OK.
 * Statuses: OK (there may be warnings), PARSE (there are errors; the context's message is the first of them), IO (the file
 * cannot be read), NOMEM, LIMIT. Cost: linear; 1 MB of YAML takes about 0.1 s. */
DTN_API dtn_status dtn_model_read(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *path);
/* The same from memory: name stands for the file in messages (NULL: "input"). The bytes are copied. */
DTN_API dtn_status dtn_model_parse(dtn_ctx *ctx, dtn_model **out, dtn_diags **diags, const char *name,
                                   const char *bytes, size_t length);
DTN_API void dtn_model_free(dtn_model *model); /* NULL allowed; before the context it was read with */

/* "scenario", "tree" or "strategic"; "yaml", "json", "nfg", "efg"; the path or name given. Borrowed. */
DTN_API const char *dtn_model_kind_name(const dtn_model *model);
DTN_API const char *dtn_model_format(const dtn_model *model);
DTN_API const char *dtn_model_file(const dtn_model *model);
/* What a scenario holds: "moves", "conflict", "matrix", "stochastic", "claims", "guarantees", "expect". Other words, and bare games: false. */
DTN_API bool dtn_model_has(const dtn_model *model, const char *part);

typedef enum dtn_severity { DTN_SEVERITY_ERROR, DTN_SEVERITY_WARNING, DTN_SEVERITY_NOTE } dtn_severity;

DTN_API void dtn_diags_free(dtn_diags *diags); /* NULL allowed; before the context it was read with */
DTN_API int dtn_diags_count(const dtn_diags *diags);
DTN_API int dtn_diags_errors(const dtn_diags *diags);
DTN_API int dtn_diags_warnings(const dtn_diags *diags);
/* Of the i-th, 0 <= i < count. Strings are borrowed from diags. */
DTN_API dtn_severity dtn_diag_severity(const dtn_diags *diags, int i);
DTN_API const char *dtn_diag_code(const dtn_diags *diags, int i); /* "DT031" */
DTN_API const char *dtn_diag_message(const dtn_diags *diags, int i);
DTN_API const char *dtn_diag_help(const dtn_diags *diags,
                                  int i); /* what to do, "" when the message says it all */
/* From 1; columns count characters; 0: the whole file. */
DTN_API void dtn_diag_place(const dtn_diags *diags, int i, int *line, int *column);
/* All of them as people read them, each with its source line and a caret, then a line that counts them. *text is
 * zero-terminated, yours to free with dtn_text_free (detente/job.h). colour: ANSI escapes. Statuses: OK, NOMEM. */
DTN_API dtn_status dtn_diags_render(dtn_ctx *ctx, char **text, const dtn_diags *diags, bool colour);

/* The registry of diagnostics: title and explanation of a code ("DT031", "dt31" or "31"). Static. false: no such code. */
DTN_API bool dtn_diag_explain(const char *code, const char **title, const char **text);
/* The i-th code, NULL past the end. */
DTN_API const char *dtn_diag_listed(int i);

/* The JSON Schema of models as JSON (docs/formats/json-model.md). Static. */
DTN_API const char *dtn_model_schema(void);

/* The catalogue: games and models from the literature inside the library, then families of games. Name of the i-th, NULL past
 * the end; its title, not terminated; its file under examples/, NULL for a family. Static. */
DTN_API const char *dtn_example_name(int i);
DTN_API const char *dtn_example_title(int i, size_t *length);
DTN_API const char *dtn_example_file(int i);
/* The k-th setting of a family: its name, what it is when not given, what it means; NULL past the end. */
DTN_API const char *dtn_example_setting(int i, int k, const char **fallback, const char **help);
/* The text of the example "name" or "name?key=value&key=value"; yours to free with dtn_text_free. ARG: no such example. */
DTN_API dtn_status dtn_example_text(dtn_ctx *ctx, char **text, size_t *length, const char *name);

/* A commented scenario to start from; it reads without a warning. Static. */
DTN_API const char *dtn_model_starter(void);

#ifdef __cplusplus
}
#endif
#endif
