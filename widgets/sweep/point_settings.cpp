// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/editing/edit.h"
#include "core/store/store_inputs.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/first_error.h"
#include "widgets/document/mapping_files.h"
#include "widgets/sweep/plots/point_profiles.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

/// The files that a word of a column stands for.
const Alternative* alternativeOf(const Sweep& sweep, const RowColumn& column, std::size_t place) {
  if (!sweep.judge) return nullptr;
  for (const Dimension& dimension : sweep.judge->space().dimensions) {
    if (dimension.name == column.name && place < dimension.alternatives.size())
      return &dimension.alternatives[place];
  }
  return nullptr;
}

void putFiles(DesignFiles& design, const std::string& column, const Alternative& alternative) {
  QStringList files;
  for (const std::string& file : alternative.files) files << fromPath(std::filesystem::absolute(file));
  if (column == "architecture") design.architecture = files.front();
  if (column == "network") design.network = files.front();
  if (column == "mappings") design.mappings = files;
}

StoredText textOf(const StoredOrigins& origins, const StoredFile& file) {
  const auto known = origins.texts.find(file.id);
  if (known != origins.texts.end()) return known->second;
  return {nullptr, QCoreApplication::translate("Sweep", "it is missing there")};
}

/// Where the files of a study are now.
class PlacesOfStore {
 public:
  PlacesOfStore(const StoredOrigins& origins, const StoredStudyFiles& study, const Document* open)
      : folder_(QFileInfo(fromPath(origins.path)).absoluteDir()) {
    if (open == nullptr) return;
    for (const StoredFile& file : study.files) {
      const DesignTexts::Text text = textOf(origins, file).text;
      if (file.kind != "architecture" || !text || *text != open->bytes || open->place().isEmpty()) continue;
      open_ = open->place();
      was_ = QFileInfo(folder_.absoluteFilePath(fromPath(file.path))).absoluteDir();
    }
  }
  [[nodiscard]] QString of(const StoredFile& file) const {
    if (file.kind == "architecture" && !open_.isEmpty()) return open_;
    QString then = folder_.absoluteFilePath(fromPath(file.path));
    if (open_.isEmpty() || QFileInfo(then).isFile()) return then;
    QString moved =
        QDir::cleanPath(QFileInfo(open_).absoluteDir().absoluteFilePath(was_.relativeFilePath(then)));
    return QFileInfo(moved).isFile() ? moved : then;
  }

 private:
  QDir folder_;   ///< of the store
  QDir was_;      ///< where the architecture was
  QString open_;  ///< the open architecture, if it is the one
};

/// The number of a row, and its values over those that all have in common.
PointDesign designWith(const RowTable& table, std::size_t row,
                       const std::map<std::string, std::int64_t>& base) {
  PointDesign design;
  design.number = table.whole(0, row);
  design.parameters = base;
  for (const auto& [name, value] : valuesOf(table, row)) design.parameters[name] = value;
  return design;
}

}  // namespace

std::map<std::string, std::int64_t> valuesOf(const RowTable& table, std::size_t row) {
  std::map<std::string, std::int64_t> values;
  for (std::size_t c = 1; c < table.stateColumn(); ++c) {
    const RowColumn& column = table.columns()[c];
    const std::int64_t value = table.whole(c, row);
    if (column.of == RowColumn::Of::Parameter && value != RowTable::none) values[column.name] = value;
  }
  return values;
}

std::size_t studyPlace(const Sweep& sweep, const RowTable& table, std::size_t row) {
  // The places of its alternatives count up like digits, the last one first.
  std::size_t study = 0;
  if (!sweep.judge) return study;
  for (const Dimension& dimension : sweep.judge->space().dimensions) {
    if (dimension.of == Dimension::Of::Parameter) continue;
    const auto column = table.find(dimension.name);
    const std::int64_t place = column ? table.whole(*column, row) : 0;
    study =
        study * dimension.alternatives.size() + static_cast<std::size_t>(std::max<std::int64_t>(place, 0));
  }
  return study;
}

PointDesign designOf(const RowTable& table, std::size_t row, const SweepRun& run) {
  const SweepRequest& request = run.request();
  PointDesign design = designWith(table, row, request.base);
  design.files = request.files;
  // Those of the window, which every study of the sweep was given.
  if (!request.sweep->studies.empty()) design.choices = request.sweep->studies.front().choices;
  for (std::size_t c = 1; c < table.stateColumn(); ++c) {
    const RowColumn& column = table.columns()[c];
    const std::int64_t value = table.whole(c, row);
    if (column.of != RowColumn::Of::Choice || value == RowTable::none) continue;
    const Alternative* files = alternativeOf(*request.sweep, column, static_cast<std::size_t>(value));
    if (files != nullptr) putFiles(design.files, column.name, *files);
  }
  const std::size_t study = studyPlace(*request.sweep, table, row);
  if (run.texts() && study < run.texts()->size()) design.texts = (*run.texts())[study];
  return design;
}

StoredOrigins originsOf(StoredResults&& results) {
  StoredOrigins origins;
  origins.path = results.table.path;
  origins.store = results.table.place.store;
  origins.studies = std::move(results.table.studies);
  origins.study = std::move(results.table.study);
  origins.ids = std::move(results.table.ids);
  for (auto& [id, read] : results.texts) {
    StoredText& text = origins.texts[id];
    const Diagnostic* error = firstError(read.diagnostics);
    if (error != nullptr) text.problem = shortened(error->message);
    if (read) text.text = std::make_shared<const std::string>(std::move(*read));
  }
  return origins;
}

PointDesign storedDesignOf(const RowTable& table, std::size_t row, const StoredOrigins& origins,
                           const Document* open) {
  PointDesign design = designWith(table, row, {});
  const StoredStudyFiles& study = origins.studies[origins.study[row]];
  auto choices = choicesOfStudy(study.how);
  design.choicesUnread = !choices;
  if (choices) design.choices = std::move(*choices);
  const PlacesOfStore places(origins, study, open);
  for (const StoredFile& file : study.files) {
    const QString path = places.of(file);
    if (!QFileInfo(path).isFile()) design.missing << fromPath(file.path);
    const DesignTexts::Text text = textOf(origins, file).text;
    if (file.kind == "architecture") {
      design.files.architecture = path;
      design.texts.architecture = text;
      design.unread = textOf(origins, file).problem;
    }
    if (file.kind == "network") {
      design.files.network = path;
      design.texts.network = text;
    }
    if (file.kind == "mapping") {
      if (!design.files.mappings.contains(path)) design.files.mappings << path;
      design.texts.mappings.push_back(text);
    }
  }
  // Those that are found by themselves need no choice.
  QStringList found = mappingsBeside(design.files.architecture), used = design.files.mappings;
  found.sort();
  used.sort();
  if (found == used) design.files.mappings.clear();
  return design;
}

namespace {

/// What the row says of its cycles.
std::optional<Cycles> cyclesOf(const RowTable& table, std::size_t row) {
  const auto column = table.find("cycles");
  const double cycles = column ? table.number(*column, row) : std::nan("");
  return std::isnan(cycles) ? std::nullopt : std::optional(static_cast<Cycles>(cycles));
}

}  // namespace

PointStudy studyOf(const RowTable& table, std::size_t row, const SweepRun& run) {
  PointStudy point;
  const SweepRequest& request = run.request();
  const std::size_t study = request.sweep ? studyPlace(*request.sweep, table, row) : 0;
  if (!request.sweep || study >= request.sweep->studies.size()) {
    point.problem = QCoreApplication::translate("Sweep", "what it was estimated with is not known any more");
    return point;
  }
  point.study = request.sweep->studies[study];
  point.settings = sortParameters(designWith(table, row, request.base).parameters);
  point.cycles = cyclesOf(table, row);
  return point;
}

PointStudy storedStudyOf(const RowTable& table, std::size_t row, const StoredOrigins& origins) {
  PointStudy point;
  const StoredStudyFiles& study = origins.studies[origins.study[row]];
  point.settings = sortParameters(designWith(table, row, {}).parameters);
  point.cycles = cyclesOf(table, row);
  const auto how = optionsOfStudy(study.how);
  auto choices = choicesOfStudy(study.how);
  if (!how || !choices) {
    point.problem = QCoreApplication::translate(
        "Sweep", "how it was timed cannot be read from the file of results by this version");
    return point;
  }
  point.how = *how;
  point.choices = std::move(*choices);
  for (const StoredFile& file : study.files) {
    const StoredText stored = textOf(origins, file);
    if (!stored.text) {
      point.problem =
          QCoreApplication::translate("Sweep", "the text of %1 cannot be read from the file of results: %2")
              .arg(fromPath(file.path), stored.problem);
      return point;
    }
    if (file.kind == "architecture") {
      point.files.architecture = file.path;
      point.architectureText = stored.text;
      continue;
    }
    point.files.texts[file.path] = stored.text;
    if (file.kind == "network") point.files.network = file.path;
    if (file.kind == "mapping") point.files.mappings.push_back(file.path);
  }
  return point;
}

Result<std::string> textOfDesign(const std::string& text, const PointDesign& design) {
  std::vector<ArchitectureEdit> edits;
  for (const auto& [name, value] : design.parameters) {
    if (!name.starts_with("arch.")) continue;
    edits.emplace_back(SetParameter{name.substr(5), "default", yamlScalar(std::to_string(value))});
  }
  if (edits.empty()) return std::string(text);
  return applyEdits(text, edits);
}

}  // namespace taktwerk
