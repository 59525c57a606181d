// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/look.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include <qcustomplot.h>

namespace taktwerk::test {
namespace {

constexpr double readableContrast = 4.5;
constexpr int leastLetterPixels = 9;

/// As WCAG 2 defines it.
double luminance(QRgb colour) {
  const auto linear = [](int part) {
    const double c = part / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
}

double contrast(QRgb a, QRgb b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::map<QRgb, int> coloursIn(const QImage& picture, const QRect& part) {
  std::map<QRgb, int> counts;
  for (int y = part.top(); y <= part.bottom(); ++y) {
    for (int x = part.left(); x <= part.right(); ++x) ++counts[picture.pixel(x, y)];
  }
  return counts;
}

QRgb groundOf(const std::map<QRgb, int>& counts) {
  QRgb ground = 0;
  int most = 0;
  for (const auto& [colour, count] : counts) {
    if (count <= most) continue;
    most = count;
    ground = colour;
  }
  return ground;
}

/// The first column of pixels that has something of a text, if any has.
std::optional<int> leftEdge(const QImage& cell) {
  const QRgb ground = groundOf(coloursIn(cell, cell.rect()));
  for (int x = 0; x < cell.width(); ++x) {
    for (int y = 0; y < cell.height(); ++y) {
      if (contrast(ground, cell.pixel(x, y)) > 3) return x;
    }
  }
  return std::nullopt;
}

class Looker {
 public:
  Looker(const QWidget& window, const QImage& picture) : window_(window), picture_(picture) {}

  [[nodiscard]] QStringList faults() const {
    QStringList faults;
    for (const QWidget* widget : window_.findChildren<QWidget*>()) {
      if (!widget->isVisible() || widget->width() == 0 || widget->visibleRegion().isEmpty()) continue;
      if (const auto* label = qobject_cast<const QLabel*>(widget)) look(*label, faults);
      if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) look(*button, faults);
      if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) look(*tabs, faults);
      if (const auto* table = qobject_cast<const QTableView*>(widget)) look(*table, faults);
      if (const auto* view = qobject_cast<const QAbstractItemView*>(widget)) look(*view, faults);
      if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) look(*text, faults);
      if (const auto* plot = qobject_cast<const QCustomPlot*>(widget)) look(*plot, faults);
      letters(*widget, faults);
      apart(*widget, faults);
    }
    return faults;
  }

 private:
  /// Between the colour that fills most of a part of the window and the one that differs most from it.
  [[nodiscard]] double strongestContrast(const QRect& part) const {
    const double scale = picture_.devicePixelRatio();
    const QRect inside =
        QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)
            .toAlignedRect()
            .intersected(picture_.rect());
    const std::map<QRgb, int> counts = coloursIn(picture_, inside);
    const QRgb ground = groundOf(counts);
    double strongest = 1;
    for (const auto& [colour, count] : counts) strongest = std::max(strongest, contrast(ground, colour));
    return strongest;
  }

  [[nodiscard]] QRect placeOf(const QWidget& widget) const {
    return {widget.mapTo(&window_, QPoint(0, 0)), widget.size()};
  }

  void need(bool holds, const QString& what, const QString& fault, QStringList& faults) const {
    if (!holds) faults << what + QStringLiteral(": ") + fault;
  }

  void look(const QLabel& label, QStringList& faults) const {
    const QString text = label.text();
    if (text.trimmed().isEmpty() || Qt::mightBeRichText(text)) return;
    const QString what = QStringLiteral("label \"%1\"").arg(text.left(40));
    // Inside of a scroll area it may be scrolled to.
    if (label.visibleRegion().boundingRect() == label.rect()) {
      need(window_.rect().contains(placeOf(label)), what, QStringLiteral("reaches out of the window"),
           faults);
    }
    if (!label.wordWrap()) {
      int needed = 0;
      for (const QString& line : text.split(QLatin1Char('\n')))
        needed = std::max(needed, label.fontMetrics().horizontalAdvance(line));
      need(needed <= label.width(), what,
           QStringLiteral("needs %1 pixels, has %2").arg(needed).arg(label.width()), faults);
    }
    if (label.isEnabled()) readable(label, what, faults);
  }

  void look(const QAbstractButton& button, QStringList& faults) const {
    if (button.text().isEmpty()) return;
    const QString what = QStringLiteral("button \"%1\"").arg(button.text().left(40));
    need(button.width() >= button.minimumSizeHint().width(), what,
         QStringLiteral("needs %1 pixels, has %2").arg(button.minimumSizeHint().width()).arg(button.width()),
         faults);
    need(window_.rect().contains(placeOf(button)) || button.visibleRegion().boundingRect() != button.rect(),
         what, QStringLiteral("reaches out of the window"), faults);
    if (button.isEnabled()) readable(button, what, faults);
  }

  void look(const QTabBar& tabs, QStringList& faults) const {
    for (int i = 0; i < tabs.count(); ++i) {
      if (!tabs.isTabVisible(i)) continue;
      const QString what = QStringLiteral("tab \"%1\"").arg(tabs.tabText(i));
      // Where tabs scroll the one in front is in sight, and none is narrower than its title.
      need(tabs.rect().contains(tabs.tabRect(i)) || (tabs.usesScrollButtons() && i != tabs.currentIndex()),
           what, QStringLiteral("is cut off"), faults);
      need(tabs.tabRect(i).width() >= tabs.fontMetrics().horizontalAdvance(tabs.tabText(i)), what,
           QStringLiteral("is narrower than its title"), faults);
    }
  }

  void look(const QTableView& table, QStringList& faults) const {
    const QHeaderView& header = *table.horizontalHeader();
    for (int i = 0; i < header.count(); ++i) {
      if (header.isSectionHidden(i) || header.isHidden()) continue;
      const QString title = table.model()->headerData(i, Qt::Horizontal).toString();
      const QString what = QStringLiteral("column \"%1\"").arg(title);
      if (table.accessibleName() == QLatin1String("Layers")) {  // others may be scrolled
        const int end = header.sectionViewportPosition(i) + header.sectionSize(i);
        need(end <= table.viewport()->width() + 1, what,
             QStringLiteral("ends at %1 of %2").arg(end).arg(table.viewport()->width()), faults);
      }
      need(header.fontMetrics().horizontalAdvance(title) <= header.sectionSize(i), what,
           QStringLiteral("its title is cut"), faults);
    }
  }

  /// Each text of a tree, list or table that is in view.
  void look(const QAbstractItemView& view, QStringList& faults) const {
    if (!view.model() || qobject_cast<const QHeaderView*>(&view)) return;
    const QWidget& area = *view.viewport();
    std::vector<QModelIndex> open{QModelIndex()};
    while (!open.empty()) {
      const QModelIndex parent = open.back();
      open.pop_back();
      for (int row = 0; row < view.model()->rowCount(parent); ++row) {
        for (int column = 0; column < view.model()->columnCount(parent); ++column) {
          const QModelIndex index = view.model()->index(row, column, parent);
          if (column == 0 && view.model()->hasChildren(index)) open.push_back(index);
          const QString text = index.data().toString().trimmed();
          const QRect place = view.visualRect(index);
          if (text.isEmpty() || place.isEmpty() || !area.rect().contains(place)) continue;
          if (!(index.flags() & Qt::ItemIsEnabled)) continue;
          const double found = strongestContrast(place.translated(area.mapTo(&window_, QPoint(0, 0))));
          need(found >= 4.5, QStringLiteral("%1: row \"%2\"").arg(view.accessibleName(), text.left(40)),
               QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
        }
      }
    }
  }

  void look(const QPlainTextEdit& text, QStringList& faults) const {
    if (text.toPlainText().trimmed().isEmpty()) return;
    const QRect place(text.viewport()->mapTo(&window_, QPoint(0, 0)), text.viewport()->size());
    const double found = strongestContrast(place);
    need(found >= 4.5, text.accessibleName(),
         QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
  }

  /// Large enough a contrast for text of any size.
  void readable(const QWidget& widget, const QString& what, QStringList& faults) const {
    if (widget.visibleRegion().boundingRect() != widget.rect()) return;
    const double found = strongestContrast(placeOf(widget));
    need(found >= 4.5, what, QStringLiteral("has a contrast of only %1").arg(found, 0, 'f', 1), faults);
  }

  /// The legend of a plot stands in it whole.
  void look(const QCustomPlot& plot, QStringList& faults) const {
    if (!plot.legend->visible() || plot.legend->itemCount() == 0) return;
    const QRect place = plot.legend->outerRect();
    const QSize least = plot.legend->minimumOuterSizeHint();
    need(place.height() >= least.height() && plot.viewport().contains(place), plot.accessibleName(),
         QStringLiteral("its legend needs %1 pixels, has %2").arg(least.height()).arg(place.height()),
         faults);
  }

  void letters(const QWidget& widget, QStringList& faults) const {
    if (!qobject_cast<const QLabel*>(&widget) && !qobject_cast<const QAbstractButton*>(&widget) &&
        !qobject_cast<const QAbstractItemView*>(&widget) && !qobject_cast<const QTabBar*>(&widget)) {
      return;
    }
    need(widget.fontInfo().pixelSize() >= leastLetterPixels, widget.accessibleName(),
         QStringLiteral("its letters have %1 pixels").arg(widget.fontInfo().pixelSize()), faults);
  }

  [[nodiscard]] static bool stands(const QWidget& widget) {
    return widget.isVisible() &&
           (qobject_cast<const QLabel*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
            qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget));
  }
  [[nodiscard]] static QString textOf(const QWidget& widget) {
    const QString text = widget.property("text").toString();
    return text.isEmpty() ? widget.accessibleName() : text.left(40);
  }

  /// What stands beside each other in one parent neither overlaps nor touches, so that it reads as two.
  void apart(const QWidget& widget, QStringList& faults) const {
    if (!stands(widget) || !widget.parentWidget()) return;
    if (qobject_cast<const QTabBar*>(widget.parentWidget())) return;  // the two arrows are one thing
    for (const QObject* child : widget.parentWidget()->children()) {
      if (child == &widget) break;
      const auto* other = qobject_cast<const QWidget*>(child);
      if (!other || !stands(*other)) continue;
      need(!widget.geometry().intersects(other->geometry()), textOf(widget),
           QStringLiteral("overlaps \"%1\"").arg(textOf(*other)), faults);
      const bool pushes =
          qobject_cast<const QPushButton*>(&widget) && qobject_cast<const QPushButton*>(other);
      need(!pushes || !widget.geometry().adjusted(-2, 0, 2, 0).intersects(other->geometry()), textOf(widget),
           QStringLiteral("touches \"%1\"").arg(textOf(*other)), faults);
    }
  }

  const QWidget& window_;
  const QImage& picture_;
};

}  // namespace

QStringList lookFaults(const QWidget& window, const QImage& picture) {
  return Looker(window, picture).faults();
}

QStringList rowsThatShift(const QWidget& window) {
  QStringList faults;
  for (QAbstractItemView* view : window.findChildren<QAbstractItemView*>()) {
    if (!view->isVisible() || !view->model() || !view->selectionModel()) continue;
    if (qobject_cast<QHeaderView*>(view) || view->model()->rowCount() == 0) continue;
    for (int column = 0; column < view->model()->columnCount(); ++column) {
      const QModelIndex index = view->model()->index(0, column);
      const QRect place = view->visualRect(index);
      if (index.data().toString().isEmpty() || !view->viewport()->rect().contains(place)) continue;
      QItemSelectionModel& selection = *view->selectionModel();
      const QItemSelection before = selection.selection();
      const QSignalBlocker quiet(selection);  // nothing else of the window follows
      selection.clearSelection();
      const auto plain = leftEdge(view->viewport()->grab(place).toImage());
      selection.select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
      const auto selected = leftEdge(view->viewport()->grab(place).toImage());
      selection.select(before, QItemSelectionModel::ClearAndSelect);
      if (!plain || !selected || std::abs(*plain - *selected) <= 1) continue;
      faults << QStringLiteral("%1: \"%2\" goes from %3 to %4 when selected")
                    .arg(view->accessibleName(), index.data().toString())
                    .arg(*plain)
                    .arg(*selected);
    }
  }
  return faults;
}

}  // namespace taktwerk::test
