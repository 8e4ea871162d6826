/* Statements about equilibria: `every`, `some`, `none`, and what each statement means on a tree.
 *
 * An outcome, group or target has its probability; a strategy its probability where the move is reached, or, off the path, every
 * value that the component admits; a belief likewise; a payoff is of a player, or of one of its types. */
#include <string.h>

#include "analyse/classes.h"
#include "analyse/credibility.h"
#include "analyse/expect.h"
#include "base/str.h"

/* One statement of a like. */
typedef struct statement {
    int kind;
    const dtn_scn_pair *pair; /* NULL for class and rung */
} statement;

static int count_statements(const dtn_scn_like *like)
{
    return like->outcomes + like->strategies + like->beliefs + like->payoffs + (like->class_key != NULL) +
           (like->rung != NULL);
}

static statement statement_at(const dtn_scn_like *like, int i)
{
    const struct {
        const dtn_scn_pair *pair;
        int count;
    } list[] = {{like->outcome, like->outcomes},
                {like->strategy, like->strategies},
                {like->belief, like->beliefs},
                {like->payoff, like->payoffs}};
    for (int kind = 0; kind < 4; kind++) {
        if (i < list[kind].count)
            return (statement){kind, &list[kind].pair[i]};
        i -= list[kind].count;
    }
    return (statement){i == 0 && like->class_key ? DTN_LIKE_CLASS : DTN_LIKE_RUNG, NULL};
}

/* "outcome clash", "belief of reply in C.genuine". */
static const char *asked_text(dtn_arena *arena, const char *word, statement s)
{
    static const char *const kinds[] = {"outcome", "strategy", "belief at", "payoff of", "class", "rung"};
    if (!s.pair)
        return dtn_arena_printf(arena, "%s: %s", word, kinds[s.kind]);
    return dtn_arena_printf(arena, "%s: %s %s%s%s", word, kinds[s.kind], s.pair->key,
                            s.pair->subkey ? " in " : "", s.pair->subkey ? s.pair->subkey : "");
}

static const char *expected_text(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_like *like, statement s)
{
    if (s.kind == DTN_LIKE_CLASS)
        return like->class_key;
    if (s.kind == DTN_LIKE_RUNG)
        return like->rung;
    fmpq *bound = dtn_arena_fmpq(ctx->scratch, 2);
    return bound ? dtn_expect_bound(ctx, x, bound, s.pair) : NULL;
}

dtn_status dtn_expect_every(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_like *like,
                            const dtn_like_view *views, int count, const char *word)
{
    for (int i = 0; i < count_statements(like); i++) {
        statement s = statement_at(like, i);
        const char *expected = expected_text(ctx, x, like, s), *found = "no equilibrium";
        bool pass = count > 0;
        if (!expected)
            return ctx->status;
        for (int k = 0; k < count && pass; k++) {
            DTN_TRY(views[k].test(ctx, x, views[k].subject, s.kind, s.pair, like, &pass, &found));
            if (!pass && count > 1)
                found = dtn_arena_printf(x->arena, "%s in equilibrium %d of %d", found, k + 1, count);
        }
        DTN_TRY(dtn_expect_add(ctx, x, s.pair ? s.pair->place : x->entry->place, pass,
                               asked_text(x->arena, word, s), expected, found));
    }
    return DTN_OK;
}

/* All statements of a like in one text: "outcome clash = 1/4, class = E2". */
static dtn_status whole_text(dtn_ctx *ctx, const char **out, dtn_expecting *x, const dtn_scn_like *like)
{
    static const char *const kinds[] = {"", "", "belief ", "payoff ", "class", "rung"};
    dtn_str text = dtn_str_in(x->arena);
    for (int i = 0; i < count_statements(like); i++) {
        statement s = statement_at(like, i);
        const char *expected = expected_text(ctx, x, like, s);
        if (!expected)
            return ctx->status;
        dtn_str_addf(&text, "%s%s%s%s%s = %s", i ? ", " : "", kinds[s.kind], s.pair ? s.pair->key : "",
                     s.pair && s.pair->subkey ? " in " : "", s.pair && s.pair->subkey ? s.pair->subkey : "",
                     expected);
    }
    *out = dtn_str_done(&text);
    return *out ? DTN_OK : dtn_fail_nomem(ctx);
}

dtn_status dtn_expect_some(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_like *like,
                           const dtn_like_view *views, int count, bool none)
{
    const char *expected, *found = "no equilibrium at all";
    int statements = count_statements(like), best = -1;
    bool some = false;
    DTN_TRY(whole_text(ctx, &expected, x, like));
    for (int k = 0; k < count && !some; k++) {
        int held = 0;
        bool pass = true;
        const char *seen = "";
        statement s = {0, NULL};
        for (; held < statements && pass; held += pass) {
            s = statement_at(like, held);
            DTN_TRY(views[k].test(ctx, x, views[k].subject, s.kind, s.pair, like, &pass, &seen));
        }
        some = pass;
        if (!pass && held > best) { /* the nearest miss tells most */
            best = held;
            found = dtn_arena_printf(x->arena, "none of %d; the nearest, equilibrium %d, has %s = %s", count,
                                     k + 1,
                                     s.pair                     ? s.pair->key
                                     : s.kind == DTN_LIKE_CLASS ? "class"
                                                                : "rung",
                                     seen);
        }
        if (pass)
            found = dtn_arena_printf(x->arena, "equilibrium %d of %d", k + 1, count);
    }
    return dtn_expect_add(ctx, x, x->entry->place, some != none, none ? "none" : "some", expected, found);
}

/* ---- statements on a tree ---- */

static dtn_status judge(dtn_ctx *ctx, dtn_expecting *x, const dtn_scn_pair *pair, const fmpq_t lo,
                        const fmpq_t hi, bool *pass, const char **found)
{
    fmpq *bound;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, bound, 2);
    if (!dtn_expect_bound(ctx, x, bound, pair))
        return ctx->status;
    *pass = dtn_expect_fits(lo, hi, pair, bound);
    *found = dtn_expect_span(x->arena, lo, hi);
    return *found ? DTN_OK : dtn_fail_nomem(ctx);
}

static dtn_status test_outcome(dtn_ctx *ctx, dtn_expecting *x, const dtn_like_tree *v,
                               const dtn_scn_pair *pair, bool *pass, const char **found)
{
    dtn_target target;
    fmpq *p;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p, 1);
    DTN_TRY(dtn_target_make(ctx, ctx->scratch, &target, v->tree, x->scenario, &pair->key, 1));
    DTN_TRY(dtn_target_probability(ctx, p, &target, v->tree, v->e->at.sigma));
    return judge(ctx, x, pair, p, p, pass, found);
}

static dtn_status test_strategy(dtn_ctx *ctx, dtn_expecting *x, const dtn_like_tree *v,
                                const dtn_scn_pair *pair, bool *pass, const char **found)
{
    int *actions, count;
    bool reached;
    fmpq *reach, *p;
    dtn_span *span; /* in the arena that clears its numbers */
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, reach, v->tree->nodes);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, p, 1);
    DTN_ALLOC(ctx, ctx->scratch, span, 1);
    if (!dtn_span_init(ctx->scratch, span))
        return dtn_fail_nomem(ctx);
    DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &actions, &count, v->tree, pair->key));
    dtn_assessment_reach(v->tree, v->e->at.sigma, reach);
    dtn_key_play(p, &reached, v->tree, v->e->at.sigma, reach, actions, count);
    if (reached && count > 1)
        return judge(ctx, x, pair, p, p, pass, found);
    *pass = true;
    for (int i = 0; i < count && *pass; i++) {
        dtn_free_span(span, v->e, false, actions[i]);
        DTN_TRY(judge(ctx, x, pair, &span->lo, &span->hi, pass, found));
    }
    return DTN_OK;
}

/* Whether a node's draw fits "hard" or "C.hard": the type of another player than the one who believes. */
static bool node_fits(const dtn_tree *tree, int node, const char *what)
{
    int draw = tree->node[node].draw, believer = tree->infoset[tree->node[node].infoset].player;
    for (int p = 0; draw >= 0 && p < tree->players; p++) {
        int type = tree->draw[draw].types[p];
        if (type < 0)
            continue;
        const char *name = tree->player[p].type_names[type];
        size_t key = strlen(tree->player[p].name);
        bool by_player = strncmp(what, tree->player[p].name, key) == 0 && what[key] == '.' &&
                         strcmp(what + key + 1, name) == 0;
        if (by_player || (p != believer && strcmp(what, name) == 0))
            return true;
    }
    return tree->node[node].label && strcmp(what, tree->node[node].label) == 0;
}

static bool names_infoset(const dtn_tree *tree, int h, const char *key)
{
    const dtn_infoset *set = &tree->infoset[h];
    size_t move = strlen(set->move);
    if (strcmp(set->name, key) == 0 || strcmp(set->move, key) == 0)
        return true;
    return set->type >= 0 && strncmp(key, set->move, move) == 0 && key[move] == '.' &&
           strcmp(key + move + 1, tree->player[set->player].type_names[set->type]) == 0;
}

static dtn_status test_belief(dtn_ctx *ctx, dtn_expecting *x, const dtn_like_tree *v,
                              const dtn_scn_pair *pair, bool *pass, const char **found)
{
    dtn_span *sum, *one;
    bool any = false;
    DTN_ALLOC(ctx, ctx->scratch, sum, 2);
    one = sum + 1;
    if (!dtn_span_init(ctx->scratch, sum) || !dtn_span_init(ctx->scratch, one))
        return dtn_fail_nomem(ctx);
    *pass = true;
    for (int h = 0; h < v->tree->infosets && *pass; h++) {
        if (!names_infoset(v->tree, h, pair->key))
            continue;
        const dtn_infoset *set = &v->tree->infoset[h];
        fmpq_zero(&sum->lo);
        fmpq_zero(&sum->hi);
        for (int k = 0; k < set->members; k++) {
            int node = v->tree->members[set->first_member + k];
            if (pair->subkey ? !node_fits(v->tree, node, pair->subkey) : k > 0)
                continue;
            any = true;
            dtn_free_span(one, v->e, true, node);
            fmpq_add(&sum->lo, &sum->lo, &one->lo);
            fmpq_add(&sum->hi, &sum->hi, &one->hi);
        }
        if (fmpq_cmp_ui(&sum->hi, 1) > 0)
            fmpq_one(&sum->hi);
        DTN_TRY(judge(ctx, x, pair, &sum->lo, &sum->hi, pass, found));
    }
    if (!any)
        return dtn_fail(
            ctx, DTN_ARG,
            "no belief is called \"%s%s%s\": expected an information set, and a type of another player",
            pair->key, pair->subkey ? " in " : "", pair->subkey ? pair->subkey : "");
    return DTN_OK;
}

static dtn_status test_payoff(dtn_ctx *ctx, dtn_expecting *x, const dtn_like_tree *v,
                              const dtn_scn_pair *pair, bool *pass, const char **found)
{
    for (int p = 0; p < v->tree->players; p++) {
        const dtn_tree_player *player = &v->tree->player[p];
        size_t key = strlen(player->name);
        if (strncmp(pair->key, player->name, key) != 0)
            continue;
        if (!pair->key[key])
            return judge(ctx, x, pair, v->e->payoff + p, v->e->payoff + p, pass, found);
        for (int t = 0; pair->key[key] == '.' && t < player->types; t++)
            if (strcmp(pair->key + key + 1, player->type_names[t]) == 0) {
                const fmpq *value = v->e->type_payoff + (size_t)p * (size_t)v->e->type_stride + (size_t)t;
                return judge(ctx, x, pair, value, value, pass, found);
            }
    }
    return dtn_fail(ctx, DTN_ARG, "no payoff is called \"%s\": expected a player, or player.type", pair->key);
}

dtn_status dtn_like_tree_test(dtn_ctx *ctx, dtn_expecting *x, const void *subject, int kind,
                              const dtn_scn_pair *pair, const dtn_scn_like *like, bool *pass,
                              const char **found)
{
    const dtn_like_tree *v = subject;
    switch (kind) {
    case DTN_LIKE_OUTCOME:
        return test_outcome(ctx, x, v, pair, pass, found);
    case DTN_LIKE_STRATEGY:
        return test_strategy(ctx, x, v, pair, pass, found);
    case DTN_LIKE_BELIEF:
        return test_belief(ctx, x, v, pair, pass, found);
    case DTN_LIKE_PAYOFF:
        return test_payoff(ctx, x, v, pair, pass, found);
    case DTN_LIKE_RUNG:
        *found = dtn_rung_name(v->e->rung);
        *pass = strcmp(*found, like->rung) == 0;
        return DTN_OK;
    default:
        break;
    }
    int class_;
    DTN_TRY(dtn_class_of(ctx, &class_, x->scenario, &x->point, v->tree, v->e->at.sigma));
    *found = class_ >= 0 ? x->scenario->class_[class_].key : "no class of the file";
    *pass = class_ >= 0 && strcmp(*found, like->class_key) == 0;
    return DTN_OK;
}
