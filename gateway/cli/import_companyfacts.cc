#include "gateway/cli/import_companyfacts.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <ostream>

#include "fmt/format.h"
#include "gateway/cli/companyfacts_entry.h"
#include "gateway/cli/companyfacts_reader.h"
#include "gateway/cli/disclosure_batches.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/file_lines.h"
#include "gateway/cli/filed_figures.h"
#include "gateway/cli/organizations.h"
#include "gateway/cli/patience.h"
#include "gateway/cli/progress.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/render/readable_amount.h"
#include "gateway/cli/render/words.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

std::string Grouped(uint64_t count) {
  return GroupedDigits(money::Decimal::FromInt(static_cast<int64_t>(count)));
}

// What all files share.
struct Shared {
  const ImportOptions& options;
  Session& session;
  const ConceptTimeline& timeline;
  const std::map<std::string, std::string>& organizations_by_cik;
  DisclosureBatches& batches;
  ImportTally& tally;
};

// One file.
class FileImport {
 public:
  FileImport(const Shared& shared, const std::string& path) : shared_(shared), path_(path) {}

  // The file's own error, or none; see call_failed.
  absl::Status Run() {
    uint64_t size = 0;
    ASSIGN_OR_RETURN(std::ifstream file, OpenFile(path_, &size));
    Progress progress(shared_.session.err, shared_.session.err_terminal, "facts", size);
    const absl::StatusOr<CompanyFactsCount> count = ReadCompanyFacts(
        file,
        {.on_issuer = [this](const Issuer& issuer) { return TakeIssuer(issuer); },
         .wants = [this](std::string_view name) { return figures_->Wants(name); },
         .on_fact = [this](const CompanyFact& fact) { return figures_->Add(fact); },
         .on_progress = [&](uint64_t bytes, uint64_t facts) { progress.Update(bytes, facts); }});
    absl::Status status = count.status();
    if (status.ok()) status = figures_->Finish();
    if (!call_failed_) NoteCall(shared_.batches.Flush());
    if (call_failed_) return InFile(path_, call_status_);
    if (status.ok()) Summarize(*count);
    return status;
  }

  // The error is that of a call and ends the whole import.
  bool call_failed() const { return call_failed_; }

 private:
  absl::Status TakeIssuer(const Issuer& issuer) {
    issuer_ = issuer;
    const auto found = shared_.organizations_by_cik.find(issuer.cik);
    if (found == shared_.organizations_by_cik.end()) return UnknownIssuer(issuer.cik);
    organization_id_ = found->second;
    entries_ = shared_.timeline.Of(organization_id_);
    if (entries_.empty()) return NoConcepts(organization_id_);
    figures_ = std::make_unique<FiledFigures>(
        entries_, [this](const FiledFigure& figure) { return Take(figure); },
        [this](const CompanyFact& fact, const absl::Status& why) { Refuse(fact, why); });
    return absl::OkStatus();
  }

  absl::Status Take(const FiledFigure& figure) {
    ++shared_.tally.read;
    ingest::v1::DisclosureEntry entry = ToEntry(figure, issuer_);
    std::string text = CompactJson(entry);
    const CompanyFact& fact = figure.fact.fact;
    const absl::Status sent =
        shared_.batches.Add({fact.number, std::move(text), std::move(entry), PlaceOf(fact)});
    NoteCall(sent);
    NoteCall(ReportFullRejections(path_, shared_.options, shared_.session, &shared_.tally));
    return call_status_;
  }

  void Refuse(const CompanyFact& fact, const absl::Status& why) {
    ++shared_.tally.read;
    const auto entry =
        std::find_if(entries_.begin(), entries_.end(), [&](const TimelineEntry& candidate) {
          return !candidate.IsComposed() && candidate.Names(fact.concept_name);
        });
    const std::string text =
        CompactJson(ToEntry(fact, entry == entries_.end() ? nullptr : &*entry, issuer_));
    shared_.tally.rejections.push_back(MakeRejection(fact.number, why, text));
    shared_.tally.rejections.back().place = PlaceOf(fact);
    NoteCall(ReportFullRejections(path_, shared_.options, shared_.session, &shared_.tally));
  }

  void NoteCall(const absl::Status& status) {
    if (status.ok() || call_failed_) return;
    call_failed_ = true;
    call_status_ = status;
  }

  void Summarize(const CompanyFactsCount& count) {
    const Language language = shared_.options.output.Lang();
    const auto counted = [language](uint64_t number, std::string_view noun) {
      return CountedIn(language, static_cast<int64_t>(number), noun, "건");
    };
    std::string line = fmt::format("{}: {} ({}, CIK {}): ", path_, issuer_.entity_name,
                                   organization_id_, issuer_.cik) +
                       fmt::format(fmt::runtime(In(language, "{}, {} of its concepts, {}",
                                                   "사실 {}, 대상 개념 {}건, 합성 수치 {}")),
                                   counted(count.facts, "fact"), Grouped(count.wanted),
                                   counted(figures_->composed(), "composed figure"));
    if (const uint64_t outside = figures_->outside(); outside > 0) {
      line += fmt::format(
          fmt::runtime(In(language,
                          outside == 1 ? "; {} filed when its concept had no meaning here"
                                       : "; {} filed when their concept had no meaning here",
                          "; 제출 당시 해당 개념의 의미가 없던 {}건")),
          Grouped(outside));
    }
    if (const uint64_t incomplete = figures_->incomplete(); incomplete > 0) {
      line += fmt::format(fmt::runtime(In(language,
                                          incomplete == 1 ? "; {} lacks a part in its filing"
                                                          : "; {} lack a part in their filing",
                                          "; 제출 서류에 구성 항목이 없는 합성 수치 {}")),
                          counted(incomplete, "composed figure"));
    }
    shared_.session.out << line << "\n";
  }

  const Shared& shared_;
  const std::string& path_;
  Issuer issuer_;
  std::string organization_id_;
  std::vector<TimelineEntry> entries_;
  std::unique_ptr<FiledFigures> figures_;
  bool call_failed_ = false;
  absl::Status call_status_;
};

}  // namespace

absl::StatusOr<CompanyFactsTally> ImportCompanyFacts(const Client& client,
                                                     const std::vector<std::string>& paths,
                                                     const ConceptTimeline& timeline,
                                                     const ImportOptions& options,
                                                     Session& session) {
  Patience patience(session);
  ASSIGN_OR_RETURN(const auto organizations,
                   patience.Call([&] { return OrganizationsByCik(client); }));
  CompanyFactsTally tally;
  DisclosureBatches batches =
      MakeDisclosureBatches(client, options, patience, "fact", tally.figures);
  const Shared shared = {options, session, timeline, organizations, batches, tally.figures};
  for (const std::string& path : paths) {
    FileImport file(shared, path);
    const absl::Status status = file.Run();
    const absl::Status reported = ReportRejections(path, options, session, &tally.figures);
    tally.figures.stopped = file.call_failed() ? status : reported;
    if (!tally.figures.stopped.ok()) return tally;
    if (status.ok()) continue;
    ++tally.failed_files;
    // Where the file could not be opened, or is none of its kind, the error names it.
    const bool names_file = GetErrorDetail(status).metadata.contains("path");
    const std::string text = RejectionText(path, MakeRejection(0, status, ""));
    session.err << (names_file ? text.substr(path.size() + 2) : text);
  }
  return tally;
}

}  // namespace outlay::cli
