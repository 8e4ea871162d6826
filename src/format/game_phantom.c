/* Phantom tic-tac-toe: marks that the other does not see.
 *
 * In turn each player tries a cell. If it is free it is his; if the other's mark is there he learns so and tries another cell, in the same turn. Nobody
 * sees the other's tries. Whoever has a straight line of marks first wins 1. The usual board of three by three has a
 * billion of histories; smaller ones are trees that can be written.
 * Source: M. Lanctot et al., OpenSpiel, arXiv:1908.09453 (2019), phantom_ttt. */
#include <stdio.h>
#include <string.h>

#include "format/catalogue.h"

enum { MOST_CELLS = 8 };

typedef struct rules {
    int rows, columns, line;
} rules;

typedef struct state {
    int8_t cell[MOST_CELLS]; /* 1 + whose mark */
    int8_t turn, marks, winner;
    int8_t tries[2];             /* made by each player */
    int8_t tried[2][MOST_CELLS]; /* cells in order; taken ones are remembered with 16 added */
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
    return s->winner || s->marks == r->rows * r->columns ? DTN_GAME_END : s->turn;
}

static bool was_tried(const state *s, int player, int cell)
{
    for (int k = 0; k < s->tries[player]; k++)
        if ((s->tried[player][k] & 15) == cell)
            return true;
    return false;
}

static int moves(const void *user, const void *at)
{
    const rules *r = user;
    const state *s = at;
    return r->rows * r->columns - s->tries[s->turn];
}

/* The move-th cell that the mover has not tried. */
static int cell_of(const state *s, int move)
{
    for (int cell = 0;; cell++)
        if (!was_tried(s, s->turn, cell) && move-- == 0)
            return cell;
}

/* Whether a line through the board starts at a cell. */
static bool line_from(const rules *r, const state *s, int row, int column, int down, int right, int mark)
{
    int last_row = row + down * (r->line - 1), last_column = column + right * (r->line - 1);
    if (last_row < 0 || last_row >= r->rows || last_column < 0 || last_column >= r->columns)
        return false;
    for (int k = 0; k < r->line; k++)
        if (s->cell[(row + down * k) * r->columns + column + right * k] != mark)
            return false;
    return true;
}

static bool has_line(const rules *r, const state *s, int mark)
{
    static const int way[4][2] = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
    for (int c = 0; c < r->rows * r->columns; c++)
        for (int w = 0; w < 4; w++)
            if (line_from(r, s, c / r->columns, c % r->columns, way[w][0], way[w][1], mark))
                return true;
    return false;
}

static void apply(const void *user, void *at, int move)
{
    state *s = at;
    int me = s->turn, cell = cell_of(s, move);
    bool taken = s->cell[cell] != 0;
    s->tried[me][s->tries[me]++] = (int8_t)(cell + (taken ? 16 : 0));
    if (taken)
        return;
    s->cell[cell] = (int8_t)(me + 1);
    s->marks++;
    if (has_line(user, s, me + 1))
        s->winner = (int8_t)(me + 1);
    s->turn = (int8_t)!me;
}

static void payoff(const void *user, const void *at, dtn_fraction *out)
{
    const state *s = at;
    (void)user;
    out[0].num = s->winner == 1 ? 1 : s->winner == 2 ? -1 : 0;
    out[1].num = -out[0].num;
}

/* "a1 b2x": marked a1, found b2 taken. */
static void known(const void *user, const void *at, char *text, size_t room)
{
    const rules *r = user;
    const state *s = at;
    snprintf(text, room, "%s", s->tries[s->turn] ? "" : "first");
    for (int k = 0; k < s->tries[s->turn]; k++) {
        int cell = s->tried[s->turn][k] & 15;
        snprintf(text + strlen(text), room - strlen(text), "%s%c%d%s", k ? " " : "", 'a' + cell % r->columns,
                 cell / r->columns + 1, s->tried[s->turn][k] & 16 ? "x" : "");
    }
}

static void name(const void *user, const void *at, int move, char *text, size_t room)
{
    const rules *r = user;
    int cell = cell_of(at, move);
    snprintf(text, room, "%c%d", 'a' + cell % r->columns, cell / r->columns + 1);
}

static const dtn_option_spec options[] = {
    {"rows", "N", "2", "of the board, 1 to 8", false},
    {"columns", "N", "3", "at most 8 cells in all", false},
    {"line", "N", "3", "marks in a row, column or diagonal that win", false},
    {0}};

static dtn_status game(dtn_ctx *ctx, dtn_arena *arena, dtn_game *out, const dtn_options *given)
{
    long rows, columns, line;
    rules *r;
    DTN_ALLOC(ctx, arena, r, 1);
    DTN_TRY(dtn_setting(ctx, &rows, given, &options[0], 1, MOST_CELLS));
    DTN_TRY(dtn_setting(ctx, &columns, given, &options[1], 1, MOST_CELLS));
    DTN_TRY(dtn_setting(ctx, &line, given, &options[2], 2, MOST_CELLS));
    if (rows * columns > MOST_CELLS || (line > rows && line > columns))
        return dtn_fail(
            ctx,
            DTN_ARG, "@phantom: found %ld x %ld cells and lines of %ld, expected at most %d cells, with room for a line",
            rows, columns, line, (int)MOST_CELLS);
    *r = (rules){(int)rows, (int)columns, (int)line};
    const char *title =
        dtn_arena_printf(arena, "Phantom tic-tac-toe, %ld x %ld, lines of %ld", rows, columns, line);
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
                      .apply = apply,
                      .payoff = payoff,
                      .known = known,
                      .name = name};
    return DTN_OK;
}

const dtn_generator dtn_generator_phantom = {.name = "phantom",
                                             .title = "Phantom tic-tac-toe: unseen marks, on small boards",
                                             .options = options,
                                             .game = game};
