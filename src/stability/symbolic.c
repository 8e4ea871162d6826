/* R, GMR, SMR, SEQ and SSEQ of conflicts with too many states to list: sets of states are truth functions of the options.
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
#include "stability/symbolic_work.h"

enum { COLLECT_AT = 1 << 22 };

dtn_bdd dtn_symbolic_cube(dtn_symbolic_work *w, uint64_t known, uint64_t value)
{
    dtn_bdd f = DTN_BDD_TRUE;
    for (int o = w->conflict->options - 1; o >= 0; o--)
        if (known >> o & 1) {
            dtn_bdd x = dtn_option_function(w, o);
            f = dtn_bdd_and(w->store, value >> o & 1 ? x : dtn_bdd_not(w->store, x), f);
        }
    return f;
}

/* Between least and most of the options are taken: row[c] = so far c are taken makes it true in the end. */
static dtn_bdd count_of(dtn_symbolic_work *w, uint64_t known, int least, int most)
{
    dtn_bdd row[DTN_CONFLICT_MAX_OPTIONS + 2];
    for (int c = 0; c <= DTN_CONFLICT_MAX_OPTIONS + 1; c++)
        row[c] = c >= least && c <= most;
    for (int o = w->conflict->options - 1; o >= 0; o--)
        for (int c = 0; known >> o & 1 && c <= DTN_CONFLICT_MAX_OPTIONS; c++)
            row[c] = dtn_bdd_choose(w->store, dtn_option_function(w, o), row[c + 1], row[c]);
    return row[0];
}

static dtn_bdd function_of(dtn_symbolic_work *w, const dtn_statement *s)
{
    dtn_bdd stack[DTN_STATEMENT_STACK];
    int depth = 0;
    for (int k = 0; k < s->steps; k++) {
        const dtn_statement_step *x = &s->step[k];
        dtn_bdd *a = depth > 1 ? &stack[depth - 2] : stack, *b = depth ? &stack[depth - 1] : stack;
        switch (x->op) {
        case DTN_ST_OPTION:
            stack[depth++] = dtn_option_function(w, x->option);
            break;
        case DTN_ST_CUBE:
            stack[depth++] = dtn_symbolic_cube(w, x->known, x->value);
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
dtn_bdd dtn_symbolic_moves(dtn_symbolic_work *w, dtn_mover m)
{
    dtn_bdd f = w->feasible;
    for (int o = 0; o < w->conflict->options; o++) {
        dtn_bdd to = dtn_option_function(w, o), from = DTN_BDD_TRUE;
        if ((m.forward | m.backward) >> o & 1)
            from = dtn_bdd_variable(w->store, dtn_source_variable(o));
        if (m.forward >> o & 1)
            f = dtn_bdd_and(w->store, f, dtn_bdd_choose(w->store, from, to, DTN_BDD_TRUE));
        if (m.backward >> o & 1)
            f = dtn_bdd_and(w->store, f, dtn_bdd_choose(w->store, to, from, DTN_BDD_TRUE));
    }
    return f;
}

/* best[j] = bit j of the largest (least: smallest) vector of f[0, count) that m reaches in one move or none. */
void dtn_symbolic_extreme(dtn_symbolic_work *w, dtn_bdd *best, const dtn_bdd *f, int count, dtn_bdd moves,
                          uint64_t options, bool least)
{
    dtn_bdd_store *b = w->store;
    dtn_bdd own = dtn_symbolic_cube(w, options, options);
    for (int j = 0; j < count; j++) {
        dtn_bdd wanted = least ? dtn_bdd_not(b, f[j]) : f[j];
        dtn_bdd can = dtn_bdd_and_exists(b, moves, wanted, own);
        moves = dtn_bdd_and(b, moves, dtn_bdd_iff(b, wanted, can));
        can = dtn_bdd_unprime(b, can);
        best[j] = least ? dtn_bdd_not(b, can) : can;
    }
}

static void reach_extreme(dtn_symbolic_work *w, dtn_bdd *best, const dtn_bdd *f, int count, dtn_mover m,
                          bool least)
{
    dtn_symbolic_extreme(w, best, f, count, dtn_symbolic_moves(w, m), m.options, least);
}

/* The same for the least vector that several players reach by moves in turns, all options going both ways: then what can be
 * reached is an equivalence, and the least vector is the same all over a component. */
static void reach_least_in_turns(dtn_symbolic_work *w, dtn_bdd *best, const dtn_bdd *f, int count, int focal)
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
                    low = dtn_bdd_and(b, w->feasible,
                                      dtn_bdd_exists(b, low, dtn_symbolic_cube(w, options, options)));
            }
        } while (low != before && dtn_bdd_status(b) == DTN_OK);
        best[j] = dtn_bdd_not(b, low);
        left = dtn_bdd_and(b, left, dtn_bdd_iff(b, f[j], best[j]));
    }
}

/* Vector f is at least g. */
dtn_bdd dtn_symbolic_at_least(dtn_symbolic_work *w, const dtn_bdd *f, const dtn_bdd *g, int count)
{
    dtn_bdd_store *b = w->store;
    dtn_bdd result = DTN_BDD_TRUE;
    for (int j = count - 1; j >= 0; j--)
        result = dtn_bdd_choose(b, f[j], dtn_bdd_choose(b, g[j], result, DTN_BDD_TRUE),
                                dtn_bdd_choose(b, g[j], DTN_BDD_FALSE, result));
    return result;
}

static dtn_status lower(dtn_symbolic_work *w, dtn_bdd *out, const dtn_bdd *f, int count, int focal)
{
    dtn_mover others = {0};
    int movers = 0;
    for (int p = 0; p < w->conflict->players; p++) {
        dtn_mover x = dtn_mover_of(w->conflict, p);
        if (p == focal || !x.options)
            continue;
        others.options |= x.options;
        others.forward |= x.forward;
        others.backward |= x.backward;
        movers++;
    }
    if (movers < 2 || w->feasible == DTN_BDD_TRUE)
        reach_extreme(w, out, f, count, others, true);
    else if (others.forward | others.backward)
        return dtn_symbolic_lower_in_turns(w, out, f, count, focal, false);
    else
        reach_least_in_turns(w, out, f, count, focal);
    return dtn_bdd_status(w->store);
}

/* Stable where the rank is at least the best that the player reaches of w = min(rank, low); uses up low. */
static dtn_status verdict_of(dtn_symbolic_work *w, dtn_bdd *out, dtn_bdd *low, const dtn_bdd *rank, int count,
                             dtn_mover own)
{
    dtn_bdd *best, rank_less = dtn_bdd_not(w->store, dtn_symbolic_at_least(w, rank, low, count));
    DTN_ALLOC(w->ctx, w->ctx->scratch, best, count + 1);
    for (int j = 0; j < count; j++)
        low[j] = dtn_bdd_choose(w->store, rank_less, rank[j], low[j]);
    reach_extreme(w, best, low, count, own, false);
    *out = dtn_bdd_and(w->store, w->feasible, dtn_symbolic_at_least(w, rank, best, count));
    return dtn_bdd_status(w->store);
}

/* Stable for the focal player, by concept, into out[R, GMR, SMR, SEQ, SSEQ]. */
static dtn_status judge(dtn_symbolic_work *w, dtn_bdd *out, const dtn_bdd *rank, int count, int focal,
                        bool turns)
{
    dtn_mover own = dtn_mover_of(w->conflict, focal);
    dtn_bdd *reply, *low;
    DTN_ALLOC(w->ctx, w->ctx->scratch, reply, count + 1);
    DTN_ALLOC(w->ctx, w->ctx->scratch, low, count + 1);
    reach_extreme(w, reply, rank, count, own, false);
    out[DTN_SYMBOLIC_R] = dtn_bdd_and(w->store, w->feasible, dtn_symbolic_at_least(w, rank, reply, count));
    DTN_TRY(lower(w, low, rank, count, focal));
    DTN_TRY(verdict_of(w, &out[DTN_SYMBOLIC_GMR], low, rank, count, own));
    DTN_TRY(lower(w, low, reply, count, focal));
    DTN_TRY(verdict_of(w, &out[DTN_SYMBOLIC_SMR], low, rank, count, own));
    for (int k = DTN_SYMBOLIC_SEQ; turns && k <= DTN_SYMBOLIC_SSEQ; k++) {
        DTN_TRY(dtn_symbolic_lower_in_turns(w, low, k == DTN_SYMBOLIC_SEQ ? rank : reply, count, focal, true));
        DTN_TRY(verdict_of(w, &out[k], low, rank, count, own));
    }
    return DTN_OK;
}

/* Memory is given back between players: what is kept are the feasible states and the verdicts. */
static void collect(dtn_symbolic_work *w, dtn_symbolic *r)
{
    dtn_bdd *kept[1 + DTN_CONFLICT_MAX_PLAYERS + DTN_SYMBOLIC_CONCEPTS * (DTN_CONFLICT_MAX_PLAYERS + 1)];
    size_t count = 0;
    if (dtn_bdd_nodes(w->store) < COLLECT_AT)
        return;
    kept[count++] = &w->feasible;
    for (int i = 0; i < w->conflict->players; i++)
        kept[count++] = &w->improvement[i];
    for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++)
        for (int i = 0; i <= w->conflict->players; i++)
            kept[count++] = &r->set[k][i];
    dtn_bdd_collect(w->store, kept, count);
}

/* The player's statements as functions, most important first. */
static dtn_status rank_of(dtn_symbolic_work *w, dtn_bdd **rank, int *count, int player, const int *variant)
{
    const dtn_preference *p = &w->conflict->player[player].variant[variant ? variant[player] : 0];
    DTN_ALLOC(w->ctx, w->ctx->scratch, *rank, p->texts + 1);
    for (int j = 0; j < p->texts; j++)
        (*rank)[j] = function_of(w, &p->statement[j]);
    *count = p->texts;
    return DTN_OK;
}

dtn_status dtn_symbolic_compute(dtn_ctx *ctx, dtn_symbolic *r, const int *variant)
{
    const dtn_conflict *c = r->conflict;
    dtn_symbolic_work w = {.ctx = ctx, .store = r->store, .conflict = c, .feasible = DTN_BDD_TRUE};
    for (int k = 0; k < c->infeasibles; k++) {
        dtn_bdd f = function_of(&w, &c->restriction[k].statement);
        w.feasible =
            dtn_bdd_and(w.store, w.feasible, c->restriction[k].forbidden ? dtn_bdd_not(w.store, f) : f);
    }
    for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++)
        r->set[k][c->players] = w.feasible;
    for (int i = 0; r->turns && i < c->players; i++) {
        dtn_bdd *rank;
        int count;
        DTN_TRY(rank_of(&w, &rank, &count, i, variant));
        dtn_symbolic_improvements(&w, i, rank, count);
        collect(&w, r);
        DTN_TRY(dtn_bdd_status(w.store));
    }
    for (int i = 0; i < c->players; i++) {
        dtn_bdd *rank, verdict[DTN_SYMBOLIC_CONCEPTS] = {0};
        int count;
        dtn_ctx_report(ctx, "symbolic stability", (double)i / c->players);
        DTN_TRY(rank_of(&w, &rank, &count, i, variant));
        DTN_TRY(judge(&w, verdict, rank, count, i, r->turns));
        for (int k = 0; k < DTN_SYMBOLIC_CONCEPTS; k++) {
            r->set[k][i] = verdict[k];
            r->set[k][c->players] = dtn_bdd_and(w.store, r->set[k][c->players], verdict[k]);
        }
        collect(&w, r);
    }
    r->feasible = w.feasible;
    return dtn_bdd_status(w.store);
}
