/* Over-credibility: where more commitment makes a threat be carried out more often.
 *
 * Method: along each lever the exact stretches of the same classes of equilibria come from sign traces. Within one, the probability that
 *   the threat is carried out, and what its player gets, are mostly of the form (a + b x)/(1 + c x): three solved points determine
 *   it, a fourth one checks it, and its values at the stretch's ends are the limits on both sides of a change. A jump upwards is a
 *   threat that has become credible, and now has to be carried out.
 * Cost: a traced line and four solutions a stretch. Exact: jumps are told only where the check holds.
 * Source: the jump at a = 1/5 of the reference standoff is in its closed form. */
#include <string.h>

#include "analyse/bind_parts.h"
#include "analyse/credibility.h"

enum { POINTS = 4, MOST_JUMPS = 16 };

/* A function of the lever by its values at four points; [2] limits at the ends of its stretch. */
typedef struct curve {
    fmpq *x, *f; /* [POINTS] */
    fmpq *limit; /* [2] */
    bool known;
} curve;

/* Value at `at` of the function (a + b x)/(1 + c x) through the first three points. false: there is none. work: [6]. */
static bool moebius(fmpq_t out, const fmpq *x, const fmpq *f, const fmpq *at, fmpq *work)
{
    /* Cross ratios: (f - f0)/(f - f1) : (f2 - f0)/(f2 - f1) = (x - x0)/(x - x1) : (x2 - x0)/(x2 - x1). */
    fmpq *k = work, *t = work + 1, *u = work + 2;
    if (fmpq_equal(f, f + 1) || fmpq_equal(f, f + 2) || fmpq_equal(f + 1, f + 2)) {
        fmpq_set(out, f);
        return fmpq_equal(f, f + 1) && fmpq_equal(f, f + 2);
    }
    if (fmpq_equal(at, x + 1)) {
        fmpq_set(out, f + 1);
        return true;
    }
    fmpq_sub(t, f + 2, f);
    fmpq_sub(u, f + 2, f + 1);
    fmpq_div(k, t, u);
    fmpq_sub(t, x + 2, x + 1);
    fmpq_mul(k, k, t);
    fmpq_sub(t, x + 2, x);
    fmpq_div(k, k, t);
    fmpq_sub(t, at, x);
    fmpq_mul(k, k, t);
    fmpq_sub(t, at, x + 1);
    fmpq_div(k, k, t); /* (f - f0)/(f - f1) = k */
    fmpq_mul(t, k, f + 1);
    fmpq_sub(t, f, t);
    fmpq_one(u);
    fmpq_sub(u, u, k);
    if (fmpq_is_zero(u))
        return false;
    fmpq_div(out, t, u);
    return true;
}

static dtn_status new_curve(dtn_ctx *ctx, curve *c)
{
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, c->x, 2 * POINTS + 2);
    c->f = c->x + POINTS;
    c->limit = c->f + POINTS;
    return DTN_OK;
}

/* chance: how often the threat is carried out, at most, over the equilibria; gain: what its player gets there. */
static dtn_status fit(dtn_ctx *ctx, curve *chance, curve *gain, dtn_sweep *sweep, int lever, int player,
                      const dtn_stretch *s)
{
    fmpq *work;
    DTN_TRY(new_curve(ctx, chance));
    DTN_TRY(new_curve(ctx, gain));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, work, 8);
    chance->known = gain->known = true;
    for (int i = 0; i < POINTS; i++) {
        const dtn_snapshot *found;
        fmpq_sub(work, &s->right.lo, &s->left.hi);
        fmpq_set_si(work + 1, i + 1, POINTS + 1);
        fmpq_mul(work, work, work + 1);
        fmpq_add(chance->x + i, &s->left.hi, work);
        fmpq_set(gain->x + i, chance->x + i);
        DTN_TRY(dtn_sweep_at(ctx, &found, sweep, lever, chance->x + i));
        chance->known = chance->known && found->inside && found->moments;
        for (int k = 0; k < found->moments; k++)
            if (k == 0 || fmpq_cmp(found->moment[k].target, chance->f + i) > 0) {
                fmpq_set(chance->f + i, found->moment[k].target);
                fmpq_set(gain->f + i, &found->moment[k].payoff[player]);
            }
    }
    curve *const both[2] = {chance, gain};
    gain->known = chance->known;
    for (int k = 0; k < 2 && chance->known; k++) {
        curve *c = both[k];
        c->known = moebius(work, c->x, c->f, c->x + 3, work + 1) && fmpq_equal(work, c->f + 3) &&
                   moebius(c->limit, c->x, c->f, &s->left.hi, work + 1) &&
                   moebius(c->limit + 1, c->x, c->f, &s->right.lo, work + 1);
    }
    return DTN_OK;
}

static dtn_status add(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer, const char *key,
                      int action, int lever, const fmpq *at, const curve *before, const curve *after,
                      const curve *gain_before, const curve *gain_after)
{
    if (answer->jumps == MOST_JUMPS)
        return DTN_OK;
    dtn_act_jump *j = (dtn_act_jump *)&answer->jump[answer->jumps++];
    *j = (dtn_act_jump){.key = key, .action = action, .lever = lever};
    fmpq *const to[5] = {&j->at, &j->before, &j->after, &j->cost_before, &j->cost_after};
    const fmpq *const from[5] = {at, before->limit + 1, after->limit, gain_before->limit + 1,
                                 gain_after->limit};
    for (int i = 0; i < 5; i++) {
        if (!dtn_arena_fmpq_at(arena, to[i], 1))
            return dtn_fail_nomem(ctx);
        fmpq_set(to[i], from[i]);
    }
    return DTN_OK;
}

static dtn_status along(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer, dtn_sweep *sweep,
                        const char *key, int action, int lever)
{
    const dtn_scn_param *p = &sweep->scenario->param[lever];
    int player = answer->tree->infoset[answer->tree->action[action].infoset].player, stretches;
    dtn_line *line;
    dtn_faces *faces;
    const dtn_stretch *s;
    curve last[2], now[2];
    DTN_TRY(dtn_line_scan(ctx, &line, sweep, lever, &p->lo, &p->hi, 1));
    DTN_TRY(dtn_faces_new(ctx, &faces, sweep, &lever, 1));
    dtn_status status = dtn_faces_line(ctx, sweep->arena, &s, &stretches, faces, line->lo, line->hi);
    dtn_faces_free(faces);
    for (int i = 0; i < stretches && status == DTN_OK; i++) {
        status = fit(ctx, &now[0], &now[1], sweep, lever, player, &s[i]);
        bool exact = fmpq_equal(&s[i].left.lo, &s[i].left.hi);
        if (status == DTN_OK && i > 0 && exact && last[0].known && last[1].known && now[0].known &&
            now[1].known && fmpq_cmp(last[0].limit + 1, now[0].limit) < 0)
            status = add(ctx, arena, answer, key, action, lever, &s[i].left.lo, &last[0], &now[0], &last[1],
                         &now[1]);
        last[0] = now[0];
        last[1] = now[1];
    }
    return status;
}

/* The act is the first of its move's: the others are the same for other types, or after other histories. */
static bool is_first(const dtn_tree *tree, int action, const char *key, dtn_arena *arena)
{
    for (int a = 0; a < action; a++) {
        const char *own = tree->action[a].kind == DTN_ACT_THREAT
                              ? dtn_arena_printf(arena, "%s.%s", tree->infoset[tree->action[a].infoset].move,
                                                 tree->action[a].name)
                              : NULL;
        if (own && strcmp(own, key) == 0)
            return false;
    }
    return true;
}

dtn_status dtn_credibility_jumps(dtn_ctx *ctx, dtn_arena *arena, dtn_credibility_answer *answer,
                                 const dtn_scenario *s, const dtn_point *point)
{
    const dtn_tree *tree = answer->tree;
    dtn_act_jump *jump;
    DTN_ALLOC(ctx, arena, jump, MOST_JUMPS);
    answer->jump = jump;
    for (int a = 0; a < tree->actions; a++) {
        if (tree->action[a].kind != DTN_ACT_THREAT)
            continue;
        const char *key = dtn_arena_printf(arena, "%s.%s", tree->infoset[tree->action[a].infoset].move,
                                           tree->action[a].name);
        if (!key)
            return dtn_fail_nomem(ctx);
        if (!is_first(tree, a, key, ctx->scratch))
            continue;
        for (int i = 0; i < s->params; i++) {
            dtn_sweep *sweep;
            if (!s->param[i].lever || !s->param[i].ranged || s->param[i].formula)
                continue;
            DTN_TRY(dtn_sweep_new(ctx, &sweep, s, point, answer->rung, &key, 1));
            dtn_status status = sweep->matters[i] ? along(ctx, arena, answer, sweep, key, a, i) : DTN_OK;
            dtn_sweep_free(sweep);
            DTN_TRY(status);
        }
    }
    return DTN_OK;
}
