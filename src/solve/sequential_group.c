/* Sequential equilibria: outcomes that a continuum of equilibria joins are one component.
 *
 * Method: the closure of a family meets another outcome when one linear program finds weights of the family that play on the
 *   other's path as it does and never leave it. Only outcomes whose path lies inside the family's can be met.
 * Cost: one linear program for each cell of a family and each other outcome (cell). Exact. */
#include "solve/sequential_parts.h"

/* Play of b on b's path stays within a's support. */
static bool inside(const dtn_seq_run *r, const dtn_seq_outcome *a, const dtn_seq_outcome *b)
{
    for (int h = 0; h < r->game.infosets; h++)
        if (b->reached[h] && (!a->reached[h] || (b->support[h] & ~a->support[h])))
            return false;
    return true;
}

/* One side of the program: an outcome with (for a family) one of its cells; its unknowns start at column `first`. */
typedef struct side {
    const dtn_seq_outcome *o;
    const dtn_seq_component *c;
    const dtn_seq_cell *cell;
    int first;
} side;

static uint64_t support_of(const side *s, int h)
{
    for (int i = 0; s->cell && i < s->c->infosets; i++)
        if (s->c->infoset[i] == h)
            return s->cell->support[i];
    return s->o->support[h];
}

/* row += sign * R(a) of the side; constants to the right-hand side. false: the side does not know that weight. */
static bool add_weight(const dtn_seq_run *r, const side *s, int a, int sign, fmpq *row, fmpq *b, fmpq_t work)
{
    for (; a >= 0; a = r->game.prior[r->game.tree->action[a].infoset]) {
        int g = r->game.tree->action[a].infoset;
        if (support_of(s, g) != UINT64_C(1) << (a - dtn_seq_set(r, g)->first_action))
            break;
    }
    fmpq_set_si(work, sign, 1);
    if (a < 0) {
        fmpq_sub(b, b, work);
        return true;
    }
    if (s->o->known[a]) {
        fmpq_mul(work, work, &s->o->weight[a]);
        fmpq_sub(b, b, work);
        return true;
    }
    for (int j = 0; s->cell && j < s->cell->unknowns; j++)
        if (s->cell->unknown[j] == a) {
            fmpq_add(&row[s->first + j], &row[s->first + j], work);
            return true;
        }
    return false;
}

typedef struct program {
    int rows, columns;
    fmpq *a, *b;
    dtn_lp_sense *sense;
    bool *nonnegative;
} program;

static void copy_cell(program *m, const side *s)
{
    for (int i = 0; s->cell && i < s->cell->rows; i++, m->rows++) {
        for (int j = 0; j < s->cell->columns; j++)
            fmpq_set(&m->a[m->rows * m->columns + s->first + j], &s->cell->a[i * s->cell->columns + j]);
        fmpq_set(&m->b[m->rows], &s->cell->b[i]);
        m->sense[m->rows] = s->cell->sense[i];
    }
}

/* Does the closure of cell a play as b somewhere? */
static dtn_status meets(dtn_seq_run *r, const side *a, const side *b, bool *yes)
{
    dtn_arena *scratch = r->ctx->scratch;
    int most = a->cell->rows + (b->cell ? b->cell->rows : 0) + r->game.actions;
    program m = {.columns = a->cell->columns + (b->cell ? b->cell->columns : 0)};
    fmpq *x, *work;
    DTN_ALLOC_FMPQ(r->ctx, scratch, m.a, most * m.columns + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, m.b, most + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, x, m.columns + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, work, 1);
    DTN_ALLOC(r->ctx, scratch, m.sense, most + 1);
    DTN_ALLOC(r->ctx, scratch, m.nonnegative, m.columns + 1);
    for (int j = 0; j < m.columns; j++) {
        const side *s = j < b->first ? a : b;
        m.nonnegative[j] = !dtn_seq_is_value(r, s->cell->unknown[j - s->first]);
    }
    copy_cell(&m, a);
    copy_cell(&m, b);
    for (int h = 0; h < r->game.infosets; h++) {
        const dtn_infoset *set = dtn_seq_set(r, h);
        for (int k = 0; k < set->actions && b->o->reached[h]; k++) {
            if (!(a->o->support[h] >> k & 1))
                continue;
            fmpq *row = &m.a[m.rows * m.columns];
            bool whole = add_weight(r, a, set->first_action + k, 1, row, &m.b[m.rows], work);
            if (whole && (b->o->support[h] >> k & 1))
                whole = add_weight(r, b, set->first_action + k, -1, row, &m.b[m.rows], work);
            if (whole) {
                m.sense[m.rows++] = DTN_LP_EQ;
                continue;
            }
            for (int j = 0; j < m.columns; j++)
                fmpq_zero(&row[j]);
            fmpq_zero(&m.b[m.rows]);
        }
    }
    dtn_polyhedron set = {m.rows, m.columns, m.a, m.b, m.sense, m.nonnegative};
    dtn_lp_answer answer;
    r->lps++;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, x, NULL, &set, NULL));
    *yes = answer == DTN_LP_OPTIMAL;
    return DTN_OK;
}

static dtn_status joined(dtn_seq_run *r, const dtn_seq_outcome *a, const dtn_seq_outcome *b, bool *yes)
{
    *yes = false;
    if (!a->family || !inside(r, a, b))
        return DTN_OK;
    const dtn_seq_component *ca = &a->component[0], *cb = b->family ? &b->component[0] : NULL;
    for (int i = 0; i < ca->cells && !*yes; i++)
        for (int k = 0; k < (cb ? cb->cells : 1) && !*yes; k++) {
            side left = {a, ca, &ca->cell[i], 0},
                 right = {b, cb, cb ? &cb->cell[k] : NULL, ca->cell[i].columns};
            dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
            dtn_status status = meets(r, &left, &right, yes);
            dtn_arena_release(r->ctx->scratch, mark);
            if (status != DTN_OK)
                return status;
        }
    return DTN_OK;
}

dtn_status dtn_seq_group(dtn_seq_run *r, int *group)
{
    for (int i = 0; i < r->found->outcomes; i++)
        group[i] = i;
    for (int i = 0; i < r->found->outcomes; i++)
        for (int k = 0; k < r->found->outcomes; k++) {
            bool yes;
            if (i == k || group[i] == group[k])
                continue;
            DTN_TRY(joined(r, &r->found->outcome[i], &r->found->outcome[k], &yes));
            int from = group[i] > group[k] ? group[i] : group[k], to = group[i] + group[k] - from;
            for (int j = 0; j < r->found->outcomes && yes; j++)
                if (group[j] == from)
                    group[j] = to;
        }
    return DTN_OK;
}
