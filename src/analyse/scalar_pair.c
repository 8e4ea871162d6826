/* Two-sided obligations: guarantees given for each other.
 *
 * Method: one lever at a time, the same value on both sides: the larger of the two least values (the smaller of the greatest ones, for
 *   hazard and false alarms), and nothing where one side cannot be had. Cost: constant a pair. Exact. */
#include <string.h>

#include "analyse/bind.h"

static int find(const dtn_scenario *s, const char *key)
{
    for (int i = 0; key && i < s->guarantees; i++)
        if (strcmp(s->guarantee[i].key, key) == 0)
            return i;
    return -1;
}

static void join(dtn_scalar_pair *p, const dtn_scalar_item *x, const dtn_scalar_item *y, int lever)
{
    bool greatest = lever == DTN_SCALAR_HAZARD || lever == DTN_SCALAR_FALSE;
    const dtn_scalar_item *by = x;
    if (x->verdict[lever] == DTN_SCALAR_NONE || y->verdict[lever] == DTN_SCALAR_NONE) {
        p->verdict[lever] = DTN_SCALAR_NONE;
        p->decides[lever] = x->verdict[lever] == DTN_SCALAR_NONE ? p->first : p->second;
        return;
    }
    if (x->verdict[lever] == DTN_SCALAR_BINDS)
        by = y;
    else if (y->verdict[lever] == DTN_SCALAR_LEAST) {
        int order = fmpq_cmp(&y->least[lever], &x->least[lever]);
        by = (greatest ? order < 0 : order > 0) ? y : x;
    }
    p->verdict[lever] = by->verdict[lever];
    p->decides[lever] = by == x ? p->first : p->second;
    fmpq_set(&p->least[lever], &by->least[lever]);
}

dtn_status dtn_scalar_pairs(dtn_ctx *ctx, dtn_arena *arena, const dtn_scalar_pair **out, int *count,
                            const dtn_scalar_item *scalar, const dtn_scenario *s)
{
    dtn_scalar_pair *list;
    DTN_ALLOC(ctx, arena, list, s->guarantees);
    *out = list;
    *count = 0;
    for (int i = 0; i < s->guarantees; i++) {
        int k = find(s, s->guarantee[i].with);
        bool told = k >= 0 && k < i && find(s, s->guarantee[k].with) == i;
        if (k < 0 || told)
            continue;
        dtn_scalar_pair *p = &list[(*count)++];
        *p = (dtn_scalar_pair){.first = i, .second = k, .honoured = scalar[i].honoured && scalar[k].honoured};
        if (!dtn_arena_fmpq_at(arena, p->least, DTN_SCALAR_LEVERS))
            return dtn_fail_nomem(ctx);
        for (int l = 0; l < (int)DTN_SCALAR_LEVERS; l++)
            join(p, &scalar[i], &scalar[k], l);
    }
    return DTN_OK;
}
