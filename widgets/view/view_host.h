// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "widgets/actions/command.h"
#include "widgets/view/view_spec.h"

class QMainWindow;
class QStackedWidget;
class QTabWidget;

namespace taktwerk {

class Docks;
struct Models;

/// The commands `view.ID` of pages, or of panels.
[[nodiscard]] std::vector<CommandSpec> viewCommands(const std::vector<ViewSpec>& specs, bool panels);

/// Makes the views of a window from their specs and shows them: pages as tabs, panels as docks, the start
/// page while nothing is open. One page is in front; docks follow it. Everything about a view that a window
/// needs is made here, so that a view is one line of the registry.
class ViewHost : public QObject {
  Q_OBJECT
 public:
  ViewHost(QMainWindow& window, Models& models, std::vector<ViewSpec> specs);
  /// Views go before the models they look at.
  ~ViewHost() override;

  /// Start page and tabs, for the middle of the window.
  [[nodiscard]] QWidget* centre() const;
  [[nodiscard]] Docks& docks() { return *docks_; }
  [[nodiscard]] View* find(const QString& id) const;
  /// The page in front.
  [[nodiscard]] View& front() const;
  [[nodiscard]] const QString& frontId() const;
  [[nodiscard]] const std::vector<ViewSpec>& specs() const { return specs_; }
  /// Brings a page to the front or a panel into sight; the keyboard stays where it is, if that is still
  /// there.
  void bring(const QString& id);
  /// The same, with the keyboard.
  void show(const QString& id);
  /// Shows the start page, or the pages.
  void setOpen(bool open);
  /// Whether a view has not come to rest.
  [[nodiscard]] bool isWaiting() const;

 Q_SIGNALS:
  /// Another page is in front.
  void frontChanged();

 private:
  struct Made {
    std::unique_ptr<View> view;
    QWidget* frame = nullptr;
  };
  void make(const ViewSpec& spec);
  void bind(const ViewSpec& spec);
  void reveal(const QString& id, const QVariant& what);
  void follow();
  void giveRoom();
  [[nodiscard]] std::size_t frontIndex() const;

  Models& models_;
  std::vector<ViewSpec> specs_;
  std::vector<Made> made_;  ///< of each spec
  std::unique_ptr<Docks> docks_;
  QStackedWidget* centre_;
  QTabWidget* tabs_;
};

}  // namespace taktwerk
