/* GMR-prob, probabilistic general metarationality: every move that gains can be met by moves of the others to a state that deters.
 * Gaining and deterring by probability of preference: probable.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Rego & dos Santos 2015. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_gmr_probable;
const dtn_concept dtn_concept_gmr_probable = {
    .name = "GMR-prob",
    .title = "probabilistic general metarationality",
    .about = "after each move to a state that is better with a probability above 1 - alpha the others "
             "can move, by any legal sequence, to a state that is better with a probability of at most"
             " 1 - beta",
    .source = "Rego & dos Santos 2015",
    .family = DTN_FAMILY_PROBABLE,
    .rule = &dtn_rule_probable,
    .most_states = 1024,
    .sanctions = true,
};
