/* `expect:`: what the file is known to answer. Every entry is one of seven forms; `at` sets parameters for it. */
#include <stdio.h>
#include <string.h>

#include "detente/conflict.h"
#include "format/reader.h"

/* The keys of all forms; each form allows some of them. */
#define KEYS(X)    \
    X(at)          \
    X(about)       \
    X(solve)       \
    X(count)       \
    X(every)       \
    X(some)        \
    X(none)        \
    X(critical)    \
    X(scalar)      \
    X(least)       \
    X(stability)   \
    X(variant)     \
    X(player)      \
    X(states)      \
    X(bind)        \
    X(lever)       \
    X(prob)        \
    X(rung)        \
    X(hold)        \
    X(credibility) \
    X(figures)     \
    X(verify)

typedef struct entry {
#define X(key) const dtn_yaml *key;
    KEYS(X)
#undef X
} entry;

static dtn_status read_at(dtn_reader *r, dtn_scn_expect *e, const dtn_yaml *y)
{
    if (!y || !dtn_expect_map(r, y, "at"))
        return DTN_OK;
    dtn_scn_at *at;
    DTN_ALLOC(r->ctx, r->arena, at, y->count);
    e->at = at;
    for (int i = 0; i < y->count; i++) {
        bool ok;
        int param = dtn_read_param(r, y->key[i]);
        if (param >= 0 && r->param[param].formula) {
            dtn_diag_error(r->diags, DTN_DIAG_PARAMETER, y->key[i]->place,
                           "'%s' is derived by its formula: set the parameters in it", r->param[param].name);
            continue;
        }
        at[e->ats].param = param;
        DTN_TRY(dtn_read_number(r, y->item[i], "at", &at[e->ats].value, &ok));
        e->ats += param >= 0;
    }
    return DTN_OK;
}

static dtn_status read_solve(dtn_reader *r, dtn_scn_expect *e, const entry *in)
{
    e->kind = DTN_EXPECT_SOLVE;
    e->solve = dtn_read_text(r, in->solve, "solve");
    if (in->count) {
        fmpq value;
        bool ok;
        DTN_TRY(dtn_read_number(r, in->count, "count", &value, &ok));
        if (ok && (!fmpz_is_one(fmpq_denref(&value)) || fmpq_sgn(&value) < 0 ||
                   fmpz_cmp_si(fmpq_numref(&value), 1000000000) > 0))
            dtn_diag_error(r->diags, DTN_DIAG_NUMBER, in->count->place,
                           "count: expected a whole number, found '%.60s'", in->count->text);
        else if (ok)
            e->count = (int)fmpz_get_si(fmpq_numref(&value));
    }
    DTN_TRY(dtn_read_like(r, &e->every, in->every, "every"));
    DTN_TRY(dtn_read_like(r, &e->some, in->some, "some"));
    return dtn_read_like(r, &e->none, in->none, "none");
}

/* {pi: [1/3, 2/3]}: one entry a parameter; *extra: how many entries beyond the first were added. */
static dtn_status read_critical(dtn_reader *r, dtn_scn_expect *e, const dtn_yaml *y, int *extra)
{
    e->kind = DTN_EXPECT_CRITICAL;
    if (!dtn_expect_map(r, y, "critical"))
        return DTN_OK;
    const dtn_scn_expect common = *e;
    for (int i = 0; i < y->count; i++) {
        dtn_scn_expect *it = e + i;
        *it = common;
        it->place = y->key[i]->place;
        it->param = dtn_read_param(r, y->key[i]);
        const dtn_yaml *list = y->item[i];
        if (list->kind == DTN_YAML_MAP && !dtn_expect_list(r, list, "critical values"))
            continue;
        fmpq *value;
        DTN_ALLOC_FMPQ(r->ctx, r->arena, value, dtn_list_count(list));
        it->value = value;
        for (int k = 0; k < dtn_list_count(list); k++) {
            bool ok;
            DTN_TRY(dtn_read_number(r, dtn_list_item(list, k), "critical value", &value[k], &ok));
        }
        it->values = dtn_list_count(list);
    }
    *extra = y->count - 1;
    return DTN_OK;
}

static dtn_status read_least(dtn_reader *r, dtn_scn_expect *e, const dtn_yaml *y)
{
    if (y->kind == DTN_YAML_TEXT && strcmp(y->text, "none") == 0) {
        e->no_least = true;
        return DTN_OK;
    }
    fmpq *value;
    bool ok;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, value, 1);
    e->least = value;
    return dtn_read_number(r, y, "least", value, &ok);
}

static dtn_status read_scalar(dtn_reader *r, dtn_scn_expect *e, const entry *in, int *extra)
{
    static const char *const levers[] = {"bond",    "penalty", "detect", "discount", "hazard",
                                         "enforce", "false",   "value",  "tranches"};
    e->kind = DTN_EXPECT_SCALAR;
    const char *text = dtn_read_text(r, in->scalar, "scalar");
    if (text)
        e->guarantee = dtn_find_name(r, DTN_NAME_GUARANTEE, text);
    if (text && e->guarantee < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->guarantees, &count);
        dtn_unknown(r, DTN_DIAG_GUARANTEE, in->scalar->place, "guarantee", text, words, count);
    }
    if (!in->least || !dtn_expect_map(r, in->least, "least")) {
        if (!in->least)
            dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, e->place,
                           "an expectation of the scalar rule: the key 'least' is missing");
        return DTN_OK;
    }
    const dtn_scn_expect common = *e;
    for (int i = 0; i < in->least->count; i++) {
        e[i] = common;
        e[i].place = in->least->key[i]->place;
        int word = dtn_read_word(r, in->least->key[i], "lever of a guarantee", levers, 9);
        e[i].lever = word >= 0 ? levers[word] : NULL;
        DTN_TRY(read_least(r, &e[i], in->least->item[i]));
    }
    *extra = in->least->count - 1;
    return DTN_OK;
}

static dtn_status read_stability(dtn_reader *r, dtn_scn_expect *e, const entry *in)
{
    e->kind = DTN_EXPECT_STABILITY;
    e->concept_id = dtn_read_text(r, in->stability, "stability");
    const char **name;
    int *variant;
    DTN_ALLOC(r->ctx, r->arena, name, r->s->players + 1);
    DTN_ALLOC(r->ctx, r->arena, variant, r->s->players + 1);
    for (int p = 0; p < r->s->players; p++)
        variant[p] = -1;
    e->variant = variant;
    e->variant_name = name;
    e->player = dtn_read_player(r, in->player);
    if (!r->conflict)
        return dtn_diag_error(r->diags, DTN_DIAG_EXPECT, e->place,
                              "stability is a question to a 'conflict', which this file does not hold"),
               DTN_OK;
    const dtn_yaml *preferences = dtn_yaml_get(r->conflict, "preferences");
    for (int i = 0; in->variant && dtn_expect_map(r, in->variant, "variant") && i < in->variant->count; i++) {
        int player = dtn_read_player(r, in->variant->key[i]);
        const char *text = dtn_read_text(r, in->variant->item[i], "variant");
        const dtn_yaml *variants =
            player >= 0 && preferences ? dtn_yaml_get(preferences, r->player[player].key) : NULL;
        if (player < 0 || !text)
            continue;
        name[player] = text;
        for (int k = 0; variants && variants->kind == DTN_YAML_MAP && k < variants->count; k++)
            if (strcmp(variants->key[k]->text, text) == 0)
                variant[player] = k;
        if (variant[player] < 0) {
            int count;
            const char *const *words = dtn_keys(r, variants, &count);
            dtn_unknown(r, DTN_DIAG_VARIANT, in->variant->item[i]->place, "preference variant", text, words,
                        count);
        }
    }
    if (!in->states)
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, e->place,
                       "an expectation of stability: the key 'states' is missing");
    DTN_TRY(dtn_read_texts(r, in->states, "states", &e->state, &e->states));
    for (int i = 0; r->s->conflict && i < e->states && in->states->kind != DTN_YAML_MAP; i++) {
        size_t state;
        if (dtn_conflict_find_state(r->ctx, &state, r->s->conflict, e->state[i]) != DTN_OK)
            dtn_diag_error(r->diags, DTN_DIAG_STATE, dtn_list_item(in->states, i)->place, "%s",
                           dtn_ctx_error(r->ctx));
    }
    return DTN_OK;
}

static dtn_status read_bind(dtn_reader *r, dtn_scn_expect *e, const entry *in)
{
    static const char *const words[] = {"every", "some"};
    e->kind = DTN_EXPECT_BIND;
    e->param = dtn_read_param(r, in->lever);
    e->lever = e->param >= 0 ? r->param[e->param].name : NULL;
    DTN_TRY(dtn_read_rung(r, in->rung, &e->solve));
    e->some_equilibrium = in->hold && dtn_read_word(r, in->hold, "hold", words, 2) == 1;
    if (!in->lever || !in->least)
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, e->place,
                       "an expectation of bind: the key '%s' is missing", in->lever ? "least" : "lever");
    dtn_scn_target *target;
    DTN_ALLOC(r->ctx, r->arena, target, 1);
    DTN_TRY(dtn_read_target(r, in->bind, target));
    e->target = target;
    if (in->prob) {
        fmpq *prob;
        DTN_ALLOC_FMPQ(r->ctx, r->arena, prob, 1);
        DTN_TRY(dtn_read_probability(r, in->prob, prob));
        e->prob = prob;
    }
    return in->least ? read_least(r, e, in->least) : DTN_OK;
}

static dtn_status read_credibility(dtn_reader *r, dtn_scn_expect *e, const entry *in)
{
    e->kind = DTN_EXPECT_CREDIBILITY;
    e->action = dtn_read_text(r, in->credibility, "credibility");
    if (e->action)
        dtn_check_action(r, e->action,
                         dtn_yaml_place_in(in->credibility, r->bytes, 0, (int)in->credibility->length), false);
    if (!in->figures)
        dtn_diag_error(r->diags, DTN_DIAG_MISSING_KEY, e->place,
                       "an expectation of credibility: the key 'figures' is missing");
    DTN_TRY(dtn_read_rung(r, in->rung, &e->solve));
    return dtn_read_pairs(r, &e->figure, &e->figures, in->figures, "figures");
}

static dtn_status read_verify(dtn_reader *r, dtn_scn_expect *e, const entry *in)
{
    e->kind = DTN_EXPECT_VERIFY;
    dtn_check_actions(r, in->verify, false);
    DTN_TRY(dtn_read_pairs(r, &e->profile, &e->profiles, in->verify, "verify"));
    DTN_TRY(dtn_read_like(r, &e->every, in->every, "every"));
    if (!in->rung)
        return DTN_OK;
    dtn_scn_like *like = (dtn_scn_like *)e->every;
    if (!like)
        DTN_ALLOC(r->ctx, r->arena, like, 1);
    e->every = like;
    return dtn_read_rung(r, in->rung, &like->rung);
}

/* Keys that the entry's form does not know. */
static void check_form(dtn_reader *r, const dtn_yaml *y, const char *form, const char *allowed)
{
    for (int i = 0; i < y->count; i++) {
        char word[64];
        snprintf(word, sizeof word, " %.60s ", y->key[i]->text);
        if (!strstr(" at about ", word) && !strstr(allowed, word) && strcmp(y->key[i]->text, form) != 0)
            dtn_diag_error(r->diags, DTN_DIAG_UNKNOWN_KEY, y->key[i]->place,
                           "the key '%.60s' does not belong to an expectation of '%s'", y->key[i]->text, form);
    }
}

static dtn_status read_entry(dtn_reader *r, dtn_scn_expect *e, const dtn_yaml *y, int *extra)
{
    entry in = {0};
    const dtn_field fields[] = {
#define X(key) {#key, &in.key, false},
        KEYS(X)
#undef X
    };
    *extra = 0;
    *e = (dtn_scn_expect){.count = -1, .param = -1, .guarantee = -1, .player = -1, .place = y->place};
    if (!dtn_read_fields(r, y, "an expectation", y->place, fields, sizeof fields / sizeof *fields))
        return DTN_OK;
    e->about = dtn_read_text(r, in.about, "about");
    DTN_TRY(read_at(r, e, in.at));
    if (in.critical) {
        check_form(r, y, "critical", "");
        return read_critical(r, e, in.critical, extra);
    }
    if (in.scalar) {
        check_form(r, y, "scalar", " least ");
        return read_scalar(r, e, &in, extra);
    }
    if (in.stability) {
        check_form(r, y, "stability", " variant player states ");
        return read_stability(r, e, &in);
    }
    if (in.bind) {
        check_form(r, y, "bind", " lever prob rung hold least ");
        return read_bind(r, e, &in);
    }
    if (in.credibility) {
        check_form(r, y, "credibility", " figures rung ");
        return read_credibility(r, e, &in);
    }
    if (in.verify) {
        check_form(r, y, "verify", " every rung ");
        return read_verify(r, e, &in);
    }
    if (in.solve) {
        check_form(r, y, "solve", " count every some none ");
        return read_solve(r, e, &in);
    }
    dtn_diag_error(r->diags, DTN_DIAG_EXPECT, y->place,
                   "expected one of the keys solve, critical, scalar, stability, bind, credibility, verify");
    return DTN_OK;
}

dtn_status dtn_define_expect(dtn_reader *r)
{
    const dtn_yaml *y = r->expect;
    if (!y || !dtn_expect_list(r, y, "expect"))
        return DTN_OK;
    int room = 0;
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *critical = dtn_yaml_get(y->item[i], "critical"),
                       *least = dtn_yaml_get(y->item[i], "least");
        room += 1 + (critical ? critical->count : 0) + (least ? least->count : 0);
    }
    dtn_scn_expect *e;
    DTN_ALLOC(r->ctx, r->arena, e, room);
    r->s->expect = e;
    for (int i = 0; i < y->count; i++) {
        int extra;
        DTN_TRY(read_entry(r, &e[r->s->expects], y->item[i], &extra));
        r->s->expects += 1 + extra;
    }
    return DTN_OK;
}
