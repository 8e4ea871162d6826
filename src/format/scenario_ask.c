/* `ask:` and targets: what the report is to answer. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"
#include "model/assessment.h"

/* "answer.reject > reaction.alternative > clash": outcomes, groups, actions with their move. */
static dtn_status read_path(dtn_reader *r, const dtn_yaml *y, const char *text)
{
    for (const char *at = text; *at;) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ">"), word = length;
        while (word && at[word - 1] == ' ')
            word--;
        const char *piece = dtn_arena_strndup(r->ctx->scratch, at, word);
        if (!piece)
            return dtn_fail_nomem(r->ctx);
        if (dtn_find_name(r, DTN_NAME_OUTCOME, piece) < 0 && dtn_find_name(r, DTN_NAME_GROUP, piece) < 0)
            dtn_check_action(r, piece, dtn_yaml_place_in(y, r->bytes, (int)(at - text), (int)word), false);
        at += length + (at[length] == '>');
    }
    return DTN_OK;
}

/* One item: an outcome, a group, or an action; an action's name alone becomes "move.action" when only one move has it. */
static dtn_status read_item(dtn_reader *r, const dtn_yaml *y, const char **out)
{
    *out = NULL;
    const char *text = dtn_read_text(r, y, "target");
    if (!text)
        return DTN_OK;
    *out = text;
    int move = -1;
    if (strchr(text, '>'))
        return read_path(r, y, text);
    if (dtn_find_name(r, DTN_NAME_OUTCOME, text) >= 0 || dtn_find_name(r, DTN_NAME_GROUP, text) >= 0)
        return DTN_OK;
    if (strchr(text, '.')) {
        dtn_check_action(r, text, dtn_yaml_place_in(y, r->bytes, 0, (int)y->length), false);
        return DTN_OK;
    }
    if (dtn_sole_action(r, text, &move)) {
        *out = dtn_arena_printf(r->arena, "%s.%s", r->move[move].key, text);
        return *out ? DTN_OK : dtn_fail_nomem(r->ctx);
    }
    if (move >= 0) {
        dtn_diag_error(r->diags, DTN_DIAG_TARGET, y->place,
                       "several moves have an action '%.60s': name one, such as %s.%.60s", text,
                       r->move[move].key, text);
        return DTN_OK;
    }
    int outcomes, groups;
    const char *const *o = dtn_keys(r, r->outcomes, &outcomes), *const *g = dtn_keys(r, r->groups, &groups);
    const char **words = dtn_arena_array(r->ctx->scratch, (size_t)(outcomes + groups), sizeof *words);
    if (!words)
        return dtn_fail_nomem(r->ctx);
    for (int i = 0; i < outcomes; i++)
        words[i] = o[i];
    for (int i = 0; i < groups; i++)
        words[outcomes + i] = g[i];
    dtn_unknown(r, DTN_DIAG_TARGET, y->place, "outcome, group or action", text, words, outcomes + groups);
    return DTN_OK;
}

dtn_status dtn_read_target(dtn_reader *r, const dtn_yaml *y, dtn_scn_target *out)
{
    *out = (dtn_scn_target){.place = y->place};
    if (y->kind == DTN_YAML_MAP) {
        dtn_expect_list(r, y, "target");
        return DTN_OK;
    }
    const char **item;
    DTN_ALLOC(r->ctx, r->arena, item, dtn_list_count(y));
    out->item = item;
    for (int i = 0; i < dtn_list_count(y); i++) {
        DTN_TRY(read_item(r, dtn_list_item(y, i), &item[out->items]));
        out->items += item[out->items] != NULL;
    }
    return DTN_OK;
}

dtn_status dtn_read_rung(dtn_reader *r, const dtn_yaml *y, const char **out)
{
    static const char *const rungs[] = {
#define X(id, name, title) name,
        DTN_RUNG_LIST(X)
#undef X
    };
    int found = y ? dtn_read_word(r, y, "rung", rungs, DTN_RUNG_COUNT) : -1;
    *out = found >= 0 ? rungs[found] : NULL;
    return DTN_OK;
}

static dtn_status read_params(dtn_reader *r, const dtn_yaml *y, const char *what, const int **out, int *count)
{
    if (!y || (y->kind == DTN_YAML_MAP && !dtn_expect_list(r, y, what)))
        return DTN_OK;
    int *param;
    DTN_ALLOC(r->ctx, r->arena, param, dtn_list_count(y));
    *out = param;
    for (int i = 0; i < dtn_list_count(y); i++) {
        int found = dtn_read_param(r, dtn_list_item(y, i));
        if (found >= 0)
            param[(*count)++] = found;
    }
    return DTN_OK;
}

dtn_status dtn_define_ask(dtn_reader *r)
{
    dtn_scn_ask *ask = &r->s->ask;
    fmpq *one;
    DTN_ALLOC_FMPQ(r->ctx, r->arena, one, 1);
    fmpq_one(one);
    ask->prob = *one;
    const dtn_yaml *target, *prob, *map, *rung, *lever, *levers;
    if (!r->ask || !dtn_read_fields(r, r->ask, "ask", r->ask->place,
                                    (dtn_field[]){{"target", &target, false},
                                                  {"prob", &prob, false},
                                                  {"map", &map, false},
                                                  {"rung", &rung, false},
                                                  {"lever", &lever, false},
                                                  {"levers", &levers, false}},
                                    6))
        return DTN_OK;
    if (target)
        DTN_TRY(dtn_read_target(r, target, &ask->target));
    if (prob)
        DTN_TRY(dtn_read_probability(r, prob, &ask->prob));
    DTN_TRY(dtn_read_rung(r, rung, &ask->rung));
    DTN_TRY(read_params(r, map, "map", &ask->map, &ask->maps));
    return read_params(r, lever ? lever : levers, "levers", &ask->lever, &ask->levers);
}

dtn_status dtn_read_probability(dtn_reader *r, const dtn_yaml *y, fmpq *out)
{
    bool ok;
    DTN_TRY(dtn_read_number(r, y, "prob", out, &ok));
    if (ok && (fmpq_sgn(out) < 0 || fmpz_cmp(fmpq_numref(out), fmpq_denref(out)) > 0))
        dtn_diag_error(r->diags, DTN_DIAG_PROBABILITY, y->place, "expected a probability, found %.60s",
                       y->text);
    return DTN_OK;
}
