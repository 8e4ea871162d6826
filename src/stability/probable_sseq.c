/* SSEQ-prob, probabilistic symmetric sequential stability: as SEQ, and no move of the player from where the sanction ends undoes it.
 * Gaining and deterring by probability of preference: probable.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Rego & dos Santos 2015; Rego & Vieira 2017. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_sseq_probable;
const dtn_concept dtn_concept_sseq_probable = {
    .name = "SSEQ-prob",
    .title = "probabilistic symmetric sequential stability",
    .about = "each move to a state that is better with a probability above 1 - alpha can be answered, "
             "by moves that the others would make, to a state that is better with a probability of at "
             "most 1 - beta, and every further move of the player leads to such a state, too",
    .source = "Rego & dos Santos 2015; Rego & Vieira 2017",
    .family = DTN_FAMILY_PROBABLE,
    .rule = &dtn_rule_probable,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
    .countermoves = true,
};
