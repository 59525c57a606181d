// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cause_text.h"

namespace taktwerk {

std::string causeKey(const Cause& cause, const Machine& machine) {
  const auto about = [&](const char* kind) { return kind + machine.objectNames[cause.object.index()]; };
  switch (cause.wait) {
    case WaitCause::Busy:
      return about("busy:");
    case WaitCause::Data:
      return about("wait:data:");
    case WaitCause::Structural:
      return about("wait:structural:");
    case WaitCause::Fetch:
      break;
  }
  return "wait:fetch";
}

std::string causeInWords(const Cause& cause, const Machine& machine) {
  const std::string object = cause.object.valid() ? machine.objectNames[cause.object.index()] : std::string();
  switch (cause.wait) {
    case WaitCause::Busy:
      return object + " busy";
    case WaitCause::Data:
      return "waiting for data (" + object + ')';
    case WaitCause::Structural:
      return "waiting for " + object + " to be free";
    case WaitCause::Fetch:
      break;
  }
  return "waiting for instructions";
}

std::map<std::string, Cycles> keyedBreakdown(const Breakdown& breakdown, const Machine& machine) {
  std::map<std::string, Cycles> keyed;
  for (const auto& [cause, cycles] : breakdown) keyed[causeKey(cause, machine)] += cycles;
  return keyed;
}

}  // namespace taktwerk
