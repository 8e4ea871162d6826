/* Helpers shared by the unit tests. */
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>

const char *kit_source_path(char *buffer, size_t size, const char *relative)
{
    const char *root = getenv("SOURCE");
    int length = snprintf(buffer, size, "%s/%s", root ? root : ".", relative);
    assert_true(length > 0 && (size_t)length < size);
    return buffer;
}
