/* A progress line on stderr: only on a terminal, only for work that takes longer than a second. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static struct {
    double start, last;
    bool shown;
} state;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void tell(void *user, const char *stage, double share)
{
    (void)user;
    double t = now();
    if (t - state.start < 1 || t - state.last < 0.1)
        return;
    state.last = t;
    state.shown = true;
    if (share > 0 && share <= 1) {
        double left = (t - state.start) * (1 - share) / share;
        fprintf(stderr, "\r\033[K%s %3.0f %%, about %.0f s left", stage, 100 * share, left);
    } else {
        fprintf(stderr, "\r\033[K%s, %.0f s", stage, t - state.start);
    }
    fflush(stderr);
}

void cli_progress_start(dtn_ctx *ctx, const cli_args *args)
{
    state.start = state.last = now();
    state.shown = false;
    if (!args->quiet && isatty(STDERR_FILENO))
        dtn_ctx_set_progress(ctx, tell, NULL);
}

void cli_progress_end(void)
{
    if (state.shown)
        fputs("\r\033[K", stderr);
    state.shown = false;
}
