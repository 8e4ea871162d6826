/* Sequential equilibria: which nodes can carry belief off the path (Kreps-Wilson consistency).
 *
 * Method: every unplayed action has an order >= 1 (how fast its probability vanishes), shared by all information sets; the nodes of
 *   least total order carry the belief. The mover's own unplayed actions stand on all paths to its information set and
 *   cancel. At each information set the sets of unplayed actions that are least by inclusion are candidates ("classes"); one class
 *   settles it. Otherwise every non-empty choice of classes is tried, and a linear program says whether orders exist. When all
 *   such sets see the same classes, each of one unplayed action, the closure of "all of equal order" covers every choice at once.
 * Cost: exponential in the classes at unreached information sets whose mover's choice depends on belief. Exact.
 * Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982); A. Perea y Monsuwe, M. Jansen, D. Vermeulen,
 *   Characterization of consistent assessments in extensive form games, Games Econ. Behav. 21 (1997). */
#include <string.h>

#include "solve/sequential_parts.h"

enum { MOST_CLASSES = 16 };

/* An information set with more than one class. */
typedef struct place {
    int infoset, classes;
    int *class_of;           /* [members], -1: never carries */
    uint64_t *class_set;     /* [MOST_CLASSES][words] unplayed actions above its nodes, common ones removed */
    unsigned barred, chosen; /* classes that refinements exclude; classes that carry */
} place;

typedef struct search {
    dtn_seq_run *run;
    const dtn_seq_component *component;
    dtn_seq_orders_fn *found;
    void *user;
    int words;
    place *open;
    int opens;
    int *tremble, trembles; /* actions with an order in the program */
    int *tremble_of;        /* [actions] or -1 */
    int *order;
    bool *may_vanish; /* [actions] */
} search;

/* Unplayed actions of others above node x. */
static void unplayed_above(const dtn_seq_run *r, int x, int mover, uint64_t *out)
{
    const dtn_tree *t = r->game.tree;
    memset(out, 0, (size_t)r->game.words * sizeof *out);
    for (; x > 0; x = t->node[x].parent) {
        int a = r->game.into[x];
        if (a < 0)
            continue;
        int g = t->action[a].infoset;
        if (t->infoset[g].player != mover && !dtn_seq_plays(r, g, a))
            out[a / 64] |= UINT64_C(1) << a % 64;
    }
}

/* 0: neither contains the other; 1: equal; 2: a is a proper subset of b. */
static int compare(const uint64_t *a, const uint64_t *b, int words)
{
    bool inside = true, equal = true;
    for (int w = 0; w < words; w++) {
        inside = inside && (a[w] & ~b[w]) == 0;
        equal = equal && a[w] == b[w];
    }
    return equal ? 1 : inside ? 2 : 0;
}

/* Marks the carriers of h if there is one class; otherwise fills p. above: [members][words]. */
static dtn_status classify(search *s, int h, uint64_t *above, place *p)
{
    dtn_seq_run *r = s->run;
    const dtn_infoset *set = dtn_seq_set(r, h);
    size_t words = (size_t)s->words;
    int fewest = r->game.nulls[dtn_seq_member(r, h, 0)];
    for (int k = 0; k < set->members; k++) {
        int x = dtn_seq_member(r, h, k);
        fewest = r->game.nulls[x] < fewest ? r->game.nulls[x] : fewest;
        unplayed_above(r, x, set->player, above + (size_t)k * words);
    }
    p->infoset = h;
    p->classes = 0;
    p->barred = 0;
    for (int k = 0; k < set->members; k++) {
        const uint64_t *mine = above + (size_t)k * words;
        bool least = r->game.nulls[dtn_seq_member(r, h, k)] == fewest;
        for (int m = 0; m < set->members && least; m++)
            least = r->game.nulls[dtn_seq_member(r, h, m)] != fewest ||
                    compare(above + (size_t)m * words, mine, s->words) != 2;
        p->class_of[k] = -1;
        for (int c = 0; c < p->classes && least; c++)
            if (compare(mine, p->class_set + (size_t)c * words, s->words) == 1)
                p->class_of[k] = c;
        if (!least || p->class_of[k] >= 0)
            continue;
        if (p->classes == MOST_CLASSES)
            return dtn_fail(r->ctx, DTN_UNSUPPORTED, "more than %d ways to reach %s off the path",
                            MOST_CLASSES, set->name);
        memcpy(p->class_set + (size_t)p->classes * words, mine, words * sizeof *mine);
        p->class_of[k] = p->classes++;
    }
    for (int k = 0; k < set->members; k++)
        r->carrier[dtn_seq_member(r, h, k)] = p->class_of[k] >= 0;
    return DTN_OK;
}

/* Whether others' moves above h stay open: a support is still to be chosen there. */
static bool open_above(const dtn_seq_run *r, int h)
{
    const dtn_tree *t = r->game.tree;
    int mover = dtn_seq_set(r, h)->player;
    for (int k = 0; k < dtn_seq_set(r, h)->members; k++)
        for (int x = dtn_seq_member(r, h, k); x > 0; x = t->node[x].parent) {
            int g = t->node[t->node[x].parent].infoset;
            if (g >= 0 && !r->support[g] && t->infoset[g].player != mover)
                return true;
        }
    return false;
}

dtn_status dtn_seq_sole_carriers(dtn_seq_run *r, int h, bool *sole)
{
    size_t members = (size_t)dtn_seq_set(r, h)->members, words = (size_t)r->game.words;
    search s = {.run = r, .words = r->game.words};
    place p = {0};
    uint64_t *above;
    *sole = false;
    if (open_above(r, h))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->ctx->scratch, above, members * words);
    DTN_ALLOC(r->ctx, r->ctx->scratch, p.class_of, members);
    DTN_ALLOC(r->ctx, r->ctx->scratch, p.class_set, MOST_CLASSES * words);
    DTN_TRY(classify(&s, h, above, &p));
    *sole = p.classes == 1;
    return DTN_OK;
}

/* Is the only action of the support at least as good as any other at every candidate node? */
static bool best_everywhere(const dtn_seq_run *r, int h)
{
    const dtn_seq_game *g = &r->game;
    const dtn_infoset *set = dtn_seq_set(r, h);
    uint64_t support = r->support[h];
    if ((support & (support - 1)) || r->mode < DTN_RUNG_PBE)
        return false; /* the bounds hold for play that dominance leaves */
    int pick = 0;
    while (!(support >> pick & 1))
        pick++;
    for (int k = 0; k < set->members; k++) {
        int x = dtn_seq_member(r, h, k);
        if (!r->carrier[x])
            continue;
        const fmpq *lo = &g->lo[dtn_tree_child(g->tree, x, pick) * g->players + set->player];
        for (int b = 0; b < set->actions; b++)
            if (b != pick && (g->full[h] >> b & 1) &&
                fmpq_cmp(&g->hi[dtn_tree_child(g->tree, x, b) * g->players + set->player], lo) > 0)
                return false;
    }
    return true;
}

/* What all classes share cancels; classes with a banned action are barred unless all are. */
static void reduce_classes(search *s, place *p)
{
    size_t words = (size_t)s->words;
    for (size_t w = 0; w < words; w++) {
        uint64_t common = UINT64_MAX;
        for (int c = 0; c < p->classes; c++)
            common &= p->class_set[(size_t)c * words + w];
        for (int c = 0; c < p->classes; c++)
            p->class_set[(size_t)c * words + w] &= ~common;
    }
    for (int a = 0; a < s->run->game.actions && s->run->banned; a++)
        for (int c = 0; c < p->classes && s->run->banned[a]; c++)
            if (p->class_set[(size_t)c * words + (size_t)a / 64] >> a % 64 & 1)
                p->barred |= 1U << c;
    if (p->barred == (1U << p->classes) - 1)
        p->barred = 0;
    for (int a = 0; a < s->run->game.actions; a++)
        for (int c = 0; c < p->classes; c++)
            if (s->tremble_of[a] < 0 && (p->class_set[(size_t)c * words + (size_t)a / 64] >> a % 64 & 1)) {
                s->tremble_of[a] = s->trembles;
                s->tremble[s->trembles++] = a;
            }
}

static void mark_carriers(search *s, const place *p)
{
    const dtn_infoset *set = dtn_seq_set(s->run, p->infoset);
    for (int k = 0; k < set->members; k++)
        s->run->carrier[dtn_seq_member(s->run, p->infoset, k)] =
            p->class_of[k] >= 0 && (p->chosen >> p->class_of[k] & 1);
}

/* The one unplayed action of a class, -1 if it is not one. */
static int lone_action(const search *s, const place *p, int c)
{
    int found = -1;
    for (int i = 0; i < s->trembles; i++) {
        int a = s->tremble[i];
        if (p->class_set[c * s->words + a / 64] >> a % 64 & 1) {
            if (found >= 0)
                return -1;
            found = a;
        }
    }
    return found;
}

/* Does the closed form apply? All places see the same lone actions, and nothing else in the component hangs on one of them. */
static bool same_lone_actions(const search *s)
{
    const dtn_seq_run *r = s->run;
    for (int i = 0; i < s->opens; i++) {
        if (s->open[i].classes != s->trembles || s->open[i].barred != s->open[0].barred)
            return false;
        for (int c = 0; c < s->open[i].classes; c++)
            if (lone_action(s, &s->open[i], c) < 0)
                return false;
    }
    for (int i = 0; i < s->component->infosets; i++) {
        int h = s->component->infoset[i];
        bool open = false;
        for (int k = 0; k < s->opens; k++)
            open = open || s->open[k].infoset == h;
        for (int a = r->game.prior[h]; a >= 0; a = r->game.prior[r->game.tree->action[a].infoset])
            if (s->tremble_of[a] >= 0 && (r->support[h] & (r->support[h] - 1)))
                return false; /* weights of a later mix would vanish with it */
        for (int k = 0; k < dtn_seq_set(r, h)->members && !open && (!r->trivial[h] || r->every_belief); k++)
            for (int x = dtn_seq_member(r, h, k); x > 0; x = r->game.tree->node[x].parent)
                if (r->carrier[dtn_seq_member(r, h, k)] && r->game.into[x] >= 0 &&
                    s->tremble_of[r->game.into[x]] >= 0)
                    return false;
    }
    return true;
}

static dtn_status report_closed(search *s)
{
    for (int i = 0; i < s->opens; i++) {
        place *p = &s->open[i];
        p->chosen = ((1U << p->classes) - 1) & ~p->barred;
        mark_carriers(s, p);
        for (int c = 0; c < p->classes; c++) {
            int a = lone_action(s, p, c);
            s->order[s->tremble_of[a]] = p->barred >> c & 1 ? 2 : 1;
            s->may_vanish[a] = true;
        }
    }
    return s->found(s->run, s->user, s->tremble, s->order, s->trembles, s->may_vanish);
}

/* Rows: chosen classes of equal total order, all others larger by 1 at least; order = 1 + x. */
static dtn_status orders_of(search *s, bool *exist)
{
    dtn_seq_run *r = s->run;
    int rows = 0, n = s->trembles;
    for (int i = 0; i < s->opens; i++)
        rows += s->open[i].classes - 1;
    fmpq *a, *b, *x;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, a, rows * n);
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, b, rows);
    DTN_ALLOC_FMPQ(r->ctx, r->ctx->scratch, x, n);
    DTN_ALLOC(r->ctx, r->ctx->scratch, sense, rows);
    DTN_ALLOC(r->ctx, r->ctx->scratch, nonnegative, n);
    for (int j = 0; j < n; j++)
        nonnegative[j] = true;
    int row = 0;
    for (int i = 0; i < s->opens; i++) {
        const place *p = &s->open[i];
        int base = 0;
        while (!(p->chosen >> base & 1))
            base++;
        for (int c = 0; c < p->classes; c++) {
            if (c == base)
                continue;
            bool equal = p->chosen >> c & 1;
            long constant = equal ? 0 : 1;
            for (int j = 0; j < n; j++) {
                int act = s->tremble[j], w = act / 64;
                int entry = (int)(p->class_set[c * s->words + w] >> act % 64 & 1) -
                            (int)(p->class_set[base * s->words + w] >> act % 64 & 1);
                fmpq_set_si(&a[row * n + j], entry, 1);
                constant -= entry;
            }
            fmpq_set_si(&b[row], constant, 1);
            sense[row++] = equal ? DTN_LP_EQ : DTN_LP_GE;
        }
    }
    dtn_polyhedron set = {rows, n, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(r->ctx, &answer, x, NULL, &set, NULL));
    *exist = answer == DTN_LP_OPTIMAL;
    if (!*exist)
        return DTN_OK;
    fmpz_t scale, value;
    fmpz_init_set_si(scale, 1);
    fmpz_init(value);
    for (int j = 0; j < n; j++)
        fmpz_lcm(scale, scale, fmpq_denref(&x[j]));
    for (int j = 0; j < n; j++) {
        fmpz_divexact(value, scale, fmpq_denref(&x[j]));
        fmpz_mul(value, value, fmpq_numref(&x[j]));
        fmpz_add(value, value, scale);
        s->order[j] = (int)fmpz_get_si(value);
    }
    fmpz_clear(scale);
    fmpz_clear(value);
    return DTN_OK;
}

static dtn_status choose_classes(search *s, int i)
{
    if (i == s->opens) {
        dtn_arena_mark mark = dtn_arena_save(s->run->ctx->scratch);
        bool exist = false;
        dtn_status status = orders_of(s, &exist);
        dtn_arena_release(s->run->ctx->scratch, mark);
        if (status != DTN_OK || !exist)
            return status;
        for (int k = 0; k < s->opens; k++)
            mark_carriers(s, &s->open[k]);
        return s->found(s->run, s->user, s->tremble, s->order, s->trembles, s->may_vanish);
    }
    place *p = &s->open[i];
    for (p->chosen = (1U << p->classes) - 1; p->chosen; p->chosen--)
        if (!(p->chosen & p->barred))
            DTN_TRY(choose_classes(s, i + 1));
    return DTN_OK;
}

static dtn_status enumerate(search *s)
{
    dtn_seq_run *r = s->run;
    const dtn_seq_component *c = s->component;
    size_t words = (size_t)s->words;
    int most = 1;
    for (int i = 0; i < c->infosets; i++) {
        int members = dtn_seq_set(r, c->infoset[i])->members;
        most = members > most ? members : most;
    }
    uint64_t *above;
    DTN_ALLOC(r->ctx, r->ctx->scratch, above, (size_t)most * words);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->open, c->infosets + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->tremble, r->game.actions + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->tremble_of, r->game.actions + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->order, r->game.actions + 1);
    DTN_ALLOC(r->ctx, r->ctx->scratch, s->may_vanish, r->system.codes + 1);
    for (int a = 0; a < r->game.actions; a++)
        s->tremble_of[a] = -1;
    for (int i = 0; i < c->infosets; i++) {
        int h = c->infoset[i];
        place *p = &s->open[s->opens];
        if (!p->class_of) {
            DTN_ALLOC(r->ctx, r->ctx->scratch, p->class_of, most);
            DTN_ALLOC(r->ctx, r->ctx->scratch, p->class_set, MOST_CLASSES * words);
        }
        DTN_TRY(classify(s, h, above, p));
        if (r->own_belief && dtn_seq_lower_beliefs(r, h, s->may_vanish)) {
            r->trivial[h] = r->freed[h] || best_everywhere(r, h);
            continue;
        }
        r->trivial[h] = best_everywhere(r, h);
        if (p->classes == 1 || (r->trivial[h] && !r->every_belief))
            continue;
        reduce_classes(s, p);
        s->opens++;
    }
    if (s->opens == 0)
        return s->found(r, s->user, s->tremble, s->order, 0, s->may_vanish);
    if (same_lone_actions(s))
        return report_closed(s);
    return choose_classes(s, 0);
}

dtn_status dtn_seq_orders(dtn_seq_run *r, const dtn_seq_component *c, dtn_seq_orders_fn *found, void *user)
{
    search s = {.run = r, .component = c, .found = found, .user = user, .words = r->game.words};
    dtn_arena_mark mark = dtn_arena_save(r->ctx->scratch);
    dtn_status status = enumerate(&s);
    dtn_arena_release(r->ctx->scratch, mark);
    return status;
}
