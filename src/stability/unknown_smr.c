/* SMR-a to SMR-d, symmetric metarationality where preferences are unknown: as GMR, and from where the sanction ends every further move of the player leads to a state that deters, too.
 * Which moves a player would make and what deters it: unknown.c.
 * Method: by the definition, rule.c. Cost: a search a state. Exact. Source: Li, Hipel, Kilgour & Fang 2004. */
#include "stability/unknown.h"

DTN_UNKNOWN_CONCEPT(smr, "SMR", "symmetric metarationality", .sanctions = true, .countermoves = true)
