// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <ostream>

#include "core/report/cause_text.h"
#include "core/report/difference_report.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

using Align = TextTable::Align;

std::string signedDigits(std::int64_t value) {
  if (value == 0) return "0";
  return value < 0 ? "−" + groupedDigits(-value) : "+" + groupedDigits(value);
}

std::string digitsIfThere(const std::optional<std::int64_t>& value) {
  return value ? groupedDigits(*value) : std::string();
}

/// "; " between what is said.
void say(std::string& text, const std::string& more) {
  if (!text.empty()) text += "; ";
  text += more;
}

std::string tunablesInWords(const LayerSide& side) {
  std::string text;
  for (const auto& [name, value] : side.tunables) {
    text += (text.empty() ? "" : ", ") + name + " = " + std::to_string(value);
  }
  return text.empty() ? "none" : text;
}

std::string standingInWords(const LayerSide& side) {
  switch (side.standing) {
    case LayerStanding::Timed:
      return "timed";
    case LayerStanding::Fused:
      return "fused with " + side.fusedWith;
    case LayerStanding::Unmapped:
      break;
  }
  return "not mapped (" + side.reason + ')';
}

std::string exactnessInWords(const LayerSide& side) {
  return side.guessed ? "size guessed" : side.exact ? "exact" : "not exact";
}

}  // namespace

std::string changesInWords(const LayerChange& layer) {
  if (!layer.before || !layer.now) {
    const LayerSide& side = layer.before ? *layer.before : *layer.now;
    std::string text = layer.before ? "only before" : "only now";
    if (side.standing != LayerStanding::Timed) text += ", " + standingInWords(side);
    return text;
  }
  const LayerSide &before = *layer.before, &now = *layer.now;
  std::string text;
  const auto changed = [&](bool is, const char* what, const std::string& from, const std::string& to) {
    if (is) say(text, what + from + " → " + to);
  };
  changed(layer.standing, "", standingInWords(before), standingInWords(now));
  if (before.standing != LayerStanding::Timed || now.standing != LayerStanding::Timed) return text;
  changed(layer.mapping, "mapping ", before.mapping, now.mapping);
  changed(layer.tunables, "tunables ", tunablesInWords(before), tunablesInWords(now));
  changed(layer.method, "method ", before.method, now.method);
  changed(layer.exactness, "", exactnessInWords(before), exactnessInWords(now));
  return text;
}

bool isMissing(const std::optional<LayerSide>& side, const std::optional<Cycles>& cycles) {
  return side && side->standing == LayerStanding::Timed && !cycles;
}

namespace {

/// The two causes that changed most.
std::string causesInWords(const LayerChange& layer) {
  std::string text;
  if (!layer.cycles.before || !layer.cycles.now) return text;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, layer.causes.size()); ++i) {
    const CauseChange& each = layer.causes[i];
    if (!each.before || !each.now || each.before == each.now) break;
    if (!text.empty()) text += ", ";
    text += causeKey(each.cause) + ' ' + signedDigits(*each.now - *each.before);
  }
  return text;
}

void writeHead(std::ostream& out, const ResultDifference& difference) {
  const auto side = [&](const char* what, const ResultDifference::Side& of,
                        const std::optional<Cycles>& cycles) {
    out << what << printable(of.architecture);
    if (!of.network.empty()) out << " running " << printable(of.network);
    if (!cycles) {
      out << ", no result\n";
      return;
    }
    out << (of.complete ? ", " : ", at least ") << groupedDigits(*cycles)
        << (*cycles == 1 ? " cycle" : " cycles") << (of.exact ? "" : " (approximation)") << '\n';
  };
  side("before: ", difference.before, difference.cycles.before);
  side("now:    ", difference.now, difference.cycles.now);
  if (const std::string change = changeInWords(difference.cycles); !change.empty()) {
    out << "change: " << change << '\n';
  }
}

void writeParameters(std::ostream& out, const ResultDifference& difference) {
  if (difference.parameters.empty()) return;
  TextTable table({{"parameter"}, {"before", Align::Right}, {"now", Align::Right}});
  for (const ParameterChange& each : difference.parameters) {
    table.add({printable(each.name), digitsIfThere(each.before), digitsIfThere(each.now)});
  }
  out << '\n';
  table.write(out);
}

std::string cyclesInWords(const std::optional<LayerSide>& side, const std::optional<Cycles>& cycles) {
  return isMissing(side, cycles) ? "missing" : digitsIfThere(cycles);
}

std::string figureInWords(const std::optional<std::int64_t>& figure) {
  return figure ? groupedDigits(*figure) : "missing";
}

void writeLayers(std::ostream& out, const ResultDifference& difference, bool all) {
  TextTable table({{"layer"},
                   {"before", Align::Right},
                   {"now", Align::Right},
                   {"change"},
                   {"what changed"},
                   {"cycles by cause"}});
  std::int64_t same = 0;
  for (const LayerChange& layer : difference.layers) {
    if (!layer.differs()) {
      ++same;
      if (!all) continue;
    }
    table.add({printable(layer.layer), cyclesInWords(layer.before, layer.cycles.before),
               cyclesInWords(layer.now, layer.cycles.now), changeInWords(layer.cycles),
               printable(changesInWords(layer)), printable(causesInWords(layer))});
  }
  if (all ? !difference.layers.empty() : same < static_cast<std::int64_t>(difference.layers.size())) {
    out << '\n';
    table.write(out);
  }
  if (same > 0) out << "\nthe same: " << groupedDigits(same) << (same == 1 ? " layer\n" : " layers\n");
}

void writeCauses(std::ostream& out, const ResultDifference& difference, bool all) {
  TextTable table({{"cause"}, {"before", Align::Right}, {"now", Align::Right}, {"change"}});
  bool any = false;
  for (const CauseChange& each : difference.causes) {
    if (!all && !each.differs()) continue;
    any = true;
    table.add({printable(causeKey(each.cause)), figureInWords(each.before), figureInWords(each.now),
               changeInWords({each.before, each.now})});
  }
  if (!any) return;
  out << '\n';
  table.write(out);
}

}  // namespace

std::string changeInWords(const CycleChange& change) {
  const auto absolute = change.absolute();
  if (!absolute) return {};
  std::string text = signedDigits(*absolute);
  if (const auto relative = change.relative(); relative && *absolute != 0) {
    text += std::string(" (") + (*absolute < 0 ? "−" : "+") + percentage(std::abs(*relative)) + ')';
  }
  return text;
}

void writeDifferenceText(std::ostream& out, const ResultDifference& difference,
                         const DifferenceTextOptions& options) {
  writeHead(out, difference);
  writeParameters(out, difference);
  writeLayers(out, difference, options.all);
  writeCauses(out, difference, options.all);
}

}  // namespace taktwerk
