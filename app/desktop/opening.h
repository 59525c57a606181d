// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

#include "app/desktop/settings.h"
#include "core/base/diagnostic.h"

class QWidget;

namespace taktwerk {

class Banner;
struct DesignToOpen;
struct Models;

/// Opens what the user chooses, drops or opened before, after asking about unsaved work, and says what could
/// not be opened.
class Opening : public QObject {
  Q_OBJECT
 public:
  /// `mayLeave` asks about unsaved work: of the architecture, or of everything.
  Opening(Models& models, Banner& banner, Settings& settings, std::function<bool(bool everything)> mayLeave,
          QWidget& window, QObject* parent = nullptr);

  void files(const QStringList& given);
  /// An architecture that came with the program, as a copy that is not saved yet, or a workspace.
  void example(const QString& path);
  void design(const DesignToOpen& wanted);

 private:
  void browse();
  void browseForNetwork();
  void bindCommands();
  void takeDocument();
  void chooseNetwork();
  void fillRecent();
  void remember(const QString& path);
  void showFailure(const QString& path, const Diagnostics& diagnostics);
  void forgetFailure();

  Models& models_;
  Banner& banner_;
  Settings& settings_;
  std::function<bool(bool)> mayLeave_;
  QWidget& window_;
};

}  // namespace taktwerk
