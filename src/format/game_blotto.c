/* Colonel Blotto: both spread their troops over fields in secret; more troops take a field.
 *
 * What a player receives is the number of fields taken less the number lost. With equal troops the value is 0.
 * Source: E. Borel, La théorie du jeu (1921); O. Gross, R. Wagner, A continuous Colonel Blotto game, RAND RM-408 (1950). */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_FIELDS = 10, MOST_WAYS = 5000 };

typedef struct rules {
    int troops[2], fields;
} rules;

typedef struct state {
    int32_t done, way[2];
} state;

static void begin(const void *user, void *at)
{
    (void)user;
    memset(at, 0, sizeof(state));
}

static int mover(const void *user, const void *at)
{
    const state *s = at;
    (void)user;
    return s->done == 2 ? DTN_GAME_END : s->done;
}

/* Ways to spread troops over fields: (troops + fields - 1) over (fields - 1); beyond MOST_WAYS some larger number. */
static long ways(int troops, int fields)
{
    long count = 1;
    for (int k = 1; k < fields && count <= MOST_WAYS; k++)
        count = count * (troops + k) / k;
    return count;
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    return (int)ways(r->troops[((const state *)at)->done], r->fields);
}

/* The way-th of them: most on the first field first. */
static void spread(const rules *r, int player, long way, int *field)
{
    int troops = r->troops[player];
    for (int f = 0; f < r->fields; f++) {
        field[f] = f == r->fields - 1 ? troops : 0;
        for (int here = troops; f < r->fields - 1; here--) {
            long below = ways(troops - here, r->fields - f - 1);
            if (way < below) {
                field[f] = here;
                break;
            }
            way -= below;
        }
        troops -= field[f];
    }
}

static void apply(const void *user, void *at, int move)
{
    state *s = at;
    (void)user;
    s->way[s->done++] = move;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const rules *r = user;
    const state *s = at;
    int mine[MOST_FIELDS], its[MOST_FIELDS];
    spread(r, 0, s->way[0], mine);
    spread(r, 1, s->way[1], its);
    for (int f = 0; f < r->fields; f++)
        out[0].num += (mine[f] > its[f]) - (mine[f] < its[f]);
    out[1].num = -out[0].num;
}

static void known(const void *user, const void *at, char *text, size_t room)
{
    (void)user;
    snprintf(text, room, "%s", ((const state *)at)->done ? "reply" : "start");
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    const rules *r = user;
    int field[MOST_FIELDS];
    spread(r, ((const state *)at)->done, move, field);
    *text = '\0';
    for (int f = 0; f < r->fields; f++)
        snprintf(text + strlen(text), room - strlen(text), "%s%d", f ? "-" : "", field[f]);
}

static const dtn_option_spec options[] = {
    {"troops", "N", "5", "of the first player, 1 to 99", false},
    {"enemy", "N", "5", "troops of the second player, 1 to 99", false},
    {"fields", "N", "3", "2 to 10; at most 5000 ways to spread over them", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    long troops, enemy, fields;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &troops, given, &options[0], 1, 99));
    DTN_TRY(dtn_setting(ctx, &enemy, given, &options[1], 1, 99));
    DTN_TRY(dtn_setting(ctx, &fields, given, &options[2], 2, MOST_FIELDS));
    *r = (rules){{(int)troops, (int)enemy}, (int)fields};
    for (int p = 0; p < 2; p++)
        if (ways(r->troops[p], r->fields) > MOST_WAYS)
            return dtn_fail(ctx, DTN_ARG,
                            "@blotto: there are more than %d ways to spread %d troops over %d fields",
                            (int)MOST_WAYS, r->troops[p], r->fields);
    const char *title =
        dtn_arena_printf(arena, "Colonel Blotto, %ld against %ld troops, %ld fields", troops, enemy, fields);
    if (!title)
        return dtn_fail_nomem(ctx);
    *out = (dtn_game){.title = title,
                      .about = "Borel (1921); Gross and Wagner (1950)",
                      .players = 2,
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

const dtn_generator dtn_generator_blotto = {.name = "blotto",
                                            .title = "Colonel Blotto: troops spread over fields in secret",
                                            .options = options,
                                            .game = game};
