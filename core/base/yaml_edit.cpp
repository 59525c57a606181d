// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml_edit.h"

#include <algorithm>
#include <utility>

#include "core/base/yaml_spans.h"
#include "core/base/yaml_text.h"

namespace taktwerk {

namespace {

using Kind = YamlChange::Kind;

/// Where a step of a path leads among the entries or items of a node: an index, or nothing.
std::optional<std::size_t> placeOf(const YamlNode& node, const YamlPath::value_type& step) {
  if (const auto* index = std::get_if<std::size_t>(&step)) {
    return node.isSequence() && *index < node.items.size() ? std::optional(*index) : std::nullopt;
  }
  const std::string& key = std::get<std::string>(step);
  for (std::size_t i = 0; node.isMap() && i < node.entries.size(); ++i) {
    if (node.entries[i].key == key) return i;
  }
  return std::nullopt;
}

template <class Node>  // YamlNode or const YamlNode
Node* follow(Node& root, const YamlPath& path, std::size_t steps) {
  Node* node = &root;
  for (std::size_t s = 0; s < steps; ++s) {
    const auto place = placeOf(*node, path[s]);
    if (!place) return nullptr;
    node = node->isMap() ? &node->entries[*place].value : &node->items[*place];
  }
  return node;
}

/// Where a new entry goes among `count`; nothing when it cannot.
std::optional<std::size_t> insertionPlace(const YamlNode& parent, const YamlChange& change) {
  const auto& step = change.path.back();
  if (const auto* index = std::get_if<std::size_t>(&step)) {
    if (!parent.isSequence() && !parent.isNull()) return std::nullopt;
    return *index <= parent.items.size() ? std::optional(*index) : std::nullopt;
  }
  if ((!parent.isMap() && !parent.isNull()) || placeOf(parent, step)) return std::nullopt;
  return std::min(change.at.value_or(parent.entries.size()), parent.entries.size());
}

struct Replacement {
  ByteSpan span;
  std::string by;
};

/// Finds what one change replaces in a text.
class Changer {
 public:
  Changer(std::string_view text, const YamlNode& root, const YamlChange& change)
      : text_(text), root_(root), change_(change), spans_(text) {
    const std::size_t end = text.find('\n');
    newline_ = end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
  }

  std::optional<Replacement> run() {
    if (change_.path.empty()) return std::nullopt;
    parent_ = follow(root_, change_.path, change_.path.size() - 1);
    if (parent_ == nullptr) return std::nullopt;
    if (change_.kind == Kind::Insert) return insert();
    const auto place = placeOf(*parent_, change_.path.back());
    if (!place) return std::nullopt;
    place_ = *place;
    switch (change_.kind) {
      case Kind::Set:
        return set();
      case Kind::Remove:
        return remove();
      case Kind::RenameKey: {
        if (!parent_->isMap()) return std::nullopt;
        const auto key = spans_.key(parent_->entries[place_], parent_->flow);
        if (!key) return std::nullopt;
        return replaced(*key, yamlText(change_.key));
      }
      case Kind::Insert:
        break;
    }
    return std::nullopt;
  }

 private:
  static Replacement replaced(ByteSpan span, std::string by) { return {span, std::move(by)}; }

  [[nodiscard]] const YamlNode& child(std::size_t i) const {
    return parent_->isMap() ? parent_->entries[i].value : parent_->items[i];
  }
  [[nodiscard]] std::size_t count() const {
    return parent_->isMap() ? parent_->entries.size() : parent_->items.size();
  }
  /// Of an entry or item, without the dash before an item.
  [[nodiscard]] std::optional<ByteSpan> spanOf(std::size_t i) const {
    return parent_->isMap() ? spans_.entry(parent_->entries[i], parent_->flow)
                            : spans_.value(parent_->items[i], parent_->flow);
  }

  std::optional<Replacement> set() {
    const YamlNode& old = child(place_);
    const std::string text = yamlText(change_.value);
    if (const auto span = spans_.value(old, parent_->flow)) {
      // Lines below a key become a value beside it.
      const bool below = !old.flow && (old.isMap() || old.isSequence());
      if (!below) return replaced(*span, text);
      if (!parent_->isMap()) return replaced(*span, text);
      const auto key = spans_.key(parent_->entries[place_], false);
      if (!key) return std::nullopt;
      const std::size_t colon = text_.find(':', key->end);
      if (colon == std::string_view::npos) return std::nullopt;
      return replaced({colon + 1, span->end}, " " + text);
    }
    if (!old.isNull()) return std::nullopt;
    const auto entry = spanOf(place_);
    if (!entry) return std::nullopt;
    return replaced({entry->end, entry->end}, (text_[entry->end - 1] == ':' ? " " : ": ") + text);
  }

  std::optional<Replacement> remove() {
    const auto span = spanOf(place_);
    if (!span) return std::nullopt;
    if (parent_->flow) return removeInFlow(*span);
    if (count() == 1) return removeLast();
    const std::size_t begin = spans_.lineBegin(span->begin);
    const std::string_view before = text_.substr(begin, span->begin - begin);
    const std::size_t ink = before.find_first_not_of(' ');
    if (ink == std::string_view::npos) return replaced({begin, spans_.nextLine(span->end)}, "");
    if (!parent_->isMap() && before.find_first_not_of(' ', ink + 1) == std::string_view::npos) {
      return replaced({begin, spans_.nextLine(span->end)}, "");  // a dash and nothing else
    }
    // The first of several in the line of a dash: the next one takes its place.
    const auto next = spanOf(place_ + 1);
    if (place_ != 0 || !next) return std::nullopt;
    return replaced({span->begin, next->begin}, "");
  }

  std::optional<Replacement> removeInFlow(ByteSpan span) {
    if (place_ + 1 < count()) {
      const auto next = spanOf(place_ + 1);
      if (!next) return std::nullopt;
      return replaced({span.begin, next->begin}, "");
    }
    if (place_ == 0) return replaced(span, "");
    const auto previous = spanOf(place_ - 1);
    if (!previous) return std::nullopt;
    const std::string_view between = text_.substr(previous->end, span.begin - previous->end);
    if (between.find('\n') == std::string_view::npos) return replaced({previous->end, span.end}, "");
    return replaced(span, "");  // the comma before it may stay, and what else stands there
  }

  /// The only entry below a key: brackets stay in its place, so that the kind of value stays too.
  std::optional<Replacement> removeLast() {
    if (change_.path.size() < 2) return std::nullopt;
    YamlChange whole{Kind::Set, change_.path, {}};
    whole.path.pop_back();
    whole.value.kind = parent_->kind;
    whole.value.flow = true;
    return Changer(text_, root_, whole).run();
  }

  std::optional<Replacement> insert() {
    const auto place = insertionPlace(*parent_, change_);
    if (!place) return std::nullopt;
    place_ = *place;
    if (parent_->isNull()) return insertIntoNothing();
    if (parent_->flow) return insertInFlow();
    if (place_ == 0) {
      const auto next = spanOf(0);
      if (!next) return std::nullopt;
      const std::size_t begin = spans_.lineBegin(next->begin);
      const std::string_view before = text_.substr(begin, next->begin - begin);
      const bool alone = before.find_first_not_of(' ') == std::string_view::npos;
      const bool dash = parent_->isSequence() && before.find_first_not_of(" -") == std::string_view::npos &&
                        std::count(before.begin(), before.end(), '-') == 1;
      if (!alone && !dash) {
        if (!parent_->isMap()) return std::nullopt;
        // In the line of a dash: the new one takes the place and the old one moves to a line below.
        return replaced({next->begin, next->begin},
                        entryText(0) + newline_ + std::string(next->begin - begin, ' '));
      }
      return replaced({begin, begin}, lineText(dash ? before.find('-') : before.size()) + newline_);
    }
    const auto previous = spanOf(place_ - 1);
    const auto first = spanOf(0);
    if (!previous || !first) return std::nullopt;
    std::size_t indent = first->begin - spans_.lineBegin(first->begin);
    if (parent_->isSequence()) {
      const std::size_t begin = spans_.lineBegin(first->begin);
      indent = text_.substr(begin, indent).rfind('-');
      if (indent == std::string_view::npos) return std::nullopt;
    }
    const std::size_t end = spans_.nextLine(previous->end);
    const bool open = end == text_.size() && (end == 0 || text_[end - 1] != '\n');
    if (open) return replaced({end, end}, newline_ + lineText(indent));
    return replaced({end, end}, lineText(indent) + newline_);
  }

  std::optional<Replacement> insertInFlow() {
    const std::string text = entryText(0);
    if (count() == 0) {
      const auto all = spans_.value(*parent_, false);
      if (!all) return std::nullopt;
      return replaced({all->begin + 1, all->begin + 1}, text);
    }
    if (place_ < count()) {
      const auto next = spanOf(place_);
      if (!next) return std::nullopt;
      return replaced({next->begin, next->begin}, text + ", ");
    }
    const auto previous = spanOf(place_ - 1);
    if (!previous) return std::nullopt;
    return replaced({previous->end, previous->end}, ", " + text);
  }

  /// `objects:` without a value gets its first line.
  std::optional<Replacement> insertIntoNothing() {
    if (change_.path.size() < 2) return std::nullopt;
    const YamlNode* above = follow(root_, change_.path, change_.path.size() - 2);
    const auto place =
        above != nullptr ? placeOf(*above, change_.path[change_.path.size() - 2]) : std::nullopt;
    if (!place || !above->isMap() || above->flow) return std::nullopt;
    const auto entry = spans_.entry(above->entries[*place], false);
    if (!entry || text_[entry->end - 1] != ':') return std::nullopt;
    const std::size_t indent = entry->begin - spans_.lineBegin(entry->begin) + 2;
    const std::size_t end = spans_.nextLine(entry->end);
    const bool open = end == text_.size() && text_[end - 1] != '\n';
    if (open) return replaced({end, end}, newline_ + lineText(indent));
    return replaced({end, end}, lineText(indent) + newline_);
  }

  [[nodiscard]] std::string entryText(std::size_t indent) const {
    const auto* key = std::get_if<std::string>(&change_.path.back());
    std::string text = key != nullptr ? yamlText(*key) + ":" : std::string("-");
    if (!change_.block || change_.value.isScalar() || change_.value.isNull()) {
      if (key == nullptr && (parent_->flow)) return itemText();
      return text + " " + (key == nullptr ? itemText() : yamlText(change_.value));
    }
    appendLines(text, change_.value, indent + 2, change_.depth);
    return text;
  }

  void appendLines(std::string& text, const YamlNode& value, std::size_t indent, std::size_t depth) const {
    const std::string begin = newline_ + std::string(indent, ' ');
    for (const YamlNode::Entry& entry : value.entries) {
      text += begin + yamlText(entry.key) + ':';
      if (depth > 1 && !(entry.value.entries.empty() && entry.value.items.empty())) {
        appendLines(text, entry.value, indent + 2, depth - 1);
      } else {
        text += ' ' + yamlText(entry.value);
      }
    }
    for (const YamlNode& item : value.items) {
      const bool one = change_.depth > 1 && item.isMap() && item.entries.size() == 1;
      text += begin + "- ";
      text += one ? yamlText(item.entries[0].key) + ": " + yamlText(item.entries[0].value) : yamlText(item);
    }
  }

  /// In lines of a sequence `- forward: [a, b]` reads better than `- {forward: [a, b]}`.
  [[nodiscard]] std::string itemText() const {
    const YamlNode& value = change_.value;
    if (parent_->flow || !value.isMap() || value.entries.size() != 1) return yamlText(value);
    return yamlText(value.entries.front().key) + ": " + yamlText(value.entries.front().value);
  }

  [[nodiscard]] std::string lineText(std::size_t indent) const {
    return std::string(indent, ' ') + entryText(indent);
  }

  std::string_view text_;
  const YamlNode& root_;
  const YamlChange& change_;
  YamlSpans spans_;
  std::string newline_;
  const YamlNode* parent_ = nullptr;
  std::size_t place_ = 0;
};

}  // namespace

bool sameContent(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.scalar != b.scalar) return false;
  // `true` and "true" are different things to a reader.
  if (a.quoted != b.quoted && (a.scalar == "true" || a.scalar == "false")) return false;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), sameContent) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const YamlNode::Entry& x, const YamlNode::Entry& y) {
                      return x.key == y.key && sameContent(x.value, y.value);
                    });
}

std::optional<YamlNode> changed(YamlNode tree, const YamlChange& change) {
  if (change.path.empty()) return std::nullopt;
  YamlNode* parent = follow(tree, change.path, change.path.size() - 1);
  if (parent == nullptr) return std::nullopt;
  if (change.kind == Kind::Insert) {
    const auto place = insertionPlace(*parent, change);
    if (!place) return std::nullopt;
    const auto offset = static_cast<std::ptrdiff_t>(*place);
    if (const auto* key = std::get_if<std::string>(&change.path.back())) {
      parent->kind = YamlNode::Kind::Map;
      parent->entries.insert(parent->entries.begin() + offset, {*key, {}, change.value});
    } else {
      parent->kind = YamlNode::Kind::Sequence;
      parent->items.insert(parent->items.begin() + offset, change.value);
    }
    return tree;
  }
  const auto place = placeOf(*parent, change.path.back());
  if (!place) return std::nullopt;
  const auto offset = static_cast<std::ptrdiff_t>(*place);
  switch (change.kind) {
    case Kind::Set:
      (parent->isMap() ? parent->entries[*place].value : parent->items[*place]) = change.value;
      break;
    case Kind::Remove:
      if (parent->isMap()) {
        parent->entries.erase(parent->entries.begin() + offset);
      } else {
        parent->items.erase(parent->items.begin() + offset);
      }
      break;
    case Kind::RenameKey:
      if (!parent->isMap() || (change.key != parent->entries[*place].key && placeOf(*parent, change.key))) {
        return std::nullopt;
      }
      parent->entries[*place].key = change.key;
      break;
    case Kind::Insert:
      break;
  }
  return tree;
}

std::optional<std::string> changeYaml(std::string_view text, const std::vector<YamlChange>& changes) {
  constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
  std::string_view body = text;
  if (body.starts_with(byteOrderMark)) body.remove_prefix(byteOrderMark.size());
  Result<YamlNode> tree = parseYaml(body, {});
  if (!tree) return std::nullopt;
  std::vector<Replacement> replacements;
  for (const YamlChange& change : changes) {
    std::optional<Replacement> replacement = Changer(body, *tree, change).run();
    if (!replacement) return std::nullopt;
    replacements.push_back(std::move(*replacement));
  }
  std::stable_sort(replacements.begin(), replacements.end(),
                   [](const Replacement& a, const Replacement& b) { return a.span.begin < b.span.begin; });
  std::string result(text.substr(0, text.size() - body.size()));
  std::size_t done = 0;
  for (const Replacement& replacement : replacements) {
    if (replacement.span.begin < done) return std::nullopt;
    result += body.substr(done, replacement.span.begin - done);
    result += replacement.by;
    done = replacement.span.end;
  }
  result += body.substr(done);
  std::optional<YamlNode> wanted = std::move(*tree);
  for (auto change = changes.rbegin(); change != changes.rend() && wanted; ++change) {
    wanted = changed(std::move(*wanted), *change);
  }
  const Result<YamlNode> found = parseYaml(result, {});
  if (!wanted || !found || !sameContent(*wanted, *found)) return std::nullopt;
  return result;
}

}  // namespace taktwerk
