/* Reader of .efg files: game trees, in prefix order.
 *
 * Grammar: EFG 2 R "title" { "player" ... } ["comment"], then nodes: c "name" SET ["set" { "action" prob ... }] OUTCOME |
 *   p "name" PLAYER SET ["set" { "action" ... }] OUTCOME | t "name" OUTCOME; OUTCOME = 0, or k ["name" { x, y ... }].
 *   Action lists and outcomes stand where they are first mentioned and may be left out afterwards. Outcomes at inner nodes add to
 *   whatever follows (the builder of trees sees to that). Set numbers are per player and arbitrary.
 * Cost: linear, and logarithmic in the number of sets and outcomes. Exact: numbers are read as written.
 * Source: Gambit's manual, "The extensive game (.efg) file format". */
#include "format/efg_table.h"

#include <limits.h>
#include <string.h>

/* A node whose branches are being read. */
typedef struct open_node {
    int node, branch, branches;
    dtn_efg_set *chance; /* chance: where the probabilities stand */
} open_node;

typedef struct efg {
    dtn_lexer x;
    dtn_tree_builder *b;
    int players;
    dtn_efg_table table;
    open_node *stack;
    int depth, room;
    fmpq *zero; /* [players] */
} efg;

static dtn_status add_players(efg *g)
{
    DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_OPEN, "before the players' names"));
    while (g->x.now.kind == DTN_TOKEN_TEXT) {
        const char *label = g->x.now.value;
        char number[16];
        int player;
        snprintf(number, sizeof number, "%d", g->players + 1);
        DTN_TRY(dtn_tree_add_player(g->b, &player, *label ? label : number, *label ? label : number, 0, NULL));
        g->players++;
        dtn_lexer_next(&g->x);
    }
    if (g->x.now.kind != DTN_TOKEN_CLOSE || g->players == 0)
        return dtn_lexer_expected(&g->x, "a player's name in double quotes%s", g->players ? " or }" : "");
    dtn_lexer_next(&g->x);
    return DTN_OK;
}

/* The action list after a set's number: { "action" [prob] ... }. */
static dtn_status actions(efg *g, dtn_efg_set *set, bool fresh)
{
    dtn_token where = g->x.now;
    int count = 0;
    DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_OPEN, "before the actions"));
    while (g->x.now.kind == DTN_TOKEN_TEXT) {
        const char *name = g->x.now.value;
        dtn_lexer_next(&g->x);
        fmpq *prob = NULL;
        if (set->player < 0) {
            prob = dtn_efg_numbers(&g->x, &g->table, 1);
            if (!prob)
                return dtn_fail_nomem(g->x.ctx);
            dtn_token number = g->x.now;
            DTN_TRY(dtn_lexer_rational(&g->x, prob, "the probability of this branch"));
            if (fmpq_sgn(prob) < 0)
                return dtn_lexer_fail(&g->x, &number, "expected a probability, found a negative number");
        }
        if (fresh)
            DTN_TRY(dtn_efg_set_add_action(&g->x, &g->table, set, name, prob));
        count++;
    }
    if (g->x.now.kind != DTN_TOKEN_CLOSE)
        return dtn_lexer_expected(&g->x, "an action in double quotes or }");
    if (count == 0)
        return dtn_lexer_expected(&g->x, "at least one action");
    if (count != set->actions)
        return dtn_lexer_fail(&g->x, &where,
                              "expected %d actions, as where this set was given first, found %d",
                              set->actions, count);
    dtn_lexer_next(&g->x);
    return fresh ? dtn_efg_set_finish(&g->x, &g->table, g->b, set, &where) : DTN_OK;
}

/* SET ["name" { ... }] */
static dtn_status information_set(efg *g, dtn_efg_set **out, int player)
{
    dtn_token where = g->x.now;
    int number;
    bool fresh;
    DTN_TRY(dtn_lexer_integer(&g->x, &number, 0, INT_MAX, "the number of an information set"));
    DTN_TRY(dtn_efg_set_find(&g->x, &g->table, out, player, number, &fresh));
    if (g->x.now.kind == DTN_TOKEN_TEXT) {
        if (fresh)
            (*out)->name = g->x.now.value;
        dtn_lexer_next(&g->x);
    }
    if (g->x.now.kind == DTN_TOKEN_OPEN)
        return actions(g, *out, fresh);
    if (fresh)
        return dtn_lexer_fail(&g->x, &where, "expected the actions of %s %d, which is new, found none",
                              player < 0 ? "chance node" : "information set", number);
    return DTN_OK;
}

/* OUTCOME: *out NULL for 0. */
static dtn_status outcome(efg *g, dtn_efg_outcome **out)
{
    dtn_token where = g->x.now;
    int number;
    bool fresh = false;
    const char *name = "";
    *out = NULL;
    DTN_TRY(dtn_lexer_integer(&g->x, &number, 0, INT_MAX, "an outcome number"));
    if (number)
        DTN_TRY(dtn_efg_outcome_find(&g->x, &g->table, out, number, g->players, &fresh));
    if (g->x.now.kind == DTN_TOKEN_TEXT) {
        name = g->x.now.value;
        dtn_lexer_next(&g->x);
    }
    if (g->x.now.kind != DTN_TOKEN_OPEN) {
        if (fresh)
            return dtn_lexer_fail(&g->x, &where, "expected payoffs of outcome %d, which is new, found none",
                                  number);
        return DTN_OK;
    }
    if (number == 0)
        return dtn_lexer_expected(&g->x, "no payoffs after outcome 0");
    dtn_lexer_next(&g->x);
    if (fresh)
        (*out)->name = name;
    fmpq_t x;
    fmpq_init(x);
    dtn_status status = DTN_OK;
    for (int p = 0; p < g->players && status == DTN_OK; p++) {
        dtn_token here = g->x.now;
        status = dtn_lexer_rational(&g->x, x, "a payoff of every player");
        if (status == DTN_OK && fresh)
            fmpq_set((*out)->payoff + p, x);
        else if (status == DTN_OK && !fmpq_equal((*out)->payoff + p, x))
            status = dtn_lexer_fail(&g->x, &here, "outcome %d was given other payoffs before", number);
    }
    fmpq_clear(x);
    DTN_TRY(status);
    return dtn_lexer_brace(&g->x, DTN_TOKEN_CLOSE, "after the outcome's payoffs");
}

static dtn_status push(efg *g, open_node top)
{
    if (g->depth == g->room) {
        open_node *bigger;
        g->room = g->room ? 2 * g->room : 64;
        DTN_ALLOC(g->x.ctx, g->x.ctx->scratch, bigger, g->room);
        if (g->depth)
            memcpy(bigger, g->stack, (size_t)g->depth * sizeof *bigger);
        g->stack = bigger;
    }
    g->stack[g->depth++] = top;
    return DTN_OK;
}

/* One node, and its place below the innermost node that still has free branches. */
static dtn_status node(efg *g)
{
    if (g->x.now.kind != DTN_TOKEN_WORD || g->x.now.length != 1 || !strchr("cpt", *g->x.now.start))
        return dtn_lexer_expected(&g->x, "a node (c, p or t)%s",
                                  g->depth ? " for a branch that is still open" : "");
    char kind = *g->x.now.start;
    dtn_node_spec spec = {.parent = -1, .infoset = -1, .outcome = -1, .draw = -1, .move = ""};
    dtn_lexer_next(&g->x);
    DTN_TRY(dtn_lexer_text(&g->x, &spec.label, "the node's name"));
    int player = -1, made;
    dtn_efg_set *set = NULL;
    dtn_efg_outcome *end;
    if (kind == 'p') {
        DTN_TRY(dtn_lexer_integer(&g->x, &player, 1, g->players, "the number of a player"));
        player--;
    }
    if (kind != 't')
        DTN_TRY(information_set(g, &set, player));
    DTN_TRY(outcome(g, &end));
    spec.kind = kind == 't' ? DTN_NODE_TERMINAL : kind == 'c' ? DTN_NODE_CHANCE : DTN_NODE_DECISION;
    spec.payoff = end ? end->payoff : kind == 't' ? g->zero : NULL;
    if (kind == 'p')
        spec.infoset = set->built;
    if (kind == 't' && end)
        DTN_TRY(dtn_efg_outcome_build(&g->x, &g->table, g->b, end, &spec.outcome));
    if (g->depth) {
        open_node *top = &g->stack[g->depth - 1];
        spec.parent = top->node;
        spec.branch = top->branch;
        if (top->chance) {
            spec.prob = top->chance->prob[top->branch];
            spec.via = top->chance->action[top->branch];
        }
        top->branch++;
    }
    DTN_TRY(dtn_tree_add_node(g->b, &made, &spec));
    if (set)
        DTN_TRY(push(g, (open_node){made, 0, set->actions, kind == 'c' ? set : NULL}));
    while (g->depth && g->stack[g->depth - 1].branch == g->stack[g->depth - 1].branches)
        g->depth--;
    return DTN_OK;
}

/* Everything up to the finished tree; on failure the builder is the caller's to free. */
static dtn_status read(dtn_ctx *ctx, efg *g)
{
    int version;
    DTN_TRY(dtn_lexer_word(&g->x, "EFG"));
    DTN_TRY(dtn_lexer_integer(&g->x, &version, 2, 2, "format version 2"));
    if (g->x.now.kind != DTN_TOKEN_WORD || g->x.now.length != 1 ||
        (*g->x.now.start != 'R' && *g->x.now.start != 'D'))
        return dtn_lexer_expected(&g->x, "R or D");
    dtn_lexer_next(&g->x);
    const char *title;
    DTN_TRY(dtn_lexer_text(&g->x, &title, "the title"));
    DTN_TRY(dtn_tree_builder_new(ctx, &g->b, title));
    DTN_TRY(add_players(g));
    if (g->x.now.kind == DTN_TOKEN_TEXT) {
        DTN_TRY(dtn_tree_set_about(g->b, g->x.now.value));
        dtn_lexer_next(&g->x);
    }
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, g->zero, g->players);
    do {
        DTN_TRY(dtn_ctx_poll(ctx));
        DTN_TRY(node(g));
    } while (g->depth);
    if (g->x.now.kind != DTN_TOKEN_END)
        return dtn_lexer_expected(&g->x, "the end of the file after the last branch");
    return DTN_OK;
}

dtn_status dtn_efg_read(dtn_ctx *ctx, dtn_tree **out, dtn_game_fault *fault, const char *file,
                        const char *text, size_t length)
{
    *out = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    efg g = {0};
    dtn_lexer_start(&g.x, ctx, ctx->scratch, fault, file, text, length);
    dtn_status status = read(ctx, &g);
    dtn_arena_release(ctx->scratch, mark); /* the builder has copies of all it needs */
    if (status == DTN_OK)
        return dtn_tree_finish(ctx, out, g.b);
    dtn_tree_builder_free(g.b);
    return status;
}
