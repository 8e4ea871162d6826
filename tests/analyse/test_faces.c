/* Faces against exact solutions: at random points, whatever face a point lies in says what solving there finds. */
#include "kit/games.h"

#include <string.h>

#include "analyse/faces.h"
#include "detente/model.h"
#include "model/model.h"

typedef struct file_case {
    const char *path, *x, *y;
    dtn_rung rung;
    int points, samples;
} file_case;

static void random_point(const dtn_scenario *s, const int *param, fmpq *point, uint64_t *seed)
{
    fmpq_t share;
    fmpq_init(share);
    for (int k = 0; k < 2; k++) {
        const dtn_scn_param *p = &s->param[param[k]];
        fmpq_sub(&point[k], &p->hi, &p->lo);
        fmpq_set_si(share, (slong)(kit_random(seed) % 9973) + 1, 9974);
        fmpq_mul(&point[k], &point[k], share);
        fmpq_add(&point[k], &point[k], &p->lo);
    }
    fmpq_clear(share);
}

static int pattern_at(dtn_ctx *ctx, dtn_sweep *sweep, const int *param, const fmpq *point)
{
    const dtn_snapshot *s;
    assert_ok(ctx, dtn_point_set(ctx, &sweep->point, sweep->scenario, param[0], &point[0]));
    assert_ok(ctx, dtn_sweep_at(ctx, &s, sweep, param[1], &point[1]));
    return !s->inside ? DTN_FACE_OUTSIDE : s->complete ? s->pattern : DTN_FACE_UNKNOWN;
}

static bool contains(const dtn_faces *f, const dtn_face *face, const fmpq *point)
{
    for (int i = 0; i < face->factors; i++)
        if (dtn_trace_factor_sign_at(f->trace, face->factor[i], point) != face->sign[i])
            return false;
    return true;
}

static void agree(dtn_ctx *ctx, const file_case *c)
{
    dtn_model *model;
    dtn_sweep *sweep;
    dtn_faces *faces;
    dtn_point point;
    fmpq *at = dtn_arena_fmpq(ctx->scratch, 2);
    uint64_t seed = 17;
    int met = 0;
    assert_ok(ctx, dtn_model_read(ctx, &model, NULL, kit_source_path(ctx->scratch, c->path)));
    const dtn_scenario *s = model->scenario;
    assert_ok(ctx, dtn_point_new(ctx, ctx->scratch, &point, s));
    assert_ok(ctx, dtn_sweep_new(ctx, &sweep, s, &point, c->rung, NULL, 0));
    const int param[2] = {dtn_scenario_param(s, c->x), dtn_scenario_param(s, c->y)};
    assert_ok(ctx, dtn_faces_new(ctx, &faces, sweep, param, 2));
    for (int i = 0; i < c->samples; i++) {
        int face;
        random_point(s, param, at, &seed);
        assert_ok(ctx, dtn_faces_at(ctx, &face, faces, at));
        if (face >= 0) /* the traced run finds what the ordinary one finds */
            assert_int_equal(faces->face[face].pattern, pattern_at(ctx, sweep, param, at));
    }
    for (int i = 0; i < c->points; i++) {
        int here = -100;
        random_point(s, param, at, &seed);
        for (int f = 0; f < faces->faces; f++) {
            if (!contains(faces, &faces->face[f], at))
                continue;
            if (here == -100)
                here = pattern_at(ctx, sweep, param, at);
            assert_int_equal(faces->face[f].pattern, here);
            met++;
        }
    }
    assert_true(met > c->points / 4);
    dtn_faces_free(faces);
    dtn_sweep_free(sweep);
    dtn_model_free(model);
}

static void reference_standoff(void **state)
{
    static const file_case cases[] = {
        {"examples/security-guarantees-2021.yaml", "a", "pi", DTN_RUNG_D1, 300, 40},
        {"examples/security-guarantees-2021.yaml", "n.hard", "l", DTN_RUNG_D1, 300, 40},
        {"examples/security-guarantees-2021.yaml", "e", "rho", DTN_RUNG_SEQUENTIAL, 300, 40},
        {"examples/security-guarantees-2021.yaml", "k.hard", "m", DTN_RUNG_INTUITIVE, 300, 40},
        {"examples/security-guarantees-2021.yaml", "k.soft", "a", DTN_RUNG_PBE, 100, 12},
        {"examples/security-guarantees-2021.yaml", "e", "pi", DTN_RUNG_NASH, 60, 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        agree(*state, &cases[i]);
}

static void published_models(void **state)
{
    static const file_case cases[] = {
        {"examples/models/unilateral-deterrence.yaml", "pD", "pC", DTN_RUNG_D1, 300, 30},
        {"examples/models/unilateral-deterrence.yaml", "pC", "pD", DTN_RUNG_INTUITIVE, 200, 30},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        agree(*state, &cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(reference_standoff), kit_test(published_models)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
