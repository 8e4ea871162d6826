/* Checkpoints of long computations: a header that says what it is of, the arrays, a check sum.
 *
 * Layout: the words of `header`, then each array as doubles, then the fingerprint of everything before. Numbers stand as in memory; a
 *   machine of other byte order finds a wrong mark. Version 1.
 * Cost: one pass over the file. */
#include "solve/cfr_checkpoint.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char magic[16] = "detente state 1";
enum { NAME = 24 };
static const uint64_t order_mark = 0x0102030405060708u;

typedef struct header {
    char magic[16], method[NAME];
    uint64_t order, game, random, doubles;
    int64_t iteration;
} header;

uint64_t dtn_fingerprint(uint64_t h, const void *bytes, size_t length)
{
    const unsigned char *p = bytes;
    h ^= length * 0x9e3779b97f4a7c15u;
    for (; length >= 8; length -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = (h ^ word) * 0xbf58476d1ce4e5b9u;
        h ^= h >> 29;
    }
    for (; length; length--)
        h = (h ^ *p++) * 0x100000001b3u;
    return h ^ h >> 31;
}

static header header_of(const dtn_checkpoint *c)
{
    header h = {.order = order_mark, .game = c->game, .random = c->random, .iteration = c->iteration};
    memcpy(h.magic, magic, sizeof h.magic);
    strncpy(h.method, c->method, NAME - 1);
    for (int i = 0; i < c->arrays; i++)
        h.doubles += c->length[i];
    return h;
}

static bool put_all(FILE *f, const dtn_checkpoint *from)
{
    header h = header_of(from);
    uint64_t sum = dtn_fingerprint(0, &h, sizeof h);
    bool fine = fwrite(&h, sizeof h, 1, f) == 1;
    for (int i = 0; i < from->arrays && fine; i++) {
        sum = dtn_fingerprint(sum, from->array[i], from->length[i] * sizeof(double));
        fine = fwrite(from->array[i], sizeof(double), from->length[i], f) == from->length[i];
    }
    return fine && fwrite(&sum, sizeof sum, 1, f) == 1 && fflush(f) == 0;
}

dtn_status dtn_checkpoint_write(dtn_ctx *ctx, const dtn_checkpoint *from, const char *path)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    const char *fresh = dtn_arena_printf(ctx->scratch, "%s.new", path);
    if (!fresh)
        return dtn_fail_nomem(ctx);
    FILE *f = fopen(fresh, "wb");
    bool fine = f && put_all(f, from);
    int fault = errno;
    if (f && fclose(f) != 0 && fine) {
        fine = false;
        fault = errno;
    }
    if (fine && rename(fresh, path) != 0) {
        fine = false;
        fault = errno;
    }
    if (!fine && f)
        remove(fresh);
    dtn_arena_release(ctx->scratch, mark);
    return fine ? DTN_OK
                : dtn_fail(ctx, DTN_IO, "%s: the checkpoint cannot be written: %s", path, strerror(fault));
}

static dtn_status get_all(dtn_ctx *ctx, FILE *f, dtn_checkpoint *to, const char *path)
{
    header h, wanted = header_of(to);
    if (fread(&h, sizeof h, 1, f) != 1 || memcmp(h.magic, magic, sizeof magic) != 0 || h.order != order_mark)
        return dtn_fail(ctx, DTN_ARG,
                        "%s: expected a checkpoint (version 1, written on a machine like this one)", path);
    h.method[NAME - 1] = '\0';
    if (strcmp(h.method, wanted.method) != 0)
        return dtn_fail(ctx, DTN_ARG, "%s: is a checkpoint of method %s, expected one of %s", path, h.method,
                        wanted.method);
    if (h.game != wanted.game || h.doubles != wanted.doubles)
        return dtn_fail(ctx, DTN_ARG, "%s: is a checkpoint of another game", path);
    uint64_t sum = dtn_fingerprint(0, &h, sizeof h), said;
    bool fine = true;
    for (int i = 0; i < to->arrays && fine; i++) {
        fine = fread(to->array[i], sizeof(double), to->length[i], f) == to->length[i];
        if (fine)
            sum = dtn_fingerprint(sum, to->array[i], to->length[i] * sizeof(double));
    }
    if (!fine || fread(&said, sizeof said, 1, f) != 1 || said != sum || h.iteration < 0)
        return dtn_fail(ctx, DTN_ARG, "%s: the checkpoint is damaged", path);
    to->iteration = (long)h.iteration;
    to->random = h.random;
    return DTN_OK;
}

dtn_status dtn_checkpoint_read(dtn_ctx *ctx, dtn_checkpoint *to, bool *found, const char *path)
{
    FILE *f = fopen(path, "rb");
    *found = f != NULL;
    if (!f && errno == ENOENT)
        return DTN_OK;
    if (!f)
        return dtn_fail(ctx, DTN_IO, "%s: cannot be opened: %s", path, strerror(errno));
    dtn_status status = get_all(ctx, f, to, path);
    fclose(f);
    return status;
}
