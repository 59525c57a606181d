// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>
#include <optional>
#include <string>

namespace taktwerk {

class ResultPanel;
struct Models;
struct SavedView;

/// The views of the workspace, under their names: what is looked at is kept as one, and one is looked at
/// again, renamed or deleted. Each is a step of the history.
class ViewMenu : public QToolButton {
  Q_OBJECT
 public:
  ViewMenu(Models& models, ResultPanel& panel, QWidget* parent = nullptr);

  /// Keeps what is looked at under this name, in place of a view that has it.
  void save(const QString& name);
  void apply(const QString& name);
  /// Empty, or why not.
  QString rename(const QString& from, const QString& to);
  void remove(const QString& name);
  [[nodiscard]] QStringList names() const;

 private:
  void fill();
  [[nodiscard]] std::optional<SavedView> find(const QString& name) const;
  void askForName();

  Models& models_;
  ResultPanel& panel_;
};

}  // namespace taktwerk
