/* Words for witnesses: what a player could gain, who would answer how, and why that deters it. */
#include "report/stability_words.h"

#include <string.h>

#include "model/conflict.h"
#include "stability/concept.h"

enum { IMPROVEMENTS_SAID = 3 };

static const char *piece(dtn_doc *doc, const char *format, ...) DTN_PRINTF(2, 3);
static const char *piece(dtn_doc *doc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_doc_mark_up(doc, format, args);
    va_end(args);
    return text;
}

/* The document's number of a player of the conflict, -1 when it is not among its players. */
static int number_of(const dtn_doc *doc, const dtn_conflict *c, int player)
{
    for (int i = 0; i < doc->players; i++)
        if (!strcmp(doc->player_key[i], c->player[player].key))
            return i;
    return -1;
}

const char *dtn_holds_player(dtn_doc *doc, const dtn_conflict *c, int player)
{
    int i = number_of(doc, c, player);
    return i < 0 ? dtn_doc_print(doc, "%s", c->player[player].name) : dtn_doc_name(doc, i);
}

const char *dtn_holds_state(dtn_doc *doc, const dtn_conflict *c, size_t state)
{
    const char *name = dtn_conflict_state_name(dtn_doc_arena(doc), c, state);
    if (!name && dtn_doc_status(doc) == DTN_OK)
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
    return piece(doc, "`%s`", name ? name : "");
}

static const char *option_words(const dtn_conflict_option *o)
{
    return *o->about ? o->about : o->name;
}

const char *dtn_holds_options(dtn_doc *doc, const dtn_conflict *c, size_t state)
{
    const char *item[DTN_CONFLICT_MAX_OPTIONS];
    int count = 0;
    uint64_t either = c->either ? c->either[state] : 0, taken = dtn_conflict_pattern(c, state) & ~either;
    for (int o = 0; o < c->options; o++)
        if (taken >> o & 1)
            item[count++] = option_words(&c->option[o]);
    const dtn_state_name *name = dtn_conflict_name_of(c, state);
    if (name && *name->about)
        return dtn_doc_print(doc, "%s", name->about);
    if (!c->options)
        return "";
    return count ? dtn_text_join(doc, item, count, "and") : dtn_doc_print(doc, "nothing is taken");
}

const char *dtn_holds_change(dtn_doc *doc, const dtn_conflict *c, size_t from, size_t to)
{
    const char *item[2][DTN_CONFLICT_MAX_OPTIONS], *part[2];
    int count[2] = {0}, parts = 0;
    uint64_t was = dtn_conflict_pattern(c, from), is = dtn_conflict_pattern(c, to);
    uint64_t either = c->either ? c->either[from] | c->either[to] : 0;
    for (int o = 0; o < c->options; o++)
        if ((was ^ is) & ~either & UINT64_C(1) << o) {
            int dropped = was >> o & 1;
            item[dropped][count[dropped]++] = piece(doc, "`%s`", c->option[o].key);
        }
    for (int dropped = 0; dropped < 2; dropped++)
        if (count[dropped])
            part[parts++] = dtn_doc_print(doc, "%s %s", dropped ? "dropping" : "taking",
                                          dtn_text_join(doc, item[dropped], count[dropped], "and"));
    return parts ? dtn_text_join(doc, part, parts, "and") : dtn_doc_print(doc, "moving");
}

const char *dtn_holds_path(dtn_doc *doc, const dtn_conflict *c, const dtn_conflict_move *path, int steps)
{
    const char *text = "";
    for (int k = 0; k < steps; k++)
        text = piece(doc, "%s%s%s by %s (to %s)", text, k ? ", then " : "",
                     dtn_holds_player(doc, c, path[k].player),
                     dtn_holds_change(doc, c, path[k].from, path[k].to), dtn_holds_state(doc, c, path[k].to));
    return text;
}

/* "Q would gain from answering by taking C (to ..E.C)", and who goes on. answering NULL: it could. */
static const char *answer(dtn_doc *doc, const dtn_conflict *c, const dtn_reply *reply, const char *answering)
{
    const char *text = "";
    for (int k = 0; k < reply->steps; k++) {
        const dtn_conflict_move *m = &reply->path[k];
        text = piece(doc, "%s%s%s %s by %s (to %s)", text, k ? ", and then " : "",
                     dtn_holds_player(doc, c, m->player),
                     k           ? "could go on"
                     : answering ? answering
                                 : "could answer",
                     dtn_holds_change(doc, c, m->from, m->to), dtn_holds_state(doc, c, m->to));
    }
    return text;
}

/* SIM: the others move at once. */
static const char *joint_answer(dtn_doc *doc, const dtn_conflict *c, const dtn_reply *reply)
{
    const char *text = "";
    for (int k = 0; k < reply->steps; k++)
        text = piece(doc, "%s%s%s improves by %s", text, k ? " and " : "",
                     dtn_holds_player(doc, c, reply->path[k].player),
                     dtn_holds_change(doc, c, reply->path[k].from, reply->path[k].to));
    return piece(doc, "if at the same time %s, all arrive at %s", text, dtn_holds_state(doc, c, reply->end));
}

/* One improvement that is answered. */
static const char *deterred(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w, const dtn_reply *reply)
{
    const char *who = dtn_holds_player(doc, c, w->player);
    const dtn_concept *concept = dtn_concept_at(w->concept_index);
    const dtn_family_words words = dtn_words_of_family(concept);
    bool joint = concept->joint, symmetric = concept->countermoves;
    const char *text = piece(doc, "%s %s by %s (to %s), but %s, %s %s", who, words.gain,
                             dtn_holds_change(doc, c, w->state, reply->to), dtn_holds_state(doc, c, reply->to),
                             joint ? joint_answer(doc, c, reply)
                                   : answer(doc, c, reply, concept->credible ? words.answering : NULL),
                             words.deterring, who);
    if (symmetric && reply->counters)
        text = piece(doc, "%s, and neither is its best move from there (to %s)", text,
                     dtn_holds_state(doc, c, reply->counter[0]));
    else if (symmetric)
        text = piece(doc, "%s, and from there it cannot move", text);
    return text;
}

/* What is missing to deter the decisive improvement of a witness; strongest: concept under which the state is stable. */
static const char *no_remedy(dtn_doc *doc, const dtn_witness *w, int strongest)
{
    const dtn_concept *concept = dtn_concept_at(w->concept_index);
    if (!concept->sanctions)
        return "";
    if (concept->joint)
        return ", and nothing that the others gain from doing at the same time takes the gain away";
    if (concept->rule) {
        return concept->credible ? ", and no answer that the others would make deters it"
                                 : ", and no answer of the others deters it";
    }
    if (!concept->credible)
        return ", and no answer of the others takes the gain away";
    if (strongest < 0)
        return ", and no answer that the others gain from takes the gain away";
    return dtn_doc_print(
        doc, ", and no answer that the others gain from takes the gain away, only one that may hurt them (%s)",
        dtn_concept_name(strongest));
}

const char *dtn_holds_witness(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w, int strongest,
                              int most)
{
    const char *who = dtn_holds_player(doc, c, w->player);
    const dtn_family_words words = dtn_words_of_family(dtn_concept_at(w->concept_index));
    if (dtn_concept_at(w->concept_index)->foresight)
        return dtn_holds_foresight(doc, c, w);
    if (dtn_concept_at(w->concept_index)->coalition)
        return dtn_holds_together(doc, c, w, most);
    if (!w->stable && w->decisive)
        return piece(doc, "%s leaves: by %s it reaches %s, %s%s.", who,
                     dtn_holds_change(doc, c, w->state, w->decisive->to),
                     dtn_holds_state(doc, c, w->decisive->to), words.preferred, no_remedy(doc, w, strongest));
    if (!w->stable)
        return piece(doc, "%s stays even by the strong concept.", who);
    if (!w->improvements) {
        bool any = dtn_conflict_moves(c, w->player, w->state, NULL, 0) > 0;
        return any ? piece(doc, "%s stays: none of its moves leads to a state %s.", who, words.wanted)
                   : piece(doc, "%s has no move.", who);
    }
    const char *text = "";
    size_t said = w->replies < (size_t)most ? w->replies : (size_t)most;
    for (size_t k = 0; k < said; k++)
        text = piece(doc, "%s%s%s.", text, k ? " " : "", deterred(doc, c, w, &w->reply[k]));
    if (w->improvements > said)
        text = piece(doc, "%s %s answered likewise.", text,
                     dtn_text_count(doc, (long)(w->improvements - said), "further improvement is",
                                    "further improvements are"));
    return text;
}

const char *dtn_holds_reason(dtn_doc *doc, const dtn_conflict *c, const dtn_stability_reason *reason)
{
    return dtn_holds_witness(doc, c, reason->witness, reason->concept_index, IMPROVEMENTS_SAID);
}
