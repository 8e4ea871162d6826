/* Reader of .gmcr files, which GMCR+ saves: a conflict in option form as JSON, of old and new versions.
 *
 * Names become keys; options keep their order, so that the states have the same numbers. What the conflict model has no
 * place for (misperceptions, coalitions) is said as a warning.
 * Cost: linear; ranked by hand, the feasible states are listed once. Grammar: docs/formats/gmcr.md. */
#include "format/gmcr.h"

#include <stdio.h>
#include <string.h>

#include "format/format.h"
#include "format/scenario_write.h"

bool dtn_gmcr_number(dtn_gmcr *g, const dtn_yaml *y, const char *what, int least, int most, int *out)
{
    const char *text = dtn_read_text(&g->r, y, what);
    if (!text)
        return false;
    size_t n = strspn(text, "0123456789");
    long value = 0;
    for (size_t i = 0; i < n && value < 1000000000; i++)
        value = 10 * value + (text[i] - '0');
    if (n == 0 || text[n] || value < least || value > most)
        return dtn_diag_error(g->r.diags, DTN_DIAG_GMCR, y->place,
                              "expected %s, a number from %d to %d, found '%.40s'", what, least, most, text);
    *out = (int)value;
    return true;
}

dtn_status dtn_gmcr_fault(dtn_gmcr *g, dtn_status status, const dtn_yaml *y)
{
    if (status == DTN_OK || status == DTN_NOMEM || status == DTN_CANCELLED)
        return status;
    dtn_diag_error(g->r.diags, DTN_DIAG_GMCR, y->place, "%s", dtn_ctx_error(g->r.ctx));
    return DTN_OK;
}

static const dtn_yaml *list_of(dtn_gmcr *g, const dtn_yaml *map, const char *key)
{
    const dtn_yaml *y = dtn_yaml_get(map, key);
    if (!y || dtn_yaml_is_null(y))
        return NULL;
    return dtn_expect_list(&g->r, y, key) ? y : NULL;
}

static bool is_taken(const char *key)
{
    static const char *const words[] = {"if", "iff", "only", "Y", "N"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    return false;
}

/* The options: a list of their own, or entries within the decision makers. */
static dtn_status find_options(dtn_gmcr *g)
{
    dtn_reader *r = &g->r;
    const dtn_yaml *own = list_of(g, g->root, "options");
    int room = own ? own->count : 0;
    for (int p = 0; p < g->players && !own; p++)
        room += dtn_list_count(dtn_yaml_get(g->makers->item[p], "options"));
    DTN_ALLOC(r->ctx, r->arena, g->option, room);
    DTN_ALLOC(r->ctx, r->arena, g->owner, room);
    for (int i = 0; i < room; i++)
        g->owner[i] = -1;
    for (int i = 0; own && i < room; i++)
        g->option[g->options++] = own->item[i];
    for (int p = 0; p < g->players; p++) {
        const dtn_yaml *list = list_of(g, g->makers->item[p], "options");
        for (int k = 0; list && k < list->count; k++) {
            int o = -1;
            if (!own && list->item[k]->kind == DTN_YAML_MAP)
                g->option[o = g->options++] = list->item[k];
            else if (!dtn_gmcr_number(g, list->item[k], "an option", 0, g->options - 1, &o))
                continue;
            if (g->owner[o] >= 0 && g->owner[o] != p)
                dtn_diag_error(r->diags, DTN_DIAG_GMCR, list->item[k]->place,
                               "option %d belongs to another decision maker already", o);
            g->owner[o] = p;
        }
    }
    for (int o = 0; o < g->options; o++)
        if (g->owner[o] < 0)
            dtn_diag_error(r->diags, DTN_DIAG_GMCR, g->option[o]->place,
                           "option %d belongs to no decision maker", o);
    return DTN_OK;
}

static dtn_status name_all(dtn_gmcr *g)
{
    dtn_reader *r = &g->r;
    char fallback[24];
    DTN_ALLOC(r->ctx, r->arena, g->player_key, g->players);
    DTN_ALLOC(r->ctx, r->arena, g->player_name, g->players);
    DTN_ALLOC(r->ctx, r->arena, g->option_key, g->options);
    for (int p = 0; p < g->players; p++) {
        const char *name = dtn_read_text(r, dtn_yaml_get(g->makers->item[p], "name"), "name");
        snprintf(fallback, sizeof fallback, "P%d", p + 1);
        g->player_key[p] = dtn_scenario_key(r->arena, name ? name : "", fallback, g->player_key, p);
        g->player_name[p] = name && *name ? name : g->player_key[p];
        if (!g->player_key[p])
            return dtn_fail_nomem(r->ctx);
    }
    for (int o = 0; o < g->options; o++) {
        const dtn_yaml *y = g->option[o];
        const char *name = y->kind == DTN_YAML_MAP ? dtn_read_text(r, dtn_yaml_get(y, "name"), "name") : NULL;
        snprintf(fallback, sizeof fallback, "o%d", o + 1);
        const char *key = dtn_scenario_key(r->arena, name ? name : "", fallback, g->option_key, o);
        if (key && is_taken(key))
            key = dtn_scenario_key(r->arena, fallback, fallback, g->option_key, o);
        g->option_key[o] = key;
        if (!key)
            return dtn_fail_nomem(r->ctx);
    }
    return DTN_OK;
}

dtn_status dtn_gmcr_options(dtn_gmcr *g, dtn_conflict_builder *b)
{
    dtn_reader *r = &g->r;
    static const char *const ways[] = {"both", "fwd", "back"};
    const dtn_direction directions[] = {DTN_BOTH_WAYS, DTN_FORWARD_ONLY, DTN_BACKWARD_ONLY};
    for (int p = 0; p < g->players; p++)
        DTN_TRY(dtn_gmcr_fault(g, dtn_conflict_add_player(b, NULL, g->player_key[p], g->player_name[p], NULL),
                               g->makers->item[p]));
    for (int o = 0; o < g->options && r->diags->errors == 0; o++) {
        const dtn_yaml *y = g->option[o];
        if (!dtn_expect_map(r, y, "an option"))
            continue;
        const dtn_yaml *way = dtn_yaml_get(y, "permittedDirection");
        int d = way ? dtn_read_word(r, way, "permittedDirection", ways, 3) : 0;
        const char *name = dtn_read_text(r, dtn_yaml_get(y, "name"), "name");
        DTN_TRY(dtn_gmcr_fault(g,
                               dtn_conflict_add_option(b, NULL, g->owner[o], g->option_key[o], name, NULL,
                                                       directions[d < 0 ? 0 : d]),
                               y));
    }
    for (int i = 0; i < g->infeasibles && r->diags->errors == 0; i++)
        DTN_TRY(dtn_gmcr_fault(g, dtn_conflict_forbid(b, g->infeasible[i]), g->root));
    return DTN_OK;
}

static dtn_status find_infeasibles(dtn_gmcr *g)
{
    const dtn_yaml *y = list_of(g, g->root, "infeasibles");
    const char **list;
    int count = y ? y->count : 0;
    DTN_ALLOC(g->r.ctx, g->r.arena, list, count);
    for (int i = 0; i < count; i++) {
        DTN_TRY(dtn_gmcr_statement(g, y->item[i], &list[g->infeasibles]));
        g->infeasibles += list[g->infeasibles] != NULL;
    }
    g->infeasible = list;
    return DTN_OK;
}

/* Parts of the file that have no place in a conflict. */
static void say_left_out(dtn_gmcr *g)
{
    static const char *const known[] = {"options",
                                        "decisionMakers",
                                        "infeasibles",
                                        "program",
                                        "version",
                                        "coalitions",
                                        "coalitionsFull",
                                        "useManualPreferenceRanking",
                                        "useManualPreferenceVectors",
                                        "title",
                                        "comments",
                                        "preferenceErrors",
                                        "progress"};
    for (int i = 0; i < g->root->count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            is_known = is_known || strcmp(known[k], g->root->key[i]->text) == 0;
        if (!is_known)
            dtn_diag_warn(g->r.diags, DTN_DIAG_LEFT_OUT, g->root->key[i]->place, "'%.60s' is not taken over",
                          g->root->key[i]->text);
    }
    const dtn_yaml *coalitions = dtn_yaml_get(g->root, "coalitions");
    for (int i = 0; coalitions && coalitions->kind == DTN_YAML_LIST && i < coalitions->count; i++)
        if (coalitions->item[i]->kind == DTN_YAML_LIST && coalitions->item[i]->count > 1) {
            dtn_diag_warn(g->r.diags, DTN_DIAG_LEFT_OUT, coalitions->item[i]->place,
                          "a coalition of %d decision makers is not taken over: each moves for itself",
                          coalitions->item[i]->count);
            break;
        }
    for (int p = 0; p < g->players; p++) {
        const dtn_yaml *y = dtn_yaml_get(g->makers->item[p], "misperceptions");
        if (y && y->kind == DTN_YAML_LIST && y->count)
            dtn_diag_warn(g->r.diags, DTN_DIAG_LEFT_OUT, y->place,
                          "the misperceptions of %.60s are not taken over: it sees every feasible state",
                          g->player_name[p]);
    }
}

static dtn_status make_scenario(dtn_gmcr *g, const char *file, const char *title)
{
    dtn_reader *r = &g->r;
    dtn_scenario *s = r->s;
    dtn_scn_player *player;
    DTN_ALLOC(r->ctx, r->arena, player, g->players);
    for (int p = 0; p < g->players; p++)
        player[p] = (dtn_scn_player){.key = g->player_key[p],
                                     .name = g->player_name[p],
                                     .about = "",
                                     .grid = -1,
                                     .place = g->makers->item[p]->place};
    s->player = player;
    s->players = g->players;
    s->title = title ? title : "";
    s->start = -1;
    s->ask.prob = (fmpq){1, 1};
    s->file = dtn_arena_strdup(r->arena, file);
    s->source_text = dtn_arena_strndup(r->arena, r->diags->text, r->diags->length);
    return s->file && s->source_text ? DTN_OK : dtn_fail_nomem(r->ctx);
}

static dtn_status read_conflict(dtn_gmcr *g, const char *file)
{
    dtn_reader *r = &g->r;
    if (!dtn_expect_map(r, g->root, "a .gmcr file"))
        return DTN_OK;
    g->makers = list_of(g, g->root, "decisionMakers");
    g->players = g->makers ? g->makers->count : 0;
    if (!g->players) {
        if (!r->diags->errors)
            dtn_diag_error(r->diags, DTN_DIAG_GMCR, g->root->place, "expected decisionMakers, found none");
        return DTN_OK;
    }
    for (int p = 0; p < g->players; p++)
        if (!dtn_expect_map(r, g->makers->item[p], "a decision maker"))
            return DTN_OK;
    DTN_TRY(find_options(g));
    DTN_TRY(name_all(g));
    if (r->diags->errors)
        return DTN_OK;
    DTN_TRY(find_infeasibles(g));
    say_left_out(g);
    const dtn_yaml *title = dtn_yaml_get(g->root, "title");
    const char *name = title ? dtn_read_text(r, title, "title") : NULL;
    DTN_TRY(dtn_conflict_builder_new(r->ctx, &g->b, name));
    DTN_TRY(dtn_gmcr_options(g, g->b));
    if (r->diags->errors == 0)
        DTN_TRY(dtn_gmcr_preferences(g));
    if (r->diags->errors)
        return DTN_OK;
    dtn_conflict *done = NULL;
    dtn_status status = dtn_conflict_finish(r->ctx, &done, g->b);
    if (status != DTN_OK)
        return dtn_gmcr_fault(g, status, g->root);
    g->b = NULL;
    r->s->conflict = done;
    return make_scenario(g, file, name);
}

bool dtn_gmcr_sniff(const char *bytes, size_t length)
{
    static const char key[] = "\"decisionMakers\"";
    if (!dtn_json_sniff(bytes, length))
        return false;
    for (const char *at = bytes, *end = bytes + length; (at = memchr(at, '"', (size_t)(end - at))); at++) {
        if ((size_t)(end - at) < sizeof key || memcmp(at, key, sizeof key - 1) != 0)
            continue;
        const char *next = at + sizeof key - 1; /* a key, not a name that happens to read like it */
        while (next < end && memchr(" \t\r\n", *next, 4))
            next++;
        if (next < end && *next == ':')
            return true;
    }
    return false;
}

dtn_status dtn_gmcr_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_scenario *s = arena ? dtn_arena_array(arena, 1, sizeof *s) : NULL;
    model->kind = DTN_MODEL_SCENARIO;
    if (!s) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    s->arena = arena;
    dtn_bytes checked;
    dtn_gmcr g = {.r = {.ctx = ctx, .arena = arena, .diags = diags, .bytes = &checked, .s = s, .deriving = -1}};
    dtn_status status = DTN_OK;
    if (dtn_bytes_check(diags, arena, &checked, bytes, length))
        status = dtn_yaml_parse(ctx, arena, &g.root, diags, &checked);
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    if (status == DTN_OK && g.root)
        status = read_conflict(&g, model->file);
    dtn_arena_release(ctx->scratch, mark);
    dtn_conflict_builder_free(g.b);
    if (status == DTN_OK && diags->errors == 0)
        model->scenario = s;
    else
        dtn_scenario_free(s);
    return status;
}
