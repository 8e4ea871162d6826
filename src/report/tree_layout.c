/* Choosing and placing what is drawn of a game tree.
 *
 * Method: spots are opened one by one, the most probable (then the least deep) first, while the rows last; then ends get
 * consecutive rows and every other spot the middle of its children; spots of one column that would lie in each other's
 * information set go to different lanes (greedy colouring of intervals).
 * Cost: O(rows^2 + nodes). */
#include "report/tree_layout.h"

#include <string.h>

enum { MOST_CHILDREN = 24, RUN = 3 };

typedef struct work {
    dtn_ctx *ctx;
    const dtn_tree *tree;
    const fmpq *sigma, *reach;
    int *ends; /* [nodes] terminals below */
    dtn_tree_layout *out;
    int room;
} work;

static bool same_tree(const work *w, int a, int b)
{
    const dtn_tree *t = w->tree;
    const dtn_node *m = &t->node[a], *n = &t->node[b];
    if (m->kind != n->kind || m->branches != n->branches || m->outcome != n->outcome)
        return false;
    if (m->kind == DTN_NODE_TERMINAL) {
        for (int p = 0; p < t->players; p++)
            if (dtn_payoffs_cmp(&t->payoff, (size_t)(m->terminal * t->players + p),
                                (size_t)(n->terminal * t->players + p)) != 0)
                return false;
        return true;
    }
    for (int k = 0; k < m->branches; k++) {
        int c = dtn_tree_child(t, a, k), d = dtn_tree_child(t, b, k);
        if (m->kind == DTN_NODE_CHANCE && !fmpq_equal(&t->chance[c], &t->chance[d]))
            return false;
        if (m->kind == DTN_NODE_DECISION) {
            const dtn_infoset *g = &t->infoset[m->infoset], *h = &t->infoset[n->infoset];
            int i = g->first_action + k, j = h->first_action + k;
            if (g->player != h->player || g->type != h->type ||
                strcmp(t->action[i].name, t->action[j].name) != 0 ||
                (w->sigma && !fmpq_equal(&w->sigma[i], &w->sigma[j])))
                return false;
        }
        if (!same_tree(w, c, d))
            return false;
    }
    return true;
}

/* The probability of the branch into a child, or NULL when it is not known. */
static const fmpq *branch(const work *w, int child)
{
    const dtn_node *n = &w->tree->node[child], *parent = &w->tree->node[n->parent];
    if (parent->kind == DTN_NODE_CHANCE)
        return &w->tree->chance[child];
    return w->sigma ? &w->sigma[w->tree->infoset[parent->infoset].first_action + n->branch] : NULL;
}

/* Two children that can be drawn as one: the same tree below them, played with the same probability, not both on the path. */
static bool alike(const work *w, int a, int b)
{
    const fmpq *p = branch(w, a), *q = branch(w, b);
    if (w->tree->node[w->tree->node[a].parent].kind == DTN_NODE_CHANCE || !p || !fmpq_is_zero(p) ||
        !fmpq_is_zero(q))
        return false;
    return same_tree(w, a, b);
}

static bool unplayed(const work *w, int child)
{
    const fmpq *p = branch(w, child);
    return p && fmpq_is_zero(p);
}

/* The children from branch k on that are not played; RUN of them are told in one line where the tree is not drawn whole. */
static int run_length(const work *w, int node, int k)
{
    int n = 0;
    while (k + n < w->tree->node[node].branches && unplayed(w, dtn_tree_child(w->tree, node, k + n)))
        n++;
    return !w->out->whole && n >= RUN ? n : 0;
}

static dtn_status open_spot(work *w, int at)
{
    dtn_tree_layout *l = w->out;
    dtn_tree_spot *s = &l->spot[at];
    const dtn_node *n = &w->tree->node[s->node];
    s->stub = false;
    s->first = l->spots;
    for (int k = 0; k < n->branches; k++) {
        int child = dtn_tree_child(w->tree, s->node, k), run = run_length(w, s->node, k);
        dtn_tree_spot *twin = NULL;
        for (int i = s->first; i < l->spots && !twin && !run; i++)
            if (l->spot[i].run_end < 0 && alike(w, l->spot[i].node, child))
                twin = &l->spot[i];
        if (twin) {
            if (!twin->alike)
                twin->alike = 1;
            twin->alike++;
            twin->ends += w->ends[child];
            continue;
        }
        if (s->count >= MOST_CHILDREN) {
            s->hidden++;
            l->whole = false;
            continue;
        }
        dtn_tree_spot *fresh = &l->spot[l->spots++];
        *fresh = (dtn_tree_spot){.node = child,
                                 .stub = run || w->tree->node[child].kind != DTN_NODE_TERMINAL,
                                 .ends = w->ends[child],
                                 .parent = at,
                                 .depth = s->depth + 1,
                                 .run_end = -1};
        for (int r = 1; r < run; r++) {
            fresh->run_end = dtn_tree_child(w->tree, s->node, ++k);
            fresh->ends += w->ends[fresh->run_end];
        }
        s->count++;
    }
    l->rows += s->count - 1;
    if (s->depth + 1 > l->depth)
        l->depth = s->depth + 1;
    return dtn_ctx_poll(w->ctx);
}

/* The stub to open next, -1: none that may be opened. */
static int next_stub(const work *w, bool all)
{
    const dtn_tree_layout *l = w->out;
    int best = -1;
    for (int i = 0; i < l->spots; i++) {
        const dtn_tree_spot *s = &l->spot[i];
        if (!s->stub || s->run_end >= 0 || (!all && w->reach && fmpq_is_zero(&w->reach[s->node])))
            continue;
        int branches = w->tree->node[s->node].branches;
        if (!all && i > 0 && l->rows + (branches < MOST_CHILDREN ? branches : MOST_CHILDREN) - 1 > w->room)
            continue;
        if (best < 0)
            best = i;
        else if (w->reach) {
            int order = fmpq_cmp(&w->reach[s->node], &w->reach[l->spot[best].node]);
            if (order > 0 || (order == 0 && s->depth < l->spot[best].depth))
                best = i;
        } else if (s->depth < l->spot[best].depth)
            best = i;
    }
    return best;
}

/* Rows from top to bottom in depth-first order. */
static void place_rows(dtn_tree_layout *l, int at, int *row)
{
    dtn_tree_spot *s = &l->spot[at];
    if (s->count == 0) {
        s->y = (*row)++;
        return;
    }
    for (int i = 0; i < s->count; i++)
        place_rows(l, s->first + i, row);
    s->y = (l->spot[s->first].y + l->spot[s->first + s->count - 1].y) / 2;
}

typedef struct span {
    double top, bottom;
    int depth, key; /* key: information set, or -1 - spot */
} span;

static int key_of(const dtn_tree *tree, const dtn_tree_layout *l, int at)
{
    const dtn_tree_spot *s = &l->spot[at];
    int infoset = s->stub ? -1 : tree->node[s->node].infoset;
    return infoset >= 0 ? infoset : -1 - at;
}

/* Spots that share a column get lanes so that no spot lies within the span of another information set. */
static dtn_status place_lanes(dtn_ctx *ctx, dtn_arena *arena, dtn_tree_layout *l, const dtn_tree *tree)
{
    span *spans;
    int *lane, count = 0;
    DTN_ALLOC(ctx, ctx->scratch, spans, l->spots);
    DTN_ALLOC(ctx, ctx->scratch, lane, l->spots);
    DTN_ALLOC(ctx, arena, l->lanes, l->depth + 1);
    for (int i = 0; i < l->spots; i++) {
        const dtn_tree_spot *s = &l->spot[i];
        if (s->count == 0)
            continue;
        int key = key_of(tree, l, i), k = 0;
        while (k < count && !(spans[k].key == key && spans[k].depth == s->depth))
            k++;
        if (k == count)
            spans[count++] = (span){.top = s->y, .bottom = s->y, .depth = s->depth, .key = key};
        if (s->y < spans[k].top)
            spans[k].top = s->y;
        if (s->y > spans[k].bottom)
            spans[k].bottom = s->y;
    }
    for (int k = 0; k < count; k++) {
        for (bool clash = true; clash;) {
            clash = false;
            for (int j = 0; j < k && !clash; j++)
                clash = spans[j].depth == spans[k].depth && lane[j] == lane[k] &&
                        spans[j].top - 0.5 < spans[k].bottom && spans[k].top < spans[j].bottom + 0.5;
            lane[k] += clash;
        }
        if (lane[k] + 1 > l->lanes[spans[k].depth])
            l->lanes[spans[k].depth] = lane[k] + 1;
    }
    for (int i = 0; i < l->spots; i++)
        for (int k = 0; k < count; k++)
            if (l->spot[i].count && spans[k].depth == l->spot[i].depth && spans[k].key == key_of(tree, l, i))
                l->spot[i].lane = lane[k];
    return DTN_OK;
}

static dtn_status make(work *w, dtn_arena *arena)
{
    const dtn_tree *tree = w->tree;
    dtn_tree_layout *l = w->out;
    DTN_ALLOC(w->ctx, w->ctx->scratch, w->ends, tree->nodes);
    for (int n = tree->nodes - 1; n >= 0; n--) {
        if (tree->node[n].kind == DTN_NODE_TERMINAL)
            w->ends[n] = 1;
        if (n > 0)
            w->ends[tree->node[n].parent] += w->ends[n];
    }
    l->whole = w->ends[0] <= w->room;
    int most = l->whole ? tree->nodes : (w->room + MOST_CHILDREN) * MOST_CHILDREN;
    DTN_ALLOC(w->ctx, arena, l->spot, most < tree->nodes ? most : tree->nodes);
    l->spot[0] = (dtn_tree_spot){
        .stub = tree->node[0].kind != DTN_NODE_TERMINAL, .ends = w->ends[0], .parent = -1, .run_end = -1};
    l->spots = l->rows = 1;
    bool all = l->whole;
    for (int at; (at = next_stub(w, all)) >= 0;)
        DTN_TRY(open_spot(w, at));
    int row = 0;
    place_rows(l, 0, &row);
    return place_lanes(w->ctx, arena, l, tree);
}

dtn_status dtn_tree_layout_make(dtn_ctx *ctx, dtn_arena *arena, dtn_tree_layout *out, const dtn_tree *tree,
                                const fmpq *sigma, const fmpq *reach, int most_rows)
{
    *out = (dtn_tree_layout){0};
    work w = {.ctx = ctx, .tree = tree, .sigma = sigma, .reach = reach, .out = out, .room = most_rows};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = make(&w, arena);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
