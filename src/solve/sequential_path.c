/* Sequential equilibria: every play on the path.
 *
 * Method: supports are chosen only at information sets that the supports chosen so far reach, until none is open. The
 *   conditions among reached sets alone (indifference; unplayed actions whose consequences are known) are linear in
 *   realization weights: no solution refutes the support, one gives the path, many make a family.
 * Cost: supports at reached information sets; each costs a small elimination. Exact. */
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
static dtn_status finish_path(dtn_seq_run *r, bool family)
{
    dtn_seq_outcome o;
    bool held;
    DTN_TRY(copy_outcome(r, &o, family));
    if (known_path(r, &o))
        return DTN_OK;
    DTN_TRY(dtn_seq_components(r, &o));
    DTN_TRY(dtn_seq_hold(r, &o, &held));
    if (!held) {
        r->refuted++;
        return DTN_OK;
    }
    o.rung = r->mode;
    if (r->mode == DTN_RUNG_SEQUENTIAL)
        DTN_TRY(dtn_seq_refine(r, &o));
    if (r->mode == DTN_RUNG_PBE)
        DTN_TRY(dtn_seq_doubt(r, &o, DTN_RUNG_NSWYDK, "nswydk"));
    else if (r->mode < DTN_RUNG_PBE && r->found->undecided)
        DTN_TRY(dtn_seq_doubt(r, &o, o.rung + 1, "nonlinear"));
    return o.rung >= r->options.rung || o.rung_unknown ? keep_outcome(r, &o) : DTN_OK;
}

static dtn_status solve_point(dtn_seq_run *r, const fmpq *x)
{
    dtn_seq_system *s = &r->system;
    bool holds = true;
    for (int j = 0; j < s->unknowns && holds; j++)
        holds = fmpq_sgn(&x[j]) > 0;
    if (holds) {
        for (int j = 0; j < s->unknowns; j++) {
            s->known[s->unknown[j]] = true;
            fmpq_set(&s->value[s->unknown[j]], &x[j]);
        }
        dtn_seq_system_clear(r);
        dtn_seq_path_deviations(r);
        DTN_TRY(dtn_seq_feasible(r, &holds, NULL, NULL));
    }
    dtn_seq_system_clear(r);
    if (holds)
        return finish_path(r, false);
    r->refuted++;
    return DTN_OK;
}

/* Products of unknowns on the path: refuted, or left undecided. */
static dtn_status solve_products(dtn_seq_run *r, fmpq *x)
{
    dtn_seq_answer answer;
    dtn_seq_path_deviations(r);
    DTN_TRY(dtn_seq_products(r, &answer, x, NULL));
    if (answer == DTN_SEQ_NO)
        r->refuted++;
    else
        r->nonlinear++;
    dtn_seq_system_clear(r);
    return DTN_OK;
}

static dtn_status solve_path(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    dtn_seq_solution kind;
    bool holds = true;
    r->supports++;
    if (r->supports % 16 == 0)
        DTN_TRY(dtn_ctx_poll(r->ctx));
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
    if (s->products || s->overflow) {
        DTN_TRY(solve_products(r, x));
        dtn_arena_release(r->ctx->scratch, mark);
        return DTN_OK;
    }
    DTN_TRY(dtn_seq_eliminate(r, &kind, x));
    if (kind == DTN_SEQ_POINT) {
        DTN_TRY(solve_point(r, x));
    } else if (kind == DTN_SEQ_FAMILY) {
        dtn_seq_path_deviations(r);
        if (s->products || s->overflow)
            r->nonlinear++;
        else
            DTN_TRY(dtn_seq_feasible(r, &holds, x, NULL));
        bool undecided = s->products || s->overflow;
        dtn_seq_system_clear(r);
        if (holds && !undecided)
            DTN_TRY(finish_path(r, true));
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
    if (r->options.max_supports > 0 && r->supports >= r->options.max_supports) {
        r->stopped = true;
        return DTN_OK;
    }
    return solve_path(r);
}

dtn_status dtn_seq_paths(dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++)
        r->support[h] = dtn_seq_decided(r, h) ? r->game.full[h] : 0;
    return choose(r);
}
