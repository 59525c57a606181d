// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/encoding.h"

#include <bit>

namespace taktwerk {
namespace {

constexpr std::size_t checkBytes = 4;

std::uint32_t checkOf(std::string_view bytes, std::uint64_t with) {
  const std::uint64_t hash = hashOf(bytes, with);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

std::uint64_t hashOf(std::string_view bytes, std::uint64_t begin) {
  std::uint64_t hash = begin;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

Encoder& Encoder::number(std::uint64_t value) {
  for (; value >= 0x80U; value >>= 7U) bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
  bytes_ += static_cast<char>(value);
  return *this;
}

Encoder& Encoder::signedNumber(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return number(value < 0 ? ~(bits << 1U) : bits << 1U);
}

Encoder& Encoder::real(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (unsigned shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>((bits >> shift) & 0xFFU);
  return *this;
}

Encoder& Encoder::text(std::string_view text) {
  return number(text.size()).raw(text);
}

Encoder& Encoder::raw(std::string_view bytes) {
  bytes_ += bytes;
  return *this;
}

std::string Encoder::checkedBytes(std::uint64_t with) const {
  const std::uint32_t check = checkOf(bytes_, with);
  std::string all;
  all.reserve(checkBytes + bytes_.size());
  for (unsigned shift = 0; shift < 8 * checkBytes; shift += 8)
    all += static_cast<char>((check >> shift) & 0xFFU);
  return all += bytes_;
}

CheckedBytes checked(std::string_view stored, std::uint64_t with) {
  if (stored.size() < checkBytes) return {};
  const std::string_view bytes = stored.substr(checkBytes);
  std::uint32_t check = 0;
  for (std::size_t i = 0; i < checkBytes; ++i) {
    check |= std::uint32_t{static_cast<unsigned char>(stored[i])} << (8 * i);
  }
  return {bytes, check == checkOf(bytes, with)};
}

std::uint64_t Decoder::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80U) return value;
  }
  failed_ = true;
  return 0;
}

std::int64_t Decoder::signedNumber() {
  const std::uint64_t bits = number();
  return static_cast<std::int64_t>((bits & 1U) != 0 ? ~(bits >> 1U) : bits >> 1U);
}

double Decoder::real() {
  if (rest_.size() < 8) {
    failed_ = true;
    return 0;
  }
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    bits |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
  }
  rest_.remove_prefix(8);
  return std::bit_cast<double>(bits);
}

std::string_view Decoder::text() {
  const std::uint64_t size = number();
  if (failed_ || size > rest_.size()) {
    failed_ = true;
    return {};
  }
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

}  // namespace taktwerk
