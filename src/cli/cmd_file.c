/* Verbs about the file itself: check, new, schema, explain. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

int cli_check(dtn_ctx *ctx, const cli_args *args)
{
    return cli_ask(ctx, args);
}

int cli_new_(dtn_ctx *ctx, const cli_args *args)
{
    const char *starter = dtn_model_starter(), *path = args->operands ? args->operand[0] : "-";
    if (strcmp(path, "-") == 0) {
        fputs(starter, stdout);
        return 0;
    }
    if (access(path, F_OK) == 0) {
        fprintf(stderr, "detente: %s is there already; new does not write over a file\n", path);
        return dtn_status_exit_code(DTN_ARG);
    }
    const char *problem;
    dtn_status status = cli_write_file(ctx, path, starter, strlen(starter), &problem);
    if (status != DTN_OK) {
        fprintf(stderr, "detente: %s cannot be written: %s\n", path, problem);
        return dtn_status_exit_code(status);
    }
    printf("Wrote %s: a small standoff with a comment at each part. Next: detente report %s\n", path, path);
    return 0;
}

int cli_schema(dtn_ctx *ctx, const cli_args *args)
{
    (void)ctx;
    (void)args;
    fputs(dtn_model_schema(), stdout);
    return 0;
}

static void list_examples(void)
{
    const char *name, *setting, *fallback, *help;
    for (int i = 0; (name = dtn_example_name(i)); i++) {
        size_t length;
        const char *title = dtn_example_title(i, &length);
        if (i && !dtn_example_file(i) && dtn_example_file(i - 1))
            puts("\nFamilies, with settings as in @cyclic?n=5");
        printf("@%-34s %.*s\n", name, (int)length, title);
        for (int k = 0; (setting = dtn_example_setting(i, k, &fallback, &help)); k++)
            printf("    %s=%-*s %s\n", setting, 29 - (int)strlen(setting), fallback, help);
    }
    puts("\ndetente solve @NAME opens one; detente examples NAME prints its file.");
}

int cli_examples(dtn_ctx *ctx, const cli_args *args)
{
    if (!args->operands) {
        list_examples();
        return 0;
    }
    const char *name = args->operand[0] + (args->operand[0][0] == '@');
    char *text;
    size_t length;
    dtn_status status = dtn_example_text(ctx, &text, &length, name);
    if (status != DTN_OK)
        return cli_fail(ctx, status);
    fwrite(text, 1, length, stdout);
    dtn_text_free(text);
    return 0;
}

int cli_explain(dtn_ctx *ctx, const cli_args *args)
{
    (void)ctx;
    const char *title, *text;
    if (!args->operands) {
        const char *code;
        for (int i = 0; (code = dtn_diag_listed(i)); i++)
            if (dtn_diag_explain(code, &title, &text))
                printf("%s  %s\n", code, title);
        return 0;
    }
    const char *code = args->operand[0];
    if (!dtn_diag_explain(code, &title, &text)) {
        fprintf(stderr, "detente: no error has the code \"%s\"; detente explain lists them\n", code);
        return dtn_status_exit_code(DTN_ARG);
    }
    printf("%s: %s\n\n%s\n", code, title, text);
    return 0;
}
