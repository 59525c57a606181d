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

std::map<std::string, Cycles> keyedBreakdown(const Breakdown& breakdown, const Machine& machine) {
  std::map<std::string, Cycles> keyed;
  for (const auto& [cause, cycles] : breakdown) keyed[causeKey(cause, machine)] += cycles;
  return keyed;
}

}  // namespace taktwerk
