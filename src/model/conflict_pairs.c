/* Comparisons of pairs of states: read from chains ("a > b ? c"), laid over a ranking or closed under transitivity.
 * Method: comparisons alone are edges of "at least as good"; what is known are its reflexive transitive closure, by Warshall's
 *         algorithm on rows of bits, and of its paths those with a strict (strong) step. Over a ranking each comparison
 *         replaces what the ranks say of its pairs. Ranks are found again where all is known and agrees with some ranking.
 * Cost: states^2 memory, states^3 / 64 steps. Exact. */
#include "model/conflict_pairs.h"

#include <ctype.h>
#include <string.h>

#include "model/conflict_builder.h"

dtn_preference_spec *dtn_builder_variant(dtn_conflict_builder *b, int player, const char *variant)
{
    dtn_list *list = &((dtn_player_spec *)b->players.item)[player].preferences;
    for (int v = 0; v < list->count; v++)
        if (!strcmp(((dtn_preference_spec *)list->item)[v].shown.name, variant ? variant : ""))
            return (dtn_preference_spec *)list->item + v;
    return NULL;
}

/* The sign at *at, which moves behind it. */
static dtn_comparison sign_at(const char **at)
{
    char sign = *(*at)++;
    if (sign == '>' && **at == '>') {
        ++*at;
        return DTN_MUCH_BETTER;
    }
    return sign == '>' ? DTN_BETTER : sign == '?' ? DTN_UNKNOWN : DTN_EQUAL;
}

static dtn_status cut(dtn_conflict_builder *b, const char **out, const char *from, const char *to)
{
    while (from < to && isspace((unsigned char)*from))
        from++;
    while (to > from && isspace((unsigned char)to[-1]))
        to--;
    *out = dtn_arena_strndup(b->arena, from, (size_t)(to - from));
    return *out ? DTN_OK : dtn_fail_nomem(b->ctx);
}

dtn_status dtn_chain_next(dtn_conflict_builder *b, dtn_chain *chain, bool *more, dtn_conflict_fault fault)
{
    static const char signs[] = ">=?~";
    const char *start = chain->at ? chain->at : chain->text, *end = start + strcspn(start, signs);
    bool first = !chain->at;
    fault = dtn_fault_whole(fault, chain->text);
    *more = false;
    if (first) {
        if (!*end)
            return dtn_builder_fail(b, DTN_PARSE, fault,
                                    "'%.80s' compares nothing: expected two states with > (better), >> (much "
                                    "better), = (equal) or ? (unknown) between",
                                    chain->text);
        DTN_TRY(cut(b, &chain->right, start, end));
    } else if (!*start)
        return DTN_OK;
    else
        end = start;
    const char *at = end;
    chain->sign = sign_at(&at);
    chain->left = chain->right;
    end = at + strcspn(at, signs);
    DTN_TRY(cut(b, &chain->right, at, end));
    chain->at = end;
    if (!*chain->left || !*chain->right)
        return dtn_builder_fail(b, DTN_PARSE, fault, "'%.80s': a state is missing beside a sign", chain->text);
    *more = true;
    return DTN_OK;
}

dtn_status dtn_chain_states(dtn_conflict_builder *b, const dtn_conflict *c, bool *in, const char *text,
                            dtn_conflict_fault fault)
{
    dtn_state_text read;
    size_t found = 0;
    if (!dtn_state_text_read(&read, c, text) ||
        (!strchr(text, '-') && !dtn_state_text_single(&read, c, text))) {
        const char *inside = fault.text ? strstr(fault.text, text) : NULL;
        fault.offset = read.offset + (inside ? (size_t)(inside - fault.text) : 0);
        fault.length = read.length;
        fault.unknown = *read.unknown ? read.unknown : NULL;
        return dtn_builder_fail(b, DTN_PARSE, fault, "comparison: %s", read.message);
    }
    for (size_t s = 0; s < c->states; s++)
        found += in[s] = read.is_state ? s == read.state : dtn_cube_holds(c, &read.cube, s);
    return found ? DTN_OK
                 : dtn_builder_fail(b, DTN_PARSE, fault, "comparison: no feasible state fits '%.60s'", text);
}

dtn_status dtn_conflict_compare(dtn_conflict_builder *b, int player, const char *variant,
                                const char *const *comparisons, int count)
{
    DTN_TRY(dtn_builder_check_player(b, player, DTN_PART_PREFERENCE));
    dtn_preference_spec *spec = dtn_builder_variant(b, player, variant);
    dtn_conflict_fault fault = dtn_fault_at(DTN_PART_PREFERENCE, player, -1);
    for (fault.index = 0; fault.index < count; fault.index++) {
        dtn_chain chain = {.text = comparisons[fault.index]};
        for (bool more = true; more;)
            DTN_TRY(dtn_chain_next(b, &chain, &more, fault));
    }
    if (!spec)
        DTN_TRY(dtn_builder_pairs_variant(b, player, variant, &spec));
    for (int i = 0; i < count; i++) {
        const char **own = dtn_builder_push(b, &spec->comparisons, sizeof *own);
        if (!own)
            return dtn_fail_nomem(b->ctx);
        DTN_TRY(dtn_builder_copy(b, own, comparisons[i]));
        spec->comparisons.count++;
    }
    return DTN_OK;
}

static const unsigned char opposite[] = {
    [DTN_EQUAL] = DTN_EQUAL,  [DTN_BETTER] = DTN_WORSE,           [DTN_MUCH_BETTER] = DTN_MUCH_WORSE,
    [DTN_WORSE] = DTN_BETTER, [DTN_MUCH_WORSE] = DTN_MUCH_BETTER, [DTN_UNKNOWN] = DTN_UNKNOWN};

/* Lays the comparisons over the relation, as written. unknown: only those of ?; else only the others. */
static dtn_status lay(dtn_conflict_builder *b, const dtn_conflict *c, unsigned char *relation,
                      const dtn_preference_spec *spec, bool unknown, dtn_conflict_fault fault)
{
    bool *left, *right;
    size_t n = c->states;
    DTN_ALLOC(b->ctx, b->ctx->scratch, left, n);
    DTN_ALLOC(b->ctx, b->ctx->scratch, right, n);
    for (fault.index = 0; fault.index < spec->comparisons.count; fault.index++) {
        dtn_chain chain = {.text = ((const char *const *)spec->comparisons.item)[fault.index]};
        fault = dtn_fault_whole(fault, chain.text);
        for (bool more = true;;) {
            DTN_TRY(dtn_chain_next(b, &chain, &more, fault));
            if (!more)
                break;
            if ((chain.sign == DTN_UNKNOWN) != unknown)
                continue;
            DTN_TRY(dtn_chain_states(b, c, left, chain.left, fault));
            DTN_TRY(dtn_chain_states(b, c, right, chain.right, fault));
            for (size_t s = 0; s < n; s++)
                for (size_t t = 0; left[s] && t < n; t++)
                    if (right[t] && s != t) {
                        relation[s * n + t] = (unsigned char)chain.sign;
                        relation[t * n + s] = opposite[chain.sign];
                    }
        }
    }
    return DTN_OK;
}

/* Rows of bits: who is reached from whom. */
typedef struct closure {
    uint64_t *weak, *strict, *strong;
    size_t words;
} closure;

static bool has(const uint64_t *rows, size_t words, size_t s, size_t t)
{
    return rows[s * words + t / 64] >> (t % 64) & 1;
}

/* out(s) = all that is reached from s by a path that takes one of the steps. */
static void through(uint64_t *out, const uint64_t *step, const uint64_t *weak, size_t n, size_t words)
{
    for (size_t u = 0; u < n; u++) /* step(u), then on */
        for (size_t v = 0; v < n; v++)
            if (has(step, words, u, v))
                for (size_t w = 0; w < words; w++)
                    out[(n + u) * words + w] |= weak[v * words + w];
    for (size_t s = 0; s < n; s++)
        for (size_t u = 0; u < n; u++)
            if (has(weak, words, s, u))
                for (size_t w = 0; w < words; w++)
                    out[s * words + w] |= out[(n + u) * words + w];
}

/* What follows from the comparisons in relation by transitivity replaces them. */
static dtn_status close_pairs(dtn_conflict_builder *b, const dtn_conflict *c, unsigned char *relation,
                              dtn_conflict_fault fault)
{
    size_t n = c->states, words = (n + 63) / 64;
    uint64_t *weak, *step, *strict, *strong;
    dtn_arena *scratch = b->ctx->scratch;
    DTN_ALLOC(b->ctx, scratch, weak, n * words);
    DTN_ALLOC(b->ctx, scratch, step, n * words);
    DTN_ALLOC(b->ctx, scratch, strict, 2 * n * words);
    DTN_ALLOC(b->ctx, scratch, strong, 2 * n * words);
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++) {
            dtn_comparison x = (dtn_comparison)relation[s * n + t];
            if (s == t || x == DTN_EQUAL || dtn_is_better(x))
                weak[s * words + t / 64] |= UINT64_C(1) << (t % 64);
        }
    for (size_t u = 0; u < n; u++) {
        for (size_t s = 0; s < n; s++)
            if (has(weak, words, s, u))
                for (size_t w = 0; w < words; w++)
                    weak[s * words + w] |= weak[u * words + w];
        DTN_TRY(dtn_ctx_poll(b->ctx));
    }
    for (int much = 0; much < 2; much++) {
        memset(step, 0, n * words * sizeof *step);
        for (size_t s = 0; s < n; s++)
            for (size_t t = 0; t < n; t++)
                if (relation[s * n + t] == DTN_MUCH_BETTER || (!much && relation[s * n + t] == DTN_BETTER))
                    step[s * words + t / 64] |= UINT64_C(1) << (t % 64);
        through(much ? strong : strict, step, weak, n, words);
        DTN_TRY(dtn_ctx_poll(b->ctx));
    }
    for (size_t s = 0; s < n; s++) {
        if (has(strict, words, s, s)) {
            char name[256];
            dtn_conflict_state_text(c, s, name, sizeof name);
            fault.index = -1;
            return dtn_builder_fail(b, DTN_PARSE, fault,
                                    "the comparisons of player '%s' go round in a circle: by them %s is "
                                    "better than itself",
                                    c->player[fault.player].key, name);
        }
        for (size_t t = 0; t < n; t++)
            relation[s * n + t] = has(strong, words, s, t)   ? DTN_MUCH_BETTER
                                  : has(strong, words, t, s) ? DTN_MUCH_WORSE
                                  : has(strict, words, s, t) ? DTN_BETTER
                                  : has(strict, words, t, s) ? DTN_WORSE
                                  : has(weak, words, s, t)   ? DTN_EQUAL
                                                             : DTN_UNKNOWN;
    }
    return DTN_OK;
}

/* Ranks by counting the worse states, where nothing is unknown; false when better and worse are not as those ranks say. */
static bool rank_pairs(uint32_t *rank, uint32_t *levels, const unsigned char *relation, size_t n)
{
    for (size_t s = 0; s < n; s++) {
        rank[s] = 1;
        for (size_t t = 0; t < n; t++) {
            dtn_comparison x = (dtn_comparison)relation[s * n + t];
            if (x == DTN_UNKNOWN)
                return false;
            rank[s] += dtn_is_better(x);
        }
    }
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++) {
            dtn_comparison x = (dtn_comparison)relation[s * n + t];
            if (dtn_is_better(x) != (rank[s] > rank[t]) || (x == DTN_EQUAL) != (rank[s] == rank[t]))
                return false;
        }
    /* 1 + the number of worse states becomes 1 + the number of worse levels. */
    *levels = 0;
    for (uint32_t from = 1; from <= n; from++) {
        bool any = false;
        for (size_t s = 0; s < n; s++)
            if (rank[s] == from) {
                rank[s] = *levels + 1;
                any = true;
            }
        *levels += any;
    }
    return true;
}

dtn_status dtn_builder_compare(dtn_conflict_builder *b, const dtn_conflict *c, dtn_preference *p,
                               const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    size_t n = c->states;
    bool alone = p->kind == DTN_PREFER_PAIRS;
    unsigned char *relation;
    dtn_pairs *pairs;
    uint32_t *rank;
    p->ranked = true;
    p->comparison = spec->comparisons.item;
    p->comparisons = spec->comparisons.count;
    if (!alone && !spec->comparisons.count && !spec->degrees.count)
        return DTN_OK;
    if (n > DTN_PAIRS_MOST_STATES)
        return dtn_builder_fail(
            b, DTN_LIMIT, fault,
            "comparisons of pairs are for conflicts of at most %d states; this one has %zu",
            DTN_PAIRS_MOST_STATES, n);
    DTN_ALLOC(b->ctx, b->arena, pairs, 1);
    DTN_ALLOC(b->ctx, b->arena, relation, n * n);
    for (size_t s = 0; s < n; s++)
        for (size_t t = 0; t < n; t++)
            relation[s * n + t] = (unsigned char)(!alone   ? dtn_compare(p, s, t)
                                                  : s == t ? DTN_EQUAL
                                                           : DTN_UNKNOWN);
    DTN_TRY(lay(b, c, relation, spec, false, fault));
    if (alone)
        DTN_TRY(close_pairs(b, c, relation, fault));
    DTN_TRY(lay(b, c, relation, spec, true, fault));
    *pairs = (dtn_pairs){.states = n, .relation = relation};
    DTN_TRY(dtn_builder_degrees(b, c, p, pairs, relation, spec, fault));
    DTN_ALLOC(b->ctx, b->arena, rank, n);
    p->ranked = rank_pairs(rank, &p->levels, relation, n);
    if (p->ranked)
        p->rank = rank;
    p->pairs = pairs;
    return DTN_OK;
}
