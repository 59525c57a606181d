// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taktwerk {

/// Puts numbers and texts one behind the other into few bytes: numbers in groups of seven bits, the lowest
/// first, signed ones with the sign in the lowest bit; texts behind their length; doubles as their eight
/// bytes, the lowest first.
class Encoder {
 public:
  Encoder& number(std::uint64_t value);
  Encoder& signedNumber(std::int64_t value);
  Encoder& real(double value);
  Encoder& text(std::string_view text);
  Encoder& raw(std::string_view bytes);  ///< without their length
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// The bytes so far behind four of a check. `with` is a hash of what they belong to.
  [[nodiscard]] std::string checkedBytes(std::uint64_t with) const;
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

/// Takes apart what an Encoder put together. What is not there is 0 or empty, and `failed` from then on.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] std::uint64_t number();
  [[nodiscard]] std::int64_t signedNumber();
  [[nodiscard]] double real();
  [[nodiscard]] std::string_view text();
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

/// 64 bits of bytes, by which equal ones are found and damaged ones are seen (FNV-1a).
inline constexpr std::uint64_t hashBegin = 0xCBF29CE484222325U;
[[nodiscard]] std::uint64_t hashOf(std::string_view bytes, std::uint64_t begin = hashBegin);
/// The same with a number put in at once.
[[nodiscard]] constexpr std::uint64_t hashOf(std::int64_t number, std::uint64_t begin = hashBegin) {
  return (begin ^ static_cast<std::uint64_t>(number)) * 0x100000001B3U;
}

/// The bytes behind those of the check, if they are as they were written; else they are damaged and `ok` is
/// false.
struct CheckedBytes {
  std::string_view bytes;
  bool ok = false;
};
[[nodiscard]] CheckedBytes checked(std::string_view stored, std::uint64_t with);

}  // namespace taktwerk
