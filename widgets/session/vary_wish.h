// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

namespace taktwerk {

class Session;

/// What the page Sweep is asked for by other views: a parameter that shall be varied.
struct VaryWish {
  QString name;              ///< "arch.rows", "network.batch", "mapping.tile_k"
  QVariantList values = {};  ///< whole numbers that are legal; empty: not known

  /// What `Session::reveal` takes, and back; without a name when it is something else.
  [[nodiscard]] QVariant packed() const;
  [[nodiscard]] static VaryWish from(const QVariant& what);
};

/// Goes to the page Sweep with a wish.
void revealWish(Session& session, const VaryWish& wish);

}  // namespace taktwerk
