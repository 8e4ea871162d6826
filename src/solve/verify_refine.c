/* Verifier: the intuitive criterion and D1 for an assessment (definitions: verify_signal.h).
 *
 * Method: B is a union of products of simplices, one for each way to choose the actions that are best together for some common
 *   weighting of types (a small linear program decides whether one exists). On such a product a gain is linear: its extremes are
 *   sums of extremes; the comparisons of D1 are linear programs over it.
 * Cost: choices of best actions, (2^actions - 1)^replies at most, with a limit; per pair of types one LP a choice. Exact.
 * Source: I.-K. Cho, D. Kreps, Quarterly J. Economics 102 (1987); J. Banks, J. Sobel, Econometrica 55 (1987). */
#include "num/lp.h"
#include "solve/verify_signal.h"

enum { MOST_PIECES = 512, MOST_ACTIONS = 12 };

typedef struct pieces {
    dtn_ctx *ctx;
    const dtn_signal *m;
    unsigned without;  /* types that must get no weight */
    unsigned *support; /* [count][replies] sets of best actions */
    int count;
    bool complete;
} pieces;

static int actions_of(const dtn_signal *m, int reply)
{
    return m->first[reply + 1] - m->first[reply];
}

/* Is there a weighting of types for which all actions of the supports of the first `replies` replies are best? */
static dtn_status weighting(pieces *p, const unsigned *support, int replies, bool *exists)
{
    const dtn_signal *m = p->m;
    dtn_arena *scratch = p->ctx->scratch;
    int rows = 1, row = 0, types = m->types;
    for (int r = 0; r < replies; r++)
        rows += actions_of(m, r);
    fmpq *a, *b, *x;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(p->ctx, scratch, a, rows * types);
    DTN_ALLOC_FMPQ(p->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(p->ctx, scratch, x, types);
    DTN_ALLOC(p->ctx, scratch, sense, rows);
    DTN_ALLOC(p->ctx, scratch, nonnegative, types);
    for (int r = 0; r < replies; r++) {
        int pick = 0;
        while (!(support[r] >> pick & 1))
            pick++;
        for (int k = 0; k < actions_of(m, r); k++, row++) {
            sense[row] = support[r] >> k & 1 ? DTN_LP_EQ : DTN_LP_LE;
            for (int t = 0; t < types; t++)
                if (!(p->without >> t & 1))
                    fmpq_sub(a + row * types + t, m->margin + (m->first[r] + k) * types + t,
                             m->margin + (m->first[r] + pick) * types + t);
        }
    }
    for (int t = 0; t < types; t++) {
        nonnegative[t] = true;
        if (!(p->without >> t & 1))
            fmpq_one(a + row * types + t);
    }
    fmpq_one(b + row);
    sense[row] = DTN_LP_EQ;
    dtn_polyhedron set = {rows, types, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(p->ctx, &answer, x, NULL, &set, NULL));
    *exists = answer == DTN_LP_OPTIMAL;
    return DTN_OK;
}

static bool covered(const pieces *p, const unsigned *support)
{
    for (int i = 0; i < p->count; i++) {
        bool inside = true;
        for (int r = 0; r < p->m->replies; r++)
            inside = inside && !(support[r] & ~p->support[i * p->m->replies + r]);
        if (inside)
            return true;
    }
    return false;
}

/* Larger sets of actions first, so that what lies in an earlier piece is left out. */
static dtn_status list_pieces(pieces *p, unsigned *support, int reply)
{
    const dtn_signal *m = p->m;
    if (reply == m->replies) {
        if (covered(p, support))
            return DTN_OK;
        p->complete = p->complete && p->count < MOST_PIECES;
        if (p->complete) {
            for (int r = 0; r < m->replies; r++)
                p->support[p->count * m->replies + r] = support[r];
            p->count++;
        }
        return DTN_OK;
    }
    for (unsigned s = (1U << actions_of(m, reply)) - 1; s && p->complete; s--) {
        bool exists;
        support[reply] = s;
        DTN_TRY(dtn_ctx_poll(p->ctx));
        dtn_arena_mark mark = dtn_arena_save(p->ctx->scratch);
        dtn_status status = weighting(p, support, reply + 1, &exists);
        dtn_arena_release(p->ctx->scratch, mark);
        DTN_TRY(status);
        if (exists)
            DTN_TRY(list_pieces(p, support, reply + 1));
    }
    return DTN_OK;
}

static dtn_status find_pieces(dtn_ctx *ctx, pieces *p, const dtn_signal *m, unsigned without)
{
    unsigned support[DTN_SIGNAL_REPLIES];
    *p = (pieces){.ctx = ctx, .m = m, .without = without, .complete = true};
    for (int r = 0; r < m->replies; r++)
        p->complete = p->complete && actions_of(m, r) <= MOST_ACTIONS;
    DTN_ALLOC(ctx, ctx->scratch, p->support, MOST_PIECES * m->replies);
    return p->complete ? list_pieces(p, support, 0) : DTN_OK;
}

/* Sign of the extreme of f_t over a piece: sign 1 the greatest, -1 the least. */
static int sign_of_extreme(const pieces *p, int piece, int t, int sign, fmpq *work)
{
    const dtn_signal *m = p->m;
    int columns = m->first[m->replies];
    const fmpq *f = m->gain + (size_t)t * (size_t)(columns + 1);
    fmpq_set(work, f + columns);
    for (int r = 0; r < m->replies; r++) {
        const fmpq *best = NULL;
        for (int k = 0; k < actions_of(m, r); k++) {
            const fmpq *value = f + m->first[r] + k;
            if ((p->support[piece * m->replies + r] >> k & 1) && (!best || sign * fmpq_cmp(value, best) > 0))
                best = value;
        }
        fmpq_add(work, work, best);
    }
    return fmpq_sgn(work);
}

/* The least f_other where f_t >= 0 (proper false), or the greatest z with f_other >= z, -f_t >= z, z <= 1 (proper true). */
static dtn_status compare(const pieces *p, int piece, int t, int other, bool proper, bool *feasible,
                          fmpq_t value)
{
    const dtn_signal *m = p->m;
    dtn_arena *scratch = p->ctx->scratch;
    int columns = m->first[m->replies], n = columns + 1, rows = m->replies + 3, row = 0;
    const fmpq *f = m->gain + (size_t)t * (size_t)n, *g = m->gain + (size_t)other * (size_t)n;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(p->ctx, scratch, a, rows * n);
    DTN_ALLOC_FMPQ(p->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(p->ctx, scratch, x, n);
    DTN_ALLOC_FMPQ(p->ctx, scratch, goal, n);
    DTN_ALLOC(p->ctx, scratch, sense, rows);
    DTN_ALLOC(p->ctx, scratch, nonnegative, n);
    for (int r = 0; r < m->replies; r++, row++) {
        fmpq_one(b + row);
        sense[row] = DTN_LP_EQ;
        for (int k = 0; k < actions_of(m, r); k++)
            if (p->support[piece * m->replies + r] >> k & 1)
                fmpq_one(a + row * n + m->first[r] + k);
    }
    for (int j = 0; j < n; j++)
        nonnegative[j] = true;
    /* actions off the piece have probability 0: columns without a row are free, so their coefficients are left out */
    for (int r = 0; r < m->replies; r++)
        for (int k = 0; k < actions_of(m, r); k++) {
            int j = m->first[r] + k;
            if (!(p->support[piece * m->replies + r] >> k & 1))
                continue;
            if (proper) {
                fmpq_neg(a + row * n + j, f + j);
                fmpq_set(a + (row + 1) * n + j, g + j);
            } else {
                fmpq_set(a + row * n + j, f + j);
                fmpq_neg(goal + j, g + j);
            }
        }
    sense[row] = sense[row + 1] = DTN_LP_GE;
    sense[row + 2] = DTN_LP_LE;
    if (proper) {
        fmpq_set(b + row, f + columns);
        fmpq_neg(b + row + 1, g + columns);
        fmpq_set_si(a + row * n + columns, -1, 1);
        fmpq_set_si(a + (row + 1) * n + columns, -1, 1);
        fmpq_one(goal + columns);
    } else {
        fmpq_neg(b + row, f + columns);
    }
    fmpq_one(a + (row + 2) * n + columns);
    fmpq_one(b + row + 2);
    dtn_polyhedron set = {rows, n, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(p->ctx, &answer, x, value, &set, goal));
    *feasible = answer == DTN_LP_OPTIMAL;
    if (*feasible && !proper) {
        fmpq_neg(value, value);
        fmpq_add(value, value, g + columns);
    }
    return DTN_OK;
}

/* {f_t >= 0} is a proper subset of {f_other > 0}. */
static dtn_status deletes(const pieces *p, int t, int other, bool *yes, fmpq *work)
{
    bool proper = false, feasible;
    *yes = true;
    for (int i = 0; i < p->count && *yes; i++) {
        DTN_TRY(compare(p, i, t, other, false, &feasible, work));
        *yes = !feasible || fmpq_sgn(work) > 0;
        DTN_TRY(compare(p, i, t, other, true, &feasible, work));
        proper = proper || (feasible && fmpq_sgn(work) > 0);
    }
    *yes = *yes && proper;
    return DTN_OK;
}

/* Weight that the assessment puts on a type after the message: is there any? */
static bool believed(const dtn_check *c, const dtn_signal *m, int type)
{
    const dtn_tree *t = c->tree;
    for (int r = 0; r < m->replies; r++)
        for (int k = 0; k < t->infoset[m->reply[r]].members; k++) {
            int node = t->members[t->infoset[m->reply[r]].first_member + k];
            for (int n = node; n > 0 && !fmpq_is_zero(c->belief + node); n = t->node[n].parent) {
                int from = t->node[t->node[n].parent].infoset;
                if (from == m->sender[type].infoset &&
                    t->infoset[from].first_action + t->node[n].branch == m->sender[type].action)
                    return true;
            }
        }
    return false;
}

static dtn_fall fall_of(const dtn_signal *m, int t, int other, dtn_rung rung, const char *note)
{
    return (dtn_fall){.rung = rung,
                      .infoset = m->sender[t].infoset,
                      .action = m->sender[t].action,
                      .player = m->player,
                      .type = m->sender[t].type,
                      .other_type = other < 0 ? -1 : m->sender[other].type,
                      .note = note};
}

typedef struct findings {
    bool intuitive_fails, d1_fails, undecided;
    dtn_fall intuitive, d1;
} findings;

static dtn_status examine(dtn_ctx *ctx, const dtn_check *c, const dtn_signal *m, findings *out)
{
    pieces p;
    fmpq *work;
    unsigned never = 0, everyone = (1U << m->types) - 1;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 1);
    DTN_TRY(find_pieces(ctx, &p, m, 0));
    for (int t = 0; t < m->types && p.complete; t++) {
        bool gains = false;
        for (int i = 0; i < p.count && !gains; i++)
            gains = sign_of_extreme(&p, i, t, 1, work) >= 0;
        never |= (unsigned)!gains << t;
        bool wrong = believed(c, m, t);
        for (int other = 0; other < m->types && wrong && !out->d1_fails; other++) {
            if (other == t)
                continue;
            DTN_TRY(deletes(&p, t, other, &out->d1_fails, work));
            if (out->d1_fails)
                out->d1 = fall_of(m, t, other, DTN_RUNG_D1, "d1");
        }
    }
    if (p.complete && never && never != everyone) {
        DTN_TRY(find_pieces(ctx, &p, m, never));
        for (int t = 0; t < m->types && p.complete && !out->intuitive_fails; t++) {
            bool always = !(never >> t & 1);
            for (int i = 0; i < p.count && always; i++)
                always = sign_of_extreme(&p, i, t, -1, work) > 0;
            if (always) {
                out->intuitive_fails = true;
                out->intuitive = fall_of(m, t, -1, DTN_RUNG_INTUITIVE, "intuitive");
            }
        }
    }
    out->undecided = out->undecided || !p.complete;
    return DTN_OK;
}

dtn_status dtn_check_refinements(dtn_ctx *ctx, dtn_check *c, dtn_rung *rung, dtn_fall *fall)
{
    dtn_signal *m;
    int count;
    const char *obstacle;
    findings f = {0};
    DTN_TRY(dtn_check_signals(ctx, c, &m, &count, &obstacle));
    for (int i = 0; i < count; i++) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = m[i].obstacle ? DTN_OK : examine(ctx, c, &m[i], &f);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
    }
    *rung = DTN_RUNG_SEQUENTIAL;
    if (f.intuitive_fails) {
        *fall = f.intuitive;
    } else if (obstacle || f.undecided) {
        *fall = (dtn_fall){.rung = DTN_RUNG_INTUITIVE,
                           .unknown = true,
                           .infoset = -1,
                           .action = -1,
                           .player = -1,
                           .type = -1,
                           .other_type = -1,
                           .note = obstacle ? obstacle : "limit"};
    } else {
        *rung = f.d1_fails ? DTN_RUNG_INTUITIVE : DTN_RUNG_D1;
        *fall = f.d1;
    }
    return DTN_OK;
}
