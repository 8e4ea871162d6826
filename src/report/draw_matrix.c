/* The picture of a two-player game in strategic form: best replies bold and underlined, cells where both are framed. */
#include "report/draw.h"
#include "report/number.h"

enum { ROW = 34, SIZE = 13, PAD = 14 };

typedef struct table {
    const dtn_strategic *g;
    dtn_picture *p;
    dtn_arena *arena;
    double head, cell; /* widths of the column of names and of the others */
} table;

static dtn_number payoff(const table *t, int i, int j, int player)
{
    return dtn_payoffs_at(&t->g->payoff,
                          ((size_t)j * (size_t)t->g->strategies[0] + (size_t)i) * 2 + (size_t)player);
}

/* Whether player's strategy in cell (i, j) is a best reply to the other's. */
static bool best(const table *t, int i, int j, int player)
{
    for (int k = 0; k < t->g->strategies[player]; k++)
        if (fmpq_cmp(payoff(t, player ? i : k, player ? k : j, player).q, payoff(t, i, j, player).q) > 0)
            return false;
    return true;
}

static const char *number(const table *t, const fmpq *x)
{
    bool exact;
    const char *text = dtn_number_decimal(t->arena, x, &exact);
    return dtn_picture_checked(t->p, text);
}

static void measure(table *t)
{
    const dtn_strategic *g = t->g;
    t->head = dtn_text_width(g->player[0], SIZE);
    for (int i = 0; i < g->strategies[0]; i++) {
        double width = dtn_text_width(g->strategy[0][i], SIZE);
        t->head = width > t->head ? width : t->head;
    }
    t->head = (t->head > 200 ? 200 : t->head) + 2 * PAD;
    for (int j = 0; j < g->strategies[1]; j++) {
        double width = dtn_text_width(g->strategy[1][j], SIZE);
        t->cell = width > t->cell ? width : t->cell;
        for (int i = 0; i < g->strategies[0]; i++) {
            width = dtn_text_width(number(t, payoff(t, i, j, 0).q), SIZE) +
                    dtn_text_width(number(t, payoff(t, i, j, 1).q), SIZE) + 18;
            t->cell = width > t->cell ? width : t->cell;
        }
    }
    t->cell = (t->cell > 160 ? 160 : t->cell) + 2 * PAD;
}

static void amount(table *t, double x, double y, dtn_anchor anchor, int i, int j, int player)
{
    bool strong = best(t, i, j, player);
    const char *text = number(t, payoff(t, i, j, player).q);
    dtn_picture_text(
        t->p, (dtn_font){.ink = dtn_ink_player(player), .size = SIZE, .strong = strong, .anchor = anchor}, x,
        y, "%s", text);
    double width = dtn_text_width(text, SIZE) * (strong ? 1 : 0);
    if (strong)
        dtn_picture_line(t->p, (dtn_pen){.stroke = dtn_ink_player(player), .width = 1.5}, x, y + 4,
                         anchor == DTN_ANCHOR_END ? x - width : x + width, y + 4);
}

static void draw(table *t)
{
    const dtn_strategic *g = t->g;
    double top = 2 * ROW, width = t->head + t->cell * g->strategies[1];
    dtn_picture_size(t->p, width + 2, top + ROW * g->strategies[0] + 2);
    dtn_font name = {.size = SIZE, .strong = true, .ink = dtn_ink_player(1), .anchor = DTN_ANCHOR_MIDDLE};
    dtn_picture_text(t->p, name, t->head + (width - t->head) / 2, 22, "%s", g->player[1]);
    name.strong = false;
    for (int j = 0; j < g->strategies[1]; j++)
        dtn_picture_text(t->p, name, t->head + t->cell * (j + 0.5), ROW + 22, "%s", g->strategy[1][j]);
    name = (dtn_font){.size = SIZE, .strong = true, .ink = dtn_ink_player(0)};
    dtn_picture_text(t->p, name, PAD, ROW + 22, "%s", g->player[0]);
    name.strong = false;
    for (int i = 0; i < g->strategies[0]; i++) {
        double y = top + ROW * i;
        dtn_picture_line(t->p, (dtn_pen){.stroke = DTN_INK_FAINT}, 0, y, width, y);
        dtn_picture_text(t->p, name, PAD, y + 22, "%s", g->strategy[0][i]);
        for (int j = 0; j < g->strategies[1]; j++) {
            double middle = t->head + t->cell * (j + 0.5);
            if (best(t, i, j, 0) && best(t, i, j, 1))
                dtn_picture_rect(
                    t->p,
                    (dtn_pen){.stroke = DTN_INK_ACCENT, .fill = DTN_INK_ACCENT, .opacity = 0.1, .width = 1.5},
                    t->head + t->cell * j + 3, y + 3, t->cell - 6, ROW - 6, 4);
            dtn_picture_text(t->p, (dtn_font){.size = SIZE, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_MIDDLE},
                             middle, y + 22, ",");
            amount(t, middle - 6, y + 22, DTN_ANCHOR_END, i, j, 0);
            amount(t, middle + 6, y + 22, DTN_ANCHOR_START, i, j, 1);
        }
    }
}

dtn_status dtn_draw_matrix(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_strategic *game)
{
    const char *about =
        dtn_arena_printf(arena, "%d by %d table of payoffs; framed cells are equilibria in pure strategies.",
                         game->strategies[0], game->strategies[1]);
    table t = {.g = game, .arena = arena};
    t.p = *out = about ? dtn_picture_new(ctx, arena, "Payoffs", about) : NULL;
    if (!t.p)
        return dtn_fail_nomem(ctx);
    measure(&t);
    draw(&t);
    return t.p->status;
}
