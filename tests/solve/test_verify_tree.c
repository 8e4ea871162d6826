/* The verifier of trees: published equilibria reach their rung, and disturbed ones fall where they should. */
#include "kit/trees.h"

#include <string.h>

#include "solve/verify.h"

/* Verdict on an assessment given as texts; the tree is freed. */
static dtn_verdict judge(dtn_ctx *ctx, dtn_arena *arena, const char *efg, const char *sigma,
                         const char *belief)
{
    dtn_tree *t = kit_tree(ctx, efg);
    dtn_assessment a = kit_assessment(ctx, t, sigma, belief);
    dtn_verdict v;
    assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &a));
    assert_true(v.rung >= DTN_RUNG_SEQUENTIAL || v.falls > 0);
    dtn_tree_free(t);
    return v;
}

/* Actions: 1 {C, D}, 2 {c, d}, 3 {L, R}; 3's nodes: after d, after D. */
static void the_horse(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_verdict v = judge(ctx, arena, kit_horse, "1 0 1 0 0 1", "2/3 1/3");
    assert_int_equal(v.rung, DTN_RUNG_D1); /* nobody has types: the criteria exclude nothing */
    assert_false(v.unknown);
    assert_fmpq_eq_str(v.payoff, "1");
    /* 3 mixes: only at the belief 1/3 on the node after D */
    assert_true(judge(ctx, arena, kit_horse, "1 0 1 0 1/4 3/4", "2/3 1/3").rung >= DTN_RUNG_SEQUENTIAL);
    v = judge(ctx, arena, kit_horse, "1 0 1 0 1/4 3/4", "1/2 1/2");
    assert_int_equal(v.rung, DTN_RUNG_SPE);
    assert_string_equal(v.fall->note, "belief");
    assert_fmpq_eq_str(v.max_regret, "3/8"); /* L is worth 1, R 1/2: (1/4 1 + 3/4 1/2) = 5/8 */
    /* one step too far: 2 gains by d */
    v = judge(ctx, arena, kit_horse, "1 0 1 0 1/3 2/3", "2/3 1/3");
    assert_int_equal(v.rung, DTN_RUNG_NONE);
    assert_int_equal(v.fall->rung, DTN_RUNG_NASH);
    assert_int_equal(v.fall->player, 1);
    assert_int_equal(v.fall->infoset, 1);
    assert_int_equal(v.fall->action, 3);
    assert_fmpq_eq_str(v.regret + 1, "1/3");
    /* the other Nash component: 2 would not play c if reached */
    v = judge(ctx, arena, kit_horse, "0 1 1/3 2/3 1 0", "0 1");
    assert_int_equal(v.rung, DTN_RUNG_SPE);
    assert_int_equal(v.fall->infoset, 1);
    assert_true(fmpq_is_zero(v.regret) && fmpq_is_zero(v.regret + 1) && fmpq_is_zero(v.regret + 2));
    assert_int_equal(judge(ctx, arena, kit_horse, "0 1 1/4 3/4 1 0", "0 1").rung, DTN_RUNG_NONE);
    dtn_arena_free(arena);
}

static void beer_and_quiche(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    const char *game = kit_beer_quiche(ctx, "9/10", "1/10");
    /* pooling on beer, on quiche: belief after the other message on the weak type at least 1/2 */
    assert_int_equal(judge(ctx, arena, game, "1 0 1 0 0 1 1 0", "9/10 1/10 0 1").rung, DTN_RUNG_D1);
    dtn_verdict v = judge(ctx, arena, game, "0 1 0 1 1 0 0 1", "1/2 1/2 9/10 1/10");
    assert_int_equal(v.rung, DTN_RUNG_SEQUENTIAL);
    assert_string_equal(v.fall->note, "intuitive");
    assert_int_equal(v.fall->infoset, 0); /* the strong type gains by beer, whatever is believed of it then */
    assert_int_equal(v.fall->action, 0);
    /* pooling on beer while the strong type is thought to be the one who left it: intuitive, but not D1 */
    v = judge(ctx, arena, game, "1 0 1 0 0 1 1 0", "9/10 1/10 1/2 1/2");
    assert_int_equal(v.rung, DTN_RUNG_INTUITIVE);
    assert_string_equal(v.fall->note, "d1");
    assert_int_equal(v.fall->type, 0);
    assert_int_equal(v.fall->other_type, 1);
    v = judge(ctx, arena, game, "0 1 0 1 1 0 0 1", "3/5 2/5 9/10 1/10");
    assert_int_equal(v.rung, DTN_RUNG_SPE);
    assert_int_equal(v.fall->infoset, 2);
    /* beliefs on the path that are not Bayes' */
    v = judge(ctx, arena, game, "1 0 1 0 0 1 1 0", "8/10 2/10 0 1");
    assert_int_equal(v.rung, DTN_RUNG_SPE);
    assert_string_equal(v.fall->note, "bayes");
    /* no fight after quiche: the weak type deviates */
    v = judge(ctx, arena, game, "1 0 1 0 0 1 0 1", "9/10 1/10 1 0");
    assert_int_equal(v.rung, DTN_RUNG_NONE);
    assert_fmpq_eq_str(v.regret, "1/10");
    dtn_arena_free(arena);
}

/* An entry game: the incumbent's threat to fight is empty. */
static const char entry[] =
    "EFG 2 R \"\" { \"E\" \"I\" } p \"\" 1 1 \"entrant\" { \"out\" \"in\" } 0 t \"\" 1 \"\" { 0 2 }\n"
    "p \"\" 2 1 \"incumbent\" { \"fight\" \"share\" } 0 t \"\" 2 \"\" { -1 -1 } t \"\" 3 \"\" { 1 1 }";

static void empty_threats_are_not_subgame_perfect(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    assert_int_equal(judge(ctx, arena, entry, "0 1 0 1", NULL).rung, DTN_RUNG_D1);
    dtn_verdict v = judge(ctx, arena, entry, "1 0 1 0", NULL);
    assert_int_equal(v.rung, DTN_RUNG_NASH);
    assert_string_equal(v.fall->note, "subgame");
    assert_int_equal(v.fall->player, 1);
    assert_int_equal(v.fall->action, 3);
    assert_false(v.weak_pbe);
    dtn_arena_free(arena);
}

/* A weak PBE that is not subgame perfect: 1 may open a simultaneous game; 3 (unreached) believes what 2 does not do. */
static void weak_but_not_subgame_perfect(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    static const char game[] =
        "EFG 2 R \"\" { \"1\" \"2\" }\n"
        "p \"\" 1 1 \"open\" { \"stay\" \"open\" } 0 t \"\" 1 \"\" { 2 0 }\n"
        "p \"\" 1 2 \"side\" { \"u\" \"d\" } 0\n"
        "p \"\" 2 1 \"reply\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 3 3 } t \"\" 3 \"\" { 0 0 }\n"
        "p \"\" 2 1 0 t \"\" 4 \"\" { 0 0 } t \"\" 5 \"\" { 1 1 }";
    /* 1 stays and would play u; 2, who believes d, plays r: then u is not best against r */
    dtn_verdict v = judge(ctx, arena, game, "1 0 0 1 0 1", "0 1");
    assert_int_equal(v.rung >= DTN_RUNG_SEQUENTIAL, 1);
    v = judge(ctx, arena, game, "1 0 1 0 0 1", "0 1");
    assert_int_equal(v.rung, DTN_RUNG_NASH);
    assert_false(v.weak_pbe);
    /* with u a dominant action for 1, the wrong belief of 2 is all that keeps 1 away */
    static const char other[] =
        "EFG 2 R \"\" { \"1\" \"2\" }\n"
        "p \"\" 1 1 \"open\" { \"stay\" \"open\" } 0 t \"\" 1 \"\" { 2 0 }\n"
        "p \"\" 1 2 \"side\" { \"u\" \"d\" } 0\n"
        "p \"\" 2 1 \"reply\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 3 3 } t \"\" 3 \"\" { 1 0 }\n"
        "p \"\" 2 1 0 t \"\" 4 \"\" { 0 0 } t \"\" 5 \"\" { 0 1 }";
    v = judge(ctx, arena, other, "1 0 1 0 0 1", "0 1");
    assert_int_equal(v.rung, DTN_RUNG_NASH);
    assert_true(v.weak_pbe);
    dtn_arena_free(arena);
}

/* 1 does not know what chance drew, so its deviation can tell 2 nothing about it: the belief stays the prior. */
static const char blind[] =
    "EFG 2 R \"\" { \"1\" \"2\" }\n"
    "c \"\" 1 \"\" { \"x\" 1/3 \"y\" 2/3 } 0\n"
    "p \"\" 1 1 \"blind\" { \"stop\" \"go\" } 0 t \"\" 1 \"\" { 1 0 }\n"
    "p \"\" 2 1 \"reply\" { \"l\" \"r\" } 0 t \"\" 2 \"\" { 0 1 } t \"\" 3 \"\" { 2 0 }\n"
    "p \"\" 1 1 0 t \"\" 1\n"
    "p \"\" 2 1 0 t \"\" 4 \"\" { 0 0 } t \"\" 5 \"\" { 2 1 }";

static void no_signalling_what_you_do_not_know(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    /* nodes of 2: after x, after y; l is best when x is likely enough (1/2) */
    dtn_verdict v = judge(ctx, arena, blind, "1 0 1 0", "1/3 2/3 1/2 1/2");
    assert_int_equal(v.rung, DTN_RUNG_PBE);
    assert_int_equal(v.fall->rung, DTN_RUNG_NSWYDK);
    assert_int_equal(v.fall->infoset, 1);
    assert_int_equal(v.fall->player, 0);
    assert_int_equal(v.fall->action, 1);
    v = judge(ctx, arena, blind, "0 1 0 1", "1/3 2/3 1/3 2/3");
    assert_true(v.rung >= DTN_RUNG_SEQUENTIAL);
    dtn_arena_free(arena);
}

/* Two receivers hear the same unsent message: their beliefs about the sender must agree (one tremble explains both). */
static const char two_ears[] =
    "EFG 2 R \"\" { \"S\" \"A\" \"B\" }\n"
    "c \"\" 1 \"\" { \"s\" 1/2 \"t\" 1/2 } 0\n"
    "p \"\" 1 1 \"s\" { \"quiet\" \"speak\" } 0 t \"\" 0\n"
    "p \"\" 2 1 \"A\" { \"l\" \"r\" } 0\n"
    "p \"\" 3 1 \"B\" { \"l\" \"r\" } 0 t \"\" 1 \"\" { -1 0 0 } t \"\" 1 p \"\" 3 1 0 t \"\" 1 t \"\" 1\n"
    "p \"\" 1 2 \"t\" { \"quiet\" \"speak\" } 0 t \"\" 0\n"
    "p \"\" 2 1 0\n"
    "p \"\" 3 1 0 t \"\" 1 t \"\" 1 p \"\" 3 1 0 t \"\" 1 t \"\" 1";

static void receivers_agree(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    /* A's nodes: s, t; B's: s l, s r, t l, t r (A plays l) */
    dtn_verdict v = judge(ctx, arena, two_ears, "1 0 1 0 1 0 1 0", "1/5 4/5 1/5 0 4/5 0");
    assert_true(v.rung >= DTN_RUNG_SEQUENTIAL);
    v = judge(ctx, arena, two_ears, "1 0 1 0 1 0 1 0", "1/5 4/5 1/4 0 3/4 0");
    assert_true(v.rung == DTN_RUNG_NSWYDK || v.rung == DTN_RUNG_PBE);
    dtn_arena_free(arena);
}

/* Kreps and Wilson's point: beliefs on three nodes may each be fine and yet come from no common tremble. Two actions a, b
 * of one unreached mover at two sets of another; weights must multiply: (x1 y1)(x2 y2) = (x1 y2)(x2 y1). */
static const char square[] = "EFG 2 R \"\" { \"1\" \"2\" \"3\" }\n"
                             "p \"\" 1 1 \"\" { \"no\" \"a\" \"b\" } 0 t \"\" 0\n"
                             "p \"\" 2 1 \"\" { \"no\" \"c\" \"d\" } 0 t \"\" 0\n"
                             "p \"\" 3 1 \"\" { \"x\" } 0 t \"\" 0 p \"\" 3 1 0 t \"\" 0\n"
                             "p \"\" 2 1 0 t \"\" 0\n"
                             "p \"\" 3 1 0 t \"\" 0 p \"\" 3 1 0 t \"\" 0";

static void weights_multiply(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    /* 2's nodes a, b: weights 1 : 2; 3's nodes ac, ad, bc, bd: must be 1:z:2:2z. */
    assert_true(judge(ctx, arena, square, "1 0 0 1 0 0 1", "1/3 2/3 1/12 3/12 2/12 6/12").rung >=
                DTN_RUNG_SEQUENTIAL);
    dtn_verdict v = judge(ctx, arena, square, "1 0 0 1 0 0 1", "1/3 2/3 1/12 3/12 3/12 5/12");
    assert_true(v.rung == DTN_RUNG_PBE || v.rung == DTN_RUNG_NSWYDK);
    /* orders: c alone with a, but b believed impossible where it is possible elsewhere */
    v = judge(ctx, arena, square, "1 0 0 1 0 0 1", "1/3 2/3 1 0 0 0");
    assert_true(v.rung < DTN_RUNG_SEQUENTIAL);
    v = judge(ctx, arena, square, "1 0 0 1 0 0 1", "0 1 0 0 1/2 1/2");
    assert_true(v.rung >= DTN_RUNG_SEQUENTIAL);
    dtn_arena_free(arena);
}

static void bad_assessments_are_refused(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, kit_horse);
    dtn_verdict v;
    dtn_assessment a = kit_assessment(ctx, t, "1 0 1 0 1/2 1/4", "1 0");
    assert_status(ctx, DTN_ARG, dtn_verify_tree(ctx, ctx->scratch, &v, t, &a));
    assert_error_has(ctx, "actions at 3");
    a = kit_assessment(ctx, t, "1 0 1 0 1/2 1/2", "1/2 1/4");
    assert_status(ctx, DTN_ARG, dtn_verify_tree(ctx, ctx->scratch, &v, t, &a));
    assert_error_has(ctx, "beliefs at 3");
    dtn_tree_free(t);
    t = kit_tree(ctx, "EFG 2 R \"\" { \"1\" } p \"\" 1 1 \"fork\" { \"a\" \"b\" } 0 t \"\" 0 p \"\" 1 1 0 t "
                      "\"\" 0 t \"\" 0");
    a = kit_assessment(ctx, t, "1 0", "1 0");
    assert_status(ctx, DTN_DOMAIN, dtn_verify_tree(ctx, ctx->scratch, &v, t, &a));
    assert_error_has(ctx, "perfect recall");
    dtn_tree_free(t);
}

/* Kuhn poker: every member of the published family is an equilibrium of value -1/18, and any other bluffing rate is not. */
static void kuhn_poker(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_tree *t = kit_tree_file(ctx, "examples/games/kuhn-poker.efg");
    dtn_verdict v;
    /* 1 opens J, Q, K {check, bet}, then called upon J, Q, K {fold, call}; 2 after a check, then after a bet. Order of sets: by
     * first visit. */
    static const char *const alphas[] = {"0", "1/6", "1/3"}, *const checks[] = {"1", "5/6", "2/3"};
    static const char *const three[] = {"0", "1/2", "1"}, *const rest[] = {"1", "1/2", "0"};
    static const char *const call[] = {"1/3", "1/2", "2/3"}, *const fold[] = {"2/3", "1/2", "1/3"};
    for (int k = 0; k < 3; k++)
        for (int wrong = 0; wrong < 2; wrong++) {
            dtn_assessment a;
            assert_ok(ctx, dtn_assessment_new(ctx, arena, &a, t));
            for (int h = 0; h < t->infosets; h++) {
                const dtn_infoset *s = &t->infoset[h];
                static const struct {
                    const char *name;
                    int which; /* 0 never, 1 always, 2 alpha, 3 3 alpha, 4 alpha + 1/3, 5 1/3 */
                } table[] = {{"J opens", 2},         {"Q opens", 0},         {"K opens", 3},
                             {"J called upon", 0},   {"Q called upon", 4},   {"K called upon", 1},
                             {"J after a check", 5}, {"Q after a check", 0}, {"K after a check", 1},
                             {"J after a bet", 0},   {"Q after a bet", 5},   {"K after a bet", 1}};
                int which = -1;
                for (size_t i = 0; i < sizeof table / sizeof *table; i++)
                    if (strcmp(table[i].name, s->name) == 0)
                        which = table[i].which;
                assert_true(which >= 0);
                const char *yes[] = {"0", "1", alphas[k], three[k], call[k], wrong ? "1/2" : "1/3"};
                const char *no[] = {"1", "0", checks[k], rest[k], fold[k], wrong ? "1/2" : "2/3"};
                assert_true(dtn_rational_parse(a.sigma + s->first_action, no[which], strlen(no[which])));
                assert_true(dtn_rational_parse(a.sigma + s->first_action + 1, yes[which], strlen(yes[which])));
            }
            fmpq *reach = dtn_arena_fmpq(arena, (size_t)t->nodes);
            dtn_assessment_reach(t, a.sigma, reach);
            /* Bayes overwrites this on the path; off it (nobody bets when alpha is 0) J is thought to bet a third as often as K */
            for (int h = 0; h < t->infosets; h++)
                for (int m = 0; m < 2; m++)
                    fmpq_set_si(a.belief + t->members[t->infoset[h].first_member + m], m ? 3 : 1, 4);
            dtn_assessment_bayes(t, &a, reach);
            assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &a));
            if (!wrong)
                assert_fmpq_eq_str(v.payoff, "-1/18");
            assert_true(wrong ? v.rung == DTN_RUNG_NONE : v.rung >= DTN_RUNG_PBE);
        }
    dtn_tree_free(t);
    dtn_arena_free(arena);
}

static dtn_status work(dtn_ctx *ctx, void *user)
{
    dtn_tree *t = user;
    dtn_assessment a;
    DTN_TRY(dtn_assessment_new(ctx, ctx->scratch, &a, t));
    fmpq_one(a.sigma);
    fmpq_one(a.sigma + 3);
    fmpq_one(a.sigma + 6);
    fmpq_set_si(a.belief + t->members[1], 1, 3);
    fmpq_set_si(a.belief + t->members[2], 2, 3);
    for (int k = 3; k < 7; k++)
        fmpq_set_si(a.belief + t->members[k], k % 2 ? 1 : 2, 6);
    dtn_verdict v;
    return dtn_verify_tree(ctx, ctx->scratch, &v, t, &a);
}

static void out_of_memory(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_tree *t = kit_tree(ctx, square);
    kit_memory_sweep(work, t);
    dtn_tree_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(the_horse),
        kit_test(beer_and_quiche),
        kit_test(empty_threats_are_not_subgame_perfect),
        kit_test(weak_but_not_subgame_perfect),
        kit_test(no_signalling_what_you_do_not_know),
        kit_test(receivers_agree),
        kit_test(weights_multiply),
        kit_test(bad_assessments_are_refused),
        kit_test(kuhn_poker),
        kit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
