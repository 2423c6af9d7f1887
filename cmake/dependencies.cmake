# Everything comes from Debian packages; docs/dependencies.md says what each is for.

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
# Only the client library is needed; the server's headers are not asked for.
find_library(PQ_LIBRARY pq REQUIRED)
find_path(PQ_INCLUDE_DIRECTORY libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(Boost REQUIRED)
find_package(EXPAT REQUIRED)

find_library(XXHASH_LIBRARY xxhash REQUIRED)

if(OUTLAY_BUILD_TESTS)
  find_package(GTest REQUIRED)
  find_library(GMP_LIBRARY gmp REQUIRED)
  find_library(GMPXX_LIBRARY gmpxx REQUIRED)
endif()
if(OUTLAY_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
