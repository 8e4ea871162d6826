/* What verbs share: reading a model, asking it, writing the answer. */
#ifndef DTN_CLI_CLI_H
#define DTN_CLI_CLI_H

#include "cli/opt.h"
#include "detente/job.h"
#include "detente/model.h"

#define X(name) int cli_##name(dtn_ctx *ctx, const cli_args *args);
X(ask)
X(solve)
X(report)
X(check)
X(convert)
X(new_)
X(explain)
X(examples)
X(schema)
X(doctor)
X(help_verb)
X(completion_verb)
X(man_verb)
#undef X

/* Says the context's error on stderr; returns the status's exit code. */
int cli_fail(dtn_ctx *ctx, dtn_status status);
/* Reads the model and prints its diagnostics on stderr. */
dtn_status cli_read(dtn_ctx *ctx, dtn_model **model, const cli_args *args);
/* Makes and runs the job of the verb with everything the command line set; OK, or LIMIT / CANCELLED with a partial result. */
dtn_status cli_run(dtn_ctx *ctx, dtn_job **job, dtn_result **result, const dtn_model *model,
                   const cli_args *args);
/* The look of what goes to the terminal (or, to_file, to a file). */
dtn_look cli_look(const cli_args *args, bool to_file);
/* Renders and writes to path, whole or not at all (NULL or "-": standard output). */
dtn_status cli_write(dtn_ctx *ctx, const dtn_result *result, const char *format, const char *path,
                     const cli_args *args);
/* Writes text to a file that must not be half-written: a temporary file beside it, then a rename. */
dtn_status cli_write_file(dtn_ctx *ctx, const char *path, const char *text, size_t length,
                          const char **problem);
/* "json", "csv" ...: as asked, or by the ending of the output's name; "text" otherwise. */
const char *cli_format(const cli_args *args);
/* A name beside path that does not exist yet, created and opened for a later rename; the caller frees it. NULL: errno says why. */
char *cli_open_beside(const char *path, int *descriptor);
/* A device or pipe, which cannot be replaced by a rename. */
bool cli_is_special(const char *path);
/* The exit code of a result and the status it came with. */
int cli_exit(dtn_ctx *ctx, dtn_status status, const dtn_result *result);

/* Progress on stderr when it is a terminal, from the first second on. */
void cli_progress_start(dtn_ctx *ctx, const cli_args *args);
void cli_progress_end(void);

#endif
