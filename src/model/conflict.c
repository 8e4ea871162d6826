/* Conflicts: frozen from a builder, freed, read. Cost of finish: see its steps. */
#include "model/conflict.h"

#include <string.h>

#include "model/conflict_builder.h"

static dtn_status copy_restrictions(dtn_conflict_builder *b, dtn_conflict *c)
{
    const dtn_restriction *r = b->restrictions.item;
    const char **text;
    c->infeasibles = b->restrictions.count;
    DTN_ALLOC(b->ctx, b->arena, text, c->infeasibles);
    for (int i = 0; i < c->infeasibles; i++) {
        text[i] = r[i].forbidden ? r[i].statement.text
                  : r[i].statement.step->op == DTN_ST_COUNT
                      ? dtn_arena_printf(b->arena, "not %s", r[i].statement.text)
                      : dtn_arena_printf(b->arena, "!(%s)", r[i].statement.text);
        if (!text[i])
            return dtn_fail_nomem(b->ctx);
    }
    c->infeasible = text;
    c->restriction = r;
    return DTN_OK;
}

static dtn_status status_quo(dtn_conflict_builder *b, dtn_conflict *c)
{
    dtn_state_text read;
    c->has_status_quo = b->status_quo;
    if (!b->status_quo)
        return DTN_OK;
    if (!dtn_state_text_single(&read, c, b->status_quo)) {
        dtn_conflict_fault fault = dtn_fault_at(DTN_PART_STATUS_QUO, -1, -1);
        fault.text = b->status_quo;
        fault.offset = read.offset;
        fault.length = read.length;
        fault.unknown = *read.unknown ? read.unknown : NULL;
        return dtn_builder_fail(b, DTN_PARSE, fault, "status quo: %s", read.message);
    }
    c->status_quo = read.state;
    return DTN_OK;
}

dtn_status dtn_conflict_finish(dtn_ctx *ctx, dtn_conflict **out, dtn_conflict_builder *b)
{
    *out = NULL;
    b->ctx = ctx;
    b->fault = (dtn_conflict_fault){0};
    dtn_conflict *c;
    dtn_conflict_player *player;
    DTN_ALLOC(ctx, b->arena, c, 1);
    if (!b->players.count)
        return dtn_builder_fail(b, DTN_DOMAIN, dtn_fault_at(DTN_PART_NONE, -1, -1),
                                "a conflict needs players");
    DTN_ALLOC(ctx, b->arena, player, b->players.count);
    for (int i = 0; i < b->players.count; i++)
        player[i] = dtn_builder_player(b, i)->shown;
    *c = (dtn_conflict){.arena = b->arena,
                        .title = b->title,
                        .players = b->players.count,
                        .options = b->options.count,
                        .player = player,
                        .option = b->options.item};
    DTN_TRY(copy_restrictions(b, c));
    dtn_status status = dtn_builder_states(b, c);
    if (status == DTN_LIMIT && !dtn_builder_by_statements(b))
        return status;
    c->listed = status == DTN_OK;
    if (status == DTN_LIMIT) {
        c->states = c->cells = 0;
        c->option_form = true;
        dtn_ctx_clear_error(ctx);
        DTN_TRY(dtn_builder_unlisted(b, c, player));
        c->ranked = true;
        *out = c;
        return DTN_OK;
    }
    DTN_TRY(status);
    DTN_TRY(status_quo(b, c));
    DTN_TRY(dtn_builder_moves(b, c, player));
    DTN_TRY(dtn_builder_ranks(b, c, player));
    DTN_TRY(dtn_builder_attitudes(b, c));
    *out = c;
    return DTN_OK;
}

void dtn_conflict_free(dtn_conflict *c)
{
    if (c)
        dtn_arena_free(c->arena);
}

const char *dtn_conflict_title(const dtn_conflict *c)
{
    return c->title;
}

int dtn_conflict_players(const dtn_conflict *c)
{
    return c->players;
}

const char *dtn_conflict_player_key(const dtn_conflict *c, int player)
{
    return c->player[player].key;
}

const char *dtn_conflict_player_name(const dtn_conflict *c, int player)
{
    return c->player[player].name;
}

int dtn_conflict_options(const dtn_conflict *c)
{
    return c->options;
}

const char *dtn_conflict_option_key(const dtn_conflict *c, int option)
{
    return c->option[option].key;
}

const char *dtn_conflict_option_name(const dtn_conflict *c, int option)
{
    return c->option[option].name;
}

int dtn_conflict_option_player(const dtn_conflict *c, int option)
{
    return c->option[option].player;
}

int dtn_conflict_variants(const dtn_conflict *c, int player)
{
    return c->player[player].variants;
}

const char *dtn_conflict_variant_name(const dtn_conflict *c, int player, int variant)
{
    return c->player[player].variant[variant].name;
}

int dtn_conflict_find_player(const dtn_conflict *c, const char *key)
{
    for (int i = 0; i < c->players; i++)
        if (!strcmp(c->player[i].key, key))
            return i;
    return -1;
}

int dtn_conflict_find_variant(const dtn_conflict *c, int player, const char *name)
{
    for (int v = 0; v < c->player[player].variants; v++)
        if (!strcmp(c->player[player].variant[v].name, name))
            return v;
    return -1;
}

bool dtn_conflict_listed(const dtn_conflict *c)
{
    return c->listed;
}

size_t dtn_conflict_states(const dtn_conflict *c)
{
    return c->states;
}

bool dtn_conflict_status_quo(const dtn_conflict *c, size_t *state)
{
    if (c->has_status_quo)
        *state = c->status_quo;
    return c->has_status_quo;
}

uint32_t dtn_conflict_rank(const dtn_conflict *c, int player, int variant, size_t state)
{
    return c->player[player].variant[variant].rank[state];
}

bool dtn_conflict_prefers(const dtn_conflict *c, int player, int variant, size_t s, size_t t)
{
    return dtn_is_better(dtn_compare(&c->player[player].variant[variant], s, t));
}

bool dtn_conflict_ranked(const dtn_conflict *c, int player, int variant)
{
    return !c->listed || c->player[player].variant[variant].ranked;
}
