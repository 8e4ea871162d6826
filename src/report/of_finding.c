/* What a method finds besides equilibria: its answer, facts and tables, cell by cell. */
#include "base/str.h"
#include "report/of_solve.h"

const char *dtn_words_mixture(dtn_doc *doc, const dtn_strategic *g, int player, const fmpq *sigma)
{
    dtn_str words = dtn_str_in(dtn_doc_arena(doc));
    for (int s = 0; s < g->strategies[player]; s++) {
        if (fmpq_is_one(sigma + s))
            return g->strategy[player][s];
        /* Beyond a dozen digits a fraction tells a reader nothing: the data formats have it. */
        bool long_number = fmpz_bits(fmpq_denref(sigma + s)) > 40;
        if (!fmpq_is_zero(sigma + s))
            dtn_str_addf(&words, "%s%s %s%s", words.length ? ", " : "", g->strategy[player][s],
                         long_number ? "≈ " : "",
                         long_number ? dtn_text_decimal(doc, sigma + s) : dtn_text_exact(doc, sigma + s));
    }
    const char *text = dtn_str_done(&words);
    if (!text)
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
    return text ? text : "";
}

static dtn_value subset(dtn_doc *doc, const dtn_strategic *g, const dtn_cell *c)
{
    int count = 0;
    dtn_value *item = dtn_arena_array(dtn_doc_arena(doc), (size_t)g->strategies[c->player], sizeof *item);
    if (!item) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return dtn_value_none();
    }
    for (int s = 0; s < g->strategies[c->player]; s++)
        if (c->in[s])
            item[count++] = dtn_value_text(doc, "%s", g->strategy[c->player][s]);
    return dtn_value_list(doc, item, count);
}

static dtn_value shown(dtn_doc *doc, const dtn_strategic *g, const dtn_tree *tree, const dtn_cell *c)
{
    switch (c->kind) {
    case DTN_CELL_NONE:
        return dtn_value_none();
    case DTN_CELL_TEXT:
        return dtn_value_text(doc, "%s", c->text);
    case DTN_CELL_INTEGER:
        return dtn_value_integer(c->integer);
    case DTN_CELL_EXACT:
        return dtn_value_exact(doc, c->exact);
    case DTN_CELL_REAL:
        return dtn_value_real(c->real, c->radius);
    case DTN_CELL_PLAYER:
        return g && c->player >= DTN_DOC_PLAYERS ? dtn_value_text(doc, "%s", g->player[c->player])
                                                 : dtn_value_player(doc, c->player);
    case DTN_CELL_STRATEGY:
        return dtn_value_text(doc, "%s", g->strategy[c->player][c->strategy]);
    case DTN_CELL_SUBSET:
        return subset(doc, g, c);
    case DTN_CELL_MIXTURE:
        return dtn_value_text(doc, "%s", dtn_words_mixture(doc, g, c->player, c->exact));
    case DTN_CELL_ACTION:
        return c->strategy < 0
                   ? dtn_value_text(doc, "at the start")
                   : dtn_value_text(doc, "%s: %s", tree->infoset[tree->action[c->strategy].infoset].name,
                                    tree->action[c->strategy].name);
    }
    return dtn_value_none();
}

static bool is_number(dtn_cell_kind kind)
{
    return kind == DTN_CELL_INTEGER || kind == DTN_CELL_EXACT || kind == DTN_CELL_REAL;
}

/* Numbers stand to the right: what the first filled cell of the column is decides. */
static dtn_align side(const dtn_finding_table *t, int column)
{
    for (const dtn_finding_row *r = t->row; r; r = r->next)
        if (r->cell[column].kind != DTN_CELL_NONE)
            return is_number(r->cell[column].kind) ? DTN_RIGHT : DTN_LEFT;
    return DTN_LEFT;
}

static void table(dtn_doc *doc, const dtn_strategic *g, const dtn_tree *tree, const dtn_finding_table *t)
{
    if (t->evidence) {
        dtn_doc_fold(doc, dtn_doc_print(doc, "%s-evidence", t->key), "%s", t->title);
        dtn_doc_not_in_terminal(doc);
    }
    dtn_doc_table(doc, t->key, t->evidence ? "" : t->title);
    int i = 0;
    for (const dtn_finding_column *c = t->column; c; c = c->next, i++)
        dtn_doc_column(doc, c->key, c->title, side(t, i));
    for (const dtn_finding_row *r = t->row; r; r = r->next) {
        dtn_doc_row(doc, NULL);
        for (int k = 0; k < t->columns; k++)
            dtn_doc_cell(doc, shown(doc, g, tree, &r->cell[k]));
    }
    if (t->evidence)
        dtn_doc_close(doc);
}

void dtn_report_finding(dtn_doc *doc, const dtn_strategic *g, const dtn_tree *tree, const dtn_finding *f)
{
    for (const dtn_fact *fact = f->fact; fact; fact = fact->next)
        dtn_doc_field(doc, fact->key, fact->title, shown(doc, g, tree, &fact->cell));
    for (const dtn_sentence *s = f->say; s; s = s->next)
        dtn_doc_say(doc, "%s", s->text);
    for (const dtn_finding_table *t = f->table; t; t = t->next)
        if (t->rows)
            table(doc, g, tree, t);
}
