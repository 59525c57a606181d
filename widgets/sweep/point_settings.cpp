// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_settings.h"

#include <QDir>
#include <QFileInfo>

#include "core/editing/edit.h"
#include "core/store/store_inputs.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/sweep/sweep_run.h"

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

/// The number of a row, and its values over those that all have in common.
PointDesign valuesOf(const RowTable& table, std::size_t row,
                     const std::map<std::string, std::int64_t>& base) {
  PointDesign design;
  design.number = table.whole(0, row);
  design.parameters = base;
  for (std::size_t c = 1; c < table.stateColumn(); ++c) {
    const RowColumn& column = table.columns()[c];
    const std::int64_t value = table.whole(c, row);
    if (column.of == RowColumn::Of::Parameter && value != RowTable::none)
      design.parameters[column.name] = value;
  }
  return design;
}

}  // namespace

PointDesign designOf(const RowTable& table, std::size_t row, const SweepRequest& request) {
  PointDesign design = valuesOf(table, row, request.base);
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
  const auto edited = request.texts.find(toPath(design.files.architecture).string());
  if (edited != request.texts.end()) design.text = edited->second;
  return design;
}

PointDesign storedDesignOf(const RowTable& table, std::size_t row, const StoredOrigins& origins) {
  PointDesign design = valuesOf(table, row, {});
  const QDir folder = QFileInfo(fromPath(origins.path)).absoluteDir();
  const StoredStudyFiles& study = origins.studies[origins.study[row]];
  auto choices = choicesOfStudy(study.how);
  design.choicesUnread = !choices;
  if (choices) design.choices = std::move(*choices);
  for (const StoredFile& file : study.files) {
    const QString path = folder.absoluteFilePath(fromPath(file.path));
    if (!QFileInfo(path).isFile()) design.missing << fromPath(file.path);
    if (file.kind == "architecture") {
      design.files.architecture = path;
      auto text = readStoredText(origins.path, file.id);
      if (text) design.text = std::make_shared<const std::string>(std::move(*text));
    }
    if (file.kind == "network") design.files.network = path;
    if (file.kind == "mapping" && !design.files.mappings.contains(path)) design.files.mappings << path;
  }
  // Those that are found by themselves need no choice.
  QStringList found = mappingsBeside(design.files.architecture), used = design.files.mappings;
  found.sort();
  used.sort();
  if (found == used) design.files.mappings.clear();
  return design;
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
