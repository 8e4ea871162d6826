/* Helpers shared by the unit tests. Include this first: it brings cmocka in the order cmocka wants. */
#ifndef DTN_TESTS_KIT_H
#define DTN_TESTS_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Path of a file of the source tree, e.g. "tests/games/pd.nfg"; the environment's SOURCE names the root. */
const char *kit_source_path(char *buffer, size_t size, const char *relative);

#endif
