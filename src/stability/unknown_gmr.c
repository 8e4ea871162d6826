/* GMR-a to GMR-d, general metarationality where preferences are unknown: every such move can be met by moves of the others to a state that deters.
 * Which moves a player would make and what deters it: unknown.c.
 * Method: by the definition, rule.c. Cost: a search a state. Exact. Source: Li, Hipel, Kilgour & Fang 2004. */
#include "stability/unknown.h"

DTN_UNKNOWN_CONCEPT(gmr, "GMR", "general metarationality", .sanctions = true)
