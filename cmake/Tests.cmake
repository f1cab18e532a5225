# How tests and benchmarks are declared.

include(GoogleTest)

# weir_tests(<name> LABEL <label>... SOURCES <file>... [LINK <target>...] [TIMEOUT <seconds>]
#   [APART])
#
# One GoogleTest executable; each TEST becomes a ctest test `<name>.<Suite>.<Name>` with the labels:
# the first says what kind of test it is (unit law rules golden issues io docs, or stat real cluster
# browser, which run only when asked for), `tsan` besides asks for the thread sanitizer too.
# APART: the files use the same private names and are never compiled as one (CMAKE_UNITY_BUILD).
# Tests run in the source folder; WEIR_PROGRAM in their environment is the path of `weir`.
function(weir_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "APART" "TIMEOUT" "LABEL;SOURCES;LINK")
  if(NOT arg_LABEL OR NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_tests(${name}): needs LABEL and SOURCES; "
      "not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  weir_own(${name})
  if(arg_APART)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gtest_main)
  target_precompile_headers(${name} REUSE_FROM weir_gtest)
  weir_label_targets(${name} ${arg_LABEL})
  gtest_discover_tests(${name}
    TEST_PREFIX "${name}."
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES
      TIMEOUT ${arg_TIMEOUT}
      ENVIRONMENT "WEIR_PROGRAM=${PROJECT_BINARY_DIR}/weir")
  # gtest_discover_tests() keeps only the first of several labels: they are set after it, when ctest
  # has read the list of tests.
  set(labels "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
  file(CONFIGURE OUTPUT "${labels}" @ONLY CONTENT
"foreach(test IN LISTS @name@_TESTS)
  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"@arg_LABEL@\")
endforeach()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${labels}")
endfunction()

# weir_python_tests(<name> LABEL <label>... SCRIPT <file> [TIMEOUT <seconds>])
#
# A Python file of unittest cases, run as one ctest test in the source folder. WEIR_PROGRAM is the
# path of `weir`, WEIR_BUILD_DIR the build folder.
function(weir_python_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT;SCRIPT" "LABEL")
  if(NOT arg_LABEL OR NOT arg_SCRIPT OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "weir_python_tests(${name}): needs LABEL and SCRIPT; "
      "not understood: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  weir_label_targets("" ${arg_LABEL})
  # Debian's modules (h5py, xarray) belong to /usr/bin/python3, whichever else comes first in PATH.
  add_test(NAME ${name}
    COMMAND /usr/bin/python3 "${CMAKE_CURRENT_SOURCE_DIR}/${arg_SCRIPT}"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set(environment PYTHONDONTWRITEBYTECODE=1
    "WEIR_PROGRAM=${PROJECT_BINARY_DIR}/weir" "WEIR_BUILD_DIR=${PROJECT_BINARY_DIR}")
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${arg_TIMEOUT}
    LABELS "${arg_LABEL}"
    ENVIRONMENT "${environment}")
endfunction()

# The targets tests_<label> build what the tests of one label need, the libraries and the program
# included: some tests install or run them.
function(weir_label_targets executable)
  foreach(label IN LISTS ARGN)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
      set_property(GLOBAL APPEND PROPERTY WEIR_LABELS ${label})
      foreach(product weir_sim weir_analysis weir_models weir_experiments weir)
        if(TARGET ${product})
          add_dependencies(tests_${label} ${product})
        endif()
      endforeach()
    endif()
    if(executable)
      add_dependencies(tests_${label} ${executable})
    endif()
  endforeach()
endfunction()

# Leaves the labels in use in labels.txt, for `./do test`.
function(weir_write_labels)
  get_property(labels GLOBAL PROPERTY WEIR_LABELS)
  list(JOIN labels "\n" lines)
  file(WRITE "${PROJECT_BINARY_DIR}/labels.txt" "${lines}\n")
endfunction()

if(WEIR_BUILD_TESTS)
  # GoogleTest's header, compiled once for all test executables.
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/gtest_once.cc" CONTENT "")
  add_library(weir_gtest OBJECT "${PROJECT_BINARY_DIR}/gtest_once.cc")
  weir_own(weir_gtest)
  target_link_libraries(weir_gtest PRIVATE GTest::gtest_main)
  if(WEIR_PRECOMPILE)
    target_include_directories(weir_gtest PRIVATE "${PROJECT_SOURCE_DIR}")
    target_precompile_headers(weir_gtest PRIVATE <gtest/gtest.h> ${WEIR_COMMON_HEADERS})
  else()
    target_precompile_headers(weir_gtest PRIVATE <gtest/gtest.h>)
  endif()
endif()
