// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_card.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

#include "core/analysis/bottleneck.h"
#include "core/report/bottleneck_sentence.h"
#include "core/store/store_inputs.h"
#include "core/study/study_estimate.h"
#include "widgets/document/document.h"
#include "widgets/document/first_error.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

void overlay(StudySettings& settings, const std::map<std::string, std::int64_t>& parameters) {
  const StudySettings own = sortParameters(parameters);
  for (const auto& [name, value] : own.architecture) settings.architecture[name] = value;
  for (const auto& [name, value] : own.network) settings.network[name] = value;
  for (const auto& [name, value] : own.tunables) settings.tunables[name] = value;
}

Result<Study> studyOf(const CardSource& source) {
  if (source.study) return Study(*source.study);
  Result<Study> study = readStudy(source.files, *source.memory);
  study->settings = sortParameters(source.design.parameters);
  study->choices = source.design.choices;
  return study;
}

/// As the point has it; what no text is known of, with the defaults of its file.
Document documentOf(const CardSource& source, const Study* study) {
  const QString& path = source.design.files.architecture;
  if (source.design.texts.architecture) {
    Result<std::string> text = textOfDesign(*source.design.texts.architecture, source.design);
    return makeDocument(path, text ? *text : *source.design.texts.architecture);
  }
  Document document;
  if (study == nullptr || !study->architecture) return document;
  document.path = path;
  document.architecture = study->architecture;
  return viewedDocument(document, {});
}

void findBottleneck(PointCard& card, const CardSource& source, const Study& study, const Document& document,
                    Progress& progress) {
  StudyOptions options;
  options.how = source.how;
  options.how.jobs = 1;  // a run may be under way
  options.keep = false;
  const auto result = estimate(study, options, *source.memory, progress);
  card.cancelled = result->cancelled;
  const Diagnostic* error = firstError(result->diagnostics);
  if (!result->estimate || error != nullptr) {
    if (error != nullptr) card.problem = shortened(error->message);
    return;
  }
  const auto decider = deciderOf(*result->estimate);
  if (!decider) return;
  card.bottleneck =
      QString::fromStdString(plainText(bottleneckSentence(*decider, result->estimate->network)));
  card.limitingShare = decider->share;
  if (!document.architecture || !result->machine) return;
  const ObjectTable objects(*result->machine, *document.architecture);
  const ShownId block = shownObject(decider->objectId, objects, document);
  if (block.valid()) card.limiting = static_cast<std::uint32_t>(block.index());
}

}  // namespace

CardSource cardSourceOf(const RowTable& table, std::size_t row, const SweepRun& run) {
  const Sweep& sweep = *run.request().sweep;
  CardSource source;
  source.design = designOf(table, row, run);
  source.study = sweep.studies[std::min(studyPlace(sweep, table, row), sweep.studies.size() - 1)];
  overlay(source.study->settings, valuesOf(table, row));
  source.memory = run.request().memory;
  source.timed = table.state(row) == PointState::Done;
  return source;
}

CardSource storedCardSourceOf(const RowTable& table, std::size_t row, const StoredOrigins& origins,
                              const Document* open, std::shared_ptr<StudyMemory> memory) {
  CardSource source;
  source.design = storedDesignOf(table, row, origins, open);
  source.memory = std::move(memory);
  for (const StoredFile& file : origins.studies[origins.study[row]].files) {
    const auto text = origins.texts.find(file.id);
    const DesignTexts::Text known = text == origins.texts.end() ? nullptr : text->second.text;
    if (known) source.files.texts[file.path] = known;
    if (file.kind == "architecture") source.files.architecture = file.path;
    if (file.kind == "network") source.files.network = file.path;
    if (file.kind == "mapping") source.files.mappings.push_back(file.path);
  }
  // Which choices of mappings its layers had is not known: another estimate would decide something else.
  const auto how = optionsOfStudy(origins.studies[origins.study[row]].how);
  if (how) source.how = *how;
  source.timed = table.state(row) == PointState::Done && !source.design.choicesUnread && how;
  return source;
}

PointCard pointCardOf(const CardSource& source, Progress& progress) {
  PointCard card;
  // Reading is what can fail; the texts of the architecture alone are enough for a drawing.
  const Result<Study> study = studyOf(source);
  const Document document = documentOf(source, study ? &*study : nullptr);
  card.diagram = document.diagram;
  if (!card.diagram) card.problem = tr("What its architecture held is not known, so it cannot be drawn.");
  card.cancelled = progress.cancelled();
  if (!source.timed || card.cancelled) return card;
  if (!study || hasErrors(study.diagnostics)) {
    const Diagnostic* error = firstError(study.diagnostics);
    card.problem = tr("What limits it cannot be said: %1")
                       .arg(error != nullptr ? shortened(error->message) : tr("its files are not known"));
    return card;
  }
  findBottleneck(card, source, *study, document, progress);
  return card;
}

}  // namespace taktwerk
