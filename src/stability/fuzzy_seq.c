/* SEQ-fuzzy, fuzzy sequential stability: every move that gains can be answered, by moves that the others would make, to a state that deters.
 * Gaining and deterring by certainty of preference: fuzzy.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Bashar, Kilgour & Hipel 2012. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_seq_fuzzy;
const dtn_concept dtn_concept_seq_fuzzy = {
    .name = "SEQ-fuzzy",
    .title = "fuzzy sequential stability",
    .about = "each move to a state that the player prefers with at least its satisficing certainty can"
             " be answered, by moves that the others would make, to a state of which that is not so",
    .source = "Bashar, Kilgour & Hipel 2012",
    .family = DTN_FAMILY_FUZZY,
    .rule = &dtn_rule_fuzzy,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
};
