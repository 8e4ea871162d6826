/* SSEQ-fuzzy, fuzzy symmetric sequential stability: as SEQ, and no move of the player from where the sanction ends undoes it.
 * Gaining and deterring by certainty of preference: fuzzy.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Bashar, Kilgour & Hipel 2012; Rego & Vieira 2017. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_sseq_fuzzy;
const dtn_concept dtn_concept_sseq_fuzzy = {
    .name = "SSEQ-fuzzy",
    .title = "fuzzy symmetric sequential stability",
    .about = "each move to a state that the player prefers with at least its satisficing certainty can"
             " be answered, by moves that the others would make, to a state of which that is not so, "
             "and no further move of the player leads to a state that it prefers so",
    .source = "Bashar, Kilgour & Hipel 2012; Rego & Vieira 2017",
    .family = DTN_FAMILY_FUZZY,
    .rule = &dtn_rule_fuzzy,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
    .countermoves = true,
};
