# Compiler and linker flags for everything that we compile ourselves.

add_library(dtn_flags INTERFACE)
target_compile_definitions(dtn_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(dtn_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
  -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wcast-align -Wredundant-decls
  -Wimplicit-fallthrough
  # Inlining hides that a failing call never returns DTN_OK, and that FLINT's one-element array parameters are pointers;
  # builds with less of it keep the warnings.
  "$<$<AND:$<CONFIG:Release>,$<C_COMPILER_ID:GNU>>:-Wno-maybe-uninitialized;-Wno-stringop-overread;-Wno-stringop-overflow>"
  -fvisibility=hidden
  -ffp-contract=off                                 # the same doubles on every machine
  $<IF:$<CONFIG:Release>,-ffile-prefix-map,-fmacro-prefix-map>=${PROJECT_SOURCE_DIR}/=   # the same bytes anywhere
  $<$<BOOL:${DTN_WERROR}>:-Werror>)
target_link_options(dtn_flags INTERFACE -Wl,--as-needed)

if(DTN_SANITIZE)
  target_compile_options(dtn_flags INTERFACE -fsanitize=${DTN_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -g)
  if(DTN_SANITIZE STREQUAL "thread" AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # There GCC 12 takes FLINT's one-element array parameters for the size of what they point to, and loses sight, as in
    # Release, of what a call that returns DTN_OK has set. The other sanitizers' builds watch both.
    target_compile_options(dtn_flags INTERFACE
      -Wno-stringop-overread -Wno-stringop-overflow -Wno-maybe-uninitialized)
  endif()
  target_link_options(dtn_flags INTERFACE -fsanitize=${DTN_SANITIZE})
endif()

if(DTN_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "DTN_FUZZ needs clang: cmake --preset fuzz")
  endif()
  target_compile_options(dtn_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(dtn_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Two hundred test programs against a static library with debug information: mold links each in a tenth of the time.
if(DTN_SANITIZE)
  find_program(DTN_MOLD mold)
  mark_as_advanced(DTN_MOLD)
  if(DTN_MOLD)
    target_link_options(dtn_flags INTERFACE -fuse-ld=mold)
  endif()
endif()
