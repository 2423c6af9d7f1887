# How everything is compiled: language level, warnings, sanitizers, ccache.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O2 rather than -O3: the hot loops gain nothing from -O3 and the build takes longer.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

option(OUTLAY_BUILD_TESTS "Build the tests" ON)
option(OUTLAY_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(OUTLAY_BUILD_FUZZERS "Build the libFuzzer targets (needs clang)" OFF)
set(OUTLAY_SANITIZER "" CACHE STRING "Empty, 'address' (with undefined) or 'thread'")

if(OUTLAY_SANITIZER STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=address,undefined)
elseif(OUTLAY_SANITIZER STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=thread)
elseif(NOT OUTLAY_SANITIZER STREQUAL "")
  message(FATAL_ERROR "OUTLAY_SANITIZER is '${OUTLAY_SANITIZER}': use 'address' or 'thread'")
endif()

# The libraries report their coverage too: without it libFuzzer would be blind behind the target's own file.
if(OUTLAY_BUILD_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # The sloppiness settings are what ccache asks for with precompiled headers.
  set(_launcher "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER ${_launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${_launcher})
endif()

# Warnings are on for our own code only; generated code is compiled without them.
add_library(outlay_warnings INTERFACE)
target_compile_options(outlay_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror=return-type -Werror=unused-result -Wno-missing-field-initializers)
