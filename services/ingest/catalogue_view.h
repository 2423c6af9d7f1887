// What checks need to know of the catalogue as it stands now.
#ifndef OUTLAY_SERVICES_INGEST_CATALOGUE_VIEW_H_
#define OUTLAY_SERVICES_INGEST_CATALOGUE_VIEW_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/organization.h"

namespace outlay::ingest {

// Thread safe. Pointers stay valid as long as the view.
class CatalogueView {
 public:
  virtual ~CatalogueView() = default;

  // The latest revision; null where there is none.
  virtual const Organization* FindOrganization(std::string_view id) const = 0;
  virtual const Organization* FindOrganizationByCik(std::string_view cik) const = 0;
  virtual const Group* FindGroup(std::string_view id) const = 0;

  // Ids of entries that `word` may stand for, best first, at most three: by name or alias, else by nearness.
  // O(entries): for error paths only.
  virtual std::vector<std::string> OrganizationsLike(std::string_view word) const = 0;
  virtual std::vector<std::string> GroupsLike(std::string_view word) const = 0;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CATALOGUE_VIEW_H_
