/* SSEQ-a to SSEQ-d, symmetric sequential stability where preferences are unknown: as SEQ, and from where the sanction ends every further move of the player leads to a state that deters, too.
 * Which moves a player would make and what deters it: unknown.c.
 * Method: by the definition, rule.c. Cost: a search a state. Exact. Source: Li, Hipel, Kilgour & Fang 2004, with the countermoves of Rego & Vieira 2017. */
#include "stability/unknown.h"

DTN_UNKNOWN_CONCEPT(sseq, "SSEQ", "symmetric sequential stability", .sanctions = true, .credible = true,
                    .countermoves = true)
