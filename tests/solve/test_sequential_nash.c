/* Against independent enumerations on random trees: every Nash outcome of the strategic form is found at rung nash and nothing
 * else; what higher rungs list is a subset that the verifier certifies. */
#include "kit/random_play.h"

#include "kit/games.h"
#include "solve/sequential.h"
#include "solve/solver.h"
#include "solve/verify.h"

typedef struct strategic {
    const int *choice[2];
    int count[2];
    dtn_strategic *game;
} strategic;

/* The whole strategic form, by brute force. */
static strategic expand(dtn_ctx *ctx, dtn_arena *arena, const dtn_tree *t)
{
    strategic s;
    for (int p = 0; p < 2; p++)
        s.choice[p] = kit_pure_strategies(arena, t, p, &s.count[p]);
    size_t profiles = (size_t)s.count[0] * (size_t)s.count[1];
    fmpq *payoff = dtn_arena_fmpq(arena, 2 * profiles), *value = dtn_arena_fmpq(arena, (size_t)t->nodes * 2);
    fmpq *sigma = dtn_arena_fmpq(arena, (size_t)t->actions);
    for (int j = 0; j < s.count[1]; j++)
        for (int i = 0; i < s.count[0]; i++) {
            for (int h = 0; h < t->infosets; h++) {
                int p = t->infoset[h].player, a = s.choice[p][(p ? j : i) * t->infosets + h];
                for (int k = 0; k < t->infoset[h].actions; k++)
                    fmpq_set_si(&sigma[t->infoset[h].first_action + k], k == a, 1);
            }
            dtn_assessment_values(t, sigma, value);
            for (int p = 0; p < 2; p++)
                fmpq_set(&payoff[2 * (j * s.count[0] + i) + p], &value[p]);
        }
    const char **names = dtn_arena_array(arena, (size_t)(s.count[0] + s.count[1]), sizeof *names);
    for (int i = 0; i < s.count[0] + s.count[1]; i++)
        names[i] = "";
    const char *const *const all[2] = {names, names};
    static const char *const players[2] = {"A", "B"};
    assert_ok(ctx, dtn_strategic_new(ctx, &s.game, "", 2, s.count, players, all, payoff));
    return s;
}

static bool same_ends(const dtn_tree *t, const fmpq *a, const fmpq *b)
{
    for (int x = 0; x < t->nodes; x++)
        if (t->node[x].kind == DTN_NODE_TERMINAL && !fmpq_equal(&a[x], &b[x]))
            return false;
    return true;
}

static int partial, compared;
/* Isolated outcomes at rung nash = outcomes of the extreme equilibria of the strategic form. */
static void check_nash(dtn_ctx *ctx, const kit_random_play_spec *spec, uint64_t seed, int *rungs)
{
    dtn_tree *t = kit_random_play(ctx, spec, seed);
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *e;
    dtn_sequential_options options = {.rung = DTN_RUNG_NASH};
    assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
    if (e->outcome != DTN_OUTCOME_COMPLETE)
        partial++;
    fmpq *mine = dtn_arena_fmpq(arena, (size_t)t->nodes * (size_t)(e->count + 1)),
         *theirs = dtn_arena_fmpq(arena, (size_t)t->nodes);
    bool *met = dtn_arena_array(arena, (size_t)e->count + 1, sizeof *met);
    bool families = false;
    for (int i = 0; i < e->count; i++) {
        const dtn_equilibrium *q = &e->item[i];
        dtn_verdict v;
        assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &q->at));
        if (v.rung < q->rung && !(q->rung > DTN_RUNG_SEQUENTIAL && v.rung == DTN_RUNG_SEQUENTIAL))
            fail_msg("seed %d: item %d is offered as %s, verified as %s", (int)seed, i,
                     dtn_rung_name(q->rung), dtn_rung_name(v.rung));
        dtn_assessment_reach(t, q->at.sigma, mine + i * t->nodes);
        rungs[q->rung]++;
        families = families || q->extremes > 0;
        for (int f = 0; f < q->frees; f++) /* a free quantity on the path: the outcome itself varies */
            families = families || (!q->free[f].is_belief && q->reached[t->action[q->free[f].index].infoset]);
    }
    int strategies[2] = {1, 1};
    for (int h = 0; h < t->infosets; h++)
        strategies[t->infoset[h].player] *= t->infoset[h].actions;
    if (strategies[0] > 16 || strategies[1] > 16) { /* too many extreme equilibria of duplicate strategies */
        dtn_equilibria_free(e);
        dtn_arena_free(arena);
        dtn_tree_free(t);
        return;
    }
    compared++;
    strategic s = expand(ctx, arena, t);
    dtn_profiles *all;
    dtn_solve_options extreme = {.method = "extreme"};
    assert_ok(ctx, dtn_solve_strategic(ctx, &all, s.game, &extreme));
    for (int i = 0; i < all->count; i++) {
        const fmpq *const weight[2] = {all->item[i].sigma, all->item[i].sigma + s.count[0]};
        const int *const choice[2] = {s.choice[0], s.choice[1]};
        kit_reach(t, choice, s.count, weight, theirs);
        bool found = false;
        for (int k = 0; k < e->count; k++)
            if (same_ends(t, theirs, mine + k * t->nodes))
                met[k] = found = true;
        if (!found && !families)
            fail_msg("seed %d: a Nash outcome is missing (%d of %d)", (int)seed, i, all->count);
    }
    for (int k = 0; k < e->count && !families; k++)
        if (!met[k])
            fail_msg("seed %d: outcome %d is no Nash outcome", (int)seed, k);
    rungs[0] += families;
    dtn_profiles_free(all);
    dtn_strategic_free(s.game);
    dtn_equilibria_free(e);
    dtn_arena_free(arena);
    dtn_tree_free(t);
}

/* Random trembles behind every pure play off the path: does one give a sequential equilibrium with this play on it? */
static bool trembles_hold(dtn_ctx *ctx, dtn_arena *arena, const dtn_tree *t, const dtn_equilibrium *q,
                          uint64_t *state)
{
    dtn_assessment a;
    fmpq *weight = dtn_arena_fmpq(arena, (size_t)t->nodes), *step = dtn_arena_fmpq(arena, (size_t)t->actions);
    fmpq *total = dtn_arena_fmpq(arena, 1);
    int *order = dtn_arena_array(arena, (size_t)t->nodes, sizeof *order);
    int *rank = dtn_arena_array(arena, (size_t)t->actions, sizeof *rank);
    assert_ok(ctx, dtn_assessment_new(ctx, arena, &a, t));
    for (int trial = 0; trial < 60; trial++) {
        for (int h = 0; h < t->infosets; h++) {
            const dtn_infoset *set = &t->infoset[h];
            int pick = (int)(kit_random(state) % (uint64_t)set->actions);
            for (int k = 0; k < set->actions; k++) {
                fmpq *sigma = &a.sigma[set->first_action + k];
                if (q->reached[h])
                    fmpq_set(sigma, &q->at.sigma[set->first_action + k]);
                else
                    fmpq_set_si(sigma, k == pick, 1);
                rank[set->first_action + k] = fmpq_is_zero(sigma) ? 1 + (int)(kit_random(state) % 3) : 0;
                fmpq_set(&step[set->first_action + k], sigma);
                if (fmpq_is_zero(sigma))
                    fmpq_set_si(&step[set->first_action + k], 1 + (slong)(kit_random(state) % 9),
                                1 + kit_random(state) % 9);
            }
        }
        fmpq_one(&weight[0]);
        for (int x = 1; x < t->nodes; x++) {
            int up = t->node[x].parent, h = t->node[up].infoset;
            int act = h < 0 ? -1 : t->infoset[h].first_action + t->node[x].branch;
            order[x] = order[up] + (act < 0 ? 0 : rank[act]);
            fmpq_mul(&weight[x], &weight[up], act < 0 ? &t->chance[x] : &step[act]);
        }
        for (int h = 0; h < t->infosets; h++) {
            const int *member = t->members + t->infoset[h].first_member;
            int least = order[member[0]];
            for (int k = 1; k < t->infoset[h].members; k++)
                least = order[member[k]] < least ? order[member[k]] : least;
            fmpq_zero(total);
            for (int k = 0; k < t->infoset[h].members; k++)
                if (order[member[k]] == least)
                    fmpq_add(total, total, &weight[member[k]]);
            for (int k = 0; k < t->infoset[h].members; k++) {
                fmpq_zero(&a.belief[member[k]]);
                if (order[member[k]] == least)
                    fmpq_div(&a.belief[member[k]], &weight[member[k]], total);
            }
        }
        dtn_verdict v;
        assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &a));
        if (v.rung >= DTN_RUNG_SEQUENTIAL)
            return true;
    }
    return false;
}

/* What is listed below the rung sequential is really not sequential, as far as random trembles can tell. */
static void lower_rungs_are_not_sequential(void **test)
{
    dtn_ctx *ctx = *test;
    uint64_t state = 7;
    int tried = 0;
    static const kit_random_play_spec spec[] = {
        {.players = 2, .types = 2, .stages = 2, .actions = 2, .range = 10, .exits = 20},
        {.players = 2, .types = 2, .stages = 3, .actions = 2, .range = 10, .exits = 50, .unseen = 20},
        {.players = 3, .types = 1, .stages = 3, .actions = 2, .range = 10, .exits = 20, .unseen = 30},
    };
    for (int k = 0; k < 3; k++)
        for (uint64_t seed = 1; seed <= 20; seed++) {
            dtn_tree *t = kit_random_play(ctx, &spec[k], seed);
            dtn_equilibria *e;
            dtn_sequential_options options = {.rung = DTN_RUNG_NASH};
            assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, &options));
            for (int i = 0; i < e->count; i++) {
                dtn_arena *arena = dtn_arena_new(ctx);
                bool sequential = trembles_hold(ctx, arena, t, &e->item[i], &state);
                if (e->item[i].rung < DTN_RUNG_SEQUENTIAL && !e->item[i].rung_unknown && sequential)
                    fail_msg("seed %d of %d: outcome %d is sequential after all", (int)seed, k, i);
                tried += e->item[i].rung < DTN_RUNG_SEQUENTIAL;
                dtn_arena_free(arena);
            }
            dtn_equilibria_free(e);
            dtn_tree_free(t);
        }
    assert_true(tried > 10);
}

/* Three players who move at once: a generic game has an odd number of equilibria, rational or not. */
static void simultaneous_games_have_an_odd_number(void **test)
{
    dtn_ctx *ctx = *test;
    int irrational = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        kit_random_play_spec spec = {
            .players = 3, .types = 1, .stages = 3, .actions = 2, .range = 1000, .unseen = 100};
        dtn_tree *t = kit_random_play(ctx, &spec, seed);
        dtn_equilibria *e;
        assert_ok(ctx, dtn_sequential_solve(ctx, &e, t, NULL));
        assert_int_equal(e->outcome, DTN_OUTCOME_COMPLETE);
        assert_int_equal(e->count % 2, 1);
        for (int i = 0; i < e->count; i++) {
            dtn_arena *arena = dtn_arena_new(ctx);
            dtn_verdict v;
            assert_ok(ctx, dtn_verify_tree(ctx, arena, &v, t, &e->item[i].at));
            for (int p = 0; p < 3; p++)
                assert_true(dtn_rational_double(&v.regret[p]) <= (e->item[i].exact ? 0 : 1e-15));
            irrational += !e->item[i].exact;
            dtn_arena_free(arena);
        }
        dtn_equilibria_free(e);
        dtn_tree_free(t);
    }
    assert_true(irrational > 3);
}

/* Renaming players, listing actions backwards, affine payoffs: the same outcomes, rungs and (mapped) payoffs. */
static void other_clothes_change_nothing(void **test)
{
    dtn_ctx *ctx = *test;
    kit_random_play_spec spec = {
        .players = 2, .types = 2, .stages = 3, .actions = 2, .range = 40, .exits = 40, .unseen = 20};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        dtn_equilibria *e[4];
        for (int v = 0; v < 4; v++) {
            kit_random_play_spec other = spec;
            other.both = seed % 2;
            other.swap = v == 1;
            other.reverse = v == 2;
            other.scale = v == 3 ? 3 : 0;
            other.shift = -7;
            dtn_tree *t = kit_random_play(ctx, &other, seed);
            dtn_sequential_options options = {.rung = DTN_RUNG_NASH};
            assert_ok(ctx, dtn_sequential_solve(ctx, &e[v], t, &options));
            dtn_tree_free(t);
        }
        for (int v = 1; v < 4; v++) {
            assert_int_equal(e[v]->count, e[0]->count);
            for (int i = 0; i < e[0]->count; i++) {
                const dtn_equilibrium *p = &e[0]->item[i];
                int same = 0;
                for (int k = 0; k < e[v]->count; k++) {
                    const dtn_equilibrium *q = &e[v]->item[k];
                    fmpq_t want;
                    fmpq_init(want);
                    bool equal = p->rung == q->rung && p->dimension == q->dimension && p->frees == q->frees;
                    for (int n = 0; n < 2; n++) {
                        fmpq_set(want, &p->payoff[v == 1 ? 1 - n : n]);
                        if (v == 3) {
                            fmpq_mul_si(want, want, 3);
                            fmpq_sub_si(want, want, 7);
                        }
                        equal = equal && (p->extremes || fmpq_equal(want, &q->payoff[n]));
                    }
                    same += equal;
                    fmpq_clear(want);
                }
                if (!same)
                    fail_msg("seed %d, variant %d: outcome %d has no counterpart", (int)seed, v, i);
            }
        }
        for (int v = 0; v < 4; v++)
            dtn_equilibria_free(e[v]);
    }
}

static void nash_outcomes_of_random_trees(void **state)
{
    static const kit_random_play_spec spec[] = {
        {.players = 2, .types = 2, .stages = 2, .actions = 2, .range = 100, .exits = 20},
        {.players = 2, .types = 2, .stages = 3, .actions = 2, .range = 100, .exits = 50, .unseen = 20},
        {.players = 2, .types = 1, .stages = 3, .actions = 3, .range = 100, .exits = 30, .unseen = 50},
        {.players = 2, .types = 1, .stages = 4, .actions = 2, .range = 100, .exits = 40, .unseen = 40},
        {.players = 2, .types = 3, .stages = 2, .actions = 2, .range = 100, .exits = 30, .unseen = 10},
        {.players = 2, .types = 2, .both = true, .stages = 2, .actions = 2, .range = 100, .exits = 40},
    };
    int rungs[DTN_RUNG_COUNT] = {0};
    for (int k = 0; k < 6; k++)
        for (uint64_t seed = 1; seed <= 25; seed++)
            check_nash(*state, &spec[k], seed * 1000 + (uint64_t)k, rungs);
    assert_int_equal(partial, 0);
    assert_true(compared > 60 && rungs[DTN_RUNG_NASH] > 10 && rungs[DTN_RUNG_SPE] > 10 &&
                rungs[DTN_RUNG_SEQUENTIAL] + rungs[DTN_RUNG_D1] > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(nash_outcomes_of_random_trees), kit_test(lower_rungs_are_not_sequential),
        kit_test(simultaneous_games_have_an_odd_number), kit_test(other_clothes_change_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
