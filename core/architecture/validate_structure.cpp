// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <span>
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

/// What an object is connected with, as indices into the architecture's connections, in their order.
struct Links {
  std::span<const std::uint32_t> contains, containedBy, forwards, forwardedBy, reads, readBy, writes,
      writtenBy;
};

/// Connections of a kind by the object at one of their ends, in one list: objects have few, and there are
/// tens of thousands.
class LinkList {
 public:
  /// `end` says of a connection the object it counts for.
  template <class End>
  LinkList(const std::vector<std::uint32_t>& connections, std::size_t objects, End end)
      : first_(objects + 1), connections_(connections.size()) {
    for (const std::uint32_t c : connections) ++first_[end(c) + 1];
    for (std::size_t i = 0; i < objects; ++i) first_[i + 1] += first_[i];
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (const std::uint32_t c : connections) connections_[next[end(c)]++] = c;
  }
  LinkList() = default;
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t object) const {
    return std::span(connections_).subspan(first_[object], first_[object + 1] - first_[object]);
  }

 private:
  std::vector<std::uint32_t> first_;  ///< by object where its connections begin; one more at the end
  std::vector<std::uint32_t> connections_;
};

/// The first of the connections of a kind with the same ends. Open addressing: a node each would take longer
/// than all else.
class FirstConnections {
 public:
  explicit FirstConnections(std::size_t most) {
    std::size_t room = 16;
    while (room < 2 * most) room *= 2;
    places_.resize(room, {none, 0});
  }
  /// That connection: `connection` itself when it is the first.
  std::uint32_t of(std::uint64_t key, std::uint32_t connection) {
    std::size_t at = (key * 0x9E3779B97F4A7C15U) >> 20U;
    for (;; ++at) {
      auto& [known, first] = places_[at & (places_.size() - 1)];
      if (known == key) return first;
      if (known != none) continue;
      known = key;
      first = connection;
      return connection;
    }
  }

 private:
  static constexpr std::uint64_t none = ~std::uint64_t{0};  // no object has such a number
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places_;
};

/// The legal connections of a document by object, and the rules over them.
class StructureChecker {
 public:
  StructureChecker(const Architecture& architecture, Problems& problems)
      : architecture_(architecture), problems_(problems) {}

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
  [[nodiscard]] std::size_t objects() const { return architecture_.objects.size(); }
  [[nodiscard]] Links links(const ObjectDeclaration& o) const {
    const auto i = static_cast<std::size_t>(&o - architecture_.objects.data());
    const auto from = [&](Kind kind) { return from_[static_cast<std::size_t>(kind)].of(i); };
    const auto to = [&](Kind kind) { return to_[static_cast<std::size_t>(kind)].of(i); };
    return {from(Kind::Contains), to(Kind::Contains), from(Kind::Forward), to(Kind::Forward),
            from(Kind::Reads),    to(Kind::Reads),    from(Kind::Writes),  to(Kind::Writes)};
  }
  /// Of an object by its index, the connections of a kind that begin there.
  [[nodiscard]] std::span<const std::uint32_t> beginning(Kind kind, std::size_t object) const {
    return from_[static_cast<std::size_t>(kind)].of(object);
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
    std::array<std::vector<std::uint32_t>, kinds> legal;
    const std::size_t all = architecture_.connections.size();
    FirstConnections seen(all);
    for (std::uint32_t i = 0; i < all; ++i) {
      const Connection& c = connection(i);
      if (c.from.index() >= objects() || c.to.index() >= objects()) {
        problems_.error(c.position, "A0405", "the connection names an object that is not there");
        continue;
      }
      // Objects are far fewer than 2^30: the kind has room in front of the two.
      const std::uint64_t key =
          (static_cast<std::uint64_t>(c.kind) << 62U) | (std::uint64_t{c.from.value} << 32U) | c.to.value;
      const std::uint32_t first = seen.of(key, i);
      if (first != i) {
        problems_.error(
            c.position, "A0406",
            "this connection is already given in line " + std::to_string(connection(first).position.line),
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
      legal[static_cast<std::size_t>(c.kind)].push_back(i);
    }
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      from_[kind] =
          LinkList(legal[kind], objects(), [&](std::uint32_t c) { return connection(c).from.index(); });
      to_[kind] = LinkList(legal[kind], objects(), [&](std::uint32_t c) { return connection(c).to.index(); });
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
    const std::span<const std::uint32_t> reads = links(unit).reads;
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
    std::vector<Mark> marks(objects(), Mark::New);
    std::vector<Frame> path;
    for (std::uint32_t start = 0; start < objects(); ++start) {
      if (marks[start] != Mark::New) continue;
      path.push_back({start, 0});
      marks[start] = Mark::Open;
      while (!path.empty()) {
        Frame& top = path.back();
        const std::span<const std::uint32_t> forwards = beginning(Kind::Forward, top.object);
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
  static constexpr std::size_t kinds = 4;

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
    std::vector<bool> reached(objects(), false);
    std::vector<std::uint32_t> waiting{static_cast<std::uint32_t>(fetch_ - architecture_.objects.data())};
    reached[waiting[0]] = true;
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back();
      waiting.pop_back();
      for (const std::uint32_t c : beginning(Kind::Forward, at)) {
        const std::uint32_t to = connection(c).to.value;
        if (reached[to]) continue;
        reached[to] = true;
        waiting.push_back(to);
      }
    }
    for (std::uint32_t i = 0; i < objects(); ++i) {
      const ObjectDeclaration& o = architecture_.objects[i];
      if (reached[i] || !isStage(o.objectClass) || o.objectClass == Class::InstructionFetchStage) continue;
      warn(o, "A0512", "cannot be reached: no forward connections lead to it from " + inQuotes(fetch_->name));
    }
  }

  void checkCacheCycles() {
    enum class Mark : std::uint8_t { New, Open, Done };
    std::vector<Mark> marks(objects(), Mark::New);
    for (std::uint32_t start = 0; start < objects(); ++start) {
      std::vector<std::uint32_t> path;
      std::uint32_t at = start;
      while (marks[at] == Mark::New && architecture_.objects[at].objectClass == Class::SetAssociativeCache &&
             !beginning(Kind::Reads, at).empty()) {
        marks[at] = Mark::Open;
        path.push_back(at);
        at = connection(beginning(Kind::Reads, at)[0]).to.value;
      }
      if (marks[at] == Mark::Open) {
        std::vector<std::uint32_t> circle;
        for (auto o = path.rbegin(); o != path.rend(); ++o) {
          circle.push_back(*o);
          if (*o == at || circle.size() > mostNamed) break;
        }
        reportCircle(connection(beginning(Kind::Reads, path.back())[0]), circle, "A0603",
                     "caches back each other in a circle: ");
      }
      for (const std::uint32_t o : path) marks[o] = Mark::Done;
    }
  }

  const Architecture& architecture_;
  Problems& problems_;
  std::array<LinkList, kinds> from_, to_;  ///< legal connections by kind and the object at that end
  const ObjectDeclaration* fetch_ = nullptr;
  std::unordered_set<std::string_view> registerFiles_;  ///< filled when first needed
};

}  // namespace

void validateStructure(const Architecture& architecture, Problems& problems, bool complete) {
  StructureChecker(architecture, problems).run(complete);
}

}  // namespace taktwerk
