/* Dispatch for trees: choose a method, check what it needs, run it on marked scratch memory, have the verifier judge every
 * result, keep those of the asked rung. */
#include <stdlib.h>
#include <string.h>

#include "solve/dispatch.h"
#include "solve/sequential.h"
#include "solve/verify.h"

/* From here on a tree of perfect information is solved backwards unless a method is named. */
enum { LARGE_TREE = 2000 };
/* With more information sets than these, neither a search for all sequential equilibria nor an exact linear program is begun
 * unless asked for. */
enum { MANY_INFOSETS = 400, MANY_FOR_A_PROGRAM = 1500 };

static const dtn_solve_options defaults;

/* The solver left the rung open because play on the path is not unique: a verdict on one member does not settle it. */
static bool speaks_for_many(const dtn_equilibrium *e)
{
    for (int i = 0; i < e->falls; i++)
        if (e->fall[i].unknown && strcmp(e->fall[i].note, "family") == 0)
            return true;
    return false;
}

/* The solver's claim against the verifier's verdict. What the verifier refutes below or at `sequential` is an error of the
 * solver and is never shown; where only a refinement is at issue, the verdict stands. */
static dtn_status certify(dtn_ctx *ctx, dtn_equilibria *all, dtn_equilibrium *e, const dtn_tree *tree,
                          dtn_rung most)
{
    dtn_verdict v;
    dtn_assessment judged = {e->at.sigma, most > DTN_RUNG_SPE ? e->at.belief : NULL};
    DTN_TRY(dtn_verify_tree_to(ctx, all->arena, &v, tree, &judged, most));
    e->regret = v.regret;
    e->max_regret = *v.max_regret; /* the arena clears the original */
    e->weak_pbe = v.weak_pbe;
    if (!e->exact)
        return DTN_OK; /* midpoints of an enclosure: regrets near 0, nothing proved */
    bool doubted = e->rung_unknown && !speaks_for_many(e), refuted = v.rung < e->rung && !v.unknown;
    if (refuted && v.rung < DTN_RUNG_SEQUENTIAL)
        return dtn_fail(ctx, DTN_INTERNAL, "method %s offered an assessment as %s, but the verifier finds: %s",
                        all->method, dtn_rung_title(e->rung), dtn_rung_title(v.rung));
    e->certified = v.rung >= e->rung || refuted;
    if (refuted || (v.rung > e->rung && doubted) || (v.rung >= e->rung && e->falls == 0)) {
        e->rung = v.rung;
        e->fall = v.fall;
        e->falls = v.falls;
        e->rung_unknown = v.unknown;
    }
    return DTN_OK;
}

typedef struct ranked {
    dtn_equilibrium e;
    int order;
} ranked;

static int by_rung(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->e.rung != y->e.rung ? (x->e.rung < y->e.rung ? 1 : -1) : x->order - y->order;
}

/* Highest rung first, otherwise in the solver's order; those below the asked rung go, unless that could not be decided. */
static dtn_status arrange(dtn_ctx *ctx, dtn_equilibria *all, const dtn_solve_options *options)
{
    ranked *list;
    int kept = 0, doubtful = 0;
    DTN_ALLOC(ctx, ctx->scratch, list, all->count + 1);
    for (int i = 0; i < all->count; i++) {
        const dtn_equilibrium *e = &all->item[i];
        bool low = e->rung < options->rung;
        if (low && !e->rung_unknown)
            continue;
        doubtful += low;
        list[kept] = (ranked){*e, kept};
        kept++;
    }
    if (kept)
        qsort(list, (size_t)kept, sizeof *list, by_rung);
    for (int i = 0; i < kept; i++)
        all->item[i] = list[i].e;
    all->count = kept;
    if (kept == 0 && all->outcome == DTN_OUTCOME_COMPLETE)
        all->outcome = DTN_OUTCOME_NONE;
    if (doubtful && all->outcome == DTN_OUTCOME_COMPLETE) {
        all->outcome = DTN_OUTCOME_PARTIAL;
        all->note =
            "equilibria are listed for which it could not be decided whether they reach the asked rung";
    }
    return DTN_OK;
}

static void stream(dtn_equilibria *all, const dtn_solve_options *options)
{
    int shown = all->count;
    if (options->first > 0 && options->first < shown)
        shown = options->first;
    for (int i = 0; options->equilibrium_sink && i < shown; i++)
        if (!options->equilibrium_sink(options->user, &all->item[i]))
            shown = i + 1;
    if (shown < all->count && all->outcome == DTN_OUTCOME_COMPLETE) {
        all->outcome = DTN_OUTCOME_PARTIAL;
        all->note = "stopped after the number of equilibria that was asked for";
    }
    all->count = shown;
}

static dtn_status finish(dtn_ctx *ctx, dtn_equilibria *all, const dtn_solver *solver, const dtn_tree *tree,
                         const dtn_solve_options *options)
{
    dtn_rung most = solver->promises == DTN_RUNG_NONE  ? DTN_RUNG_D1
                    : options->rung > solver->promises ? options->rung
                                                       : solver->promises;
    for (int i = 0; i < all->count; i++) {
        dtn_equilibrium *e = &all->item[i];
        DTN_TRY(dtn_ctx_poll(ctx));
        if (!e->payoff)
            DTN_TRY(dtn_equilibrium_describe(ctx, all->arena, e, tree));
        DTN_TRY(certify(ctx, all, e, tree, most));
    }
    if (solver->finds == DTN_FINDS_ANSWER)
        return solver->check_tree(ctx, all, tree);
    if (solver->check_tree)
        DTN_TRY(solver->check_tree(ctx, all, tree));
    DTN_TRY(arrange(ctx, all, options));
    stream(all, options);
    return DTN_OK;
}

/* Scratch memory stands marked; *made is the solver's, then certified. */
static dtn_status finish_all(dtn_ctx *ctx, dtn_equilibria *made, const dtn_solver *solver,
                             const dtn_tree *tree, const dtn_solve_options *options)
{
    dtn_ctx_pause pause = {0};
    if (made->stopped)
        pause = dtn_ctx_pause_limits(ctx);
    dtn_status status = finish(ctx, made, solver, tree, options);
    if (made->stopped)
        dtn_ctx_resume_limits(ctx, pause);
    return status;
}

/* neighbour NULL: none. */
static dtn_status run(dtn_ctx *ctx, dtn_equilibria **out, const dtn_solver *solver, const dtn_tree *tree,
                      const dtn_equilibria *neighbour, const dtn_solve_options *options)
{
    dtn_equilibria *made = NULL;
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status;
    if (neighbour)
        status =
            dtn_sequential_near(ctx, &made, tree, neighbour,
                                &(dtn_sequential_options){.rung = options->rung, .brief = options->brief});
    else
        status = solver->run_tree(ctx, &made, tree, options);
    if (status == DTN_OK) {
        made->method = solver->name;
        status = finish_all(ctx, made, solver, tree, options);
    }
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_equilibria_free(made);
        return status;
    }
    *out = made;
    return DTN_OK;
}

/* Where all sequential equilibria are out of reach: one Nash equilibrium of two players, or strategies near one. NULL: no method
 * takes the tree. */
static const char *one_equilibrium(const dtn_tree *tree)
{
    if (tree->players == 2 && tree->perfect_recall)
        return !tree->constant_sum                   ? "sequence-lcp"
               : tree->infosets > MANY_FOR_A_PROGRAM ? "cfr+"
                                                     : "sequence-lp";
    return NULL;
}

static const char *guarantee(const char *one)
{
    return strcmp(one, "cfr+") == 0 ? "strategies near an equilibrium, and exactly how far from one they are"
                                    : "one Nash equilibrium, exactly";
}

static dtn_status solve_by(dtn_ctx *ctx, dtn_equilibria **out, const char *method, const dtn_tree *tree,
                           const dtn_solve_options *options)
{
    const dtn_solver *solver;
    DTN_TRY(dtn_dispatch_find(ctx, &solver, method));
    DTN_TRY(dtn_dispatch_options(ctx, solver, options->more));
    DTN_TRY(dtn_dispatch_check_tree(ctx, solver, tree));
    return run(ctx, out, solver, tree, NULL, options);
}

dtn_status dtn_solve_tree(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                          const dtn_solve_options *options)
{
    *out = NULL;
    options = options ? options : &defaults;
    if (options->method)
        return solve_by(ctx, out, options->method, tree, options);
    const char *one = one_equilibrium(tree);
    dtn_solve_options instead = *options;
    instead.rung = DTN_RUNG_NASH;
    if (tree->perfect_information && tree->nodes > LARGE_TREE)
        return solve_by(ctx, out, "backward", tree, options);
    if (one && tree->infosets > MANY_INFOSETS) {
        DTN_TRY(solve_by(ctx, out, one, tree, &instead));
        (*out)->guarantee = guarantee(one);
        return DTN_OK;
    }
    DTN_TRY(solve_by(ctx, out, "sequential", tree, options));
    if ((*out)->count > 0 || (*out)->outcome == DTN_OUTCOME_NONE || (*out)->stopped != DTN_OK || !one)
        return DTN_OK;
    dtn_equilibria_free(*out);
    *out = NULL;
    DTN_TRY(solve_by(ctx, out, one, tree, &instead));
    (*out)->guarantee = guarantee(one);
    (*out)->outcome = DTN_OUTCOME_PARTIAL;
    (*out)->note = "the search for all sequential equilibria (--method sequential) stopped before it found "
                   "one; listed is one Nash equilibrium";
    return DTN_OK;
}

dtn_status dtn_solve_tree_near(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,
                               const dtn_equilibria *neighbour, const dtn_solve_options *options)
{
    *out = NULL;
    options = options ? options : &defaults;
    const dtn_solver *solver;
    DTN_TRY(dtn_dispatch_find(ctx, &solver, "sequential"));
    DTN_TRY(dtn_dispatch_check_tree(ctx, solver, tree));
    return run(ctx, out, solver, tree, neighbour, options);
}
