/* The search in doubles of the solver `extreme`: branching on labels, every omission proved.
 *
 * Method: in an equilibrium every label is tight in one of the two best-response polytopes. A node fixes for some labels where, and
 *   keeps a tableau in doubles of the face left in each polytope. A label that is proved positive on one face is forced on the
 *   other; then the label whose smaller slack is largest is branched on: tight in P, or not tight in P and tight in Q. A leaf
 *   is a square system for each player, solved exactly. What bounds do not prove, and leaves with ties, go to the integer
 *   dictionaries; so doubles decide how long the search takes, never what it finds.
 * Cost: about 1 microsecond a node at 16 strategies. Exact.
 * Source: C. Audet, P. Hansen, B. Jaumard, G. Savard, Enumeration of all extreme equilibria of bimatrix games, SIAM J. Sci.
 *   Comput. 23 (2001). */
#include <math.h>
#include <string.h>

#include "solve/extreme_search.h"

/* What is decided about labels at one node. */
typedef struct node {
    int depth;
    dtn_tableau *now[DTN_SIDES]; /* an own buffer or an ancestor's */
    dtn_tableau *own[DTN_SIDES];
    bool stale[DTN_SIDES];       /* changed since it was last scanned */
    dtn_labels open;             /* not decided */
    dtn_labels loose;            /* not tight in P, by an earlier branch */
    dtn_labels tight[DTN_SIDES]; /* decided: tight there */
    dtn_labels never[DTN_SIDES]; /* proved positive there */
    dtn_labels doubt[DTN_SIDES]; /* seems positive, is not */
} node;

typedef struct dtn_branch {
    const dtn_kernel *kernel;
    dtn_core *core;
    node *node; /* [labels + 2] by number of labels made tight in P */
} branch;

struct dtn_branch_task {
    node node;
};

/* --- deciding labels ------------------------------------------------------------------------------ */

static void make_own(node *f, dtn_side which)
{
    if (f->now[which] == f->own[which])
        return;
    dtn_tableau_copy(f->own[which], f->now[which]);
    f->now[which] = f->own[which];
}

/* Proved in bounds, else in integers. */
static bool positive(dtn_extreme *s, const node *f, dtn_side which, int label)
{
    if (dtn_tableau_proves(f->now[which], s->branch->kernel, &s->polytope[which], label)) {
        s->bounds++;
        return true;
    }
    s->exact_bounds++;
    return dtn_exact_positive(s, which, &f->tight[which], label);
}

/* Makes a label tight; *alive = false when nothing is left below this node. */
static dtn_status force(dtn_ctx *ctx, dtn_extreme *s, node *f, dtn_side which, int label, bool *alive)
{
    make_own(f, which);
    dtn_forced forced = dtn_tableau_force(f->now[which], s->branch->kernel, label);
    *alive = forced == DTN_FORCED;
    if (forced == DTN_FORCED_EMPTY && positive(s, f, which, label))
        return DTN_OK;
    dtn_labels_drop(&f->open, label);
    dtn_labels_add(&f->tight[which], label);
    f->stale[which] = true;
    if (*alive)
        return DTN_OK;
    s->exact_trees++;
    return dtn_exact_search(ctx, s, f->tight, &f->open, &f->loose);
}

/* Looks for labels that cannot be tight in one polytope any more. */
static void scan(dtn_extreme *s, node *f, dtn_side which)
{
    const dtn_tableau *t = f->now[which];
    f->stale[which] = false;
    for (uint64_t rows = dtn_tableau_positive(t, s->branch->kernel); rows; rows &= rows - 1) {
        int label = t->basic[__builtin_ctzll(rows)];
        if (!dtn_labels_has(&f->open, label) || dtn_labels_has(&f->never[which], label) ||
            dtn_labels_has(&f->doubt[which], label))
            continue;
        dtn_labels_add(positive(s, f, which, label) ? &f->never[which] : &f->doubt[which], label);
    }
}

/* Follows what is forced until nothing is; *alive = false when nothing is left below this node. */
static dtn_status propagate(dtn_ctx *ctx, dtn_extreme *s, node *f, bool *alive)
{
    *alive = true;
    while (f->stale[DTN_SIDE_P] || f->stale[DTN_SIDE_Q]) {
        for (int w = 0; w < DTN_SIDES; w++)
            if (f->stale[w])
                scan(s, f, (dtn_side)w);
        for (int k = 0; k < 2; k++)
            if (f->open.word[k] & f->never[0].word[k] & f->never[1].word[k]) {
                *alive = false;
                return DTN_OK;
            }
        for (int w = 0; w < DTN_SIDES; w++)
            for (int k = 0; k < 2; k++) {
                uint64_t set = f->open.word[k] & f->never[w].word[k];
                for (; set; set &= set - 1) {
                    DTN_TRY(force(ctx, s, f, (dtn_side)!w, 64 * k + __builtin_ctzll(set), alive));
                    if (!*alive)
                        return DTN_OK;
                }
            }
    }
    return DTN_OK;
}

/* What turns values into probabilities, and slacks into differences of payoffs over their range. */
static void weigh(const dtn_tableau *t, const dtn_polytope *g, double *strategy, double *reply)
{
    double sum = 0;
    for (int i = 0; i < t->rows; i++)
        if (t->basic[i] >= g->first_column && t->basic[i] < g->first_column + g->columns)
            sum += t->value[i];
    *strategy = sum > 0 ? 1 / sum : 1;
    *reply = *strategy / g->range;
}

/* The label to branch on, -1: all are decided. */
static int choose(const dtn_extreme *s, const node *f)
{
    const dtn_tableau *p = f->now[DTN_SIDE_P], *q = f->now[DTN_SIDE_Q];
    double weight_p[2], weight_q[2], best_least = 0, best_most = 0;
    int best = -1;
    weigh(p, &s->polytope[DTN_SIDE_P], &weight_p[0], &weight_p[1]);
    weigh(q, &s->polytope[DTN_SIDE_Q], &weight_q[1], &weight_q[0]);
    for (int k = 0; k < 2; k++)
        for (uint64_t set = f->open.word[k]; set; set &= set - 1) {
            int l = 64 * k + __builtin_ctzll(set), column = l >= s->m;
            double a = p->place[l] < 0 ? 0 : p->value[p->place[l]] * weight_p[column];
            double b = q->place[l] < 0 ? 0 : q->value[q->place[l]] * weight_q[column];
            double least = a < b ? a : b, most = a < b ? b : a;
            if (best < 0 || least > best_least || (least == best_least && most > best_most)) {
                best = l;
                best_least = least;
                best_most = most;
            }
        }
    return best;
}

/* --- leaves --------------------------------------------------------------------------------------- */

/* Checks the signs of a solved core; notes all tight labels and the coordinates in the vertex set's room. false: no vertex. */
static bool inside(dtn_extreme *s, dtn_side which, const int *column, dtn_labels *tight)
{
    const dtn_polytope *g = &s->polytope[which];
    dtn_core *core = s->branch->core;
    dtn_vertex_set *set = s->vertices[which];
    int size = core->size;
    for (int j = 0; j < size; j++) {
        int sign = core->narrow ? (core->number[j] > 0) - (core->number[j] < 0) : fmpz_sgn(core->wide + j);
        if (sign < 0)
            return false;
        if (sign == 0)
            dtn_labels_add(tight, g->first_column + column[j]);
    }
    for (int i = 0; i < g->rows; i++) {
        if (dtn_labels_has(tight, g->first_row + i))
            continue;
        int sign;
        if (core->small) {
            const int64_t *line = g->narrow + i * g->columns;
            int64_t slack = (int64_t)core->number[size];
            for (int j = 0; j < size; j++)
                slack -= (int64_t)core->number[j] * line[column[j]];
            sign = (slack > 0) - (slack < 0);
        } else if (core->narrow) {
            const int64_t *line = g->narrow + i * g->columns;
            dtn_int128 slack = core->number[size];
            for (int j = 0; j < size; j++)
                slack -= core->number[j] * line[column[j]];
            sign = (slack > 0) - (slack < 0);
        } else {
            const fmpz *line = g->cell + (size_t)i * (size_t)g->columns;
            fmpz_set(core->product, core->wide + size);
            for (int j = 0; j < size; j++)
                fmpz_submul(core->product, core->wide + j, line + column[j]);
            sign = fmpz_sgn(core->product);
        }
        if (sign < 0)
            return false;
        if (sign == 0)
            dtn_labels_add(tight, g->first_row + i);
    }
    for (int k = 0; k < g->columns; k++)
        fmpz_zero(set->value + k);
    for (int j = 0; j < size; j++)
        if (core->narrow)
            fmpz_set_signed_uiui(set->value + column[j], (ulong)(core->number[j] >> 64),
                                 (ulong)core->number[j]);
        else
            fmpz_set(set->value + column[j], core->wide + j);
    return true;
}

/* The vertices of the face on which these labels are tight: by its core, else by integer dictionaries. */
static dtn_status vertices(dtn_ctx *ctx, dtn_extreme *s, const node *f, dtn_side which, int **list, int *count)
{
    const dtn_polytope *g = &s->polytope[which];
    int row[DTN_SEARCH_SIDE], column[DTN_SEARCH_SIDE], rows = 0, columns = 0;
    dtn_labels tight = f->tight[which];
    for (int i = 0; i < g->rows; i++)
        if (dtn_labels_has(&tight, g->first_row + i))
            row[rows++] = i;
    for (int j = 0; j < g->columns; j++)
        if (!dtn_labels_has(&tight, g->first_column + j))
            column[columns++] = j;
    s->leaves++;
    *count = 0;
    if (columns == 0) /* the origin */
        return DTN_OK;
    if (rows != columns || !dtn_core_solve(s->branch->core, g, row, column, rows)) {
        s->exact_leaves++;
        return dtn_exact_face(ctx, s, list, count, which, &tight);
    }
    if (!inside(s, which, column, &tight))
        return DTN_OK;
    DTN_ALLOC(ctx, ctx->scratch, *list, 1);
    DTN_TRY(dtn_vertex_set_add(ctx, s->vertices[which], *list, tight.word));
    s->vertices[which]->sign[**list] = (int8_t)s->branch->core->sign;
    *count = 1;
    return DTN_OK;
}

static bool excluded(const dtn_vertex_set *set, int vertex, const dtn_labels *loose)
{
    const uint64_t *tight = set->tight + (size_t)vertex * (size_t)set->words;
    return (tight[0] & loose->word[0]) || (set->words > 1 && (tight[1] & loose->word[1]));
}

static dtn_status leaf(dtn_ctx *ctx, dtn_extreme *s, const node *f)
{
    int *list[DTN_SIDES], count[DTN_SIDES];
    for (int w = 0; w < DTN_SIDES; w++) {
        DTN_TRY(vertices(ctx, s, f, (dtn_side)w, &list[w], &count[w]));
        if (count[w] == 0)
            return DTN_OK;
    }
    for (int i = 0; i < count[0]; i++) {
        if (excluded(s->vertices[0], list[0][i], &f->loose))
            continue;
        for (int j = 0; j < count[1] && !s->run->enough; j++)
            DTN_TRY(dtn_extreme_found(ctx, s, list[0][i], list[1][j]));
    }
    return DTN_OK;
}

/* --- the tree ------------------------------------------------------------------------------------- */

static void descend(node *child, const node *parent)
{
    dtn_tableau *own[DTN_SIDES] = {child->own[0], child->own[1]};
    *child = *parent;
    child->own[0] = own[0];
    child->own[1] = own[1];
}

/* Where a leaf in four or more has ties, integers are faster from here on. */
static bool too_many_ties(const dtn_extreme *s)
{
    return s->exact_leaves > 8 && s->exact_leaves > s->leaves / 8;
}

/* Leaves a node for another thread. */
static dtn_status leave(dtn_ctx *ctx, dtn_extreme *s, const node *f)
{
    dtn_branch_task *task;
    if ((s->tasks & (s->tasks - 1)) == 0) {
        dtn_branch_task **more;
        DTN_ALLOC(ctx, ctx->scratch, more, s->tasks ? 2 * s->tasks : 1);
        if (s->tasks)
            memcpy(more, s->task, (size_t)s->tasks * sizeof(dtn_branch_task *));
        s->task = more;
    }
    DTN_ALLOC(ctx, ctx->scratch, task, 1);
    task->node = *f;
    for (int w = 0; w < DTN_SIDES; w++) {
        DTN_TRY(dtn_tableau_new(ctx, ctx->scratch, &task->node.now[w], &s->polytope[w], s->labels));
        dtn_tableau_copy(task->node.now[w], f->now[w]);
    }
    s->task[s->tasks++] = task;
    return DTN_OK;
}

/* Limits, interruption, progress. */
static dtn_status poll(dtn_ctx *ctx, dtn_extreme *s)
{
    if (s->parent && atomic_load_explicit(&s->parent->cancelled, memory_order_relaxed))
        dtn_ctx_cancel(ctx);
    if (s->stop && atomic_load_explicit(s->stop, memory_order_relaxed))
        s->run->enough = true;
    if (s->nodes % 4096 == 0 && !s->parent && s->tasks == 0)
        dtn_ctx_report(ctx, "extreme equilibria", s->share);
    return dtn_ctx_poll(ctx);
}

/* One node; *label >= 0: it has two children, by where this label is tight. */
static dtn_status visit(dtn_ctx *ctx, dtn_extreme *s, node *f, int *label)
{
    bool alive;
    *label = -1;
    if (++s->nodes % 16 == 0)
        DTN_TRY(poll(ctx, s));
    DTN_TRY(propagate(ctx, s, f, &alive));
    if (!alive || s->run->enough)
        return DTN_OK;
    if (too_many_ties(s)) {
        s->exact_trees++;
        return dtn_exact_search(ctx, s, f->tight, &f->open, &f->loose);
    }
    *label = choose(s, f);
    if (*label < 0) {
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = leaf(ctx, s, f);
        dtn_arena_release(ctx->scratch, mark);
        return status;
    }
    if (s->cut == 0 || f->depth < s->cut)
        return DTN_OK;
    *label = -1;
    return leave(ctx, s, f);
}

static dtn_status explore(dtn_ctx *ctx, dtn_extreme *s, node *f)
{
    for (bool alive = true; alive;) {
        int label;
        DTN_TRY(visit(ctx, s, f, &label));
        if (label < 0)
            break;
        node *child = f + 1;
        f->depth++;
        descend(child, f);
        DTN_TRY(force(ctx, s, child, DTN_SIDE_P, label, &alive));
        if (alive)
            DTN_TRY(explore(ctx, s, child));
        else
            s->share += ldexp(1, -f->depth);
        /* The other child takes this node's place. */
        dtn_labels_add(&f->loose, label);
        DTN_TRY(force(ctx, s, f, DTN_SIDE_Q, label, &alive));
    }
    s->share += ldexp(1, -f->depth);
    return DTN_OK;
}

dtn_status dtn_branch_new(dtn_ctx *ctx, dtn_extreme *s)
{
    branch *b;
    DTN_ALLOC(ctx, ctx->scratch, b, 1);
    DTN_ALLOC(ctx, ctx->scratch, b->node, s->labels + 2);
    b->kernel = dtn_kernel_best();
    DTN_TRY(dtn_core_new(ctx, ctx->scratch, &b->core, s->polytope));
    for (int d = 0; d < s->labels + 2; d++)
        for (int w = 0; w < DTN_SIDES; w++)
            DTN_TRY(dtn_tableau_new(ctx, ctx->scratch, &b->node[d].own[w], &s->polytope[w], s->labels));
    s->branch = b;
    return DTN_OK;
}

dtn_status dtn_branch_search(dtn_ctx *ctx, dtn_extreme *s)
{
    node *f = s->branch->node;
    for (int l = 0; l < s->labels; l++)
        dtn_labels_add(&f->open, l);
    for (int w = 0; w < DTN_SIDES; w++) {
        f->now[w] = f->own[w];
        f->stale[w] = true;
        dtn_tableau_start(f->now[w], s->branch->kernel, &s->polytope[w]);
    }
    return explore(ctx, s, f);
}

dtn_status dtn_branch_resume(dtn_ctx *ctx, dtn_extreme *s, const dtn_branch_task *task)
{
    node *f = s->branch->node;
    dtn_tableau *own[DTN_SIDES] = {f->own[0], f->own[1]};
    *f = task->node;
    for (int w = 0; w < DTN_SIDES; w++) {
        f->own[w] = own[w];
        make_own(f, (dtn_side)w);
    }
    return explore(ctx, s, f);
}
