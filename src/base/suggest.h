/* "Did you mean": the known word nearest to one that is not known. */
#ifndef DTN_BASE_SUGGEST_H
#define DTN_BASE_SUGGEST_H

#include "detente/base.h"

/* Edits (insert, delete, replace, swap neighbours) between two words, case ignored; words longer than 63 bytes count as
 * infinitely far apart (returns 1000). */
int dtn_word_distance(const char *a, const char *b);

/* The i-th known word, NULL past the end. */
typedef const char *dtn_word_fn(const void *user, int i);
/* The nearest known word, at most a third of the word's length (and at least one edit) away; NULL: none is near. */
const char *dtn_suggest(const char *word, dtn_word_fn *known, const void *user);

#endif
