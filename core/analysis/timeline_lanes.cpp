// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/timeline_lanes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace taktwerk {

namespace {

/// A name without what stands in brackets, and that.
struct ArrayName {
  std::string array;    ///< "pe" of "pe[3][4].alu"
  std::string pattern;  ///< "pe.alu"; equal to the name where there are no brackets
  std::vector<std::int64_t> indices;
};

ArrayName arrayNameOf(const std::string& name) {
  ArrayName parts;
  bool inside = false;
  std::int64_t index = 0;
  for (const char each : name) {
    if (each == '[') {
      if (parts.indices.empty() && parts.array.empty()) parts.array = parts.pattern;
      inside = true;
      index = 0;
    } else if (each == ']' && inside) {
      parts.indices.push_back(index);
      inside = false;
    } else if (inside) {
      if (each < '0' || each > '9') return {{}, name, {}};
      index = index * 10 + (each - '0');
    } else {
      parts.pattern += each;
    }
  }
  if (inside || parts.indices.empty()) return {{}, name, {}};
  return parts;
}

struct Occupiable {
  std::int64_t places = 0;  ///< 0: nothing can be in it
  bool isUnit = false;
};

std::vector<Occupiable> occupiableOf(const Machine& machine) {
  std::vector<Occupiable> objects(machine.objectNames.size());
  for (const MachineObjectId object : {machine.fetch.accessUnit, machine.fetch.memory}) {
    if (object.valid()) objects[object.index()].places = 1;
  }
  for (const Stage& stage : machine.stages) {
    objects[stage.object].places = stage.kind == StageKind::Pipeline ? stage.capacity : 1;
  }
  for (const Unit& unit : machine.units) objects[unit.object] = {1, true};
  for (const Memory& memory : machine.memories) {
    const std::int64_t banks = memory.kind == MemoryKind::Sram ? memory.banks : 1;
    objects[memory.object].places = memory.maxConcurrentRequests * banks;
  }
  return objects;
}

/// "[16×16]" where the indices fill a rectangle, else "×200".
std::string sizeInWords(const std::vector<const ArrayName*>& members) {
  std::set<std::vector<std::int64_t>> tuples;
  for (const ArrayName* member : members) tuples.insert(member->indices);
  const std::size_t dimensions = tuples.begin()->size();
  std::vector<std::int64_t> most(dimensions, 0), least = *tuples.begin();
  for (const auto& tuple : tuples) {
    if (tuple.size() != dimensions) return " ×" + std::to_string(tuples.size());
    for (std::size_t d = 0; d < dimensions; ++d) {
      most[d] = std::max(most[d], tuple[d]);
      least[d] = std::min(least[d], tuple[d]);
    }
  }
  std::string text = " [";
  double volume = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    volume *= static_cast<double>(most[d] - least[d] + 1);
    text += (d > 0 ? "×" : "") + std::to_string(most[d] - least[d] + 1);
  }
  const bool full = volume == static_cast<double>(tuples.size());
  return full ? text + ']' : " ×" + std::to_string(tuples.size());
}

class Lanes {
 public:
  explicit Lanes(const Machine& machine) : machine_(machine), occupiable_(occupiableOf(machine)) {
    names_.reserve(machine.objectNames.size());
    for (const std::string& name : machine.objectNames) names_.push_back(arrayNameOf(name));
    result_.ofObject.assign(machine.objectNames.size(), TimelineLanes::none);
  }

  TimelineLanes run() {
    std::map<std::string, std::vector<std::uint32_t>> arrays;
    for (std::uint32_t object = 0; object < names_.size(); ++object) {
      const bool isMember = occupiable_[object].places > 0 && !names_[object].indices.empty();
      if (isMember) arrays[names_[object].array].push_back(object);
    }
    for (std::uint32_t object = 0; object < names_.size(); ++object) {
      if (occupiable_[object].places <= 0) continue;
      if (names_[object].indices.empty()) {
        result_.outermost.push_back(single(object, std::nullopt));
        continue;
      }
      const auto array = arrays.find(names_[object].array);
      if (array == arrays.end()) continue;  // it is there already
      const std::vector<std::uint32_t> members = array->second;
      arrays.erase(array);
      result_.outermost.push_back(members.size() == 1 ? single(members.front(), std::nullopt)
                                                      : arrayOf(names_[object].array, members));
    }
    return std::move(result_);
  }

 private:
  std::uint32_t add(TimelineLane lane, std::optional<std::uint32_t> outer) {
    lane.outer = outer;
    lane.depth = outer ? result_.lanes[*outer].depth + 1 : 0;
    const auto number = static_cast<std::uint32_t>(result_.lanes.size());
    if (outer) result_.lanes[*outer].inside.push_back(number);
    result_.lanes.push_back(std::move(lane));
    return number;
  }

  std::uint32_t single(std::uint32_t object, std::optional<std::uint32_t> outer) {
    TimelineLane lane;
    lane.name = machine_.objectNames[object];
    lane.objects = lane.counted = {MachineObjectId{object}};
    lane.places = occupiable_[object].places;
    result_.ofObject[object] = static_cast<std::uint32_t>(result_.lanes.size());
    return add(std::move(lane), outer);
  }

  std::uint32_t group(const std::string& name, const std::vector<std::uint32_t>& members,
                      std::optional<std::uint32_t> outer) {
    TimelineLane lane;
    std::vector<const ArrayName*> parts;
    bool units = false;
    for (const std::uint32_t object : members) {
      lane.objects.push_back(MachineObjectId{object});
      parts.push_back(&names_[object]);
      units = units || occupiable_[object].isUnit;
    }
    lane.name = name + sizeInWords(parts);
    lane.places = 0;
    for (const std::uint32_t object : members) {
      if (units && !occupiable_[object].isUnit) continue;
      lane.counted.push_back(MachineObjectId{object});
      lane.places += occupiable_[object].places;
    }
    return add(std::move(lane), outer);
  }

  std::uint32_t arrayOf(const std::string& name, const std::vector<std::uint32_t>& members) {
    std::vector<std::pair<std::string, std::vector<std::uint32_t>>> patterns;
    for (const std::uint32_t object : members) {
      const auto known = std::find_if(patterns.begin(), patterns.end(),
                                      [&](const auto& each) { return each.first == names_[object].pattern; });
      if (known != patterns.end()) {
        known->second.push_back(object);
      } else {
        patterns.push_back({names_[object].pattern, {object}});
      }
    }
    const bool alike = patterns.size() == 1;
    const std::uint32_t whole = group(alike ? patterns.front().first : name, members, std::nullopt);
    for (const auto& [pattern, objects] : patterns) {
      const std::uint32_t around = alike || objects.size() == 1 ? whole : group(pattern, objects, whole);
      for (const std::uint32_t object : objects) single(object, around);
    }
    return whole;
  }

  const Machine& machine_;
  std::vector<Occupiable> occupiable_;
  std::vector<ArrayName> names_;
  TimelineLanes result_;
};

void addShown(const TimelineLanes& lanes, std::uint32_t lane, const std::set<std::uint32_t>& open,
              const std::vector<bool>& wanted, std::vector<std::uint32_t>& shown) {
  if (lane < wanted.size() && !wanted[lane]) return;
  shown.push_back(lane);
  if (!open.contains(lane)) return;
  for (const std::uint32_t inside : lanes.lanes[lane].inside) addShown(lanes, inside, open, wanted, shown);
}

}  // namespace

std::uint32_t TimelineLanes::shownFor(MachineObjectId object, const std::set<std::uint32_t>& open) const {
  if (object.index() >= ofObject.size() || ofObject[object.index()] == none) return none;
  std::uint32_t shown = ofObject[object.index()];
  for (auto around = lanes[shown].outer; around; around = lanes[*around].outer) {
    if (!open.contains(*around)) shown = *around;
  }
  return shown;
}

TimelineLanes lanesOf(const Machine& machine) {
  return Lanes(machine).run();
}

std::vector<std::uint32_t> shownLanes(const TimelineLanes& lanes, const std::set<std::uint32_t>& open,
                                      const std::vector<bool>& wanted) {
  std::vector<std::uint32_t> shown;
  for (const std::uint32_t lane : lanes.outermost) addShown(lanes, lane, open, wanted, shown);
  return shown;
}

std::vector<bool> usedLanes(const TimelineLanes& lanes, const LayerTimeline& timeline) {
  std::vector<bool> used(lanes.lanes.size(), true);
  if (!timeline.occupiedKnown || timeline.tree.blocks.empty()) return used;
  std::vector<bool> objects(lanes.ofObject.size(), false);
  for (const auto& [object, places] : timeline.tree.blocks[timeline.tree.root].occupied) {
    if (object.index() < objects.size() && places > 0) objects[object.index()] = true;
  }
  for (std::size_t lane = 0; lane < used.size(); ++lane) {
    const auto& in = lanes.lanes[lane].objects;
    used[lane] =
        std::any_of(in.begin(), in.end(), [&](MachineObjectId each) { return objects[each.index()]; });
  }
  return used;
}

double shareOf(const TimelineLane& lane, const OccupiedShares& occupied, std::size_t bin) {
  double sum = 0;
  for (const MachineObjectId object : lane.counted) sum += static_cast<double>(occupied.at(object, bin));
  return lane.places > 0 ? sum / static_cast<double>(lane.places) : 0;
}

std::vector<ObjectBars> placeBars(const Timeline& timeline) {
  std::vector<ObjectBars> objects(timeline.machine ? timeline.machine->objectNames.size() : 0);
  std::vector<std::vector<PlacedBar>> all(objects.size());
  const auto place = [&](MachineObjectId object, const PlacedBar& bar, bool once) {
    if (!object.valid() || object.index() >= all.size()) return;
    std::vector<PlacedBar>& in = all[object.index()];
    const bool there = once && !in.empty() && in.back().begin == bar.begin && in.back().end == bar.end;
    if (!there) in.push_back(bar);
  };
  for (std::uint32_t i = 0; i < timeline.instructions.size(); ++i) {
    const std::vector<TimelineBar>& bars = timeline.instructions[i].bars;
    for (std::uint32_t b = 0; b < bars.size(); ++b) {
      const TimelineBar& bar = bars[b];
      if (bar.kind == NodeKind::Compute || bar.object.index() >= all.size()) continue;
      const PlacedBar placed{bar.begin, std::max(bar.end, bar.begin + 1), i, b};
      if (bar.kind == NodeKind::Fetch) {  // the same of all of a group
        place(timeline.machine->fetch.accessUnit, placed, true);
        place(timeline.machine->fetch.memory, placed, true);
        continue;
      }
      place(bar.object, placed, false);
      if (bar.wait) {
        objects[bar.object.index()].waits.push_back({bar.begin - bar.wait->cycles, bar.begin, i, b});
      }
    }
  }
  const auto earlier = [](const PlacedBar& a, const PlacedBar& b) { return a.begin < b.begin; };
  for (std::size_t object = 0; object < objects.size(); ++object) {
    std::stable_sort(all[object].begin(), all[object].end(), earlier);
    auto& rows = objects[object].rows;
    for (const PlacedBar& bar : all[object]) {
      const auto free = std::find_if(rows.begin(), rows.end(),
                                     [&](const auto& row) { return row.back().end <= bar.begin; });
      if (free != rows.end()) {
        free->push_back(bar);
      } else {
        rows.push_back({bar});
      }
    }
    std::stable_sort(objects[object].waits.begin(), objects[object].waits.end(), earlier);
  }
  return objects;
}

std::vector<BusyStep> busySteps(const std::vector<ObjectBars>& bars,
                                const std::vector<MachineObjectId>& objects) {
  std::map<Cycles, std::int64_t> changes;
  for (const MachineObjectId object : objects) {
    for (const auto& row : bars[object.index()].rows) {
      for (const PlacedBar& bar : row) {
        ++changes[bar.begin];
        --changes[bar.end];
      }
    }
  }
  std::vector<BusyStep> steps;
  std::int64_t count = 0;
  for (const auto& [cycle, change] : changes) {
    if (change == 0) continue;
    count += change;
    steps.push_back({cycle, static_cast<std::uint32_t>(count)});
  }
  return steps;
}

}  // namespace taktwerk
