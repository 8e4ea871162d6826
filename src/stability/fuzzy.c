/* Fuzzy preferences: the relative certainty of preferring b to s is the degree of b over s less that of s over b. A player moves
 * where it is at least the player's satisficing threshold, and is deterred by ending where it is not. Others answer alike, by
 * their own thresholds. Source: Bashar, Kilgour & Hipel 2012. */
#include "stability/rule.h"

static bool sure(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_degree_marks(v->prefer[player], b, s) & DTN_DEGREE_SURE;
}

static bool not_sure(const dtn_view *v, int player, size_t s, size_t b)
{
    return !sure(v, player, s, b);
}

const dtn_rule dtn_rule_fuzzy = {.gains = sure, .deters = not_sure, .answers = sure};
