#include "services/common/journal/postgres_parameters.h"

#include <utility>

namespace outlay::journal {
namespace {

// From PostgreSQL's pg_type: these never change.
constexpr int32_t kBigintOid = 20;
constexpr int32_t kByteaOid = 17;
constexpr int32_t kNullLength = -1;

template <typename Integer>
void PutBigEndian(Integer value, std::string& out) {
  char bytes[sizeof value];
  for (size_t i = 0; i < sizeof value; ++i) {
    bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * (sizeof value - 1 - i)));
  }
  out.append(bytes, sizeof bytes);
}

}  // namespace

PostgresArray::PostgresArray(Element element, size_t count, size_t bytes) {
  constexpr size_t kHeaderBytes = 20;
  bytes_.reserve(kHeaderBytes + bytes + 4 * count);
  PutBigEndian(int32_t{count == 0 ? 0 : 1}, bytes_);  // dimensions
  PutBigEndian(int32_t{1}, bytes_);                   // there may be nulls
  PutBigEndian(element == Element::kBigint ? kBigintOid : kByteaOid, bytes_);
  if (count == 0) return;
  PutBigEndian(static_cast<int32_t>(count), bytes_);
  PutBigEndian(int32_t{1}, bytes_);  // the first index
}

void PostgresArray::Add(int64_t value) {
  PutBigEndian(int32_t{sizeof value}, bytes_);
  PutBigEndian(value, bytes_);
}

void PostgresArray::Add(std::string_view bytes) {
  PutBigEndian(static_cast<int32_t>(bytes.size()), bytes_);
  bytes_.append(bytes);
}

void PostgresArray::AddNull() { PutBigEndian(kNullLength, bytes_); }

PostgresParameters& PostgresParameters::Add(int64_t value) {
  PutBigEndian(value, values_.emplace_back());
  return *this;
}

PostgresParameters& PostgresParameters::Add(PostgresArray array) {
  values_.push_back(std::move(array).Take());
  return *this;
}

}  // namespace outlay::journal
