// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/approvals.h"

#include "core/architecture/attribute_values.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

bool readApproval(const YamlNode& item, Approval& approval, Problems& problems) {
  if (!item.isMap()) {
    return refuse(item, problems, "A0702",
                  "an approval is a map as in {code: A0510, object: regs, note: why}");
  }
  approval.position = item.entries.empty() ? item.position : item.entries.front().position;
  bool good = true;
  for (const YamlNode::Entry& entry : item.entries) {
    std::string* into = entry.key == "code"     ? &approval.code
                        : entry.key == "object" ? &approval.object
                        : entry.key == "note"   ? &approval.note
                                                : nullptr;
    if (into == nullptr) {
      problems.error(entry.position, "A0703",
                     "unknown key " + inQuotes(entry.key) + " of an approval" +
                         problems.suggestion(entry.key, {"code", "object", "note"}));
      good = false;
    } else if (!entry.value.isScalar()) {
      refuse(entry.value, problems, "A0704", entry.key + " of an approval must be a text");
      good = false;
    } else {
      *into = entry.value.scalar;
    }
  }
  if (good && approval.code.empty()) {
    problems.error(item.position, "A0705", "an approval has no code; write which warning it is of");
    good = false;
  }
  return good;
}

}  // namespace

bool readApprovals(const YamlNode& node, std::vector<Approval>& approvals, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isSequence()) {
    return refuse(node, problems, "A0701",
                  "approved must be a list as in [{code: A0510, object: regs, note: why}]");
  }
  if (node.items.size() > mostApprovals) {
    problems.error(node.position, "A0701",
                   "approved has more than " + std::to_string(mostApprovals) + " entries");
    return false;
  }
  bool good = true;
  for (const YamlNode& item : node.items) {
    // Places count those of the file, so that a bad one keeps its own.
    good = readApproval(item, approvals.emplace_back(), problems) && good;
  }
  return good;
}

std::vector<Approval> approvalsOf(std::string_view text) {
  std::vector<Approval> approvals;
  // Files without any are the rule and need no second reading.
  if (text.find("approved") == std::string_view::npos) return approvals;
  const Result<YamlNode> tree = parseYaml(text, {});
  const YamlNode* list = tree && tree->isMap() ? tree->find("approved") : nullptr;
  Problems ignored({});
  if (list != nullptr) readApprovals(*list, approvals, ignored);
  return approvals;
}

JudgedProblems judge(const Diagnostics& problems, const std::vector<Approval>& approvals) {
  JudgedProblems result;
  std::vector<bool> used(approvals.size(), false);
  for (const Diagnostic& d : problems) {
    std::size_t match = approvals.size();
    for (std::size_t i = 0; d.severity == Severity::Warning && i < approvals.size(); ++i) {
      if (approvals[i].code != d.code || approvals[i].object != d.object) continue;
      used[i] = true;
      if (match == approvals.size()) match = i;
    }
    if (match == approvals.size()) {
      result.open.push_back(d);
    } else {
      result.approved.push_back({d, approvals[match].note, match});
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i] && !approvals[i].code.empty()) result.unused.push_back(i);
  }
  return result;
}

std::string unusedText(const Approval& approval) {
  return approval.code + (approval.object.empty() ? "" : " of " + approval.object) +
         " is approved, but there is no such warning";
}

}  // namespace taktwerk
