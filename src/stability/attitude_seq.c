/* SEQ-attitude, relational sequential stability: every move that gains can be answered, by moves that the others would make, to a state that deters.
 * Gaining and deterring by attitudes: attitude.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Inohara, Hipel & Walker 2007. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_seq_attitude;
const dtn_concept dtn_concept_seq_attitude = {
    .name = "SEQ-attitude",
    .title = "relational sequential stability",
    .about = "each move to a state that the attitudes of the player favour can be answered, by moves "
             "that the others would make, to a state that they do not favour over the one it left",
    .source = "Inohara, Hipel & Walker 2007",
    .family = DTN_FAMILY_ATTITUDE,
    .rule = &dtn_rule_attitude,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
};
