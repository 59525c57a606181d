// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <map>
#include <memory>
#include <string>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// `mappings/*.mapping.yaml` beside an architecture, by name; none beside an empty path.
[[nodiscard]] QStringList mappingsBeside(const QString& architecture);
/// Where mappings beside an architecture are; empty for an empty path.
[[nodiscard]] QString mappingFolder(const QString& architecture);

/// What mappings become that move with their architecture: where from and to.
struct MappingCopies {
  QMap<QString, QString> places;
  Diagnostics diagnostics;  ///< with errors nothing else is to be relied on; files written so far are left
};

/// Copies mappings into the folder beside `architecture`, each as in `texts` or else as its file. A file that
/// is there already and holds something else is an error, and then none is written.
[[nodiscard]] MappingCopies copyMappings(const QStringList& mappings,
                                         const std::map<QString, std::shared_ptr<const std::string>>& texts,
                                         const QString& architecture);

}  // namespace taktwerk
