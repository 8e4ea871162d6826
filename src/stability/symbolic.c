/* R, GMR and SMR of conflicts with too many states to list: sets of states are truth functions of the options.
 * Method: a player's rank of a state is the vector of its statements' truth, most important first. The best vector that it
 *         reaches is found statement by statement: of the moves that are best so far, is there one for which the next
 *         statement holds? So is the least vector that the others reach, with statements negated. The concepts are then
 *         those of the closed algorithm (docs/concepts/stability.md): s is stable iff its vector is at least the best
 *         among own moves of w. Options that go one way keep a second variable for where the move starts. The others
 *         together are one player where nothing is infeasible; else what they reach from a state is its component, found
 *         by their moves in turns.
 * Cost: see detente/stability.h. Exact. Source: Fang, Hipel & Kilgour 1993 (concepts); Bryant 1986 (diagrams). */
#include <string.h>

#include "stability/bdd.h"
#include "stability/concept.h"
#include "stability/symbolic.h"

enum { COLLECT_AT = 1 << 22 };

/* Who moves: option masks. */
typedef struct mover {
    uint64_t options, forward, backward;
} mover;

typedef struct work {
    dtn_ctx *ctx;
    dtn_bdd_store *store;
    const dtn_conflict *conflict;
    dtn_bdd feasible;
} work;

static int source_variable(int option)
{
    return 2 * option + 1; /* where a move starts; 2 * option is the state itself */
}

static dtn_bdd option_of(work *w, int option)
{
    return dtn_bdd_variable(w->store, 2 * option);
}

static dtn_bdd cube_of(work *w, uint64_t known, uint64_t value)
{
    dtn_bdd f = DTN_BDD_TRUE;
    for (int o = w->conflict->options - 1; o >= 0; o--)
        if (known >> o & 1) {
            dtn_bdd x = option_of(w, o);
            f = dtn_bdd_and(w->store, value >> o & 1 ? x : dtn_bdd_not(w->store, x), f);
        }
    return f;
}

/* Between least and most of the options are taken: row[c] = so far c are taken makes it true in the end. */
static dtn_bdd count_of(work *w, uint64_t known, int least, int most)
{
    dtn_bdd row[DTN_CONFLICT_MAX_OPTIONS + 2];
    for (int c = 0; c <= DTN_CONFLICT_MAX_OPTIONS + 1; c++)
        row[c] = c >= least && c <= most;
    for (int o = w->conflict->options - 1; o >= 0; o--)
        for (int c = 0; known >> o & 1 && c <= DTN_CONFLICT_MAX_OPTIONS; c++)
            row[c] = dtn_bdd_choose(w->store, option_of(w, o), row[c + 1], row[c]);
    return row[0];
}

static dtn_bdd function_of(work *w, const dtn_statement *s)
{
    dtn_bdd stack[DTN_STATEMENT_STACK];
    int depth = 0;
    for (int k = 0; k < s->steps; k++) {
        const dtn_statement_step *x = &s->step[k];
        dtn_bdd *a = depth > 1 ? &stack[depth - 2] : stack, *b = depth ? &stack[depth - 1] : stack;
        switch (x->op) {
        case DTN_ST_OPTION:
            stack[depth++] = option_of(w, x->option);
            break;
        case DTN_ST_CUBE:
            stack[depth++] = cube_of(w, x->known, x->value);
            break;
        case DTN_ST_COUNT:
            stack[depth++] = count_of(w, x->known, x->least, x->most);
            break;
        case DTN_ST_NOT:
            *b = dtn_bdd_not(w->store, *b);
            break;
        case DTN_ST_AND:
            *a = dtn_bdd_and(w->store, *a, *b);
            depth--;
            break;
        case DTN_ST_OR:
            *a = dtn_bdd_or(w->store, *a, *b);
            depth--;
            break;
        case DTN_ST_IF:
            *a = dtn_bdd_choose(w->store, *b, *a, DTN_BDD_TRUE);
            depth--;
            break;
        case DTN_ST_ONLY_IF:
            *a = dtn_bdd_choose(w->store, *a, *b, DTN_BDD_TRUE);
            depth--;
            break;
        case DTN_ST_IFF:
            *a = dtn_bdd_iff(w->store, *a, *b);
            depth--;
            break;
        }
    }
    return stack[0];
}

/* Moves of m into feasible states: from the sources of its one-way options, to the state itself. */
static dtn_bdd moves_of(work *w, mover m)
{
    dtn_bdd f = w->feasible;
    for (int o = 0; o < w->conflict->options; o++) {
        dtn_bdd to = option_of(w, o), from = DTN_BDD_TRUE;
        if ((m.forward | m.backward) >> o & 1)
            from = dtn_bdd_variable(w->store, source_variable(o));
        if (m.forward >> o & 1)
            f = dtn_bdd_and(w->store, f, dtn_bdd_choose(w->store, from, to, DTN_BDD_TRUE));
        if (m.backward >> o & 1)
            f = dtn_bdd_and(w->store, f, dtn_bdd_choose(w->store, to, from, DTN_BDD_TRUE));
    }
    return f;
}

/* best[j] = bit j of the largest (least: smallest) vector of f[0, count) that m reaches in one move or none. */
static void reach_extreme(work *w, dtn_bdd *best, const dtn_bdd *f, int count, mover m, bool least)
{
    dtn_bdd_store *b = w->store;
    dtn_bdd moves = moves_of(w, m), own = cube_of(w, m.options, m.options);
    for (int j = 0; j < count; j++) {
        dtn_bdd wanted = least ? dtn_bdd_not(b, f[j]) : f[j];
        dtn_bdd can = dtn_bdd_and_exists(b, moves, wanted, own);
        moves = dtn_bdd_and(b, moves, dtn_bdd_iff(b, wanted, can));
        can = dtn_bdd_unprime(b, can);
        best[j] = least ? dtn_bdd_not(b, can) : can;
    }
}

/* The same for the least vector that several players reach by moves in turns, all options going both ways: then what can be
 * reached is an equivalence, and the least vector is the same all over a component. */
static void reach_least_in_turns(work *w, dtn_bdd *best, const dtn_bdd *f, int count, int focal)
{
    dtn_bdd_store *b = w->store;
    dtn_bdd left = w->feasible;
    for (int j = 0; j < count; j++) {
        dtn_bdd low = dtn_bdd_and(b, left, dtn_bdd_not(b, f[j])), before;
        do {
            before = low;
            for (int p = 0; p < w->conflict->players; p++) {
                uint64_t options = w->conflict->player[p].options;
                if (p != focal && options)
                    low = dtn_bdd_and(b, w->feasible, dtn_bdd_exists(b, low, cube_of(w, options, options)));
            }
        } while (low != before && dtn_bdd_status(b) == DTN_OK);
        best[j] = dtn_bdd_not(b, low);
        left = dtn_bdd_and(b, left, dtn_bdd_iff(b, f[j], best[j]));
    }
}

/* Vector f is at least g. */
static dtn_bdd at_least(work *w, const dtn_bdd *f, const dtn_bdd *g, int count)
{
    dtn_bdd_store *b = w->store;
    dtn_bdd result = DTN_BDD_TRUE;
    for (int j = count - 1; j >= 0; j--)
        result = dtn_bdd_choose(b, f[j], dtn_bdd_choose(b, g[j], result, DTN_BDD_TRUE),
                                dtn_bdd_choose(b, g[j], DTN_BDD_FALSE, result));
    return result;
}

static void lower(work *w, dtn_bdd *out, const dtn_bdd *f, int count, int focal)
{
    mover others = {0};
    int movers = 0;
    for (int p = 0; p < w->conflict->players; p++) {
        const dtn_conflict_player *x = &w->conflict->player[p];
        if (p == focal || !x->options)
            continue;
        others.options |= x->options;
        others.forward |= x->forward;
        others.backward |= x->backward;
        movers++;
    }
    if (movers > 1 && w->feasible != DTN_BDD_TRUE)
        reach_least_in_turns(w, out, f, count, focal);
    else
        reach_extreme(w, out, f, count, others, true);
}

/* Stable for the focal player, by concept, into out[R, GMR, SMR]. */
static dtn_status judge(work *w, dtn_bdd *out, const dtn_bdd *rank, int count, int focal)
{
    const dtn_conflict_player *p = &w->conflict->player[focal];
    mover own = {p->options, p->forward, p->backward};
    dtn_bdd *reply, *low, *best;
    DTN_ALLOC(w->ctx, w->ctx->scratch, reply, count + 1);
    DTN_ALLOC(w->ctx, w->ctx->scratch, low, count + 1);
    DTN_ALLOC(w->ctx, w->ctx->scratch, best, count + 1);
    reach_extreme(w, reply, rank, count, own, false);
    out[DTN_SYMBOLIC_R] = dtn_bdd_and(w->store, w->feasible, at_least(w, rank, reply, count));
    lower(w, low, rank, count, focal);
    reach_extreme(w, best, low, count, own, false);
    out[DTN_SYMBOLIC_GMR] = dtn_bdd_and(w->store, w->feasible, at_least(w, rank, best, count));
    lower(w, low, reply, count, focal);
    dtn_bdd rank_less = dtn_bdd_not(w->store, at_least(w, rank, low, count));
    for (int j = 0; j < count; j++)
        low[j] = dtn_bdd_choose(w->store, rank_less, rank[j], low[j]);
    reach_extreme(w, best, low, count, own, false);
    out[DTN_SYMBOLIC_SMR] = dtn_bdd_and(w->store, w->feasible, at_least(w, rank, best, count));
    return dtn_bdd_status(w->store);
}

/* Memory is given back between players: what is kept are the feasible states and the verdicts. */
static void collect(work *w, dtn_symbolic *r)
{
    dtn_bdd *kept[1 + DTN_SYMBOLIC_CONCEPTS * (DTN_CONFLICT_MAX_PLAYERS + 1)];
    size_t count = 0;
    if (dtn_bdd_nodes(w->store) < COLLECT_AT)
        return;
    kept[count++] = &w->feasible;
    for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++)
        for (int i = 0; i <= w->conflict->players; i++)
            kept[count++] = &r->set[k][i];
    dtn_bdd_collect(w->store, kept, count);
}

dtn_status dtn_symbolic_compute(dtn_ctx *ctx, dtn_symbolic *r, const int *variant)
{
    const dtn_conflict *c = r->conflict;
    work w = {.ctx = ctx, .store = r->store, .conflict = c, .feasible = DTN_BDD_TRUE};
    for (int k = 0; k < c->infeasibles; k++) {
        dtn_bdd f = function_of(&w, &c->restriction[k].statement);
        w.feasible =
            dtn_bdd_and(w.store, w.feasible, c->restriction[k].forbidden ? dtn_bdd_not(w.store, f) : f);
    }
    for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++)
        r->set[k][c->players] = w.feasible;
    for (int i = 0; i < c->players; i++) {
        const dtn_preference *p = &c->player[i].variant[variant ? variant[i] : 0];
        dtn_bdd *rank, verdict[DTN_SYMBOLIC_CONCEPTS];
        DTN_ALLOC(ctx, ctx->scratch, rank, p->texts + 1);
        dtn_ctx_report(ctx, "symbolic stability", (double)i / c->players);
        for (int j = 0; j < p->texts; j++)
            rank[j] = function_of(&w, &p->statement[j]);
        DTN_TRY(judge(&w, verdict, rank, p->texts, i));
        for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++) {
            r->set[k][i] = verdict[k];
            r->set[k][c->players] = dtn_bdd_and(w.store, r->set[k][c->players], verdict[k]);
        }
        collect(&w, r);
    }
    r->feasible = w.feasible;
    return dtn_bdd_status(w.store);
}
