// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_texts.h"

#include "core/store/encoding.h"

namespace taktwerk {
namespace {

constexpr std::size_t mostKnown = 20'000;  // a hundred bytes each

}  // namespace

StoreTexts::StoreTexts(Database& database)
    : database_(database),
      find_(database.prepare("SELECT id, text FROM texts WHERE hash = ?")),
      add_(database.prepare("INSERT INTO texts (id, hash, text) VALUES (?, ?, ?)")),
      text_(database.prepare("SELECT text FROM texts WHERE id = ?")) {}

std::int64_t StoreTexts::find(std::string_view text) {
  std::string key(text);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  std::int64_t number = 0;
  find_.bind(0, static_cast<std::int64_t>(hashOf(text)));
  while (number == 0 && find_.step()) {
    const CheckedBytes stored = checked(find_.bytes(1), hashOf(find_.number(0)));
    if (stored.ok && stored.bytes == text) number = find_.number(0);
  }
  find_.reset();
  if (number == 0) return 0;
  if (known_.size() >= mostKnown) known_.clear();
  known_.emplace(std::move(key), number);
  return number;
}

std::int64_t StoreTexts::put(std::string_view text) {
  if (const std::int64_t known = find(text); known != 0 || database_.failure()) return known;
  const std::int64_t number = database_.number("SELECT coalesce(max(id), 0) FROM texts") + 1;
  Encoder encoder;
  encoder.raw(text);
  const std::string bytes = encoder.checkedBytes(hashOf(number));
  add_.bind(0, number).bind(1, static_cast<std::int64_t>(hashOf(text))).bindBytes(2, bytes);
  if (!add_.run()) return 0;
  if (known_.size() >= mostKnown) known_.clear();
  known_.emplace(text, number);
  return number;
}

std::string StoreTexts::text(std::int64_t number) {
  text_.bind(0, number);
  std::string text;
  if (text_.step()) {
    const CheckedBytes stored = checked(text_.bytes(0), hashOf(number));
    if (!stored.ok) database_.failAsDamaged("a text has changed");
    text = stored.ok ? stored.bytes : std::string_view();
  } else {
    database_.failAsDamaged("a text is missing");
  }
  text_.reset();
  return text;
}

}  // namespace taktwerk
