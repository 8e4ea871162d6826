/* .agg and .bagg: what other programs write, every part of the grammar, each fault with its place, round trips; .gbt. */
#include "kit/games.h"
#include "kit/kit.h"
#include "kit/random_graph.h"

#include <string.h>

#include "detente/model.h"
#include "format/write.h"
#include "model/model.h"

static dtn_model *read_ok(dtn_ctx *ctx, const char *text)
{
    dtn_model *m;
    dtn_diags *diags;
    dtn_status status = dtn_model_parse(ctx, &m, &diags, "game", text, strlen(text));
    if (status != DTN_OK)
        fail_msg("%s", dtn_ctx_error(ctx));
    dtn_diags_free(diags);
    return m;
}

/* The first fault's message has these words and this place. */
static void read_bad(dtn_ctx *ctx, const char *text, int line, int column, const char *words)
{
    dtn_model *m;
    dtn_diags *diags;
    int at[2];
    assert_status(ctx, DTN_PARSE, dtn_model_parse(ctx, &m, &diags, "game", text, strlen(text)));
    assert_text_has(dtn_diag_message(diags, 0), words);
    dtn_diag_place(diags, 0, &at[0], &at[1]);
    assert_int_equal(at[0], line);
    assert_int_equal(at[1], column);
    dtn_diags_free(diags);
}

/* Of node 0. */
static const fmpq *payoff(const dtn_action_graph *g, const int *count)
{
    int room[16];
    return dtn_action_graph_payoff(g, 0, count, room);
}

/* As GAMUT writes symmetric games; payoffs in order of configurations, the own choice counted. */
static void complete_payoffs(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m =
        read_ok(ctx, "#AGG\n# Players:\t2\n#number of players:\n2\n2\n0\n\n2 2 \n0 1 \n0 1 \n2 0 1\n2 1 0\n"
                     "0\t35.5 -3.75 \n0\t-10 95.1 \n");
    dtn_strategic *table;
    assert_string_equal(dtn_model_format(m), "agg");
    assert_string_equal(dtn_model_kind_name(m), "strategic");
    assert_ok(ctx, dtn_strategic_expand(ctx, &table, m->strategic, 100));
    assert_fmpq_eq_str(dtn_payoffs_at(&table->payoff, 0).q,
                       "-15/4"); /* both 0: configuration 2 0 of node 0, the second */
    assert_fmpq_eq_str(dtn_payoffs_at(&table->payoff, 2).q,
                       "-10"); /* player 1 chooses 1: 1 1 comes before 2 0 */
    assert_fmpq_eq_str(dtn_payoffs_at(&table->payoff, 3).q, "71/2"); /* player 2 stays with 0: 1 1 */
    assert_fmpq_eq_str(dtn_payoffs_at(&table->payoff, 6).q, "95.1"); /* both 1 */
    assert_string_equal(table->strategy[0][1], "1");
    dtn_strategic_free(table);
    dtn_model_free(m);
}

/* Function nodes of all plain kinds, counted by hand: three players choose among 0, 1, 2. */
static void function_nodes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m =
        read_ok(ctx, "#AGG\n3 3 4\n3 3 3\n0 1 2\n0 1 2\n0 1 2\n"
                     "4 3 4 5 6\n0\n0\n2 0 2\n1 2\n3 0 1 2\n2 1 2\n0 1 2 3\n"
                     "1 7 # sum of 0 and 2; 2 chosen; the highest; the lowest of 1 and 2, 7 = none\n"
                     "[1 0 1 1] 1 [2 0 1 1] 2 [3 0 0 7] 3 [2 1 2 1] 4 [3 1 2 2] 5\n"
                     "[1 0 0 7] 99 [9 9 9 9] 99\n1 1 [] 7\n0 8\n");
    const dtn_action_graph *g = m->strategic->graph;
    assert_int_equal(g->node[0].configs, 5);
    const int counts[5][4] = {{1, 2, 0, 1}, {2, 1, 0, 2}, {3, 0, 0, 3}, {1, 1, 1, 4}, {2, 0, 1, 5}};
    for (int i = 0; i < 5; i++)
        assert_int_equal(fmpz_get_si(fmpq_numref(payoff(g, counts[i]))), counts[i][3]);
    const int both[3] = {1, 0, 2};
    assert_int_equal(fmpz_get_si(fmpq_numref(payoff(g, both))), 5);
    dtn_model_free(m);
}

/* Weighted kinds: 10 sums weights from a default, 11 exists, 12 and 13 give the weight of the highest and lowest. */
static void weighted_nodes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m = read_ok(ctx, "#AGG\n2\n2\n4\n2 2\n0 1\n0 1\n4 2 3 4 5\n0\n2 0 1\n1 1\n1 1\n2 0 1\n"
                                "10 5 [2 -3]\n11 0 [0 4]\n12 9 [7 8]\n13 9 [7 8]\n"
                                "1 2\n[9 0 9 7] 1\n[4 1 8 7] 2\n0 3\n");
    const dtn_action_graph *g = m->strategic->graph;
    const int alone[2] = {2, 0}, mixed[2] = {1, 1};
    assert_fmpq_eq_str(payoff(g, alone), "1");
    assert_fmpq_eq_str(payoff(g, mixed), "2");
    dtn_model_free(m);
}

/* A function node may count sums and existences; not names of nodes, and not itself. */
static void nested_nodes(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m =
        read_ok(ctx, "#AGG\n2 2 2\n2 2\n0 1\n0 1\n1 3\n0\n2 0 1\n2 2 0\n0\n0\n1 2\n[3] 1 [4] 2\n0 3\n");
    const int alone[2] = {2, 0}, mixed[2] = {1, 1};
    assert_fmpq_eq_str(payoff(m->strategic->graph, alone), "2");
    assert_fmpq_eq_str(payoff(m->strategic->graph, mixed), "1");
    dtn_model_free(m);
    read_bad(ctx, "#AGG\n2 2 2\n2 2\n0 1\n0 1\n1 3\n0\n1 3\n1 2\n0\n0\n", 10, 1, "counts itself");
    read_bad(ctx, "#AGG\n2 2 2\n2 2\n0 1\n0 1\n1 3\n0\n1 0\n1 2\n2\n0\n", 10, 1, "names a node");
}

static void types_and_names(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *m =
        read_ok(ctx, "#BAGG\n# title: Entry\n# player 1: Ann\n# type 1.2: strong\n# Node 0: enter\n"
                     "2 2 0\n2 1\n0.25 0.75\n1\n2 1\n2\n0 1\n0\n0 1\n1 0\n0\n0 1 -1\n0 0\n");
    dtn_strategic *table;
    assert_string_equal(m->strategic->title, "Entry");
    assert_int_equal(m->strategic->players, 3);
    assert_string_equal(m->strategic->player[1], "Ann, strong");
    assert_string_equal(m->strategic->player[2], "2, type 1");
    assert_string_equal(m->strategic->strategy[0][0], "enter");
    assert_ok(ctx, dtn_strategic_expand(ctx, &table, m->strategic, 100));
    /* Player 2 enters against Ann, who enters when strong and, here, not when weak: -1 with 3/4, 1 with 1/4. */
    assert_fmpq_eq_str(dtn_payoffs_at(&table->payoff, 3 * 1 + 2).q, "-1/2");
    dtn_strategic_free(table);
    dtn_model_free(m);
}

static void faults_have_places(void **state)
{
    dtn_ctx *ctx = *state;
    read_bad(ctx, "#AGG\n", 2, 1, "the number of players, from 1 to");
    read_bad(ctx, "#AGG\n2\nx\n", 3, 1, "the number of action nodes, from 1 to 4096, found x");
    read_bad(ctx, "#AGG\n2 2 0\n2 2\n0 1\n0 2\n", 5, 3, "an action node, from 0 to 1, found 2");
    read_bad(ctx, "#AGG\n2 2 0\n2 2\n0 0\n0 1\n0\n0\n0 1\n0 1\n", 4, 3, "stands twice in one action set");
    read_bad(ctx, "#AGG\n2 2 0\n2 2\n0 1\n0 1\n2 1 1\n0\n0 1\n0 1\n", 6, 5,
             "stands twice among the neighbours");
    read_bad(ctx, "#AGG\n2 2 1\n2 2\n0 1\n0 1\n0\n0\n0\n0\n", 8, 1,
             "the number of neighbours of a function node");
    read_bad(ctx, "#AGG\n2 2 1\n2 2\n0 1\n0 1\n0\n0\n1 0\n4\n0 1\n0 1\n", 9, 1, "found kind 4");
    read_bad(ctx, "#AGG\n2 1 0\n1 1\n0\n0\n1 0\n0 1 2", 7, 5, "the end of the file");
    read_bad(ctx, "#AGG\n2 1 0\n1 1\n0\n0\n1 0\n1 1\n[2 3] 1", 8, 4, "] after the counts");
    read_bad(ctx, "#AGG\n2 2 0\n2 2\n0 1\n0 1\n1 0\n0\n1 1\n[1] 4\n0 1", 8, 3,
             "configuration [2] of action node 0 has no payoff");
    read_bad(ctx, "#AGG\n2 2 0\n2 2\n0 1\n0 1\n1 0\n0\n1 3\n[1] 4\n[2] 5\n[1] 6\n0 1", 11, 1,
             "has two payoffs");
    read_bad(ctx, "#BAGG\n1 1 0\n2\n0.5 0.4\n1 1\n0\n0\n0\n0 1\n", 4, 1, "sum to 0.9, expected 1");
    read_bad(ctx, "#AGG\n9 9 0\n9 9 9 9 9 9 9 9 9\n0 1", 4, 4, "an action node");
}

/* Two faults of meaning in one file are both told. */
static void all_faults_in_one_run(void **state)
{
    dtn_ctx *ctx = *state;
    const char *text = "#AGG\n2 2 0\n2 2\n0 0\n1 1\n0\n0\n0 1\n0 1\n";
    dtn_model *m;
    dtn_diags *diags;
    assert_status(ctx, DTN_PARSE, dtn_model_parse(ctx, &m, &diags, "game", text, strlen(text)));
    assert_int_equal(dtn_diags_errors(diags), 2);
    assert_string_equal(dtn_diag_code(diags, 0), "DT019");
    dtn_diags_free(diags);
}

static const char *written(dtn_ctx *ctx, dtn_arena *arena, const dtn_strategic *g)
{
    dtn_str out = dtn_str_in(arena);
    assert_ok(ctx, dtn_agg_write(ctx, &out, g));
    return dtn_str_done(&out);
}

static void round_trips(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    for (int seed = 0; seed < 40; seed++) {
        kit_random_graph_spec spec = {2 + seed % 3, 2 + seed % 4, seed % 3, seed % 2, seed % 5 == 0, 300};
        dtn_strategic *g = kit_random_graph(ctx, &spec, (uint64_t)seed), *a, *b;
        const char *text = written(ctx, arena, g);
        dtn_model *m = read_ok(ctx, text);
        assert_string_equal(text, written(ctx, arena, m->strategic));
        assert_ok(ctx, dtn_strategic_expand(ctx, &a, g, 100000));
        assert_ok(ctx, dtn_strategic_expand(ctx, &b, m->strategic, 100000));
        for (size_t i = 0; i < a->profiles * (size_t)a->players; i++)
            assert_true(fmpq_equal(dtn_payoffs_at(&a->payoff, i).q, dtn_payoffs_at(&b->payoff, i).q));
        dtn_strategic_free(a);
        dtn_strategic_free(b);
        dtn_strategic_free(g);
        dtn_model_free(m);
    }
    dtn_arena_free(arena);
}

static const char book[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gambit:document xmlns:gambit=\"http://gambit.sourceforge.net/\" version=\"0.1\">\n"
    "<colors>\n<player id=\"-1\" red=\"0\" green=\"0\" blue=\"0\" />\n</colors>\n"
    "<numbers decimals=\"4\"/>\n<game>\n";

static void workbooks(void **state)
{
    dtn_ctx *ctx = *state;
    const char *nfg =
        dtn_arena_printf(ctx->scratch,
                         "%s<nfgfile>\nNFG 1 R \"a &amp; b\" { \"1\" \"2\" } { 1 2 }\n\n1 2 3 4\n</nfgfile>\n"
                         "</game>\n</gambit:document>\n",
                         book);
    dtn_model *m = read_ok(ctx, nfg);
    assert_string_equal(dtn_model_format(m), "gbt");
    assert_string_equal(m->strategic->title, "a & b");
    assert_int_equal(m->strategic->strategies[1], 2);
    dtn_model_free(m);
    m = read_ok(ctx,
                dtn_arena_printf(ctx->scratch,
                                 "%s<efgfile><![CDATA[EFG 2 R \"t\" { \"1\" }\np \"\" 1 1 { \"a\" \"b\" } 0\n"
                                 "t \"\" 1 { 1 }\nt \"\" 2 { 2 }\n]]></efgfile></game></gambit:document>",
                                 book));
    assert_int_equal(m->tree->nodes, 3);
    dtn_model_free(m);
    read_bad(
        ctx,
        dtn_arena_printf(ctx->scratch, "%s<nfgfile>\nNFG 1 R \"t\" { \"1\" } { 2 }\n1 x\n</nfgfile>", book),
        10, 3, "payoffs");
    read_bad(ctx, dtn_arena_printf(ctx->scratch, "%s</game></gambit:document>", book), 1, 1, "<efgfile>");
}

static dtn_status read_for_sweep(dtn_ctx *ctx, void *user)
{
    dtn_model *m;
    DTN_TRY(dtn_model_parse(ctx, &m, NULL, "game", user, strlen(user)));
    dtn_model_free(m);
    return DTN_OK;
}

static void memory(void **state)
{
    (void)state;
    char text[] =
        "#BAGG\n# title: t\n# node 0: a\n2 2 1\n2 1\n0.25 0.75\n1\n2 1\n2\n0 1\n0\n0 1\n2 0 2\n0\n2 0 1\n1\n"
        "0 1 -1\n0 0\n";
    assert_true(kit_memory_sweep(read_for_sweep, text) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(complete_payoffs), kit_test(function_nodes),        kit_test(weighted_nodes),
        kit_test(nested_nodes),     kit_test(types_and_names),       kit_test(faults_have_places),
        kit_test(round_trips),      kit_test(all_faults_in_one_run), kit_test(workbooks),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
