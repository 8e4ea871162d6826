/* Sequence form: sequences by information set, constraints, ends with equal sequences added up.
 * Cost: linear in nodes times players, on average (a hash table joins ends). Exact.
 * Source: B. von Stengel, Efficient computation of behavior strategies, Games and Economic Behavior 14 (1996). */
#include "model/sequence_form.h"

#include <string.h>

typedef struct making {
    const dtn_tree *tree;
    dtn_sequence_form *form;
    dtn_arena *arena;
    int *last;    /* [nodes][players] sequence of each player at a node */
    fmpq *chance; /* [nodes] */
    int *sequence_of;
    int **action, **from, **first, **count;
    int *sequences, *constraints;
} making;

static dtn_status number_sequences(dtn_ctx *ctx, making *m)
{
    const dtn_tree *t = m->tree;
    DTN_ALLOC(ctx, m->arena, m->sequences, t->players);
    DTN_ALLOC(ctx, m->arena, m->constraints, t->players);
    DTN_ALLOC(ctx, m->arena, m->sequence_of, t->actions);
    DTN_ALLOC(ctx, m->arena, m->action, t->players);
    DTN_ALLOC(ctx, m->arena, m->from, t->players);
    DTN_ALLOC(ctx, m->arena, m->first, t->players);
    DTN_ALLOC(ctx, m->arena, m->count, t->players);
    for (int p = 0; p < t->players; p++)
        m->sequences[p] = m->constraints[p] = 1;
    for (int h = 0; h < t->infosets; h++) {
        int p = t->infoset[h].player;
        m->constraints[p]++;
        for (int a = 0; a < t->infoset[h].actions; a++)
            m->sequence_of[t->infoset[h].first_action + a] = m->sequences[p]++;
    }
    for (int p = 0; p < t->players; p++) {
        DTN_ALLOC(ctx, m->arena, m->action[p], m->sequences[p]);
        DTN_ALLOC(ctx, m->arena, m->from[p], m->constraints[p]);
        DTN_ALLOC(ctx, m->arena, m->first[p], m->constraints[p]);
        DTN_ALLOC(ctx, m->arena, m->count[p], m->constraints[p]);
        m->action[p][0] = m->from[p][0] = -1;
        m->count[p][0] = 1;
    }
    for (int a = 0; a < t->actions; a++)
        m->action[t->infoset[t->action[a].infoset].player][m->sequence_of[a]] = a;
    return DTN_OK;
}

/* Sequences and chance probability at every node, from the parent's. */
static dtn_status follow(dtn_ctx *ctx, making *m)
{
    const dtn_tree *t = m->tree;
    size_t players = (size_t)t->players;
    DTN_ALLOC(ctx, ctx->scratch, m->last, (size_t)t->nodes * players);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, m->chance, t->nodes);
    fmpq_one(m->chance);
    for (int n = 1; n < t->nodes; n++) {
        int up = t->node[n].parent, h = t->node[up].infoset;
        memcpy(m->last + (size_t)n * players, m->last + (size_t)up * players, players * sizeof *m->last);
        fmpq_set(m->chance + n, m->chance + up);
        if (h >= 0)
            m->last[(size_t)n * players + (size_t)t->infoset[h].player] =
                m->sequence_of[t->infoset[h].first_action + t->node[n].branch];
        else if (!fmpq_is_one(t->chance + n))
            fmpq_mul(m->chance + n, m->chance + n, t->chance + n);
    }
    int *next;
    DTN_ALLOC(ctx, ctx->scratch, next, t->players);
    for (int h = 0; h < t->infosets; h++) {
        int p = t->infoset[h].player, k = ++next[p];
        int node = t->members[t->infoset[h].first_member];
        m->from[p][k] = m->last[(size_t)node * players + (size_t)p];
        m->first[p][k] = m->sequence_of[t->infoset[h].first_action];
        m->count[p][k] = t->infoset[h].actions;
    }
    return DTN_OK;
}

static uint64_t hash(const int *sequence, size_t players)
{
    uint64_t h = 1469598103934665603u;
    for (size_t p = 0; p < players; p++)
        h = (h ^ (uint64_t)(unsigned)sequence[p]) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 31;
}

/* Ends with equal sequences are one. */
static dtn_status join_ends(dtn_ctx *ctx, making *m)
{
    const dtn_tree *t = m->tree;
    size_t players = (size_t)t->players, slots = 16;
    while (slots < 2 * (size_t)t->terminals)
        slots *= 2;
    int *slot, ends = 0;
    dtn_sequence_end *end;
    DTN_ALLOC(ctx, ctx->scratch, slot, slots);
    DTN_ALLOC(ctx, m->arena, end, t->terminals);
    fmpq *payoff;
    int *sequence;
    DTN_ALLOC_FMPQ(ctx, m->arena, payoff, (size_t)t->terminals * players);
    DTN_ALLOC(ctx, m->arena, sequence, (size_t)t->terminals * players);
    for (int n = 0; n < t->nodes; n++) {
        if (t->node[n].kind != DTN_NODE_TERMINAL)
            continue;
        const int *at = m->last + (size_t)n * players;
        size_t k = (size_t)hash(at, players) & (slots - 1);
        while (slot[k] && memcmp(end[slot[k] - 1].sequence, at, players * sizeof *at) != 0)
            k = (k + 1) & (slots - 1);
        if (!slot[k]) {
            memcpy(sequence + (size_t)ends * players, at, players * sizeof *at);
            end[ends] = (dtn_sequence_end){sequence + (size_t)ends * players, payoff + (size_t)ends * players};
            slot[k] = ++ends;
        }
        fmpq *sum = payoff + (size_t)(slot[k] - 1) * players;
        for (size_t p = 0; p < players; p++)
            fmpq_addmul(sum + p, m->chance + n,
                        dtn_payoffs_at(&t->payoff, (size_t)t->node[n].terminal * players + p).q);
    }
    m->form->end = end;
    m->form->ends = ends;
    return DTN_OK;
}

static dtn_status make(dtn_ctx *ctx, making *m)
{
    DTN_TRY(number_sequences(ctx, m));
    DTN_TRY(follow(ctx, m));
    DTN_TRY(join_ends(ctx, m));
    m->form->players = m->tree->players;
    m->form->sequences = m->sequences;
    m->form->constraints = m->constraints;
    m->form->action = (const int *const *)m->action;
    m->form->from = (const int *const *)m->from;
    m->form->first = (const int *const *)m->first;
    m->form->count = (const int *const *)m->count;
    m->form->sequence_of = m->sequence_of;
    return DTN_OK;
}

dtn_status dtn_sequence_form_make(dtn_ctx *ctx, dtn_arena *arena, dtn_sequence_form *out, const dtn_tree *tree)
{
    if (!tree->perfect_recall)
        return dtn_fail(ctx, DTN_DOMAIN, "the sequence form needs perfect recall: player %s forgets at %s",
                        tree->player[tree->infoset[tree->recall_infoset].player].name,
                        tree->infoset[tree->recall_infoset].name);
    *out = (dtn_sequence_form){0};
    making m = {.tree = tree, .form = out, .arena = arena};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = make(ctx, &m);
    if (arena != ctx->scratch) /* else the result would go too */
        dtn_arena_release(ctx->scratch, mark);
    return status;
}

void dtn_sequence_form_realize(const dtn_sequence_form *form, fmpq *const *weight, const fmpq *sigma)
{
    for (int p = 0; p < form->players; p++) {
        fmpq_one(weight[p]);
        for (int k = 1; k < form->constraints[p]; k++)
            for (int s = form->first[p][k]; s < form->first[p][k] + form->count[p][k]; s++)
                fmpq_mul(weight[p] + s, weight[p] + form->from[p][k], sigma + form->action[p][s]);
    }
}

void dtn_sequence_form_behave(const dtn_sequence_form *form, fmpq *sigma, fmpq *const *weight)
{
    for (int p = 0; p < form->players; p++)
        for (int k = 1; k < form->constraints[p]; k++)
            for (int s = form->first[p][k]; s < form->first[p][k] + form->count[p][k]; s++) {
                fmpq *out = sigma + form->action[p][s];
                if (fmpq_is_zero(weight[p] + form->from[p][k]))
                    fmpq_set_si(out, 1, (ulong)form->count[p][k]);
                else
                    fmpq_div(out, weight[p] + s, weight[p] + form->from[p][k]);
            }
}

void dtn_sequence_form_payoff(const dtn_sequence_form *form, fmpq *payoff, fmpq *const *weight)
{
    fmpq_t product;
    fmpq_init(product);
    for (int p = 0; p < form->players; p++)
        fmpq_zero(payoff + p);
    for (int e = 0; e < form->ends; e++) {
        fmpq_one(product);
        for (int p = 0; p < form->players; p++)
            fmpq_mul(product, product, weight[p] + form->end[e].sequence[p]);
        for (int p = 0; p < form->players; p++)
            fmpq_addmul(payoff + p, product, form->end[e].payoff + p);
    }
    fmpq_clear(product);
}
