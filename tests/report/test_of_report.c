/* The reports of the reference standoff, from its file: what a reader has to find in them. */
#include "kit/kit.h"

#include <string.h>

#include "detente/job.h"
#include "detente/model.h"

static const char reference[] = "examples/security-guarantees-2021.yaml";

typedef struct asked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
} asked;

static asked ask(dtn_ctx *ctx, const char *path, const char *analysis)
{
    asked a = {0};
    assert_ok(ctx, dtn_model_read(ctx, &a.model, NULL, kit_source_path(ctx->scratch, path)));
    assert_ok(ctx, dtn_job_new(ctx, &a.job, a.model, analysis));
    assert_ok(ctx, dtn_job_run(ctx, &a.result, a.job));
    return a;
}

static void done(asked *a)
{
    dtn_result_free(a->result);
    dtn_job_free(a->job);
    dtn_model_free(a->model);
}

static char *render(dtn_ctx *ctx, const asked *a, const char *format, const dtn_look *look)
{
    char *text;
    size_t length;
    assert_ok(ctx, dtn_result_render(ctx, &text, &length, a->result, format, look));
    return text;
}

static int lines(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void summary_fits_two_screens(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, reference, "report");
    char *text = render(ctx, &a, "text", NULL);
    assert_true(lines(text) <= 100);
    assert_text_has(text, "1. What happens?");
    assert_text_has(text, "5. What does it rest on?");
    assert_text_has(text, "E2: a soft Q engages, a hard Q rejects");
    assert_text_has(text, "no claim measures it");
    assert_text_has(text, "Next: detente report");
    dtn_text_free(text);
    done(&a);
}

static void page_is_small_whole_and_asks_for_nothing(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, reference, "report");
    char *page = render(ctx, &a, "html", &(dtn_look){.command = "detente report x.yaml"});
    assert_true(strlen(page) < 300000);
    static const char *const parts[] = {
        "id=\"solve\"",          "id=\"stability\"",          "id=\"bind\"",         "id=\"rests\"",
        "id=\"model\"",          "id=\"claim-c4b\"",          "id=\"parameter-pi\"", "href=\"#claim-c3\"",
        "detente report x.yaml", "prefers-color-scheme:dark", "@media print",        "<title id=\"g1-t\">"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_text_has(page, parts[i]);
    static const char *const never[] = {"http://", "https://", "<script", "<link",
                                        "<img",    "@import",  "onclick"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(page, never[i]));
    dtn_text_free(page);
    done(&a);
}

static void levers_and_guarantees(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, reference, "bind");
    char *text = render(ctx, &a, "json", NULL);
    assert_text_has(text, "is above 0.9 (border: a = k.soft); what decides is whether P (soft) prefers "
                          "alternative to drop at reaction");
    assert_text_has(text, "\"needed\": {\"exact\": \"71/360\"");
    dtn_text_free(text);
    done(&a);
}

static void ledger_and_critical_values(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, reference, "rests");
    char *text = render(ctx, &a, "json", NULL);
    assert_text_has(text, "\"parameter\": \"pi\", \"now\": {\"exact\": \"1/2\", \"value\": 0.5}");
    assert_text_has(text,
                    "\"values\": [{\"exact\": \"1/3\", \"value\": 0.3333333333333333}, {\"exact\": \"2/3\"");
    assert_text_has(text, "Western diplomats (Q, unnamed) → deputy foreign minister (P)");
    assert_text_has(text, "second hand, relayed by the other side, originator unnamed");
    dtn_text_free(text);
    done(&a);
}

static void what_a_file_lacks_is_said(void **state)
{
    dtn_ctx *ctx = *state;
    asked a = ask(ctx, "examples/games/chicken.nfg", "report");
    char *text = render(ctx, &a, "text", NULL);
    assert_text_has(text, "Not answered: the file has no conflict:.");
    assert_text_has(text, "3 extreme Nash equilibria");
    dtn_text_free(text);
    done(&a);
}

static dtn_status render_page(dtn_ctx *ctx, void *user)
{
    const asked *a = user;
    static const char *const formats[] = {"html", "json", "text"};
    dtn_status status = DTN_OK;
    for (size_t i = 0; i < 3 && status == DTN_OK; i++) {
        char *text;
        size_t length;
        status = dtn_result_render(ctx, &text, &length, a->result, formats[i], NULL);
        dtn_text_free(text);
    }
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    asked a = ask(*state, reference, "report");
    assert_true(kit_memory_sweep(render_page, &a) > 10);
    done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(summary_fits_two_screens),  kit_test(page_is_small_whole_and_asks_for_nothing),
        kit_test(levers_and_guarantees),     kit_test(ledger_and_critical_values),
        kit_test(what_a_file_lacks_is_said), kit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
