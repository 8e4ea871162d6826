/* Sequential equilibria of published games, exact, each certified by the verifier. */
#include "kit/prefix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/trees.h"

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
    assert_int_equal(s.e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *q = find(&s, "one.C two.c");
    assert_non_null(q);
    assert_true(q->rung == DTN_RUNG_D1 && !q->rung_unknown); /* nobody has types: nothing is excluded */
    assert_fmpq_eq_str(&q->payoff[0], "1");
    done(&s);
}

static const dtn_free_part *free_part(const dtn_equilibrium *q, bool is_belief, int index)
{
    for (int i = 0; i < q->frees; i++)
        if (q->free[i].is_belief == is_belief && q->free[i].index == index)
            return &q->free[i];
    fail_msg("%s %d is not free", is_belief ? "belief" : "action", index);
    return NULL;
}

static void assert_range(const dtn_free_part *part, const char *lo, const char *hi)
{
    assert_fmpq_eq_str(&part->lo, lo);
    assert_fmpq_eq_str(&part->hi, hi);
}

/* Two Nash components: {D, c >= 1/3, L} and {C, c, L <= 1/4}; only the second is sequential, 3's belief on the node after D then at
 * most 1/3. */
static void seltens_horse_at_nash(void **state)
{
    solved s = solve_rung(*state, 3, horse, DTN_RUNG_NASH);
    assert_int_equal(s.e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(s.e->count, 2);
    const dtn_equilibrium *q = find(&s, "one.C two.c"), *d = find(&s, "one.D three.L");
    assert_non_null(q);
    assert_non_null(d);
    assert_range(free_part(q, false, kit_action(s.tree, "three.L")), "0", "1/4");
    const dtn_infoset *three = &s.tree->infoset[kit_infoset(s.tree, "three")];
    assert_range(free_part(q, true, s.tree->members[three->first_member + 1]), "0", "1/3");
    assert_int_equal(q->dimension, 1);
    assert_int_equal(d->rung, DTN_RUNG_SPE); /* no proper subgame: as good as Nash */
    assert_range(free_part(d, false, kit_action(s.tree, "two.c")), "1/3", "1");
    assert_int_equal(d->frees, 2);
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

/* p = 1/2: on either pool the receiver may mix, as long as the weak type is not driven away: fight <= 1/2. */
static void beer_quiche_at_one_half(void **state)
{
    solved s = beer(*state, "1/2", "1/2");
    assert_int_equal(s.e->count, 2);
    const dtn_equilibrium *q = find(&s, "strong.beer weak.beer");
    assert_non_null(q);
    assert_int_equal(q->rung, DTN_RUNG_D1);
    assert_range(free_part(q, false, kit_action(s.tree, "beer.fight")), "0", "1/2");
    assert_range(free_part(q, false, kit_action(s.tree, "quiche.fight")), "1/2", "1");
    assert_int_equal(q->dimension, 2);
    assert_non_null(find(&s, "strong.quiche weak.quiche"));
    done(&s);
}

/* Chain store, two entrants, b = 1/2, a = 3/2; q: prior that the incumbent is tough. */
static solved chain_store(dtn_ctx *ctx, const char *q, const char *rest)
{
    char text[4000], *at = text;
    at += sprintf(at, "c %s %s ;", q, rest);
    for (int weak = 0; weak < 2; weak++) {
        const char *name = weak ? "weak" : "tough";
        /* payoffs: first entrant, second entrant, incumbent in halves of the first stage */
        static const char *const first[3] = {"0", "-1/2", "1/2"}, *const stage[2][3] = {{"3", "0", "-2"},
                                                                                        {"3", "-2", "0"}};
        static const char *const hist[3] = {"out", "fought", "shared"};
        at += sprintf(at, "p 0 one out in ;");
        for (int h = 0; h < 3; h++) {
            if (h == 1)
                at += sprintf(at, "p 2/%d first.%s fight share ;", weak, name);
            at += sprintf(
                at, "p 1 two.%s out in ; t - %s 0 %d/2 ; p 2/%d last.%s.%s fight share ; t - %s -1/2 %d/2 ; t - %s 1/2 %d/2 ;",
                hist[h], first[h], atoi(stage[weak][h]) + 3, weak, hist[h], name, first[h],
                atoi(stage[weak][h]) + (weak ? -2 : 0), first[h], atoi(stage[weak][h]) + (weak ? 0 : -2));
        }
    }
    return solve(ctx, 3, text);
}

static void chain_store_of_two(void **state)
{
    solved s = chain_store(*state, "1/5", "4/5"); /* q < b^2: in; weak fights (1 - b) q / ((1 - q) b) */
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *e = find(&s, "one.in two.shared.in first.tough.fight last.fought.weak.share");
    assert_non_null(e);
    assert_fmpq_eq_str(probability(&s, e, "first.weak.fight"), "1/4");
    assert_fmpq_eq_str(probability(&s, e, "two.fought.out"), "2/3"); /* 1 / a */
    done(&s);
    s = chain_store(*state, "1/3", "2/3"); /* b^2 < q < b: the first stays out, the second enters */
    e = find(&s, "one.out two.out.in");
    assert_non_null(e);
    assert_int_equal(s.e->count, 1);
    assert_fmpq_eq_str(probability(&s, e, "first.weak.fight"), "1/2");
    done(&s);
}

/* Kuhn's poker: a one-parameter family, the first player bets the jack with alpha in [0, 1/3]; value -1/18. */
static void kuhn_poker(void **state)
{
    dtn_ctx *ctx = *state;
    solved s = {.ctx = ctx, .tree = kit_tree_file(ctx, "examples/games/kuhn-poker.efg")};
    assert_ok(ctx, dtn_sequential_solve(ctx, &s.e, s.tree, NULL));
    assert_int_equal(s.e->outcome, DTN_OUTCOME_COMPLETE);
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *q = &s.e->item[0];
    assert_fmpq_eq_str(&q->payoff[0], "-1/18");
    assert_int_equal(q->dimension, 1);
    assert_range(free_part(q, false, kit_action(s.tree, "J opens.bet")), "0", "1/3");
    assert_range(free_part(q, false, kit_action(s.tree, "K opens.bet")), "0", "1");
    assert_range(free_part(q, false, kit_action(s.tree, "Q called upon.call")), "1/3", "2/3");
    assert_fmpq_eq_str(probability(&s, q, "J after a check.bet"), "1/3");
    assert_int_equal(q->extremes, 2);
    done(&s);
}

/* Three sender types, two messages, mixing: type 1 pools partly so that the receiver is indifferent. Worked out by hand: the receiver
 * prefers y after m iff Pr(type 2 | m) >= 1/2; types 0 and 2 send n and m for sure, type 1 likes m if y is likely enough. */
static void three_types_mix(void **state)
{
    solved s = solve(*state, 2,
                     "c 1/3 1/2 1/6 ;"
                     "p 0/0 low m n ; p 1 after y z ; t - -5 0 ; t - -5 1 ; t - 0 0 ;"
                     "p 0/1 middle m n ; p 1 after ; t - 3 0 ; t - -1 1 ; t - 1 0 ;"
                     "p 0/2 high m n ; p 1 after ; t - 4 1 ; t - 2 0 ; t - 1 0 ;");
    assert_int_equal(s.e->count, 1);
    const dtn_equilibrium *q = find(&s, "low.n high.m");
    assert_non_null(q);
    assert_fmpq_eq_str(probability(&s, q, "middle.m"), "1/3"); /* 1/2 x = 1/6 */
    assert_fmpq_eq_str(probability(&s, q, "after.y"), "1/2");  /* 3 y - (1 - y) = 1 */
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
        kit_test(seltens_horse),           kit_test(seltens_horse_at_nash),
        kit_test(beer_quiche_pools),       kit_test(beer_quiche_mixes),
        kit_test(beer_quiche_at_one_half), kit_test(three_types_mix),
        kit_test(chain_store_of_two),      kit_test(kuhn_poker),
        kit_test(unilateral_deterrence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
