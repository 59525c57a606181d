// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

class QLabel;
class QTreeWidget;

namespace taktwerk {

class SelectionModel;
class Theme;
struct Document;
struct InspectorContent;

/// Everything about what is selected: one object, one connection, or the architecture when nothing is.
class Inspector : public QWidget {
  Q_OBJECT
 public:
  Inspector(const Theme& theme, SelectionModel& selection, QWidget* parent = nullptr);
  void setDocument(std::shared_ptr<const Document> document);

 private:
  void refresh();
  void present(const InspectorContent& content);
  void describeCurrent();

  const Theme& theme_;
  SelectionModel& selection_;
  std::shared_ptr<const Document> document_;
  QLabel* title_;
  QLabel* subtitle_;
  QLabel* about_;
  QTreeWidget* rows_;
  QLabel* detail_;
};

}  // namespace taktwerk
