/* SEQ-strong and SEQ-weak, strong and weak sequential stability: strongly stable when what deters is much worse than the state that the
 * player would leave; weakly stable when it is stable by SEQ but not strongly. SEQ itself is the general stability.
 * What deters: strong.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Hamouda, Kilgour & Hipel 2004, 2006. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_seq_strong;
const dtn_concept dtn_concept_seq_strong = {
    .name = "SEQ-strong",
    .title = "strong sequential stability",
    .about = "each move to a state that is better can be answered, by moves that the others would "
             "make, to a state that is much worse for the player than the one it left",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_strong,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
};

extern const dtn_concept dtn_concept_seq_weak;
const dtn_concept dtn_concept_seq_weak = {
    .name = "SEQ-weak",
    .title = "weak sequential stability",
    .about = "SEQ holds, but not SEQ-strong: some gain is deterred, but not strongly",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_weak,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
};
