/* Verbs that ask a question: read the file, run the job, write the answer. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

int cli_fail(dtn_ctx *ctx, dtn_status status)
{
    cli_progress_end();
    const char *error = dtn_ctx_error(ctx);
    fprintf(stderr, "detente: %s\n", *error ? error : dtn_status_text(status));
    return dtn_status_exit_code(status);
}

static bool stderr_colour(const cli_args *args)
{
    const char *none = getenv("NO_COLOR");
    return !args->no_colour && !(none && *none) && isatty(STDERR_FILENO);
}

dtn_status cli_read(dtn_ctx *ctx, dtn_model **model, const cli_args *args)
{
    dtn_diags *diags = NULL;
    dtn_status status = dtn_model_read(ctx, model, &diags, args->operand[0]);
    if (diags && (status == DTN_PARSE || (dtn_diags_count(diags) && !args->quiet))) {
        char *text = NULL;
        if (dtn_diags_render(ctx, &text, diags, stderr_colour(args)) == DTN_OK)
            fputs(text, stderr);
        dtn_text_free(text);
    } else if (status != DTN_OK) {
        cli_fail(ctx, status);
    }
    dtn_diags_free(diags);
    return status;
}

static dtn_status prepare(dtn_ctx *ctx, dtn_job *job, const cli_args *args)
{
    dtn_status status = DTN_OK;
    for (int i = 0; i < args->sets && status == DTN_OK; i++)
        status = dtn_job_set_parameter(ctx, job, args->set[i].name, args->set[i].value);
    for (int i = 0; i < args->options && status == DTN_OK; i++)
        status = dtn_job_set(ctx, job, args->option[i].name, args->option[i].value);
    return status;
}

dtn_status cli_run(dtn_ctx *ctx, dtn_job **job, dtn_result **result, const dtn_model *model,
                   const cli_args *args)
{
    *result = NULL;
    dtn_status status = dtn_job_new(ctx, job, model, args->verb->name);
    if (status == DTN_OK)
        status = prepare(ctx, *job, args);
    if (status == DTN_OK)
        status = dtn_job_run(ctx, result, *job);
    cli_progress_end();
    return status;
}

static bool speaks_utf8(void)
{
    const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strstr(value, "UTF-8") || strstr(value, "utf8") || strstr(value, "UTF8") ||
                   strstr(value, "utf-8");
    }
    return false;
}

dtn_look cli_look(const cli_args *args, bool to_file)
{
    dtn_look look = {.stats = args->stats, .command = args->command, .ascii = args->ascii};
    if (to_file)
        return look;
    const char *none = getenv("NO_COLOR"), *columns = getenv("COLUMNS");
    bool terminal = isatty(STDOUT_FILENO);
    look.colour = terminal && !args->no_colour && !(none && *none);
    look.ascii = args->ascii || !speaks_utf8();
    struct winsize size;
    if (columns && atoi(columns) >= 40 && atoi(columns) <= 1000)
        look.width = atoi(columns);
    else if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        look.width = size.ws_col;
    return look;
}

char *cli_open_beside(const char *path, int *descriptor)
{
    size_t size = strlen(path) + 16;
    char *name = malloc(size);
    if (!name)
        return NULL;
    snprintf(name, size, "%s.XXXXXX", path);
    *descriptor = mkstemp(name);
    if (*descriptor < 0) {
        free(name);
        return NULL;
    }
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(*descriptor, 0666 & ~mask) != 0) {
        close(*descriptor);
        unlink(name);
        free(name);
        return NULL;
    }
    return name;
}

static bool write_all(int descriptor, const char *text, size_t length)
{
    while (length) {
        ssize_t n = write(descriptor, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n, length -= (size_t)n;
    }
    return true;
}

bool cli_is_special(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && !S_ISREG(s.st_mode);
}

static bool write_straight(const char *path, const char *text, size_t length)
{
    int descriptor = open(path, O_WRONLY);
    if (descriptor < 0)
        return false;
    bool ok = write_all(descriptor, text, length);
    return (close(descriptor) == 0) && ok;
}

dtn_status cli_write_file(dtn_ctx *ctx, const char *path, const char *text, size_t length,
                          const char **problem)
{
    (void)ctx;
    *problem = NULL;
    if (cli_is_special(path)) {
        if (!write_straight(path, text, length))
            *problem = strerror(errno);
        return *problem ? DTN_IO : DTN_OK;
    }
    int descriptor;
    char *temporary = cli_open_beside(path, &descriptor);
    if (!temporary) {
        *problem = strerror(errno);
        return DTN_IO;
    }
    bool ok = write_all(descriptor, text, length);
    ok = close(descriptor) == 0 && ok && rename(temporary, path) == 0;
    if (!ok) {
        *problem = strerror(errno);
        unlink(temporary);
    }
    free(temporary);
    return ok ? DTN_OK : DTN_IO;
}

dtn_status cli_write(dtn_ctx *ctx, const dtn_result *result, const char *format, const char *path,
                     const cli_args *args)
{
    bool to_file = path && strcmp(path, "-") != 0;
    dtn_look look = cli_look(args, to_file);
    char *text = NULL;
    size_t length = 0;
    dtn_status status = dtn_result_render(ctx, &text, &length, result, format, &look);
    if (status != DTN_OK) {
        cli_fail(ctx, status);
        return status;
    }
    if (to_file) {
        const char *problem;
        status = cli_write_file(ctx, path, text, length, &problem);
        if (status != DTN_OK)
            fprintf(stderr, "detente: %s cannot be written: %s\n", path, problem);
    } else {
        fwrite(text, 1, length, stdout);
    }
    dtn_text_free(text);
    return status;
}

int cli_exit(dtn_ctx *ctx, dtn_status status, const dtn_result *result)
{
    if (status != DTN_OK)
        return cli_fail(ctx, status);
    if (dtn_result_failed(result))
        return dtn_status_exit_code(DTN_EXPECT);
    return 0;
}

const char *cli_format(const cli_args *args)
{
    static const char *const endings[][2] = {{"html", "html"}, {"htm", "html"}, {"json", "json"},
                                             {"csv", "csv"},   {"md", "md"},    {"tex", "latex"},
                                             {"svg", "svg"},   {"tikz", "tikz"}};
    const char *dot = args->output && !args->format ? strrchr(args->output, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot + 1, endings[i][0]) == 0)
            return endings[i][1];
    return args->format ? args->format : "text";
}

static int ask(dtn_ctx *ctx, const cli_args *args, bool also_text)
{
    dtn_model *model = NULL;
    dtn_status status = cli_read(ctx, &model, args);
    if (status != DTN_OK)
        return dtn_status_exit_code(status);
    dtn_job *job = NULL;
    dtn_result *result = NULL;
    status = cli_run(ctx, &job, &result, model, args);
    int code;
    if (result) {
        code = cli_exit(ctx, status, result);
        dtn_status written = cli_write(ctx, result, cli_format(args), args->output, args);
        if (written == DTN_OK && also_text) {
            written = cli_write(ctx, result, "text", NULL, args);
            if (written == DTN_OK)
                printf("\nWritten: %s\n", args->output);
        }
        if (written != DTN_OK)
            code = dtn_status_exit_code(written);
    } else {
        code = cli_fail(ctx, status);
    }
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
    return code;
}

int cli_ask(dtn_ctx *ctx, const cli_args *args)
{
    return ask(ctx, args, false);
}

int cli_report(dtn_ctx *ctx, const cli_args *args)
{
    /* With a file, the page goes there and the summary to the terminal. */
    return ask(ctx, args, args->output && strcmp(args->output, "-") != 0);
}
