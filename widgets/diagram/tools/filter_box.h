// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace taktwerk {

/// A small box at the cursor with a field and a list: what is typed filters the list, the arrows choose in
/// it, Enter or a click takes the row.
class FilterBox : public QDialog {
  Q_OBJECT
 public:
  /// `names`: what a screen reader calls the field.
  FilterBox(const QString& names, QSize size, QWidget* parent);

 Q_SIGNALS:
  void closed();  ///< whether or not something was taken

 protected:
  /// Opens at a place of the screen, with nothing typed.
  void openAt(QPoint globalPosition);
  /// Puts what matches into the list, and answers how many rows that is.
  virtual int fill(const QString& text) = 0;
  /// Why there are none.
  [[nodiscard]] virtual QString whyEmpty(const QString& text) const;
  /// What a row means; the box is closed already.
  virtual void take(int row) = 0;
  [[nodiscard]] QLineEdit& field() { return *text_; }
  [[nodiscard]] QListWidget& list() { return *list_; }

  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void accept() override;

  int rows_ = 0;  ///< that can be taken
  QLineEdit* text_;
  QListWidget* list_;
};

}  // namespace taktwerk
