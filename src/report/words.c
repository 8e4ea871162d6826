/* Words that several reports share. */
#include "report/words.h"

#include <string.h>

#include "base/str.h"

const char *dtn_words_player(dtn_doc *doc, const dtn_tree *tree, int player, int type)
{
    if (player < 0 || type < 0 || type >= tree->player[player].types)
        return dtn_doc_name(doc, player);
    return dtn_doc_print(doc, "%c%c%s (%s)%c", DTN_MARK_PLAYER, '0' + player, doc->player_key[player],
                         tree->player[player].type_names[type], DTN_MARK_END);
}

const char *dtn_words_mover(dtn_doc *doc, const dtn_tree *tree, int infoset)
{
    return dtn_words_player(doc, tree, tree->infoset[infoset].player, tree->infoset[infoset].type);
}

const char *dtn_words_move(dtn_doc *doc, const dtn_tree *tree, int infoset)
{
    const dtn_infoset *h = &tree->infoset[infoset];
    const char *seen = strchr(h->name, '[');
    if (!*h->move)
        return *h->name ? h->name : dtn_doc_print(doc, "information set %d", infoset + 1);
    /* "reaction.hard[publish]": the type is told with the player, what was seen is not. */
    return seen ? dtn_doc_print(doc, "%s after %.*s", h->move, (int)strcspn(seen + 1, "]"), seen + 1)
                : h->move;
}

/* Nodes from the root to a node: path[0 .. depth]. */
static const int *path_to(dtn_doc *doc, const dtn_tree *tree, int node)
{
    int depth = tree->node[node].depth;
    int *path = dtn_arena_array(doc->arena, (size_t)depth + 1, sizeof *path);
    if (!path) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return NULL;
    }
    for (int n = node, at = depth; n >= 0; n = tree->node[n].parent)
        path[at--] = n;
    return path;
}

/* Name of the branch that leads into a node. */
static const char *branch_name(const dtn_tree *tree, int node)
{
    const dtn_node *n = &tree->node[node], *parent = &tree->node[n->parent];
    return parent->kind == DTN_NODE_CHANCE
               ? n->label
               : tree->action[tree->infoset[parent->infoset].first_action + n->branch].name;
}

static bool same_step(const dtn_tree *tree, int a, int b)
{
    int h = tree->node[tree->node[a].parent].infoset, g = tree->node[tree->node[b].parent].infoset;
    return (h < 0) == (g < 0) && tree->node[a].branch == tree->node[b].branch &&
           strcmp(branch_name(tree, a), branch_name(tree, b)) == 0;
}

/* "P: hard" says "P is hard" where chance draws types. */
static const char *step_words(dtn_doc *doc, const dtn_tree *tree, int node)
{
    const char *name = branch_name(tree, node), *colon = strstr(name, ": ");
    bool chance = tree->node[tree->node[node].parent].kind == DTN_NODE_CHANCE;
    if (chance && colon && !strchr(colon + 1, ','))
        return dtn_doc_print(doc, "%.*s is %s", (int)(colon - name), name, colon + 2);
    return chance ? name : dtn_doc_print(doc, "after %s", name);
}

const char *dtn_words_position(dtn_doc *doc, const dtn_tree *tree, int node)
{
    const dtn_infoset *h = &tree->infoset[tree->node[node].infoset];
    if (h->members < 2)
        return "the only position";
    const int *own = path_to(doc, tree, node);
    const char *words = "";
    for (int at = 1; own && at <= tree->node[node].depth; at++) {
        bool tells = false;
        for (int k = 0; k < h->members && !tells; k++) {
            int other = tree->members[h->first_member + k];
            if (tree->node[other].depth != tree->node[node].depth)
                tells = true;
            else {
                const int *path = path_to(doc, tree, other);
                tells = path && !same_step(tree, own[at], path[at]);
            }
        }
        if (tells)
            words = *words ? dtn_doc_print(doc, "%s, %s", words, step_words(doc, tree, own[at]))
                           : step_words(doc, tree, own[at]);
    }
    return *words ? words : dtn_doc_print(doc, "position %d", node);
}

const char *dtn_words_choice(dtn_doc *doc, const dtn_tree *tree, const fmpq *sigma, int infoset)
{
    const dtn_infoset *h = &tree->infoset[infoset];
    const char *words = "";
    int left = 0;
    for (int a = 0; a < h->actions; a++)
        left += !fmpq_is_zero(&sigma[h->first_action + a]);
    bool only = left == 1;
    for (int a = 0, said = 0; a < h->actions; a++) {
        const fmpq *p = &sigma[h->first_action + a];
        const char *name = tree->action[h->first_action + a].name;
        if (fmpq_is_zero(p))
            continue;
        left--;
        bool digits = fmpz_bits(fmpq_denref(p)) > 40; /* too many to read: the data formats have them */
        const char *one = only ? dtn_doc_print(doc, "%c%s%c", DTN_MARK_STRONG, name, DTN_MARK_STRONG)
                               : dtn_doc_print(doc, "%c%s%c with probability %s%s", DTN_MARK_STRONG, name,
                                               DTN_MARK_STRONG, digits ? "≈ " : "",
                                               digits ? dtn_text_decimal(doc, p) : dtn_text_exact(doc, p));
        words = said++ ? dtn_doc_print(doc, "%s%s %s", words, left ? "," : " and", one) : one;
    }
    return words;
}

/* What each rung asks, in plain words. */
static const struct {
    const char *term, *noun, *nouns, *meaning;
} rungs[DTN_RUNG_COUNT] = {
    [DTN_RUNG_NONE] = {"not an equilibrium", "profile", "profiles", "Somebody gains by playing otherwise."},
    [DTN_RUNG_NASH] = {"Nash equilibrium", "Nash equilibrium", "Nash equilibria",
                       "Nobody gains by changing only its own plan, given the plans of the others."},
    [DTN_RUNG_SPE] =
        {"subgame perfect", "subgame perfect equilibrium", "subgame perfect equilibria",
         "The plans are best also in every part of the game that begins at a position all know; threats that "
         "nobody would carry out in full view are ruled out."},
    [DTN_RUNG_PBE] = {"perfect Bayesian", "perfect Bayesian equilibrium", "perfect Bayesian equilibria",
                      "Every choice is best given what its player believes at that moment, and beliefs "
                      "follow from the plans by "
                      "Bayes' rule wherever play reaches."},
    [DTN_RUNG_NSWYDK] =
        {"no signalling what you don't know",
         "perfect Bayesian equilibrium without signalling what you don't know",
         "perfect Bayesian equilibria without signalling what you don't know",
         "An unexpected action changes no belief about what its author does not know itself."},
    [DTN_RUNG_SEQUENTIAL] =
        {"sequential", "sequential equilibrium", "sequential equilibria",
         "Every choice is best given beliefs, and all beliefs, also after surprises, can be explained by the "
         "same small mistakes."},
    [DTN_RUNG_INTUITIVE] = {"survives the intuitive criterion",
                            "equilibrium that survives the intuitive criterion",
                            "equilibria that survive the intuitive criterion",
                            "After a surprise nobody suspects a type that could only lose by it."},
    [DTN_RUNG_D1] =
        {"survives D1", "equilibrium that survives D1", "equilibria that survive D1",
         "After a surprise suspicion falls on the types that have most to gain from it: a type is ruled out "
         "when another "
         "one gains from every reply that would make the first gain or break even, and from more."},
};

const char *dtn_words_rung(dtn_doc *doc, dtn_rung rung)
{
    return dtn_doc_term(doc, rungs[rung].term, rungs[rung].meaning);
}

const char *dtn_words_rung_noun(dtn_doc *doc, dtn_rung rung, bool plural)
{
    /* The glossary has one entry for both numbers. */
    dtn_doc_term(doc, rungs[rung].term, rungs[rung].meaning);
    return dtn_doc_print(doc, "%c%s%c%s%c", DTN_MARK_TERM, rungs[rung].meaning, DTN_MARK_TEXT,
                         plural ? rungs[rung].nouns : rungs[rung].noun, DTN_MARK_END);
}

const char *dtn_words_class(dtn_doc *doc, const dtn_scenario *scenario, int class_index)
{
    if (!scenario || class_index < 0)
        return "";
    const dtn_scn_class *c = &scenario->class_[class_index];
    return c->about && *c->about ? dtn_doc_print(doc, "%s: %s", c->key, c->about) : c->key;
}

const char *dtn_words_outcome(const dtn_tree *tree, int outcome)
{
    const char *label = tree->outcome_label[outcome];
    return label && *label ? label : tree->outcome[outcome];
}

void dtn_words_legend(dtn_doc *doc)
{
    if (doc->legend_shown)
        return;
    doc->legend_shown = true;
    const char *words = "";
    for (int p = 0; p < doc->players; p++)
        if (strcmp(doc->player_key[p], doc->player_name[p]) != 0)
            words = dtn_doc_print(doc, "%s%s%s: %s", words, *words ? " · " : "", dtn_doc_name(doc, p),
                                  doc->player_name[p]);
    if (*words)
        dtn_doc_note(doc, DTN_TONE_QUIET, "%s", words);
}

void dtn_words_point(dtn_doc *doc, const dtn_scenario *scenario, const dtn_point *point)
{
    const char *words = "";
    for (int i = 0; scenario && i < scenario->params && i < point->params; i++) {
        const dtn_scn_param *q = &scenario->param[i];
        if (!q->formula && !fmpq_equal(&point->value[i], &q->value))
            words = dtn_doc_print(doc, "%s%s%s = %s", words, *words ? ", " : "", q->name,
                                  dtn_text_exact(doc, &point->value[i]));
    }
    if (*words)
        dtn_doc_field(doc, "at", "At",
                      dtn_value_text(doc, "%s; all other parameters at their reference values", words));
}

const char *dtn_words_one_line(dtn_doc *doc, const char *text)
{
    char *made = dtn_arena_strdup(dtn_doc_arena(doc), text), *to = made;
    if (!made) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return "";
    }
    for (const char *c = text; *c; c++) {
        bool blank = *c == ' ' || *c == '\n' || *c == '\t';
        if (!blank)
            *to++ = *c;
        else if (to > made && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > made && to[-1] == ' ')
        to--;
    *to = '\0';
    return made;
}

const char *dtn_words_argument(dtn_doc *doc, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:+@%";
    if (*text && text[strspn(text, plain)] == '\0')
        return text;
    dtn_str out = dtn_str_in(dtn_doc_arena(doc));
    dtn_str_add(&out, "'");
    for (size_t n; *text; text += n) {
        n = strcspn(text, "'");
        dtn_str_add_n(&out, text, n);
        if (text[n]) {
            dtn_str_add(&out, "'\\''");
            n++;
        }
    }
    dtn_str_add(&out, "'");
    const char *made = dtn_str_done(&out);
    return made ? made : "";
}

const char *dtn_words_quiet(dtn_doc *doc, const char *text)
{
    return dtn_doc_print(doc, "%c%s%c", DTN_MARK_QUIET, text, DTN_MARK_END);
}

const char *dtn_words_switch(dtn_doc *doc, const dtn_tree *tree, const dtn_bind_end *end)
{
    if (end->range_end)
        return "nobody: the range ends here";
    if (end->by_definition)
        return "nobody: a class is defined to end here";
    if (end->bindings == 0)
        return end->by_probability ? "nobody: the probability passes the asked one" : "–";
    const dtn_binding *b = &end->binding[0];
    return dtn_doc_print(doc, "%s between %s and %s at %s", dtn_words_player(doc, tree, b->player, b->type),
                         tree->action[b->action].name, tree->action[b->other].name,
                         dtn_words_move(doc, tree, b->infoset));
}

const char *dtn_words_preference(dtn_doc *doc, const dtn_tree *tree, const dtn_binding *b)
{
    return dtn_doc_print(doc, "%s prefers %s to %s at %s", dtn_words_player(doc, tree, b->player, b->type),
                         tree->action[b->action].name, tree->action[b->other].name,
                         dtn_words_move(doc, tree, b->infoset));
}

static const char *target_name(const dtn_scenario *s, const char *item)
{
    for (int i = 0; s && i < s->outcomes; i++)
        if (strcmp(s->outcome[i].key, item) == 0 && s->outcome[i].name && *s->outcome[i].name)
            return s->outcome[i].name;
    for (int i = 0; s && i < s->groups; i++)
        if (strcmp(s->group[i].key, item) == 0 && s->group[i].name && *s->group[i].name)
            return s->group[i].name;
    return item;
}

const char *dtn_words_target(dtn_doc *doc, const dtn_scenario *scenario, const char *const *item, int items)
{
    const char *words = "";
    for (int i = 0; i < items; i++)
        words = dtn_doc_print(doc, "%s%s%s", words, i ? " or " : "", target_name(scenario, item[i]));
    return words;
}
