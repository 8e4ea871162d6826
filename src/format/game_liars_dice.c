/* Liar's dice: secret dice, rising bids on all of them, until somebody calls the other a liar.
 *
 * Both players roll in secret. A bid "q x f" claims that among all dice at least q show the face f; bids rise in number, then in face.
 * Instead of a higher bid the mover may call the last one a lie: it wins 1 if the claim is false and loses 1 otherwise. The highest
 * face is wild: it counts as every face. One die each with six faces: 24,576 information sets.
 * Source: M. Lanctot et al., OpenSpiel, arXiv:1908.09453 (2019), liars_dice. */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_DICE = 3, MOST_FACES = 10, MOST_BIDS = 24 };

typedef struct rules {
    int dice, faces, bids, rolls; /* dice of each player; rolls: sorted outcomes of one player's dice */
    bool wild;
} rules;

typedef struct state {
    int8_t dealt, bids, called;
    int8_t roll[2][MOST_DICE]; /* sorted faces, from 0 */
    int8_t bid[MOST_BIDS];     /* rising; bid b claims b / faces + 1 dice of face b % faces */
} state;

static void begin(const void *user, void *at)
{
    (void)user;
    memset(at, 0, sizeof(state));
}

static int mover(const void *user, const void *at)
{
    (void)user;
    const state *s = at;
    return s->dealt < 2 ? DTN_GAME_CHANCE : s->called ? DTN_GAME_END : s->bids % 2;
}

static int last_bid(const state *s)
{
    return s->bids ? s->bid[s->bids - 1] : -1;
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    return s->dealt < 2 ? r->rolls : r->bids - 1 - last_bid(s) + (s->bids > 0);
}

/* The move-th way in which the dice may fall, sorted: 000, 001, ..., 011, ... */
static void roll_of(const rules *r, int move, int8_t *face)
{
    memset(face, 0, MOST_DICE);
    while (move--) {
        int d = r->dice - 1;
        while (face[d] == r->faces - 1)
            d--;
        int8_t next = (int8_t)(face[d] + 1);
        for (; d < r->dice; d++)
            face[d] = next;
    }
}

static dtn_fraction chance(const void *user, const void *at, int move)
{
    const rules *r = user;
    int8_t face[MOST_DICE];
    (void)at;
    dtn_fraction p = {1, 1};
    roll_of(r, move, face);
    for (int d = 0, same = 1; d < r->dice; d++) { /* dice! / product of (equal faces)! orders */
        same = d && face[d] == face[d - 1] ? same + 1 : 1;
        p.num *= d + 1;
        p.den *= same * r->faces;
    }
    return p;
}

static void apply(const void *user, void *at, int move)
{
    const rules *r = user;
    state *s = at;
    if (s->dealt < 2)
        roll_of(r, move, s->roll[s->dealt++]);
    else if (last_bid(s) + 1 + move == r->bids)
        s->called = 1;
    else {
        int bid = last_bid(s) + 1 + move;
        s->bid[s->bids++] = (int8_t)bid;
    }
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const rules *r = user;
    const state *s = at;
    int bid = last_bid(s), face = bid % r->faces, count = 0, bidder = (s->bids - 1) % 2;
    for (int p = 0; p < 2; p++)
        for (int d = 0; d < r->dice; d++)
            count += s->roll[p][d] == face || (r->wild && s->roll[p][d] == r->faces - 1);
    bool true_claim = count >= bid / r->faces + 1;
    out[bidder].num = true_claim ? 1 : -1;
    out[!bidder].num = -out[bidder].num;
}

static void bid_name(const rules *r, int bid, char *text, size_t room)
{
    snprintf(text, room, "%dx%d", bid / r->faces + 1, bid % r->faces + 1);
}

static void roll_name(const rules *r, const int8_t *face, char *text, size_t room)
{
    *text = '\0';
    for (int d = 0; d < r->dice; d++)
        snprintf(text + strlen(text), room - strlen(text), "%s%d", d && r->faces > 9 ? "," : "", face[d] + 1);
}

static void known(const void *user, const void *at, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    roll_name(r, s->roll[s->bids % 2], text, room);
    for (int k = 0; k < s->bids; k++) {
        size_t n = strlen(text);
        text[n++] = ' ';
        bid_name(r, s->bid[k], text + n, room - n);
    }
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    int8_t face[MOST_DICE];
    int bid = last_bid(s) + 1 + move;
    if (s->dealt < 2) {
        roll_of(r, move, face);
        roll_name(r, face, text, room);
    } else if (bid == r->bids) {
        snprintf(text, room, "liar");
    } else {
        bid_name(r, bid, text, room);
    }
}

static const dtn_option_spec options[] = {
    {"dice", "N", "1", "dice of each player, 1 to 3", false},
    {"faces", "N", "6", "faces of a die, 2 to 10; 2 x dice x faces up to 24", false},
    {"wild", "YES", "yes", "whether the highest face counts as every face: yes or no", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    static const char *const words[] = {"yes", "no", NULL};
    long dice, faces;
    int tame, rolls = 1;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &dice, given, &options[0], 1, MOST_DICE));
    DTN_TRY(dtn_setting(ctx, &faces, given, &options[1], 2, MOST_FACES));
    DTN_TRY(dtn_setting_word(ctx, &tame, given, &options[2], words));
    if (2 * dice * faces > MOST_BIDS)
        return dtn_fail(ctx, DTN_ARG,
                        "@liars-dice: found %ld dice of %ld faces, expected at most %d possible bids", dice,
                        faces, (int)MOST_BIDS);
    for (int d = 1; d <= dice; d++)
        rolls = rolls * ((int)faces + d - 1) / d;
    *r = (rules){(int)dice, (int)faces, (int)(2 * dice * faces), rolls, !tame};
    const char *title = dtn_arena_printf(arena, "Liar's dice, %ld each of %ld faces", dice, faces);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "Lanctot et al., OpenSpiel (2019)",
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

const dtn_generator dtn_generator_liars_dice = {
    .name = "liars-dice", .title = "Liar's dice: secret dice, rising bids", .options = options, .game = game};
