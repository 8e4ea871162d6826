/* SEQ-a to SEQ-d, sequential stability where preferences are unknown: every such move can be answered, by moves that the others would make, by a state that deters.
 * Which moves a player would make and what deters it: unknown.c.
 * Method: by the definition, rule.c. Cost: a search a state. Exact. Source: Li, Hipel, Kilgour & Fang 2004. */
#include "stability/unknown.h"

DTN_UNKNOWN_CONCEPT(seq, "SEQ", "sequential stability", .sanctions = true, .credible = true)
