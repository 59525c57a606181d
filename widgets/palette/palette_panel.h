// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/diagram/tools/placeable.h"
#include "widgets/theme/tree_rows.h"

class QLineEdit;
class QTreeWidget;

namespace taktwerk {

class Theme;
struct Document;

/// Everything that can be put on the canvas, by kind, searchable: drag an entry there, or press Enter on it
/// and click where it shall stand.
class PalettePanel : public QWidget {
  Q_OBJECT
 public:
  explicit PalettePanel(const Theme& theme, QWidget* parent = nullptr);
  void setDocument(const std::shared_ptr<const Document>& document);
  /// Templates offered besides those of the document.
  void setLibrary(std::shared_ptr<const TemplateLibrary> library);
  [[nodiscard]] QTreeWidget* tree() const { return tree_; }

 Q_SIGNALS:
  /// To be added without a mouse to say where.
  void addRequested(const taktwerk::Placeable& what);
  void placeRequested(const taktwerk::Placeable& what);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] std::optional<Placeable> placeableOf(const QTreeWidgetItem* item) const;
  void rebuild();
  [[nodiscard]] TreeRow groupRow(bool library, BlockKind kind) const;
  void refresh(const Document* document);

  const Theme& theme_;
  std::shared_ptr<const TemplateLibrary> library_;
  std::shared_ptr<const Document> document_;
  std::vector<Placeable> all_;
  std::vector<Placeable> shown_;
  QLineEdit* filter_;
  QTreeWidget* tree_;
};

}  // namespace taktwerk
