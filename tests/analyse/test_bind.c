/* What would bind: published thresholds, with their proofs and formulas. */
#include "kit/standoff.h"

#include <string.h>

#include "analyse/bind_frontier.h"
#include "analyse/job.h"
#include "detente/model.h"
#include "kit/games.h"

typedef struct asked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    const dtn_bind_answer *answer;
} asked;

/* options: name, value, ..., NULL. */
static asked ask(dtn_ctx *ctx, const char *path, const char *const *options)
{
    asked a;
    assert_ok(ctx, dtn_model_read(ctx, &a.model, NULL, kit_source_path(ctx->scratch, path)));
    assert_ok(ctx, dtn_job_new(ctx, &a.job, a.model, "bind"));
    for (int i = 0; options[i]; i += 2)
        assert_ok(ctx, dtn_job_set(ctx, a.job, options[i], *options[i + 1] ? options[i + 1] : NULL));
    assert_ok(ctx, dtn_job_run(ctx, &a.result, a.job));
    a.answer = a.result->data;
    return a;
}

static void drop(asked *a)
{
    dtn_result_free(a->result);
    dtn_job_free(a->job);
    dtn_model_free(a->model);
}

static const dtn_bind_item *item_of(const asked *a, dtn_predicate predicate)
{
    for (int i = 0; i < a->answer->items; i++)
        if (a->answer->item[i].predicate == predicate)
            return &a->answer->item[i];
    fail_msg("no answer for the predicate %s", dtn_predicate_name(predicate));
    return NULL;
}

static void assert_number(const fmpq *x, long p, unsigned long q)
{
    fmpq_t y;
    fmpq_init(y);
    fmpq_set_si(y, p, q);
    assert_true(fmpq_equal(x, y));
    fmpq_clear(y);
}

static void assert_least(const dtn_bind_item *x, long p, unsigned long q, bool included, const char *formula)
{
    assert_true(x->proved);
    assert_int_equal(x->intervals, 1);
    assert_true(x->interval[0].lo.exact);
    assert_number(&x->interval[0].lo.at, p, q);
    assert_int_equal(x->interval[0].lo.included, included);
    assert_non_null(x->interval[0].lo.formula);
    assert_string_equal(x->interval[0].lo.formula, formula);
    assert_true(x->has_least && x->attained == included);
    assert_number(&x->cheapest, p, q);
    assert_number(&x->cost, p, q);
    assert_true(included ? fmpq_equal(&x->witness, &x->cheapest) : fmpq_cmp(&x->witness, &x->cheapest) > 0);
}

static void reference_thresholds(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/security-guarantees-2021.yaml",
                  (const char *const[]){"target", "engaged", "prob", "1", "lever", "a", NULL});
    assert_least(item_of(&a, DTN_PREDICATE_EVERY), 9, 10, false, "a = k.soft");
    assert_least(item_of(&a, DTN_PREDICATE_SOME), 9, 10, true, "a = k.soft");
    assert_least(item_of(&a, DTN_PREDICATE_DOMINANCE), 9, 10, false, "a = k.soft");
    assert_non_null(a.answer->left_out); /* repetition: the players move in turn */
    const dtn_binding *b = &item_of(&a, DTN_PREDICATE_EVERY)->interval[0].lo.binding[0];
    assert_string_equal(a.answer->tree->infoset[b->infoset].name, "reaction.soft");
    drop(&a);
    a = ask(ctx, "examples/security-guarantees-2021.yaml",
            (const char *const[]){"target", "engaged", "prob", "1/2", "lever", "a", NULL});
    assert_least(item_of(&a, DTN_PREDICATE_EVERY), 1, 5, true, "a = k.hard");
    assert_least(item_of(&a, DTN_PREDICATE_DOMINANCE), 1, 5, false, "a = k.hard");
    drop(&a);
}

static void bond_window(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/models/hostage.yaml",
                  (const char *const[]){"target", "promise.honour", "lever", "K", NULL});
    const dtn_bind_item *x = item_of(&a, DTN_PREDICATE_SOME);
    assert_true(x->proved && !x->monotone);
    assert_int_equal(x->intervals, 1);
    assert_number(&x->interval[0].lo.at, 1, 2);
    assert_number(&x->interval[0].hi.at, 4, 5);
    assert_true(x->interval[0].lo.included && x->interval[0].hi.included);
    assert_string_equal(x->interval[0].lo.formula, "K = g/(d - f)");
    assert_string_equal(x->interval[0].hi.formula, "K = V/alpha");
    assert_true(x->holds_now);
    drop(&a);
}

static void repeated_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/models/repeated-prisoners-dilemma.yaml",
                  (const char *const[]){"target", "peace", "lever", "delta", NULL});
    assert_int_equal(item_of(&a, DTN_PREDICATE_SOME)->intervals, 0);
    assert_int_equal(item_of(&a, DTN_PREDICATE_DOMINANCE)->intervals, 0);
    const char *formula = "delta = (temptation - reward)/(temptation - punishment)";
    assert_least(item_of(&a, DTN_PREDICATE_TRANSFERS), 1, 2, true, formula);
    assert_least(item_of(&a, DTN_PREDICATE_REVERSION), 1, 2, true, formula);
    drop(&a);
}

/* The scan and the proof find the same. */
static void scan_agrees(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const lever[] = {"a", "pi", "e", "l", "m"};
    for (size_t i = 0; i < sizeof lever / sizeof *lever; i++) {
        asked proof = ask(ctx, "examples/security-guarantees-2021.yaml",
                          (const char *const[]){"prob", "1/2", "lever", lever[i], "some", "", NULL});
        asked scan =
            ask(ctx, "examples/security-guarantees-2021.yaml",
                (const char *const[]){"prob", "1/2", "lever", lever[i], "some", "", "cells", "30", NULL});
        const dtn_bind_item *x = item_of(&proof, DTN_PREDICATE_SOME), *y = item_of(&scan, DTN_PREDICATE_SOME);
        assert_true(x->proved && !y->proved);
        assert_int_equal(x->intervals, y->intervals);
        assert_int_equal(x->holds_now, y->holds_now);
        for (int k = 0; k < x->intervals; k++) {
            assert_true(fmpq_equal(&x->interval[k].lo.at, &y->interval[k].lo.at));
            assert_true(fmpq_equal(&x->interval[k].hi.at, &y->interval[k].hi.at));
        }
        drop(&proof);
        drop(&scan);
    }
}

/* A clash after a rejection by a hard Q: probability 1/4 from a = 1/5 to 9/10, 1/6 below, 0 above. */
static void a_path_may_come_and_go(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/security-guarantees-2021.yaml",
                  (const char *const[]){"target", "answer.hard.reject > reaction.alternative > clash", "prob",
                                        "1/4", "lever", "a", "some", "", NULL});
    const dtn_bind_item *x = item_of(&a, DTN_PREDICATE_SOME);
    assert_true(x->proved && !x->monotone && x->holds_now);
    assert_int_equal(x->intervals, 1);
    assert_number(&x->interval[0].lo.at, 1, 5);
    assert_number(&x->interval[0].hi.at, 9, 10);
    drop(&a);
    /* The other way round it never happens. */
    a = ask(ctx, "examples/security-guarantees-2021.yaml",
            (const char *const[]){"target", "reaction.alternative > answer.hard.reject", "prob", "1/1000",
                                  "lever", "a", "some", "", NULL});
    assert_int_equal(item_of(&a, DTN_PREDICATE_SOME)->intervals, 0);
    drop(&a);
}

/* Bond and detection: K >= g/(d - f) and K <= V/alpha. K + d is least at K = sqrt(g), and worth f + 2 sqrt(g) there. */
static void frontier_of_bond_and_detection(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/models/hostage.yaml",
                  (const char *const[]){"lever", "K", "lever", "d", "every", "", NULL});
    assert_int_equal(a.answer->frontiers, 1);
    const dtn_bind_frontier *f = a.answer->frontier;
    assert_true(f->holds_now && f->has_least && !f->priced);
    double least = 0.1 + 2 * 0.591607978309961616, cost = dtn_rational_double(f->cost),
           bound = dtn_rational_double(f->cost_bound);
    assert_true(bound <= least && least <= cost && cost - bound < 0.004);
    int seen = 0;
    for (int i = 0; i < f->steps; i++) {
        const dtn_bind_step *s = &f->step[i];
        double k = dtn_rational_double(&s->x), d = k > 0 ? 0.1 + 0.35 / k : 2;
        assert_true(s->known);
        assert_int_equal(s->none, d >= 1 || k >= 0.8); /* at 0.8 exactly the holder may keep it */
        if (s->none)
            continue;
        assert_true(s->lo_exact && s->to_end);
        assert_true(dtn_rational_double(&s->lo) - d < 1e-12 && d - dtn_rational_double(&s->lo) < 1e-12);
        seen++;
    }
    assert_true(seen >= 3);
    bool bond = false, window = false;
    for (int i = 0; i < f->map.map.borders; i++) {
        bond = bond || strcmp(f->map.map.border[i].text, "d = (2*K + 7)/(20*K)") == 0;
        window = window || strcmp(f->map.map.border[i].text, "K = 4/5") == 0;
    }
    assert_true(bond && window);
    drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(reference_thresholds),
        kit_test(bond_window),
        kit_test(repeated_dilemma),
        kit_test(scan_agrees),
        kit_test(frontier_of_bond_and_detection),
        kit_test(a_path_may_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
