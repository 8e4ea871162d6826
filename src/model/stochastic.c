/* From a scenario's `stochastic:` to numbers at a point.
 *
 * Method: each combination of actions takes the most exact rule that covers it; grid variables stand for the actions chosen.
 * Cost: combinations times (rules + states). Exact. */
#include "model/stochastic.h"

static const dtn_scn_rule *rule_for(const dtn_scn_stage *stage, const dtn_stochastic_state *s, int players,
                                    long profile)
{
    const dtn_scn_rule *best = NULL;
    for (int i = 0; i < stage->rules; i++) {
        const dtn_scn_rule *r = &stage->rule[i];
        bool fits = true;
        for (int p = 0; p < players && fits; p++)
            fits = r->choice[p] < 0 || r->choice[p] == dtn_stochastic_action(s, profile, p);
        if (fits && (!best || r->fixed > best->fixed))
            best = r;
    }
    return best;
}

/* slots: [dtn_scn_slots] with the parameters set; the grid variables of the combination are. */
static void set_grids(fmpq *slots, const dtn_scenario *s, const dtn_scn_stage *stage,
                      const dtn_stochastic_state *state, long profile)
{
    for (int p = 0; p < s->players; p++) {
        const dtn_scn_stage_actions *a = &stage->actions[p];
        if (a->grid >= 0 && a->count)
            fmpq_set(slots + dtn_scn_slot_grid(s, a->grid),
                     &a->value[dtn_stochastic_action(state, profile, p)]);
    }
}

static dtn_status fill_profile(dtn_ctx *ctx, const dtn_stochastic *g, const dtn_scenario *s, int number,
                               dtn_stochastic_state *state, long profile, fmpq *slots)
{
    const dtn_scn_stage *stage = &s->stochastic->state[number];
    const dtn_scn_rule *r = rule_for(stage, state, g->players, profile);
    fmpq *pay = (fmpq *)state->pay + profile * g->players, *next = (fmpq *)state->next + profile * g->states;
    if (!r)
        return dtn_fail(ctx, DTN_DOMAIN, "state %s: no rule covers all combinations of actions", stage->key);
    set_grids(slots, s, stage, state, profile);
    for (int p = 0; p < g->players; p++)
        if (r->pay[p])
            DTN_TRY(dtn_expr_exact(ctx, pay + p, r->pay[p], slots));
    if (!r->ways) {
        fmpq_one(next + number);
        return DTN_OK;
    }
    fmpq *sum, *one;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 2);
    one = sum + 1;
    for (int w = 0; w < r->ways; w++) {
        fmpq_one(one);
        if (r->prob[w])
            DTN_TRY(dtn_expr_exact(ctx, one, r->prob[w], slots));
        if (fmpq_sgn(one) < 0)
            return dtn_fail(ctx, DTN_DOMAIN, "state %s: the probability of going on to %s is negative",
                            stage->key, s->stochastic->state[r->to[w]].key);
        fmpq_add(next + r->to[w], next + r->to[w], one);
        fmpq_add(sum, sum, one);
    }
    return fmpq_is_one(sum)
               ? DTN_OK
               : dtn_fail(ctx, DTN_DOMAIN, "state %s: the probabilities of what comes next sum to %s, not 1",
                          stage->key, dtn_rational_text(ctx->scratch, sum));
}

static dtn_status fill_state(dtn_ctx *ctx, dtn_stochastic *g, const dtn_scenario *s, int number, fmpq *slots,
                             long *cells)
{
    static const char *const wait[] = {"–"};
    const dtn_scn_stage *stage = &s->stochastic->state[number];
    dtn_stochastic_state *state = (dtn_stochastic_state *)&g->state[number];
    int *actions;
    const char *const **names;
    *state = (dtn_stochastic_state){
        .name = stage->key, .about = stage->about, .movers = stage->movers, .profiles = 1};
    DTN_ALLOC(ctx, g->arena, actions, g->players);
    DTN_ALLOC(ctx, g->arena, names, g->players);
    for (int p = 0; p < g->players; p++) {
        const dtn_scn_stage_actions *a = &stage->actions[p];
        actions[p] = a->count ? a->count : 1;
        names[p] = a->count ? a->name : wait;
        state->profiles *= actions[p];
        if (*cells + state->profiles * (g->states + g->players) > DTN_STOCHASTIC_CELLS)
            return dtn_fail(ctx, DTN_LIMIT, "the stochastic game has more than %d entries",
                            (int)DTN_STOCHASTIC_CELLS);
    }
    *cells += state->profiles * (g->states + g->players);
    state->actions = actions;
    state->action = names;
    state->order = stage->order;
    DTN_ALLOC_FMPQ(ctx, g->arena, state->pay, (size_t)state->profiles * g->players);
    DTN_ALLOC_FMPQ(ctx, g->arena, state->next, (size_t)state->profiles * g->states);
    for (long k = 0; k < state->profiles; k++)
        DTN_TRY(fill_profile(ctx, g, s, number, state, k, slots));
    return DTN_OK;
}

/* Nothing is paid and play stays: the end. */
static bool is_end(const dtn_stochastic *g, int state)
{
    const dtn_stochastic_state *s = &g->state[state];
    if (s->profiles != 1 || !fmpq_is_one(s->next + state))
        return false;
    for (int p = 0; p < g->players; p++)
        if (!fmpq_is_zero(s->pay + p))
            return false;
    return true;
}

static void describe(dtn_stochastic *g, int *rank)
{
    fmpq_t sum;
    fmpq_init(sum);
    g->zero_sum = g->players == 2;
    g->in_turn = true;
    for (int i = 0; i < g->states; i++) {
        const dtn_stochastic_state *s = &g->state[i];
        int deciding = 0;
        for (int p = 0; p < g->players; p++)
            deciding += s->actions[p] > 1;
        g->in_turn = g->in_turn && (s->movers > 0 || deciding < 2);
        for (long k = 0; k < s->profiles && g->zero_sum; k++) {
            fmpq_add(sum, s->pay + 2 * k, s->pay + 2 * k + 1);
            g->zero_sum = fmpq_is_zero(sum);
        }
    }
    fmpq_clear(sum);
    /* Ranks rise by relaxation; a rank beyond the number of states is a circle. */
    g->acyclic = true;
    for (int round = 0; round <= g->states; round++) {
        bool changed = false;
        for (int i = 0; i < g->states; i++)
            for (long k = 0; k < g->state[i].profiles && !is_end(g, i); k++)
                for (int j = 0; j < g->states; j++)
                    if (!fmpq_is_zero(g->state[i].next + k * g->states + j) && rank[i] <= rank[j]) {
                        rank[i] = rank[j] + 1;
                        changed = true;
                    }
        if (!changed)
            return;
    }
    g->acyclic = false;
}

static dtn_status build(dtn_ctx *ctx, dtn_stochastic *g, const dtn_scenario *s, const dtn_point *point)
{
    const char **player;
    dtn_stochastic_state *state;
    fmpq *slots, *discount;
    int *rank;
    long cells = 0;
    DTN_ALLOC(ctx, g->arena, player, g->players);
    DTN_ALLOC(ctx, g->arena, state, g->states);
    DTN_ALLOC_FMPQ(ctx, g->arena, discount, 1);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, slots, dtn_scn_slots(s));
    DTN_ALLOC(ctx, ctx->scratch, rank, g->states);
    for (int p = 0; p < g->players; p++)
        player[p] = s->player[p].key;
    for (int i = 0; i < s->params; i++)
        fmpq_set(slots + i, &point->value[i]);
    g->player = player;
    g->state = state;
    g->discount = discount;
    DTN_TRY(dtn_expr_exact(ctx, discount, s->stochastic->discount, slots));
    for (int i = 0; i < g->states; i++)
        DTN_TRY(fill_state(ctx, g, s, i, slots, &cells));
    describe(g, rank);
    if (fmpq_sgn(discount) < 0 || fmpq_cmp_ui(discount, 1) > 0 || (fmpq_is_one(discount) && !g->acyclic))
        return dtn_fail(
            ctx, DTN_DOMAIN,
            "the discount factor has to be at least 0 and below 1 (1 itself only where every play ends)");
    return DTN_OK;
}

dtn_status dtn_stochastic_new(dtn_ctx *ctx, dtn_stochastic **out, const dtn_scenario *s,
                              const dtn_point *point)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_stochastic *g = arena ? dtn_arena_array(arena, 1, sizeof *g) : NULL;
    if (!g) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *g = (dtn_stochastic){
        .arena = arena, .players = s->players, .states = s->stochastic->states, .start = s->stochastic->start};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = build(ctx, g, s, point);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_stochastic_free(g);
        return status;
    }
    *out = g;
    return DTN_OK;
}

void dtn_stochastic_free(dtn_stochastic *g)
{
    if (g)
        dtn_arena_free(g->arena);
}
