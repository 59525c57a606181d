// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <vector>

#include "core/report/iteration_report.h"
#include "core/report/json_writer.h"
#include "core/report/timeline_files.h"
#include "core/report/timeline_words.h"

namespace taktwerk {

namespace {

/// What becomes an event.
struct Event {
  std::uint32_t object = 0;
  std::int64_t thread = 0;
  Cycles begin = 0, end = 0;
  const TimelineInstruction* instruction = nullptr;
  const TimelineBar* bar = nullptr;
  bool wait = false;
};

constexpr std::int64_t firstWaitThread = 1'000'001;

/// Puts events that lie in an object at the same time into threads of their own, the lowest that is free.
void assignThreads(std::vector<Event>& events) {
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.begin < b.begin; });
  struct Threads {
    std::set<std::int64_t> free;
    std::multimap<Cycles, std::int64_t> busy;  // by end
    std::int64_t count = 0;
  };
  std::map<std::pair<std::uint32_t, bool>, Threads> of;
  for (Event& event : events) {
    Threads& threads = of[{event.object, event.wait}];
    while (!threads.busy.empty() && threads.busy.begin()->first <= event.begin) {
      threads.free.insert(threads.busy.begin()->second);
      threads.busy.erase(threads.busy.begin());
    }
    std::int64_t thread = threads.count;
    if (threads.free.empty()) {
      ++threads.count;
    } else {
      thread = *threads.free.begin();
      threads.free.erase(threads.free.begin());
    }
    threads.busy.emplace(event.end, thread);
    event.thread = thread + (event.wait ? firstWaitThread : 1);
  }
}

std::vector<Event> eventsOf(const Timeline& timeline) {
  std::vector<Event> events;
  for (const TimelineInstruction& instruction : timeline.instructions) {
    for (const TimelineBar& bar : instruction.bars) {
      const auto object = static_cast<std::uint32_t>(bar.object.index());
      if (bar.end > bar.begin || bar.kind != NodeKind::Compute) {
        events.push_back({object, 0, bar.begin, bar.end, &instruction, &bar, false});
      }
      if (bar.wait) {
        events.push_back({object, 0, bar.begin - bar.wait->cycles, bar.begin, &instruction, &bar, true});
      }
    }
  }
  assignThreads(events);
  return events;
}

void writeNames(JsonWriter& json, const Timeline& timeline, const std::vector<Event>& events) {
  std::map<std::uint32_t, std::set<std::int64_t>> threads;
  for (const Event& event : events) threads[event.object].insert(event.thread);
  const auto name = [&](std::uint32_t object, std::int64_t thread, const char* what,
                        const std::string& text) {
    json.openObject().member("ph", "M").member("pid", object + 1);
    if (thread > 0) json.member("tid", thread);
    json.member("name", what).openObject("args").member("name", text).closeObject().closeObject();
  };
  const auto sort = [&](std::uint32_t object, std::int64_t thread, const char* what, std::int64_t index) {
    json.openObject().member("ph", "M").member("pid", object + 1);
    if (thread > 0) json.member("tid", thread);
    json.member("name", what).openObject("args").member("sort_index", index).closeObject().closeObject();
  };
  for (const auto& [object, used] : threads) {
    name(object, 0, "process_name", timeline.machine->objectNames[object]);
    sort(object, 0, "process_sort_index", object);
    for (const std::int64_t thread : used) {
      const bool wait = thread >= firstWaitThread;
      const std::int64_t place = wait ? thread - firstWaitThread + 1 : thread;
      name(object, thread, "thread_name", (wait ? "waiting " : "place ") + std::to_string(place));
      sort(object, thread, "thread_sort_index", thread);
    }
  }
}

void writeEvent(JsonWriter& json, const Timeline& timeline, const Event& event) {
  const TimelineBar& bar = *event.bar;
  json.openObject()
      .member("ph", "X")
      .member("pid", event.object + 1)
      .member("tid", event.thread)
      .member("ts", event.begin)
      .member("dur", event.end - event.begin)
      .member("cat", event.wait ? "wait" : toString(bar.kind))
      .member("name", event.instruction->operation.operation)
      .openObject("args")
      .member("instruction", event.instruction->number)
      .member("operands", operationInWords(event.instruction->operation, {}));
  if (bar.kind == NodeKind::Access) {
    json.member("access", bar.write ? "write" : "read")
        .member("address", bar.address)
        .member("words", bar.words);
  }
  if (bar.wait) {
    json.member("waited", bar.wait->cycles)
        .member("waited_for", waitInWords(*bar.wait, *timeline.machine))
        .member("of_instruction", bar.wait->instruction)
        .member("of", bar.wait->operation);
  }
  json.closeObject().closeObject();
}

}  // namespace

void writeTimelineTraceEvents(std::ostream& out, const Timeline& timeline) {
  const std::vector<Event> events = eventsOf(timeline);
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("displayTimeUnit", "ms")
      .openObject("otherData")
      .member("title", timeline.title)
      .member("unit", "1 cycle = 1 us")
      .closeObject()
      .openArray("traceEvents", JsonWriter::Layout::Lines);
  writeNames(json, timeline, events);
  for (const Event& event : events) writeEvent(json, timeline, event);
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
