/* Play that depends on the state: who does what where, what it is worth, and how power shifts. */
#include "analyse/stochastic.h"

#include "report/draw.h"
#include "report/report.h"
#include "report/words.h"

static const char *player(dtn_doc *doc, int p)
{
    return dtn_doc_name(doc, p);
}

/* What a player does in a state: "offer", "1/2 stay, 1/2 go". */
static const char *does(dtn_doc *doc, const dtn_stochastic_state *s, const dtn_stage_play *play, int who)
{
    const char *words = "";
    int at = 0, used = 0;
    for (int p = 0; p < who; p++)
        at += s->actions[p];
    for (int a = 0; a < s->actions[who]; a++) {
        const fmpq *mix = play->mix + at + a;
        if (fmpq_is_zero(mix))
            continue;
        words = fmpq_is_one(mix) ? s->action[who][a]
                                 : dtn_doc_print(doc, "%s%s%s with %s", words, used ? ", " : "",
                                                 s->action[who][a], dtn_text_number(doc, mix));
        used++;
    }
    return words;
}

/* The second mover's answers to the first one's actions, in runs: "accept up to 17/20, else attack". */
static const char *answers(dtn_doc *doc, const dtn_stochastic_state *s, const dtn_stage_play *play)
{
    if (s->movers != 2 || s->actions[s->order[0]] < 2)
        return NULL;
    int first = s->order[0], second = s->order[1], actions = s->actions[first];
    const char *words = "";
    const int *reply = play->reply + 1; /* the first mover's own entry comes before */
    for (int a = 0; a < actions;) {
        int end = a;
        while (end + 1 < actions && reply[end + 1] == reply[a])
            end++;
        const char *to = a == end ? dtn_doc_print(doc, "%s", s->action[first][a])
                                  : dtn_doc_print(doc, "%s to %s", s->action[first][a], s->action[first][end]);
        words =
            dtn_doc_print(doc, "%s%s%s after %s", words, *words ? "; " : "", s->action[second][reply[a]], to);
        a = end + 1;
    }
    return words;
}

static const char *next_words(dtn_doc *doc, const dtn_stochastic *g, const fmpq *next)
{
    const char *words = "";
    for (int j = 0; j < g->states; j++)
        if (fmpq_is_one(next + j))
            words = g->state[j].name;
        else if (!fmpq_is_zero(next + j))
            words = dtn_doc_print(doc, "%s%s%s %s", words, *words ? ", " : "", g->state[j].name,
                                  dtn_text_number(doc, next + j));
    return words;
}

static dtn_value worth(dtn_doc *doc, const dtn_markov *m, const fmpq *x)
{
    if (m->exact)
        return dtn_value_exact(doc, x);
    return dtn_value_real(dtn_rational_double(x), dtn_rational_double(m->radius));
}

static void table(dtn_doc *doc, const dtn_stochastic *g, const dtn_markov *m, const fmpq *next)
{
    dtn_doc_table(doc, "states", "");
    dtn_doc_column(doc, "state", "State", DTN_LEFT);
    for (int p = 0; p < g->players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "play-%s", g->player[p]),
                       dtn_doc_print(doc, "%s", player(doc, p)), DTN_LEFT);
    dtn_doc_column(doc, "next", "Then", DTN_LEFT);
    for (int p = 0; p < g->players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "value-%s", g->player[p]),
                       dtn_doc_print(doc, "Worth to %s", player(doc, p)), DTN_RIGHT);
    for (int i = 0; i < g->states; i++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, i == g->start ? dtn_value_strong(dtn_value_text(doc, "%s", g->state[i].name))
                                        : dtn_value_text(doc, "%s", g->state[i].name));
        for (int p = 0; p < g->players; p++)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", does(doc, &g->state[i], &m->play[i], p)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", next_words(doc, g, next + i * g->states)));
        for (int p = 0; p < g->players; p++)
            dtn_doc_cell(doc, worth(doc, m, m->value + i * g->players + p));
    }
}

static void equilibrium(dtn_ctx *ctx, dtn_doc *doc, const dtn_shifts_answer *a, int number)
{
    const dtn_stochastic *g = a->game;
    const dtn_markov *m = &a->solution.equilibrium[number];
    const fmpq *next = a->next + (size_t)number * (size_t)g->states * (size_t)g->states;
    dtn_doc_open(doc, NULL, g->zero_sum ? "Optimal play" : "Equilibrium %d", number + 1);
    table(doc, g, m, next);
    bool any = false;
    for (int i = 0; i < g->states; i++) {
        const char *words = answers(doc, &g->state[i], &m->play[i]);
        if (!words)
            continue;
        if (!any)
            dtn_doc_list(doc, "answers", false);
        any = true;
        dtn_doc_item(doc, "In *%s* %s answers: %s.", g->state[i].name, player(doc, g->state[i].order[1]),
                     words);
    }
    dtn_picture *picture;
    if (g->states > 1 && dtn_doc_try(doc, dtn_draw_shifts(ctx, dtn_doc_arena(doc), &picture, g, next)))
        dtn_doc_picture(doc, "shifts",
                        "How play moves between the states, with probabilities. Bold: where it starts.",
                        picture);
    dtn_doc_close(doc);
}

static void answer(dtn_doc *doc, const dtn_shifts_answer *a)
{
    const dtn_stochastic *g = a->game;
    const dtn_markov *m = a->solution.equilibrium;
    const char *start = g->state[g->start].name;
    if (a->solution.count == 0) {
        dtn_doc_say_as(doc, "answer",
                       "*No* equilibrium in which play depends on the state only was found: %s.",
                       a->solution.note ? a->solution.note : "there is none");
        return;
    }
    const fmpq *value = m->value + g->start * g->players;
    if (g->zero_sum) {
        const char *about = m->exact
                                ? dtn_text_number(doc, value)
                                : dtn_doc_print(doc, "%.10g, give or take %.2g", dtn_rational_double(value),
                                                dtn_rational_double(m->radius));
        dtn_doc_say_as(doc, "answer",
                       "From *%s* the game is worth *%s* to %s: whoever plays as shown gets that, "
                       "whatever the other does.",
                       start, about, player(doc, 0));
    } else {
        const char *worths = "";
        for (int p = 0; p < g->players; p++)
            worths = dtn_doc_print(doc, "%s%s%s to %s", worths,
                                   p == 0               ? ""
                                   : p + 1 < g->players ? ", "
                                                        : " and ",
                                   dtn_text_number(doc, value + p), player(doc, p));
        const char *plays = "";
        for (int p = 0; p < g->players; p++)
            if (g->state[g->start].actions[p] > 1)
                plays = dtn_doc_print(doc, "%s%s%s: %s", plays, *plays ? ", " : "", player(doc, p),
                                      does(doc, &g->state[g->start], &m->play[g->start], p));
        dtn_doc_say_as(doc, "answer",
                       "%s in which play depends on the state only%s. In *%s* (%s) it is worth %s%s.",
                       dtn_text_count(doc, a->solution.count, "equilibrium", "equilibria"),
                       a->solution.outcome == DTN_OUTCOME_COMPLETE ? ", in pure strategies: no others" : "",
                       start, plays, worths, a->solution.count > 1 ? " under the first" : "");
    }
    if (a->solution.note)
        dtn_doc_note(doc, DTN_TONE_PLAIN, "%c%s.", a->solution.note[0] - 'a' + 'A', a->solution.note + 1);
}

dtn_status dtn_report_of_stochastic(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_shifts_answer *a = result->data;
    dtn_words_legend(doc);
    answer(doc, a);
    dtn_words_point(doc, result->job->model->scenario, &result->job->point);
    dtn_doc_field(doc, "discount", "Discount factor", dtn_value_exact(doc, a->game->discount));
    dtn_doc_array(doc, "equilibria", "Play in each state");
    for (int i = 0; i < a->solution.count; i++)
        equilibrium(ctx, doc, a, i);
    dtn_doc_close(doc);
    dtn_doc_note(doc, DTN_TONE_QUIET,
                 "Worth: the discounted sum of what is paid from there on. Verified exactly: nobody gains by "
                 "deviating "
                 "once, in any state, after any move.");
    if (look && look->stats)
        dtn_doc_say(doc, "Work: %ld rounds, %.3f s.", a->solution.rounds, result->seconds);
    return dtn_doc_status(doc);
}
