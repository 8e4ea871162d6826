/* Sequential equilibria: best replies to a message that nobody sends, and who gains on them.
 *
 * Method: let c be weights on the sender's types, common to all who answer, each of whom sees a type t with weight
 *   Pr(t | own information) c(t). A choice of supports for the answers is feasible when one c makes all of them best (a linear program);
 *   the mixed replies of the maximal feasible choices are the pieces of the reply set B. The gain of a type is linear on each,
 *   so that "never gains", "always gains", "gains wherever another does not lose" are linear programs.
 * Cost: exponential in the answers, with one linear program a choice. Exact.
 * Source: I.-K. Cho, D. Kreps, Quarterly J. Economics 102 (1987); J. Banks, J. Sobel, Econometrica 55 (1987). */
#include "solve/sequential_parts.h"

enum { MOST_PIECES = 256 };

/* --- the linear data ----------------------------------------------------------------------------- */

static void read_row(const dtn_seq_stage *s, fmpq *out)
{
    const dtn_seq_system *y = &s->r->system;
    const fmpq *row = y->a + (size_t)(y->rows - 1) * (size_t)y->stride;
    for (int i = 0; i < s->m->replies; i++) {
        const dtn_infoset *set = dtn_seq_set(s->r, s->m->reply[i]);
        for (int k = 0; k < set->actions; k++) {
            int column = y->column[set->first_action + k];
            if (column >= 0)
                fmpq_set(&out[s->first[i] + k], &row[column]);
        }
    }
    fmpq_neg(&out[s->columns], &y->b[y->rows - 1]);
}

/* Values of a reply against its first allowed action, by the type that sent the message. */
static void read_margin(dtn_seq_stage *s, int reply)
{
    dtn_seq_run *r = s->r;
    const dtn_seq_system *y = &r->system;
    const dtn_infoset *set = dtn_seq_set(r, s->m->reply[reply]);
    for (int k = 0; k < set->members; k++) {
        int x = dtn_seq_member(r, s->m->reply[reply], k);
        bool plain = r->game.nulls[x] == 0;
        int unplayed = 0;
        for (int n = x; n > 0 && plain; n = r->game.tree->node[n].parent) {
            int a = r->game.into[n], g = a < 0 ? -1 : r->game.tree->action[a].infoset;
            unplayed += a >= 0 && !dtn_seq_plays(r, g, a);
        }
        r->carrier[x] = plain && unplayed == 1; /* only the message itself */
    }
    for (int k = 0; k < set->actions; k++) {
        dtn_seq_system_clear(r);
        if (!(r->game.allowed[s->m->reply[reply]] >> k & 1))
            continue;
        dtn_seq_add_optimality(r, s->m->reply[reply], set->first_action + k);
        const fmpq *row = y->a + (size_t)(y->rows - 1) * (size_t)y->stride;
        for (int i = 0; i < s->m->types; i++) {
            int column = y->column[s->m->action[i]];
            if (column >= 0)
                fmpq_set(&s->margin[(s->first[reply] + k) * s->m->types + i], &row[column]);
        }
    }
    dtn_seq_system_clear(r);
}

dtn_status dtn_seq_read_stage(dtn_seq_stage *s)
{
    dtn_seq_run *r = s->r;
    const dtn_seq_message *m = s->m;
    for (int i = 0; i < m->replies; i++) {
        const dtn_infoset *set = dtn_seq_set(r, m->reply[i]);
        s->first[i] = s->columns;
        s->columns += set->actions;
    }
    s->first[m->replies] = s->columns;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, s->gain, m->types * (s->columns + 1));
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, s->margin, s->columns * m->types + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, s->total, m->replies + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->piece, MOST_PIECES * m->replies + 1);
    for (int i = 0; i < m->replies; i++)
        r->support[m->reply[i]] = r->game.allowed[m->reply[i]];
    for (int i = 0; i < m->types; i++) {
        dtn_seq_system_clear(r);
        dtn_seq_add_optimality(r, m->infoset[i], m->action[i]);
        read_row(s, s->gain + i * (s->columns + 1));
    }
    for (int i = 0; i < m->replies; i++)
        read_margin(s, i);
    for (int i = 0; i < m->replies; i++) {
        int prior = dtn_seq_alias(r, r->game.prior[m->reply[i]]);
        if (prior < 0)
            fmpq_one(&s->total[i]);
        else
            fmpq_set(&s->total[i], &r->system.value[prior]);
    }
    for (int i = 0; i < m->replies; i++)
        r->support[m->reply[i]] = 0;
    return DTN_OK;
}

/* --- pieces of the reply set --------------------------------------------------------------------- */

/* Is there a c, zero on left_out types, for which the supports of the first `replies` answers are all best? */
static dtn_status weights_exist(dtn_seq_stage *s, const uint64_t *support, int replies, unsigned left_out,
                                bool *exist)
{
    dtn_seq_run *r = s->r;
    int n = s->m->types, rows = 1;
    for (int i = 0; i < replies; i++)
        rows += dtn_seq_set(r, s->m->reply[i])->actions;
    dtn_arena *scratch = r->ctx->scratch;
    fmpq *a, *b, *x;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, (rows + 1) * n);
    DTN_ALLOC_FMPQ(r->ctx, scratch, b, rows + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, x, n);
    DTN_ALLOC(r->ctx, scratch, sense, rows + 1);
    DTN_ALLOC(r->ctx, scratch, nonnegative, n);
    int row = 0;
    for (int i = 0; i < replies; i++) {
        int pick = 0;
        while (!(support[i] >> pick & 1))
            pick++;
        for (int k = 0; k < s->first[i + 1] - s->first[i]; k++) {
            if (k == pick || !(r->game.allowed[s->m->reply[i]] >> k & 1))
                continue;
            for (int t = 0; t < n; t++)
                fmpq_sub(&a[row * n + t], &s->margin[(s->first[i] + k) * n + t],
                         &s->margin[(s->first[i] + pick) * n + t]);
            sense[row++] = support[i] >> k & 1 ? DTN_LP_EQ : DTN_LP_LE;
        }
    }
    for (int t = 0; t < n; t++) {
        nonnegative[t] = true;
        if (!(left_out >> t & 1))
            fmpq_one(&a[row * n + t]);
    }
    fmpq_one(&b[row]);
    sense[row++] = DTN_LP_EQ;
    for (int t = 0; t < n; t++)
        if (left_out >> t & 1)
            fmpq_one(&a[row * n + t]);
    if (left_out)
        sense[row++] = DTN_LP_EQ;
    dtn_polyhedron set = {row, n, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    r->lps++;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, x, NULL, &set, NULL));
    *exist = answer == DTN_LP_OPTIMAL;
    return DTN_OK;
}

/* Larger supports first, so that a piece inside an earlier one is dropped at once. */
dtn_status dtn_seq_pieces(dtn_seq_stage *s, uint64_t *support, int i, unsigned left_out, bool *complete)
{
    dtn_seq_run *r = s->r;
    if (i == s->m->replies) {
        for (int p = 0; p < s->pieces; p++) {
            bool inside = true;
            for (int k = 0; k < i; k++)
                inside = inside && (support[k] & ~s->piece[p * i + k]) == 0;
            if (inside)
                return DTN_OK;
        }
        if (s->pieces == MOST_PIECES) {
            *complete = false;
            return DTN_OK;
        }
        for (int k = 0; k < i; k++)
            s->piece[s->pieces * i + k] = support[k];
        s->pieces++;
        return DTN_OK;
    }
    uint64_t allowed = r->game.allowed[s->m->reply[i]];
    for (uint64_t sub = allowed; sub; sub = (sub - 1) & allowed) {
        bool exist = false;
        support[i] = sub;
        dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
        dtn_status status = weights_exist(s, support, i + 1, left_out, &exist);
        dtn_arena_release(r->ctx->scratch, mark);
        if (status == DTN_OK && exist)
            status = dtn_seq_pieces(s, support, i + 1, left_out, complete);
        if (status != DTN_OK)
            return status;
    }
    return DTN_OK;
}

/* --- gains on the reply set ---------------------------------------------------------------------- */

/* One condition on replies: sign * f_type >= constant + slack * z. */
typedef struct condition {
    int type, sign;
    bool slack;
} condition;

/* max z (or max sign * f of objective, when objective >= 0) over replies of one piece under conditions. *found = feasible. */
static dtn_status extreme(dtn_seq_stage *s, int piece, const condition *c, int conditions, int objective,
                          int sign, bool *found, fmpq_t best)
{
    dtn_seq_run *r = s->r;
    dtn_arena *scratch = r->ctx->scratch;
    int n = s->columns + 1, rows = s->m->replies + conditions + 2, row = 0, w = s->columns + 1;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, rows * n);
    DTN_ALLOC_FMPQ(r->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(r->ctx, scratch, x, n);
    DTN_ALLOC_FMPQ(r->ctx, scratch, goal, n);
    DTN_ALLOC(r->ctx, scratch, sense, rows);
    DTN_ALLOC(r->ctx, scratch, nonnegative, n);
    for (int j = 0; j < n; j++)
        nonnegative[j] = true;
    for (int i = 0; i < s->m->replies; i++, row++) {
        sense[row] = DTN_LP_EQ;
        fmpq_set(&b[row], &s->total[i]);
        for (int j = s->first[i]; j < s->first[i + 1]; j++) {
            bool in = s->piece[piece * s->m->replies + i] >> (j - s->first[i]) & 1;
            if (in)
                fmpq_one(&a[row * n + j]);
            else /* excluded: pushed to zero by the row below */
                fmpq_one(&a[(rows - 1) * n + j]);
        }
    }
    for (int i = 0; i < conditions; i++, row++) {
        const fmpq *f = s->gain + c[i].type * w;
        sense[row] = DTN_LP_GE;
        for (int j = 0; j < s->columns; j++)
            fmpq_mul_si(&a[row * n + j], &f[j], c[i].sign);
        fmpq_mul_si(&b[row], &f[s->columns], -c[i].sign);
        if (c[i].slack)
            fmpq_set_si(&a[row * n + s->columns], -1, 1);
    }
    fmpq_one(&a[row * n + s->columns]); /* z <= 1 */
    fmpq_one(&b[row]);
    sense[row++] = DTN_LP_LE;
    sense[row] = DTN_LP_EQ;
    if (objective < 0)
        fmpq_one(&goal[s->columns]);
    for (int j = 0; j < s->columns && objective >= 0; j++)
        fmpq_mul_si(&goal[j], &s->gain[objective * w + j], sign);
    dtn_polyhedron set = {rows, n, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    r->lps++;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, x, best, &set, goal));
    *found = answer == DTN_LP_OPTIMAL;
    if (*found && objective >= 0) {
        fmpq_mul_si(x, &s->gain[objective * w + s->columns], sign);
        fmpq_add(best, best, x);
    }
    return DTN_OK;
}

/* The three questions, piece by piece. DTN_SEQ_LESS_OFTEN: {f_t >= 0} is a proper subset of {f_other > 0}. */
dtn_status dtn_seq_ask(dtn_seq_stage *s, dtn_seq_question q, int t, int other, bool *yes)
{
    fmpq *best = dtn_arena_fmpq(s->r->ctx->scratch, 1);
    if (!best)
        return dtn_fail_nomem(s->r->ctx);
    bool found = false, proper = false;
    *yes = true;
    for (int p = 0; p < s->pieces && *yes; p++) {
        condition holds = {t, 1, false}, strict[2] = {{other, 1, true}, {t, -1, true}};
        if (q == DTN_SEQ_GAINS_NOWHERE) {
            DTN_TRY(extreme(s, p, NULL, 0, t, 1, &found, best));
            *yes = !found || fmpq_sgn(best) < 0;
        } else if (q == DTN_SEQ_GAINS_EVERYWHERE) {
            DTN_TRY(extreme(s, p, NULL, 0, t, -1, &found, best));
            *yes = !found || fmpq_sgn(best) < 0;
        } else {
            DTN_TRY(extreme(s, p, &holds, 1, other, -1, &found, best));
            *yes = !found || fmpq_sgn(best) < 0;
            DTN_TRY(extreme(s, p, strict, 2, -1, 1, &found, best));
            proper = proper || (found && fmpq_sgn(best) > 0);
        }
    }
    *yes = *yes && (q != DTN_SEQ_LESS_OFTEN || proper);
    return DTN_OK;
}
