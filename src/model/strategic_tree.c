/* The reduced strategic form of a tree with perfect recall.
 *
 * Method: a reduced strategy chooses an action at every own information set that its own earlier choices allow. In terms of the
 *   sequence form it is a set of sequences; a profile's payoff is the sum over the ends all of whose sequences it contains.
 * Cost: strategies x sequences for the list; for the payoffs each end counts once in every profile that reaches it. Exact.
 * Source: H. W. Kuhn (1953); B. von Stengel, Games and Economic Behavior 14 (1996). */
#include <limits.h>
#include <string.h>

#include "model/sequence_form.h"
#include "model/strategic.h"

/* Reduced strategies of one player. */
typedef struct plans {
    int count, words;
    uint64_t *has; /* [count][words] sequences of the plan */
    const char **name;
    int **with, *withs; /* [sequences] the plans that contain it, ascending */
} plans;

typedef struct reduction {
    dtn_ctx *ctx;
    const dtn_tree *tree;
    dtn_sequence_form form;
    plans *plan; /* [players] */
    size_t most;
} reduction;

static bool contains(const plans *p, int plan, int sequence)
{
    return p->has[(size_t)plan * (size_t)p->words + (size_t)(sequence / 64)] >> (sequence % 64) & 1;
}

/* Number of reduced strategies, at most `most` + 1: the product over information sets, from the last to the first. */
static dtn_status count_plans(reduction *r, int player, size_t *out)
{
    const dtn_sequence_form *f = &r->form;
    size_t *ways, most = r->most;
    DTN_ALLOC(r->ctx, r->ctx->scratch, ways, f->sequences[player]);
    for (int s = 0; s < f->sequences[player]; s++)
        ways[s] = 1;
    for (int k = f->constraints[player] - 1; k >= 1; k--) {
        size_t sum = 0, *above = &ways[f->from[player][k]];
        for (int s = f->first[player][k]; s < f->first[player][k] + f->count[player][k]; s++)
            sum = sum > most ? sum : sum + ways[s];
        *above = *above > most || sum > most || (sum && *above > most / sum) ? most + 1 : *above * sum;
    }
    *out = ways[0];
    return DTN_OK;
}

dtn_status dtn_reduced_count(dtn_ctx *ctx, long *out, const dtn_tree *tree, int player)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    reduction r = {.ctx = ctx, .tree = tree, .most = LONG_MAX - 1};
    size_t count = 0;
    dtn_status status = dtn_sequence_form_make(ctx, ctx->scratch, &r.form, tree);
    if (status == DTN_OK)
        status = count_plans(&r, player, &count);
    dtn_arena_release(ctx->scratch, mark);
    *out = count > r.most ? -1 : (long)count;
    return status;
}

/* The name joins the plan's actions; a player without choices has the one plan "-". */
static dtn_status name_plan(reduction *r, int player, const uint64_t *has, const char **out)
{
    const dtn_sequence_form *f = &r->form;
    size_t length = 2;
    for (int pass = 0; pass < 2; pass++) {
        char *to = NULL;
        if (pass) {
            to = dtn_arena_alloc(r->ctx->scratch, length);
            if (!to)
                return dtn_fail_nomem(r->ctx);
            *out = to;
        }
        bool first = true;
        for (int s = 1; s < f->sequences[player]; s++) {
            if (!(has[s / 64] >> (s % 64) & 1))
                continue;
            const char *action = r->tree->action[f->action[player][s]].name;
            size_t size = strlen(action);
            if (!pass) {
                length += size + 1;
            } else {
                if (!first)
                    *to++ = '/';
                memcpy(to, action, size);
                to += size;
            }
            first = false;
        }
        if (pass && first)
            *to = '-';
    }
    return DTN_OK;
}

/* Enumerates plans in the order of their actions: information set by information set, like a counter whose digits are only the sets that
 * the plan allows. */
static dtn_status list_plans(reduction *r, int player, plans *p, size_t count)
{
    const dtn_sequence_form *f = &r->form;
    int *choice, sets = f->constraints[player];
    p->words = (f->sequences[player] + 63) / 64;
    DTN_ALLOC(r->ctx, r->ctx->scratch, p->has, count * (size_t)p->words);
    DTN_ALLOC(r->ctx, r->ctx->scratch, p->name, count);
    DTN_ALLOC(r->ctx, r->ctx->scratch, choice, sets);
    for (bool more = true; more;) {
        uint64_t *has = p->has + (size_t)p->count * (size_t)p->words;
        has[0] = 1;
        for (int k = 1; k < sets; k++) {
            int from = f->from[player][k], own = f->first[player][k] + choice[k];
            if (has[from / 64] >> (from % 64) & 1)
                has[own / 64] |= (uint64_t)1 << (own % 64);
        }
        DTN_TRY(name_plan(r, player, has, &p->name[p->count]));
        more = false;
        for (int k = sets - 1; k >= 1 && !more; k--) {
            int from = f->from[player][k];
            more = (has[from / 64] >> (from % 64) & 1) && choice[k] + 1 < f->count[player][k];
            choice[k] = more ? choice[k] + 1 : 0;
        }
        p->count++;
    }
    return DTN_OK;
}

static dtn_status index_plans(reduction *r, int player, plans *p)
{
    int sequences = r->form.sequences[player];
    DTN_ALLOC(r->ctx, r->ctx->scratch, p->with, sequences);
    DTN_ALLOC(r->ctx, r->ctx->scratch, p->withs, sequences);
    for (int s = 0; s < sequences; s++) {
        DTN_ALLOC(r->ctx, r->ctx->scratch, p->with[s], p->count);
        for (int i = 0; i < p->count; i++)
            if (contains(p, i, s))
                p->with[s][p->withs[s]++] = i;
    }
    return DTN_OK;
}

/* Adds one end to every profile that contains its sequences. */
static void add_end(const reduction *r, fmpq *payoff, const dtn_sequence_end *end, const size_t *step,
                    int player, size_t profile)
{
    size_t players = (size_t)r->form.players;
    if (player < 0) {
        for (size_t q = 0; q < players; q++)
            fmpq_add(payoff + profile * players + q, payoff + profile * players + q, end->payoff + q);
        return;
    }
    const plans *p = &r->plan[player];
    int sequence = end->sequence[player];
    for (int i = 0; i < p->withs[sequence]; i++)
        add_end(r, payoff, end, step, player - 1, profile + (size_t)p->with[sequence][i] * step[player]);
}

static dtn_status reduce(reduction *r, dtn_strategic **out)
{
    const dtn_tree *t = r->tree;
    dtn_ctx *ctx = r->ctx;
    size_t profiles = 1, *counts, *step;
    int *strategies;
    const char **player;
    const char *const **names;
    DTN_TRY(dtn_sequence_form_make(ctx, ctx->scratch, &r->form, t));
    DTN_ALLOC(ctx, ctx->scratch, counts, t->players);
    DTN_ALLOC(ctx, ctx->scratch, step, t->players);
    DTN_ALLOC(ctx, ctx->scratch, strategies, t->players);
    DTN_ALLOC(ctx, ctx->scratch, player, t->players);
    DTN_ALLOC(ctx, ctx->scratch, names, t->players);
    DTN_ALLOC(ctx, ctx->scratch, r->plan, t->players);
    for (int p = 0; p < t->players; p++) {
        DTN_TRY(count_plans(r, p, &counts[p]));
        step[p] = profiles;
        if (counts[p] > r->most || profiles > r->most / counts[p])
            return dtn_fail(ctx, DTN_LIMIT, "the reduced strategic form has more than %zu profiles", r->most);
        profiles *= counts[p];
    }
    for (int p = 0; p < t->players; p++) {
        DTN_TRY(list_plans(r, p, &r->plan[p], counts[p]));
        DTN_TRY(index_plans(r, p, &r->plan[p]));
        strategies[p] = r->plan[p].count;
        player[p] = t->player[p].name;
        names[p] = r->plan[p].name;
    }
    fmpq *payoff;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, payoff, profiles * (size_t)t->players);
    for (int e = 0; e < r->form.ends; e++) {
        DTN_TRY(dtn_ctx_poll(ctx));
        add_end(r, payoff, &r->form.end[e], step, t->players - 1, 0);
    }
    return dtn_strategic_new(ctx, out, t->title, t->players, strategies, player, names, payoff);
}

dtn_status dtn_strategic_from_tree(dtn_ctx *ctx, dtn_strategic **out, const dtn_tree *tree,
                                   size_t max_profiles)
{
    *out = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    reduction r = {.ctx = ctx, .tree = tree, .most = max_profiles};
    dtn_status status = reduce(&r, out);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
