/* Sequential equilibria: every play on the path.
 *
 * Method: supports are chosen only at information sets that the supports chosen so far reach, until none is open. The
 *   conditions among reached sets alone (indifference; unplayed actions whose consequences are known) are linear in
 *   realization weights: no solution refutes the support, one gives the path, many make a family.
 * Cost: supports at reached information sets; each costs a small elimination. Exact. */
#include "num/polysystem.h"
#include "solve/sequential_parts.h"

void dtn_seq_mark_reached(dtn_seq_run *r)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    for (int h = 0; h < g->infosets; h++) {
        r->reached[h] = false;
        r->settled[h] = true;
    }
    for (int x = 0; x < g->nodes; x++) {
        int up = t->node[x].parent, h = t->node[x].infoset, above = up < 0 ? -1 : t->node[up].infoset;
        bool open =
            up >= 0 && g->nulls[x] == 0 && (r->open[up] || (r->on[up] && above >= 0 && !r->support[above]));
        bool cut = above >= 0 && r->support[above] && !dtn_seq_plays(r, above, g->into[x]);
        r->open[x] = open && !cut;
        r->on[x] = up < 0 || (r->on[up] && !open && !cut && g->nulls[x] == 0);
        if (h >= 0 && r->on[x])
            r->reached[h] = true;
        if (h >= 0 && r->open[x])
            r->settled[h] = false;
    }
}

void dtn_seq_enter(dtn_seq_run *r, const dtn_seq_outcome *o)
{
    dtn_seq_system_clear(r);
    for (int h = 0; h < r->game.infosets; h++)
        r->support[h] = o->support[h];
    dtn_seq_mark_reached(r);
    for (int x = 0; x < r->game.nodes; x++)
        r->carrier[x] = r->on[x];
    for (int a = 0; a < r->game.actions; a++) {
        r->system.known[a] = o->known[a];
        fmpq_set(&r->system.value[a], &o->weight[a]);
    }
}

static dtn_status copy_outcome(dtn_seq_run *r, dtn_seq_outcome *o, bool family)
{
    const dtn_seq_game *g = &r->game;
    *o = (dtn_seq_outcome){.run = r, .family = family, .rung = DTN_RUNG_NONE};
    DTN_ALLOC(r->ctx, r->work, o->support, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, o->reached, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, o->known, g->actions + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, o->weight, g->actions + 1);
    for (int h = 0; h < g->infosets; h++) {
        o->support[h] = r->support[h];
        o->reached[h] = r->reached[h];
    }
    for (int a = 0; a < g->actions; a++) {
        o->known[a] = r->system.known[a];
        fmpq_set(&o->weight[a], &r->system.value[a]);
    }
    return DTN_OK;
}

static dtn_status keep_outcome(dtn_seq_run *r, const dtn_seq_outcome *o)
{
    dtn_seq_found *f = r->found;
    if (f->outcomes == f->room) {
        int room = 2 * f->room + 8;
        dtn_seq_outcome *bigger;
        DTN_ALLOC(r->ctx, r->work, bigger, room);
        for (int i = 0; i < f->outcomes; i++)
            bigger[i] = f->outcome[i];
        f->outcome = bigger;
        f->room = room;
    }
    f->outcome[f->outcomes++] = *o;
    return DTN_OK;
}

/* The same play on the path was found for a higher rung. */
static bool known_path(const dtn_seq_run *r, const dtn_seq_outcome *o)
{
    for (int i = 0; i < r->found->outcomes; i++) {
        const dtn_seq_outcome *p = &r->found->outcome[i];
        bool same = p->family == o->family && p->run != r;
        for (int h = 0; h < r->game.infosets && same; h++)
            same = p->reached[h] == o->reached[h] && (!o->reached[h] || p->support[h] == o->support[h]);
        for (int a = 0; a < r->game.actions && same && !o->family; a++)
            same = p->known[a] == o->known[a] && (!o->known[a] || fmpq_equal(&p->weight[a], &o->weight[a]));
        if (same)
            return true;
    }
    return false;
}

/* The path stands: is there play and belief off it that holds it? */
static dtn_status finish_path(dtn_seq_run *r, bool family, bool exact)
{
    dtn_seq_outcome o;
    bool held;
    DTN_TRY(copy_outcome(r, &o, family));
    o.exact = exact;
    if (known_path(r, &o))
        return DTN_OK;
    DTN_TRY(dtn_seq_components(r, &o));
    DTN_TRY(dtn_seq_hold(r, &o, &held));
    if (!held) {
        r->refuted++;
        return DTN_OK;
    }
    o.rung = r->mode;
    if (!exact && o.components > 0) { /* proved on the path; off it, found at rounded weights */
        DTN_TRY(dtn_seq_doubt(r, &o, o.rung + 1, "irrational"));
        r->rounded++;
    } else if (r->mode == DTN_RUNG_SEQUENTIAL)
        DTN_TRY(dtn_seq_refine(r, &o));
    if (r->mode == DTN_RUNG_PBE)
        DTN_TRY(dtn_seq_doubt(r, &o, DTN_RUNG_NSWYDK, "nswydk"));
    else if (r->mode < DTN_RUNG_PBE && r->found->undecided)
        DTN_TRY(dtn_seq_doubt(r, &o, o.rung + 1, "nonlinear"));
    return o.rung >= r->options.rung || o.rung_unknown ? keep_outcome(r, &o) : DTN_OK;
}

/* Do the unplayed actions whose consequences are known stay unattractive? With rounded weights a gain below 2^-60 is no gain. */
static dtn_status deviations_hold(dtn_seq_run *r, bool exact, bool *holds)
{
    dtn_seq_system *s = &r->system;
    dtn_seq_system_clear(r);
    dtn_seq_path_deviations(r);
    if (exact) {
        DTN_TRY(dtn_seq_feasible(r, holds, NULL, NULL));
    } else {
        fmpq_t least;
        fmpq_init(least);
        fmpq_set_si(least, -1, UINT64_C(1) << 60);
        *holds = true;
        for (int i = 0; i < s->rows && *holds; i++)
            *holds = fmpq_cmp(&s->b[i], least) > 0;
        fmpq_clear(least);
    }
    dtn_seq_system_clear(r);
    return DTN_OK;
}

/* x[j] is the weight of unknown[j], for `unknowns` unknowns. */
static dtn_status solve_point(dtn_seq_run *r, const int *unknown, int unknowns, const fmpq *x, bool exact)
{
    dtn_seq_system *s = &r->system;
    bool holds = true;
    for (int j = 0; j < unknowns && holds; j++)
        holds = fmpq_sgn(&x[j]) > 0;
    for (int a = 0; a < r->game.actions; a++)
        s->known[a] = false;
    for (int j = 0; j < unknowns && holds; j++) {
        s->known[unknown[j]] = true;
        fmpq_set(&s->value[unknown[j]], &x[j]);
    }
    if (holds)
        DTN_TRY(deviations_hold(r, exact, &holds));
    dtn_seq_system_clear(r);
    if (holds)
        return finish_path(r, false, exact);
    r->refuted++;
    return DTN_OK;
}

/* The equations of the path as a polynomial system. */
static dtn_status read_polynomials(dtn_seq_run *r, dtn_polysystem *out)
{
    dtn_seq_system *s = &r->system;
    dtn_arena *scratch = r->ctx->scratch;
    int columns = s->unknowns + s->products, rows = 0;
    int(*factor)[DTN_POLY_FACTORS];
    fmpq *a, *b;
    DTN_ALLOC(r->ctx, scratch, factor, columns + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, a, s->rows * columns + 1);
    DTN_ALLOC_FMPQ(r->ctx, scratch, b, s->rows + 1);
    for (int c = 0; c < columns; c++)
        for (int k = 0; k < DTN_POLY_FACTORS; k++)
            factor[c][k] = c >= s->unknowns ? s->product[c - s->unknowns][k] : k == 0 ? c : -1;
    for (int i = 0; i < s->rows; i++) {
        if (s->sense[i] != DTN_LP_EQ)
            continue;
        for (int c = 0; c < columns; c++)
            fmpq_set(&a[rows * columns + c], &s->a[(size_t)i * (size_t)s->stride +
                                                   (size_t)(c < s->unknowns ? c : s->most + c - s->unknowns)]);
        fmpq_set(&b[rows++], &s->b[i]);
    }
    *out = (dtn_polysystem){s->unknowns, rows, columns, (const int(*)[DTN_POLY_FACTORS])factor, a, b};
    return DTN_OK;
}

/* Weights inside a ball, with 80 binary digits. */
static void round_weights(fmpq *x, int count)
{
    fmpz_t n;
    fmpz_init(n);
    for (int j = 0; j < count; j++) {
        fmpq_mul_2exp(&x[j], &x[j], 80);
        fmpz_fdiv_q(n, fmpq_numref(&x[j]), fmpq_denref(&x[j]));
        fmpq_set_fmpz(&x[j], n);
        fmpq_div_2exp(&x[j], &x[j], 80);
    }
    fmpz_clear(n);
}

/* Products of unknowns on the path: all solutions of the equations by elimination; if that does not say, a refutation is tried. */
static dtn_status solve_products(dtn_seq_run *r, fmpq *x)
{
    dtn_seq_system *s = &r->system;
    dtn_polysystem equations;
    dtn_polyroots roots = {.complete = false};
    int unknowns = s->unknowns, *unknown;
    DTN_ALLOC(r->ctx, r->ctx->scratch, unknown, unknowns + 1);
    for (int j = 0; j < unknowns; j++)
        unknown[j] = s->unknown[j];
    if (!s->overflow) {
        DTN_TRY(read_polynomials(r, &equations));
        DTN_TRY(dtn_polysystem_solve(r->ctx, r->work, &roots, &equations));
    }
    if (!roots.complete) {
        dtn_seq_answer answer;
        dtn_seq_path_deviations(r);
        DTN_TRY(dtn_seq_products(r, &answer, x, NULL));
        dtn_seq_system_clear(r);
        if (answer == DTN_SEQ_NO) {
            r->refuted++;
            return DTN_OK;
        }
        r->nonlinear++;
    }
    dtn_seq_system_clear(r);
    for (int k = 0; k < roots.count; k++) {
        if (!roots.exact[k])
            round_weights(&roots.value[k * unknowns], unknowns);
        DTN_TRY(solve_point(r, unknown, unknowns, &roots.value[k * unknowns], roots.exact[k]));
    }
    r->refuted += roots.complete && roots.count == 0;
    return DTN_OK;
}

static dtn_status solve_path(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    dtn_seq_solution kind;
    bool holds = false;
    for (int a = 0; a < r->game.actions; a++)
        s->known[a] = false;
    for (int x = 0; x < r->game.nodes; x++)
        r->carrier[x] = r->on[x];
    dtn_seq_system_clear(r);
    dtn_seq_path_equations(r);
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    fmpq *x = dtn_arena_fmpq(r->ctx->scratch, (size_t)r->system.codes + 1);
    if (!x)
        return dtn_fail_nomem(r->ctx);
    if (!dtn_seq_linear(r)) {
        DTN_TRY(solve_products(r, x));
        dtn_arena_release(r->ctx->scratch, mark);
        return DTN_OK;
    }
    DTN_TRY(dtn_seq_eliminate(r, &kind, x));
    if (kind == DTN_SEQ_POINT) {
        int unknowns = s->unknowns, *unknown;
        DTN_ALLOC(r->ctx, r->ctx->scratch, unknown, unknowns + 1);
        for (int j = 0; j < unknowns; j++)
            unknown[j] = s->unknown[j];
        DTN_TRY(solve_point(r, unknown, unknowns, x, true));
    } else if (kind == DTN_SEQ_FAMILY) {
        dtn_seq_answer answer;
        dtn_seq_path_deviations(r);
        if (!dtn_seq_linear(r)) {
            DTN_TRY(dtn_seq_products(r, &answer, x, NULL));
        } else {
            DTN_TRY(dtn_seq_feasible(r, &holds, x, NULL));
            answer = holds ? DTN_SEQ_YES : DTN_SEQ_NO;
        }
        r->nonlinear += answer == DTN_SEQ_UNDECIDED;
        r->refuted += answer == DTN_SEQ_NO;
        dtn_seq_system_clear(r);
        if (answer == DTN_SEQ_YES)
            DTN_TRY(finish_path(r, true, true));
    } else {
        r->refuted++;
    }
    dtn_arena_release(r->ctx->scratch, mark);
    for (int a = 0; a < r->game.actions; a++)
        s->known[a] = false;
    return DTN_OK;
}

static dtn_status choose(dtn_seq_run *r);

/* All non-empty subsets of the allowed actions at h, smaller actions first. */
static dtn_status branch(dtn_seq_run *r, int h)
{
    uint64_t allowed = r->game.allowed[h];
    for (uint64_t support = allowed & -allowed;; support = (support - allowed) & allowed) {
        if (!support)
            break; /* the next subset after the full one is empty */
        r->support[h] = support;
        DTN_TRY(choose(r));
        if (r->stopped)
            break;
    }
    r->support[h] = 0;
    return DTN_OK;
}

/* Decides the next reached information set, or solves. */
static dtn_status choose(dtn_seq_run *r)
{
    if (!dtn_seq_may_look(r))
        return DTN_OK;
    if (r->supports % 16 == 0)
        DTN_TRY(dtn_ctx_poll(r->ctx));
    dtn_seq_mark_reached(r);
    int next = dtn_seq_path_next(r);
    if (next >= 0) {
        bool refuted;
        DTN_TRY(dtn_seq_refute_early(r, &refuted));
        if (refuted) {
            r->refuted++;
            return DTN_OK;
        }
        return branch(r, next);
    }
    return solve_path(r);
}

static void clear_supports(dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++)
        r->support[h] = dtn_seq_decided(r, h) ? r->game.full[h] : 0;
}

/* One given support; one that dominance excludes, or that says nothing of a set it reaches, has no solution. */
static dtn_status try_candidate(dtn_seq_run *r, const uint64_t *candidate)
{
    clear_supports(r);
    for (;;) {
        dtn_seq_mark_reached(r);
        int h = dtn_seq_path_next(r);
        if (h < 0)
            return solve_path(r);
        if (!candidate[h] || (candidate[h] & ~r->game.allowed[h]))
            return DTN_OK;
        r->support[h] = candidate[h];
    }
}

dtn_status dtn_seq_paths(dtn_seq_run *r)
{
    for (int i = 0; i < r->options.candidates; i++)
        DTN_TRY(try_candidate(r, r->options.candidate[i]));
    clear_supports(r);
    return r->options.candidates ? DTN_OK : choose(r);
}
