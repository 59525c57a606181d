// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;

namespace taktwerk {

/// How tables look here: rows that are chosen as a whole, one at a time, each a line, without a grid; Tab
/// leaves them. `name` is for those who hear it.
void setTableLook(QTableView& table, const QString& name);

}  // namespace taktwerk
