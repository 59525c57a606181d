// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/breakdown.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"

namespace taktwerk {

/// A cause as files and tables call it: "busy:alu", "wait:data:alu", "wait:structural:dmem", "wait:fetch".
[[nodiscard]] std::string causeKey(const NamedCause& cause);
[[nodiscard]] std::string causeKey(const Cause& cause, const Machine& machine);

/// The cause that has the key; nothing when it is none of those.
[[nodiscard]] std::optional<NamedCause> causeOfKey(std::string_view key);

/// The same for people: "alu busy", "waiting for data (alu)", "waiting for dmem to be free", "waiting for
/// instructions".
[[nodiscard]] std::string causeInWords(const NamedCause& cause);
[[nodiscard]] std::string causeInWords(const Cause& cause, const Machine& machine);

/// What of an object was waited for, as files call it behind the cause's key ("wait:data:alu" becomes
/// "wait:data:alu:raw"): "memory_raw", "memory_waw", "memory_war", "raw", "waw", "war", "queue", "place",
/// "in_flight", "slot", "port", "row"; empty of none.
[[nodiscard]] std::string_view detailKey(WaitDetail detail);
/// The same for people: "a value that alu still makes (RAW)", "a request slot of dmem".
[[nodiscard]] std::string detailInWords(WaitDetail detail, const std::string& object);

/// A breakdown with what of an object was waited for, by keys of their own: those of a cause add up to it
/// where it is a wait. What has no detail is not in it.
[[nodiscard]] std::map<std::string, Cycles> keyedDetails(const Breakdown& breakdown, const Machine& machine);

/// A breakdown by the keys, in their alphabetical order.
[[nodiscard]] std::map<std::string, Cycles> keyedBreakdown(const Breakdown& breakdown,
                                                           const Machine& machine);

}  // namespace taktwerk
