/* `sources:`, `actors:` and `claims:`: who said what, and who passed it on. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"

static const char *const modes[] = {"quoted", "paraphrased", "reported-speech", "document", "observed"};
static const char *const kinds[] = {"fact",       "position",   "threat",    "offer",   "commitment",
                                    "evaluation", "capability", "intention", "forecast"};
static const char *const checks[] = {"not-checkable", "checked-true", "checked-false", "checkable",
                                     "disputed"};

static dtn_status define_sources(dtn_reader *r)
{
    const dtn_yaml *y = r->sources;
    if (!y || !dtn_expect_map(r, y, "sources"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, r->source, y->count);
    r->s->source = r->source;
    for (int i = 0; i < y->count; i++) {
        dtn_scn_source *s = &r->source[r->s->sources++];
        *s = (dtn_scn_source){.key = y->key[i]->text, .place = y->key[i]->place};
        dtn_check_name(r, y->key[i], "source", false);
        static const char *const names[] = {"outlet", "date", "kind", "lang", "title", "url"};
        const char **const into[] = {&s->outlet, &s->date, &s->kind, &s->lang, &s->title, &s->url};
        const dtn_yaml *value[6];
        dtn_field fields[6];
        for (int f = 0; f < 6; f++)
            fields[f] = (dtn_field){names[f], &value[f], false};
        char what[160];
        snprintf(what, sizeof what, "the source '%.100s'", s->key);
        if (!dtn_read_fields(r, y->item[i], what, s->place, fields, 6))
            continue;
        for (int f = 0; f < 6; f++)
            *into[f] = dtn_read_text(r, value[f], names[f]);
    }
    return DTN_OK;
}

static dtn_status define_actors(dtn_reader *r)
{
    const dtn_yaml *y = r->actors;
    if (!y || !dtn_expect_map(r, y, "actors"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, r->actor, y->count);
    r->s->actor = r->actor;
    for (int i = 0; i < y->count; i++) {
        dtn_scn_actor *a = &r->actor[r->s->actors++];
        *a = (dtn_scn_actor){.key = y->key[i]->text, .party = -1, .named = true, .place = y->key[i]->place};
        dtn_check_name(r, y->key[i], "actor", false);
        if (dtn_find_name(r, DTN_NAME_SOURCE, a->key) >= 0)
            dtn_diag_error(r->diags, DTN_DIAG_CLASH, a->place,
                           "'%.60s' is a source too: chains could not tell them apart", a->key);
        const dtn_yaml *party, *role, *named;
        char what[160];
        snprintf(what, sizeof what, "the actor '%.100s'", a->key);
        if (!dtn_read_fields(
                r, y->item[i], what, a->place,
                (dtn_field[]){{"party", &party, false}, {"role", &role, false}, {"named", &named, false}}, 3))
            continue;
        a->role = dtn_read_text(r, role, "role");
        a->named = dtn_read_flag(r, named, "named", true);
        /* Any other party than a player is a third party. */
        a->party_text = dtn_read_text(r, party, "party");
        a->party = a->party_text ? dtn_find_name(r, DTN_NAME_PLAYER, a->party_text) : -1;
    }
    return DTN_OK;
}

static void unknown_in_chain(dtn_reader *r, const dtn_yaml *y, bool last)
{
    int actors, sources;
    const char *const *a = dtn_keys(r, r->actors, &actors), *const *s = dtn_keys(r, r->sources, &sources);
    if (last ? dtn_find_name(r, DTN_NAME_ACTOR, y->text) >= 0
             : dtn_find_name(r, DTN_NAME_SOURCE, y->text) >= 0) {
        dtn_diag_error(r->diags, DTN_DIAG_CHAIN, y->place,
                       last ? "a chain ends with a source (a document), and '%.60s' is an actor"
                            : "'%.60s' is a source: only the last entry of a chain is one",
                       y->text);
        return;
    }
    const char *near = last ? dtn_suggest_of(y->text, a, actors) : dtn_suggest_of(y->text, s, sources);
    bool use_other = near && !dtn_suggest_of(y->text, last ? s : a, last ? sources : actors);
    dtn_unknown(r, DTN_DIAG_REFERENCE, y->place, last ? "source" : "actor", y->text,
                last != use_other ? s : a, last != use_other ? sources : actors);
}

static dtn_status read_chain(dtn_reader *r, dtn_scn_claim *c, const dtn_yaml *y)
{
    c->source = -1;
    if (!y)
        return DTN_OK;
    if (y->kind != DTN_YAML_LIST || y->count < 2) {
        dtn_diag_error(r->diags, DTN_DIAG_CHAIN, y->place,
                       "the claim '%s': expected a chain [originator, ..., source]", c->key);
        return DTN_OK;
    }
    int *chain;
    DTN_ALLOC(r->ctx, r->arena, chain, y->count);
    c->chain = chain;
    for (int i = 0; i < y->count; i++) {
        bool last = i == y->count - 1;
        const char *text = dtn_read_text(r, y->item[i], "chain");
        int found = !text  ? -1
                    : last ? dtn_find_name(r, DTN_NAME_SOURCE, text)
                           : dtn_find_name(r, DTN_NAME_ACTOR, text);
        if (text && found < 0)
            unknown_in_chain(r, y->item[i], last);
        else if (last)
            c->source = found;
        else if (found >= 0)
            chain[c->chain_actors++] = found;
    }
    return DTN_OK;
}

/* checked-false, "checked-false (by whom)", or {checked-false: by whom}. */
static dtn_status read_check(dtn_reader *r, dtn_scn_claim *c, const dtn_yaml *y)
{
    c->check = DTN_CHECK_NOT_CHECKABLE;
    if (!y)
        return DTN_OK;
    if (y->kind == DTN_YAML_MAP && y->count == 1) {
        int word = dtn_read_word(r, y->key[0], "check", checks, 5);
        c->check = word >= 0 ? (dtn_claim_check)word : c->check;
        c->checked_by = dtn_read_text(r, y->item[0], "check");
        return DTN_OK;
    }
    const char *text = dtn_read_text(r, y, "check"), *open = text ? strchr(text, '(') : NULL;
    dtn_yaml word = *y;
    if (open) {
        size_t n = (size_t)(open - text), end = strcspn(open + 1, ")");
        while (n > 0 && text[n - 1] == ' ')
            n--;
        word.text = dtn_arena_strndup(r->arena, text, n);
        c->checked_by = dtn_arena_strndup(r->arena, open + 1, end);
        if (!word.text || !c->checked_by)
            return dtn_fail_nomem(r->ctx);
        if (strncmp(c->checked_by, "by ", 3) == 0)
            c->checked_by += 3;
    }
    int found = text ? dtn_read_word(r, &word, "check", checks, 5) : -1;
    c->check = found >= 0 ? (dtn_claim_check)found : c->check;
    return DTN_OK;
}

static void read_rating(dtn_reader *r, dtn_scn_claim *c, const dtn_yaml *rate, const dtn_yaml *word)
{
    c->rate = dtn_read_text(r, rate, "rate");
    if (c->rate && (strlen(c->rate) != 2 || c->rate[0] < 'A' || c->rate[0] > 'F' || c->rate[1] < '1' ||
                    c->rate[1] > '6'))
        dtn_diag_error(r->diags, DTN_DIAG_RATING, rate->place,
                       "expected a letter A to F and a digit 1 to 6, found '%.40s'", c->rate);
    if (word && word->kind == DTN_YAML_MAP && word->count == 1) {
        c->word = word->key[0]->text;
        c->word_scale = dtn_read_text(r, word->item[0], "scale");
    } else if (word) {
        c->word = dtn_read_text(r, word, "word");
    }
}

static dtn_status define_claim(dtn_reader *r, dtn_scn_claim *c, const dtn_yaml *y, const dtn_yaml **contra)
{
    const dtn_yaml *text, *about, *chain, *mode, *kind, *check, *rate, *word;
    char what[160];
    snprintf(what, sizeof what, "the claim '%.100s'", c->key);
    if (!dtn_read_fields(r, y, what, c->place,
                         (dtn_field[]){{"text", &text, true},
                                       {"about", &about, false},
                                       {"chain", &chain, true},
                                       {"mode", &mode, false},
                                       {"kind", &kind, true},
                                       {"check", &check, false},
                                       {"rate", &rate, false},
                                       {"word", &word, false},
                                       {"contra", contra, false}},
                         9))
        return DTN_OK;
    c->text = dtn_read_text(r, text, "text");
    c->about = dtn_read_player(r, about);
    DTN_TRY(read_chain(r, c, chain));
    int found = mode ? dtn_read_word(r, mode, "mode", modes, 5) : DTN_MODE_PARAPHRASED;
    c->mode = found >= 0 ? (dtn_claim_mode)found : DTN_MODE_PARAPHRASED;
    found = kind ? dtn_read_word(r, kind, "kind", kinds, 9) : 0;
    c->kind = found >= 0 ? (dtn_claim_kind)found : DTN_CLAIM_FACT;
    DTN_TRY(read_check(r, c, check));
    read_rating(r, c, rate, word);
    return DTN_OK;
}

dtn_status dtn_define_ledger(dtn_reader *r)
{
    DTN_TRY(define_sources(r));
    DTN_TRY(define_actors(r));
    const dtn_yaml *y = r->claims;
    if (!y || !dtn_expect_map(r, y, "claims"))
        return DTN_OK;
    const dtn_yaml **contra;
    DTN_ALLOC(r->ctx, r->arena, r->claim, y->count);
    DTN_ALLOC(r->ctx, r->ctx->scratch, contra, y->count);
    r->s->claim = r->claim;
    for (int i = 0; i < y->count; i++) {
        r->claim[i] =
            (dtn_scn_claim){.key = y->key[i]->text, .about = -1, .source = -1, .place = y->key[i]->place};
        dtn_check_name(r, y->key[i], "claim", false);
        r->s->claims++;
        DTN_TRY(define_claim(r, &r->claim[i], y->item[i], &contra[i]));
    }
    for (int i = 0; i < y->count; i++) {
        if (!contra[i] || (contra[i]->kind == DTN_YAML_MAP && !dtn_expect_list(r, contra[i], "contra")))
            continue;
        int *list;
        DTN_ALLOC(r->ctx, r->arena, list, dtn_list_count(contra[i]));
        r->claim[i].contra = list;
        for (int k = 0; k < dtn_list_count(contra[i]); k++) {
            int claim = dtn_read_claim(r, dtn_list_item(contra[i], k));
            if (claim >= 0)
                list[r->claim[i].contras++] = claim;
        }
    }
    return DTN_OK;
}

int dtn_read_claim(dtn_reader *r, const dtn_yaml *y)
{
    const char *text = y ? dtn_read_text(r, y, "claim") : NULL;
    int claim = text ? dtn_find_name(r, DTN_NAME_CLAIM, text) : -1;
    if (text && claim < 0) {
        int count;
        const char *const *words = dtn_keys(r, r->claims, &count);
        dtn_unknown(r, DTN_DIAG_REFERENCE, y->place, "claim", text, words, count);
    }
    return claim;
}
