/* The picture of a game tree.
 *
 * Time runs from left to right; ends stand one below the other, with their payoffs in columns, so that numbers can be
 * compared; an information set is a dashed capsule around its nodes, in a lane of its own where it would cover others. */
#include <string.h>

#include "report/draw.h"
#include "report/number.h"
#include "report/tree_layout.h"

enum { ROW = 30, TOP = 64, LEFT = 26, LANE = 26, DOT = 7, SMALL = 12, BEND = 38 };

typedef struct drawing {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_picture *p;
    const dtn_tree *tree;
    const dtn_equilibrium *at;
    fmpq *reach; /* [nodes] */
    dtn_tree_layout l;
    double *column;                              /* [depth + 1] x of lane 0 */
    double right;                                /* where the last edges end */
    double outcome, *payoff, probability, width; /* columns of the table: left edge; right edges */
} drawing;

static const dtn_infoset *infoset_of(const drawing *d, const dtn_tree_spot *s)
{
    int h = d->tree->node[s->node].infoset;
    return h >= 0 ? &d->tree->infoset[h] : NULL;
}

static int player_of(const drawing *d, const dtn_tree_spot *s)
{
    const dtn_infoset *h = infoset_of(d, s);
    return h ? h->player : -1;
}

/* Probability of the branch into a spot; NULL when it is not known. */
static const fmpq *branch_probability(const drawing *d, const dtn_tree_spot *s)
{
    const dtn_node *n = &d->tree->node[s->node], *parent = &d->tree->node[n->parent];
    if (parent->kind == DTN_NODE_CHANCE)
        return &d->tree->chance[s->node];
    return d->at ? &d->at->at.sigma[d->tree->infoset[parent->infoset].first_action + n->branch] : NULL;
}

static bool on_path(const drawing *d, const dtn_tree_spot *s)
{
    return d->at && !fmpq_is_zero(&d->reach[s->node]);
}

static const char *short_number(const drawing *d, const fmpq *x)
{
    bool exact;
    const char *text = dtn_number_decimal(d->arena, x, &exact);
    if (text && !exact && fmpz_sizeinbase(fmpq_numref(x), 10) + fmpz_sizeinbase(fmpq_denref(x), 10) <= 6)
        text = dtn_rational_text(d->arena, x);
    return dtn_picture_checked(d->p, text);
}

/* "engage 2/3", "demand(0), demand(1/20) and 3 more". */
static const char *edge_label(const drawing *d, const dtn_tree_spot *s)
{
    const dtn_node *n = &d->tree->node[s->node], *parent = &d->tree->node[n->parent];
    const char *name;
    if (parent->kind == DTN_NODE_CHANCE)
        name = n->via && *n->via ? n->via : n->label;
    else
        name = d->tree->action[d->tree->infoset[parent->infoset].first_action + n->branch].name;
    const fmpq *p = branch_probability(d, s);
    const char *text = name;
    if (s->run_end >= 0)
        text = dtn_arena_printf(
            d->arena, "%s … %s", name,
            d->tree->action[d->tree->infoset[parent->infoset].first_action + d->tree->node[s->run_end].branch]
                .name);
    else if (s->alike)
        text = dtn_arena_printf(d->arena, "%s and %d alike", name, s->alike - 1);
    else if (p && !fmpq_is_zero(p) && !fmpq_is_one(p))
        text = dtn_arena_printf(d->arena, "%s%s%s", name, *name ? "  " : "", short_number(d, p));
    text = text ? dtn_text_clip(d->arena, text, SMALL, 190) : NULL;
    return dtn_picture_checked(d->p, text);
}

/* "P hard", "P". */
static const char *mover_label(const drawing *d, const dtn_infoset *h)
{
    const dtn_tree_player *p = &d->tree->player[h->player];
    const char *text = h->type >= 0 && h->type < p->types
                           ? dtn_arena_printf(d->arena, "%s %s", p->name, p->type_names[h->type])
                           : p->name;
    text = text ? dtn_text_clip(d->arena, text, SMALL, 130) : NULL;
    return dtn_picture_checked(d->p, text);
}

static double x_of(const drawing *d, const dtn_tree_spot *s)
{
    return s->count || s->stub ? d->column[s->depth] + LANE * s->lane : d->column[s->depth];
}

static double y_of(const dtn_tree_spot *s)
{
    return TOP + ROW * (s->y + 0.5);
}

/* Columns as wide as the words on the edges that lead to them. */
static dtn_status place_columns(drawing *d)
{
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->column, d->l.depth + 2);
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->payoff, d->tree->players);
    d->column[0] = LEFT + (d->tree->node[0].infoset >= 0
                               ? dtn_text_width(mover_label(d, infoset_of(d, &d->l.spot[0])), SMALL) / 2
                               : 0);
    for (int depth = 1; depth <= d->l.depth; depth++) {
        double widest = 40;
        for (int i = 1; i < d->l.spots; i++) {
            const dtn_tree_spot *s = &d->l.spot[i];
            if (s->depth != depth)
                continue;
            double width = BEND + dtn_text_width(edge_label(d, s), SMALL) * 1.06 + 8;
            if (s->count && infoset_of(d, s))
                width += dtn_text_width(mover_label(d, infoset_of(d, s)), SMALL) / 2;
            widest = width > widest ? width : widest;
        }
        d->column[depth] = d->column[depth - 1] +
                           LANE * (d->l.lanes[depth - 1] > 1 ? d->l.lanes[depth - 1] - 1 : 0) + widest + 16;
    }
    d->right = d->column[d->l.depth] + 14;
    double at = d->right + 12, widest = dtn_text_width("Outcome", SMALL);
    for (int i = 0; i < d->l.spots; i++) {
        const dtn_tree_spot *s = &d->l.spot[i];
        int o = s->count || s->stub ? -1 : d->tree->node[s->node].outcome;
        double width = o >= 0 ? dtn_text_width(d->tree->outcome_label[o], SMALL) : 0;
        widest = width > widest ? width : widest;
    }
    d->outcome = at;
    at += (widest > 220 ? 220 : widest) + 10;
    for (int p = 0; p < d->tree->players; p++) {
        double needs = dtn_text_width(d->tree->player[p].name, SMALL);
        for (int i = 0; i < d->l.spots; i++) {
            const dtn_tree_spot *s = &d->l.spot[i];
            if (s->count || s->stub)
                continue;
            double width = dtn_text_width(
                short_number(
                    d,
                    dtn_payoffs_at(&d->tree->payoff, d->tree->node[s->node].terminal * d->tree->players + p).q),
                SMALL);
            needs = width > needs ? width : needs;
        }
        at += (needs < 36 ? 36 : needs) + 14;
        d->payoff[p] = at;
    }
    d->probability = at + (d->at ? 66 : 0);
    d->width = d->probability + 12;
    return DTN_OK;
}

/* From the parent in a bend, then level into the spot; on to the table where the spot is an end. */
static void edge(drawing *d, const dtn_tree_spot *s)
{
    const dtn_tree_spot *from = &d->l.spot[s->parent];
    double x0 = x_of(d, from), y0 = y_of(from), x1 = x_of(d, s), y1 = y_of(s), x = x0 + BEND;
    const fmpq *p = branch_probability(d, s);
    bool bold = on_path(d, s), played = !d->at || (p && !fmpq_is_zero(p));
    dtn_pen pen = {.stroke = played ? dtn_ink_player(player_of(d, from)) : DTN_INK_MUTED,
                   .width = bold     ? 3
                            : played ? 1.5
                                     : 1};
    dtn_picture_open(d->p, "%s%s", edge_label(d, s),
                     bold     ? " (on the path of play)"
                     : played ? ""
                              : " (not played)");
    dtn_picture_curve(
        d->p, pen,
        (double[]){x0, y0, x0 + BEND * 0.55, y0, x0 + BEND * 0.4, y1, x, y1, x, y1, x1, y1, x1, y1}, 7);
    if (!s->count && !s->stub)
        dtn_picture_line(d->p, (dtn_pen){.stroke = bold ? pen.stroke : DTN_INK_FAINT, .width = bold ? 3 : 1},
                         x1, y1, d->right, y1);
    dtn_picture_close(d->p);
}

static void edge_words(drawing *d, const dtn_tree_spot *s)
{
    const fmpq *p = branch_probability(d, s);
    bool bold = on_path(d, s), played = !d->at || (p && !fmpq_is_zero(p));
    dtn_font font = {.ink = played ? DTN_INK_TEXT : DTN_INK_MUTED, .size = SMALL, .strong = bold, .halo = true};
    dtn_picture_text(d->p, font, x_of(d, &d->l.spot[s->parent]) + BEND - 4, y_of(s) - 5, "%s",
                     edge_label(d, s));
}

static void capsules(drawing *d)
{
    for (int i = 0; i < d->l.spots; i++) {
        const dtn_tree_spot *s = &d->l.spot[i];
        const dtn_infoset *h = s->count ? infoset_of(d, s) : NULL;
        if (!h || h->members < 2)
            continue;
        double top = y_of(s), bottom = top, x = x_of(d, s);
        bool first = true;
        for (int j = 0; j < d->l.spots; j++) {
            const dtn_tree_spot *other = &d->l.spot[j];
            if (!other->count || other->depth != s->depth || infoset_of(d, other) != h)
                continue;
            first &= j >= i;
            top = y_of(other) < top ? y_of(other) : top;
            bottom = y_of(other) > bottom ? y_of(other) : bottom;
        }
        if (!first || (top == bottom && h->members > 1 && d->l.whole))
            continue;
        dtn_picture_open(d->p, "%s: these positions cannot be told apart (%s)", mover_label(d, h), h->name);
        dtn_picture_rect(d->p,
                         (dtn_pen){.stroke = dtn_ink_player(h->player),
                                   .fill = dtn_ink_player(h->player),
                                   .opacity = 0.06,
                                   .dashed = true},
                         x - 12, top - 12, 24, bottom - top + 24, 12);
        dtn_picture_close(d->p);
    }
}

static void belief_words(drawing *d, const dtn_tree_spot *s, double x, double y)
{
    const dtn_infoset *h = infoset_of(d, s);
    if (!d->at || !h || h->members < 2)
        return;
    dtn_font font = {.ink = DTN_INK_MUTED, .size = 11, .anchor = DTN_ANCHOR_MIDDLE, .halo = true};
    dtn_picture_text(d->p, font, x, y + 20, "[%s]", short_number(d, &d->at->at.belief[s->node]));
}

static void spot(drawing *d, const dtn_tree_spot *s)
{
    double x = x_of(d, s), y = y_of(s);
    const dtn_node *n = &d->tree->node[s->node];
    if (s->stub) {
        dtn_picture_path(d->p, (dtn_pen){.stroke = DTN_INK_MUTED, .fill = DTN_INK_FAINT},
                         (double[]){x, y, x + 14, y - 8, x + 14, y + 8, x, y}, 4);
        dtn_picture_text(d->p, (dtn_font){.ink = DTN_INK_MUTED, .size = 11}, x + 19, y + 4,
                         s->ends == 1 ? "1 end" : "%d ends", s->ends);
        return;
    }
    if (!s->count)
        return;
    int ink = dtn_ink_player(player_of(d, s));
    dtn_font font = {.ink = ink, .size = SMALL, .strong = true, .anchor = DTN_ANCHOR_MIDDLE, .halo = true};
    if (n->kind == DTN_NODE_CHANCE) {
        dtn_picture_open(d->p, "chance%s%s", *n->label ? ": " : "", n->label);
        dtn_picture_rect(d->p, (dtn_pen){.stroke = DTN_INK_MUTED, .fill = DTN_INK_PAPER, .width = 1.5}, x - 5,
                         y - 5, 10, 10, 0);
        dtn_picture_close(d->p);
        return;
    }
    const dtn_infoset *h = infoset_of(d, s);
    dtn_picture_open(d->p, "%s at %s", mover_label(d, h), h->name);
    dtn_picture_ellipse(
        d->p, (dtn_pen){.stroke = ink, .fill = !d->at || on_path(d, s) ? ink : DTN_INK_PAPER, .width = 1.5},
        x, y, DOT, DOT);
    dtn_picture_close(d->p);
    dtn_picture_text(d->p, font, x, y - 13, "%s", mover_label(d, h));
    belief_words(d, s, x, y);
    if (s->hidden)
        dtn_picture_text(d->p, (dtn_font){.ink = DTN_INK_MUTED, .size = 11}, x + 12, y + 20, "+ %d more",
                         s->hidden);
}

static void end_row(drawing *d, const dtn_tree_spot *s)
{
    double y = y_of(s) + 4;
    const dtn_node *n = &d->tree->node[s->node];
    bool bold = on_path(d, s);
    int quiet = bold || !d->at ? DTN_INK_TEXT : DTN_INK_MUTED;
    dtn_font font = {.ink = quiet, .size = SMALL, .strong = bold};
    if (n->outcome >= 0) {
        const char *text = dtn_text_clip(d->arena, d->tree->outcome_label[n->outcome], SMALL, 220);
        dtn_picture_text(d->p, font, d->outcome, y, "%s", dtn_picture_checked(d->p, text));
    }
    font.anchor = DTN_ANCHOR_END;
    for (int p = 0; p < d->tree->players; p++) {
        font.ink = dtn_ink_player(p);
        dtn_picture_text(
            d->p, font, d->payoff[p], y, "%s",
            short_number(d, dtn_payoffs_at(&d->tree->payoff, n->terminal * d->tree->players + p).q));
    }
    if (d->at) {
        font.ink = quiet;
        dtn_picture_text(d->p, font, d->probability, y, "%s",
                         bold ? short_number(d, &d->reach[s->node]) : "0");
    }
}

static void header(drawing *d)
{
    dtn_font font = {.ink = DTN_INK_MUTED, .size = 11};
    double y = TOP - 12;
    dtn_picture_text(d->p, font, d->outcome, y, "Outcome");
    font.anchor = DTN_ANCHOR_END;
    for (int p = 0; p < d->tree->players; p++) {
        dtn_font name = font;
        name.ink = dtn_ink_player(p);
        name.strong = true;
        dtn_picture_text(d->p, name, d->payoff[p], y, "%s", d->tree->player[p].name);
    }
    if (d->at)
        dtn_picture_text(d->p, font, d->probability, y, "Probability");
    dtn_picture_line(d->p, (dtn_pen){.stroke = DTN_INK_FAINT}, d->outcome, y + 6, d->probability, y + 6);
    /* The key to the colours. */
    double x = LEFT;
    for (int p = 0; p < d->tree->players; p++) {
        const char *label = d->tree->player[p].label, *name = d->tree->player[p].name;
        const char *text = label && *label && strcmp(label, name) != 0
                               ? dtn_arena_printf(d->arena, "%s  %s", name, label)
                               : name;
        dtn_picture_ellipse(d->p, (dtn_pen){.fill = dtn_ink_player(p)}, x, 16, 6, 6);
        dtn_picture_text(d->p, (dtn_font){.ink = dtn_ink_player(p), .size = SMALL, .strong = true}, x + 12,
                         20, "%s", dtn_picture_checked(d->p, text));
        x += 12 + dtn_text_width(dtn_picture_checked(d->p, text), SMALL) * 1.08 + 22;
    }
    dtn_picture_rect(d->p, (dtn_pen){.stroke = DTN_INK_MUTED, .width = 1.5}, x - 5, 11, 10, 10, 0);
    dtn_picture_text(d->p, (dtn_font){.ink = DTN_INK_MUTED, .size = SMALL}, x + 12, 20, "chance");
}

static dtn_status draw(drawing *d, int most_rows)
{
    const dtn_tree *t = d->tree;
    if (d->at) {
        DTN_ALLOC_FMPQ(d->ctx, d->ctx->scratch, d->reach, t->nodes);
        dtn_assessment_reach(t, d->at->at.sigma, d->reach);
    }
    DTN_TRY(dtn_tree_layout_make(d->ctx, d->arena, &d->l, t, d->at ? d->at->at.sigma : NULL, d->reach,
                                 most_rows));
    DTN_TRY(place_columns(d));
    dtn_picture_size(d->p, d->width, TOP + ROW * d->l.rows + 14);
    header(d);
    capsules(d);
    /* What is not played first, so that it lies below. */
    for (int pass = 0; pass < 2; pass++)
        for (int i = 1; i < d->l.spots; i++)
            if (on_path(d, &d->l.spot[i]) == (pass == 1))
                edge(d, &d->l.spot[i]);
    for (int i = 0; i < d->l.spots; i++) {
        const dtn_tree_spot *s = &d->l.spot[i];
        if (i > 0)
            edge_words(d, s);
        spot(d, s);
        if (!s->count && !s->stub)
            end_row(d, s);
    }
    return d->p->status;
}

dtn_status dtn_draw_tree(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_tree *tree,
                         const dtn_equilibrium *at, int most_rows)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    drawing d = {.ctx = ctx, .arena = arena, .tree = tree, .at = at};
    const char *about = dtn_arena_printf(
        arena, "Game tree from left to right with %d positions and %d ends; payoffs stand at the right.%s",
        tree->nodes, tree->terminals, at ? " Thick lines are what is played." : "");
    d.p = *out = about ? dtn_picture_new(ctx, arena, "Game tree", about) : NULL;
    dtn_status status = d.p ? draw(&d, most_rows) : dtn_fail_nomem(ctx);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
