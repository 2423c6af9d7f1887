# The few kinds of target there are. Every folder is one library; names follow the folder.

# Precompiled headers, shared by all targets of a kind:
#   base       sees neither gRPC nor protobuf
#   wire       sees both
#   contracts  and the generated contracts too
#   test_base, test_wire  the tests' base and contracts, with GoogleTest; not optimized, which halves the tests' build: what they test is
#              linked in as it ships
set(_base_headers
  <algorithm> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <string> <string_view> <unordered_map> <utility> <vector>
  <absl/status/statusor.h> <fmt/format.h>)
set(_wire_headers ${_base_headers}
  <grpcpp/grpcpp.h> <google/protobuf/message.h> <google/protobuf/repeated_field.h> <google/protobuf/map.h>)
set(_contracts_headers ${_wire_headers}
  <outlay/gateway/v1/gateway_service.grpc.pb.h> <outlay/ingest/v1/ingest_service.grpc.pb.h>
  <outlay/fx/v1/fx_service.grpc.pb.h> <outlay/aggregation/v1/aggregation_service.grpc.pb.h>)
set(_base_libraries absl::status absl::statusor fmt::fmt Threads::Threads)
set(_wire_libraries ${_base_libraries} gRPC::grpc++ protobuf::libprotobuf)

# outlay_kind(NAME HEADERS <…> … LIBRARIES targets … [OPTIONS compiler options …])
function(outlay_kind name)
  cmake_parse_arguments(A "" "" "HEADERS;LIBRARIES;OPTIONS" ${ARGN})
  add_library(outlay_pch_${name} STATIC "${CMAKE_SOURCE_DIR}/cmake/pch.cc")
  # Made without ccache: it takes the header that is to be made anew for one that is used, and gives back the old one.
  set_target_properties(outlay_pch_${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_link_libraries(outlay_pch_${name} PUBLIC ${A_LIBRARIES} PRIVATE outlay_warnings)
  target_compile_options(outlay_pch_${name} PRIVATE ${A_OPTIONS})
  target_precompile_headers(outlay_pch_${name} PRIVATE ${A_HEADERS})
  set_target_properties(outlay_pch_${name} PROPERTIES OUTLAY_OPTIONS "${A_OPTIONS}" OUTLAY_LIBRARIES "${A_LIBRARIES}")
endfunction()

outlay_kind(base HEADERS ${_base_headers} LIBRARIES ${_base_libraries})
outlay_kind(wire HEADERS ${_wire_headers} LIBRARIES ${_wire_libraries})
outlay_kind(contracts HEADERS ${_contracts_headers} LIBRARIES ${_wire_libraries} outlay_protos)
if(OUTLAY_BUILD_TESTS)
  set(_test_headers <gmock/gmock.h> <gtest/gtest.h>)
  set(_test_libraries GTest::gtest GTest::gmock)
  outlay_kind(test_base HEADERS ${_base_headers} ${_test_headers} LIBRARIES ${_base_libraries} ${_test_libraries} OPTIONS -O0)
  outlay_kind(test_wire HEADERS ${_contracts_headers} ${_test_headers} LIBRARIES ${_wire_libraries} outlay_protos ${_test_libraries} OPTIONS -O0)
endif()

function(_outlay_setup target kind)
  if(NOT TARGET outlay_pch_${kind})
    message(FATAL_ERROR "${target}: PCH is '${kind}', which is no kind of target")
  endif()
  get_target_property(options outlay_pch_${kind} OUTLAY_OPTIONS)
  get_target_property(libraries outlay_pch_${kind} OUTLAY_LIBRARIES)
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PUBLIC ${libraries} PRIVATE outlay_warnings)
  if(options)
    target_compile_options(${target} PRIVATE ${options})
  endif()
  target_precompile_headers(${target} REUSE_FROM outlay_pch_${kind})
endfunction()

# outlay_library(NAME SOURCES a.cc … [DEPS targets …] [PCH kind])
function(outlay_library name)
  cmake_parse_arguments(A "" "PCH" "SOURCES;DEPS" ${ARGN})
  if(NOT A_PCH)
    set(A_PCH base)
  endif()
  add_library(${name} STATIC ${A_SOURCES})
  _outlay_setup(${name} ${A_PCH})
  target_link_libraries(${name} PUBLIC ${A_DEPS})
endfunction()

# outlay_binary(NAME SOURCES a.cc … [DEPS targets …] [PCH kind]): lands in build/bin
function(outlay_binary name)
  cmake_parse_arguments(A "" "PCH" "SOURCES;DEPS" ${ARGN})
  if(NOT A_PCH)
    set(A_PCH wire)
  endif()
  add_executable(${name} ${A_SOURCES})
  _outlay_setup(${name} ${A_PCH})
  target_link_libraries(${name} PRIVATE ${A_DEPS})
endfunction()

# outlay_test(NAME SOURCES a.cc … [DEPS targets …] [PCH base|wire] [LABELS …] [TIMEOUT seconds]): one GoogleTest binary, one ctest suite
function(outlay_test name)
  if(NOT OUTLAY_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(A "" "PCH;TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT A_PCH)
    set(A_PCH base)
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 120)
  endif()
  add_executable(${name} ${A_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  _outlay_setup(${name} test_${A_PCH})
  target_link_libraries(${name} PRIVATE ${A_DEPS} GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${A_TIMEOUT} LABELS "${A_LABELS}")
  set_property(TEST ${name} PROPERTY ENVIRONMENT
    "OUTLAY_SOURCE_DIR=${CMAKE_SOURCE_DIR};OUTLAY_BUILD_DIR=${CMAKE_BINARY_DIR}")
endfunction()

# outlay_fuzzer(NAME SOURCES a.cc … [DEPS targets …]): a libFuzzer binary in build/fuzz, built with OUTLAY_BUILD_FUZZERS=ON and clang
function(outlay_fuzzer name)
  if(NOT OUTLAY_BUILD_FUZZERS)
    return()
  endif()
  cmake_parse_arguments(A "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE ${A_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
endfunction()

# outlay_benchmark(NAME_bench SOURCES a.cc … [DEPS targets …]): a program in build-bench/bench that './run bench NAME' starts
function(outlay_benchmark name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bench")
  _outlay_setup(${name} contracts)
  target_link_libraries(${name} PRIVATE ${A_DEPS})
endfunction()
