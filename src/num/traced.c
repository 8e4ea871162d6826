/* Traced numbers: the arithmetic.
 *
 * Method: every function is brought to lowest terms and looked up among those known, so that equal functions are one; every operation
 *   on functions is remembered, so that a second run repeats only what is new.
 * Cost: one polynomial gcd for a new operation, one look-up for a known one. Exact. */
#include "num/traced_parts.h"

#include <string.h>

#include "num/rational.h"

enum { MOST_TERMS = 600 };

/* --- the trace ----------------------------------------------------------------------------------- */

static dtn_status set_up(dtn_ctx *ctx, dtn_trace *t)
{
    t->places = 1024;
    t->memos = 4096;
    t->node_room = 512;
    t->factor_room = 64;
    t->ask_room = 64;
    DTN_ALLOC(ctx, t->arena, t->node, t->node_room);
    DTN_ALLOC(ctx, t->arena, t->place, t->places);
    DTN_ALLOC(ctx, t->arena, t->memo, t->memos);
    DTN_ALLOC(ctx, t->arena, t->factor, t->factor_room);
    DTN_ALLOC(ctx, t->arena, t->asked, t->ask_room);
    DTN_ALLOC_FMPQ(ctx, t->arena, t->sample, t->params);
    DTN_ALLOC_FMPQ(ctx, t->arena, t->work, 3);
    return DTN_OK;
}

dtn_status dtn_trace_new(dtn_ctx *ctx, dtn_trace **out, int params)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_trace *t = arena ? dtn_arena_array(arena, 1, sizeof *t) : NULL;
    if (!t) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *t = (dtn_trace){.ctx = ctx, .arena = arena, .params = params};
    fmpz_mpoly_ctx_init(t->ring, params, ORD_DEGLEX);
    fmpz_mpoly_init(t->a, t->ring);
    fmpz_mpoly_init(t->b, t->ring);
    fmpz_mpoly_init(t->c, t->ring);
    fmpz_mpoly_init(t->d, t->ring);
    fmpz_mpoly_init(t->g, t->ring);
    dtn_status status = set_up(ctx, t);
    if (status != DTN_OK) {
        dtn_trace_free(t);
        return status;
    }
    *out = t;
    return DTN_OK;
}

void dtn_trace_free(dtn_trace *t)
{
    if (!t)
        return;
    for (int i = 0; i < t->nodes; i++) {
        fmpz_mpoly_clear(t->node[i]->num, t->ring);
        fmpz_mpoly_clear(t->node[i]->den, t->ring);
    }
    for (int i = 0; i < t->factors; i++)
        fmpz_mpoly_clear(t->factor[i]->poly, t->ring);
    fmpz_mpoly_clear(t->a, t->ring);
    fmpz_mpoly_clear(t->b, t->ring);
    fmpz_mpoly_clear(t->c, t->ring);
    fmpz_mpoly_clear(t->d, t->ring);
    fmpz_mpoly_clear(t->g, t->ring);
    fmpz_mpoly_ctx_clear(t->ring);
    dtn_arena_free(t->arena);
}

void dtn_trace_start(dtn_trace *t, const fmpq *sample)
{
    t->run++;
    t->asks = 0;
    t->state = DTN_TRACE_SOUND;
    for (int i = 0; i < t->params; i++)
        fmpq_set(&t->sample[i], &sample[i]);
}

dtn_trace_state dtn_trace_end(const dtn_trace *t)
{
    return t->state;
}

void dtn_trace_lose(dtn_trace *t)
{
    if (t->state != DTN_TRACE_NOMEM)
        t->state = DTN_TRACE_LOST;
}

/* --- functions ----------------------------------------------------------------------------------- */

static uint64_t mixed(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static uint64_t hash_of(uint64_t h, const fmpz_mpoly_t p, const dtn_trace *t)
{
    ulong exponent[32];
    fmpz_t c;
    fmpz_init(c);
    for (slong i = 0; i < fmpz_mpoly_length(p, t->ring); i++) {
        fmpz_mpoly_get_term_coeff_fmpz(c, p, i, t->ring);
        h = mixed(h, fmpz_fdiv_ui(c, UINT64_C(0xFFFFFFFFFFFFFFC5)));
        fmpz_mpoly_get_term_exp_ui(exponent, p, i, t->ring);
        for (int v = 0; v < t->params; v++)
            h = mixed(h, exponent[v]);
    }
    fmpz_clear(c);
    return mixed(h, 7);
}

static bool grow_places(dtn_trace *t)
{
    size_t places = 2 * t->places;
    dtn_traced_node **bigger = dtn_arena_array(t->arena, places, sizeof(dtn_traced_node *));
    if (!bigger)
        return false;
    for (int i = 0; i < t->nodes; i++) {
        size_t at = t->node[i]->hash & (places - 1);
        while (bigger[at])
            at = (at + 1) & (places - 1);
        bigger[at] = t->node[i];
    }
    t->place = bigger;
    t->places = places;
    return true;
}

/* The function a / b of t's scratch, which is in lowest terms. NULL: out of memory. */
static dtn_traced_node *intern(dtn_trace *t)
{
    uint64_t hash = hash_of(hash_of(1, t->a, t), t->b, t);
    size_t at = hash & (t->places - 1);
    for (; t->place[at]; at = (at + 1) & (t->places - 1))
        if (t->place[at]->hash == hash && fmpz_mpoly_equal(t->place[at]->num, t->a, t->ring) &&
            fmpz_mpoly_equal(t->place[at]->den, t->b, t->ring))
            return t->place[at];
    if (t->nodes == t->node_room) {
        dtn_traced_node **bigger = dtn_arena_array(t->arena, 2 * (size_t)t->node_room, sizeof *bigger);
        if (!bigger)
            return NULL;
        memcpy(bigger, t->node, (size_t)t->nodes * sizeof *bigger);
        t->node = bigger;
        t->node_room *= 2;
    }
    dtn_traced_node *node = dtn_arena_array(t->arena, 1, sizeof *node);
    if (!node)
        return NULL;
    *node = (dtn_traced_node){.trace = t, .hash = hash, .id = t->nodes, .factors = -1};
    fmpz_mpoly_init(node->num, t->ring);
    fmpz_mpoly_init(node->den, t->ring);
    fmpz_mpoly_set(node->num, t->a, t->ring);
    fmpz_mpoly_set(node->den, t->b, t->ring);
    t->node[t->nodes++] = node;
    t->place[at] = node;
    if (2 * (size_t)t->nodes > t->places && !grow_places(t))
        t->state = DTN_TRACE_NOMEM; /* it still works, only full */
    return node;
}

/* Brings a / b of t's scratch to lowest terms. */
static void reduce(dtn_trace *t)
{
    if (fmpz_mpoly_is_zero(t->a, t->ring)) {
        fmpz_mpoly_one(t->b, t->ring);
        return;
    }
    if (!fmpz_mpoly_is_one(t->b, t->ring)) {
        if (fmpz_mpoly_gcd_cofactors(t->g, t->c, t->d, t->a, t->b, t->ring)) {
            fmpz_mpoly_swap(t->a, t->c, t->ring);
            fmpz_mpoly_swap(t->b, t->d, t->ring);
        } else {
            dtn_trace_lose(t);
        }
        fmpz_t c;
        fmpz_init(c);
        fmpz_mpoly_get_term_coeff_fmpz(c, t->b, 0, t->ring);
        if (fmpz_sgn(c) < 0) {
            fmpz_mpoly_neg(t->a, t->a, t->ring);
            fmpz_mpoly_neg(t->b, t->b, t->ring);
        }
        fmpz_clear(c);
    }
    if (fmpz_mpoly_length(t->a, t->ring) > MOST_TERMS || fmpz_mpoly_length(t->b, t->ring) > MOST_TERMS)
        dtn_trace_lose(t);
}

static dtn_traced_node *operand(dtn_trace *t, const fmpq *x)
{
    dtn_traced_node *node = dtn_traced_node_of(x);
    if (node)
        return node;
    fmpz_mpoly_set_fmpz(t->a, fmpq_numref(x), t->ring);
    fmpz_mpoly_set_fmpz(t->b, fmpq_denref(x), t->ring);
    return intern(t);
}

static void give(fmpq *out, const dtn_traced_node *node)
{
    const dtn_trace *t = node->trace;
    if (fmpz_mpoly_is_fmpz(node->num, t->ring) && fmpz_mpoly_is_fmpz(node->den, t->ring)) {
        fmpz_mpoly_get_fmpz(fmpq_numref(out), node->num, t->ring);
        fmpz_mpoly_get_fmpz(fmpq_denref(out), node->den, t->ring);
        return;
    }
    fmpz_set_si(fmpq_numref(out), (slong)(intptr_t)node);
    fmpz_zero(fmpq_denref(out));
}

void dtn_trace_param(fmpq_t out, dtn_trace *t, int i)
{
    fmpz_mpoly_gen(t->a, i, t->ring);
    fmpz_mpoly_one(t->b, t->ring);
    const dtn_traced_node *node = intern(t);
    if (node)
        give(out, node);
    else
        t->state = DTN_TRACE_NOMEM;
}

/* a op b into t's scratch. */
static void calculate(dtn_trace *t, dtn_traced_operation op, const dtn_traced_node *a,
                      const dtn_traced_node *b)
{
    if (op == DTN_TRACED_PRODUCT) {
        fmpz_mpoly_mul(t->a, a->num, b->num, t->ring);
        fmpz_mpoly_mul(t->b, a->den, b->den, t->ring);
    } else if (op == DTN_TRACED_QUOTIENT) {
        fmpz_mpoly_mul(t->a, a->num, b->den, t->ring);
        fmpz_mpoly_mul(t->b, a->den, b->num, t->ring);
    } else {
        bool same = fmpz_mpoly_equal(a->den, b->den, t->ring);
        if (same) {
            fmpz_mpoly_set(t->a, a->num, t->ring);
            fmpz_mpoly_set(t->g, b->num, t->ring);
            fmpz_mpoly_set(t->b, a->den, t->ring);
        } else {
            fmpz_mpoly_mul(t->a, a->num, b->den, t->ring);
            fmpz_mpoly_mul(t->g, b->num, a->den, t->ring);
            fmpz_mpoly_mul(t->b, a->den, b->den, t->ring);
        }
        if (op == DTN_TRACED_SUM)
            fmpz_mpoly_add(t->a, t->a, t->g, t->ring);
        else
            fmpz_mpoly_sub(t->a, t->a, t->g, t->ring);
    }
    reduce(t);
}

static dtn_traced_memo *memo_at(const dtn_traced_memo *memo, size_t memos, uint64_t key)
{
    size_t at = mixed(3, key) & (memos - 1);
    while (memo[at].key && memo[at].key != key)
        at = (at + 1) & (memos - 1);
    return (dtn_traced_memo *)&memo[at];
}

static void remember(dtn_trace *t, uint64_t key, dtn_traced_node *result)
{
    if (2 * t->memo_room > t->memos) {
        size_t memos = 2 * t->memos;
        dtn_traced_memo *bigger = dtn_arena_array(t->arena, memos, sizeof *bigger);
        if (!bigger)
            return; /* it is only slower */
        for (size_t i = 0; i < t->memos; i++)
            if (t->memo[i].key)
                *memo_at(bigger, memos, t->memo[i].key) = t->memo[i];
        t->memo = bigger;
        t->memos = memos;
    }
    *memo_at(t->memo, t->memos, key) = (dtn_traced_memo){key, result};
    t->memo_room++;
}

void dtn_traced_combine(fmpq *out, dtn_traced_operation op, const fmpq *a, const fmpq *b)
{
    const dtn_traced_node *first = dtn_traced_node_of(a);
    dtn_trace *t = first ? first->trace : dtn_traced_node_of(b)->trace;
    dtn_traced_node *left = operand(t, a), *right = operand(t, b), *result = NULL;
    if (t->state == DTN_TRACE_LOST || t->state == DTN_TRACE_NOMEM || !left || !right) {
        if (!left || !right)
            t->state = DTN_TRACE_NOMEM;
        fmpq_zero(out); /* the run is void: what it still does must only end */
        return;
    }
    if ((op == DTN_TRACED_SUM || op == DTN_TRACED_PRODUCT) && left->id > right->id) {
        dtn_traced_node *swap = left;
        left = right;
        right = swap;
    }
    uint64_t key = ((uint64_t)left->id << 34 | (uint64_t)right->id << 4 | (uint64_t)op << 1) + 1;
    const dtn_traced_memo *memo = memo_at(t->memo, t->memos, key);
    if (memo->key) {
        result = memo->result;
    } else {
        calculate(t, op, left, right);
        result = intern(t);
        if (result)
            remember(t, key, result);
    }
    if (result) {
        give(out, result);
    } else {
        t->state = DTN_TRACE_NOMEM;
        fmpq_zero(out);
    }
}
