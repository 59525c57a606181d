// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMenu;

namespace taktwerk {

class Session;

/// What can be done with a layer wherever one is listed: looked at on the pages that show one, and its name
/// copied. `here`: the page it is listed on, which is left out.
void fillLayerMenu(QMenu& menu, Session& session, const QString& layer, const QString& here = {});

}  // namespace taktwerk
