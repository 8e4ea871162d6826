/* backward: subgame perfect equilibria of games with perfect information, ties included, exactly.
 *
 * Method: backward induction on whole payoff vectors. Where all best moves of a node lead to the same vector, values are unique and one
 *   equilibrium with free moves describes all. Otherwise a node has several options (vector and play that can follow in a pure subgame
 *   perfect equilibrium): a move to child c with its option o is one if the mover could not gain by any other child at the option
 *   there that is worst for the mover. Each option at the root is one play, with the other nodes chosen to hold it.
 * Cost: one comparison a branch when values are unique; otherwise options are listed up to a limit. Exact.
 * Source: R. Selten (1965); H. W. Kuhn, Extensive games and the problem of information (1953). */
#include <string.h>

#include "solve/backward.h"
#include "solve/solver.h"

enum { MOST_OPTIONS = 4096, MOST_EQUILIBRIA = 10000, MOST_NUMBERS = 50000000 };

/* One play that may follow a node in equilibrium. */
typedef struct option {
    const fmpq *value; /* [players] */
    int branch, next;  /* decision: the branch and the option of its child */
    const int *each;   /* chance: the option of every child */
} option;

typedef struct solve {
    const dtn_tree *tree;
    size_t players;
    const fmpq *payoff; /* [terminals][players] */
    option **list;      /* [nodes] */
    option *only;       /* [nodes] where a list of one stands */
    int *count;         /* [nodes] */
    bool several;       /* some node has options of different value */
    bool cut;           /* some list is not complete */
    bool *tied;         /* [nodes] several best branches, all of one value */
} solve;

/* Index of the option at a node that is worst for a player. */
static int worst(const solve *s, int node, int player)
{
    int out = 0;
    for (int k = 1; k < s->count[node]; k++)
        if (fmpq_cmp(s->list[node][k].value + player, s->list[node][out].value + player) < 0)
            out = k;
    return out;
}

static bool same_value(const solve *s, const fmpq *a, const fmpq *b)
{
    for (size_t p = 0; p < s->players; p++)
        if (!fmpq_equal(a + p, b + p))
            return false;
    return true;
}

static dtn_status decision(dtn_ctx *ctx, solve *s, int n)
{
    const dtn_node *node = &s->tree->node[n];
    int player = s->tree->infoset[node->infoset].player, first = -1, second = -1, room = 0;
    const fmpq *floor[2] = {NULL,
                            NULL}; /* what other branches leave the mover at least: greatest, and second */
    for (int b = 0; b < node->branches; b++) {
        int child = dtn_tree_child(s->tree, n, b);
        const fmpq *least = s->list[child][worst(s, child, player)].value + player;
        room += s->count[child];
        if (first < 0 || fmpq_cmp(least, floor[0]) > 0) {
            second = first;
            floor[1] = floor[0];
            first = b;
            floor[0] = least;
        } else if (second < 0 || fmpq_cmp(least, floor[1]) > 0) {
            second = b;
            floor[1] = least;
        }
    }
    s->list[n] = &s->only[n];
    for (int b = 0; b < node->branches; b++) {
        int child = dtn_tree_child(s->tree, n, b);
        const fmpq *least = b == first ? floor[1] : floor[0];
        for (int k = 0; k < s->count[child]; k++) {
            const fmpq *value = s->list[child][k].value;
            if (least && fmpq_cmp(value + player, least) < 0)
                continue;
            if (s->count[n] == 1 && !s->several && same_value(s, s->list[n][0].value, value)) {
                s->tied[n] = true;
                continue;
            }
            if (s->count[n] == MOST_OPTIONS) {
                s->cut = true;
                return DTN_OK;
            }
            if (s->count[n] == 1) {
                DTN_ALLOC(ctx, ctx->scratch, s->list[n], room < MOST_OPTIONS ? room : MOST_OPTIONS);
                s->list[n][0] = s->only[n];
            }
            s->list[n][s->count[n]++] = (option){value, b, k, NULL};
        }
    }
    return DTN_OK;
}

static dtn_status chance(dtn_ctx *ctx, solve *s, int n)
{
    const dtn_node *node = &s->tree->node[n];
    long combinations = 1;
    for (int b = 0; b < node->branches && combinations <= MOST_OPTIONS; b++)
        combinations *= s->count[dtn_tree_child(s->tree, n, b)];
    if (combinations > MOST_OPTIONS) {
        combinations = MOST_OPTIONS;
        s->cut = true;
    }
    DTN_ALLOC(ctx, ctx->scratch, s->list[n], combinations);
    int *each;
    DTN_ALLOC(ctx, ctx->scratch, each, node->branches);
    for (long k = 0; k < combinations; k++) {
        fmpq *value;
        int *copy;
        DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, s->players);
        DTN_ALLOC(ctx, ctx->scratch, copy, node->branches);
        memcpy(copy, each, (size_t)node->branches * sizeof *copy);
        for (int b = 0; b < node->branches; b++) {
            int child = dtn_tree_child(s->tree, n, b);
            for (size_t p = 0; p < s->players; p++)
                fmpq_addmul(value + p, s->tree->chance + child, s->list[child][each[b]].value + p);
        }
        s->list[n][s->count[n]++] = (option){value, -1, -1, copy};
        for (int b = 0; b < node->branches; b++) {
            if (++each[b] < s->count[dtn_tree_child(s->tree, n, b)])
                break;
            each[b] = 0;
        }
    }
    return DTN_OK;
}

/* Options of every node from the ends up. Lists of equal values are cut to one as long as no node has several. */
static dtn_status induce(dtn_ctx *ctx, solve *s)
{
    for (int n = s->tree->nodes - 1; n >= 0; n--) {
        const dtn_node *node = &s->tree->node[n];
        if (n % 1024 == 0)
            DTN_TRY(dtn_ctx_poll(ctx));
        if (node->kind == DTN_NODE_DECISION) {
            DTN_TRY(decision(ctx, s, n));
        } else if (node->kind == DTN_NODE_CHANCE) {
            DTN_TRY(chance(ctx, s, n));
        } else {
            s->list[n] = &s->only[n];
            s->list[n][s->count[n]++] =
                (option){s->payoff + (size_t)node->terminal * s->players, -1, -1, NULL};
        }
        s->several = s->several || s->count[n] > 1;
    }
    return DTN_OK;
}

/* Pure strategies that play option k at the root and hold it everywhere else. pick: [nodes] working space. */
static void choose(const solve *s, int k, fmpq *sigma, int *pick)
{
    pick[0] = k;
    for (int n = 0; n < s->tree->nodes; n++) {
        const dtn_node *node = &s->tree->node[n];
        const option *o = &s->list[n][pick[n]];
        for (int b = 0; b < node->branches; b++) {
            int child = dtn_tree_child(s->tree, n, b);
            if (node->kind == DTN_NODE_CHANCE)
                pick[child] = o->each[b];
            else
                pick[child] =
                    b == o->branch ? o->next : worst(s, child, s->tree->infoset[node->infoset].player);
        }
        if (node->kind == DTN_NODE_DECISION)
            fmpq_one(sigma + s->tree->infoset[node->infoset].first_action + o->branch);
    }
}

static dtn_status report(dtn_ctx *ctx, solve *s, dtn_equilibria *out, const dtn_solve_options *options)
{
    int found = s->count[0], *pick, shown = found < MOST_EQUILIBRIA ? found : MOST_EQUILIBRIA;
    if (options->first > 0 && options->first < shown)
        shown = options->first;
    if (shown > MOST_NUMBERS / s->tree->nodes + 1)
        shown = MOST_NUMBERS / s->tree->nodes + 1;
    DTN_ALLOC(ctx, ctx->scratch, pick, s->tree->nodes);
    DTN_ALLOC(ctx, out->arena, out->item, shown);
    for (int k = 0; k < shown; k++) {
        dtn_equilibrium *e = &out->item[out->count++];
        DTN_TRY(dtn_ctx_poll(ctx));
        DTN_TRY(dtn_assessment_new(ctx, out->arena, &e->at, s->tree));
        choose(s, k, e->at.sigma, pick);
        for (int n = 0; n < s->tree->nodes; n++)
            if (s->tree->node[n].kind == DTN_NODE_DECISION)
                fmpq_one(e->at.belief + n);
        e->rung = DTN_RUNG_SPE;
        e->exact = true;
        e->dimension = -1;
    }
    out->supports = found;
    for (int n = 0; n < s->tree->nodes && s->several && !s->cut; n++)
        s->cut = s->tied[n]; /* a tie of equal values was listed once */
    if (s->several || s->cut || shown < found) {
        out->outcome = DTN_OUTCOME_PARTIAL;
        out->note = s->cut || shown < found
                        ? "ties: there are more pure equilibria than are listed, and mixtures of them"
                        : "ties: all plays of pure subgame perfect equilibria are listed; where a mover is "
                          "indifferent, "
                          "mixtures may be subgame perfect too";
    }
    return DTN_OK;
}

static dtn_status solve_in(dtn_ctx *ctx, dtn_equilibria *out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    solve s = {.tree = tree, .players = (size_t)tree->players};
    bool unique;
    DTN_ALLOC(ctx, out->arena, out->item, 1);
    DTN_TRY(dtn_backward_unique(ctx, out->arena, out->item, &unique, tree));
    out->count = out->supports = 1;
    if (unique)
        return DTN_OK;
    out->count = 0;
    DTN_ALLOC(ctx, ctx->scratch, s.list, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, s.only, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, s.count, tree->nodes);
    DTN_ALLOC(ctx, ctx->scratch, s.tied, tree->nodes);
    DTN_TRY(dtn_payoffs_fractions(ctx, &s.payoff, ctx->scratch, &tree->payoff));
    DTN_TRY(induce(ctx, &s));
    return report(ctx, &s, out, options);
}

static dtn_status run_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *made = arena ? dtn_arena_array(arena, 1, sizeof *made) : NULL;
    if (!made) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *made = (dtn_equilibria){.arena = arena, .method = "backward"};
    dtn_status status = solve_in(ctx, made, tree, options);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = made;
    return DTN_OK;
}

const dtn_solver dtn_solver_backward = {
    .name = "backward",
    .title = "Subgame perfect equilibria of games with perfect information, ties included",
    .source = "H. W. Kuhn, Extensive games and the problem of information (1953); R. Selten, Zeitschrift für "
              "die gesamte "
              "Staatswissenschaft 121 (1965)",
    .needs = DTN_NEED_PERFECT_INFORMATION,
    .finds = DTN_FINDS_ALL,
    .exact = true,
    .run_tree = run_tree,
};
