/* Binary decision diagrams: truth functions of many variables, one node each for equal functions.
 *
 * Functions are numbers, valid until the next dtn_bdd_collect. Errors are sticky: after one (memory, a limit, a wish to stop)
 * every operation returns DTN_BDD_FALSE at once and dtn_bdd_status tells; check it where a result is used. */
#ifndef DTN_STABILITY_BDD_H
#define DTN_STABILITY_BDD_H

#include "base/ctx.h"

typedef uint32_t dtn_bdd;
enum { DTN_BDD_FALSE = 0, DTN_BDD_TRUE = 1 };

typedef struct dtn_bdd_store dtn_bdd_store;

/* *out = an empty store of functions of the variables 0 .. variables - 1, the first decided on first. */
dtn_status dtn_bdd_store_new(dtn_ctx *ctx, dtn_bdd_store **out, int variables);
void dtn_bdd_store_free(dtn_bdd_store *store); /* NULL allowed */
dtn_status dtn_bdd_status(const dtn_bdd_store *store);
size_t dtn_bdd_nodes(const dtn_bdd_store *store); /* of all functions made since the last collection */

dtn_bdd dtn_bdd_variable(dtn_bdd_store *store, int variable);
dtn_bdd dtn_bdd_not(dtn_bdd_store *store, dtn_bdd f);
dtn_bdd dtn_bdd_and(dtn_bdd_store *store, dtn_bdd f, dtn_bdd g);
dtn_bdd dtn_bdd_or(dtn_bdd_store *store, dtn_bdd f, dtn_bdd g);
dtn_bdd dtn_bdd_iff(dtn_bdd_store *store, dtn_bdd f, dtn_bdd g);
dtn_bdd dtn_bdd_choose(dtn_bdd_store *store, dtn_bdd f, dtn_bdd g, dtn_bdd h); /* f ? g : h */
/* Some choice of the variables in cube (a conjunction of variables) makes f, f and g, true. */
dtn_bdd dtn_bdd_exists(dtn_bdd_store *store, dtn_bdd f, dtn_bdd cube);
dtn_bdd dtn_bdd_and_exists(dtn_bdd_store *store, dtn_bdd f, dtn_bdd g, dtn_bdd cube);
/* f with each odd variable v replaced by v - 1; f must not depend on both of a pair. */
dtn_bdd dtn_bdd_unprime(dtn_bdd_store *store, dtn_bdd f);
/* f with each (even) variable v of cube, a conjunction of variables, replaced by v + 1, on which f must not depend. */
dtn_bdd dtn_bdd_prime(dtn_bdd_store *store, dtn_bdd f, dtn_bdd cube);
/* f with a variable fixed. */
dtn_bdd dtn_bdd_fix(dtn_bdd_store *store, dtn_bdd f, int variable, bool value);

/* How many choices of the even variables make f true; f depends on even variables only, at most 62 of them. */
uint64_t dtn_bdd_count(dtn_bdd_store *store, dtn_bdd f);
/* Whether f is true where bit v / 2 of choice is the value of the even variable v. */
bool dtn_bdd_holds(const dtn_bdd_store *store, dtn_bdd f, uint64_t choice);

/* Forgets all functions but those in kept[0, count), which are renumbered in place. */
void dtn_bdd_collect(dtn_bdd_store *store, dtn_bdd *const *kept, size_t count);

#endif
