/* Reader of .nfg files: strategic games, by payoffs or by outcomes.
 *
 * Grammar: NFG 1 R "title" { "player" ... } then { n1 n2 ... } or { { "strategy" ... } ... }, an optional comment in quotes, then
 *   either payoffs, player 1's strategy fastest, one number a player, or { { "outcome" x, y ... } ... } and outcome numbers from 1
 *   (0: payoffs 0). Commas are optional everywhere. Names may be empty or repeated.
 * Cost: linear. Exact: numbers are read as written.
 * Source: Gambit's manual, "The strategic game (.nfg) file format". */
#include "format/game_lexer.h"

#include <limits.h>

typedef struct nfg {
    dtn_lexer x;
    const char *title, *about;
    const char **player;
    int players, named; /* players: those with strategies; named: names given */
    int *strategies;
    const char ***strategy; /* [players][strategies], NULL when only numbers were given */
    size_t profiles;
} nfg;

/* Appends to a list that doubles. */
static dtn_status append(dtn_ctx *ctx, const char ***list, int *count, int *room, const char *text)
{
    if (*count == *room) {
        const char **bigger;
        *room = *room ? 2 * *room : 8;
        DTN_ALLOC(ctx, ctx->scratch, bigger, *room);
        for (int i = 0; i < *count; i++)
            bigger[i] = (*list)[i];
        *list = bigger;
    }
    (*list)[(*count)++] = text && *text ? text : NULL;
    return DTN_OK;
}

/* { "a" "b" ... } */
static dtn_status names(nfg *g, const char ***list, int *count, const char *what)
{
    int room = 0;
    *count = 0;
    DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_OPEN, "before the names"));
    while (g->x.now.kind == DTN_TOKEN_TEXT) {
        DTN_TRY(append(g->x.ctx, list, count, &room, g->x.now.value));
        dtn_lexer_next(&g->x);
    }
    if (g->x.now.kind != DTN_TOKEN_CLOSE)
        return dtn_lexer_expected(&g->x, "%s in double quotes or }", what);
    dtn_lexer_next(&g->x);
    return DTN_OK;
}

/* Sizes as numbers, or lists of names. One entry a player. */
static dtn_status sizes(nfg *g)
{
    int room = 0;
    DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_OPEN, "before the strategies"));
    while (g->x.now.kind != DTN_TOKEN_CLOSE) {
        if (g->players == room) {
            int *bigger;
            const char ***lists;
            room = room ? 2 * room : 8;
            DTN_ALLOC(g->x.ctx, g->x.ctx->scratch, bigger, room);
            DTN_ALLOC(g->x.ctx, g->x.ctx->scratch, lists, room);
            for (int i = 0; i < g->players; i++) {
                bigger[i] = g->strategies[i];
                lists[i] = g->strategy[i];
            }
            g->strategies = bigger;
            g->strategy = lists;
        }
        dtn_token where = g->x.now;
        if (g->x.now.kind == DTN_TOKEN_OPEN)
            DTN_TRY(names(g, &g->strategy[g->players], &g->strategies[g->players], "a strategy"));
        else
            DTN_TRY(dtn_lexer_integer(&g->x, &g->strategies[g->players], 1, INT_MAX,
                                      "a number of strategies, { or }"));
        if (g->strategies[g->players] == 0)
            return dtn_lexer_fail(&g->x, &where, "expected at least one strategy, found none");
        g->players++;
    }
    if (g->players == 0 || (g->named && g->named != g->players))
        return dtn_lexer_fail(&g->x, &g->x.now, "expected strategies of %d players, found those of %d",
                              g->named ? g->named : 1, g->players);
    dtn_lexer_next(&g->x);
    return DTN_OK;
}

/* The body has to hold at least a byte a number: an absurd size is refused before anything is allocated. */
static dtn_status count_profiles(nfg *g, size_t length)
{
    g->profiles = 1;
    for (int p = 0; p < g->players; p++) {
        if (g->profiles > length / (size_t)g->strategies[p])
            return dtn_lexer_fail(&g->x, &g->x.now,
                                  "the file is too short for the number of strategy profiles");
        g->profiles *= (size_t)g->strategies[p];
    }
    return DTN_OK;
}

static dtn_status payoffs(nfg *g, dtn_payoffs *out, fmpq *x)
{
    size_t done = 0;
    for (size_t i = 0; i < out->rows; i++)
        for (size_t p = 0; p < out->columns; p++, done++) {
            if (g->x.now.kind != DTN_TOKEN_NUMBER)
                return dtn_lexer_expected(&g->x, "%zu payoffs (%zu so far)", out->rows * out->columns, done);
            DTN_TRY(dtn_lexer_rational(&g->x, x, "a payoff"));
            DTN_TRY(dtn_payoffs_set(g->x.ctx, out, i, p, x));
        }
    return DTN_OK;
}

/* { { "name" x, y ... } ... } then a number a profile. */
static dtn_status outcomes(nfg *g, dtn_payoffs *out)
{
    size_t players = (size_t)g->players;
    int count = 0, room = 0;
    fmpq *value = NULL;
    const char *name;
    dtn_lexer_next(&g->x);
    while (g->x.now.kind == DTN_TOKEN_OPEN) {
        if (count == room) {
            fmpq *bigger;
            room = room ? 2 * room : 8;
            DTN_ALLOC_FMPQ(g->x.ctx, g->x.ctx->scratch, bigger, (size_t)room * players);
            for (size_t i = 0; i < (size_t)count * players; i++)
                fmpq_swap(bigger + i, value + i);
            value = bigger;
        }
        dtn_lexer_next(&g->x);
        DTN_TRY(dtn_lexer_text(&g->x, &name, "the outcome's name"));
        for (size_t p = 0; p < players; p++)
            DTN_TRY(dtn_lexer_rational(&g->x, value + (size_t)count * players + p, "a payoff of every player"));
        DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_CLOSE, "after the outcome's payoffs"));
        count++;
    }
    DTN_TRY(dtn_lexer_brace(&g->x, DTN_TOKEN_CLOSE, "after the outcomes"));
    for (size_t i = 0; i < g->profiles; i++) {
        int number;
        if (g->x.now.kind != DTN_TOKEN_NUMBER)
            return dtn_lexer_expected(&g->x, "%zu outcome numbers (%zu so far)", g->profiles, i);
        DTN_TRY(dtn_lexer_integer(&g->x, &number, 0, count, "an outcome number"));
        for (size_t p = 0; number && p < players; p++)
            DTN_TRY(dtn_payoffs_set(g->x.ctx, out, i, p, value + (size_t)(number - 1) * players + p));
    }
    return DTN_OK;
}

static dtn_status read(dtn_ctx *ctx, dtn_strategic **out, nfg *g, size_t length)
{
    int version;
    DTN_TRY(dtn_lexer_word(&g->x, "NFG"));
    DTN_TRY(dtn_lexer_integer(&g->x, &version, 1, 1, "format version 1"));
    if (g->x.now.kind != DTN_TOKEN_WORD || g->x.now.length != 1 ||
        (*g->x.now.start != 'R' && *g->x.now.start != 'D'))
        return dtn_lexer_expected(&g->x, "R or D");
    dtn_lexer_next(&g->x);
    DTN_TRY(dtn_lexer_text(&g->x, &g->title, "the title"));
    DTN_TRY(names(g, &g->player, &g->named, "a player's name"));
    DTN_TRY(sizes(g));
    g->about = "";
    if (g->x.now.kind == DTN_TOKEN_TEXT) {
        g->about = g->x.now.value;
        dtn_lexer_next(&g->x);
    }
    DTN_TRY(count_profiles(g, length));
    fmpq *x;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, x, 1);
    DTN_TRY(dtn_strategic_new_zero(ctx, out, g->title, g->players, g->strategies, g->named ? g->player : NULL,
                                   (const char *const *const *)g->strategy));
    if (g->x.now.kind == DTN_TOKEN_OPEN)
        DTN_TRY(outcomes(g, &(*out)->payoff));
    else
        DTN_TRY(payoffs(g, &(*out)->payoff, x));
    if (g->x.now.kind != DTN_TOKEN_END)
        return dtn_lexer_expected(&g->x, "the end of the file after %zu profiles", g->profiles);
    return *g->about ? dtn_strategic_set_about(ctx, *out, g->about) : DTN_OK;
}

dtn_status dtn_nfg_read(dtn_ctx *ctx, dtn_strategic **out, dtn_game_fault *fault, const char *file,
                        const char *text, size_t length)
{
    *out = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    nfg g = {0};
    dtn_lexer_start(&g.x, ctx, ctx->scratch, fault, file, text, length);
    dtn_status status = read(ctx, out, &g, length);
    if (status != DTN_OK) {
        dtn_strategic_free(*out);
        *out = NULL;
    }
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
