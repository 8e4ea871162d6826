/* The analysis `stability`: which states of the conflict hold, under which foresight, for which preferences, and why.
 * Method: runs the concepts over the combinations of preference variants; explains the status quo and every equilibrium
 *         by the strongest concept that makes it stable, player by player. Cost: that of the concepts; an explanation is
 *         a breadth-first search an improvement. Exact. */
#include "analyse/stability.h"
#include "analyse/variants.h"

#include <string.h>

#include "base/suggest.h"
#include "model/conflict.h"

enum {
    ROWS_ALL = 128,
    ROWS_MOST = 512,
    EXPLAINED_MOST = 32,
    REPLIES_MOST = 8,
    SEARCHED_MOST = 1 << 16 /* states; beyond, equilibria are listed without the searches that explain them */
};

/* Strongest first: what holds under one holds, by inclusion, under the later ones (SEQ and SMR, and SIM, apart). In the
 * first three the answers of others pay for them. */
static const char *const strength[] = {"R",    "SSEQ", "SEQ", "SMR", "GMR", "SIM", "CNASH", "CSEQ", "CSMR",
                                       "CGMR", "NM",   "L6",  "L5",  "L4",  "L3",  "L2",    "ST1",  "ST2"};
enum { CREDIBLE = 3, NAMED = sizeof strength / sizeof *strength };

/* The k-th of all concepts by strength: those of rankings, then the others as they are registered. -1 past the end. */
static int by_strength(int k)
{
    if (k < NAMED)
        return dtn_concept_find(strength[k]);
    for (int i = 0, n = NAMED; i < dtn_concept_count(); i++) {
        bool named = false;
        for (int s = 0; s < NAMED && !named; s++)
            named = !strcmp(strength[s], dtn_concept_name(i));
        if (!named && n++ == k)
            return i;
    }
    return -1;
}

static void free_answer(void *data, size_t count)
{
    (void)count;
    dtn_stability_answer *a = data;
    if (a->symbolic)
        dtn_symbolic_free(a->symbolic->run);
    for (int k = 0; k < a->whys; k++)
        for (int i = 0; i < a->conflict->players * dtn_concept_count(); i++)
            dtn_witness_free(a->why[k].witness[i]);
    for (int k = 0; k < a->groups; k++)
        for (size_t i = 0; i < a->group[k].views; i++)
            dtn_coalition_free(a->group[k].view[i]);
    for (int k = 0; k < a->items; k++) {
        dtn_stability_case *item = &a->item[k];
        for (size_t i = 0;
             item->reason && i < item->explained_count * (size_t)dtn_conflict_players(a->conflict); i++)
            dtn_witness_free(item->reason[i].witness);
        dtn_paths_free(item->by_moves);
        dtn_paths_free(item->by_improvements);
    }
    dtn_stability_free(a->run);
}

static const char *concept_word(const void *user, int i)
{
    (void)user;
    return i < dtn_concept_count() ? dtn_concept_name(i) : NULL;
}

static dtn_status read_concepts(dtn_ctx *ctx, uint64_t *mask, const dtn_job *job)
{
    *mask = 0;
    for (const dtn_option_value *v = job->options.first; v; v = v->next) {
        if (strcmp(v->name, "concept") != 0)
            continue;
        if (!strcmp(v->value, "all")) {
            *mask |= dtn_stability_applicable(job->model->scenario->conflict);
            continue;
        }
        int k = dtn_concept_find(v->value);
        if (k < 0) {
            const char *near = dtn_suggest(v->value, concept_word, NULL);
            return dtn_fail(ctx, DTN_ARG,
                            "--concept: no concept is called \"%s\"%s%s%s; expected R, GMR, SMR, SEQ, SSEQ, "
                            "SIM, L2 to L6, NM, ST1, "
                            "ST2, CNASH, CGMR, CSMR, CSEQ, one of other preferences (R-a to SSEQ-d) or all",
                            v->value, near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
        }
        *mask |= UINT64_C(1) << k;
    }
    return DTN_OK;
}

/* Whether a state is an equilibrium under some concept in some combination. */
static bool equilibrium_somewhere(const dtn_stability *r, size_t state)
{
    for (int k = 0; k < dtn_stability_combinations(r); k++)
        for (int i = 0; i < dtn_concept_count(); i++)
            if (dtn_stability_has(r, i) && dtn_stability_equilibrium(r, k, i, state))
                return true;
    return false;
}

/* States that were named come first, in the order of naming; the others as they are numbered. */
static int place_of(const dtn_conflict *c, size_t state)
{
    const dtn_state_name *name = dtn_conflict_name_of(c, state);
    return name ? name->place : c->names;
}

static dtn_status sort_rows(dtn_ctx *ctx, const dtn_conflict *c, size_t *row, size_t count)
{
    size_t *at, *sorted;
    DTN_ALLOC(ctx, ctx->scratch, at, (size_t)c->names + 2);
    DTN_ALLOC(ctx, ctx->scratch, sorted, count);
    for (size_t k = 0; k < count; k++)
        at[place_of(c, row[k]) + 1]++;
    for (int n = 0; n < c->names; n++)
        at[n + 1] += at[n];
    for (size_t k = 0; k < count; k++)
        sorted[at[place_of(c, row[k])]++] = row[k];
    memcpy(row, sorted, count * sizeof *row);
    return DTN_OK;
}

static dtn_status choose_rows(dtn_ctx *ctx, dtn_result *result, dtn_stability_answer *a)
{
    size_t n = dtn_conflict_states(a->conflict), *row;
    a->every_state = n <= ROWS_ALL;
    DTN_ALLOC(ctx, result->arena, row, a->every_state ? n : ROWS_MOST);
    for (size_t s = 0; s < n; s++) {
        bool quo = a->has_status_quo && s == a->status_quo;
        if (!a->every_state && !quo && !equilibrium_somewhere(a->run, s))
            continue;
        if (a->states == ROWS_MOST) {
            a->cut = true;
            break;
        }
        row[a->states++] = s;
    }
    a->state = row;
    return sort_rows(ctx, a->conflict, row, a->states);
}

static dtn_status reason_for(dtn_ctx *ctx, dtn_stability_reason *out, const dtn_stability *r, int combination,
                             size_t state, int player)
{
    int strongest = -1, witness = -1;
    bool credible = false, settled = false;
    for (int k = 0, i; (i = by_strength(k)) >= 0; k++) {
        if (!dtn_stability_has(r, i))
            continue;
        bool stable = dtn_stability_stable(r, combination, i, player, state);
        if (stable && strongest < 0)
            strongest = i;
        if (settled || (k >= CREDIBLE && credible))
            continue; /* decided, or SEQ's failure is what is told */
        witness = i;
        settled = stable;
        credible |= !strcmp(dtn_concept_name(i), "SEQ");
    }
    *out = (dtn_stability_reason){.state = state, .player = player, .concept_index = strongest};
    return dtn_witness_find(ctx, &out->witness, r, combination, witness, player, state, REPLIES_MOST);
}

/* Whether the state's standing is told: it is an equilibrium under a concept whose answers pay (any concept, where none of
 * those was computed). */
static bool worth_telling(const dtn_stability *r, int combination, size_t state)
{
    bool any = false;
    for (int k = 0, i; (i = by_strength(k)) >= 0 && (k < CREDIBLE || !any); k++) {
        if (!dtn_stability_has(r, i))
            continue;
        any = true;
        if (dtn_stability_equilibrium(r, combination, i, state))
            return true;
    }
    return false;
}

static dtn_status explain(dtn_ctx *ctx, dtn_result *result, dtn_stability_answer *a, dtn_stability_case *item)
{
    size_t *state, count = 0, asked = 0;
    for (const dtn_option_value *v = result->job->options.first; v; v = v->next)
        asked += !strcmp(v->name, "state");
    DTN_ALLOC(ctx, result->arena, state, EXPLAINED_MOST + asked + 1);
    if (a->has_status_quo && a->conflict->states <= SEARCHED_MOST)
        state[count++] = a->status_quo;
    for (const dtn_option_value *v = result->job->options.first; v; v = v->next) {
        size_t s;
        if (strcmp(v->name, "state") != 0)
            continue;
        DTN_TRY(dtn_conflict_find_state(ctx, &s, a->conflict, v->value));
        state[count++] = s;
    }
    for (size_t k = 0; k < a->states && count < EXPLAINED_MOST && a->conflict->states <= SEARCHED_MOST; k++)
        if (worth_telling(a->run, item->combination, a->state[k]))
            state[count++] = a->state[k];
    size_t kept = 0;
    for (size_t k = 0; k < count; k++) {
        size_t before = 0;
        while (before < kept && state[before] != state[k])
            before++;
        if (before == kept)
            state[kept++] = state[k];
    }
    size_t players = (size_t)a->conflict->players;
    DTN_ALLOC(ctx, result->arena, item->reason, kept * players);
    item->explained = state;
    item->explained_count = kept;
    for (size_t k = 0; k < kept; k++)
        for (size_t i = 0; i < players; i++)
            DTN_TRY(
                reason_for(ctx, &item->reason[k * players + i], a->run, item->combination, state[k], (int)i));
    return DTN_OK;
}

static dtn_status run(dtn_ctx *ctx, dtn_result *result, dtn_job *job)
{
    dtn_stability_answer *a;
    dtn_stability_options options = {0};
    DTN_ALLOC(ctx, result->arena, a, 1);
    a->conflict = job->model->scenario->conflict;
    result->data = a;
    result->cleanup = free_answer;
    DTN_TRY(read_concepts(ctx, &options.concepts, job));
    DTN_TRY(dtn_variants_combine(ctx, &options, a->conflict, job));
    if (!dtn_conflict_listed(a->conflict) || dtn_options_flag(&job->options, "symbolic")) {
        if (options.combinations > 1)
            return dtn_fail(
                ctx, DTN_ARG,
                "symbolic analysis takes one preference a player: choose with --variant PLAYER=NAME");
        result->outcome = DTN_OUTCOME_COMPLETE;
        return dtn_stability_ask_symbolic(ctx, result->arena, a, options.variants, job);
    }
    a->count_only = dtn_options_flag(&job->options, "count");
    DTN_TRY(dtn_stability_run(ctx, &a->run, a->conflict, &options));
    a->has_status_quo = dtn_conflict_status_quo(a->conflict, &a->status_quo);
    DTN_ALLOC(ctx, result->arena, a->item, options.combinations);
    a->items = options.combinations;
    for (int k = 0; k < a->items; k++)
        a->item[k].combination = k;
    result->outcome = DTN_OUTCOME_COMPLETE;
    DTN_TRY(choose_rows(ctx, result, a));
    DTN_TRY(dtn_stability_ask_why(ctx, result->arena, a, job));
    DTN_TRY(dtn_stability_ask_coalitions(ctx, result->arena, a, job));
    for (int k = 0; k < a->items && !a->whys && !a->count_only; k++) {
        dtn_stability_case *item = &a->item[k];
        DTN_TRY(explain(ctx, result, a, item));
        if (a->has_status_quo && a->conflict->states <= SEARCHED_MOST) {
            DTN_TRY(dtn_paths_new(ctx, &item->by_moves, a->run, k, a->status_quo, false));
            DTN_TRY(dtn_paths_new(ctx, &item->by_improvements, a->run, k, a->status_quo, true));
        }
    }
    return DTN_OK;
}

static const dtn_option_spec options[] = {
    {"concept", "NAME", NULL,
     "only this concept: R, GMR, SMR, SEQ, SSEQ, SIM; of foresight: L2 to L6, NM, ST1, ST2; of coalitions: "
     "CNASH, CGMR, "
     "CSMR, CSEQ; or all",
     true},
    DTN_VARIANT_OPTION,
    {"state", "STATE", NULL, "explain this state too, whether it holds or not", true},
    {"why", "STATE", NULL, "only explain this state: every player, every concept, every path in full", true},
    {"coalition", "P+Q", NULL, "what these players could do together, or `all`", true},
    {"count", NULL, NULL, "only count the states that hold", false},
    {"symbolic", NULL,
     NULL, "count without listing states (R, GMR, SMR; with --concept SEQ also SEQ and SSEQ); so it is anyway beyond 2^28 states",
     false},
    {"first", "N", "8", "symbolic: list the first N equilibria", false},
    {0},
};

extern const dtn_analysis dtn_analysis_stability;
const dtn_analysis dtn_analysis_stability = {
    .name = "stability",
    .question = 2,
    .title = "What holds?",
    .about = "Which states of the conflict are stable, for whom, under which foresight, and what deters each "
             "improvement.",
    .options = options,
    .missing = dtn_conflict_needed,
    .run = run,
};
