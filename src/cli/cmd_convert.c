/* The verb convert: the model in another format, on standard output or in a file; what is lost is said on standard error. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
    const char *ending, *format;
} endings[] = {
    {"nfg", "nfg"},  {"efg", "efg"},   {"gmcr", "gmcr"}, {"json", "json"}, {"yaml", "yaml"},
    {"yml", "yaml"}, {"csv", "csv"},   {"dot", "dot"},   {"agg", "agg"},   {"bagg", "bagg"},
    {"svg", "svg"},  {"tex", "latex"}, {"tikz", "tikz"},
};

static const char *target(const cli_args *args)
{
    for (int i = args->options - 1; i >= 0; i--)
        if (strcmp(args->option[i].name, "to") == 0)
            return args->option[i].value;
    if (args->format)
        return args->format;
    const char *dot = args->output ? strrchr(args->output, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot + 1, endings[i].ending) == 0)
            return endings[i].format;
    return NULL;
}

static void tell_losses(const dtn_result *result)
{
    const char *text;
    for (int i = 0; (text = dtn_result_remark(result, i)); i++)
        fprintf(stderr, "detente: %s\n", text);
}

/* A picture is what the verb draw makes. */
static int draw(dtn_ctx *ctx, cli_args *args, const char *format)
{
    int kept = 0;
    for (int i = 0; i < args->options; i++)
        if (strcmp(args->option[i].name, "to") != 0)
            args->option[kept++] = args->option[i];
    args->options = kept;
    args->verb = cli_verb_find("draw");
    args->format = format;
    return cli_ask(ctx, args);
}

int cli_convert(dtn_ctx *ctx, const cli_args *given)
{
    const char *to = target(given);
    if (!to) {
        fprintf(stderr, "detente: convert needs a format: --to nfg, or a file with -o OUT.nfg\n"
                        "Try: detente help convert\n");
        return dtn_status_exit_code(DTN_ARG);
    }
    cli_args args = *given;
    static const char *const pictures[] = {"svg", "tikz", "latex"};
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (strcmp(to, pictures[i]) == 0)
            return draw(ctx, &args, to);
    if (args.options < CLI_MOST)
        args.option[args.options++] = (cli_pair){"to", to};
    dtn_model *model = NULL;
    dtn_status status = cli_read(ctx, &model, &args);
    if (status != DTN_OK)
        return dtn_status_exit_code(status);
    dtn_job *job = NULL;
    dtn_result *result = NULL;
    status = cli_run(ctx, &job, &result, model, &args);
    int code = result ? 0 : cli_fail(ctx, status);
    if (result) {
        if (!args.quiet)
            tell_losses(result);
        dtn_status written = cli_write(ctx, result, "model", args.output, &args);
        code = written == DTN_OK ? cli_exit(ctx, status, result) : dtn_status_exit_code(written);
    }
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
    return code;
}
