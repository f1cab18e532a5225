# So that another project can find_package(weir) and link weir::sim, weir::analysis, weir::models
# or weir::experiments.

include(CMakePackageConfigHelpers)
set(weir_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/weir)

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/weirConfig.cmake.in" "${PROJECT_BINARY_DIR}/weirConfig.cmake"
  INSTALL_DESTINATION ${weir_cmake_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/weirConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)

install(DIRECTORY "${PROJECT_SOURCE_DIR}/experiments/scenarios"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/weir)
install(EXPORT weirTargets NAMESPACE weir:: DESTINATION ${weir_cmake_dir})
install(FILES
  "${PROJECT_BINARY_DIR}/weirConfig.cmake"
  "${PROJECT_BINARY_DIR}/weirConfigVersion.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/find/FindRandom123.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/find/FindHDF5C.cmake"
  DESTINATION ${weir_cmake_dir})
