// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

/// A state of the engine as bytes, of which states have thousands and programs keep many. Nearly all of its
/// numbers are small: each takes as many bytes as it needs, seven bits a byte, the sign in the lowest. What
/// is said of every instruction in flight is two numbers of four bytes. Behind it all stand the addresses
/// that are relative to a frame, eight bytes each, so that they can be moved in place. Equal states have
/// equal bytes.
class StateWriter {
 public:
  /// A few numbers one after the other, at most `most`, for which there is room.
  class Run {
   public:
    static constexpr std::size_t most = 8;
    explicit Run(StateWriter& writer) : writer_(writer) {
      if (writer.bytes_.size() < writer.used_ + most * longest)
        writer.bytes_.resize(2 * writer.bytes_.size() + 256);
      at_ = writer.bytes_.data() + writer.used_;
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() {
      writer_.used_ = static_cast<std::size_t>(at_ - writer_.bytes_.data());
      writer_.numbers_ += numbers_;
    }
    void put(std::int64_t number) {
      std::uint64_t rest =
          (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
      for (; rest >= 0x80; rest >>= 7) *at_++ = static_cast<std::uint8_t>(rest | 0x80);
      *at_++ = static_cast<std::uint8_t>(rest);
      ++numbers_;
    }
    void putPair(std::uint32_t first, std::uint32_t second) {
      std::memcpy(at_, &first, sizeof first);
      std::memcpy(at_ + sizeof first, &second, sizeof second);
      at_ += sizeof first + sizeof second;
      numbers_ += 2;
    }

   private:
    StateWriter& writer_;
    std::uint8_t* at_;
    std::size_t numbers_ = 0;
  };

  void clear() {
    used_ = numbers_ = 0;
    addresses_.clear();
  }
  void put(std::int64_t number) {
    Run run(*this);
    run.put(number);
  }
  void putAddress(Words relative) { addresses_.push_back(relative); }
  /// Puts the addresses behind the rest. Nothing more may be put then.
  void close() {
    const std::size_t size = addresses_.size() * sizeof(Words);
    if (bytes_.size() < used_ + size) bytes_.resize(used_ + size);
    if (size > 0) std::memcpy(bytes_.data() + used_, addresses_.data(), size);
    used_ += size;
    numbers_ += addresses_.size();
  }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {bytes_.data(), used_}; }
  /// How many numbers it says.
  [[nodiscard]] std::size_t numbers() const { return numbers_; }

 private:
  static constexpr std::size_t longest = 10;  // bytes of a number
  std::vector<std::uint8_t> bytes_;           // more than are used
  std::size_t used_ = 0, numbers_ = 0;
  std::vector<Words> addresses_;
};

/// What a StateWriter has put, in the same order.
class StateReader {
 public:
  StateReader(std::span<const std::uint8_t> state, std::size_t addresses)
      : at_(state.data()), addresses_(state.data() + state.size() - addresses * sizeof(Words)) {}
  std::int64_t next() {
    std::uint64_t all = *at_ & 0x7F;
    for (int shift = 7; *at_++ >= 0x80; shift += 7) all |= static_cast<std::uint64_t>(*at_ & 0x7F) << shift;
    return static_cast<std::int64_t>(all >> 1) ^ -static_cast<std::int64_t>(all & 1);
  }
  std::pair<std::uint32_t, std::uint32_t> nextPair() {
    std::pair<std::uint32_t, std::uint32_t> both;
    std::memcpy(&both.first, at_, sizeof both.first);
    std::memcpy(&both.second, at_ + sizeof both.first, sizeof both.second);
    at_ += sizeof both.first + sizeof both.second;
    return both;
  }
  Words nextAddress() {
    Words address = 0;
    std::memcpy(&address, addresses_, sizeof address);
    addresses_ += sizeof address;
    return address;
  }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* addresses_;
};

/// Moves an address of a state, the how-manieth of so many, by `words`.
inline void moveAddress(std::span<std::uint8_t> state, std::size_t which, std::size_t of, Words words) {
  std::uint8_t* const at = state.data() + state.size() - (of - which) * sizeof(Words);
  Words address = 0;
  std::memcpy(&address, at, sizeof address);
  address += words;
  std::memcpy(at, &address, sizeof address);
}

}  // namespace taktwerk::engine
