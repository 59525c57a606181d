// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <optional>

#include "widgets/document/file_kind.h"

class QPrinter;
class QWidget;

namespace taktwerk {

/// How the user is asked; tests answer for them. Paths are proposed and come back empty when the user changed
/// their mind.
struct Questions {
  enum class Answer { Save, Discard, Cancel };
  /// What becomes of mappings when their architecture is saved in another folder.
  enum class MappingAnswer { Copy, Refer, Leave, Cancel };
  using AskPath = std::function<QString(const QString& suggestion)>;

  std::function<Answer(const QString& question)> unsaved = {};
  std::function<MappingAnswer(const QString& question)> mappings = {};
  /// Whether the window may go, and these with it; a sentence each.
  std::function<bool(const QStringList& losses)> lose = {};
  /// Whether others may take the place of results that are in no file.
  std::function<bool(const QStringList& losses)> replace = {};
  AskPath architecturePath = {};
  AskPath networkPath = {};
  AskPath mappingPath = {};
  AskPath workspacePath = {};
  AskPath exportPath = {};
  /// Where the picture of a dependency graph is written to.
  AskPath graphPath = {};
  /// Where a timeline is written to: instructions or a picture.
  AskPath timelinePath = {};
  /// Where a result is written to, as `estimate --json` does.
  AskPath resultPath = {};
  /// Files of results to be read; none when the user changed their mind.
  std::function<QStringList()> resultsToOpen = {};
  /// A table of measured cycles or layers to be read.
  std::function<QString()> measuredToOpen = {};
  /// Where a comparison with measured layers is written to, as text or JSON.
  AskPath comparisonPath = {};
  /// Where a design space is written to.
  AskPath spacePath = {};
  std::function<QString()> spaceToOpen = {};
  /// The file that results of sweeps are kept in, there or not.
  AskPath storePath = {};
  std::function<QString()> storeToOpen = {};
  /// Where results are written to as CSV or JSON.
  AskPath tablePath = {};
  /// Where a plot of results is written to.
  AskPath plotPath = {};
  /// What a view of results is called; a name is proposed, and none given when the user changed their mind.
  std::function<QString(const QString& suggestion)> viewName = {};
  /// Further files of a kind that a design may have.
  std::function<QStringList(FileKind kind)> alternatives = {};
  std::function<bool(QPrinter& printer)> printer = {};
  /// Why a warning is right as it is.
  std::function<std::optional<QString>(const QString& warning)> note = {};
};

/// Dialogs over a window.
[[nodiscard]] Questions dialogsOver(QWidget* window);

}  // namespace taktwerk
