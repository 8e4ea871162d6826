#!/bin/sh
# The installed package works: public headers stand alone in C (and C++ where there is a compiler), the shared
# library exports nothing but dtn_*, and a program builds from pkg-config alone after the prefix has moved.
#   installed.sh BUILD-FOLDER CC [CFLAGS...]
set -eu
build=$1
cc=$2
shift 2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cmake --install "$build" --prefix "$place/first" >/dev/null
mv "$place/first" "$place/moved"
include=$place/moved/include

for header in $(cd "$include" && find . -name '*.h' | sed 's,^\./,,'); do
    printf '#include <%s>\n#include <%s>\n' "$header" "$header" >"$place/header.c"
    $cc -std=c17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" "$place/header.c"
    if command -v c++ >/dev/null 2>&1; then
        c++ -x c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -I"$include" "$place/header.c"
    fi
done

library=$(find "$place/moved" -name libdetente.so)
# __* and mangle_path come from the sanitizers and from coverage counting.
foreign=$(nm -D --defined-only "$library" | awk '$2 != "A" {print $3}' | grep -v -e '^dtn_' -e '^__' -e '^mangle_path$' || true)
if [ -n "$foreign" ]; then
    echo "exported, but not ours to name: $foreign" >&2
    exit 1
fi

cat >"$place/user.c" <<'C'
#include <detente/base.h>
#include <stdio.h>
int main(void)
{
    dtn_ctx *ctx;
    dtn_status status = dtn_ctx_new(&ctx);
    printf("%s %s\n", dtn_version(), dtn_status_name(status));
    dtn_ctx_free(ctx);
    return status != DTN_OK;
}
C
package=$(find "$place/moved" -name detente.pc)
if command -v pkg-config >/dev/null 2>&1; then
    flags=$(PKG_CONFIG_PATH=$(dirname "$package") pkg-config --cflags --libs detente)
else
    flags="-I$include -L$(dirname "$library") -ldetente"
fi
$cc "$@" -std=c17 "$place/user.c" -o "$place/user" $flags
LD_LIBRARY_PATH=$(dirname "$library") "$place/user"
