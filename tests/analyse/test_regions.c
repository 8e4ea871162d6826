/* Maps and lines against closed forms: the reference standoff, unilateral deterrence, beer and quiche. */
#include "kit/standoff.h"

#include <string.h>

#include "analyse/job.h"
#include "analyse/regions.h"
#include "detente/model.h"
#include "kit/games.h"

typedef struct asked {
    dtn_model *model;
    dtn_job *job;
    dtn_result *result;
    const dtn_regions_answer *answer;
} asked;

static asked ask(dtn_ctx *ctx, const char *path, const char *x, const char *y)
{
    asked a;
    assert_ok(ctx, dtn_model_read(ctx, &a.model, NULL, kit_source_path(ctx->scratch, path)));
    assert_ok(ctx, dtn_job_new(ctx, &a.job, a.model, "regions"));
    assert_ok(ctx, dtn_job_set(ctx, a.job, "x", x));
    if (y)
        assert_ok(ctx, dtn_job_set(ctx, a.job, "y", y));
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

/* The only class of a pattern. */
static const char *class_of(const dtn_regions_answer *a, int pattern)
{
    if (pattern == DTN_REGION_OUTSIDE || pattern == DTN_FACE_OUTSIDE)
        return "outside";
    assert_true(pattern >= 0 && pattern < a->sweep->patterns);
    assert_int_equal(a->sweep->pattern[pattern].classes, 1);
    return a->sweep->class_name[a->sweep->pattern[pattern].class_of[0]];
}

/* The cell with the point (shares of the box in 2^-30); NULL: on an edge. */
static const dtn_region_cell *cell_at(const dtn_region_map *map, long x, long y)
{
    for (int i = 0; i < map->cells; i++) {
        const dtn_region_cell *c = &map->cell[i];
        int up = 30 - c->level;
        if (x > c->x << up && x < (c->x + c->w) << up && y > c->y << up && y < (c->y + c->h) << up)
            return c;
    }
    return NULL;
}

static void share_to_value(fmpq *out, const dtn_regions_answer *a, int axis, long share)
{
    fmpq_t width;
    fmpq_init(width);
    fmpq_sub(width, &a->hi[axis], &a->lo[axis]);
    fmpq_set_si(out, share, 1);
    fmpq_div_2exp(out, out, 30);
    fmpq_mul(out, out, width);
    fmpq_add(out, out, &a->lo[axis]);
    fmpq_clear(width);
}

static int pattern_of(uint64_t patterns)
{
    for (int p = 0; p < 63; p++)
        if (patterns == UINT64_C(1) << p)
            return p;
    return -1;
}

static const char *name_of(fmpq *pi, fmpq *a, fmpq *l, fmpq *nH)
{
    kit_standoff s;
    kit_standoff_class class;
    fmpq outcome[4];
    for (int i = 0; i < 4; i++)
        fmpq_init(&outcome[i]);
    kit_standoff_init(&s);
    fmpq_set(&s.pi, pi);
    fmpq_set(&s.a, a);
    fmpq_set(&s.l, l);
    fmpq_set(&s.nH, nH);
    bool inside = fmpq_cmp(&s.nH, &s.l) < 0 && fmpq_cmp(&s.l, &s.nS) < 0;
    bool clear = kit_standoff_answer(&s, &class, outcome);
    kit_standoff_clear(&s);
    for (int i = 0; i < 4; i++)
        fmpq_clear(&outcome[i]);
    return !inside ? "outside" : clear ? kit_standoff_names[class] : NULL;
}

static void against_closed_form(dtn_ctx *ctx, const char *x, const char *y, int points)
{
    asked q = ask(ctx, "examples/security-guarantees-2021.yaml", x, y);
    const dtn_regions_answer *a = q.answer;
    fmpq *value = dtn_arena_fmpq(ctx->scratch, 8);
    uint64_t seed = 3;
    int proved = 0;
    assert_int_equal(dtn_result_outcome(q.result), DTN_OUTCOME_COMPLETE);
    assert_true(a->map.level >= 9); /* 400 squares across, at least */
    for (int i = 0; i < points; i++) {
        long share[2] = {(long)(kit_random(&seed) % (1L << 30)), (long)(kit_random(&seed) % (1L << 30))};
        const dtn_region_cell *c = cell_at(&a->map, share[0], share[1]);
        if (!c || pattern_of(c->patterns) < 0)
            continue;
        fmpq_set_si(&value[0], 1, 2); /* pi, a, l, n.hard: the reference point */
        fmpq_set_si(&value[1], 3, 10);
        fmpq_set_si(&value[2], 3, 5);
        fmpq_set_si(&value[3], 3, 10);
        for (int k = 0; k < 2; k++) {
            const char *name = a->scenario->param[a->param[k]].name;
            int which = strcmp(name, "pi") == 0  ? 0
                        : strcmp(name, "a") == 0 ? 1
                        : strcmp(name, "l") == 0 ? 2
                                                 : 3;
            share_to_value(&value[which], a, k, share[k]);
        }
        const char *expected = name_of(&value[0], &value[1], &value[2], &value[3]);
        if (!expected)
            continue;
        assert_string_equal(class_of(a, pattern_of(c->patterns)), expected);
        proved++;
    }
    assert_true(proved > points * 99 / 100);
    assert_true(dtn_rational_double(a->map.undecided) < 0.0026);
    drop(&q);
}

static void reference_standoff(void **state)
{
    against_closed_form(*state, "a", "pi", 5000);
    against_closed_form(*state, "n.hard", "l", 5000);
}

static bool has_border(const dtn_regions_answer *a, const char *text, const char *one, const char *other)
{
    for (int i = 0; i < a->map.borders; i++) {
        const dtn_region_border *b = &a->map.border[i];
        if (strcmp(b->text, text) == 0 && strcmp(class_of(a, b->before), one) == 0 &&
            strcmp(class_of(a, b->after), other) == 0)
            return true;
    }
    return false;
}

static void borders_are_exact(void **state)
{
    dtn_ctx *ctx = *state;
    asked q = ask(ctx, "examples/security-guarantees-2021.yaml", "a", "pi");
    assert_true(has_border(q.answer, "a = 1/5", "E4H", "E2"));
    assert_true(has_border(q.answer, "a = 9/10", "E2", "E1"));
    assert_true(has_border(q.answer, "pi = 2/3", "E2", "E1"));
    assert_true(has_border(q.answer, "pi = 1/3", "E4S", "E2"));
    assert_true(has_border(q.answer, "a = 1/4", "E3b", "E4S")); /* rho = t_S; along edges of squares */
    assert_int_equal(q.answer->map.borders, 9);
    for (int i = 0; i < 9; i++) { /* the closed form's: h_S, h_H, k_H, k_S, and rho = (m + a) / (m + k_S) */
        static const char *const pairs[][2] = {{"pi = 1/3", "pi = -e/l"},
                                               {"pi = 2/3", "pi = -e/n.hard"},
                                               {"a = 1/5", "a = k.hard"},
                                               {"a = 9/10", "a = k.soft"},
                                               {"a = 1/4", "a = rho*m + rho*k.soft - m"}};
        const dtn_region_border *b = &q.answer->map.border[i];
        for (int k = 0; k < 5; k++)
            if (strcmp(b->text, pairs[k][0]) == 0)
                assert_string_equal(b->general, pairs[k][1]);
        assert_non_null(b->general_latex);
    }
    drop(&q);
    q = ask(ctx, "examples/security-guarantees-2021.yaml", "n.hard", "l");
    assert_true(has_border(q.answer, "l = n.hard", "E1", "outside"));
    assert_true(has_border(q.answer, "n.hard = 2/5", "E2", "E1"));
    drop(&q);
}

static void unilateral_deterrence(void **state)
{
    dtn_ctx *ctx = *state;
    asked q = ask(ctx, "examples/models/unilateral-deterrence.yaml", "pD", "pC");
    const dtn_regions_answer *a = q.answer;
    /* cS = 8/15 and cH = 2/3 part pD, d* = 7/10 parts pC, on [1/20, 19/20] each. */
    static const struct {
        const char *name;
        double share;
    } expected[] = {{"deterrence", (0.95 - 2 / 3.0) / 0.9},
                    {"separating", (2 / 3.0 - 8 / 15.0) / 0.9},
                    {"bluff", (8 / 15.0 - 0.05) / 0.9 * (0.65 / 0.9)},
                    {"attack", (8 / 15.0 - 0.05) / 0.9 * (0.25 / 0.9)}};
    assert_int_equal(a->map.regions, 4);
    for (size_t i = 0; i < 4; i++)
        for (int r = 0; r < 4; r++)
            if (strcmp(class_of(a, a->map.region[r].pattern), expected[i].name) == 0) {
                double lo = dtn_rational_double(&a->map.region[r].share.lo);
                double hi = dtn_rational_double(&a->map.region[r].share.hi);
                assert_true(lo <= expected[i].share + 1e-12 && expected[i].share - 1e-12 <= hi &&
                            hi - lo < 0.005);
            }
    assert_int_equal(a->map.borders, 4);
    assert_true(has_border(a, "pD = 2/3", "separating", "deterrence"));
    assert_true(has_border(a, "pD = 8/15", "bluff", "separating"));
    assert_true(has_border(a, "pD = 8/15", "attack", "separating"));
    assert_true(has_border(a, "pC = 7/10", "bluff", "attack"));
    assert_string_equal(a->map.border[0].latex, "\\mathrm{pD} = \\frac{2}{3}");
    drop(&q);
}

static void line_is(dtn_ctx *ctx, const char *path, const char *x, const char *const *expected)
{
    asked q = ask(ctx, path, x, NULL);
    const dtn_regions_answer *a = q.answer;
    int count = 0;
    assert_int_equal(dtn_result_outcome(q.result), DTN_OUTCOME_COMPLETE);
    for (; expected[2 * count + 1]; count++) {
        assert_true(count < a->stretches);
        assert_string_equal(class_of(a, a->stretch[count].pattern), expected[2 * count]);
        assert_true(fmpq_equal(&a->stretch[count].right.lo, &a->stretch[count].right.hi));
        assert_fmpq_eq_str(&a->stretch[count].right.lo, expected[2 * count + 1]);
    }
    assert_int_equal(count, a->stretches);
    drop(&q);
}

static void lines(void **state)
{
    static const char reference[] = "examples/security-guarantees-2021.yaml";
    static const char *const a[] = {"E4H", "1/5", "E2", "9/10", "E1", "1", NULL, NULL};
    static const char *const e[] = {"E4S", "-3/10", "E2", "-3/20", "E1", "0", "E0", "1/5", NULL, NULL};
    static const char *const pi[] = {"E4S", "1/3", "E2", "2/3", "E1", "9/10", NULL, NULL};
    static const char *const rho[] = {"E2", "9/10", NULL, NULL};
    line_is(*state, reference, "a", a);
    line_is(*state, reference, "e", e);
    line_is(*state, reference, "pi", pi);
    line_is(*state, reference, "rho", rho);
}

static void faults(void **state)
{
    static const struct {
        const char *x, *y, *words;
    } cases[] = {
        {"a", "a", "the same parameter"}, {"aa", NULL, "no parameter"}, {"k", NULL, "one value a type"}};
    dtn_ctx *ctx = *state;
    dtn_model *model;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL,
                                  kit_source_path(ctx->scratch, "examples/security-guarantees-2021.yaml")));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dtn_job *job;
        dtn_result *result;
        assert_ok(ctx, dtn_job_new(ctx, &job, model, "regions"));
        assert_ok(ctx, dtn_job_set(ctx, job, "x", cases[i].x));
        if (cases[i].y)
            assert_ok(ctx, dtn_job_set(ctx, job, "y", cases[i].y));
        assert_status(ctx, DTN_ARG, dtn_job_run(ctx, &result, job));
        assert_error_has(ctx, cases[i].words);
        dtn_job_free(job);
    }
    dtn_model_free(model);
}

/* Out of time at once: a map that is all open, and says so. */
static void stopped(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_model *model;
    dtn_job *job;
    dtn_result *result = NULL;
    assert_ok(
        ctx, dtn_model_read(ctx, &model, NULL,
                            kit_source_path(ctx->scratch, "examples/security-guarantees-2021-channel.yaml")));
    assert_ok(ctx, dtn_job_new(ctx, &job, model, "regions"));
    assert_ok(ctx, dtn_job_set(ctx, job, "x", "a"));
    assert_ok(ctx, dtn_job_set(ctx, job, "y", "pi"));
    dtn_ctx_set_time_limit(ctx, 0.3);
    dtn_status status = dtn_job_run(ctx, &result, job);
    if (status == DTN_OK) {
        const dtn_regions_answer *a = result->data;
        assert_int_equal(dtn_result_outcome(result), DTN_OUTCOME_PARTIAL);
        fmpq_t area, sum;
        fmpq_init(area);
        fmpq_init(sum);
        for (int i = 0; i < a->map.cells; i++) {
            fmpq_set_si(area, a->map.cell[i].w * a->map.cell[i].h, 1);
            fmpq_div_2exp(area, area, 2 * (ulong)a->map.cell[i].level);
            fmpq_add(sum, sum, area);
        }
        assert_fmpq_eq_str(sum, "1"); /* nothing is left out */
        fmpq_clear(area);
        fmpq_clear(sum);
    } else {
        assert_int_equal(status, DTN_LIMIT);
    }
    dtn_result_free(result);
    dtn_job_free(job);
    dtn_model_free(model);
}

/* Volumes of unilateral deterrence: the closed form lies between the bounds, which are narrow, and near the estimate. */
static void volumes(void **state)
{
    dtn_ctx *ctx = *state;
    asked q = {0};
    assert_ok(ctx,
              dtn_model_read(ctx, &q.model, NULL,
                             kit_source_path(ctx->scratch, "examples/models/unilateral-deterrence.yaml")));
    assert_ok(ctx, dtn_job_new(ctx, &q.job, q.model, "regions"));
    assert_ok(ctx, dtn_job_set(ctx, q.job, "all", ""));
    assert_ok(ctx, dtn_job_set(ctx, q.job, "points", "4096"));
    assert_ok(ctx, dtn_job_run(ctx, &q.result, q.job));
    q.answer = q.result->data;
    const double bluff = (8.0 / 15 - 0.05) / 0.9, calm = (0.7 - 0.05) / 0.9;
    const struct {
        const char *name;
        double share;
    } wanted[] = {{"deterrence", (0.95 - 2.0 / 3) / 0.9},
                  {"separating", (2.0 / 3 - 8.0 / 15) / 0.9},
                  {"bluff", bluff * calm},
                  {"attack", bluff * (1 - calm)}};
    const dtn_volumes *v = &q.answer->volumes;
    assert_int_equal(v->volumes, 4);
    assert_true(v->open < 0.005);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++) {
            const dtn_region_volume *x = &v->volume[k];
            if (strcmp(class_of(q.answer, x->pattern), wanted[i].name) != 0)
                continue;
            assert_true(x->lo <= wanted[i].share + 1e-12 && wanted[i].share <= x->hi + 1e-12);
            assert_close(x->estimate, wanted[i].share, 4 * x->error + 0.002);
            assert_true(x->error < 0.01);
        }
    drop(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(reference_standoff),
                                       kit_test(borders_are_exact),
                                       kit_test(unilateral_deterrence),
                                       kit_test(lines),
                                       kit_test(faults),
                                       kit_test(stopped),
                                       kit_test(volumes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
