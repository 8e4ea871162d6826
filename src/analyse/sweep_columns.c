/* The columns of a sweep: the parameters that move, then what is asked of each point. */
#include <string.h>

#include "analyse/sweep_prober.h"
#include "base/suggest.h"

static const struct ask {
    const char *name;
    unsigned bit;
} asks[] = {{"classes", DTN_WANT_CLASSES}, {"outcomes", DTN_WANT_OUTCOMES}, {"target", DTN_WANT_TARGET},
            {"payoffs", DTN_WANT_PAYOFFS}, {"margins", DTN_WANT_MARGINS},   {"least", DTN_WANT_LEAST}};
enum { ASKS = sizeof asks / sizeof *asks };

static const char *word(const void *user, int i)
{
    (void)user;
    return i < ASKS ? asks[i].name : NULL;
}

dtn_status dtn_columns_read(dtn_ctx *ctx, unsigned *asked, const char *text)
{
    *asked = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, ", ");
        int found = -1;
        for (int i = 0; i < ASKS && length; i++)
            if (strlen(asks[i].name) == length && strncmp(asks[i].name, at, length) == 0)
                found = i;
        if (length && found < 0) {
            const char *own = dtn_arena_strndup(ctx->scratch, at, length);
            const char *near = own ? dtn_suggest(own, word, NULL) : NULL;
            return near ? dtn_fail(ctx, DTN_ARG, "--ask: found \"%s\"; did you mean \"%s\"?", own, near)
                        : dtn_fail(ctx, DTN_ARG,
                                   "--ask: found \"%s\", expected some of classes, outcomes, target, "
                                   "payoffs, margins "
                                   "and least",
                                   own ? own : "");
        }
        if (length)
            *asked |= asks[found].bit;
        at += length;
        at += strspn(at, ", ");
    }
    return *asked ? DTN_OK : dtn_fail(ctx, DTN_ARG, "--ask: expected something such as classes,outcomes");
}

typedef struct maker {
    dtn_arena *arena;
    dtn_sweep_column *column; /* NULL: only counted */
    int columns;
    bool failed;
} maker;

static void add(maker *m, dtn_sweep_column c, const char *a, const char *b, const char *d)
{
    if (m->column) {
        c.key =
            dtn_arena_printf(m->arena, "%s%s%s%s%s", a, b ? "." : "", b ? b : "", d ? "." : "", d ? d : "");
        for (int i = 0; i < m->columns && c.key; i++) /* a parameter may be called "classes" */
            if (strcmp(m->column[i].key, c.key) == 0)
                c.key = dtn_arena_printf(m->arena, "%s_", c.key);
        m->failed = m->failed || !c.key;
        if (m->failed)
            return;
        m->column[m->columns] = c;
    }
    m->columns++;
}

/* Least and greatest over the equilibria. */
static void add_both(maker *m, dtn_column_what what, int index, const char *a, const char *b)
{
    for (int most = 0; most < 2; most++)
        add(m, (dtn_sweep_column){.what = what, .index = index, .most = most == 1}, a,
            b      ? b
            : most ? "most"
                   : "least",
            b ? (most ? "most" : "least") : NULL);
}

static void add_least(maker *m, const dtn_scenario *s)
{
    static const dtn_scalar_lever levers[] = {DTN_SCALAR_BOND, DTN_SCALAR_PENALTY, DTN_SCALAR_DETECT,
                                              DTN_SCALAR_DISCOUNT};
    for (int g = 0; g < s->guarantees; g++)
        for (int k = 0; k < 4; k++)
            add(m, (dtn_sweep_column){.what = DTN_COLUMN_LEAST, .index = g, .lever = (int)levers[k]}, "least",
                s->guarantee[g].key, dtn_scalar_lever_name(levers[k]));
}

static void make(maker *m, const dtn_plan *plan, const dtn_sweep *sweep, unsigned asked)
{
    const dtn_tree *tree = sweep->tree;
    m->columns = 0;
    for (int k = 0; k < plan->params; k++)
        add(m, (dtn_sweep_column){.what = DTN_COLUMN_PARAM, .index = k},
            plan->scenario->param[plan->param[k]].name, NULL, NULL);
    add(m, (dtn_sweep_column){.what = DTN_COLUMN_STATE, .words = true}, "state", NULL, NULL);
    if (asked & DTN_WANT_CLASSES) {
        add(m, (dtn_sweep_column){.what = DTN_COLUMN_EQUILIBRIA, .whole = true}, "equilibria", NULL, NULL);
        add(m, (dtn_sweep_column){.what = DTN_COLUMN_CLASSES, .words = true}, "classes", NULL, NULL);
    }
    for (int o = 0; asked & DTN_WANT_OUTCOMES && o < tree->outcomes; o++)
        add_both(m, DTN_COLUMN_OUTCOME, o, "outcome", tree->outcome[o]);
    if (asked & DTN_WANT_TARGET && sweep->has_target)
        add_both(m, DTN_COLUMN_TARGET, 0, "target", NULL);
    for (int p = 0; asked & DTN_WANT_PAYOFFS && p < tree->players; p++)
        add_both(m, DTN_COLUMN_PAYOFF, p, "payoff", tree->player[p].name);
    for (int a = 0; asked & DTN_WANT_MARGINS && a < tree->actions; a++) {
        const dtn_infoset *h = &tree->infoset[tree->action[a].infoset];
        if (tree->action[a].kind == DTN_ACT_PLAIN || h->actions < 2)
            continue;
        const char *name = dtn_arena_printf(m->arena, "%s.%s", h->name, tree->action[a].name);
        m->failed = m->failed || !name;
        add_both(m, DTN_COLUMN_MARGIN, a, "margin", name ? name : "");
    }
    if (asked & DTN_WANT_LEAST)
        add_least(m, plan->scenario);
}

dtn_status dtn_columns_make(dtn_ctx *ctx, dtn_arena *arena, dtn_columns *out, const dtn_plan *plan,
                            const dtn_sweep *sweep, unsigned asked)
{
    maker m = {.arena = arena};
    make(&m, plan, sweep, asked);
    DTN_ALLOC(ctx, arena, m.column, m.columns);
    if (m.failed)
        return dtn_fail_nomem(ctx);
    make(&m, plan, sweep, asked);
    if (m.failed)
        return dtn_fail_nomem(ctx);
    *out = (dtn_columns){m.column, m.columns};
    return DTN_OK;
}
