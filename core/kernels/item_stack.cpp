// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/item_stack.h"

#include <algorithm>

namespace taktwerk {

namespace {

constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
constexpr std::uint64_t base = 0x1B873593CC9E2D51u % prime;

/// Products and sums modulo 2^61 − 1, in which a polynomial of shapes is a hash of their sequence.
std::uint64_t timesModulo(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  const std::uint64_t sum =
      static_cast<std::uint64_t>(product & prime) + static_cast<std::uint64_t>(product >> 61);
  return sum >= prime ? sum - prime : sum;
}
std::uint64_t plusModulo(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t sum = a + b;
  return sum >= prime ? sum - prime : sum;
}

void mix(std::uint64_t& hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
  hash ^= hash >> 29;
}

std::size_t loopsAround(const LoopItem& item) {
  return item.accesses == 0 ? 0 : item.affine.size() / item.accesses - 1;
}

void mixItem(std::uint64_t& hash, const LoopItem& item) {
  if (item.loop) {
    mix(hash, 0x10000000000u + static_cast<std::uint64_t>(item.loop->trips));
    for (const LoopItem& inner : item.loop->body) mixItem(hash, inner);
    mix(hash, 0x20000000000u);
    return;
  }
  mix(hash, item.instruction);
  const std::size_t count = 1 + loopsAround(item);
  for (std::size_t i = 0; i < item.affine.size(); ++i) {
    if (i % count != 0) mix(hash, static_cast<std::uint64_t>(item.affine[i]));
  }
}

std::int64_t difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

/// True if the bases advance from a to b as from b to c. All have the same shape.
bool advancesEvenly(const LoopItem& a, const LoopItem& b, const LoopItem& c) {
  if (a.loop) {
    for (std::size_t i = 0; i < a.loop->body.size(); ++i) {
      if (!advancesEvenly(a.loop->body[i], b.loop->body[i], c.loop->body[i])) return false;
    }
    return true;
  }
  const std::size_t count = 1 + loopsAround(a);
  for (std::size_t i = 0; i < a.affine.size(); i += count) {
    if (difference(b.affine[i], a.affine[i]) != difference(c.affine[i], b.affine[i])) return false;
  }
  return true;
}

/// Gives an item a loop more around it, inside `depth` others, with the strides by which `next` differs from
/// it.
void surround(LoopItem& item, const LoopItem& next, std::size_t depth) {
  if (item.loop) {
    for (std::size_t i = 0; i < item.loop->body.size(); ++i)
      surround(item.loop->body[i], next.loop->body[i], depth);
    return;
  }
  const std::size_t count = 1 + loopsAround(item);
  std::vector<std::int64_t> affine;
  affine.reserve(item.affine.size() + item.accesses);
  for (std::size_t i = 0; i < item.affine.size(); ++i) {
    affine.push_back(item.affine[i]);
    const std::size_t first = i - i % count;
    if (i - first == depth) affine.push_back(difference(next.affine[first], item.affine[first]));
  }
  item.affine = std::move(affine);
}

}  // namespace

std::uint64_t shapeOf(const LoopItem& item) {
  std::uint64_t hash = 0x51ED270B7A3Du;
  mixItem(hash, item);
  return hash % prime;
}

bool sameShape(const LoopItem& a, const LoopItem& b) {
  if ((a.loop == nullptr) != (b.loop == nullptr)) return false;
  if (a.loop) {
    const auto& x = a.loop->body;
    const auto& y = b.loop->body;
    return a.loop->trips == b.loop->trips && std::equal(x.begin(), x.end(), y.begin(), y.end(), sameShape);
  }
  if (a.instruction != b.instruction || a.affine.size() != b.affine.size()) return false;
  const std::size_t count = 1 + loopsAround(a);
  for (std::size_t i = 0; i < a.affine.size(); ++i) {
    if (i % count != 0 && a.affine[i] != b.affine[i]) return false;
  }
  return true;
}

LoopItem instantiated(const LoopItem& item, std::span<const std::int64_t> variables) {
  LoopItem copy;
  copy.instruction = item.instruction;
  copy.line = item.line;
  copy.accesses = item.accesses;
  if (item.loop) {
    copy.loop = std::make_unique<ItemLoop>();
    copy.loop->trips = item.loop->trips;
    for (const LoopItem& inner : item.loop->body) copy.loop->body.push_back(instantiated(inner, variables));
    return copy;
  }
  const std::size_t count = 1 + loopsAround(item);
  for (std::size_t i = 0; i < item.affine.size(); i += count) {
    auto address = static_cast<std::uint64_t>(item.affine[i]);
    for (std::size_t v = 0; v < variables.size(); ++v) {
      address +=
          static_cast<std::uint64_t>(item.affine[i + 1 + v]) * static_cast<std::uint64_t>(variables[v]);
    }
    copy.affine.push_back(static_cast<std::int64_t>(address));
    for (std::size_t s = 1 + variables.size(); s < count; ++s) copy.affine.push_back(item.affine[i + s]);
  }
  return copy;
}

void ItemStack::enter() {
  const std::uint64_t shape = shapeOf(items_.back());
  const std::uint64_t before = places_.empty() ? 0 : places_.back().prefix;
  const auto place = static_cast<std::int64_t>(places_.size());
  places_.push_back({shape, plusModulo(timesModulo(before, base), shape), 0, -1, -1});
  while (powers_.size() <= places_.size()) powers_.push_back(timesModulo(powers_.back(), base));
  const auto link = [&](auto& last, std::uint64_t key, std::int64_t& previous) {
    const auto [known, isNew] = last.try_emplace(key, place);
    if (!isNew) previous = known->second;
    known->second = place;
  };
  link(lastOfShape_, shape, places_.back().sameShape);
  if (places_.size() < runLength) return;
  places_.back().run = hashOf(places_.size() - runLength, runLength);
  link(lastOfRun_, places_.back().run, places_.back().sameRun);
}

void ItemStack::leave() {
  const auto unlink = [](auto& last, std::uint64_t key, std::int64_t previous) {
    if (previous < 0) {
      last.erase(key);
    } else {
      last[key] = previous;
    }
  };
  const Place& place = places_.back();
  unlink(lastOfShape_, place.shape, place.sameShape);
  if (places_.size() >= runLength) unlink(lastOfRun_, place.run, place.sameRun);
  places_.pop_back();
}

void ItemStack::push(LoopItem item) {
  items_.push_back(std::move(item));
  enter();
}

LoopItem ItemStack::pop() {
  LoopItem item = std::move(items_.back());
  items_.pop_back();
  leave();
  return item;
}

void ItemStack::refreshTop() {
  leave();
  enter();
}

std::uint64_t ItemStack::hashOf(std::size_t first, std::size_t count) const {
  const std::uint64_t before = first == 0 ? 0 : places_[first - 1].prefix;
  const std::uint64_t shifted = timesModulo(before, powers_[count]);
  return plusModulo(places_[first + count - 1].prefix, prime - shifted);
}

bool ItemStack::repeats(std::size_t length) const {
  const std::size_t blocks = static_cast<std::size_t>(blocks_);
  const std::size_t first = items_.size() - blocks * length;
  // All blocks are equal when the sequence is equal to itself one block on.
  if (hashOf(first, (blocks - 1) * length) != hashOf(first + length, (blocks - 1) * length)) return false;
  for (std::size_t i = first; i + length < items_.size(); ++i) {
    if (!sameShape(items_[i], items_[i + length])) return false;
    if (i + 2 * length < items_.size() &&
        !advancesEvenly(items_[i], items_[i + length], items_[i + 2 * length]))
      return false;
  }
  return true;
}

bool ItemStack::closeLoopAt(std::int64_t place) {
  const std::int64_t length = static_cast<std::int64_t>(items_.size()) - 1 - place;
  if (length < shortest_ && !items_.back().loop) return false;
  if (!repeats(static_cast<std::size_t>(length))) return false;
  makeLoop(static_cast<std::size_t>(length));
  return true;
}

bool ItemStack::closeLoop() {
  if (places_.empty()) return false;
  constexpr int mostRunsTried = 32;
  const auto size = static_cast<std::int64_t>(items_.size());
  const auto farthest = size - 1 - size / blocks_;  // so that as many blocks fit
  const auto nearest = size - 1 - static_cast<std::int64_t>(runLength);
  for (std::int64_t place = places_.back().sameShape; place >= std::max(nearest, farthest);
       place = places_[static_cast<std::size_t>(place)].sameShape) {
    if (closeLoopAt(place)) return true;
  }
  std::int64_t place = places_.back().sameRun;
  for (int tried = 0; place >= farthest && tried < mostRunsTried; ++tried) {
    if (place < nearest && closeLoopAt(place)) return true;
    place = places_[static_cast<std::size_t>(place)].sameRun;
  }
  return false;
}

void ItemStack::makeLoop(std::size_t length) {
  std::vector<LoopItem> blocks;
  for (std::size_t i = 0; i < length * static_cast<std::size_t>(blocks_); ++i) blocks.push_back(pop());
  std::reverse(blocks.begin(), blocks.end());
  LoopItem item;
  item.loop = std::make_unique<ItemLoop>();
  item.loop->trips = blocks_;
  item.line = blocks.front().line;
  for (std::size_t i = 0; i < length; ++i) {
    surround(blocks[i], blocks[i + length], depth_);
    item.loop->body.push_back(std::move(blocks[i]));
  }
  push(std::move(item));
}

}  // namespace taktwerk
