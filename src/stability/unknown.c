/* What unknown preferences mean for a player: the four variants of Li, Hipel, Kilgour and Fang.
 *     a  would move to a state of which it does not know whether it is better; is not deterred by such a state
 *     b  moves to better states only; is not deterred by a state of which it does not know
 *     c  would move there; is deterred by such a state
 *     d  moves to better states only; is deterred by such a state
 * In all four the others answer by moves to states that they prefer or of which they do not know.
 * Where nothing is unknown all four are the concept of rankings. Source: Li, Hipel, Kilgour & Fang 2004. */
#include "stability/rule.h"

static dtn_comparison compare(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_compare(v->prefer[player], b, s);
}

static bool better_or_unknown(const dtn_view *v, int player, size_t s, size_t b)
{
    dtn_comparison x = compare(v, player, s, b);
    return dtn_is_better(x) || x == DTN_UNKNOWN;
}

static bool no_better_for_sure(const dtn_view *v, int player, size_t s, size_t b)
{
    return !better_or_unknown(v, player, s, b);
}

static bool not_known_better(const dtn_view *v, int player, size_t s, size_t b)
{
    return !dtn_prefers(v, player, s, b);
}

const dtn_rule dtn_rule_unknown[4] = {
    {.gains = better_or_unknown, .deters = no_better_for_sure, .answers = better_or_unknown},
    {.gains = dtn_prefers, .deters = no_better_for_sure, .answers = better_or_unknown},
    {.gains = better_or_unknown, .deters = not_known_better, .answers = better_or_unknown},
    {.gains = dtn_prefers, .deters = not_known_better, .answers = better_or_unknown},
};
