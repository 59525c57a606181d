// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/loop_finder.h"

#include <algorithm>

#include "core/kernels/item_stack.h"

namespace taktwerk {

namespace {

/// The address of an access in an iteration: base and as many strides as there are variables.
std::int64_t addressAt(const std::int64_t* affine, const std::vector<std::int64_t>& variables) {
  auto address = static_cast<std::uint64_t>(*affine);
  for (std::size_t v = 0; v < variables.size(); ++v) {
    address += static_cast<std::uint64_t>(affine[1 + v]) * static_cast<std::uint64_t>(variables[v]);
  }
  return static_cast<std::int64_t>(address);
}

/// Makes loops of what comes twice, from the inside out; `depth` loops are around the items.
std::vector<LoopItem> findPairs(std::vector<LoopItem> items, std::size_t depth) {
  // Two single instructions are no shorter as a loop, and any two addresses advance evenly: in a long
  // sequence that is left over, short pairs mean nothing.
  constexpr std::size_t longSequence = 4096;
  ItemStack stack(2, depth, items.size() > longSequence ? 16 : 2);
  for (LoopItem& item : items) {
    if (item.loop) item.loop->body = findPairs(std::move(item.loop->body), depth + 1);
    stack.push(std::move(item));
    while (stack.closeLoop()) {
    }
  }
  return std::move(stack).take();
}

void emit(const std::vector<LoopItem>& items, ProgramBuilder& builder) {
  for (const LoopItem& item : items) {
    if (!item.loop) {
      builder.add(TemplateId{item.instruction}, item.affine, item.line);
      continue;
    }
    builder.openLoop(item.loop->trips);
    emit(item.loop->body, builder);
    builder.closeLoop();
  }
}

}  // namespace

/// Where the sequence stands in what the next iteration of a loop would be.
class LoopFinder::Cursor {
 public:
  [[nodiscard]] bool active() const { return !frames_.empty(); }
  [[nodiscard]] bool begun() const { return begun_; }
  void stop() {
    frames_.clear();
    variables_.clear();
    begun_ = false;
  }
  void restart(const Loop& loop) {
    frames_.assign(1, {&loop, 0});
    variables_.assign(1, loop.trips);
    begun_ = false;
    descend();
  }
  [[nodiscard]] bool expects(std::uint32_t instruction, std::span<const std::int64_t> addresses) const {
    const Item& item = frames_.back().loop->body[frames_.back().item];
    if (item.instruction != instruction || item.accesses != addresses.size()) return false;
    const std::int64_t* affine = item.affine.data();
    for (const std::int64_t address : addresses) {
      if (addressAt(affine, variables_) != address) return false;
      affine += 1 + variables_.size();
    }
    return true;
  }
  /// Passes an instruction; true when that was the iteration's last.
  bool advance() {
    begun_ = true;
    ++frames_.back().item;
    while (frames_.back().item == frames_.back().loop->body.size()) {
      if (frames_.size() == 1) return true;
      if (++variables_.back() < frames_.back().loop->trips) {
        frames_.back().item = 0;
        break;
      }
      frames_.pop_back();
      variables_.pop_back();
      ++frames_.back().item;
    }
    descend();
    return false;
  }
  /// What was passed of the iteration, as items.
  [[nodiscard]] std::vector<Item> passed() const {
    std::vector<Item> items;
    if (!begun_) return items;
    std::vector<std::int64_t> variables;
    for (std::size_t f = 0; f < frames_.size(); ++f) {
      const Loop& loop = *frames_[f].loop;
      if (f > 0 && variables_[f] == 1) {
        variables.push_back(0);
        for (const Item& item : loop.body) items.push_back(instantiated(item, variables));
        variables.pop_back();
      } else if (f > 0 && variables_[f] > 1) {
        items.push_back(instantiated(frames_[f - 1].loop->body[frames_[f - 1].item], variables));
        items.back().loop->trips = variables_[f];
      }
      variables.push_back(variables_[f]);
      for (std::size_t i = 0; i < frames_[f].item; ++i)
        items.push_back(instantiated(loop.body[i], variables));
    }
    return items;
  }

 private:
  struct Frame {
    const Loop* loop;
    std::size_t item;
  };
  void descend() {
    while (const Loop* inner = frames_.back().loop->body[frames_.back().item].loop.get()) {
      frames_.push_back({inner, 0});
      variables_.push_back(0);
    }
  }
  std::vector<Frame> frames_;
  std::vector<std::int64_t> variables_;
  bool begun_ = false;
};

LoopFinder::LoopFinder() : stack_(std::make_unique<ItemStack>(3)), cursor_(std::make_unique<Cursor>()) {}

LoopFinder::~LoopFinder() = default;

void LoopFinder::add(TemplateId instruction, std::span<const std::int64_t> addresses,
                     std::uint32_t sourceLine) {
  feed(instruction.value, addresses, sourceLine);
}

void LoopFinder::feed(std::uint32_t instruction, std::span<const std::int64_t> addresses,
                      std::uint32_t line) {
  while (cursor_->active()) {
    if (!cursor_->expects(instruction, addresses)) {
      closeTop();
      continue;
    }
    if (cursor_->advance()) {
      Loop& loop = *stack_->top().loop;
      ++loop.trips;
      cursor_->restart(loop);
    }
    return;
  }
  Item item;
  item.instruction = instruction;
  item.line = line;
  item.accesses = static_cast<std::uint32_t>(addresses.size());
  item.affine.assign(addresses.begin(), addresses.end());
  stack_->push(std::move(item));
  if (stack_->closeLoop()) cursor_->restart(*stack_->top().loop);
}

void LoopFinder::closeTop() {
  std::vector<Item> passed = cursor_->passed();
  cursor_->stop();
  stack_->refreshTop();
  if (stack_->closeLoop()) cursor_->restart(*stack_->top().loop);
  for (Item& item : passed) feedItem(std::move(item));
}

void LoopFinder::feedItem(Item item) {
  if (!item.loop) {
    feed(item.instruction, item.affine, item.line);
    return;
  }
  if (cursor_->active() && !cursor_->begun()) {
    // Does the open loop go on with it? Then it is a part of that loop's iterations.
    const Item* first = &item;
    while (first->loop) first = &first->loop->body.front();
    std::vector<std::int64_t> addresses;
    for (std::uint32_t a = 0; a < first->accesses; ++a) {
      addresses.push_back(first->affine[a * (first->affine.size() / first->accesses)]);
    }
    if (!cursor_->expects(first->instruction, addresses)) closeTop();
  }
  if (cursor_->active()) {
    std::vector<std::int64_t> variables;
    feedUnrolled(item, variables);
    return;
  }
  stack_->push(std::move(item));
  cursor_->restart(*stack_->top().loop);
}

void LoopFinder::feedUnrolled(const Item& item, std::vector<std::int64_t>& variables) {
  if (item.loop) {
    variables.push_back(0);
    for (std::int64_t i = 0; i < item.loop->trips; ++i) {
      variables.back() = i;
      for (const Item& inner : item.loop->body) feedUnrolled(inner, variables);
    }
    variables.pop_back();
    return;
  }
  std::vector<std::int64_t> addresses;
  for (std::uint32_t a = 0; a < item.accesses; ++a) {
    addresses.push_back(addressAt(item.affine.data() + a * (1 + variables.size()), variables));
  }
  feed(item.instruction, addresses, item.line);
}

Program LoopFinder::finish(std::string name, std::string file, const TemplateTable& templates) && {
  while (cursor_->active()) closeTop();
  ProgramBuilder builder(std::move(name), std::move(file));
  for (std::size_t t = 0; t < templates.size(); ++t) {
    (void)builder.intern(templates[TemplateId{static_cast<std::uint32_t>(t)}]);
  }
  emit(findPairs(std::move(*stack_).take(), 0), builder);
  return std::move(builder).finish();
}

}  // namespace taktwerk
