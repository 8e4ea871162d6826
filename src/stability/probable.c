/* Preferences by probabilities: a player moves from s to b when it prefers b with a probability above 1 - alpha, is deterred by
 * ending at a state that it prefers to s with a probability of at most 1 - beta, and answers others by moves to states that it
 * prefers with a probability above gamma. Thresholds are each player's own. Source: Rego & dos Santos 2015. */
#include "stability/rule.h"

static bool tempts(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_degree_marks(v->prefer[player], b, s) & DTN_DEGREE_TEMPTS;
}

static bool deters(const dtn_view *v, int player, size_t s, size_t b)
{
    return !(dtn_degree_marks(v->prefer[player], b, s) & DTN_DEGREE_SPARES);
}

static bool answers(const dtn_view *v, int player, size_t s, size_t b)
{
    return dtn_degree_marks(v->prefer[player], b, s) & DTN_DEGREE_ANSWERS;
}

const dtn_rule dtn_rule_probable = {.gains = tempts, .deters = deters, .answers = answers};
