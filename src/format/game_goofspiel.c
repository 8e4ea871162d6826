/* Goofspiel: both bid a card of their own for each prize, in secret.
 *
 * Each player holds the cards 1 to n. Prizes 1 to n come up in falling, rising or random order; both bid a card for the prize, the higher
 * card takes it, equal cards nobody. The last card goes by itself. With imperfect information the players learn only who took the prize, not what the
 * other bid. The winner is who has more in prizes; it wins 1, or the difference with payoff=points.
 * Four cards, falling order, imperfect information: 162 information sets.
 * Source: S. Ross, Goofspiel: the game of pure strategy, Journal of Applied Probability 8 (1971); M. Lanctot et al., OpenSpiel (2019). */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_CARDS = 8, FALLING = 0, RISING = 1, RANDOM = 2 };

typedef struct rules {
    int cards, order;
    bool points, open; /* open: bids are shown */
} rules;

typedef struct state {
    int8_t prizes;             /* that have come up */
    int8_t prize[MOST_CARDS];  /* from 1 */
    int8_t bids[2];            /* made by each player */
    int8_t bid[2][MOST_CARDS]; /* from 1 */
} state;

static void begin(const void *user, void *at)
{
    (void)user;
    memset(at, 0, sizeof(state));
}

/* The k-th of the cards 1 .. n that are not among the given ones; 0: there are not so many. */
static int left(const rules *r, const int8_t *gone, int count, int k)
{
    for (int card = 1; card <= r->cards; card++)
        if (!memchr(gone, card, (size_t)count) && k-- == 0)
            return card;
    return 0;
}

static int mover(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    if (s->bids[1] == r->cards)
        return DTN_GAME_END;
    if (s->prizes == s->bids[1] && s->bids[0] == s->bids[1])
        return DTN_GAME_CHANCE; /* only in random order: otherwise the prize comes with the bid before */
    return s->bids[0] > s->bids[1];
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    int who = mover(user, at);
    return r->cards - (who == DTN_GAME_CHANCE ? s->prizes : s->bids[who]);
}

/* What needs no choice happens: prizes in fixed order, the last prize, the last cards. */
static void go_on(const rules *r, state *s)
{
    bool even = s->bids[0] == s->bids[1] && s->prizes == s->bids[1];
    if (even && s->prizes == r->cards)
        return;
    if (even && (r->order != RANDOM || s->prizes == r->cards - 1)) {
        int last = r->cards - s->prizes - 1;
        int prize = left(r, s->prize, s->prizes, r->order == FALLING ? last : 0);
        s->prize[s->prizes++] = (int8_t)prize;
    }
    if (s->prizes == r->cards && s->bids[1] == r->cards - 1)
        for (int p = 0; p < 2; p++) {
            int card = left(r, s->bid[p], s->bids[p], 0);
            s->bid[p][s->bids[p]++] = (int8_t)card;
        }
}

static void start(const void *user, void *at)
{
    begin(user, at);
    go_on(user, at);
}

static void apply(const void *user, void *at, int move)
{
    const rules *r = user;
    state *s = at;
    int who = mover(user, at);
    if (who == DTN_GAME_CHANCE) {
        int prize = left(r, s->prize, s->prizes, move);
        s->prize[s->prizes++] = (int8_t)prize;
    } else {
        int card = left(r, s->bid[who], s->bids[who], move);
        s->bid[who][s->bids[who]++] = (int8_t)card;
    }
    go_on(r, s);
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const rules *r = user;
    const state *s = at;
    int ahead = 0;
    for (int k = 0; k < r->cards; k++)
        ahead += (s->bid[0][k] > s->bid[1][k] ? 1 : s->bid[0][k] < s->bid[1][k] ? -1 : 0) * s->prize[k];
    if (!r->points)
        ahead = ahead > 0 ? 1 : ahead < 0 ? -1 : 0;
    out[0].num = ahead;
    out[1].num = -ahead;
}

/* "3:2+ 2:4-  1": prize 3, own bid 2, won; prize 2, own bid 4, lost; prize 1 is up. */
static void known(const void *user, const void *at, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    int me = mover(user, at), other = !me;
    size_t n = 0;
    for (int k = 0; k < s->bids[me]; k++) {
        int mine = s->bid[me][k], its = s->bid[other][k];
        n += (size_t)snprintf(text + n, room - n, "%d:%d", s->prize[k], mine);
        if (r->open)
            n += (size_t)snprintf(text + n, room - n, "/%d ", its);
        else
            n += (size_t)snprintf(text + n, room - n, "%s ", mine > its ? "+" : mine < its ? "-" : "=");
    }
    snprintf(text + n, room - n, "%d?", s->prize[s->prizes - 1]);
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    int who = mover(user, at);
    snprintf(text, room, "%d",
             who == DTN_GAME_CHANCE ? left(r, s->prize, s->prizes, move)
                                    : left(r, s->bid[who], s->bids[who], move));
}

static const dtn_option_spec options[] = {
    {"cards", "N", "4", "cards of each player, 2 to 8", false},
    {"order", "ORDER", "falling", "of the prizes: falling, rising or random", false},
    {"payoff", "WHAT", "win", "win (1, 0 or -1) or points (difference)", false},
    {"bids", "SEEN", "secret", "secret: only who won is told; open: bids are shown", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    static const char *const orders[] = {"falling", "rising", "random", NULL};
    static const char *const payoffs[] = {"win", "points", NULL}, *const seen[] = {"secret", "open", NULL};
    long cards;
    int order, points, open;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &cards, given, &options[0], 2, MOST_CARDS));
    DTN_TRY(dtn_setting_word(ctx, &order, given, &options[1], orders));
    DTN_TRY(dtn_setting_word(ctx, &points, given, &options[2], payoffs));
    DTN_TRY(dtn_setting_word(ctx, &open, given, &options[3], seen));
    *r = (rules){(int)cards, order, points, open};
    const char *title = dtn_arena_printf(arena, "Goofspiel, %ld cards, prizes in %s order, bids %s", cards,
                                         orders[order], seen[open]);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "S. Ross, Goofspiel: the game of pure strategy (1971)",
                      .players = 2,
                      .state_bytes = sizeof(state),
                      .rules = r,
                      .begin = start,
                      .mover = mover,
                      .moves = moves,
                      .apply = apply,
                      .payoff = payoff,
                      .known = known,
                      .name = name};
    return DTN_OK;
}

const dtn_generator dtn_generator_goofspiel = {
    .name = "goofspiel", .title = "Goofspiel: secret bids for prizes", .options = options, .game = game};
