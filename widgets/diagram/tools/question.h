// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace taktwerk {

class Theme;

/// What a small dialog asks for, and when the answers are good.
struct Question {
  struct Field {
    QString label;
    QString text;  ///< to begin with
    QString placeholder = {};
  };
  QString title;
  QString explanation;  ///< what will happen
  std::vector<Field> fields;
  QString accept;  ///< on the button: what will be done
  /// Why the answers so far will not do, or nothing. The number is the field it is about.
  struct Problem {
    int field = 0;
    QString text;
  };
  std::function<std::optional<Problem>(const QStringList&)> problem;
  /// What the answers so far would give, in a sentence; may be empty.
  std::function<QString(const QStringList&)> preview;
};

/// Asks a question. The button tells what is done and cannot be pressed while an answer will not do; why is
/// said below the fields, as they are typed.
class QuestionDialog : public QDialog {
  Q_OBJECT
 public:
  QuestionDialog(const Theme& theme, Question question, QWidget* parent = nullptr);
  [[nodiscard]] QStringList answers() const;

 private:
  void check();

  const Theme& theme_;
  Question question_;
  std::vector<QLineEdit*> lines_;
  QLabel* message_;
  QPushButton* ok_;
};

}  // namespace taktwerk
