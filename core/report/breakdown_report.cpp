// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/breakdown_report.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "core/report/cause_text.h"
#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

/// With equal causes in the order in which they read.
std::optional<Bottleneck> bottleneckByWords(CauseTable table) {
  std::sort(table.causes.begin(), table.causes.end(), [](const CauseShare& a, const CauseShare& b) {
    return a.cycles != b.cycles ? a.cycles > b.cycles : causeInWords(a.cause) < causeInWords(b.cause);
  });
  return bottleneckOf(table);
}

/// Halves away from 0, of the exact quotient.
std::string wholePercent(Cycles part, Cycles all) {
  return std::to_string(std::llround(static_cast<double>(part) * 100.0 / static_cast<double>(all))) + " %";
}

std::string largestOf(const CauseTable& table) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, table.causes.size()); ++i) {
    if (table.causes[i].cycles <= 0) break;
    if (!text.empty()) text += ", ";
    text += printable(causeInWords(table.causes[i].cause)) + ' ' + percentage(table.causes[i].share);
  }
  return text;
}

void writeCauses(std::ostream& out, const CauseTable& table) {
  TextTable causes({{"cause"}, {"cycles", Align::Right}, {"share", Align::Right}});
  for (const CauseShare& each : table.causes) {
    causes.add({printable(causeInWords(each.cause)), groupedDigits(each.cycles), percentage(each.share)});
    for (const DetailShare& part : each.details) {
      causes.add(
          {"  for " + printable(detailInWords(part.detail, each.cause.object)), groupedDigits(part.cycles),
           percentage(table.cycles > 0 ? static_cast<double>(part.cycles) / static_cast<double>(table.cycles)
                                       : 0)});
    }
  }
  out << '\n';
  causes.write(out);
}

void writeObjects(std::ostream& out, const CauseTable& table) {
  TextTable objects(
      {{"object"}, {"busy", Align::Right}, {"waited for", Align::Right}, {"share", Align::Right}});
  for (const ObjectShare& each : table.objects) {
    objects.add(
        {printable(each.name), groupedDigits(each.busy), groupedDigits(each.waited), percentage(each.share)});
  }
  out << '\n';
  objects.write(out);
}

void writeTable(JsonWriter& json, const CauseTable& table, JsonWriter::Layout layout) {
  json.openArray("causes", layout);
  for (const CauseShare& each : table.causes) {
    json.openObject()
        .member("cause", causeKey(each.cause))
        .member("cycles", each.cycles)
        .member("share", each.share);
    if (!each.details.empty()) {
      json.openObject("details");
      for (const DetailShare& part : each.details) json.member(detailKey(part.detail), part.cycles);
      json.closeObject();
    }
    json.closeObject();
  }
  json.closeArray().openArray("objects", layout);
  for (const ObjectShare& each : table.objects) {
    json.openObject()
        .member("object", each.name)
        .member("busy", each.busy)
        .member("waited", each.waited)
        .member("share", each.share)
        .closeObject();
  }
  json.closeArray();
}

}  // namespace

std::string bottleneckInWords(const CauseTable& table) {
  const auto bottleneck = bottleneckByWords(table);
  if (!bottleneck) return {};
  std::string sentence = "On the critical path: " + causeInWords(bottleneck->largest.cause) + ' ' +
                         wholePercent(bottleneck->largest.cycles, table.cycles) + " of the time";
  if (bottleneck->second) {
    sentence += ", " + causeInWords(bottleneck->second->cause) + ' ' +
                wholePercent(bottleneck->second->cycles, table.cycles);
  }
  return sentence + '.';
}

void writeBreakdownText(std::ostream& out, const NetworkBreakdown& breakdown, const std::string& insight,
                        const std::string& total) {
  out << printable(breakdown.architecture);
  if (!breakdown.network.empty()) out << " running " << printable(breakdown.network);
  const Cycles cycles = breakdown.total.cycles;
  out << ": ";
  if (total.empty()) {
    out << groupedDigits(cycles) << (cycles == 1 ? " cycle" : " cycles");
  } else {
    out << printable(total);
  }
  out << '\n';
  const std::string sentence = insight.empty() ? bottleneckInWords(breakdown.total) : insight;
  if (sentence.empty()) return;
  out << printable(sentence) << '\n';
  writeCauses(out, breakdown.total);
  if (!breakdown.total.objects.empty()) writeObjects(out, breakdown.total);
  TextTable layers({{"layer"}, {"cycles", Align::Right}, {"most of the time"}});
  for (const LayerBreakdown& layer : breakdown.layers) {
    layers.add({printable(layer.layer), groupedDigits(layer.table.cycles), largestOf(layer.table)});
  }
  out << '\n';
  layers.write(out);
}

void writeBreakdownJson(std::ostream& out, const NetworkBreakdown& breakdown) {
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines);
  writeBreakdown(json, breakdown);
  json.closeObject();
  out << '\n';
}

void writeBreakdown(JsonWriter& json, const NetworkBreakdown& breakdown) {
  constexpr auto lines = JsonWriter::Layout::Lines;
  json.member("architecture", breakdown.architecture)
      .member("network", breakdown.network)
      .member("cycles", breakdown.total.cycles)
      .openArray("bottleneck");
  if (const auto bottleneck = bottleneckByWords(breakdown.total)) {
    json.item(causeKey(bottleneck->largest.cause));
    if (bottleneck->second) json.item(causeKey(bottleneck->second->cause));
  }
  json.closeArray();
  writeTable(json, breakdown.total, lines);
  json.openArray("layers", lines);
  for (const LayerBreakdown& layer : breakdown.layers) {
    json.openObject().member("name", layer.layer).member("cycles", layer.table.cycles);
    writeTable(json, layer.table, JsonWriter::Layout::Inline);
    json.closeObject();
  }
  json.closeArray();
}

}  // namespace taktwerk
