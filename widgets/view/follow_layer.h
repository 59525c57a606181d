// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/session/session.h"
#include "widgets/view/view.h"

namespace taktwerk {

/// Lets the layer of the session and the one that a widget shows follow each other. The widget has a signal
/// `layerSelected(name)` for what the user selects and a slot `setCurrentLayer(name)` that is silent.
template <class Widget>
void followLayer(View& view, Widget& widget, Session& session) {
  QObject::connect(&widget, &Widget::layerSelected, &view,
                   [&widget, &session](const QString& layer) { session.setLayer(layer, &widget); });
  QObject::connect(&session, &Session::layerChanged, &view, [&widget, &session](const QObject* origin) {
    if (origin != &widget) widget.setCurrentLayer(session.layer());
  });
}

}  // namespace taktwerk
