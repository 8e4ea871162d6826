/* Reader and writer of .gmcr files: old and new keys, compound conditions, rankings, what is left out, errors with places. */
#include "kit/kit.h"

#include <string.h>

#include "format/diag.h"
#include "format/gmcr_write.h"
#include "model/conflict.h"
#include "model/model.h"

/* Two feasible options of A (at most one of them), one of B. Feasible, in order: NNN YNN NYN NNY YNY NYY. */
#define HEAD                                                                                         \
    "{\"options\": [{\"name\": \"Go on\", \"permittedDirection\": \"fwd\"}, {\"name\": \"if\", "     \
    "\"permittedDirection\": \"both\"}, {\"name\": \"Go on\", \"permittedDirection\": \"back\"}],\n" \
    "\"infeasibles\": [[[0, \"Y\"], [1, \"Y\"]]],\n\"decisionMakers\": ["

static dtn_model *parse(dtn_ctx *ctx, const char *text, dtn_diags **d)
{
    dtn_model *m = NULL;
    assert_ok(ctx, dtn_model_parse(ctx, &m, d, "-", text, strlen(text)));
    assert_string_equal(m->format, "gmcr");
    return m;
}

static void by_statements(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m = parse(
        ctx,
        HEAD "{\"name\": \"A\", \"options\": [0, 1], \"preferences\": [[[2, \"N\"]], {\"compound\": true, "
             "\"members\": [[[0, \"Y\"]], [[1, \"Y\"], [2, \"N\"]]]}]},\n"
             "{\"name\": \"A\", \"options\": [2], \"preferences\": [[[0, \"N\"], [1, \"N\"]]]}]}",
        NULL);
    const dtn_conflict *c = m->scenario->conflict;
    assert_int_equal(c->states, 6);
    assert_string_equal(c->player[1].key, "A_2");
    assert_string_equal(c->option[0].key, "Go_on");
    assert_string_equal(c->option[1].key, "o2"); /* "if" is a word of statements */
    assert_string_equal(c->option[2].key, "Go_on_2");
    assert_string_equal(c->option[2].name, "Go on");
    assert_int_equal(c->option[0].direction, DTN_FORWARD_ONLY);
    assert_int_equal(c->option[2].direction, DTN_BACKWARD_ONLY);
    static const uint32_t first[] = {3, 4, 4, 1, 2, 1}, second[] = {2, 1, 1, 2, 1, 1};
    for (size_t s = 0; s < 6; s++) {
        assert_int_equal(dtn_conflict_rank(c, 0, 0, s), first[s]);
        assert_int_equal(dtn_conflict_rank(c, 1, 0, s), second[s]);
    }
    dtn_model_free(m);
}

#define RANKED(flag, key)                                                                                    \
    HEAD                                                                                                     \
        "{\"name\": \"A\", \"options\": [0, 1], \"preferences\": [], \"" key                                 \
        "\": [2, [6, 1], 3, [4], 5]},\n{\"name\": \"B\", \"options\": [2], \"" key                           \
        "\": [[1, 2, 3, 4, 5, 6]], \"misperceptions\": [[[0, \"Y\"]]]}],\n\"coalitions\": [[0, 1]], \"" flag \
        "\": true}"

static void ranked_by_hand(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const text[] = {RANKED("useManualPreferenceRanking", "preferenceRanking"),
                                       RANKED("useManualPreferenceVectors", "preferenceVector")};
    static const uint32_t rank[] = {4, 5, 3, 2, 1, 4};
    for (int i = 0; i < 2; i++) {
        dtn_diags *d;
        dtn_model *m = parse(ctx, text[i], &d);
        for (size_t s = 0; s < 6; s++) {
            assert_int_equal(dtn_conflict_rank(m->scenario->conflict, 0, 0, s), rank[s]);
            assert_int_equal(dtn_conflict_rank(m->scenario->conflict, 1, 0, s), 1);
        }
        assert_int_equal(dtn_diags_warnings(d), 2);
        assert_text_has(dtn_diag_message(d, 0), "the misperceptions of B are not taken over");
        assert_text_has(dtn_diag_message(d, 1), "a coalition of 2 decision makers is not taken over");
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_str once = dtn_str_in(arena), twice = dtn_str_in(arena);
        assert_ok(ctx, dtn_gmcr_write(ctx, &once, m->scenario->conflict));
        dtn_model *again = parse(ctx, dtn_str_done(&once), NULL);
        assert_int_equal(again->scenario->conflict->states, 6);
        for (size_t s = 0; s < 6; s++)
            assert_int_equal(dtn_conflict_rank(again->scenario->conflict, 0, 0, s), rank[s]);
        assert_ok(ctx, dtn_gmcr_write(ctx, &twice, again->scenario->conflict));
        assert_string_equal(dtn_str_done(&once), dtn_str_done(&twice));
        dtn_arena_free(arena);
        dtn_diags_free(d);
        dtn_model_free(m);
        dtn_model_free(again);
    }
}

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text, *message;
        int line;
    } bad[] = {
        {"{\"decisionMakers\": []}", "expected decisionMakers, found none", 1},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2, 3]}]}",
         "expected an option, a number from 0 to 2, found '3'", 3},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1]}]}", "option 2 belongs to no decision maker", 1},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2]},\n{\"options\": [2]}]}",
         "belongs to another decision maker", 4},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2], \"preferences\": [[[0, \"X\"]]]}]}",
         "unknown a condition 'X'", 3},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2], \"preferences\": [[]]}]}", "says nothing", 3},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2], \"preferences\": [[0]]}]}",
         "expected a condition on an option", 3},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2], \"preferenceRanking\": [1, 2, 3, 4, 5]}],\n"
              "\"useManualPreferenceRanking\": true}",
         "leaves out state 6 of 6", 3},
        {HEAD "{\"name\": \"A\", \"options\": [0, 1, 2], \"preferenceRanking\": [1, 1]}],\n"
              "\"useManualPreferenceRanking\": true}",
         "state 1 is ranked twice", 3},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_model *m;
        dtn_diags *d = NULL;
        assert_status(ctx, DTN_PARSE,
                      dtn_model_parse(ctx, &m, &d, "c.gmcr", bad[i].text, strlen(bad[i].text)));
        int line, column;
        assert_text_has(dtn_diag_message(d, 0), bad[i].message);
        dtn_diag_place(d, 0, &line, &column);
        assert_int_equal(line, bad[i].line);
        dtn_diags_free(d);
    }
}

static dtn_status read_file(dtn_ctx *ctx, void *user)
{
    dtn_model *m = NULL;
    DTN_TRY(dtn_model_parse(ctx, &m, NULL, "c.gmcr", user, strlen(user)));
    dtn_model_free(m);
    return DTN_OK;
}

static void memory_runs_out(void **state)
{
    (void)state;
    kit_memory_sweep(read_file, (char *)RANKED("useManualPreferenceRanking", "preferenceRanking"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(by_statements), kit_test(ranked_by_hand),
                                       kit_test(faults_have_places), cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
