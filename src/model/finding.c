/* Findings: cells by value, lists that grow in the arena of the result. */
#include "model/finding.h"

#include <string.h>

dtn_cell dtn_cell_none(void)
{
    return (dtn_cell){.kind = DTN_CELL_NONE};
}

dtn_cell dtn_cell_text(const char *text)
{
    return (dtn_cell){.kind = DTN_CELL_TEXT, .text = text};
}

dtn_cell dtn_cell_integer(long n)
{
    return (dtn_cell){.kind = DTN_CELL_INTEGER, .integer = n};
}

dtn_cell dtn_cell_exact(const fmpq_t x)
{
    return (dtn_cell){.kind = DTN_CELL_EXACT, .exact = x};
}

dtn_cell dtn_cell_real(double x, double radius)
{
    return (dtn_cell){.kind = DTN_CELL_REAL, .real = x, .radius = radius};
}

dtn_cell dtn_cell_player(int player)
{
    return (dtn_cell){.kind = DTN_CELL_PLAYER, .player = player};
}

dtn_cell dtn_cell_strategy(int player, int strategy)
{
    return (dtn_cell){.kind = DTN_CELL_STRATEGY, .player = player, .strategy = strategy};
}

dtn_cell dtn_cell_subset(int player, const bool *in)
{
    return (dtn_cell){.kind = DTN_CELL_SUBSET, .player = player, .in = in};
}

dtn_cell dtn_cell_mixture(int player, const fmpq *sigma)
{
    return (dtn_cell){.kind = DTN_CELL_MIXTURE, .player = player, .exact = sigma};
}

dtn_cell dtn_cell_action(int player, int action)
{
    return (dtn_cell){.kind = DTN_CELL_ACTION, .player = player, .strategy = action};
}

/* p, or NULL with the finding failed. */
static void *made(dtn_ctx *ctx, dtn_finding *f, void *p)
{
    if (!p && f->status == DTN_OK)
        f->status = dtn_fail_nomem(ctx);
    return p;
}

static void *room(dtn_ctx *ctx, dtn_finding *f, size_t size)
{
    return f->status == DTN_OK ? made(ctx, f, dtn_arena_alloc(f->arena, size)) : NULL;
}

static const char *copied(dtn_ctx *ctx, dtn_finding *f, const char *text)
{
    return f->status == DTN_OK ? made(ctx, f, dtn_arena_strdup(f->arena, text)) : NULL;
}

static dtn_cell keep(dtn_ctx *ctx, dtn_finding *f, dtn_cell cell)
{
    if (cell.kind == DTN_CELL_TEXT)
        cell.text = copied(ctx, f, cell.text);
    if (cell.kind == DTN_CELL_SUBSET) {
        size_t size = (size_t)f->strategies[cell.player] * sizeof *cell.in;
        bool *in = room(ctx, f, size);
        if (in)
            memcpy(in, cell.in, size);
        cell.in = in;
    }
    if (cell.kind != DTN_CELL_EXACT && cell.kind != DTN_CELL_MIXTURE)
        return cell;
    int count = cell.kind == DTN_CELL_MIXTURE ? f->strategies[cell.player] : 1;
    fmpq *exact = made(ctx, f, dtn_arena_fmpq(f->arena, (size_t)count));
    for (int i = 0; exact && i < count; i++)
        fmpq_set(exact + i, cell.exact + i);
    cell.exact = exact;
    return cell;
}

void dtn_finding_answer(dtn_ctx *ctx, dtn_finding *f, const char *format, ...)
{
    if (f->status != DTN_OK)
        return;
    va_list args;
    va_start(args, format);
    f->answer = made(ctx, f, dtn_arena_vprintf(f->arena, format, args));
    va_end(args);
}

void dtn_finding_certify(dtn_ctx *ctx, dtn_finding *f, const char *format, ...)
{
    if (f->status != DTN_OK)
        return;
    va_list args;
    va_start(args, format);
    f->certificate = made(ctx, f, dtn_arena_vprintf(f->arena, format, args));
    va_end(args);
}

void dtn_finding_say(dtn_ctx *ctx, dtn_finding *f, const char *format, ...)
{
    dtn_sentence *s = room(ctx, f, sizeof *s);
    if (!s)
        return;
    va_list args;
    va_start(args, format);
    s->text = made(ctx, f, dtn_arena_vprintf(f->arena, format, args));
    va_end(args);
    *(f->last_say ? &f->last_say->next : &f->say) = s;
    f->last_say = s;
}

void dtn_finding_fact(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title, dtn_cell cell)
{
    dtn_fact *fact = room(ctx, f, sizeof *fact);
    if (!fact)
        return;
    *fact = (dtn_fact){.key = copied(ctx, f, key), .title = copied(ctx, f, title), .cell = keep(ctx, f, cell)};
    *(f->last_fact ? &f->last_fact->next : &f->fact) = fact;
    f->last_fact = fact;
}

void dtn_finding_table_add(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title)
{
    dtn_finding_table *t = room(ctx, f, sizeof *t);
    if (!t)
        return;
    *t = (dtn_finding_table){.key = copied(ctx, f, key), .title = copied(ctx, f, title)};
    *(f->last_table ? &f->last_table->next : &f->table) = t;
    f->last_table = t;
}

void dtn_finding_column_add(dtn_ctx *ctx, dtn_finding *f, const char *key, const char *title)
{
    dtn_finding_column *c = room(ctx, f, sizeof *c);
    if (!c)
        return;
    *c = (dtn_finding_column){.key = copied(ctx, f, key), .title = copied(ctx, f, title)};
    dtn_finding_table *t = f->last_table;
    *(t->last_column ? &t->last_column->next : &t->column) = c;
    t->last_column = c;
    t->columns++;
}

void dtn_finding_row_add(dtn_ctx *ctx, dtn_finding *f)
{
    dtn_finding_row *r = room(ctx, f, sizeof *r);
    if (!r)
        return;
    dtn_finding_table *t = f->last_table;
    r->next = NULL;
    r->cell = room(ctx, f, (size_t)t->columns * sizeof *r->cell); /* zero: DTN_CELL_NONE */
    if (!r->cell)
        return;
    *(t->last_row ? &t->last_row->next : &t->row) = r;
    t->last_row = r;
    t->rows++;
    t->filled = 0;
}

void dtn_finding_put(dtn_ctx *ctx, dtn_finding *f, dtn_cell cell)
{
    dtn_finding_table *t = f->last_table;
    if (f->status != DTN_OK)
        return;
    if (!t || !t->last_row || t->filled == t->columns) {
        f->status = dtn_fail(ctx, DTN_INTERNAL, "a finding with more cells than columns");
        return;
    }
    t->last_row->cell[t->filled++] = keep(ctx, f, cell);
}

dtn_status dtn_finding_status(const dtn_finding *f)
{
    return f->status;
}

const dtn_finding_table *dtn_finding_table_of(const dtn_finding *f, const char *key)
{
    for (const dtn_finding_table *t = f->table; t; t = t->next)
        if (strcmp(t->key, key) == 0)
            return t;
    return NULL;
}

const dtn_fact *dtn_finding_fact_of(const dtn_finding *f, const char *key)
{
    for (const dtn_fact *fact = f->fact; fact; fact = fact->next)
        if (strcmp(fact->key, key) == 0)
            return fact;
    return NULL;
}

dtn_cell dtn_finding_cell_of(const dtn_finding_table *table, const dtn_finding_row *row, const char *key)
{
    int i = 0;
    for (const dtn_finding_column *c = table->column; c; c = c->next, i++)
        if (strcmp(c->key, key) == 0)
            return row->cell[i];
    return dtn_cell_none();
}
