/* A model as a picture, and as an outline in text: the tree with its branches indented, the table, or the improvements. */
#include "analyse/draw.h"

#include "report/draw.h"
#include "report/report.h"

enum { LINES = 400 };

typedef struct outline {
    dtn_doc *doc;
    const dtn_draw_answer *a;
    dtn_out out;
    int lines;
} outline;

static const char *number(outline *o, const fmpq *x)
{
    return dtn_text_exact(o->doc, x);
}

/* The branch that leads to a node: "engage 1/2 -> ". */
static void branch(outline *o, int node)
{
    const dtn_tree *t = o->a->tree;
    const dtn_node *n = &t->node[node];
    if (n->parent < 0)
        return;
    const dtn_node *parent = &t->node[n->parent];
    const fmpq *p = NULL;
    const char *name;
    if (parent->kind == DTN_NODE_CHANCE) {
        name = n->via && *n->via ? n->via : n->label;
        p = &t->chance[node];
    } else {
        int action = t->infoset[parent->infoset].first_action + n->branch;
        name = t->action[action].name;
        if (o->a->equilibria && o->a->equilibria->count)
            p = &o->a->equilibria->item[o->a->chosen].at.sigma[action];
    }
    dtn_out_print(&o->out, "%s%s%s: ", name, p ? " " : "", p ? number(o, p) : "");
}

static void node_line(outline *o, int node)
{
    const dtn_tree *t = o->a->tree;
    const dtn_node *n = &t->node[node];
    dtn_out_repeat(&o->out, "  ", n->depth);
    branch(o, node);
    if (n->kind == DTN_NODE_CHANCE) {
        dtn_out_text(&o->out, "chance");
    } else if (n->kind == DTN_NODE_DECISION) {
        const dtn_infoset *h = &t->infoset[n->infoset];
        dtn_out_print(&o->out, "%s at %s%s", t->player[h->player].name, h->name,
                      h->members > 1 ? " (set)" : "");
    } else {
        if (n->outcome >= 0)
            dtn_out_print(&o->out, "%s ", t->outcome_label[n->outcome]);
        for (int p = 0; p < t->players; p++)
            dtn_out_print(&o->out, "%s%s", p ? ", " : "(",
                          number(o, dtn_payoffs_at(&t->payoff, n->terminal * t->players + p).q));
        dtn_out_char(&o->out, ')');
    }
    dtn_out_char(&o->out, '\n');
}

static void tree_outline(outline *o)
{
    for (int i = 0; i < o->a->tree->nodes && o->lines < LINES; i++, o->lines++)
        node_line(o, i);
    if (o->lines < o->a->tree->nodes)
        dtn_out_print(&o->out, "... %d more positions\n", o->a->tree->nodes - o->lines);
}

static bool best_reply(const dtn_strategic *g, int i, int j, int player)
{
    size_t rows = (size_t)g->strategies[0];
    size_t here = 2 * ((size_t)j * rows + (size_t)i) + (size_t)player;
    for (int k = 0; k < g->strategies[player]; k++) {
        size_t cell = player ? (size_t)k * rows + (size_t)i : (size_t)j * rows + (size_t)k;
        if (dtn_payoffs_cmp(&g->payoff, 2 * cell + (size_t)player, here) > 0)
            return false;
    }
    return true;
}

/* The table as a table of the document; a star stands at best replies. */
static void matrix_table(dtn_doc *doc, const dtn_strategic *g)
{
    dtn_doc_table(doc, "payoffs", "Payoffs; * marks a best reply to the other's strategy");
    dtn_doc_column(doc, "row", dtn_doc_name(doc, 0), DTN_LEFT);
    for (int j = 0; j < g->strategies[1]; j++)
        dtn_doc_column(doc, dtn_doc_print(doc, "column-%d", j + 1),
                       dtn_doc_print(doc, "%s", g->strategy[1][j]), DTN_CENTRE);
    for (int i = 0; i < g->strategies[0]; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", g->strategy[0][i]));
        for (int j = 0; j < g->strategies[1]; j++) {
            size_t cell = 2 * ((size_t)j * (size_t)g->strategies[0] + (size_t)i);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s%s, %s%s",
                                             dtn_text_exact(doc, dtn_payoffs_at(&g->payoff, cell).q),
                                             best_reply(g, i, j, 0) ? "*" : "",
                                             dtn_text_exact(doc, dtn_payoffs_at(&g->payoff, cell + 1).q),
                                             best_reply(g, i, j, 1) ? "*" : ""));
        }
    }
}

static void conflict_outline(outline *o)
{
    const dtn_conflict *c = dtn_stability_conflict(o->a->run);
    size_t states = dtn_conflict_states(c), ends[256];
    char from[128], to[128];
    for (size_t s = 0; s < states && o->lines < LINES; s++, o->lines++) {
        dtn_conflict_state_text(c, s, from, sizeof from);
        dtn_out_print(&o->out, "%s%s", from,
                      dtn_stability_equilibrium(o->a->run, 0, o->a->concept_index, s) ? " (holds)" : "");
        for (int p = 0; p < dtn_conflict_players(c); p++) {
            size_t count = dtn_conflict_moves(c, p, s, ends, 256);
            for (size_t k = 0; k < count && k < 256; k++) {
                if (!dtn_conflict_prefers(c, p, 0, ends[k], s))
                    continue;
                dtn_conflict_state_text(c, ends[k], to, sizeof to);
                dtn_out_print(&o->out, "\n  -> %s (%s)", to, dtn_conflict_player_key(c, p));
            }
        }
        dtn_out_char(&o->out, '\n');
    }
    if (o->lines < (int)states)
        dtn_out_print(&o->out, "... %zu more states\n", states - (size_t)o->lines);
}

static dtn_status picture(dtn_ctx *ctx, dtn_doc *doc, const dtn_draw_answer *a)
{
    dtn_picture *p = NULL;
    if (a->tree) {
        const dtn_equilibrium *at =
            a->equilibria && a->equilibria->count ? &a->equilibria->item[a->chosen] : NULL;
        DTN_TRY(dtn_draw_tree(ctx, dtn_doc_arena(doc), &p, a->tree, at, a->rows));
        dtn_doc_picture(doc, "tree",
                        "The game, from left to right. Dashed: positions that the player cannot tell apart.",
                        p);
    } else if (a->strategic) {
        DTN_TRY(dtn_draw_matrix(ctx, dtn_doc_arena(doc), &p, a->strategic));
        dtn_doc_picture(doc, "matrix", "Payoffs. Bold and underlined: a best reply to the other's strategy.",
                        p);
    } else {
        DTN_TRY(dtn_draw_stability(ctx, dtn_doc_arena(doc), &p, a->run, 0, a->concept_index));
        dtn_doc_picture(doc, "graph",
                        "Where improvements lead. Thick borders: states that hold for everyone.", p);
    }
    return DTN_OK;
}

dtn_status dtn_report_of_draw(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)look;
    const dtn_draw_answer *a = result->data;
    if (a->equilibria && a->equilibria->count == 0)
        dtn_doc_note(doc, DTN_TONE_WARN, "No equilibrium was found; the tree is drawn without one.");
    DTN_TRY(picture(ctx, doc, a));
    if (a->strategic) {
        matrix_table(doc, a->strategic);
        return dtn_doc_status(doc);
    }
    outline o = {.doc = doc, .a = a, .out = dtn_out_new(ctx, dtn_doc_arena(doc))};
    if (a->tree)
        tree_outline(&o);
    else
        conflict_outline(&o);
    DTN_TRY(o.out.status);
    dtn_doc_open(doc, "outline", "%s", "");
    dtn_doc_only_in_terminal(doc);
    dtn_doc_code(doc, "outline", "", o.out.data);
    dtn_doc_close(doc);
    return dtn_doc_status(doc);
}
