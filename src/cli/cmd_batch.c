/* The verb solve: one model, or with --batch many games from one file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "detente/batch.h"

static const char *own(const cli_args *args, const char *name)
{
    for (int i = args->owns - 1; i >= 0; i--)
        if (strcmp(args->own[i].name, name) == 0)
            return args->own[i].value;
    return NULL;
}

static int complain(const char *what, const char *found, const char *expected)
{
    fprintf(stderr, "detente: %s \"%s\"; expected %s\nTry: detente help solve\n", what, found, expected);
    return dtn_status_exit_code(DTN_ARG);
}

/* Where games come from and answers go. */
typedef struct pipes {
    FILE *from, *to;
} pipes;

static long read_some(void *user, char *bytes, size_t room)
{
    pipes *p = user;
    size_t got = fread(bytes, 1, room, p->from);
    return ferror(p->from) ? -1 : (long)got;
}

static bool write_some(void *user, const char *bytes, size_t length)
{
    pipes *p = user;
    return fwrite(bytes, 1, length, p->to) == length && fflush(p->to) == 0;
}

static int run(dtn_ctx *ctx, const cli_args *args, const dtn_batch_text_options *options, pipes *p)
{
    size_t games;
    dtn_status status = dtn_batch_text(ctx, &games, options, read_some, write_some, p);
    cli_progress_end();
    if (status != DTN_OK)
        cli_fail(ctx, status);
    if ((games && status != DTN_OK) || args->stats)
        fprintf(stderr, "detente: %zu games answered\n", games);
    return status == DTN_OK ? 0 : dtn_status_exit_code(status);
}

/* The answers go to a temporary file beside the output, which takes its name when all is well. */
static int run_to_file(dtn_ctx *ctx, const cli_args *args, const dtn_batch_text_options *options, pipes *p)
{
    bool special = cli_is_special(args->output);
    int descriptor = -1;
    char *name = special ? NULL : cli_open_beside(args->output, &descriptor);
    p->to = special ? fopen(args->output, "wb") : name ? fdopen(descriptor, "wb") : NULL;
    int code = p->to ? run(ctx, args, options, p) : 0;
    bool written = p->to && fclose(p->to) == 0;
    if (code == 0 && !(written && (special || rename(name, args->output) == 0))) {
        fprintf(stderr, "detente: %s cannot be written: %s\n", args->output, strerror(errno));
        code = dtn_status_exit_code(DTN_IO);
    }
    if (code && name)
        unlink(name);
    free(name);
    return code;
}

static int batch(dtn_ctx *ctx, const cli_args *args)
{
    const char *size = own(args, "size"), *path = args->operand[0];
    dtn_batch_text_options options = {.pairs = own(args, "pairs") != NULL,
                                      .probabilities = own(args, "probabilities") != NULL,
                                      .format = cli_format(args),
                                      .kernel = own(args, "kernel"),
                                      .name = strcmp(path, "-") == 0 ? "standard input" : path};
    char behind;
    if (size && (sscanf(size, "%2dx%2d%c", &options.rows, &options.columns, &behind) != 2 ||
                 options.rows < 1 || options.columns < 1 || options.rows > DTN_BATCH_MOST_ACTIONS ||
                 options.columns > DTN_BATCH_MOST_ACTIONS))
        return complain("--size: found", size, "rows and columns from 1 to 16, as in 3x4");
    if (args->options)
        return complain("with --batch: found the option", args->option[0].name,
                        "none of a single game; a batch lists all equilibria of two-player games");
    if (args->sets)
        return complain("with --batch: found --set of", args->set[0].name, "games without parameters");
    pipes p = {.from = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb"), .to = stdout};
    if (!p.from) {
        fprintf(stderr, "detente: %s: cannot be opened: %s\n", path, strerror(errno));
        return dtn_status_exit_code(DTN_IO);
    }
    bool to_file = args->output && strcmp(args->output, "-") != 0;
    int code = to_file ? run_to_file(ctx, args, &options, &p) : run(ctx, args, &options, &p);
    if (p.from != stdin)
        fclose(p.from);
    return code;
}

int cli_solve(dtn_ctx *ctx, const cli_args *args)
{
    if (own(args, "batch"))
        return batch(ctx, args);
    if (args->owns)
        return complain("found the option", args->own[0].name, "it together with --batch");
    return cli_ask(ctx, args);
}
