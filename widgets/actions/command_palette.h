// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace taktwerk {

class CommandTable;

/// Something the palette finds: a command, or a place in the window or in what is open.
struct PaletteEntry {
  QString path;         ///< "View › Fit to window", "Block › alu"
  QString help = {};    ///< found by it, too
  QString keys = {};    ///< or what else stands at the right
  QString whyNot = {};  ///< why it cannot be used now; empty: it can
  std::function<void()> run = {};
};

/// Finds commands and places by parts of their names, shows their keys, runs one with Enter. What cannot be
/// used now is found as well and says why.
class CommandPalette : public QDialog {
  Q_OBJECT
 public:
  /// `panels` stand in front of the commands, `places` behind them; both are asked when it opens.
  using Entries = std::function<std::vector<PaletteEntry>()>;
  explicit CommandPalette(const CommandTable& commands, QWidget* parent = nullptr);
  void setPlaces(Entries panels, Entries places);
  /// Opens under the middle of the top of the parent, with no text.
  void popUp();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void collect();
  void filter(const QString& text);
  void show(const PaletteEntry& entry, std::size_t place);
  void showNote(const QString& text);
  void step(int by);
  void runCurrent();

  const CommandTable& commands_;
  Entries panels_, places_;
  std::vector<PaletteEntry> entries_;  ///< all there are, as long as it is open
  QLineEdit* text_;
  QTreeWidget* list_;
};

}  // namespace taktwerk
