// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/architecture/approvals.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

/// The text of the file with an approval more, or with one less; every other byte stays.
[[nodiscard]] Result<std::string> approve(std::string_view text, const Approval& approval);
[[nodiscard]] Result<std::string> withdrawApproval(std::string_view text, std::size_t place);

}  // namespace taktwerk
