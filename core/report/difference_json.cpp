// SPDX-License-Identifier: GPL-3.0-or-later
#include <ostream>

#include "core/report/cause_text.h"
#include "core/report/difference_report.h"
#include "core/report/json_writer.h"

namespace taktwerk {

namespace {

constexpr auto lines = JsonWriter::Layout::Lines;

template <class Number>
void writeIfThere(JsonWriter& json, const char* key, const std::optional<Number>& value) {
  if (value) json.member(key, *value);
}

void writeChange(JsonWriter& json, const CycleChange& change) {
  writeIfThere(json, "absolute", change.absolute());
  writeIfThere(json, "relative", change.relative());
}

void writeSide(JsonWriter& json, const char* key, const ResultDifference::Side& side,
               const std::optional<Cycles>& cycles) {
  json.openObject(key)
      .member("architecture", side.architecture)
      .member("network", side.network)
      .member("exact", side.exact)
      .member("complete", side.complete);
  writeIfThere(json, "cycles", cycles);
  json.closeObject();
}

void writeCauses(JsonWriter& json, const std::vector<CauseChange>& causes, JsonWriter::Layout layout) {
  json.openArray("causes", layout);
  for (const CauseChange& each : causes) {
    json.openObject().member("cause", causeKey(each.cause));
    writeIfThere(json, "before", each.before);
    writeIfThere(json, "now", each.now);
    json.closeObject();
  }
  json.closeArray();
}

const char* nameOf(LayerStanding standing) {
  switch (standing) {
    case LayerStanding::Timed:
      return "timed";
    case LayerStanding::Fused:
      return "fused";
    case LayerStanding::Unmapped:
      break;
  }
  return "unmapped";
}

void writeSide(JsonWriter& json, const char* key, const std::optional<LayerSide>& side,
               const std::optional<Cycles>& cycles) {
  if (!side) return;
  json.openObject(key).member("standing", nameOf(side->standing));
  if (side->standing == LayerStanding::Fused) {
    json.member("with", side->fusedWith);
  } else {
    json.member("operator", side->operatorName);
  }
  if (side->standing == LayerStanding::Unmapped) {
    json.member("reason", side->reason).closeObject();
    return;
  }
  json.member("mapping", side->mapping).openObject("tunables");
  for (const auto& [name, value] : side->tunables) json.member(name, value);
  json.closeObject().member("method", side->method).member("exact", side->exact);
  if (side->guessed) json.member("guessed", true);
  writeIfThere(json, "cycles", cycles);
  json.closeObject();
}

void writeLayer(JsonWriter& json, const LayerChange& layer) {
  json.openObject().member("name", layer.layer).member("differs", layer.differs());
  writeSide(json, "before", layer.before, layer.cycles.before);
  writeSide(json, "now", layer.now, layer.cycles.now);
  writeChange(json, layer.cycles);
  json.openArray("changed");
  if (layer.standing) json.item("standing");
  if (layer.mapping) json.item("mapping");
  if (layer.tunables) json.item("tunables");
  if (layer.method) json.item("method");
  if (layer.exactness) json.item("exact");
  json.closeArray();
  writeCauses(json, layer.causes, JsonWriter::Layout::Inline);
  json.openArray("words");
  for (const TrafficChange& each : layer.traffic) {
    json.openObject().member("memory", each.memory);
    writeIfThere(json, "before", each.before);
    writeIfThere(json, "now", each.now);
    json.closeObject();
  }
  json.closeArray().closeObject();
}

const char* nameOf(StoredSource::Kind kind) {
  switch (kind) {
    case StoredSource::Kind::Architecture:
      return "architecture";
    case StoredSource::Kind::Network:
      return "network";
    case StoredSource::Kind::Mapping:
      break;
  }
  return "mapping";
}

const char* nameOf(DiffLine::Kind kind) {
  switch (kind) {
    case DiffLine::Kind::Removed:
      return "removed";
    case DiffLine::Kind::Added:
      return "added";
    case DiffLine::Kind::Same:
      return "same";
    case DiffLine::Kind::Skipped:
      break;
  }
  return "skipped";
}

void writeSource(JsonWriter& json, const SourceDifference& source) {
  json.openObject().member("kind", nameOf(source.kind));
  if (source.inBefore) json.member("before", source.before);
  if (source.inNow) json.member("now", source.now);
  if (source.inBefore && source.inNow) {
    json.member("known", source.known)
        .member("removed", source.lines.removed)
        .member("added", source.lines.added)
        .member("coarse", source.lines.coarse)
        .member("left_out", source.lines.leftOut)
        .openArray("lines");
    for (const DiffLine& line : source.lines.lines) {
      if (line.kind == DiffLine::Kind::Skipped) continue;
      json.openObject().member("kind", nameOf(line.kind));
      if (line.before > 0) json.member("before", line.before);
      if (line.now > 0) json.member("now", line.now);
      json.member("text", line.text).closeObject();
    }
    json.closeArray();
  }
  json.closeObject();
}

}  // namespace

void writeDifferenceJson(std::ostream& out, const ResultDifference& difference,
                         const std::vector<SourceDifference>& sources) {
  JsonWriter json(out);
  json.openObject({}, lines).member("differs", difference.differs());
  writeSide(json, "before", difference.before, difference.cycles.before);
  writeSide(json, "now", difference.now, difference.cycles.now);
  writeChange(json, difference.cycles);
  json.openArray("files", lines);
  for (const SourceDifference& source : sources) writeSource(json, source);
  json.closeArray().openArray("parameters", lines);
  for (const ParameterChange& parameter : difference.parameters) {
    json.openObject().member("name", parameter.name);
    writeIfThere(json, "before", parameter.before);
    writeIfThere(json, "now", parameter.now);
    json.closeObject();
  }
  json.closeArray();
  writeCauses(json, difference.causes, lines);
  json.openArray("layers", lines);
  for (const LayerChange& layer : difference.layers) writeLayer(json, layer);
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
