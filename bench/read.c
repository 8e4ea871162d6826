/* CPU time and peak memory of reading one model through the public interface.
 *
 *     bench_read FILE    prints bytes, seconds, peak resident bytes */
#define _DEFAULT_SOURCE 1
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "detente/base.h"
#include "detente/model.h"

int main(int argc, char **argv)
{
    struct stat file;
    if (argc != 2 || stat(argv[1], &file) != 0) {
        fprintf(stderr, "usage: bench_read FILE\n");
        return 2;
    }
    dtn_ctx *ctx;
    dtn_model *model = NULL;
    dtn_status status = dtn_ctx_new(&ctx);
    if (status == DTN_OK)
        status = dtn_model_read(ctx, &model, NULL, argv[1]);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    if (status != DTN_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], ctx ? dtn_ctx_error(ctx) : "out of memory");
        return 1;
    }
    double seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    printf("%lld %.3f %lld\n", (long long)file.st_size, seconds, (long long)used.ru_maxrss * 1024);
    dtn_model_free(model);
    dtn_ctx_free(ctx);
    return 0;
}
