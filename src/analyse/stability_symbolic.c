/* `stability` of a conflict with too many states to list (or with --symbolic): counts, the first equilibria, and whether
 * given states are among them, under one combination of preferences. */
#include <string.h>
#include <strings.h>

#include "analyse/stability.h"
#include "model/conflict.h"

enum { FIRST = 8, FIRST_MOST = 4096 };

/* A state as Y/N pattern, or in letters. */
static dtn_status read_pattern(dtn_ctx *ctx, uint64_t *pattern, const dtn_conflict *c, const char *text)
{
    *pattern = 0;
    bool right = strlen(text) == (size_t)c->options;
    for (int o = 0; right && o < c->options; o++) {
        bool letter = c->lettered && text[o] == c->option[o].key[0];
        if (text[o] == 'Y' || letter)
            *pattern |= UINT64_C(1) << o;
        right = text[o] == 'Y' || text[o] == 'N' || text[o] == '.' || letter;
    }
    return right ? DTN_OK
                 : dtn_fail(ctx, DTN_ARG,
                            "--state %s: expected a pattern of %d characters Y or N, one an option", text,
                            c->options);
}

dtn_status dtn_stability_ask_symbolic(dtn_ctx *ctx, dtn_arena *arena, dtn_stability_answer *a,
                                      const int *variant, const dtn_job *job)
{
    dtn_stability_symbolic *x;
    long first;
    int asked = 0;
    bool sequential = false;
    DTN_TRY(dtn_options_int(ctx, &first, &job->options, "first", FIRST, 0, FIRST_MOST));
    DTN_ALLOC(ctx, arena, x, 1);
    a->symbolic = x;
    DTN_ALLOC(ctx, arena, x->variant, a->conflict->players);
    memcpy(x->variant, variant, (size_t)a->conflict->players * sizeof *variant);
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        asked += !strcmp(v->name, "state") || !strcmp(v->name, "why");
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        sequential |=
            !strcmp(v->name, "concept") &&
            (!strcmp(v->value, "all") || !strcasecmp(v->value, "SEQ") || !strcasecmp(v->value, "SSEQ"));
    DTN_ALLOC(ctx, arena, x->asked, asked);
    for (const dtn_option_value *v = job->options.first; v; v = v->next)
        if (!strcmp(v->name, "state") || !strcmp(v->name, "why"))
            DTN_TRY(read_pattern(ctx, &x->asked[x->askeds++], a->conflict, v->value));
    DTN_TRY(dtn_symbolic_run(ctx, &x->run, a->conflict, variant, sequential));
    for (int k = 0; k < dtn_concept_count(); k++) {
        if (!dtn_symbolic_has(x->run, k))
            continue;
        DTN_ALLOC(ctx, arena, x->first[k], first);
        DTN_TRY(dtn_symbolic_list(ctx, x->run, k, -1, x->first[k], (size_t)first, &x->firsts[k]));
    }
    return DTN_OK;
}
