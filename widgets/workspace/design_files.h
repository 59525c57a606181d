// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/estimate/layer_choice.h"

namespace taktwerk {

/// The files that a design is studied with.
struct DesignFiles {
  QString architecture;
  QString network;       ///< empty: the one that is chosen
  QStringList mappings;  ///< empty: those beside the architecture
  QStringList added;     ///< in any case, behind them
};

/// What the files of a design held when it was estimated; a text that is null is not known.
struct DesignTexts {
  using Text = std::shared_ptr<const std::string>;
  Text architecture;
  Text network;  ///< of an imported one the text that it became
  std::vector<Text> mappings;
};

/// A design to be opened in the place of the open one, with the values it is estimated with.
struct DesignToOpen {
  QString name;  ///< for the user: "point 3"
  DesignFiles files = {};
  std::map<std::string, std::int64_t> parameters = {};  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::map<std::string, LayerChoice> choices = {};      ///< by layer
  DesignTexts texts = {};
};

}  // namespace taktwerk
