/* Leduc hold'em: a private card each, a public card, two rounds of betting.
 *
 * The deck holds two suits of each rank. Both players ante 1. In each round the first player may check or raise, and a raise may be answered by
 * fold, call or one more raise; raises are 2 in the first round and 4 in the second, which follows the public card. A pair with the
 * public card wins, otherwise the higher rank; equal ranks share. With merged suits a card is its rank, so that hands which differ
 * only by suit are one: the same game with fewer information sets (three ranks: 288 instead of 936).
 * Source: F. Southey et al., Bayes' bluff: opponent modelling in poker, UAI (2005). */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { SUITS = 2, MOST_RANKS = 13, RAISES = 2, MOST_ACTS = 2 * (RAISES + 2) };
enum { CHECK, CALL, RAISE, FOLD };

typedef struct rules {
    int ranks, copies; /* copies: how many cards the deck has of each kind */
    int kinds;         /* ranks, or cards with distinct suits */
} rules;

typedef struct state {
    int8_t dealt;   /* private and public cards on the table, 0 to 3 */
    int8_t card[3]; /* of player 1, of player 2, public: kinds */
    int8_t round, mover, raises, acts;
    int8_t start[2];       /* acts before each round */
    int8_t act[MOST_ACTS]; /* CHECK ... */
    int8_t paid[2];
    int8_t folded; /* 1 + who folded */
    int8_t over, checked;
} state;

static void begin(const void *user, void *at)
{
    (void)user;
    *(state *)at = (state){.paid = {1, 1}};
}

static int mover(const void *user, const void *at)
{
    (void)user;
    const state *s = at;
    if (s->over)
        return DTN_GAME_END;
    return s->dealt < 2 + s->round ? DTN_GAME_CHANCE : s->mover;
}

static int left(const rules *r, const state *s, int kind)
{
    int copies = r->copies;
    for (int k = 0; k < s->dealt; k++)
        copies -= s->card[k] == kind;
    return copies;
}

/* The kinds of card that are left, and the move-th of them. */
static int kinds_left(const rules *r, const state *s, int move, int *kind)
{
    int count = 0;
    for (int k = 0; k < r->kinds; k++)
        if (left(r, s, k)) {
            if (count == move)
                *kind = k;
            count++;
        }
    return count;
}

/* The acts that are open to the mover. */
static int open_acts(const state *s, int *act)
{
    int count = 0;
    bool faced = s->paid[0] != s->paid[1];
    if (faced)
        act[count++] = FOLD;
    act[count++] = faced ? CALL : CHECK;
    if (s->raises < RAISES)
        act[count++] = RAISE;
    return count;
}

static int moves(const void *user, const void *at)
{
    const state *s = at;
    int act[4], none;
    return s->dealt < 2 + s->round ? kinds_left(user, s, -1, &none) : open_acts(s, act);
}

static dtn_fraction chance(const void *user, const void *at, int move)
{
    const rules *r = user;
    const state *s = at;
    int kind = 0;
    kinds_left(r, s, move, &kind);
    return (dtn_fraction){left(r, s, kind), r->kinds * r->copies - s->dealt};
}

static void end_round(state *s)
{
    s->over = s->round == 1;
    s->round = 1;
    s->start[1] = s->acts;
    s->mover = s->raises = s->checked = 0;
}

static void apply(const void *user, void *at, int move)
{
    state *s = at;
    if (s->dealt < 2 + s->round) {
        int kind = 0;
        kinds_left(user, s, move, &kind);
        s->card[s->dealt++] = (int8_t)kind;
        return;
    }
    int act[4], me = s->mover;
    open_acts(s, act);
    s->act[s->acts++] = (int8_t)act[move];
    s->mover = (int8_t)!me;
    switch (act[move]) {
    case FOLD:
        s->folded = (int8_t)(me + 1);
        s->over = 1;
        break;
    case RAISE:
        s->paid[me] = (int8_t)(s->paid[!me] + (s->round ? 4 : 2));
        s->raises++;
        break;
    case CALL:
        s->paid[me] = s->paid[!me];
        end_round(s);
        break;
    default:
        if (s->checked)
            end_round(s);
        else
            s->checked = 1;
    }
}

static int rank(const rules *r, int kind)
{
    return r->kinds == r->ranks ? kind : kind / SUITS;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const rules *r = user;
    const state *s = at;
    int mine = rank(r, s->card[0]), other = rank(r, s->card[1]);
    int gain;
    if (s->folded) {
        gain = s->folded == 2 ? s->paid[1] : -s->paid[0];
    } else {
        int public = rank(r, s->card[2]);
        int my_worth = mine == public ? MOST_RANKS + 1 : mine,
            its_worth = other == public ? MOST_RANKS + 1 : other;
        gain = my_worth > its_worth ? s->paid[1] : my_worth < its_worth ? -s->paid[0] : 0;
    }
    out[0].num = gain;
    out[1].num = -gain;
}

static void card_name(const rules *r, int kind, char *text, size_t room)
{
    static const char *const names[] = {"A", "K", "Q", "J", "T", "9", "8", "7", "6", "5", "4", "3", "2"};
    int high = r->ranks == 3 ? 1 : 0; /* three ranks: jack, queen, king */
    snprintf(text, room, "%s%s", names[r->ranks - 1 - rank(r, kind) + high],
             r->kinds == r->ranks ? ""
             : kind % SUITS       ? "h"
                                  : "s");
}

/* "K crr|Q r": own card, first round, public card, second round; c check or call, r raise. */
static void known(const void *user, const void *at, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    size_t n;
    card_name(r, s->card[s->mover], text, room);
    for (int k = 0; k <= s->acts; k++) {
        n = strlen(text);
        if (k == s->start[0])
            snprintf(text + n, room - n, " ");
        n = strlen(text);
        if (s->dealt == 3 && k == s->start[1]) {
            snprintf(text + n, room - n, "|");
            card_name(r, s->card[2], text + n + 1, room - n - 1);
            n = strlen(text);
            snprintf(text + n, room - n, " ");
        }
        n = strlen(text);
        if (k < s->acts)
            snprintf(text + n, room - n, "%c", s->act[k] == RAISE ? 'r' : 'c');
    }
    for (n = strlen(text); n && text[n - 1] == ' '; n--)
        text[n - 1] = '\0';
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    static const char *const names[] = {[CHECK] = "check", [CALL] = "call", [RAISE] = "raise", [FOLD] = "fold"};
    const state *s = at;
    int act[4], kind = 0;
    if (s->dealt < 2 + s->round) {
        kinds_left(user, s, move, &kind);
        card_name(user, kind, text, room);
        return;
    }
    open_acts(s, act);
    snprintf(text, room, "%s", names[act[move]]);
}

static const dtn_option_spec options[] = {
    {"ranks", "N", "3", "ranks of the deck, 2 to 13", false},
    {"suits", "KIND", "distinct", "distinct, or merged: a card is known by its rank alone", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    static const char *const kinds[] = {"distinct", "merged", NULL};
    long ranks;
    int merged;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &ranks, given, &options[0], 2, MOST_RANKS));
    DTN_TRY(dtn_setting_word(ctx, &merged, given, &options[1], kinds));
    *r = (rules){(int)ranks, merged ? SUITS : 1, (int)(merged ? ranks : SUITS * ranks)};
    const char *title = dtn_arena_printf(arena, "Leduc hold'em, %ld ranks, suits %s", ranks, kinds[merged]);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "F. Southey et al., Bayes' bluff: opponent modelling in poker (2005)",
                      .players = 2,
                      .state_bytes = sizeof(state),
                      .rules = r,
                      .begin = begin,
                      .mover = mover,
                      .moves = moves,
                      .chance = chance,
                      .apply = apply,
                      .payoff = payoff,
                      .known = known,
                      .name = name};
    return DTN_OK;
}

const dtn_generator dtn_generator_leduc = {
    .name = "leduc", .title = "Leduc hold'em: two suits, a public card", .options = options, .game = game};
