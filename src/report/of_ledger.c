/* The ledger: who said what, by which way it reached the document, and what would change without it. */
#include "report/of_ledger.h"

#include <string.h>

#include "report/of_linchpin.h"
#include "report/words.h"

static const char *actor_words(dtn_doc *doc, const dtn_scenario *s, int actor)
{
    const dtn_scn_actor *x = &s->actor[actor];
    const char *role = x->role && *x->role ? x->role : x->key;
    const char *party = x->party >= 0   ? dtn_doc_name(doc, x->party)
                        : x->party_text ? x->party_text
                                        : "third party";
    return dtn_doc_print(doc, "%s (%s%s)", role, party, x->named ? "" : ", unnamed");
}

/* "Western diplomats (Q, unnamed) → deputy foreign minister (P)", and the document where there are several. */
static const char *source_words(dtn_doc *doc, const dtn_scenario *s, int source)
{
    const dtn_scn_source *x = &s->source[source];
    const char *title = x->title && *x->title ? x->title : x->outlet && *x->outlet ? x->outlet : x->key;
    return dtn_doc_print(doc, "%s%s%s", title, x->date && *x->date ? ", " : "", x->date ? x->date : "");
}

static const char *chain_words(dtn_doc *doc, const dtn_scenario *s, const dtn_scn_claim *c)
{
    const char *words = "";
    for (int i = 0; i < c->chain_actors; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, i ? " → " : "", actor_words(doc, s, c->chain[i]));
    if (c->source >= 0 && s->sources > 1)
        words = dtn_doc_print(doc, "%s%s%s", words, *words ? " → " : "", source_words(doc, s, c->source));
    return words;
}

static const char *kind_words(const dtn_scn_claim *c)
{
    static const char *const kind[] = {"fact",       "position",   "threat",    "offer",   "commitment",
                                       "evaluation", "capability", "intention", "forecast"};
    return kind[c->kind];
}

static const char *check_words(dtn_doc *doc, const dtn_scn_claim *c)
{
    static const char *const check[] = {"cannot be checked", "checked: true", "checked: false",
                                        "can be checked", "disputed"};
    return c->checked_by && *c->checked_by ? dtn_doc_print(doc, "%s (%s)", check[c->check], c->checked_by)
                                           : check[c->check];
}

/* What its way tells about a claim. */
static const char *marks(dtn_doc *doc, const dtn_ledger_claim *l)
{
    const struct {
        bool is;
        const char *words;
    } row[] = {{l->self_reported, "said of oneself"},
               {l->adverse_relay, "relayed by the other side"},
               {l->unnamed, "originator unnamed"},
               {l->attributed, "intention ascribed to the other side"}};
    const char *words = l->depth == 0   ? "first hand"
                        : l->depth == 1 ? "second hand"
                                        : dtn_doc_print(doc, "%d hands on the way", l->depth);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (row[i].is)
            words = dtn_doc_print(doc, "%s, %s", words, row[i].words);
    return words;
}

static dtn_value carries(dtn_doc *doc, dtn_carries c)
{
    static const struct {
        const char *words;
        dtn_tone tone;
    } row[] = {
        [DTN_CARRIES_UNLINKED] = {"no number", DTN_TONE_QUIET},
        [DTN_CARRIES_NOTHING] = {"nothing", DTN_TONE_PLAIN},
        [DTN_CARRIES_CLASS] = {"the conclusion", DTN_TONE_YES},
        [DTN_CARRIES_OPEN] = {"a range", DTN_TONE_UNSURE},
    };
    return dtn_value_with_tone(dtn_value_text(doc, "%s", row[c].words), row[c].tone);
}

static void claims(dtn_doc *doc, const dtn_rests_answer *a)
{
    const dtn_scenario *s = a->scenario;
    dtn_doc_table(doc, "claims", "Who said what, by which way, and what it carries");
    dtn_doc_column(doc, "claim", "Claim", DTN_LEFT);
    dtn_doc_column(doc, "text", "As reported", DTN_LEFT);
    dtn_doc_column(doc, "kind", "Kind", DTN_LEFT);
    dtn_doc_column(doc, "chain", "Chain", DTN_LEFT);
    dtn_doc_column(doc, "provenance", "Provenance", DTN_LEFT);
    dtn_doc_column(doc, "check", "Check", DTN_LEFT);
    dtn_doc_column(doc, "carries", "Carries", DTN_LEFT);
    for (int i = 0; i < a->claims; i++) {
        const dtn_ledger_claim *l = &a->claim[i];
        const dtn_scn_claim *c = &s->claim[l->claim];
        dtn_doc_row(doc, dtn_doc_print(doc, "claim-%s", c->key));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", c->key));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", c->text));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", kind_words(c)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", chain_words(doc, s, c)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", marks(doc, l)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", check_words(doc, c)));
        dtn_doc_cell(doc, carries(doc, l->carries));
    }
}

static const char *classes(dtn_doc *doc, const dtn_rests_answer *a, const int *met, int count)
{
    const char *words = "";
    for (int i = 0; i < count; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, i ? ", " : "", dtn_report_conclusion(doc, a, met[i]));
    return *words ? words : "–";
}

static void drops(dtn_doc *doc, const dtn_rests_answer *a)
{
    bool any = false;
    for (int i = 0; i < a->claims; i++)
        any |= a->claim[i].links > 0;
    if (!any)
        return;
    dtn_doc_table(doc, "drops",
                  "If a claim is dropped: the range of its number, and the conclusions met over it");
    dtn_doc_column(doc, "claim", "Claim", DTN_LEFT);
    dtn_doc_column(doc, "parameter", "Number", DTN_LEFT);
    dtn_doc_column(doc, "with", "With it", DTN_RIGHT);
    dtn_doc_column(doc, "met-with", "Conclusions", DTN_LEFT);
    dtn_doc_column(doc, "without", "Without it", DTN_RIGHT);
    dtn_doc_column(doc, "met-without", "Conclusions", DTN_LEFT);
    if (a->targets) {
        dtn_doc_column(doc, "target-with", "Target with it", DTN_RIGHT);
        dtn_doc_column(doc, "target-without", "Target without it", DTN_RIGHT);
    }
    for (int i = 0; i < a->claims; i++)
        for (int k = 0; k < a->claim[i].links; k++) {
            const dtn_ledger_link *x = &a->claim[i].link[k];
            const char *key = a->scenario->claim[a->claim[i].claim].key,
                       *name = a->scenario->param[x->param].name;
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_link(doc, dtn_value_text(doc, "%s", key),
                                             dtn_doc_print(doc, "claim-%s", key)));
            dtn_doc_cell(doc, dtn_value_link(doc, dtn_value_text(doc, "%s", name),
                                             dtn_doc_print(doc, "parameter-%s", name)));
            dtn_doc_cell(doc, dtn_value_interval(doc, &x->with.lo, &x->with.hi));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", classes(doc, a, x->met_with, x->mets_with)));
            dtn_doc_cell(doc, dtn_value_interval(doc, &x->without.lo, &x->without.hi));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", classes(doc, a, x->met_without, x->mets_without)));
            if (a->targets && !x->has_target) {
                dtn_doc_cell(doc, dtn_value_none());
                dtn_doc_cell(doc, dtn_value_none());
            } else if (a->targets) {
                dtn_doc_cell(doc, dtn_value_interval(doc, &x->target_with.lo, &x->target_with.hi));
                dtn_doc_cell(doc, dtn_value_interval(doc, &x->target_without.lo, &x->target_without.hi));
            }
        }
}

/* Keys of the claims that carry (do not carry) the conclusion. */
static const char *keys(dtn_doc *doc, const dtn_rests_answer *a, dtn_carries which, int *count)
{
    const char **list = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->claims + 1, sizeof *list);
    *count = 0;
    if (!list) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return "";
    }
    for (int i = 0; i < a->claims; i++)
        if (a->claim[i].carries == which) {
            const char *key = a->scenario->claim[a->claim[i].claim].key;
            list[(*count)++] = dtn_doc_link(doc, dtn_doc_print(doc, "claim-%s", key), "%s", key);
        }
    return dtn_text_join(doc, list, *count, "and");
}

static void sentences(dtn_doc *doc, const dtn_rests_answer *a)
{
    int carrying, idle, open, unlinked;
    const char *carried = keys(doc, a, DTN_CARRIES_CLASS, &carrying),
               *idly = keys(doc, a, DTN_CARRIES_NOTHING, &idle);
    const char *opens = keys(doc, a, DTN_CARRIES_OPEN, &open),
               *bare = keys(doc, a, DTN_CARRIES_UNLINKED, &unlinked);
    const char *now = dtn_report_pattern(doc, a, 0);
    dtn_doc_list(doc, "sentences", false);
    if (carrying)
        dtn_doc_item(doc, "%s rests on %s: without %s it would not hold for all values left open.", now,
                     carried, carrying == 1 ? "it" : "any one of them");
    if (idle)
        dtn_doc_item(doc, "%s does not need %s.", now, idly);
    if (open)
        dtn_doc_item(
            doc, "%s %s the range of a number (\"a range\" in the table), but other conclusions than %s remain possible within it.",
            opens, open == 1 ? "narrows" : "narrow", now);
    if (unlinked)
        dtn_doc_item(
            doc, "%s %s the story, not a number: whether %s said matters only through the moves and ends of the model.",
            bare, unlinked == 1 ? "supports" : "support", unlinked == 1 ? "it was" : "they were");
}

static void unsupported(dtn_doc *doc, const dtn_rests_answer *a)
{
    const char **assumed = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->elements + 1, sizeof *assumed);
    const char **nothing = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->elements + 1, sizeof *nothing);
    int assumptions = 0, none = 0;
    if (!assumed || !nothing) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    for (int i = 0; i < a->elements; i++)
        if (a->element[i].backing == DTN_BACKING_ASSUMED)
            assumed[assumptions++] = a->element[i].name;
        else if (a->element[i].backing == DTN_BACKING_NONE)
            nothing[none++] = a->element[i].name;
    if (assumptions)
        dtn_doc_say(doc, "Assumed by the analyst, as no claim speaks of it: %s.",
                    dtn_text_join(doc, assumed, assumptions, "and"));
    if (none)
        dtn_doc_note(doc, DTN_TONE_WARN, "Neither claimed nor assumed by anybody: %s.",
                     dtn_text_join(doc, nothing, none, "and"));
    if (a->targets)
        dtn_doc_field(doc, "debt", "Share of the swing that numbers without a claim carry",
                      dtn_value_percent(doc, &a->debt));
}

void dtn_report_ledger(dtn_doc *doc, const dtn_rests_answer *a)
{
    if (a->claims == 0)
        return;
    dtn_doc_open(doc, "ledger", "The ledger");
    dtn_doc_say(doc, "A threat or an offer is a fact that it was said, not that it will be carried out. What "
                     "a claim carries is found by dropping it: its "
                     "number then ranges more widely, and the conclusion either stands or does not.");
    if (a->scenario->sources == 1)
        dtn_doc_say(doc, "All of it was reported by one document: %s.", source_words(doc, a->scenario, 0));
    sentences(doc, a);
    claims(doc, a);
    drops(doc, a);
    dtn_report_linchpins(doc, a);
    unsupported(doc, a);
    dtn_doc_close(doc);
}
