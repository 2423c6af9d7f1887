// The ECB's historical file, where there is one.
#ifndef OUTLAY_TESTS_FX_ECB_HISTORY_H_
#define OUTLAY_TESTS_FX_ECB_HISTORY_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "services/fx/rate_book.h"

namespace outlay::fx {

// $OUTLAY_SHARED_DATA/fx/<name>, else $OUTLAY_SOURCE_DIR/../shared/data/fx/<name>.
std::filesystem::path FxDataFile(const std::string& name);

struct EcbFigure {
  std::string date;
  std::string currency;
  std::string value;  // as printed
};

// All figures of eurofxref-hist.csv, in the file's order: newest day first.
std::vector<EcbFigure> ReadEcbHistory(const std::filesystem::path& file);

// A book of them, recorded in that order. It flags moves of more than so many percent; 0: none.
std::shared_ptr<const RateBook> MakeBook(const std::vector<EcbFigure>& figures,
                                         int suspicious_move_percent = 0);

}  // namespace outlay::fx

#endif  // OUTLAY_TESTS_FX_ECB_HISTORY_H_
