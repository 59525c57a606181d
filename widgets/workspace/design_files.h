// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <map>
#include <string>

#include "core/estimate/layer_choice.h"

namespace taktwerk {

/// The files that a design is studied with.
struct DesignFiles {
  QString architecture;
  QString network;       ///< empty: the one that is chosen
  QStringList mappings;  ///< empty: those beside the architecture
  QStringList added;     ///< in any case, behind them
};

/// A design to be opened in the place of the open one, with the values it is estimated with.
struct DesignToOpen {
  QString name;  ///< for the user: "point 3"
  DesignFiles files = {};
  std::map<std::string, std::int64_t> parameters = {};  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::map<std::string, LayerChoice> choices = {};      ///< by layer
};

}  // namespace taktwerk
