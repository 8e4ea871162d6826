/* Credibility in the reference standoff, against figures worked out by hand. */
#include "kit/kit.h"

#include "analyse/credibility.h"
#include "analyse/standoff_scene.h"
#include "solve/sequential.h"

typedef struct found {
    scene *c;
    dtn_tree *tree;
    dtn_equilibria *all;
    const dtn_credible_act *act;
    int acts;
    const dtn_signal *signal;
    int signals;
} found;

/* The only equilibrium that survives D1 with one parameter changed. */
static found solve(dtn_ctx *ctx, int param, const char *value)
{
    found f = {.c = standoff_scene(ctx)};
    dtn_point point;
    assert_ok(ctx, dtn_point_new(ctx, f.c->s.arena, &point, &f.c->s));
    if (param >= 0)
        assert_true(dtn_rational_parse(&point.value[param], value, strlen(value)));
    assert_ok(ctx, dtn_scenario_tree(ctx, &f.tree, &f.c->s, &point, 0));
    assert_ok(ctx, dtn_sequential_solve(ctx, &f.all, f.tree, &(dtn_sequential_options){.rung = DTN_RUNG_D1}));
    assert_int_equal(f.all->count, 1);
    assert_ok(ctx, dtn_credibility_acts(ctx, f.c->s.arena, &f.act, &f.acts, f.tree, &f.all->item[0]));
    assert_ok(ctx, dtn_credibility_signals(ctx, f.c->s.arena, &f.signal, &f.signals, f.tree, &f.all->item[0]));
    return f;
}

static void drop(found *f)
{
    dtn_equilibria_free(f->all);
    dtn_tree_free(f->tree);
    dtn_scenario_free(&f->c->s);
}

static void assert_span(const dtn_span *s, const char *lo, const char *hi)
{
    assert_fmpq_eq_str(&s->lo, lo);
    assert_fmpq_eq_str(&s->hi, hi);
}

static const dtn_credible_act *act_of(const found *f, const char *infoset)
{
    for (int i = 0; i < f->acts; i++)
        if (strcmp(f->tree->infoset[f->act[i].infoset].name, infoset) == 0)
            return &f->act[i];
    fail_msg("no act at %s", infoset);
    return NULL;
}

static const dtn_signal *signal_of(const found *f, const char *name)
{
    for (int i = 0; i < f->signals; i++)
        if (strcmp(f->signal[i].name, name) == 0)
            return &f->signal[i];
    fail_msg("no signal %s", name);
    return NULL;
}

/* The position at which the other player is hard: the draw says. */
static const dtn_belief_need *need_hard(const found *f, const dtn_credible_act *act)
{
    for (int i = 0; i < act->needs; i++)
        if (f->tree->draw[f->tree->node[act->need[i].node].draw].types[1] == 0)
            return &act->need[i];
    fail_msg("no position with a hard Q");
    return NULL;
}

static void threat_at_the_reference_point(void **state)
{
    dtn_ctx *ctx = *state;
    found f = solve(ctx, -1, NULL);
    assert_int_equal(f.acts, 2);
    const dtn_credible_act *hard = act_of(&f, "reaction.hard"), *soft = act_of(&f, "reaction.soft");
    assert_true(hard->reached && soft->reached);
    assert_span(&hard->probability, "1", "1");
    assert_span(&hard->margin, "1/10", "1/10"); /* -0.2 against -0.3: only a hard Q rejects */
    assert_span(&hard->regret, "0", "0");
    assert_true(hard->always && !hard->never);
    assert_span(&soft->probability, "0", "0");
    assert_span(&soft->margin, "-3/5", "-3/5");
    assert_span(&soft->least_cost, "3/5", "3/5");
    assert_false(soft->always || soft->never);
    assert_int_equal(soft->needs, 2);
    assert_span(&need_hard(&f, soft)->best, "0", "7/13"); /* 0.4 - 1.3 p >= -0.3 */
    assert_span(&need_hard(&f, soft)->held, "1", "1");
    assert_string_equal(f.tree->action[soft->rival].name, "drop");
    drop(&f);
}

static void heeding_the_threat(void **state)
{
    dtn_ctx *ctx = *state;
    found f = solve(ctx, -1, NULL);
    for (int i = 0; i < f.acts; i++) {
        assert_int_equal(f.act[i].heeds, 2);
        for (int k = 0; k < 2; k++) {
            const dtn_heed *h = &f.act[i].heed[k];
            bool hard = h->type == 0;
            assert_int_equal(h->verdict, DTN_HEED_AT);
            assert_fmpq_eq_str(&h->threshold, hard ? "2/3" : "1/3");
            assert_fmpq_eq_str(&h->cost, "1/5");
            assert_fmpq_eq_str(&h->loss, hard ? "3/10" : "3/5");
            assert_span(&h->execute, "1/2", "1/2");
            assert_span(&h->surplus, hard ? "-1/6" : "1/6", hard ? "-1/6" : "1/6");
            assert_span(&h->complies, hard ? "0" : "1", hard ? "0" : "1");
        }
    }
    drop(&f);
    f = solve(ctx, AT_E, "1/10"); /* the agreement is worth it anyway */
    assert_int_equal(f.act[0].heed[0].verdict, DTN_HEED_ALWAYS);
    drop(&f);
    f = solve(ctx, AT_E, "-1/2"); /* 0.5 against at most 0.3: no threat moves a hard Q */
    for (int k = 0; k < 2; k++) {
        const dtn_heed *h = &f.act[0].heed[k];
        assert_int_equal(h->verdict, h->type == 0 ? DTN_HEED_NEVER : DTN_HEED_AT);
        assert_fmpq_eq_str(&h->threshold, h->type == 0 ? "5/3" : "5/6");
    }
    drop(&f);
}

static void off_the_path_figures_are_intervals(void **state)
{
    dtn_ctx *ctx = *state;
    found f =
        solve(ctx, AT_A, "19/20"); /* all engage; whoever rejected, P would carry out whatever it believes */
    const dtn_credible_act *soft = act_of(&f, "reaction.soft");
    assert_false(soft->reached);
    assert_true(soft->always);
    assert_true(fmpq_cmp(&soft->margin.lo, &soft->margin.hi) <= 0);
    /* within what any belief gives: 0.05 .. 1.35 */
    fmpq *bound = dtn_arena_fmpq(f.c->s.arena, 2);
    fmpq_set_si(bound, 1, 20);
    fmpq_set_si(bound + 1, 27, 20);
    assert_true(fmpq_cmp(bound, &soft->margin.lo) <= 0 && fmpq_cmp(&soft->margin.hi, bound + 1) <= 0);
    const dtn_belief_need *need = need_hard(&f, soft);
    assert_span(&need->best, "0", "1");
    if (fmpq_is_zero(&need->held.lo) &&
        fmpq_is_one(&need->held.hi)) /* every belief is admitted: the whole range */
        assert_span(&soft->margin, "1/20", "27/20");
    for (int k = 0; k < soft->heeds; k++)
        assert_span(&soft->heed[k].execute, "1", "1");
    drop(&f);
}

static void answer_as_a_signal(void **state)
{
    dtn_ctx *ctx = *state;
    found f = solve(ctx, -1, NULL);
    const dtn_signal *s = signal_of(&f, "answer");
    assert_int_equal(s->player, 1);
    assert_int_equal(s->types, 2);
    assert_true(s->reached && s->changes_beliefs && s->changes_incentives);
    assert_int_equal(s->kind, DTN_SIGNAL_MOVES);
    assert_close(s->bits, 1.0, 1e-12);
    assert_fmpq_eq_str(s->prior, "1/2");
    const dtn_message *engage = &s->message[0], *reject = &s->message[1];
    assert_string_equal(engage->name, "engage");
    assert_fmpq_eq_str(engage->sent, "0");
    assert_fmpq_eq_str(engage->sent + 1, "1");
    assert_fmpq_eq_str(reject->posterior, "1");
    assert_fmpq_eq_str(&reject->shift, "1/2");
    assert_fmpq_eq_str(engage->gain, "-1/20");     /* hard Q: -0.2 instead of -0.3 / 2 */
    assert_fmpq_eq_str(reject->gain + 1, "-1/10"); /* soft Q: -0.6 / 2 instead of -0.2 */
    assert_fmpq_eq_str(reject->gain, "0");
    /* P believing 1/2 after a rejection: soft P would carry out (-0.25 against -0.3) and get -0.9; that happens with 1/4. */
    assert_fmpq_eq_str(&s->decision_value, "3/20");
    assert_int_equal(s->receiver, 0);
    const dtn_signal *reaction = signal_of(&f, "reaction");
    assert_close(reaction->bits, 1.0, 1e-12);
    assert_fmpq_eq_str(&reaction->decision_value, "0"); /* Q's response depends on nothing that P knows */
    drop(&f);
}

static void mixed_signal_has_fewer_bits(void **state)
{
    dtn_ctx *ctx = *state;
    found f = solve(ctx, AT_A, "1/10"); /* E4H: soft Q rejects with 1/5, hard P carries out with 2/3 */
    const dtn_signal *s = signal_of(&f, "answer");
    assert_fmpq_eq_str(s->message[1].sent + 1, "1/5");
    assert_fmpq_eq_str(s->message[1].posterior, "5/6");
    /* 1 - 3/5 H(5/6) */
    assert_close(s->bits, 0.6099865470109875, 1e-12);
    const dtn_credible_act *hard = act_of(&f, "reaction.hard");
    assert_span(&hard->margin, "0", "0");
    assert_span(&need_hard(&f, hard)->best, "0", "5/6");
    drop(&f);
}

/* The same tree twice: what talk, a sunk cost and tied hands look like. */
static dtn_signal_kind kind_of(dtn_ctx *ctx, const char *now, const char *later)
{
    scene *c = scene_new(ctx);
    scene_player(c, "S");
    scene_player(c, "R");
    scene_param(c, "now", now);
    scene_param(c, "later", later);
    scene_types(c, 0, "strong", "1/2", "weak", "1/2");
    scene_state(c, "loud", "0");
    int yes = scene_outcome(c, "yes", "2", "1"), no = scene_outcome(c, "no", "-later*loud", "0");
    int say = scene_move(c, "say", 0), reply = scene_move(c, "reply", 1);
    dtn_scn_action *loudly = scene_action(c, say, "loudly", reply, NULL);
    scene_set(c, loudly, 0, "1");
    scene_pay(c, loudly, 0, "-now");
    scene_action(c, say, "quietly", reply, NULL);
    scene_action(c, reply, "accept", SCENE_END(yes), NULL);
    scene_action(c, reply, "refuse", SCENE_END(no), NULL);
    dtn_tree *tree;
    dtn_equilibria *all;
    const dtn_signal *signal;
    int signals;
    assert_ok(ctx, scene_tree(c, &tree, 0));
    assert_ok(ctx, dtn_sequential_solve(ctx, &all, tree, NULL));
    assert_true(all->count > 0);
    assert_ok(ctx, dtn_credibility_signals(ctx, c->s.arena, &signal, &signals, tree, &all->item[0]));
    assert_int_equal(signals, 1);
    dtn_signal_kind kind = signal[0].kind;
    assert_int_equal(signal[0].changes_incentives, kind >= DTN_SIGNAL_TIES);
    dtn_equilibria_free(all);
    dtn_tree_free(tree);
    dtn_scenario_free(&c->s);
    return kind;
}

static void kinds_of_signals(void **state)
{
    dtn_ctx *ctx = *state;
    assert_int_equal(kind_of(ctx, "0", "0"), DTN_SIGNAL_TALK);
    assert_int_equal(kind_of(ctx, "1/3", "0"), DTN_SIGNAL_COST);
    assert_int_equal(kind_of(ctx, "0", "1/3"), DTN_SIGNAL_TIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(threat_at_the_reference_point),      kit_test(heeding_the_threat),
        kit_test(off_the_path_figures_are_intervals), kit_test(answer_as_a_signal),
        kit_test(mixed_signal_has_fewer_bits),        kit_test(kinds_of_signals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
