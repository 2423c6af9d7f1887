// A prepared statement's parameters in PostgreSQL's binary form, built once where they are sent
// from.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_PARAMETERS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_PARAMETERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outlay::journal {

// One array parameter, one dimension: bigint[] or bytea[].
class PostgresArray {
 public:
  enum class Element { kBigint, kBytea };

  // `bytes`: of all elements, as far as known; for fewer allocations.
  PostgresArray(Element element, size_t count, size_t bytes);

  void Add(int64_t value);
  void Add(uint64_t value) { Add(static_cast<int64_t>(value)); }
  void Add(std::string_view bytes);
  void AddNull();

  // As many elements as `count` must have been added.
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class PostgresParameters {
 public:
  PostgresParameters& Add(int64_t value);
  PostgresParameters& Add(uint64_t value) { return Add(static_cast<int64_t>(value)); }
  PostgresParameters& Add(PostgresArray array);

  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_PARAMETERS_H_
