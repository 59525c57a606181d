// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/machine/machine.h"
#include "core/mapping/binding.h"
#include "core/mapping/chain.h"
#include "core/mapping/mapping.h"
#include "core/network/network.h"

namespace taktwerk {

using TunableChoice = std::map<std::string, std::int64_t>;

/// Most choices of a mapping's tunables that are tried where the defaults do not fit.
inline constexpr std::size_t mostChoicesTried = 1024;

/// Calls `go` with the choices of these tunables in the order in which they are tried, at most `most`, until
/// it says false: first those in which no tunable is above its default, then the others; in each part the
/// largest product of the values first (values below 1 count as 1), and of equal products the one with the
/// larger value of the tunable that comes first by name.
void tryChoices(const std::vector<Tunable>& tunables, const std::function<bool(TunableChoice&&)>& go,
                std::size_t most = mostChoicesTried);

/// Names bound with tunables that fit.
struct Fitting {
  Binding binding;
  TunableChoice adapted;  ///< tunables that are not the defaults because these do not fit
};

/// Binds a mapping's names for layers and places its storages. Where the defaults do not fit, the choices of
/// the tunables that are not `given` are tried in the order of `tryChoices`, and the first one that fits is
/// taken; that the defaults do fit costs nothing more. Errors: those of the defaults that no other choice can
/// mend; else a misfit (`isMisfit`), with both figures, how many choices were tried, and the nearest miss.
/// `ends` takes down with which ends of memories all of it is the same.
[[nodiscard]] Result<Fitting> fit(const MappingDocument& document, const Machine& machine,
                                  const Network& network, const Chain& chain, const TunableChoice& given,
                                  MemoryEnds* ends = nullptr);

/// Why a mapping does not take a chain, or "": a condition does not hold, whatever the tunables.
[[nodiscard]] std::string unmetCondition(const MappingDocument& document, const Machine& machine,
                                         const Network& network, const Chain& chain);

/// The values of all tunables with which a mapping fits these layers; `given` ones stay.
struct FittingTunables {
  TunableChoice values;
  TunableChoice defaults;  ///< as declared, whether they fit or not
};
[[nodiscard]] Result<FittingTunables> fittingTunables(const Mapping& mapping, const Machine& machine,
                                                      const Network& network, std::span<const LayerId> layers,
                                                      const TunableChoice& given);

/// Finds which conditions depend on tunables, directly, by values or by `words(…)`.
void markConditionsOnTunables(MappingDocument& document);

}  // namespace taktwerk
