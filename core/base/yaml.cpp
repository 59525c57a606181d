// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/yaml.h"

#include <istream>
#include <memory>
#include <optional>
#include <streambuf>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/base/plain_yaml.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

/// Lets yaml-cpp read a text in place.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // never written through: there is no put area
    setg(begin, begin, begin + text.size());
  }
};

SourcePosition positionOf(const YAML::Mark& mark) {
  if (mark.is_null()) return {1, 1};
  return {static_cast<std::uint32_t>(mark.line) + 1, static_cast<std::uint32_t>(mark.column) + 1};
}

std::string tooDeep(const YamlLimits& limits) {
  return "nested deeper than " + std::to_string(limits.depth) + " levels";
}

constexpr const char* noAliases = "aliases (*name) are not accepted; write the value out";

/// Leaves yaml-cpp's parser, which offers no other way; caught in `parseYaml`.
struct Refused {
  SourcePosition position;
  const char* code;
  std::string message;
};

/// Builds the tree as the parser reads, so that nothing is built of a file that is refused.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const YamlLimits& limits, const std::string& file, Diagnostics& diagnostics)
      : limits_(limits), file_(file), diagnostics_(diagnostics) {}

  YamlNode root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuseAnchor(mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{positionOf(mark), "Y0105", noAliases};
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (anchor != 0) refuseAnchor(mark);
    if (expectsKey()) refuseKey(positionOf(mark));
    // yaml-cpp gives the place of whatever follows; the key is what users look for.
    const bool ofKey = !levels_.empty() && levels_.back()->node->isMap();
    YamlNode& node = place(mark);
    if (ofKey) node.position = keyPosition_;
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (anchor != 0) refuseAnchor(mark);
    // yaml-cpp marks quoted and block scalars "!", plain ones "?".
    if (tag != "?" && tag != "!" && !tag.empty()) refuseTag(mark, tag);
    if (expectsKey()) {
      addKey(mark, value);
      return;
    }
    YamlNode& node = place(mark);
    node.kind = YamlNode::Kind::Scalar;
    node.quoted = tag == "!";
    node.scalar = value;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, YamlNode::Kind::Sequence);
  }
  void OnSequenceEnd() override { levels_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, anchor, style, YamlNode::Kind::Map);
  }
  void OnMapEnd() override { levels_.pop_back(); }

 private:
  /// A sequence or map being read. Pointers stay good: a vector grows only while its last child is
  /// complete, so no open level lies in it.
  struct Level {
    YamlNode* node = nullptr;
    bool hasKey = false;   ///< of a map: the next event is the value
    bool dropped = false;  ///< of a map: the value goes to a repeated key and is thrown away
    YamlNode discard = {};
    /// Keys of a long map; short ones are compared one by one.
    std::unordered_map<std::string, std::size_t> index = {};
  };

  [[nodiscard]] bool expectsKey() const {
    return !levels_.empty() && levels_.back()->node->isMap() && !levels_.back()->hasKey;
  }

  [[noreturn]] static void refuseAnchor(const YAML::Mark& mark) {
    throw Refused{positionOf(mark), "Y0105",
                  "anchors (&name) are not accepted; write the value out where it is used"};
  }
  [[noreturn]] static void refuseTag(const YAML::Mark& mark, const std::string& tag) {
    throw Refused{positionOf(mark), "Y0106", "tags are not accepted, found " + inQuotes(tag)};
  }
  [[noreturn]] static void refuseKey(SourcePosition position) {
    throw Refused{position, "Y0107", "a key must be a plain word, not a list, a map or null"};
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style, YamlNode::Kind kind) {
    if (anchor != 0) refuseAnchor(mark);
    if (tag != "?" && tag != "!" && !tag.empty()) refuseTag(mark, tag);
    if (expectsKey()) refuseKey(positionOf(mark));
    if (levels_.size() >= limits_.depth) {
      throw Refused{positionOf(mark), "Y0104", tooDeep(limits_)};
    }
    YamlNode& node = place(mark);
    node.kind = kind;
    node.flow = style == YAML::EmitterStyle::Flow;
    levels_.push_back(std::make_unique<Level>(Level{&node}));
  }

  void addKey(const YAML::Mark& mark, const std::string& key) {
    count(mark);
    Level& level = *levels_.back();
    std::vector<YamlNode::Entry>& entries = level.node->entries;
    level.hasKey = true;
    keyPosition_ = positionOf(mark);
    if (const YamlNode::Entry* first = findKey(level, key)) {
      level.dropped = true;
      diagnostics_.push_back({Severity::Error,
                              file_,
                              positionOf(mark),
                              "Y0108",
                              "the key " + inQuotes(key) + " is already given in line " +
                                  std::to_string(first->position.line) + ", column " +
                                  std::to_string(first->position.column),
                              {}});
      if (diagnostics_.size() >= 100) {
        throw Refused{positionOf(mark), "Y0108", "too many repeated keys; the rest of the file is not read"};
      }
      return;
    }
    entries.push_back({key, positionOf(mark), {}});
    if (!level.index.empty()) level.index.emplace(key, entries.size() - 1);
  }

  static const YamlNode::Entry* findKey(Level& level, const std::string& key) {
    constexpr std::size_t few = 16;
    const std::vector<YamlNode::Entry>& entries = level.node->entries;
    if (entries.size() <= few) {
      for (const YamlNode::Entry& entry : entries) {
        if (entry.key == key) return &entry;
      }
      return nullptr;
    }
    if (level.index.empty()) {
      for (std::size_t i = 0; i < entries.size(); ++i) level.index.emplace(entries[i].key, i);
    }
    const auto found = level.index.find(key);
    return found == level.index.end() ? nullptr : &entries[found->second];
  }

  /// The node that the next value is to become.
  YamlNode& place(const YAML::Mark& mark) {
    count(mark);
    YamlNode* node = &root;
    if (!levels_.empty()) {
      Level& level = *levels_.back();
      if (level.node->isSequence()) {
        node = &level.node->items.emplace_back();
      } else {
        level.discard = {};
        node = level.dropped ? &level.discard : &level.node->entries.back().value;
        level.hasKey = level.dropped = false;
      }
    }
    node->position = positionOf(mark);
    return *node;
  }

  void count(const YAML::Mark& mark) {
    if (++nodes_ > limits_.nodes) {
      throw Refused{positionOf(mark), "Y0103",
                    "the file has more than " + std::to_string(limits_.nodes) + " values"};
    }
  }

  const YamlLimits& limits_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<Level>> levels_;
  SourcePosition keyPosition_;  ///< of the last key
  std::uint32_t nodes_ = 0;
};

/// Length of the UTF-8 sequence at `text`, or 0 if it is none (RFC 3629: no overlong forms, no surrogates).
std::size_t sequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0)) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90)) return 0;
    return continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

/// The first byte that cannot be text, and why.
std::optional<Refused> findIllegalByte(std::string_view text) {
  SourcePosition position{1, 1};
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++position.line;
      position.column = 1;
      ++i;
      continue;
    }
    if (byte == 0) return Refused{position, "Y0101", "the file holds a zero byte: this is not a text file"};
    if ((byte < 0x20 && byte != '\t' && byte != '\r') || byte == 0x7F) {
      return Refused{position, "Y0101",
                     "the file holds a control character (code " + std::to_string(byte) + ')'};
    }
    const std::size_t length = byte < 0x80 ? 1 : sequenceLength(text.substr(i, 4));
    if (length == 0) return Refused{position, "Y0102", "this is not valid UTF-8; save the file as UTF-8"};
    i += length;
    position.column += static_cast<std::uint32_t>(length);
  }
  return std::nullopt;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

Result<YamlNode> parseYaml(std::string_view text, const std::string& file, const YamlLimits& limits) {
  Diagnostics diagnostics;
  const auto refuse = [&](SourcePosition position, const char* code, std::string message) {
    diagnostics.push_back({Severity::Error, file, position, code, std::move(message), {}});
    return Result<YamlNode>(std::move(diagnostics));
  };
  constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(byteOrderMark)) text.remove_prefix(byteOrderMark.size());
  if (auto illegal = findIllegalByte(text)) {
    return refuse(illegal->position, illegal->code, std::move(illegal->message));
  }
  if (!limits.referenceParser) {
    PlainYaml plain = readPlainYaml(text, limits);
    if (plain.root) return std::move(*plain.root);
    if (plain.tooDeep) return refuse(*plain.tooDeep, "Y0104", tooDeep(limits));
  }
  TreeBuilder builder(limits, file, diagnostics);
  try {
    TextBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || builder.root.isNull()) {
      const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
      return refuse({1, 1}, "Y0109", blank ? "the file is empty" : "the file holds no value");
    }
    TreeBuilder second(limits, file, diagnostics);
    if (parser.HandleNextDocument(second)) {
      return refuse(second.root.position, "Y0110", "a second document begins here; a file holds one");
    }
  } catch (Refused& refused) {
    return refuse(refused.position, refused.code, std::move(refused.message));
  } catch (const YAML::Exception& exception) {
    // An alias without its anchor does not reach the builder.
    if (exception.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
      return refuse(positionOf(exception.mark), "Y0105", noAliases);
    }
    return refuse(positionOf(exception.mark), "Y0100", "this is not valid YAML: " + exception.msg);
  }
  if (!diagnostics.empty() && !limits.keepRepeatedKeys) return diagnostics;
  return Result<YamlNode>(std::move(builder.root), std::move(diagnostics));
}

}  // namespace taktwerk
