/* Games written one a line, solved and answered one a line, as a stream.
 *
 * Method: the input is read in chunks of whole lines; each chunk is cut into one piece a thread; a piece collects runs of games of one size,
 *   solves them as a batch and writes its lines into a text of its own; the texts leave in order. A faulty line ends the stream after the
 *   lines before it were answered, so that what is written does not depend on the number of threads.
 * Cost: reading and writing dominate: some million 3 x 3 games a second and thread. Memory: a few MB a thread. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <flint/flint.h>

#include "format/batch_line.h"
#include "report/batch_answer.h"

enum { CHUNK = 1 << 20, RUN = 4096, BLOCK = 8 };

/* Settings that all pieces share. */
typedef struct setting {
    const dtn_batch_text_options *options;
    batch_lines lines;
    batch_form form;
    const char *name;
} setting;

/* A game of the run that is being collected. */
typedef struct entry {
    const char *label;
    size_t label_length, line;
} entry;

typedef struct piece {
    const setting *with;
    dtn_ctx *ctx;
    const char *text;
    size_t length, line; /* line: number of its first line, from 1 */
    dtn_arena *arena;    /* of out */
    dtn_str out;
    dtn_status status;
    size_t games;
    pthread_t thread;
    bool running;
    dtn_batch batch; /* the run: its payoffs in scratch */
    double *a, *b;   /* blocks of 8 games */
    entry *entry;
} piece;

/* --- one piece ----------------------------------------------------------------------------------- */

static dtn_status answer_run(piece *p)
{
    p->batch.a = p->a;
    p->batch.b = p->b;
    dtn_batch_answer *answer;
    const dtn_batch_text_options *o = p->with->options;
    DTN_TRY(dtn_batch_solve(p->ctx, &answer, &p->batch, &(dtn_batch_options){.kernel = o->kernel}));
    dtn_status status = DTN_OK;
    for (size_t g = 0; g < p->batch.games && status == DTN_OK; g++) {
        const entry *e = &p->entry[g];
        status = batch_answer_add(p->ctx, &p->out, &p->batch, answer, g, e->label, e->label_length, e->line,
                                  p->with->form, o->probabilities);
    }
    if (status == DTN_OK && p->out.failed)
        status = dtn_fail_nomem(p->ctx);
    p->games += p->batch.games;
    dtn_batch_answer_free(answer);
    p->batch.games = 0;
    return status;
}

static dtn_status add_game(piece *p, const batch_line *game, size_t line)
{
    int planes = game->rows * game->columns;
    bool other = game->rows != p->batch.rows || game->columns != p->batch.columns;
    if (p->batch.games && (other || p->batch.games == RUN))
        DTN_TRY(answer_run(p));
    if (other) {
        DTN_ALLOC(p->ctx, p->ctx->scratch, p->a, RUN * planes);
        DTN_ALLOC(p->ctx, p->ctx->scratch, p->b, RUN * planes);
        p->batch = (dtn_batch){.rows = game->rows, .columns = game->columns, .block = BLOCK};
    }
    size_t g = p->batch.games++, at = g / BLOCK * (size_t)planes * BLOCK + g % BLOCK;
    for (int k = 0; k < planes; k++) {
        p->a[at + (size_t)k * BLOCK] = game->payoff[k];
        p->b[at + (size_t)k * BLOCK] = game->payoff[planes + k];
    }
    p->entry[g] = (entry){game->label, game->label_length, line};
    return DTN_OK;
}

static dtn_status fail_at(piece *p, size_t line, dtn_status status)
{
    char said[sizeof p->ctx->error];
    memcpy(said, dtn_ctx_error(p->ctx), sizeof said);
    return dtn_fail(p->ctx, status, "%s:%zu: %s", p->with->name, line, said);
}

static dtn_status work(piece *p)
{
    double room[BATCH_LINE_PAYOFFS];
    DTN_ALLOC(p->ctx, p->ctx->scratch, p->entry, RUN);
    size_t line = p->line;
    for (const char *at = p->text, *end = at + p->length; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        size_t length = (size_t)(stop - at);
        if (!batch_line_blank(at, length)) {
            batch_line game;
            dtn_status status = batch_line_read(p->ctx, &game, room, &p->with->lines, at, length);
            if (status != DTN_OK) {
                status = fail_at(p, line, status);
                char said[sizeof p->ctx->error];
                memcpy(said, dtn_ctx_error(p->ctx), sizeof said);
                if (p->batch.games)
                    DTN_TRY(answer_run(p));
                return dtn_fail(p->ctx, status, "%s", said);
            }
            DTN_TRY(add_game(p, &game, line));
        }
        at = stop + 1;
    }
    return p->batch.games ? answer_run(p) : DTN_OK;
}

static void run(piece *p)
{
    dtn_arena_mark mark = dtn_arena_save(p->ctx->scratch);
    p->status = work(p);
    dtn_arena_release(p->ctx->scratch, mark);
}

static void *run_in_thread(void *user)
{
    piece *p = user;
    run(p);
    flint_cleanup();
    return NULL;
}

/* --- the stream ---------------------------------------------------------------------------------- */

typedef struct stream {
    setting with;
    piece *piece;
    int pieces;
    char *data;
    size_t used, room;
    size_t line; /* number of the first line in data */
    bool ended, begun;
} stream;

static size_t count_lines(const char *text, size_t length)
{
    size_t count = 0;
    for (const char *at = text, *end = text + length; (at = memchr(at, '\n', (size_t)(end - at))); at++)
        count++;
    return count;
}

/* Fills data as far as it goes. */
static dtn_status fill(dtn_ctx *ctx, stream *s, dtn_batch_read_fn *read, void *user)
{
    while (s->used < s->room && !s->ended) {
        long got = read(user, s->data + s->used, s->room - s->used);
        if (got < 0)
            return dtn_fail(ctx, DTN_IO, "%s: cannot be read", s->with.name);
        s->ended = got == 0;
        s->used += (size_t)got;
    }
    return DTN_OK;
}

/* Length of the whole lines in data, all of it at the end. */
static size_t whole_lines(const stream *s)
{
    size_t n = s->used;
    while (!s->ended && n > 0 && s->data[n - 1] != '\n')
        n--;
    return n;
}

/* Cuts text into pieces at ends of lines. */
static void cut(stream *s, const char *text, size_t length)
{
    size_t from = 0;
    for (int i = 0; i < s->pieces; i++) {
        size_t until = i + 1 == s->pieces ? length : length / (size_t)s->pieces * (size_t)(i + 1);
        until = until < from ? from : until;
        while (until < length && until > 0 && text[until - 1] != '\n')
            until++;
        piece *p = &s->piece[i];
        p->text = text + from;
        p->length = until - from;
        p->line = s->line;
        p->games = 0;
        p->batch = (dtn_batch){0};
        s->line += count_lines(p->text, p->length);
        from = until;
    }
}

/* All pieces at once, the first in this thread. */
static dtn_status run_pieces(dtn_ctx *ctx, stream *s)
{
    for (int i = 0; i < s->pieces; i++) {
        piece *p = &s->piece[i];
        p->arena = dtn_arena_new(p->ctx);
        if (!p->arena)
            return dtn_fail_nomem(ctx);
        p->out = dtn_str_in(p->arena);
    }
    dtn_status status = DTN_OK;
    for (int i = 1; i < s->pieces; i++) {
        piece *p = &s->piece[i];
        p->running = p->length && pthread_create(&p->thread, NULL, run_in_thread, p) == 0;
        if (p->length && !p->running)
            status = dtn_fail(ctx, DTN_LIMIT, "thread %d of %d cannot be started", i + 1, s->pieces);
    }
    run(&s->piece[0]);
    for (int i = 1; i < s->pieces; i++)
        if (s->piece[i].running)
            pthread_join(s->piece[i].thread, NULL);
    return status;
}

/* Writes what the pieces say, up to the first that failed. */
static dtn_status deliver(dtn_ctx *ctx, stream *s, size_t *games, dtn_batch_write_fn *write, void *user)
{
    for (int i = 0; i < s->pieces; i++) {
        piece *p = &s->piece[i];
        if (p->out.length && !p->out.failed && !write(user, p->out.data, p->out.length))
            return dtn_fail(ctx, DTN_IO, "the answers cannot be written");
        *games += p->games;
        if (p->status != DTN_OK)
            return i ? dtn_fail(ctx, p->status, "%s", dtn_ctx_error(p->ctx)) : p->status;
    }
    return DTN_OK;
}

static void free_texts(stream *s)
{
    for (int i = 0; i < s->pieces; i++) {
        dtn_arena_free(s->piece[i].arena);
        s->piece[i].arena = NULL;
        s->piece[i].running = false;
        s->piece[i].status = DTN_OK;
    }
}

/* The first line that is not blank may name columns: then games begin behind it. */
static dtn_status begin(dtn_ctx *ctx, stream *s, dtn_arena *arena, const char *text, size_t length,
                        size_t *skipped)
{
    *skipped = 0;
    const char *at = text, *end = text + length;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        size_t n = (size_t)(stop - at);
        if (!batch_line_blank(at, n)) {
            bool named;
            s->begun = true;
            dtn_status status = batch_lines_header(ctx, &named, &s->with.lines, arena, at, n);
            s->piece[0].with = &s->with;
            if (status != DTN_OK)
                return fail_at(&s->piece[0], s->line, status);
            if (named) {
                s->line++;
                *skipped = (size_t)((stop < end ? stop + 1 : end) - text);
            }
            return DTN_OK;
        }
        s->line++;
        at = stop < end ? stop + 1 : end;
        *skipped = (size_t)(at - text);
    }
    return DTN_OK;
}

static dtn_status one_chunk(dtn_ctx *ctx, stream *s, size_t *games, dtn_batch_read_fn *read,
                            dtn_batch_write_fn *write, void *user)
{
    DTN_TRY(fill(ctx, s, read, user));
    size_t length = whole_lines(s), skipped = 0;
    if (!length && s->used)
        return dtn_fail(ctx, DTN_PARSE, "%s:%zu: found a line longer than %zu bytes, expected one game",
                        s->with.name, s->line, s->used);
    if (!s->begun)
        DTN_TRY(begin(ctx, s, ctx->scratch, s->data, length, &skipped));
    cut(s, s->data + skipped, length - skipped);
    dtn_status status = run_pieces(ctx, s);
    if (status == DTN_OK)
        status = deliver(ctx, s, games, write, user);
    free_texts(s);
    memmove(s->data, s->data + length, s->used - length);
    s->used -= length;
    return status;
}

static dtn_status prepare(dtn_ctx *ctx, stream *s, const dtn_batch_text_options *options, int threads)
{
    static const char *const forms[] = {"text", "csv", "json"};
    const char *form = options->format ? options->format : "text";
    int f = 0;
    while (f < 3 && strcmp(forms[f], form) != 0)
        f++;
    if (f == 3)
        return dtn_fail(ctx, DTN_ARG, "batches are not written as \"%s\"; expected text, csv or json", form);
    s->with =
        (setting){.options = options, .form = (batch_form)f, .name = options->name ? options->name : "input"};
    s->with.lines = (batch_lines){.rows = options->rows, .columns = options->columns, .pairs = options->pairs};
    s->line = 1;
    s->pieces = threads;
    s->room = (size_t)CHUNK * (size_t)threads;
    DTN_ALLOC(ctx, ctx->scratch, s->data, s->room);
    DTN_ALLOC(ctx, ctx->scratch, s->piece, threads);
    for (int i = 0; i < threads; i++) {
        piece *p = &s->piece[i];
        p->with = &s->with;
        p->ctx = ctx;
        if (i && dtn_ctx_new(&p->ctx) != DTN_OK)
            return dtn_fail_nomem(ctx);
        p->ctx->deadline = ctx->deadline;
        p->ctx->memory_limit = ctx->memory_limit;
    }
    return DTN_OK;
}

dtn_status dtn_batch_text(dtn_ctx *ctx, size_t *games, const dtn_batch_text_options *options,
                          dtn_batch_read_fn *read, dtn_batch_write_fn *write, void *user)
{
    static const dtn_batch_text_options defaults;
    options = options ? options : &defaults;
    *games = 0;
    int threads = ctx->threads < 64 ? ctx->threads : 64;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    stream s = {0};
    ctx->threads = 1; /* each piece is a thread */
    dtn_status status = prepare(ctx, &s, options, threads);
    const char *head = status == DTN_OK ? batch_answer_head(s.with.form, options->probabilities) : "";
    if (*head && !write(user, head, strlen(head)))
        status = dtn_fail(ctx, DTN_IO, "the answers cannot be written");
    while (status == DTN_OK && !(s.ended && !s.used)) {
        status = dtn_ctx_poll(ctx);
        if (status == DTN_OK)
            status = one_chunk(ctx, &s, games, read, write, user);
    }
    for (int i = 1; i < s.pieces && s.piece; i++)
        if (s.piece[i].ctx != ctx)
            dtn_ctx_free(s.piece[i].ctx);
    ctx->threads = threads;
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
