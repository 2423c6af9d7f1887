#include "gateway/cli/render/report_document.h"

#include <utility>

#include "fmt/format.h"
#include "gateway/cli/render/report_rows.h"
#include "gateway/cli/render/report_sources.h"
#include "gateway/cli/render/report_title.h"
#include "gateway/cli/render/report_totals.h"

namespace outlay::cli {
namespace {

ItemList MissingItems(const gateway::v1::Report& report, Language language) {
  ItemList list = {{}, true};
  for (const gateway::v1::MissingPart& part : report.missing()) {
    list.items.push_back(
        {"PARTIAL",
         fmt::format(fmt::runtime(In(language, "{2} are missing, for {0} gave none ({1})",
                                     "{0}에서 받지 못해 빠진 내용({1}): {2}")),
                     part.service(), part.reason(), part.what()),
         {part.message()}});
  }
  return list;
}

std::string StampText(const journal::v1::Stamp& stamp, Language language) {
  // 0: the report does not depend on it.
  std::string sequences;
  if (stamp.ingest_sequence() > 0) sequences += fmt::format("ingest {}, ", stamp.ingest_sequence());
  if (stamp.fx_sequence() > 0) sequences += fmt::format("fx {}, ", stamp.fx_sequence());
  return fmt::format(fmt::runtime(In(language, "Reflects {}rules {}.", "반영 시점: {}규칙 {}.")),
                     sequences, stamp.rules_version());
}

void AddSection(std::string_view title, ItemList list, Document* document) {
  if (list.items.empty()) return;
  document->emplace_back(Heading{std::string(title)});
  document->emplace_back(std::move(list));
}

void AddList(ItemList list, Document* document) {
  if (!list.items.empty()) document->emplace_back(std::move(list));
}

// The codes alone, on one line.
void AddCodes(const ItemList& warnings, Document* document) {
  ItemList codes = {{{"", "", {}}}, false};
  for (const Item& warning : warnings.items) {
    std::string& text = codes.items[0].text;
    text += (text.empty() ? "" : ", ") + warning.lead;
  }
  if (!warnings.items.empty()) document->emplace_back(std::move(codes));
}

void AddFoundations(const gateway::v1::Report& report, Language language, Document* document) {
  AddSection(In(language, "Warnings", "유의 사항"), WarningItems(report, language), document);
  AddSection(In(language, "Rates", "환율"), RateItems(report, language), document);
  AddSection(In(language, "Sources", "출처"), SourceItems(report, language), document);
  AddSection(In(language, "Claims of these sources: kept, never added",
                "출처가 밝힌 합계·파생 수치: 보관하되 더하지 않음"),
             ClaimItems(report, language), document);
  document->emplace_back(Paragraph{StampText(report.stamp(), language)});
}

}  // namespace

Document ReportDocument(const gateway::v1::GetReportRequest& request,
                        const gateway::v1::Report& report, Language language, ReportDetail detail) {
  Document document;
  AddList(MissingItems(report, language), &document);
  document.emplace_back(Heading{ReportTitle(report.query())});
  document.emplace_back(Paragraph{ReportSubtitle(request, report.query(), language)});
  if (detail != ReportDetail::kTotals) document.emplace_back(ReportTable(report, language));
  AddList(TotalItems(report, language), &document);
  if (detail == ReportDetail::kFull) {
    AddFoundations(report, language, &document);
  } else if (detail == ReportDetail::kFigures) {
    AddCodes(WarningItems(report, language), &document);
  } else {
    AddList(RateItems(report, language), &document);
  }
  return document;
}

}  // namespace outlay::cli
