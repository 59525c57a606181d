// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sensitivity_report.h"

#include <ostream>

#include "core/report/difference_report.h"
#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

constexpr auto lines = JsonWriter::Layout::Lines;

void say(std::string& text, const std::string& more) {
  if (more.empty()) return;
  text += (text.empty() ? "" : ", ") + more;
}

void writeOutcome(JsonWriter& json, const StepOutcome& outcome, Cycles present) {
  const Step& step = outcome.step;
  json.openObject().member("name", settingName(step));
  if (!step.layer.empty()) json.member("layer", step.layer);
  json.member("from", step.from).member("to", step.to);
  if (outcome.cycles) {
    json.member("cycles", *outcome.cycles)
        .member("exact", outcome.exact)
        .member("complete", outcome.complete)
        .member("comparable", outcome.comparable);
    if (outcome.comparable) json.member("saved", present - *outcome.cycles);
    if (outcome.comparable && present > 0) {
      json.member("relative", static_cast<double>(present - *outcome.cycles) / static_cast<double>(present));
    }
    if (!outcome.missing.empty()) json.member("missing", outcome.missing);
  } else {
    json.member("reason", outcome.reason);
  }
  if (!step.note.empty()) json.member("note", step.note);
  json.closeObject();
}

}  // namespace

std::string remarkInWords(const StepOutcome& outcome) {
  std::string text;
  if (!outcome.cycles) {
    text = "cannot be: " + outcome.reason;
  } else {
    if (!outcome.comparable && outcome.step.of != Step::Of::Network) say(text, "counts other layers");
    if (!outcome.exact) say(text, "approximation");
    if (!outcome.complete) say(text, "at least: " + outcome.missing);
  }
  say(text, outcome.step.note);
  return text;
}

void writeSensitivityText(std::ostream& out, const Sensitivity& sensitivity) {
  if (!sensitivity.cycles) {
    out << "What to change: nothing to compare with: " << printable(sensitivity.reason) << '\n';
    return;
  }
  out << "What to change: " << (sensitivity.complete ? "" : "at least ") << groupedDigits(*sensitivity.cycles)
      << (*sensitivity.cycles == 1 ? " cycle" : " cycles") << " now"
      << (sensitivity.exact ? "" : " (approximation)") << ", "
      << groupedDigits(std::ssize(sensitivity.outcomes))
      << (sensitivity.outcomes.size() == 1 ? " step\n" : " steps\n");
  if (sensitivity.outcomes.empty()) return;
  TextTable table({{"step"}, {"cycles", TextTable::Align::Right}, {"change"}, {"remark"}});
  for (const StepOutcome& outcome : sensitivity.outcomes) {
    const bool compared = outcome.cycles && outcome.comparable;
    table.add({printable(inWords(outcome.step)), outcome.cycles ? groupedDigits(*outcome.cycles) : "",
               compared ? changeInWords({sensitivity.cycles, outcome.cycles}) : "",
               printable(remarkInWords(outcome))});
  }
  out << '\n';
  table.write(out);
}

void writeSensitivity(JsonWriter& json, const Sensitivity& sensitivity) {
  json.openObject("sensitivity");
  if (!sensitivity.cycles) {
    json.member("reason", sensitivity.reason).closeObject();
    return;
  }
  json.member("cycles", *sensitivity.cycles)
      .member("exact", sensitivity.exact)
      .member("complete", sensitivity.complete)
      .member("steps", sensitivity.steps)
      .openArray("ranked", lines);
  for (const StepOutcome& outcome : sensitivity.outcomes) {
    writeOutcome(json, outcome, *sensitivity.cycles);
  }
  json.closeArray().closeObject();
}

}  // namespace taktwerk
