/* The cheapest changes of statements against conflicts rebuilt with every change. */
#include <stdio.h>
#include <string.h>

#include "kit/kit.h"
#include "stability/mediate.h"

enum { PLAYERS = 2, OPTIONS = 4, STATEMENTS = 4 };

static uint64_t seed = 521288629u;

static int draw(int n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 20) % (uint64_t)n);
}

/* A conflict with the statements of each player in the order given; order < 0: reversed (~order). */
static dtn_conflict *rebuild(dtn_ctx *ctx, char text[PLAYERS][STATEMENTS][96], int order[PLAYERS][STATEMENTS],
                             const int *count)
{
    dtn_conflict_builder *b;
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "changed"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "A", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "B", NULL, NULL));
    for (int o = 0; o < OPTIONS; o++) {
        char key[16];
        snprintf(key, sizeof key, "o%d", o);
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, o / 2, key, NULL, NULL, DTN_BOTH_WAYS));
    }
    assert_ok(ctx, dtn_conflict_forbid(b, "o0 & o3"));
    for (int i = 0; i < PLAYERS; i++) {
        char changed[STATEMENTS][112];
        const char *list[STATEMENTS];
        for (int k = 0; k < count[i]; k++) {
            int x = order[i][k];
            snprintf(changed[k], sizeof changed[k], x < 0 ? "!(%s)" : "%s", text[i][x < 0 ? ~x : x]);
            list[k] = changed[k];
        }
        assert_ok(ctx, dtn_conflict_prefer(b, i, NULL, list, count[i]));
    }
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

static bool met(dtn_ctx *ctx, const dtn_conflict *c, int concept_index, const dtn_mediate_goal *g)
{
    dtn_stability *r;
    bool ok = true;
    assert_ok(ctx, dtn_stability_run(ctx, &r, c, &(dtn_stability_options){.concepts = 1u << concept_index}));
    for (int k = 0; k < g->holds; k++)
        ok = ok && dtn_stability_equilibrium(r, 0, concept_index, g->hold[k]);
    for (int k = 0; k < g->fails; k++)
        ok = ok && !dtn_stability_equilibrium(r, 0, concept_index, g->fail[k]);
    dtn_stability_free(r);
    return ok;
}

static bool met_after(dtn_ctx *ctx, char text[PLAYERS][STATEMENTS][96], const dtn_change *change, int changes,
                      int concept_index, const dtn_mediate_goal *g)
{
    int order[PLAYERS][STATEMENTS], count[PLAYERS] = {0};
    for (int i = 0; i < PLAYERS; i++) {
        bool placed[STATEMENTS] = {0}, reversed[STATEMENTS] = {0};
        for (int x = 0; x < changes; x++)
            if (change[x].player == i) {
                placed[change[x].statement] = change[x].kind != DTN_CHANGE_REVERSE;
                reversed[change[x].statement] = change[x].kind == DTN_CHANGE_REVERSE;
                if (change[x].kind == DTN_CHANGE_FIRST)
                    order[i][count[i]++] = change[x].statement;
            }
        for (int k = 0; k < STATEMENTS; k++)
            if (!placed[k])
                order[i][count[i]++] = reversed[k] ? ~k : k;
    }
    dtn_conflict *c = rebuild(ctx, text, order, count);
    bool ok = met(ctx, c, concept_index, g);
    dtn_conflict_free(c);
    return ok;
}

static void cheapest(void **state)
{
    dtn_ctx *ctx = *state;
    static const char *const name[] = {"R", "GMR", "SMR", "SEQ", "SSEQ"};
    int found_some = 0;
    for (int n = 0; n < 40; n++) {
        char text[PLAYERS][STATEMENTS][96];
        int order[PLAYERS][STATEMENTS], count[PLAYERS] = {STATEMENTS, STATEMENTS};
        for (int i = 0; i < PLAYERS; i++)
            for (int k = 0; k < STATEMENTS; k++) {
                order[i][k] = k;
                snprintf(text[i][k], sizeof text[i][k], "%so%d %s %so%d", draw(2) ? "!" : "", draw(OPTIONS),
                         (const char *[]){"&", "|", "iff"}[draw(3)], draw(2) ? "!" : "", draw(OPTIONS));
            }
        dtn_conflict *c = rebuild(ctx, text, order, count);
        size_t hold = (size_t)draw((int)c->states), fail = (size_t)draw((int)c->states);
        long weight[PLAYERS] = {1 + draw(2), 1 + draw(3)};
        int concept_index = dtn_concept_find(name[n % 5]), variant[PLAYERS] = {0};
        dtn_mediate_goal goal = {&hold, &fail, 1, hold != fail, weight, 1};
        dtn_arena *arena = dtn_arena_new(ctx);
        dtn_mediate found;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        assert_ok(ctx, dtn_mediate_find(ctx, arena, &found, c, variant, dtn_concept_at(concept_index), &goal));
        dtn_arena_release(ctx->scratch, mark);
        /* All single changes, by rebuilding. */
        long best = met(ctx, c, concept_index, &goal) ? 0 : 1000;
        int ways = best == 0;
        for (int i = 0; i < PLAYERS && best; i++)
            for (int k = 0; k < STATEMENTS; k++)
                for (int kind = 0; kind < 3; kind++) {
                    dtn_change one = {i, k, (dtn_change_kind)kind};
                    if ((kind == DTN_CHANGE_FIRST && !k) || weight[i] > best ||
                        !met_after(ctx, text, &one, 1, concept_index, &goal))
                        continue;
                    ways = weight[i] < best ? 1 : ways + 1;
                    best = weight[i];
                }
        assert_int_equal(found.ways, ways);
        if (ways)
            assert_int_equal(found.cost, best);
        /* Two changes: what is found works, and costs no more. */
        goal.most = 2;
        dtn_mediate two;
        mark = dtn_arena_save(ctx->scratch);
        assert_ok(ctx, dtn_mediate_find(ctx, arena, &two, c, variant, dtn_concept_at(concept_index), &goal));
        dtn_arena_release(ctx->scratch, mark);
        assert_true(two.ways >= 1 || !ways);
        assert_true(!ways || two.cost <= best);
        for (int k = 0; k < two.ways; k++)
            assert_true(met_after(ctx, text, two.way[k].change, two.way[k].changes, concept_index, &goal));
        found_some += two.ways > 0 && !ways;
        dtn_arena_free(arena);
        dtn_conflict_free(c);
    }
    assert_true(found_some > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {kit_test(cheapest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
