# WEIR_SANITIZE=address|thread instruments everything that is compiled and linked here.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(WEIR_SANITIZE STREQUAL "address")
  set(weir_sanitizer -fsanitize=address,undefined -fno-sanitize-recover=all)
elseif(WEIR_SANITIZE STREQUAL "thread")
  set(weir_sanitizer -fsanitize=thread)
elseif(WEIR_SANITIZE)
  message(FATAL_ERROR "WEIR_SANITIZE=${WEIR_SANITIZE}: expected address, thread or nothing")
endif()
if(WEIR_SANITIZE)
  add_compile_options(${weir_sanitizer} -fno-omit-frame-pointer)
  add_link_options(${weir_sanitizer})
endif()
