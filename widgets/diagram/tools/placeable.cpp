// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/placeable.h"

#include <QObject>
#include <QStringList>
#include <algorithm>

#include "core/architecture/class_specification.h"
#include "core/editing/edit.h"
#include "core/editing/new_block.h"
#include "widgets/theme/kind_icon.h"

namespace taktwerk {

namespace {

QString toQString(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

QString Placeable::id() const {
  if (library) {
    return QStringLiteral("library:%1/%2")
        .arg(QString::fromStdString(library->architecture), QString::fromStdString(library->name));
  }
  return (objectClass == ObjectClass::Unknown ? QStringLiteral("template:") : QStringLiteral("class:")) +
         title;
}

std::vector<Placeable> placeables(const Architecture* architecture, const TemplateLibrary* library) {
  std::vector<Placeable> all;
  for (const ClassSpecification& c : classSpecifications()) {
    all.push_back({toQString(c.name), toQString(c.description), kindOf(c.objectClass), c.objectClass,
                   std::string(usualName(c.objectClass)), newObject(c.objectClass)});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Placeable& a, const Placeable& b) { return a.kind < b.kind; });
  const std::vector<TemplateDeclaration> none;
  for (const TemplateDeclaration& t : architecture ? architecture->templates : none) {
    Placeable p;
    p.title = QString::fromStdString(t.name);
    p.description = t.description.empty() ? QObject::tr("A template of this file.")
                                          : QString::fromStdString(t.description);
    p.name = t.name;
    p.value.kind = YamlNode::Kind::Map;
    p.value.flow = true;
    p.value.entries.push_back({"template", {}, yamlScalar(t.name)});
    all.push_back(std::move(p));
  }
  for (std::size_t i = 0; library && i < library->size(); ++i) {
    Placeable p;
    p.library = std::make_shared<const LibraryTemplate>((*library)[i]);
    p.title = QStringLiteral("%1 · %2").arg(QString::fromStdString(p.library->name),
                                            QString::fromStdString(p.library->architectureName));
    p.description = QString::fromStdString(p.library->description);
    if (p.description.isEmpty()) {
      p.description =
          QObject::tr("A template of %1.").arg(QString::fromStdString(p.library->architectureName));
    }
    p.name = p.library->name;
    p.value.kind = YamlNode::Kind::Map;
    p.value.flow = true;
    p.value.entries.push_back({"template", {}, yamlScalar(p.name)});
    all.push_back(std::move(p));
  }
  return all;
}

std::vector<Placeable> matching(const std::vector<Placeable>& all, const QString& text) {
  const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  std::vector<Placeable> result;
  for (const Placeable& p : all) {
    const QString haystack = p.title + QLatin1Char(' ') + p.description + QLatin1Char(' ') +
                             toQString(nameOf(p.kind)) + QLatin1Char(' ') + QString::fromStdString(p.name);
    const bool match = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return haystack.contains(word, Qt::CaseInsensitive);
    });
    if (match) result.push_back(p);
  }
  const auto rank = [&](const Placeable& p) {
    if (words.isEmpty()) return 0;
    const QString& word = words.front();
    if (QString::fromStdString(p.name).compare(word, Qt::CaseInsensitive) == 0) return 0;
    if (p.title.startsWith(word, Qt::CaseInsensitive)) return 1;
    return p.title.contains(word, Qt::CaseInsensitive) ? 2 : 3;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Placeable& a, const Placeable& b) { return rank(a) < rank(b); });
  return result;
}

QIcon iconOf(const Theme& theme, const Placeable& what) {
  return what.objectClass == ObjectClass::Unknown ? templateIcon(theme) : kindIcon(theme, what.kind);
}

}  // namespace taktwerk
