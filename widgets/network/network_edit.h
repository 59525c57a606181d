// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/base/yaml_edit.h"
#include "core/network/network.h"

namespace taktwerk {

/// The changes of a network's text that a value of a dimension or parameter takes, or what speaks against it.
struct NetworkPlan {
  std::vector<YamlChange> changes;
  QString problem;
};

/// `text` is what `network` was read from; `layer` the row of the layer whose dimension is meant, or −1;
/// `typed` the new value. What follows from the value follows (core/network/resize.h).
[[nodiscard]] NetworkPlan planNetworkEdit(const Network& network, const std::string& text, int layer,
                                          const QString& name, const QString& typed);

}  // namespace taktwerk
