// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/wiring_shape.h"

#include <algorithm>

#include "core/editing/index_term.h"

namespace taktwerk {
namespace {

using Region = WiringRegion;
using Relation = WiringRelation;

bool isShift(Relation relation) {
  return relation >= Relation::Right;
}

bool sameSize(const std::string& a, const std::string& b) {
  return indexTerm(a) == indexTerm(b);
}

std::vector<Region> regionsOf(const WiringEnd& end) {
  if (end.sizes.empty()) return {Region::One};
  if (end.sizes.size() == 1) return {Region::All, Region::First, Region::Last};
  return {Region::All, Region::FirstColumn, Region::LastColumn, Region::FirstRow, Region::LastRow};
}

/// Which index of an end counts rows or columns; a row or column of loaders has but one.
std::size_t indexAlong(const WiringEnd& end, Relation relation) {
  return relation == Relation::Column && end.sizes.size() == 2 ? 1 : 0;
}

/// How an index of an end is written: of a variable, or fixed.
struct Index {
  std::string variable;
  std::string text;
};

/// The fixed indices of a region; the others are empty.
std::vector<Index> fixedIndices(const WiringEnd& end, Region region) {
  std::vector<Index> indices(end.sizes.size());
  const auto fix = [&](std::size_t k, bool last) {
    indices[k].text = last ? toString(indexTerm(end.sizes[k]) + -1) : "0";
  };
  switch (region) {
    case Region::First:
    case Region::FirstRow:
      fix(0, false);
      break;
    case Region::Last:
    case Region::LastRow:
      fix(0, true);
      break;
    case Region::FirstColumn:
      fix(1, false);
      break;
    case Region::LastColumn:
      fix(1, true);
      break;
    case Region::One:
    case Region::All:
      break;
  }
  return indices;
}

std::string written(const WiringEnd& end, const std::vector<Index>& indices) {
  std::string text = end.entry;
  for (const Index& index : indices) text += '[' + index.text + ']';
  return end.part.empty() ? text : text + '.' + end.part;
}

std::string verb(ConnectionKind kind) {
  switch (kind) {
    case ConnectionKind::Contains:
      return "contains";
    case ConnectionKind::Forward:
      return "forwards to";
    case ConnectionKind::Reads:
      return "reads";
    case ConnectionKind::Writes:
      return "writes";
  }
  return {};
}

/// "first column" of such a region
std::string edgeOf(Region region) {
  switch (region) {
    case Region::FirstRow:
      return "first row";
    case Region::LastRow:
      return "last row";
    case Region::FirstColumn:
      return "first column";
    case Region::LastColumn:
      return "last column";
    case Region::First:
      return "first";
    case Region::Last:
      return "last";
    case Region::One:
    case Region::All:
      break;
  }
  return {};
}

std::string inRegion(const WiringEnd& end, Region region, const std::string& all) {
  if (region == Region::One) return end.name();
  if (region == Region::All) return all + ' ' + end.name();
  if (region == Region::First || region == Region::Last) return "the " + edgeOf(region) + ' ' + end.name();
  return all + ' ' + end.name() + " of the " + edgeOf(region);
}

struct Shift {
  std::size_t index;
  int by;
  const char* neighbour;
  const char* arrow;
};

Shift shiftOf(Relation relation) {
  switch (relation) {
    case Relation::Right:
      return {1, 1, "right neighbour", "→ "};
    case Relation::Left:
      return {1, -1, "left neighbour", "← "};
    case Relation::Lower:
      return {0, 1, "lower neighbour", "↓ "};
    case Relation::Upper:
      return {0, -1, "upper neighbour", "↑ "};
    case Relation::Next:
      return {0, 1, "next neighbour", "→ "};
    default:
      return {0, -1, "previous neighbour", "← "};
  }
}

}  // namespace

std::vector<WiringShape> wiringShapes(const WiringEnd& subject, const WiringEnd& object) {
  std::vector<WiringShape> shapes;
  const std::size_t from = subject.sizes.size(), to = object.sizes.size();
  if (subject.entry == object.entry) {
    if (from == 0) return {{}};
    const auto neighbours =
        from == 2 ? std::vector{Relation::Right, Relation::Left, Relation::Lower, Relation::Upper}
                  : std::vector{Relation::Next, Relation::Previous};
    for (const bool ring : {false, true}) {
      for (const Relation relation : neighbours) shapes.push_back({relation, Region::All, Region::All, ring});
    }
    return shapes;
  }
  if (from > 0 && from == to &&
      std::equal(subject.sizes.begin(), subject.sizes.end(), object.sizes.begin(), sameSize)) {
    shapes.push_back({Relation::SameIndex, Region::All, Region::All});
  }
  for (const Relation relation : {Relation::Row, Relation::Column}) {
    if (from == 0 || to == 0 || from + to == 2) continue;
    const std::size_t i = indexAlong(subject, relation), j = indexAlong(object, relation);
    if (!sameSize(subject.sizes[i], object.sizes[j])) continue;
    const Region first = relation == Relation::Row ? Region::FirstColumn : Region::FirstRow;
    const Region last = relation == Relation::Row ? Region::LastColumn : Region::LastRow;
    if (from == 2 && to == 2) {  // edge to edge: arrays side by side, or one above the other
      shapes.push_back({relation, last, first});
      shapes.push_back({relation, first, last});
      continue;
    }
    for (const Region edge : {first, last, Region::All}) {
      shapes.push_back({relation, from == 2 ? edge : Region::All, to == 2 ? edge : Region::All});
    }
  }
  for (const Region s : regionsOf(subject)) {
    for (const Region o : regionsOf(object)) {
      // Edges to edges of another array are named above; here it is one block and some elements, or all.
      const bool one = s == Region::One || o == Region::One;
      if (one || (s == Region::All && o == Region::All)) shapes.push_back({Relation::Every, s, o});
    }
  }
  return shapes;
}

ConnectionRule writtenRule(const WiringShape& shape, ConnectionKind kind, const WiringEnd& subject,
                           const WiringEnd& object, const std::function<bool(const std::string&)>& taken) {
  ConnectionRule rule;
  rule.kind = kind;
  std::vector<Index> from = fixedIndices(subject, shape.subject), to = fixedIndices(object, shape.object);
  const auto isUsed = [&](const std::string& name) {
    return taken(name) || std::any_of(rule.ranges.begin(), rule.ranges.end(),
                                      [&](const ConnectionRange& range) { return range.name == name; });
  };
  const auto count = [&](const WiringEnd& end, std::vector<Index>& indices, std::size_t k, bool shorter) {
    const bool row = end.sizes.size() == 2 ? k == 0 : shape.relation == Relation::Row;
    const bool column = end.sizes.size() == 2 ? k == 1 : shape.relation == Relation::Column;
    const std::string wanted = row ? "r" : column ? "c" : "i";
    std::string name = wanted;
    for (int n = 2; isUsed(name); ++n) name = wanted + std::to_string(n);
    indices[k] = {name, name};
    const std::string& size = end.sizes[k];
    rule.ranges.push_back({name, {}, {}, {shorter ? toString(indexTerm(size) + -1) : size, {}}, {}});
  };
  for (std::size_t k = 0; k < from.size(); ++k) {
    if (!from[k].text.empty()) continue;
    const bool shorter = isShift(shape.relation) && !shape.ring && shiftOf(shape.relation).index == k;
    count(subject, from, k, shorter);
  }
  if (shape.relation == Relation::SameIndex || isShift(shape.relation)) to = from;
  if (shape.relation == Relation::Row || shape.relation == Relation::Column) {
    to[indexAlong(object, shape.relation)] = from[indexAlong(subject, shape.relation)];
  }
  if (isShift(shape.relation)) {
    const Shift shift = shiftOf(shape.relation);
    const std::string& v = from[shift.index].variable;
    if (shape.ring) {
      to[shift.index].text = '(' + v + (shift.by > 0 ? " + 1) % " : " - 1) % ") +
                             inBrackets(toString(indexTerm(subject.sizes[shift.index])));
    } else {
      (shift.by > 0 ? to : from)[shift.index].text = v + " + 1";
    }
  }
  for (std::size_t k = 0; k < to.size(); ++k) {
    if (to[k].text.empty()) count(object, to, k, false);
  }
  rule.from.text = written(subject, from);
  rule.to.text = written(object, to);
  return rule;
}

std::string sentenceOf(const WiringShape& shape, ConnectionKind kind, const WiringEnd& subject,
                       const WiringEnd& object) {
  std::string text = inRegion(subject, shape.subject, "each") + ' ' + verb(kind) + ' ';
  const bool row = shape.relation == Relation::Row;
  switch (shape.relation) {
    case Relation::Every:
      return text + inRegion(object, shape.object, shape.subject == Region::One ? "each" : "every");
    case Relation::SameIndex:
      return text + object.name() + " of the same index";
    case Relation::Row:
    case Relation::Column: {
      const std::string line = row ? "its row" : "its column";
      if (object.sizes.size() == 1) return text + object.name() + " of " + line;
      if (shape.object == Region::All) return text + "every " + object.name() + " of " + line;
      return text + object.name() + " of the " + edgeOf(shape.object) + " in " + line;
    }
    default:
      break;
  }
  const Shift shift = shiftOf(shape.relation);
  text += object.name() + " of its " + shift.neighbour;
  if (!shape.ring) return text;
  const std::string line = subject.sizes.size() == 1 ? ""
                           : shift.index == 1        ? " of the row"
                                                     : " of the column";
  return text + (shift.by > 0 ? ", the last" + line + " that of the first"
                              : ", the first" + line + " that of the last");
}

std::string labelOf(const WiringShape& shape, ConnectionKind kind, const WiringEnd& subject,
                    const WiringEnd& object) {
  const std::string to = kind == ConnectionKind::Reads ? " from " : " to ";
  switch (shape.relation) {
    case Relation::Every:
      if (shape.subject == Region::One && shape.object == Region::One) return {};
      if (shape.object == Region::One) {
        return (shape.subject == Region::All ? "each" : edgeOf(shape.subject)) + to + object.name();
      }
      if (shape.subject == Region::One) {
        return subject.name() + to + (shape.object == Region::All ? "each" : edgeOf(shape.object));
      }
      return "each" + to + "every";
    case Relation::SameIndex:
      return "same index";
    case Relation::Row:
    case Relation::Column: {
      const Region edge = subject.sizes.size() == 2 ? shape.subject : shape.object;
      if (subject.sizes.size() == 2 && object.sizes.size() == 2) {
        return edgeOf(shape.subject) + to + edgeOf(shape.object);
      }
      if (edge != Region::All) return edgeOf(edge);
      return shape.relation == Relation::Row ? "along rows" : "along columns";
    }
    default:
      break;
  }
  const Shift shift = shiftOf(shape.relation);
  return std::string(shift.arrow) + shift.neighbour + (shape.ring ? " (ring)" : "");
}

}  // namespace taktwerk
