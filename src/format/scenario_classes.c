/* `classes:`, `guarantees:` and `repeated:`: names for kinds of equilibria, and what makes obligations bind. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

/* A test's right-hand side: a formula, one of the words, or "< 1/2". */
static dtn_status read_relation(dtn_reader *r, dtn_scn_test *t, const dtn_yaml *y)
{
    static const struct {
        const char *word;
        dtn_scn_relation relation;
        bool alone;
    } words[] = {
        {"mixed", DTN_REL_MIXED, true},
        {"unreached", DTN_REL_UNREACHED, true},
        {"positive", DTN_REL_POSITIVE, true},
        {"<=", DTN_REL_LE, false},
        {">=", DTN_REL_GE, false},
        {"<", DTN_REL_LT, false},
        {">", DTN_REL_GT, false},
        {"==", DTN_REL_EQ, false},
    };
    const char *text = dtn_read_text(r, y, "test");
    t->relation = DTN_REL_EQ;
    if (!text)
        return DTN_OK;
    size_t skip = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words && !skip; i++) {
        size_t n = strlen(words[i].word);
        if (words[i].alone ? strcmp(text, words[i].word) == 0 : strncmp(text, words[i].word, n) == 0) {
            t->relation = words[i].relation;
            if (words[i].alone)
                return DTN_OK;
            skip = n + strspn(text + n, " ");
        }
    }
    DTN_TRY(dtn_parse_formula(r, &t->value, y, text + skip, (int)skip, "test", 0));
    return t->value ? dtn_check_later(r, DTN_CHECKED_VALUE, t->value, y->place, 0, "test") : DTN_OK;
}

static dtn_status read_tests(dtn_reader *r, dtn_scn_class *c, dtn_scn_test *test, const dtn_yaml *y,
                             dtn_scn_test_kind kind)
{
    if (!y || !dtn_expect_map(r, y, kind == DTN_TEST_PLAY ? "play" : "outcomes"))
        return DTN_OK;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *key = y->key[i];
        dtn_scn_test *t = &test[c->tests++];
        *t = (dtn_scn_test){.kind = kind, .what = key->text, .place = key->place};
        DTN_TRY(read_relation(r, t, y->item[i]));
        if (kind == DTN_TEST_PLAY) {
            dtn_check_action(r, key->text, dtn_yaml_place_in(key, r->bytes, 0, (int)key->length),
                             t->relation == DTN_REL_UNREACHED);
        } else if (dtn_find_name(r, DTN_NAME_OUTCOME, key->text) < 0 &&
                   dtn_find_name(r, DTN_NAME_GROUP, key->text) < 0) {
            int count;
            const char *const *words = dtn_keys(r, r->outcomes, &count);
            dtn_unknown(r, DTN_DIAG_OUTCOME, key->place, "outcome or group", key->text, words, count);
        }
    }
    return DTN_OK;
}

dtn_status dtn_define_classes(dtn_reader *r)
{
    const dtn_yaml *y = r->classes;
    if (!y || !dtn_expect_map(r, y, "classes"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, r->class_, y->count);
    r->s->class_ = r->class_;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *about, *when, *play, *outcomes;
        dtn_scn_class *c = &r->class_[r->s->classes++];
        *c = (dtn_scn_class){.key = y->key[i]->text, .place = y->key[i]->place};
        dtn_check_name(r, y->key[i], "class", false);
        char what[160];
        snprintf(what, sizeof what, "the class '%.100s'", c->key);
        if (!dtn_read_fields(r, y->item[i], what, c->place,
                             (dtn_field[]){{"about", &about, false},
                                           {"when", &when, false},
                                           {"play", &play, false},
                                           {"outcomes", &outcomes, false}},
                             4))
            continue;
        c->about = dtn_read_text(r, about, "about");
        DTN_TRY(dtn_read_formula(r, &c->when, when, "when", 0));
        dtn_scn_test *test;
        DTN_ALLOC(r->ctx, r->arena, test, (play ? play->count : 0) + (outcomes ? outcomes->count : 0));
        c->test = test;
        DTN_TRY(read_tests(r, c, test, play, DTN_TEST_PLAY));
        DTN_TRY(read_tests(r, c, test, outcomes, DTN_TEST_OUTCOME));
    }
    return DTN_OK;
}

static dtn_status define_guarantee(dtn_reader *r, dtn_scn_guarantee *g, const dtn_yaml *y)
{
    static const char *const channels[] = {"escrow", "enforcer", "shadow", "audience", "irreversibility"};
    const dtn_yaml *by, *channel, *about, *enforcer, *incentive, *tranches, *with, *number[9];
    static const char *const names[] = {"gain",    "value",   "detect",   "false", "bond",
                                        "penalty", "enforce", "discount", "hazard"};
    const dtn_expr **const into[] = {&g->gain,    &g->value,   &g->detect,   &g->false_alarm, &g->bond,
                                     &g->penalty, &g->enforce, &g->discount, &g->hazard};
    dtn_field fields[16] = {{"by", &by, true},
                            {"channel", &channel, false},
                            {"about", &about, false},
                            {"enforcer", &enforcer, false},
                            {"incentive", &incentive, false},
                            {"tranches", &tranches, false},
                            {"with", &with, false}};
    for (int i = 0; i < 9; i++)
        fields[7 + i] = (dtn_field){names[i], &number[i], strcmp(names[i], "gain") == 0};
    char what[160];
    snprintf(what, sizeof what, "the guarantee '%.100s'", g->key);
    if (!dtn_read_fields(r, y, what, g->place, fields, 16))
        return DTN_OK;
    g->about = dtn_read_text(r, about, "about");
    g->by = dtn_read_player(r, by);
    g->enforcer = dtn_read_player(r, enforcer);
    int word = channel ? dtn_read_word(r, channel, "channel", channels, 5) : -1;
    g->channel = word >= 0 ? channels[word] : NULL;
    DTN_TRY(dtn_read_formula(r, &g->enforcer_incentive, incentive, "incentive", 0));
    DTN_TRY(dtn_read_formula(r, &g->tranches, tranches, "tranches", 0));
    g->with = dtn_read_text(r, with, "with");
    if (g->with && (!dtn_yaml_get(r->guarantees, g->with) || strcmp(g->with, g->key) == 0)) {
        int count;
        const char *const *keys = dtn_keys(r, r->guarantees, &count);
        dtn_unknown(r, DTN_DIAG_GUARANTEE, with->place, "guarantee of the other side", g->with, keys, count);
    }
    for (int i = 0; i < 9; i++) {
        DTN_TRY(dtn_read_formula(r, into[i], number[i], names[i], 0));
        bool probability = into[i] == &g->detect || into[i] == &g->false_alarm || into[i] == &g->enforce ||
                           into[i] == &g->hazard || into[i] == &g->discount;
        if (*into[i] && probability)
            DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, *into[i], number[i]->place, 0, names[i]));
    }
    return DTN_OK;
}

dtn_status dtn_define_guarantees(dtn_reader *r)
{
    const dtn_yaml *y = r->guarantees;
    if (y && dtn_expect_map(r, y, "guarantees")) {
        DTN_ALLOC(r->ctx, r->arena, r->guarantee, y->count);
        r->s->guarantee = r->guarantee;
        for (int i = 0; i < y->count; i++) {
            dtn_scn_guarantee *g = &r->guarantee[r->s->guarantees++];
            *g = (dtn_scn_guarantee){
                .key = y->key[i]->text, .by = -1, .enforcer = -1, .place = y->key[i]->place};
            dtn_check_name(r, y->key[i], "guarantee", false);
            DTN_TRY(define_guarantee(r, g, y->item[i]));
        }
    }
    y = r->repeated;
    const dtn_yaml *discount, *hazard, *detect, *transfers;
    if (!y || !dtn_read_fields(r, y, "repeated", y->place,
                               (dtn_field[]){{"discount", &discount, false},
                                             {"hazard", &hazard, false},
                                             {"detect", &detect, false},
                                             {"transfers", &transfers, false}},
                               4))
        return DTN_OK;
    r->s->repeated.given = true;
    r->s->repeated.transfers = dtn_read_flag(r, transfers, "transfers", false);
    DTN_TRY(dtn_read_formula(r, &r->s->repeated.discount, discount, "discount", 0));
    DTN_TRY(dtn_read_formula(r, &r->s->repeated.hazard, hazard, "hazard", 0));
    DTN_TRY(dtn_read_formula(r, &r->s->repeated.detect, detect, "detect", 0));
    if (r->s->repeated.detect)
        DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, r->s->repeated.detect, detect->place, 0, "detect"));
    if (r->s->repeated.discount)
        DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, r->s->repeated.discount, discount->place, 0,
                                "discount"));
    if (r->s->repeated.hazard)
        DTN_TRY(dtn_check_later(r, DTN_CHECKED_PROBABILITY, r->s->repeated.hazard, hazard->place, 0, "hazard"));
    return DTN_OK;
}
