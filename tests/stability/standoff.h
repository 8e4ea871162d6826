/* The option form of the reference standoff: 18 states, six combinations of preferences. */
#ifndef DTN_TESTS_STANDOFF_H
#define DTN_TESTS_STANDOFF_H

#include "detente/conflict.h"
#include "kit/kit.h"

#define TEXTS(...) \
    (const char *[]){__VA_ARGS__}, (int)(sizeof(const char *[]){__VA_ARGS__} / sizeof(const char *))

static dtn_conflict *standoff(dtn_ctx *ctx)
{
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, "standoff"));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "P", "Proposer", NULL));
    assert_ok(ctx, dtn_conflict_add_player(b, NULL, "Q", "Addressee", NULL));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "M", NULL, "military-technical alternative",
                                           DTN_FORWARD_ONLY));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 0, "D", NULL, "de-escalate", DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "E", NULL, "engage in talks", DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "G", NULL, "sign a binding guarantee", DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_add_option(b, NULL, 1, "C", NULL, "countermeasures", DTN_BOTH_WAYS));
    assert_ok(ctx, dtn_conflict_forbid(b, "M & D"));
    assert_ok(ctx, dtn_conflict_forbid(b, "G & !E"));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, "hard", TEXTS("G", "M iff !E", "!C", "D")));
    assert_ok(ctx, dtn_conflict_prefer(b, 0, "soft", TEXTS("!M", "G", "E", "!C", "D")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, "reluctant", TEXTS("!M", "D", "!G", "C iff !D", "E")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, "reciprocal", TEXTS("!M", "G iff D", "E", "C iff !D", "G")));
    assert_ok(ctx, dtn_conflict_prefer(b, 1, "refuser", TEXTS("!G", "!M", "D", "C iff !D", "!E")));
    assert_ok(ctx, dtn_conflict_set_status_quo(b, "....."));
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

#endif
