/* Reader of games as JSON: what can be wrong, with its place. */
#include "kit/kit.h"

#include <string.h>

#include "format/diag.h"
#include "model/model.h"

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    static const struct {
        const char *text, *message;
        int line;
    } bad[] = {
        {"{\"game\": \"chess\"}", "unknown game 'chess'", 1},
        {"{\"game\": \"strategic\",\n\"players\": [\"a\"],\n\"strategies\": [[\"x\"], "
         "[\"y\"]],\n\"payoffs\": [[1]]}",
         "expected one list for each of 1 players, found 2", 3},
        {"{\"game\": \"strategic\",\n\"players\": [\"a\"],\n\"strategies\": [[\"x\", \"y\"]],\n\"payoffs\": "
         "[[1]]}",
         "expected one list for each profile of strategies, found 1", 4},
        {"{\"game\": \"strategic\",\n\"players\": [\"a\"],\n\"strategies\": [[\"x\"]],\n\"payoffs\": "
         "[[\"one\"]]}",
         "expected a number such as 3", 4},
        {"{\"game\": \"strategic\",\n\"players\": [\"a\"],\n\"strategies\": [[]],\n\"payoffs\": [[1]]}",
         "expected at least one", 3},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [],\n\"nodes\": [\n{\"set\": "
         "1}]}",
         "expected the number of an information set", 5},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [{\"player\": 2, \"actions\": "
         "[\"x\"]}],\n"
         "\"nodes\": [{\"set\": 1}]}",
         "expected a number from 1 to 1, found '2'", 3},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [{\"player\": 1, \"actions\": "
         "[\"x\"]}],\n"
         "\"nodes\": [{\"set\": 1}]}",
         "1 more branches need a node", 4},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [],\n\"nodes\": [{\"payoffs\": "
         "[1]},\n"
         "{\"payoffs\": [1]}]}",
         "the tree is complete before this node", 5},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [],\n\"nodes\": [{\"chance\": "
         "[[\"x\", "
         "\"1/2\"]]},\n{\"payoffs\": [1]}]}",
         "sum", 4},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [],\n\"nodes\": [{\"chance\": "
         "3}]}",
         "expected a list", 4},
        {"{\"game\": \"tree\",\n\"players\": [\"a\"],\n\"information_sets\": [],\n\"nodes\": [{}]}",
         "exactly one", 4},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dtn_model *m;
        dtn_diags *d = NULL;
        assert_status(ctx, DTN_PARSE,
                      dtn_model_parse(ctx, &m, &d, "t.json", bad[i].text, strlen(bad[i].text)));
        int line, column;
        assert_text_has(dtn_diag_message(d, 0), bad[i].message);
        dtn_diag_place(d, 0, &line, &column);
        assert_int_equal(line, bad[i].line);
        dtn_diags_free(d);
    }
}

static dtn_status read_game(dtn_ctx *ctx, void *user)
{
    dtn_model *m = NULL;
    DTN_TRY(dtn_model_parse(ctx, &m, NULL, "t.json", user, strlen(user)));
    dtn_model_free(m);
    return DTN_OK;
}

static void memory_runs_out(void **state)
{
    (void)state;
    kit_memory_sweep(
        read_game,
        (char *)"{\"game\": \"tree\", \"players\": [\"a\"], \"information_sets\": [{\"player\": 1, "
                "\"actions\": [\"x\"]}], \"nodes\": [{\"chance\": [[\"x\", 1]]}, {\"set\": 1}, "
                "{\"payoffs\": [\"1/3\"], \"outcome\": \"o\"}]}");
    kit_memory_sweep(
        read_game,
        (char *)"{\"game\": \"strategic\", \"about\": \"c\", \"players\": [\"a\"], \"strategies\": "
                "[[\"x\"]], \"payoffs\": [[1]]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(faults_have_places), cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
