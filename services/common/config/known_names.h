// The names of every program's settings, so that one environment can serve several programs: a
// variable that another program takes is no error, a misspelt one is.
#ifndef OUTLAY_SERVICES_COMMON_CONFIG_KNOWN_NAMES_H_
#define OUTLAY_SERVICES_COMMON_CONFIG_KNOWN_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/common/config/setting.h"

namespace outlay::config {

// All setting names, sorted. A program that gains a setting adds its name to known_names.cc; a test
// of each program checks that with NamesMissingFromKnown.
std::vector<std::string> KnownSettingNames();

// Those of the table's names that KnownSettingNames lacks.
std::vector<std::string> NamesMissingFromKnown(const Table& table);

// Whether an OUTLAY_… variable belongs to a program, to the tools (OUTLAY_GATEWAY,
// OUTLAY_SOURCE_DIR, …) or to the service links that Kubernetes injects (OUTLAY_FX_SERVICE_HOST,
// OUTLAY_FX_PORT_7402_TCP_ADDR, …).
bool IsKnownVariable(std::string_view variable, std::string_view value);

// The variables that IsKnownVariable accepts by name, for suggestions.
std::vector<std::string> KnownVariables();

}  // namespace outlay::config

#endif  // OUTLAY_SERVICES_COMMON_CONFIG_KNOWN_NAMES_H_
