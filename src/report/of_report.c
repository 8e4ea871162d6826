/* The whole report: the standoff in a paragraph, five answers in five sentences with how sure they are, what happens at a
 * glance; then a section a question, the model, method notes, the source and the command that reproduces it.
 *
 * In a terminal only what stands before the sections is shown. */
#include "analyse/report.h"

#include <string.h>

#include "analyse/solve.h"
#include "report/of_model.h"
#include "report/of_solve.h"
#include "report/report.h"
#include "report/words.h"

static const char *file_of(const dtn_result *result)
{
    const char *file = result->job->model->file;
    return file ? file : "FILE";
}

/* The scenario's own words, a paragraph each. */
static void say_about(dtn_doc *doc, const dtn_scenario *s)
{
    if (s && (!s->about || !*s->about) && s->players > 0) {
        const char *name[DTN_DOC_PLAYERS];
        int count = doc->players;
        for (int p = 0; p < count; p++)
            name[p] = strcmp(doc->player_key[p], doc->player_name[p]) == 0
                          ? dtn_doc_name(doc, p)
                          : dtn_doc_print(doc, "%s (%s)", doc->player_name[p], dtn_doc_name(doc, p));
        dtn_doc_say(doc, "A standoff between %s.", dtn_text_join(doc, name, count, "and"));
        return;
    }
    const char *text = s && s->about ? s->about : "";
    while (*text) {
        const char *end = strstr(text, "\n\n");
        size_t length = end ? (size_t)(end - text) : strlen(text);
        const char *paragraph = dtn_doc_print(doc, "%.*s", (int)length, text);
        if (strspn(paragraph, " \n") < length)
            dtn_doc_say(doc, "%s", dtn_words_one_line(doc, paragraph));
        text += length;
        text += strspn(text, "\n");
    }
}

static const char *certainty(dtn_doc *doc, const dtn_report_part *part)
{
    if (!part->result)
        return dtn_doc_print(doc, "Not answered: %s.",
                             !part->missing  ? "it does not apply"
                             : part->applies ? part->missing
                                             : dtn_doc_marked(doc, part->missing));
    const char *note = part->result->note ? dtn_doc_print(doc, " (%s)", part->result->note) : "";
    switch (part->result->outcome) {
    case DTN_OUTCOME_COMPLETE:
    case DTN_OUTCOME_NONE:
        return "Certain, given the model: complete and proved.";
    case DTN_OUTCOME_PARTIAL:
        return dtn_doc_print(doc, "What is said holds; there may be more%s.", note);
    case DTN_OUTCOME_UNKNOWN:
        break;
    }
    return dtn_doc_print(doc, "Not decided%s.", note);
}

/* A sentence that a question's own report has under this key, in whatever section; NULL: none. */
static const char *said_as(const dtn_block *section, const char *key)
{
    for (const dtn_block *b = section->first; b; b = b->next) {
        if (b->kind == DTN_BLOCK_SAY && b->key && strcmp(b->key, key) == 0)
            return b->text;
        const char *inner = dtn_block_is_section(b) ? said_as(b, key) : NULL;
        if (inner)
            return inner;
    }
    return NULL;
}

/* What a reader has to know before each answer. */
static const char *const before[] = {
    "",
    "An *equilibrium* is a way of playing from which nobody gains by departing alone. Some equilibria rest "
    "on threats that nobody would "
    "carry out or on far-fetched beliefs; the tests of the ladder, from Nash to D1, ask for more and more "
    "and remove them one by one.",
    "The same standoff as options that each side takes or leaves. A *state* holds when no side gains by "
    "leaving it, given how the others "
    "would answer; the concepts (R, GMR, SMR, SEQ …) differ in how far ahead a side looks and which answers "
    "it fears.",
    "A threat or promise is *credible* when carrying it out is the best choice once its time has come. It is "
    "*potent* when the other side, "
    "seeing how likely that is, would rather comply. The two are told apart here.",
    "A commitment *binds* when breaking it does not pay. Asked is the least value of something that can be "
    "changed, a *lever*, from which on "
    "the target comes about, and whose incentive decides it.",
    "Every answer follows from numbers that somebody claims or assumes. Moving one at a time shows at which "
    "value the conclusion changes; "
    "the ledger shows whose word carries which number.",
};

/* Equilibria that the first question's rung leaves out, and why. */
static void ladder(dtn_doc *doc, const dtn_report_answer *a)
{
    const dtn_result *r = a->ladder.result;
    const dtn_solve_answer *all = r ? r->data : NULL;
    if (!all || !all->equilibria || all->equilibria->count == 0)
        return;
    dtn_doc_open(doc, "ladder", "The ladder");
    dtn_doc_say(doc,
                "All %s, and how far up the ladder they stand. Those that fall need somebody to be "
                "suspected, after a surprise, who would not have "
                "caused it.",
                dtn_words_rung_noun(doc, DTN_RUNG_SEQUENTIAL, true));
    dtn_report_ladder(doc, all, r->job->model->scenario);
    if (r->outcome != DTN_OUTCOME_COMPLETE && r->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s.", r->note);
    dtn_doc_close(doc);
}

/* What repetition keeps up, below what else would bind. */
static void again(dtn_ctx *ctx, dtn_doc *doc, const dtn_report_answer *a, const dtn_look *look)
{
    if (!a->again.result)
        return;
    dtn_doc_open(doc, "repeated", "When it is played again and again");
    dtn_doc_try(doc, dtn_report_of_repeated(ctx, doc, a->again.result, look));
    dtn_doc_close(doc);
}

/* The map, inside the section of the fifth question. */
static void map(dtn_ctx *ctx, dtn_doc *doc, const dtn_report_answer *a, const dtn_look *look)
{
    if (!a->map.result)
        return;
    dtn_doc_open(doc, "regions", "%s", a->map.analysis->title);
    dtn_doc_try(doc, dtn_report_of_regions(ctx, doc, a->map.result, look));
    dtn_doc_close(doc);
}

static const dtn_block *question(dtn_ctx *ctx, dtn_doc *doc, const dtn_report_answer *a,
                                 const dtn_report_part *part, const dtn_look *look)
{
    if (!part->result)
        return NULL; /* the list of answers says why */
    dtn_doc_open(doc, part->analysis->name, "%d. %s", part->analysis->question, part->analysis->title);
    dtn_doc_not_in_terminal(doc);
    const dtn_block *section = doc->open;
    if (part->analysis->question < (int)(sizeof before / sizeof *before) && part->result)
        dtn_doc_note(doc, DTN_TONE_PLAIN, "%s", dtn_doc_marked(doc, before[part->analysis->question]));
    dtn_report_of *of = dtn_report_find(part->analysis->name);
    if (part->result && of)
        dtn_doc_try(doc, of(ctx, doc, part->result, look));
    else
        dtn_doc_note(doc, DTN_TONE_QUIET, "%s", certainty(doc, part));
    while (doc->open != section && doc->open->parent)
        dtn_doc_close(doc);
    if (part->analysis == a->ladder.analysis)
        ladder(doc, a);
    if (part->analysis->question == 4)
        again(ctx, doc, a, look);
    if (part->analysis->question == 5)
        map(ctx, doc, a, look);
    dtn_doc_close(doc);
    return section;
}

/* The answer of what repetition keeps up, inside the section of the fourth question; NULL: none. */
static const char *again_answer(const dtn_block *section)
{
    for (const dtn_block *b = section ? section->first : NULL; b; b = b->next)
        if (dtn_block_is_section(b) && b->key && strcmp(b->key, "repeated") == 0)
            return said_as(b, "answer");
    return NULL;
}

static void answers(dtn_doc *doc, const dtn_report_answer *a, const dtn_block *const *section)
{
    dtn_doc_array(doc, "answers", "Five questions, five answers");
    for (int i = 0; i < a->parts; i++) {
        const dtn_report_part *part = &a->part[i];
        const char *answer = part->result ? said_as(section[i], "answer") : NULL;
        const char *sure = answer ? said_as(section[i], "certainty") : NULL;
        dtn_doc_open(doc, NULL, "%d. %s", part->analysis->question,
                     dtn_doc_link(doc, part->analysis->name, "%s", part->analysis->title));
        dtn_doc_data(doc, "analysis", dtn_value_text(doc, "%s", part->analysis->name));
        if (!sure || part->result->outcome != DTN_OUTCOME_COMPLETE)
            sure = dtn_words_quiet(doc, certainty(doc, part));
        const char *more = again_answer(section[i]);
        if (more && answer)
            answer = dtn_doc_print(doc, "%s %s", answer, more);
        dtn_doc_say_as(doc, "answer", "%s%s%s", answer ? answer : "", answer ? " " : "", sure);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

/* Play that depends on the state. */
static void shifts(dtn_ctx *ctx, dtn_doc *doc, const dtn_report_answer *a, const dtn_look *look)
{
    if (!a->shifts.result)
        return;
    dtn_doc_open(doc, "shifts", "%s", a->shifts.analysis->title);
    dtn_doc_try(doc, dtn_report_of_stochastic(ctx, doc, a->shifts.result, look));
    dtn_doc_close(doc);
}

static const dtn_report_part *part_of(const dtn_report_answer *a, const char *name)
{
    for (int i = 0; i < a->parts; i++)
        if (strcmp(a->part[i].analysis->name, name) == 0 && a->part[i].result)
            return &a->part[i];
    return NULL;
}

/* Probabilities of the ends, an equilibrium a column. */
static void glance(dtn_doc *doc, const dtn_report_answer *a, const dtn_scenario *s)
{
    enum { COLUMNS = 4 };
    const dtn_report_part *part = part_of(a, "solve");
    const dtn_solve_answer *solved = part ? part->result->data : NULL;
    if (!solved || !solved->equilibria || solved->equilibria->count == 0 || solved->tree->outcomes == 0)
        return;
    int columns = solved->equilibria->count < COLUMNS ? solved->equilibria->count : COLUMNS;
    dtn_doc_open(doc, "ends", "How it ends");
    dtn_doc_only_in_terminal(doc);
    dtn_doc_table(doc, "outcomes", "");
    dtn_doc_column(doc, "outcome", "Outcome", DTN_LEFT);
    for (int k = 0; k < columns; k++) {
        int c = solved->class_of ? solved->class_of[k] : -1;
        dtn_doc_column(doc, dtn_doc_print(doc, "equilibrium-%d", k + 1),
                       columns == 1 ? "Probability"
                       : c >= 0     ? s->class_[c].key
                                    : dtn_doc_print(doc, "Equilibrium %d", k + 1),
                       DTN_RIGHT);
    }
    for (int o = 0; o < solved->tree->outcomes; o++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_outcome(solved->tree, o)));
        for (int k = 0; k < columns; k++) {
            dtn_value v = dtn_value_percent(doc, &solved->equilibria->item[k].outcome_prob[o]);
            dtn_doc_cell(doc, columns == 1 ? dtn_value_with_bar(v) : v);
        }
    }
    if (columns < solved->equilibria->count)
        dtn_doc_note(doc, DTN_TONE_QUIET, "The first %d of %d equilibria.", columns,
                     solved->equilibria->count);
    dtn_doc_close(doc);
}

static void method(dtn_doc *doc, const dtn_report_answer *a, const dtn_look *look)
{
    dtn_doc_open(doc, "method", "Method and certificates");
    dtn_doc_not_in_terminal(doc);
    dtn_doc_say(doc, "All numbers are computed exactly, as fractions; decimals in this report are rounded "
                     "for reading, and the JSON form of "
                     "the report holds the fractions. What a solver finds is not believed: a separate "
                     "verifier recomputes payoffs and the "
                     "gain of every deviation from the game itself.");
    dtn_doc_table(doc, "questions", "");
    dtn_doc_column(doc, "question", "Question", DTN_LEFT);
    dtn_doc_column(doc, "command", "Command", DTN_LEFT);
    dtn_doc_column(doc, "outcome", "Worth of the answer", DTN_LEFT);
    if (look && look->stats)
        dtn_doc_column(doc, "seconds", "Seconds", DTN_RIGHT);
    for (int i = 0; i < a->parts; i++) {
        const dtn_report_part *part = &a->part[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", part->analysis->title));
        dtn_doc_cell(doc, dtn_value_text(doc, "`detente %s`", part->analysis->name));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", certainty(doc, part)));
        if (look && look->stats)
            dtn_doc_cell(doc, part->result ? dtn_value_real(part->result->seconds, 0) : dtn_value_none());
    }
    dtn_doc_close(doc);
}

static void source(dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_model *m = result->job->model;
    dtn_doc_open(doc, "reproduce", "Source");
    dtn_doc_not_in_terminal(doc);
    dtn_doc_code(doc, "command", "sh",
                 look && look->command ? look->command
                                       : dtn_doc_print(doc, "detente report %s", file_of(result)));
    if (m->source) {
        dtn_doc_fold(doc, "source", "The file that was read, %s", file_of(result));
        dtn_doc_code(doc, "text", m->format ? m->format : "", m->source);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

dtn_status dtn_report_of_report(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_report_answer *a = result->data;
    const dtn_scenario *s = result->job->model->scenario;
    const dtn_block **section = dtn_arena_array(dtn_doc_arena(doc), (size_t)a->parts, sizeof *section);
    if (!section)
        return dtn_fail_nomem(ctx);
    dtn_words_legend(doc);
    say_about(doc, s);
    dtn_words_point(doc, s, &result->job->point);
    dtn_block *front = doc->root.last;
    for (int i = 0; i < a->parts; i++)
        section[i] = question(ctx, doc, a, &a->part[i], look);
    dtn_block *last_part = doc->root.last;
    answers(doc, a, section);
    glance(doc, a, s);
    dtn_doc_lift(doc, last_part, front);
    shifts(ctx, doc, a, look);
    if (s)
        dtn_report_model(doc, s, &result->job->point);
    method(doc, a, look);
    source(doc, result, look);
    return dtn_doc_status(doc);
}
