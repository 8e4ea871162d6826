/* detente: the command line. Reads the verb, sets limits, runs it; Ctrl-C asks the work to stop. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* The one global of the program: a signal handler has no other way to reach the running work. */
static dtn_ctx *running;

static void interrupt(int number)
{
    (void)number;
    if (running)
        dtn_ctx_cancel(running);
}

static int unknown_verb(const char *name)
{
    const char *known[64];
    int count = 0;
    for (; cli_verb_at(count) && count < 64; count++)
        known[count] = cli_verb_at(count)->name;
    const char *near = dtn_suggest_of(name, known, count);
    fprintf(stderr, "detente: there is no verb \"%s\"", name);
    fprintf(stderr, near ? "; did you mean \"%s\"?\n" : "\n", near);
    fputs("Try: detente help\n", stderr);
    return 2;
}

static int run(const cli_args *args)
{
    dtn_ctx *ctx;
    dtn_status status = dtn_ctx_new(&ctx);
    if (status != DTN_OK) {
        fputs("detente: out of memory\n", stderr);
        return dtn_status_exit_code(status);
    }
    if (args->memory_limit)
        dtn_ctx_set_memory_limit(ctx, args->memory_limit);
    if (args->time_limit > 0)
        dtn_ctx_set_time_limit(ctx, args->time_limit);
    dtn_ctx_set_threads(ctx, args->threads);
    dtn_ctx_set_seed(ctx, args->seed);
    running = ctx;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = interrupt;
    action.sa_flags = (int)SA_RESETHAND; /* a second Ctrl-C ends the program at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    cli_progress_start(ctx, args);
    int code = args->verb->run(ctx, args);
    cli_progress_end();
    running = NULL;
    dtn_ctx_free(ctx);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("detente: standard output cannot be written\n", stderr);
        return code ? code : dtn_status_exit_code(DTN_IO);
    }
    return code;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        cli_help(NULL);
        return 0;
    }
    const char *first = argv[1];
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        printf("detente %s\n", dtn_version());
        return 0;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        cli_help(NULL);
        return 0;
    }
    const cli_verb *verb = cli_verb_find(first);
    if (!verb)
        return unknown_verb(first);
    static cli_args args;
    if (!cli_parse(&args, verb, argc - 2, argv + 2))
        return 2;
    if (args.help) {
        cli_help(verb);
        return 0;
    }
    return run(&args);
}
