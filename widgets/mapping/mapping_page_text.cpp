// SPDX-License-Identifier: GPL-3.0-or-later
// The mapping shown as a document: opened, checked, made anew, saved.
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>

#include "core/base/files.h"
#include "core/base/yaml_text.h"
#include "core/network/operators.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// A first mapping for an operator nobody maps yet. It takes no layer before it is finished: the checker says
/// what is missing, or, where an empty program may be all there is to do, a condition that does not hold.
std::string firstMapping(const std::string& name, const std::string& operatorName) {
  const OperatorSpecification* specification = findOperator(operatorName);
  const bool maybeNothing = specification != nullptr && specification->rule == ShapeRule::Resize;
  std::string operands;
  if (specification != nullptr) {
    for (const OperandSpecification& operand : specification->inputs) operands += operand.name + ", ";
  }
  return "format: taktwerk-mapping/1\nname: " + yamlText(name) + "\ntakes: " + operatorName +
         "\n# Unfinished: place the tensors (" + operands +
         "output) in memories, and let the program read the\n# operands and store the output. Until then the "
         "mapping takes no layer.\n" +
         (maybeNothing ? "requires:\n  - {condition: 0 == 1, reason: the mapping is unfinished}\n" : "") +
         "tensors: {}\nprogram: []\n";
}

}  // namespace

void MappingPage::showMapping(const QString& name) {
  const MappingCandidate* known = candidate(name);
  if (!known) return;
  if (document_ && document_->path() == known->file) return;
  if (TextDocument* opened = documents_.find(known->file)) return showDocument(opened);
  const Result<std::string> text = readFile(toPath(known->file));
  if (text) openDocument(known->file, *text, true);
}

void MappingPage::openDocument(const QString& path, const std::string& text, bool saved) {
  TextDocument& document = documents_.open(path, text, saved);
  showDocument(&document);
}

void MappingPage::showDocument(TextDocument* document) {
  document_ = document;
  editor_->setDocument(document_);
  tree_->setDocument(document_);
  check();
}

void MappingPage::documentChanged(TextDocument* document) {
  if (document == document_) {
    wanted_ = document->path();  // what is edited stays in view, whether it fits just now or not
    check();
  }
  const std::string& text = document->text();
  const auto& texts = estimates_.input().texts;
  const auto known = texts.find(document->path());
  if (known != texts.end() && *known->second == text) return;  // nothing new
  if (!parseMapping(text, {})) return;  // while it is being typed the last sound text counts
  estimates_.setText(document->path(), std::make_shared<const std::string>(text));
}

void MappingPage::check() {
  if (!document_) {
    check_->setText(tr("No mapping is shown."));
    return;
  }
  const Result<Mapping> mapping = parseMapping(document_->text(), document_->path().toStdString());
  Diagnostics problems = mapping.diagnostics;
  for (Diagnostic& problem : problems) {
    if (isOmission(problem)) problem.severity = Severity::Error;  // of this mapping it is what is wrong
  }
  const MappingCandidate* shown = candidate(study_.shown);
  if (problems.empty() && shown && shown->file == document_->path()) problems = study_.diagnostics;
  editor_->setProblems(problems);
  const QString file =
      QFileInfo(document_->path()).fileName() + (document_->modified() ? tr(", changed") : QString());
  if (problems.empty()) {
    check_->setText(tr("%1: no problems").arg(file));
    check_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::mutedText).name()));
  } else {
    const Diagnostic& first = problems.front();
    check_->setText(
        tr("%1, line %2: %3").arg(file).arg(first.position.line).arg(QString::fromStdString(first.message)));
    check_->setStyleSheet(
        QStringLiteral("color: %1;")
            .arg(theme_.colour(hasErrors(problems) ? &Palette::error : &Palette::warning).name()));
  }
  check_->setToolTip(check_->text());
  save_->setEnabled(document_->modified() && mapping);
}

void MappingPage::createMapping() {
  if (!estimates_.input().document || study_.operatorName.isEmpty()) return;
  const QString& place = estimates_.input().document->place();
  const QString folder =
      (place.isEmpty() ? QDir::homePath() + QStringLiteral("/mappings") : mappingFolder(place)) +
      QLatin1Char('/');
  QString path;
  int number = 1;
  do {
    path = folder + study_.operatorName + QStringLiteral("-new-%1.mapping.yaml").arg(number++);
  } while (documents_.find(path) || QFileInfo::exists(path));
  const QString name = QStringLiteral("%1, new %2").arg(study_.operatorName).arg(number - 1);
  std::string text = firstMapping(name.toStdString(), study_.operatorName.toStdString());
  if (document_ && candidate(study_.shown) && candidate(study_.shown)->fits) {
    YamlChange rename;
    rename.path = {std::string("name")};
    rename.value.kind = YamlNode::Kind::Scalar;
    rename.value.scalar = name.toStdString();
    if (const auto copy = changeYaml(document_->text(), {rename})) text = *copy;
  }
  wanted_ = path;
  openDocument(path, text, false);
  estimates_.setText(path, std::make_shared<const std::string>(text));
  estimates_.addMapping(path);
  editor_->setFocus();
}

bool MappingPage::save(const QString& path) {
  if (!document_) return false;
  const QString before = document_->path();
  const Diagnostics problems = documents_.save(*document_, path);
  if (hasErrors(problems)) {
    check_->setText(QString::fromStdString(problems.front().message));
    Q_EMIT writeFailed(path, problems);
    return false;
  }
  if (wanted_ == before) wanted_ = path;
  if (before != path) {
    // What was only here is a file now, wherever it is.
    estimates_.replaceMapping(before, path);
    estimates_.setText(path, std::make_shared<const std::string>(document_->text()));
  }
  check();
  return true;
}

}  // namespace taktwerk
