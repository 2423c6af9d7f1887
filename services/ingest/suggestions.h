// Suggestions for ids that are not in the catalogue, within bounds: a batch full of wrong ids must not cost a thousand searches.
#ifndef OUTLAY_SERVICES_INGEST_SUGGESTIONS_H_
#define OUTLAY_SERVICES_INGEST_SUGGESTIONS_H_

#include <map>
#include <string>
#include <string_view>

#include "services/ingest/catalogue_view.h"

namespace outlay::ingest {

// For one request. Not thread safe.
class Suggestions {
 public:
  // Distinct words that are searched for; the rest get no suggestion.
  static constexpr int kSearchesMax = 10;

  explicit Suggestions(const CatalogueView& catalogue) : catalogue_(catalogue) {}

  // " (did you mean "alphabet"?)", or empty.
  std::string ForOrganization(std::string_view word);
  std::string ForGroup(std::string_view word);

 private:
  template <typename Search>
  std::string Remembered(std::string key, Search search);

  const CatalogueView& catalogue_;
  int searches_ = 0;
  std::map<std::string, std::string, std::less<>> found_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_SUGGESTIONS_H_
