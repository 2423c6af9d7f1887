#include "gateway/cli/ecb_xml.h"

#include <expat.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

constexpr char kSeparator = '|';
constexpr std::string_view kEnvelopeName = "http://www.gesmes.org/xml/2002-08-01|Envelope";
constexpr std::string_view kSubjectName = "http://www.gesmes.org/xml/2002-08-01|subject";
constexpr std::string_view kSenderTag = "http://www.gesmes.org/xml/2002-08-01|Sender";
constexpr std::string_view kSenderNameTag = "http://www.gesmes.org/xml/2002-08-01|name";
constexpr std::string_view kCubeName = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref|Cube";

constexpr size_t kChunkBytes = 1 << 16;
// Of one tag; the longest right one has some hundred.
constexpr size_t kTokenBytesMax = 1 << 20;

enum class Level { kDocument, kEnvelope, kText, kSender, kSenderName, kCubes, kDay, kFigure };

// The attributes of one element; expat has refused one that stands twice.
class Attributes {
 public:
  explicit Attributes(const XML_Char** pairs) {
    for (; *pairs != nullptr; pairs += 2) values_.emplace(pairs[0], pairs[1]);
  }
  bool empty() const { return values_.empty(); }
  std::optional<std::string_view> Take(std::string_view name) {
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    const std::string_view value = found->second;
    values_.erase(found);
    return value;
  }
  std::string_view First() const { return values_.begin()->first; }

 private:
  std::map<std::string_view, std::string_view> values_;
};

class EcbXmlReader {
 public:
  explicit EcbXmlReader(const RateFileSink& sink)
      : sink_(sink), parser_(XML_ParserCreateNS(nullptr, kSeparator), XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), OnDoctype);
  }

  absl::Status Run(std::istream& in) {
    uint64_t bytes = 0;
    while (true) {
      void* const buffer = XML_GetBuffer(parser_.get(), kChunkBytes);
      std::streamsize count = 0;
      try {
        count = buffer == nullptr ? 0 : in.rdbuf()->sgetn(static_cast<char*>(buffer), kChunkBytes);
      } catch (const std::ios_base::failure& failure) {
        return CannotReadOn(bytes, failure.code().message());
      }
      bytes += static_cast<uint64_t>(count);
      const bool is_last = count == 0;
      const XML_Status parsed = XML_ParseBuffer(parser_.get(), static_cast<int>(count), is_last);
      if (!status_.ok()) return status_;
      if (parsed != XML_STATUS_OK) {
        return Refusal(XML_ErrorString(XML_GetErrorCode(parser_.get())));
      }
      if (is_last) return absl::OkStatus();
      if (bytes > static_cast<uint64_t>(XML_GetCurrentByteIndex(parser_.get())) + kTokenBytesMax) {
        return Refusal(fmt::format("a tag or a text has more than {} bytes", kTokenBytesMax));
      }
      RETURN_IF_ERROR(sink_.on_progress(bytes));
    }
  }

 private:
  static void OnStart(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<EcbXmlReader*>(self)->Guard(
        [&](EcbXmlReader& reader) { return reader.Start(name, Attributes(attributes)); });
  }
  static void OnEnd(void* self, const XML_Char*) { static_cast<EcbXmlReader*>(self)->End(); }
  static void OnText(void* self, const XML_Char* text, int length) {
    static_cast<EcbXmlReader*>(self)->Guard([&](EcbXmlReader& reader) {
      return reader.Text(std::string_view(text, static_cast<size_t>(length)));
    });
  }
  static void OnDoctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<EcbXmlReader*>(self)->Guard(
        [](EcbXmlReader& reader) { return reader.Refusal("has a document type"); });
  }

  // The parser calls a little on after it was stopped.
  template <typename Step>
  void Guard(const Step& step) {
    if (!status_.ok()) return;
    status_ = step(*this);
    if (!status_.ok()) XML_StopParser(parser_.get(), XML_FALSE);
  }

  size_t Line() const { return XML_GetCurrentLineNumber(parser_.get()); }
  size_t ColumnNumber() const { return XML_GetCurrentColumnNumber(parser_.get()) + 1; }
  absl::Status Refusal(std::string_view what) const {
    return NotEcbXml(Line(), ColumnNumber(), what);
  }
  absl::Status Problem(std::string message) const {
    return sink_.on_problem({Line(), ColumnNumber(), std::move(message), ""});
  }

  absl::Status Start(std::string_view name, Attributes attributes) {
    switch (level_) {
      case Level::kDocument:
        if (name == kEnvelopeName) return Enter(Level::kEnvelope, attributes);
        break;
      case Level::kEnvelope:
        if (name == kSubjectName) return Enter(Level::kText, attributes);
        if (name == kSenderTag) return Enter(Level::kSender, attributes);
        if (name == kCubeName) return Enter(Level::kCubes, attributes);
        break;
      case Level::kSender:
        if (name == kSenderNameTag) return Enter(Level::kSenderName, attributes);
        break;
      case Level::kCubes:
        if (name == kCubeName) return StartDay(attributes);
        break;
      case Level::kDay:
        if (name == kCubeName) return StartFigure(attributes);
        break;
      case Level::kText:
      case Level::kSenderName:
      case Level::kFigure:
        break;
    }
    return Refusal(fmt::format("the element {} has no place here",
                               Quote(name.substr(name.rfind(kSeparator) + 1))));
  }

  absl::Status Enter(Level level, const Attributes& rest) {
    level_ = level;
    if (rest.empty()) return absl::OkStatus();
    return Refusal(fmt::format("the attribute {} has no place here", Quote(rest.First())));
  }

  absl::Status StartDay(Attributes& attributes) {
    const auto time = attributes.Take("time");
    RETURN_IF_ERROR(Enter(Level::kDay, attributes));
    if (!time) return Refusal("a day has no attribute time");
    currencies_.clear();
    const auto date = time::ParseDate(*time);
    day_is_right_ = date.ok();
    if (!date.ok()) return Problem(std::string(FromAbsl(date.status().message())));
    day_ = std::string(*time);
    day_is_right_ = days_.insert(day_).second;
    if (day_is_right_) return absl::OkStatus();
    return Problem(fmt::format("the day {} stands already before", day_));
  }

  absl::Status StartFigure(Attributes& attributes) {
    const auto currency = attributes.Take("currency");
    const auto rate = attributes.Take("rate");
    RETURN_IF_ERROR(Enter(Level::kFigure, attributes));
    if (!currency || !rate) return Refusal("a figure has no attributes currency and rate");
    if (!day_is_right_) return absl::OkStatus();
    if (money::FindCurrency(*currency) == nullptr) {
      if (unknown_.emplace(*currency).second) {
        sink_.on_warning(
            {Line(), ColumnNumber(),
             fmt::format("{} is left out: no currency of ISO 4217 has that code", Quote(*currency)),
             ""});
      }
      return absl::OkStatus();
    }
    if (!currencies_.emplace(*currency).second) {
      return Problem(fmt::format("{} stands twice on {}", *currency, day_));
    }
    const auto value = money::Decimal::Parse(*rate);
    if (!value.ok() || value->Sign() <= 0) {
      return Problem(fmt::format("{} of {} is {}: a rate is a positive number such as 1.0377",
                                 *currency, day_, Quote(*rate)));
    }
    FileRate figure;
    figure.line = Line();
    figure.date = day_;
    figure.base = "EUR";
    figure.quote = std::string(*currency);
    figure.value = value->ToString();
    return sink_.on_rate(figure);
  }

  void End() {
    switch (level_) {
      case Level::kFigure:
        level_ = Level::kDay;
        break;
      case Level::kDay:
        level_ = Level::kCubes;
        break;
      case Level::kSenderName:
        level_ = Level::kSender;
        break;
      case Level::kText:
      case Level::kSender:
      case Level::kCubes:
        level_ = Level::kEnvelope;
        break;
      case Level::kEnvelope:
      case Level::kDocument:
        level_ = Level::kDocument;
        break;
    }
  }

  absl::Status Text(std::string_view text) const {
    const bool may_stand = level_ == Level::kText || level_ == Level::kSenderName;
    if (may_stand || text.find_first_not_of(" \t\r\n") == text.npos) return absl::OkStatus();
    return Refusal(fmt::format("the text {} has no place here", Quote(text)));
  }

  const RateFileSink& sink_;
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  absl::Status status_;
  Level level_ = Level::kDocument;
  std::string day_;
  bool day_is_right_ = false;
  std::set<std::string> days_;
  std::set<std::string, std::less<>> currencies_;  // of the day
  std::set<std::string, std::less<>> unknown_;
};

}  // namespace

absl::Status ReadEcbXml(std::istream& in, const RateFileSink& sink) {
  return EcbXmlReader(sink).Run(in);
}

}  // namespace outlay::cli
