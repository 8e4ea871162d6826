/* Preferences beyond a ranking: what is unknown about two states, how much better one is than the other, to which degree it is
 * preferred, and attitudes towards other players. */
#ifndef DTN_MODEL_CONFLICT_PAIRS_H
#define DTN_MODEL_CONFLICT_PAIRS_H

#include "model/conflict.h"
#include "num/rational.h"

/* How one state compares with another, for a player. */
typedef enum dtn_comparison {
    DTN_EQUAL,
    DTN_BETTER,
    DTN_MUCH_BETTER,
    DTN_WORSE,
    DTN_MUCH_WORSE,
    DTN_UNKNOWN
} dtn_comparison;

/* What follows from the degree to which s is preferred to t and the player's thresholds. */
typedef enum dtn_degree_mark {
    DTN_DEGREE_SURE = 1,   /* degree(s, t) - degree(t, s) >= satisficing: fuzzy preference */
    DTN_DEGREE_TEMPTS = 2, /* degree(s, t) > 1 - alpha */
    DTN_DEGREE_SPARES = 4, /* degree(s, t) > 1 - beta: coming to s instead of t deters nobody */
    DTN_DEGREE_ANSWERS = 8 /* degree(s, t) > gamma */
} dtn_degree_mark;

/* Comparisons of all pairs of states. */
typedef struct dtn_pairs {
    size_t states;
    const unsigned char *relation; /* [states][states] dtn_comparison of the first with the second */
    const unsigned char *mark;     /* [states][states] dtn_degree_mark; NULL: no degrees are given */
} dtn_pairs;

enum { DTN_PAIRS_MOST_STATES = 4096 };

static inline dtn_comparison dtn_compare(const dtn_preference *p, size_t s, size_t t)
{
    if (p->pairs)
        return (dtn_comparison)p->pairs->relation[s * p->pairs->states + t];
    uint32_t a = p->rank[s], b = p->rank[t];
    if (a == b)
        return DTN_EQUAL;
    bool much = p->group && p->group[a] != p->group[b];
    return a > b ? (much ? DTN_MUCH_BETTER : DTN_BETTER) : much ? DTN_MUCH_WORSE : DTN_WORSE;
}

static inline bool dtn_is_better(dtn_comparison x)
{
    return x == DTN_BETTER || x == DTN_MUCH_BETTER;
}

/* Marks of s against t; without degrees a better state is preferred to degree 1, any other to degree 0. */
static inline unsigned dtn_degree_marks(const dtn_preference *p, size_t s, size_t t)
{
    if (p->pairs && p->pairs->mark)
        return p->pairs->mark[s * p->pairs->states + t];
    return dtn_is_better(dtn_compare(p, s, t))
               ? DTN_DEGREE_SURE | DTN_DEGREE_TEMPTS | DTN_DEGREE_SPARES | DTN_DEGREE_ANSWERS
               : 0;
}

#endif
