// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/vary_wish.h"

#include "widgets/session/session.h"

namespace taktwerk {

namespace {
const QString nameKey = QStringLiteral("vary"), valuesKey = QStringLiteral("values");
}

QVariant VaryWish::packed() const {
  return QVariantMap{{nameKey, name}, {valuesKey, values}};
}

VaryWish VaryWish::from(const QVariant& what) {
  const QVariantMap map = what.toMap();
  return {map.value(nameKey).toString(), map.value(valuesKey).toList()};
}

void revealWish(Session& session, const VaryWish& wish) {
  session.jump([&] { session.reveal(QStringLiteral("sweep"), wish.packed()); });
}

}  // namespace taktwerk
