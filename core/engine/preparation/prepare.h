// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/engine/preparation/resolver.h"
#include "core/program/program.h"

namespace taktwerk::engine {

/// A program whose instructions are resolved and whose addresses have been checked, once for all its
/// iterations.
struct Prepared {
  std::vector<std::uint32_t> content;  ///< by TemplateId, of those in use: number at the resolver
  std::vector<std::uint32_t> used;     ///< the numbers of those in use, in the order of first use
};

/// Resolves every instruction and checks that every address any iteration computes lies in the
/// `address_ranges` of the memory named and of every memory behind it. Errors stand at the instruction's
/// line: I0001 no supporting unit, no path or an attribute that cannot be computed; I0003 address outside.
/// At most 20 are reported.
[[nodiscard]] Result<Prepared> prepare(Resolver& resolver, const Program& program);

}  // namespace taktwerk::engine
