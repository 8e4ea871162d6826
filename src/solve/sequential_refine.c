/* Sequential equilibria: the intuitive criterion and D1.
 *
 * Method: after a message that nobody sends, let c be weights on the sender's types (common to all who answer, each of
 *   whom sees a type t with weight Pr(t | own information) c(t)). A choice of supports for the answers is feasible when one c makes all of
 *   them best; the mixed replies of the maximal feasible choices are the set B. The gain f_t of type t from the message is linear
 *   on each piece of B, so that "t never gains", "t gains wherever t' does not lose" are linear programs.
 *   Intuitive: types that gain nowhere on B are left out of c (unless all are); it fails if some type then gains on all of B.
 *   D1: t is left out when {f_t >= 0} is a proper subset of {f_t' > 0} on B for some t'; then the play off the path
 *   is solved again with no weight on those types: the path survives if something still holds it.
 * Exact. Source: I.-K. Cho, D. Kreps, Quarterly J. Economics 102 (1987); J. Banks, J. Sobel, Econometrica 55 (1987). */
#include "solve/sequential_parts.h"

typedef struct verdict {
    bool intuitive_fails, unknown;
    dtn_fall intuitive, d1; /* what to say if it fails; d1: the last type left out */
    bool any_left_out;
} verdict;

static dtn_status judge(dtn_seq_stage *s, verdict *v, bool *banned)
{
    const dtn_seq_message *m = s->m;
    uint64_t support[DTN_SEQ_REPLIES];
    bool complete = true, yes = false;
    unsigned never = 0, everyone = (1U << m->types) - 1;
    DTN_TRY(dtn_seq_read_stage(s));
    DTN_TRY(dtn_seq_pieces(s, support, 0, 0, &complete));
    for (int t = 0; t < m->types && complete; t++) {
        DTN_TRY(dtn_seq_ask(s, DTN_SEQ_GAINS_NOWHERE, t, -1, &yes));
        never |= (unsigned)yes << t;
        for (int other = 0; other < m->types; other++) {
            if (other == t || banned[m->action[t]])
                continue;
            DTN_TRY(dtn_seq_ask(s, DTN_SEQ_LESS_OFTEN, t, other, &yes));
            if (!yes)
                continue;
            banned[m->action[t]] = v->any_left_out = true;
            v->d1 = (dtn_fall){DTN_RUNG_D1, false,      m->infoset[t],  m->action[t],
                               m->player,   m->type[t], m->type[other], "d1"};
        }
    }
    if (never && never != everyone && complete) {
        s->pieces = 0;
        DTN_TRY(dtn_seq_pieces(s, support, 0, never, &complete));
        for (int t = 0; t < m->types && complete && !v->intuitive_fails; t++) {
            if (never >> t & 1)
                continue;
            DTN_TRY(dtn_seq_ask(s, DTN_SEQ_GAINS_EVERYWHERE, t, -1, &yes));
            if (!yes)
                continue;
            v->intuitive_fails = true;
            v->intuitive = (dtn_fall){DTN_RUNG_INTUITIVE, false, m->infoset[t], m->action[t], m->player,
                                      m->type[t],         -1,    "intuitive"};
        }
    }
    v->unknown = v->unknown || !complete;
    return DTN_OK;
}

static dtn_status add_fall(dtn_seq_run *r, dtn_seq_outcome *o, dtn_fall fall)
{
    if (!o->fall)
        DTN_ALLOC(r->ctx, r->arena, o->fall, 4);
    o->fall[o->falls++] = fall;
    return DTN_OK;
}

dtn_status dtn_seq_doubt(dtn_seq_run *r, dtn_seq_outcome *o, dtn_rung rung, const char *why)
{
    o->rung_unknown = true;
    return add_fall(r, o, (dtn_fall){rung, true, -1, -1, -1, -1, -1, why});
}

/* Solves off the path again without weight on banned actions; keeps what holds. */
static dtn_status hold_without(dtn_seq_run *r, dtn_seq_outcome *o, bool *banned, bool *held, bool *undecided)
{
    dtn_seq_outcome again = *o;
    long nonlinear = r->nonlinear;
    again.components = 0;
    DTN_TRY(dtn_seq_components(r, &again));
    r->banned = banned;
    dtn_status status = dtn_seq_hold(r, &again, held);
    r->banned = NULL;
    *undecided = r->nonlinear > nonlinear;
    r->nonlinear = nonlinear;
    if (status == DTN_OK && *held) { /* the same components: they depend on the path only */
        o->refined = again.component;
        o->banned = banned;
    }
    return status;
}

/* A path that is not isolated: if the member at hand survives D1, the component reaches that rung; what fails there may hold
 * elsewhere. */
static dtn_status refine_family(dtn_seq_run *r, dtn_seq_outcome *o)
{
    dtn_seq_outcome *point;
    const dtn_seq_cell *cell = &o->component[0].cell[0];
    bool held;
    DTN_ALLOC(r->ctx, r->work, point, 1);
    *point = *o;
    point->family = false;
    point->components = 0;
    DTN_ALLOC(r->ctx, r->work, point->known, r->game.actions + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, point->weight, r->game.actions + 1);
    for (int j = 0; j < cell->unknowns; j++) {
        int a = cell->unknown[j], h = r->game.tree->action[a].infoset;
        if (!o->reached[h] || !(o->support[h] >> (a - dtn_seq_set(r, h)->first_action) & 1))
            continue;
        point->known[a] = true;
        fmpq_set(&point->weight[a], &cell->point[j]);
    }
    dtn_seq_enter(r, point);
    DTN_TRY(dtn_seq_components(r, point));
    DTN_TRY(dtn_seq_hold(r, point, &held));
    if (held)
        DTN_TRY(dtn_seq_refine(r, point));
    dtn_seq_enter(r, o);
    if (!held || point->rung < DTN_RUNG_D1)
        return dtn_seq_doubt(r, o, DTN_RUNG_INTUITIVE, "family");
    o->rung = DTN_RUNG_D1;
    o->stand_in = point;
    return DTN_OK;
}

static dtn_status refine(dtn_seq_run *r, dtn_seq_outcome *o)
{
    dtn_seq_message *m;
    int count;
    const char *obstacle;
    bool *banned, held, undecided;
    verdict v = {0};
    DTN_TRY(dtn_seq_messages(r, &m, &count, &obstacle));
    if (o->family && (count || obstacle))
        return refine_family(r, o);
    DTN_ALLOC(r->ctx, r->work, banned, r->game.actions + 1);
    for (int i = 0; i < count; i++) {
        dtn_seq_stage s = {.r = r, .m = &m[i]};
        if (!m[i].obstacle)
            DTN_TRY(judge(&s, &v, banned));
    }
    if (v.intuitive_fails)
        return add_fall(r, o, v.intuitive);
    if (v.any_left_out)
        DTN_TRY(hold_without(r, o, banned, &held, &undecided));
    else
        held = true;
    if (v.any_left_out && !held && undecided)
        v.unknown = true;
    if (obstacle || v.unknown)
        return dtn_seq_doubt(r, o, DTN_RUNG_INTUITIVE, obstacle ? obstacle : "limit");
    o->rung = DTN_RUNG_INTUITIVE;
    if (!held)
        return add_fall(r, o, v.d1);
    o->rung = DTN_RUNG_D1;
    return DTN_OK;
}

dtn_status dtn_seq_refine(dtn_seq_run *r, dtn_seq_outcome *o)
{
    o->rung = DTN_RUNG_SEQUENTIAL;
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = refine(r, o);
    dtn_arena_release(r->ctx->scratch, mark);
    dtn_seq_system_clear(r);
    return status;
}
