#include "gateway/cli/currency_api.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "gateway/cli/bounded_input.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/json_scalars.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

using nlohmann::json;

constexpr size_t kTokenBytesMax = 1 << 12;
// The files have about 340.
constexpr size_t kFiguresMax = 10'000;

// The code in upper case, or nothing where no currency of ISO 4217 has it. One that is in upper case already is none of this format.
std::string CodeOf(std::string_view lower) {
  std::string code;
  for (const char c : lower) {
    if (c < 'a' || c > 'z') return "";
    code += static_cast<char>(c - 'a' + 'A');
  }
  return money::FindCurrency(code) == nullptr ? "" : code;
}

// The file as it stands.
class Handler final : public JsonScalars {
 public:
  const absl::Status& status() const { return status_; }

  bool key(std::string& text) override {
    key_ = text;
    return true;
  }
  bool start_object(size_t) override {
    if (++depth_ == 1) return true;
    if (depth_ > 2) return Fail("the figure of " + Quote(key_) + " is an object");
    if (!base_.empty()) return Fail("it has two bases, " + Quote(base_) + " and " + Quote(key_));
    if (key_.empty()) return Fail("its base has no name");
    base_ = key_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(size_t) override { return Fail("it has a list"); }
  bool end_array() override { return true; }
  bool parse_error(size_t byte, const std::string&, const json::exception& error) override {
    return Stop(MalformedJson(byte, error.what()));
  }

  absl::Status HandOut(const RateFileSink& sink) {
    if (!has_date_) return NotCurrencyApi("it has no date");
    if (figures_.empty()) return NotCurrencyApi("it has no figures");
    const std::string base = CodeOf(base_);
    if (base.empty()) {
      return NotCurrencyApi(fmt::format("its base {} is no currency of ISO 4217", Quote(base_)));
    }
    RETURN_IF_ERROR(time::ParseDate(date_).status());
    uint64_t skipped = 0;
    std::set<std::string_view> seen;
    for (const Figure& figure : figures_) {
      const std::string quote = CodeOf(figure.code);
      if (quote.empty()) {
        ++skipped;
      } else if (!seen.insert(figure.code).second) {
        RETURN_IF_ERROR(sink.on_problem({0, 0, "stands twice", Place(figure)}));
      } else if (quote != base || figure.text != "1") {
        RETURN_IF_ERROR(HandOut(figure, base, quote, sink));
      }
    }
    if (skipped > 0) sink.on_skipped(skipped);
    return absl::OkStatus();
  }

 private:
  struct Figure {
    std::string code;
    std::string text;
    bool is_number;
  };

  std::string Place(const Figure& figure) const { return base_ + "." + figure.code; }

  absl::Status HandOut(const Figure& figure, const std::string& base, const std::string& quote,
                       const RateFileSink& sink) const {
    const auto value = money::Decimal::Parse(figure.text);
    if (!figure.is_number || !value.ok() || value->Sign() <= 0) {
      return sink.on_problem(
          {0, 0,
           fmt::format("is {}: a rate is a positive number such as 1455.15, of at most 38 "
                       "digits and 38 decimal places",
                       Quote(figure.text)),
           Place(figure)});
    }
    FileRate rate;
    rate.place = Place(figure);
    rate.date = date_;
    rate.base = base;
    rate.quote = quote;
    rate.value = value->ToString();
    return sink.on_rate(rate);
  }

  bool Stop(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
    return false;
  }
  bool Fail(std::string_view why) { return Stop(NotCurrencyApi(why)); }

  bool Scalar(Kind kind, std::string_view text) override {
    if (depth_ == 0) return Fail("it is no JSON object");
    if (depth_ == 2) {
      if (figures_.size() == kFiguresMax) {
        return Fail(fmt::format("it has more than {} figures", kFiguresMax));
      }
      figures_.push_back({key_, std::string(text), kind == Kind::kNumber});
      return true;
    }
    if (key_ != "date") return Fail("it has a field " + Quote(key_));
    if (has_date_) return Fail("it has two dates");
    if (kind != Kind::kText) return Fail("its date is no text");
    has_date_ = true;
    date_ = std::string(text);
    return true;
  }

  absl::Status status_;
  int depth_ = 0;
  std::string key_;
  std::string base_;
  std::string date_;
  bool has_date_ = false;
  std::vector<Figure> figures_;
};

}  // namespace

absl::Status ReadCurrencyApi(std::istream& in, const RateFileSink& sink) {
  BoundedInput bounded(*in.rdbuf(), kTokenBytesMax);
  std::istream limited(&bounded);
  Handler handler;
  json::sax_parse(limited, &handler);
  if (!bounded.read_error().empty())
    return CannotReadOn(bounded.bytes_read(), bounded.read_error());
  if (bounded.token_too_long()) return TokenTooLong(bounded.bytes_read(), kTokenBytesMax);
  RETURN_IF_ERROR(handler.status());
  RETURN_IF_ERROR(sink.on_progress(bounded.bytes_read()));
  return handler.HandOut(sink);
}

}  // namespace outlay::cli
