/* Verifier: the highest rung that a strategy profile can reach, with beliefs that take it there.
 *
 * Method: Bayes on the path; off it, consistent beliefs are searched first. If they put weight on a type that D1 leaves out, the search
 *   is repeated without that type. If no consistent beliefs hold the profile, any beliefs are searched.
 * Cost: verify_search.c, a few times. Exact. */
#include <string.h>

#include "solve/verify_search.h"

typedef struct trial {
    dtn_ctx *ctx;
    const dtn_tree *tree;
    dtn_check *c;
    dtn_equilibria *out;
    dtn_equilibrium *item;
    bool *given; /* [infosets] beliefs are there */
} trial;

static void take(trial *t, const dtn_verdict *v)
{
    dtn_equilibrium *e = t->item;
    e->rung = v->rung;
    e->rung_unknown = v->unknown;
    e->fall = v->fall;
    e->falls = v->falls;
    e->regret = v->regret;
    e->max_regret = *v->max_regret; /* the arena clears the original */
    e->weak_pbe = v->weak_pbe;
    e->certified = true;
    for (int n = 0; n < t->tree->nodes; n++)
        fmpq_set(e->at.belief + n, t->c->belief + n);
}

/* Judges the beliefs in c; where there are none an even spread stands in, so that the rest can be judged. */
static dtn_status judge(trial *t, dtn_verdict *v)
{
    dtn_assessment a = {.sigma = t->item->at.sigma, .belief = t->c->belief};
    for (int h = 0; h < t->tree->infosets; h++) {
        const dtn_infoset *set = &t->tree->infoset[h];
        for (int k = 0; k < set->members && !t->given[h]; k++)
            fmpq_set_si(t->c->belief + t->tree->members[set->first_member + k], 1, (ulong)set->members);
    }
    return dtn_verify_tree(t->ctx, t->out->arena, v, t->tree, &a);
}

static void mark_given(trial *t, bool off_path)
{
    for (int h = 0; h < t->tree->infosets; h++)
        t->given[h] = off_path || t->c->reached[h] || t->tree->infoset[h].members == 1;
}

static void note_fall(trial *t, dtn_rung rung, int infoset, bool unknown, const char *note)
{
    dtn_fall fall = {.rung = rung,
                     .unknown = unknown,
                     .infoset = infoset,
                     .action = -1,
                     .player = -1,
                     .type = -1,
                     .other_type = -1,
                     .note = note};
    /* what the stand-in beliefs brought up says nothing: the fall replaces those of its rung and above */
    int kept = 0;
    for (int i = 0; i < t->item->falls; i++)
        if (t->item->fall[i].rung < rung)
            t->item->fall[kept++] = t->item->fall[i];
    t->item->fall[kept++] = fall;
    t->item->falls = kept;
    t->item->rung_unknown = t->item->rung_unknown || unknown;
}

/* Consistent beliefs, again without types that D1 leaves out as long as that helps. */
static dtn_status try_consistent(trial *t, dtn_search_answer *answer)
{
    bool *banned;
    dtn_search_answer again;
    dtn_verdict v;
    DTN_ALLOC(t->ctx, t->ctx->scratch, banned, t->tree->actions);
    DTN_TRY(dtn_search_consistent(t->ctx, t->c, NULL, answer));
    if (*answer != DTN_SEARCH_FOUND)
        return DTN_OK;
    mark_given(t, true);
    DTN_TRY(judge(t, &v));
    take(t, &v);
    for (int tries = 0; tries < t->tree->actions; tries++) {
        const dtn_fall *d1 = v.falls ? &v.fall[v.falls - 1] : NULL;
        if (!d1 || d1->rung != DTN_RUNG_D1 || d1->unknown || banned[d1->action])
            break;
        banned[d1->action] = true;
        DTN_TRY(dtn_search_consistent(t->ctx, t->c, banned, &again));
        t->item->rung_unknown = t->item->rung_unknown || again == DTN_SEARCH_UNDECIDED;
        if (again != DTN_SEARCH_FOUND)
            break;
        DTN_TRY(judge(t, &v));
        if (v.rung >= t->item->rung)
            take(t, &v);
    }
    return DTN_OK;
}

/* The profile is not optimal at a set whose belief is no choice: no search can mend that. */
static bool hopeless(const trial *t, const dtn_verdict *v)
{
    for (int i = 0; i < v->falls; i++) {
        int h = v->fall[i].infoset;
        if (v->fall[i].rung == DTN_RUNG_PBE && h >= 0 && (t->c->reached[h] || t->tree->infoset[h].members == 1))
            return true;
    }
    return false;
}

static dtn_status try_any(trial *t, dtn_search_answer consistent)
{
    dtn_search_answer any;
    dtn_verdict v;
    int infoset;
    DTN_TRY(dtn_search_any(t->ctx, t->c, &any, &infoset));
    mark_given(t, any == DTN_SEARCH_FOUND);
    DTN_TRY(judge(t, &v));
    take(t, &v);
    if (any == DTN_SEARCH_NONE && v.rung >= DTN_RUNG_SPE)
        note_fall(t, DTN_RUNG_PBE, infoset, false, "no belief");
    else if ((any != DTN_SEARCH_FOUND || v.rung == DTN_RUNG_SPE) && !hopeless(t, &v))
        note_fall(t, DTN_RUNG_PBE, infoset, true, "search");
    else if (v.rung == DTN_RUNG_PBE) /* other beliefs may do better here */
        note_fall(t, DTN_RUNG_NSWYDK, -1, true, "search");
    else if (v.rung == DTN_RUNG_NSWYDK)
        note_fall(t, DTN_RUNG_SEQUENTIAL, -1, consistent == DTN_SEARCH_UNDECIDED, "no consistent belief");
    return DTN_OK;
}

/* Sets without beliefs say so by zeros. */
static void blank(trial *t)
{
    for (int h = 0; h < t->tree->infosets; h++)
        for (int k = 0; k < t->tree->infoset[h].members && !t->given[h]; k++)
            fmpq_zero(t->item->at.belief + t->tree->members[t->tree->infoset[h].first_member + k]);
}

static dtn_status search(trial *t)
{
    dtn_verdict v;
    dtn_search_answer answer = DTN_SEARCH_NONE;
    dtn_assessment a = {.sigma = t->item->at.sigma};
    DTN_TRY(dtn_check_new(t->ctx, &t->c, t->tree, &a));
    DTN_ALLOC(t->ctx, t->ctx->scratch, t->given, t->tree->infosets);
    a.belief = t->c->belief;
    dtn_assessment_bayes(t->tree, &a, t->c->reach);
    mark_given(t, false);
    DTN_TRY(judge(t, &v));
    if (v.rung == DTN_RUNG_NONE) {
        take(t, &v);
    } else {
        if (v.rung >= DTN_RUNG_SPE)
            DTN_TRY(try_consistent(t, &answer));
        if (answer != DTN_SEARCH_FOUND)
            DTN_TRY(try_any(t, answer));
    }
    blank(t);
    return DTN_OK;
}

static dtn_status given_beliefs(trial *t, const fmpq *belief)
{
    dtn_verdict v;
    dtn_assessment a = {.sigma = t->item->at.sigma, .belief = (fmpq *)belief};
    DTN_TRY(dtn_check_new(t->ctx, &t->c, t->tree, &a));
    a.belief = t->c->belief;
    DTN_TRY(dtn_verify_tree(t->ctx, t->out->arena, &v, t->tree, &a));
    take(t, &v);
    return DTN_OK;
}

static dtn_status run(trial *t, const fmpq *sigma, const fmpq *belief)
{
    DTN_ALLOC(t->ctx, t->out->arena, t->out->item, 1);
    t->item = t->out->item;
    t->out->count = 1;
    t->item->exact = true;
    t->item->dimension = -1;
    DTN_TRY(dtn_assessment_new(t->ctx, t->out->arena, &t->item->at, t->tree));
    for (int a = 0; a < t->tree->actions; a++)
        fmpq_set(t->item->at.sigma + a, sigma + a);
    if (belief)
        DTN_TRY(given_beliefs(t, belief));
    else
        DTN_TRY(search(t));
    return dtn_equilibrium_describe(t->ctx, t->out->arena, t->item, t->tree);
}

dtn_status dtn_verify_profile(dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree, const fmpq *sigma,
                              const fmpq *belief)
{
    *out = NULL;
    dtn_arena *arena = dtn_arena_new(ctx);
    dtn_equilibria *made = arena ? dtn_arena_array(arena, 1, sizeof *made) : NULL;
    if (!made) {
        dtn_arena_free(arena);
        return dtn_fail_nomem(ctx);
    }
    *made = (dtn_equilibria){.arena = arena, .method = "verify"};
    trial t = {.ctx = ctx, .tree = tree, .out = made};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    dtn_status status = run(&t, sigma, belief);
    dtn_arena_release(ctx->scratch, mark);
    if (status != DTN_OK) {
        dtn_arena_free(arena);
        return status;
    }
    *out = made;
    return DTN_OK;
}
