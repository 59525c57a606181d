// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <optional>

#include "core/base/diagnostic.h"

class QSyntaxHighlighter;

namespace taktwerk {

class Theme;

/// A file's text, read-only, with line numbers; lines with problems are marked and one line can be pointed
/// at.
class SourceView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit SourceView(const Theme& theme, QWidget* parent = nullptr);

  /// `path` tells which of `problems` are about this text.
  void setSource(const QString& path, const QString& text);
  void setProblems(const Diagnostics& problems);
  [[nodiscard]] const QString& path() const { return path_; }
  /// Scrolls to a place and highlights its line; positions beyond the end go to the last line.
  void goTo(SourcePosition position);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  class Margin;
  void paintMargin(QPaintEvent* event);
  void mark();
  void take();
  [[nodiscard]] int marginWidth() const;

  const Theme& theme_;
  Margin* margin_;
  QSyntaxHighlighter* highlighter_ = nullptr;
  QString path_;
  std::optional<QString> waiting_;  ///< text that nobody has looked at yet
  Diagnostics problems_;
  SourcePosition pointed_;
};

}  // namespace taktwerk
