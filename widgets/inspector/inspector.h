// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "core/editing/edit.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/session/shown_selection.h"

class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace taktwerk {

class Theme;
struct AttributeSpecification;
struct Document;

/// Everything about what is selected: objects, one connection, or the architecture when nothing is. Values
/// are edited in place; while typing, what is wrong with them or what they evaluate to stands below. An empty
/// value takes the attribute away. The numbers of parameters can be slid, and set for the estimate alone:
/// that is a choice of the workspace and leaves the file as it is. However the document changes, rows that
/// stay are the same items, and nothing that has the mouse or the focus is hidden.
class Inspector : public QWidget {
  Q_OBJECT
 public:
  /// Makes an edit: a step's name, the edits, a key to merge by. Returns why it cannot be done, or nothing.
  using Editor = std::function<QString(const QString&, const std::vector<ArchitectureEdit>&, const QString&)>;

  /// Sets a parameter for the estimate alone, or leaves it to its default again.
  using OverrideEditor = std::function<void(const std::string&, std::optional<std::int64_t>)>;

  Inspector(const Theme& theme, SelectionModel& selection, QWidget* parent = nullptr);
  void setDocument(std::shared_ptr<const Document> document);
  /// What an estimate takes parameters to be instead of their defaults.
  void setOverrides(ParameterOverrides overrides);
  /// Without one nothing can be changed.
  void setEditor(Editor editor) { editor_ = std::move(editor); }

  /// Asks for a parameter to be varied in the design space: "arch.rows".
  using VaryRequest = std::function<void(const QString& parameter)>;
  void setVaryRequest(VaryRequest request) { varyRequest_ = std::move(request); }
  void setOverrideEditor(OverrideEditor editor) { overrideEditor_ = std::move(editor); }

  /// What is wrong with a text as the value of a row, or nothing; `value` gets what it evaluates to.
  [[nodiscard]] QString check(const QTreeWidgetItem& item, const QString& text,
                              QString* value = nullptr) const;
  /// Takes a typed text over as the row's value.
  void commit(const QTreeWidgetItem& item, const QString& text, const QString& mergeKey = {});
  /// What stands below the rows, for tests.
  [[nodiscard]] QString detailText() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  class ValueDelegate;

  /// A step of the history from a typed value; without edits when it says what is there already.
  struct Change {
    QString name;
    std::vector<ArchitectureEdit> edits;
  };

  void refresh();
  [[nodiscard]] QString path() const;  ///< of the file that is shown
  [[nodiscard]] InspectorContent content() const;
  void present(const InspectorContent& content);
  void presentHead(const InspectorContent& content);
  void fillItem(QTreeWidgetItem& item, const InspectorRow& row) const;
  void layOut();
  void describeCurrent();
  void describeSlider();
  [[nodiscard]] bool isEditing() const;
  /// Says something below the rows.
  void tell(const QString& text, bool wrong);
  void showCheck(const QTreeWidgetItem& item, const QString& text);
  void varyCurrent();
  void showMenu(const QPoint& at);
  void addParameter();
  void showOverride(const QTreeWidgetItem* item);
  void commitOverride();
  void removeCurrent();
  [[nodiscard]] Change changeOf(const QTreeWidgetItem& item, const QString& text) const;
  void make(const Change& change, const QString& mergeKey);
  /// The first of the objects that the rows are about, or null.
  [[nodiscard]] const ObjectDeclaration* subject() const;
  [[nodiscard]] const AttributeSpecification* specificationOfRow(const QTreeWidgetItem& item) const;

  const Theme& theme_;
  ShownSelection selection_;
  std::shared_ptr<const Document> document_;
  ParameterOverrides overrides_;
  Editor editor_;
  OverrideEditor overrideEditor_;
  VaryRequest varyRequest_;
  QLabel* title_;
  QLabel* subtitle_;
  QLabel* about_;
  QTreeWidget* rows_;
  QLabel* detail_;
  QSlider* slider_;
  QToolButton* vary_;    ///< lets the current parameter be varied
  QLineEdit* override_;  ///< value of the current parameter for the estimate alone
  QLineEdit* newParameter_;
  std::vector<std::string> subjects_;  ///< objects that the rows are about, by name
  QString gesture_;                    ///< of the slider while it is held
  bool sliding_ = false;               ///< the slider is being set, not moved
};

}  // namespace taktwerk
