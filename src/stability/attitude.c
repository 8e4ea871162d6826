/* Attitudes: towards another a player may be positive (it wants what the other wants: at least as good for it), negative (it
 * wants what is worse for it) or neutral. Its attitudes favour b over s when all of them do. It moves where they favour the
 * new state; what deters it is a state over which they favour the old one; and a further move undoes that when they favour
 * where it leads over the old state. Others answer by moves that their attitudes favour.
 * Where everybody cares for itself only and no two states are equal, this is the concept of rankings.
 * Source: Inohara, Hipel & Walker 2007. */
#include "stability/rule.h"

/* Whether the attitudes of the player find b at least as fit as s. A negative one asks for what is worse: the opposite of at least
 * as good. */
static bool fits(const dtn_view *v, int player, size_t s, size_t b)
{
    const signed char *attitude = v->conflict->attitude + player * v->conflict->players;
    for (int j = 0; j < v->conflict->players; j++) {
        const uint32_t *rank = v->prefer[j]->rank;
        if ((attitude[j] > 0 && rank[b] < rank[s]) || (attitude[j] < 0 && rank[b] >= rank[s]))
            return false;
    }
    return true;
}

static bool favoured(const dtn_view *v, int player, size_t s, size_t b)
{
    return s != b && fits(v, player, s, b);
}

/* s is at least as fit as b; coming back to s itself brings nothing. */
static bool in_vain(const dtn_view *v, int player, size_t s, size_t b)
{
    return s == b || fits(v, player, b, s);
}

const dtn_rule dtn_rule_attitude = {
    .gains = favoured, .deters = in_vain, .undoes = favoured, .answers = favoured};
