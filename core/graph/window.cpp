// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/window.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace taktwerk {

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

/// The loops directly inside a body, with their names and where they begin in it.
struct InnerLoop {
  std::uint32_t loop = 0;
  std::string name;
  std::int64_t offset = 0;
};

class Nest {
 public:
  explicit Nest(const Program& program) : program_(program), body_(program.loops.size(), 0) {
    if (!program.loops.empty()) count(0);
  }

  [[nodiscard]] std::int64_t bodyOf(std::uint32_t loop) const { return body_[loop]; }

  [[nodiscard]] std::vector<InnerLoop> inside(std::uint32_t loop) const {
    std::vector<InnerLoop> loops;
    std::int64_t offset = 0;
    for (const Program::Item& item : program_.body(program_.loops[loop])) {
      std::int64_t instructions = 1;
      if (item.isLoop) {
        instructions = times(body_[item.index], program_.loops[item.index].trips);
        if (instructions > 0) loops.push_back({item.index, program_.loops[item.index].variable, offset});
      }
      offset = sum(offset, instructions);
    }
    std::vector<InnerLoop> named = loops;
    for (std::size_t i = 0; i < loops.size(); ++i) {
      const auto same = std::count_if(loops.begin(), loops.end(),
                                      [&](const InnerLoop& other) { return other.name == loops[i].name; });
      if (loops[i].name.empty() || same > 1) named[i].name = '#' + std::to_string(i + 1);
    }
    return named;
  }

  static std::int64_t sum(std::int64_t a, std::int64_t b) { return a > largest - b ? largest : a + b; }
  static std::int64_t times(std::int64_t a, std::int64_t b) {
    if (a <= 0 || b <= 0) return 0;
    return a > largest / b ? largest : a * b;
  }

 private:
  std::int64_t count(std::uint32_t loop) {
    std::int64_t instructions = 0;
    for (const Program::Item& item : program_.body(program_.loops[loop])) {
      instructions =
          sum(instructions, item.isLoop ? times(count(item.index), program_.loops[item.index].trips) : 1);
    }
    return body_[loop] = instructions;
  }

  const Program& program_;
  std::vector<std::int64_t> body_;
};

void listLoops(const Program& program, const Nest& nest, std::uint32_t loop, const std::string& prefix,
               std::vector<LoopPath>& paths) {
  for (const InnerLoop& inner : nest.inside(loop)) {
    const std::string path = prefix.empty() ? inner.name : prefix + '/' + inner.name;
    paths.push_back({path, program.loops[inner.loop].trips, nest.bodyOf(inner.loop)});
    listLoops(program, nest, inner.loop, path, paths);
  }
}

WindowError noSuchLoop(const Program& program, std::string_view name) {
  const std::vector<LoopPath> paths = loopPaths(program);
  if (paths.empty()) return {"the program has no loops; choose by --instructions FROM:TO"};
  std::string message = "there is no loop \"" + std::string(name) + "\" there; the loops are ";
  constexpr std::size_t mostNamed = 12;
  for (std::size_t i = 0; i < std::min(paths.size(), mostNamed); ++i)
    message += (i == 0 ? "" : ", ") + paths[i].path;
  if (paths.size() > mostNamed) message += ", …";
  return {message};
}

}  // namespace

std::vector<LoopPath> loopPaths(const Program& program) {
  std::vector<LoopPath> paths;
  if (program.loops.empty()) return paths;
  listLoops(program, Nest(program), 0, {}, paths);
  return paths;
}

std::variant<InstructionWindow, WindowError> windowOfLoop(const Program& program, std::string_view path,
                                                          std::int64_t from, std::int64_t to) {
  if (program.loops.empty()) return noSuchLoop(program, path);
  const Nest nest(program);
  std::uint32_t loop = 0;
  std::int64_t offset = 0;
  const bool firstInnermost = path.empty();
  for (bool more = true; more;) {
    const std::vector<InnerLoop> loops = nest.inside(loop);
    std::string_view name;
    std::int64_t iteration = 0;
    auto chosen = loops.begin();
    if (firstInnermost) {
      if (loops.empty()) return noSuchLoop(program, path);
      more = !nest.inside(chosen->loop).empty();
    } else {
      const std::size_t slash = path.find('/');
      name = path.substr(0, slash);
      more = slash != std::string_view::npos;
      path = more ? path.substr(slash + 1) : std::string_view();
      if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
        const std::string_view number = name.substr(equals + 1);
        const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), iteration);
        if (problem != std::errc() || end != number.data() + number.size() || !more) {
          return WindowError{"\"" + std::string(name) + "\" says no iteration of a loop around another"};
        }
        name = name.substr(0, equals);
      }
      chosen = std::find_if(loops.begin(), loops.end(),
                            [&](const InnerLoop& inner) { return inner.name == name; });
      if (chosen == loops.end()) return noSuchLoop(program, name);
    }
    const std::int64_t trips = program.loops[chosen->loop].trips;
    if (!more) {
      if (from < 0 || to < from || to >= trips) {
        return WindowError{"the loop " + chosen->name + " has iterations 0 to " + std::to_string(trips - 1) +
                           ", not " + std::to_string(from) + " to " + std::to_string(to)};
      }
    } else if (iteration < 0 || iteration >= trips) {
      return WindowError{"the loop " + chosen->name + " has iterations 0 to " + std::to_string(trips - 1)};
    }
    loop = chosen->loop;
    offset =
        Nest::sum(offset, Nest::sum(chosen->offset, Nest::times(nest.bodyOf(loop), more ? iteration : 0)));
  }
  return InstructionWindow{Nest::sum(offset, Nest::times(nest.bodyOf(loop), from)),
                           Nest::sum(offset, Nest::times(nest.bodyOf(loop), to + 1))};
}

}  // namespace taktwerk
