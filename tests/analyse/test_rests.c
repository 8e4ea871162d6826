/* What the reference standoff rests on: the published critical values, the ledger's derived properties, drop-one. */
#include "kit/kit.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/rests.h"
#include "detente/model.h"

typedef struct asked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    const dtn_rests_answer *answer;
} asked;

static asked ask(dtn_ctx *ctx, const char *target)
{
    asked a;
    assert_ok(ctx, dtn_model_read(ctx, &a.model, NULL,
                                  kit_source_path(ctx->scratch, "examples/security-guarantees-2021.yaml")));
    assert_ok(ctx, dtn_job_new(ctx, &a.job, a.model, "rests"));
    assert_ok(ctx, dtn_job_set(ctx, a.job, "sample", "128"));
    if (target)
        assert_ok(ctx, dtn_job_set(ctx, a.job, "target", target));
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

static const dtn_critical *critical_of(const dtn_rests_answer *a, const char *name)
{
    for (int i = 0; i < a->criticals; i++)
        if (strcmp(a->scenario->param[a->critical[i].param].name, name) == 0)
            return &a->critical[i];
    fail_msg("no parameter %s", name);
    return NULL;
}

static void critical_values(void **state)
{
    static const struct {
        const char *name, *value[4];
    } expected[] = {{"pi", {"1/3", "2/3"}},
                    {"a", {"1/5", "9/10"}},
                    {"k.hard", {"3/10"}},
                    {"l", {"2/5"}},
                    {"n.hard", {"2/5"}},
                    {"e", {"-3/10", "-3/20", "0"}},
                    {"rho", {0}},
                    {"m", {0}},
                    {"k.soft", {0}},
                    {"n.soft", {0}},
                    {"d", {0}},
                    {"G", {0}}};
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, NULL);
    assert_int_equal(dtn_result_outcome(a.result), DTN_OUTCOME_COMPLETE);
    assert_string_equal(a.answer->class_name[a.answer->pattern[0].class_of[0]], "E2");
    assert_fmpq_eq_str(&a.answer->target_now.lo, "1/2");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const dtn_critical *c = critical_of(a.answer, expected[i].name);
        int count = 0;
        while (expected[i].value[count])
            count++;
        assert_int_equal(c->values, count);
        assert_true(c->proved);
        for (int k = 0; k < count; k++) {
            assert_true(c->value[k].end.exact);
            assert_fmpq_eq_str(&c->value[k].end.at, expected[i].value[k]);
        }
    }
    const dtn_critical *l = critical_of(a.answer, "l"); /* n.hard < l < n.soft cuts its range */
    assert_true(l->cut_lo && l->cut_hi);
    assert_fmpq_eq_str(&l->lo, "3/10");
    assert_fmpq_eq_str(&l->hi, "9/10");
    assert_true(a.answer->solves < 2500);
    drop(&a);
}

static void tornado(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, NULL);
    /* engaged runs from 0 (soft Q rejects too) to 1 along e; nothing that only the guarantee uses moves it. */
    const dtn_critical *e = critical_of(a.answer, "e"), *d = critical_of(a.answer, "d");
    assert_true(e->has_target);
    assert_fmpq_eq_str(&e->target.hi, "1");
    assert_true(fmpq_is_zero(&d->share));
    fmpq *sum = dtn_arena_fmpq(ctx->scratch, 1);
    for (int i = 0; i < a.answer->criticals; i++) {
        fmpq_add(sum, sum, &a.answer->critical[i].share);
        if (i > 0)
            assert_true(fmpq_cmp(&a.answer->critical[a.answer->order[i - 1]].share,
                                 &a.answer->critical[a.answer->order[i]].share) >= 0);
    }
    assert_fmpq_eq_str(sum, "1");
    /* e, l, k.soft, n are assumptions only: their shares are the debt. */
    static const char *const assumed[] = {"e", "l", "k.soft", "n.hard", "n.soft", "d", "delta", "G", "Delta"};
    fmpq_zero(sum);
    for (size_t i = 0; i < sizeof assumed / sizeof *assumed; i++)
        fmpq_add(sum, sum, &critical_of(a.answer, assumed[i])->share);
    assert_true(fmpq_equal(sum, &a.answer->debt));
    assert_true(fmpq_sgn(sum) > 0);
    drop(&a);
    a = ask(ctx, "alternative");
    assert_fmpq_eq_str(&a.answer->target_now.lo, "1/4");
    drop(&a);
}

static const dtn_ledger_claim *claim_of(const dtn_rests_answer *a, const char *key)
{
    for (int i = 0; i < a->claims; i++)
        if (strcmp(a->scenario->claim[a->claim[i].claim].key, key) == 0)
            return &a->claim[i];
    fail_msg("no claim %s", key);
    return NULL;
}

static void derived_properties(void **state)
{
    static const struct {
        const char *key;
        int depth;
        bool self, first, adverse, unnamed, attributed;
    } expected[] = {
        {"c1", 0, false, true, false, false, false},  {"c2", 0, true, true, false, false, false},
        {"c3", 1, false, true, true, true, false},    {"c4a", 0, true, true, false, false, false},
        {"c4b", 1, false, false, true, true, false},  {"c4c", 0, false, true, false, false, true},
        {"c7b", 0, false, true, false, false, false},
    };
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, NULL);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const dtn_ledger_claim *c = claim_of(a.answer, expected[i].key);
        assert_int_equal(c->depth, expected[i].depth);
        assert_int_equal(c->self_reported, expected[i].self);
        assert_int_equal(c->first_party, expected[i].first);
        assert_int_equal(c->adverse_relay, expected[i].adverse);
        assert_int_equal(c->unnamed, expected[i].unnamed);
        assert_int_equal(c->attributed, expected[i].attributed);
    }
    drop(&a);
}

static void dropping_claims(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, NULL);
    assert_int_equal(claim_of(a.answer, "c8")->carries, DTN_CARRIES_UNLINKED);
    assert_int_equal(claim_of(a.answer, "c4c")->carries, DTN_CARRIES_NOTHING); /* rho flips nothing */
    assert_int_equal(claim_of(a.answer, "c2")->carries, DTN_CARRIES_NOTHING);
    const dtn_ledger_claim *c3 = claim_of(a.answer, "c3"); /* pi in [3/10, 4/5] spans 1/3 and 2/3 */
    assert_int_equal(c3->links, 1);
    assert_int_equal(c3->carries, DTN_CARRIES_OPEN);
    assert_int_equal(c3->link[0].mets_with, 3);
    assert_fmpq_eq_str(&c3->link[0].target_with.hi, "1");
    /* nothing stands behind no element of the game but the ones the ledger leaves out */
    for (int i = 0; i < a.answer->elements; i++)
        if (strcmp(a.answer->element[i].name, "e") == 0)
            assert_int_equal(a.answer->element[i].backing, DTN_BACKING_ASSUMED);
        else if (strcmp(a.answer->element[i].name, "pi") == 0)
            assert_int_equal(a.answer->element[i].backing, DTN_BACKING_CLAIMED);
    drop(&a);
}

/* A file in which a claim decides: with it pi stays above 2/3, without it it need not. */
static void a_claim_that_carries(void **state)
{
    dtn_ctx *ctx = *state;
    static const char text[] =
        "detente: 1\ntitle: t\nplayers: {P: {name: P}, Q: {name: Q}}\n"
        "parameters: {x: {value: 1/2, range: [0, 1]}}\nstart: go\n"
        "moves:\n  go: {player: P, actions: {up: high, down: low}}\n"
        "outcomes: {high: {P: x, Q: 0}, low: {P: 1/3, Q: 1}}\n"
        "sources: {s: {outlet: o, kind: report}}\nactors: {A: {party: P}}\n"
        "claims: {c: {text: t, about: P, chain: [A, s], kind: fact, mode: document, check: checkable}}\n"
        "links: [{claim: c, element: parameters.x, as: a, effect: [2/5, 1], else: [0, 1], why: w}]\n"
        "ask: {target: high, rung: spe}\n";
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    assert_ok(ctx, dtn_model_parse(ctx, &model, NULL, "t", text, strlen(text)));
    assert_ok(ctx, dtn_job_new(ctx, &job, model, "rests"));
    assert_ok(ctx, dtn_job_set(ctx, job, "sample", "128"));
    assert_ok(ctx, dtn_job_run(ctx, &result, job));
    const dtn_rests_answer *a = result->data;
    assert_false(a->named);
    assert_string_equal(a->class_name[a->pattern[0].class_of[0]], "go: up");
    assert_int_equal(a->critical[0].values, 1);
    assert_fmpq_eq_str(&a->critical[0].value[0].end.at, "1/3");
    assert_int_equal(a->claim[0].carries, DTN_CARRIES_CLASS);
    assert_int_equal(a->claim[0].link[0].mets_without, 2);
    assert_fmpq_eq_str(&a->claim[0].link[0].target_with.lo, "1");
    assert_fmpq_eq_str(&a->claim[0].link[0].target_without.lo, "0");
    assert_fmpq_eq_str(&a->debt, "0");
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
}

/* Claims c4a and c4b hold the same number: only without both the conclusion falls. */
static void linchpins(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, NULL);
    const dtn_linchpins *l = &a.answer->linchpins;
    const dtn_scenario *s = a.answer->scenario;
    assert_int_equal(l->conclusions, 4); /* class, target, the threat of both types of P */
    const dtn_conclusion *c = &l->conclusion[0];
    static const char *const sets[3][2] = {{"c1", NULL}, {"c3", NULL}, {"c4a", "c4b"}};
    assert_int_equal(c->kind, DTN_CONCLUDE_CLASS);
    assert_int_equal(c->linchpins, 3);
    assert_true(c->proved);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++) {
            assert_int_equal(c->linchpin[i].claims, sets[i][1] ? 2 : 1);
            if (sets[i][k])
                assert_string_equal(s->claim[c->linchpin[i].claim[k]].key, sets[i][k]);
        }
    /* beyond 3/10 a hard P has too much to lose */
    assert_int_equal(c->linchpin[2].params, 1);
    assert_true(dtn_rational_double(c->linchpin[2].value) > 0.3 &&
                dtn_rational_double(c->linchpin[2].value) <= 0.4);
    int c2 = claim_of(a.answer, "c2")->claim, c1 = claim_of(a.answer, "c1")->claim,
        c7b = claim_of(a.answer, "c7b")->claim;
    assert_int_equal(c->alone[c2], DTN_STAYS_PROVED);
    assert_int_equal(c->alone[c1], DTN_STAYS_NOT);
    assert_int_equal(c->alone[c7b], DTN_STAYS_UNASKED); /* s does not matter in the crisis */
    assert_int_equal(c->denied[c1], DTN_STAYS_NOT);
    assert_int_equal(c->ladder[0], DTN_STAYS_NOT);
    assert_int_equal(c->ladder[3], DTN_STAYS_UNASKED); /* nothing is dropped */
    drop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(critical_values),      kit_test(tornado),
        kit_test(derived_properties),   kit_test(dropping_claims),
        kit_test(a_claim_that_carries), kit_test(linchpins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
