# Installed: program, libraries, headers, CMake package, pkg-config file (both relocatable), licence.

install(TARGETS detente_static detente_shared EXPORT detente
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET detente)
  install(TARGETS detente DESTINATION ${CMAKE_INSTALL_BINDIR})
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
