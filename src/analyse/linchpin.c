/* Which claims a conclusion cannot do without.
 *
 * Method: without a set of claims, each parameter that they speak of lies in the `else` of those dropped and the `effect` of those
 *   kept, the others stand at the point. A conclusion stays when it is the same all over that box, which space.c proves by
 *   subdivision or refutes by a point. Sets are tried from the smallest; what holds one already found is left out, so that those found
 *   are the minimal ones: all of them, up to LARGEST claims where there are many.
 * Cost: a subdivision a set of claims; at most 2^claims sets, a few dozens where parameters have one claim each.
 * Exact: PROVED and NOT. Source: minimal hitting sets, R. Reiter, Artif. Intell. 32 (1987). */
#include "analyse/linchpin.h"

#include <string.h>

#include "analyse/regions.h"

enum {
    MOST_ACTS = 4,
    MOST_LINCHPINS = 16,
    LARGEST = 4,
    MANY = 10,
    MOST_CLAIMS = 62,
    BOXES = 600,
    MOST_EFFORT = 2000
};

typedef struct asker {
    dtn_ctx *ctx;
    dtn_arena *arena, *work; /* work: faces and boxes of one question */
    dtn_sweep *sweep;        /* owned; asks the conclusion */
    int pattern;
    const int *claim; /* [claims] that have ranges of parameters that matter */
    int claims;
    int param[DTN_REGION_PARAMS], params; /* of the last box */
    fmpq *lo, *hi;                        /* [DTN_REGION_PARAMS] */
    fmpq *at;                             /* where it was refuted */
} asker;

static bool speaks_of(const dtn_scenario *s, const dtn_scn_link *l, int param)
{
    if (!l->has_effect || !l->has_else || s->param[param].formula)
        return false;
    return l->element.kind == DTN_ELEMENT_FAMILY
               ? s->param[param].family_index == l->element.index
               : l->element.kind == DTN_ELEMENT_PARAM && l->element.index == param;
}

static bool is_dropped(const asker *a, uint64_t set, int claim)
{
    for (int i = 0; i < a->claims; i++)
        if (a->claim[i] == claim)
            return set >> i & 1;
    return false;
}

/* The box without a set of claims: only parameters of dropped claims move. */
static void make_box(asker *a, uint64_t set)
{
    const dtn_scenario *s = a->sweep->scenario;
    a->params = 0;
    for (int p = 0; p < s->params && a->params < DTN_REGION_PARAMS; p++) {
        fmpq *lo = a->lo + a->params, *hi = a->hi + a->params;
        bool any = false, dropped = false;
        for (int l = 0; a->sweep->matters[p] && l < s->links; l++) {
            const dtn_scn_link *link = &s->link[l];
            if (!speaks_of(s, link, p))
                continue;
            bool gone = is_dropped(a, set, link->claim);
            const fmpq *from = gone ? &link->else_lo : &link->effect_lo,
                       *to = gone ? &link->else_hi : &link->effect_hi;
            if (!any || fmpq_cmp(from, lo) > 0)
                fmpq_set(lo, from);
            if (!any || fmpq_cmp(to, hi) < 0)
                fmpq_set(hi, to);
            any = true;
            dropped = dropped || gone;
        }
        if (dropped && fmpq_cmp(lo, hi) < 0)
            a->param[a->params++] = p;
    }
}

static dtn_status ask_box(asker *a, dtn_stays *out)
{
    dtn_faces *faces;
    dtn_space *space;
    double share[64], open;
    bool other = false;
    DTN_TRY(dtn_faces_new(a->ctx, &faces, a->sweep, a->param, a->params));
    dtn_status status = dtn_space_new(a->ctx, &space, a->work, faces, a->lo, a->hi);
    if (status == DTN_OK)
        status = dtn_space_measure(a->ctx, space, share, &open, BOXES, UINT64_C(1) << a->pattern, &other);
    if (status == DTN_OK) {
        *out = other                                         ? DTN_STAYS_NOT
               : open <= 0 && share[DTN_REGION_UNKNOWN] <= 0 ? DTN_STAYS_PROVED
                                                             : DTN_STAYS_SEEN;
        for (int k = 0; k < a->params && other; k++)
            fmpq_set(a->at + k, space->point + k);
    }
    dtn_faces_free(faces);
    return status;
}

/* Does the conclusion stay over the box in hand? */
static dtn_status stays_on(asker *a, dtn_stays *out)
{
    *out = DTN_STAYS_UNASKED;
    if (a->params == 0)
        return DTN_OK;
    dtn_arena_mark mark = dtn_arena_save(a->ctx->scratch);
    a->work = dtn_arena_new(a->ctx);
    dtn_status status = a->work ? ask_box(a, out) : dtn_fail_nomem(a->ctx);
    dtn_arena_free(a->work);
    dtn_arena_release(a->ctx->scratch, mark);
    return status;
}

static dtn_status stays_without(asker *a, dtn_stays *out, uint64_t set)
{
    make_box(a, set);
    return stays_on(a, out);
}

/* --- minimal sets -------------------------------------------------------------------------------- */

static int size_of(uint64_t set)
{
    int size = 0;
    for (; set; set &= set - 1)
        size++;
    return size;
}

static dtn_status keep(asker *a, dtn_linchpin *out, uint64_t set)
{
    int *claim, *param;
    DTN_ALLOC(a->ctx, a->arena, claim, size_of(set));
    DTN_ALLOC(a->ctx, a->arena, param, a->params);
    DTN_ALLOC_FMPQ(a->ctx, a->arena, out->value, a->params);
    for (int i = 0; i < a->claims; i++)
        if (set >> i & 1)
            claim[out->claims++] = a->claim[i];
    for (int k = 0; k < a->params; k++) {
        param[k] = a->param[k];
        fmpq_set(out->value + k, a->at + k);
    }
    out->claim = claim;
    out->param = param;
    out->params = a->params;
    return DTN_OK;
}

static dtn_status find_sets(asker *a, dtn_conclusion *c, int largest)
{
    dtn_linchpin *list;
    uint64_t found[MOST_LINCHPINS];
    dtn_stays stays;
    DTN_ALLOC(a->ctx, a->arena, list, MOST_LINCHPINS);
    c->linchpin = list;
    c->proved = true;
    for (int size = 1; size <= largest && size <= a->claims; size++)
        for (uint64_t set = (UINT64_C(1) << size) - 1;
             set < UINT64_C(1) << a->claims && c->linchpins < MOST_LINCHPINS;) {
            bool minimal = true;
            for (int i = 0; i < c->linchpins; i++)
                minimal = minimal && (set & found[i]) != found[i];
            if (minimal) {
                DTN_TRY(stays_without(a, &stays, set));
                c->proved = c->proved && stays != DTN_STAYS_SEEN;
                if (stays == DTN_STAYS_NOT) {
                    DTN_TRY(keep(a, &list[c->linchpins], set));
                    found[c->linchpins++] = set;
                }
            }
            uint64_t low = set & -set, next = set + low; /* the next set of as many claims */
            set = (((next ^ set) >> 2) / low) | next;
        }
    return DTN_OK;
}

/* --- audits -------------------------------------------------------------------------------------- */

/* The contrary of one claim: its parameters lie where `else` has what `effect` has not. Each side is a box of its own; with equal
 * rating both the claim and its contrary may hold, so that the conclusion has to stay on all of them. */
static dtn_status deny(asker *a, dtn_stays *out, int which)
{
    const dtn_scenario *s = a->sweep->scenario;
    *out = DTN_STAYS_UNASKED;
    for (int l = 0; l < s->links; l++)
        for (int p = 0; p < s->params; p++) {
            const dtn_scn_link *link = &s->link[l];
            if (link->claim != a->claim[which] || !speaks_of(s, link, p) || !a->sweep->matters[p])
                continue;
            for (int side = 0; side < 2; side++) {
                dtn_stays own;
                fmpq_set(a->lo, side ? &link->effect_hi : &link->else_lo);
                fmpq_set(a->hi, side ? &link->else_hi : &link->effect_lo);
                a->param[0] = p;
                a->params = fmpq_cmp(a->lo, a->hi) < 0 ? 1 : 0;
                DTN_TRY(stays_on(a, &own));
                *out = own > *out ? own : *out;
            }
        }
    return DTN_OK;
}

/* The rung of the ladder on which a claim stands. */
static int rung_of(const dtn_scn_claim *c, bool attributed)
{
    bool fact =
        c->kind == DTN_CLAIM_FACT && (c->check == DTN_CHECK_CHECKED_TRUE || c->check == DTN_CHECK_CHECKABLE);
    int depth = c->chain_actors + (c->source >= 0) - 2;
    return attributed ? 3 : fact && depth <= 0 ? 0 : depth <= 0 ? 1 : 2;
}

static dtn_status audit(asker *a, dtn_conclusion *c, const int *rung)
{
    const dtn_scenario *s = a->sweep->scenario;
    DTN_ALLOC(a->ctx, a->arena, c->alone, s->claims);
    DTN_ALLOC(a->ctx, a->arena, c->denied, s->claims);
    DTN_ALLOC(a->ctx, a->arena, c->party, s->players);
    for (int i = 0; i < a->claims; i++) {
        DTN_TRY(stays_without(a, &c->alone[a->claim[i]], UINT64_C(1) << i));
        DTN_TRY(deny(a, &c->denied[a->claim[i]], i));
    }
    for (int r = 0; r < DTN_LADDER; r++) {
        uint64_t above = 0;
        for (int i = 0; i < a->claims; i++)
            above |= (uint64_t)(rung[a->claim[i]] > r) << i;
        DTN_TRY(stays_without(a, &c->ladder[r], above));
    }
    for (int p = 0; p < s->players; p++) {
        uint64_t own = 0;
        for (int i = 0; i < a->claims; i++) {
            const dtn_scn_claim *claim = &s->claim[a->claim[i]];
            own |= (uint64_t)(claim->chain_actors && s->actor[claim->chain[0]].party == p) << i;
        }
        DTN_TRY(stays_without(a, &c->party[p], own));
    }
    return DTN_OK;
}

/* --- conclusions --------------------------------------------------------------------------------- */

static dtn_status conclude(asker *a, dtn_conclusion *c, bool *known, const int *rung, int largest)
{
    const dtn_snapshot *now;
    DTN_TRY(dtn_sweep_at(a->ctx, &now, a->sweep, -1, NULL));
    *known = now->inside && now->complete && now->pattern >= 0 && now->pattern < DTN_REGION_PATTERNS;
    if (!*known)
        return DTN_OK;
    a->pattern = c->pattern = now->pattern;
    DTN_TRY(find_sets(a, c, largest));
    return audit(a, c, rung);
}

static dtn_status find_claims(asker *a, const dtn_scenario *s, const bool *matters)
{
    int *claim;
    DTN_ALLOC(a->ctx, a->arena, claim, s->claims);
    a->claim = claim;
    for (int c = 0; c < s->claims && a->claims < MOST_CLAIMS; c++) {
        bool any = false;
        for (int l = 0; l < s->links; l++)
            for (int p = 0; p < s->params && !any; p++)
                any = s->link[l].claim == c && speaks_of(s, &s->link[l], p) && matters[p];
        if (any)
            claim[a->claims++] = c;
    }
    return DTN_OK;
}

dtn_status dtn_linchpins_find(dtn_ctx *ctx, dtn_arena *arena, dtn_linchpins *out, const dtn_sweep *sweep,
                              const char *const *target, int targets, const bool *attributed)
{
    const dtn_scenario *s = sweep->scenario;
    asker a = {.ctx = ctx, .arena = arena};
    dtn_conclusion *list;
    int *rung, acts = 0;
    fmpq *half;
    *out = (dtn_linchpins){0};
    DTN_TRY(find_claims(&a, s, sweep->matters));
    if (a.claims == 0 || sweep->effort > MOST_EFFORT || !sweep->reprices || !sweep->tree->payoff_formula) {
        out->left_out =
            a.claims == 0 ? "no claim has ranges for a number that matters" : "the game takes long to solve";
        return DTN_OK;
    }
    DTN_ALLOC(ctx, arena, list, 2 + MOST_ACTS);
    DTN_ALLOC(ctx, arena, rung, s->claims);
    DTN_ALLOC_FMPQ(ctx, arena, half, 1);
    DTN_ALLOC_FMPQ(ctx, arena, a.lo, 3 * DTN_REGION_PARAMS);
    a.hi = a.lo + DTN_REGION_PARAMS;
    a.at = a.hi + DTN_REGION_PARAMS;
    fmpq_set_si(half, 1, 2);
    for (int c = 0; c < s->claims; c++)
        rung[c] = rung_of(&s->claim[c], attributed[c]);
    out->conclusion = list;
    out->rung = rung;
    out->largest = a.claims > MANY ? LARGEST : 0;
    for (int act = -2; act < sweep->tree->actions; act++) {
        dtn_conclusion *c = &list[out->conclusions];
        bool known = false;
        if ((act == -1 && targets == 0) ||
            (act >= 0 && (sweep->tree->action[act].kind == DTN_ACT_PLAIN || acts++ == MOST_ACTS)))
            continue;
        *c = (dtn_conclusion){.kind = act == -2   ? DTN_CONCLUDE_CLASS
                                      : act == -1 ? DTN_CONCLUDE_TARGET
                                                  : DTN_CONCLUDE_ACT,
                              .act = act};
        DTN_TRY(dtn_sweep_new(ctx, &a.sweep, s, &sweep->point, sweep->rung, target, targets));
        a.sweep->asks = act == -2 ? DTN_ASKS_CLASSES : act == -1 ? DTN_ASKS_TARGET : DTN_ASKS_ACT;
        a.sweep->prob = half;
        a.sweep->act = act;
        a.sweep->classes_only = act == -2;
        dtn_status status = conclude(&a, c, &known, rung, out->largest ? LARGEST : a.claims);
        dtn_sweep_free(a.sweep);
        DTN_TRY(status);
        out->conclusions += known;
        if (acts > MOST_ACTS)
            break;
    }
    return DTN_OK;
}
