/* The ledger: what follows from who said what through whom, and which elements of the model anything stands behind.
 *
 * depth = entries of the chain, the document included, - 2: 0 when the document reports the originator itself. Everything here
 * is derived from the chain; nothing is typed by the author. Cost: linear in claims and links. Exact. */
#include "analyse/ledger.h"

#include <string.h>

static void derive(dtn_ledger_claim *out, const dtn_scenario *s, int index)
{
    const dtn_scn_claim *c = &s->claim[index];
    *out = (dtn_ledger_claim){.claim = index, .depth = c->chain_actors + (c->source >= 0) - 2};
    if (out->depth < 0)
        out->depth = 0;
    if (c->chain_actors == 0)
        return;
    const dtn_scn_actor *originator = &s->actor[c->chain[0]];
    out->first_party = originator->party >= 0;
    out->self_reported = c->about >= 0 && originator->party == c->about;
    out->unnamed = !originator->named;
    out->attributed = c->kind == DTN_CLAIM_INTENTION && c->about >= 0 && originator->party != c->about;
    for (int i = 1; i < c->chain_actors; i++) {
        const dtn_scn_actor *relayer = &s->actor[c->chain[i]];
        bool same = relayer->party == originator->party &&
                    (relayer->party >= 0 || (relayer->party_text && originator->party_text &&
                                             strcmp(relayer->party_text, originator->party_text) == 0));
        out->adverse_relay = out->adverse_relay || (relayer->party >= 0 && !same);
    }
}

void dtn_ledger_derive(dtn_ledger_claim *out, const dtn_scenario *s)
{
    for (int i = 0; i < s->claims; i++)
        derive(&out[i], s, i);
}

/* Whether what is said of `said` is said of the element: a family stands for its parameters, an action belongs to its move. */
static bool speaks_of(const dtn_scenario *s, const dtn_element *said, dtn_element_kind kind, int index)
{
    if (said->kind == DTN_ELEMENT_FAMILY && kind == DTN_ELEMENT_PARAM)
        return s->param[index].family_index == said->index;
    if (said->kind == DTN_ELEMENT_ACTION && kind == DTN_ELEMENT_MOVE)
        return said->index == index;
    return said->kind == kind && said->index == index;
}

static void back(dtn_ledger_element *out, const dtn_scenario *s)
{
    for (int i = 0; i < s->links; i++)
        out->claims += speaks_of(s, &s->link[i].element, out->kind, out->index);
    for (int i = 0; i < s->assumes; i++)
        out->assumes += speaks_of(s, &s->assume[i].element, out->kind, out->index);
    out->backing = out->claims ? DTN_BACKING_CLAIMED : out->assumes ? DTN_BACKING_ASSUMED : DTN_BACKING_NONE;
}

dtn_status dtn_ledger_cover(dtn_ctx *ctx, dtn_arena *arena, const dtn_ledger_element **out, int *count,
                            const dtn_scenario *s)
{
    dtn_ledger_element *list;
    DTN_ALLOC(ctx, arena, list, s->params + s->moves + s->outcomes + s->guarantees);
    *out = list;
    *count = 0;
    for (int i = 0; i < s->params; i++)
        if (!s->param[i].formula)
            list[(*count)++] =
                (dtn_ledger_element){.kind = DTN_ELEMENT_PARAM, .index = i, .name = s->param[i].name};
    for (int i = 0; i < s->moves; i++)
        list[(*count)++] = (dtn_ledger_element){.kind = DTN_ELEMENT_MOVE, .index = i, .name = s->move[i].key};
    for (int i = 0; i < s->outcomes; i++)
        list[(*count)++] =
            (dtn_ledger_element){.kind = DTN_ELEMENT_OUTCOME, .index = i, .name = s->outcome[i].key};
    for (int i = 0; i < s->guarantees; i++)
        list[(*count)++] =
            (dtn_ledger_element){.kind = DTN_ELEMENT_GUARANTEE, .index = i, .name = s->guarantee[i].key};
    for (int i = 0; i < *count; i++)
        back(&list[i], s);
    return DTN_OK;
}
