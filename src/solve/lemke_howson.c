/* lemke-howson: one equilibrium of a two-player game, of thousands of strategies a side; or all that its paths reach.
 *
 * Method: pure equilibria first. Then paths from the pair where nobody plays anything, in doubles (lemke_howson_path.c): every
 *   label in turn with few pivots allowed, then with twice as many, and so on, because some path is nearly always short. What a
 *   path ends in is solved exactly on its support and verified; ties that rounding decided wrongly only cost that path. If all
 *   fails, the path of the first label is followed in integers (lemke_howson_exact.c), which cannot fail.
 *   With all-labels, every label is dropped at the start and at every equilibrium found, until nothing new comes.
 * Cost: a pivot is (strategies) * (size of the support) multiplications.
 * Exact: yes; what is listed is proved.
 * Source: C. Lemke, J. Howson, Equilibrium points of bimatrix games, J. SIAM 12 (1964); L. Shapley, A note on the Lemke-Howson
 *   algorithm, Mathematical Programming Study 1 (1974). */
#include "solve/lemke_howson.h"

#include <string.h>

#include "num/linear.h"
#include "solve/verify.h"

enum { FIRST_CAP = 16, SEEDS = 3, MOST_FOUND = 100000, LONGEST = 1 << 20 };

typedef struct search {
    dtn_ctx *ctx;
    dtn_profile_run *run;
    const dtn_strategic *game;
    dtn_lh *lh;
    int m, n;
    const fmpz *common; /* [2] */
    fmpq *sigma, *payoff, *regret;
} search;

/* out = player p's payoff, an integer over the common denominator. */
static void payoff_at(fmpz_t out, const search *q, int i, int j, int p)
{
    const dtn_strategic *g = q->game;
    size_t cell = 2 * ((size_t)i + (size_t)j * (size_t)g->strategies[0]) + (size_t)p;
    dtn_payoffs_scaled(out, &g->payoff, cell, q->common);
}

/* The mixture of player 1-p over its support that makes p indifferent over p's; false: there is none, or a negative share. */
static bool indifferent(const search *q, int p, const int *const *support, int k)
{
    const dtn_strategic *g = q->game;
    fmpq *sigma = q->sigma + (p == 0 ? q->m : 0);
    fmpz_mat_t a, b;
    fmpz *x = _fmpz_vec_init(k + 2), *sum = x + k, *move = x + k + 1;
    fmpz_mat_init(a, k, k);
    fmpz_mat_init(b, k, 1);
    for (int r = 0; r < k; r++) {
        fmpz_one(fmpz_mat_entry(b, r, 0));
        for (int c = 0; c < k; c++) {
            fmpz *at = fmpz_mat_entry(a, r, c);
            payoff_at(at, q, p == 0 ? support[0][r] : support[0][c], p == 0 ? support[1][c] : support[1][r],
                      p);
            if (fmpz_cmp(at, move) < 0)
                fmpz_set(move, at);
        }
    }
    fmpz_sub_ui(move, move, 1);
    for (int r = 0; r < k; r++)
        for (int c = 0; c < k; c++)
            fmpz_sub(fmpz_mat_entry(a, r, c), fmpz_mat_entry(a, r, c), move);
    fmpz_t unit;
    fmpz_init(unit);
    bool found = dtn_linear_solve(x, unit, a, b);
    for (int c = 0; found && c < k; c++) {
        found = fmpz_sgn(x + c) >= 0;
        fmpz_add(sum, sum, x + c);
    }
    found = found && fmpz_sgn(sum) > 0;
    for (int s = 0; s < g->strategies[1 - p]; s++)
        fmpq_zero(sigma + s);
    for (int c = 0; found && c < k; c++)
        fmpq_set_fmpz_frac(sigma + support[1 - p][c], x + c, sum);
    fmpz_clear(unit);
    fmpz_mat_clear(a);
    fmpz_mat_clear(b);
    _fmpz_vec_clear(x, k + 2);
    return found;
}

static bool listed(const search *q)
{
    const dtn_profiles *out = q->run->out;
    for (int i = 0; i < out->count; i++) {
        int s = 0;
        while (s < q->m + q->n && fmpq_equal(out->item[i].sigma + s, q->sigma + s))
            s++;
        if (s == q->m + q->n)
            return true;
    }
    return false;
}

/* Proves what the path ended in; adds it unless it is listed. *proved: it is an equilibrium. */
static dtn_status prove(search *q, bool *proved)
{
    const int *support[2];
    int k = dtn_lh_support(q->lh, 0, &support[0]);
    dtn_lh_support(q->lh, 1, &support[1]);
    *proved = k > 0 && indifferent(q, 0, support, k) && indifferent(q, 1, support, k);
    if (!*proved)
        return DTN_OK;
    DTN_TRY(dtn_verify_strategic(q->ctx, q->payoff, q->regret, q->game, q->sigma));
    *proved = fmpq_is_zero(q->regret) && fmpq_is_zero(q->regret + 1);
    if (!*proved || listed(q))
        return DTN_OK;
    return dtn_profile_found(q->ctx, q->run, q->sigma, NULL);
}

/* The first pure equilibrium, if any: best replies column by column, and along rows at the same time. */
static dtn_status pure(search *q)
{
    const dtn_strategic *g = q->game;
    const int64_t *cell = g->payoff.integer;
    int64_t *best;
    int *column_best;
    if (!cell)
        return DTN_OK;
    DTN_ALLOC(q->ctx, q->ctx->scratch, best, q->m);
    DTN_ALLOC(q->ctx, q->ctx->scratch, column_best, q->n);
    for (int j = 0; j < q->n; j++) {
        int at = 0;
        for (int i = 0; i < q->m; i++, cell += 2) {
            if (j == 0 || cell[1] > best[i])
                best[i] = cell[1];
            if (cell[0] > g->payoff.integer[2 * ((size_t)at + (size_t)j * (size_t)q->m)])
                at = i;
        }
        column_best[j] = at;
        DTN_TRY(dtn_ctx_poll(q->ctx));
    }
    cell = g->payoff.integer;
    for (int j = 0; j < q->n; j++, cell += 2 * (size_t)q->m) {
        int64_t most = cell[2 * (size_t)column_best[j]];
        for (int i = column_best[j]; i < q->m; i++) { /* the first best reply, and those that tie with it */
            if (cell[2 * (size_t)i] != most || cell[2 * (size_t)i + 1] != best[i])
                continue;
            for (int s = 0; s < q->m + q->n; s++)
                fmpq_zero(q->sigma + s);
            fmpq_one(q->sigma + i);
            fmpq_one(q->sigma + q->m + j);
            return dtn_profile_found(q->ctx, q->run, q->sigma, NULL);
        }
    }
    return DTN_OK;
}

/* Labels in an order that mixes the players and far parts of their lists. */
static int label_at(const search *q, int i)
{
    int labels = q->m + q->n, stride = (int)(0.6180339887 * labels) | 1;
    while (stride > 1) { /* coprime to labels, so that every label comes once */
        int a = labels, b = stride;
        while (b) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1)
            break;
        stride -= 2;
    }
    return (int)((long)i * stride % labels);
}

/* Short paths first. */
static dtn_status restarts(search *q)
{
    int labels = q->m + q->n;
    for (long cap = FIRST_CAP;; cap *= 2) {
        bool all_ended = true;
        for (int i = 0; i < labels; i++) {
            bool proved = false;
            DTN_TRY(dtn_ctx_poll(q->ctx));
            dtn_lh_restart(q->lh, 1 + (uint64_t)i);
            dtn_lh_end end = dtn_lh_follow(q->lh, label_at(q, i), cap);
            all_ended &= end != DTN_LH_CAPPED;
            if (end == DTN_LH_FOUND)
                DTN_TRY(prove(q, &proved));
            if (proved)
                return DTN_OK;
            dtn_ctx_report(q->ctx, "lemke-howson", -1);
        }
        if (all_ended)
            return DTN_OK;
    }
}

static dtn_status exactly(search *q, int label)
{
    DTN_TRY(dtn_lh_exact(q->ctx, q->sigma, q->game, label));
    return listed(q) ? DTN_OK : dtn_profile_found(q->ctx, q->run, q->sigma, NULL);
}

/* One label all the way, from the start or from an equilibrium (support not NULL): in doubles if that can be proved. Longer
 * paths are begun anew, so that limits hold. A path from an equilibrium with ties may run in circles, so that it has a limit. */
static dtn_status one_label(search *q, int label, const int *const *support, int size, bool *proved)
{
    *proved = false;
    for (uint64_t seed = 1; seed <= SEEDS && !*proved; seed++) {
        dtn_lh_end end = DTN_LH_CAPPED;
        long limit = support ? 64L * (q->m + q->n) : LONGEST;
        for (long cap = 1000 < limit ? 1000 : limit; end == DTN_LH_CAPPED && cap <= limit; cap *= 2) {
            DTN_TRY(dtn_ctx_poll(q->ctx));
            dtn_lh_restart(q->lh, seed);
            if (support && !dtn_lh_start_at(q->lh, support, size))
                return DTN_OK;
            end = dtn_lh_follow(q->lh, label, cap);
        }
        if (end == DTN_LH_FOUND)
            DTN_TRY(prove(q, proved));
    }
    return DTN_OK;
}

/* The supports of a listed equilibrium, when they are of one size. */
static int supports_of(const search *q, const fmpq *sigma, int *const *support)
{
    int count[2] = {0};
    for (int p = 0, s = 0; p < 2; p++)
        for (int i = 0; i < (p ? q->n : q->m); i++, s++)
            if (!fmpq_is_zero(sigma + s))
                support[p][count[p]++] = i;
    return count[0] == count[1] ? count[0] : -1;
}

static dtn_status all_labels(search *q)
{
    int *support[2];
    DTN_ALLOC(q->ctx, q->ctx->scratch, support[0], q->m);
    DTN_ALLOC(q->ctx, q->ctx->scratch, support[1], q->n);
    for (int from = -1; from < q->run->out->count && from < MOST_FOUND && !q->run->enough; from++) {
        int size = from < 0 ? 0 : supports_of(q, q->run->out->item[from].sigma, support);
        for (int label = 0; size >= 0 && label < q->m + q->n && !q->run->enough; label++) {
            bool proved;
            DTN_TRY(one_label(q, label, from < 0 ? NULL : (const int *const *)support, size, &proved));
            if (!proved && from < 0)
                DTN_TRY(exactly(q, label));
        }
    }
    return DTN_OK;
}

static dtn_status run_strategic(dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,
                                const dtn_solve_options *options)
{
    search q = {.ctx = ctx, .run = run, .game = game, .m = game->strategies[0], .n = game->strategies[1]};
    bool all = options->more && dtn_options_flag(options->more, "all-labels"), proved;
    long label = 0;
    if (options->more)
        DTN_TRY(dtn_options_int(ctx, &label, options->more, "label", 0, 1, q.m + q.n));
    DTN_ALLOC_FMPQ(ctx, ctx->scratch, q.sigma, q.m + q.n + 4);
    q.payoff = q.sigma + q.m + q.n;
    q.regret = q.payoff + 2;
    DTN_TRY(dtn_payoffs_common(ctx, &q.common, ctx->scratch, &game->payoff));
    if (!all && !label)
        DTN_TRY(pure(&q));
    if (run->out->count == 0) {
        DTN_TRY(dtn_lh_new(ctx, &q.lh, game));
        if (all)
            DTN_TRY(all_labels(&q));
        else if (label)
            DTN_TRY(one_label(&q, (int)label - 1, NULL, 0, &proved));
        else
            DTN_TRY(restarts(&q));
        run->out->nodes = dtn_lh_pivots(q.lh);
    }
    if (run->out->count == 0)
        DTN_TRY(exactly(&q, label ? (int)label - 1 : 0));
    run->out->outcome = DTN_OUTCOME_PARTIAL;
    run->out->note =
        all ? "these are the equilibria that the paths from the start and from each other reach; there may "
              "be others"
            : "one equilibrium was looked for; there may be others";
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"label", "K", NULL,
     "drop this label, 1 for the first strategy of player 1, and follow its path to the end", false},
    {"all-labels", NULL, NULL, "drop every label, also at every equilibrium found", false},
    {0},
};

const dtn_solver dtn_solver_lemke_howson = {
    .name = "lemke-howson",
    .title = "One equilibrium of a two-player game, also a very large one; or all that its paths reach",
    .source = "C. Lemke, J. Howson, Equilibrium points of bimatrix games, J. SIAM 12 (1964); L. Shapley, A "
              "note on the "
              "Lemke-Howson algorithm, Mathematical Programming Study 1 (1974)",
    .needs = DTN_NEED_TWO_PLAYERS,
    .finds = DTN_FINDS_ONE,
    .exact = true,
    .options = options,
    .run_strategic = run_strategic,
};
