// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_property.h"

#include <cstdlib>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "core/program/trace_file.h"
#include "core/reference/simulation.h"

namespace taktwerk::test {

namespace {

struct Outcome {
  Timing timing;
  std::map<std::int64_t, InstructionTimes> times;
};

Outcome timed(const Machine& machine, const Program& program, const TimingFunction& function,
              bool perInstruction) {
  Outcome outcome;
  Progress progress;
  const TimesSink sink = [&](const InstructionTimes& one) { outcome.times[one.index] = one; };
  outcome.timing = function(machine, program, perInstruction ? sink : TimesSink{}, progress);
  return outcome;
}

std::string summary(const Timing& timing) {
  if (!timing.errors.empty()) return "error: " + timing.errors.front().message;
  if (timing.cancelled) return "cancelled";
  if (timing.deadlock) {
    return "deadlock at cycle " + std::to_string(timing.deadlock->cycle) + " (" + timing.deadlock->chain +
           ")";
  }
  return std::to_string(timing.cycles) + " cycles, " + std::to_string(timing.instructions) + " instructions";
}

bool same(const Timing& a, const Timing& b) {
  if (a.errors.empty() != b.errors.empty()) return false;
  if (!a.errors.empty()) return true;
  if (a.cancelled || b.cancelled || a.deadlock.has_value() != b.deadlock.has_value()) return false;
  if (a.deadlock) return a.deadlock->cycle == b.deadlock->cycle;
  return a.cycles == b.cycles && a.instructions == b.instructions;
}

std::string listed(const Machine& machine, const InstructionTimes& times) {
  std::ostringstream text;
  text << "fetched " << times.fetched << " issued " << times.issued << " enter " << times.enter << " start "
       << times.start << " complete " << times.complete << " release " << times.release << " on "
       << (times.unit.valid() ? machine.units[times.unit.index()].name : "no unit");
  for (const AccessTimes& access : times.accesses) {
    text << "; " << (access.write ? "write " : "read ") << access.words << " of "
         << machine.memories[access.memory.index()].name << " at " << access.address << ": granted "
         << access.granted << " ready " << access.ready;
  }
  return text.str();
}

std::optional<std::string> compareTimes(const Machine& machine, const Outcome& right, const Outcome& other) {
  for (const auto& [index, times] : right.times) {
    const auto found = other.times.find(index);
    const bool equal = found != other.times.end() && found->second == times;
    if (equal) continue;
    return "instruction " + std::to_string(index) + "\n  reference: " + listed(machine, times) +
           "\n  candidate: " + (found == other.times.end() ? "no times" : listed(machine, found->second));
  }
  if (right.times.size() == other.times.size()) return std::nullopt;
  return std::to_string(other.times.size()) + " instructions have times, must be " +
         std::to_string(right.times.size());
}

std::string report(std::uint64_t seed, const RandomCase& failing, const TimingFunction& candidate,
                   bool perInstruction) {
  std::string problems;
  const auto machine = failing.architecture.machine(&problems);
  const auto program = machine ? failing.program.program(*machine) : std::nullopt;
  std::ostringstream text;
  text << "seed " << seed << '\n';
  if (program) {
    text << compareTimings(*machine, *program, candidate, perInstruction).value_or("no difference") << '\n';
  } else {
    text << "refused: " << problems << '\n';
  }
  text << "--- random.arch.yaml\n" << failing.architecture.text();
  text << "--- program\n" << failing.program.text();
  if (program && sizeOf(*program).instructions <= 200) {
    text << "--- random.trace.jsonl\n";
    writeTrace(text, *program, *machine);
  }
  return text.str();
}

}  // namespace

std::optional<std::string> compareTimings(const Machine& machine, const Program& program,
                                          const TimingFunction& candidate, bool perInstruction) {
  const Outcome right = timed(machine, program, simulate, perInstruction);
  const Outcome other = timed(machine, program, candidate, perInstruction);
  // Times first: they tell where it begins to go wrong.
  if (perInstruction && right.timing.ok() && other.timing.ok()) {
    if (const auto difference = compareTimes(machine, right, other)) return difference;
  }
  if (same(right.timing, other.timing)) return std::nullopt;
  return "reference: " + summary(right.timing) + "\n  candidate: " + summary(other.timing);
}

RandomCase randomCase(std::uint64_t seed, const RandomOptions& options) {
  Random random(seed);
  RandomCase made;
  made.architecture = randomArchitecture(random, options.machine);
  const auto machine = made.architecture.machine();
  if (machine && !machine->units.empty()) made.program = randomProgram(random, *machine, options.program);
  return made;
}

int propertyCount(int count) {
  const char* text = std::getenv("TAKTWERK_PROPERTY_COUNT");
  return text != nullptr ? std::atoi(text) : count;
}

void checkAgainstReference(std::uint64_t firstSeed, int count, const TimingFunction& candidate,
                           const RandomOptions& options) {
  if (const char* text = std::getenv("TAKTWERK_PROPERTY_SEED")) firstSeed = std::strtoull(text, nullptr, 10);
  const auto differs = [&](const RandomCase& one) {
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    return program && compareTimings(*machine, *program, candidate, options.perInstruction).has_value();
  };
  count = propertyCount(count);
  for (int i = 0; i < count; ++i) {
    const std::uint64_t seed = firstSeed + static_cast<std::uint64_t>(i);
    const RandomCase made = randomCase(seed, options);
    std::string problems;
    const auto machine = made.architecture.machine(&problems);
    const bool valid = machine != nullptr && made.program.program(*machine).has_value();
    if (!valid || differs(made)) {
      ADD_FAILURE() << (valid ? report(seed, shrink(made, differs), candidate, options.perInstruction)
                              : report(seed, made, candidate, options.perInstruction));
      return;
    }
  }
}

}  // namespace taktwerk::test
