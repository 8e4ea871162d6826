/* Dresher's inspection game: when to spend few inspections on one who may violate once.
 *
 * In each of n periods the inspector inspects or not, at most k times in all, and the other complies or violates, neither seeing what the other does;
 * then both know. A violation ends the game: caught it pays the inspector 1, otherwise -1. Without one nobody receives
 * anything. The value is -C(n - 1, k) / (C(n, 0) + ... + C(n, k)) to the inspector.
 * Source: M. Dresher, A sampling inspection problem in arms control agreements, RAND RM-2972 (1962). */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_PERIODS = 16 };

typedef struct rules {
    int periods, inspections;
} rules;

typedef struct state {
    int8_t period, left, chosen; /* chosen: 1 + whether the inspector inspects in this period; 0: not yet */
    int8_t violated;             /* 1: in secret, 2: caught */
    int8_t inspected[MOST_PERIODS];
} state;

static void begin(const void *user, void *at)
{
    const rules *r = user;
    *(state *)at = (state){.left = (int8_t)r->inspections};
}

static int mover(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    return s->violated || s->period == r->periods ? DTN_GAME_END : s->chosen != 0;
}

static int moves(const void *user, const void *at)
{
    const state *s = at;
    (void)user;
    return !s->chosen && !s->left ? 1 : 2;
}

static void apply(const void *user, void *at, int move)
{
    state *s = at;
    (void)user;
    if (!s->chosen) {
        s->chosen = (int8_t)(1 + move);
        return;
    }
    bool inspected = s->chosen == 2;
    if (move)
        s->violated = inspected ? 2 : 1;
    s->left = (int8_t)(s->left - inspected);
    s->inspected[s->period++] = inspected;
    s->chosen = 0;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const state *s = at;
    (void)user;
    out[0].num = s->violated == 2 ? 1 : s->violated ? -1 : 0;
    out[1].num = -out[0].num;
}

/* "period 3 after .i": what was inspected before. */
static void known(const void *user, const void *at, char *text, size_t room)
{
    const state *s = at;
    (void)user;
    snprintf(text, room, "period %d%s", s->period + 1, s->period ? " after " : "");
    for (int k = 0; k < s->period; k++)
        snprintf(text + strlen(text), room - strlen(text), "%c", s->inspected[k] ? 'i' : '.');
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    static const char *const names[2][2] = {{"wait", "inspect"}, {"comply", "violate"}};
    const state *s = at;
    (void)user;
    snprintf(text, room, "%s", names[s->chosen != 0][move]);
}

static const dtn_option_spec options[] = {
    {"periods", "N", "4", "1 to 16", false},
    {"inspections", "K", "2", "that the inspector may make, up to the periods", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    static const char *const players[] = {"Inspector", "Inspectee"};
    long periods, inspections;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &periods, given, &options[0], 1, MOST_PERIODS));
    DTN_TRY(dtn_setting(ctx, &inspections, given, &options[1], 0, periods));
    *r = (rules){(int)periods, (int)inspections};
    const char *title = dtn_arena_printf(arena, "Inspections: %ld in %ld periods", inspections, periods);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "M. Dresher, A sampling inspection problem in arms control agreements (1962)",
                      .players = 2,
                      .player = players,
                      .state_bytes = sizeof(state),
                      .rules = r,
                      .begin = begin,
                      .mover = mover,
                      .moves = moves,
                      .apply = apply,
                      .payoff = payoff,
                      .known = known,
                      .name = name};
    return DTN_OK;
}

const dtn_generator dtn_generator_inspections = {.name = "inspections",
                                                 .title = "Dresher's inspection game over several periods",
                                                 .options = options,
                                                 .game = game};
