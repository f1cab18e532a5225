# What we build on, each found in its Debian 12 package. Targets to link:
#   Boost::headers  Random123::Random123  Eigen3::Eigen  HDF5::C  ZLIB::ZLIB  fmt::fmt  CLI11::CLI11
#   tomlplusplus::tomlplusplus (linked, not header-only)  nlohmann_json::nlohmann_json
#   Threads::Threads
#   tests: GTest::gtest_main  rapidcheck    bench: benchmark::benchmark

# weir_require(<package> <Debian package> [find_package arguments]...): or says what to install.
function(weir_require package debian)
  find_package(${package} ${ARGN} QUIET GLOBAL)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} was not found: install the Debian package ${debian} "
      "(`./do deps` installs all of them)")
  endif()
endfunction()

weir_require(Boost libboost-dev 1.74)
weir_require(Random123 librandom123-dev)
weir_require(Eigen3 libeigen3-dev 3.4 CONFIG)
weir_require(HDF5C libhdf5-dev)
weir_require(ZLIB zlib1g-dev)
weir_require(fmt libfmt-dev CONFIG)
weir_require(CLI11 libcli11-dev CONFIG)
weir_require(tomlplusplus libtomlplusplus-dev CONFIG)
weir_require(nlohmann_json nlohmann-json3-dev CONFIG)
weir_require(Threads libc6-dev)

if(WEIR_BUILD_TESTS)
  weir_require(GTest libgtest-dev CONFIG)
  weir_require(rapidcheck librapidcheck-dev CONFIG)
  weir_require(Python3 python3 COMPONENTS Interpreter)
endif()
if(WEIR_BUILD_TESTS OR WEIR_BUILD_BENCH)
  weir_require(benchmark libbenchmark-dev CONFIG)
endif()
