/* Sequential equilibria of published games, exact, each certified by the verifier. */
#include "kit/prefix.h"

#include <stdio.h>
#include <string.h>

#include "solve/sequential.h"
#include "solve/verify.h"

typedef struct solved {
    dtn_ctx *ctx;
    dtn_tree *tree;
    dtn_equilibria *e;
} solved;

static solved solve_rung(dtn_ctx *ctx, int players, const char *text, dtn_rung rung)
{
    solved s = {.ctx = ctx, .tree = kit_prefix_tree(ctx, players, text)};
    dtn_sequential_options options = {.rung = rung};
    assert_ok(ctx, dtn_sequential_solve(ctx, &s.e, s.tree, &options));
    for (int i = 0; i < s.e->count; i++) {
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_verdict v;
        dtn_rung claimed = s.e->item[i].rung;
        assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, s.tree, &s.e->item[i].at));
        assert_true(v.rung >= (claimed < DTN_RUNG_SEQUENTIAL ? claimed : DTN_RUNG_SEQUENTIAL));
        dtn_arena_free(arena);
    }
    return s;
}

static solved solve(dtn_ctx *ctx, int players, const char *text)
{
    return solve_rung(ctx, players, text, DTN_RUNG_NONE);
}

static void done(solved *s)
{
    dtn_equilibria_free(s->e);
    dtn_tree_free(s->tree);
}

/* The outcome in which these actions are played for sure ("set.action set.action ..."); NULL when there is none. */
static const dtn_equilibrium *find(const solved *s, const char *play)
{
    char text[256];
    for (int i = 0; i < s->e->count; i++) {
        bool all = true;
        snprintf(text, sizeof text, "%s", play);
        for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
            all = all && fmpq_is_one(&s->e->item[i].at.sigma[kit_action(s->tree, word)]);
        if (all)
            return &s->e->item[i];
    }
    return NULL;
}

static const fmpq *probability(const solved *s, const dtn_equilibrium *q, const char *action)
{
    return &q->at.sigma[kit_action(s->tree, action)];
}

static const char horse[] =
    "p 0 one C D ; p 1 two c d ; t cc 1 1 1 ; p 2 three L R ; t dL 4 4 0 ; t dR 0 0 1 ;"
    "p 2 three ; t DL 3 3 2 ; t DR 0 0 0 ;";

static void seltens_horse(void **state)
{
    solved s = solve(*state, 3, horse);
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *q = find(&s, "one.C two.c");
    assert_non_null(q);
    assert_true(q->rung == DTN_RUNG_SEQUENTIAL &&
                q->rung_unknown); /* two players can have deviated: no sender */
    assert_fmpq_eq_str(&q->payoff[0], "1");
    done(&s);
}

/* 1 has the preferred breakfast for 1, no fight for 2; the receiver 1 for being right. */
static solved beer(dtn_ctx *ctx, const char *strong, const char *weak)
{
    char text[800];
    snprintf(text, sizeof text,
             "c %s %s ; p 0 strong beer quiche ; p 1 beer fight not ; t - 1 0 ; t - 3 1 ; p 1 quiche fight "
             "not ; t - 0 0 ; t "
             "- 2 1 ; p 0 weak beer quiche ; p 1 beer ; t - 0 1 ; t - 2 0 ; p 1 quiche ; t - 1 1 ; t - 3 0 ;",
             strong, weak);
    return solve(ctx, 2, text);
}

static void beer_quiche_pools(void **state)
{
    solved s = beer(*state, "9/10", "1/10");
    assert_int_equal(s.e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(s.e->count, 2);
    const dtn_equilibrium *q = find(&s, "strong.beer weak.beer beer.not");
    assert_non_null(q);
    assert_int_equal(q->rung, DTN_RUNG_D1);
    q = find(&s, "strong.quiche weak.quiche quiche.not");
    assert_non_null(q);
    assert_int_equal(q->rung, DTN_RUNG_SEQUENTIAL);
    assert_int_equal(q->falls, 1);
    assert_int_equal(q->fall[0].rung, DTN_RUNG_INTUITIVE);
    assert_int_equal(q->fall[0].infoset, kit_infoset(s.tree, "strong"));
    assert_int_equal(q->fall[0].action, kit_action(s.tree, "strong.beer"));
    done(&s);
}

static void beer_quiche_mixes(void **state)
{
    solved s = beer(*state, "1/3", "2/3");
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *q = find(&s, "strong.beer quiche.fight");
    assert_non_null(q);
    assert_fmpq_eq_str(probability(&s, q, "weak.beer"), "1/2"); /* p / (1 - p) */
    assert_fmpq_eq_str(probability(&s, q, "beer.fight"), "1/2");
    assert_int_equal(q->rung, DTN_RUNG_D1);
    done(&s);
}

/* Unilateral deterrence: c in the order (DD-, CD, DD+, SQ, DC) = (0, 1/4, 2/5, 3/5, 1), d in the order (DD-, DC, DD+, CD) =
 * (0, 3/10, 3/5, 1), dSQ = 1; thresholds cH = 2/3, cS = 8/15, d* = 7/10. */
static solved deterrence(dtn_ctx *ctx, const char *challenger, const char *c_rest, const char *defender,
                         const char *d_rest)
{
    char text[1500], *at = text;
    at += sprintf(at, "c %s %s ;", challenger, c_rest);
    for (int c = 0; c < 2; c++) {
        at += sprintf(at, "c %s %s ;", defender, d_rest);
        for (int d = 0; d < 2; d++)
            at +=
                sprintf(at,
                        "p 0/%d ch%d concede demand ; t SQ 3/5 1 ; p 1/%d def%d concede defy ; t DC 1 3/10 ;"
                        "p 0/%d last%d back fight ; t CD 1/4 1 ; t DD %s %s ;",
                        c, c, d, d, c, c, c ? "0" : "2/5", d ? "0" : "3/5");
    }
    return solve(ctx, 2, text);
}

static void unilateral_deterrence(void **state)
{
    static const struct {
        const char *c, *c_rest, *d, *d_rest, *play;
        dtn_rung deterrence;
    } region[] = {
        {"1/2", "1/2", "4/5", "1/5", "ch0.concede ch1.concede", DTN_RUNG_D1}, /* certain deterrence */
        {"1/2", "1/2", "3/5", "2/5", "ch0.demand ch1.concede def0.defy", DTN_RUNG_SEQUENTIAL}, /* separating */
        {"3/5", "2/5", "2/5", "3/5", "ch0.demand def0.defy", DTN_RUNG_INTUITIVE},              /* bluff */
        {"4/5", "1/5", "2/5", "3/5", "ch0.demand ch1.demand def0.defy def1.concede",
         DTN_RUNG_INTUITIVE}, /* attack */
    };
    for (int i = 0; i < 4; i++) {
        solved s = deterrence(*state, region[i].c, region[i].c_rest, region[i].d, region[i].d_rest);
        const dtn_equilibrium *q = find(&s, region[i].play);
        assert_non_null(q);
        assert_int_equal(q->rung, DTN_RUNG_D1);
        int survive = 0;
        for (int k = 0; k < s.e->count; k++)
            survive += s.e->item[k].rung == DTN_RUNG_D1;
        assert_int_equal(survive, 1);
        const dtn_equilibrium *deter = find(&s, "ch0.concede ch1.concede");
        assert_non_null(deter);
        assert_int_equal(deter->rung, region[i].deterrence);
        if (i == 2) { /* pCh (1 - d*) / ((1 - pCh) d*), (cS - pDef) / (1 - pDef) */
            assert_fmpq_eq_str(probability(&s, q, "ch1.demand"), "9/14");
            assert_fmpq_eq_str(probability(&s, q, "def1.defy"), "2/9");
        }
        done(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(seltens_horse),
        kit_test(beer_quiche_pools),
        kit_test(beer_quiche_mixes),
        kit_test(unilateral_deterrence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
