/* The crisis stage of the reference standoff as a scenario with ranges, constraints, classes and the threat marked. */
#ifndef DTN_TESTS_ANALYSE_STANDOFF_SCENE_H
#define DTN_TESTS_ANALYSE_STANDOFF_SCENE_H

#include "kit/standoff.h"
#include "model/scene.h"

enum { AT_PI, AT_RHO, AT_A, AT_M, AT_KH, AT_KS, AT_L, AT_NH, AT_NS, AT_E, STANDOFF_PARAMS };

static inline void standoff_param(scene *c, const char *name, const char *value, const char *lo,
                                  const char *hi)
{
    dtn_scn_param *p = &c->param[scene_param(c, name, value)];
    p->ranged = true;
    assert_true(dtn_arena_fmpq_at(c->s.arena, &p->lo, 1) && dtn_arena_fmpq_at(c->s.arena, &p->hi, 1));
    assert_true(dtn_rational_parse(&p->lo, lo, strlen(lo)) && dtn_rational_parse(&p->hi, hi, strlen(hi)));
}

static inline const dtn_scn_outcome *standoff_outcome(scene *c, const char *key, const char *p, const char *q)
{
    return &c->outcome[scene_outcome(c, key, p, q)];
}

/* "answer.hard.engage" relation: '1' certain, 'm' mixed. Ends with NULL. */
static inline void standoff_class(scene *c, dtn_scn_class *out, const char *key, const char *when,
                                  const char *const *tests)
{
    *out = (dtn_scn_class){.key = key};
    dtn_scn_test *test = scene_alloc(c, 8 * sizeof *test);
    for (; tests[out->tests]; out->tests++) {
        bool mixed = tests[out->tests][0] == 'm';
        test[out->tests] = (dtn_scn_test){.kind = DTN_TEST_PLAY,
                                          .what = tests[out->tests] + 2,
                                          .relation = mixed ? DTN_REL_MIXED : DTN_REL_EQ,
                                          .value = mixed ? NULL : scene_formula(c, "1")};
    }
    out->test = test;
    out->when = when ? scene_formula(c, when) : NULL;
}

static inline scene *standoff_scene(dtn_ctx *ctx)
{
    scene *c = scene_new(ctx);
    scene_player(c, "P");
    scene_player(c, "Q");
    standoff_param(c, "pi", "1/2", "1/10", "9/10");
    standoff_param(c, "rho", "1/2", "1/10", "9/10");
    standoff_param(c, "a", "3/10", "0", "1");
    standoff_param(c, "m", "2/5", "1/10", "9/10");
    standoff_param(c, "k.hard", "1/5", "0", "1/2");
    standoff_param(c, "k.soft", "9/10", "1/2", "3/2");
    standoff_param(c, "l", "3/5", "3/10", "1");
    standoff_param(c, "n.hard", "3/10", "3/100", "1");
    standoff_param(c, "n.soft", "9/10", "3/10", "2");
    standoff_param(c, "e", "-1/5", "-1/2", "1/5");
    c->param[AT_A].lever = true;
    scene_family(c, "k", 0, AT_KH, 2);
    scene_family(c, "n", 1, AT_NH, 2);
    scene_types(c, 0, "hard", "pi", "soft", "1 - pi");
    scene_types(c, 1, "hard", "rho", "soft", "1 - rho");
    c->constraint[0] = (dtn_scn_constraint){.text = "n.hard < l", .holds = scene_formula(c, "n.hard < l")};
    c->constraint[1] = (dtn_scn_constraint){.text = "l < n.soft", .holds = scene_formula(c, "l < n.soft")};
    c->s.constraints = 2;
    standoff_outcome(c, "engaged", "1", "e");
    standoff_outcome(c, "accommodated", "m", "-l");
    standoff_outcome(c, "clash", "-k(P)", "-n(Q)");
    standoff_outcome(c, "dropped", "-a", "0");
    int answer = scene_move(c, "answer", 1), reaction = scene_move(c, "reaction", 0),
        response = scene_move(c, "response", 1);
    scene_action(c, answer, "engage", SCENE_END(0), NULL);
    scene_action(c, answer, "reject", reaction, NULL);
    dtn_scn_action *threat = scene_action(c, reaction, "alternative", response, NULL);
    threat->kind = DTN_ACT_THREAT;
    threat->target = 1;
    threat->unless = "answer.engage";
    scene_action(c, reaction, "drop", SCENE_END(3), NULL);
    scene_action(c, response, "accommodate", SCENE_END(1), NULL);
    scene_action(c, response, "counter", SCENE_END(2), NULL);
    dtn_scn_class *class_ = scene_alloc(c, 8 * sizeof *class_);
    c->s.class_ = class_;
    c->s.classes = 8;
#define HE "1 answer.hard.engage"
#define HR "1 answer.hard.reject"
#define SE "1 answer.soft.engage"
#define SR "1 answer.soft.reject"
    standoff_class(c, &class_[KIT_E0], "E0", "e >= 0", (const char *[]){HE, SE, NULL});
    standoff_class(c, &class_[KIT_E1], "E1", NULL, (const char *[]){HE, SE, NULL});
    standoff_class(c, &class_[KIT_E2], "E2", NULL, (const char *[]){HR, SE, NULL});
    standoff_class(c, &class_[KIT_E3A], "E3a", NULL,
                   (const char *[]){HR, SR, "1 reaction.hard.drop", "1 reaction.soft.drop", NULL});
    standoff_class(c, &class_[KIT_E3B], "E3b", NULL,
                   (const char *[]){HR, SR, "1 reaction.hard.alternative", "1 reaction.soft.drop", NULL});
    standoff_class(
        c, &class_[KIT_E3C], "E3c", NULL,
        (const char *[]){HR, SR, "1 reaction.hard.alternative", "1 reaction.soft.alternative", NULL});
    standoff_class(c, &class_[KIT_E4H], "E4H", NULL,
                   (const char *[]){HR, "m answer.soft.reject", "m reaction.hard.alternative",
                                    "1 reaction.soft.drop", NULL});
    standoff_class(c, &class_[KIT_E4S], "E4S", NULL,
                   (const char *[]){HR, "m answer.soft.reject", "1 reaction.hard.alternative",
                                    "m reaction.soft.alternative", NULL});
    return c;
}

#endif
