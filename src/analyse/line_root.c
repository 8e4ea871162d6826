/* Candidates for the exact place of a change, and the test that an incentive switches there.
 *
 * Method: within one support pattern the shortfall of an unused action, a mixing probability and the target's probability are
 * rational functions of the parameter; most are Moebius functions (a + b x) / (1 + c x), which three exact points determine. From
 * the last points on each side that share a class, the roots that fall into the gap are the candidates, nearest first. A
 * candidate is only that: the caller solves there. Conditions of classes are bisected without solving.
 * Cost: linear in actions. Exact: where the function is Moebius, the root is. */
#include "analyse/line.h"

enum { POINTS = 3, LONGEST = 400 };

static bool in_use(const dtn_moment *m, int action)
{
    return !fmpq_is_zero(m->sigma + action);
}

static const dtn_moment *of_class(const dtn_snapshot *s, int class_)
{
    for (int i = 0; i < s->moments; i++)
        if (s->moment[i].class_ == class_)
            return &s->moment[i];
    return NULL;
}

/* Whether both play the same actions everywhere. */
static bool same_support(const dtn_tree *tree, const dtn_moment *a, const dtn_moment *b)
{
    for (int i = 0; i < tree->actions; i++)
        if (in_use(a, i) != in_use(b, i))
            return false;
    return true;
}

/* The root of the Moebius function through three points, of the line through two. work: [6]. false: none. */
static bool find_root(fmpq_t out, const fmpq *const *x, const fmpq *f, int points, fmpq *work)
{
    fmpq *dx = work, *df = work + 1, *dg = work + 2, *b = work + 3, *c = work + 4, *t = work + 5;
    if (points < 2)
        return false;
    fmpq_sub(dx, x[0], x[1]);
    fmpq_sub(df, f, f + 1);
    if (points == 2) {
        if (fmpq_is_zero(df))
            return false;
        fmpq_div(t, dx, df);
        fmpq_mul(t, t, f);
        fmpq_sub(out, x[0], t);
        return true;
    }
    /* b dx - c dg = df for the pairs (0, 1) and (0, 2), g = x f. */
    fmpq_mul(dg, x[0], f);
    fmpq_submul(dg, x[1], f + 1);
    fmpq_sub(t, x[0], x[2]);
    fmpq_mul(c, x[0], f);
    fmpq_submul(c, x[2], f + 2);
    fmpq_mul(b, dx, c); /* minus the determinant: dx * dg2 - dg * dx2 */
    fmpq_submul(b, dg, t);
    if (fmpq_is_zero(b))
        return false;
    fmpq_t f2, det;
    fmpq_init(f2);
    fmpq_init(det);
    fmpq_sub(f2, f, f + 2);
    fmpq_set(det, b);
    fmpq_mul(b, df, c); /* b = (df * dg2 - dg * df2) / det, c = (df * dx2 - dx * df2) / det */
    fmpq_submul(b, dg, f2);
    fmpq_div(b, b, det);
    fmpq_mul(c, df, t);
    fmpq_submul(c, dx, f2);
    fmpq_div(c, c, det);
    fmpq_clear(f2);
    fmpq_clear(det);
    if (fmpq_is_zero(b))
        return false;
    fmpq_mul(t, x[0], f); /* a = f0 - b x0 + c x0 f0 */
    fmpq_mul(t, t, c);
    fmpq_submul(t, b, x[0]);
    fmpq_add(t, t, f);
    fmpq_div(t, t, b);
    fmpq_neg(out, t);
    fmpq_mul(t, c, out);
    fmpq_one(dx);
    fmpq_add(t, t, dx);
    return !fmpq_is_zero(t);
}

/* One side of the gap: its last points that share a class and its support. */
typedef struct side {
    const dtn_moment *moment[POINTS];
    const fmpq *x[POINTS];
    int points;
} side;

static void gather(side *out, const dtn_line *line, int from, int step, const dtn_moment *first)
{
    *out = (side){.moment = {first}, .x = {line->at[from]->x}, .points = 1};
    for (int i = from + step; i >= 0 && i < line->count && out->points < POINTS; i += step) {
        const dtn_moment *m = of_class(line->at[i], first->class_);
        if (!m || !same_support(line->sweep->tree, m, first))
            break;
        out->moment[out->points] = m;
        out->x[out->points++] = line->at[i]->x;
    }
}

/* Collected candidates, sorted by distance from the side they come from. */
typedef struct basket {
    fmpq *root, *f, *work; /* [room], [POINTS], [7] */
    const fmpq *lo, *hi;
    int count, room;
} basket;

static void offer(basket *b, const fmpq *const *x, int points, bool from_left)
{
    fmpq *root = b->work + 6;
    if (!find_root(root, x, b->f, points, b->work))
        return;
    if (fmpq_cmp(root, b->lo) < 0 || fmpq_cmp(root, b->hi) > 0)
        return;
    if (fmpz_bits(fmpq_numref(root)) + fmpz_bits(fmpq_denref(root)) > LONGEST)
        return;
    for (int i = 0; i < b->count; i++)
        if (fmpq_equal(b->root + i, root))
            return;
    int at = b->count < b->room ? b->count++ : b->room - 1;
    while (at > 0 && (fmpq_cmp(root, b->root + at - 1) < 0) == from_left) {
        fmpq_set(b->root + at, b->root + at - 1);
        at--;
    }
    fmpq_set(b->root + at, root);
}

static void offer_side(basket *b, const side *s, const dtn_tree *tree, const dtn_label *label, bool from_left)
{
    for (int a = 0; a < tree->actions; a++) {
        bool used = in_use(s->moment[0], a);
        if (used && fmpq_is_one(s->moment[0]->sigma + a))
            continue;
        for (int i = 0; i < s->points; i++)
            fmpq_set(b->f + i, (used ? s->moment[i]->sigma : s->moment[i]->slack) + a);
        offer(b, s->x, s->points, from_left);
    }
    if (label->prob) {
        for (int i = 0; i < s->points; i++)
            fmpq_sub(b->f + i, s->moment[i]->target, label->prob);
        offer(b, s->x, s->points, from_left);
    }
}

/* Where the condition of some class changes between the two points: bisected on the formula alone. */
static dtn_status offer_conditions(dtn_ctx *ctx, basket *b, const dtn_line *line, dtn_point *point)
{
    const dtn_scenario *s = line->sweep->scenario;
    fmpq *u, *v, *value;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, u, 4);
    v = u + 1;
    value = u + 2;
    for (int c = 0; c < s->classes && b->count < b->room; c++) {
        if (!s->class_[c].when)
            continue;
        bool truth[2];
        fmpq_set(u, b->lo);
        fmpq_set(v, b->hi);
        for (int i = -2; i < 50; i++) {
            fmpq *x = value + 1;
            if (i < 0) {
                fmpq_set(x, i == -2 ? u : v);
            } else {
                fmpq_add(x, u, v);
                fmpq_div_2exp(x, x, 1);
            }
            DTN_TRY(dtn_point_set(ctx, point, s, line->param, x));
            DTN_TRY(dtn_point_complete(ctx, point, s));
            DTN_TRY(dtn_expr_exact(ctx, value, s->class_[c].when, point->value));
            if (i < 0)
                truth[i + 2] = !fmpq_is_zero(value);
            else
                fmpq_set(!fmpq_is_zero(value) == truth[0] ? u : v, x);
            if (i == -1 && truth[0] == truth[1])
                break;
        }
        if (truth[0] != truth[1])
            dtn_rational_simplest(b->root + b->count++, u, v);
    }
    return DTN_OK;
}

dtn_status dtn_line_roots(dtn_ctx *ctx, fmpq *root, int *count, int room, const dtn_line *line, int left,
                          const dtn_label *label)
{
    const dtn_snapshot *low = line->at[left], *high = line->at[left + 1];
    const dtn_tree *tree = line->sweep->tree;
    basket b = {.root = root, .lo = low->x, .hi = high->x, .room = room};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b.f, POINTS);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b.work, 7);
    side s;
    b.room = room - 2;
    for (int i = 0; i < low->moments; i++) {
        gather(&s, line, left, -1, &low->moment[i]);
        offer_side(&b, &s, tree, label, true);
    }
    int from_left = b.count;
    basket right = b;
    right.root = root + from_left;
    right.count = 0;
    right.room = room - from_left;
    for (int i = 0; i < high->moments; i++) {
        gather(&s, line, left + 1, 1, &high->moment[i]);
        offer_side(&right, &s, tree, label, false);
    }
    *count = from_left + right.count;
    b.count = *count;
    b.room = room;
    dtn_point point;
    dtn_status status = dtn_point_new(ctx, ctx->scratch, &point, line->sweep->scenario);
    for (int i = 0; status == DTN_OK && i < point.params; i++)
        fmpq_set(&point.value[i], &line->sweep->point.value[i]);
    if (status == DTN_OK)
        status = offer_conditions(ctx, &b, line, &point);
    *count = b.count;
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

bool dtn_break_is_exact(const dtn_sweep *sweep, const dtn_snapshot *here, const dtn_snapshot *left,
                        const dtn_snapshot *right, const dtn_label *label)
{
    const dtn_snapshot *const beside[2] = {left, right};
    for (int i = 0; i < here->moments; i++) {
        const dtn_moment *m = &here->moment[i];
        if (label->prob && fmpq_equal(m->target, label->prob))
            for (int k = 0; k < 2; k++) {
                const dtn_moment *n = of_class(beside[k], m->class_);
                if (n && !fmpq_equal(n->target, label->prob))
                    return true;
            }
        for (int k = 0; k < 2; k++) {
            const dtn_moment *n = of_class(beside[k], m->class_);
            for (int a = 0; n && beside[k] != here && a < sweep->tree->actions; a++) {
                bool indifferent = fmpq_is_zero(m->slack + a);
                if (indifferent && fmpq_sgn(n->slack + a) > 0)
                    return true;
                if (indifferent && !in_use(m, a) && in_use(n, a))
                    return true;
            }
        }
    }
    /* The same play on both sides, named by a condition on parameters: the condition changes there. */
    for (int i = 0; i < left->moments; i++) {
        bool matched = false;
        for (int k = 0; k < right->moments; k++)
            matched = matched || (left->moment[i].class_ != right->moment[k].class_ &&
                                  same_support(sweep->tree, &left->moment[i], &right->moment[k]));
        if (matched)
            return true;
    }
    return false;
}
