/* `matrix:`: a plain strategic form, in numbers. */
#include <stdio.h>
#include <string.h>

#include "format/reader.h"
#include "model/strategic.h"

enum { MOST_CELLS = 1000000 };

typedef struct matrix {
    int players;
    int *strategies;
    const char *const **strategy;
    const char **player;
    size_t profiles;
    fmpq *payoff;
    bool *given;
} matrix;

static bool read_strategies(dtn_reader *r, matrix *m, const dtn_yaml *y)
{
    if (!dtn_expect_map(r, y, "strategies"))
        return false;
    m->profiles = 1;
    for (int p = 0; p < r->s->players; p++) {
        const dtn_yaml *list = dtn_yaml_get(y, r->player[p].key);
        if (!list || list->kind != DTN_YAML_LIST || list->count == 0)
            return dtn_diag_error(r->diags, DTN_DIAG_MATRIX, list ? list->place : y->place,
                                  "matrix: expected a list of the strategies of %s", r->player[p].key);
        const char **names = dtn_arena_array(r->arena, (size_t)list->count, sizeof *names);
        if (!names)
            return false;
        for (int i = 0; i < list->count; i++) {
            names[i] = dtn_read_text(r, list->item[i], "strategy");
            if (!names[i] || !dtn_check_name(r, list->item[i], "strategy", false))
                return false;
        }
        m->strategies[p] = list->count;
        m->strategy[p] = names;
        m->player[p] = r->player[p].name;
        m->profiles *= (size_t)list->count;
        if (m->profiles > MOST_CELLS)
            return dtn_diag_error(r->diags, DTN_DIAG_MATRIX, y->place, "matrix: more than %d combinations",
                                  MOST_CELLS);
    }
    for (int i = 0; i < y->count; i++)
        if (dtn_read_player(r, y->key[i]) < 0)
            return false;
    return true;
}

static dtn_status read_cell(dtn_reader *r, matrix *m, size_t profile, const dtn_yaml *y)
{
    if (y->kind != DTN_YAML_LIST || y->count != m->players) {
        dtn_diag_error(r->diags, DTN_DIAG_MATRIX, y->place,
                       "matrix: expected %d payoffs, one for each player%s", m->players,
                       y->kind == DTN_YAML_LIST ? "" : ", as a list");
        return DTN_OK;
    }
    m->given[profile] = true;
    for (int p = 0; p < m->players; p++) {
        fmpq value;
        bool ok;
        DTN_TRY(dtn_read_number(r, y->item[p], "payoff of the matrix", &value, &ok));
        fmpq_set(m->payoff + profile * (size_t)m->players + (size_t)p, &value);
    }
    return DTN_OK;
}

/* "C D" -> the number of the combination, the first player's strategy running fastest; false: error. */
static bool read_profile(dtn_reader *r, const matrix *m, const dtn_yaml *key, size_t *profile)
{
    const char *at = key->text;
    size_t stride = 1;
    *profile = 0;
    for (int p = 0; p < m->players; p++) {
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        int found = -1;
        for (int i = 0; i < m->strategies[p]; i++)
            if (strlen(m->strategy[p][i]) == n && memcmp(m->strategy[p][i], at, n) == 0)
                found = i;
        if (found < 0) {
            char word[128];
            snprintf(word, sizeof word, "%.*s", (int)n, at);
            dtn_unknown(r, DTN_DIAG_COMBINATION,
                        dtn_yaml_place_in(key, r->bytes, (int)(at - key->text), (int)n), "strategy", word,
                        m->strategy[p], m->strategies[p]);
            return false;
        }
        *profile += (size_t)found * stride;
        stride *= (size_t)m->strategies[p];
        at += n;
    }
    at += strspn(at, " ");
    return *at == '\0' || dtn_diag_error(r->diags, DTN_DIAG_COMBINATION, key->place,
                                         "'%.60s' names more than %d strategies", key->text, m->players);
}

/* Two players: rows of cells, [[[3, 3], [0, 5]], [[5, 0], [1, 1]]]. */
static dtn_status read_rows(dtn_reader *r, matrix *m, const dtn_yaml *y)
{
    if (m->players != 2 || y->count != m->strategies[0]) {
        dtn_diag_error(
            r->diags, DTN_DIAG_MATRIX, y->place,
            m->players == 2
                ? "matrix: expected %d rows, one for each strategy of the first player"
                : "matrix: rows are for two players, this one has %d: write {a b c: [1, 2, 3], ...}",
            m->players == 2 ? m->strategies[0] : m->players);
        return DTN_OK;
    }
    for (int i = 0; i < y->count; i++) {
        const dtn_yaml *row = y->item[i];
        if (row->kind != DTN_YAML_LIST || row->count != m->strategies[1]) {
            dtn_diag_error(r->diags, DTN_DIAG_MATRIX, row->place,
                           "matrix: expected %d cells, one for each strategy of the second player",
                           m->strategies[1]);
            continue;
        }
        for (int k = 0; k < row->count; k++)
            DTN_TRY(read_cell(r, m, (size_t)i + (size_t)k * (size_t)m->strategies[0], row->item[k]));
    }
    return DTN_OK;
}

static dtn_status read_payoffs(dtn_reader *r, matrix *m, const dtn_yaml *y)
{
    int errors = r->diags->errors;
    if (y->kind == DTN_YAML_LIST) {
        DTN_TRY(read_rows(r, m, y));
    } else if (dtn_expect_map(r, y, "payoffs of the matrix")) {
        for (int i = 0; i < y->count; i++) {
            size_t profile;
            if (read_profile(r, m, y->key[i], &profile))
                DTN_TRY(read_cell(r, m, profile, y->item[i]));
        }
    }
    for (size_t k = 0; k < m->profiles && r->diags->errors == errors; k++) {
        if (m->given[k])
            continue;
        char text[256] = "";
        size_t rest = k;
        for (int p = 0; p < m->players; p++) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.60s", p ? " " : "",
                     m->strategy[p][rest % (size_t)m->strategies[p]]);
            rest /= (size_t)m->strategies[p];
        }
        dtn_diag_error(r->diags, DTN_DIAG_MATRIX, y->place, "matrix: no payoffs for '%s'", text);
    }
    return DTN_OK;
}

dtn_status dtn_define_matrix(dtn_reader *r)
{
    const dtn_yaml *strategies, *payoffs;
    if (!r->matrix ||
        !dtn_read_fields(r, r->matrix, "matrix", r->matrix->place,
                         (dtn_field[]){{"strategies", &strategies, true}, {"payoffs", &payoffs, true}}, 2) ||
        !strategies || !payoffs)
        return DTN_OK;
    matrix m = {.players = r->s->players};
    if (m.players < 2) {
        dtn_diag_error(r->diags, DTN_DIAG_MATRIX, r->matrix->place,
                       "matrix: at least two players are needed, the file has %d", m.players);
        return DTN_OK;
    }
    DTN_ALLOC(r->ctx, r->arena, m.strategies, m.players);
    DTN_ALLOC(r->ctx, r->arena, m.strategy, m.players);
    DTN_ALLOC(r->ctx, r->arena, m.player, m.players);
    int errors = r->diags->errors;
    if (!read_strategies(r, &m, strategies))
        return r->diags->errors > errors ? DTN_OK : dtn_fail_nomem(r->ctx);
    DTN_ALLOC(r->ctx, r->arena, m.given, m.profiles);
    DTN_ALLOC_FMPQ(r->ctx, r->arena, m.payoff, m.profiles * (size_t)m.players);
    DTN_TRY(read_payoffs(r, &m, payoffs));
    if (r->diags->errors > errors)
        return DTN_OK;
    dtn_strategic *game;
    DTN_TRY(dtn_strategic_new(r->ctx, &game, r->s->title, m.players, m.strategies, m.player, m.strategy,
                              m.payoff));
    r->s->matrix = game;
    return DTN_OK;
}
