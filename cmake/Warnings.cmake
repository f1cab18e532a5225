# Flags of our own code: weir_build (what every file needs), weir_warnings (what we demand of it).

add_library(weir_build INTERFACE)
target_compile_features(weir_build INTERFACE cxx_std_20)
# A fused multiply-add rounds once where two operations round twice: results would depend on it.
target_compile_options(weir_build INTERFACE -ffp-contract=off)
if(WEIR_ASSERTIONS)
  target_compile_definitions(weir_build INTERFACE _GLIBCXX_ASSERTIONS)
else()
  target_compile_definitions(weir_build INTERFACE $<$<NOT:$<CONFIG:Debug>>:NDEBUG>)
endif()

add_library(weir_warnings INTERFACE)
target_compile_options(weir_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  $<$<BOOL:${WEIR_WERROR}>:-Werror>)
if(WEIR_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Instrumented code hides from g++ what initialises a variable; plain builds still warn.
  target_compile_options(weir_warnings INTERFACE
    -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-null-dereference)
endif()

if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Files compiled as one: g++ takes a file's private types for those of a header, and 12 sees
  # overflows that are none (the product's own build compiles file by file and still warns).
  target_compile_options(weir_warnings INTERFACE -Wno-subobject-linkage -Wno-stringop-overflow)
endif()

# weir_own(<target>): applies both to a target of ours, and to nobody who links it.
function(weir_own target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(${target} PRIVATE
    $<BUILD_INTERFACE:weir_build> $<BUILD_INTERFACE:weir_warnings>)
endfunction()
