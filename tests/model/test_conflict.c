/* Conflicts built from strings: states, letters, ranks, moves, merging, and what is said of each mistake. */
#include "kit/kit.h"

#include <stdio.h>
#include <string.h>

#include "model/conflict.h"

#define TEXTS(...) \
    (const char *[]){__VA_ARGS__}, (int)(sizeof(const char *[]){__VA_ARGS__} / sizeof(const char *))

/* P: M (irreversible), D; Q: E, G (needs E), C. The option form of the reference standoff. */
static dtn_conflict_builder *standoff(dtn_ctx *ctx)
{
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "standoff"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", "Proposer", NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "Q", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "M", NULL, "alternative", DTN_FORWARD_ONLY));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "D", NULL, "de-escalate", DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "E", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "G", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "C", NULL, NULL, DTN_BOTH_WAYS));
    return b;
}

static dtn_conflict *finish(dtn_ctx *ctx, dtn_conflict_builder *b)
{
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

static size_t state(dtn_ctx *ctx, const dtn_conflict *c, const char *text)
{
    size_t s = SIZE_MAX;
    assert_ok(ctx, dtn_conflict_find_state(ctx, &s, c, text));
    return s;
}

static void assert_moves(dtn_ctx *ctx, const dtn_conflict *c, int player, const char *from, const char *ends)
{
    size_t end[64], n = dtn_conflict_moves(c, player, state(ctx, c, from), end, 64);
    char text[1024] = "";
    for (size_t i = 0, at = 0; i < n && at < sizeof text; i++) {
        char name[64];
        dtn_conflict_state_text(c, end[i], name, sizeof name);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", i ? " " : "", name);
    }
    assert_string_equal(text, ends);
}

static void reference_states_and_ranks(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b = standoff(ctx);
    assert_ok(ctx, dtn_conflict_forbid(b, "M & D"));
    assert_ok(ctx, dtn_conflict_require(b, "G only if E"));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, "hard", TEXTS("G", "M iff !E", "!C", "D")));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, "soft", TEXTS("!M", "G", "E", "!C", "D")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, TEXTS("!M", "D", "!G", "C iff !D", "E")));
    assert_ok(ctx, dtn_conflict_set_status_quo(b, "....."));
    dtn_conflict *c = finish(ctx, b);
    assert_int_equal(dtn_conflict_states(c), 18);
    assert_true(c->option_form);
    assert_true(c->lettered);
    assert_int_equal(dtn_conflict_find_variant(c, 0, "soft"), 1);
    assert_int_equal(dtn_conflict_find_variant(c, 0, "mild"), -1);
    size_t quo;
    assert_true(dtn_conflict_status_quo(c, &quo));
    assert_int_equal(quo, 0);
    assert_int_equal(state(ctx, c, ".DE.."), state(ctx, c, "NYYNN"));
    assert_status(ctx, DTN_PARSE, dtn_conflict_find_state(ctx, &quo, c, "YYYNN"));
    dtn_conflict_free(c);
}

static void moves_follow_options(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b = standoff(ctx);
    assert_ok(ctx, dtn_conflict_forbid(b, "YY---"));
    assert_ok(ctx, dtn_conflict_forbid(b, "G & !E"));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, TEXTS("G")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, TEXTS("!M")));
    dtn_conflict *c = finish(ctx, b);
    assert_int_equal(c->states, 18);
    assert_moves(ctx, c, 0, ".....", "M.... .D...");
    assert_moves(ctx, c, 0, "M....", "");            /* M cannot be taken back, and excludes D */
    assert_moves(ctx, c, 0, ".D..C", "....C M...C"); /* over the infeasible MD..C */
    assert_moves(ctx, c, 1, "M.E..", "M.... M.EG. M...C M.E.C M.EGC");
    for (size_t s = 0; s < c->states; s++) {
        char text[64];
        dtn_conflict_state_text(c, s, text, sizeof text);
        assert_int_equal(state(ctx, c, text), s);
        dtn_conflict_state_pattern(c, s, text, sizeof text);
        assert_int_equal(state(ctx, c, text), s);
    }
    dtn_conflict_free(c);
}

static void assert_order(dtn_ctx *ctx, const dtn_conflict *c, int variant, const char *const *best_first,
                         int count)
{
    for (int i = 1; i < count; i++)
        assert_true(dtn_conflict_rank(c, 0, variant, state(ctx, c, best_first[i - 1])) >
                    dtn_conflict_rank(c, 0, variant, state(ctx, c, best_first[i])));
}

static void preferences_three_ways(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "A", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "B", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "C", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, "statements", TEXTS("B if C", "!A", "--Y")));
    const char *tiers[] = {"A..", "Y-N", ".BC", "---"};
    assert_ok(ctx, dtn_conflict_prefer_tiers(b, 0, "tiers", tiers, (int[]){1, 2, 1}, 3));
    assert_ok(ctx, dtn_conflict_prefer_weights(b, 0, "weights", (const char *[]){"A", "C"},
                                               (const char *[]){"-1/2", "0.25"}, 2));
    dtn_conflict *c = finish(ctx, b);
    /* B if C fails only at ..C and A.C */
    assert_order(ctx, c, 0, (const char *[]){".BC", "...", "ABC", "A..", "..C", "A.C"}, 6);
    assert_int_equal(dtn_conflict_rank(c, 0, 0, state(ctx, c, "...")),
                     dtn_conflict_rank(c, 0, 0, state(ctx, c, ".B.")));
    assert_order(ctx, c, 1, (const char *[]){"A..", "AB.", "..."}, 3);
    assert_int_equal(dtn_conflict_rank(c, 0, 1, state(ctx, c, "AB.")),
                     dtn_conflict_rank(c, 0, 1, state(ctx, c, ".BC")));
    assert_int_equal(dtn_conflict_rank(c, 0, 1, state(ctx, c, "ABC")), 1);
    assert_order(ctx, c, 2, (const char *[]){"..C", ".B.", "ABC", "A.."}, 4);
    assert_int_equal(c->player[0].variant[2].levels, 4);
    dtn_conflict_free(c);
}

/* 40 statements, the last one decisive: ranks need more than one key. */
static void more_statements_than_a_key_holds(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "A", NULL, NULL, DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "B", NULL, NULL, DTN_BOTH_WAYS));
    const char *statement[40];
    for (int i = 0; i < 40; i++)
        statement[i] = "A";
    statement[39] = "!B";
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, statement, 40));
    dtn_conflict *c = finish(ctx, b);
    assert_order(ctx, c, 0, (const char *[]){"A.", "AB", "..", ".B"}, 4);
    assert_int_equal(c->player[0].variant[0].levels, 4);
    dtn_conflict_free(c);
}

static void merging_and_transitions(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b = standoff(ctx);
    assert_ok(ctx, dtn_conflict_require_count(b, 0, 1, (const char *[]){"M", "D"}, 2));
    assert_ok(ctx, dtn_conflict_forbid(b, "G & !E"));
    assert_ok(ctx, dtn_conflict_merge(b, "Y----"));
    assert_ok(ctx, dtn_conflict_add_state(b, "war", "M...-", "the alternative"));
    assert_ok(ctx, dtn_conflict_remove_moves(b, 1, "--N-- -> --Y--"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "----Y -> -N-N-"));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, TEXTS("!M", "M | G")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, TEXTS("!M", "Y---- | E")));
    assert_ok(ctx, dtn_conflict_set_status_quo(b, "Y----"));
    dtn_conflict *c = finish(ctx, b);
    assert_int_equal(c->states, 13);
    assert_false(c->option_form);
    assert_moves(ctx, c, 0, ".....", "war .D...");
    assert_moves(ctx, c, 0, ".DEGC", "war ..E.C ..EGC");
    assert_moves(ctx, c, 1, "war", "");
    assert_moves(ctx, c, 1, ".....", "....C");
    assert_moves(ctx, c, 1, "..E..", "..... ..EG. ....C ..E.C ..EGC");
    char text[64];
    dtn_conflict_state_pattern(c, state(ctx, c, "war"), text, sizeof text);
    assert_string_equal(text, "YN---");
    dtn_conflict_state_letters(c, state(ctx, c, "war"), text, sizeof text);
    assert_string_equal(text, "M.---");
    assert_string_equal(dtn_conflict_name_of(c, state(ctx, c, "war"))->about, "the alternative");
    assert_null(dtn_conflict_name_of(c, state(ctx, c, ".....")));
    assert_int_equal(dtn_conflict_rank(c, 0, 0, state(ctx, c, "war")), 1);
    dtn_conflict_free(c);
}

static void graph_form(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", NULL, NULL));
    for (int i = 0; i < 3; i++)
        assert_ok(ctx,
                  dtn_conflict_add_state(b, (const char *[]){"talks", "crisis", "accord"}[i], NULL, NULL));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "crisis -> talks"));
    assert_ok(ctx, dtn_conflict_add_moves(b, 0, "talks -> accord"));
    const char *tiers[] = {"accord", "talks", "crisis"};
    assert_ok(ctx, dtn_conflict_prefer_tiers(b, 0, NULL, tiers, (int[]){1, 2}, 2));
    dtn_conflict *c = finish(ctx, b);
    assert_moves(ctx, c, 0, "crisis", "talks");
    assert_moves(ctx, c, 0, "talks", "accord");
    assert_moves(ctx, c, 0, "accord", "");
    assert_int_equal(dtn_conflict_rank(c, 0, 0, 0), dtn_conflict_rank(c, 0, 0, 1));
    dtn_conflict_free(c);
}

/* 50 options, 51 states: nothing may go through all patterns. */
static void many_options_few_states(void **unused)
{
    dtn_ctx *ctx = *unused;
    dtn_conflict_builder *b;
    const char *key[50];
    char buffer[50][16];
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", NULL, NULL));
    for (int i = 0; i < 50; i++) {
        snprintf(buffer[i], sizeof buffer[i], "o%d", i);
        key[i] = buffer[i];
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, key[i], NULL, NULL, DTN_BOTH_WAYS));
    }
    assert_ok(ctx, dtn_conflict_require_count(b, 0, 1, key, 50));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, TEXTS("o3", "o49")));
    dtn_conflict *c = finish(ctx, b);
    assert_int_equal(c->states, 51);
    assert_int_equal(dtn_conflict_moves(c, 0, 7, NULL, 0), 50);
    dtn_conflict_free(c);
}

typedef struct mistake {
    dtn_status (*make)(dtn_conflict_builder *b);
    size_t offset, length;
    const char *says;
} mistake;

static dtn_status unknown_option(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "M & Dx");
}
static dtn_status early_end(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "M & (D |");
}
static dtn_status open_parenthesis(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "M & (D | E");
}
static dtn_status chained(dtn_conflict_builder *b)
{
    return dtn_conflict_require(b, "M if D iff E");
}
static dtn_status no_operator(dtn_conflict_builder *b)
{
    return dtn_conflict_require(b, "M D");
}
static dtn_status short_pattern(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "Y-Y-");
}
static dtn_status bad_merge(dtn_conflict_builder *b)
{
    return dtn_conflict_merge(b, "Y-x--");
}
static dtn_status second_statement(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer(b, 0, NULL, TEXTS("G", "!!!Z"));
}
static dtn_status bad_weight(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer_weights(b, 0, NULL, (const char *[]){"M"}, (const char *[]){"two"}, 1);
}
static dtn_status no_arrow(dtn_conflict_builder *b)
{
    return dtn_conflict_add_moves(b, 0, "Y---- N----");
}
static dtn_status option_twice(dtn_conflict_builder *b)
{
    return dtn_conflict_add_option(b, NULL, 0, "E", NULL, NULL, DTN_BOTH_WAYS);
}
static dtn_status bad_key(dtn_conflict_builder *b)
{
    return dtn_conflict_add_option(b, NULL, 0, "a b", NULL, NULL, DTN_BOTH_WAYS);
}
static dtn_status deep(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((M");
}

static void mistakes_in_calls(void **unused)
{
    dtn_ctx *ctx = *unused;
    static const mistake list[] = {
        {unknown_option, 4, 2, "no option is called 'Dx'"},
        {early_end, 8, 0, "the statement ends here, expected an option"},
        {open_parenthesis, 10, 0, "expected ')'"},
        {chained, 7, 3, "do not chain"},
        {no_operator, 2, 1, "found 'D', expected '&', '|'"},
        {short_pattern, 0, 4, "has 4 characters, expected 5"},
        {bad_merge, 2, 1, "not a pattern of 5 characters"},
        {second_statement, 3, 1, "no option is called 'Z'"},
        {bad_weight, 0, 3, "not a number"},
        {no_arrow, 0, 11, "'from -> to'"},
        {option_twice, 0, 1, "defined twice"},
        {bad_key, 1, 1, "letters, digits"},
        {deep, 60, 1, "parentheses inside each other"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        dtn_conflict_builder *b = standoff(ctx);
        assert_status(ctx, DTN_PARSE, list[i].make(b));
        const dtn_conflict_fault *f = dtn_conflict_builder_fault(b);
        assert_int_equal(f->offset, list[i].offset);
        assert_int_equal(f->length, list[i].length);
        assert_error_has(ctx, list[i].says);
        if (list[i].make == second_statement) {
            assert_int_equal(f->part, DTN_PART_PREFERENCE);
            assert_int_equal(f->index, 1);
            assert_string_equal(f->unknown, "Z");
        }
        dtn_conflict_builder_free(b);
    }
}

static dtn_status infeasible_tier(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer_tiers(b, 0, NULL, (const char *[]){".....", "MD..."}, (int[]){1, 1}, 2);
}
static dtn_status missing_state(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer_tiers(b, 0, NULL, (const char *[]){"N----", "YNY--"}, (int[]){1, 1}, 2);
}
static dtn_status ranked_twice(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer_tiers(b, 0, NULL, (const char *[]){"N----", ".DE.."}, (int[]){1, 1}, 2);
}
static dtn_status wrong_letter(dtn_conflict_builder *b)
{
    return dtn_conflict_prefer_tiers(b, 0, NULL, (const char *[]){".DG.."}, (int[]){1}, 1);
}
static dtn_status empty_merge(dtn_conflict_builder *b)
{
    return dtn_conflict_merge(b, "YY---");
}
static dtn_status overlapping_merges(dtn_conflict_builder *b)
{
    dtn_status status = dtn_conflict_merge(b, "Y----");
    return status != DTN_OK ? status : dtn_conflict_merge(b, "--Y--");
}
static dtn_status torn_merge(dtn_conflict_builder *b)
{
    dtn_status status = dtn_conflict_merge(b, "Y----");
    return status != DTN_OK ? status : dtn_conflict_prefer(b, 0, NULL, TEXTS("!M", "D", "E"));
}
static dtn_status everything_forbidden(dtn_conflict_builder *b)
{
    return dtn_conflict_forbid(b, "M | !M");
}
static dtn_status unknown_status_quo(dtn_conflict_builder *b)
{
    return dtn_conflict_set_status_quo(b, "peace");
}
static dtn_status several_status_quos(dtn_conflict_builder *b)
{
    return dtn_conflict_set_status_quo(b, "M..--");
}
static dtn_status bad_arrow_end(dtn_conflict_builder *b)
{
    return dtn_conflict_remove_moves(b, 0, "Y---- ->  N-x--");
}
static dtn_status nothing_preferred(dtn_conflict_builder *b)
{
    (void)b;
    return DTN_OK;
}

static void mistakes_seen_at_the_end(void **unused)
{
    dtn_ctx *ctx = *unused;
    static const struct {
        dtn_status (*make)(dtn_conflict_builder *b);
        dtn_status status;
        dtn_conflict_part part;
        int index;
        size_t offset;
        const char *says;
    } list[] = {
        {infeasible_tier, DTN_PARSE, DTN_PART_PREFERENCE, 1, 0, "the state 'MD...' is infeasible"},
        {missing_state, DTN_PARSE, DTN_PART_PREFERENCE, -1, 0, "M.... is missing"},
        {ranked_twice, DTN_PARSE, DTN_PART_PREFERENCE, 1, 0, "'.DE..' is ranked twice"},
        {wrong_letter, DTN_PARSE, DTN_PART_PREFERENCE, 0, 2, "found 'G' at place 3, expected 'E'"},
        {empty_merge, DTN_PARSE, DTN_PART_MERGE, 0, 0, "no feasible state fits 'YY---'"},
        {overlapping_merges, DTN_PARSE, DTN_PART_MERGE, 1, 0, "share a state"},
        {torn_merge, DTN_DOMAIN, DTN_PART_PREFERENCE, 2, 0, "tells apart"},
        {everything_forbidden, DTN_DOMAIN, DTN_PART_INFEASIBLE, -1, 0, "no state is left"},
        {unknown_status_quo, DTN_PARSE, DTN_PART_STATUS_QUO, -1, 0, "found 'p' at place 1"},
        {several_status_quos, DTN_PARSE, DTN_PART_STATUS_QUO, -1, 0, "several states"},
        {bad_arrow_end, DTN_PARSE, DTN_PART_MOVES, 0, 12, "found 'x' at place 3, expected Y, N or -"},
        {nothing_preferred, DTN_DOMAIN, DTN_PART_PREFERENCE, -1, 0, "player 'P' has no preferences"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        dtn_conflict_builder *b = standoff(ctx);
        dtn_conflict *c;
        assert_ok(ctx, dtn_conflict_forbid(b, "M & D"));
        assert_ok(ctx, list[i].make(b));
        if (list[i].part != DTN_PART_PREFERENCE)
            assert_ok(ctx, dtn_conflict_prefer(b, 0, NULL, TEXTS("!M")));
        assert_ok(ctx, dtn_conflict_prefer(b, 1, NULL, TEXTS("!M")));
        assert_status(ctx, list[i].status, dtn_conflict_finish(ctx, &c, b));
        assert_error_has(ctx, list[i].says);
        const dtn_conflict_fault *f = dtn_conflict_builder_fault(b);
        assert_int_equal(f->part, list[i].part);
        assert_int_equal(f->index, list[i].index);
        assert_int_equal(f->offset, list[i].offset);
        dtn_conflict_builder_free(b);
    }
}

static dtn_status build_all(dtn_ctx *ctx, void *user)
{
    (void)user;
    dtn_conflict_builder *b = NULL;
    dtn_conflict *c = NULL;
    dtn_status status = dtn_conflict_builder_new(ctx, &b, "sweep");
    if (status != DTN_OK)
        return status;
    bool failed = (status = dtn_conflict_add_player(b, NULL, "P", NULL, NULL)) ||
                  (status = dtn_conflict_add_option(b, NULL, 0, "A", NULL, NULL, DTN_BOTH_WAYS)) ||
                  (status = dtn_conflict_add_option(b, NULL, 0, "B", NULL, NULL, DTN_BOTH_WAYS)) ||
                  (status = dtn_conflict_forbid(b, "A & B")) || (status = dtn_conflict_merge(b, "Y-")) ||
                  (status = dtn_conflict_add_moves(b, 0, "Y- -> NY")) ||
                  (status = dtn_conflict_prefer(b, 0, "one", TEXTS("A", "B"))) ||
                  (status = dtn_conflict_prefer_weights(b, 0, "two", (const char *[]){"A"},
                                                        (const char *[]){"1/3"}, 1)) ||
                  (status = dtn_conflict_finish(ctx, &c, b));
    if (failed)
        dtn_conflict_builder_free(b);
    dtn_conflict_free(c);
    return status;
}

static void out_of_memory(void **unused)
{
    (void)unused;
    kit_memory_sweep(build_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(reference_states_and_ranks), kit_test(moves_follow_options),
        kit_test(preferences_three_ways),     kit_test(more_statements_than_a_key_holds),
        kit_test(merging_and_transitions),    kit_test(graph_form),
        kit_test(many_options_few_states),    kit_test(mistakes_in_calls),
        kit_test(mistakes_seen_at_the_end),   cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
