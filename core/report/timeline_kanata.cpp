// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ostream>
#include <vector>

#include "core/report/iteration_report.h"
#include "core/report/timeline_files.h"
#include "core/report/timeline_words.h"

namespace taktwerk {

namespace {

/// The commands of a cycle are written in this order: ends before begins, and the end of an instruction last.
enum class Step : std::uint8_t { Begin, End, Start, Arrow, Retire };

struct Line {
  Cycles cycle = 0;
  Step step = Step::Begin;
  std::int64_t instruction = 0;  ///< of the window, from 0
  std::string text;              ///< one or more commands, but for the retirement
};

/// A text as it may stand in a column.
std::string column(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

class Kanata {
 public:
  explicit Kanata(const Timeline& timeline) : timeline_(timeline) {}

  void write(std::ostream& out) {
    for (std::size_t i = 0; i < timeline_.instructions.size(); ++i) {
      add(static_cast<std::int64_t>(i), timeline_.instructions[i]);
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) {
      return std::pair(a.cycle, a.step) < std::pair(b.cycle, b.step);
    });
    out << "Kanata\t0004\n";
    Cycles now = lines_.empty() ? 0 : lines_.front().cycle;
    out << "C=\t" << now << '\n';
    std::int64_t retired = 0;
    for (const Line& line : lines_) {
      if (line.cycle > now) out << "C\t" << line.cycle - now << '\n';
      now = line.cycle;
      out << line.text;
      if (line.step == Step::Retire) out << "R\t" << line.instruction << '\t' << retired++ << "\t0\n";
    }
  }

 private:
  void add(std::int64_t id, const TimelineInstruction& instruction) {
    if (instruction.bars.empty()) return;
    const std::string name = std::to_string(id);
    lines_.push_back({instruction.begin(), Step::Begin, id,
                      "I\t" + name + '\t' + std::to_string(instruction.number) + "\t0\nL\t" + name + "\t0\t" +
                          std::to_string(instruction.number) + ": " +
                          column(operationInWords(instruction.operation, {})) + '\n'});
    // In its execute stage it waits until a unit starts it.
    const auto unit = std::find_if(instruction.bars.begin(), instruction.bars.end(),
                                   [](const TimelineBar& bar) { return bar.kind == NodeKind::Unit; });
    for (const TimelineBar& bar : instruction.bars) {
      if (bar.kind == NodeKind::Access) {
        stage(id, laneOf(bar), bar, bar.end,
              (bar.write ? "write " : "read ") + std::to_string(bar.words) + " at " +
                  std::to_string(bar.address));
      } else if (bar.kind != NodeKind::Compute) {
        const bool behind = unit != instruction.bars.end() && bar.kind != NodeKind::Unit;
        stage(id, 0, bar, behind ? std::min(bar.end, unit->begin) : bar.end, {});
      }
      if (bar.wait) wait(id, bar);
    }
    lanes_.clear();
    waitedUntil_ = 0;
    lines_.push_back({instruction.end(), Step::Retire, id, {}});
  }

  /// Pieces of accesses lie beside each other where they are under way at the same time.
  std::int64_t laneOf(const TimelineBar& bar) {
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
      if (lanes_[lane] > bar.begin) continue;
      lanes_[lane] = bar.end;
      return static_cast<std::int64_t>(lane) + 2;
    }
    lanes_.push_back(bar.end);
    return std::ssize(lanes_) + 1;
  }

  void stage(std::int64_t id, std::int64_t lane, const TimelineBar& bar, Cycles end,
             const std::string& label) {
    if (end <= bar.begin) return;
    std::string name = timeline_.machine->objectNames[bar.object.index()];
    if (bar.kind == NodeKind::Fetch) name += " (fetching)";
    if (bar.kind == NodeKind::Unit) name = "X " + name;  // where Konata's arrows begin and end
    span(id, lane, bar.begin, end, column(name), label);
  }

  void span(std::int64_t id, std::int64_t lane, Cycles begin, Cycles end, const std::string& name,
            const std::string& label) {
    const std::string place = std::to_string(id) + '\t' + std::to_string(lane) + '\t' + name + '\n';
    std::string text = "S\t" + place;
    if (!label.empty()) text += "L\t" + std::to_string(id) + "\t2\t" + column(label) + '\n';
    lines_.push_back({begin, Step::Start, id, std::move(text)});
    lines_.push_back({end, Step::End, id, "E\t" + place});
  }

  /// Waits of pieces of an access overlap, and a lane shows one: what is left of it then.
  void wait(std::int64_t id, const TimelineBar& bar) {
    const TimelineInstruction& instruction = timeline_.instructions[static_cast<std::size_t>(id)];
    const Cycles begin = std::max({bar.begin - bar.wait->cycles, waitedUntil_, instruction.begin()});
    if (begin < bar.begin) {
      span(id, 1, begin, bar.begin, "wait",
           waitInWords(*bar.wait, *timeline_.machine) + ": " + std::to_string(bar.wait->instruction) + ' ' +
               bar.wait->operation);
      waitedUntil_ = bar.begin;
    }
    const std::int64_t producer = bar.wait->instruction - timeline_.first;
    if (bar.wait->cause.wait != WaitCause::Data || producer < 0 || producer >= id) return;
    lines_.push_back(
        {bar.begin, Step::Arrow, id, "W\t" + std::to_string(id) + '\t' + std::to_string(producer) + "\t0\n"});
  }

  const Timeline& timeline_;
  std::vector<Line> lines_;
  std::vector<Cycles> lanes_;  // of the accesses of an instruction: when each is free
  Cycles waitedUntil_ = 0;
};

}  // namespace

void writeTimelineKanata(std::ostream& out, const Timeline& timeline) {
  Kanata(timeline).write(out);
}

}  // namespace taktwerk
