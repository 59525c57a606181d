// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/group_content.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/whole_number.h"
#include "core/editing/declared_place.h"
#include "core/editing/wiring_rule.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Inspector", text);
}

const TemplateDeclaration* templateOf(const Architecture& architecture, const std::string& name) {
  const auto found = std::find_if(architecture.templates.begin(), architecture.templates.end(),
                                  [&](const TemplateDeclaration& t) { return t.name == name; });
  return found == architecture.templates.end() ? nullptr : &*found;
}

QString extentText(const std::vector<std::int64_t>& extents) {
  QStringList sizes;
  for (const std::int64_t extent : extents) sizes << QString::number(extent);
  return sizes.join(QStringLiteral(" × "));
}

InspectorSection sizeOf(const ShownGroup& group, const DeclaredObject& entry) {
  InspectorSection section{tr("Size"), {}};
  const QString names[2] = {group.extents.size() > 1 ? tr("rows") : tr("elements"), tr("columns")};
  for (std::size_t k = 0; k < std::min<std::size_t>(2, entry.size.size()); ++k) {
    InspectorRow row;
    row.name = names[k];
    row.value = QString::number(group.extents[k]);
    if (!wholeNumber(entry.size[k].text)) row.value += " = " + QString::fromStdString(entry.size[k].text);
    row.description = tr("Arrange › Make array changes it, and with it the ranges that count the elements.");
    section.rows.push_back(row);
  }
  return section;
}

InspectorSection argumentsOf(const std::vector<Parameter>& parameters, const TemplateDeclaration& t,
                             const ObjectDeclaration& object) {
  InspectorSection section{tr("Arguments"), {}};
  for (const Parameter& parameter : t.parameters) {
    const Attribute* given = object.find(parameter.name);
    InspectorRow row;
    row.name = QString::fromStdString(parameter.name);
    row.value = given                          ? attributeText(parameters, *given)
                : parameter.expression.empty() ? QString::number(parameter.defaultValue)
                                               : QString::fromStdString(parameter.expression);
    if (given) row.source = QString::fromStdString(given->value.scalar);
    row.isDefault = !given;
    row.description = QString::fromStdString(parameter.description) +
                      tr(" A parameter of the template %1; without a value here its default counts.")
                          .arg(QString::fromStdString(t.name));
    row.field = InspectorRow::Field::Attribute;
    section.rows.push_back(row);
  }
  return section;
}

/// Whether the end of a rule is about the entry, an element or a part of it.
bool isAbout(const std::string& end, const std::string& entry) {
  return end == entry || (end.starts_with(entry) && (end[entry.size()] == '[' || end[entry.size()] == '.'));
}

InspectorSection wiringOf(const Document& document, const ShownGroup& group) {
  InspectorSection section{tr("Wiring"), {}};
  const Architecture& architecture = *document.architecture;
  for (const ConnectionRule& rule : architecture.rules) {
    if (!isAbout(rule.from.text, group.entry) && !isAbout(rule.to.text, group.entry)) continue;
    InspectorRow row;
    row.name = QString::fromStdString(std::string(toString(rule.kind)));
    row.value = QString::fromStdString(describeRule(architecture, rule));
    row.description = tr("%1 to %2, line %3 of the file.")
                          .arg(QString::fromStdString(rule.from.text), QString::fromStdString(rule.to.text))
                          .arg(rule.position.line);
    section.rows.push_back(row);
  }
  return section;
}

}  // namespace

InspectorContent groupContent(const Document& document, ShownId id) {
  const Architecture& architecture = *document.architecture;
  const FoldedView& shown = *document.shown;
  const ShownObject& object = shown.objects[id.index()];
  const ShownGroup& group = *object.group;
  const bool array = group.kind == ShownGroup::Kind::Array;
  const TemplateDeclaration* t = templateOf(architecture, group.templateName);
  const bool editable = document.isEditable(id);
  InspectorContent content;
  content.title = QString::fromStdString(object.name);
  content.subtitle = array ? tr("Array") : tr("Instance");
  const QString what = QString::fromStdString(object.className);
  content.description =
      array ? tr("%1 of %2, %3 blocks in all.").arg(extentText(group.extents), what).arg(group.objects)
            : tr("An instance of the template %1, %2 blocks.").arg(what).arg(group.objects);
  if (t && !t->description.empty()) content.description += ' ' + QString::fromStdString(t->description);
  if (!editable) content.description += ' ' + tr("An element; the whole array is edited at once.");
  content.note = QString::fromStdString(object.note);
  const auto origin = originOf(architecture, object.name);
  if (array && origin) {
    const auto& entries = group.inTemplate.empty() ? architecture.declared
                                                   : templateOf(architecture, group.inTemplate)->objects;
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&](const DeclaredObject& d) { return d.object.name == group.entry; });
    if (entry != entries.end()) content.sections.push_back(sizeOf(group, *entry));
  }
  if (t && !t->parameters.empty())
    content.sections.push_back(argumentsOf(architecture.parameters, *t, object));
  if (!t) {
    ObjectDeclaration element = object;
    element.objectClass = classFromName(object.className);
    content.sections.push_back(attributesOf(architecture.parameters, element));
  }
  for (const Diagnostic& d : document.diagnostics) {
    if (d.object == object.name || document.shownAs(d.object) == id) content.problems.push_back(d);
  }
  if (group.inTemplate.empty()) content.sections.push_back(wiringOf(document, group));
  content.sections.push_back(connectionsOf(shown, id));
  if (editable) content.sections.push_back(appearanceOf(object));
  std::erase_if(content.sections, [](const InspectorSection& s) { return s.rows.empty(); });
  return content;
}

InspectorSection ruleSection(const Document& document, ShownConnectionId id) {
  InspectorSection section{tr("Rule"), {}};
  const std::size_t count = document.shown->connections[id.index()].count;
  const auto rule = ruleOf(*document.architecture, document.connection(id));
  if (!rule || !rule->rule || (count < 2 && rule->inTemplate.empty())) return section;
  InspectorRow row;
  row.name = tr("stands for");
  row.value = QString::fromStdString(describeRule(*document.architecture, *rule->rule, rule->inTemplate));
  row.description = tr("Connections of the accelerator that are drawn as this one: %1.").arg(count);
  section.rows.push_back(row);
  InspectorRow number;
  number.name = tr("connections");
  number.value = QString::number(count);
  section.rows.push_back(number);
  if (!rule->inTemplate.empty()) {
    InspectorRow in;
    in.name = tr("made in");
    in.value = tr("template %1").arg(QString::fromStdString(rule->inTemplate));
    section.rows.push_back(in);
  }
  return section;
}

}  // namespace taktwerk
