# Installed: program with its manual page and completions, libraries, headers, CMake package, pkg-config file (both
# relocatable), licence.

install(TARGETS detente_static detente_shared EXPORT detente
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET detente)
  install(TARGETS detente DESTINATION ${CMAKE_INSTALL_BINDIR})
  # The program prints its own manual page and completions, so that they list what it really takes.
  if(NOT CMAKE_CROSSCOMPILING)
    set(printed ${PROJECT_BINARY_DIR}/printed)
    file(MAKE_DIRECTORY ${printed})
    add_custom_command(OUTPUT ${printed}/detente.1
      COMMAND detente man > detente.1
      COMMAND detente completion bash > detente
      COMMAND detente completion zsh > _detente
      COMMAND detente completion fish > detente.fish
      DEPENDS detente WORKING_DIRECTORY ${printed} COMMENT "Printing the manual page and completions" VERBATIM)
    add_custom_target(printed ALL DEPENDS ${printed}/detente.1)
    install(FILES ${printed}/detente.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES ${printed}/detente DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${printed}/_detente DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
    install(FILES ${printed}/detente.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
  endif()
endif()
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/detente)
install(EXPORT detente NAMESPACE detente:: FILE detenteTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/detenteConfig.cmake.in detenteConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(detenteConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/detenteConfig.cmake ${PROJECT_BINARY_DIR}/detenteConfigVersion.cmake
  DESTINATION ${package_dir})

file(RELATIVE_PATH pc_to_prefix
  /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
list(TRANSFORM DTN_LINK_LIBRARIES PREPEND -l OUTPUT_VARIABLE pc_private)
list(JOIN pc_private " " pc_private)
configure_file(cmake/detente.pc.in detente.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/detente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
