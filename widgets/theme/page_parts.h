// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemModel;
class QLabel;
class QPushButton;
class QTableView;
class QWidget;

namespace taktwerk {

class Theme;

/// A table of rows that are selected as a whole, one at a time, with the name that those hear who cannot see
/// it.
[[nodiscard]] QTableView* makeTable(QAbstractItemModel& model, const QString& name);
/// Columns as wide as what is in them, within bounds; `stretched` takes what is left.
void fitColumns(QTableView& table, int stretched, int least = 60, int most = 240);
/// A button whose click leaves the keyboard where it is.
[[nodiscard]] QPushButton* makeButton(const QString& text, const QString& tip);
/// A heading over a part of the page.
[[nodiscard]] QLabel* makeHeading(const Theme& theme, const QString& text);
/// A part of the page: its heading over what it holds.
[[nodiscard]] QWidget* under(QWidget* heading, QWidget* content);

}  // namespace taktwerk
