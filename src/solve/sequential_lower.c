/* Sequential equilibria: what differs below the rung sequential (nash, spe, pbe).
 *
 * Method: at nash no unreached information set need play well; at spe those must that play reaches from the start of the smallest
 *   subgame around them. The others are freed: any mixture, and a deviator's value from an own freed set on is an unknown held up by
 *   each of its actions. At pbe all must play well, but beliefs are free where neither play nor play in the smallest subgame
 *   reaches: the weights of the members are unknowns.
 * Exact; at pbe products of a belief and a mixture can leave supports undecided. */
#include "solve/sequential_parts.h"

dtn_status dtn_seq_lower_build(dtn_seq_run *r)
{
    int infosets = r->game.infosets + 1;
    if (r->mode >= DTN_RUNG_SEQUENTIAL)
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->work, r->freed, infosets);
    DTN_ALLOC(r->ctx, r->work, r->own_belief, infosets);
    DTN_ALLOC(r->ctx, r->work, r->counted, infosets);
    DTN_ALLOC(r->ctx, r->work, r->filled, infosets);
    DTN_ALLOC(r->ctx, r->work, r->sub_reached, infosets);
    DTN_ALLOC(r->ctx, r->work, r->above_subgame, infosets);
    DTN_ALLOC(r->ctx, r->work, r->sub_on, r->game.nodes);
    for (int x = 0; x < r->game.nodes; x++)
        for (int y = x; y > 0 && r->game.subgame[x]; y = r->game.tree->node[y].parent) {
            int h = r->game.tree->node[r->game.tree->node[y].parent].infoset;
            if (h >= 0)
                r->above_subgame[h] = true;
        }
    return DTN_OK;
}

/* sub_reached[h]: play from the start of the smallest subgame around h reaches it. */
static void mark_subgames(dtn_seq_run *r)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    for (int h = 0; h < g->infosets; h++)
        r->sub_reached[h] = false;
    for (int x = 0; x < g->nodes; x++) {
        int up = t->node[x].parent;
        r->sub_on[x] =
            r->game.subgame[x] || (r->sub_on[up] && g->nulls[x] == g->nulls[up] &&
                                   (g->into[x] < 0 || dtn_seq_plays(r, t->node[up].infoset, g->into[x])));
        if (r->sub_on[x] && t->node[x].infoset >= 0)
            r->sub_reached[t->node[x].infoset] = true;
    }
}

int dtn_seq_lower_next(dtn_seq_run *r, const dtn_seq_component *c)
{
    if (r->mode == DTN_RUNG_NASH)
        return -1;
    mark_subgames(r);
    for (int i = 0; i < c->infosets; i++) {
        int h = c->infoset[i];
        if (!r->support[h] && (r->sub_reached[h] || r->above_subgame[h]))
            return h;
    }
    return -1;
}

void dtn_seq_lower_set_up(dtn_seq_run *r, const dtn_seq_component *c)
{
    if (r->mode >= DTN_RUNG_SEQUENTIAL)
        return;
    mark_subgames(r);
    for (int i = 0; i < c->infosets; i++) {
        int h = c->infoset[i];
        r->freed[h] = r->mode == DTN_RUNG_NASH || (r->mode == DTN_RUNG_SPE && !r->sub_reached[h]);
        r->own_belief[h] = r->mode == DTN_RUNG_PBE && !r->sub_reached[h] && dtn_seq_set(r, h)->members > 1;
        r->filled[h] = !r->support[h];
        if (r->filled[h])
            r->support[h] = r->game.full[h];
    }
    for (int a = 0; a < r->game.actions && r->mode == DTN_RUNG_PBE; a++)
        if (!r->system.known[a] && !dtn_seq_plays(r, r->game.tree->action[a].infoset, a)) {
            r->system.known[a] = true; /* beliefs are not made by trembles: their weights do not matter */
            fmpq_one(&r->system.value[a]);
        }
}

void dtn_seq_lower_undo(dtn_seq_run *r, const dtn_seq_component *c)
{
    if (r->mode >= DTN_RUNG_SEQUENTIAL)
        return;
    for (int a = 0; a < r->game.actions && r->mode == DTN_RUNG_PBE; a++)
        if (!dtn_seq_plays(r, r->game.tree->action[a].infoset, a))
            r->system.known[a] = false;
    for (int i = 0; i < c->infosets; i++) {
        int h = c->infoset[i];
        if (r->filled[h])
            r->support[h] = 0;
        r->freed[h] = r->own_belief[h] = r->filled[h] = false;
    }
}

bool dtn_seq_lower_beliefs(dtn_seq_run *r, int h, bool *may_vanish)
{
    const dtn_infoset *set = dtn_seq_set(r, h);
    int values = r->game.actions, weights = values + r->game.infosets;
    if (!r->freed[h] && !r->own_belief[h])
        return false;
    for (int k = 0; k < r->system.codes; k++)
        if (dtn_seq_is_value(r, k))
            may_vanish[k] = true;
    for (int k = 0; k < set->actions && r->filled[h]; k++)
        may_vanish[set->first_action + k] = true;
    int fewest = r->game.nulls[dtn_seq_member(r, h, 0)];
    for (int k = 0; k < set->members; k++) {
        int x = dtn_seq_member(r, h, k);
        fewest = r->game.nulls[x] < fewest ? r->game.nulls[x] : fewest;
        may_vanish[weights + x] = true;
    }
    for (int k = 0; k < set->members && r->own_belief[h]; k++)
        r->carrier[dtn_seq_member(r, h, k)] = r->game.nulls[dtn_seq_member(r, h, k)] == fewest;
    return true;
}
