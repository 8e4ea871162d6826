/* What happens in a game given as a table of payoffs: its equilibria, one a row, and how they hang together. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "report/draw.h"
#include "report/of_solve.h"

enum { MATRIX_DRAWN = 12, MOST_COLUMNS = 8 /* players, beyond which those who play alike share a line */ };

/* "C 1/2, D 1/2", "C"; "C ≈ 0.618, D ≈ 0.382" where the numbers are irrational. */
static const char *mixture(dtn_doc *doc, const dtn_strategic *g, const dtn_profiles *all,
                           const dtn_profile *x, int player)
{
    const fmpq *sigma = x->sigma + all->first[player];
    const char *words = "";
    if (x->radius == 0)
        return dtn_words_mixture(doc, g, player, sigma);
    for (int s = 0; s < g->strategies[player]; s++)
        if (fmpq_is_one(sigma + s))
            return g->strategy[player][s];
        else if (!fmpq_is_zero(sigma + s))
            words = dtn_doc_print(doc, "%s%s%s ≈ %s", words, *words ? ", " : "", g->strategy[player][s],
                                  dtn_text_decimal(doc, sigma + s));
    return words;
}

/* Do players p and q of equal strategies do the same, to the same payoff? */
static bool same_play(const dtn_strategic *g, const dtn_profiles *all, const dtn_profile *x, int p, int q)
{
    bool same = g->strategies[p] == g->strategies[q] && fmpq_equal(x->payoff + p, x->payoff + q);
    for (int s = 0; s < g->strategies[p] && same; s++)
        same = fmpq_equal(x->sigma + all->first[p] + s, x->sigma + all->first[q] + s) &&
               strcmp(g->strategy[p][s], g->strategy[q][s]) == 0;
    return same;
}

/* Documents have names and colours for some dozens of players. */
static const char *who_is(dtn_doc *doc, const dtn_strategic *g, int player)
{
    return player < DTN_DOC_PLAYERS ? dtn_doc_name(doc, player) : dtn_doc_print(doc, "%s", g->player[player]);
}

/* "1 to 5 North; 6 South": neighbours who do the same in one; or their payoffs, "1 to 5: 3; 6: 2". */
static const char *grouped(dtn_doc *doc, const dtn_strategic *g, const dtn_profiles *all,
                           const dtn_profile *x, bool payoffs)
{
    enum { SHORT = 12 };
    const char *words = "";
    for (int p = 0; p < g->players;) {
        int q = p;
        while (q + 1 < g->players && same_play(g, all, x, p, q + 1))
            q++;
        const char *who = who_is(doc, g, p);
        if (q > p)
            who = dtn_doc_print(doc, "%s to %s", who, who_is(doc, g, q));
        const char *what =
            payoffs ? dtn_rational_text(dtn_doc_arena(doc), x->payoff + p) : mixture(doc, g, all, x, p);
        if (payoffs && (!what || strlen(what) > SHORT))
            what = dtn_doc_print(doc, "≈ %s", dtn_text_decimal(doc, x->payoff + p));
        words = dtn_doc_print(doc, "%s%s%s%s %s", words, *words ? "; " : "", who, payoffs ? ":" : "", what);
        p = q + 1;
    }
    return words;
}

/* The first few profiles in words: "swerve – straight; swerve 2/3, straight 1/3 – ...". */
static const char *named(dtn_doc *doc, const dtn_strategic *g, const dtn_profiles *all)
{
    enum { NAMED = 3 };
    const char *words = "";
    for (int i = 0; i < all->count && i < NAMED; i++) {
        words = dtn_doc_print(doc, "%s%s", words, i ? "; " : ": ");
        if (g->players > MOST_COLUMNS)
            words = dtn_doc_print(doc, "%s%s", words, grouped(doc, g, all, &all->item[i], false));
        for (int p = 0; p < g->players && g->players <= MOST_COLUMNS; p++)
            words = dtn_doc_print(doc, "%s%s%s %s", words, p ? ", " : "", dtn_doc_name(doc, p),
                                  mixture(doc, g, all, &all->item[i], p));
    }
    return all->count > NAMED ? dtn_doc_print(doc, "%s; and so on", words) : words;
}

/* A number that is exact (radius 0), or known to within a radius; 0 and 1 are always exact. */
static dtn_value within(dtn_doc *doc, const fmpq *x, double radius)
{
    double middle = dtn_rational_double(x);
    if (radius > 0 && fabs(middle) < radius) /* not a sign to show */
        return dtn_value_real(0, radius + fabs(middle));
    return radius > 0 && !fmpq_is_zero(x) && !fmpq_is_one(x)
               ? dtn_value_real(middle, radius + fabs(middle) * DBL_EPSILON)
               : dtn_value_exact(doc, x);
}

static void profiles(dtn_doc *doc, const dtn_strategic *g, const dtn_profiles *all)
{
    dtn_doc_table(doc, "equilibria", "");
    dtn_doc_column(doc, "number", "No.", DTN_RIGHT);
    int players = g->players > MOST_COLUMNS ? 0 : g->players;
    if (players == 0) {
        dtn_doc_column(doc, "play", "Play", DTN_LEFT);
        dtn_doc_column(doc, "payoffs", "Payoffs", DTN_LEFT);
    }
    for (int p = 0; p < players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "strategy-%d", p + 1), dtn_doc_name(doc, p), DTN_LEFT);
    for (int p = 0; p < players; p++)
        dtn_doc_column(doc, dtn_doc_print(doc, "payoff-%d", p + 1),
                       dtn_doc_print(doc, "Payoff to %s", dtn_doc_name(doc, p)), DTN_RIGHT);
    if (all->components >= 0)
        dtn_doc_column(doc, "component", "Component", DTN_RIGHT);
    bool indices = false;
    for (int i = 0; i < all->count && !indices; i++)
        indices = all->item[i].index != 0;
    if (indices)
        dtn_doc_column(doc, "index", "Index", DTN_RIGHT);
    for (int i = 0; i < all->count; i++) {
        const dtn_profile *x = &all->item[i];
        dtn_doc_row(doc, NULL);
        dtn_doc_cell(doc, dtn_value_integer(i + 1));
        for (int k = 0; k < 2 && players == 0; k++)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", grouped(doc, g, all, x, k == 1)));
        for (int p = 0; p < players; p++)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", mixture(doc, g, all, x, p)));
        for (int p = 0; p < players; p++)
            dtn_doc_cell(doc, within(doc, &x->payoff[p], x->payoff_radius));
        if (all->components >= 0)
            dtn_doc_cell(doc, dtn_value_integer(x->component + 1));
        if (indices && x->index)
            dtn_doc_cell(doc, dtn_value_integer(x->index));
        else if (indices)
            dtn_doc_cell(doc, dtn_value_text(doc, "%s", ""));
    }
    /* Probabilities for programs: one list a profile, by player then strategy. */
    dtn_value *rows = dtn_arena_array(dtn_doc_arena(doc), (size_t)all->count, sizeof *rows);
    dtn_value *one = dtn_arena_array(dtn_doc_arena(doc), (size_t)all->width, sizeof *one);
    if (!rows || !one) {
        dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
        return;
    }
    for (int i = 0; i < all->count; i++) {
        for (int k = 0; k < all->width; k++)
            one[k] = within(doc, &all->item[i].sigma[k], all->item[i].radius);
        rows[i] = dtn_value_list(doc, one, all->width);
    }
    dtn_doc_data(doc, "profiles", dtn_value_list(doc, rows, all->count));
}

static void subsets(dtn_doc *doc, const dtn_profiles *all)
{
    bool larger = false;
    for (int i = 0; i < all->subsets; i++)
        larger |= all->subset[i].count[0] * all->subset[i].count[1] > 1;
    if (!larger)
        return;
    dtn_doc_say(
        doc,
        "Equilibria in the same %s can be mixed: every mixture of the strategies that one row of the table "
        "below lists for "
        "the first player, with every mixture of those that it lists for the second, is an equilibrium too.",
        dtn_doc_term(
            doc, "Nash subset",
            "A set of equilibria in which each player may exchange its strategy for any other of the set."));
    dtn_doc_table(doc, "subsets", "Maximal Nash subsets");
    dtn_doc_column(doc, "first", dtn_doc_print(doc, "Extreme strategies of %s", dtn_doc_name(doc, 0)),
                   DTN_LEFT);
    dtn_doc_column(doc, "second", dtn_doc_print(doc, "Extreme strategies of %s", dtn_doc_name(doc, 1)),
                   DTN_LEFT);
    dtn_doc_column(doc, "dimension", "Dimension", DTN_RIGHT);
    dtn_doc_column(doc, "component", "Component", DTN_RIGHT);
    for (int i = 0; i < all->subsets; i++) {
        const dtn_nash_subset *n = &all->subset[i];
        dtn_doc_row(doc, NULL);
        for (int p = 0; p < 2; p++) {
            dtn_value *list = dtn_arena_array(dtn_doc_arena(doc), (size_t)n->count[p], sizeof *list);
            if (!list) {
                dtn_doc_try(doc, dtn_fail_nomem(doc->ctx));
                return;
            }
            for (int k = 0; k < n->count[p]; k++)
                list[k] = dtn_value_integer(n->vertex[p][k] + 1);
            dtn_doc_cell(doc, dtn_value_list(doc, list, n->count[p]));
        }
        dtn_doc_cell(doc, dtn_value_integer(n->dimension[0] + n->dimension[1]));
        dtn_doc_cell(doc, dtn_value_integer(n->component + 1));
    }
}

static void answer(dtn_doc *doc, const dtn_strategic *g, const dtn_profiles *all, dtn_outcome outcome)
{
    if (all->finding.answer) {
        dtn_doc_say_as(doc, "answer", "%s", all->finding.answer);
        return;
    }
    if (all->count == 0) {
        dtn_doc_say_as(doc, "answer",
                       outcome == DTN_OUTCOME_NONE
                           ? "There is no equilibrium of this kind: this is proved."
                           : "No equilibrium was found; this is no proof that there is none.");
        return;
    }
    const char *nash =
        dtn_doc_term(doc, all->count == 1 ? "Nash equilibrium" : "Nash equilibria",
                     "Nobody gains by changing only its own strategy, given the strategies of the others.");
    const char *kind = strcmp(all->method, "extreme") == 0 ? "extreme "
                       : strcmp(all->method, "pure") == 0  ? "pure "
                                                           : "";
    dtn_doc_say_as(doc, "answer", "%d %s%s%s%s.", all->count, kind, nash,
                   all->components > 0 && all->components != all->count
                       ? dtn_doc_print(doc, ", in %s",
                                       dtn_text_count(doc, all->components, "connected component",
                                                      "connected components"))
                       : "",
                   named(doc, g, all));
}

/* What the verifier found, of the equilibria and of the finding. */
static void certificate(dtn_doc *doc, const dtn_profiles *all)
{
    bool certified = all->count > 0;
    int enclosed = 0;
    double radius = 0;
    for (int i = 0; i < all->count; i++) {
        certified &= all->item[i].certified;
        enclosed += all->item[i].radius > 0;
        radius = fmax(radius, all->item[i].radius);
    }
    const char *other = all->finding.certificate ? all->finding.certificate : "";
    const char *balls = "";
    if (certified && enclosed)
        balls = dtn_doc_print(
            doc,
            " Probabilities marked ≈ are rounded: it proves, in ball arithmetic, that exactly one "
            "equilibrium lies within %.0e of %s.",
            radius, enclosed == 1 ? "the profile given by them" : "each profile given by them");
    if (certified && enclosed == all->count)
        dtn_doc_say_as(doc, "certificate", "Certificate, by a separate verifier:%s%s%s%s", balls,
                       *other ? " In exact arithmetic: " : "", other, *other ? "." : "");
    else if (certified)
        dtn_doc_say_as(doc, "certificate",
                       "Certificate: a separate verifier finds, in exact arithmetic, that no player can gain "
                       "by deviating from any of %s (regret 0)%s%s.%s",
                       enclosed ? "those with exact probabilities" : "them", *other ? "; " : "", other, balls);
    else if (*other)
        dtn_doc_say_as(doc, "certificate", "Certificate: a separate verifier, in exact arithmetic: %s.",
                       other);
}

dtn_status dtn_report_of_solve_strategic(dtn_ctx *ctx, dtn_doc *doc, const dtn_result *result,
                                         const dtn_look *look)
{
    const dtn_solve_answer *a = result->data;
    const dtn_profiles *all = a->profiles;
    const dtn_strategic *g = a->strategic;
    answer(doc, g, all, result->outcome);
    dtn_doc_data(doc, "method", dtn_value_text(doc, "%s", all->method));
    if (all->guarantee)
        dtn_doc_say_as(doc, "guarantee", "Method `%s`, chosen for this game, gives %s, exactly.", all->method,
                       all->guarantee);
    if (a->reduced)
        dtn_doc_say_as(doc, "reduced",
                       "Solved is the reduced strategic form of the tree: a strategy says what its player "
                       "does wherever its "
                       "own choices let it come.");
    if (result->note)
        dtn_doc_note(doc, DTN_TONE_WARN, "%s.", result->note);
    dtn_report_finding(doc, g, NULL, &all->finding);
    if (all->count)
        profiles(doc, g, all);
    subsets(doc, all);
    if (g->players == 2 && !g->graph && g->strategies[0] <= MATRIX_DRAWN && g->strategies[1] <= MATRIX_DRAWN) {
        dtn_picture *p = NULL;
        if (dtn_doc_try(doc, dtn_draw_matrix(ctx, dtn_doc_arena(doc), &p, g)))
            dtn_doc_picture(doc, "matrix",
                            "Payoffs of every pair of strategies. Bold and underlined: a best reply to the "
                            "other's strategy; where both "
                            "are, neither gains by changing alone.",
                            p);
    }
    certificate(doc, all);
    if (all->proof)
        dtn_doc_say_as(doc, "completeness", "Complete: %s.", all->proof);
    if (look && look->stats)
        dtn_doc_say(doc, "Work: method %s, %ld nodes, %ld candidates, %.3f s%s%s.", all->method, all->nodes,
                    all->candidates, result->seconds,
                    all->cpu > 0 ? dtn_doc_print(doc, " (%.4f s of processor time)", all->cpu) : "",
                    all->work ? dtn_doc_print(doc, "; %s", all->work) : "");
    return dtn_doc_status(doc);
}
