// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace taktwerk {

class Theme;

/// A strip above the canvas that says what happened and offers what to do. Stays until it is dismissed, acted
/// on or replaced; one at a time.
class Banner : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { Info, Warning, Error };
  struct Button {
    QString text;
    std::function<void()> run;
  };
  explicit Banner(const Theme& theme, QWidget* parent = nullptr);

  void announce(Kind kind, const QString& text, const std::vector<Button>& buttons = {});
  void dismiss();
  [[nodiscard]] QString text() const;

 private:
  void recolour();

  const Theme& theme_;
  Kind kind_ = Kind::Info;
  QLabel* icon_;
  QLabel* text_;
  QHBoxLayout* buttons_;
};

}  // namespace taktwerk
