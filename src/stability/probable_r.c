/* R-prob, probabilistic Nash stability: no move of the player gains.
 * Gaining and deterring by probability of preference: probable.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Rego & dos Santos 2015. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_r_probable;
const dtn_concept dtn_concept_r_probable = {
    .name = "R-prob",
    .title = "probabilistic Nash stability",
    .about = "no move of the player leads to a state that is better with a probability above 1 - alpha",
    .source = "Rego & dos Santos 2015",
    .family = DTN_FAMILY_PROBABLE,
    .rule = &dtn_rule_probable,
    .most_states = 1024,
    .sanctions = false,
};
