/* Sequential equilibria: the conditions of a support as linear rows in realization weights.
 *
 * Method: the value of an action is a sum over the ends below it that the support reaches; the weight of an end is chance times
 *   the R of every other player's last action there. The mover's own later play may be fixed to any action of the support: the
 *   later conditions make that no loss. Weights of pure moves are aliases of earlier ones, so only mixed moves and
 *   trembles are unknowns. With three players or more products of unknowns become columns of their own.
 * Exact. Source: B. von Stengel, Efficient computation of behavior strategies, Games Econ. Behav. 14 (1996) (sequence form). */
#include "solve/sequential_parts.h"

enum { PRODUCTS = 64 };

dtn_status dtn_seq_system_build(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    int actions = r->game.actions, infosets = r->game.infosets;
    bool lower = r->mode < DTN_RUNG_SEQUENTIAL;
    s->codes = actions + (lower ? infosets + r->game.nodes + infosets * infosets : 0);
    s->most = actions + (lower ? 2 * infosets + r->game.nodes : 0);
    s->most_products =
        lower || r->game.players > 2 ? PRODUCTS : 0; /* of two players' weights there are none */
    s->stride = s->most + s->most_products;
    s->room = (lower ? 4 : 2) * actions + 2 * infosets + 2;
    size_t entries = (size_t)s->room * (size_t)s->stride;
    DTN_ALLOC(r->ctx, r->work, s->unknown, s->codes + 1);
    DTN_ALLOC(r->ctx, r->work, s->column, s->codes + 1);
    DTN_ALLOC(r->ctx, r->work, s->known, s->codes + 1);
    DTN_ALLOC_FMPQ(r->ctx, r->work, s->value, s->codes + 1);
    DTN_ALLOC(r->ctx, r->work, s->product, PRODUCTS);
    DTN_ALLOC_FMPQ(r->ctx, r->work, s->a, entries);
    DTN_ALLOC_FMPQ(r->ctx, r->work, s->b, s->room);
    DTN_ALLOC(r->ctx, r->work, s->sense, s->room);
    DTN_ALLOC(r->ctx, r->work, s->infoset, s->room);
    DTN_ALLOC(r->ctx, r->work, s->action, s->room);
    DTN_ALLOC_FMPQ(r->ctx, r->work, s->sum, s->stride + 3);
    for (int c = 0; c < s->codes; c++)
        s->column[c] = -1;
    return DTN_OK;
}

void dtn_seq_system_clear(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    for (int i = 0; i < s->rows; i++) {
        fmpq *row = s->a + (size_t)i * (size_t)s->stride;
        for (int j = 0; j < s->unknowns; j++)
            fmpq_zero(&row[j]);
        for (int p = 0; p < s->products; p++)
            fmpq_zero(&row[s->most + p]);
        fmpq_zero(&s->b[i]);
    }
    for (int j = 0; j < s->unknowns; j++)
        s->column[s->unknown[j]] = -1;
    s->rows = s->unknowns = s->products = s->flowed = 0;
    s->overflow = false;
}

int dtn_seq_alias(const dtn_seq_run *r, int a)
{
    while (a >= 0) {
        int g = r->game.tree->action[a].infoset;
        if (r->support[g] != UINT64_C(1) << (a - dtn_seq_set(r, g)->first_action))
            return a; /* mixed, or a tremble */
        a = r->game.prior[g];
    }
    return -1;
}

int dtn_seq_column(dtn_seq_run *r, int code)
{
    dtn_seq_system *s = &r->system;
    if (s->column[code] < 0) {
        s->column[code] = s->unknowns;
        s->unknown[s->unknowns++] = code;
    }
    return s->column[code];
}

/* Rows and the accumulator keep unknowns in columns [0, most), products in [most, stride); the accumulator's
 * constant stands at stride. */
static int product_column(dtn_seq_run *r, int *columns, int count)
{
    dtn_seq_system *s = &r->system;
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && columns[k - 1] > columns[k]; k--) {
            int swap = columns[k];
            columns[k] = columns[k - 1];
            columns[k - 1] = swap;
        }
    int key[4] = {-1, -1, -1, -1};
    for (int i = 0; i < count && i < 4; i++)
        key[i] = columns[i];
    for (int p = 0; p < s->products; p++)
        if (s->product[p][0] == key[0] && s->product[p][1] == key[1] && s->product[p][2] == key[2] &&
            s->product[p][3] == key[3])
            return s->most + p;
    if (s->products == s->most_products || count > 4) {
        s->overflow = true;
        return -1;
    }
    for (int i = 0; i < 4; i++)
        s->product[s->products][i] = key[i];
    return s->most + s->products++;
}

/* An end as the mover at h sees it from `member`: sum += sign * stake * the other players' weights. Where beliefs at h are
 * unknowns of their own, the weights count from the member on, times the member's. */
static void add_end(dtn_seq_run *r, int z, int player, int h, int member, int sign)
{
    const dtn_seq_game *g = &r->game;
    dtn_seq_system *s = &r->system;
    size_t n = (size_t)g->players;
    int columns[64], count = 0;
    bool scaled = false, own = r->own_belief && h >= 0 && r->own_belief[h];
    fmpq *term = &s->sum[s->stride + 1];
    const fmpq *stake = &g->stake[(size_t)z * n + (size_t)player];
    if (fmpq_is_zero(stake))
        return;
    if (own)
        columns[count++] = dtn_seq_column(r, g->actions + g->infosets + member);
    for (int p = 0; p < g->players; p++) {
        if (p == player)
            continue;
        int a = dtn_seq_alias(r, g->last[(size_t)z * n + (size_t)p]);
        int from = own ? dtn_seq_alias(r, g->last[(size_t)member * n + (size_t)p]) : -1;
        if (a < 0 || a == from)
            continue;
        if (s->known[a]) {
            fmpq_mul(term, scaled ? term : stake, &s->value[a]);
            scaled = true;
        } else if (count < 64) {
            columns[count++] = dtn_seq_column(r, a);
        }
        if (from >= 0 && s->known[from]) {
            fmpq_div(term, scaled ? term : stake, &s->value[from]);
            scaled = true;
        } else if (from >= 0) {
            s->overflow = true; /* a quotient of unknowns */
        }
    }
    int at = count == 0 ? s->stride : count == 1 ? columns[0] : product_column(r, columns, count);
    if (at < 0)
        return;
    if (sign > 0)
        fmpq_add(&s->sum[at], &s->sum[at], scaled ? term : stake);
    else
        fmpq_sub(&s->sum[at], &s->sum[at], scaled ? term : stake);
}

/* Does the mover of h have to play well there against any weights that an earlier set of its own may hold? */
static bool settled(const dtn_seq_run *r, int h)
{
    return !r->freed || (!r->freed[h] && !r->own_belief[h]);
}

/* The value of the mover's best play from its own set g on, as it counts from set `start`, is an unknown of its own. */
static void add_best(dtn_seq_run *r, int start, int g, int sign)
{
    dtn_seq_system *s = &r->system;
    int pairs = r->game.actions + r->game.infosets + r->game.nodes;
    int code = start >= 0 && r->own_belief[start] ? pairs + start * r->game.infosets + g : r->game.actions + g;
    if (s->column[code] < 0 && s->unknowns >= s->most) {
        s->overflow = true;
        return;
    }
    int column = dtn_seq_column(r, code);
    if (r->counted[g])
        return;
    r->counted[g] = true;
    fmpq_add_si(&s->sum[column], &s->sum[column], sign);
}

/* The member of `start` above node y (of a later own set), by way of the others' supports; start -1: the start of the smallest
 * subgame around y instead. -1: there is no such way. */
static int come_from(const dtn_seq_run *r, int start, int y)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    int player = dtn_seq_set(r, t->node[y].infoset)->player;
    for (int x = y;; x = t->node[x].parent) {
        if (start >= 0 ? t->node[x].infoset == start : g->subgame[x])
            return g->nulls[x] == g->nulls[y] ? x : -1;
        if (x == 0)
            return -1;
        int act = g->into[x], set = t->node[t->node[x].parent].infoset;
        if (act >= 0 && t->infoset[set].player != player && !dtn_seq_plays(r, set, act))
            return -1;
    }
}

/* Adds sign * value of action a to the accumulator, as it counts from set `start` (the action's own, an earlier one of the same
 * player, or -1: from the start of the smallest subgame). false: some set below has no support yet. */
static bool add_value(dtn_seq_run *r, int start, int a, int sign)
{
    const dtn_seq_game *g = &r->game;
    const dtn_tree *t = g->tree;
    int own = t->action[a].infoset, player = dtn_seq_set(r, own)->player;
    for (int k = 0; r->freed && k < g->infosets; k++)
        r->counted[k] = false;
    for (int e = g->end_first[a]; e < g->end_first[a + 1]; e++) {
        int z = g->end[e].node, member = g->end[e].member, best = -1, from = member;
        if (start != own)
            from = come_from(r, start, member);
        if (from < 0 || (start >= 0 && !r->carrier[from]) || g->nulls[z] != g->nulls[member])
            continue;
        bool reached = true, open = false;
        for (int x = z; reached; x = t->node[x].parent) {
            int up = t->node[x].parent, act = g->into[x];
            if (up == member)
                break;
            if (act < 0)
                continue;
            int set = t->node[up].infoset;
            uint64_t support = r->support[set], bit = UINT64_C(1) << (act - t->infoset[set].first_action);
            if (!support) { /* matters only if nothing nearer to the member cuts the way */
                open = true;
                continue;
            }
            if (t->infoset[set].player != player)
                reached = (support & bit) != 0;
            else if (!settled(r, set))
                best = set;
            else
                reached = (support & -support) == bit;
        }
        if (reached && open)
            return false;
        if (reached && best >= 0)
            add_best(r, start, best, sign);
        else if (reached)
            add_end(r, z, player, start, from, sign);
    }
    return true;
}

/* Moves the accumulator into a fresh row and clears it. */
static void put_row(dtn_seq_run *r, int h, int a, dtn_lp_sense sense, bool keep)
{
    dtn_seq_system *s = &r->system;
    fmpq *row = s->a + (size_t)s->rows * (size_t)s->stride;
    for (int j = 0; j < s->unknowns; j++) {
        if (keep)
            fmpq_swap(&row[j], &s->sum[j]);
        fmpq_zero(&s->sum[j]);
    }
    for (int p = 0; p < s->products; p++) {
        fmpq *from = &s->sum[s->most + p];
        if (keep)
            fmpq_swap(&row[s->most + p], from);
        fmpq_zero(from);
    }
    if (keep) {
        fmpq_neg(&s->b[s->rows], &s->sum[s->stride]);
        s->sense[s->rows] = sense;
        s->infoset[s->rows] = h;
        s->action[s->rows++] = a;
    }
    fmpq_zero(&s->sum[s->stride]);
}

/* Does product p contain column v? */
static bool contains(const dtn_seq_system *s, int p, int v)
{
    const int *factor = s->product[p];
    return factor[0] == v || factor[1] == v || factor[2] == v || factor[3] == v;
}

/* A column that every term of the accumulator contains, -1: none. */
static int common_factor(const dtn_seq_system *s)
{
    int lone = -1, term = -1;
    if (!fmpq_is_zero(&s->sum[s->stride]))
        return -1;
    for (int j = 0; j < s->unknowns; j++) {
        if (fmpq_is_zero(&s->sum[j]))
            continue;
        if (lone >= 0)
            return -1;
        lone = j;
    }
    for (int p = 0; p < s->products && term < 0; p++)
        if (!fmpq_is_zero(&s->sum[s->most + p]))
            term = p;
    if (term < 0)
        return lone;
    for (int i = 0; i < 4; i++) {
        int v = s->product[term][i];
        bool all = v >= 0 && (lone < 0 || lone == v);
        for (int p = term; p < s->products && all; p++)
            all = fmpq_is_zero(&s->sum[s->most + p]) || contains(s, p, v);
        if (all)
            return v;
    }
    return -1;
}

/* Divides the accumulator by factors that all terms share; the weights of play are positive. */
static void cancel_factors(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    for (int v = common_factor(s); v >= 0 && !s->overflow; v = common_factor(s)) {
        fmpq_swap(&s->sum[s->stride], &s->sum[v]);
        for (int p = 0, products = s->products; p < products; p++) {
            if (fmpq_is_zero(&s->sum[s->most + p]))
                continue;
            int rest[4], count = 0;
            bool dropped = false;
            for (int i = 0; i < 4 && s->product[p][i] >= 0; i++)
                if (s->product[p][i] == v && !dropped)
                    dropped = true;
                else
                    rest[count++] = s->product[p][i];
            int to = count == 1 ? rest[0] : product_column(r, rest, count);
            if (to < 0)
                return;
            fmpq_add(&s->sum[to], &s->sum[to], &s->sum[s->most + p]);
            fmpq_zero(&s->sum[s->most + p]);
        }
    }
}

bool dtn_seq_linear(const dtn_seq_run *r)
{
    const dtn_seq_system *s = &r->system;
    for (int i = 0; i < s->rows && s->products; i++)
        for (int p = 0; p < s->products; p++)
            if (!fmpq_is_zero(&s->a[(size_t)i * (size_t)s->stride + (size_t)(s->most + p)]))
                return false;
    return !s->overflow;
}

bool dtn_seq_add_optimality(dtn_seq_run *r, int h, int a)
{
    const dtn_infoset *set = dtn_seq_set(r, h);
    uint64_t support = r->support[h];
    int first = set->first_action, pick = first;
    while (!(support >> (pick - first) & 1))
        pick++;
    dtn_seq_system *s = &r->system;
    int unknowns = s->unknowns, products = s->products;
    bool whole = add_value(r, h, a, 1) && add_value(r, h, pick, -1);
    if (whole && s->products && r->mode == DTN_RUNG_SEQUENTIAL)
        cancel_factors(r);
    put_row(r, h, a, support >> (a - first) & 1 ? DTN_LP_EQ : DTN_LP_LE, whole);
    if (!whole) { /* forget what only the abandoned row mentioned */
        while (s->unknowns > unknowns)
            s->column[s->unknown[--s->unknowns]] = -1;
        s->products = products;
    }
    return whole;
}

void dtn_seq_add_bests(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    int infosets = r->game.infosets, values = r->game.actions, pairs = values + infosets + r->game.nodes;
    for (int j = 0; j < s->unknowns && r->freed; j++) { /* grows while it runs */
        int code = s->unknown[j], start = code >= pairs ? (code - pairs) / infosets : -1;
        if (!dtn_seq_is_value(r, code))
            continue;
        int g = start >= 0 ? (code - pairs) % infosets : code - values;
        for (int k = 0; k < dtn_seq_set(r, g)->actions && s->rows < s->room; k++) {
            add_value(r, start, dtn_seq_set(r, g)->first_action + k, 1);
            fmpq_sub_si(&s->sum[j], &s->sum[j], 1);
            put_row(r, g, dtn_seq_set(r, g)->first_action + k, DTN_LP_LE, true);
        }
        s->overflow = s->overflow || s->rows == s->room;
    }
}

void dtn_seq_add_flows(dtn_seq_run *r)
{
    dtn_seq_system *s = &r->system;
    for (int j = s->flowed; j < s->unknowns; j++, s->flowed++) { /* grows while it runs */
        int a = s->unknown[j], g = a < r->game.actions ? r->game.tree->action[a].infoset : -1;
        if (g < 0 || !dtn_seq_plays(r, g, a))
            continue; /* a tremble flows from nowhere */
        const dtn_infoset *set = dtn_seq_set(r, g);
        bool first = true;
        for (int i = 0; i < j && first; i++)
            first = s->unknown[i] >= r->game.actions || r->game.tree->action[s->unknown[i]].infoset != g ||
                    !dtn_seq_plays(r, g, s->unknown[i]);
        if (!first)
            continue;
        for (int k = 0; k < set->actions; k++)
            if (r->support[g] >> k & 1) {
                int column = dtn_seq_column(r, set->first_action + k);
                fmpq_one(&s->sum[column]);
            }
        int prior = dtn_seq_alias(r, r->game.prior[g]);
        if (prior < 0)
            fmpq_set_si(&s->sum[s->stride], -1, 1);
        else if (s->known[prior])
            fmpq_neg(&s->sum[s->stride], &s->value[prior]);
        else {
            int column = dtn_seq_column(r, prior);
            fmpq_set_si(&s->sum[column], -1, 1);
        }
        put_row(r, -1, -1, DTN_LP_EQ, true);
    }
}
