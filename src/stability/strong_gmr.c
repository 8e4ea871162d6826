/* GMR-strong and GMR-weak, strong and weak general metarationality: strongly stable when what deters is much worse than the state that the
 * player would leave; weakly stable when it is stable by GMR but not strongly. GMR itself is the general stability.
 * What deters: strong.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Hamouda, Kilgour & Hipel 2004, 2006. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_gmr_strong;
const dtn_concept dtn_concept_gmr_strong = {
    .name = "GMR-strong",
    .title = "strong general metarationality",
    .about = "after each move to a state that is better the others can move, by any legal sequence, to"
             " a state that is much worse for the player than the one it left",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_strong,
    .most_states = 1024,
    .sanctions = true,
};

extern const dtn_concept dtn_concept_gmr_weak;
const dtn_concept dtn_concept_gmr_weak = {
    .name = "GMR-weak",
    .title = "weak general metarationality",
    .about = "GMR holds, but not GMR-strong: some gain is deterred, but not strongly",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_weak,
    .most_states = 1024,
    .sanctions = true,
};
