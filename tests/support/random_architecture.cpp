// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "tests/support/architecture_sketch.h"

namespace taktwerk::test {

namespace {

class Generator {
 public:
  Generator(Random& random, const MachineOptions& options) : random_(random), options_(options) {}

  ArchitectureSketch make() {
    fetch();
    registerFiles();
    memories();
    stages();
    units();
    if (options_.oneWay) straighten();
    return std::move(sketch_);
  }

 private:
  ArchitectureSketch::Object& object(const std::string& name, const std::string& className) {
    return sketch_.objects.emplace_back(ArchitectureSketch::Object{name, className, {}});
  }
  void connect(const std::string& kind, const std::string& from, const std::string& to) {
    sketch_.connections.push_back({kind, from, to});
  }
  static std::string numbered(const char* base, std::int64_t number) { return base + std::to_string(number); }

  /// Mostly few cycles, now and then many, so that what happens soon and late is mixed.
  std::int64_t cycles(std::int64_t most) {
    return random_.chance(4) ? random_.pick({60, 127, 128, 300, 513, 2000, 5000}) : random_.between(0, most);
  }

  void fetch() {
    const std::int64_t width = random_.pick({1, 1, 2, 2, 3, 4, 8, 16});
    const std::int64_t buffer = width + random_.pick<std::int64_t>({0, 0, 1, width, 2 * width, 7});
    object("imem", "SRAM").set("read_latency", 1 + cycles(3)).set("port_width", width);
    auto& imau = object("imau", "InstructionMemoryAccessUnit");
    if (random_.chance(30)) imau.set("latency", random_.between(0, 2));
    auto& stage = object("fetch", "InstructionFetchStage");
    stage.set("latency", random_.between(0, 2)).set("issue_buffer_size", buffer);
    if (random_.chance(35)) stage.set("issue_order", "in_order");
    connect("contains", "fetch", "imau");
    connect("reads", "imau", "imem");
  }

  void registerFiles() {
    const std::int64_t count = random_.between(1, 3);
    for (std::int64_t i = 0; i < count; ++i) {
      auto& file = object(numbered("regs", i), "RegisterFile");
      file.set("registers", random_.chance(50) ? "[r0, r1]" : "[r0, r1, r2, r3]");
      if (random_.chance(40)) file.set("depth", random_.between(2, 3));
      registerFiles_.push_back(file.name);
    }
  }

  void slotsAndPorts(ArchitectureSketch::Object& memory) {
    memory.set("max_concurrent_requests", random_.pick({1, 1, 2, 3, 4, 8}));
    if (random_.chance(60)) memory.set("port_width", random_.pick({1, 2, 4}));
    if (random_.chance(40)) memory.set("beat_interval", random_.between(1, 3));
    if (random_.chance(30)) memory.set("read_write_ports", random_.between(1, 2));
  }

  std::string latencyOfAccess() {
    if (random_.chance(60)) return std::to_string(random_.between(0, 6));
    return random_.pick(
        {"\"words + 1\"", "\"2 * beats\"", "\"ceil(words / 3)\"", "\"if(words > 4, 5, beats)\""});
  }

  void sram(const std::string& name) {
    auto& memory = object(name, random_.chance(80) ? "SRAM" : "Memory");
    memory.set("read_latency", latencyOfAccess()).set("write_latency", latencyOfAccess());
    slotsAndPorts(memory);
    if (random_.chance(40)) {
      memory.set("banks", random_.between(2, 4));
      memory.set("interleave_words", random_.pick({1, 2, 4, 5, 16}));
    }
    if (random_.chance(20)) memory.set("address_ranges", "[[0, 700], [700, 100000]]");
  }

  void dram(const std::string& name) {
    auto& memory = object(name, "DRAM");
    memory.set("t_cas", cycles(5)).set("t_rcd", random_.between(0, 4));
    memory.set("t_rp", random_.between(0, 4)).set("row_words", random_.pick({4, 8, 16, 25}));
    slotsAndPorts(memory);
    if (random_.chance(70)) memory.set("banks", random_.between(2, 4));
  }

  void cache(const std::string& name, const std::string& backing) {
    auto& memory = object(name, "SetAssociativeCache");
    const std::string policy = random_.pick({"lru", "fifo", "plru", "random"});
    memory.set("sets", random_.pick({1, 2, 4})).set("ways", random_.pick({1, 2, 4}));
    memory.set("line_words", random_.pick({1, 2, 3, 4, 8})).set("replacement", policy);
    if (policy == "random") memory.set("seed", random_.between(1, 1000));
    memory.set("write_policy", random_.pick({"back", "through"}));
    if (random_.chance(40)) memory.set("write_allocate", "false");
    memory.set("hit_latency", random_.between(0, 3));
    slotsAndPorts(memory);
    connect("reads", name, backing);
    connect("writes", name, backing);
  }

  void memories() {
    const std::int64_t count = random_.between(0, 3);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::string name = numbered("mem", i);
      if (options_.drams && random_.chance(35)) {
        dram(name);
      } else {
        sram(name);
      }
      memories_.push_back(name);
    }
    if (!options_.caches || memories_.empty() || !random_.chance(55)) return;
    const std::int64_t caches = random_.between(1, 3);
    for (std::int64_t i = 0; i < caches; ++i) {
      // Also caches on caches, and two on the same memory.
      const std::string backing = random_.pick(memories_);
      cache(numbered("cache", i), backing);
      memories_.push_back(numbered("cache", i));
    }
  }

  /// Pipeline stages, then execute stages; each is forwarded to from one or more before it.
  void stages() {
    std::vector<std::string> all{"fetch"};
    const std::int64_t pipelines = random_.pick({0, 0, 1, 2, 3, 4});
    const std::int64_t executes = random_.pick({1, 2, 3, 4, 4, 9});
    std::vector<ArchitectureSketch::Connection> forwards;
    for (std::int64_t i = 0; i < pipelines + executes; ++i) {
      const bool execute = i >= pipelines;
      const std::string name = execute ? numbered("execute", i - pipelines) : numbered("stage", i);
      auto& stage = object(name, execute ? "ExecuteStage" : "PipelineStage");
      stage.set("latency", cycles(3));
      if (!execute && random_.chance(50)) stage.set("capacity", random_.pick({1, 2, 3, 4, 12}));
      if (execute) executes_.push_back(name);
      const std::size_t main = random_.below(all.size());
      for (std::size_t from = 0; from < all.size(); ++from) {
        if (from == main || random_.chance(20)) forwards.push_back({"forward", all[from], name});
      }
      all.push_back(name);
    }
    // A pipeline stage that leads nowhere is forwarded to the last execute stage.
    for (std::size_t stage = 1; stage <= static_cast<std::size_t>(pipelines); ++stage) {
      const bool leads = std::any_of(forwards.begin(), forwards.end(),
                                     [&](const auto& forward) { return forward.from == all[stage]; });
      if (!leads) forwards.push_back({"forward", all[stage], all.back()});
    }
    // The order of declaration decides where instructions go first.
    for (std::size_t left = forwards.size(); left > 1; --left) {
      std::swap(forwards[left - 1], forwards[random_.below(left)]);
    }
    sketch_.connections.insert(sketch_.connections.end(), forwards.begin(), forwards.end());
  }

  std::string latencyOfUnit() {
    if (random_.chance(65)) return std::to_string(cycles(6));
    return random_.pick({"k", "\"ceil(k / 4) + 1\"", "\"k // 3\"", "\"max(1, k - 2)\""});
  }

  void units() {
    std::int64_t number = 0;
    for (const std::string& stage : executes_) {
      const std::int64_t count = random_.pick({1, 1, 1, 2, 3});
      for (std::int64_t i = 0; i < count; ++i) {
        const bool accesses = !memories_.empty() && random_.chance(55);
        const std::string name = numbered(accesses ? "lsu" : "alu", number++);
        auto& unit = object(name, accesses ? "MemoryAccessUnit" : "FunctionalUnit");
        connect("contains", stage, name);
        unit.set("latency", latencyOfUnit());
        if (random_.chance(50)) unit.set("initiation_interval", random_.between(0, 4));
        if (random_.chance(30)) unit.set("max_in_flight", random_.between(1, 3));
        const std::vector<std::string> files = registersOf(name);
        if (accesses) {
          accessUnit(unit);
        } else {
          functionalUnit(unit, files);
        }
      }
    }
  }

  std::vector<std::string> registersOf(const std::string& unit) {
    std::vector<std::string> written;
    const std::size_t main = random_.below(registerFiles_.size());
    for (std::size_t file = 0; file < registerFiles_.size(); ++file) {
      if (file == main || random_.chance(50)) connect("reads", unit, registerFiles_[file]);
      if (file == main || random_.chance(50)) {
        connect("writes", unit, registerFiles_[file]);
        written.push_back(registerFiles_[file]);
      }
    }
    return written;
  }

  void functionalUnit(ArchitectureSketch::Object& unit, const std::vector<std::string>& written) {
    unit.set("operations", random_.pick({"[add, mac]", "[add]", "[mac, mov]", "[add, mac, mov]"}));
    if (!random_.chance(30)) return;
    // At most the latency, whatever that is.
    std::string latency;
    for (const auto& [name, value] : unit.attributes) {
      if (name == "latency") latency = value;
    }
    std::string expression = latency;
    std::erase(expression, '"');
    const std::string early = "\"min(" + std::to_string(random_.between(0, 3)) + ", " + expression + ")\"";
    unit.set("result_latency", "{" + random_.pick(written) + ": " + early + "}");
  }

  void accessUnit(ArchitectureSketch::Object& unit) {
    unit.set("operations", random_.pick({"[load, store]", "[load, store, copy]", "[copy, add]"}));
    if (random_.chance(60)) unit.set("release", random_.pick({"completion", "grant", "interval"}));
    if (random_.chance(40)) unit.set("compute_latency", random_.pick({"2", "3", "\"k // 2\"", "0"}));
    if (random_.chance(40)) unit.set("burst_words", random_.pick({1, 2, 4, 6}));
    if (random_.chance(40)) unit.set("streaming", "true");
    const std::size_t main = random_.below(memories_.size());
    for (std::size_t memory = 0; memory < memories_.size(); ++memory) {
      if (memory == main || random_.chance(40)) connect("reads", unit.name, memories_[memory]);
      if (memory == main || random_.chance(40)) connect("writes", unit.name, memories_[memory]);
    }
  }

  /// Stages of one place with one way in, units without limits, accesses in one piece that take time.
  void straighten() {
    const std::set<std::string> dropped{"capacity", "max_in_flight", "burst_words", "streaming",
                                        "issue_order"};
    for (ArchitectureSketch::Object& object : sketch_.objects) {
      std::erase_if(object.attributes,
                    [&](const auto& attribute) { return dropped.contains(attribute.first); });
      for (auto& [name, value] : object.attributes) {
        if ((name == "read_latency" || name == "write_latency") && value == "0") value = "1";
      }
    }
    std::set<std::string> entered;
    std::erase_if(sketch_.connections, [&](const ArchitectureSketch::Connection& connection) {
      return connection.kind == "forward" && !entered.insert(connection.to).second;
    });
  }

  Random& random_;
  const MachineOptions& options_;
  ArchitectureSketch sketch_;
  std::vector<std::string> registerFiles_, memories_, executes_;
};

}  // namespace

ArchitectureSketch randomArchitecture(Random& random, const MachineOptions& options) {
  return Generator(random, options).make();
}

}  // namespace taktwerk::test
