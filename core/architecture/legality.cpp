// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/architecture/class_specification.h"
#include "core/base/joined.h"

namespace taktwerk {
namespace {

using Class = ObjectClass;
using Kind = ConnectionKind;

struct Legal {
  Kind kind;
  Class from;
  Class to;
};

// Every connection that is allowed; the rest is not.
constexpr std::array legal{
    Legal{Kind::Contains, Class::InstructionFetchStage, Class::InstructionMemoryAccessUnit},
    Legal{Kind::Contains, Class::ExecuteStage, Class::FunctionalUnit},
    Legal{Kind::Contains, Class::ExecuteStage, Class::MemoryAccessUnit},
    Legal{Kind::Forward, Class::InstructionFetchStage, Class::PipelineStage},
    Legal{Kind::Forward, Class::InstructionFetchStage, Class::ExecuteStage},
    Legal{Kind::Forward, Class::PipelineStage, Class::PipelineStage},
    Legal{Kind::Forward, Class::PipelineStage, Class::ExecuteStage},
    Legal{Kind::Forward, Class::ExecuteStage, Class::PipelineStage},
    Legal{Kind::Forward, Class::ExecuteStage, Class::ExecuteStage},
    Legal{Kind::Reads, Class::InstructionMemoryAccessUnit, Class::Sram},
    Legal{Kind::Reads, Class::InstructionMemoryAccessUnit, Class::Memory},
    Legal{Kind::Reads, Class::FunctionalUnit, Class::RegisterFile},
    Legal{Kind::Writes, Class::FunctionalUnit, Class::RegisterFile},
    Legal{Kind::Reads, Class::MemoryAccessUnit, Class::RegisterFile},
    Legal{Kind::Writes, Class::MemoryAccessUnit, Class::RegisterFile},
    Legal{Kind::Reads, Class::MemoryAccessUnit, Class::Sram},
    Legal{Kind::Writes, Class::MemoryAccessUnit, Class::Sram},
    Legal{Kind::Reads, Class::MemoryAccessUnit, Class::Memory},
    Legal{Kind::Writes, Class::MemoryAccessUnit, Class::Memory},
    Legal{Kind::Reads, Class::MemoryAccessUnit, Class::Dram},
    Legal{Kind::Writes, Class::MemoryAccessUnit, Class::Dram},
    Legal{Kind::Reads, Class::MemoryAccessUnit, Class::SetAssociativeCache},
    Legal{Kind::Writes, Class::MemoryAccessUnit, Class::SetAssociativeCache},
    Legal{Kind::Reads, Class::SetAssociativeCache, Class::Sram},
    Legal{Kind::Writes, Class::SetAssociativeCache, Class::Sram},
    Legal{Kind::Reads, Class::SetAssociativeCache, Class::Memory},
    Legal{Kind::Writes, Class::SetAssociativeCache, Class::Memory},
    Legal{Kind::Reads, Class::SetAssociativeCache, Class::Dram},
    Legal{Kind::Writes, Class::SetAssociativeCache, Class::Dram},
    Legal{Kind::Reads, Class::SetAssociativeCache, Class::SetAssociativeCache},
    Legal{Kind::Writes, Class::SetAssociativeCache, Class::SetAssociativeCache},
};

std::string withArticle(Class objectClass) {
  const std::string name(toString(objectClass));
  const bool vowel = std::string_view("AEIOU").find(name.front()) != std::string_view::npos;
  return (vowel || name == "SRAM" ? "an " : "a ") + name;
}

std::string verb(Kind kind) {
  return kind == Kind::Forward    ? "forward to"
         : kind == Kind::Contains ? "contain"
         : kind == Kind::Reads    ? "read"
                                  : "write";
}

}  // namespace

std::string_view toString(ConnectionKind kind) {
  switch (kind) {
    case Kind::Contains:
      return "contains";
    case Kind::Forward:
      return "forward";
    case Kind::Reads:
      return "reads";
    case Kind::Writes:
      return "writes";
  }
  return "forward";
}

std::optional<std::string> whyIllegal(ConnectionKind kind, ObjectClass from, ObjectClass to) {
  if (from == Class::Unknown || to == Class::Unknown) return std::nullopt;
  std::vector<std::string> targets;
  for (const Legal& l : legal) {
    if (l.kind != kind || l.from != from) continue;
    if (l.to == to) return std::nullopt;
    targets.push_back(withArticle(l.to));
  }
  std::string reason = withArticle(from) + " cannot " + verb(kind) + ' ' + withArticle(to) + "; ";
  if (!targets.empty()) return reason + "it can " + verb(kind) + ' ' + joined(targets, ", ", " or ");
  std::vector<std::string> sources;
  for (const Legal& l : legal) {
    if (l.kind == kind && l.to == to) sources.push_back(withArticle(l.from));
  }
  if (sources.empty()) return reason + "nothing can " + verb(kind) + ' ' + withArticle(to);
  return reason + joined(sources, ", ", " or ") + " can " + verb(kind) + ' ' + withArticle(to);
}

}  // namespace taktwerk
