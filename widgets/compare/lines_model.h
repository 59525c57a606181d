// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/analysis/source_difference.h"

namespace taktwerk {

class Theme;

/// The files that differ, each with a heading and its lines: what was removed begins with −, what was added
/// with +.
class LinesModel : public QAbstractListModel {
  Q_OBJECT
 public:
  explicit LinesModel(const Theme& theme, QObject* parent = nullptr);

  void setSources(const std::vector<SourceDifference>& sources);
  /// Lines that were removed or added, in all files.
  [[nodiscard]] std::size_t changed() const { return changed_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  enum class Kind { Heading, Same, Removed, Added, Note };
  struct Row {
    Kind kind = Kind::Note;
    QString text;
  };

  const Theme& theme_;
  std::vector<Row> rows_;
  std::size_t changed_ = 0;
};

}  // namespace taktwerk
