/* Expectations: those that hold, those that do not and what they say, those that cannot be asked. */
#include "kit/kit.h"

#include <string.h>

#include "analyse/check.h"
#include "analyse/job.h"
#include "detente/model.h"

/* A small standoff: P of either type asks or rests, Q yields or holds. pi = 1/3 is hard. */
static const char game[] = "detente: 1\n"
                           "title: t\n"
                           "players: {P: {name: P}, Q: {name: Q}}\n"
                           "types: {P: {hard: pi, soft: 1 - pi}}\n"
                           "parameters: {pi: {value: 1/3, range: [0, 1]}, c: {value: 1/4, range: [0, 1]}}\n"
                           "start: ask\n"
                           "moves:\n"
                           "  ask: {player: P, actions: {ask: reply, rest: rest}}\n"
                           "  reply: {player: Q, actions: {yield: deal, hold: clash}}\n"
                           "outcomes:\n"
                           "  rest: {P: 0, Q: 0}\n"
                           "  deal: {P: 1, Q: -c}\n"
                           "  clash: {P: {hard: 1/2, soft: -1}, Q: 0}\n"
                           "groups: {asked: [deal, clash]}\n"
                           "classes: {bold: {play: {ask.hard.ask: 1}}}\n"
                           "guarantees: {g: {by: Q, gain: 1/2, detect: 1}}\n";

static const char *with(dtn_ctx *ctx, const char *expectations)
{
    return dtn_arena_printf(ctx->scratch, "%sexpect:\n%s", game, expectations);
}

typedef struct checked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    const dtn_check_answer *answer;
} checked;

static checked check(dtn_ctx *ctx, const char *expectations)
{
    checked c;
    const char *text = with(ctx, expectations);
    assert_ok(ctx, dtn_model_parse(ctx, &c.model, NULL, "t.yaml", text, strlen(text)));
    assert_ok(ctx, dtn_job_new(ctx, &c.job, c.model, "check"));
    assert_ok(ctx, dtn_job_run(ctx, &c.result, c.job));
    c.answer = c.result->data;
    return c;
}

static void drop(checked *c)
{
    dtn_result_free(c->result);
    dtn_job_free(c->job);
    dtn_model_free(c->model);
}

/* The hard ask (they get at least 1/2), the soft do not if Q holds; Q holds, as yielding costs c. */
static void what_holds_passes(void **state)
{
    dtn_ctx *ctx = *state;
    checked c = check(
        ctx,
        "  - {solve: sequential, count: 1, every: {class: bold, outcomes: {rest: 2/3, clash: 1/3, asked: "
        "1/3}, "
        "strategies: {ask.hard.ask: 1, ask.soft.rest: 1, reply.hold: 1}, beliefs: {reply: {hard: 1, P.soft: "
        "0}}, "
        "payoffs: {P: 1/6, P.hard: 1/2, P.soft: 0, Q: 0}}}\n"
        "  - {solve: sequential, some: {outcomes: {deal: [0, 1/2]}}, none: {strategies: {reply.yield: 1}}}\n"
        "  - {at: {pi: 1/2}, solve: sequential, every: {outcomes: {clash: pi}}}\n"
        "  - {critical: {c: []}}\n"
        "  - {scalar: g, least: {bond: 1/2, penalty: none}}\n"
        "  - {verify: {ask.hard.ask: 1, ask.soft.rest: 1, reply.hold: 1}, rung: d1}\n"
        "  - {verify: {ask.ask: 1, reply.yield: 1}, rung: none}\n"
        "  - {credibility: ask.ask, rung: sequential, figures: {sent: {hard: 1}, posterior: {soft: 0}}}\n");
    for (int i = 0; i < c.answer->rows; i++)
        if (!c.answer->row[i].pass)
            print_message("line %d, %s: expected %s, found %s\n", c.answer->row[i].place.line,
                          c.answer->row[i].asked, c.answer->row[i].expected, c.answer->row[i].found);
    assert_int_equal(c.answer->failed, 0);
    assert_false(dtn_result_failed(c.result));
    assert_int_equal(c.answer->entries, 9); /* a critical or scalar entry counts once for each value asked */
    assert_int_equal(c.answer->infosets, 3);
    assert_true(c.answer->rows > 15);
    drop(&c);
}

/* One wrong expectation: its row says what, where, what was expected and what came out. */
static void assert_row(dtn_ctx *ctx, const char *expectation, const char *asked, const char *expected,
                       const char *found)
{
    checked c = check(ctx, dtn_arena_printf(ctx->scratch, "  - %s\n", expectation));
    bool seen = false;
    for (int i = 0; i < c.answer->rows; i++) {
        const dtn_expect_row *r = &c.answer->row[i];
        if (r->pass)
            continue;
        seen = true;
        assert_text_has(r->asked, asked);
        assert_text_has(r->expected, expected);
        assert_text_has(r->found, found);
        assert_int_equal(r->place.line, 18);
    }
    assert_true(seen);
    assert_int_equal(c.answer->failed, 1);
    assert_true(dtn_result_failed(c.result));
    drop(&c);
}

static void what_fails_says_why(void **state)
{
    dtn_ctx *ctx = *state;
    assert_row(ctx, "{solve: sequential, count: 2}", "solve sequential: count", "2", "1");
    assert_row(ctx, "{solve: sequential, every: {outcomes: {clash: 1/2}}}", "every: outcome clash", "1/2",
               "1/3");
    assert_row(ctx, "{solve: sequential, every: {beliefs: {reply: {hard: 1/2}}}}", "belief at reply in hard",
               "1/2", "1");
    assert_row(ctx, "{solve: sequential, every: {payoffs: {P.hard: [0, 1/4]}}}", "payoff of P.hard",
               "[0, 1/4]", "1/2");
    assert_row(ctx, "{solve: sequential, every: {rung: spe}}", "rung", "spe", "");
    assert_row(ctx, "{solve: sequential, some: {outcomes: {clash: 1/3}, strategies: {reply.yield: 1}}}",
               "some", "clash = 1/3, reply.yield = 1",
               "none of 1; the nearest, equilibrium 1, has reply.yield = 0");
    assert_row(ctx, "{solve: sequential, none: {outcomes: {clash: 1/3}}}", "none", "clash = 1/3",
               "equilibrium 1 of 1");
    assert_row(ctx, "{critical: {c: [1/2]}}", "critical values of c", "1/2", "none");
    assert_row(ctx, "{scalar: g, least: {bond: 1/3}}", "scalar rule of g: bond", "1/3", "1/2");
    assert_row(ctx, "{scalar: g, least: {penalty: 1}}", "penalty", "1", "none");
    assert_row(ctx, "{bind: deal, lever: c, least: 0}", "bind deal by c, every equilibrium", "0", "none");
    assert_row(ctx, "{verify: {ask.ask: 1, reply.yield: 1}, rung: sequential}", "verify: rung", "sequential",
               "none");
    assert_row(ctx, "{credibility: ask.hard.ask, rung: sequential, figures: {margin: 0}}",
               "credibility of ask.hard.ask: margin", "0", "no such figure");
}

static void what_cannot_be_asked_fails_alone(void **state)
{
    dtn_ctx *ctx = *state;
    assert_row(ctx, "{at: {pi: 2}, solve: sequential, count: 1}", "solve", "an answer", "");
    assert_row(ctx, "{solve: simplex, count: 1}", "solve", "an answer", "simplex");
    assert_row(ctx, "{verify: {ask.hard.ask: 1}}", "verify", "an answer", "does not say what happens");
    checked c = check(ctx, "  - {solve: simplex, count: 1}\n  - {solve: sequential, count: 1}\n");
    assert_int_equal(c.answer->failed, 1); /* the next entry is asked all the same */
    assert_int_equal(c.answer->rows, 2);
    assert_true(c.answer->row[1].pass);
    drop(&c);
}

static void expectations_can_be_left_out(void **state)
{
    dtn_ctx *ctx = *state;
    checked c = check(ctx, "  - {solve: sequential, count: 2}\n");
    dtn_result_free(c.result);
    assert_ok(ctx, dtn_job_set(ctx, c.job, "no-expect", ""));
    assert_ok(ctx, dtn_job_run(ctx, &c.result, c.job));
    c.answer = c.result->data;
    assert_false(c.answer->ran);
    assert_false(dtn_result_failed(c.result));
    assert_true(c.answer->nodes > 0);
    drop(&c);
}

/* Every analysis of a scenario, under every failing allocation. */
typedef struct work {
    const dtn_model *model;
    const char *analysis;
} work;

static dtn_status whole_job(dtn_ctx *ctx, void *user)
{
    const work *w = user;
    dtn_job *job;
    dtn_result *result;
    DTN_TRY(dtn_job_new(ctx, &job, w->model, w->analysis));
    dtn_status status = DTN_OK;
    if (strcmp(w->analysis, "rests") == 0 || strcmp(w->analysis, "bind") == 0)
        status = dtn_job_set(ctx, job, "cells", "2");
    if (status == DTN_OK)
        status = dtn_job_run(ctx, &result, job);
    if (status == DTN_OK)
        dtn_result_free(result);
    dtn_job_free(job);
    return status;
}

static void no_memory_is_no_leak(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const analyses[] = {"check", "solve", "credibility", "bind", "rests"};
    const char *text =
        with(ctx, "  - {solve: sequential, count: 1, every: {class: bold, payoffs: {P: 1/6}}}\n"
                  "  - {credibility: ask.ask, rung: sequential, figures: {sent: {hard: 1}}}\n"
                  "ask: {target: clash, levers: [c], rung: sequential}\n");
    dtn_model *model;
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "t.yaml", text, strlen(text)));
    for (size_t i = 0; i < sizeof analyses / sizeof *analyses; i++) {
        work w = {model, analyses[i]};
        assert_true(kit_memory_sweep(whole_job, &w) > 5);
    }
    dtn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(what_holds_passes),
        kit_test(what_fails_says_why),
        kit_test(what_cannot_be_asked_fails_alone),
        kit_test(expectations_can_be_left_out),
        kit_test(no_memory_is_no_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
