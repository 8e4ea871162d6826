/* Kuhn poker for any number of players and cards: one card each, one bet, no raise.
 *
 * Everybody antes 1. In turn each player passes or bets 1; once somebody has bet, each other player, in turn, folds or calls. The highest
 * card among those who did not fold takes the pot. With two players and three cards the value is -1/18 to the first.
 * Source: H. W. Kuhn, A simplified two-person poker, Contributions to the Theory of Games I (1950); with n players: N. Abou Risk and
 *   D. Szafron, Using counterfactual regret minimization to create competitive multiplayer poker agents, AAMAS (2010). */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_SEATS = 5, MOST_CARDS = 40 };

typedef struct rules {
    int players, cards;
} rules;

typedef struct state {
    int8_t dealt;            /* players who have their card */
    int8_t card[MOST_SEATS]; /* 0 is the lowest */
    int8_t acts;
    int8_t bettor;              /* 1 + the player who bet; 0: nobody yet */
    int8_t act[2 * MOST_SEATS]; /* 1: bet or call */
} state;

static void begin(const void *user, void *at)
{
    (void)user;
    memset(at, 0, sizeof(state));
}

static int mover(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    if (s->dealt < r->players)
        return DTN_GAME_CHANCE;
    bool over = s->bettor ? s->acts == s->bettor - 1 + r->players : s->acts == r->players;
    return over ? DTN_GAME_END : s->acts % r->players;
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    return s->dealt < r->players ? r->cards - s->dealt : 2;
}

/* The move-th card that is still in the deck. */
static int card_of(const state *s, int move)
{
    for (int card = 0;; card++) {
        bool gone = false;
        for (int p = 0; p < s->dealt; p++)
            gone = gone || s->card[p] == card;
        if (!gone && move-- == 0)
            return card;
    }
}

static void apply(const void *user, void *at, int move)
{
    const rules *r = user;
    state *s = at;
    if (s->dealt < r->players) {
        s->card[s->dealt] = (int8_t)card_of(s, move);
        s->dealt++;
        return;
    }
    if (move && !s->bettor)
        s->bettor = (int8_t)(s->acts + 1);
    s->act[s->acts++] = (int8_t)move;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const rules *r = user;
    const state *s = at;
    int paid[MOST_SEATS], pot = 0, winner = -1;
    for (int p = 0; p < r->players; p++)
        paid[p] = 1;
    for (int k = 0; k < s->acts; k++)
        paid[k % r->players] += s->act[k];
    for (int p = 0; p < r->players; p++) {
        bool in = !s->bettor || paid[p] == 2;
        pot += paid[p];
        if (in && (winner < 0 || s->card[p] > s->card[winner]))
            winner = p;
    }
    for (int p = 0; p < r->players; p++)
        out[p].num = (p == winner ? pot : 0) - paid[p];
}

static void card_name(const rules *r, int card, char *text, size_t room)
{
    static const char *const court[] = {"A", "K", "Q", "J", "10", "9", "8", "7", "6", "5", "4", "3", "2"};
    int below = r->cards == 3 ? 3 - card : r->cards - 1 - card; /* three cards: jack, queen, king */
    if (r->cards < 14)
        snprintf(text, room, "%s", court[below]);
    else
        snprintf(text, room, "%d", card + 1);
}

static void known(const void *user, const void *at, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    card_name(r, s->card[s->acts % r->players], text, room);
    for (int k = 0; k < s->acts; k++) {
        bool faced = s->bettor && k >= s->bettor;
        snprintf(text + strlen(text), room - strlen(text), " %s",
                 faced ? (s->act[k] ? "call" : "fold") : (s->act[k] ? "bet" : "pass"));
    }
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    if (s->dealt < r->players)
        card_name(r, card_of(s, move), text, room);
    else
        snprintf(text, room, "%s", s->bettor ? (move ? "call" : "fold") : (move ? "bet" : "pass"));
}

static const dtn_option_spec options[] = {
    {"cards", "N", "3", "cards in the deck, one of each rank, up to 40", false},
    {"players", "N", "2", "players, 2 to 5, no more than cards", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    long cards, players;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &cards, given, &options[0], 2, MOST_CARDS));
    DTN_TRY(dtn_setting(ctx, &players, given, &options[1], 2, MOST_SEATS));
    if (players > cards)
        return dtn_fail(ctx, DTN_ARG, "@kuhn: found %ld players and %ld cards, expected a card for each",
                        players, cards);
    *r = (rules){(int)players, (int)cards};
    const char *title = dtn_arena_printf(arena, "Kuhn poker, %ld players, %ld cards", players, cards);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "H. W. Kuhn, A simplified two-person poker (1950)",
                      .players = r->players,
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

const dtn_generator dtn_generator_kuhn = {
    .name = "kuhn", .title = "Kuhn poker: a card each, one bet", .options = options, .game = game};
