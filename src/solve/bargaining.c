/* Bargaining problems of two players: frontier, disagreement, ideals, and how an agreement is told.
 *
 * The feasible payoffs are those of lotteries over profiles, their convex hull, and what is worse for both. */
#include "solve/bargaining.h"

#include <string.h>

#include "solve/others.h"
#include "solve/security.h"
#include "solve/short_number.h"

const dtn_option_spec dtn_bargain_options[] = {
    {"disagreement", "A,B", "security levels", "payoffs if there is no agreement", false},
    {0},
};

/* "1/2,0.3" */
static dtn_status read_disagreement(dtn_ctx *ctx, fmpq *out, const char *text)
{
    size_t comma = strcspn(text, ",");
    if (text[comma] && dtn_rational_parse(out, text, comma) &&
        dtn_rational_parse(out + 1, text + comma + 1, strlen(text + comma + 1)))
        return DTN_OK;
    return dtn_fail(ctx, DTN_ARG,
                    "disagreement=%s: expected two numbers parted by a comma, for example 1,0.5", text);
}

/* Corner k as player p sees it: from its favourite, falling. */
static const dtn_corner *seen_by(const dtn_bargain *b, int p, int k)
{
    return &b->corner[p == 0 ? k : b->corners - 1 - k];
}

/* Greatest payoff of p that leaves the other its disagreement: its favourite corner, or where the frontier reaches that level. */
static bool find_ideal(dtn_bargain *b, int p)
{
    int q = 1 - p, k = 0;
    while (k < b->corners && fmpq_cmp(seen_by(b, p, k)->payoff + q, b->disagreement + q) < 0)
        k++;
    if (k == b->corners)
        return false;
    const fmpq *here = seen_by(b, p, k)->payoff;
    fmpq_set(b->ideal + p, here + p);
    fmpq_zero(b->trade + p);
    if (k > 0) {
        const fmpq *before = seen_by(b, p, k - 1)->payoff;
        fmpq_t fall;
        fmpq_init(fall);
        fmpq_sub(b->trade + p, before + p, here + p);
        fmpq_sub(fall, here + q, before + q);
        fmpq_div(b->trade + p, b->trade + p, fall);
        fmpq_sub(fall, here + q, b->disagreement + q);
        fmpq_addmul(b->ideal + p, b->trade + p, fall);
        fmpq_clear(fall);
    }
    return fmpq_cmp(b->ideal + p, b->disagreement + p) > 0;
}

dtn_status dtn_bargain_open(dtn_ctx *ctx, dtn_bargain *b, const dtn_strategic *game,
                            const dtn_solve_options *options)
{
    *b = (dtn_bargain){0};
    DTN_TRY(dtn_frontier(ctx, &b->corner, &b->corners, game));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, b->disagreement, 9);
    b->ideal = b->disagreement + 2;
    b->trade = b->ideal + 2;
    b->agreement = b->trade + 2;
    b->share = b->agreement + 2;
    const char *given = options->more ? dtn_options_text(options->more, "disagreement", NULL) : NULL;
    if (given)
        DTN_TRY(read_disagreement(ctx, b->disagreement, given));
    for (int p = 0; p < 2 && !given; p++) {
        dtn_security level;
        DTN_TRY(dtn_security_of(ctx, &level, game, p));
        fmpq_set(b->disagreement + p, level.level);
    }
    bool first = find_ideal(b, 0), second = find_ideal(b, 1);
    b->gains = first && second;
    return DTN_OK;
}

void dtn_bargain_point(const dtn_bargain *b, int at, const fmpq_t share, fmpq *point)
{
    fmpq_t change;
    fmpq_init(change);
    for (int p = 0; p < 2; p++) {
        fmpq_set(point + p, b->corner[at].payoff + p);
        if (at + 1 < b->corners) {
            fmpq_sub(change, b->corner[at + 1].payoff + p, point + p);
            fmpq_addmul(point + p, share, change);
        }
    }
    fmpq_clear(change);
}

static void tables(dtn_ctx *ctx, dtn_finding *f, const dtn_bargain *b, const dtn_strategic *game,
                   const fmpq *weight)
{
    dtn_finding_table_add(ctx, f, "payoffs", "Payoffs");
    dtn_finding_column_add(ctx, f, "player", "Player");
    dtn_finding_column_add(ctx, f, "disagreement", "Disagreement");
    dtn_finding_column_add(ctx, f, "agreement", "Agreement");
    dtn_finding_column_add(ctx, f, "ideal", "At most");
    dtn_finding_column_add(ctx, f, "trade", "Trade-off there");
    dtn_finding_column_add(ctx, f, "weight", "Weight");
    for (int p = 0; p < 2; p++) {
        dtn_finding_row_add(ctx, f);
        dtn_finding_put(ctx, f, dtn_cell_player(p));
        dtn_finding_put(ctx, f, dtn_cell_exact(b->disagreement + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(b->agreement + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(b->ideal + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(b->trade + p));
        dtn_finding_put(ctx, f, dtn_cell_exact(weight + p));
    }
    dtn_finding_table_add(ctx, f, "lottery", "The agreement as a lottery");
    dtn_others_columns(ctx, f, game, "", " plays");
    dtn_finding_column_add(ctx, f, "probability", "Probability");
    fmpq_t rest;
    fmpq_init(rest);
    fmpq_sub_si(rest, b->share, 1);
    fmpq_neg(rest, rest);
    const fmpq *chance[2] = {rest, b->share};
    for (int k = 0; k < 2; k++) {
        if (fmpq_is_zero(chance[k]))
            continue;
        dtn_finding_row_add(ctx, f);
        dtn_others_put(ctx, f, game, -1, b->corner[b->at + k].profile);
        dtn_finding_put(ctx, f, dtn_cell_exact(chance[k]));
    }
    fmpq_clear(rest);
}

dtn_status dtn_bargain_word(dtn_ctx *ctx, dtn_profile_run *run, const dtn_bargain *b,
                            const dtn_strategic *game, const char *name, const fmpq *weight)
{
    dtn_finding *f = run->finding;
    dtn_finding_fact(ctx, f, "solution", "Solution", dtn_cell_text(name));
    if (!b->gains) {
        dtn_finding_answer(
            ctx, f,
            "There is nothing to bargain about: no agreement is better for both than the disagreement.");
        dtn_finding_fact(ctx, f, "disagreement-1", "Disagreement, first", dtn_cell_exact(b->disagreement));
        dtn_finding_fact(ctx, f, "disagreement-2", "Disagreement, second",
                         dtn_cell_exact(b->disagreement + 1));
        run->out->outcome = DTN_OUTCOME_NONE;
        return DTN_OK;
    }
    const char *one = dtn_short_number(ctx, b->agreement), *two = dtn_short_number(ctx, b->agreement + 1);
    if (!one || !two)
        return dtn_fail_nomem(ctx);
    dtn_finding_answer(ctx, f, "The %s solution gives %s %s and %s %s.", name, game->player[0], one,
                       game->player[1], two);
    tables(ctx, f, b, game, weight);
    return DTN_OK;
}
