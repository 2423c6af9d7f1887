// Bytes that many hold and nobody copies.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SHARED_BYTES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SHARED_BYTES_H_

#include <concepts>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace outlay::journal {

// A part of what `owner` holds, which never changes. Many may lie in one owner: what comes together is allocated together. Copies are cheap, and
// may be read by several threads at once.
class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(std::string bytes) {  // NOLINT(google-explicit-constructor): takes the place of one
    if (bytes.empty()) return;
    const auto owner = std::make_shared<const std::string>(std::move(bytes));
    view_ = *owner;
    owner_ = owner;
  }
  SharedBytes(const char* bytes)
      : SharedBytes(std::string(bytes)) {}  // NOLINT(google-explicit-constructor)
  // `view` lies in what `owner` holds.
  SharedBytes(std::string_view view, std::shared_ptr<const void> owner)
      : view_(view), owner_(std::move(owner)) {}

  SharedBytes(const SharedBytes&) = default;
  SharedBytes& operator=(const SharedBytes&) = default;
  // What is moved from is empty: its view must not outlive its hold.
  SharedBytes(SharedBytes&& other) noexcept
      : view_(std::exchange(other.view_, {})), owner_(std::move(other.owner_)) {}
  SharedBytes& operator=(SharedBytes&& other) noexcept {
    view_ = std::exchange(other.view_, {});
    owner_ = std::move(other.owner_);
    return *this;
  }

  operator std::string_view() const { return view_; }  // NOLINT(google-explicit-constructor)
  std::string_view view() const { return view_; }
  std::string str() const { return std::string(view_); }
  size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }

  friend bool operator==(const SharedBytes& a, const SharedBytes& b) { return a.view_ == b.view_; }
  template <typename Text>
  requires(std::convertible_to<const Text&, std::string_view> &&
           !std::same_as<Text, SharedBytes>) friend bool
  operator==(const SharedBytes& a, const Text& b) {
    return a.view_ == std::string_view(b);
  }
  friend std::ostream& operator<<(std::ostream& out, const SharedBytes& bytes) {
    return out << bytes.view_;
  }

 private:
  std::string_view view_;
  std::shared_ptr<const void> owner_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SHARED_BYTES_H_
