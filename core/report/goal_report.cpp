// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/goal_report.h"

#include <algorithm>
#include <limits>
#include <ostream>
#include <string>
#include <utility>

#include "core/base/joined.h"
#include "core/report/bottleneck_sentence.h"
#include "core/report/front_report.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

std::string listed(const std::vector<Goal>& goals) {
  std::vector<std::string> texts;
  texts.reserve(goals.size());
  for (const Goal& goal : goals) texts.push_back(toString(goal));
  return joined(texts, " and ");
}

double figureOf(const Sweep& sweep, const SweepRow& row, const std::string& figure) {
  const auto place = findFigure(sweep.figures, figure);
  return place && *place < row.figures.size() ? row.figures[*place]
                                              : std::numeric_limits<double>::quiet_NaN();
}

/// "arch.rows 14, arch.columns 12: area 3,210, cycles 29,000"
std::string inWords(const Sweep& sweep, const SweepRow& row) {
  std::string text;
  for (std::size_t c = 0; c < sweep.columns.size(); ++c) {
    const std::string value = valueText(sweep.columns[c], row.point.values[c]);
    if (!value.empty()) text += (text.empty() ? "" : ", ") + sweep.columns[c].name + ' ' + value;
  }
  text += ':';
  for (std::size_t o = 0; o < sweep.objectives.size(); ++o) {
    const std::string& figure = sweep.objectives[o].figure;
    text += (o > 0 ? ", " : " ") + figure + ' ' + figureInWords(figureOf(sweep, row, figure));
  }
  return printable(text);
}

/// What it misses of which goal, or that it reaches them.
std::string missed(const std::vector<Goal>& goals, const std::vector<double>& shortfalls) {
  std::string text;
  for (std::size_t g = 0; g < shortfalls.size(); ++g) {
    if (shortfalls[g] == 0) continue;
    text += text.empty() ? "misses " : ", ";
    text += goals.size() == 1 ? "it" : toString(goals[g]);
    text += goals[g].bound == 0 ? " by " + figureInWords(shortfalls[g]) : " by " + percentage(shortfalls[g]);
  }
  if (text.empty()) return goals.size() == 1 ? "reaches it" : "reaches them";
  return text;
}

std::string howSure(const GoalAnswer& answer) {
  const std::string estimated = groupedDigits(answer.totals.all());
  if (answer.totals.stopped) return "stopped after " + estimated + " points: there may be better ones";
  if (answer.ruledOut > 0) {
    return "of " + groupedDigits(answer.ruledOut + answer.totals.all()) + " points " + estimated +
           " were estimated: by their " + joined(answer.ruledOutBy, ", ", " and ") +
           " alone the others are no better";
  }
  if (answer.from == GoalAnswer::From::All) {
    return answer.totals.all() == 1 ? "the only point was looked at"
                                    : "all " + estimated + " points were looked at";
  }
  return std::string("of ") + (answer.count.exact() ? "" : "at most ") + groupedDigits(answer.count.atMost) +
         " points " + estimated + " were looked at: there may be better ones";
}

/// The dimension's name and the place of its column; a parameter that this architecture does not have is
/// still named.
std::pair<std::string, std::string> changed(const Sweep& sweep, const GoalNeighbour& neighbour) {
  for (std::size_t c = 0; c < sweep.columns.size(); ++c) {
    if (sweep.columnNames[c] == neighbour.dimension)
      return {sweep.columns[c].name, valueText(sweep.columns[c], neighbour.row.point.values[c])};
  }
  return {sweep.judge->space().dimensions[neighbour.dimension].name, {}};
}

void writeNeighbours(std::ostream& out, const Sweep& sweep, const std::vector<Goal>& goals,
                     const GoalAnswer& answer) {
  using Align = TextTable::Align;
  std::vector<TextTable::Column> heading{{"beside it", Align::Left}};
  for (const Objective& objective : sweep.objectives)
    heading.push_back({printable(objective.figure), Align::Right});
  heading.push_back({"goal", Align::Left});
  TextTable table(std::move(heading));
  for (const GoalNeighbour& neighbour : answer.neighbours) {
    const auto [name, value] = changed(sweep, neighbour);
    std::string what = name;
    what.append(" ").append(value);
    std::vector<std::string> cells{printable(what)};
    for (const Objective& objective : sweep.objectives) {
      cells.push_back(figureInWords(figureOf(sweep, neighbour.row, objective.figure)));
    }
    const std::string state(toString(neighbour.row.state));
    const bool done = neighbour.row.state == PointState::Done;
    cells.push_back(neighbour.comparable ? missed(goals, neighbour.shortfalls)
                                         : printable((done ? "" : state + ": ") + neighbour.row.reason));
    table.add(std::move(cells));
  }
  table.write(out);
}

std::string sentenceOf(const GoalAnswer& answer) {
  return answer.decider ? plainText(bottleneckSentence(*answer.decider, answer.network)) : std::string();
}

void writeShortfalls(JsonWriter& json, const std::vector<double>& shortfalls) {
  json.openArray("shortfalls");
  for (const double shortfall : shortfalls) json.member({}, shortfall);
  json.closeArray();
}

}  // namespace

void writeGoalText(std::ostream& out, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer) {
  const Objective& objective = sweep.objectives.front();
  const std::string wanted = (objective.direction == Figure::Better::Less ? "least " : "most ") +
                             objective.figure + " that reaches " + listed(goals);
  if (answer.best) {
    out << printable(wanted) << ": point " << answer.best->point.number << '\n'
        << inWords(sweep, *answer.best) << '\n';
  } else if (answer.nearest) {
    out << printable(wanted) << ": none was found; point " << answer.nearest->point.number
        << " comes nearest and " << missed(goals, answer.shortfalls) << '\n'
        << inWords(sweep, *answer.nearest) << '\n';
  } else {
    out << printable(wanted) << ": none was found, and no point could be compared\n";
  }
  out << howSure(answer) << '\n';
  if (!answer.neighbours.empty()) {
    out << '\n';
    writeNeighbours(out, sweep, goals, answer);
  }
  if (answer.notLookedAt > 0) {
    out << groupedDigits(answer.notLookedAt)
        << (answer.notLookedAt == 1 ? " point beside it was" : " points beside it were")
        << " not looked at: no more may be estimated\n";
  }
  if (const std::string sentence = sentenceOf(answer); !sentence.empty())
    out << '\n' << printable(sentence) << '\n';
}

void writeGoalJson(JsonWriter& json, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  json.openObject("goal").openArray("goals");
  for (const Goal& goal : goals) json.item(toString(goal));
  json.closeArray()
      .member("objective", toString(sweep.objectives.front()))
      .member("reached", answer.best.has_value());
  const auto& point = answer.best ? answer.best : answer.nearest;
  if (point) {
    json.member("point", point->point.number);
  } else {
    json.member("point", none);
  }
  json.member("estimated", answer.totals.all());
  if (answer.count.exact()) {
    json.member("points", answer.count.atMost);
  } else {
    json.member("points", none);
  }
  json.member("ruled_out", answer.ruledOut).member("neighbours_not_looked_at", answer.notLookedAt);
  json.member("all", answer.from == GoalAnswer::From::All && !answer.totals.stopped);
  writeShortfalls(json, answer.shortfalls);
  json.openArray("neighbours", JsonWriter::Layout::Lines);
  for (const GoalNeighbour& neighbour : answer.neighbours) {
    json.openObject()
        .member("column", changed(sweep, neighbour).first)
        .member("point", neighbour.row.point.number)
        .member("reached", neighbour.reaches());
    writeShortfalls(json, neighbour.shortfalls);
    json.closeObject();
  }
  json.closeArray().member("sentence", sentenceOf(answer)).closeObject();
}

}  // namespace taktwerk
