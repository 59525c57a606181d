// SPDX-License-Identifier: GPL-3.0-or-later
#include <ostream>

#include "core/report/breakdown_report.h"
#include "core/report/explanation.h"
#include "core/report/json_writer.h"
#include "core/report/sensitivity_report.h"
#include "core/report/trust_text.h"

namespace taktwerk {

namespace {

constexpr auto lines = JsonWriter::Layout::Lines;

void writeNames(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
  json.openArray(key);
  for (const std::string& name : names) json.item(name);
  json.closeArray();
}

void writeUtilisation(JsonWriter& json, const UtilisationTable& table) {
  json.openObject("utilisation").member("cycles", table.cycles);
  writeNames(json, "left_out", table.leftOut);
  json.openArray("blocks", lines);
  for (const BlockUse& block : table.blocks) {
    json.openObject()
        .member("object", block.name)
        .member("places", block.places)
        .member("uses", block.uses)
        .member("busy", block.busy)
        .member("waiting", block.waiting)
        .member("idle", block.idle)
        .member("before_start", block.beforeStart)
        .closeObject();
  }
  json.closeArray().closeObject();
}

void writeTraffic(JsonWriter& json, const std::vector<MovedWords>& traffic) {
  json.openArray("traffic", lines);
  for (const MovedWords& memory : traffic) {
    json.openObject()
        .member("memory", memory.name)
        .member("slots", memory.places)
        .member("reads", memory.traffic.reads)
        .member("writes", memory.traffic.writes)
        .member("words_read", memory.traffic.wordsRead)
        .member("words_written", memory.traffic.wordsWritten)
        .member("busy", memory.traffic.busy)
        .closeObject();
  }
  json.closeArray();
}

void writeRoofline(JsonWriter& json, const RooflinePlot& plot) {
  json.openObject("roofline");
  if (plot.peak > 0) json.member("peak", plot.peak).member("peak_of_layers", plot.peakOfLayers);
  json.openArray("levels", lines);
  for (const RooflineLevel& level : plot.levels) {
    json.openObject().member("memory", level.name);
    if (level.wordsPerCycle) json.member("words_per_cycle", *level.wordsPerCycle);
    json.openArray("points");
    for (const RooflinePoint& point : level.points) {
      json.openObject()
          .member("layer", point.layer)
          .member("intensity", point.intensity)
          .member("macs_per_cycle", point.macsPerCycle);
      if (point.bound > 0) json.member("bound", point.bound);
      json.closeObject();
    }
    json.closeArray().closeObject();
  }
  json.closeArray();
  writeNames(json, "without", plot.without);
  json.closeObject();
}

void writeFilling(JsonWriter& json, const std::vector<PartlyFilled>& filling) {
  json.openArray("partly_filled", lines);
  for (const PartlyFilled& one : filling) {
    json.openObject()
        .member("layer", one.layer)
        .member(one.what == PartlyFilled::What::Array ? "array" : "operation", one.name)
        .member("dimension", one.dimension)
        .member("full", one.full)
        .openArray("parts");
    for (const auto& [used, share] : one.parts) {
      json.openObject().member("used", used).member("share", share).closeObject();
    }
    json.closeArray().closeObject();
  }
  json.closeArray();
}

}  // namespace

void writeExplanationJson(std::ostream& out, const Explanation& explanation) {
  JsonWriter json(out);
  json.openObject({}, lines);
  writeBreakdown(json, explanation.breakdown);
  if (!explanation.layer.empty()) json.member("layer", explanation.layer);
  const Trust trust = trustIn(*explanation.estimate);
  json.member("exact", explanation.estimate->exact)
      .member("complete", explanation.estimate->complete)
      .member("standing", trust.label);
  writeNames(json, "validation", validationInWords(*explanation.estimate->machine));
  json.member("sentence", plainText(explanation.sentence));
  writeUtilisation(json, explanation.utilisation);
  writeTraffic(json, explanation.traffic);
  writeRoofline(json, explanation.roofline);
  writeFilling(json, explanation.filling);
  if (explanation.sensitivity) writeSensitivity(json, *explanation.sensitivity);
  json.closeObject();
  out << '\n';
}

}  // namespace taktwerk
