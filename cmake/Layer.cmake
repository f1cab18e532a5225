# What nearly every file of ours reads. Where WEIR_PRECOMPILE is on it is read once: most of the
# time that a small file takes is the reading of these. Off in the product's own build, where a
# header that a file forgets to include is therefore noticed.
set(WEIR_COMMON_HEADERS
  <algorithm> <array> <chrono> <cmath> <functional> <map> <memory> <optional> <span> <string>
  <vector> "${CMAKE_CURRENT_LIST_DIR}/../sim/params.h" "${CMAKE_CURRENT_LIST_DIR}/../sim/random.h")

# weir_layer(<layer> [SOURCES file...] [PUBLIC target...] [PRIVATE target...])
#
# The static library weir_<layer>, called weir::<layer> by others, of the files in this folder.
# PUBLIC is what our headers include, PRIVATE what only .cc files see. More files may be added with
# target_sources(); headers need not be listed. It is installed with its headers.
function(weir_layer layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  set(target weir_${layer})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(public PUBLIC)
    weir_own(${target})
    target_link_libraries(${target} PRIVATE ${arg_PRIVATE})
    if(WEIR_PRECOMPILE)
      target_precompile_headers(${target} PRIVATE ${WEIR_COMMON_HEADERS})
    endif()
  else()
    add_library(${target} INTERFACE)
    set(public INTERFACE)
  endif()
  add_library(weir::${layer} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${layer})
  target_compile_features(${target} ${public} cxx_std_20)
  target_link_libraries(${target} ${public} ${arg_PUBLIC})
  target_include_directories(${target} ${public}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/weir>)
  install(TARGETS ${target} EXPORT weirTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/weir FILES_MATCHING PATTERN "*.h")
endfunction()

# weir_program(<name> SOURCES file... LINK target...)
#
# A program, left at the top of the build folder.
function(weir_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name} ${arg_SOURCES})
  weir_own(${name})
  target_link_libraries(${name} PRIVATE ${arg_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
