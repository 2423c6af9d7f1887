#include "services/ingest/disclosure.h"

namespace outlay::ingest {

std::string_view NameOf(Basis basis) {
  switch (basis) {
    case Basis::kActual:
      return "ACTUAL";
    case Basis::kGuidance:
      return "GUIDANCE";
    case Basis::kEstimate:
      return "ESTIMATE";
    case Basis::kUnspecified:
      break;
  }
  return "";
}

std::string_view NameOf(SourceClass source_class) {
  switch (source_class) {
    case SourceClass::kFiling:
      return "FILING";
    case SourceClass::kOrganization:
      return "ORGANIZATION";
    case SourceClass::kPress:
      return "PRESS";
    case SourceClass::kOther:
      return "OTHER";
    case SourceClass::kUnspecified:
      break;
  }
  return "";
}

std::string_view NameOf(StatementAction action) {
  switch (action) {
    case StatementAction::kStated:
      return "STATED";
    case StatementAction::kReaffirmed:
      return "REAFFIRMED";
    case StatementAction::kWithdrawn:
      return "WITHDRAWN";
    case StatementAction::kRestated:
      return "RESTATED";
    case StatementAction::kDefinitionChange:
      return "DEFINITION_CHANGE";
    case StatementAction::kUnspecified:
      break;
  }
  return "";
}

std::string_view NameOf(ClaimKind claim_kind) {
  switch (claim_kind) {
    case ClaimKind::kTotal:
      return "TOTAL";
    case ClaimKind::kEquivalent:
      return "EQUIVALENT";
    case ClaimKind::kChange:
      return "CHANGE";
    case ClaimKind::kNone:
      break;
  }
  return "";
}

}  // namespace outlay::ingest
