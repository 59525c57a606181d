// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/source_view.h"

#include <QPaintEvent>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr qsizetype mostHighlighted = 200'000;  // characters
constexpr qsizetype mostMarks = 300;

/// Keys, comments and numbers of YAML: enough to read by, no parser.
class Highlighter : public QSyntaxHighlighter {
 public:
  Highlighter(QTextDocument* document, const Theme& theme) : QSyntaxHighlighter(document), theme_(theme) {}

 protected:
  void highlightBlock(const QString& line) override {
    if (line.size() > 4000) return;
    const QColor key = theme_.colour(&Palette::info);
    const QColor muted = theme_.colour(&Palette::mutedText);
    const QColor number = theme_.kind(BlockKind::Compute);
    qsizetype word = -1;
    for (qsizetype i = 0; i <= line.size(); ++i) {
      const QChar c = i < line.size() ? line[i] : QChar(QLatin1Char('\n'));
      if (c == QLatin1Char('#') && (i == 0 || line[i - 1].isSpace())) {
        setFormat(static_cast<int>(i), static_cast<int>(line.size() - i), muted);
        return;
      }
      if (c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('.')) {
        if (word < 0) word = i;
        continue;
      }
      if (word >= 0) {
        const bool isKey = c == QLatin1Char(':');
        if (isKey || line[word].isDigit()) {
          setFormat(static_cast<int>(word), static_cast<int>(i - word), isKey ? key : number);
        }
        word = -1;
      }
    }
  }

 private:
  const Theme& theme_;
};

}  // namespace

class SourceView::Margin : public QWidget {
 public:
  explicit Margin(SourceView* view) : QWidget(view), view_(view) {}

 protected:
  void paintEvent(QPaintEvent* event) override { view_->paintMargin(event); }

 private:
  SourceView* view_;
};

SourceView::SourceView(const Theme& theme, QWidget* parent)
    : QPlainTextEdit(parent), theme_(theme), margin_(new Margin(this)) {
  setReadOnly(true);
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setFont(theme.fixedFont(9));
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  setAccessibleName(tr("Source text"));
  highlighter_ = new Highlighter(document(), theme);
  highlighter_->setParent(this);
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
    if (dy != 0) {
      margin_->scroll(0, dy);
    } else {
      margin_->update(0, rect.y(), margin_->width(), rect.height());
    }
  });
  connect(&theme_, &Theme::changed, this, [this] {
    highlighter_->rehighlight();
    mark();
    margin_->update();
  });
}

void SourceView::setSource(const QString& path, const QString& text) {
  path_ = path;
  pointed_ = {};
  waiting_ = text;
  if (isVisible()) take();
}

void SourceView::showEvent(QShowEvent* event) {
  take();
  QPlainTextEdit::showEvent(event);
}

void SourceView::take() {
  if (!waiting_) return;
  const QString text = std::move(*waiting_);
  waiting_.reset();
  highlighter_->setDocument(text.size() > mostHighlighted ? nullptr : document());
  setPlainText(text);
  setViewportMargins(marginWidth(), 0, 0, 0);
  mark();
}

void SourceView::setProblems(const Diagnostics& problems) {
  problems_ = problems;
  mark();
}

void SourceView::goTo(SourcePosition position) {
  take();
  const int line = static_cast<int>(std::max<std::uint32_t>(position.line, 1)) - 1;
  const QTextBlock block = document()->findBlockByNumber(std::min(line, blockCount() - 1));
  // Columns count bytes of UTF-8, the document counts UTF-16.
  const QByteArray before =
      block.text().toUtf8().left(static_cast<qsizetype>(std::max(position.column, 1U)) - 1);
  QTextCursor cursor(block);
  cursor.setPosition(block.position() +
                     std::min(static_cast<int>(QString::fromUtf8(before).size()), block.length() - 1));
  setTextCursor(cursor);
  centerCursor();
  pointed_ = position;
  mark();
}

void SourceView::mark() {
  if (waiting_) return;
  QList<QTextEdit::ExtraSelection> selections;
  const auto add = [&](std::uint32_t line, const QColor& colour) {
    if (line == 0 || line > static_cast<std::uint32_t>(blockCount())) return;
    QTextEdit::ExtraSelection selection;
    selection.format.setBackground(colour);
    selection.format.setProperty(QTextFormat::FullWidthSelection, true);
    selection.cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(line) - 1));
    selections << selection;
  };
  const Colour canvas = theme_.colours().canvas;
  for (const Diagnostic& d : problems_) {
    if (selections.size() >= mostMarks) break;
    if (QString::fromStdString(d.file) != path_) continue;
    const Colour colour = d.severity == Severity::Error ? theme_.colours().error : theme_.colours().warning;
    add(d.position.line, toQColor(mix(colour, canvas, 0.14)));
  }
  if (pointed_.line > 0) add(pointed_.line, toQColor(mix(theme_.colours().accent, canvas, 0.22)));
  setExtraSelections(selections);
}

int SourceView::marginWidth() const {
  const int digits = static_cast<int>(QString::number(std::max(blockCount(), 99)).size());
  return fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + 24;
}

void SourceView::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  const QRect area = contentsRect();
  margin_->setGeometry(area.left(), area.top(), marginWidth(), area.height());
}

void SourceView::paintMargin(QPaintEvent* event) {
  QPainter painter(margin_);
  painter.fillRect(event->rect(), theme_.colour(&Palette::panel));
  painter.setFont(font());
  painter.setPen(theme_.colour(&Palette::mutedText));
  for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
    const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
    if (area.top() > event->rect().bottom()) break;
    painter.drawText(QRectF(0, area.top(), margin_->width() - 12, fontMetrics().height()), Qt::AlignRight,
                     QString::number(block.blockNumber() + 1));
  }
}

}  // namespace taktwerk
