#include "services/common/journal/head_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <optional>

#include "services/common/journal/bytes.h"
#include "services/common/journal/system_files.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr size_t kSlotBytes = 512;
constexpr size_t kChecksumAt = kSlotBytes - 8;
constexpr uint64_t kMagic = 0x3164616568796c6f;  // "olyhead1" as bytes

using SlotBytes = std::array<char, kSlotBytes>;

struct Slot {
  uint64_t counter = 0;
  uint64_t schema_version = 0;
  Position position;
};

SlotBytes Encode(const Slot& slot) {
  SlotBytes bytes{};
  const std::array<uint64_t, 7> numbers = {kMagic,
                                           slot.counter,
                                           slot.schema_version,
                                           slot.position.sequence,
                                           slot.position.entry_checksum,
                                           slot.position.request_ordinal,
                                           slot.position.request_checksum};
  for (size_t i = 0; i < numbers.size(); ++i) PutLittleEndian(numbers[i], bytes.data() + 8 * i);
  PutLittleEndian(XXH3_64bits(bytes.data(), kChecksumAt), bytes.data() + kChecksumAt);
  return bytes;
}

std::optional<Slot> Decode(const char* bytes) {
  if (GetLittleEndian(bytes) != kMagic) return std::nullopt;
  if (GetLittleEndian(bytes + kChecksumAt) != XXH3_64bits(bytes, kChecksumAt)) return std::nullopt;
  const auto number = [&](size_t i) { return GetLittleEndian(bytes + 8 * i); };
  return Slot{.counter = number(1),
              .schema_version = number(2),
              .position = {.sequence = number(3),
                           .entry_checksum = number(4),
                           .request_ordinal = number(5),
                           .request_checksum = number(6)}};
}

bool WriteSlot(int fd, const Slot& slot) {
  const SlotBytes bytes = Encode(slot);
  const off_t offset = static_cast<off_t>(slot.counter % 2 * kSlotBytes);
  const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
  if (written >= 0 && written != static_cast<ssize_t>(bytes.size())) errno = ENOSPC;
  return written == static_cast<ssize_t>(bytes.size());
}

}  // namespace

absl::StatusOr<HeadFile> HeadFile::Open(std::filesystem::path path,
                                        std::chrono::milliseconds sync_interval) {
  HeadFile file(std::move(path), sync_interval);
  RETURN_IF_ERROR(file.Read());
  return file;
}

absl::Status HeadFile::Read() {
  fd_ = UniqueFd(::open(path_.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd_) {
    return errno == ENOENT ? absl::OkStatus() : SystemError(path_, "cannot open");
  }
  std::array<char, 2 * kSlotBytes> bytes{};
  if (::pread(fd_.get(), bytes.data(), bytes.size(), 0) < 0) {
    return SystemError(path_, "cannot read");
  }
  state_ = State::kDamaged;
  for (size_t i = 0; i < 2; ++i) {
    const std::optional<Slot> slot = Decode(bytes.data() + i * kSlotBytes);
    if (!slot || (state_ == State::kValid && slot->counter < counter_)) continue;
    state_ = State::kValid;
    counter_ = slot->counter;
    position_ = slot->position;
    schema_version_ = slot->schema_version;
  }
  return absl::OkStatus();
}

absl::Status HeadFile::Create(const Position& position, uint64_t schema_version) {
  std::filesystem::path aside = path_;
  aside += ".new";
  UniqueFd fd(::open(aside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!fd) return SystemError(aside, "cannot make");
  const Slot slot{.counter = 0, .schema_version = schema_version, .position = position};
  if (::ftruncate(fd.get(), 2 * kSlotBytes) != 0 || !WriteSlot(fd.get(), slot) ||
      ::fsync(fd.get()) != 0 || ::rename(aside.c_str(), path_.c_str()) != 0) {
    return SystemError(aside, "cannot write");
  }
  RETURN_IF_ERROR(SyncDirectory(path_.parent_path()));
  fd_ = std::move(fd);
  state_ = State::kValid;
  position_ = position;
  schema_version_ = schema_version;
  counter_ = 0;
  unsynced_ = false;
  return absl::OkStatus();
}

absl::Status HeadFile::Write(const Position& position) {
  const Slot slot{.counter = counter_ + 1, .schema_version = schema_version_, .position = position};
  if (!WriteSlot(fd_.get(), slot)) return SystemError(path_, "cannot write");
  counter_ = slot.counter;
  position_ = position;
  unsynced_ = true;
  if (std::chrono::steady_clock::now() - synced_at_ < sync_interval_) return absl::OkStatus();
  return Sync();
}

absl::Status HeadFile::Sync() {
  if (!unsynced_) return absl::OkStatus();
  synced_at_ = std::chrono::steady_clock::now();
  if (::fdatasync(fd_.get()) != 0) return SystemError(path_, "cannot sync");
  unsynced_ = false;
  return absl::OkStatus();
}

}  // namespace outlay::journal
