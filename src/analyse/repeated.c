/* The analysis `repeated`: what is self-enforcing when the game is played again and again.
 *
 * Each pure profile of the stage gets its least discount factor with transfers, with reversion to a stage equilibrium, and (two
 * players) with any punishment; at the discount factor of the file or the command line, the payoffs that can be kept up at all.
 * Cost: see solve/repeated.h; brackets that are not exact take about a tenth of a second each. */
#include "analyse/repeated.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/job.h"
#include "base/suggest.h"

enum { MOST_LISTED = 16, MOST_STAGE = 4096 };

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_strategic_free(((dtn_repeated_answer *)data)->made);
}

static dtn_status find_game(dtn_ctx *ctx, dtn_repeated_answer *a, dtn_job *job)
{
    const dtn_model *m = job->model;
    if (m->strategic || (m->scenario && m->scenario->start < 0))
        DTN_TRY(dtn_job_table(ctx, &a->game, job));
    if (a->game)
        return DTN_OK;
    const dtn_tree *tree;
    DTN_TRY(dtn_job_tree(ctx, &tree, job));
    DTN_TRY(dtn_strategic_from_tree(ctx, &a->made, tree, MOST_STAGE));
    a->game = a->made;
    return DTN_OK;
}

/* The option as an exact number in [0, 1] (below 1 when `open`), else the file's formula, else `otherwise`. */
static dtn_status read_number(dtn_ctx *ctx, fmpq *out, bool *given, const dtn_job *job, const char *option,
                              const dtn_expr *formula, int otherwise, bool open)
{
    const char *text = dtn_options_text(&job->options, option, NULL);
    fmpq_set_si(out, otherwise, 1);
    *given = text || formula;
    if (text && !dtn_rational_parse(out, text, strlen(text)))
        return dtn_fail(ctx, DTN_ARG, "--%s: found \"%s\", expected a number such as 9/10", option, text);
    if (!text && formula)
        DTN_TRY(dtn_expr_exact(ctx, out, formula, job->point.value));
    if (fmpq_sgn(out) < 0 || fmpq_cmp_si(out, 1) > 0 || (open && fmpq_is_one(out)))
        return dtn_fail(ctx, text ? DTN_ARG : DTN_DOMAIN, "%s has to be at least 0 and %s 1", option,
                        open ? "below" : "at most");
    return DTN_OK;
}

typedef struct words {
    const dtn_strategic *game;
    int player;
} words;

static const char *strategy_word(const void *user, int i)
{
    const words *w = user;
    return i < w->game->strategies[w->player] ? w->game->strategy[w->player][i] : NULL;
}

/* "cooperate,cooperate": one strategy for each player, in their order. */
static dtn_status read_target(dtn_ctx *ctx, size_t *out, const dtn_strategic *game, const char *text)
{
    size_t step = 1;
    const char *at = text;
    *out = 0;
    for (int p = 0; p < game->players; p++) {
        size_t length = strcspn(at, ",");
        char *word = dtn_arena_strndup(ctx->scratch, at, length);
        if (!word)
            return dtn_fail_nomem(ctx);
        int found = -1;
        for (int s = 0; s < game->strategies[p] && found < 0; s++)
            if (strcmp(word, game->strategy[p][s]) == 0)
                found = s;
        if (found < 0) {
            const char *near = dtn_suggest(word, strategy_word, &(words){game, p});
            return dtn_fail(ctx, DTN_ARG, "--play: player %s has no strategy \"%s\"%s%s%s", game->player[p],
                            word, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        }
        *out += (size_t)found * step;
        step *= (size_t)game->strategies[p];
        if ((at[length] == ',') != (p + 1 < game->players))
            return dtn_fail(ctx, DTN_ARG,
                            "--play: found \"%s\", expected a strategy for each of %d players, with commas",
                            text, game->players);
        at += length + (at[length] == ',');
    }
    return DTN_OK;
}

typedef struct candidate {
    size_t profile;
    const fmpq *joint;
} candidate;

static int by_joint(const void *a, const void *b)
{
    const candidate *p = a, *q = b;
    int order = fmpq_cmp(q->joint, p->joint);
    return order ? order : (p->profile > q->profile) - (p->profile < q->profile);
}

/* The profiles to list: the asked one, or those that are worth most to the players together. */
static dtn_status choose(dtn_ctx *ctx, dtn_repeated_answer *a, size_t *list, const dtn_job *job)
{
    const char *target = dtn_options_text(&job->options, "play", NULL);
    a->items = 1;
    a->asked = target != NULL;
    if (target)
        return read_target(ctx, &list[0], a->game, target);
    size_t n = a->stage->profiles, players = (size_t)a->game->players;
    candidate *all;
    fmpq *joint;
    DTN_ALLOC(ctx, ctx->scratch, all, n);
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, joint, n);
    for (size_t k = 0; k < n; k++) {
        for (size_t p = 0; p < players; p++)
            fmpq_add(&joint[k], &joint[k], dtn_payoffs_at(&a->game->payoff, k * players + p).q);
        all[k] = (candidate){k, &joint[k]};
    }
    qsort(all, n, sizeof *all, by_joint);
    a->items = n < MOST_LISTED ? (int)n : MOST_LISTED;
    a->left_out = (int)n - a->items;
    for (int i = 0; i < a->items; i++)
        list[i] = all[i].profile;
    return DTN_OK;
}

/* What the sentences are about: the first profile that is no stage equilibrium and can be kept up, else the first. */
static int speak_of(const dtn_repeated_answer *a)
{
    for (int i = 0; i < a->items; i++)
        if (!a->item[i].nash && !(a->item[i].transfers.never && a->item[i].free_hand.never))
            return i;
    return 0;
}

static dtn_status find_set(dtn_ctx *ctx, dtn_arena *arena, dtn_repeated_answer *a, dtn_payoff_grid *grid)
{
    dtn_grid_point *corner;
    fmpz_t n;
    fmpz_init(n);
    fmpz_mul_si(n, fmpq_numref(a->effective), DTN_DISCOUNT_STEPS);
    fmpz_cdiv_q(n, n, fmpq_denref(a->effective)); /* up: the set grows with the discount factor */
    int p = (int)fmpz_get_si(n);
    fmpz_clear(n);
    DTN_ALLOC(ctx, ctx->scratch, corner, DTN_PAYOFF_CORNERS + 1);
    DTN_TRY(dtn_payoff_set_outer(ctx, corner, &a->corners, grid,
                                 p < 1                     ? 1
                                 : p >= DTN_DISCOUNT_STEPS ? DTN_DISCOUNT_STEPS - 1
                                                           : p,
                                 NULL, NULL));
    DTN_ALLOC_FMPQ(ctx, arena, a->corner, 2 * a->corners);
    for (int i = 0; i < a->corners; i++)
        for (int k = 0; k < 2; k++) {
            fmpq *x = &a->corner[2 * i + k];
            fmpq_mul_si(x, &grid->unit[k], k ? corner[i].y : corner[i].x);
            fmpq_add(x, x, &grid->base[k]);
        }
    return DTN_OK;
}

static dtn_status ask(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_repeated_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    result->data = a;
    result->cleanup = free_answer;
    DTN_TRY(find_game(ctx, a, job));
    dtn_stage *stage;
    DTN_TRY(dtn_stage_new(ctx, result->arena, &stage, a->game));
    a->stage = stage;
    DTN_ALLOC_FMPQ(ctx, result->arena, a->discount, 4);
    a->hazard = a->discount + 1;
    a->effective = a->discount + 2;
    a->detect = a->discount + 3;
    const dtn_scn_repeated none = {0}, *says = job->model->scenario ? &job->model->scenario->repeated : &none;
    bool given;
    DTN_TRY(read_number(ctx, a->hazard, &given, job, "hazard", says->hazard, 0, false));
    DTN_TRY(read_number(ctx, a->detect, &given, job, "detect", says->detect, 1, false));
    if (fmpq_is_zero(a->detect))
        return dtn_fail(ctx, DTN_ARG,
                        "detect has to be above 0: a breach that nobody notices has no consequence");
    if (!fmpq_is_one(a->detect))
        dtn_stage_detect(stage, a->detect);
    DTN_TRY(read_number(ctx, a->discount, &a->given, job, "discount", says->discount, 0, true));
    a->transfers = says->transfers;
    fmpq_set_si(a->effective, 1, 1);
    fmpq_sub(a->effective, a->effective, a->hazard);
    fmpq_mul(a->effective, a->effective, a->discount);
    size_t *list;
    dtn_repeated_item *item;
    DTN_ALLOC(ctx, ctx->scratch, list, MOST_LISTED);
    DTN_TRY(choose(ctx, a, list, job));
    DTN_ALLOC(ctx, result->arena, item, a->items);
    a->item = item;
    dtn_payoff_grid *grid = NULL;
    fmpq *one;
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, one, 1);
    fmpq_one(one);
    if (a->game->players == 2)
        DTN_TRY(dtn_payoff_grid_new(ctx, ctx->scratch, &grid, stage));
    for (int i = 0; i < a->items; i++) {
        item[i].profile = list[i];
        item[i].nash = stage->nash[list[i]];
        DTN_TRY(dtn_repeated_transfers(ctx, result->arena, &item[i].transfers, stage, list[i]));
        DTN_TRY(dtn_repeated_reversion(ctx, result->arena, &item[i].reversion, stage, list[i], one));
        if (grid) {
            DTN_TRY(dtn_repeated_bracket(ctx, result->arena, &item[i].free_hand, grid, list[i]));
            item[i].bracketed = true;
            bool stands;
            dtn_repeated_renegotiation(&stands, item[i].punish, stage, list[i]);
            item[i].forgiven = !stands;
        }
    }
    a->first = speak_of(a);
    result->outcome = DTN_OUTCOME_COMPLETE;
    return grid && a->given && fmpq_sgn(a->effective) > 0 ? find_set(ctx, result->arena, a, grid) : DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = ask(ctx, result, job);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK && result->data) {
        free_answer(result->data, 1);
        result->data = NULL;
        result->cleanup = NULL;
    }
    return status;
}

static const char *missing(const dtn_model *model)
{
    if (model->tree || model->strategic ||
        (model->scenario && (model->scenario->start >= 0 || model->scenario->matrix)))
        return NULL;
    return "the file has neither `moves:` nor `matrix:`";
}

static const dtn_option_spec options[] = {
    {"play", "A,B", NULL,
     "the stage play to keep up: a strategy for each player (default: what is worth most together)", false},
    {"discount", "D", NULL, "discount factor in [0, 1) (default: the file's)", false},
    {"hazard", "S", NULL, "probability each period that there is no next one (default: the file's, else 0)",
     false},
    {"detect", "D", NULL, "probability that a breach is noticed (default: the file's, else 1)", false},
    {0},
};

const dtn_analysis dtn_analysis_repeated = {
    .name = "repeated",
    .question = 4,
    .title = "What would bind?",
    .about = "What is self-enforcing when the game is repeated: the least discount factor, with and without "
             "transfers.",
    .options = options,
    .missing = missing,
    .run = run,
};
