// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/architecture/class_specification.h"
#include "core/architecture/validate.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

using Class = ObjectClass;
using Kind = ConnectionKind;

bool isStage(Class c) {
  return c == Class::InstructionFetchStage || c == Class::PipelineStage || c == Class::ExecuteStage;
}
bool isUnit(Class c) {
  return c == Class::FunctionalUnit || c == Class::MemoryAccessUnit;
}

/// What an object is connected with, as indices into the architecture's connections.
struct Links {
  std::vector<std::uint32_t> contains, containedBy, forwards, forwardedBy, reads, readBy, writes, writtenBy;
};

/// The legal connections of a document by object, and the rules over them.
class StructureChecker {
 public:
  StructureChecker(const Architecture& architecture, Problems& problems)
      : architecture_(architecture), problems_(problems), links_(architecture.objects.size()) {}

  void run(bool complete) {
    collect();
    checkForwardCycles();
    checkCacheCycles();
    if (!complete) return;
    checkFetch();
    for (const ObjectDeclaration& object : architecture_.objects) {
      if (isUnit(object.objectClass)) checkContained(object, "ExecuteStage");
      if (object.objectClass == Class::InstructionMemoryAccessUnit) checkAccessUnit(object);
      if (object.objectClass == Class::ExecuteStage && links(object).contains.empty()) {
        warn(object, "A0506", "contains no unit, so it only forwards");
      }
      if (object.objectClass == Class::RegisterFile || isMemory(object.objectClass)) checkUsed(object);
      if (object.objectClass == Class::SetAssociativeCache) checkBacking(object);
      if (object.objectClass == Class::FunctionalUnit) checkResultLatency(object);
    }
    checkReachable();
  }

 private:
  [[nodiscard]] const ObjectDeclaration& object(ObjectId id) const {
    return architecture_.objects[id.index()];
  }
  [[nodiscard]] const Links& links(const ObjectDeclaration& o) const {
    return links_[static_cast<std::size_t>(&o - architecture_.objects.data())];
  }
  [[nodiscard]] const Connection& connection(std::uint32_t i) const { return architecture_.connections[i]; }
  [[nodiscard]] std::string title(const ObjectDeclaration& o) const {
    return std::string(toString(o.objectClass)) + ' ' + inQuotes(o.name);
  }
  void warn(const ObjectDeclaration& o, const char* code, const std::string& what) {
    problems_.warning(o.position, code, title(o) + ' ' + what, o.name);
  }
  void fail(const ObjectDeclaration& o, const char* code, const std::string& what) {
    problems_.error(o.position, code, title(o) + ' ' + what, o.name);
  }

  void collect() {
    std::unordered_map<std::uint64_t, std::uint32_t> seen[4];
    for (std::uint32_t i = 0; i < architecture_.connections.size(); ++i) {
      const Connection& c = connection(i);
      if (c.from.index() >= links_.size() || c.to.index() >= links_.size()) {
        problems_.error(c.position, "A0405", "the connection names an object that is not there");
        continue;
      }
      const std::uint64_t key = (std::uint64_t{c.from.value} << 32U) | c.to.value;
      const auto [first, isNew] = seen[static_cast<std::size_t>(c.kind)].try_emplace(key, i);
      if (!isNew) {
        problems_.error(c.position, "A0406",
                        "this connection is already given in line " +
                            std::to_string(connection(first->second).position.line),
                        object(c.from).name);
        continue;
      }
      if (auto reason = whyIllegal(c.kind, object(c.from).objectClass, object(c.to).objectClass)) {
        problems_.error(c.position, "A0407",
                        std::string(toString(c.kind)) + " [" + object(c.from).name + ", " +
                            object(c.to).name + "]: " + *reason,
                        object(c.from).name);
        continue;
      }
      Links& from = links_[c.from.index()];
      Links& to = links_[c.to.index()];
      switch (c.kind) {
        case Kind::Contains:
          from.contains.push_back(i), to.containedBy.push_back(i);
          break;
        case Kind::Forward:
          from.forwards.push_back(i), to.forwardedBy.push_back(i);
          break;
        case Kind::Reads:
          from.reads.push_back(i), to.readBy.push_back(i);
          break;
        case Kind::Writes:
          from.writes.push_back(i), to.writtenBy.push_back(i);
          break;
      }
    }
  }

  /// Objects of classes this version does not know may be what is missing.
  [[nodiscard]] bool hasUnknown() const {
    return std::any_of(architecture_.objects.begin(), architecture_.objects.end(),
                       [](const ObjectDeclaration& o) { return o.objectClass == Class::Unknown; });
  }

  void checkFetch() {
    for (const ObjectDeclaration& o : architecture_.objects) {
      if (o.objectClass != Class::InstructionFetchStage) continue;
      if (fetch_ != nullptr) {
        fail(o, "A0502",
             "is one too many; line " + std::to_string(fetch_->position.line) +
                 " has the one InstructionFetchStage of an architecture");
        continue;
      }
      fetch_ = &o;
    }
    if (fetch_ == nullptr) {
      if (!hasUnknown()) {
        problems_.error({1, 1}, "A0501",
                        "an architecture needs exactly one InstructionFetchStage, found none");
      }
      return;
    }
    const std::size_t units = links(*fetch_).contains.size();
    if (units != 1) {
      fail(*fetch_, "A0503",
           "must contain exactly one InstructionMemoryAccessUnit, contains " +
               (units == 0 ? std::string("none") : std::to_string(units)));
    }
    if (links(*fetch_).forwards.empty()) warn(*fetch_, "A0507", "forwards to no stage");
  }

  void checkContained(const ObjectDeclaration& o, const std::string& container) {
    const Links& l = links(o);
    if (l.containedBy.empty()) fail(o, "A0504", "is contained in no " + container);
    if (l.containedBy.size() > 1) {
      fail(o, "A0505",
           "is contained in both " + inQuotes(object(connection(l.containedBy[0]).from).name) + " and " +
               inQuotes(object(connection(l.containedBy[1]).from).name) + "; a unit lies in one stage");
    }
  }

  void checkAccessUnit(const ObjectDeclaration& unit) {
    checkContained(unit, "InstructionFetchStage");
    const std::vector<std::uint32_t>& reads = links(unit).reads;
    if (reads.size() != 1) {
      fail(unit, "A0508",
           "must read exactly one instruction memory, reads " +
               (reads.empty() ? std::string("none") : std::to_string(reads.size())));
      return;
    }
    const ObjectDeclaration& memory = object(connection(reads[0]).to);
    const Links& l = links(memory);
    const std::uint32_t* other = nullptr;
    for (const std::uint32_t& c : l.readBy) {
      if (c != reads[0]) other = &c;
    }
    if (!l.writtenBy.empty()) other = &l.writtenBy[0];
    if (other == nullptr) return;
    problems_.error(connection(*other).position, "A0509",
                    "instruction memory " + inQuotes(memory.name) + " is used for something else by " +
                        inQuotes(object(connection(*other).from).name) + "; only " + inQuotes(unit.name) +
                        " may use it",
                    memory.name);
  }

  void checkUsed(const ObjectDeclaration& o) {
    const Links& l = links(o);
    if (l.readBy.empty() && l.writtenBy.empty()) warn(o, "A0510", "is used by no unit");
  }

  void checkBacking(const ObjectDeclaration& cache) {
    const Links& l = links(cache);
    const auto name = [&](std::uint32_t c) { return inQuotes(object(connection(c).to).name); };
    if (l.reads.size() != 1 || l.writes.size() != 1) {
      fail(cache, "A0601",
           "must read and write exactly one backing memory, reads " + std::to_string(l.reads.size()) +
               " and writes " + std::to_string(l.writes.size()));
    } else if (connection(l.reads[0]).to != connection(l.writes[0]).to) {
      fail(cache, "A0602",
           "must read and write the same backing memory, reads " + name(l.reads[0]) + " and writes " +
               name(l.writes[0]));
    }
  }

  void checkResultLatency(const ObjectDeclaration& unit) {
    const Attribute* latencies = unit.find("result_latency");
    if (latencies == nullptr || !latencies->value.isMap()) return;
    if (registerFiles_.empty()) {
      for (const ObjectDeclaration& o : architecture_.objects) {
        if (o.objectClass == Class::RegisterFile) registerFiles_.insert(o.name);
      }
    }
    std::unordered_set<std::string_view> written;
    for (const std::uint32_t c : links(unit).writes) written.insert(object(connection(c).to).name);
    for (const YamlNode::Entry& entry : latencies->value.entries) {
      if (written.contains(entry.key) || !registerFiles_.contains(entry.key)) continue;
      problems_.warning(entry.position, "A0318",
                        "result_latency of " + inQuotes(entry.key) +
                            " has no effect: " + inQuotes(unit.name) + " does not write it",
                        unit.name);
    }
  }

  /// Depth first without recursion; every connection that closes a circle is reported with its chain.
  void checkForwardCycles() {
    enum class Mark : std::uint8_t { New, Open, Done };
    struct Frame {
      std::uint32_t object;
      std::size_t next;
    };
    std::vector<Mark> marks(links_.size(), Mark::New);
    std::vector<Frame> path;
    for (std::uint32_t start = 0; start < links_.size(); ++start) {
      if (marks[start] != Mark::New) continue;
      path.push_back({start, 0});
      marks[start] = Mark::Open;
      while (!path.empty()) {
        Frame& top = path.back();
        const std::vector<std::uint32_t>& forwards = links_[top.object].forwards;
        if (top.next == forwards.size()) {
          marks[top.object] = Mark::Done;
          path.pop_back();
          continue;
        }
        const Connection& c = connection(forwards[top.next++]);
        const std::uint32_t to = c.to.value;
        if (marks[to] == Mark::New) {
          marks[to] = Mark::Open;
          path.push_back({to, 0});
        } else if (marks[to] == Mark::Open) {
          std::vector<std::uint32_t> circle;
          for (auto f = path.rbegin(); f != path.rend(); ++f) {
            circle.push_back(f->object);
            if (f->object == to || circle.size() > mostNamed) break;
          }
          reportCircle(c, circle, "A0511", "forward connections lead in a circle: ");
        }
      }
    }
  }

  static constexpr std::size_t mostNamed = 20;

  /// `circle` holds the objects from the last back to the first, or the last of a long chain.
  void reportCircle(const Connection& closing, const std::vector<std::uint32_t>& circle, const char* code,
                    const std::string& what) {
    const std::string& first = object(closing.to).name;
    std::string chain = first;
    if (circle.back() != closing.to.value) chain += " -> …";
    for (auto o = circle.rbegin(); o != circle.rend(); ++o) {
      if (*o != closing.to.value) chain += " -> " + architecture_.objects[*o].name;
    }
    problems_.error(closing.position, code, what + chain + " -> " + first, object(closing.from).name);
  }

  void checkReachable() {
    if (fetch_ == nullptr) return;
    std::vector<bool> reached(links_.size(), false);
    std::vector<std::uint32_t> waiting{static_cast<std::uint32_t>(fetch_ - architecture_.objects.data())};
    reached[waiting[0]] = true;
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back();
      waiting.pop_back();
      for (const std::uint32_t c : links_[at].forwards) {
        const std::uint32_t to = connection(c).to.value;
        if (reached[to]) continue;
        reached[to] = true;
        waiting.push_back(to);
      }
    }
    for (std::uint32_t i = 0; i < links_.size(); ++i) {
      const ObjectDeclaration& o = architecture_.objects[i];
      if (reached[i] || !isStage(o.objectClass) || o.objectClass == Class::InstructionFetchStage) continue;
      warn(o, "A0512", "cannot be reached: no forward connections lead to it from " + inQuotes(fetch_->name));
    }
  }

  void checkCacheCycles() {
    enum class Mark : std::uint8_t { New, Open, Done };
    std::vector<Mark> marks(links_.size(), Mark::New);
    for (std::uint32_t start = 0; start < links_.size(); ++start) {
      std::vector<std::uint32_t> path;
      std::uint32_t at = start;
      while (marks[at] == Mark::New && architecture_.objects[at].objectClass == Class::SetAssociativeCache &&
             !links_[at].reads.empty()) {
        marks[at] = Mark::Open;
        path.push_back(at);
        at = connection(links_[at].reads[0]).to.value;
      }
      if (marks[at] == Mark::Open) {
        std::vector<std::uint32_t> circle;
        for (auto o = path.rbegin(); o != path.rend(); ++o) {
          circle.push_back(*o);
          if (*o == at || circle.size() > mostNamed) break;
        }
        reportCircle(connection(links_[path.back()].reads[0]), circle, "A0603",
                     "caches back each other in a circle: ");
      }
      for (const std::uint32_t o : path) marks[o] = Mark::Done;
    }
  }

  const Architecture& architecture_;
  Problems& problems_;
  std::vector<Links> links_;
  const ObjectDeclaration* fetch_ = nullptr;
  std::unordered_set<std::string_view> registerFiles_;  ///< filled when first needed
};

}  // namespace

void validateStructure(const Architecture& architecture, Problems& problems, bool complete) {
  StructureChecker(architecture, problems).run(complete);
}

}  // namespace taktwerk
