/* The report of `solve`: words, tables and Gambit's lines for a hand-made result. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "analyse/solve.h"
#include "detente/job.h"
#include "game.h"
#include "kit/games.h"

typedef struct fixture {
    dtn_arena *arena;
    game *g;
    dtn_analysis analysis;
    dtn_model model;
    dtn_job job;
    dtn_solve_answer answer;
    dtn_result result;
} fixture;

static void make(dtn_ctx *ctx, fixture *f)
{
    *f = (fixture){.arena = dtn_arena_new(ctx)};
    f->g = game_new(ctx, f->arena);
    f->analysis = (dtn_analysis){.name = "solve", .question = 1, .title = "What happens?"};
    f->model = (dtn_model){.kind = DTN_MODEL_TREE, .file = "test.efg", .tree = &f->g->tree};
    f->job = (dtn_job){.analysis = &f->analysis, .model = &f->model};
    f->answer = (dtn_solve_answer){.tree = &f->g->tree, .equilibria = &f->g->all, .rung = DTN_RUNG_D1};
    f->result = (dtn_result){.job = &f->job, .outcome = DTN_OUTCOME_COMPLETE, .data = &f->answer};
}

static char *render(dtn_ctx *ctx, const fixture *f, const char *format)
{
    char *text;
    size_t length;
    assert_ok(ctx, dtn_result_render(ctx, &text, &length, &f->result, format, NULL));
    assert_int_equal(strlen(text), length);
    const char *folder = getenv("DETENTE_PICTURES");
    if (folder) {
        char path[512];
        snprintf(path, sizeof path, "%s/solve.%s", folder, format);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
    return text;
}

static void tree_in_words(void **state)
{
    dtn_ctx *ctx = *state;
    fixture f;
    make(ctx, &f);
    char *text = render(ctx, &f, "text");
    assert_text_has(text, "exactly one equilibrium that survives D1");
    assert_text_has(text, "Q (soft) at answer: engage");
    assert_text_has(text, "regret 0 for each player");
    dtn_text_free(text);
    text = render(ctx, &f, "json");
    assert_text_has(
        text, "\"outcome\": \"Talks and agreement\", \"probability\": {\"exact\": \"1/2\", \"value\": 0.5}");
    assert_text_has(text, "\"position\": \"P is hard\", \"belief\": {\"exact\": \"1/2\", \"value\": 0.5}");
    dtn_text_free(text);
    text = render(ctx, &f, "html");
    assert_text_has(text, "<svg");
    assert_null(strstr(text, "http")); /* no request to anywhere */
    assert_null(strstr(text, "<script"));
    dtn_text_free(text);
    dtn_arena_free(f.arena);
}

static void falls_are_explained(void **state)
{
    dtn_ctx *ctx = *state;
    fixture f;
    make(ctx, &f);
    dtn_fall fall = {.rung = DTN_RUNG_D1, .infoset = 0, .action = 0, .player = 1, .type = 0, .other_type = 1};
    f.g->at.rung = DTN_RUNG_INTUITIVE;
    f.g->at.fall = &fall;
    f.g->at.falls = 1;
    char *text = render(ctx, &f, "json");
    assert_text_has(text, "after engage it needs suspicion of Q (hard), although Q (soft) gains");
    dtn_text_free(text);
    fall = (dtn_fall){.rung = DTN_RUNG_SEQUENTIAL,
                      .unknown = true,
                      .infoset = -1,
                      .action = -1,
                      .player = -1,
                      .type = -1,
                      .note = "nonlinear"};
    text = render(ctx, &f, "json");
    assert_text_has(text, "could not be decided: nonlinear");
    dtn_text_free(text);
    dtn_arena_free(f.arena);
}

static void nothing_found_says_what_it_is_worth(void **state)
{
    dtn_ctx *ctx = *state;
    fixture f;
    make(ctx, &f);
    f.g->all.count = 0;
    f.result.outcome = DTN_OUTCOME_UNKNOWN;
    char *text = render(ctx, &f, "text");
    assert_text_has(text, "no proof that there is none");
    dtn_text_free(text);
    f.result.outcome = DTN_OUTCOME_NONE;
    text = render(ctx, &f, "text");
    assert_text_has(text, "this is proved");
    dtn_text_free(text);
    dtn_arena_free(f.arena);
}

static void gambit_lines(void **state)
{
    dtn_ctx *ctx = *state;
    fixture f;
    make(ctx, &f);
    char *text = render(ctx, &f, "gambit");
    assert_string_equal(text, "NE,0,1,1,0,1,0,0,1,0,1,1,0\n");
    dtn_text_free(text);
    char *none;
    size_t length;
    assert_status(ctx, DTN_UNSUPPORTED, dtn_result_render(ctx, &none, &length, &f.result, "pdf", NULL));
    assert_error_has(ctx, "expected text, json");
    dtn_arena_free(f.arena);
}

static void strategic_in_words(void **state)
{
    dtn_ctx *ctx = *state;
    fixture f;
    make(ctx, &f);
    dtn_strategic *chicken = kit_bimatrix(ctx, 2, 2, (const int[]){3, 2, 4, 1}, (const int[]){3, 4, 2, 1});
    dtn_profiles *all;
    assert_ok(ctx, dtn_profiles_new(ctx, &all, chicken, "extreme"));
    static const char *const sigma[] = {"1", "0", "0", "1", "1/2", "1/2", "1/2", "1/2"};
    fmpq *x = dtn_arena_fmpq(f.arena, 4);
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 4; k++)
            dtn_rational_parse(&x[k], sigma[4 * i + k], strlen(sigma[4 * i + k]));
        assert_ok(ctx, dtn_profiles_add(ctx, all, x, NULL));
    }
    all->components = 2;
    f.answer = (dtn_solve_answer){.strategic = chicken, .profiles = all};
    f.model = (dtn_model){.kind = DTN_MODEL_STRATEGIC, .file = "chicken.nfg", .strategic = chicken};
    char *text = render(ctx, &f, "text");
    assert_text_has(text, "2 extreme Nash equilibria");
    dtn_text_free(text);
    text = render(ctx, &f, "gambit");
    assert_string_equal(text, "NE,1,0,0,1\nNE,1/2,1/2,1/2,1/2\n");
    dtn_text_free(text);
    text = render(ctx, &f, "svg");
    assert_text_has(text, "Payoffs");
    dtn_text_free(text);
    dtn_profiles_free(all);
    dtn_strategic_free(chicken);
    dtn_arena_free(f.arena);
}

static dtn_status render_all(dtn_ctx *ctx, void *user)
{
    char *text = NULL;
    size_t length;
    dtn_status status = dtn_result_render(ctx, &text, &length, user, "html", NULL);
    dtn_text_free(text);
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    fixture f;
    make(*state, &f);
    assert_true(kit_memory_sweep(render_all, &f.result) > 5);
    dtn_arena_free(f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(tree_in_words), kit_test(falls_are_explained), kit_test(nothing_found_says_what_it_is_worth),
        kit_test(gambit_lines),  kit_test(strategic_in_words),  kit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
