/* Builds the published cases and compares sets of their states. */
#ifndef DTN_TESTS_PUBLISHED_H
#define DTN_TESTS_PUBLISHED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "detente/stability.h"
#include "kit/kit.h"
#include "stability/cases.h"

/* The next word of a list, copied; false at its end. */
static bool word(const char **list, char *out, size_t size)
{
    size_t length = strcspn(*list += strspn(*list, " ,"), " ,:");
    if (!length)
        return false;
    assert_true(length < size);
    memcpy(out, *list, length);
    out[length] = 0;
    *list += length;
    return true;
}

static dtn_conflict *build(dtn_ctx *ctx, const published *p)
{
    dtn_conflict_builder *b;
    assert_ok(ctx, dtn_conflict_builder_new(ctx, &b, p->name));
    for (int i = 0; i < p->players; i++)
        assert_ok(ctx, dtn_conflict_add_player(b, NULL, p->player[i], NULL, NULL));
    static const char *const key[] = {"M", "D", "A", "B", "I"};
    for (int o = 0; o < p->options; o++)
        assert_ok(ctx, dtn_conflict_add_option(b, NULL, p->owner[o] - '0', key[o], NULL, NULL,
                                               p->direction[o] == 'b'   ? DTN_BOTH_WAYS
                                               : p->direction[o] == 'f' ? DTN_FORWARD_ONLY
                                                                        : DTN_BACKWARD_ONLY));
    for (int k = 0; k < 2; k++) {
        if (p->infeasible[k])
            assert_ok(ctx, dtn_conflict_forbid(b, p->infeasible[k]));
        if (p->require[k])
            assert_ok(ctx, dtn_conflict_require(b, p->require[k]));
    }
    if (p->merge)
        assert_ok(ctx, dtn_conflict_merge(b, p->merge));
    if (p->removed)
        assert_ok(ctx, dtn_conflict_remove_moves(b, p->edit_player, p->removed));
    char id[8], pattern[8];
    for (const char *list = p->state; word(&list, id, sizeof id) && word(&list, pattern, sizeof pattern);)
        assert_ok(ctx, dtn_conflict_add_state(b, id, pattern, NULL));
    for (int i = 0; i < p->players; i++) {
        char text[32][8];
        const char *tier[32];
        int size[32], count = 0;
        for (const char *list = p->ranking[i]; word(&list, text[count], sizeof *text); count++) {
            tier[count] = text[count];
            size[count] = 1;
        }
        assert_ok(ctx, dtn_conflict_prefer_tiers(b, i, NULL, tier, size, count));
    }
    dtn_conflict *c;
    assert_ok(ctx, dtn_conflict_finish(ctx, &c, b));
    return c;
}

/* The states' texts in the order of their ids as numbers, "1 2 10" (or as they come when ids are no numbers). */
static void join(char *out, const dtn_conflict *c, size_t *state, size_t count, const char *between)
{
    char name[64][64];
    for (size_t k = 0; k < count; k++)
        dtn_conflict_state_text(c, state[k], name[k], sizeof *name);
    for (size_t k = 1; k < count; k++)
        for (size_t j = k; j && atoi(name[j]) < atoi(name[j - 1]); j--) {
            char hold[64];
            memcpy(hold, name[j], sizeof hold);
            memcpy(name[j], name[j - 1], sizeof hold);
            memcpy(name[j - 1], hold, sizeof hold);
        }
    *out = 0;
    for (size_t k = 0; k < count; k++)
        strcat(strcat(out, k ? between : ""), name[k]);
}

static inline void assert_set(const dtn_stability *r, int combination, const char *concept_name, int player,
                              const char *expected)
{
    size_t state[64];
    char text[1024];
    size_t count = dtn_stability_states(r, combination, dtn_concept_find(concept_name), player, state, 64);
    join(text, dtn_stability_conflict(r), state, count, " ");
    assert_string_equal(text, expected);
}

#endif
