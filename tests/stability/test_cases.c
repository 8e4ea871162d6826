/* Published cases, and the reference standoff in option form: every stable set, on the cube and on lists of moves. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/stability.h"
#include "stability/published.h"
#include "stability/result.h"
#include "stability/standoff.h"

static void published_cases(void **unused)
{
    dtn_ctx *ctx = *unused;
    static const char *const concept_name[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        const published *p = &cases[n];
        dtn_conflict *c = build(ctx, p);
        for (int i = 0; i < p->players; i++) {
            char id[8], text[256], moves[1024] = "";
            for (const char *list = p->state; word(&list, id, sizeof id) && word(&list, text, sizeof text);) {
                size_t s, end[64];
                assert_ok(ctx, dtn_conflict_find_state(ctx, &s, c, id));
                join(text, c, end, dtn_conflict_moves(c, i, s, end, 64), ",");
                snprintf(moves + strlen(moves), sizeof moves - strlen(moves), "%s%s:%s", *moves ? " " : "",
                         id, text);
            }
            assert_string_equal(moves, p->moves[i]);
        }
        dtn_stability *r[2];
        assert_ok(ctx, dtn_stability_run(ctx, &r[0], c, NULL));
        assert_ok(ctx, dtn_stability_run_lists(ctx, &r[1], c, NULL));
        for (int way = 0; way < 2; way++) {
            for (int k = 0; k < 5; k++) {
                for (int i = 0; i < p->players; i++)
                    assert_set(r[way], 0, concept_name[k], i, p->stable[k][i]);
                assert_set(r[way], 0, concept_name[k], -1, p->equilibria[k]);
            }
            dtn_stability_free(r[way]);
        }
        dtn_conflict_free(c);
    }
}

/* Jacobi counts simultaneous sanctions beside SEQ: 0, 5, 10 by SEQ and 4 by SIM. */
static void simultaneous_sanctions(void **unused)
{
    dtn_ctx *ctx = *unused;
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        if (strcmp(cases[n].name, "north_korea_2017_base") != 0)
            continue;
        dtn_conflict *c = build(ctx, &cases[n]);
        dtn_stability *r;
        assert_ok(ctx, dtn_stability_run(ctx, &r, c, NULL));
        int sim = dtn_concept_find("sim"), seq = dtn_concept_find("seq");
        size_t found[16], count = 0;
        for (size_t s = 0; s < dtn_conflict_states(c); s++) {
            bool all = true;
            for (int i = 0; i < 2; i++)
                all = all && (dtn_stability_stable(r, 0, sim, i, s) || dtn_stability_stable(r, 0, seq, i, s));
            if (all)
                found[count++] = s;
        }
        char text[64];
        join(text, c, found, count, " ");
        assert_string_equal(text, "0 4 5 10");
        dtn_stability_free(r);
        dtn_conflict_free(c);
    }
}

static void reference_standoff(void **unused)
{
    dtn_ctx *ctx = *unused;
    static const struct {
        const char *p, *q, *nash;
    } expected[] = {
        {"hard", "reluctant", ".DE.. M.E.C"},  {"hard", "reciprocal", ".DEG. M.E.C"},
        {"hard", "refuser", "M...C"},          {"soft", "reluctant", ".DE.. M.E.C"},
        {"soft", "reciprocal", ".DEG. M.E.C"}, {"soft", "refuser", ".D... M...C"},
    };
    dtn_conflict *c = standoff(ctx);
    dtn_stability *r;
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, NULL));
    assert_int_equal(dtn_conflict_states(c), 18);
    assert_int_equal(dtn_stability_combinations(r), 6);
    for (int k = 0; k < 6; k++) {
        int variant[] = {dtn_conflict_find_variant(c, 0, expected[k].p),
                         dtn_conflict_find_variant(c, 1, expected[k].q)};
        int combination = dtn_stability_find(r, variant);
        assert_int_equal(combination, k);
        size_t state[64];
        char text[1024] = "";
        size_t count = dtn_stability_states(r, combination, dtn_concept_find("R"), -1, state, 64);
        for (size_t n = 0; n < count; n++) {
            char name[64];
            dtn_conflict_state_text(c, state[n], name, sizeof name);
            assert_non_null(strstr(expected[k].nash, name));
            strcat(strcat(text, n ? " " : ""), name);
        }
        assert_int_equal(strlen(text), strlen(expected[k].nash));
    }
    dtn_stability_free(r);
    /* One combination alone gives the same. */
    dtn_stability_options options = {.variants = (int[]){1, 2}, .combinations = 1, .concepts = 1};
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &options));
    assert_int_equal(dtn_stability_states(r, 0, 0, -1, NULL, 0), 2);
    assert_false(dtn_stability_has(r, dtn_concept_find("GMR")));
    dtn_stability_free(r);
    dtn_conflict_free(c);
}

/* A worked witness: from ..... hard P would rather carry out the alternative (M iff !E), but then reluctant Q engages and
 * takes countermeasures, which suits Q and leaves P worse off; P's de-escalation is answered by nothing that hurts P. */
static void witness_of_the_standoff(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict *c = standoff(ctx);
    dtn_stability *r;
    dtn_witness *w;
    size_t s, end, answer;
    dtn_stability_options options = {.variants = (int[]){0, 0}, .combinations = 1};
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &options));
    assert_ok(ctx, dtn_conflict_find_state(ctx, &s, c, "....."));
    assert_ok(ctx, dtn_conflict_find_state(ctx, &end, c, "M...."));
    assert_ok(ctx, dtn_conflict_find_state(ctx, &answer, c, "M.E.C"));
    assert_ok(ctx, dtn_witness_find(ctx, &w, r, 0, dtn_concept_find("SEQ"), 0, s, 0));
    assert_false(w->stable);
    assert_int_equal(w->replies, 2);
    assert_int_equal(w->reply[0].to, end);
    assert_true(w->reply[0].sanctioned);
    assert_int_equal(w->reply[0].steps, 1);
    assert_int_equal(w->reply[0].path[0].player, 1);
    assert_int_equal(w->reply[0].end, answer);
    assert_ptr_equal(w->decisive, &w->reply[1]);
    assert_ok(ctx, dtn_conflict_find_state(ctx, &end, c, ".D..."));
    assert_int_equal(w->decisive->to, end);
    dtn_witness_free(w);
    /* Room for one reply only: the decisive one takes it. */
    assert_ok(ctx, dtn_witness_find(ctx, &w, r, 0, dtn_concept_find("SEQ"), 0, s, 1));
    assert_int_equal(w->replies, 1);
    assert_int_equal(w->improvements, 2);
    assert_int_equal(w->decisive->to, end);
    dtn_witness_free(w);
    dtn_paths *p;
    dtn_conflict_move path[8];
    assert_ok(ctx, dtn_paths_new(ctx, &p, r, 0, s, false));
    assert_ok(ctx, dtn_conflict_find_state(ctx, &end, c, ".DE.."));
    assert_int_equal(dtn_paths_to(p, end, path, 8), 2);
    assert_int_equal(path[0].from, s);
    assert_int_equal(path[1].to, end);
    dtn_paths_free(p);
    dtn_stability_free(r);
    dtn_conflict_free(c);
}

static void bad_requests(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict *c = standoff(ctx);
    dtn_stability *r;
    dtn_witness *w;
    dtn_stability_options options = {.variants = (int[]){2, 0}, .combinations = 1};
    assert_status(ctx, DTN_ARG, dtn_stability_run(ctx, &r, c, &options));
    assert_error_has(ctx, "no variant 2");
    options = (dtn_stability_options){.concepts = UINT64_C(1) << 63};
    assert_status(ctx, DTN_ARG, dtn_stability_run(ctx, &r, c, &options));
    assert_int_equal(dtn_concept_find("NASHEQ"), -1);
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, NULL));
    assert_status(ctx, DTN_ARG, dtn_witness_find(ctx, &w, r, 0, 0, 0, 18, 0));
    dtn_stability_free(r);
    dtn_conflict_free(c);
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++)
        if (cases[n].players > 2) { /* foresight is for two who move in turn */
            c = build(ctx, &cases[n]);
            options = (dtn_stability_options){.concepts = UINT64_C(1) << dtn_concept_find("L2")};
            assert_status(ctx, DTN_UNSUPPORTED, dtn_stability_run(ctx, &r, c, &options));
            assert_error_has(ctx, "two players");
            dtn_conflict_free(c);
        }
}

static void stops_when_asked(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict *c = standoff(ctx);
    dtn_stability *r;
    dtn_ctx_set_time_limit(ctx, 1e-9);
    assert_status(ctx, DTN_LIMIT, dtn_stability_run(ctx, &r, c, NULL));
    assert_null(r);
    dtn_ctx_set_time_limit(ctx, 0);
    dtn_ctx_cancel(ctx);
    assert_status(ctx, DTN_CANCELLED, dtn_stability_run(ctx, &r, c, NULL));
    dtn_conflict_free(c);
}

static dtn_status run_all(dtn_ctx *ctx, void *user)
{
    const dtn_conflict *c = user;
    dtn_stability *r = NULL;
    dtn_witness *w = NULL;
    dtn_paths *p = NULL;
    dtn_status status = dtn_stability_run(ctx, &r, c, NULL);
    if (status == DTN_OK)
        status = dtn_witness_find(ctx, &w, r, 0, dtn_concept_find("SSEQ"), 0, 0, 0);
    if (status == DTN_OK)
        status = dtn_paths_new(ctx, &p, r, 0, 0, true);
    dtn_paths_free(p);
    dtn_witness_free(w);
    dtn_stability_free(r);
    return status;
}

static void out_of_memory(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict *c = standoff(ctx);
    kit_memory_sweep(run_all, c);
    dtn_conflict_free(c);
    c = build(ctx, &cases[2]);
    kit_memory_sweep(run_all, c);
    dtn_conflict_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(published_cases),         kit_test(simultaneous_sanctions), kit_test(reference_standoff),
        kit_test(witness_of_the_standoff), kit_test(bad_requests),           kit_test(stops_when_asked),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
