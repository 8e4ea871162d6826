#include "model/scene.h"

#include "base/ctx.h"

/* P (hard with pi) presents; Q engages or rejects; P carries out or drops. */
static scene *threat(dtn_ctx *ctx)
{
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    scene_param(c, "pi", "1/4");
    scene_param(c, "a", "0.3");
    int k = scene_param(c, "k.hard", "0.2");
    scene_param(c, "k.soft", "0.9");
    scene_family(c, "k", 0, k, 2);
    scene_types(c, 0, "hard", "pi", "soft", "1 - pi");
    int engaged = scene_outcome(c, "engaged", "1", "-1/5");
    int clash = scene_outcome(c, "clash", "-k(P)", "-1");
    int dropped = scene_outcome(c, "dropped", "-a", "0");
    int answer = scene_move(c, "answer", 1);
    int reaction = scene_move(c, "reaction", 0);
    scene_action(c, answer, "engage", SCENE_END(engaged), NULL);
    scene_action(c, answer, "reject", reaction, NULL);
    dtn_scn_action *carry = scene_action(c, reaction, "carry-out", SCENE_END(clash), NULL);
    carry->kind = DTN_ACT_THREAT;
    carry->target = 1;
    carry->unless = "answer.engage";
    scene_action(c, reaction, "drop", SCENE_END(dropped), NULL);
    return c;
}

static void types_information_sets_and_marks(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = threat(ctx);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->nodes, 1 + 2 * 5);
    assert_int_equal(t->terminals, 6);
    assert_int_equal(t->infosets, 3);
    assert_int_equal(t->draws, 2);
    assert_int_equal(t->outcomes, 3);
    assert_true(t->perfect_recall);
    int answer = scene_infoset(t, "answer"), hard = scene_infoset(t, "reaction.hard");
    scene_infoset(t, "reaction.soft");
    assert_int_equal(t->infoset[answer].members, 2);
    assert_int_equal(t->infoset[answer].type, -1);
    assert_int_equal(t->infoset[hard].members, 1);
    assert_int_equal(t->infoset[hard].type, 0);
    const dtn_action *carry = &t->action[t->infoset[hard].first_action];
    assert_string_equal(carry->name, "carry-out");
    assert_int_equal(carry->kind, DTN_ACT_THREAT);
    assert_int_equal(carry->target, 1);
    assert_string_equal(carry->unless, "answer.engage");
    assert_true(carry->seen);
    assert_fmpq_eq_str(&t->draw_prob[0], "1/4");
    assert_fmpq_eq_str(&t->draw_prob[1], "3/4");
    assert_int_equal(t->node[0].kind, DTN_NODE_CHANCE);
    int below = dtn_tree_child(t, 0, 1);
    assert_string_equal(t->node[below].label, "P: soft");
    assert_int_equal(t->draw[1].node, below);
    assert_int_equal(t->node[below].draw, 1);
    assert_string_equal(t->node[below].move, "answer");
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

static void formulas_follow_the_parameters(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = threat(ctx);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    int soft = scene_infoset(t, "reaction.soft");
    int node = t->members[t->infoset[soft].first_member];
    int clash = t->node[dtn_tree_child(t, node, 0)].terminal,
        dropped = t->node[dtn_tree_child(t, node, 1)].terminal;
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, clash * 2).q, "-9/10");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, dropped * 2).q, "-3/10");
    dtn_point other;
    fmpq *x = dtn_arena_fmpq(ctx->scratch, 1);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &other, &c->s));
    fmpq_set_si(x, 1, 2);
    assert_ok(ctx, dtn_point_set(ctx, &other, &c->s, dtn_scenario_param(&c->s, "k.soft"), x));
    assert_ok(ctx, dtn_point_set(ctx, &other, &c->s, dtn_scenario_param(&c->s, "pi"), x));
    assert_ok(ctx, dtn_tree_reprice(ctx, t, other.value));
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, clash * 2).q, "-1/2");
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, dropped * 2).q, "-3/10");
    assert_fmpq_eq_str(&t->chance[dtn_tree_child(t, 0, 0)], "1/2");
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

static void types_of_probability_zero_stay(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = threat(ctx);
    dtn_tree *t;
    fmpq_zero(&c->param[0].value);
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->draws, 2);
    assert_int_equal(t->nodes, 11);
    assert_fmpq_eq_str(&t->draw_prob[0], "0");
    dtn_tree_free(t);
    fmpq_set_si(&c->param[0].value, 3, 2);
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "probability that P is hard");
    assert_error_has(ctx, "3/2");
    assert_null(t);
    dtn_scenario_free(&c->s);
}

static void joint_types(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = threat(ctx);
    static const int both[3][2] = {{0, 0}, {0, 1}, {1, 1}};
    static const char *const names[] = {"tough", "mild"};
    c->player[1].types = 2;
    c->player[1].type = names;
    for (int i = 0; i < 3; i++)
        c->joint[i] = (dtn_scn_joint){both[i], scene_formula(c, i == 1 ? "1/2" : "pi"), {0, 0, 0}};
    c->s.joints = 3;
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->nodes, 1 + 3 * 5);
    assert_int_equal(t->draws, 3);
    assert_int_equal(t->infosets, 4);
    assert_int_equal(t->infoset[scene_infoset(t, "answer.mild")].members, 2);
    assert_int_equal(t->infoset[scene_infoset(t, "reaction.hard")].members, 2);
    assert_string_equal(t->node[dtn_tree_child(t, 0, 1)].label, "P: hard, Q: mild");
    dtn_tree_free(t);
    c->joint[2].prob = scene_formula(c, "1/3");
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "they sum to 13/12, not 1");
    dtn_scenario_free(&c->s);
}

static void simultaneous_moves_are_hidden(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    int kept = scene_outcome(c, "kept", "1", "1"), broken = scene_outcome(c, "broken", "0", "0");
    int only = scene_outcome(c, "only", "-1", "2");
    /* "*" last although it stands first; exact beats it, half exact too. */
    const int cells[3][3] = {{-1, -1, SCENE_END(broken)}, {0, 0, 1}, {0, -1, SCENE_END(only)}};
    scene_together(c, "both", "honour", "breach", 3, cells);
    int after = scene_move(c, "after", 1);
    assert_int_equal(after, 1);
    scene_action(c, after, "stay", SCENE_END(kept), NULL);
    scene_action(c, after, "leave", SCENE_END(broken), NULL);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 3);
    assert_int_equal(t->infoset[scene_infoset(t, "both.P")].members, 1);
    assert_int_equal(t->infoset[scene_infoset(t, "both.Q")].members, 2);
    assert_int_equal(t->infoset[scene_infoset(t, "after")].members, 1);
    int q = dtn_tree_child(t, 0, 0);
    assert_string_equal(t->node[dtn_tree_child(t, q, 0)].move, "after");
    assert_int_equal(t->node[dtn_tree_child(t, q, 1)].outcome, only);
    q = dtn_tree_child(t, 0, 1);
    assert_int_equal(t->node[dtn_tree_child(t, q, 0)].outcome, broken);
    assert_true(t->perfect_recall);
    assert_int_equal(t->draws, 0);
    dtn_tree_free(t);
    c->move[0].cells = 0;
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "says nothing of \"honour honour\"");
    dtn_scenario_free(&c->s);
}

/* P demands x of a grid; Q replies; the state counts, `pays` adds up, everything read before it takes effect. */
static void grids_states_and_payments(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    scene_param(c, "step", "1/4");
    scene_param(c, "fee", "1/10");
    scene_state(c, "n", "2");
    scene_state(c, "last", "fee");
    int x = scene_grid(c, "x");
    int deal = scene_outcome(c, "deal", "x", "1 - x + n"), none = scene_outcome(c, "none", "last", "n");
    int offer = scene_move(c, "offer", 0), reply = scene_move(c, "reply", 1);
    dtn_scn_action *demand = scene_action(c, offer, "demand", reply, NULL);
    demand->grid = x;
    demand->grid_lo = scene_formula(c, "0");
    demand->grid_hi = scene_formula(c, "1");
    demand->grid_step = scene_formula(c, "step");
    scene_set(c, demand, 0, "n + 1 + last - fee"); /* 3 */
    scene_set(c, demand, 1, "x + n*fee");          /* reads the old n: x + 2 fee */
    scene_pay(c, demand, 0, "-fee*n");             /* reads the old n too */
    scene_action(c, offer, "pass", SCENE_END(none), NULL);
    dtn_scn_action *yes = scene_action(c, reply, "yes", SCENE_END(deal), NULL);
    scene_pay(c, yes, 0, "-fee");
    scene_action(c, reply, "no", SCENE_END(none), NULL);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 1 + 5);
    assert_int_equal(t->infoset[0].actions, 6);
    assert_string_equal(t->action[3].name, "demand(3/4)");
    assert_string_equal(t->action[5].name, "pass");
    int third = t->infoset[scene_infoset(t, "reply[demand(3/4)]")].first_member;
    int node = t->members[third];
    int agreed = t->node[dtn_tree_child(t, node, 0)].terminal,
        refused = t->node[dtn_tree_child(t, node, 1)].terminal;
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, agreed * 2).q, "9/20");     /* 3/4 - 2/10 - 1/10 */
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, agreed * 2 + 1).q, "13/4"); /* 1/4 + 3 */
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, refused * 2).q, "3/4");     /* 3/4 + 2/10 - 2/10 */
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, refused * 2 + 1).q, "3");
    dtn_point other;
    fmpq *one = dtn_arena_fmpq(ctx->scratch, 1);
    fmpq_one(one);
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &other, &c->s));
    assert_ok(ctx, dtn_point_set(ctx, &other, &c->s, 1, one));
    assert_ok(ctx, dtn_tree_reprice(ctx, t, other.value));
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, agreed * 2).q, "-9/4"); /* 3/4 - 3 */
    dtn_tree_free(t);
    fmpq_zero(&c->param[0].value);
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "scene.yaml:50:10: grid of demand: the step must be positive");
    dtn_scenario_free(&c->s);
}

/* P's hidden move; Q moves knowing nothing of it; P remembers it. Names tell what distinguishes. */
static void hidden_moves_and_names(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    int end = scene_outcome(c, "end", "0", "0");
    int arm = scene_move(c, "arm", 0), probe = scene_move(c, "probe", 1), act = scene_move(c, "act", 0);
    scene_action(c, arm, "arm", probe, NULL);
    scene_action(c, arm, "wait", probe, NULL);
    scene_seen_by(c, arm, 1);
    scene_action(c, probe, "look", act, NULL);
    scene_action(c, probe, "trust", act, NULL);
    scene_action(c, act, "strike", SCENE_END(end), NULL);
    scene_action(c, act, "hold", SCENE_END(end), NULL);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 1 + 1 + 4);
    assert_int_equal(t->infoset[scene_infoset(t, "probe")].members, 2);
    scene_infoset(t, "act[arm,look]");
    scene_infoset(t, "act[wait,trust]");
    assert_false(t->action[t->infoset[scene_infoset(t, "arm")].first_action].seen);
    assert_true(t->action[t->infoset[scene_infoset(t, "probe")].first_action].seen);
    assert_true(t->perfect_recall);
    assert_false(t->perfect_information);
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

/* A sequence may end where another goes on: names stay unique. */
static void names_of_short_and_long_histories(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    int end = scene_outcome(c, "end", "0", "0");
    int open = scene_move(c, "open", 0), detour = scene_move(c, "detour", 1), last = scene_move(c, "last", 1);
    scene_action(c, open, "go", last, NULL);
    scene_action(c, open, "round", detour, NULL);
    scene_seen_by(c, open, 1);
    scene_action(c, detour, "left", last, NULL);
    scene_action(c, detour, "right", last, NULL);
    scene_action(c, last, "stop", SCENE_END(end), NULL);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 5);
    scene_infoset(t, "last");
    scene_infoset(t, "last[left]");
    scene_infoset(t, "last[right]");
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

/* A router sends the protocol back three times: the tree is finite and the router leaves no node. */
static void cycles_that_end(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    scene_state(c, "round", "1");
    int stopped = scene_outcome(c, "stopped", "round", "0"), over = scene_outcome(c, "over", "0", "round");
    int ask = scene_move(c, "ask", 0), next = scene_move(c, "next", -1);
    dtn_scn_action *go = scene_action(c, ask, "go", next, NULL);
    scene_set(c, go, 0, "round + 1");
    scene_action(c, ask, "stop", SCENE_END(stopped), NULL);
    scene_action(c, next, "again", ask, "if(round <= 3, 1, 0)");
    scene_action(c, next, "done", SCENE_END(over), "if(round <= 3, 0, 1)");
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 3);
    assert_int_equal(t->nodes, 3 + 4);
    scene_infoset(t, "ask");
    scene_infoset(t, "ask[go]");
    scene_infoset(t, "ask[go,go]");
    dtn_tree_free(t);
    c->move[ask].actions = 1;
    ((dtn_scn_action *)c->move[ask].action)->sets = 0;
    assert_status(ctx, DTN_LIMIT, scene_tree(c, &t, 0));
    assert_error_has(ctx,
                     "scene.yaml:50:5: the protocol need not end: ask -> next -> ask; nothing that a later");
    ((dtn_scn_action *)c->move[ask].action)->sets = 1;
    ((dtn_scn_action *)c->move[next].action)->prob = scene_formula(c, "1");
    c->move[next].actions = 1;
    assert_status(ctx, DTN_LIMIT, scene_tree(c, &t, 0));
    assert_error_has(ctx, "10000 moves");
    assert_status(ctx, DTN_LIMIT, scene_tree(c, &t, 100));
    assert_error_has(ctx, "more than 100 nodes");
    dtn_scenario_free(&c->s);
}

static void faults_are_told_where_they_stand(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    dtn_tree *t;
    scene_player(c, "P");
    scene_param(c, "s", "2/5");
    c->s.start = -1;
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "no protocol");
    c->s.start = 0;
    int x = scene_grid(c, "x");
    int end = scene_outcome(c, "end", "1", NULL), odd = scene_outcome(c, "odd", "1/(s - 2/5)", NULL);
    int unset = scene_outcome(c, "unset", "x", NULL);
    int deal = scene_move(c, "deal", -1);
    scene_action(c, deal, "kept", SCENE_END(end), "1 - s");
    dtn_scn_action *shift = scene_action(c, deal, "shift", SCENE_END(end), "s/2");
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "scene.yaml:50:5: probabilities of chance move deal: they sum to 4/5, not 1");
    shift->prob = scene_formula(c, "s");
    shift->to = scene_goal(SCENE_END(odd));
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "scene.yaml:101:3: payoff of P at outcome odd: ");
    shift->to = scene_goal(SCENE_END(unset));
    assert_status(ctx, DTN_DOMAIN, scene_tree(c, &t, 0));
    assert_error_has(ctx, "x has no value here");
    (void)x;
    dtn_scenario_free(&c->s);
}

/* Types on a grid: the type's value is known to formulas, its number names the information set. */
static void types_on_a_grid(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "A");
    scene_player(c, "B");
    scene_param(c, "p", "1/2");
    int cost = scene_grid(c, "cost");
    static const char *const names[] = {"cost=0", "cost=1/4", "cost=1/2"};
    const dtn_expr *prior[3];
    fmpq *value = dtn_arena_fmpq(c->s.arena, 3);
    for (int i = 0; i < 3; i++) {
        fmpq_set_si(&value[i], i, 4);
        prior[i] = scene_formula(c, i == 1 ? "p" : "(1 - p)/2");
    }
    c->player[1].types = 3;
    c->player[1].type = names;
    c->player[1].prior = prior;
    c->player[1].grid = cost;
    c->player[1].grid_value = value;
    int settled = scene_outcome(c, "settled", "1/2", "1/2"),
        war = scene_outcome(c, "war", "p", "1 - p - cost");
    int reply = scene_move(c, "reply", 1);
    scene_action(c, reply, "accept", SCENE_END(settled), NULL);
    scene_action(c, reply, "fight", SCENE_END(war), NULL);
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 3);
    assert_int_equal(t->draws, 3);
    int h = scene_infoset(t, "reply.cost=1/4");
    int end = t->node[dtn_tree_child(t, t->members[t->infoset[h].first_member], 1)].terminal;
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, 2 * end + 1).q, "1/4");
    assert_fmpq_eq_str(&t->draw_prob[0], "1/4");
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

/* Chance that only P sees; simultaneous choices that pay and set, mover after mover. */
static void hidden_chance_and_effects_of_simultaneous_moves(void **state)
{
    dtn_ctx *ctx = *state;
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    scene_state(c, "n", "0");
    int end = scene_outcome(c, "end", "n", "10*n");
    int weather = scene_move(c, "weather", -1);
    const int cells[1][3] = {{-1, -1, SCENE_END(end)}};
    int both = scene_together(c, "both", "add", "stay", 1, cells);
    scene_action(c, weather, "storm", both, "1/3");
    scene_action(c, weather, "calm", both, "2/3");
    scene_seen_by(c, weather, 1);
    for (int k = 0; k < 2; k++) {
        dtn_scn_action *add = (dtn_scn_action *)c->move[both].mover_action[k];
        scene_set(c, add, 0, "n + 1");
        scene_pay(c, add, 0, "n");
    }
    dtn_tree *t;
    assert_ok(ctx, scene_tree(c, &t, 0));
    assert_int_equal(t->infosets, 3);
    assert_int_equal(t->infoset[scene_infoset(t, "both.P[storm]")].members, 1);
    assert_int_equal(t->infoset[scene_infoset(t, "both.Q")].members, 4);
    int q = dtn_tree_child(t, dtn_tree_child(t, 0, 0), 0);
    size_t pay = 2 * (size_t)t->node[dtn_tree_child(t, q, 0)].terminal;
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, pay).q,
                       "3"); /* n = 2, and Q's choice paid P the 1 that P's had set */
    assert_fmpq_eq_str(dtn_payoffs_at(&t->payoff, pay + 1).q, "20");
    assert_string_equal(t->node[dtn_tree_child(t, 0, 0)].label, "storm");
    dtn_tree_free(t);
    dtn_scenario_free(&c->s);
}

static dtn_status expand_again(dtn_ctx *ctx, void *user)
{
    const scene *c = user;
    dtn_point point;
    dtn_tree *t;
    DTN_TRY(dtn_point_new(ctx, ctx->scratch, &point, &c->s));
    DTN_TRY(dtn_scenario_tree(ctx, &t, &c->s, &point, 0));
    dtn_tree_free(t);
    return DTN_OK;
}

static void every_allocation_may_fail(void **state)
{
    scene *c = threat(*state);
    assert_true(kit_memory_sweep(expand_again, c) > 3);
    dtn_scenario_free(&c->s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(types_information_sets_and_marks),
        kit_test(formulas_follow_the_parameters),
        kit_test(types_of_probability_zero_stay),
        kit_test(joint_types),
        kit_test(simultaneous_moves_are_hidden),
        kit_test(grids_states_and_payments),
        kit_test(hidden_moves_and_names),
        kit_test(names_of_short_and_long_histories),
        kit_test(cycles_that_end),
        kit_test(faults_are_told_where_they_stand),
        kit_test(types_on_a_grid),
        kit_test(hidden_chance_and_effects_of_simultaneous_moves),
        kit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
