// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cause_text.h"

namespace taktwerk {

std::string causeKey(const NamedCause& cause) {
  switch (cause.wait) {
    case WaitCause::Busy:
      return "busy:" + cause.object;
    case WaitCause::Data:
      return "wait:data:" + cause.object;
    case WaitCause::Structural:
      return "wait:structural:" + cause.object;
    case WaitCause::Fetch:
      break;
  }
  return "wait:fetch";
}

std::string causeKey(const Cause& cause, const Machine& machine) {
  return causeKey(namedCause(cause, machine));
}

std::optional<NamedCause> causeOfKey(std::string_view key) {
  if (key == "wait:fetch") return NamedCause{WaitCause::Fetch, {}};
  for (const WaitCause wait : {WaitCause::Busy, WaitCause::Data, WaitCause::Structural}) {
    const std::string begin = causeKey(NamedCause{wait, {}});
    if (key.starts_with(begin) && key.size() > begin.size()) {
      return NamedCause{wait, std::string(key.substr(begin.size()))};
    }
  }
  return std::nullopt;
}

std::string causeInWords(const NamedCause& cause) {
  switch (cause.wait) {
    case WaitCause::Busy:
      return cause.object + " busy";
    case WaitCause::Data:
      return "waiting for data (" + cause.object + ')';
    case WaitCause::Structural:
      return "waiting for " + cause.object + " to be free";
    case WaitCause::Fetch:
      break;
  }
  return "waiting for instructions";
}

std::string causeInWords(const Cause& cause, const Machine& machine) {
  return causeInWords(namedCause(cause, machine));
}

std::string_view detailKey(WaitDetail detail) {
  constexpr std::string_view keys[] = {"",     "memory_raw", "memory_waw", "memory_war", "raw",
                                       "waw",  "war",        "queue",      "place",      "in_flight",
                                       "slot", "port",       "row"};
  return keys[static_cast<std::size_t>(detail)];
}

std::string detailInWords(WaitDetail detail, const std::string& object) {
  switch (detail) {
    case WaitDetail::None:
      break;
    case WaitDetail::MemoryRaw:
      return "words that are still being written, in " + object + " (RAW)";
    case WaitDetail::MemoryWaw:
      return "an earlier write of the same words, in " + object + " (WAW)";
    case WaitDetail::MemoryWar:
      return "words that are still being read, in " + object + " (WAR)";
    case WaitDetail::RegisterRaw:
      return "a value that " + object + " still makes (RAW)";
    case WaitDetail::RegisterWaw:
      return "an earlier result for the same register, of " + object + " (WAW)";
    case WaitDetail::RegisterWar:
      return "a register that " + object + " still has to read (WAR)";
    case WaitDetail::Queue:
      return "older instructions before it in " + object;
    case WaitDetail::Place:
      return "a place in a stage that " + object + " keeps taken";
    case WaitDetail::InFlight:
      return "a unit that " + object + " keeps as full as it may be";
    case WaitDetail::Slot:
      return "a request slot of " + object;
    case WaitDetail::Port:
      return "a port of " + object;
    case WaitDetail::Row:
      return "a row of " + object;
  }
  return object;
}

std::map<std::string, Cycles> keyedDetails(const Breakdown& breakdown, const Machine& machine) {
  std::map<std::string, Cycles> keyed;
  for (const auto& [cause, cycles] : breakdown) {
    const std::string_view detail = detailKey(cause.detail);
    if (!detail.empty()) keyed[causeKey(cause, machine) + ':' + std::string(detail)] += cycles;
  }
  return keyed;
}

std::map<std::string, Cycles> keyedBreakdown(const Breakdown& breakdown, const Machine& machine) {
  std::map<std::string, Cycles> keyed;
  for (const auto& [cause, cycles] : breakdown) keyed[causeKey(cause, machine)] += cycles;
  return keyed;
}

}  // namespace taktwerk
