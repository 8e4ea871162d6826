/* SEQ-prob, probabilistic sequential stability: every move that gains can be answered, by moves that the others would make, to a state that deters.
 * Gaining and deterring by probability of preference: probable.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Rego & dos Santos 2015. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_seq_probable;
const dtn_concept dtn_concept_seq_probable = {
    .name = "SEQ-prob",
    .title = "probabilistic sequential stability",
    .about = "each move to a state that is better with a probability above 1 - alpha can be answered, "
             "by moves that the others would make, to a state that is better with a probability of at "
             "most 1 - beta",
    .source = "Rego & dos Santos 2015",
    .family = DTN_FAMILY_PROBABLE,
    .rule = &dtn_rule_probable,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
};
