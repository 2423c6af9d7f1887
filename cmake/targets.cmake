# The few kinds of target there are. Every folder is one library; names follow the folder.

# Precompiled headers, shared by all targets of a kind: 'base' for code that sees neither gRPC nor protobuf, 'wire' for code that sees both.
add_library(outlay_pch_base STATIC "${CMAKE_SOURCE_DIR}/cmake/pch.cc")
target_link_libraries(outlay_pch_base PUBLIC absl::status absl::statusor fmt::fmt outlay_warnings)
target_precompile_headers(outlay_pch_base PRIVATE
  <algorithm> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <string> <string_view> <unordered_map> <utility> <vector>
  <absl/status/statusor.h> <fmt/format.h>)
add_library(outlay_pch_wire STATIC "${CMAKE_SOURCE_DIR}/cmake/pch.cc")
target_link_libraries(outlay_pch_wire PUBLIC absl::status absl::statusor fmt::fmt gRPC::grpc++ protobuf::libprotobuf outlay_warnings)
target_precompile_headers(outlay_pch_wire PRIVATE
  <algorithm> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <string> <string_view> <unordered_map> <utility> <vector>
  <absl/status/statusor.h> <fmt/format.h>
  <grpcpp/grpcpp.h> <google/protobuf/message.h> <google/protobuf/repeated_field.h> <google/protobuf/map.h>)

# The tests' own: with GoogleTest, the wire one with the generated contracts too. Test code is compiled without optimization, which
# halves its build; what it tests is linked in as it ships. tests/CMakeLists.txt calls this once.
function(outlay_test_precompiled_headers)
  foreach(kind base wire)
    add_library(outlay_pch_test_${kind} STATIC "${CMAKE_SOURCE_DIR}/cmake/pch.cc")
    target_link_libraries(outlay_pch_test_${kind} PUBLIC absl::status absl::statusor fmt::fmt GTest::gtest GTest::gmock outlay_warnings)
    target_compile_options(outlay_pch_test_${kind} PRIVATE -O0)
  endforeach()
  set(base
    <algorithm> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <string> <string_view> <unordered_map> <utility> <vector>
    <absl/status/statusor.h> <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)
  target_precompile_headers(outlay_pch_test_base PRIVATE ${base})
  target_link_libraries(outlay_pch_test_wire PUBLIC outlay_protos)
  target_precompile_headers(outlay_pch_test_wire PRIVATE ${base}
    <grpcpp/grpcpp.h> <google/protobuf/message.h> <outlay/gateway/v1/gateway_service.grpc.pb.h> <outlay/ingest/v1/ingest_service.grpc.pb.h>
    <outlay/fx/v1/fx_service.grpc.pb.h> <outlay/aggregation/v1/aggregation_service.grpc.pb.h>)
endfunction()

function(_outlay_setup target pch)
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE outlay_warnings)
  if(pch STREQUAL "wire")
    target_link_libraries(${target} PUBLIC absl::status absl::statusor fmt::fmt gRPC::grpc++ protobuf::libprotobuf Threads::Threads)
    target_precompile_headers(${target} REUSE_FROM outlay_pch_wire)
  elseif(pch STREQUAL "base")
    target_link_libraries(${target} PUBLIC absl::status absl::statusor fmt::fmt Threads::Threads)
    target_precompile_headers(${target} REUSE_FROM outlay_pch_base)
  elseif(pch MATCHES "^test_(base|wire)$")
    target_link_libraries(${target} PUBLIC absl::status absl::statusor fmt::fmt Threads::Threads GTest::gtest GTest::gmock)
    target_compile_options(${target} PRIVATE -O0)
    if(pch STREQUAL "test_wire")
      target_link_libraries(${target} PUBLIC outlay_protos gRPC::grpc++ protobuf::libprotobuf)
    endif()
    target_precompile_headers(${target} REUSE_FROM outlay_pch_${pch})
  else()
    message(FATAL_ERROR "${target}: PCH is '${pch}', use base or wire")
  endif()
endfunction()

# outlay_library(NAME SOURCES a.cc … [DEPS targets …] [PCH base|wire])
function(outlay_library name)
  cmake_parse_arguments(A "" "PCH" "SOURCES;DEPS" ${ARGN})
  if(NOT A_PCH)
    set(A_PCH base)
  endif()
  add_library(${name} STATIC ${A_SOURCES})
  _outlay_setup(${name} ${A_PCH})
  target_link_libraries(${name} PUBLIC ${A_DEPS})
endfunction()

# outlay_binary(NAME SOURCES a.cc … [DEPS targets …] [PCH base|wire]): lands in build/bin
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
