// The grammars of the short texts that clients give.
#ifndef OUTLAY_SERVICES_INGEST_TEXT_RULES_H_
#define OUTLAY_SERVICES_INGEST_TEXT_RULES_H_

#include <cstddef>
#include <string_view>

namespace outlay::ingest {

inline constexpr size_t kSlugBytesMax = 64;

// Lower-case letters, digits and single hyphens between them: "republic-of-korea".
bool IsSlug(std::string_view text, size_t bytes_max = kSlugBytesMax);

// BCP 47 in form: "en", "ko", "zh-Hant-TW".
bool IsLanguageTag(std::string_view text);

// http or https with a host, no blanks or control characters, at most 2,000 bytes.
bool IsHttpUrl(std::string_view text);

// "0001018724-25-000004".
bool IsAccession(std::string_view text);

// Exactly `length` digits.
bool IsDigits(std::string_view text, size_t length);

bool IsValidUtf8(std::string_view text);

// Valid UTF-8 without control characters; line breaks and tabs are control characters.
bool IsOneLine(std::string_view text);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_TEXT_RULES_H_
