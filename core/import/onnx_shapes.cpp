// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/onnx_shapes.h"

#include <algorithm>
#include <numeric>

#include "core/import/network_builder.h"
#include "core/network/layer_rules.h"

namespace taktwerk::onnx_shapes {

namespace {

Outcome refused(std::string problem) {
  return {{}, std::move(problem)};
}

/// a + b − c and the like: small enough to be sizes of anything.
constexpr std::int64_t largest = std::int64_t{1} << 48;
bool isSize(std::int64_t value, std::int64_t least) {
  return value >= least && value <= largest;
}

std::string listText(const char* name, const Numbers& values) {
  return std::string(name) + " = " + shapeText(values);
}

/// A list of `count` numbers in [least, 2^48]; an empty one is filled with `value`.
bool complete(const char* name, Numbers& list, std::size_t count, std::int64_t value, std::int64_t least,
              std::string& problem) {
  if (list.empty()) list.assign(count, value);
  if (list.size() != count) {
    problem = listText(name, list) + " must have " + std::to_string(count) + " entries";
  } else if (!std::all_of(list.begin(), list.end(), [&](std::int64_t v) { return isSize(v, least); })) {
    problem = listText(name, list) + " must be at least " + std::to_string(least) + " and at most 2^48";
  }
  return problem.empty();
}

}  // namespace

PlacedWindow place(const Window& window, const Shape& input) {
  PlacedWindow placed;
  if (input.size() < 3) {
    placed.problem =
        "the input has shape " + shapeText(input) + "; it must be [N, C, …] with at least one more axis";
    return placed;
  }
  const std::size_t axes = input.size() - 2;
  placed.kernel = window.kernel;
  placed.strides = window.strides;
  placed.dilations = window.dilations;
  Numbers pads = window.pads;
  if (!complete("kernel_shape", placed.kernel, axes, 1, 1, placed.problem) ||
      !complete("strides", placed.strides, axes, 1, 1, placed.problem) ||
      !complete("dilations", placed.dilations, axes, 1, 1, placed.problem) ||
      !complete("pads", pads, 2 * axes, 0, 0, placed.problem)) {
    return placed;
  }
  const bool same = window.autoPad == "SAME_UPPER" || window.autoPad == "SAME_LOWER";
  if (!same && window.autoPad != "NOTSET" && window.autoPad != "VALID" && !window.autoPad.empty()) {
    placed.problem = "auto_pad must be NOTSET, VALID, SAME_UPPER or SAME_LOWER";
    return placed;
  }
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t extent = input[i + 2], stride = placed.strides[i];
    if (!isSize(extent, 1)) {
      placed.problem =
          "the input has shape " + shapeText(input) + "; extents must be at least 1 and at most 2^48";
      return placed;
    }
    std::int64_t reach = 0;  // from the first to behind the last tap
    if (__builtin_mul_overflow(placed.dilations[i], placed.kernel[i] - 1, &reach) || reach >= largest) {
      placed.problem = listText("kernel_shape", placed.kernel) + " is too large";
      return placed;
    }
    ++reach;
    std::int64_t before = pads[i], after = pads[i + axes];
    if (window.autoPad == "VALID") before = after = 0;
    if (same) {
      const std::int64_t outputs = (extent + stride - 1) / stride;
      // (outputs − 1) · stride < extent, so nothing overflows
      const std::int64_t total = std::max<std::int64_t>((outputs - 1) * stride + reach - extent, 0);
      before = window.autoPad == "SAME_UPPER" ? total / 2 : total - total / 2;
      after = total - before;
    }
    const std::int64_t padded = extent + before + after;
    if (padded < reach) {
      placed.problem = "the window reaches over " + std::to_string(reach) +
                       " elements, the padded input has " + std::to_string(padded);
      return placed;
    }
    std::int64_t outputs = (padded - reach) / stride + 1;
    if (window.roundUp && !same && (padded - reach) % stride != 0 && outputs * stride < extent + before) {
      // One window more, which hangs over the end; one that begins behind it is not taken.
      after += outputs * stride + reach - padded;
      ++outputs;
    }
    placed.before.push_back(before);
    placed.after.push_back(after);
    placed.outputs.push_back(outputs);
  }
  return placed;
}

Outcome broadcast(const Shape& a, const Shape& b) {
  Shape shape(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1) {
      return refused("the shapes " + shapeText(a) + " and " + shapeText(b) + " do not go together");
    }
    shape[shape.size() - 1 - i] = x == 1 ? y : x;
  }
  return {std::move(shape), {}};
}

Outcome matmul(const Shape& a, const Shape& b) {
  if (a.empty() || b.empty()) return refused("a scalar cannot be multiplied as a matrix");
  Shape left = a, right = b;
  if (left.size() == 1) left.insert(left.begin(), 1);
  if (right.size() == 1) right.push_back(1);
  if (left.back() != right[right.size() - 2]) {
    return refused("the matrices " + shapeText(a) + " and " + shapeText(b) + " do not go together");
  }
  Outcome outcome = broadcast({left.begin(), left.end() - 2}, {right.begin(), right.end() - 2});
  if (!outcome.good()) return outcome;
  if (a.size() > 1) outcome.shape.push_back(left[left.size() - 2]);
  if (b.size() > 1) outcome.shape.push_back(right.back());
  return outcome;
}

Outcome reshape(const Shape& input, const Numbers& target, bool zeroIsZero) {
  const auto elements = elementsOf(input);
  if (!elements) return refused("the input has shape " + shapeText(input));
  Shape shape = target;
  std::optional<std::size_t> open;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 0 && !zeroIsZero) {
      if (i >= input.size())
        return refused("0 in " + shapeText(target) + " has no axis of the input to copy");
      shape[i] = input[i];
    } else if (shape[i] == -1) {
      if (open) return refused("the shape " + shapeText(target) + " has more than one -1");
      open = i;
      shape[i] = 1;
    }
  }
  const auto fixed = elementsOf(shape);
  if (!fixed || (open ? *elements % *fixed != 0 : *elements != *fixed)) {
    return refused("an input of shape " + shapeText(input) + " cannot take the shape " + shapeText(target));
  }
  if (open) shape[*open] = *elements / *fixed;
  return {std::move(shape), {}};
}

Outcome flatten(const Shape& input, std::int64_t axis) {
  const auto rank = static_cast<std::int64_t>(input.size());
  if (axis < -rank || axis > rank)
    return refused("axis " + std::to_string(axis) + " is none of " + shapeText(input));
  if (axis < 0) axis += rank;
  const auto first = elementsOf({input.begin(), input.begin() + axis});
  const auto second = elementsOf({input.begin() + axis, input.end()});
  if (!first || !second) return refused("the input has shape " + shapeText(input));
  return {{*first, *second}, {}};
}

std::optional<std::size_t> axisOf(std::int64_t axis, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(rank);
  if (axis < -count || axis >= count) return std::nullopt;
  return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

namespace {

/// Marks the axes; false if one is none or is there twice.
bool mark(const Numbers& axes, std::vector<bool>& marked) {
  for (const std::int64_t axis : axes) {
    const auto at = axisOf(axis, marked.size());
    if (!at || marked[*at]) return false;
    marked[*at] = true;
  }
  return true;
}

Outcome noAxes(const Numbers& axes, const Shape& input) {
  return refused(listText("axes", axes) + " are not distinct axes of " + shapeText(input));
}

}  // namespace

Outcome squeeze(const Shape& input, const std::optional<Numbers>& axes) {
  std::vector<bool> gone(input.size(), false);
  if (axes && !mark(*axes, gone)) return noAxes(*axes, input);
  Shape shape;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (axes && gone[i] && input[i] != 1)
      return refused(listText("axes", *axes) + " of " + shapeText(input) + " are not 1");
    if (axes ? !gone[i] : input[i] != 1) shape.push_back(input[i]);
  }
  return {std::move(shape), {}};
}

Outcome unsqueeze(const Shape& input, const Numbers& axes) {
  if (axes.size() > NetworkBuilder::mostAxes) return noAxes({}, input);
  std::vector<bool> added(input.size() + axes.size(), false);
  if (!mark(axes, added)) return noAxes(axes, input);
  Shape shape;
  std::size_t next = 0;
  for (const bool one : added) shape.push_back(one ? 1 : input[next++]);
  return {std::move(shape), {}};
}

Outcome transpose(const Shape& input, const Numbers& order) {
  Numbers axes = order;
  if (axes.empty()) {
    axes.resize(input.size());
    std::iota(axes.rbegin(), axes.rend(), 0);
  }
  std::vector<bool> taken(input.size(), false);
  if (axes.size() != input.size() || !mark(axes, taken)) {
    return refused(listText("perm", axes) + " is no order of the axes of " + shapeText(input));
  }
  Shape shape;
  for (const std::int64_t axis : axes) shape.push_back(input[*axisOf(axis, input.size())]);
  return {std::move(shape), {}};
}

bool movesNothing(const Shape& input, const Numbers& order) {
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const auto axis = order.empty() ? input.size() - 1 - i : axisOf(order[i], input.size()).value_or(0);
    if (input[axis] == 1) continue;
    if (last && axis < *last) return false;
    last = axis;
  }
  return true;
}

Outcome concat(const std::vector<Shape>& inputs, std::int64_t axis) {
  if (inputs.empty()) return refused("nothing to put together");
  Shape shape = inputs.front();
  const auto along = axisOf(axis, shape.size());
  if (!along) return refused("axis " + std::to_string(axis) + " is none of " + shapeText(shape));
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    Shape other = inputs[i];
    if (other.size() != shape.size()) {
      return refused("the shapes " + shapeText(shape) + " and " + shapeText(other) + " do not go together");
    }
    const std::int64_t more = other[*along];
    other[*along] = shape[*along];
    if (other != shape || __builtin_add_overflow(shape[*along], more, &shape[*along])) {
      return refused("the shapes " + shapeText(inputs.front()) + " and " + shapeText(inputs[i]) +
                     " differ in more than axis " + std::to_string(axis));
    }
  }
  return {std::move(shape), {}};
}

Outcome reduce(const Shape& input, const std::optional<Numbers>& axes, bool keep) {
  std::vector<bool> reduced(input.size(), !axes);
  if (axes && !mark(*axes, reduced)) return noAxes(*axes, input);
  Shape shape;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (!reduced[i]) shape.push_back(input[i]);
    if (reduced[i] && keep) shape.push_back(1);
  }
  return {std::move(shape), {}};
}

Outcome pad(const Shape& input, const Numbers& pads) {
  if (pads.size() != 2 * input.size()) return refused(listText("pads", pads) + " needs two for each axis");
  Shape shape = input;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (!isSize(pads[i], -largest) || !isSize(pads[i + input.size()], -largest) || !isSize(input[i], 1)) {
      return refused(listText("pads", pads) + " is too large");
    }
    shape[i] += pads[i] + pads[i + input.size()];
    if (shape[i] < 1) return refused(listText("pads", pads) + " leaves nothing of " + shapeText(input));
  }
  return {std::move(shape), {}};
}

Outcome slice(const Shape& input, const Numbers& starts, const Numbers& ends, const Numbers& axes,
              const Numbers& steps) {
  Numbers along = axes, stride = steps;
  if (along.empty()) {
    along.resize(starts.size());
    std::iota(along.begin(), along.end(), 0);
  }
  if (stride.empty()) stride.assign(starts.size(), 1);
  std::vector<bool> taken(input.size(), false);
  if (ends.size() != starts.size() || along.size() != starts.size() || stride.size() != starts.size() ||
      !mark(along, taken)) {
    return refused("starts, ends, axes and steps do not go together");
  }
  Shape shape = input;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    std::int64_t& extent = shape[*axisOf(along[i], input.size())];
    const std::int64_t whole = extent, step = stride[i];
    if (!isSize(whole, 1) || step == 0 || !isSize(step, -largest))
      return refused(listText("steps", stride) + " is not possible");
    const auto clamped = [&](std::int64_t at, std::int64_t least, std::int64_t most) {
      if (at < 0) at = at < -whole ? least : at + whole;
      return std::clamp(at, least, most);
    };
    const std::int64_t from = step > 0 ? clamped(starts[i], 0, whole) : clamped(starts[i], -1, whole - 1);
    const std::int64_t to = step > 0 ? clamped(ends[i], 0, whole) : clamped(ends[i], -1, whole - 1);
    const std::int64_t span = step > 0 ? to - from : from - to, width = step > 0 ? step : -step;
    extent = span > 0 ? (span + width - 1) / width : 0;
    if (extent < 1) return refused("the slice of " + shapeText(input) + " is empty");
  }
  return {std::move(shape), {}};
}

Outcome gather(const Shape& input, const Shape& indices, std::int64_t axis) {
  const auto along = axisOf(axis, input.size());
  if (!along) return refused("axis " + std::to_string(axis) + " is none of " + shapeText(input));
  Shape shape(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(*along));
  shape.insert(shape.end(), indices.begin(), indices.end());
  shape.insert(shape.end(), input.begin() + static_cast<std::ptrdiff_t>(*along) + 1, input.end());
  return {std::move(shape), {}};
}

}  // namespace taktwerk::onnx_shapes
