/* SMR-strong and SMR-weak, strong and weak symmetric metarationality: strongly stable when what deters is much worse than the state that the
 * player would leave; weakly stable when it is stable by SMR but not strongly. SMR itself is the general stability.
 * What deters: strong.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Hamouda, Kilgour & Hipel 2004, 2006. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_smr_strong;
const dtn_concept dtn_concept_smr_strong = {
    .name = "SMR-strong",
    .title = "strong symmetric metarationality",
    .about = "after each move to a state that is better the others can move to a state that is much "
             "worse for the player than the one it left, and every further move of the player leads to"
             " such a state, too",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_strong,
    .most_states = 1024,
    .sanctions = true,
    .countermoves = true,
};

extern const dtn_concept dtn_concept_smr_weak;
const dtn_concept dtn_concept_smr_weak = {
    .name = "SMR-weak",
    .title = "weak symmetric metarationality",
    .about = "SMR holds, but not SMR-strong: some gain is deterred, but not strongly",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_weak,
    .most_states = 1024,
    .sanctions = true,
    .countermoves = true,
};
