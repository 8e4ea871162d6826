/* The analysis `bind`: least value of a lever for which the target holds, and the scalar rule of each guarantee.
 *
 * U: every equilibrium of the asked rung yields the target with probability at least q; E: some equilibrium does.
 * D: all that survives iterated conditional dominance does; S: play with the target enforces itself when repeated.
 * Method: exact stretches of the lever by sign traces (bind_lever.c); where traces cannot follow the game, a scan whose changes are
 * located exactly (line.c). The inequality that binds is the one that is an equality there (binding.c). A lever need not be
 * monotone: all intervals are reported. Cost: see there. Exact: thresholds, as each says. */
#include "analyse/bind.h"

#include <string.h>

#include "analyse/bind_parts.h"
#include "analyse/binding.h"
#include "analyse/job.h"
#include "analyse/verdict.h"

enum { NEXTS = 3 };

/* The predicate as a label. */
typedef struct wanted {
    const fmpq *prob;
    bool every;
} wanted;

static int holds(const void *user, const dtn_snapshot *s)
{
    const wanted *p = user;
    bool all = s->moments > 0, any = false;
    for (int i = 0; i < s->moments; i++) {
        bool enough = fmpq_cmp(s->moment[i].target, p->prob) >= 0;
        all = all && enough;
        any = any || enough;
    }
    return p->every ? all : any;
}

/* What is asked, read from options and from the scenario's `ask`. */
typedef struct question {
    const char *const *target;
    int targets;
    fmpq *prob;
    dtn_rung rung;
    const int *lever;
    int levers;
    bool wanted[DTN_PREDICATES];
    long cells;
} question;

static dtn_status read_levers(dtn_ctx *ctx, question *q, const dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    int *lever, count = 0, given = 0;
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        given += strcmp(v->name, "lever") == 0;
    DTN_ALLOC(ctx, job->arena, lever, s->params + given);
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (strcmp(v->name, "lever") == 0) {
            DTN_TRY(dtn_job_param(ctx, &lever[count], job, v->value));
            const dtn_scn_param *p = &s->param[lever[count++]];
            if (p->formula)
                return dtn_fail(
                    ctx, DTN_ARG,
                    "--lever %s: the parameter is derived by a formula; name one that it depends on", p->name);
            if (!p->ranged)
                return dtn_fail(ctx, DTN_ARG, "--lever %s: the parameter has no range to search", p->name);
        }
    for (int i = 0; given == 0 && i < s->ask.levers; i++)
        lever[count++] = s->ask.lever[i];
    for (int i = 0; given == 0 && s->ask.levers == 0 && i < s->params; i++)
        if (s->param[i].lever && s->param[i].ranged && !s->param[i].formula)
            lever[count++] = i;
    q->lever = lever;
    q->levers = count;
    return DTN_OK;
}

static dtn_status read_question(dtn_ctx *ctx, question *q, const dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    const char *target = dtn_options_text(&job->options, "target", NULL);
    const char *prob = dtn_options_text(&job->options, "prob", NULL);
    *q = (question){.target = s->ask.target.item, .targets = s->ask.target.items};
    if (target)
        DTN_TRY(dtn_target_words(ctx, job->arena, &q->target, &q->targets, target));
    DTN_ALLOC_FMPQ(ctx, job->arena, q->prob, 1);
    fmpq_one(q->prob);
    if (prob && !dtn_rational_parse(q->prob, prob, strlen(prob)))
        return dtn_fail(ctx, DTN_ARG, "--prob: found \"%s\", expected a number such as 1/2", prob);
    if (!prob && s->ask.target.items)
        fmpq_set(q->prob, &s->ask.prob);
    if (fmpq_sgn(q->prob) <= 0 || fmpq_cmp_ui(q->prob, 1) > 0)
        return dtn_fail(ctx, DTN_ARG, "--prob: expected a number above 0 and at most 1");
    DTN_TRY(dtn_job_rung(ctx, &q->rung, job));
    DTN_TRY(dtn_options_int(ctx, &q->cells, &job->options, "cells", 0, 2, 100000));
    q->wanted[DTN_PREDICATE_EVERY] = dtn_options_flag(&job->options, "every");
    q->wanted[DTN_PREDICATE_SOME] = dtn_options_flag(&job->options, "some");
    q->wanted[DTN_PREDICATE_DOMINANCE] = dtn_options_flag(&job->options, "dominance");
    bool repeated = dtn_options_flag(&job->options, "repeated"), any = repeated;
    for (int p = 0; p < (int)DTN_PREDICATES; p++)
        any = any || q->wanted[p];
    if (repeated && !s->repeated.discount)
        return dtn_fail(ctx, DTN_ARG, "--repeated: the file gives no discount factor (`repeated:`)");
    for (int p = 0; p < (int)DTN_PREDICATES; p++)
        if (dtn_predicate_asks((dtn_predicate)p) == DTN_ASKS_REPEATED)
            q->wanted[p] = any ? repeated : s->repeated.discount != NULL;
        else if (!any)
            q->wanted[p] = true;
    return read_levers(ctx, q, job);
}

static dtn_status range_end(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_end *end, const fmpq *at)
{
    DTN_TRY(dtn_bind_end_init(ctx, arena, end));
    fmpq_set(&end->at, at);
    fmpq_set(&end->lo, at);
    fmpq_set(&end->hi, at);
    end->exact = end->range_end = end->included = true;
    return DTN_OK;
}

/* From changes to intervals. A change at an exact place has a verdict of its own there. */
static dtn_status build_intervals(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *item, const dtn_line *line,
                                  const dtn_break *at, int breaks, const dtn_label *label)
{
    dtn_bind_interval *list;
    DTN_ALLOC(ctx, arena, list, breaks + 1);
    item->interval = list;
    bool inside = line->count > 0 && label->of(label->user, line->at[0]);
    if (inside)
        DTN_TRY(range_end(ctx, arena, &list[0].lo, line->lo));
    for (int i = 0; i < breaks; i++) {
        bool here = at[i].here && label->of(label->user, at[i].here);
        bool after = label->of(label->user, at[i].right);
        if (inside) { /* holds below: the interval ends here, unless a single point interrupts it or nothing does */
            dtn_bind_interval *last = &list[item->intervals++];
            DTN_TRY(dtn_bind_end_of(ctx, arena, &last->hi, line->sweep, &at[i], false, label));
            last->hi.included = here;
        }
        if (after || (here && !inside)) {
            dtn_bind_interval *next = &list[item->intervals];
            DTN_TRY(dtn_bind_end_of(ctx, arena, &next->lo, line->sweep, &at[i], true, label));
            next->lo.included = here;
            if (!after) { /* only the point itself */
                DTN_TRY(dtn_bind_end_of(ctx, arena, &next->hi, line->sweep, &at[i], false, label));
                next->hi.included = true;
                item->intervals++;
            }
        }
        inside = after;
    }
    if (inside)
        DTN_TRY(range_end(ctx, arena, &list[item->intervals++].hi, line->hi));
    item->monotone = item->intervals == 0 || (item->intervals == 1 && list[0].hi.range_end);
    return DTN_OK;
}

/* The snapshot whose strict margins come next: at the least value, or just inside where that is not exact. */
static const dtn_snapshot *at_least(const dtn_line *line, const dtn_break *at, int breaks,
                                    const dtn_label *label)
{
    if (line->count && label->of(label->user, line->at[0]))
        return line->at[0];
    for (int i = 0; i < breaks; i++)
        if (label->of(label->user, at[i].right) || (at[i].here && label->of(label->user, at[i].here)))
            return at[i].here ? at[i].here : at[i].right;
    return NULL;
}

dtn_status dtn_bind_on_line(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *item, dtn_line *line,
                            const fmpq_t prob, bool every)
{
    const wanted asked = {prob, every};
    const dtn_label label = {holds, &asked, prob};
    const dtn_sweep *sweep = line->sweep;
    DTN_TRY(dtn_bind_item_init(ctx, arena, item, line, every ? DTN_PREDICATE_EVERY : DTN_PREDICATE_SOME, prob));
    const dtn_break *at;
    int breaks, now;
    DTN_TRY(dtn_line_breaks(ctx, &at, &breaks, line, &label));
    DTN_TRY(build_intervals(ctx, arena, item, line, at, breaks, &label));
    const dtn_snapshot *least = at_least(line, at, breaks, &label);
    if (least)
        DTN_TRY(dtn_bind_nexts(ctx, arena, &item->next, &item->nexts, sweep, least, prob,
                               item->intervals ? &item->interval[0].lo : NULL, NEXTS));
    DTN_TRY(dtn_line_probe(ctx, &now, line, &item->now));
    item->holds_now = now >= 0 && holds(&asked, line->at[now]);
    item->undecided = line->undecided;
    return DTN_OK;
}

/* What the sweep answers for one group of predicates on one lever. */
static dtn_status open_line(dtn_ctx *ctx, dtn_sweep **sweep, dtn_line **line, const dtn_bind_ask *ask,
                            dtn_sweep_asks asks, int cells)
{
    const dtn_scn_param *p = &ask->scenario->param[ask->lever];
    DTN_TRY(dtn_sweep_new(ctx, sweep, ask->scenario, ask->point, ask->rung, ask->target, ask->targets));
    (*sweep)->asks = asks;
    (*sweep)->prob = ask->prob;
    dtn_status status = dtn_line_scan(ctx, line, *sweep, ask->lever, &p->lo, &p->hi, cells);
    if (status != DTN_OK) {
        dtn_sweep_free(*sweep);
        *sweep = NULL;
    }
    return status;
}

/* Every predicate of the group by exact stretches. *proved = false: not all of them could be. */
static dtn_status prove_group(dtn_ctx *ctx, dtn_arena *arena, bool *proved, dtn_bind_item *items, int *count,
                              const dtn_bind_ask *ask, dtn_line *line)
{
    dtn_faces *faces;
    const dtn_stretch *stretch;
    int stretches, first = *count;
    *proved = false;
    dtn_status status = dtn_faces_new(ctx, &faces, line->sweep, &ask->lever, 1);
    if (status == DTN_UNSUPPORTED)
        return DTN_OK;
    DTN_TRY(status);
    status = dtn_faces_line(ctx, line->sweep->arena, &stretch, &stretches, faces, line->lo, line->hi);
    for (int p = 0; status == DTN_OK && p < (int)DTN_PREDICATES; p++) {
        dtn_predicate predicate = (dtn_predicate)p;
        if (!ask->wanted[p] || dtn_predicate_asks(predicate) != line->sweep->asks)
            continue;
        dtn_bind_item *item = &items[*count];
        status = dtn_bind_prove(ctx, arena, proved, item, line, faces, stretch, stretches, predicate);
        if (status != DTN_OK || !*proved)
            break;
        for (int i = 0; i < item->intervals && status == DTN_OK; i++) {
            dtn_bind_interval *v = (dtn_bind_interval *)&item->interval[i];
            status = dtn_bind_formula(ctx, arena, &v->lo, line->sweep, ask->lever, line->lo, line->hi);
            if (status == DTN_OK)
                status = dtn_bind_formula(ctx, arena, &v->hi, line->sweep, ask->lever, line->lo, line->hi);
        }
        item->solves = line->sweep->solves;
        ++*count;
    }
    dtn_faces_free(faces);
    if (!*proved)
        *count = first;
    return status;
}

/* The same by a scan; only for equilibria. */
static dtn_status scan_group(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *items, int *count,
                             const dtn_bind_ask *ask)
{
    dtn_sweep *sweep;
    dtn_line *line;
    DTN_TRY(open_line(ctx, &sweep, &line, ask, DTN_ASKS_CLASSES, ask->cells));
    dtn_status status = DTN_OK;
    for (int p = 0; p <= (int)DTN_PREDICATE_SOME && status == DTN_OK; p++)
        if (ask->wanted[p]) {
            dtn_bind_item *item = &items[*count];
            status = dtn_bind_on_line(ctx, arena, item, line, ask->prob, p == (int)DTN_PREDICATE_EVERY);
            if (status == DTN_OK) {
                item->solves = sweep->solves;
                ++*count;
            }
        }
    dtn_sweep_free(sweep);
    return status;
}

static dtn_status ask_group(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *items, int *count,
                            const char **left_out, const dtn_bind_ask *ask, dtn_sweep_asks asks)
{
    enum { MOST_EFFORT = 500 };
    bool any = false, proved = false;
    dtn_sweep *sweep;
    dtn_line *line;
    for (int p = 0; p < (int)DTN_PREDICATES; p++)
        any = any || (ask->wanted[p] && dtn_predicate_asks((dtn_predicate)p) == asks);
    if (!any)
        return DTN_OK;
    if (asks == DTN_ASKS_TARGET && ask->cells)
        return scan_group(ctx, arena, items, count, ask);
    if (asks == DTN_ASKS_REPEATED) {
        bool at_once;
        DTN_TRY(dtn_verdict_at_once(ctx, &at_once, ask->tree));
        if (!at_once) {
            *left_out =
                "repetition, as the players move in turn within a period: detente repeated takes their "
                "plans as made at its beginning";
            return DTN_OK;
        }
    }
    DTN_TRY(open_line(ctx, &sweep, &line, ask, asks, 2));
    dtn_status status = DTN_OK;
    if (!line->undecided && sweep->effort <= MOST_EFFORT)
        status = prove_group(ctx, arena, &proved, items, count, ask, line);
    dtn_sweep_free(sweep);
    DTN_TRY(status);
    if (!proved && asks == DTN_ASKS_TARGET)
        return scan_group(ctx, arena, items, count, ask);
    if (!proved)
        *left_out = asks == DTN_ASKS_DOMINANCE
                        ? "what survives iterated conditional dominance: the players have too many plans"
                        : "repetition: the stage has too many plans";
    return DTN_OK;
}

dtn_status dtn_bind_lever(dtn_ctx *ctx, dtn_arena *arena, dtn_bind_item *items, int *count,
                          const char **left_out, const dtn_bind_ask *ask)
{
    int first = *count;
    DTN_TRY(ask_group(ctx, arena, items, count, left_out, ask, DTN_ASKS_TARGET));
    DTN_TRY(ask_group(ctx, arena, items, count, left_out, ask, DTN_ASKS_DOMINANCE));
    DTN_TRY(ask_group(ctx, arena, items, count, left_out, ask, DTN_ASKS_REPEATED));
    for (int i = first; i < *count; i++) {
        items[i].target = ask->target;
        DTN_TRY(dtn_bind_least(ctx, &items[i], ask->scenario, ask->point));
    }
    return DTN_OK;
}

static dtn_bind_ask ask_of(const dtn_bind_answer *answer, const dtn_job *job, const question *q, int lever)
{
    dtn_bind_ask ask = {.scenario = job->model->scenario,
                        .tree = answer->tree,
                        .point = &job->point,
                        .rung = q->rung,
                        .target = q->target,
                        .targets = q->targets,
                        .prob = q->prob,
                        .lever = q->lever[lever],
                        .cells = (int)q->cells};
    memcpy(ask.wanted, q->wanted, sizeof ask.wanted);
    return ask;
}

/* Two levers or more: every pair of them, at most MOST_PAIRS. Those that traces cannot follow are left out. */
static dtn_status ask_pairs(dtn_ctx *ctx, dtn_bind_answer *answer, dtn_result *result, const dtn_job *job,
                            const question *q)
{
    enum { MOST_PAIRS = 3 };
    dtn_bind_frontier *list;
    DTN_ALLOC(ctx, result->arena, list, MOST_PAIRS);
    answer->frontier = list;
    for (int i = 0; i < q->levers; i++)
        for (int k = i + 1; k < q->levers && answer->frontiers < MOST_PAIRS && q->cells == 0; k++) {
            dtn_bind_ask ask = ask_of(answer, job, q, i);
            dtn_status status =
                dtn_bind_frontier_find(ctx, result->arena, &list[answer->frontiers], &ask, q->lever[k]);
            if (status != DTN_OK)
                dtn_bind_frontier_free(&list[answer->frontiers]);
            if (status == DTN_UNSUPPORTED)
                return DTN_OK;
            DTN_TRY(status);
            answer->frontiers++;
        }
    return DTN_OK;
}

static dtn_status ask_all(dtn_ctx *ctx, dtn_bind_answer *answer, dtn_result *result, dtn_job *job)
{
    question q;
    DTN_TRY(read_question(ctx, &q, job));
    const dtn_scenario *s = job->model->scenario;
    answer->no_target = s->start < 0 ? "moves" : q.targets == 0 ? "target" : q.levers == 0 ? "lever" : NULL;
    bool asked = dtn_options_flag(&job->options, "target") || dtn_options_flag(&job->options, "lever");
    if (asked && answer->no_target)
        return dtn_fail(ctx, DTN_ARG, "bind: no %s to ask about: give --%s, or `ask:` in the file",
                        answer->no_target, answer->no_target);
    if (answer->no_target)
        return DTN_OK;
    DTN_TRY(dtn_job_tree(ctx, &answer->tree, job));
    dtn_bind_item *items;
    DTN_ALLOC(ctx, result->arena, items, (int)DTN_PREDICATES * q.levers);
    answer->item = items;
    for (int i = 0; i < q.levers; i++) {
        dtn_bind_ask ask = ask_of(answer, job, &q, i);
        DTN_TRY(dtn_bind_lever(ctx, result->arena, items, &answer->items, &answer->left_out, &ask));
    }
    DTN_TRY(ask_pairs(ctx, answer, result, job, &q));
    for (int i = 0; i < answer->items; i++)
        if (items[i].undecided) {
            result->outcome = DTN_OUTCOME_PARTIAL;
            result->note = "at some values of the lever not all equilibria could be listed";
        }
    return DTN_OK;
}

static void release(void *data, size_t count)
{
    (void)count;
    const dtn_bind_answer *answer = data;
    for (int i = 0; i < answer->frontiers; i++)
        dtn_bind_frontier_free((dtn_bind_frontier *)&answer->frontier[i]);
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    const dtn_scenario *s = job->model->scenario;
    dtn_bind_answer *answer;
    dtn_scalar_item *scalar;
    DTN_ALLOC(ctx, result->arena, answer, 1);
    DTN_ALLOC(ctx, result->arena, scalar, s->guarantees);
    result->data = answer;
    result->cleanup = release;
    result->outcome = DTN_OUTCOME_COMPLETE;
    answer->scalar = scalar;
    for (int g = 0; g < s->guarantees; g++, answer->scalars++)
        DTN_TRY(dtn_scalar_solve(ctx, result->arena, &scalar[g], s, g, &job->point));
    DTN_TRY(dtn_scalar_pairs(ctx, result->arena, &answer->pair, &answer->pairs, scalar, s));
    return ask_all(ctx, answer, result, job);
}

static const char *missing(const dtn_model *model)
{
    if (!model->scenario)
        return "only a scenario has parameters that can serve as levers";
    if (model->scenario->start < 0 && model->scenario->guarantees == 0)
        return "the file has neither `moves:` nor `guarantees:`";
    return NULL;
}

static const dtn_option_spec options[] = {
    {"target", "WHAT", NULL,
     "outcome, group or move.action that should happen; several with commas (default: the file's)", false},
    {"prob", "Q", NULL, "with at least this probability (default: the file's, else 1)", false},
    {"lever", "NAME", NULL, "parameter to search (default: the file's levers)", true},
    {"rung", "RUNG", NULL, "equilibria that count (default: the file's, else d1)", false},
    {"every", NULL, NULL, "only: every equilibrium yields the target", false},
    {"some", NULL, NULL, "only: some equilibrium yields the target", false},
    {"dominance", NULL, NULL, "only: all that survives iterated conditional dominance yields it", false},
    {"repeated", NULL, NULL, "only: the target enforces itself when the game is repeated", false},
    {"cells", "N", NULL, "scan the range in N cells instead of proving where the target holds", false},
    {0},
};

const dtn_analysis dtn_analysis_bind = {
    .name = "bind",
    .question = 4,
    .title = "What would bind?",
    .about = "The least value of a lever that makes a target hold, and the inequality that decides it.",
    .options = options,
    .missing = missing,
    .run = run,
};
