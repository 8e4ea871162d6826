# The catalogue: every file of examples/games and examples/models as bytes in one generated source, so that the program
# finds its examples wherever it is installed.

function(dtn_embed_catalogue out)
  file(GLOB files CONFIGURE_DEPENDS LIST_DIRECTORIES false
    ${PROJECT_SOURCE_DIR}/examples/games/*.nfg ${PROJECT_SOURCE_DIR}/examples/games/*.efg
    ${PROJECT_SOURCE_DIR}/examples/games/*.agg ${PROJECT_SOURCE_DIR}/examples/games/*.bagg
    ${PROJECT_SOURCE_DIR}/examples/games/*.yaml ${PROJECT_SOURCE_DIR}/examples/models/*.yaml)
  set(bodies "")
  set(rows "")
  set(names "")
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    if(name IN_LIST names)
      continue() # a bare game goes before the scenario of the same name
    endif()
    list(APPEND names ${name})
    set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(RELATIVE_PATH shown ${PROJECT_SOURCE_DIR}/examples ${file})
    string(MAKE_C_IDENTIFIER "file_${name}" variable)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
    string(APPEND bodies "static const unsigned char ${variable}[] = {\n${bytes}0};\n")
    string(APPEND rows "    {\"${name}\", \"${shown}\", ${variable}, sizeof ${variable} - 1},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "/* Made by cmake/embed.cmake from examples/; do not edit. */
#include \"format/catalogue.h\"

${bodies}
const dtn_example dtn_examples[] = {
${rows}    {0, 0, 0, 0},
};
")
endfunction()
