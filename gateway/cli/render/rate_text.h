// A rate and where it comes from.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_RATE_TEXT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_RATE_TEXT_H_

#include <string>

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/fx/v1/rate.pb.h"

namespace outlay::cli {

// "1 USD = 1,447.0945 KRW": to at most four places, or six digits where that is more.
std::string RateEquation(const fx::v1::RateAnswer& rate);

// The equation, with its provenance, legs, exact fraction, age and warnings as details.
Item RateItem(const fx::v1::RateAnswer& rate, Language language);

// "1668500/1153"; empty where the rate is a short decimal by itself.
std::string ExactFraction(const fx::v1::RateAnswer& rate);

// "EUR/KRW 1501.65 of 2025-02-07, divided by".
std::string LegText(const fx::v1::RateLeg& leg, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_RATE_TEXT_H_
