// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/questions.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Questions", text);
}

/// "svg" of "SVG pictures (*.svg)"; nothing of "All files (*)".
QString endingOf(const QString& filter) {
  const QString pattern = filter.section(QLatin1Char('('), -1).section(QLatin1Char(')'), 0, 0);
  const QString first = pattern.section(QLatin1Char(' '), 0, 0);
  return first.startsWith(QLatin1String("*.")) ? first.mid(2) : QString();
}

/// A file that is written; a name without an ending gets that of the chosen filter.
QString askWhereTo(QWidget* window, const QString& title, const QString& suggestion, const QString& filters,
                   QFileDialog::Options options = {}) {
  const QFileInfo proposed(suggestion);
  QFileDialog dialog(window, title, proposed.isAbsolute() ? proposed.path() : QString());
  dialog.setOptions(options);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  const QStringList all = filters.split(QStringLiteral(";;"));
  dialog.setNameFilters(all);
  dialog.setDefaultSuffix(endingOf(all.front()));
  QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog,
                   [&dialog](const QString& filter) { dialog.setDefaultSuffix(endingOf(filter)); });
  dialog.selectFile(proposed.fileName());
  if (dialog.exec() != QDialog::Accepted) return {};
  return dialog.selectedFiles().value(0);
}

Questions::Answer askUnsaved(QWidget* window, const QString& question) {
  QMessageBox box(QMessageBox::Question, tr("Unsaved changes"), question,
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window);
  box.setDefaultButton(QMessageBox::Save);
  const int answer = box.exec();
  return answer == QMessageBox::Save      ? Questions::Answer::Save
         : answer == QMessageBox::Discard ? Questions::Answer::Discard
                                          : Questions::Answer::Cancel;
}

/// `yes` is what the button says that lets go.
bool askWhetherToLose(QWidget* window, const QStringList& losses, const QString& title,
                      const QString& question, const QString& yes) {
  QMessageBox box(QMessageBox::Question, title, losses.join(QLatin1Char('\n')), QMessageBox::Cancel, window);
  box.setInformativeText(question);
  const QPushButton* go = box.addButton(yes, QMessageBox::DestructiveRole);
  box.setDefaultButton(QMessageBox::Cancel);
  box.exec();
  return box.clickedButton() == go;
}

Questions::MappingAnswer askMappings(QWidget* window, const QString& question) {
  QMessageBox box(QMessageBox::Question, tr("Mappings"), question, QMessageBox::Cancel, window);
  const QPushButton* copy = box.addButton(tr("Copy"), QMessageBox::AcceptRole);
  const QPushButton* refer = box.addButton(tr("Refer to them"), QMessageBox::AcceptRole);
  const QPushButton* leave = box.addButton(tr("Leave them"), QMessageBox::DestructiveRole);
  box.setDefaultButton(const_cast<QPushButton*>(copy));
  box.exec();
  return box.clickedButton() == copy    ? Questions::MappingAnswer::Copy
         : box.clickedButton() == refer ? Questions::MappingAnswer::Refer
         : box.clickedButton() == leave ? Questions::MappingAnswer::Leave
                                        : Questions::MappingAnswer::Cancel;
}

std::optional<QString> askNote(QWidget* window, const QString& warning) {
  bool good = false;
  const QString note = QInputDialog::getText(window, tr("Approve a warning"),
                                             tr("%1\n\nWhy is this right as it is?").arg(warning),
                                             QLineEdit::Normal, {}, &good);
  return good ? std::optional(note) : std::nullopt;
}

QStringList askAlternatives(QWidget* window, FileKind kind) {
  const bool architecture = kind == FileKind::Architecture, network = kind == FileKind::Network;
  const QString filter = architecture ? tr("Architectures (*.arch.yaml)")
                         : network    ? tr("Networks (*.network.yaml *.onnx *.csv)")
                                      : tr("Mappings (*.mapping.yaml)");
  return QFileDialog::getOpenFileNames(window, tr("Add to the design space"), {}, filter);
}

void askAboutSweeps(Questions& ask, QWidget* window) {
  ask.spaceToOpen = [window] {
    return QFileDialog::getOpenFileName(window, tr("Open a design space"), {},
                                        tr("Design spaces (*.space.yaml)"));
  };
  ask.storePath = [window](const QString& suggestion) {
    // What is there already is gone on with, and nothing is lost.
    return askWhereTo(window, tr("Keep results in"), suggestion, tr("Results (*.sqlite)"),
                      QFileDialog::DontConfirmOverwrite);
  };
  ask.storeToOpen = [window] {
    return QFileDialog::getOpenFileName(window, tr("Open results"), {}, tr("Results (*.sqlite)"));
  };
  ask.viewName = [window](const QString& suggestion) {
    return QInputDialog::getText(window, tr("View of results"), tr("Name of the view:"), QLineEdit::Normal,
                                 suggestion)
        .trimmed();
  };
  ask.alternatives = [window](FileKind kind) { return askAlternatives(window, kind); };
}

}  // namespace

Questions dialogsOver(QWidget* window) {
  const auto path = [window](const char* title, const char* filter) -> Questions::AskPath {
    return [window, title = tr(title), filter = tr(filter)](const QString& suggestion) {
      return askWhereTo(window, title, suggestion, filter);
    };
  };
  Questions ask;
  ask.spacePath = path("Save the design space", "Design space (*.space.yaml)");
  ask.tablePath = path("Export results", "Table (*.csv);;JSON (*.json)");
  ask.plotPath = path(
      "Export plot",
      "SVG pictures (*.svg);;PNG pictures (*.png);;PDF documents (*.pdf);;Tables of its figures (*.csv)");
  askAboutSweeps(ask, window);
  ask.unsaved = [window](const QString& question) { return askUnsaved(window, question); };
  ask.mappings = [window](const QString& question) { return askMappings(window, question); };
  ask.lose = [window](const QStringList& losses) {
    return askWhetherToLose(window, losses, tr("Close Taktwerk"), tr("Close the window anyway?"),
                            tr("Close"));
  };
  ask.replace = [window](const QStringList& losses) {
    return askWhetherToLose(window, losses, tr("Results in no file"),
                            tr("Others take their place in the table. Go on without them?"), tr("Go on"));
  };
  ask.architecturePath = path("Save architecture", "Architectures (*.arch.yaml);;All files (*)");
  ask.networkPath = path("Save network", "Networks (*.network.yaml)");
  ask.mappingPath = path("Save mapping", "Mappings (*.mapping.yaml)");
  ask.workspacePath = path("Save workspace", "Workspaces (*.taktwerk)");
  ask.exportPath =
      path("Export diagram", "SVG pictures (*.svg);;PDF documents (*.pdf);;PNG pictures (*.png)");
  ask.graphPath = path("Export graph", "SVG pictures (*.svg);;PDF documents (*.pdf);;Graphviz (*.dot)");
  ask.timelinePath =
      path("Export timeline",
           "Trace events (*.json);;Konata logs (*.kanata);;SVG pictures (*.svg);;PNG pictures (*.png)");
  ask.resultPath = path("Save result", "Results (*.json)");
  ask.comparisonPath = path("Export the comparison", "Text (*.txt);;JSON (*.json)");
  ask.resultsToOpen = [window] {
    return QFileDialog::getOpenFileNames(window, tr("Open results"), {},
                                         tr("Results (*.json);;All files (*)"));
  };
  ask.measuredToOpen = [window] {
    return QFileDialog::getOpenFileName(window, tr("Open measured cycles"), {},
                                        tr("Tables (*.csv);;All files (*)"));
  };
  ask.printer = [window](QPrinter& printer) {
    return QPrintDialog(&printer, window).exec() == QDialog::Accepted;
  };
  ask.note = [window](const QString& warning) { return askNote(window, warning); };
  return ask;
}

}  // namespace taktwerk
