// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"
#include "tests/core/mapping/plain_interpreter.h"

namespace taktwerk {
namespace {

/// Writes random programs of nested loops whose conditions, trip counts, registers and addresses depend on
/// the loop variables in every way the language allows.
class RandomProgram {
 public:
  explicit RandomProgram(std::uint32_t seed) : random_(seed) {}

  std::string text() {
    std::string body;
    const int items = pick(1, 2);
    for (int i = 0; i < items; ++i) node(body, 1, 0);
    return "format: taktwerk-mapping/1\nname: random\ntakes: dense\nprogram:\n" + body;
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  std::string variable() {
    return variables_[static_cast<std::size_t>(pick(0, static_cast<int>(variables_.size()) - 1))];
  }

  std::string term() {
    if (variables_.empty()) return std::to_string(pick(0, 5));
    const std::string n = std::to_string(pick(2, 4));
    switch (pick(0, 9)) {
      case 0:
        return variable() + " % " + n;
      case 1:
        return variable() + " // " + n;
      case 2:
        return "min(" + variable() + ", " + std::to_string(pick(0, 4)) + ")";
      case 3:
        return "max(" + variable() + ", " + variable() + ")";
      case 4:
        return "if(" + condition() + ", " + variable() + ", " + std::to_string(pick(0, 3)) + ")";
      case 5:
        return "(" + variable() + " + " + variable() + " + " + std::to_string(pick(0, 3)) + ") % " + n;
      case 6:
        return "ceil(" + variable() + " / " + n + ")";
      default:
        return std::to_string(pick(1, 7)) + " * " + variable();
    }
  }

  std::string condition() {
    if (variables_.empty()) return "p > " + std::to_string(pick(0, 5));
    const std::string n = std::to_string(pick(0, 6));
    switch (pick(0, 6)) {
      case 0:
        return variable() + " == " + n;
      case 1:
        return variable() + " < " + n;
      case 2:
        return variable() + " + " + variable() + " >= " + n;
      case 3:
        return variable() + " % 2 == " + std::to_string(pick(0, 1));
      case 4:
        return "2 * " + variable() + " - " + variable() + " == " + n;
      case 5:
        return "not " + variable() + " > " + n + " or " + variable() + " == 0";
      default:
        return variable() + " != " + variable() + " and " + variable() + " <= " + n;
    }
  }

  void line(std::string& out, int indent, const std::string& content) {
    out += std::string(static_cast<std::size_t>(indent) * 2, ' ') + content + '\n';
  }

  void instruction(std::string& out, int indent) {
    std::string registers = "r0";
    if (!variables_.empty() && pick(0, 2) == 0) {
      registers = "r{" + variable() + " % " + std::to_string(pick(2, 4)) + (pick(0, 1) == 0 ? "}" : " + 3}");
    }
    std::string address = term() + " + " + term() + " + 10";
    if (pick(0, 3) == 0)
      address += " + i] words 2 for i in 3";
    else
      address += "]";
    line(out, indent,
         "- \"load regs." + registers + " <- all[" + address +
             (pick(0, 2) == 0 ? " when " + condition() : "") + "\"");
  }

  void node(std::string& out, int indent, int depth) {
    const int kind = depth >= 4 ? 4 : pick(0, depth == 0 ? 3 : 6);
    if (kind >= 4) return instruction(out, indent);
    if (kind == 0 && depth > 0) {
      line(out, indent, "- when: " + condition());
      line(out, indent, "  do:");
      children(out, indent + 2, depth + 1, 2);
      if (pick(0, 1) == 0) {
        line(out, indent, "  else:");
        children(out, indent + 2, depth + 1, 1);
      }
      return;
    }
    const std::string name = "v" + std::to_string(next_++);
    const bool tiled = kind == 1;
    const bool spatial = kind == 2 && depth > 0;
    line(out, indent, "- " + std::string(tiled ? "tile: " : spatial ? "spatial: " : "for: ") + name);
    if (tiled) {
      line(out, indent, "  in: " + std::to_string(pick(0, 9)));
      line(out, indent, "  by: " + std::to_string(pick(1, 4)));
    } else if (!variables_.empty() && !spatial && pick(0, 3) == 0) {
      line(out, indent, "  in: min(" + variable() + " + 1, 4)");
    } else if (pick(0, 2) == 0) {
      line(out, indent, "  from: " + std::to_string(pick(0, 5)));
      line(out, indent, "  to: -1");
      line(out, indent, "  step: -" + std::to_string(pick(1, 2)));
    } else {
      line(out, indent, "  in: " + std::to_string(pick(spatial ? 1 : 0, spatial ? 2 : 7)));
    }
    if (!spatial && pick(0, 4) == 0) line(out, indent, "  unroll: " + std::to_string(pick(1, 3)));
    variables_.push_back(name);
    if (tiled) {
      variables_.push_back(name + ".length");
      variables_.push_back(name + ".number");
    }
    if (!spatial && pick(0, 3) == 0) {
      line(out, indent, "  stages:");
      const int stages = pick(2, 3);
      for (int s = 0; s < stages; ++s) {
        line(out, indent + 1, "-");
        children(out, indent + 2, depth + 1, 1);
      }
    } else {
      line(out, indent, "  do:");
      children(out, indent + 2, depth + 1, 3);
    }
    if (tiled) variables_.resize(variables_.size() - 2);
    variables_.pop_back();
  }

  void children(std::string& out, int indent, int depth, int most) {
    const int count = pick(1, most);
    for (int i = 0; i < count; ++i) node(out, indent, depth);
  }

  std::mt19937 random_;
  std::vector<std::string> variables_;
  int next_ = 0;
};

TEST(RandomPrograms, ElaborateToWhatTheySay) {
  const auto machine = smallMachine();
  const Network network = denseNetwork();
  const std::vector<LayerId> layers{LayerId{0}};
  int compared = 0;
  std::int64_t instructions = 0;
  for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
    const std::string source = RandomProgram(seed).text();
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + source);
    const Result<Mapping> mapping = parseMapping(source, "random");
    ASSERT_TRUE(mapping) << text(mapping.diagnostics);
    const Result<MappedProgram> mapped = mapLayers(*mapping, *machine, network, layers);
    ASSERT_TRUE(mapped) << text(mapped.diagnostics);
    const std::vector<std::string> plain = interpretPlainly(*mapping, *machine, network, layers);
    ASSERT_EQ(unrolled(mapped->program, *machine), plain);
    ++compared;
    instructions += static_cast<std::int64_t>(plain.size());
  }
  EXPECT_EQ(compared, 3000);
  EXPECT_GT(instructions, 50000);
}

}  // namespace
}  // namespace taktwerk
