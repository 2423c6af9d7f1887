// What each warning code means, in one line.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_WARNING_TEXTS_H_
#define OUTLAY_GATEWAY_CLI_RENDER_WARNING_TEXTS_H_

#include <span>
#include <string_view>

#include "gateway/cli/render/language.h"

namespace outlay::cli {

// Empty for a code that is not known here.
std::string_view WarningText(std::string_view code, Language language);

// Every code with a text: those of docs/semantics.md, section 7.
std::span<const std::string_view> WarningCodes();

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_WARNING_TEXTS_H_
