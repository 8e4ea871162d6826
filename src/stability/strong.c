/* Strength of preference: a state may be better or much better. Players move to what is better or much better; a sanction is
 * strong when it ends at a state that is much worse than the one that the player left.
 * Source: Hamouda, Kilgour & Hipel 2004, 2006. */
#include "stability/rule.h"

static bool no_better(const dtn_view *v, int player, size_t s, size_t b)
{
    return !dtn_prefers(v, player, s, b);
}

static bool much_worse(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_compare(v->prefer[player], b, s) == DTN_MUCH_WORSE;
}

const dtn_rule dtn_rule_strong = {.gains = dtn_prefers, .deters = much_worse, .answers = dtn_prefers};
const dtn_rule dtn_rule_weak = {
    .gains = dtn_prefers, .deters = no_better, .answers = dtn_prefers, .strong = much_worse};
