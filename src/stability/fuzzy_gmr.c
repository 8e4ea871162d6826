/* GMR-fuzzy, fuzzy general metarationality: every move that gains can be met by moves of the others to a state that deters.
 * Gaining and deterring by certainty of preference: fuzzy.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Bashar, Kilgour & Hipel 2012. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_gmr_fuzzy;
const dtn_concept dtn_concept_gmr_fuzzy = {
    .name = "GMR-fuzzy",
    .title = "fuzzy general metarationality",
    .about = "after each move to a state that the player prefers with at least its satisficing "
             "certainty the others can move, by any legal sequence, to a state of which that is not so",
    .source = "Bashar, Kilgour & Hipel 2012",
    .family = DTN_FAMILY_FUZZY,
    .rule = &dtn_rule_fuzzy,
    .most_states = 1024,
    .sanctions = true,
};
