// Reading JSON piece by piece without a number ever going through a double.
#ifndef OUTLAY_GATEWAY_CLI_JSON_SCALARS_H_
#define OUTLAY_GATEWAY_CLI_JSON_SCALARS_H_

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace outlay::cli {

// The parser's callbacks for values, made one: the kind, and a number's or text's characters as written.
class JsonScalars : public nlohmann::json::json_sax_t {
 public:
  bool null() final { return Scalar(Kind::kOther, "null"); }
  bool boolean(bool value) final { return Scalar(Kind::kOther, value ? "true" : "false"); }
  bool number_integer(nlohmann::json::number_integer_t value) final {
    return Scalar(Kind::kNumber, fmt::to_string(value));
  }
  bool number_unsigned(nlohmann::json::number_unsigned_t value) final {
    return Scalar(Kind::kNumber, fmt::to_string(value));
  }
  bool number_float(nlohmann::json::number_float_t, const std::string& text) final {
    return Scalar(Kind::kNumber, text);
  }
  bool string(std::string& text) final { return Scalar(Kind::kText, text); }
  // JSON has none.
  bool binary(nlohmann::json::binary_t&) final { return Scalar(Kind::kOther, ""); }

 protected:
  enum class Kind { kNumber, kText, kOther };

  // False ends the reading.
  virtual bool Scalar(Kind kind, std::string_view text) = 0;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_JSON_SCALARS_H_
