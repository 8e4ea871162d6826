/* GMR-attitude, relational general metarationality: every move that gains can be met by moves of the others to a state that deters.
 * Gaining and deterring by attitudes: attitude.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Inohara, Hipel & Walker 2007. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_gmr_attitude;
const dtn_concept dtn_concept_gmr_attitude = {
    .name = "GMR-attitude",
    .title = "relational general metarationality",
    .about = "after each move to a state that the attitudes of the player favour the others can move, "
             "by any legal sequence, to a state that they do not favour over the one it left",
    .source = "Inohara, Hipel & Walker 2007",
    .family = DTN_FAMILY_ATTITUDE,
    .rule = &dtn_rule_attitude,
    .most_states = 1024,
    .sanctions = true,
};
