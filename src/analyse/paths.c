/* The analysis `paths`: status quo analysis. Which equilibria can be arrived at from where things stand, in how many moves,
 * by moves that pay for who makes them or only by others, and which players can bring them about by themselves.
 * Method: breadth-first searches over legal sequences (no player twice in a row); for "who", a search for each set of
 *         players, smaller ones first. Cost: linear in the moves, times 2^players for "who". Exact.
 * Source: Li, Kilgour & Hipel 2005. */
#include "analyse/paths.h"

#include <string.h>

#include "analyse/variants.h"
#include "model/conflict.h"

enum { GOALS_MOST = 256, SUBSETS_LOG = 6, SPREAD_MOST = 4096 };

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_stability_free(((dtn_paths_answer *)data)->run);
}

/* A shortest path as a list in arena. */
static dtn_status keep_path(dtn_ctx *ctx, dtn_arena *arena, const dtn_conflict_move **out, int *steps,
                            const dtn_paths *paths, size_t state)
{
    *steps = dtn_paths_to(paths, state, NULL, 0);
    if (*steps <= 0)
        return DTN_OK;
    dtn_conflict_move *path;
    DTN_ALLOC(ctx, arena, path, *steps);
    dtn_paths_to(paths, state, path, *steps);
    *out = path;
    return DTN_OK;
}

/* How many states are first reached in 1, 2, ... steps. */
static dtn_status spread(dtn_ctx *ctx, dtn_arena *arena, const size_t **out, int *length, size_t *total,
                         const dtn_paths *paths, size_t states)
{
    size_t *count;
    DTN_ALLOC(ctx, arena, count, SPREAD_MOST);
    *length = 0;
    *total = 0;
    for (size_t s = 0; s < states; s++) {
        int steps = dtn_paths_to(paths, s, NULL, 0);
        if (steps <= 0)
            continue;
        int place = steps < SPREAD_MOST ? steps : SPREAD_MOST;
        count[place - 1]++;
        *length = place > *length ? place : *length;
        ++*total;
    }
    *out = count;
    return DTN_OK;
}

static bool equilibrium_of_some(const dtn_stability *r, int combination, size_t state)
{
    for (int k = 0; k < dtn_concept_count(); k++)
        if (dtn_stability_has(r, k) && dtn_stability_equilibrium(r, combination, k, state))
            return true;
    return false;
}

static dtn_status choose_goals(dtn_ctx *ctx, dtn_arena *arena, dtn_paths_answer *a, dtn_paths_case *item,
                               const dtn_job *job)
{
    size_t asked = 0;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        asked += !strcmp(v->name, "to");
    DTN_ALLOC(ctx, arena, item->goal, asked + GOALS_MOST);
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        size_t s;
        if (strcmp(v->name, "to") != 0)
            continue;
        DTN_TRY(dtn_conflict_find_state(ctx, &s, a->conflict, v->value));
        item->goal[item->goals++] = (dtn_paths_goal){.state = s, .asked = true};
    }
    for (size_t s = 0; s < a->conflict->states; s++) {
        bool known = !equilibrium_of_some(a->run, item->combination, s);
        for (int k = 0; k < item->goals && !known; k++)
            known = item->goal[k].state == s;
        if (known)
            continue;
        if (item->goals == (int)asked + GOALS_MOST) {
            a->cut = true;
            break;
        }
        item->goal[item->goals++] = (dtn_paths_goal){.state = s};
    }
    return DTN_OK;
}

static int size_of(uint32_t members)
{
    int n = 0;
    for (; members; members &= members - 1)
        n++;
    return n;
}

/* For each goal the smallest groups whose own moves lead there. */
static dtn_status find_groups(dtn_ctx *ctx, dtn_arena *arena, const dtn_paths_answer *a, dtn_paths_case *item)
{
    int players = a->conflict->players;
    if (players > SUBSETS_LOG)
        return DTN_OK;
    uint32_t **found;
    DTN_ALLOC(ctx, ctx->scratch, found, item->goals);
    for (int g = 0; g < item->goals; g++)
        DTN_ALLOC(ctx, arena, found[g], (size_t)1 << players);
    for (int size = 1; size <= players; size++)
        for (uint32_t members = 1; members < (uint32_t)1 << players; members++) {
            if (size_of(members) != size)
                continue;
            dtn_paths *paths;
            DTN_TRY(dtn_paths_by(ctx, &paths, a->run, item->combination, a->start, false, members));
            for (int g = 0; g < item->goals; g++) {
                dtn_paths_goal *goal = &item->goal[g];
                bool smaller = false;
                for (int k = 0; k < goal->alones; k++)
                    smaller |= (found[g][k] & members) == found[g][k];
                if (!smaller && dtn_paths_to(paths, goal->state, NULL, 0) > 0)
                    found[g][goal->alones++] = members;
            }
            dtn_paths_free(paths);
        }
    for (int g = 0; g < item->goals; g++)
        item->goal[g].alone = found[g];
    return DTN_OK;
}

static dtn_status look(dtn_ctx *ctx, dtn_arena *arena, dtn_paths_answer *a, dtn_paths_case *item,
                       const dtn_paths *moves, const dtn_paths *gains, const dtn_job *job)
{
    DTN_TRY(spread(ctx, arena, &item->spread, &item->spreads, &item->reached_by_gains, gains,
                   a->conflict->states));
    DTN_TRY(choose_goals(ctx, arena, a, item, job));
    for (int g = 0; g < item->goals; g++) {
        dtn_paths_goal *goal = &item->goal[g];
        DTN_TRY(keep_path(ctx, arena, &goal->moves, &goal->moves_steps, moves, goal->state));
        DTN_TRY(keep_path(ctx, arena, &goal->gains, &goal->gains_steps, gains, goal->state));
    }
    return find_groups(ctx, arena, a, item);
}

static dtn_status run_cases(dtn_ctx *ctx, dtn_result *result, dtn_paths_answer *a, const dtn_paths *moves,
                            const dtn_job *job)
{
    DTN_TRY(spread(ctx, result->arena, &a->spread, &a->spreads, &a->reached_by_moves, moves,
                   a->conflict->states));
    for (int k = 0; k < a->items; k++) {
        dtn_paths *gains;
        a->item[k].combination = k;
        DTN_TRY(dtn_paths_new(ctx, &gains, a->run, k, a->start, true));
        dtn_status status = look(ctx, result->arena, a, &a->item[k], moves, gains, job);
        dtn_paths_free(gains);
        DTN_TRY(status);
    }
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_paths_answer *a;
    dtn_stability_options options = {0};
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->conflict = job->model->scenario->conflict;
    result->data = a;
    result->cleanup = free_answer;
    const char *from = dtn_options_text(&job->options, "from", NULL);
    a->from_status_quo = !from;
    if (from)
        DTN_TRY(dtn_conflict_find_state(ctx, &a->start, a->conflict, from));
    else if (!dtn_conflict_status_quo(a->conflict, &a->start))
        return dtn_fail(ctx, DTN_DOMAIN,
                        "the conflict has no `status_quo`: say where to start with --from STATE");
    DTN_TRY(dtn_variants_combine(ctx, &options, a->conflict, job));
    DTN_TRY(dtn_stability_run(ctx, &a->run, a->conflict, &options));
    DTN_ALLOC(ctx, result->arena, a->item, options.combinations);
    a->items = options.combinations;
    dtn_paths *moves;
    DTN_TRY(dtn_paths_new(ctx, &moves, a->run, 0, a->start, false));
    dtn_status status = run_cases(ctx, result, a, moves, job);
    dtn_paths_free(moves);
    result->outcome = a->cut ? DTN_OUTCOME_PARTIAL : DTN_OUTCOME_COMPLETE;
    if (a->cut)
        result->note = "there are more equilibria than the 256 gone through: ask for one with --to STATE";
    return status;
}

static const dtn_option_spec options[] = {
    {"from", "STATE", NULL, "where to start; default: the status quo", false},
    {"to", "STATE", NULL, "tell the ways to this state too, whether it holds or not", true},
    DTN_VARIANT_OPTION,
    {0},
};

extern const dtn_analysis dtn_analysis_paths;
const dtn_analysis dtn_analysis_paths = {
    .name = "paths",
    .question = 2,
    .title = "Where can it lead?",
    .about = "Which states that hold can be arrived at from the status quo, by which moves, by moves that "
             "pay for who makes "
             "them, and by whom.",
    .options = options,
    .missing = dtn_conflict_needed,
    .run = run,
};
