/* Ranks of states from preferences: every variant becomes one array of integers, 1 = worst, without gaps.
 * Method: statements are truth values of 64 states at a time, collected 32 statements a key, most important first;
 *         keys become ranks by counting where their range is small, by a radix sort otherwise.
 * Cost: states x statements. Exact. Source: Fang, Hipel, Peng, Kilgour 2003 (option prioritising). */
#include <string.h>

#include "model/conflict_builder.h"

enum { CHUNK = 32 };

/* A state's key on its way through the sort. */
typedef struct keyed {
    uint64_t key;
    uint32_t state;
} keyed;

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

/* Sorts by key, least digit first, in as many passes as the largest key has digits. */
static dtn_status sort_keys(dtn_ctx *ctx, keyed **out, const uint64_t *key, size_t n, uint64_t largest)
{
    keyed *a, *b;
    DTN_ALLOC(ctx, ctx->scratch, a, n);
    DTN_ALLOC(ctx, ctx->scratch, b, n);
    for (size_t s = 0; s < n; s++)
        a[s] = (keyed){key[s], (uint32_t)s};
    for (int shift = 0; shift < 64 && largest >> shift; shift += DIGIT) {
        size_t place[DIGITS] = {0}, sum = 0;
        for (size_t i = 0; i < n; i++)
            place[a[i].key >> shift & (DIGITS - 1)]++;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = place[d];
            place[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            b[place[a[i].key >> shift & (DIGITS - 1)]++] = a[i];
        keyed *swap = a;
        a = b;
        b = swap;
    }
    *out = a;
    return DTN_OK;
}

/* rank[s] = 1 + number of different smaller keys. Scratch is released by the caller. */
static dtn_status densify(dtn_ctx *ctx, uint32_t *rank, uint32_t *levels, const uint64_t *key, size_t n)
{
    uint64_t largest = 0;
    for (size_t s = 0; s < n; s++)
        largest = key[s] > largest ? key[s] : largest;
    uint32_t count = 0;
    if (largest < 4 * (uint64_t)n + 1024) {
        uint32_t *level;
        DTN_ALLOC(ctx, ctx->scratch, level, largest + 1);
        for (size_t s = 0; s < n; s++)
            level[key[s]] = 1;
        for (uint64_t k = 0; k <= largest; k++)
            if (level[k])
                level[k] = ++count;
        for (size_t s = 0; s < n; s++)
            rank[s] = level[key[s]];
    } else {
        keyed *sorted;
        DTN_TRY(sort_keys(ctx, &sorted, key, n, largest));
        for (size_t i = 0; i < n; i++) {
            count += !i || sorted[i].key != sorted[i - 1].key;
            rank[sorted[i].state] = count;
        }
    }
    *levels = count;
    return DTN_OK;
}

/* Members of a merged state that a preference tells apart: which state, as a failure. */
static dtn_status told_apart(dtn_conflict_builder *b, const dtn_conflict *c, dtn_conflict_fault fault,
                             size_t state, const char *what)
{
    char name[DTN_CONFLICT_MAX_OPTIONS + 1];
    dtn_conflict_state_pattern(c, state, name, sizeof name);
    fault.text = what;
    fault.length = strlen(what);
    return dtn_builder_fail(
        b, DTN_DOMAIN, fault,
        "the merged state %s holds states that '%s' tells apart: rank the states, or add '%s |' or "
        "'%s &' where it belongs",
        name, what, name, name);
}

/* Row i, bit j becomes row j, bit i (Warren 2013, Hacker's Delight, sec. 7-3). */
static void transpose(uint32_t row[32])
{
    uint32_t mask = 0x0000ffff;
    for (unsigned width = 16; width; width >>= 1, mask ^= mask << width)
        for (unsigned k = 0; k < 32; k = ((k | width) + 1) & ~width) {
            uint32_t t = (row[k] >> width ^ row[k | width]) & mask;
            row[k] ^= t << width;
            row[k | width] ^= t;
        }
}

/* Truth of statements [first, last) at the patterns base .. base + 63: a word a pattern, the first statement in its highest
 * bit that is used. */
static void truths(uint32_t bits[64], const dtn_statement *statement, int first, int last, uint64_t base)
{
    memset(bits, 0, 64 * sizeof *bits);
    for (int j = first; j < last; j++) {
        uint64_t word = dtn_statement_word(&statement[j], base);
        bits[last - 1 - j] = (uint32_t)word;
        bits[32 + last - 1 - j] = (uint32_t)(word >> 32);
    }
    transpose(bits);
    transpose(bits + 32);
}

/* Truth of statements [first, last) for each cell, the first statement highest, into state keys. */
static dtn_status chunk_keys(dtn_conflict_builder *b, const dtn_conflict *c, uint64_t *key,
                             const dtn_preference_spec *spec, int first, int last, dtn_conflict_fault fault)
{
    uint32_t *bits, block[64];
    uint64_t base = UINT64_MAX;
    DTN_ALLOC(b->ctx, b->ctx->scratch, bits, c->cells);
    for (size_t x = 0; x < c->cells; x++) {
        uint64_t pattern = dtn_cell_pattern(c, x);
        if ((pattern & ~UINT64_C(63)) != base) {
            base = pattern & ~UINT64_C(63);
            truths(block, spec->statement, first, last, base);
        }
        bits[x] = block[pattern & 63];
    }
    DTN_TRY(dtn_ctx_poll(b->ctx));
    for (size_t x = 0; x < c->cells; x++) {
        size_t s = c->state_of ? c->state_of[x] : x;
        size_t representative = c->first ? c->first[s] : x;
        uint32_t differ = bits[x] ^ bits[representative];
        if (differ) {
            fault.index = last - 1;
            for (; differ > 1; differ >>= 1)
                fault.index--;
            return told_apart(b, c, fault, s, spec->shown.text[fault.index]);
        }
        if (x == representative)
            key[s] = key[s] << CHUNK | bits[x];
    }
    return DTN_OK;
}

static dtn_status rank_statements(dtn_conflict_builder *b, const dtn_conflict *c, uint32_t *rank,
                                  uint32_t *levels, const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    dtn_arena *scratch = b->ctx->scratch;
    uint64_t *key;
    DTN_ALLOC(b->ctx, scratch, key, c->states);
    for (int first = 0; first == 0 || first < spec->shown.texts; first += CHUNK) {
        int last = first + CHUNK < spec->shown.texts ? first + CHUNK : spec->shown.texts;
        dtn_arena_mark mark = dtn_arena_save(scratch);
        dtn_status status = chunk_keys(b, c, key, spec, first, last, fault);
        if (status == DTN_OK)
            status = densify(b->ctx, rank, levels, key, c->states);
        dtn_arena_release(scratch, mark);
        DTN_TRY(status);
        for (size_t s = 0; s < c->states; s++)
            key[s] = rank[s];
    }
    return DTN_OK;
}

static dtn_status rank_weights(dtn_conflict_builder *b, const dtn_conflict *c, uint32_t *rank,
                               uint32_t *levels, const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    uint64_t *key;
    DTN_ALLOC(b->ctx, b->ctx->scratch, key, c->states);
    int64_t least = 0;
    for (int i = 0; i < spec->shown.texts; i++)
        least += spec->weight[i] < 0 ? spec->weight[i] : 0;
    for (size_t s = 0; s < c->states; s++) {
        uint64_t pattern = dtn_conflict_pattern(c, s);
        int64_t sum = 0;
        for (int i = 0; i < spec->shown.texts; i++) {
            bool open = c->either && c->either[s] >> spec->option[i] & 1;
            if (open && spec->weight[i]) {
                fault.index = i;
                return told_apart(b, c, fault, s, spec->shown.text[i]);
            }
            sum += pattern >> spec->option[i] & 1 ? spec->weight[i] : 0;
        }
        key[s] = (uint64_t)(sum - least);
    }
    return densify(b->ctx, rank, levels, key, c->states);
}

static dtn_status rank_tiers(dtn_conflict_builder *b, const dtn_conflict *c, uint32_t *rank, uint32_t *levels,
                             const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    size_t named = 0;
    uint32_t value = (uint32_t)spec->shown.tiers;
    int place = 0;
    *levels = value;
    for (fault.index = 0; fault.index < spec->shown.tiers; fault.index++, value--)
        for (fault.entry = 0; fault.entry < spec->shown.tier_size[fault.index]; fault.entry++) {
            const char *text = spec->shown.text[place++];
            dtn_conflict_fault here = dtn_fault_whole(fault, text);
            dtn_state_text read;
            if (!dtn_state_text_read(&read, c, text) ||
                (!strchr(text, '-') && !dtn_state_text_single(&read, c, text))) {
                here.offset = read.offset;
                here.length = read.length;
                here.unknown = *read.unknown ? read.unknown : NULL;
                return dtn_builder_fail(b, DTN_PARSE, here, "ranking: %s", read.message);
            }
            if (read.is_state) {
                if (rank[read.state])
                    return dtn_builder_fail(b, DTN_PARSE, here, "ranking: '%.60s' is ranked twice", text);
                rank[read.state] = value;
                named++;
                continue;
            }
            size_t taken = 0;
            for (size_t s = 0; s < c->states; s++)
                if (!rank[s] && dtn_cube_holds(c, &read.cube, s)) {
                    rank[s] = value;
                    taken++;
                }
            if (!taken)
                return dtn_builder_fail(b, DTN_PARSE, here,
                                        "ranking: no feasible state is left that fits '%.60s'", text);
            named += taken;
        }
    if (named < c->states) {
        size_t missing = 0;
        while (rank[missing])
            missing++;
        char name[256];
        dtn_conflict_state_text(c, missing, name, sizeof name);
        fault.index = fault.entry = -1;
        return dtn_builder_fail(b, DTN_PARSE, fault,
                                "the ranking of player '%s' names %zu of %zu states; %s is missing",
                                c->player[fault.player].key, named, c->states, name);
    }
    return DTN_OK;
}

/* Where only comparisons are given, they come later. */
static dtn_status rank_equal(dtn_conflict_builder *b, const dtn_conflict *c, uint32_t *rank, uint32_t *levels,
                             const dtn_preference_spec *spec, dtn_conflict_fault fault)
{
    (void)b, (void)spec, (void)fault;
    for (size_t s = 0; s < c->states; s++)
        rank[s] = 1;
    *levels = 1;
    return DTN_OK;
}

/* Groups of levels between the gaps of a ranking. */
static dtn_status group_tiers(dtn_conflict_builder *b, dtn_preference *p)
{
    uint32_t *group;
    DTN_ALLOC(b->ctx, b->arena, group, p->levels + 1);
    for (uint32_t level = 2; level <= p->levels; level++) /* level 1 is the last tier */
        group[level] = group[level - 1] + p->gap[p->levels - level];
    p->group = group;
    return DTN_OK;
}

dtn_status dtn_builder_ranks(dtn_conflict_builder *b, dtn_conflict *c, dtn_conflict_player *players)
{
    for (int i = 0; i < c->players; i++) {
        const dtn_player_spec *p = dtn_builder_player(b, i);
        const dtn_preference_spec *spec = p->preferences.item;
        int count = p->preferences.count;
        dtn_preference *variant;
        if (!count)
            return dtn_builder_fail(b, DTN_DOMAIN, dtn_fault_at(DTN_PART_PREFERENCE, i, -1),
                                    "player '%s' has no preferences", p->shown.key);
        DTN_ALLOC(b->ctx, b->arena, variant, count);
        for (int v = 0; v < count; v++) {
            dtn_conflict_fault fault = dtn_fault_at(DTN_PART_PREFERENCE, i, -1);
            fault.variant = v;
            uint32_t *rank;
            DTN_ALLOC(b->ctx, b->arena, rank, c->states);
            variant[v] = spec[v].shown;
            variant[v].rank = rank;
            variant[v].statement = spec[v].statement;
            dtn_arena_mark mark = dtn_arena_save(b->ctx->scratch);
            dtn_status status = (spec[v].shown.kind == DTN_PREFER_TIERS     ? rank_tiers
                                 : spec[v].shown.kind == DTN_PREFER_WEIGHTS ? rank_weights
                                 : spec[v].shown.kind == DTN_PREFER_PAIRS
                                     ? rank_equal
                                     : rank_statements)(b, c, rank, &variant[v].levels, &spec[v], fault);
            if (status == DTN_OK && spec[v].shown.gap)
                status = group_tiers(b, &variant[v]);
            if (status == DTN_OK)
                status = dtn_builder_compare(b, c, &variant[v], &spec[v], fault);
            dtn_arena_release(b->ctx->scratch, mark);
            DTN_TRY(status);
        }
        players[i].variants = count;
        players[i].variant = variant;
    }
    return DTN_OK;
}

bool dtn_builder_by_statements(const dtn_conflict_builder *b)
{
    bool all = !b->merges.count && !b->named.count && !b->edits.count && !b->attitudes.count;
    for (int i = 0; i < b->players.count; i++) {
        const dtn_player_spec *p = dtn_builder_player(b, i);
        const dtn_preference_spec *spec = p->preferences.item;
        for (int v = 0; v < p->preferences.count; v++)
            all = all && spec[v].shown.kind == DTN_PREFER_STATEMENTS && !spec[v].comparisons.count &&
                  !spec[v].degrees.count;
    }
    return all;
}

dtn_status dtn_builder_unlisted(dtn_conflict_builder *b, const dtn_conflict *c, dtn_conflict_player *players)
{
    for (int o = 0; o < c->options; o++) {
        dtn_conflict_player *p = &players[c->option[o].player];
        uint64_t bit = UINT64_C(1) << o;
        p->options |= bit;
        p->forward |= c->option[o].direction == DTN_FORWARD_ONLY ? bit : 0;
        p->backward |= c->option[o].direction == DTN_BACKWARD_ONLY ? bit : 0;
    }
    for (int i = 0; i < c->players; i++) {
        const dtn_player_spec *p = dtn_builder_player(b, i);
        const dtn_preference_spec *spec = p->preferences.item;
        dtn_preference *variant;
        if (!p->preferences.count)
            return dtn_builder_fail(b, DTN_DOMAIN, dtn_fault_at(DTN_PART_PREFERENCE, i, -1),
                                    "player '%s' has no preferences", p->shown.key);
        DTN_ALLOC(b->ctx, b->arena, variant, p->preferences.count);
        for (int v = 0; v < p->preferences.count; v++) {
            variant[v] = spec[v].shown;
            variant[v].statement = spec[v].statement;
        }
        players[i].variants = p->preferences.count;
        players[i].variant = variant;
    }
    return DTN_OK;
}
