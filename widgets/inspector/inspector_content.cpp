// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <utility>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/cost_source_names.h"
#include "core/architecture/feasibility.h"
#include "core/architecture/parameters.h"
#include "core/architecture/quantity.h"
#include "core/base/expression.h"
#include "core/base/whole_number.h"
#include "core/base/yaml_text.h"
#include "core/drawing/attribute_text.h"
#include "core/editing/declared_place.h"
#include "core/editing/edit.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Inspector", text);
}
QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// YAML back to one line, for values that are lists or maps.
QString flowText(const YamlNode& node, int depth = 0) {
  if (node.isScalar()) return QString::fromStdString(node.scalar);
  if (depth > 4) return QStringLiteral("…");
  QStringList parts;
  for (const YamlNode& item : node.items) parts << flowText(item, depth + 1);
  for (const auto& entry : node.entries) {
    parts << QString::fromStdString(entry.key) + QStringLiteral(": ") + flowText(entry.value, depth + 1);
  }
  const QString inner = parts.join(QStringLiteral(", "));
  if (node.isMap()) return QStringLiteral("{%1}").arg(inner);
  return depth > 0 ? QStringLiteral("[%1]").arg(inner) : inner;
}

/// As it is edited: lists without their brackets.
QString sourceText(const YamlNode& node) {
  if (node.isScalar()) return QString::fromStdString(node.scalar);
  QString text = QString::fromStdString(yamlText(node));
  bool plain = node.isSequence();
  for (const YamlNode& item : node.items) plain = plain && item.isScalar();
  if (!plain) return text;
  QStringList words;
  for (const YamlNode& item : node.items) words << QString::fromStdString(item.scalar);
  return words.join(QStringLiteral(", "));
}

std::vector<Diagnostic> problemsOf(const Diagnostics& problems, const std::string& object) {
  std::vector<Diagnostic> result;
  for (const Diagnostic& d : problems) {
    if (d.object == object) result.push_back(d);
  }
  return result;
}

QString phrase(ConnectionKind kind, bool subject) {
  switch (kind) {
    case ConnectionKind::Contains:
      return subject ? tr("contains") : tr("contained in");
    case ConnectionKind::Forward:
      return subject ? tr("forwards to") : tr("comes from");
    case ConnectionKind::Reads:
      return subject ? tr("reads") : tr("read by");
    case ConnectionKind::Writes:
      break;
  }
  return subject ? tr("writes") : tr("written by");
}

bool mentions(const ParameterConstraint& constraint, const std::string& parameter) {
  const auto parsed = Expression::parse(constraint.condition.text);
  const auto* expression = std::get_if<Expression>(&parsed);
  if (!expression) return false;
  const std::vector<std::string>& all = expression->variables();
  return std::find(all.begin(), all.end(), parameter) != all.end();
}

/// What the bounds of a parameter follow, and the constraints it has a part in, a line each: "minimum:
/// fetch_width"; and what of that the values break.
QStringList limitsOf(const Architecture& architecture, const Parameter& parameter, const ParameterMap& values,
                     bool& broken) {
  QStringList limits;
  forEachBound(parameter, [&](std::string_view what, const ParameterBound& bound) {
    if (!bound.expression.empty()) {
      limits << QStringLiteral("%1: %2").arg(toQString(what), QString::fromStdString(bound.expression));
    }
  });
  if (const auto outside = outsideBounds(parameter, values)) {
    limits << tr("Infeasible: %1").arg(QString::fromStdString(outside->reason));
    broken = true;
  }
  for (const ParameterConstraint& constraint : architecture.constraints) {
    if (!mentions(constraint, parameter.name)) continue;
    if (const auto problem = brokenConstraint(constraint, values)) {
      limits << tr("Infeasible: %1").arg(QString::fromStdString(problem->reason));
      broken = true;
      continue;
    }
    QString text = QString::fromStdString(constraint.condition.text);
    if (!constraint.reason.empty()) text += QStringLiteral(": ") + QString::fromStdString(constraint.reason);
    limits << text;
  }
  return limits;
}

InspectorSection parametersOf(const Architecture& architecture, const ParameterOverrides& overrides) {
  InspectorSection section{tr("Parameters"), {}};
  Problems ignored(architecture.file);
  const ParameterMap values = resolveParameters(architecture, overrides.values, ignored);
  for (const Parameter& parameter : architecture.parameters) {
    InspectorRow row;
    row.name = QString::fromStdString(parameter.name);
    const auto value = values.find(parameter.name);
    row.value = QString::number(value == values.end() ? parameter.defaultValue : value->second);
    const QString usual = QString::number(parameter.defaultValue);
    QString overridden;
    if (overrides.values.contains(parameter.name)) {
      overridden = tr("%1 by %2; the default is %3").arg(row.value, overrides.from, usual);
      row.value = tr("%1 by %2").arg(row.value, overrides.from);
    } else if (!parameter.expression.empty()) {
      row.value += QStringLiteral(" = ") + QString::fromStdString(parameter.expression);
    }
    const auto bounds = boundsOf(parameter, values);
    if (const auto* known = std::get_if<ParameterBounds>(&bounds)) {
      row.unit = QString::fromStdString(inWords(*known));
    }
    row.description = QString::fromStdString(parameter.description);
    if (!parameter.source.empty()) {
      row.description += (row.description.isEmpty() ? QString() : QStringLiteral("\n")) +
                         tr("The default: %1").arg(QString::fromStdString(parameter.source));
    }
    for (const QString& limit : limitsOf(architecture, parameter, values, row.wrong)) {
      row.description += (row.description.isEmpty() ? QString() : QStringLiteral("\n")) + limit;
    }
    if (!overridden.isEmpty())
      row.description += (row.description.isEmpty() ? QString() : QStringLiteral("\n")) + overridden;
    row.field = InspectorRow::Field::Parameter;
    row.source = parameter.expression.empty() ? QString::number(parameter.defaultValue)
                                              : QString::fromStdString(parameter.expression);
    section.rows.push_back(row);
  }
  return section;
}

}  // namespace

WhyInfeasible whyInfeasible(const Architecture& architecture, const ParameterOverrides& overrides,
                            const std::string& parameter, std::int64_t value) {
  Problems ignored(architecture.file);
  const ParameterMap before = resolveParameters(architecture, overrides.values, ignored);
  ParameterMap set(overrides.values.begin(), overrides.values.end());
  set.insert_or_assign(parameter, value);
  const ParameterMap values = resolveParameters(architecture, set, ignored);
  WhyInfeasible why;
  for (const Parameter& p : architecture.parameters) {
    if (p.name != parameter) continue;
    if (const auto outside = outsideBounds(p, values)) why.ofItself = QString::fromStdString(outside->reason);
  }
  // What does not hold as it is, is not the fault of this value.
  const auto broken = infeasibility(architecture, values);
  if (broken && broken != infeasibility(architecture, before)) {
    why.ofOthers = QString::fromStdString(broken->reason);
  }
  return why;
}

InspectorSection appearanceOf(const ObjectDeclaration& object) {
  InspectorSection section{tr("Appearance"), {}};
  InspectorRow note;
  note.name = QStringLiteral("note");
  note.value = note.source = QString::fromStdString(object.note);
  note.description = tr("A remark for people, shown with the block.");
  note.field = InspectorRow::Field::Attribute;
  InspectorRow colour;
  colour.name = QStringLiteral("colour");
  colour.value = colour.source = QString::fromStdString(object.colour);
  colour.description = tr("A colour of your own as #rrggbb, shown as a bar below the header.");
  colour.field = InspectorRow::Field::Attribute;
  for (InspectorRow* row : {&note, &colour}) {
    row->isDefault = row->source.isEmpty();
    if (row->isDefault) row->value = tr("none");
    section.rows.push_back(*row);
  }
  return section;
}

InspectorSection attributesOf(const std::vector<Parameter>& parameters, const ObjectDeclaration& object) {
  InspectorSection section{tr("Attributes"), {}};
  const ClassSpecification* specification = specificationOf(object.objectClass);
  if (specification) {
    for (const AttributeSpecification& a : specification->attributes) {
      const Attribute* written = object.find(a.name);
      InspectorRow row;
      row.name = toQString(a.name);
      row.value = written ? attributeText(parameters, *written) : toQString(a.defaultText);
      row.unit = toQString(a.unit);
      row.description = toQString(a.description);
      if (!a.defaultText.empty()) row.description += tr(" Default: %1.").arg(toQString(a.defaultText));
      if (!a.choices.empty()) {
        QStringList choices;
        for (const std::string_view choice : a.choices) choices << toQString(choice);
        row.description += tr(" One of: %1.").arg(choices.join(QStringLiteral(", ")));
      }
      row.isDefault = !written;
      row.wrong = !written && a.required;
      row.field = InspectorRow::Field::Attribute;
      if (written) row.source = sourceText(written->value);
      for (const std::string_view choice : a.choices) row.choices << toQString(choice);
      if (a.type == AttributeType::Boolean) row.choices = {QStringLiteral("true"), QStringLiteral("false")};
      if (row.wrong) row.value = tr("missing");
      section.rows.push_back(row);
    }
  }
  for (const Attribute& attribute : object.attributes) {
    if (specification && specification->find(attribute.name)) continue;
    InspectorRow row;
    row.name = QString::fromStdString(attribute.name);
    row.value = attributeText(parameters, attribute);
    row.description = tr("The class does not have this attribute. Delete removes it.");
    row.wrong = true;
    row.field = InspectorRow::Field::Attribute;
    row.source = sourceText(attribute.value);
    section.rows.push_back(row);
  }
  return section;
}

InspectorSection connectionsOf(const FoldedView& shown, ShownId object) {
  InspectorSection section{tr("Connections"), {}};
  for (const ShownConnection& connection : shown.connections) {
    const bool subject = connection.from == object;
    if (!subject && connection.to != object) continue;
    const ShownId other = subject ? connection.to : connection.from;
    if (other.index() >= shown.objects.size()) continue;
    InspectorRow row;
    row.name = phrase(connection.kind, subject);
    row.value = QString::fromStdString(shown.objects[other.index()].name);
    row.object = other;
    section.rows.push_back(row);
  }
  return section;
}

QString attributeText(const std::vector<Parameter>& parameters, const Attribute& attribute) {
  const YamlNode& node = attribute.value;
  QString text = flowText(node);
  if (!node.isScalar() || wholeNumber(node.scalar)) return text;
  const auto number = defaultNumber(parameters, attribute);
  return number ? QStringLiteral("%1 = %2").arg(*number).arg(text) : text;
}

InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems,
                           const ParameterOverrides& overrides) {
  InspectorContent content;
  content.title = QString::fromStdString(architecture.name);
  content.subtitle = tr("Architecture");
  content.description = QString::fromStdString(architecture.description);
  content.problems = problemsOf(problems, {});
  InspectorSection size{tr("Contents"), {}};
  std::map<ObjectClass, std::size_t> counts;
  for (const ObjectDeclaration& object : architecture.objects) {
    counts[object.objectClass] += 1;
  }
  for (const ClassSpecification& specification : classSpecifications()) {
    const std::size_t count = counts[specification.objectClass];
    if (count == 0) continue;
    InspectorRow row;
    row.name = toQString(specification.name);
    row.value = QString::number(count);
    row.description = toQString(specification.description);
    size.rows.push_back(row);
  }
  if (!architecture.parameters.empty()) content.sections.push_back(parametersOf(architecture, overrides));
  content.sections.push_back(std::move(size));
  return content;
}

InspectorContent contentOf(const Document& document, ShownId id) {
  const FoldedView& shown = *document.shown;
  if (id.index() >= shown.objects.size()) return contentOf(*document.architecture, document.diagnostics);
  const ShownObject& object = shown.objects[id.index()];
  InspectorContent content;
  content.title = QString::fromStdString(object.name);
  content.subtitle = QString::fromStdString(object.className);
  if (const ClassSpecification* specification = specificationOf(object.objectClass)) {
    content.description = toQString(specification->description);
  } else {
    content.description =
        tr("This version does not know this class. The block is shown as a placeholder, and the "
           "document is read-only.");
  }
  content.note = QString::fromStdString(object.note);
  content.problems = problemsOf(document.diagnostics, object.name);
  const auto origin = originOf(*document.architecture, object.name);
  const bool elsewhere = origin && origin->declaration->name != object.name;
  if (elsewhere) {
    content.description +=
        origin->inTemplate.empty()
            ? tr(" Edited here for all elements of the array %1.").arg(QString::fromStdString(origin->object))
            : tr(" Edited here for all uses of the template %1.")
                  .arg(QString::fromStdString(origin->inTemplate));
  }
  InspectorSection attributes = attributesOf(shown.parameters, object);
  for (InspectorRow& row : attributes.rows) {  // as written in the template, with its own parameters
    const Attribute* written = elsewhere ? origin->declaration->find(row.name.toStdString()) : nullptr;
    if (written) row.source = sourceText(written->value);
  }
  content.sections.push_back(std::move(attributes));
  content.sections.push_back(connectionsOf(shown, id));
  content.sections.push_back(appearanceOf(object));
  return content;
}

InspectorContent contentOf(const Document& document, ShownConnectionId id) {
  const FoldedView& shown = *document.shown;
  if (id.index() >= shown.connections.size()) {
    return contentOf(*document.architecture, document.diagnostics);
  }
  const ShownConnection& connection = shown.connections[id.index()];
  InspectorContent content;
  content.subtitle = tr("Connection");
  InspectorSection ends{tr("Ends"), {}};
  QStringList names;
  for (const ShownId end : {connection.from, connection.to}) {
    if (end.index() >= shown.objects.size()) continue;
    const ShownObject& object = shown.objects[end.index()];
    names << QString::fromStdString(object.name);
    InspectorRow row;
    row.name = ends.rows.empty() ? tr("from") : tr("to");
    row.value = names.back();
    row.unit = QString::fromStdString(object.className);
    row.object = end;
    ends.rows.push_back(row);
  }
  content.title = names.join(QStringLiteral(" %1 ").arg(phrase(connection.kind, true)));
  content.sections.push_back(std::move(ends));
  return content;
}

InspectorContent contentOf(const Document& document, const std::set<ShownId>& objects) {
  if (objects.empty()) return contentOf(*document.architecture, document.diagnostics);
  if (objects.size() == 1) return contentOf(document, *objects.begin());
  InspectorContent content;
  content.title = tr("%1 blocks").arg(objects.size());
  content.subtitle = tr("Selection");
  content.description = tr("What they have in common. A change is made to all of them.");
  InspectorSection common{tr("Attributes"), {}};
  bool first = true;
  for (const ShownId id : objects) {
    const ShownObject& object = document.shown->objects[id.index()];
    InspectorSection own = attributesOf(document.shown->parameters, object);
    for (InspectorRow& row : appearanceOf(object).rows) own.rows.push_back(row);
    if (std::exchange(first, false)) {
      common.rows = std::move(own.rows);
      continue;
    }
    std::erase_if(common.rows, [&](InspectorRow& row) {
      for (const InspectorRow& other : own.rows) {
        if (other.name != row.name || other.choices != row.choices) continue;
        if (other.source != row.source) row.several = true;
        row.isDefault = row.isDefault && other.isDefault;
        row.wrong = row.wrong || other.wrong;
        return false;
      }
      return true;
    });
  }
  for (InspectorRow& row : common.rows) {
    if (!row.several) continue;
    row.value = tr("several values");
    row.source.clear();
  }
  content.sections.push_back(std::move(common));
  return content;
}

YamlNode typedValue(const AttributeSpecification* specification, const QString& text) {
  const std::string typed = text.trimmed().toStdString();
  const bool names = specification && specification->type == AttributeType::Names;
  if (names) {
    std::vector<YamlNode> items;
    QString list = text.trimmed();
    // Brackets round all of it are as good as none; those of w[8] belong to the name.
    if (list.startsWith(QLatin1Char('[')) && list.endsWith(QLatin1Char(']'))) list = list.mid(1).chopped(1);
    for (const QString& item : list.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
      QString word = item.trimmed();
      if (word.size() > 1 && (word.startsWith(QLatin1Char('"')) || word.startsWith(QLatin1Char('\''))) &&
          word.endsWith(word.front())) {
        word = word.mid(1).chopped(1);
      }
      if (!word.isEmpty()) items.push_back(yamlScalar(word.toStdString()));
    }
    return yamlSequence(std::move(items));
  }
  const bool structured = specification && (specification->type == AttributeType::AddressRanges ||
                                            specification->type == AttributeType::LatencyMap);
  if (structured || typed.starts_with('[') || typed.starts_with('{')) {
    const Result<YamlNode> parsed = parseYaml("value: " + typed + "\n", {});
    const YamlNode* value = parsed ? parsed->find("value") : nullptr;
    if (value) return *value;
  }
  return yamlScalar(typed);
}

QString problemOf(const Architecture& architecture, const ObjectDeclaration& object,
                  const AttributeSpecification& specification, const QString& text, QString* value) {
  if (value) value->clear();
  if (text.trimmed().isEmpty()) {
    return specification.required ? tr("%1 must be there").arg(toQString(specification.name)) : QString();
  }
  const YamlNode node = typedValue(&specification, text);
  Problems ignored{std::string()};
  const ParameterMap parameters = resolveParameters(architecture, {}, ignored);
  Problems problems{std::string()};
  const ValueContext context{parameters, problems};
  switch (specification.type) {
    case AttributeType::Duration:
    case AttributeType::Count: {
      const auto number = numberValue(specification, node, object, context);
      if (number && !number->expression && value && !wholeNumber(node.scalar)) {
        *value = QStringLiteral("= %1").arg(number->constant);
      }
      break;
    }
    case AttributeType::Boolean:
      static_cast<void>(booleanValue(specification, node, object, context));
      break;
    case AttributeType::Choice:
      static_cast<void>(choiceValue(specification, node, object, context));
      break;
    case AttributeType::Names: {
      const auto names = namesValue(specification, node, object, context);
      if (names && value) *value = tr("%1 in all").arg(names->size());
      break;
    }
    case AttributeType::AddressRanges:
      static_cast<void>(rangesValue(specification, node, object, context));
      break;
    case AttributeType::LatencyMap:
      static_cast<void>(latencyMapValue(specification, node, object, context));
      break;
    case AttributeType::Quantity: {
      const auto quantity = quantityValue(specification, node, object, context);
      if (quantity && !quantity->expression && value && !wholeNumber(node.scalar)) {
        *value = QStringLiteral("= %1").arg(realOf(quantity->constant));
      }
      break;
    }
    case AttributeType::Energy:
      static_cast<void>(energyValue(specification, node, object, context));
      break;
    case AttributeType::Source:
      checkCostSource(node, architecture.costs, object.name, problems);
      break;
    case AttributeType::Figures:
      checkOwnFigures(specification, node, architecture, object, context);
      break;
  }
  const Diagnostics found = std::move(problems).take();
  return found.empty() ? QString() : QString::fromStdString(found.front().message);
}

}  // namespace taktwerk
