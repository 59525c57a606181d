// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/network/network.h"

namespace taktwerk {

/// The canonical text of a network (format taktwerk-network/1): same content, same bytes; read back, it is
/// the same network. Of the dimensions only those are written that neither have their default nor follow from
/// others or from the shapes.
///
/// `doubled` is the same network with twice the value of its one parameter: what is twice as large there is
/// then written as a multiple of the parameter. Without it the parameter is left out and all sizes are fixed.
[[nodiscard]] std::string writeNetwork(const Network& network, const Network* doubled = nullptr);

}  // namespace taktwerk
