/* Writer of .gmcr files: options, decision makers with their rankings of the feasible states, what is infeasible.
 *
 * Method: infeasible patterns as the largest cubes of the descent over the options, from the last to the first, which hold
 *   no feasible one; rankings by state numbers, since every kind of preference has one.
 * Cost: states x players, and a search a cube. Exact. Grammar: docs/formats/gmcr.md. */
#include "format/gmcr_write.h"

#include "format/write.h"

/* The number of feasible patterns below `pattern`. */
static size_t below(const dtn_conflict *c, uint64_t pattern)
{
    size_t lo = 0, hi = c->cells;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (dtn_cell_pattern(c, mid) < pattern)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Cubes without a feasible pattern among those whose options from `open` on are as in value. */
static dtn_status exclude(dtn_ctx *ctx, dtn_str *out, const dtn_conflict *c, uint64_t value, int open,
                          bool *any)
{
    uint64_t size = UINT64_C(1) << open;
    size_t inside = below(c, value + size) - below(c, value);
    DTN_TRY(dtn_ctx_poll(ctx));
    if (inside == size)
        return DTN_OK;
    if (inside) {
        DTN_TRY(exclude(ctx, out, c, value, open - 1, any));
        return exclude(ctx, out, c, value | size / 2, open - 1, any);
    }
    dtn_str_add(out, *any ? ",\n    [" : "\n    [");
    *any = true;
    for (int o = open; o < c->options; o++)
        dtn_str_addf(out, "%s[%d, \"%c\"]", o > open ? ", " : "", o, value >> o & 1 ? 'Y' : 'N');
    dtn_str_add_char(out, ']');
    return DTN_OK;
}

static uint32_t rank_of(const dtn_conflict *c, int player, size_t cell)
{
    return c->player[player].variant[0].rank[c->state_of ? c->state_of[cell] : cell];
}

/* Best first; states of a tier in a list. */
static dtn_status ranking(dtn_ctx *ctx, dtn_str *out, const dtn_conflict *c, int player)
{
    uint32_t levels = c->player[player].variant[0].levels;
    size_t *start, *order;
    DTN_ALLOC(ctx, ctx->scratch, start, levels + 2);
    DTN_ALLOC(ctx, ctx->scratch, order, c->cells);
    for (size_t s = 0; s < c->cells; s++)
        start[levels - rank_of(c, player, s) + 1]++;
    for (uint32_t l = 1; l <= levels; l++)
        start[l] += start[l - 1];
    for (size_t s = 0; s < c->cells; s++)
        order[start[levels - rank_of(c, player, s)]++] = s + 1;
    /* start[l] is now the end of tier l */
    for (uint32_t l = 0; l < levels; l++) {
        size_t from = l ? start[l - 1] : 0, count = start[l] - from;
        dtn_str_addf(out, "%s%s", l ? ", " : "", count > 1 ? "[" : "");
        for (size_t i = 0; i < count; i++)
            dtn_str_addf(out, "%s%zu", i ? ", " : "", order[from + i]);
        dtn_str_add(out, count > 1 ? "]" : "");
    }
    return DTN_OK;
}

static dtn_status makers(dtn_ctx *ctx, dtn_str *out, const dtn_conflict *c)
{
    for (int p = 0; p < c->players; p++) {
        bool first = true;
        dtn_str_add(out, p ? ",\n    {\"name\": " : "\n    {\"name\": ");
        dtn_write_json_text(out, *c->player[p].name ? c->player[p].name : c->player[p].key);
        dtn_str_add(out, ", \"options\": [");
        for (int o = 0; o < c->options; o++)
            if (c->option[o].player == p) {
                dtn_str_addf(out, "%s%d", first ? "" : ", ", o);
                first = false;
            }
        dtn_str_add(out, "], \"preferences\": [],\n     \"preferenceRanking\": [");
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status = ranking(ctx, out, c, p);
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
        dtn_str_add(out, "]}");
    }
    return DTN_OK;
}

dtn_status dtn_gmcr_write(dtn_ctx *ctx, dtn_str *out, const dtn_conflict *c)
{
    static const char *const ways[] = {"both", "fwd", "back"};
    if (!c->options || !c->player[0].variant[0].rank)
        return dtn_fail(ctx, DTN_DOMAIN, "a .gmcr file holds conflicts with options whose states are listed");
    dtn_str_add(out, "{\n  \"program\": \"gmcr-py\",\n  \"version\": \"0.3.12\",\n  \"title\": ");
    dtn_write_json_text(out, c->title);
    dtn_str_add(out, ",\n  \"options\": [");
    for (int o = 0; o < c->options; o++) {
        dtn_str_add(out, o ? ",\n    {\"name\": " : "\n    {\"name\": ");
        dtn_write_json_text(out, *c->option[o].name ? c->option[o].name : c->option[o].key);
        dtn_str_addf(out, ", \"permittedDirection\": \"%s\"}", ways[c->option[o].direction]);
    }
    dtn_str_add(out, "\n  ],\n  \"decisionMakers\": [");
    if (!c->ranked)
        return dtn_fail(ctx, DTN_DOMAIN,
                        "a .gmcr file holds rankings; some preferences of this conflict are not");
    DTN_TRY(makers(ctx, out, c));
    dtn_str_add(out, "\n  ],\n  \"infeasibles\": [");
    bool any = false;
    DTN_TRY(exclude(ctx, out, c, 0, c->options, &any));
    dtn_str_add(out, any ? "\n  ],\n  \"coalitions\": [" : "],\n  \"coalitions\": [");
    for (int p = 0; p < c->players; p++)
        dtn_str_addf(out, "%s%d", p ? ", " : "", p);
    dtn_str_add(out, "],\n  \"useManualPreferenceRanking\": true\n}\n");
    return dtn_write_done(ctx, out);
}
