/* The picture of a conflict: states as boxes, improvements as arrows in the colour of who makes them, equilibria emphasised.
 *
 * Shown are the states that improvements reach from the status quo (all states without one), the equilibria, and the
 * improvements between them; when they are many, each player's best improvement from each state. States stand in layers by
 * their distance from the status quo. */
#include <string.h>

#include "model/conflict.h"
#include "report/draw.h"
#include "report/graph_layout.h"

enum { WHOLE = 9, MOST_STATES = 36, MOST_ARROWS = 48, BOX = 30, TOP = 46, MARGIN = 16, SIZE = 13 };

typedef struct arrow {
    int player, from, to; /* from, to: shown states */
} arrow;

typedef struct drawing {
    dtn_ctx *ctx;
    dtn_arena *arena;
    dtn_picture *p;
    const dtn_conflict *c;
    const dtn_stability *r;
    int combination, concept_index;
    size_t *state; /* [shown] */
    int *shown_at; /* [states] index + 1 of a shown state */
    int shown, arrows;
    arrow *arrow;
    dtn_graph_layout g;
    double box; /* width */
} drawing;

static bool prefers(const drawing *d, int player, size_t s, size_t t)
{
    return dtn_conflict_prefers(d->c, player, dtn_stability_variant(d->r, d->combination, player), s, t);
}

static void show(drawing *d, size_t state, int layer)
{
    if (d->shown_at[state] || d->shown >= MOST_STATES)
        return;
    d->state[d->shown] = state;
    d->g.layer[d->shown] = layer;
    d->shown_at[state] = ++d->shown;
}

/* The best improvement of a player from a state; false: it has none. */
static bool best_improvement(const drawing *d, int player, size_t state, size_t *best)
{
    bool any = false;
    dtn_move_iter m = dtn_conflict_moves_from(d->c, player, state);
    for (size_t t; dtn_move_next(&m, &t);)
        if (prefers(d, player, t, any ? *best : state)) {
            *best = t;
            any = true;
        }
    return any;
}

static bool equilibrium(const drawing *d, size_t state)
{
    return dtn_stability_equilibrium(d->r, d->combination, d->concept_index, state);
}

/* Small conflicts are shown whole. Otherwise breadth first along best improvements (so that the story told is short), then the
 * equilibria that nothing leads to. */
static void choose_states(drawing *d)
{
    size_t start;
    bool rooted = dtn_conflict_status_quo(d->c, &start);
    if (rooted)
        show(d, start, 0);
    if (rooted && d->c->states > WHOLE)
        for (int i = 0; i < d->shown; i++)
            for (int p = 0; p < d->c->players; p++) {
                size_t t;
                if (best_improvement(d, p, d->state[i], &t))
                    show(d, t, d->g.layer[i] + 1);
            }
    for (size_t s = 0; s < d->c->states; s++)
        if (equilibrium(d, s) || !rooted || d->c->states <= WHOLE)
            show(d, s, 0);
}

static dtn_status choose_arrows(drawing *d)
{
    int room = d->shown * d->c->players * (d->shown < MOST_STATES ? d->shown : MOST_STATES);
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->arrow, room + 1);
    for (int pass = 0; pass < 2; pass++) {
        d->arrows = 0;
        for (int i = 0; i < d->shown; i++)
            for (int p = 0; p < d->c->players; p++) {
                size_t best = 0;
                bool any = best_improvement(d, p, d->state[i], &best);
                dtn_move_iter m = dtn_conflict_moves_from(d->c, p, d->state[i]);
                for (size_t t; any && dtn_move_next(&m, &t);)
                    if (d->shown_at[t] && prefers(d, p, t, d->state[i]) && (pass == 0 || t == best) &&
                        d->arrows < room)
                        d->arrow[d->arrows++] = (arrow){p, i, d->shown_at[t] - 1};
            }
        if (d->arrows <= MOST_ARROWS)
            break;
    }
    return DTN_OK;
}

static bool alone(const drawing *d, int state)
{
    for (int k = 0; k < d->arrows; k++)
        if (d->arrow[k].from == state || d->arrow[k].to == state)
            return false;
    return true;
}

/* Layers: distance from the status quo (else from the first state) along arrows; what is not reached stands one layer before what
 * it leads to, or after what leads to it. */
static void place_layers(drawing *d)
{
    int *layer = d->g.layer;
    for (int i = 0; i < d->shown; i++)
        layer[i] = -1;
    for (int first = 0; first < d->shown; first++) {
        if (layer[first] >= 0 || (first > 0 && alone(d, first)))
            continue;
        layer[first] = 0;
        for (bool more = true; more;) {
            more = false;
            for (int distance = 0; distance < d->shown; distance++)
                for (int k = 0; k < d->arrows; k++)
                    if (layer[d->arrow[k].from] == distance && layer[d->arrow[k].to] < 0) {
                        layer[d->arrow[k].to] = distance + 1;
                        more = true;
                    }
            for (int k = 0; k < d->arrows && !more; k++)
                if (layer[d->arrow[k].from] < 0 && layer[d->arrow[k].to] >= 0) {
                    layer[d->arrow[k].from] = layer[d->arrow[k].to] > 0 ? layer[d->arrow[k].to] - 1 : 0;
                    more = true;
                }
        }
    }
    int deepest = 0;
    for (int i = 0; i < d->shown; i++)
        deepest = layer[i] > deepest ? layer[i] : deepest;
    for (int i = 0; i < d->shown; i++)
        if (layer[i] < 0)
            layer[i] = deepest;
}

static const char *name_of(const drawing *d, int i)
{
    const char *name = dtn_conflict_state_name(d->arena, d->c, d->state[i]);
    return dtn_picture_checked(d->p, name);
}

static double x_of(const drawing *d, int i)
{
    return MARGIN + d->box / 2 + d->g.x[i];
}

static double y_of(const drawing *d, int i)
{
    return TOP + BOX + d->g.y[i];
}

/* Where the k-th of n arrows touches a side of a box. */
static double port(int k, int n)
{
    double step = n > 1 ? (BOX - 8.0) / (n - 1) : 0;
    return n > 1 ? -(BOX - 8) / 2.0 + k * step : 0;
}

/* An end of an arrow lies on the right side of its box unless the arrow leads to (comes from) a layer on the left. */
static bool on_right(const drawing *d, int here, int there)
{
    return d->g.layer[there] >= d->g.layer[here];
}

/* Arrows on one side of a box are spread over its height in the order of their other ends. */
static double port_of(const drawing *d, int k, bool start)
{
    int box = start ? d->arrow[k].from : d->arrow[k].to, other = start ? d->arrow[k].to : d->arrow[k].from;
    int count = 0, before = 0, own = 2 * k + start;
    for (int end = 0; end < 2 * d->arrows; end++) {
        const arrow *a = &d->arrow[end / 2];
        int here = end % 2 ? a->from : a->to, there = end % 2 ? a->to : a->from;
        if (here != box || on_right(d, here, there) != on_right(d, box, other))
            continue;
        count++;
        before += d->g.y[there] < d->g.y[other] || (d->g.y[there] == d->g.y[other] && end < own);
    }
    return port(before, count);
}

static void draw_arrow(drawing *d, int k)
{
    const arrow *a = &d->arrow[k];
    const dtn_graph_edge *e = &d->g.edge[k];
    int la = d->g.layer[a->from], lb = d->g.layer[a->to];
    dtn_pen pen = {.stroke = dtn_ink_player(a->player), .width = 1.6, .arrow = true};
    double half = d->box / 2;
    double x0 = x_of(d, a->from) + (lb >= la ? half : -half), y0 = y_of(d, a->from) + port_of(d, k, true);
    double x1 = x_of(d, a->to) + (lb > la ? -half : half), y1 = y_of(d, a->to) + port_of(d, k, false);
    dtn_picture_open(d->p, "%s improves: %s → %s", dtn_conflict_player_key(d->c, a->player),
                     name_of(d, a->from), name_of(d, a->to));
    if (la == lb) {
        double out = 26 + 0.12 * (y1 > y0 ? y1 - y0 : y0 - y1);
        dtn_picture_curve(d->p, pen, (double[]){x0, y0, x0 + out, y0, x1 + out, y1, x1 + 1, y1}, 4);
    } else {
        double points[2 * (3 * 16 + 1)], px = x0, py = y0;
        int n = 1, bends = e->bends < 15 ? e->bends : 15;
        points[0] = x0;
        points[1] = y0;
        for (int b = 0; b <= bends; b++) {
            double qx = b < bends ? MARGIN + d->box / 2 + e->bend[2 * b] : x1;
            double qy = b < bends ? TOP + BOX + e->bend[2 * b + 1] : y1;
            double reach = (qx - px) * 0.45;
            double piece[6] = {px + reach, py, qx - reach, qy, qx, qy};
            memcpy(points + 2 * (size_t)n, piece, sizeof piece);
            n += 3;
            px = qx;
            py = qy;
        }
        dtn_picture_curve(d->p, pen, points, n);
    }
    dtn_picture_close(d->p);
}

static void draw_box(drawing *d, int i)
{
    size_t start;
    bool is_start = dtn_conflict_status_quo(d->c, &start) && d->state[i] == start,
         holds = equilibrium(d, d->state[i]);
    double x = x_of(d, i), y = y_of(d, i);
    dtn_picture_open(d->p, "%s%s%s", name_of(d, i), holds ? ": an equilibrium" : "",
                     is_start ? ": the status quo" : "");
    dtn_picture_rect(d->p, (dtn_pen){.fill = DTN_INK_PAPER}, x - d->box / 2, y - BOX / 2.0, d->box, BOX, 6);
    dtn_picture_rect(d->p,
                     (dtn_pen){.stroke = holds ? DTN_INK_ACCENT : DTN_INK_MUTED,
                               .width = holds ? 2.5 : 1,
                               .fill = holds ? DTN_INK_ACCENT : DTN_INK_PAPER,
                               .opacity = holds ? 0.14 : 1,
                               .dashed = is_start && !holds},
                     x - d->box / 2, y - BOX / 2.0, d->box, BOX, 6);
    dtn_picture_text(d->p,
                     (dtn_font){.size = SIZE, .mono = true, .strong = holds, .anchor = DTN_ANCHOR_MIDDLE}, x,
                     y + 5, "%s", name_of(d, i));
    dtn_picture_close(d->p);
    if (is_start)
        dtn_picture_text(
            d->p, (dtn_font){.size = 11, .ink = DTN_INK_MUTED, .anchor = DTN_ANCHOR_MIDDLE, .halo = true}, x,
            y - BOX / 2.0 - 6, "status quo");
}

static void legend(drawing *d)
{
    double x = MARGIN;
    for (int p = 0; p < d->c->players; p++) {
        dtn_picture_line(d->p, (dtn_pen){.stroke = dtn_ink_player(p), .width = 1.6, .arrow = true}, x, 14,
                         x + 24, 14);
        const char *key = dtn_conflict_player_key(d->c, p);
        dtn_picture_text(d->p, (dtn_font){.size = 12, .ink = dtn_ink_player(p), .strong = true}, x + 30, 18,
                         "%s improves", key);
        x += 30 + dtn_text_width(key, 12) + dtn_text_width(" improves", 12) * 1.08 + 20;
    }
    dtn_picture_rect(
        d->p, (dtn_pen){.stroke = DTN_INK_ACCENT, .width = 2.5, .fill = DTN_INK_ACCENT, .opacity = 0.14}, x,
        6, 22, 16, 4);
    dtn_picture_text(d->p, (dtn_font){.size = 12, .ink = DTN_INK_MUTED}, x + 28, 18, "equilibrium (%s)",
                     dtn_concept_name(d->concept_index));
    x += 28 + dtn_text_width("equilibrium (SSEQ)", 12) + 12;
    d->p->width = x > d->p->width ? x : d->p->width;
}

static dtn_status draw(drawing *d)
{
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->state, MOST_STATES);
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->g.layer, MOST_STATES);
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->shown_at, d->c->states);
    choose_states(d);
    DTN_TRY(choose_arrows(d));
    place_layers(d);
    DTN_ALLOC(d->ctx, d->ctx->scratch, d->g.edge, d->arrows);
    for (int k = 0; k < d->arrows; k++)
        d->g.edge[k] = (dtn_graph_edge){.from = d->arrow[k].from, .to = d->arrow[k].to};
    d->box = 46;
    for (int i = 0; i < d->shown; i++) {
        double width = dtn_text_width(name_of(d, i), SIZE) + 22;
        d->box = width > d->box ? width : d->box;
    }
    d->g.nodes = d->shown;
    d->g.edges = d->arrows;
    d->g.row = 54;
    d->g.column = d->box + 96;
    DTN_TRY(dtn_graph_layout_run(d->ctx, d->arena, &d->g));
    dtn_picture_size(d->p, d->g.width + d->box + 2 * MARGIN + 40, TOP + d->g.height + 1.5 * BOX + MARGIN);
    legend(d);
    for (int k = 0; k < d->arrows; k++)
        draw_arrow(d, k);
    for (int i = 0; i < d->shown; i++)
        draw_box(d, i);
    return d->p->status;
}

dtn_status dtn_draw_stability(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_stability *r,
                              int combination, int concept_index)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    drawing d = {.ctx = ctx,
                 .arena = arena,
                 .r = r,
                 .c = dtn_stability_conflict(r),
                 .combination = combination,
                 .concept_index = concept_index};
    d.p = *out = dtn_picture_new(ctx, arena, "States and improvements",
                                 "States of the conflict as boxes, in layers by distance from the status "
                                 "quo; arrows are moves by which a "
                                 "player improves; equilibria have a thick border.");
    dtn_status status = d.p ? draw(&d) : dtn_fail_nomem(ctx);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
