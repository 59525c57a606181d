// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_json.h"

#include <ostream>

#include "core/estimate/real_time.h"
#include "core/report/cause_text.h"
#include "core/report/cost_text.h"
#include "core/report/json_writer.h"

namespace taktwerk {

namespace {

void writeTimes(JsonWriter& json, const InstructionTimes& times, const Machine& machine) {
  json.openObject()
      .member("index", times.index)
      .member("fetched", times.fetched)
      .member("issued", times.issued)
      .member("enter", times.enter)
      .member("start", times.start)
      .member("complete", times.complete)
      .member("release", times.release)
      .member("unit", times.unit.valid() ? machine.units[times.unit.index()].name : std::string{})
      .openArray("accesses");
  for (const AccessTimes& access : times.accesses) {
    json.openObject()
        .member("memory", machine.memories[access.memory.index()].name)
        .member("address", access.address)
        .member("words", access.words)
        .member("granted", access.granted)
        .member("ready", access.ready)
        .closeObject();
  }
  json.closeArray().closeObject();
}

void writeLayer(JsonWriter& json, const LayerEstimate& layer, const Machine& machine, bool times) {
  json.openObject().member("name", layer.name).openArray("fused");
  for (const std::string& name : layer.fused) json.item(name);
  json.closeArray()
      .member("operator", layer.operatorName)
      .member("mapping", layer.mapping)
      .openObject("tunables");
  for (const auto& [name, value] : layer.tunables) json.member(name, value);
  json.closeObject();
  if (!layer.adapted.empty()) {
    json.openObject("adapted");
    for (const auto& [name, value] : layer.adapted) json.member(name, value);
    json.closeObject();
  }
  json.member("macs", layer.macs)
      .member("instructions", layer.instructions)
      .member("cycles", layer.cycles)
      .member("exact", layer.exact);
  if (layer.guessed) json.member("guessed", true);
  json.member("method", layer.method)
      .openObject("bounds")
      .member("lower", layer.lower)
      .member("upper", layer.upper)
      .closeObject()
      .member("loop_iterations", layer.loopIterations)
      .member("evaluated_iterations", layer.evaluatedIterations)
      .member("evaluated_instructions", layer.evaluatedInstructions)
      .member("utilisation", layer.utilisation)
      .openObject("breakdown");
  for (const auto& [cause, cycles] : keyedBreakdown(layer.breakdown, machine)) json.member(cause, cycles);
  json.closeObject().openObject("breakdown_details");
  for (const auto& [cause, cycles] : keyedDetails(layer.breakdown, machine)) json.member(cause, cycles);
  json.closeObject()
      .openObject("roofline")
      .member("compute", layer.roofline.compute)
      .member("memory", layer.roofline.memory)
      .closeObject()
      .openObject("traffic");
  std::map<std::string_view, const Traffic*> byName;
  for (const auto& [memory, traffic] : layer.traffic) {
    byName.emplace(machine.memories[memory.index()].name, &traffic);
  }
  for (const auto& [name, traffic] : byName) {
    json.openObject(name)
        .member("reads", traffic->reads)
        .member("writes", traffic->writes)
        .member("words_read", traffic->wordsRead)
        .member("words_written", traffic->wordsWritten)
        .member("busy", traffic->busy)
        .closeObject();
  }
  json.closeObject();
  writeEnergy(json, layer, machine);
  if (layer.tried > 1) {
    json.member("tried", layer.tried).openArray("runners_up");
    for (const RunnerUp& runnerUp : layer.runnersUp) {
      json.openObject().member("mapping", runnerUp.mapping).openObject("tunables");
      for (const auto& [name, value] : runnerUp.tunables) json.member(name, value);
      json.closeObject().member("cycles", runnerUp.cycles).closeObject();
    }
    json.closeArray();
  }
  if (times) {
    json.openArray("times");
    for (const InstructionTimes& instruction : layer.times) writeTimes(json, instruction, machine);
    json.closeArray();
  }
  json.closeObject();
}

/// What the cycles come to for inferences one after another, and in seconds.
void writeTime(JsonWriter& json, const NetworkEstimate& estimate, std::int64_t inferences) {
  const auto total = cyclesOfBatch(estimate, inferences);
  if (inferences > 1 && total) {
    json.openObject("batch")
        .member("inferences", inferences)
        .member("cycles", *total)
        .member("holds", estimate.intervalHolds || inferences == 2)
        .closeObject();
  }
  if (!estimate.machine->clock) return;
  const auto seconds = [&](std::string_view name, Cycles cycles) {
    json.member(name, secondsOf(*estimate.machine, static_cast<double>(cycles)).value_or(0));
  };
  json.openObject("time").member("clock_mhz", *estimate.machine->clock);
  seconds("first", estimate.cycles);
  if (estimate.interval) seconds("interval", *estimate.interval);
  if (inferences > 1 && total) seconds("batch", *total);
  if (const auto rate = inferencesPerSecond(estimate)) json.member("inferences_per_second", *rate);
  json.closeObject();
}

void writeValidation(JsonWriter& json, const Machine& machine) {
  json.openArray("validation", JsonWriter::Layout::Lines);
  for (const DeclaredValidation& each : machine.validation) {
    json.openObject()
        .member("against", each.against)
        .member("points", each.points)
        .member("mean_error", each.meanError);
    if (each.largestError) json.member("largest_error", *each.largestError);
    json.member("source", each.source);
    if (!each.note.empty()) json.member("note", each.note);
    json.closeObject();
  }
  json.closeArray();
}

}  // namespace

void writeEstimateJson(std::ostream& out, const NetworkEstimate& estimate,
                       const EstimateJsonOptions& options) {
  static const Machine none;
  const Machine& machine = estimate.machine ? *estimate.machine : none;
  constexpr auto lines = JsonWriter::Layout::Lines;
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("architecture", estimate.architecture)
      .member("network", estimate.network)
      .openObject("parameters");
  for (const auto& [name, value] : estimate.parameters) json.member(name, value);
  json.closeObject()
      .member("cycles", estimate.cycles)
      .member("instructions", estimate.instructions)
      .member("exact", estimate.exact)
      .member("complete", estimate.complete);
  if (estimate.interval) json.member("interval", *estimate.interval);
  if (estimate.machine) writeTime(json, estimate, options.inferences);
  writeCosts(json, estimate);
  if (estimate.machine) writeOwnFigures(json, *estimate.machine);
  json.member("seconds", estimate.seconds).openArray("layers", lines);
  for (const LayerEstimate& layer : estimate.layers) writeLayer(json, layer, machine, options.times);
  json.closeArray().openArray("unmapped", lines);
  for (const UnmappedLayer& layer : estimate.unmapped) {
    json.openObject()
        .member("name", layer.name)
        .member("operator", layer.operatorName)
        .member("reason", layer.reason)
        .closeObject();
  }
  json.closeArray();
  writeValidation(json, machine);
  json.closeObject();
  out << '\n';
}

}  // namespace taktwerk
