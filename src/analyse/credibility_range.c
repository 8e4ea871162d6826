/* Credibility over the ranges of the parameters: where a threat or promise is a best choice in every equilibrium.
 *
 * Method: one parameter at a time, exact stretches of that verdict by sign traces (bind_lever.c); over the file's two map parameters a
 *   proved map (regions_map.c); over the whole box the verdict at points spread evenly (an additive recurrence in the inverse powers of
 *   the generalised golden ratio).
 * Cost: a traced line an act and parameter, a map, one solution a sampled point. Exact, but for the share of the whole box, which is
 *   counted. Source: M. Roberts, The unreasonable effectiveness of quasirandom sequences, 2018 (the recurrence). */
#include <math.h>

#include "analyse/bind_parts.h"
#include "analyse/credibility.h"

enum { MOST_EFFORT = 500, SAMPLES = 256, LEVEL = 7, FINENESS = 20 };

typedef struct ranger {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_credibility_answer *answer;
    const dtn_scenario *s;
    const dtn_point *point;
    const fmpq *one;
} ranger;

static bool can_move(const dtn_scn_param *p)
{
    return p->ranged && !p->formula && !fmpq_equal(&p->lo, &p->hi);
}

static dtn_status open_sweep(const ranger *r, dtn_sweep **out, const dtn_act_range *range)
{
    DTN_TRY(dtn_sweep_new(r->ctx, out, r->s, r->point, r->answer->rung, NULL, 0));
    (*out)->asks = DTN_ASKS_ACT;
    (*out)->act = range->action;
    (*out)->prob = r->one;
    return DTN_OK;
}

static dtn_status add_formulas(const ranger *r, dtn_bind_item *item, const dtn_line *line)
{
    for (int i = 0; i < item->intervals; i++) {
        dtn_bind_interval *v = (dtn_bind_interval *)&item->interval[i];
        DTN_TRY(dtn_bind_formula(r->ctx, r->arena, &v->lo, line->sweep, item->lever, line->lo, line->hi));
        DTN_TRY(dtn_bind_formula(r->ctx, r->arena, &v->hi, line->sweep, item->lever, line->lo, line->hi));
    }
    return DTN_OK;
}

static dtn_status follow(const ranger *r, dtn_act_range *range, dtn_sweep *sweep, int param)
{
    const dtn_scn_param *p = &r->s->param[param];
    dtn_bind_item *item = (dtn_bind_item *)&range->line[range->lines];
    dtn_line *line;
    dtn_faces *faces;
    const dtn_stretch *stretch;
    int stretches;
    bool proved;
    DTN_TRY(dtn_line_scan(r->ctx, &line, sweep, param, &p->lo, &p->hi, 1));
    DTN_TRY(dtn_faces_new(r->ctx, &faces, sweep, &param, 1));
    dtn_status status = dtn_faces_line(r->ctx, sweep->arena, &stretch, &stretches, faces, line->lo, line->hi);
    if (status == DTN_OK)
        status = dtn_bind_prove(r->ctx, r->arena, &proved, item, line, faces, stretch, stretches,
                                DTN_PREDICATE_EVERY);
    dtn_faces_free(faces);
    DTN_TRY(status);
    bool whole =
        proved && item->intervals == 1 && item->interval[0].lo.range_end && item->interval[0].hi.range_end;
    if (!proved) {
        range->undecided++;
    } else if (whole || item->intervals == 0) {
        range->steady++;
    } else {
        DTN_TRY(add_formulas(r, item, line));
        DTN_TRY(dtn_bind_least(r->ctx, item, r->s, r->point));
        range->lines++;
    }
    return DTN_OK;
}

static dtn_status follow_all(const ranger *r, dtn_act_range *range)
{
    dtn_bind_item *line;
    DTN_ALLOC(r->ctx, r->arena, line, r->s->params);
    range->line = line;
    for (int i = 0; i < r->s->params; i++) {
        dtn_sweep *sweep;
        if (!can_move(&r->s->param[i]))
            continue;
        DTN_TRY(open_sweep(r, &sweep, range));
        dtn_status status = DTN_OK;
        if (sweep->matters[i])
            status = follow(r, range, sweep, i);
        dtn_sweep_free(sweep);
        DTN_TRY(status);
    }
    return DTN_OK;
}

/* The two parameters of the file's map. */
static dtn_status map_share(const ranger *r, dtn_act_range *range)
{
    const dtn_scn_ask *ask = &r->s->ask;
    dtn_sweep *sweep;
    dtn_faces *faces = NULL;
    dtn_region_map map;
    fmpq *ends, *share;
    if (ask->maps < 2 || !can_move(&r->s->param[ask->map[0]]) || !can_move(&r->s->param[ask->map[1]]))
        return DTN_OK;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, ends, 5);
    share = ends + 4;
    fmpq_set_si(share, 1, 400);
    for (int k = 0; k < 2; k++) {
        range->map[k] = ask->map[k];
        fmpq_set(ends + k, &r->s->param[ask->map[k]].lo);
        fmpq_set(ends + 2 + k, &r->s->param[ask->map[k]].hi);
    }
    dtn_map_options options = {.level = LEVEL, .deepest = LEVEL + 2, .share = share};
    DTN_TRY(open_sweep(r, &sweep, range));
    dtn_status status = dtn_faces_new(r->ctx, &faces, sweep, range->map, 2);
    if (status == DTN_OK)
        status = dtn_region_map_make(r->ctx, sweep->arena, &map, faces, ends, ends + 2, &options);
    if (status == DTN_OK)
        status = dtn_region_map_finish(r->ctx, sweep->arena, &map, faces, ends, ends + 2);
    for (int i = 0; status == DTN_OK && i < map.regions; i++) {
        range->mapped = true;
        if (map.region[i].pattern < 4 && (map.region[i].pattern & DTN_VERDICT_EVERY)) {
            fmpq_add(&range->share_lo, &range->share_lo, &map.region[i].share.lo);
            fmpq_add(&range->share_hi, &range->share_hi, &map.region[i].share.hi);
        }
    }
    dtn_faces_free(faces);
    dtn_sweep_free(sweep);
    return status;
}

/* x with x^(n + 1) = x + 1: its inverse powers spread n coordinates evenly. */
static double golden(int n)
{
    double x = 2;
    for (int i = 0; i < 64; i++)
        x = pow(1 + x, 1.0 / (n + 1));
    return x;
}

static dtn_status sample(const ranger *r, dtn_act_range *range)
{
    dtn_sweep *sweep;
    int moving = 0;
    for (int i = 0; i < r->s->params; i++)
        moving += can_move(&r->s->param[i]);
    double root = golden(moving);
    DTN_TRY(open_sweep(r, &sweep, range));
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, x, 2);
    dtn_status status = DTN_OK;
    for (long k = 1; k <= 4 * (long)SAMPLES && range->sampled < SAMPLES && status == DTN_OK; k++) {
        const dtn_snapshot *found;
        double step = 1;
        for (int i = 0; i < r->s->params; i++) {
            const dtn_scn_param *p = &r->s->param[i];
            if (!can_move(p))
                continue;
            step /= root;
            double at = fmod(0.5 + (double)k * step, 1.0);
            fmpq_set_si(x, (long)(at * (double)(1L << FINENESS)), 1);
            fmpq_div_2exp(x, x, FINENESS);
            fmpq_sub(x + 1, &p->hi, &p->lo);
            fmpq_mul(x, x, x + 1);
            fmpq_add(&sweep->point.value[i], x, &p->lo);
        }
        status = dtn_sweep_at(r->ctx, &found, sweep, -1, NULL);
        if (status == DTN_OK && found->inside && found->complete) {
            range->sampled++;
            range->credible += (found->pattern & DTN_VERDICT_EVERY) != 0;
        }
    }
    dtn_sweep_free(sweep);
    return status;
}

static dtn_status find(const ranger *r, dtn_act_range *range)
{
    dtn_sweep *sweep;
    const dtn_snapshot *now;
    DTN_TRY(open_sweep(r, &sweep, range));
    dtn_status status = dtn_sweep_now(r->ctx, &now, sweep);
    if (status == DTN_OK) {
        range->now = (now->pattern & DTN_VERDICT_EVERY) != 0;
        if (!now->complete || sweep->effort > MOST_EFFORT)
            status = dtn_fail(r->ctx, DTN_UNSUPPORTED, "the game is too large to be solved again and again");
    }
    dtn_sweep_free(sweep);
    DTN_TRY(status);
    DTN_TRY(follow_all(r, range));
    DTN_TRY(map_share(r, range));
    return sample(r, range);
}

dtn_status dtn_credibility_ranges(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer,
                                  const dtn_scenario *s, const dtn_point *point)
{
    const dtn_tree *tree = answer->tree;
    dtn_act_range *range;
    fmpq *one;
    int acts = 0;
    for (int a = 0; a < tree->actions; a++)
        acts += tree->action[a].kind != DTN_ACT_PLAIN;
    DTN_ALLOC(ctx, arena, range, acts);
    DTN_ALLOC_FMPQ(ctx, arena, one, 1);
    fmpq_one(one);
    ranger r = {ctx, arena, answer, s, point, one};
    answer->range = range;
    for (int a = 0; a < tree->actions; a++) {
        if (tree->action[a].kind == DTN_ACT_PLAIN)
            continue;
        dtn_act_range *own = &range[answer->ranges];
        *own = (dtn_act_range){.action = a};
        if (!dtn_arena_fmpq_at(arena, &own->share_lo, 1) || !dtn_arena_fmpq_at(arena, &own->share_hi, 1))
            return dtn_fail_nomem(ctx);
        dtn_status status = find(&r, own);
        if (status == DTN_UNSUPPORTED || status == DTN_DOMAIN) {
            answer->ranges = 0;
            answer->range_note = "the game cannot be followed as its parameters move";
            return DTN_OK;
        }
        DTN_TRY(status);
        answer->ranges++;
    }
    return DTN_OK;
}
