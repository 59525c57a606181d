// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_content.h"

#include <QCoreApplication>
#include <map>

#include "core/architecture/class_specification.h"
#include "core/base/whole_number.h"
#include "core/drawing/attribute_text.h"

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

std::vector<Diagnostic> problemsOf(const Diagnostics& problems, const std::string& object) {
  std::vector<Diagnostic> result;
  for (const Diagnostic& d : problems) {
    if (d.object == object) result.push_back(d);
  }
  return result;
}

InspectorSection attributesOf(const Architecture& architecture, const ObjectDeclaration& object) {
  InspectorSection section{tr("Attributes"), {}};
  const ClassSpecification* specification = specificationOf(object.objectClass);
  if (specification) {
    for (const AttributeSpecification& a : specification->attributes) {
      const Attribute* written = object.find(a.name);
      InspectorRow row;
      row.name = toQString(a.name);
      row.value = written ? attributeText(architecture, *written) : toQString(a.defaultText);
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
      if (row.wrong) row.value = tr("missing");
      section.rows.push_back(row);
    }
  }
  for (const Attribute& attribute : object.attributes) {
    if (specification && specification->find(attribute.name)) continue;
    InspectorRow row;
    row.name = QString::fromStdString(attribute.name);
    row.value = attributeText(architecture, attribute);
    row.description = tr("This version does not know this attribute.");
    row.wrong = true;
    section.rows.push_back(row);
  }
  return section;
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

InspectorSection connectionsOf(const Architecture& architecture, ObjectId object) {
  InspectorSection section{tr("Connections"), {}};
  for (const Connection& connection : architecture.connections) {
    const bool subject = connection.from == object;
    if (!subject && connection.to != object) continue;
    const ObjectId other = subject ? connection.to : connection.from;
    if (other.index() >= architecture.objects.size()) continue;
    InspectorRow row;
    row.name = phrase(connection.kind, subject);
    row.value = QString::fromStdString(architecture.objects[other.index()].name);
    row.object = other;
    section.rows.push_back(row);
  }
  return section;
}

InspectorSection parametersOf(const Architecture& architecture) {
  InspectorSection section{tr("Parameters"), {}};
  for (const Parameter& parameter : architecture.parameters) {
    InspectorRow row;
    row.name = QString::fromStdString(parameter.name);
    row.value = QString::number(parameter.defaultValue);
    if (!parameter.expression.empty()) {
      row.value += QStringLiteral(" = ") + QString::fromStdString(parameter.expression);
    }
    const QString low = parameter.minimum ? QString::number(*parameter.minimum) : QString();
    const QString high = parameter.maximum ? QString::number(*parameter.maximum) : QString();
    if (!low.isEmpty() || !high.isEmpty()) row.unit = QStringLiteral("%1 … %2").arg(low, high);
    row.description = QString::fromStdString(parameter.description);
    section.rows.push_back(row);
  }
  return section;
}

}  // namespace

QString attributeText(const Architecture& architecture, const Attribute& attribute) {
  const YamlNode& node = attribute.value;
  const QString text = flowText(node);
  if (!node.isScalar() || wholeNumber(node.scalar)) return text;
  const auto number = defaultNumber(architecture, attribute);
  return number ? QStringLiteral("%1 = %2").arg(*number).arg(text) : text;
}

InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems) {
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
  if (!architecture.parameters.empty()) content.sections.push_back(parametersOf(architecture));
  content.sections.push_back(std::move(size));
  return content;
}

InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems, ObjectId id) {
  if (id.index() >= architecture.objects.size()) return contentOf(architecture, problems);
  const ObjectDeclaration& object = architecture.objects[id.index()];
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
  content.problems = problemsOf(problems, object.name);
  content.sections.push_back(attributesOf(architecture, object));
  content.sections.push_back(connectionsOf(architecture, id));
  return content;
}

InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems, ConnectionId id) {
  if (id.index() >= architecture.connections.size()) return contentOf(architecture, problems);
  const Connection& connection = architecture.connections[id.index()];
  InspectorContent content;
  content.subtitle = tr("Connection");
  InspectorSection ends{tr("Ends"), {}};
  QStringList names;
  for (const ObjectId end : {connection.from, connection.to}) {
    if (end.index() >= architecture.objects.size()) continue;
    const ObjectDeclaration& object = architecture.objects[end.index()];
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

}  // namespace taktwerk
