// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rtl/circuit.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>

#include "Varray_16x16_16.h"
#include "Varray_2x2_2.h"
#include "Varray_4x4_4.h"
#include "Varray_4x8_4.h"
#include "Varray_8x4_4.h"
#include "Varray_8x8_4.h"
#include "Varray_8x8_8.h"
#include <verilated.h>

namespace taktwerk::test {
namespace {

constexpr std::size_t linesOfMemory = 32768;

/// A line of words, the first one lowest, for a port as Verilator has it: a number, or many of 32 bit.
template <typename Port>
void setLine(Port& port, std::span<const std::int8_t> words) {
  if constexpr (std::is_integral_v<Port>) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
      value |= std::uint64_t{static_cast<std::uint8_t>(words[i])} << (8 * i);
    port = static_cast<Port>(value);
  } else {
    for (std::size_t i = 0; i < words.size(); i += 4) {
      std::uint32_t value = 0;
      for (std::size_t j = 0; j < 4; ++j)
        value |= std::uint32_t{static_cast<std::uint8_t>(words[i + j])} << (8 * j);
      port[i / 4] = value;
    }
  }
}

/// The lines of an operand in the order in which its memory holds them: panel by panel of `lanes` lanes, step
/// by step, `lineWords` lanes a line; `at` gives the word of a lane and a step.
std::vector<std::vector<std::int8_t>> linesOf(int extent, int lanes, int steps, int lineWords,
                                              const std::function<std::int8_t(int, int)>& at) {
  std::vector<std::vector<std::int8_t>> lines;
  for (int first = 0; first < extent; first += lanes) {
    const int end = std::min(extent, first + lanes);
    for (int step = 0; step < steps; ++step)
      for (int lane = first; lane < end; lane += lineWords) {
        std::vector<std::int8_t> line(static_cast<std::size_t>(lineWords), 0);
        for (int i = 0; i < lineWords && lane + i < end; ++i) line[i] = at(lane + i, step);
        lines.push_back(std::move(line));
      }
  }
  if (lines.size() > linesOfMemory) throw std::runtime_error("an operand does not fit its memory");
  return lines;
}

template <typename Model>
class Bench {
 public:
  explicit Bench(const CircuitSize& size) : size_(size), model_(&context_) {
    model_.reset = 1;
    for (int i = 0; i < 4; ++i) clock();
    model_.reset = 0;
  }

  CircuitRun run(const CircuitTask& task) {
    const auto word = [](const std::vector<std::int8_t>& matrix, int row, int column, int columns) {
      return matrix[static_cast<std::size_t>(row) * columns + column];
    };
    fill(model_.fill_a, linesOf(task.m, size_.rows, task.k, size_.lineWords,
                                [&](int lane, int step) { return word(task.a, lane, step, task.k); }));
    fill(model_.fill_b, linesOf(task.n, size_.columns, task.k, size_.lineWords,
                                [&](int lane, int step) { return word(task.b, step, lane, task.n); }));
    model_.m = static_cast<std::uint16_t>(task.m);
    model_.n = static_cast<std::uint16_t>(task.n);
    model_.k = static_cast<std::uint16_t>(task.k);

    CircuitRun result;
    result.product.resize(static_cast<std::size_t>(task.m) * task.n);
    std::vector<bool> written(result.product.size());
    model_.start = 1;
    const std::int64_t limit = 1'000'000;
    while (result.cycles < limit) {
      ++result.cycles;
      settle();
      for (int c = 0; c < size_.columns; ++c) {
        if (!model_.write[c]) continue;
        // A column's memory holds the rows of each of its tiles' columns one behind the other.
        const auto row = static_cast<int>(model_.write_address[c] % task.m);
        const auto column = static_cast<int>(model_.write_address[c] / task.m) * size_.columns + c;
        if (column >= task.n) throw std::runtime_error("a result beyond the last column is written");
        const std::size_t element = static_cast<std::size_t>(row) * task.n + column;
        if (written[element]) result.eachWrittenOnce = false;
        written[element] = true;
        result.product[element] = static_cast<std::int32_t>(model_.write_data[c]);
      }
      const bool done = model_.done;
      edge();
      model_.start = 0;
      if (done) break;
    }
    if (result.cycles >= limit) throw std::runtime_error("the circuit is not done in time");
    for (const bool once : written) result.eachWrittenOnce = result.eachWrittenOnce && once;
    return result;
  }

 private:
  void settle() {
    model_.clock = 0;
    model_.eval();
  }
  void edge() {
    model_.clock = 1;
    model_.eval();
  }
  void clock() {
    settle();
    edge();
  }

  template <typename Enable>
  void fill(Enable& enable, const std::vector<std::vector<std::int8_t>>& lines) {
    enable = 1;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      model_.fill_line = static_cast<std::uint16_t>(i);
      setLine(model_.fill_data, lines[i]);
      clock();
    }
    enable = 0;
  }

  CircuitSize size_;
  VerilatedContext context_;
  Model model_;
};

template <typename Model>
CircuitRun runOn(const CircuitSize& size, const CircuitTask& task) {
  return std::make_unique<Bench<Model>>(size)->run(task);
}

struct Circuit {
  CircuitSize size;
  CircuitRun (*run)(const CircuitSize&, const CircuitTask&);
};
constexpr std::array<Circuit, 7> circuits{{{{2, 2, 2}, runOn<Varray_2x2_2>},
                                           {{4, 4, 4}, runOn<Varray_4x4_4>},
                                           {{4, 8, 4}, runOn<Varray_4x8_4>},
                                           {{8, 4, 4}, runOn<Varray_8x4_4>},
                                           {{8, 8, 4}, runOn<Varray_8x8_4>},
                                           {{8, 8, 8}, runOn<Varray_8x8_8>},
                                           {{16, 16, 16}, runOn<Varray_16x16_16>}}};

}  // namespace

std::vector<CircuitSize> circuitSizes() {
  std::vector<CircuitSize> sizes;
  sizes.reserve(circuits.size());
  for (const Circuit& circuit : circuits) sizes.push_back(circuit.size);
  return sizes;
}

CircuitRun runCircuit(const CircuitSize& size, const CircuitTask& task) {
  for (const Circuit& circuit : circuits)
    if (circuit.size.rows == size.rows && circuit.size.columns == size.columns &&
        circuit.size.lineWords == size.lineWords)
      return circuit.run(size, task);
  throw std::runtime_error("there is no circuit of that size");
}

}  // namespace taktwerk::test
