/* SMR-attitude, relational symmetric metarationality: as GMR, and no move of the player from where the sanction ends undoes it.
 * Gaining and deterring by attitudes: attitude.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Inohara, Hipel & Walker 2007. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_smr_attitude;
const dtn_concept dtn_concept_smr_attitude = {
    .name = "SMR-attitude",
    .title = "relational symmetric metarationality",
    .about = "after each move to a state that the attitudes of the player favour the others can move "
             "to a state that they do not favour over the one it left, and no further move of the "
             "player leads to a state that they favour",
    .source = "Inohara, Hipel & Walker 2007",
    .family = DTN_FAMILY_ATTITUDE,
    .rule = &dtn_rule_attitude,
    .most_states = 1024,
    .sanctions = true,
    .countermoves = true,
};
