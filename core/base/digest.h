// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace taktwerk {

/// 128 bits that stand for a content that is too large to be kept as a key. Equal contents have equal ones;
/// among a thousand million different ones two are equal with a probability of about 10^-20. Not against
/// somebody who looks for two, and not for files: other versions may count otherwise.
struct Digest {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// For tables by digest.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const noexcept { return digest.low; }
};

/// Takes a content in, one value behind the other; texts with their length, so that different sequences of
/// values differ. Each value is multiplied into two numbers of 64 bits, of whose 128-bit products both halves
/// are folded together.
class Digester {
 public:
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) Digester& add(T value) {
    if constexpr (std::is_floating_point_v<T>) {
      return mix(std::bit_cast<std::uint64_t>(static_cast<double>(value)));  // with what is behind the point
    } else {
      return mix(static_cast<std::uint64_t>(value));
    }
  }
  Digester& add(std::string_view text) {
    mix(text.size());
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      mix(word);
    }
    if (at == text.size()) return *this;
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + at, text.size() - at);
    return mix(rest);
  }
  Digester& add(const Digest& digest) { return mix(digest.high).mix(digest.low); }
  [[nodiscard]] Digest digest() const {
    Digester last = *this;
    last.mix(0x9E3779B97F4A7C15u).mix(0);
    return {last.a_, last.b_};
  }

 private:
  __extension__ using Wide = unsigned __int128;

  static std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  }
  Digester& mix(std::uint64_t value) {
    a_ = folded(a_ ^ value, 0xA0761D6478BD642Fu) + 0xE7037ED1A0B428DBu;
    b_ = folded(b_ + (value << 29U | value >> 35U), 0x8EBC6AF09C88C6E3u) ^ 0x589965CC75374CC3u;
    return *this;
  }

  std::uint64_t a_ = 0x243F6A8885A308D3u, b_ = 0x13198A2E03707344u;  ///< digits of pi
};

}  // namespace taktwerk
