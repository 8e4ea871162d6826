/* Strategy profiles written by people. Cost: linear in the text, times actions for each name. Exact. */
#include "analyse/profile_arg.h"

#include <string.h>

#include "analyse/key.h"
#include "base/suggest.h"

/* One choice: an information set, or a player of a strategic game. */
typedef struct choice {
    const char *name; /* as messages call it */
    int first, count;
} choice;

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* The piece up to the next comma (commas in brackets belong to names: "entry2[enter,fight].out"), without blanks around it,
 * in scratch; *text moves behind the comma. */
static const char *next_piece(dtn_ctx *ctx, const char **text)
{
    const char *start = skip_blanks(*text);
    size_t length = 0;
    for (int depth = 0; start[length] && (depth > 0 || start[length] != ','); length++)
        depth += (start[length] == '[') - (start[length] == ']');
    *text = start + length + (start[length] == ',');
    while (length && strchr(" \t\r\n", start[length - 1]))
        length--;
    return dtn_arena_strndup(ctx->scratch, start, length);
}

static dtn_status number(dtn_ctx *ctx, fmpq_t out, const char *text)
{
    if (!dtn_rational_parse(out, text, strlen(text)))
        return dtn_fail(ctx, DTN_ARG, "the profile: found \"%s\", expected a probability", text);
    if (fmpq_sgn(out) < 0)
        return dtn_fail(ctx, DTN_ARG, "the profile: found %s, expected a probability, not a negative number",
                        text);
    return DTN_OK;
}

/* "1/2,1/2,0,1". what: how the numbers are ordered. */
static dtn_status read_numbers(dtn_ctx *ctx, fmpq *sigma, int count, const char *text, const char *what)
{
    text = skip_blanks(text);
    if (strncmp(text, "NE,", 3) == 0)
        text += 3;
    int found = 0;
    fmpq *ignored;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, ignored, 1);
    while (*skip_blanks(text)) {
        const char *piece = next_piece(ctx, &text);
        if (!piece)
            return dtn_fail_nomem(ctx);
        DTN_TRY(number(ctx, found < count ? sigma + found : ignored, piece));
        found++;
    }
    if (found != count)
        return dtn_fail(ctx, DTN_ARG, "the profile: expected %d probabilities (%s), found %d", count, what,
                        found);
    return DTN_OK;
}

/* Fills what is left open at one choice. given: [count of sigma]. */
static dtn_status complete(dtn_ctx *ctx, const choice *c, fmpq *sigma, const bool *given)
{
    fmpq *rest;
    int open = 0, last = -1;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, rest, 1);
    fmpq_one(rest);
    for (int a = c->first; a < c->first + c->count; a++) {
        if (given[a]) {
            fmpq_sub(rest, rest, sigma + a);
            continue;
        }
        open++;
        last = a;
    }
    if (open == c->count && c->count > 1)
        return dtn_fail(ctx, DTN_ARG, "the profile does not say what happens at %s", c->name);
    if (open == 1 && fmpq_sgn(rest) >= 0)
        fmpq_set(sigma + last, rest);
    else if (!fmpq_is_zero(rest))
        return dtn_fail(ctx, DTN_ARG, "the profile's probabilities at %s do not sum to 1", c->name);
    return DTN_OK;
}

static dtn_status check_sum(dtn_ctx *ctx, const choice *c, const fmpq *sigma)
{
    fmpq *sum;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, sum, 1);
    for (int a = c->first; a < c->first + c->count; a++)
        fmpq_add(sum, sum, sigma + a);
    if (fmpq_is_one(sum))
        return DTN_OK;
    const char *words = dtn_rational_text(ctx->scratch, sum);
    return dtn_fail(ctx, DTN_ARG, "the profile's probabilities at %s sum to %s, not 1", c->name,
                    words ? words : "?");
}

/* --- trees --------------------------------------------------------------------------------------- */

static choice choice_at(const dtn_tree *tree, int infoset)
{
    const dtn_infoset *h = &tree->infoset[infoset];
    return (choice){h->name, h->first_action, h->actions};
}

dtn_status dtn_profile_complete(dtn_ctx *ctx, fmpq *sigma, const bool *given, const dtn_tree *tree)
{
    for (int h = 0; h < tree->infosets; h++) {
        choice c = choice_at(tree, h);
        DTN_TRY(complete(ctx, &c, sigma, given));
    }
    return DTN_OK;
}

/* "key=value", cut in two. */
static dtn_status split(dtn_ctx *ctx, const char *piece, const char **key, const char **value)
{
    const char *sign = strrchr(piece, '=');
    if (!sign)
        return dtn_fail(ctx, DTN_ARG, "the profile: found \"%s\", expected NAME=PROBABILITY", piece);
    size_t length = (size_t)(sign - piece);
    while (length && strchr(" \t", piece[length - 1]))
        length--;
    *key = dtn_arena_strndup(ctx->scratch, piece, length);
    *value = skip_blanks(sign + 1);
    return *key ? DTN_OK : dtn_fail_nomem(ctx);
}

static dtn_status tree_names(dtn_ctx *ctx, fmpq *sigma, const dtn_tree *tree, const char *text)
{
    bool *given;
    fmpq *value;
    DTN_ALLOC(ctx, ctx->scratch, given, tree->actions);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, value, 1);
    while (*skip_blanks(text)) {
        const char *piece = next_piece(ctx, &text), *key, *amount;
        int *actions, count;
        if (!piece)
            return dtn_fail_nomem(ctx);
        DTN_TRY(split(ctx, piece, &key, &amount));
        DTN_TRY(number(ctx, value, amount));
        DTN_TRY(dtn_key_actions(ctx, ctx->scratch, &actions, &count, tree, key));
        for (int i = 0; i < count; i++) {
            fmpq_set(sigma + actions[i], value);
            given[actions[i]] = true;
        }
    }
    return dtn_profile_complete(ctx, sigma, given, tree);
}

static dtn_status tree_arg(dtn_ctx *ctx, fmpq *sigma, const dtn_tree *tree, const char *text)
{
    if (strchr(text, '='))
        return tree_names(ctx, sigma, tree, text);
    DTN_TRY(read_numbers(ctx, sigma, tree->actions, text, "by player, information set and action"));
    for (int h = 0; h < tree->infosets; h++) {
        choice c = choice_at(tree, h);
        DTN_TRY(check_sum(ctx, &c, sigma));
    }
    return DTN_OK;
}

dtn_status dtn_profile_arg_tree(dtn_ctx *ctx, fmpq *sigma, const dtn_tree *tree, const char *text)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = tree_arg(ctx, sigma, tree, text);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}

/* --- strategic games ----------------------------------------------------------------------------- */

/* "Row.cooperate" in full. */
static bool is_full_name(const dtn_strategic *game, int player, int strategy, const char *key)
{
    size_t length = strlen(game->player[player]);
    return strncmp(key, game->player[player], length) == 0 && key[length] == '.' &&
           strcmp(key + length + 1, game->strategy[player][strategy]) == 0;
}

typedef struct names {
    const dtn_strategic *game;
    dtn_arena *arena;
} names;

static const char *full_name(const void *user, int i)
{
    const names *n = user;
    for (int p = 0; p < n->game->players; p++) {
        if (i < n->game->strategies[p]) {
            const char *word =
                dtn_arena_printf(n->arena, "%s.%s", n->game->player[p], n->game->strategy[p][i]);
            return word ? word : "";
        }
        i -= n->game->strategies[p];
    }
    return NULL;
}

static dtn_status find_strategy(dtn_ctx *ctx, int *out, const dtn_strategic *game, const char *key)
{
    int found = 0, index = 0;
    for (int full = 1; full >= 0 && !found; full--) {
        index = 0;
        for (int p = 0; p < game->players; p++)
            for (int s = 0; s < game->strategies[p]; s++, index++)
                if (full ? is_full_name(game, p, s, key) : strcmp(game->strategy[p][s], key) == 0) {
                    *out = index;
                    found++;
                }
    }
    if (found == 1)
        return DTN_OK;
    if (found > 1)
        return dtn_fail(ctx, DTN_ARG, "the profile: \"%s\" names %d strategies, expected PLAYER.STRATEGY",
                        key, found);
    names n = {game, ctx->scratch};
    const char *near = dtn_suggest(key, full_name, &n);
    return dtn_fail(ctx, DTN_ARG, "the profile: no strategy is called \"%s\"%s%s%s", key,
                    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static dtn_status strategic_names(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, const char *text,
                                  int width)
{
    bool *given;
    DTN_ALLOC(ctx, ctx->scratch, given, width);
    while (*skip_blanks(text)) {
        const char *piece = next_piece(ctx, &text), *key, *amount;
        int index;
        if (!piece)
            return dtn_fail_nomem(ctx);
        DTN_TRY(split(ctx, piece, &key, &amount));
        DTN_TRY(find_strategy(ctx, &index, game, key));
        DTN_TRY(number(ctx, sigma + index, amount));
        given[index] = true;
    }
    for (int p = 0, first = 0; p < game->players; first += game->strategies[p++]) {
        choice c = {game->player[p], first, game->strategies[p]};
        DTN_TRY(complete(ctx, &c, sigma, given));
    }
    return DTN_OK;
}

static dtn_status strategic_arg(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, const char *text)
{
    int width = 0;
    for (int p = 0; p < game->players; p++)
        width += game->strategies[p];
    if (strchr(text, '='))
        return strategic_names(ctx, sigma, game, text, width);
    DTN_TRY(read_numbers(ctx, sigma, width, text, "by player and strategy"));
    for (int p = 0, first = 0; p < game->players; first += game->strategies[p++]) {
        choice c = {game->player[p], first, game->strategies[p]};
        DTN_TRY(check_sum(ctx, &c, sigma));
    }
    return DTN_OK;
}

dtn_status dtn_profile_arg_strategic(dtn_ctx *ctx, fmpq *sigma, const dtn_strategic *game, const char *text)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = strategic_arg(ctx, sigma, game, text);
    dtn_arena_release(ctx->scratch, mark);
    return status;
}
