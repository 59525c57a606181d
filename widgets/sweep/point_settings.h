// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/store/stored_table.h"
#include "core/sweep/row_table.h"
#include "widgets/workspace/design_files.h"

namespace taktwerk {

class SweepRun;
struct Document;
struct PointStudy;

/// A design of a sweep, as the window opens it.
struct PointDesign {
  std::int64_t number = 0;
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows": those of the point and of all points
  std::map<std::string, LayerChoice> choices;      ///< by layer: those that all points were estimated with
  bool choicesUnread = false;                      ///< there were some, and a store does not say which
  DesignFiles files;
  QStringList missing;  ///< files of it that are not there any more, as they were named
  DesignTexts texts;
  QString unread;  ///< why the architecture's text is not among them
};

/// The values of a row: "arch.rows" and the like.
[[nodiscard]] std::map<std::string, std::int64_t> valuesOf(const RowTable& table, std::size_t row);
/// The place of a row's study in its sweep.
[[nodiscard]] std::size_t studyPlace(const Sweep& sweep, const RowTable& table, std::size_t row);

/// The design of a row of a run.
[[nodiscard]] PointDesign designOf(const RowTable& table, std::size_t row, const SweepRun& run);

/// A text that went into results, or what is wrong with it.
struct StoredText {
  DesignTexts::Text text;
  QString problem;
};

/// Which files the rows of a store are of.
struct StoredOrigins {
  std::string path;        ///< of the store
  std::int64_t store = 0;  ///< `StoredTable::Place::store`
  std::vector<StoredStudyFiles> studies;
  std::vector<std::uint32_t> study;          ///< by row
  std::vector<std::int64_t> ids;             ///< in the store, by row
  std::map<std::int64_t, StoredText> texts;  ///< by `StoredFile::id`
};

/// Where the rows of results are from, without the rows.
[[nodiscard]] StoredOrigins originsOf(StoredResults&& results);

/// The design of a row that was read from a store. Paths that are not absolute are looked for beside the
/// store. Where the open architecture has the very text, it is the one; what is not there any more is then
/// looked for where it was as seen from the architecture: a folder that was moved keeps what it holds
/// together.
[[nodiscard]] PointDesign storedDesignOf(const RowTable& table, std::size_t row, const StoredOrigins& origins,
                                         const Document* open);

/// What a row of a run is estimated with once more: the very files that were read for it.
[[nodiscard]] PointStudy studyOf(const RowTable& table, std::size_t row, const SweepRun& run);
/// The same of a row that was read from a store: the texts that are in it, wherever the files are by now, and
/// the way of timing.
[[nodiscard]] PointStudy storedStudyOf(const RowTable& table, std::size_t row, const StoredOrigins& origins);

/// The text of an architecture's file with the design's parameters as the defaults, every other byte as it
/// was. Errors: those of edits.
[[nodiscard]] Result<std::string> textOfDesign(const std::string& text, const PointDesign& design);

}  // namespace taktwerk
