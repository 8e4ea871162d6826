/* What happens: the equilibria of a tree on the ladder, in words, tables and a picture.
 *
 * The sentences say what is played, by whom, and how far up the ladder it holds; everything else is a table. */
#include "analyse/solve.h"

#include <string.h>

#include "report/draw.h"
#include "report/of_solve.h"
#include "report/report.h"
#include "report/words.h"

enum { TREES_DRAWN = 3, ROWS_DRAWN = 40 };

/* Information sets in the order of play: by depth, then by number. NULL once the document has failed. */
static const int *in_order(dtn_doc *doc, const dtn_tree *tree)
{
    int *order = dtn_arena_array(dtn_doc_arena(doc), (size_t)tree->infosets, sizeof *order);
    if (!order) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return NULL;
    }
    for (int h = 0; h < tree->infosets; h++) {
        int depth = tree->node[tree->members[tree->infoset[h].first_member]].depth, k = h;
        for (; k > 0 && tree->node[tree->members[tree->infoset[order[k - 1]].first_member]].depth > depth; k--)
            order[k] = order[k - 1];
        order[k] = h;
    }
    return order;
}

/* What is played, by player and type in the order of the moves, only where play reaches. */
static void say_play(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e, const int *order)
{
    dtn_doc_list(doc, "play", false);
    for (int k = 0; k < tree->infosets; k++) {
        int h = order[k];
        if (e->reached[h] && tree->infoset[h].actions > 1)
            dtn_doc_item(doc, "%s at %s: %s", dtn_words_mover(doc, tree, h), dtn_words_move(doc, tree, h),
                         dtn_words_choice(doc, tree, e->at.sigma, h));
    }
}

static const char *type_name(dtn_doc *doc, const dtn_tree *tree, int player, int type)
{
    return dtn_words_player(doc, tree, player, type);
}

/* Why an equilibrium does not reach a rung, as a sentence without its full stop. */
static const char *fall_words(dtn_doc *doc, const dtn_tree *tree, const dtn_fall *f)
{
    const char *where = f->infoset >= 0 ? dtn_words_move(doc, tree, f->infoset) : "";
    const char *who = f->infoset >= 0 ? dtn_words_mover(doc, tree, f->infoset) : dtn_doc_name(doc, f->player);
    const char *action = f->action >= 0 ? tree->action[f->action].name : "";
    if (f->unknown && f->note && strcmp(f->note, "approximate") == 0)
        return "the numbers are near an equilibrium's, but none was certified";
    if (f->unknown)
        return dtn_doc_print(doc, "whether it %s could not be decided%s%s", dtn_words_rung(doc, f->rung),
                             f->note ? ": " : "", f->note ? f->note : "");
    switch (f->rung) {
    case DTN_RUNG_NASH:
        return dtn_doc_print(doc, "%s gains by choosing %s at %s", who, action, where);
    case DTN_RUNG_SPE:
        return f->infoset < 0
                   ? "in a part of the game that begins at a position all know, somebody gains by deviating"
                   : dtn_doc_print(doc,
                                   "in the part of the game that begins at %s, %s would gain by choosing %s",
                                   where, who, *action ? action : "otherwise");
    case DTN_RUNG_PBE:
        return f->infoset < 0 ? "no beliefs make every choice best"
                              : dtn_doc_print(doc, "no belief of %s makes its choice at %s best%s%s", who,
                                              where, *action ? ": it would rather choose " : "", action);
    case DTN_RUNG_NSWYDK:
        return f->infoset < 0
                   ? "a surprise changes beliefs about what its author does not know"
                   : dtn_doc_print(
                         doc, "it needs %s, at %s, to draw a conclusion from a surprise about what its author does not know",
                         who, where);
    case DTN_RUNG_SEQUENTIAL:
        return f->infoset < 0
                   ? "no small mistakes explain all of its beliefs at once"
                   : dtn_doc_print(
                         doc, "the beliefs of %s at %s fit no small mistakes that explain all beliefs at once",
                         who, where);
    default:
        break;
    }
    const char *type = f->player >= 0 ? type_name(doc, tree, f->player, f->type) : "a type";
    const char *other =
        f->player >= 0 && f->other_type >= 0 ? type_name(doc, tree, f->player, f->other_type) : NULL;
    if (other)
        return dtn_doc_print(
            doc, "after %s it needs suspicion of %s, although %s gains from %s whenever the former does, and from more",
            *action ? action : "a surprise", type, other, *action ? action : "it");
    return dtn_doc_print(doc, "%s would gain by %s once nobody suspects types that could only lose by it",
                         type, *action ? dtn_doc_print(doc, "choosing %s", action) : "deviating");
}

/* Without a move of chance nobody knows more of the game than the others: there are no types that a surprise could betray. */
static bool chance_moves(const dtn_tree *tree)
{
    for (int n = 0; n < tree->nodes; n++)
        if (tree->node[n].kind == DTN_NODE_CHANCE)
            return true;
    return false;
}

static void say_rung(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e)
{
    const char *rung = dtn_words_rung_noun(doc, e->rung, false);
    if (e->rung == DTN_RUNG_D1 && !chance_moves(tree))
        dtn_doc_say_as(doc, "why",
                       "It is a %s, and the tests for signals exclude nothing: nobody has private types.",
                       dtn_words_rung_noun(doc, DTN_RUNG_SEQUENTIAL, false));
    else if (e->rung == DTN_RUNG_D1)
        dtn_doc_say_as(doc, "why", "It %s, the highest rung of the ladder.", dtn_words_rung(doc, e->rung));
    else if (e->falls == 0)
        dtn_doc_say_as(doc, "why", "Rung: %s. Whether it stands higher was not asked.", rung);
    else {
        const char *why = "";
        for (int i = 0; i < e->falls; i++)
            why = dtn_doc_print(doc, "%s%s%s", why, i ? "; and " : "", fall_words(doc, tree, &e->fall[i]));
        dtn_doc_say_as(doc, "why", "Rung: %s. %s: %s.", rung, e->fall[0].unknown ? "Open" : "Why not higher",
                       why);
    }
    if (e->weak_pbe && e->rung < DTN_RUNG_SPE)
        dtn_doc_say_as(doc, "beside",
                       "Beside the ladder: it is a weak perfect Bayesian equilibrium all the same. Every "
                       "choice is best for some "
                       "belief, but some of these beliefs contradict what is played in a part of the game.");
}

static void outcomes(dtn_doc *doc, const dtn_tree *tree, const dtn_scenario *s, const dtn_equilibrium *e)
{
    if (tree->outcomes == 0)
        return;
    dtn_doc_table(doc, "outcomes", "How it ends");
    dtn_doc_column(doc, "outcome", "Outcome", DTN_LEFT);
    dtn_doc_column(doc, "probability", "Probability", DTN_RIGHT);
    for (int o = 0; o < tree->outcomes; o++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_outcome(tree, o)));
        dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, &e->outcome_prob[o])));
    }
    if (!s || s->groups == 0)
        return;
    fmpq_t sum;
    fmpq_init(sum);
    for (int g = 0; g < s->groups; g++) {
        fmpq_zero(sum);
        for (int i = 0; i < s->group[g].outcomes; i++)
            for (int o = 0; o < tree->outcomes; o++)
                if (strcmp(tree->outcome[o], s->outcome[s->group[g].outcome[i]].key) == 0)
                    fmpq_add(sum, sum, &e->outcome_prob[o]);
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(
            doc, dtn_value_with_tone(dtn_value_text(doc, "%s (together)",
                                                    s->group[g].name && *s->group[g].name ? s->group[g].name
                                                                                          : s->group[g].key),
                                     DTN_TONE_QUIET));
        dtn_doc_cell(doc, dtn_value_with_bar(dtn_value_percent(doc, sum)));
    }
    fmpq_clear(sum);
}

static void payoffs(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e)
{
    dtn_doc_table(doc, "payoffs", "What it is worth");
    dtn_doc_column(doc, "player", "To whom", DTN_LEFT);
    dtn_doc_column(doc, "payoff", "Expected payoff", DTN_RIGHT);
    for (int p = 0; p < tree->players; p++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_player(doc, p));
        dtn_doc_cell(doc, dtn_value_exact(doc, &e->payoff[p]));
        for (int t = 0; t < tree->player[p].types && tree->player[p].types > 1; t++) {
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_in_colour(dtn_value_text(doc, "%s (%s)", doc->player_key[p],
                                                                 tree->player[p].type_names[t]),
                                                  p));
            dtn_doc_cell(doc, dtn_value_exact(doc, &e->type_payoff[p * e->type_stride + t]));
        }
    }
}

/* Whether, and how far, a probability or belief may vary within the component. */
static const dtn_free_part *free_part(const dtn_equilibrium *e, bool belief, int index)
{
    for (int i = 0; i < e->frees; i++)
        if (e->free[i].is_belief == belief && e->free[i].index == index)
            return &e->free[i];
    return NULL;
}

static dtn_value probability(dtn_doc *doc, const dtn_equilibrium *e, bool belief, int index, const fmpq *x)
{
    const dtn_free_part *f = free_part(e, belief, index);
    return f && !fmpq_equal(&f->lo, &f->hi) ? dtn_value_interval(doc, &f->lo, &f->hi)
                                            : dtn_value_exact(doc, x);
}

static void strategies(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e, const int *order)
{
    dtn_doc_table(doc, "strategies", "Every choice, also where play does not lead");
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "infoset", "Where", DTN_LEFT);
    dtn_doc_column(doc, "action", "Choice", DTN_LEFT);
    dtn_doc_column(doc, "probability", "Probability", DTN_RIGHT);
    dtn_doc_column(doc, "reached", "Reached", DTN_LEFT);
    for (int o = 0; o < tree->infosets; o++) {
        int h = order[o];
        const dtn_infoset *i = &tree->infoset[h];
        for (int a = i->first_action; a < i->first_action + i->actions; a++) {
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_mover(doc, tree, h)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", *i->name ? i->name : dtn_words_move(doc, tree, h)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", tree->action[a].name));
            dtn_doc_cell(doc, probability(doc, e, false, a, &e->at.sigma[a]));
            dtn_doc_cell(doc, dtn_value_bool(e->reached[h]));
        }
    }
}

/* Methods that promise no more than Nash hold no beliefs where play does not lead. */
static bool believes(const dtn_tree *tree, const dtn_equilibrium *e, const dtn_infoset *i)
{
    for (int k = 0; k < i->members; k++)
        if (!fmpq_is_zero(&e->at.belief[tree->members[i->first_member + k]]))
            return true;
    return false;
}

static void beliefs(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e, const int *order)
{
    bool any = false;
    for (int h = 0; h < tree->infosets; h++)
        any |= tree->infoset[h].members > 1;
    if (!any)
        return;
    dtn_doc_table(doc, "beliefs", "What is believed where positions cannot be told apart");
    dtn_doc_column(doc, "player", "Who", DTN_LEFT);
    dtn_doc_column(doc, "infoset", "Where", DTN_LEFT);
    dtn_doc_column(doc, "position", "Believes that", DTN_LEFT);
    dtn_doc_column(doc, "belief", "Probability", DTN_RIGHT);
    dtn_doc_column(doc, "basis", "Because", DTN_LEFT);
    for (int o = 0; o < tree->infosets; o++) {
        int h = order[o];
        const dtn_infoset *i = &tree->infoset[h];
        for (int k = 0; k < i->members && i->members > 1 && believes(tree, e, i); k++) {
            int n = tree->members[i->first_member + k];
            bool open = free_part(e, true, n) != NULL;
            dtn_doc_row(doc, NULL);
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_mover(doc, tree, h)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", *i->name ? i->name : dtn_words_move(doc, tree, h)));
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_position(doc, tree, n)));
            dtn_doc_cell(doc, probability(doc, e, true, n, &e->at.belief[n]));
            dtn_doc_cell(doc, dtn_value_with_tone(
                                  dtn_value_text(doc, "%s",
                                                 e->reached[h] ? "what is played implies it (Bayes' rule)"
                                                 : open        ? "a surprise: anything in this range will do"
                                                               : "a surprise: small mistakes explain it"),
                                  DTN_TONE_QUIET));
        }
    }
}

static void certificate(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e)
{
    bool zero = true;
    for (int p = 0; p < tree->players; p++)
        zero &= e->regret && fmpq_is_zero(&e->regret[p]);
    dtn_doc_data(doc, "certified", dtn_value_bool(e->certified));
    dtn_doc_data(doc, "exact", dtn_value_bool(e->exact));
    if (e->rung == DTN_RUNG_NONE)
        return; /* a profile that was to be verified and is no equilibrium */
    if (e->certified && zero && e->exact)
        dtn_doc_say_as(doc, "certificate",
                       "Certificate: a separate verifier, in exact arithmetic, finds that nobody gains "
                       "anything by playing "
                       "otherwise (regret 0 for each player), and confirms the rung.");
    else if (e->certified)
        dtn_doc_say_as(doc, "certificate",
                       "Certificate: a separate verifier confirms the rung; the numbers are enclosed within "
                       "%.1e of the exact ones.",
                       e->radius);
    else
        dtn_doc_note(doc, DTN_TONE_WARN, "The verifier did not confirm this equilibrium.");
}

/* A component whose members differ in what is played, not only in what would be played or believed. */
static bool play_varies(const dtn_equilibrium *e, const dtn_tree *tree)
{
    for (int i = 0; i < e->frees; i++)
        if (!e->free[i].is_belief && e->reached[tree->action[e->free[i].index].infoset] &&
            fmpq_cmp(&e->free[i].lo, &e->free[i].hi) < 0)
            return true;
    return false;
}

void dtn_report_equilibrium(dtn_ctx *ctx, dtn_doc *doc, const dtn_tree *tree, const dtn_scenario *s,
                            const dtn_equilibrium *e, bool picture)
{
    dtn_doc_data(doc, "rung", dtn_value_text(doc, "%s", dtn_rung_name(e->rung)));
    dtn_doc_data(doc, "dimension", dtn_value_integer(e->dimension));
    say_rung(doc, tree, e);
    const int *order = in_order(doc, tree);
    if (!order)
        return;
    say_play(doc, tree, e, order);
    outcomes(doc, tree, s, e);
    payoffs(doc, tree, e);
    if (play_varies(e, tree))
        dtn_doc_note(
            doc, DTN_TONE_PLAIN,
            "This is a family of equilibria: play itself may vary (intervals in the tables), %s in all. What "
            "is shown is one member.",
            dtn_text_count(doc, e->dimension, "dimension", "dimensions"));
    else if (e->dimension > 0)
        dtn_doc_note(
            doc,
            DTN_TONE_PLAIN, "What is played is settled; %s off the path may vary without changing it (intervals in the tables).",
            dtn_text_count(doc, e->dimension, "quantity", "quantities"));
    if (picture) {
        dtn_picture *p = NULL;
        if (dtn_doc_try(doc, dtn_draw_tree(ctx, dtn_doc_arena(doc), &p, tree, e, ROWS_DRAWN)))
            dtn_doc_picture(doc, "tree",
                            "The game, from left to right. Thick: what is played. Thin and coloured: what "
                            "would be played. Grey: what is "
                            "not played. Dashed: positions that the player cannot tell apart; in brackets: "
                            "how likely it holds each.",
                            p);
    }
    dtn_doc_fold(doc, "details", "Every choice and every belief");
    strategies(doc, tree, e, order);
    beliefs(doc, tree, e, order);
    dtn_doc_close(doc);
    certificate(doc, tree, e);
}

/* "E2: a soft Q engages, a hard Q rejects", else the most likely outcome. */
static const char *title_of(dtn_doc *doc, const dtn_tree *tree, const dtn_scenario *s,
                            const dtn_equilibrium *e, int class_index)
{
    const char *name = dtn_words_class(doc, s, class_index);
    if (*name)
        return name;
    int best = -1;
    for (int o = 0; o < tree->outcomes; o++)
        if (best < 0 || fmpq_cmp(&e->outcome_prob[o], &e->outcome_prob[best]) > 0)
            best = o;
    if (best < 0 || fmpq_is_zero(&e->outcome_prob[best]))
        return "";
    return fmpq_is_one(&e->outcome_prob[best])
               ? dtn_words_outcome(tree, best)
               : dtn_doc_print(doc, "mostly %s", dtn_words_outcome(tree, best));
}

static const char *ends_of(dtn_doc *doc, const dtn_tree *tree, const dtn_equilibrium *e)
{
    const char *words = "";
    int left = 0;
    for (int o = 0; o < tree->outcomes; o++)
        left += !fmpq_is_zero(&e->outcome_prob[o]);
    for (int o = 0; o < tree->outcomes; o++)
        if (!fmpq_is_zero(&e->outcome_prob[o])) {
            left--;
            words = dtn_doc_print(doc, "%s%s%s %s", words, *words ? (left ? ", " : " and ") : "",
                                  dtn_words_outcome(tree, o), dtn_text_percent(doc, &e->outcome_prob[o]));
        }
    return words;
}

static const char *answer_of(dtn_doc *doc, const dtn_solve_answer *a, const dtn_scenario *s,
                             dtn_outcome outcome)
{
    const dtn_equilibria *e = a->equilibria;
    bool all = outcome == DTN_OUTCOME_COMPLETE;
    const char *noun = dtn_words_rung_noun(doc, a->rung, e->count > 1);
    if (e->count == 0 && outcome == DTN_OUTCOME_NONE)
        return dtn_doc_print(doc, "There is no %s: this is proved.", noun);
    if (e->count == 0)
        return dtn_doc_print(doc, "No %s was found; this is no proof that there is none.", noun);
    if (e->count == 1 && e->item[0].rung == DTN_RUNG_NONE)
        return dtn_doc_print(doc, "No equilibrium was certified; a point near one is shown");
    int open = 0; /* listed because it could not be decided whether they reach the rung */
    for (int i = 0; i < e->count; i++)
        open += e->item[i].rung < a->rung;
    const char *words =
        e->count > 1 ? dtn_doc_print(doc, all ? "There are %d %s" : "%d %s were found", e->count, noun)
        : open       ? dtn_doc_print(
                           doc,
                           "One equilibrium was found; whether it reaches the asked rung (%s) could not be decided",
                           dtn_words_rung(doc, a->rung))
        : play_varies(e->item, a->tree)
            ? dtn_doc_print(
                  doc, all ? "There is one connected family of %s" : "One connected family of %s was found",
                  dtn_words_rung_noun(doc, a->rung, true))
            : dtn_doc_print(doc, all ? "There is exactly one %s" : "One %s was found", noun);
    if (open && e->count > 1)
        words = dtn_doc_print(doc, "%s; for %d of them the rung could not be decided", words, open);
    for (int i = 0; i < e->count && i < 3; i++) {
        const char *name = dtn_words_class(doc, s, a->class_of ? a->class_of[i] : -1);
        const char *ends = ends_of(doc, a->tree, &e->item[i]);
        const char *mark = e->count == 1 ? (play_varies(e->item, a->tree) ? ", for example – " : " – ")
                                         : dtn_doc_print(doc, "%s (%d) ", i ? ";" : ":", i + 1);
        words = dtn_doc_print(doc, "%s%s%s%s%s", words, *name || *ends ? mark : "", name,
                              *name && *ends ? "; it ends in " : "", ends);
    }
    return dtn_doc_print(doc, "%s%s", words, e->count > 3 ? "; and so on." : ".");
}

static void equilibria(dtn_ctx *ctx, dtn_doc *doc, const dtn_solve_answer *a, const dtn_scenario *s)
{
    const dtn_equilibria *e = a->equilibria;
    dtn_doc_array(doc, "equilibria", "%s", e->count > 1 ? "The equilibria" : "");
    for (int i = 0; i < e->count; i++) {
        int class_index = a->class_of ? a->class_of[i] : -1;
        const char *name = title_of(doc, a->tree, s, &e->item[i], class_index);
        dtn_doc_open(doc, NULL, "Equilibrium %d%s%s", i + 1, *name ? " – " : "", name);
        if (class_index >= 0)
            dtn_doc_data(doc, "class", dtn_value_text(doc, "%s", s->class_[class_index].key));
        dtn_report_equilibrium(ctx, doc, a->tree, s, &e->item[i], i < TREES_DRAWN);
        dtn_doc_close(doc);
    }
    dtn_doc_close(doc);
}

void dtn_report_ladder(dtn_doc *doc, const dtn_solve_answer *a, const dtn_scenario *s)
{
    const dtn_equilibria *e = a->equilibria;
    dtn_doc_table(doc, "rungs", "How high each equilibrium stands, and where it falls");
    dtn_doc_column(doc, "equilibrium", "Equilibrium", DTN_LEFT);
    dtn_doc_column(doc, "ends", "How it ends", DTN_LEFT);
    dtn_doc_column(doc, "rung", "Highest rung", DTN_LEFT);
    dtn_doc_column(doc, "falls", "Why not higher", DTN_LEFT);
    for (int i = 0; i < e->count; i++) {
        const dtn_equilibrium *x = &e->item[i];
        const char *name = dtn_words_class(doc, s, a->class_of ? a->class_of[i] : -1), *why = "";
        for (int k = 0; k < x->falls; k++)
            why = dtn_doc_print(doc, "%s%s%s", why, k ? "; and " : "", fall_words(doc, a->tree, &x->fall[k]));
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", *name ? name : dtn_doc_print(doc, "no. %d", i + 1)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", ends_of(doc, a->tree, x)));
        dtn_doc_cell(doc, dtn_value_text(doc, "%s", dtn_words_rung(doc, x->rung)));
        dtn_doc_cell(doc, *why ? dtn_value_text(doc, "%s", why) : dtn_value_none());
    }
}

dtn_status dtn_report_of_solve(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    const dtn_solve_answer *a = result->data;
    const dtn_scenario *s = result->job->model->scenario;
    if (!a->equilibria)
        return dtn_report_of_solve_strategic(ctx, doc, result, look);
    dtn_words_legend(doc);
    const dtn_finding *found = &a->equilibria->finding;
    dtn_doc_say_as(doc, "answer", "%s", found->answer ? found->answer : answer_of(doc, a, s, result->outcome));
    dtn_words_point(doc, s, &result->job->point);
    dtn_doc_data(doc, "method", dtn_value_text(doc, "%s", a->equilibria->method));
    if (a->equilibria->guarantee)
        dtn_doc_say_as(doc, "guarantee", "Method `%s`, chosen for this game, gives %s.",
                       a->equilibria->method, a->equilibria->guarantee);
    bool only_answer = found->answer && a->equilibria->count == 0;
    if (!only_answer)
        dtn_doc_data(doc, "weakest-rung", dtn_value_text(doc, "%s", dtn_rung_name(a->rung)));
    if (result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s", result->note);
    dtn_report_finding(doc, NULL, a->tree, found);
    if (found->certificate)
        dtn_doc_say_as(doc, "certificate", "Certificate: a separate verifier, in exact arithmetic: %s.",
                       found->certificate);
    if (!only_answer)
        equilibria(ctx, doc, a, s);
    if (look && look->stats)
        dtn_doc_say(doc, "Work: method %s, %ld supports, %ld refuted, %ld linear programs, %.3f s.",
                    a->equilibria->method, a->equilibria->supports, a->equilibria->refuted,
                    a->equilibria->lps, result->seconds);
    return dtn_doc_status(doc);
}
