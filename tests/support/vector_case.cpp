// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/vector_case.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <ostream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"
#include "core/program/trace_file.h"
#include "tests/support/places.h"

namespace taktwerk::test {

namespace {

using Json = nlohmann::json;

std::filesystem::path folder() {
  return std::filesystem::path(taktwerk::sourceDirectory()) / "tests/data/vectors";
}

/// "deadlock at cycle 314: …": 314.
std::int64_t deadlockCycle(const std::string& error) {
  static const std::string start = "deadlock at cycle ";
  if (error.rfind(start, 0) != 0) throw std::runtime_error("not a deadlock: " + error);
  return std::stoll(error.substr(start.size()));
}

std::string listed(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += "\n  " + toString(diagnostic);
  return text;
}

std::string compareTimes(const Machine& machine, const std::filesystem::path& file,
                         const std::map<std::int64_t, InstructionTimes>& times) {
  std::ifstream input(file);
  std::string line;
  std::int64_t count = 0;
  while (std::getline(input, line)) {
    const Json expected = Json::parse(line);
    ++count;
    const auto index = expected.at("index").get<std::int64_t>();
    const auto found = times.find(index);
    if (found == times.end()) return "instruction " + std::to_string(index) + " has no times";
    const InstructionTimes& t = found->second;
    const std::pair<const char*, Cycles> fields[] = {{"fetched", t.fetched},   {"issued", t.issued},
                                                     {"enter", t.enter},       {"start", t.start},
                                                     {"complete", t.complete}, {"release", t.release}};
    for (const auto& [field, value] : fields) {
      const auto right = expected.at(field).get<Cycles>();
      if (value != right) {
        return "instruction " + std::to_string(index) + ": " + field + " is " + std::to_string(value) +
               ", must be " + std::to_string(right);
      }
    }
    const std::string unit = t.unit.valid() ? machine.units[t.unit.index()].name : "none";
    if (unit != expected.at("unit").get<std::string>()) {
      return "instruction " + std::to_string(index) + ": unit is " + unit + ", must be " +
             expected.at("unit").get<std::string>();
    }
  }
  if (count != static_cast<std::int64_t>(times.size())) return "times of instructions that do not exist";
  return {};
}

}  // namespace

std::string VectorCase::testName() const {
  std::string text = name;
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

std::ostream& operator<<(std::ostream& output, const VectorCase& vectorCase) {
  return output << vectorCase.name;
}

std::vector<VectorCase> loadVectorCases() {
  std::vector<std::filesystem::path> indices;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("index", 0) == 0 && entry.path().extension() == ".json") indices.push_back(entry.path());
  }
  std::sort(indices.begin(), indices.end());
  std::vector<VectorCase> cases;
  for (const std::filesystem::path& index : indices) {
    std::ifstream input(index);
    for (const Json& entry : Json::parse(input)) {
      VectorCase vectorCase;
      vectorCase.name = entry.at("case").get<std::string>();
      vectorCase.instructions = entry.at("instructions").get<std::int64_t>();
      if (entry.contains("cycles")) vectorCase.cycles = entry.at("cycles").get<std::int64_t>();
      if (entry.contains("error")) vectorCase.deadlock = deadlockCycle(entry.at("error").get<std::string>());
      cases.push_back(std::move(vectorCase));
    }
  }
  return cases;
}

std::string checkVectorCase(const VectorCase& vectorCase, const TimingFunction& time) {
  const auto architecture = readArchitecture(folder() / (vectorCase.name + ".arch.yaml"));
  if (!architecture || hasErrors(architecture.diagnostics)) {
    return "the architecture is refused:" + listed(architecture.diagnostics);
  }
  const auto machine = elaborate(*architecture);
  if (!machine) return "the architecture is refused:" + listed(machine.diagnostics);
  const auto program = readTrace(folder() / (vectorCase.name + ".trace.jsonl"), **machine);
  if (!program) return "the trace is refused:" + listed(program.diagnostics);

  std::map<std::int64_t, InstructionTimes> times;
  Progress progress;
  const Timing timing = time(
      **machine, *program, [&](const InstructionTimes& one) { times[one.index] = one; }, progress);
  if (!timing.errors.empty()) return "errors:" + listed(timing.errors);
  if (timing.deadlock.has_value() != vectorCase.deadlock.has_value()) {
    return timing.deadlock ? "deadlock at cycle " + std::to_string(timing.deadlock->cycle) + " (" +
                                 timing.deadlock->chain + "), must run"
                           : "no deadlock, must be at cycle " + std::to_string(*vectorCase.deadlock);
  }
  if (vectorCase.deadlock) {
    if (timing.deadlock->cycle == *vectorCase.deadlock) return {};
    return "deadlock at cycle " + std::to_string(timing.deadlock->cycle) + ", must be at cycle " +
           std::to_string(*vectorCase.deadlock);
  }
  const std::string difference =
      compareTimes(**machine, folder() / (vectorCase.name + ".times.jsonl"), times);
  if (!difference.empty()) return difference;
  if (timing.instructions != vectorCase.instructions) {
    return std::to_string(timing.instructions) + " instructions, must be " +
           std::to_string(vectorCase.instructions);
  }
  if (timing.cycles != *vectorCase.cycles) {
    return std::to_string(timing.cycles) + " cycles, must be " + std::to_string(*vectorCase.cycles);
  }
  return {};
}

}  // namespace taktwerk::test
