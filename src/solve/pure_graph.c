/* pure, for action-graph games that are kept compact: all pure equilibria without the table.
 *
 * Method: players with the same types and actions form a class; what matters is how many of its members make each choice. The classes are
 *   searched one after the other, each over all its counts; as soon as everybody who influences a class has been settled, it is
 *   asked whether some member would rather choose otherwise. Classes that influence each other come next to each other in the search.
 *   Games with types are asked by the exact verifier when everybody is settled.
 * Cost: the counts of classes, pruned; n players alike with k actions have C(n + k - 1, k - 1). Exact.
 * Source: A. Jiang, K. Leyton-Brown, N. Bhat, Action-graph games, Games and Economic Behavior 71 (2011), section 5. */
#include "solve/pure.h"

#include <string.h>

#include "model/action_graph.h"
#include "solve/verify.h"

enum { MOST_CLASSES = 2048, MOST_LISTED = 1000, MOST_CHOICES = 4096, MOST_NODES = 20000000 };

typedef struct kind {
    int members, choices; /* choices: combinations of the types' actions */
    int *player;          /* [members] */
    int *count;           /* [choices] members who make it */
    int settled;          /* place in the search after which it can be asked */
} kind;

typedef struct search {
    dtn_ctx *ctx;
    dtn_profile_run *run;
    const dtn_strategic *game;
    const dtn_action_graph *g;
    kind *kind_of;
    int classes;
    int *order;            /* [classes] */
    bool *affects;         /* [classes][classes] the first influences the second's payoffs */
    int *chosen;           /* [actions] how often, in games without types */
    int *tuple;            /* room for two tuples */
    fmpq *sigma;           /* [width] */
    fmpq *judged;          /* [2 x agents] */
    fmpz *number;          /* profiles of this configuration, of all; room */
    int *kept;             /* [found][choices of all classes] the configurations that are equilibria */
    int found, room, size; /* size: of one */
    bool enough, cut;
} search;

/* --- classes ---------------------------------------------------------------------------------------- */

static bool alike(const dtn_action_graph *g, int p, int q)
{
    int types = g->first[p + 1] - g->first[p];
    if (types != g->first[q + 1] - g->first[q])
        return false;
    for (int t = 0; t < types; t++) {
        const dtn_agent *a = &g->agent[g->first[p] + t], *b = &g->agent[g->first[q] + t];
        if (a->actions != b->actions || !fmpq_equal(a->chance, b->chance) ||
            memcmp(a->action, b->action, (size_t)a->actions * sizeof *a->action) != 0)
            return false;
    }
    return true;
}

static dtn_status find_classes(search *s)
{
    const dtn_action_graph *g = s->g;
    DTN_ALLOC(s->ctx, s->ctx->scratch, s->kind_of, g->players);
    for (int p = 0; p < g->players; p++) {
        int c = 0;
        while (c < s->classes && !alike(g, s->kind_of[c].player[0], p))
            c++;
        kind *k = &s->kind_of[c];
        if (c == s->classes) {
            s->classes++;
            DTN_ALLOC(s->ctx, s->ctx->scratch, k->player, g->players - p);
            k->choices = 1;
            for (int i = g->first[p]; i < g->first[p + 1]; i++) {
                if (k->choices > MOST_CHOICES / g->agent[i].actions)
                    return dtn_fail(s->ctx, DTN_LIMIT, "player %s has more than %d pure strategies",
                                    g->player_name[p], (int)MOST_CHOICES);
                k->choices *= g->agent[i].actions;
            }
            DTN_ALLOC(s->ctx, s->ctx->scratch, k->count, k->choices);
        }
        k->player[k->members++] = p;
    }
    return s->classes <= MOST_CLASSES
               ? DTN_OK
               : dtn_fail(s->ctx, DTN_LIMIT, "pure takes at most %d kinds of players; the game has %d",
                          (int)MOST_CLASSES, s->classes);
}

/* Does some choice of p's count at some node that q may choose? */
static bool influences(const dtn_action_graph *g, int p, int q)
{
    for (int j = g->first[q]; j < g->first[q + 1]; j++)
        for (int n = 0; n < g->agent[j].actions; n++) {
            const int *move = g->node[g->agent[j].action[n]].states.move;
            for (int i = g->first[p]; i < g->first[p + 1]; i++)
                for (int k = 0; k < g->agent[i].actions; k++)
                    if (move[g->agent[i].action[k]] != 0)
                        return true;
        }
    return false;
}

/* Next is always the class that has most to do with those before it. */
static dtn_status find_order(search *s)
{
    size_t n = (size_t)s->classes;
    int *ties;
    bool *done;
    DTN_ALLOC(s->ctx, s->ctx->scratch, s->affects, n * n);
    DTN_ALLOC(s->ctx, s->ctx->scratch, s->order, n);
    DTN_ALLOC(s->ctx, s->ctx->scratch, ties, n);
    DTN_ALLOC(s->ctx, s->ctx->scratch, done, n);
    for (size_t c = 0; c < n; c++) {
        DTN_TRY(dtn_ctx_poll(s->ctx));
        for (size_t d = 0; d < n; d++)
            s->affects[c * n + d] =
                c == d || influences(s->g, s->kind_of[c].player[0], s->kind_of[d].player[0]);
    }
    for (size_t k = 0; k < n; k++) {
        size_t best = n;
        for (size_t c = 0; c < n; c++)
            if (!done[c] && (best == n || ties[c] > ties[best]))
                best = c;
        done[best] = true;
        s->order[k] = (int)best;
        for (size_t c = 0; c < n; c++)
            ties[c] += s->affects[c * n + best] + s->affects[best * n + c];
    }
    for (int k = 0; k < s->classes; k++)
        for (size_t d = 0; d < n; d++)
            if (s->g->bayesian ? k == s->classes - 1 && d == 0 : s->affects[(size_t)s->order[k] * n + d])
                s->kind_of[d].settled = k;
            else if (s->g->bayesian)
                s->kind_of[d].settled = -1;
    return DTN_OK;
}

/* --- is it an equilibrium? -------------------------------------------------------------------------- */

/* The payoff at node when the players choose as in chosen, but one who chose `from` now chooses node. */
static const fmpq *payoff(search *s, int node, int from)
{
    const dtn_action_graph *g = s->g;
    int width = g->node[node].neighbours;
    dtn_action_graph_begin(g, node, s->tuple);
    for (int a = 0; a < g->actions; a++) {
        int times = s->chosen[a] + (a == node) - (a == from);
        if (times && g->node[node].states.move[a])
            dtn_action_graph_join(g, node, s->tuple, a, times);
    }
    dtn_action_graph_counts(g, node, s->tuple + width, s->tuple);
    return g->node[node].payoff + dtn_action_graph_config(g, node, s->tuple + width);
}

/* Does a member of the class gain by another action? Players without types. */
static bool content(search *s, const kind *k)
{
    const dtn_agent *a = &s->g->agent[s->g->first[k->player[0]]];
    for (int i = 0; i < k->choices; i++) {
        if (!k->count[i])
            continue;
        const fmpq *now = payoff(s, a->action[i], a->action[i]);
        for (int j = 0; j < k->choices; j++)
            if (j != i && fmpq_cmp(payoff(s, a->action[j], a->action[i]), now) > 0)
                return false;
    }
    return true;
}

/* The first `choice` of a class that has members left for it, members in order; fills sigma with one profile. */
static void represent(search *s)
{
    const dtn_action_graph *g = s->g;
    const int *first = s->run->out->first;
    for (int i = 0; i < s->run->out->width; i++)
        fmpq_zero(s->sigma + i);
    for (int c = 0; c < s->classes; c++) {
        const kind *k = &s->kind_of[c];
        int choice = 0, used = 0;
        for (int m = 0; m < k->members; m++, used++) {
            while (used == k->count[choice]) {
                choice++;
                used = 0;
            }
            int p = k->player[m], rest = choice;
            for (int i = g->first[p]; i < g->first[p + 1]; i++) {
                fmpq_one(s->sigma + first[i] + rest % g->agent[i].actions);
                rest /= g->agent[i].actions;
            }
        }
    }
}

static dtn_status content_types(search *s, bool *is)
{
    int agents = s->g->agents;
    represent(s);
    DTN_TRY(dtn_verify_strategic(s->ctx, s->judged, s->judged + agents, s->game, s->sigma));
    *is = true;
    for (int i = 0; i < agents; i++)
        *is = *is && fmpq_is_zero(s->judged + agents + i);
    return DTN_OK;
}

/* --- what was found --------------------------------------------------------------------------------- */

/* number[0] = profiles that the configuration stands for. */
static void count_profiles(search *s)
{
    fmpz_one(s->number);
    for (int c = 0; c < s->classes; c++) {
        const kind *k = &s->kind_of[c];
        int left = k->members;
        for (int i = 0; i < k->choices; i++) {
            fmpz_bin_uiui(s->number + 2, (ulong)left, (ulong)k->count[i]);
            fmpz_mul(s->number, s->number, s->number + 2);
            left -= k->count[i];
        }
    }
}

/* Every way to give the choices of classes c ... to their members, from member m on. */
static dtn_status every_profile(search *s, int c, int m)
{
    const dtn_action_graph *g = s->g;
    const int *first = s->run->out->first;
    if (s->run->enough)
        return DTN_OK;
    if (c == s->classes)
        return dtn_profile_found(s->ctx, s->run, s->sigma, NULL);
    kind *k = &s->kind_of[c];
    if (m == k->members)
        return every_profile(s, c + 1, 0);
    int p = k->player[m];
    for (int choice = 0; choice < k->choices; choice++) {
        if (!k->count[choice])
            continue;
        k->count[choice]--;
        for (int i = g->first[p], rest = choice; i < g->first[p + 1]; rest /= g->agent[i++].actions)
            for (int n = 0; n < g->agent[i].actions; n++)
                fmpq_set_si(s->sigma + first[i] + n, n == rest % g->agent[i].actions, 1);
        dtn_status status = every_profile(s, c, m + 1);
        k->count[choice]++;
        DTN_TRY(status);
    }
    return DTN_OK;
}

/* "North 3, South 2" of each class, and how many profiles that is. */
static void add_row(search *s)
{
    const dtn_action_graph *g = s->g;
    dtn_finding *f = s->run->finding;
    char *text = fmpz_get_str(NULL, 10, s->number);
    dtn_finding_row_add(s->ctx, f);
    for (int c = 0; c < s->classes && g->bayesian == false; c++) {
        const kind *k = &s->kind_of[c];
        const dtn_agent *a = &g->agent[g->first[k->player[0]]];
        const char *words = "";
        for (int i = 0; i < k->choices && words; i++)
            if (k->count[i])
                words = dtn_arena_printf(s->ctx->scratch, "%s%s%s: %d", words, *words ? ", " : "",
                                         g->action_name[a->action[i]], k->count[i]);
        dtn_finding_put(s->ctx, f, dtn_cell_text(words ? words : ""));
    }
    dtn_finding_put(s->ctx, f, dtn_cell_text(text));
    flint_free(text);
}

static dtn_status keep(search *s)
{
    if (s->found == s->room) {
        int *more;
        s->room = s->room ? 2 * s->room : 64;
        DTN_ALLOC(s->ctx, s->ctx->scratch, more, (size_t)s->room * (size_t)s->size);
        for (size_t i = 0; i < (size_t)s->found * (size_t)s->size; i++)
            more[i] = s->kept[i];
        s->kept = more;
    }
    int *to = s->kept + (size_t)s->found++ * (size_t)s->size;
    for (int c = 0; c < s->classes; to += s->kind_of[c++].choices)
        memcpy(to, s->kind_of[c].count, (size_t)s->kind_of[c].choices * sizeof *to);
    count_profiles(s);
    fmpz_add(s->number + 1, s->number + 1, s->number);
    int wanted = s->run->options->first;
    s->enough = wanted > 0 && s->found >= wanted;
    return DTN_OK;
}

/* Hands on configuration i: every profile of it, or one. */
static dtn_status hand_on(search *s, int i, bool every)
{
    const int *from = s->kept + (size_t)i * (size_t)s->size;
    for (int c = 0; c < s->classes; from += s->kind_of[c++].choices)
        memcpy(s->kind_of[c].count, from, (size_t)s->kind_of[c].choices * sizeof *from);
    if (every)
        return every_profile(s, 0, 0);
    count_profiles(s);
    add_row(s);
    represent(s);
    return dtn_profile_found(s->ctx, s->run, s->sigma, NULL);
}

/* --- the search ------------------------------------------------------------------------------------- */

static dtn_status settle(search *s, int place);

/* Are all classes content that could be asked after this place? */
static dtn_status ask(search *s, int place)
{
    bool is = true;
    if (++s->run->out->nodes > MOST_NODES)
        s->cut = true;
    if (s->run->out->nodes % 64 == 0)
        DTN_TRY(dtn_ctx_poll(s->ctx));
    for (int c = 0; c < s->classes && is; c++)
        if (s->kind_of[c].settled == place) {
            if (s->g->bayesian)
                DTN_TRY(content_types(s, &is));
            else
                is = content(s, &s->kind_of[c]);
        }
    return is ? settle(s, place + 1) : DTN_OK;
}

/* Gives `left` members the choices from i on, in all ways. */
static dtn_status share_out(search *s, int place, int i, int left)
{
    kind *k = &s->kind_of[s->order[place]];
    const dtn_agent *a = &s->g->agent[s->g->first[k->player[0]]];
    if (s->enough || s->cut)
        return DTN_OK;
    for (int n = i + 1 < k->choices ? 0 : left; n <= left; n++) {
        k->count[i] = n;
        if (!s->g->bayesian)
            s->chosen[a->action[i]] += n;
        dtn_status status = i + 1 < k->choices ? share_out(s, place, i + 1, left - n) : ask(s, place);
        if (!s->g->bayesian)
            s->chosen[a->action[i]] -= n;
        k->count[i] = 0;
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status settle(search *s, int place)
{
    if (place == s->classes)
        return keep(s);
    return share_out(s, place, 0, s->kind_of[s->order[place]].members);
}

static void columns(search *s)
{
    const dtn_action_graph *g = s->g;
    dtn_finding *f = s->run->finding;
    dtn_finding_table_add(s->ctx, f, "configurations", "How many choose what");
    for (int c = 0; c < s->classes && !g->bayesian; c++) {
        char key[32], title[128];
        const kind *k = &s->kind_of[c];
        snprintf(key, sizeof key, "class-%d", c + 1);
        if (k->members == 1)
            snprintf(title, sizeof title, "%.100s", g->player_name[k->player[0]]);
        else
            snprintf(title, sizeof title, "%d players like %.80s", k->members, g->player_name[k->player[0]]);
        dtn_finding_column_add(s->ctx, f, key, title);
    }
    dtn_finding_column_add(s->ctx, f, "profiles", "Profiles");
}

static dtn_status conclude(search *s)
{
    dtn_profiles *out = s->run->out;
    char *all = fmpz_get_str(NULL, 10, s->number + 1);
    bool every = s->classes == s->g->players || fmpz_cmp_ui(s->number + 1, MOST_LISTED) <= 0;
    if (!every)
        columns(s);
    for (int i = 0; i < s->found && !s->run->enough; i++)
        DTN_TRY(hand_on(s, i, every));
    if (!every)
        dtn_finding_answer(
            s->ctx, s->run->finding,
            "%d way%s for players who are alike to share out the actions %s pure Nash equilibri%s; "
            "told who of them does what, that makes %s profiles. Listed is one profile of each.",
            s->found, s->found == 1 ? "" : "s", s->found == 1 ? "is a" : "are", s->found == 1 ? "um" : "a",
            all);
    flint_free(all);
    if (s->cut) {
        out->outcome = out->count ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_UNKNOWN;
        out->note = "the search stopped after 20 million steps: more pure equilibria may exist";
    } else if (out->count == 0) {
        out->outcome = DTN_OUTCOME_NONE;
    }
    return DTN_OK;
}

dtn_status dtn_pure_graph(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game)
{
    const dtn_action_graph *g = game->graph;
    search s = {.ctx = ctx, .run = run, .game = game, .g = g};
    int width = 1;
    for (int a = 0; a < g->actions; a++)
        width = g->node[a].neighbours > width ? g->node[a].neighbours : width;
    DTN_ALLOC(ctx, ctx->scratch, s.chosen, g->actions);
    DTN_ALLOC(ctx, ctx->scratch, s.tuple, 2 * (size_t)width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s.sigma, run->out->width);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, s.judged, 2 * (size_t)g->agents);
    s.number = dtn_arena_fmpz(ctx->scratch, 3);
    if (!s.number)
        return dtn_fail_nomem(ctx);
    DTN_TRY(find_classes(&s));
    DTN_TRY(find_order(&s));
    for (int c = 0; c < s.classes; c++)
        s.size += s.kind_of[c].choices;
    DTN_TRY(settle(&s, 0));
    run->out->candidates = s.found;
    return conclude(&s);
}
