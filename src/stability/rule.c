/* Runs concepts on pairs of states by their definition.
 * Method: what the others can reach from a state is found once, by breadth-first search, and kept as bits; a move that gains
 *         is deterred when those bits meet the states that deter (and from which nothing undoes it). A weak concept is run
 *         with and without what deters strongly. Cost: a search a state; states / 64 a move. Exact. */
#include "stability/rule.h"

#include <string.h>

#include "stability/concept.h"
#include "stability/search.h"

typedef struct run {
    dtn_ctx *ctx;
    const dtn_concept *concept;
    const dtn_rule *rule;
    dtn_question_fn *deters;
    dtn_view view;
    int player;
    size_t words;
    uint64_t *reach;   /* [states][words] */
    bool *reach_known; /* [states] */
    uint64_t *deterring; /* [words] states that deter from leaving the present one, found as they are asked for */
    uint64_t *asked;     /* [words] */
    dtn_search search;
} run;

dtn_view dtn_view_of(const dtn_conflict *c, const int *variant)
{
    dtn_view v = {.conflict = c};
    for (int i = 0; i < c->players; i++)
        v.prefer[i] = &c->player[i].variant[variant ? variant[i] : 0];
    return v;
}

bool dtn_prefers(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_is_better(dtn_compare(v->prefer[player], b, s));
}

static const uint64_t *reach_from(run *r, size_t t)
{
    const dtn_conflict *c = r->view.conflict;
    uint64_t *bits = r->reach + t * r->words;
    size_t at;
    if (r->reach_known[t])
        return bits;
    uint32_t others = (((uint32_t)2 << (c->players - 1)) - 1) & ~((uint32_t)1 << r->player);
    dtn_search_start(&r->search, t, others, NULL);
    dtn_search_may_return(&r->search);
    if (r->concept->credible)
        dtn_search_by_rule(&r->search, &r->view, r->rule->answers);
    while (dtn_search_next(&r->search, &at)) {
        size_t b = r->search.arrival[at].state;
        bits[b / 64] |= UINT64_C(1) << (b % 64);
    }
    r->reach_known[t] = true;
    return bits;
}

/* Whether ending at b deters from leaving s. */
static bool deters(run *r, size_t s, size_t b)
{
    uint64_t bit = UINT64_C(1) << (b % 64);
    size_t c;
    if (r->asked[b / 64] & bit)
        return r->deterring[b / 64] & bit;
    bool yes = r->deters(&r->view, r->player, s, b);
    if (yes && r->concept->countermoves)
        for (dtn_move_iter m = dtn_conflict_moves_from(r->view.conflict, r->player, b);
             yes && dtn_move_next(&m, &c);)
            yes = r->rule->undoes ? !r->rule->undoes(&r->view, r->player, s, c)
                                  : r->deters(&r->view, r->player, s, c);
    r->asked[b / 64] |= bit;
    r->deterring[b / 64] |= yes ? bit : 0;
    return yes;
}

static bool deterred(run *r, size_t s, size_t t)
{
    if (!r->concept->sanctions)
        return false;
    const uint64_t *bits = reach_from(r, t);
    for (size_t w = 0; w < r->words; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            size_t b = 64 * w;
            for (uint64_t low = left & -left; low > 1; low >>= 1)
                b++;
            if (deters(r, s, b))
                return true;
        }
    return false;
}

static dtn_status all_states(run *r, uint64_t *stable)
{
    const dtn_conflict *c = r->view.conflict;
    size_t t;
    for (size_t s = 0; s < c->states; s++) {
        bool holds = true;
        memset(r->asked, 0, r->words * sizeof *r->asked);
        memset(r->deterring, 0, r->words * sizeof *r->deterring);
        for (dtn_move_iter m = dtn_conflict_moves_from(c, r->player, s); holds && dtn_move_next(&m, &t);)
            holds = !r->rule->gains(&r->view, r->player, s, t) || deterred(r, s, t);
        stable[s / 64] |= (uint64_t)holds << (s % 64);
        DTN_TRY(dtn_ctx_poll(r->ctx));
    }
    return DTN_OK;
}

static dtn_status run_in(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, const dtn_concept *concept)
{
    const dtn_conflict *c = f->engine->conflict;
    run r = {.ctx = ctx,
             .concept = concept,
             .rule = concept->rule,
             .deters = concept->rule->deters,
             .view = dtn_view_of(c, f->variant),
             .player = f->player,
             .words = (c->states + 63) / 64};
    if (c->states > DTN_PAIRS_MOST_STATES)
        return dtn_fail(ctx, DTN_LIMIT, "%s is for conflicts of at most %d states; this one has %zu",
                        concept->name, DTN_PAIRS_MOST_STATES, c->states);
    DTN_TRY(dtn_search_new(ctx, ctx->scratch, &r.search, c));
    DTN_ALLOC(ctx, ctx->scratch, r.reach, c->states * r.words);
    DTN_ALLOC(ctx, ctx->scratch, r.reach_known, c->states);
    DTN_ALLOC(ctx, ctx->scratch, r.deterring, r.words);
    DTN_ALLOC(ctx, ctx->scratch, r.asked, r.words);
    DTN_TRY(all_states(&r, stable));
    if (!concept->rule->strong)
        return DTN_OK;
    uint64_t *strongly;
    DTN_ALLOC(ctx, ctx->scratch, strongly, r.words);
    r.deters = concept->rule->strong;
    DTN_TRY(all_states(&r, strongly));
    for (size_t w = 0; w < r.words; w++)
        stable[w] &= ~strongly[w];
    return DTN_OK;
}

dtn_status dtn_rule_run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f, const dtn_concept *concept)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run_in(ctx, stable, f, concept);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
