/* Operations on decision diagrams.
 * Method: recursion on the first variable that either argument decides on, results remembered.
 * Cost: about the product of the arguments' nodes, at most. Exact. Source: Bryant 1986; Burch et al. 1994 (and_exists). */
#include <string.h>

#include "stability/bdd_store.h"

enum { NONE, AND, XOR, CHOOSE, EXISTS, AND_EXISTS, UNPRIME, PRIME, FIX, COUNT };

static uint32_t top(const dtn_bdd_store *s, dtn_bdd f)
{
    return s->node[f].variable;
}

static dtn_bdd branch(const dtn_bdd_store *s, dtn_bdd f, uint32_t variable, bool value)
{
    const dtn_bdd_node *n = &s->node[f];
    return n->variable != variable ? f : value ? n->high : n->low;
}

static bool recalled(const dtn_bdd_memo *m, uint32_t op, dtn_bdd f, dtn_bdd g, dtn_bdd h)
{
    return m->op == op && m->f == f && m->g == g && m->h == h;
}

/* The table may have moved meanwhile: looked up again. */
static dtn_bdd remember(dtn_bdd_store *s, uint32_t op, dtn_bdd f, dtn_bdd g, dtn_bdd h, dtn_bdd result)
{
    if (s->status == DTN_OK)
        *dtn_bdd_recall(s, op, f, g, h) = (dtn_bdd_memo){op, f, g, h, result};
    return result;
}

dtn_bdd dtn_bdd_and(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g)
{
    if (f == g || g == DTN_BDD_TRUE)
        return f;
    if (f == DTN_BDD_TRUE)
        return g;
    if (f == DTN_BDD_FALSE || g == DTN_BDD_FALSE || s->status != DTN_OK)
        return DTN_BDD_FALSE;
    if (f > g) {
        dtn_bdd swap = f;
        f = g;
        g = swap;
    }
    const dtn_bdd_memo *m = dtn_bdd_recall(s, AND, f, g, 0);
    if (recalled(m, AND, f, g, 0))
        return m->result;
    uint32_t a = top(s, f), b = top(s, g), v = a < b ? a : b;
    dtn_bdd low = dtn_bdd_and(s, branch(s, f, v, false), branch(s, g, v, false));
    dtn_bdd high = dtn_bdd_and(s, branch(s, f, v, true), branch(s, g, v, true));
    return remember(s, AND, f, g, 0, dtn_bdd_make(s, v, low, high));
}

static dtn_bdd differ(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g)
{
    if (f == g || s->status != DTN_OK)
        return DTN_BDD_FALSE;
    if (f == DTN_BDD_FALSE || g == DTN_BDD_FALSE)
        return f | g;
    if (f > g) {
        dtn_bdd swap = f;
        f = g;
        g = swap;
    }
    const dtn_bdd_memo *m = dtn_bdd_recall(s, XOR, f, g, 0);
    if (recalled(m, XOR, f, g, 0))
        return m->result;
    uint32_t a = top(s, f), b = top(s, g), v = a < b ? a : b;
    dtn_bdd low = differ(s, branch(s, f, v, false), branch(s, g, v, false));
    dtn_bdd high = differ(s, branch(s, f, v, true), branch(s, g, v, true));
    return remember(s, XOR, f, g, 0, dtn_bdd_make(s, v, low, high));
}

dtn_bdd dtn_bdd_not(dtn_bdd_store *s, dtn_bdd f)
{
    return differ(s, f, DTN_BDD_TRUE);
}

dtn_bdd dtn_bdd_or(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g)
{
    return dtn_bdd_choose(s, f, DTN_BDD_TRUE, g);
}

dtn_bdd dtn_bdd_iff(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g)
{
    return dtn_bdd_not(s, differ(s, f, g));
}

dtn_bdd dtn_bdd_choose(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g, dtn_bdd h)
{
    if (f == DTN_BDD_TRUE || g == h)
        return g;
    if (f == DTN_BDD_FALSE)
        return h;
    if (s->status != DTN_OK)
        return DTN_BDD_FALSE;
    if (g == DTN_BDD_TRUE && h == DTN_BDD_FALSE)
        return f;
    const dtn_bdd_memo *m = dtn_bdd_recall(s, CHOOSE, f, g, h);
    if (recalled(m, CHOOSE, f, g, h))
        return m->result;
    uint32_t v = top(s, f);
    v = top(s, g) < v ? top(s, g) : v;
    v = top(s, h) < v ? top(s, h) : v;
    dtn_bdd low = dtn_bdd_choose(s, branch(s, f, v, false), branch(s, g, v, false), branch(s, h, v, false));
    dtn_bdd high = dtn_bdd_choose(s, branch(s, f, v, true), branch(s, g, v, true), branch(s, h, v, true));
    return remember(s, CHOOSE, f, g, h, dtn_bdd_make(s, v, low, high));
}

dtn_bdd dtn_bdd_exists(dtn_bdd_store *s, dtn_bdd f, dtn_bdd cube)
{
    return dtn_bdd_and_exists(s, f, DTN_BDD_TRUE, cube);
}

dtn_bdd dtn_bdd_and_exists(dtn_bdd_store *s, dtn_bdd f, dtn_bdd g, dtn_bdd cube)
{
    if (f == DTN_BDD_FALSE || g == DTN_BDD_FALSE || s->status != DTN_OK)
        return DTN_BDD_FALSE;
    if (f == g)
        g = DTN_BDD_TRUE;
    if (f > g) {
        dtn_bdd swap = f;
        f = g;
        g = swap;
    }
    uint32_t a = top(s, f), b = top(s, g), v = a < b ? a : b;
    while (cube > DTN_BDD_TRUE && top(s, cube) < v)
        cube = s->node[cube].high;
    if (cube == DTN_BDD_TRUE)
        return dtn_bdd_and(s, f, g);
    const dtn_bdd_memo *m = dtn_bdd_recall(s, AND_EXISTS, f, g, cube);
    if (recalled(m, AND_EXISTS, f, g, cube))
        return m->result;
    bool drop = top(s, cube) == v;
    dtn_bdd rest = drop ? s->node[cube].high : cube, result;
    dtn_bdd low = dtn_bdd_and_exists(s, branch(s, f, v, false), branch(s, g, v, false), rest);
    if (drop && low == DTN_BDD_TRUE)
        return remember(s, AND_EXISTS, f, g, cube, DTN_BDD_TRUE);
    dtn_bdd high = dtn_bdd_and_exists(s, branch(s, f, v, true), branch(s, g, v, true), rest);
    result = drop ? dtn_bdd_or(s, low, high) : dtn_bdd_make(s, v, low, high);
    return remember(s, AND_EXISTS, f, g, cube, result);
}

dtn_bdd dtn_bdd_unprime(dtn_bdd_store *s, dtn_bdd f)
{
    if (f <= DTN_BDD_TRUE || s->status != DTN_OK)
        return f;
    const dtn_bdd_memo *m = dtn_bdd_recall(s, UNPRIME, f, 0, 0);
    if (recalled(m, UNPRIME, f, 0, 0))
        return m->result;
    dtn_bdd low = dtn_bdd_unprime(s, s->node[f].low), high = dtn_bdd_unprime(s, s->node[f].high);
    return remember(s, UNPRIME, f, 0, 0, dtn_bdd_make(s, top(s, f) & ~UINT32_C(1), low, high));
}

dtn_bdd dtn_bdd_prime(dtn_bdd_store *s, dtn_bdd f, dtn_bdd cube)
{
    if (f <= DTN_BDD_TRUE || s->status != DTN_OK)
        return f;
    uint32_t v = top(s, f);
    while (cube > DTN_BDD_TRUE && top(s, cube) < v)
        cube = s->node[cube].high;
    if (cube <= DTN_BDD_TRUE)
        return f;
    const dtn_bdd_memo *m = dtn_bdd_recall(s, PRIME, f, cube, 0);
    if (recalled(m, PRIME, f, cube, 0))
        return m->result;
    bool primed = top(s, cube) == v;
    dtn_bdd low = dtn_bdd_prime(s, s->node[f].low, cube), high = dtn_bdd_prime(s, s->node[f].high, cube);
    return remember(s, PRIME, f, cube, 0, dtn_bdd_make(s, v + primed, low, high));
}

dtn_bdd dtn_bdd_fix(dtn_bdd_store *s, dtn_bdd f, int variable, bool value)
{
    uint32_t v = (uint32_t)variable;
    if (f <= DTN_BDD_TRUE || top(s, f) > v || s->status != DTN_OK)
        return f;
    if (top(s, f) == v)
        return branch(s, f, v, value);
    const dtn_bdd_memo *m = dtn_bdd_recall(s, FIX, f, v, value);
    if (recalled(m, FIX, f, v, value))
        return m->result;
    dtn_bdd low = dtn_bdd_fix(s, s->node[f].low, variable, value);
    dtn_bdd high = dtn_bdd_fix(s, s->node[f].high, variable, value);
    return remember(s, FIX, f, v, value, dtn_bdd_make(s, top(s, f), low, high));
}

/* Even variables not yet decided on at a node, itself included. */
static int left(const dtn_bdd_store *s, dtn_bdd f)
{
    return f <= DTN_BDD_TRUE ? 0 : (s->variables - (int)top(s, f) + 1) / 2;
}

/* Over the variables from the node's own on; the two halves of a count are remembered as g and result. */
static uint64_t count_below(dtn_bdd_store *s, dtn_bdd f)
{
    if (f <= DTN_BDD_TRUE)
        return f;
    dtn_bdd_memo *m = dtn_bdd_recall(s, COUNT, f, 0, 0);
    if (m->op == COUNT && m->f == f)
        return (uint64_t)m->g << 32 | m->result;
    dtn_bdd low = s->node[f].low, high = s->node[f].high;
    int here = left(s, f) - 1;
    uint64_t n =
        (count_below(s, low) << (here - left(s, low))) + (count_below(s, high) << (here - left(s, high)));
    *m = (dtn_bdd_memo){COUNT, f, (dtn_bdd)(n >> 32), 0, (dtn_bdd)n};
    return n;
}

uint64_t dtn_bdd_count(dtn_bdd_store *s, dtn_bdd f)
{
    return count_below(s, f) << ((s->variables + 1) / 2 - left(s, f));
}
