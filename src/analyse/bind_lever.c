/* One lever: the values at which the target holds, proved.
 *
 * Method: the exact stretches of the lever on which the verdict is the same come from sign traces (regions_line.c); beside and at every
 *   rational end the game is solved, to name the incentive that switches there. Where traces cannot follow the game the
 *   range is scanned instead (line.c), and the answer says so.
 * Cost: a traced run a face of the line, three solutions an end. Exact. */
#include "analyse/bind_parts.h"

#include "analyse/binding.h"

const char *dtn_predicate_name(dtn_predicate predicate)
{
    static const char *const name[DTN_PREDICATES] = {"every", "some", "dominance", "repeated-transfers",
                                                     "repeated"};
    return (unsigned)predicate < DTN_PREDICATES ? name[predicate] : "?";
}

dtn_sweep_asks dtn_predicate_asks(dtn_predicate predicate)
{
    return predicate == DTN_PREDICATE_DOMINANCE                                           ? DTN_ASKS_DOMINANCE
           : predicate == DTN_PREDICATE_TRANSFERS || predicate == DTN_PREDICATE_REVERSION ? DTN_ASKS_REPEATED
                                                                                          : DTN_ASKS_TARGET;
}

int dtn_predicate_bit(dtn_predicate predicate)
{
    static const int bit[DTN_PREDICATES] = {DTN_VERDICT_EVERY, DTN_VERDICT_SOME, DTN_VERDICT_EVERY,
                                            DTN_VERDICT_TRANSFERS, DTN_VERDICT_REVERSION};
    return bit[predicate];
}

/* The predicate of a snapshot, as a label for binding.c. */
static int holds(const void *user, const dtn_snapshot *s)
{
    return s->pattern >= 0 && (s->pattern & *(const int *)user) != 0;
}

typedef struct asker {
    dtn_arena *arena;
    dtn_line *line;
    const dtn_stretch *stretch;
    int stretches, bit;
    dtn_label label;
    const dtn_faces *faces;
} asker;

static bool is_yes(const asker *k, int pattern)
{
    return pattern >= 0 && (pattern & k->bit) != 0;
}

static bool is_exact(const dtn_stretch_end *e)
{
    return fmpq_equal(&e->lo, &e->hi);
}

/* A solved point beside an end, within the stretch: at about a thousandth of its width. */
static dtn_status beside(dtn_ctx *ctx, const dtn_snapshot **out, const asker *k, int stretch, bool right)
{
    const dtn_stretch *s = &k->stretch[stretch];
    fmpq *x;
    int index;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 4);
    fmpq_sub(x + 3, &s->right.lo, &s->left.hi);
    for (int i = 0; i < 2; i++) {
        fmpq_div_2exp(x + 2, x + 3, i ? 9 : 11);
        if (right)
            fmpq_sub(x + i, &s->right.lo, x + 2);
        else
            fmpq_add(x + i, &s->left.hi, x + 2);
    }
    dtn_rational_simplest(x + 2, x + right, x + !right);
    DTN_TRY(dtn_line_probe(ctx, &index, k->line, x + 2));
    *out = index >= 0 ? k->line->at[index] : NULL;
    return DTN_OK;
}

static dtn_status end_at(dtn_ctx *ctx, dtn_bind_end *end, const asker *k, int left, bool upper)
{
    const dtn_stretch_end *e = &k->stretch[left].right;
    dtn_break at = {NULL, NULL, NULL};
    int index;
    DTN_TRY(beside(ctx, &at.left, k, left, true));
    DTN_TRY(beside(ctx, &at.right, k, left + 1, false));
    if (is_exact(e)) {
        DTN_TRY(dtn_line_probe(ctx, &index, k->line, &e->lo));
        at.here = index >= 0 ? k->line->at[index] : NULL;
    }
    if (at.here && at.left && at.right) {
        DTN_TRY(dtn_bind_end_of(ctx, k->arena, end, k->line->sweep, &at, upper, &k->label));
    } else {
        DTN_TRY(dtn_bind_end_init(ctx, k->arena, end));
        fmpq_set(&end->lo, &e->lo);
        fmpq_set(&end->hi, &e->hi);
        fmpq_add(&end->at, &e->lo, &e->hi);
        fmpq_div_2exp(&end->at, &end->at, 1);
        end->exact = is_exact(e);
        if (!end->exact && e->factor >= 0) {
            const char *latex;
            DTN_TRY(dtn_border_text(ctx, k->arena, &end->polynomial, &latex, k->faces, e->factor));
        }
    }
    end->included = is_yes(k, e->here);
    return DTN_OK;
}

static dtn_status range_end(dtn_ctx *ctx, dtn_bind_end *end, const asker *k, const dtn_stretch_end *e)
{
    DTN_TRY(dtn_bind_end_init(ctx, k->arena, end));
    fmpq_set(&end->at, &e->lo);
    fmpq_set(&end->lo, &e->lo);
    fmpq_set(&end->hi, &e->lo);
    end->exact = end->range_end = true;
    end->included = is_yes(k, e->here);
    return DTN_OK;
}

/* The stretches of one verdict, joined over ends at which it holds as well (or which are irrational). */
static dtn_status intervals_of(dtn_ctx *ctx, dtn_bind_item *item, const asker *k)
{
    dtn_bind_interval *list;
    DTN_ALLOC(ctx, k->arena, list, 2 * k->stretches + 1);
    item->interval = list;
    bool open = false;
    for (int i = 0; i < k->stretches; i++) {
        bool yes = is_yes(k, k->stretch[i].pattern), last = i + 1 == k->stretches;
        const dtn_stretch_end *e = &k->stretch[i].right;
        if (yes && !open) {
            if (i == 0)
                DTN_TRY(range_end(ctx, &list[item->intervals].lo, k, &k->stretch[i].left));
            else
                DTN_TRY(end_at(ctx, &list[item->intervals].lo, k, i - 1, true));
            open = true;
        }
        if (last) {
            if (yes)
                DTN_TRY(range_end(ctx, &list[item->intervals++].hi, k, e));
            break;
        }
        bool next = is_yes(k, k->stretch[i + 1].pattern), here = is_exact(e) ? is_yes(k, e->here) : yes;
        if (yes && (!next || !here)) {
            DTN_TRY(end_at(ctx, &list[item->intervals++].hi, k, i, false));
            open = false;
        } else if (!yes && !next && here) { /* a single point */
            DTN_TRY(end_at(ctx, &list[item->intervals].lo, k, i, true));
            DTN_TRY(end_at(ctx, &list[item->intervals++].hi, k, i, false));
        }
    }
    item->monotone = item->intervals == 0 || (item->intervals == 1 && list[0].hi.range_end);
    return DTN_OK;
}

/* The solved point whose margins come next: the least value, or just inside where that is open. */
static dtn_status at_least(dtn_ctx *ctx, const dtn_snapshot **out, const asker *k, const dtn_bind_item *item)
{
    const dtn_bind_end *e = &item->interval[0].lo;
    int index;
    *out = NULL;
    if (e->exact && e->included) {
        DTN_TRY(dtn_line_probe(ctx, &index, k->line, &e->at));
        *out = index >= 0 ? k->line->at[index] : NULL;
        return DTN_OK;
    }
    for (int i = 0; i < k->stretches; i++)
        if (is_yes(k, k->stretch[i].pattern) && fmpq_cmp(&k->stretch[i].left.hi, &e->hi) >= 0)
            return beside(ctx, out, k, i, false);
    return DTN_OK;
}

static dtn_status add_margins(dtn_ctx *ctx, dtn_bind_item *item, const asker *k)
{
    enum { NEXTS = 3 };
    const dtn_snapshot *least;
    if (!item->intervals)
        return DTN_OK;
    DTN_TRY(at_least(ctx, &least, k, item));
    if (least && least->moments)
        DTN_TRY(dtn_bind_nexts(ctx, k->arena, &item->next, &item->nexts, k->line->sweep, least, &item->prob,
                               &item->interval[0].lo, NEXTS));
    return DTN_OK;
}

/* *proved = false: some stretch is not decided, nothing is written. */
static dtn_status prove(dtn_ctx *ctx, bool *proved, dtn_bind_item *item, asker *k)
{
    *proved = k->stretches > 0;
    for (int i = 0; i < k->stretches; i++)
        *proved = *proved && k->stretch[i].pattern != DTN_FACE_UNKNOWN;
    if (!*proved)
        return DTN_OK;
    DTN_TRY(intervals_of(ctx, item, k));
    DTN_TRY(add_margins(ctx, item, k));
    int now;
    DTN_TRY(dtn_line_probe(ctx, &now, k->line, &item->now));
    item->holds_now = now >= 0 && holds(&k->bit, k->line->at[now]);
    item->proved = true;
    return DTN_OK;
}

dtn_status dtn_bind_item_init(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *item, const dtn_line *line,
                              dtn_predicate predicate, const fmpq *prob)
{
    *item = (dtn_bind_item){.lever = line->param,
                            .target = line->sweep->target.item,
                            .targets = line->sweep->target.items,
                            .rung = line->sweep->rung,
                            .predicate = predicate,
                            .every = predicate == DTN_PREDICATE_EVERY};
    fmpq *const number[] = {&item->prob, &item->lo,       &item->hi,       &item->now,    &item->resolution,
                            &item->cost, &item->cost_now, &item->cheapest, &item->witness};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        if (!dtn_arena_fmpq_at(arena, number[i], 1))
            return dtn_fail_nomem(ctx);
    if (prob)
        fmpq_set(&item->prob, prob);
    fmpq_set(&item->lo, line->lo);
    fmpq_set(&item->hi, line->hi);
    fmpq_set(&item->now, &line->sweep->point.value[line->param]);
    fmpq_set(&item->resolution, line->resolution);
    return DTN_OK;
}

dtn_status dtn_bind_prove(dtn_ctx *ctx, dtn_arena *arena, bool *proved, dtn_bind_item *item, dtn_line *line,
                          const dtn_faces *faces, const dtn_stretch *stretch, int stretches,
                          dtn_predicate predicate)
{
    asker k = {.arena = arena,
               .line = line,
               .stretch = stretch,
               .stretches = stretches,
               .bit = dtn_predicate_bit(predicate),
               .faces = faces};
    k.label = (dtn_label){holds, &k.bit, line->sweep->prob};
    DTN_TRY(dtn_bind_item_init(ctx, arena, item, line, predicate, line->sweep->prob));
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = prove(ctx, proved, item, &k);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
