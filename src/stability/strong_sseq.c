/* SSEQ-strong and SSEQ-weak, strong and weak symmetric sequential stability: strongly stable when what deters is much worse than the state that the
 * player would leave; weakly stable when it is stable by SSEQ but not strongly. SSEQ itself is the general stability.
 * What deters: strong.c. Method: by the definition, rule.c. Cost: a search a state. Exact.
 * Source: Hamouda, Kilgour & Hipel 2004, 2006; Rego & Vieira 2017. */
#include "stability/concept.h"

extern const dtn_concept dtn_concept_sseq_strong;
const dtn_concept dtn_concept_sseq_strong = {
    .name = "SSEQ-strong",
    .title = "strong symmetric sequential stability",
    .about = "each move to a state that is better can be answered, by moves that the others would "
             "make, to a state that is much worse for the player than the one it left, and every "
             "further move of the player leads to such a state, too",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006; Rego & Vieira 2017",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_strong,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
    .countermoves = true,
};

extern const dtn_concept dtn_concept_sseq_weak;
const dtn_concept dtn_concept_sseq_weak = {
    .name = "SSEQ-weak",
    .title = "weak symmetric sequential stability",
    .about = "SSEQ holds, but not SSEQ-strong: some gain is deterred, but not strongly",
    .source = "Hamouda, Kilgour & Hipel 2004, 2006; Rego & Vieira 2017",
    .family = DTN_FAMILY_STRENGTH,
    .rule = &dtn_rule_weak,
    .most_states = 1024,
    .sanctions = true,
    .credible = true,
    .countermoves = true,
};
