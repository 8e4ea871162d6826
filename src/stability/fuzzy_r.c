/* R-fuzzy, fuzzy Nash stability: no move of the player gains.
 * Gaining and deterring by certainty of preference: fuzzy.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Bashar, Kilgour & Hipel 2012. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_r_fuzzy;
const dtn_concept dtn_concept_r_fuzzy = {
    .name = "R-fuzzy",
    .title = "fuzzy Nash stability",
    .about = "no move of the player leads to a state that the player prefers with at least its "
             "satisficing certainty",
    .source = "Bashar, Kilgour & Hipel 2012",
    .family = DTN_FAMILY_FUZZY,
    .rule = &dtn_rule_fuzzy,
    .most_states = 1024,
    .sanctions = false,
};
