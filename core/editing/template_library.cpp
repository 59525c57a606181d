// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/template_library.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/architecture/architecture_file.h"
#include "core/architecture/feasibility.h"
#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/base/yaml_edit.h"
#include "core/base/yaml_spans.h"
#include "core/editing/edit.h"
#include "core/editing/rule_scope.h"
#include "core/editing/substitution.h"
#include "core/editing/template_changes.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

Diagnostic refusal(const std::string& reason) {
  return {Severity::Error, {}, {1, 1}, "A0904", reason, {}};
}

const YamlNode* templateIn(const YamlNode& root, const std::string& name) {
  const YamlNode* templates = root.find("templates");
  return templates != nullptr && templates->isMap() ? templates->find(name) : nullptr;
}

const YamlNode::Entry* entryIn(const YamlNode& root, const std::string& name) {
  const YamlNode* templates = root.find("templates");
  if (templates == nullptr || !templates->isMap()) return nullptr;
  for (const YamlNode::Entry& entry : templates->entries) {
    if (entry.key == name) return &entry;
  }
  return nullptr;
}

/// Where the comment begins that stands right above a line; the line itself without one.
std::size_t aboveComments(std::string_view text, std::size_t line) {
  while (line > 0) {
    const std::size_t end = line - 1;
    const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t ink = text.find_first_not_of(" \t", begin);
    if (ink == std::string_view::npos || ink >= end || text[ink] != '#') break;
    line = begin;
  }
  return line;
}

/// Names of the architecture's parameters that a template's expressions use.
std::set<std::string> parametersUsed(const YamlNode& body, const TemplateDeclaration& declaration) {
  std::set<std::string> used;
  const auto take = [&](const std::string& text, const std::set<std::string>& own) {
    for (const std::string& word : namesIn(text)) {
      if (!own.contains(word)) used.insert(word);
    }
  };
  std::set<std::string> own;
  for (const Parameter& p : declaration.parameters) {
    take(p.expression, own);
    own.insert(p.name);
  }
  for (const Parameter& p : declaration.parameters) {
    forEachBound(p, [&](std::string_view, const ParameterBound& bound) { take(bound.expression, own); });
  }
  if (const YamlNode* objects = body.find("objects")) {
    for (YamlNode::Entry entry : objects->entries) {
      std::set<std::string> names = indexNames(entry.value);
      names.insert(own.begin(), own.end());
      forEachExpression(entry.value, [&](const std::string& text) { take(text, names); });
    }
  }
  for (const ConnectionRule& rule : declaration.connections) {
    std::set<std::string> names = own;
    for (const ConnectionRange& range : rule.ranges) {
      for (const ScalarText* text : {&range.from, &range.to, &range.step}) take(text->text, names);
      names.insert(range.name);
    }
    take(rule.when.text, names);
    for (const ScalarText* end : {&rule.from, &rule.to}) {
      for (std::size_t open = end->text.find('['); open != std::string::npos;
           open = end->text.find('[', open + 1)) {
        take(end->text.substr(open + 1, end->text.find(']', open) - open - 1), names);
      }
    }
  }
  return used;
}

YamlNode parameterNode(const Parameter& p) {
  YamlNode node;
  node.kind = YamlNode::Kind::Map;
  node.flow = true;
  const auto put = [&](const char* key, std::string text) {
    node.entries.push_back({key, {}, yamlScalar(std::move(text))});
  };
  put("default", std::to_string(p.defaultValue));
  // What bounds name may stay behind, as what a default follows.
  if (p.minimum) put("minimum", std::to_string(p.minimum->value));
  if (p.maximum) put("maximum", std::to_string(p.maximum->value));
  if (p.step) put("step", std::to_string(p.step->value));
  if (!p.values.empty()) {
    std::vector<YamlNode> values;
    values.reserve(p.values.size());
    for (const ParameterBound& each : p.values) values.push_back(yamlScalar(std::to_string(each.value)));
    node.entries.push_back({"values", {}, yamlSequence(std::move(values))});
  }
  if (!p.description.empty()) put("description", p.description);
  if (!p.source.empty()) put("source", p.source);
  return node;
}

/// Lines of an entry of `templates:` without its indentation, and what they say.
struct Snippet {
  std::string lines;    ///< "element:\n  objects: …\n"
  std::string comment;  ///< lines above, or nothing
  YamlNode body;
};

std::string without(std::string_view lines, std::size_t indentation) {
  std::string result;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end);
    const std::size_t ink = line.find_first_not_of(' ');
    line.remove_prefix(std::min(indentation, ink == std::string_view::npos ? line.size() : ink));
    if (line.ends_with("\r\n")) {
      result += line.substr(0, line.size() - 2);
      result += '\n';
    } else {
      result += line;
    }
  }
  return result;
}

std::optional<Snippet> snippetOf(std::string_view text, const std::string& name) {
  const Result<YamlNode> root = parseYaml(text, {});
  const YamlNode::Entry* entry = root ? entryIn(*root, name) : nullptr;
  if (entry == nullptr) return std::nullopt;
  const YamlSpans spans(text);
  const bool flow = root->find("templates")->flow;
  const auto span = spans.entry(*entry, flow);
  if (!span) return std::nullopt;
  Snippet snippet;
  snippet.body = entry->value;
  const std::size_t line = spans.lineBegin(span->begin);
  std::size_t end = span->end;
  if (!flow) {
    const std::size_t next = spans.nextLine(end);
    const std::size_t ink = text.find_first_not_of(" \t", end);
    if (ink != std::string_view::npos && ink < next && text[ink] == '#') end = next;  // a comment behind it
    snippet.comment =
        without(text.substr(aboveComments(text, line), line - aboveComments(text, line)), span->begin - line);
  }
  snippet.lines =
      without(std::string(span->begin - line, ' ') + std::string(text.substr(span->begin, end - span->begin)),
              span->begin - line);
  while (!snippet.lines.empty() && snippet.lines.back() == '\n') snippet.lines.pop_back();
  snippet.lines += '\n';
  return snippet;
}

std::string indented(std::string_view lines, std::size_t by, const std::string& newline) {
  std::string result;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) result += std::string(by, ' ');
    result += std::string(lines.substr(0, end)) + newline;
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return result;
}

std::string newlineOf(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

/// Whether a text says what a tree says.
bool says(const std::string& text, const YamlNode& tree) {
  const Result<YamlNode> read = parseYaml(text, {});
  return read && sameContent(*read, tree);
}

YamlNode withoutFrom(YamlNode body) {
  std::erase_if(body.entries, [](const YamlNode::Entry& entry) { return entry.key == "from"; });
  return body;
}

/// The template as it stands in a file of its own: with the parameters it needs and where it is from.
Result<Snippet> portable(const LibraryTemplate& from, const std::string& as) {
  const Result<Architecture> source = parseArchitecture(*from.source, from.architecture);
  const Result<YamlNode> root = parseYaml(*from.source, {});
  const TemplateDeclaration* declaration = source ? findTemplate(*source, from.name) : nullptr;
  const YamlNode* body = root ? templateIn(*root, from.name) : nullptr;
  if (declaration == nullptr || body == nullptr || !body->isMap()) {
    return refusal("there is no template " + inQuotes(from.name) + " in " + from.architecture);
  }
  const std::set<std::string> used = parametersUsed(*body, *declaration);
  const YamlPath path{std::string("templates"), from.name};
  const auto below = [&](const std::string& key) {
    YamlPath longer = path;
    longer.emplace_back(key);
    return longer;
  };
  YamlNode added;
  added.kind = YamlNode::Kind::Map;
  for (const Parameter& p : source->parameters) {
    if (used.contains(p.name)) added.entries.push_back({p.name, {}, parameterNode(p)});
  }
  std::vector<YamlChange> changes;
  const std::string origin = from.architecture + (as == from.name ? std::string() : '/' + from.name);
  changes.push_back(
      {body->find("from") != nullptr ? Kind::Set : Kind::Insert, below("from"), yamlScalar(origin)});
  changes.back().at = body->find("description") != nullptr ? 1 : 0;
  std::string text = *from.source;
  const auto apply = [&] {
    std::optional<std::string> next = changeYaml(text, changes);
    if (next) text = std::move(*next);
    changes.clear();
    return next.has_value();
  };
  bool good = apply();
  if (const YamlNode* own = body->find("parameters");
      own != nullptr && own->isMap() && !own->entries.empty()) {
    std::size_t at = 0;
    for (YamlNode::Entry& entry : added.entries) {
      YamlChange insert{Kind::Insert, below("parameters"), std::move(entry.value)};
      insert.path.emplace_back(entry.key);
      insert.at = at++;  // its own defaults may use them
      changes = {insert};
      good = good && apply();
    }
  } else if (!added.entries.empty()) {
    YamlChange insert{Kind::Insert, below("parameters"), std::move(added)};
    insert.block = !body->flow;
    insert.at = 1 + (body->find("description") != nullptr ? 1U : 0U);
    changes = {insert};
    good = good && apply();
  }
  if (as != from.name && good) {
    changes = {{Kind::RenameKey, path, {}}};
    changes.back().key = as;
    good = apply();
  }
  std::optional<Snippet> snippet = good ? snippetOf(text, as) : std::nullopt;
  if (!snippet)
    return refusal("template " + inQuotes(from.name) + " is written in a way that cannot be copied");
  return std::move(*snippet);
}

Result<std::string> inserted(std::string_view text, const std::string& name, const Snippet& snippet) {
  const Result<YamlNode> root = parseYaml(text, {});
  if (!root) return root.diagnostics;
  if (!root->isMap()) return refusal("the file is no architecture");
  const YamlNode* templates = root->find("templates");
  YamlChange change{Kind::Insert, {std::string("templates"), name}, snippet.body};
  if (templates == nullptr) {
    change.path.pop_back();
    change.value = {};
    change.value.kind = YamlNode::Kind::Map;
    change.value.entries.push_back({name, {}, snippet.body});
    change.block = !root->flow;
    change.depth = 3;
    for (std::size_t i = 0; i < root->entries.size(); ++i) {
      if (root->entries[i].key == "objects") change.at = i;
    }
  }
  const std::optional<YamlNode> wanted = changed(*root, change);
  if (!wanted) return refusal("there is a template " + inQuotes(name) + " already");
  const YamlSpans spans(text);
  const std::string newline = newlineOf(text);
  std::string result(text);
  if (templates != nullptr && templates->isMap() && !templates->flow && !templates->entries.empty()) {
    const auto first = spans.entry(templates->entries.front(), false),
               last = spans.entry(templates->entries.back(), false);
    if (first && last) {
      const std::size_t indentation = first->begin - spans.lineBegin(first->begin),
                        at = spans.nextLine(last->end);
      const bool open = at == text.size() && !text.ends_with('\n');
      result.insert(at, (open ? newline : std::string()) +
                            indented(snippet.comment + snippet.lines, indentation, newline));
      if (says(result, *wanted)) return result;
    }
  } else if (templates == nullptr && change.at && !root->flow) {
    const std::size_t at =
        aboveComments(text, spans.lineBegin(spans.offsetOf(root->entries[*change.at].position)));
    result.insert(at, "templates:" + newline + indented(snippet.comment + snippet.lines, 2, newline));
    if (says(result, *wanted)) return result;
  }
  // In brackets, or as the first: without the comments.
  std::optional<std::string> plain = changeYaml(text, {change});
  if (plain) return std::move(*plain);
  return refusal("the text is written in a way that this edit cannot follow; edit it as text");
}

std::vector<std::string> templatesUsed(const YamlNode& body) {
  std::vector<std::string> names;
  const YamlNode* objects = body.find("objects");
  for (std::size_t i = 0; objects != nullptr && i < objects->entries.size(); ++i) {
    const YamlNode* name =
        objects->entries[i].value.isMap() ? objects->entries[i].value.find("template") : nullptr;
    if (name != nullptr && std::find(names.begin(), names.end(), name->scalar) == names.end())
      names.push_back(name->scalar);
  }
  return names;
}

/// Copies what a template uses, itself last.
Result<TemplateCopy> copy(std::string text, const LibraryTemplate& from, bool mayRename, std::size_t depth) {
  if (depth > 32) return refusal("templates are nested too deeply");
  Result<Snippet> snippet = portable(from, from.name);
  if (!snippet) return snippet.diagnostics;
  for (const std::string& inner : templatesUsed(snippet->body)) {
    LibraryTemplate part = from;
    part.name = inner;
    Result<TemplateCopy> with = copy(std::move(text), part, false, depth + 1);
    if (!with) return with;
    text = std::move(with->text);
  }
  const Result<YamlNode> root = parseYaml(text, {});
  if (!root) return root.diagnostics;
  std::string name = from.name;
  for (int n = 2;; ++n) {
    const YamlNode* there = templateIn(*root, name);
    if (there == nullptr) break;
    if (sameContent(withoutFrom(*there), withoutFrom(snippet->body)))
      return TemplateCopy{std::move(text), name};
    if (!mayRename)
      return refusal("it uses template " + inQuotes(name) + ", and the file has another one of this name");
    name = from.name + std::to_string(n);
  }
  if (name != from.name) snippet = portable(from, name);
  if (!snippet) return snippet.diagnostics;
  Result<std::string> after = inserted(text, name, *snippet);
  if (!after) return after.diagnostics;
  return TemplateCopy{std::move(*after), name};
}

}  // namespace

std::vector<LibraryTemplate> templatesOf(std::string_view architecture, const std::string& text) {
  std::vector<LibraryTemplate> found;
  const Result<Architecture> read = parseArchitecture(text, std::string(architecture));
  if (!read) return found;
  const auto source = std::make_shared<const std::string>(text);
  for (const TemplateDeclaration& t : read->templates) {
    LibraryTemplate& entry = found.emplace_back();
    entry.architecture = architecture;
    entry.architectureName = read->name.empty() ? std::string(architecture) : read->name;
    entry.name = t.name;
    entry.description = t.description;
    entry.source = source;
    if (!entry.description.empty()) continue;
    const auto snippet = snippetOf(text, t.name);
    std::string_view comment = snippet ? std::string_view(snippet->comment) : std::string_view();
    while (!comment.empty()) {
      const std::size_t end = std::min(comment.find('\n'), comment.size());
      std::string_view line = comment.substr(0, end);
      line.remove_prefix(std::min(line.find_first_not_of("# "), line.size()));
      if (!line.empty()) entry.description += (entry.description.empty() ? "" : " ") + std::string(line);
      comment.remove_prefix(std::min(end + 1, comment.size()));
    }
  }
  return found;
}

std::vector<LibraryTemplate> readTemplateLibrary(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> folders;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.is_directory(error)) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<LibraryTemplate> all;
  for (const std::filesystem::path& path : folders) {
    const std::string name = path.filename().string();
    const Result<std::string> text = readFile(path / (name + ".arch.yaml"));
    if (!text || text->find("templates:") == std::string::npos) continue;
    for (LibraryTemplate& t : templatesOf(name, *text)) all.push_back(std::move(t));
  }
  return all;
}

Result<TemplateCopy> copyTemplate(std::string_view text, const LibraryTemplate& from) {
  return copy(std::string(text), from, true, 0);
}

Result<TemplateUpdate> updateTemplate(std::string_view text, const std::string& name,
                                      const std::vector<LibraryTemplate>& library) {
  const Result<YamlNode> root = parseYaml(text, {});
  if (!root) return root.diagnostics;
  const YamlNode::Entry* entry = entryIn(*root, name);
  if (entry == nullptr || !entry->value.isMap()) return refusal("there is no template " + inQuotes(name));
  const YamlNode* from = entry->value.find("from");
  if (from == nullptr) return refusal("template " + inQuotes(name) + " is not from the library");
  const std::string origin = from->scalar.substr(0, from->scalar.find('/'));
  const std::string original =
      origin.size() < from->scalar.size() ? from->scalar.substr(origin.size() + 1) : name;
  const auto now = std::find_if(library.begin(), library.end(), [&](const LibraryTemplate& t) {
    return t.architecture == origin && t.name == original;
  });
  if (now == library.end()) {
    return refusal("the library has no template " + inQuotes(original) + " of " + inQuotes(origin) +
                   " any more");
  }
  const Result<Snippet> snippet = portable(*now, name);
  if (!snippet) return snippet.diagnostics;
  if (sameContent(withoutFrom(entry->value), withoutFrom(snippet->body))) {
    return refusal("template " + inQuotes(name) + " is as in the library; there is nothing to update");
  }
  TemplateUpdate update{std::string(text),
                        changesBetween(withoutFrom(entry->value), withoutFrom(snippet->body))};
  for (const std::string& inner : templatesUsed(snippet->body)) {
    if (templateIn(*root, inner) != nullptr) continue;
    LibraryTemplate part = *now;
    part.name = inner;
    Result<TemplateCopy> with = copyTemplate(update.text, part);
    if (!with) return with.diagnostics;
    update.text = std::move(with->text);
  }
  const YamlPath path{std::string("templates"), name};
  const Result<YamlNode> tree = parseYaml(update.text, {});
  const std::optional<YamlNode> wanted =
      tree ? changed(*tree, {Kind::Set, path, snippet->body}) : std::nullopt;
  if (!wanted) return refusal("there is no template " + inQuotes(name));
  const YamlSpans spans(update.text);
  const YamlNode::Entry* old = entryIn(*tree, name);
  const auto span = spans.entry(*old, tree->find("templates")->flow);
  if (span && !tree->find("templates")->flow) {
    const std::size_t line = spans.lineBegin(span->begin);
    std::string fresh = indented(snippet->lines, span->begin - line, newlineOf(update.text));
    std::string result = update.text.substr(0, line) + fresh + update.text.substr(spans.nextLine(span->end));
    if (says(result, *wanted)) {
      update.text = std::move(result);
      return update;
    }
  }
  std::optional<std::string> plain = changeYaml(update.text, {{Kind::Set, path, snippet->body}});
  if (!plain) return refusal("the text is written in a way that this edit cannot follow; edit it as text");
  update.text = std::move(*plain);
  return update;
}

}  // namespace taktwerk
