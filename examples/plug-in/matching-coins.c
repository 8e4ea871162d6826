/* A game of your own, plugged in as functions: no tree is written.
 *
 * Two players turn a coin in secret, round after round; the first wins a round when the coins match. Heads that match pay 2, tails 1; between rounds
 * both see both coins. The program solves three rounds by cfr+ and exactly, and prints what detente says.
 *
 *     cc matching-coins.c $(pkg-config --cflags --libs detente) -o matching-coins && ./matching-coins */
#include <detente/base.h>
#include <detente/game.h>
#include <detente/job.h>
#include <detente/model.h>

#include <stdio.h>
#include <string.h>

typedef struct state {
    char coin[20]; /* 'H' or 'T', the first player's and the second's in turn */
    int turned;
} state;

static const int rounds = 3;

static void begin(const void *rules, void *at)
{
    (void)rules;
    (void)at; /* zeroed: nothing has been turned */
}

static int mover(const void *rules, const void *at)
{
    const state *s = at;
    return s->turned == 2 * *(const int *)rules ? DTN_GAME_END : s->turned % 2;
}

static int moves(const void *rules, const void *at)
{
    (void)rules;
    (void)at;
    return 2;
}

static void apply(const void *rules, void *at, int move)
{
    state *s = at;
    (void)rules;
    s->coin[s->turned++] = move ? 'T' : 'H';
}

static void payoff(const void *rules, const void *at, dtn_fraction *out)
{
    const state *s = at;
    for (int k = 0; k < *(const int *)rules; k++) {
        char mine = s->coin[2 * k], its = s->coin[2 * k + 1];
        out[0].num += mine != its ? -1 : mine == 'H' ? 2 : 1;
    }
    out[1].num = -out[0].num;
}

/* The rounds that are over: the coin on the table now is not seen yet. */
static void known(const void *rules, const void *at, char *text, size_t room)
{
    const state *s = at;
    (void)rules;
    snprintf(text, room, "after [%.*s]", s->turned / 2 * 2, s->coin);
}

static void name(const void *rules, const void *at, int move, char *text, size_t room)
{
    (void)rules;
    (void)at;
    snprintf(text, room, "%s", move ? "tails" : "heads");
}

static dtn_status ask(dtn_ctx *ctx, const dtn_model *model, const char *method)
{
    dtn_job *job;
    dtn_result *result;
    char *text;
    size_t length;
    dtn_status status = dtn_job_new(ctx, &job, model, "solve");
    if (status != DTN_OK)
        return status;
    status = dtn_job_set(ctx, job, "method", method);
    if (status == DTN_OK)
        status = dtn_job_run(ctx, &result, job);
    if (status == DTN_OK) {
        status = dtn_result_render(ctx, &text, &length, result, "text", NULL);
        if (status == DTN_OK) {
            fputs(text, stdout);
            dtn_text_free(text);
        }
        dtn_result_free(result);
    }
    dtn_job_free(job);
    return status;
}

int main(void)
{
    static const char *const players[] = {"Even", "Odd"};
    const dtn_game game = {.title = "Matching coins",
                           .players = 2,
                           .player = players,
                           .state_bytes = sizeof(state),
                           .rules = &rounds,
                           .begin = begin,
                           .mover = mover,
                           .moves = moves,
                           .apply = apply,
                           .payoff = payoff,
                           .known = known,
                           .name = name};
    dtn_ctx *ctx;
    dtn_model *model;
    if (dtn_ctx_new(&ctx) != DTN_OK)
        return 4;
    dtn_status status = dtn_model_of_game(ctx, &model, &game);
    if (status == DTN_OK) {
        status = ask(ctx, model, "cfr+");
        if (status == DTN_OK)
            status = ask(ctx, model, "sequence-lp");
        dtn_model_free(model);
    }
    if (status != DTN_OK)
        fprintf(stderr, "%s\n", dtn_ctx_error(ctx));
    dtn_ctx_free(ctx);
    return dtn_status_exit_code(status);
}
