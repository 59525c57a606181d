// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace taktwerk::test {

/// Where a property test begins: TAKTWERK_PROPERTY_SEED, to come back to a case that failed, else a number
/// that nobody has chosen. Case `i` of a test is made of `propertySeed() + i` alone, and a failure shows that
/// number
/// (`seedTrace`), so that the case is the first one when it is given.
[[nodiscard]] inline std::uint32_t propertySeed() {
  if (const char* text = std::getenv("TAKTWERK_PROPERTY_SEED")) {
    return static_cast<std::uint32_t>(std::strtoull(text, nullptr, 10));
  }
  return std::random_device{}();
}

/// What a failing case shows: how to have it again.
[[nodiscard]] inline std::string seedTrace(std::uint32_t seed) {
  return "TAKTWERK_PROPERTY_SEED=" + std::to_string(seed);
}

}  // namespace taktwerk::test
