/* The whole language is read, and what was read means what was written. */
#include "kit/kit.h"

#include <string.h>

#include "detente/conflict.h"
#include "detente/model.h"
#include "model/model.h"
#include "model/strategic.h"

static dtn_model *read_file(dtn_ctx *ctx, const char *path)
{
    dtn_model *model;
    dtn_diags *diags;
    dtn_status status = dtn_model_read(ctx, &model, &diags, kit_source_path(ctx->scratch, path));
    if (status != DTN_OK || dtn_diags_count(diags) > 0)
        fail_msg("%s: %s: %s", path, dtn_ctx_error(ctx),
                 diags && dtn_diags_count(diags) ? dtn_diag_message(diags, 0) : "");
    dtn_diags_free(diags);
    return model;
}

static dtn_model *read_text(dtn_ctx *ctx, const char *text)
{
    dtn_model *model;
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, NULL, text, strlen(text)));
    return model;
}

static const char *formula(dtn_ctx *ctx, const dtn_scenario *s, const dtn_expr *e)
{
    const char **names = dtn_arena_array(ctx->scratch, (size_t)dtn_scn_slots(s), sizeof *names);
    for (int i = 0; i < s->params; i++)
        names[i] = s->param[i].name;
    for (int i = 0; i < s->states; i++)
        names[dtn_scn_slot_state(s, i)] = s->state[i];
    for (int i = 0; i < s->grids; i++)
        names[dtn_scn_slot_grid(s, i)] = s->grid[i];
    for (int i = 0; i < s->families; i++)
        names[dtn_scn_slot_family(s, i)] = s->family[i].name;
    return e ? dtn_expr_text(ctx->scratch, e, names) : "(none)";
}

static void numbers_and_types(const dtn_scenario *s)
{
    assert_int_equal(s->players, 2);
    assert_string_equal(s->player[0].name, "Proposer");
    assert_int_equal(s->player[1].types, 2);
    int k = dtn_scenario_param(s, "k.irresolute"), a = dtn_scenario_param(s, "a");
    assert_fmpq_eq_str(&s->param[k].value, "9/10");
    assert_string_equal(s->param[k].about, "of the irresolute");
    assert_string_equal(s->param[dtn_scenario_param(s, "k.resolved")].about, "cost of a clash");
    assert_fmpq_eq_str(&s->param[a].hi, "1");
    assert_true(s->param[a].lever && s->param[a].ranged && !s->param[dtn_scenario_param(s, "e0")].ranged);
    assert_int_equal(s->families, 1);
    assert_int_equal(s->family[0].param[1], k);
    assert_int_equal(s->constraints, 2);
}

static void protocol(dtn_ctx *ctx, const dtn_scenario *s)
{
    assert_string_equal(s->move[s->start].key, "present");
    const dtn_scn_action *publish = &s->move[0].action[1];
    assert_int_equal(publish->sets, 1);
    assert_string_equal(formula(ctx, s, publish->pay[0].amount), "-e0");
    const dtn_scn_action *threat = &s->move[2].action[0];
    assert_int_equal(threat->kind, DTN_ACT_THREAT);
    assert_int_equal(threat->target, 1);
    assert_string_equal(threat->unless, "answer.engage");
    const dtn_scn_move *shift = &s->move[5], *both = &s->move[6];
    assert_string_equal(shift->key, "shift");
    assert_string_equal(formula(ctx, s, s->move[4].action[0].prob), "1 - s");
    assert_int_equal(both->kind, DTN_MOVE_TOGETHER);
    assert_int_equal(both->cells, 3);
    assert_true(both->cell[1].choice[0] == 1 && both->cell[1].choice[1] == -1 && both->cell[2].choice[0] == -1);
    const dtn_scn_move *hidden = &s->move[9];
    assert_true(hidden->seen_restricted && hidden->seen_by[0] && !hidden->seen_by[1]);
    assert_int_equal(s->move[7].action[0].grid, 0);
    assert_string_equal(formula(ctx, s, s->move[7].action[0].grid_step), "1/20");
    const dtn_scn_outcome *clash = &s->outcome[4];
    assert_string_equal(formula(ctx, s, clash->payoff[0]), "-k");
    assert_string_equal(formula(ctx, s, clash->type_payoff[1][1]), "-nS");
    assert_string_equal(formula(ctx, s, s->outcome[3].payoff[1]), "1 - x");
}

static void ledger(const dtn_scenario *s)
{
    assert_int_equal(s->claims, 3);
    assert_int_equal(s->claim[0].chain_actors, 2);
    assert_false(s->actor[s->claim[0].chain[0]].named);
    assert_int_equal(s->claim[0].contra[0], 1);
    assert_string_equal(s->claim[0].word_scale, "ICD-203");
    assert_int_equal(s->claim[1].check, DTN_CHECK_CHECKED_FALSE);
    assert_string_equal(s->claim[1].checked_by, "an archive");
    assert_int_equal(s->actor[2].party, -1);
    assert_true(s->link[0].has_effect && s->link[0].has_else);
    assert_fmpq_eq_str(&s->link[0].else_lo, "1/20");
    assert_int_equal(s->link[1].element.kind, DTN_ELEMENT_ACTION);
    assert_int_equal(s->link[2].element.sub, 1);
    assert_int_equal(s->link[3].element.index, 3);
    assert_int_equal(s->link[8].element.kind, DTN_ELEMENT_FAMILY);
}

static void questions(dtn_ctx *ctx, const dtn_scenario *s)
{
    assert_string_equal(s->ask.target.item[0], "answer.engage");
    assert_int_equal(s->ask.maps, 2);
    assert_int_equal(s->expects, 11);
    assert_string_equal(formula(ctx, s, s->expect[0].every->outcome[2].upper), "pi");
    assert_string_equal(s->expect[1].some->belief[1].subkey, "resolved");
    assert_int_equal(s->expect[3].values, 0);
    assert_true(s->expect[5].no_least);
    assert_string_equal(s->expect[4].lever, "bond");
    assert_fmpq_eq_str(s->expect[4].least, "71/360");
    assert_int_equal(s->expect[6].variant[0], 0);
    assert_int_equal(s->expect[7].player, 1);
    assert_true(s->expect[8].some_equilibrium);
    assert_int_equal(s->expect[10].profiles, 4);
    assert_string_equal(s->expect[10].every->rung, "nash");
}

static void everything_is_read(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read_file(ctx, "tests/format/scenarios/everything.yaml");
    assert_string_equal(dtn_model_kind_name(model), "scenario");
    assert_true(dtn_model_has(model, "moves") && dtn_model_has(model, "conflict") &&
                !dtn_model_has(model, "matrix"));
    const dtn_scenario *s = model->scenario;
    numbers_and_types(s);
    protocol(ctx, s);
    ledger(s);
    questions(ctx, s);
    assert_int_equal(s->classes, 2);
    assert_int_equal(s->class_[1].test[1].relation, DTN_REL_MIXED);
    assert_int_equal(s->class_[1].test[3].relation, DTN_REL_GT);
    assert_string_equal(formula(ctx, s, s->class_[1].test[4].value), "1 - pi");
    assert_int_equal(s->group[1].outcomes, 2);
    assert_string_equal(s->guarantee[0].channel, "escrow");
    assert_string_equal(formula(ctx, s, s->guarantee[0].enforcer_incentive), "e + 1");
    assert_true(s->repeated.given && s->repeated.transfers);
    size_t status_quo;
    assert_true(dtn_conflict_status_quo(s->conflict, &status_quo));
    assert_int_equal(dtn_conflict_variants(s->conflict, 0), 3);
    dtn_model_free(model);
}

static void the_reference_scenario_is_read(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read_file(ctx, "examples/security-guarantees-2021.yaml");
    assert_int_equal(model->scenario->claims, 11);
    dtn_model_free(model);
}

static void a_matrix_and_json(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model =
        read_text(ctx, "detente: 1\n"
                       "players: {R: Row, C: Column}\n"
                       "matrix:\n"
                       "  strategies: {R: [a, b], C: [x, y, z]}\n"
                       "  payoffs: [[[1, 2], [0, 0], [1/3, 4]], [[5, 6], [7, 8], [-9, .5]]]\n");
    const dtn_strategic *g = model->scenario->matrix;
    assert_int_equal(g->profiles, 6);
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 4 * 2).q, "1/3");
    assert_fmpq_eq_str(dtn_payoffs_at(&g->payoff, 5 * 2 + 1).q, "1/2");
    dtn_model_free(model);
    model = read_text(
        ctx, "{\"detente\": 1, \"title\": \"\\ud83d\\ude00 \\/\", \"players\": [\"A\", \"B\"],\n"
             "\t\"matrix\": {\"strategies\": {\"A\": [\"u\", \"d\"], \"B\": [\"l\", \"r\"]},\n"
             "\t\"payoffs\": {\"u l\": [1, 1], \"u r\": [0, 0], \"d l\": [0, 0], \"d r\": [2, 2.5e0]}}}");
    assert_string_equal(model->scenario->title, "\xf0\x9f\x98\x80 /");
    assert_string_equal(dtn_model_format(model), "json");
    assert_fmpq_eq_str(dtn_payoffs_at(&model->scenario->matrix->payoff, 3 * 2 + 1).q, "5/2");
    dtn_model_free(model);
}

static void types_of_other_kinds(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model = read_text(ctx, "detente: 1\n"
                                      "players: {A: , B: }\n"
                                      "types:\n"
                                      "  B: {grid: {c: [0, 1, 1/2]}, density: 1 + c}\n"
                                      "start: m\n"
                                      "moves: {m: {player: A, actions: {go: end, stay: end}}}\n"
                                      "outcomes: {end: {A: 0, B: c}}\n");
    const dtn_scenario *s = model->scenario;
    assert_int_equal(s->player[1].types, 3);
    assert_string_equal(s->player[1].type[1], "c=1/2");
    assert_string_equal(formula(ctx, s, s->player[1].prior[1]), "1/3");
    dtn_model_free(model);
    model = read_text(ctx, "detente: 1\n"
                           "players: {A: , B: }\n"
                           "types:\n"
                           "  joint: [{A: x, B: u, prob: 1/4}, {A: y, B: v, prob: 3/4}]\n"
                           "moves: {m: {player: A, actions: {go: end, stay: end}}}\n"
                           "outcomes: {end: {A: {x: 0, y: 1}, B: 0}}\n");
    s = model->scenario;
    assert_int_equal(s->joints, 2);
    assert_int_equal(s->joint[1].types[1], 1);
    assert_null(s->player[0].prior);
    dtn_model_free(model);
}

static void a_conflict_in_graph_form(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model =
        read_text(ctx, "detente: 1\n"
                       "players: [A, B]\n"
                       "conflict:\n"
                       "  states: [s1, s2, s3]\n"
                       "  moves: {A: [s1 -> s2, s2 -> s1], B: [s2 -> s3]}\n"
                       "  preferences:\n"
                       "    A: {ranking: [s3, [s1, s2]]}\n"
                       "    B: {cautious: {ranking: [s1, s2, s3]}, bold: {ranking: [s3, s2, s1]}}\n");
    const dtn_conflict *c = model->scenario->conflict;
    assert_int_equal(dtn_conflict_states(c), 3);
    assert_int_equal(dtn_conflict_rank(c, 0, 0, 2), 2);
    assert_int_equal(dtn_conflict_variants(c, 1), 2);
    dtn_model_free(model);
}

static dtn_status read_all(dtn_ctx *ctx, void *user)
{
    dtn_model *model;
    dtn_diags *diags = NULL;
    dtn_status status = dtn_model_parse(ctx, &model, &diags, "x.yaml", user, strlen(user));
    dtn_diags_free(diags);
    dtn_model_free(model);
    return status;
}

static void memory_may_run_out(void **state)
{
    dtn_ctx *ctx = *state;
    char *text = kit_read(ctx->scratch, "tests/format/scenarios/everything.yaml", NULL);
    assert_true(kit_memory_sweep(read_all, text) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(everything_is_read),       kit_test(the_reference_scenario_is_read),
        kit_test(a_matrix_and_json),        kit_test(types_of_other_kinds),
        kit_test(a_conflict_in_graph_form), kit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
