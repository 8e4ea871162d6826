/* R-attitude, relational Nash stability: no move of the player gains.
 * Gaining and deterring by attitudes: attitude.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Inohara, Hipel & Walker 2007. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_r_attitude;
const dtn_concept dtn_concept_r_attitude = {
    .name = "R-attitude",
    .title = "relational Nash stability",
    .about = "no move of the player leads to a state that the attitudes of the player favour",
    .source = "Inohara, Hipel & Walker 2007",
    .family = DTN_FAMILY_ATTITUDE,
    .rule = &dtn_rule_attitude,
    .most_states = 1024,
    .sanctions = false,
};
