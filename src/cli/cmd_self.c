/* Verbs about the program itself: doctor, help, completion, man. */
#include <stdio.h>
#include <string.h>

#include "detente/batch.h"

#include "cli/cli.h"

/* Matching pennies by hand: its one equilibrium is half and half for both. */
static const char game[] = "NFG 1 R \"matching pennies\" { \"P\" \"Q\" } { 2 2 }\n1 -1 -1 1 -1 1 1 -1\n";
static const char answer[] = "NE,1/2,1/2,1/2,1/2";

static dtn_status solve(dtn_ctx *ctx, char **text)
{
    dtn_model *model = NULL;
    dtn_job *job = NULL;
    dtn_result *result = NULL;
    size_t length;
    dtn_status status = dtn_model_parse(ctx, &model, NULL, "doctor", game, sizeof game - 1);
    if (status == DTN_OK)
        status = dtn_job_new(ctx, &job, model, "solve");
    if (status == DTN_OK)
        status = dtn_job_run(ctx, &result, job);
    if (status == DTN_OK)
        status = dtn_result_render(ctx, text, &length, result, "gambit", NULL);
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
    return status;
}

int cli_doctor(dtn_ctx *ctx, const cli_args *args)
{
    (void)args;
    printf("detente %s\nvector kernels:", dtn_version());
    for (int i = 0; dtn_batch_kernel(i); i++)
        printf(" %s", dtn_batch_kernel(i));
    putchar('\n');
    char *text = NULL;
    dtn_status status = solve(ctx, &text);
    bool right = status == DTN_OK && strncmp(text, answer, sizeof answer - 1) == 0;
    if (right)
        printf("matching pennies: %s, as it must be\nAll is well.\n", answer);
    else if (status == DTN_OK)
        fprintf(stderr, "detente: matching pennies gave %s instead of %s\n", text, answer);
    dtn_text_free(text);
    return status != DTN_OK ? cli_fail(ctx, status) : right ? 0 : dtn_status_exit_code(DTN_INTERNAL);
}

int cli_help_verb(dtn_ctx *ctx, const cli_args *args)
{
    (void)ctx;
    const char *topic = args->operands ? args->operand[0] : NULL;
    const cli_verb *verb = topic ? cli_verb_find(topic) : NULL;
    if (!topic || verb) {
        cli_help(verb);
        return 0;
    }
    if (strcmp(topic, "methods") == 0) {
        cli_help_methods();
        return 0;
    }
    if (cli_help_method(topic))
        return 0;
    fprintf(stderr,
            "detente: there is no verb and no method \"%s\"; detente help lists verbs, detente help methods "
            "methods\n",
            topic);
    return dtn_status_exit_code(DTN_ARG);
}

int cli_completion_verb(dtn_ctx *ctx, const cli_args *args)
{
    (void)ctx;
    return cli_completion(args->operand[0]);
}

int cli_man_verb(dtn_ctx *ctx, const cli_args *args)
{
    (void)ctx, (void)args;
    return cli_man();
}
