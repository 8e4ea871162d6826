/* Reader of games as JSON (or YAML): strategic forms and trees, docs/formats/json-model.md. A file without the key "game" is a
 * scenario.
 *
 * Cost: linear. Exact: numbers are read as written. */
#include <string.h>

#include "format/format.h"
#include "format/reader.h"

/* ---- strategic ---- */

typedef struct form {
    dtn_reader *r;
    int players;
    const char **player;
    int *strategies;
    const char *const **strategy;
} form;

static dtn_status names(dtn_reader *r, const dtn_yaml *y, const char *what, const char *const **out,
                        int *count)
{
    *count = 0;
    if (!y || !dtn_expect_list(r, y, what))
        return DTN_OK;
    if (y->count == 0)
        dtn_diag_error(r->diags, DTN_DIAG_GAME, y->place, "%s: expected at least one", what);
    const char **list;
    DTN_ALLOC(r->ctx, r->arena, list, y->count);
    for (int i = 0; i < y->count; i++)
        list[i] = y->item[i]->kind == DTN_YAML_TEXT ? y->item[i]->text : dtn_read_text(r, y->item[i], what);
    *out = list;
    *count = y->count;
    return DTN_OK;
}

/* [1, "1/3", ...] of the given length into x. */
static dtn_status numbers(dtn_reader *r, const dtn_yaml *y, const char *what, fmpq *x, int count)
{
    if (!dtn_expect_list(r, y, what))
        return DTN_OK;
    if (y->count != count) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, y->place, "%s: expected %d numbers, found %d", what, count,
                       y->count);
        return DTN_OK;
    }
    for (int i = 0; i < count; i++) {
        const char *text = dtn_read_text(r, y->item[i], what);
        if (text && !dtn_rational_parse(x + i, text, y->item[i]->length))
            dtn_diag_error(r->diags, DTN_DIAG_NUMBER, y->item[i]->place,
                           "%s: expected a number such as 3, 0.25 or \"1/3\", found '%.40s'", what, text);
    }
    return DTN_OK;
}

static dtn_status read_strategies(form *f, const dtn_yaml *y)
{
    dtn_reader *r = f->r;
    if (!y || !dtn_expect_list(r, y, "strategies"))
        return DTN_OK;
    if (y->count != f->players) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, y->place,
                       "strategies: expected one list for each of %d players, found %d", f->players, y->count);
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, f->strategies, f->players);
    DTN_ALLOC(r->ctx, r->arena, f->strategy, f->players);
    for (int p = 0; p < f->players; p++)
        DTN_TRY(names(r, y->item[p], "strategies", &f->strategy[p], &f->strategies[p]));
    return DTN_OK;
}

static dtn_status read_strategic(dtn_reader *r, const dtn_yaml *root, dtn_model *model)
{
    const dtn_yaml *version, *game, *title, *about, *players, *strategies, *payoffs;
    if (!dtn_read_fields(r, root, "the game", root->place,
                         (dtn_field[]){{"detente", &version, false},
                                       {"game", &game, true},
                                       {"title", &title, false},
                                       {"about", &about, false},
                                       {"players", &players, true},
                                       {"strategies", &strategies, true},
                                       {"payoffs", &payoffs, true}},
                         7))
        return DTN_OK;
    form f = {.r = r};
    DTN_TRY(names(r, players, "players", (const char *const **)&f.player, &f.players));
    DTN_TRY(read_strategies(&f, strategies));
    if (r->diags->errors || !payoffs || !dtn_expect_list(r, payoffs, "payoffs"))
        return DTN_OK;
    size_t profiles = 1;
    for (int p = 0; p < f.players && profiles <= (size_t)payoffs->count; p++)
        profiles *= (size_t)f.strategies[p];
    if (profiles != (size_t)payoffs->count) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, payoffs->place,
                       "payoffs: expected one list for each profile of strategies, found %d", payoffs->count);
        return DTN_OK;
    }
    fmpq *x;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, x, profiles * (size_t)f.players);
    for (size_t k = 0; k < profiles; k++)
        DTN_TRY(numbers(r, payoffs->item[k], "payoffs", x + k * (size_t)f.players, f.players));
    const char *head = dtn_read_text(r, title, "title"), *comment = dtn_read_text(r, about, "about");
    if (r->diags->errors)
        return DTN_OK;
    DTN_TRY(
        dtn_strategic_new(r->ctx, &model->strategic, head, f.players, f.strategies, f.player, f.strategy, x));
    return comment ? dtn_strategic_set_about(r->ctx, model->strategic, comment) : DTN_OK;
}

/* ---- tree ---- */

typedef struct open_node {
    int node, branch, branches;
    const dtn_yaml *chance; /* [["name", p], ...] */
} open_node;

typedef struct making {
    dtn_reader *r;
    dtn_tree_builder *b;
    int players, sets, depth;
    const int *actions;   /* [sets] */
    open_node *stack;     /* [nodes] */
    fmpq *payoff, *prob;  /* [players]; [1] */
    const char **outcome; /* names met so far, open addressing */
    int *outcome_number, outcomes, outcome_slots;
} making;

static dtn_status read_sets(making *m, const dtn_yaml *y)
{
    dtn_reader *r = m->r;
    int *actions;
    if (!y || !dtn_expect_list(r, y, "information_sets"))
        return DTN_OK;
    DTN_ALLOC(r->ctx, r->arena, actions, y->count);
    m->sets = y->count;
    m->actions = actions;
    for (int h = 0; h < y->count; h++) {
        const dtn_yaml *name, *player, *list;
        fmpq *number;
        DTN_ALLOC_FMPQ(r->ctx, r->arena, number, 1);
        if (!dtn_read_fields(
                r, y->item[h], "an information set", y->item[h]->place,
                (dtn_field[]){{"name", &name, false}, {"player", &player, true}, {"actions", &list, true}}, 3))
            continue;
        const char *const *action;
        DTN_TRY(names(r, list, "actions", &action, &actions[h]));
        const char *text = dtn_read_text(r, player, "player");
        if (!text || !dtn_rational_parse(number, text, player->length) || !fmpz_is_one(fmpq_denref(number)) ||
            fmpz_sgn(fmpq_numref(number)) <= 0 || fmpz_cmp_si(fmpq_numref(number), m->players) > 0) {
            if (text)
                dtn_diag_error(r->diags, DTN_DIAG_PLAYER, player->place,
                               "player: expected a number from 1 to %d, found '%.40s'", m->players, text);
            continue;
        }
        if (r->diags->errors)
            continue;
        dtn_action *made;
        int built;
        DTN_ALLOC(r->ctx, r->arena, made, actions[h]);
        for (int a = 0; a < actions[h]; a++)
            made[a] = (dtn_action){.name = action[a], .target = -1};
        const char *shown = name ? dtn_read_text(r, name, "name") : NULL;
        if (!shown)
            shown = dtn_arena_printf(r->arena, "%d:%d", (int)fmpz_get_si(fmpq_numref(number)), h + 1);
        if (!shown)
            return dtn_fail_nomem(r->ctx);
        DTN_TRY(dtn_tree_add_infoset(m->b, &built, (int)fmpz_get_si(fmpq_numref(number)) - 1, -1, shown, "",
                                     actions[h], made));
    }
    return DTN_OK;
}

static uint32_t hash_of(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

/* The class of ends of this name. */
static dtn_status outcome_of(making *m, const char *name, int *out)
{
    uint32_t at = hash_of(name) & (uint32_t)(m->outcome_slots - 1);
    while (m->outcome[at] && strcmp(m->outcome[at], name) != 0)
        at = (at + 1) & (uint32_t)(m->outcome_slots - 1);
    if (!m->outcome[at]) {
        m->outcome[at] = name;
        DTN_TRY(dtn_tree_add_outcome(m->b, &m->outcome_number[at], name, name));
    }
    *out = m->outcome_number[at];
    return DTN_OK;
}

/* The parts of one node; spec->kind tells which of them counts. *open: it has branches. */
static dtn_status read_node(making *m, const dtn_yaml *y, dtn_node_spec *spec, open_node *open)
{
    dtn_reader *r = m->r;
    const dtn_yaml *set, *chance, *payoffs, *outcome, *name;
    if (!dtn_read_fields(r, y, "a node", y->place,
                         (dtn_field[]){{"set", &set, false},
                                       {"chance", &chance, false},
                                       {"payoffs", &payoffs, false},
                                       {"outcome", &outcome, false},
                                       {"name", &name, false}},
                         5))
        return DTN_OK;
    if ((set != NULL) + (chance != NULL) + (payoffs != NULL) != 1) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, y->place,
                       "a node: expected exactly one of the keys 'set', 'chance' and 'payoffs'");
        return DTN_OK;
    }
    spec->label = name ? dtn_read_text(r, name, "name") : "";
    if (payoffs) {
        spec->kind = DTN_NODE_TERMINAL;
        spec->payoff = m->payoff;
        DTN_TRY(numbers(r, payoffs, "payoffs", m->payoff, m->players));
        const char *text = dtn_read_text(r, outcome, "outcome");
        return text ? outcome_of(m, text, &spec->outcome) : DTN_OK;
    }
    if (chance) {
        spec->kind = DTN_NODE_CHANCE;
        open->chance = chance;
        if (dtn_expect_list(r, chance, "chance") && chance->count == 0)
            dtn_diag_error(r->diags, DTN_DIAG_GAME, chance->place, "chance: expected at least one branch");
        open->branches = chance->count;
        return DTN_OK;
    }
    const char *text = dtn_read_text(r, set, "set");
    size_t digits = text ? strspn(text, "0123456789") : 0;
    int number = 0;
    for (size_t i = 0; text && i < digits && number < 100000000; i++)
        number = 10 * number + (text[i] - '0');
    if (text && (text[digits] || number < 1 || number > m->sets))
        dtn_diag_error(r->diags, DTN_DIAG_GAME, set->place,
                       "set: expected the number of an information set, 1 to %d, found '%.40s'", m->sets,
                       text);
    if (r->diags->errors)
        return DTN_OK;
    spec->kind = DTN_NODE_DECISION;
    spec->infoset = number - 1;
    open->branches = m->actions[number - 1];
    return DTN_OK;
}

/* The branch of a chance node that leads to the next node. */
static dtn_status read_branch(making *m, const open_node *top, dtn_node_spec *spec)
{
    dtn_reader *r = m->r;
    const dtn_yaml *pair = top->chance->item[top->branch];
    if (pair->kind != DTN_YAML_LIST || pair->count != 2 || pair->item[0]->kind != DTN_YAML_TEXT) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, pair->place,
                       "chance: expected a branch as [\"name\", probability]");
        return DTN_OK;
    }
    spec->via = pair->item[0]->text;
    const char *text = dtn_read_text(r, pair->item[1], "probability");
    if (text && (!dtn_rational_parse(m->prob, text, pair->item[1]->length) || fmpq_sgn(m->prob) < 0))
        dtn_diag_error(r->diags, DTN_DIAG_NUMBER, pair->item[1]->place,
                       "chance: expected a probability, found '%.40s'", text);
    spec->prob = m->prob;
    return DTN_OK;
}

static dtn_status add_nodes(making *m, const dtn_yaml *y)
{
    dtn_reader *r = m->r;
    for (int i = 0; i < y->count && r->diags->errors == 0; i++) {
        DTN_TRY(dtn_ctx_poll(r->ctx));
        dtn_node_spec spec = {.parent = -1, .infoset = -1, .outcome = -1, .draw = -1, .label = "", .move = ""};
        open_node open = {0};
        int node;
        if (i && !m->depth) {
            dtn_diag_error(r->diags, DTN_DIAG_GAME, y->item[i]->place,
                           "the tree is complete before this node: nodes stand in prefix order");
            return DTN_OK;
        }
        if (m->depth) {
            open_node *top = &m->stack[m->depth - 1];
            spec.parent = top->node;
            spec.branch = top->branch;
            if (top->chance)
                DTN_TRY(read_branch(m, top, &spec));
            top->branch++;
        }
        DTN_TRY(read_node(m, y->item[i], &spec, &open));
        if (r->diags->errors)
            return DTN_OK;
        DTN_TRY(dtn_tree_add_node(m->b, &node, &spec));
        open.node = node;
        if (open.branches)
            m->stack[m->depth++] = open;
        while (m->depth && m->stack[m->depth - 1].branch == m->stack[m->depth - 1].branches)
            m->depth--;
    }
    if (r->diags->errors == 0 && m->depth)
        dtn_diag_error(r->diags, DTN_DIAG_GAME, y->place,
                       "nodes: the list ends, but %d more branches need a node", m->depth);
    return DTN_OK;
}

static dtn_status make_tree(making *m, const dtn_yaml *players, const dtn_yaml *sets, const dtn_yaml *nodes)
{
    dtn_reader *r = m->r;
    const char *const *player;
    DTN_TRY(names(r, players, "players", &player, &m->players));
    for (int p = 0; p < m->players && r->diags->errors == 0; p++) {
        int made;
        DTN_TRY(dtn_tree_add_player(m->b, &made, player[p], player[p], 0, NULL));
    }
    DTN_TRY(read_sets(m, sets));
    if (r->diags->errors || !nodes || !dtn_expect_list(r, nodes, "nodes"))
        return DTN_OK;
    if (nodes->count == 0) {
        dtn_diag_error(r->diags, DTN_DIAG_GAME, nodes->place, "nodes: expected at least one");
        return DTN_OK;
    }
    for (m->outcome_slots = 16; m->outcome_slots < 2 * nodes->count;)
        m->outcome_slots *= 2;
    DTN_ALLOC(r->ctx, r->arena, m->outcome, m->outcome_slots);
    DTN_ALLOC(r->ctx, r->arena, m->outcome_number, m->outcome_slots);
    DTN_ALLOC(r->ctx, r->arena, m->stack, nodes->count);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, m->payoff, m->players);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, m->prob, 1);
    return add_nodes(m, nodes);
}

static dtn_status read_tree(dtn_reader *r, const dtn_yaml *root, dtn_model *model)
{
    const dtn_yaml *version, *game, *title, *about, *players, *sets, *nodes;
    if (!dtn_read_fields(r, root, "the game", root->place,
                         (dtn_field[]){{"detente", &version, false},
                                       {"game", &game, true},
                                       {"title", &title, false},
                                       {"about", &about, false},
                                       {"players", &players, true},
                                       {"information_sets", &sets, true},
                                       {"nodes", &nodes, true}},
                         7))
        return DTN_OK;
    making m = {.r = r};
    const char *comment = dtn_read_text(r, about, "about");
    DTN_TRY(dtn_tree_builder_new(r->ctx, &m.b, dtn_read_text(r, title, "title")));
    dtn_status status = comment ? dtn_tree_set_about(m.b, comment) : DTN_OK;
    if (status == DTN_OK)
        status = make_tree(&m, players, sets, nodes);
    if (status != DTN_OK || r->diags->errors) {
        dtn_tree_builder_free(m.b);
        return status;
    }
    status = dtn_tree_finish(r->ctx, &model->tree, m.b);
    if (status != DTN_ARG && status != DTN_DOMAIN)
        return status;
    dtn_diag_error(r->diags, DTN_DIAG_GAME, nodes->place, "%s", dtn_ctx_error(r->ctx));
    return DTN_OK;
}

bool dtn_game_is(const dtn_yaml *root)
{
    return root->kind == DTN_YAML_MAP && dtn_yaml_get(root, "game") != NULL;
}

dtn_status dtn_game_read(dtn_ctx *ctx, dtn_model *model, dtn_arena *arena, dtn_diags *diags,
                         const dtn_bytes *bytes, const dtn_yaml *root)
{
    static const char *const kinds[] = {"strategic", "tree"};
    dtn_reader r = {.ctx = ctx, .arena = arena, .diags = diags, .bytes = bytes, .deriving = -1};
    int kind = dtn_read_word(&r, dtn_yaml_get(root, "game"), "game", kinds, 2);
    model->kind = kind == 1 ? DTN_MODEL_TREE : DTN_MODEL_STRATEGIC;
    return kind < 0 ? DTN_OK : kind ? read_tree(&r, root, model) : read_strategic(&r, root, model);
}
