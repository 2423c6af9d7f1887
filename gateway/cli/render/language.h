// The languages that output for people comes in.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_LANGUAGE_H_
#define OUTLAY_GATEWAY_CLI_RENDER_LANGUAGE_H_

#include <string_view>

namespace outlay::cli {

enum class Language { kEnglish, kKorean };

// The one of two texts that is in `language`.
constexpr std::string_view In(Language language, std::string_view english,
                              std::string_view korean) {
  return language == Language::kKorean ? korean : english;
}

// As in BCP 47: "en", "ko".
constexpr std::string_view LanguageTag(Language language) { return In(language, "en", "ko"); }

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_LANGUAGE_H_
