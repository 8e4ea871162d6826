/* Expectations of values along a parameter, of the scalar rule, and of the conflict's states. */
#include <stdlib.h>
#include <string.h>

#include "analyse/bind_parts.h"
#include "analyse/critical.h"
#include "analyse/expect.h"
#include "analyse/solve.h"
#include "base/str.h"
#include "detente/stability.h"
#include "model/conflict.h"

/* The rung of an entry: its own, else the file's, else d1. */
static dtn_status rung_of(dtn_ctx *ctx, dtn_rung *out, const dtn_expecting *x)
{
    if (x->entry->solve)
        return dtn_rung_read(ctx, out, x->entry->solve);
    return x->scenario->ask.rung ? dtn_rung_read(ctx, out, x->scenario->ask.rung)
                                 : (*out = DTN_RUNG_D1, DTN_OK);
}

/* "1/5", or "between 1/8 and 1/7". */
static void add_end(dtn_str *text, dtn_arena *arena, const dtn_bind_end *end)
{
    const char *lo = dtn_rational_text(arena, &end->lo), *hi = dtn_rational_text(arena, &end->hi);
    if (!lo || !hi)
        text->failed = true;
    else if (end->exact)
        dtn_str_add(text, lo);
    else
        dtn_str_addf(text, "between %s and %s", lo, hi);
}

dtn_status dtn_expect_critical(dtn_ctx *ctx, dtn_expecting *x)
{
    const dtn_scn_expect *e = x->entry;
    dtn_rung rung;
    dtn_critical *c;
    DTN_TRY(rung_of(ctx, &rung, x));
    DTN_ALLOC(ctx, x->arena, c, 1);
    DTN_TRY(dtn_critical_find(ctx, x->arena, c, x->scenario, &x->point, rung, e->param, 0));
    dtn_str expected = dtn_str_in(x->arena), found = dtn_str_in(x->arena);
    bool pass = c->values == e->values && c->undecided == 0;
    for (int i = 0; i < e->values; i++) {
        const char *text = dtn_rational_text(x->arena, &e->value[i]);
        dtn_str_addf(&expected, "%s%s", i ? ", " : "", text ? text : "?");
    }
    for (int i = 0; i < c->values; i++) {
        dtn_str_add(&found, i ? ", " : "");
        add_end(&found, x->arena, &c->value[i].end);
        pass = pass && c->value[i].end.exact && fmpq_equal(&c->value[i].end.at, &e->value[i]);
    }
    if (c->undecided)
        dtn_str_addf(&found, "%s%d points could not be solved completely", c->values ? "; " : "",
                     c->undecided);
    return dtn_expect_add(
        ctx, x, e->place, pass,
        dtn_arena_printf(x->arena, "critical values of %s", x->scenario->param[e->param].name),
        e->values ? dtn_str_done(&expected) : "none",
        c->values || c->undecided ? dtn_str_done(&found) : "none");
}

dtn_status dtn_expect_scalar(dtn_ctx *ctx, dtn_expecting *x)
{
    const dtn_scn_expect *e = x->entry;
    dtn_scalar_lever lever;
    dtn_scalar_item *item;
    if (!e->lever || !dtn_scalar_lever_parse(e->lever, &lever))
        return dtn_fail(ctx, DTN_ARG, "scalar: no lever is called \"%s\"", e->lever ? e->lever : "");
    DTN_ALLOC(ctx, x->arena, item, 1);
    DTN_TRY(dtn_scalar_solve(ctx, x->arena, item, x->scenario, e->guarantee, &x->point));
    bool none = item->verdict[lever] == DTN_SCALAR_NONE;
    bool pass = e->no_least ? none : !none && fmpq_equal(&item->least[lever], e->least);
    return dtn_expect_add(ctx, x, e->place, pass,
                          dtn_arena_printf(x->arena, "scalar rule of %s: %s",
                                           x->scenario->guarantee[e->guarantee].key, e->lever),
                          e->no_least ? "none" : dtn_rational_text(x->arena, e->least),
                          none ? "none" : dtn_rational_text(x->arena, &item->least[lever]));
}

static dtn_status bind_row(dtn_ctx *ctx, dtn_expecting *x, const dtn_bind_item *item)
{
    const dtn_scn_expect *e = x->entry;
    dtn_str found = dtn_str_in(x->arena), target = dtn_str_in(x->arena);
    const dtn_bind_end *least = item->intervals ? &item->interval[0].lo : NULL;
    bool pass = e->no_least ? !least : least && least->exact && fmpq_equal(&least->at, e->least);
    for (int i = 0; i < item->intervals; i++) {
        dtn_str_add(&found, i ? "; also from " : "");
        add_end(&found, x->arena, &item->interval[i].lo);
    }
    if (item->undecided) {
        pass = false;
        dtn_str_addf(&found, "; %d points could not be solved completely", item->undecided);
    }
    for (int i = 0; i < e->target->items; i++)
        dtn_str_addf(&target, "%s%s", i ? ", " : "", e->target->item[i]);
    const char *words = dtn_str_done(&target);
    return dtn_expect_add(ctx, x, e->place, pass,
                          dtn_arena_printf(x->arena, "bind %s by %s, %s equilibrium", words ? words : "?",
                                           x->scenario->param[e->param].name,
                                           e->some_equilibrium ? "some" : "every"),
                          e->no_least ? "none" : dtn_rational_text(x->arena, e->least),
                          item->intervals || item->undecided ? dtn_str_done(&found) : "none");
}

dtn_status dtn_expect_bind(dtn_ctx *ctx, dtn_expecting *x)
{
    const dtn_scn_expect *e = x->entry;
    const dtn_scn_param *p = e->param >= 0 ? &x->scenario->param[e->param] : NULL;
    dtn_bind_item *item;
    fmpq *one;
    const char *left_out = NULL;
    int count = 0;
    if (!p || p->formula || !p->ranged)
        return dtn_fail(ctx, DTN_DOMAIN, "bind: parameter %s has no range to search", p ? p->name : "?");
    DTN_ALLOC(ctx, x->arena, item, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, one, 1);
    fmpq_one(one);
    dtn_bind_ask ask = {.scenario = x->scenario,
                        .point = &x->point,
                        .target = e->target->item,
                        .targets = e->target->items,
                        .prob = e->prob ? e->prob : one,
                        .lever = e->param};
    ask.wanted[e->some_equilibrium ? DTN_PREDICATE_SOME : DTN_PREDICATE_EVERY] = true;
    DTN_TRY(rung_of(ctx, &ask.rung, x));
    DTN_TRY(dtn_bind_lever(ctx, x->arena, item, &count, &left_out, &ask));
    return bind_row(ctx, x, item);
}

/* ---- states of the conflict ---- */

static int by_state(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static char *states_text(dtn_arena *arena, const dtn_conflict *c, const size_t *state, size_t count)
{
    enum { MOST = 40 };
    dtn_str text = dtn_str_in(arena);
    for (size_t i = 0; i < count && i < MOST; i++)
        dtn_str_addf(&text, "%s%s", i ? ", " : "", dtn_conflict_state_name(arena, c, state[i]));
    if (count > MOST)
        dtn_str_addf(&text, " and %zu more", count - MOST);
    return count ? dtn_str_done(&text) : dtn_arena_strdup(arena, "none");
}

/* The conflict's variant of each of its players, and who is asked about (-1: equilibria). */
static dtn_status read_variants(dtn_ctx *ctx, int *variant, int *who, const dtn_expecting *x)
{
    const dtn_conflict *c = x->scenario->conflict;
    *who = -1;
    for (int p = 0; p < x->scenario->players; p++) {
        int own = dtn_conflict_find_player(c, x->scenario->player[p].key);
        if (own >= 0 && x->entry->variant && x->entry->variant[p] >= 0)
            variant[own] = x->entry->variant[p];
        if (own >= 0 && p == x->entry->player)
            *who = own;
        if (own < 0 && p == x->entry->player)
            return dtn_fail(ctx, DTN_ARG, "stability: player %s is not part of the conflict",
                            x->scenario->player[p].key);
    }
    return DTN_OK;
}

dtn_status dtn_expect_stability(dtn_ctx *ctx, dtn_expecting *x)
{
    const dtn_scn_expect *e = x->entry;
    const dtn_conflict *c = x->scenario->conflict;
    if (!c)
        return dtn_fail(ctx, DTN_DOMAIN, "stability: the file has no `conflict:`");
    int index = dtn_concept_find(e->concept_id), *variant, who;
    if (index < 0)
        return dtn_fail(ctx, DTN_ARG, "no stability concept is called \"%s\"", e->concept_id);
    size_t *wanted, *found, count = 0;
    DTN_ALLOC(ctx, ctx->scratch, variant, c->players);
    DTN_ALLOC(ctx, ctx->scratch, wanted, e->states);
    DTN_ALLOC(ctx, ctx->scratch, found, c->states);
    DTN_TRY(read_variants(ctx, variant, &who, x));
    for (int i = 0; i < e->states; i++)
        DTN_TRY(dtn_conflict_find_state(ctx, &wanted[i], c, e->state[i]));
    if (e->states)
        qsort(wanted, (size_t)e->states, sizeof *wanted, by_state);
    dtn_stability *verdicts;
    dtn_stability_options options = {.concepts = UINT32_C(1) << index, .variants = variant, .combinations = 1};
    DTN_TRY(dtn_stability_run(ctx, &verdicts, c, &options));
    count = dtn_stability_states(verdicts, 0, index, who, found, c->states);
    dtn_stability_free(verdicts);
    bool pass =
        count == (size_t)e->states && (count == 0 || memcmp(found, wanted, count * sizeof *found) == 0);
    dtn_str asked = dtn_str_in(x->arena);
    dtn_str_addf(&asked, "%s %s", e->concept_id, who >= 0 ? c->player[who].key : "equilibria");
    for (int p = 0; p < c->players; p++)
        if (c->player[p].variants > 1)
            dtn_str_addf(&asked, ", %s %s", c->player[p].key, c->player[p].variant[variant[p]].name);
    return dtn_expect_add(ctx, x, e->place, pass, dtn_str_done(&asked),
                          states_text(x->arena, c, wanted, (size_t)e->states),
                          states_text(x->arena, c, found, count));
}
