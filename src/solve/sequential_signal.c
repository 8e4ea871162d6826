/* Sequential equilibria: messages that nobody sends on the path, the types that could send them, and who answers.
 *
 * Method: a message is a class of unplayed actions of one player, one for each of its types that gets there, which the next mover
 *   cannot tell apart. It can be analysed when all that happens after it is settled but the replies of others, at most one
 *   on each path, each holding every type possible: then payoffs are linear in replies, and replies in weights on types.
 * Cost: pairs of unplayed actions times nodes. Exact.
 * Source: I.-K. Cho, D. Kreps, Signaling games and stable equilibria, Quarterly J. Economics 102 (1987). */
#include "solve/sequential_parts.h"

static int root_of(int *link, int i)
{
    while (link[i] != i)
        i = link[i] = link[link[i]];
    return i;
}

/* --- types --------------------------------------------------------------------------------------- */

/* Draws (nodes below the opening chance moves) that some information set of player cannot tell apart are one type. */
static void derive_types(dtn_seq_run *r, int player, const int *draw, int *link)
{
    const dtn_seq_game *g = &r->game;
    int types = 0;
    for (int x = 0; x < g->nodes; x++)
        link[x] = x;
    for (int h = 0; h < g->infosets; h++)
        for (int k = 1; k < dtn_seq_set(r, h)->members && dtn_seq_set(r, h)->player == player; k++)
            link[root_of(link, draw[dtn_seq_member(r, h, k)])] = root_of(link, draw[dtn_seq_member(r, h, 0)]);
    for (int h = 0; h < g->infosets; h++) { /* numbered in order of first visit */
        if (dtn_seq_set(r, h)->player != player)
            continue;
        int root = root_of(link, draw[dtn_seq_member(r, h, 0)]);
        for (int k = 0; k < h && r->type[h] < 0; k++)
            if (dtn_seq_set(r, k)->player == player && root_of(link, draw[dtn_seq_member(r, k, 0)]) == root)
                r->type[h] = r->type[k];
        if (r->type[h] < 0)
            r->type[h] = types++;
    }
    for (int h = 0; h < g->infosets && types < 2; h++)
        if (dtn_seq_set(r, h)->player == player)
            r->type[h] = -1;
}

dtn_status dtn_seq_types(dtn_seq_run *r)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    bool declared = t->draws > 0;
    int *draw, *link;
    DTN_ALLOC(r->ctx, r->work, r->type, g->infosets + 1);
    DTN_ALLOC(r->ctx, r->work, draw, g->nodes);
    DTN_ALLOC(r->ctx, r->work, link, g->nodes);
    for (int h = 0; h < g->infosets; h++) {
        r->type[h] = t->infoset[h].type;
        declared = declared || r->type[h] >= 0;
    }
    if (declared)
        return DTN_OK;
    for (int x = 0; x < g->nodes; x++) {
        int up = t->node[x].parent;
        bool opening = up < 0 || draw[up] < 0;
        draw[x] = !opening ? draw[up] : t->node[x].kind == DTN_NODE_CHANCE ? -1 : x;
    }
    for (int p = 0; p < g->players && t->node[0].kind == DTN_NODE_CHANCE; p++)
        derive_types(r, p, draw, link);
    return DTN_OK;
}

/* --- messages ------------------------------------------------------------------------------------ */

/* Is x below member's action a? */
static bool below(const dtn_seq_run *r, int x, int a)
{
    for (; x > 0; x = r->game.tree->node[x].parent)
        if (r->game.into[x] == a)
            return true;
    return false;
}

/* Open: unreached and not decided by dominance. */
static bool open_set(const dtn_seq_run *r, int h)
{
    return !r->reached[h] && !dtn_seq_decided(r, h);
}

/* Does the next move of another player below a stand at h? */
static bool heard_at(const dtn_seq_run *r, int h, int a)
{
    const dtn_tree *t = r->game.tree;
    int player = dtn_seq_set(r, t->action[a].infoset)->player;
    for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
        for (int x = dtn_seq_member(r, h, k); x > 0; x = t->node[x].parent) {
            if (r->game.into[x] == a)
                return true;
            int up = t->node[x].parent;
            if (t->node[up].infoset >= 0 && dtn_seq_set(r, t->node[up].infoset)->player != player)
                break;
        }
    return false;
}

static bool same_message(const dtn_seq_run *r, int a, int b)
{
    const dtn_tree *t = r->game.tree;
    int g = t->action[a].infoset, h = t->action[b].infoset;
    if (dtn_seq_set(r, g)->player != dtn_seq_set(r, h)->player)
        return false;
    for (int k = 0; k < r->game.infosets; k++)
        if (dtn_seq_set(r, k)->player != dtn_seq_set(r, g)->player && heard_at(r, k, a) && heard_at(r, k, b))
            return true;
    return false;
}

/* Are the nodes of h that the message leads to on a path with another open set, or behind unplayed actions? Then the
 * continuation is not settled by one reply. */
static const char *reply_obstacle(const dtn_seq_run *r, const dtn_seq_message *m, int h)
{
    const dtn_tree *t = r->game.tree;
    unsigned seen = 0;
    if (dtn_seq_set(r, h)->player == m->player)
        return "continuation";
    for (int k = 0; k < dtn_seq_set(r, h)->members; k++) {
        int sender = -1;
        bool plain = true;
        int x = dtn_seq_member(r, h, k);
        if (r->game.nulls[x] > 0)
            continue;
        for (; x > 0 && sender < 0; x = t->node[x].parent) {
            int a = r->game.into[x];
            if (a < 0)
                continue;
            for (int i = 0; i < m->types; i++)
                if (m->action[i] == a)
                    sender = i;
            int g = t->action[a].infoset;
            if (sender < 0 && open_set(r, g))
                return "continuation";
            if (sender < 0 && !dtn_seq_plays(r, g, a))
                plain = false;
        }
        for (; x > 0; x = t->node[x].parent)
            if (r->game.into[x] >= 0 && !dtn_seq_plays(r, t->action[r->game.into[x]].infoset, r->game.into[x]))
                plain = false;
        if (sender < 0)
            return "several deviators";
        if (plain)
            seen |= 1U << sender;
    }
    return seen == (1U << m->types) - 1 ? NULL : "partial observation";
}

static void find_replies(const dtn_seq_run *r, dtn_seq_message *m)
{
    for (int h = 0; h < r->game.infosets; h++) {
        if (!open_set(r, h))
            continue;
        bool hears = false;
        for (int k = 0; k < dtn_seq_set(r, h)->members && !hears; k++)
            for (int i = 0; i < m->types && !hears; i++)
                hears = below(r, dtn_seq_member(r, h, k), m->action[i]);
        if (!hears)
            continue;
        if (m->replies == DTN_SEQ_REPLIES) {
            m->obstacle = "too many replies";
            return;
        }
        m->reply[m->replies++] = h;
        const char *obstacle = reply_obstacle(r, m, h);
        m->obstacle = m->obstacle ? m->obstacle : obstacle;
    }
}

/* An information set where belief depends on who deviated: its nodes lie behind different unplayed actions of others. */
static bool belief_counts(const dtn_seq_run *r, int h)
{
    const dtn_tree *t = r->game.tree;
    int mover = dtn_seq_set(r, h)->player;
    for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
        for (int m = 0; m < dtn_seq_set(r, h)->members; m++)
            for (int x = dtn_seq_member(r, h, k); x > 0 && m != k; x = t->node[x].parent) {
                int a = r->game.into[x];
                if (a < 0 || dtn_seq_set(r, t->action[a].infoset)->player == mover)
                    continue;
                int g = t->action[a].infoset;
                if ((open_set(r, g) || !dtn_seq_plays(r, g, a)) && !below(r, dtn_seq_member(r, h, m), a))
                    return true;
            }
    return false;
}

/* Does anybody have private types? Without, there is nothing that a surprise could tell about its author. */
static bool types_exist(const dtn_seq_run *r)
{
    for (int h = 0; h < r->game.infosets; h++)
        if (r->type[h] >= 0)
            return true;
    return false;
}

dtn_status dtn_seq_messages(dtn_seq_run *r, dtn_seq_message **out, int *count, const char **obstacle)
{
    const dtn_seq_game *g = &r->game;
    int *link;
    *count = 0;
    *obstacle = NULL;
    DTN_ALLOC(r->ctx, r->ctx->scratch, link, g->actions + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, *out, g->actions + 1);
    for (int a = 0; a < g->actions; a++) {
        int h = g->tree->action[a].infoset;
        link[a] = r->reached[h] && r->type[h] >= 0 && !dtn_seq_plays(r, h, a) ? a : -1;
    }
    for (int a = 0; a < g->actions; a++)
        for (int b = 0; b < a && link[a] >= 0; b++)
            if (link[b] >= 0 && same_message(r, a, b))
                link[root_of(link, a)] = root_of(link, b);
    bool *answered;
    DTN_ALLOC(r->ctx, r->ctx->scratch, answered, g->infosets + 1);
    for (int a = 0; a < g->actions; a++) {
        if (link[a] < 0 || root_of(link, a) != a)
            continue;
        dtn_seq_message *m = &(*out)[*count];
        *m = (dtn_seq_message){.player = dtn_seq_set(r, g->tree->action[a].infoset)->player};
        for (int b = a; b < g->actions; b++) {
            if (link[b] < 0 || root_of(link, b) != a)
                continue;
            int h = g->tree->action[b].infoset;
            for (int i = 0; i < m->types; i++)
                if (m->type[i] == r->type[h])
                    m->obstacle = "indistinct actions";
            if (m->types == DTN_SEQ_TYPES) {
                m->obstacle = "too many types";
                break;
            }
            m->type[m->types] = r->type[h];
            m->infoset[m->types] = h;
            m->action[m->types++] = b;
        }
        find_replies(r, m);
        if (m->types < 2 || m->replies == 0)
            continue;
        (*count)++;
        for (int i = 0; i < m->replies && !m->obstacle; i++)
            answered[m->reply[i]] = true;
    }
    bool typed = types_exist(r);
    for (int h = 0; h < g->infosets && !*obstacle && typed; h++)
        if (open_set(r, h) && !answered[h] && belief_counts(r, h))
            *obstacle = "beliefs beyond one message";
    for (int i = 0; i < *count && !*obstacle; i++)
        *obstacle = (*out)[i].obstacle;
    return DTN_OK;
}
