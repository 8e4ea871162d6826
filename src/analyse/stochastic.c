/* The analysis `stochastic`: games that move between states, such as shifts of power.
 * Cost: see solve/stochastic.h. Exact, or a proved enclosure. */
#include "analyse/stochastic.h"

#include "analyse/job.h"

static void release(void *data, size_t count)
{
    (void)count;
    dtn_stochastic_free(((dtn_shifts_answer *)data)->game);
}

/* Probability of going from state to state under an equilibrium. */
static void find_next(fmpq *out, const dtn_stochastic *g, const dtn_markov *m)
{
    fmpq_t p;
    fmpq_init(p);
    for (int i = 0; i < g->states; i++) {
        const dtn_stochastic_state *s = &g->state[i];
        for (long k = 0; k < s->profiles; k++) {
            fmpq_one(p);
            for (int who = 0, at = 0; who < g->players; at += s->actions[who++])
                fmpq_mul(p, p, m->play[i].mix + at + dtn_stochastic_action(s, k, who));
            for (int j = 0; j < g->states && !fmpq_is_zero(p); j++)
                fmpq_addmul(out + i * g->states + j, p, s->next + k * g->states + j);
        }
    }
    fmpq_clear(p);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_shifts_answer *a;
    DTN_ALLOC(ctx, result->arena, a, 1);
    *a = (dtn_shifts_answer){0};
    result->data = a;
    result->cleanup = release;
    DTN_TRY(dtn_stochastic_new(ctx, &a->game, job->model->scenario, &job->point));
    DTN_TRY(dtn_stochastic_solve(ctx, result->arena, &a->solution, a->game));
    size_t square = (size_t)a->game->states * (size_t)a->game->states;
    DTN_ALLOC_FMPQ(ctx, result->arena, a->next, square * (size_t)a->solution.count);
    for (int i = 0; i < a->solution.count; i++)
        find_next(a->next + (size_t)i * square, a->game, &a->solution.equilibrium[i]);
    result->outcome = a->solution.outcome;
    result->note = a->solution.note;
    return DTN_OK;
}

static const char *missing(const dtn_model *model)
{
    return model->scenario && model->scenario->stochastic ? NULL : "the file has no `stochastic:`";
}

static const dtn_option_spec options[] = {{0}};

const dtn_analysis dtn_analysis_stochastic = {
    .name = "stochastic",

    .title = "What happens as power shifts?",
    .about = "Games that move between states: Markov perfect equilibria, and the value of zero-sum games.",
    .options = options,
    .missing = missing,
    .run = run,
};
