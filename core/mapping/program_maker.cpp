// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/program_maker.h"

#include <algorithm>
#include <utility>

#include "core/mapping/fixed_part.h"

namespace taktwerk {

ProgramMaker::ProgramMaker(const MappingDocument& document, const Machine& machine, Binding& binding,
                           InstructionMemory& instructions, const Progress* progress)
    : document_(document),
      binding_(binding),
      instructions_(instructions),
      progress_(progress),
      numbersBefore_(instructions.numbers),
      tokens_(instructions.templates),
      evaluator_(
          binding.slots(), levels_,
          [this](SourcePosition position, std::string message) { report(position, std::move(message)); }),
      emitter_(
          document, machine, binding, evaluator_, levels_, tokens_, instructions,
          [this](SourcePosition position, std::string message) { report(position, std::move(message)); }) {
  levels_.reserve(deepestLoops);
}

void ProgramMaker::report(SourcePosition position, std::string message) {
  diagnostics_.push_back(
      {Severity::Error, document_.file, position, "M0301", std::move(message), document_.name});
}

Outcome ProgramMaker::fail(SourcePosition position, std::string message) {
  report(position, std::move(message));
  return Outcome::Failed;
}

void ProgramMaker::setSlot(SlotIndex slot, const Affine& value) {
  binding_.slots()[slot].value = value;
  binding_.slots()[slot].known = true;
}

bool ProgramMaker::withinLimits(SourcePosition position) {
  if (progress_ != nullptr && progress_->cancelled()) return false;
  const std::size_t numbers = tokens_.numbers() + (instructions_.numbers - numbersBefore_);
  if (++work_ <= mostWork && tokens_.steps() <= mostSteps && numbers <= mostNumbers) return true;
  report(position, "the program is too large: more than " + std::to_string(mostSteps) +
                       " instructions before loops are counted, or too many parts; make spatial or unrolled "
                       "loops smaller");
  return false;
}

bool ProgramMaker::run() {
  return nodes(document_.program) == Outcome::Done;
}

Outcome ProgramMaker::nodes(const ProgramNodes& list) {
  for (const ProgramNode& each : list) {
    const Outcome status = node(each);
    if (status != Outcome::Done) return status;
  }
  return Outcome::Done;
}

Outcome ProgramMaker::node(const ProgramNode& node) {
  if (!withinLimits(node.position)) return Outcome::Failed;
  if (const auto* instruction = std::get_if<InstructionNode>(&node.content)) {
    const std::size_t before = tokens_.numbers() + instructions_.numbers;
    const Outcome status = emitter_.emit(*instruction, node.position);
    work_ += static_cast<std::int64_t>((tokens_.numbers() + instructions_.numbers - before) / 64);
    return status;
  }
  if (const auto* each = std::get_if<LoopNode>(&node.content)) return loop(*each, node.position);
  if (const auto* each = std::get_if<SpatialNode>(&node.content)) return spatial(*each);
  if (const auto* when = std::get_if<WhenNode>(&node.content)) {
    bool holds = false;
    const Outcome status = evaluator_.condition(when->condition, holds);
    return status == Outcome::Done ? nodes(holds ? when->body : when->otherwise) : status;
  }
  for (const auto& [slot, expression] : std::get<LetNode>(node.content).values) {
    Affine value;
    const Outcome status = evaluator_.affine(expression, value, Use::Address);
    if (status != Outcome::Done) return status;
    setSlot(slot, value);
  }
  return Outcome::Done;
}

/// First value, step and number of values of from, from + step, … before `to`.
Outcome ProgramMaker::bounds(const CompiledExpression& from, const CompiledExpression& to,
                             const CompiledExpression& step, Affine& first, std::int64_t& stride,
                             std::int64_t& count) {
  Outcome status = evaluator_.affine(from, first, Use::Address);
  Affine distance;
  if (status == Outcome::Done) status = evaluator_.affine(to, distance, Use::Control);
  if (status == Outcome::Done) status = evaluator_.constant(step, stride, Use::Control);
  if (status != Outcome::Done) return status;
  if (first.denominator != 1) return fail(from.position, "a loop begins at a whole number");
  if (stride == 0) return fail(step.position, "the step of a loop cannot be 0");
  std::int64_t length = 0;
  if (distance.denominator != 1) return fail(to.position, "a loop ends at a whole number; use // or ceil");
  if (!addScaled(distance, first, -1))
    return fail(to.position, "the length of the loop does not fit 64 bits");
  status = evaluator_.constant(distance, to, length, Use::Control);
  if (status != Outcome::Done) return status;
  if ((length > 0) != (stride > 0) || length == 0) {
    count = 0;
  } else {
    count = length / stride + (length % stride != 0 ? 1 : 0);
  }
  return Outcome::Done;
}

/// False if one has no value that is the same for all iterations.
bool ProgramMaker::valuesOf(const std::vector<SlotIndex>& names, std::vector<std::int64_t>& values) const {
  values.clear();
  for (const SlotIndex name : names) {
    const SlotValue& slot = binding_.slots()[name];
    if (!slot.known || !slot.value.isWholeConstant()) return false;
    values.push_back(slot.value.base);
  }
  return true;
}

/// An array's elements do the same in every layer; what was made before is taken again.
Outcome ProgramMaker::spatial(const SpatialNode& node) {
  const auto [known, isNew] = instructions_.fixedParts.try_emplace(&node);
  InstructionMemory::FixedPart& part = known->second;
  if (isNew) part.names = namesOfFixedPart(node);
  std::vector<std::int64_t> values;
  if (!part.names || withinFixedPart_ || !valuesOf(*part.names, values)) return spatialAnew(node);
  const auto made = part.made.find(values);
  if (made != part.made.end()) {
    tokens_.append(made->second);
    work_ += static_cast<std::int64_t>(made->second.size() / 16);
    return withinLimits(node.from.position) ? Outcome::Done : Outcome::Failed;
  }
  const TokenList::Mark mark = tokens_.mark();
  withinFixedPart_ = true;
  const Outcome status = spatialAnew(node);
  withinFixedPart_ = false;
  if (status == Outcome::Done) {
    std::vector<TokenList::PlainStep> steps = tokens_.plainStepsSince(mark);
    instructions_.numbers += steps.size();
    part.made.emplace(std::move(values), std::move(steps));
  }
  return status;
}

Outcome ProgramMaker::spatialAnew(const SpatialNode& node) {
  Affine first;
  std::int64_t stride = 0, count = 0;
  Outcome status = bounds(node.from, node.to, node.step, first, stride, count);
  if (status != Outcome::Done) return status;
  std::int64_t start = 0;
  status = evaluator_.constant(first, node.from, start, Use::Control);
  for (std::int64_t i = 0; status == Outcome::Done && i < count; ++i) {
    if (!withinLimits(node.from.position)) return Outcome::Failed;
    setSlot(node.variable, Affine(start + stride * i));
    status = nodes(node.body);
  }
  return status;
}

Outcome ProgramMaker::loop(const LoopNode& loop, SourcePosition position) {
  Affine from;
  std::int64_t step = 1, count = 0;
  Outcome status = bounds(loop.from, loop.to, loop.step, from, step, count);
  std::int64_t unroll = 1;
  if (status == Outcome::Done && loop.unroll) {
    status = evaluator_.constant(*loop.unroll, unroll, Use::Control);
    if (status == Outcome::Done && (unroll < 1 || unroll > mostUnrolled)) {
      return fail(loop.unroll->position, "unroll must be from 1 to " + std::to_string(mostUnrolled) +
                                             ", is " + std::to_string(unroll));
    }
  }
  if (status != Outcome::Done) return status;
  std::int64_t extent = 0;
  if (loop.tiled) {
    if (step < 1)
      return fail(loop.step.position, "a tile's size must be at least 1, is " + std::to_string(step));
    status = evaluator_.constant(loop.to, extent, Use::Control);
    if (status != Outcome::Done) return status;
  }
  if (count == 0) return Outcome::Done;
  // Where iterations are known to differ: the last tile is shorter, stages begin and end.
  const auto stages = static_cast<std::int64_t>(loop.stages.size());
  std::int64_t total = 0;
  if (__builtin_add_overflow(count, stages - 1, &total)) return fail(position, "the loop is too long");
  std::vector<std::int64_t> cuts;
  for (std::int64_t s = 0; s < stages; ++s) {
    if (loop.tiled && extent % step != 0) cuts.push_back(extent / step + s);
    if (s > 0) cuts.push_back(s);
    if (s > 0) cuts.push_back(count + s - 1);
  }
  std::sort(cuts.begin(), cuts.end());
  std::vector<Part> parts;
  std::int64_t first = 0;
  for (const std::int64_t cut : cuts) {
    if (cut <= first || cut >= total) continue;
    parts.push_back({first, cut, unroll, 1});
    first = cut;
  }
  parts.push_back({first, total, unroll, 1});
  const auto known = experiences_.find(&loop);
  if (known != experiences_.end() && known->second.total == total) parts = known->second.parts;
  const Range range{&loop.name, position, Affine(0), total};
  std::vector<Part> finished;
  status = iterate(
      range, std::move(parts),
      [&](const Affine& iteration) { return loopBody(loop, from, step, count, extent, iteration); },
      &finished);
  if (finished.size() <= mostExperience && status == Outcome::Done) {
    experiences_.insert_or_assign(&loop, Experience{total, std::move(finished)});
  }
  return status;
}

Outcome ProgramMaker::loopBody(const LoopNode& loop, const Affine& from, std::int64_t step,
                               std::int64_t count, std::int64_t extent, const Affine& iteration) {
  for (std::size_t s = 0; s < loop.stages.size(); ++s) {
    Affine number = iteration;
    number.base -= static_cast<std::int64_t>(s);
    Outcome status = Outcome::Done;
    if (loop.stages.size() > 1) {
      bool begun = false, goesOn = false;
      status = evaluator_.isNotNegative(number, loop.to, begun);
      Affine left(count - 1);
      if (!addScaled(left, number, -1)) return fail(loop.to.position, "the loop is too long");
      if (status == Outcome::Done) status = evaluator_.isNotNegative(left, loop.to, goesOn);
      if (status != Outcome::Done) return status;
      if (!begun || !goesOn) continue;
    }
    Affine value = from;
    if (!addScaled(value, number, step))
      return fail(loop.to.position, "the loop variable does not fit 64 bits");
    setSlot(loop.variable, value);
    if (loop.tiled) status = tile(loop, number, step, extent);
    if (status == Outcome::Done) status = nodes(loop.stages[s]);
    if (status != Outcome::Done) return status;
  }
  return Outcome::Done;
}

/// Number and length of a tile; the last one may be shorter.
Outcome ProgramMaker::tile(const LoopNode& loop, const Affine& number, std::int64_t size,
                           std::int64_t extent) {
  setSlot(loop.number, number);
  bool whole = true;
  Outcome status = Outcome::Done;
  if (extent % size != 0) {
    Affine before(extent / size - 1);
    if (!addScaled(before, number, -1)) return fail(loop.to.position, "the loop is too long");
    status = evaluator_.isNotNegative(before, loop.to, whole);
  }
  setSlot(loop.length, Affine(whole ? size : extent % size));
  return status;
}

Outcome ProgramMaker::iterate(const Range& range, std::vector<Part> parts, const Body& body,
                              std::vector<Part>* finished) {
  if (levels_.size() >= deepestLoops) {
    return fail(range.position, "loops are nested deeper than " + std::to_string(deepestLoops) + " levels");
  }
  std::reverse(parts.begin(), parts.end());  // the next part is the last
  const auto level = static_cast<std::uint32_t>(levels_.size());
  TokenList::Mark previous;
  bool mergeable = false;
  std::int64_t done = 0;
  while (!parts.empty()) {
    const TokenList::Mark mark = tokens_.mark();
    bool single = false;
    const Outcome status = emitPart(range, parts.back(), body, single);
    levels_.resize(level);
    if (status == Outcome::Split && evaluator_.request().level == level) {
      tokens_.rewind(mark);
      if (!apply(evaluator_.request(), range, parts)) return Outcome::Failed;
      if (done + static_cast<std::int64_t>(parts.size()) > mostParts) {
        return fail(range.position, "the loop over " + *range.name + " would fall into more than " +
                                        std::to_string(mostParts) + " parts");
      }
      continue;
    }
    if (status != Outcome::Done) return status;
    ++done;
    if (finished != nullptr && finished->size() <= mostExperience) finished->push_back(parts.back());
    parts.pop_back();
    if (tokens_.mark().tokens == mark.tokens) continue;
    if (!mergeable || !single || !tokens_.merge(previous, mark, level)) {
      previous = mark;
      mergeable = single;
    }
  }
  return Outcome::Done;
}

/// Makes one part; `single` tells whether it came out as one loop and nothing else.
Outcome ProgramMaker::emitPart(const Range& range, const Part& part, const Body& body, bool& single) {
  const std::int64_t count = part.end - part.first;
  const std::int64_t factor = std::min(std::max(part.unroll, part.strip), count);
  const std::int64_t trips = count / factor;
  const std::int64_t rest = count % factor;
  const TokenList::Mark mark = tokens_.mark();
  const std::size_t level = levels_.size();
  Affine iteration = range.offset;
  while (iteration.levels <= level) iteration.coefficient[iteration.levels++] = 0;
  if (trips > 1) iteration.coefficient[level] = factor;
  const auto run = [&](std::int64_t first, std::int64_t length) {
    Affine start = iteration;
    start.base += first;
    if (part.strip > 1)
      return iterate({range.name, range.position, start, length}, {{0, length, 1, 1}}, body);
    Outcome status = Outcome::Done;
    for (std::int64_t i = 0; status == Outcome::Done && i < length; ++i) {
      status = body(start);
      ++start.base;
    }
    return status;
  };
  levels_.push_back({trips, range.name});
  tokens_.open(trips, range.name);
  const TokenList::Mark inside = tokens_.mark();
  Outcome status = run(part.first, factor);
  if (status != Outcome::Done) return status;
  const bool empty = tokens_.mark().tokens == inside.tokens;
  tokens_.close();
  if (empty) tokens_.rewind(mark);
  levels_.pop_back();
  single = rest == 0;
  if (rest == 0) return status;
  if (trips > 1) iteration.coefficient[level] = 0;
  iteration.levels = static_cast<std::uint32_t>(level);
  return run(part.first + trips * factor, rest);
}

/// Changes the part under way (the last) as asked.
bool ProgramMaker::apply(const SplitRequest& request, const Range& range, std::vector<Part>& parts) {
  const Part part = parts.back();
  const std::int64_t factor = std::min(std::max(part.unroll, part.strip), part.end - part.first);
  if (request.kind != SplitRequest::Kind::Breakpoints) {
    std::int64_t wanted = 0;
    const bool unroll = request.kind == SplitRequest::Kind::Unroll;
    if (request.factor < 2 || __builtin_mul_overflow(factor, request.factor, &wanted) ||
        (unroll && wanted > mostUnrolled)) {
      report(range.position, "the loop over " + *range.name + " would be unrolled by more than " +
                                 std::to_string(mostUnrolled));
      return false;
    }
    parts.back().unroll = unroll ? wanted : 1;
    parts.back().strip = unroll ? 1 : wanted;
    return true;
  }
  parts.pop_back();
  std::vector<Part> pieces;
  std::int64_t first = part.first;
  for (const std::int64_t breakpoint : request.breakpoints) {
    const std::int64_t cut = part.first + breakpoint * factor;
    if (cut <= first || cut >= part.end) continue;
    pieces.push_back({first, cut, part.unroll, part.strip});
    first = cut;
  }
  pieces.push_back({first, part.end, part.unroll, part.strip});
  if (pieces.size() == 1) {
    report(range.position,
           "the loop over " + *range.name + " cannot be split so that its body is the same for each part");
    return false;
  }
  parts.insert(parts.end(), pieces.rbegin(), pieces.rend());
  return true;
}

}  // namespace taktwerk
