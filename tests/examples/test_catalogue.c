/* The catalogue: every game is opened by its name and has the equilibria that answers.txt says; families and wrong names. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/model.h"
#include "model/action_graph.h"
#include "model/model.h"
#include "solve/solver.h"

enum { MOST = 64 };

/* Probabilities or payoffs with commas between them. */
static char *joined(dtn_ctx *ctx, const fmpq *x, int count)
{
    char *text = dtn_arena_strdup(ctx->scratch, "");
    for (int i = 0; i < count; i++)
        text = dtn_arena_printf(ctx->scratch, "%s%s%s", text, i ? "," : "",
                                dtn_rational_text(ctx->scratch, x + i));
    return text;
}

/* How many players choose each action node, each combination once. */
static int count_choices(dtn_ctx *ctx, const dtn_action_graph *g, const dtn_profiles *r, char **found)
{
    int known = 0;
    fmpq *count = dtn_arena_fmpq(ctx->scratch, (size_t)g->actions);
    for (int i = 0; i < r->count; i++) {
        bool old = false;
        for (int a = 0; a < g->actions; a++)
            fmpq_zero(count + a);
        for (int p = 0; p < g->agents; p++)
            for (int k = 0; k < g->agent[p].actions; k++)
                fmpq_add(count + g->agent[p].action[k], count + g->agent[p].action[k],
                         r->item[i].sigma + r->first[p] + k);
        char *text = joined(ctx, count, g->actions);
        for (int k = 0; k < known; k++)
            old = old || strcmp(found[k], text) == 0;
        assert_true(known < MOST);
        if (!old)
            found[known++] = text;
    }
    return known;
}

static int solve_strategic(dtn_ctx *ctx, const dtn_strategic *game, char **found)
{
    dtn_profiles *r;
    dtn_solve_options options = {.method = game->players == 2 ? "extreme" : "pure"};
    assert_ok(ctx, dtn_solve_strategic(ctx, &r, game, &options));
    int count = r->count;
    if (game->graph && !game->graph->bayesian) {
        count = count_choices(ctx, game->graph, r, found);
        dtn_profiles_free(r);
        return count;
    }
    assert_true(count <= MOST);
    for (int i = 0; i < count; i++)
        found[i] = joined(ctx, r->item[i].sigma, r->width);
    dtn_profiles_free(r);
    return count;
}

static int solve_tree(dtn_ctx *ctx, const dtn_tree *tree, char **found)
{
    dtn_equilibria *r;
    assert_ok(ctx, dtn_solve_tree(ctx, &r, tree, NULL));
    int count = r->count;
    assert_true(count <= MOST);
    for (int i = 0; i < count; i++)
        found[i] = joined(ctx, r->item[i].payoff, tree->players);
    dtn_equilibria_free(r);
    return count;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "name 2 | one | other" */
static void check_line(dtn_ctx *ctx, char *line)
{
    char *wanted[MOST], *found[MOST], *bar = strstr(line, " | "), *end;
    int count = 0;
    while (bar && count < MOST) {
        *bar = '\0';
        wanted[count] = bar + 3;
        bar = strstr(wanted[count++], " | ");
    }
    char *space = strchr(line, ' ');
    assert_non_null(space);
    *space = '\0';
    assert_int_equal(strtol(space + 1, &end, 10), count);
    dtn_model *model;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, dtn_arena_printf(ctx->scratch, "@%s", line)));
    int seen = model->strategic ? solve_strategic(ctx, model->strategic, found)
                                : solve_tree(ctx, model->tree, found);
    if (seen != count)
        fail_msg("%s: %d equilibria, expected %d", line, seen, count);
    qsort(wanted, (size_t)count, sizeof *wanted, by_text);
    qsort(found, (size_t)count, sizeof *found, by_text);
    for (int i = 0; i < count; i++)
        if (strcmp(wanted[i], found[i]) != 0)
            fail_msg("%s: found %s, expected %s", line, found[i], wanted[i]);
    dtn_model_free(model);
}

static void known_answers(void **state)
{
    dtn_ctx *ctx = *state;
    char *text = kit_read(ctx->scratch, "examples/games/answers.txt", NULL);
    int lines = 0, games = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (line[0] != '#') {
            check_line(ctx, line);
            lines++;
        }
    for (int i = 0; dtn_example_name(i); i++)
        games += dtn_example_file(i) && strncmp(dtn_example_file(i), "games/", 6) == 0;
    assert_int_equal(lines, games); /* no game without an answer */
    assert_true(games >= 60);
}

static void every_example_is_read(void **state)
{
    dtn_ctx *ctx = *state;
    const char *name;
    for (int i = 0; (name = dtn_example_name(i)); i++) {
        dtn_model *model;
        size_t length;
        assert_ok(ctx, dtn_model_read(ctx, &model, NULL, dtn_arena_printf(ctx->scratch, "@%s", name)));
        assert_non_null(dtn_example_title(i, &length));
        assert_true(length > 3);
        dtn_model_free(model);
    }
}

static void families(void **state)
{
    dtn_ctx *ctx = *state;
    char *found[MOST];
    dtn_model *model;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, "@coordination?n=4"));
    assert_int_equal(solve_strategic(ctx, model->strategic, found), 15);
    dtn_model_free(model);
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, "@cyclic?n=5"));
    assert_int_equal(solve_strategic(ctx, model->strategic, found), 1);
    assert_string_equal(found[0], "1/5,1/5,1/5,1/5,1/5,1/5,1/5,1/5,1/5,1/5");
    dtn_model_free(model);
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, "@random?rows=2&columns=5&seed=3"));
    assert_int_equal(model->strategic->strategies[0], 2);
    assert_int_equal(model->strategic->strategies[1], 5);
    dtn_model_free(model);
    assert_status(ctx, DTN_ARG, dtn_model_read(ctx, &model, NULL, "@cyclic?n=4"));
    assert_status(ctx, DTN_ARG, dtn_model_read(ctx, &model, NULL, "@cyclic?n=400"));
    assert_status(ctx, DTN_ARG, dtn_model_read(ctx, &model, NULL, "@cyclic?m=5"));
    assert_error_has(ctx, "\"m=5\"");
    assert_status(ctx, DTN_ARG, dtn_model_read(ctx, &model, NULL, "@chicken?n=5"));
    assert_error_has(ctx, "takes no settings");
    assert_status(ctx, DTN_ARG, dtn_model_read(ctx, &model, NULL, "@selten-hose"));
    assert_error_has(ctx, "did you mean \"@selten-horse\"?");
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_model *model;
    DTN_TRY(dtn_model_read(ctx, &model, NULL, user));
    dtn_model_free(model);
    return DTN_OK;
}

static void out_of_memory(void **state)
{
    (void)state;
    char path[] = "@random?rows=2&columns=2";
    kit_memory_sweep(work, path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(known_answers), kit_test(every_example_is_read),
                                       kit_test(families), kit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
