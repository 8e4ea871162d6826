/* R-a to R-d, Nash stability where preferences are unknown: no move of the player leads to what it would move to.
 * Which moves a player would make and what deters it: unknown.c.
 * Method: by the definition, rule.c. Cost: a search a state. Exact. Source: Li, Hipel, Kilgour & Fang 2004. */
#include "stability/unknown.h"

DTN_UNKNOWN_CONCEPT(r, "R", "Nash stability", .sanctions = false)
