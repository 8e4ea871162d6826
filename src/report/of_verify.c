/* What a given profile is worth: in a tree the rung that it reaches and why not a higher one; in a table of payoffs each player's
 * payoff and regret. */
#include "analyse/solve.h"
#include "report/of_solve.h"
#include "report/report.h"
#include "report/words.h"

static void say_regrets(dtn_doc *doc, const fmpq *payoff, const fmpq *regret, int players)
{
    dtn_doc_table(doc, "regrets", "What each could gain by changing only its own strategy");
    dtn_doc_column(doc, "player", "Player", DTN_LEFT);
    dtn_doc_column(doc, "payoff", "Expected payoff", DTN_RIGHT);
    dtn_doc_column(doc, "regret", "Regret", DTN_RIGHT);
    for (int p = 0; p < players; p++) {
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_player(doc, p));
        dtn_doc_cell(doc, dtn_value_exact(doc, &payoff[p]));
        dtn_doc_cell(doc, dtn_value_exact(doc, &regret[p]));
    }
}

static dtn_status of_tree(dtn_ctx *ctx, dtn_doc *doc, const dtn_solve_answer *a, const dtn_scenario *s,
                          const dtn_point *point)
{
    const dtn_equilibrium *e = a->equilibria->item;
    dtn_words_legend(doc);
    if (e->rung == DTN_RUNG_NONE)
        dtn_doc_say_as(doc, "answer", "The profile is *no equilibrium*.");
    else
        dtn_doc_say_as(doc, "answer", "The profile is %s%s %s.", e->rung_unknown ? "at least " : "",
                       e->rung >= DTN_RUNG_INTUITIVE ? "an" : "a", dtn_words_rung_noun(doc, e->rung, false));
    dtn_words_point(doc, s, point);
    say_regrets(doc, e->payoff, e->regret, a->tree->players);
    dtn_report_equilibrium(ctx, doc, a->tree, s, e, true);
    return dtn_doc_status(doc);
}

dtn_status dtn_report_of_verify(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result, const dtn_look *look)
{
    (void)look;
    const dtn_solve_answer *a = result->data;
    if (a->equilibria)
        return of_tree(ctx, doc, a, result->job->model->scenario, &result->job->point);
    const dtn_profile *x = a->profiles->item;
    int worst = 0;
    for (int p = 1; p < a->strategic->players; p++)
        if (fmpq_cmp(&x->regret[p], &x->regret[worst]) > 0)
            worst = p;
    if (x->radius > 0)
        dtn_doc_say_as(
            doc, "answer",
            x->certified
                ? "*Exactly one* equilibrium lies within %.3g of the profile: proved."
                : "That exactly one equilibrium lies within %.3g of the profile could *not be proved*.",
            x->radius);
    else if (x->certified)
        dtn_doc_say_as(doc, "answer",
                       "The profile is a Nash equilibrium: nobody gains by deviating (regret 0, exactly).");
    else
        dtn_doc_say_as(doc, "answer", "The profile is *no equilibrium*: %s gains %s by deviating.",
                       dtn_doc_name(doc, worst), dtn_text_exact(doc, &x->regret[worst]));
    say_regrets(doc, x->payoff, x->regret, a->strategic->players);
    dtn_doc_data(doc, "certified", dtn_value_bool(x->certified));
    return dtn_doc_status(doc);
}
