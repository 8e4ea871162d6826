/* Words for witnesses of foresight (what play is expected to follow a move) and of coalitions (who could leave together). */
#include "model/conflict.h"
#include "report/stability_words.h"
#include "stability/concept.h"

static const char *piece(dtn_doc *doc, const char *format, ...) DTN_PRINTF(2, 3);
static const char *piece(dtn_doc *doc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_doc_mark_up(doc, format, args);
    va_end(args);
    return text;
}

const char *dtn_holds_players(dtn_doc *doc, const dtn_conflict *c, uint32_t members)
{
    const char *item[DTN_CONFLICT_MAX_PLAYERS];
    int count = 0;
    for (int i = 0; i < c->players; i++)
        if (members >> i & 1)
            item[count++] = dtn_holds_player(doc, c, i);
    return dtn_text_join(doc, item, count, "and");
}

const char *dtn_holds_foresight(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w)
{
    const char *who = dtn_holds_player(doc, c, w->player);
    if (!w->replies)
        return w->stable ? piece(doc, "%s has no move.", who)
                         : piece(doc, "%s leaves again and again, however far it looks ahead.", who);
    const dtn_reply *r = &w->reply[0];
    const char *go_on =
        r->steps ? piece(doc, ", expecting %s,", dtn_holds_path(doc, c, r->path, r->steps)) : "";
    const char *change = dtn_holds_change(doc, c, w->state, r->to), *to = dtn_holds_state(doc, c, r->to);
    if (w->stable)
        return piece(
            doc, "%s stays: the best that it could do is %s (to %s)%s and the end, %s, is no better for it.",
            who, change, to, go_on, dtn_holds_state(doc, c, r->end));
    return piece(doc, "%s leaves: by %s (to %s)%s it comes to %s, which it prefers.", who, change, to, go_on,
                 dtn_holds_state(doc, c, r->end));
}

static const char *joint_path(dtn_doc *doc, const dtn_conflict *c, const dtn_reply *r)
{
    return dtn_holds_path(doc, c, r->lead, r->leads);
}

/* "MoE and U could move together: ..." */
static const char *move_together(dtn_doc *doc, const dtn_conflict *c, const dtn_reply *r)
{
    bool alone = !(r->coalition & (r->coalition - 1));
    return piece(doc, "%s could improve%s: %s", dtn_holds_players(doc, c, r->coalition),
                 alone ? "" : " together", joint_path(doc, c, r));
}

const char *dtn_holds_together(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w, int most)
{
    const dtn_concept *concept = dtn_concept_at(w->concept_index);
    const char *who = dtn_holds_player(doc, c, w->player);
    if (w->decisive) {
        const dtn_reply *r = w->decisive;
        bool together = r->coalition & (r->coalition - 1);
        return piece(doc, "%s %s: %s, which %s%s.", dtn_holds_players(doc, c, r->coalition),
                     together ? "leave together" : "leaves", joint_path(doc, c, r),
                     together ? "all of them prefer" : "it prefers",
                     concept->sanctions ? ", and no answer of the others takes the gain away" : "");
    }
    if (!w->improvements)
        return piece(doc, "%s stays: no coalition with it moves to a state that all its members prefer.", who);
    const char *text = "";
    size_t said = w->replies < (size_t)most ? w->replies : (size_t)most;
    for (size_t k = 0; k < said; k++) {
        const dtn_reply *r = &w->reply[k];
        text = piece(doc, "%s%s%s, but then %s, which not all of them prefer to where they were.", text,
                     k ? " " : "", move_together(doc, c, r), dtn_holds_path(doc, c, r->path, r->steps));
    }
    if (w->improvements > said)
        text = piece(doc, "%s %s answered likewise.", text,
                     dtn_text_count(doc, (long)(w->improvements - said), "further improvement is",
                                    "further improvements are"));
    return text;
}
