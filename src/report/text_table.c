/* Tables for terminals: columns as wide as they need, the widest give way when the line is full, cells wrap.
 *
 * Cost: O(cells), times columns for the shrinking. */
#include <string.h>

#include "report/terminal.h"

enum { COLUMNS = 32, GAP = 2, BAR = 16, NARROWEST = 8, NARROW = 64 };

typedef struct layout {
    int width[COLUMNS];
    const char **cell; /* [rows + 1][columns] styled; row 0 holds the titles */
    int columns, rows;
} layout;

static const char *bar_text(dtn_terminal *t, double share)
{
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int eighths = (int)(share * BAR * 8 + 0.5), full = eighths / 8;
    dtn_out out = dtn_out_new(t->out->ctx, t->out->arena);
    dtn_out_repeat(&out, t->ascii ? "#" : "█", full);
    if (!t->ascii)
        dtn_out_text(&out, part[eighths % 8]);
    int used = full + (!t->ascii && eighths % 8 ? 1 : 0);
    dtn_out_repeat(&out, " ", BAR - used);
    return dtn_out_checked(t->out, out.data);
}

static const char *cell_text(dtn_terminal *t, const dtn_value *v)
{
    const char *shown = dtn_value_show(t->out, v);
    const char *base = v->player   ? dtn_terminal_player(v->player - 1)
                       : v->strong ? "1"
                                   : dtn_terminal_tone(v->tone);
    const char *styled = dtn_terminal_style(t, shown, base);
    if (!v->bar || t->width < NARROW)
        return styled;
    return dtn_out_temporary(t->out, "%s  %s", styled, bar_text(t, dtn_value_share(v)));
}

/* Shrinks the widest columns of words until the table fits, then those of numbers. */
static void fit(layout *l, const dtn_block *table, int room)
{
    for (;;) {
        int total = GAP * (l->columns - 1), widest = -1, c = 0;
        for (const dtn_column *column = table->column; c < l->columns; c++, column = column->next) {
            total += l->width[c];
            if (column->align == DTN_LEFT && l->width[c] > NARROWEST &&
                (widest < 0 || l->width[c] > l->width[widest]))
                widest = c;
        }
        for (c = 0; c < l->columns && widest < 0; c++)
            if (l->width[c] > NARROWEST)
                widest = c;
        if (total <= room || widest < 0)
            return;
        l->width[widest]--;
    }
}

/* Ends a line without trailing blanks. */
static void end_line(dtn_terminal *t)
{
    while (t->out->length && t->out->data[t->out->length - 1] == ' ')
        t->out->data[--t->out->length] = '\0';
    dtn_out_char(t->out, '\n');
}

static void line(dtn_terminal *t, const layout *l, const dtn_block *table, int row, int indent)
{
    const char *rest[COLUMNS];
    bool more = true;
    for (int c = 0; c < l->columns; c++)
        rest[c] = l->cell[row * l->columns + c];
    while (more) {
        more = false;
        int pending = indent;
        const dtn_column *column = table->column;
        for (int c = 0; c < l->columns; c++, column = column->next) {
            const char *from = rest[c];
            size_t length = dtn_text_line(from, l->width[c], &rest[c]);
            char *piece = dtn_arena_strndup(t->out->arena, from, length);
            if (!piece) {
                t->out->status = dtn_fail_nomem(t->out->ctx);
                return;
            }
            int space = l->width[c] - dtn_text_columns(piece);
            int left = column->align == DTN_RIGHT ? space : column->align == DTN_CENTRE ? space / 2 : 0;
            if (*piece) {
                /* Space is written when something follows it: no trailing blanks. */
                dtn_out_repeat(t->out, " ", pending + left);
                dtn_out_text(t->out, piece);
                pending = space - left;
            } else
                pending += l->width[c];
            pending += GAP;
            more |= *rest[c] != '\0';
        }
        end_line(t);
    }
}

void dtn_terminal_table(dtn_terminal *t, const dtn_block *table, int indent)
{
    layout l = {.columns = table->columns < COLUMNS ? table->columns : COLUMNS, .rows = table->rows};
    if (l.columns == 0)
        return;
    l.cell = dtn_arena_array(t->out->arena, (size_t)(l.rows + 1) * (size_t)l.columns, sizeof *l.cell);
    if (!l.cell) {
        t->out->status = dtn_fail_nomem(t->out->ctx);
        return;
    }
    const dtn_column *column = table->column;
    for (int c = 0; c < l.columns; c++, column = column->next)
        l.cell[c] = dtn_terminal_style(t, column->title, "1");
    int r = 1;
    for (const dtn_row *row = table->row; row; row = row->next, r++)
        for (int c = 0; c < l.columns; c++)
            l.cell[r * l.columns + c] = c < row->cells ? cell_text(t, &row->cell[c]) : "";
    for (int i = 0; i < (l.rows + 1) * l.columns; i++) {
        int columns = dtn_text_columns(l.cell[i]);
        if (columns > l.width[i % l.columns])
            l.width[i % l.columns] = columns;
    }
    fit(&l, table, t->width - indent);
    line(t, &l, table, 0, indent);
    dtn_out_repeat(t->out, " ", indent);
    for (int c = 0; c < l.columns; c++) {
        dtn_out_repeat(t->out, t->ascii ? "-" : "─", l.width[c]);
        if (c + 1 < l.columns)
            dtn_out_repeat(t->out, " ", GAP);
    }
    dtn_out_char(t->out, '\n');
    for (r = 1; r <= l.rows && t->out->status == DTN_OK; r++)
        line(t, &l, table, r, indent);
}
