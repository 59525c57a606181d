// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

#include "tests/support/random.h"

class QDialog;
class QFileDialog;

namespace taktwerk::test {

class Scratch;

/// Answers dialogs that wait for the user, while they wait: fills in and accepts, or rejects. Files are named
/// in the scratch folder only. Now and then something happens meanwhile, as files that change do.
class DialogAnswers {
 public:
  DialogAnswers(const Scratch& scratch, std::function<void()> meanwhile);

  /// Answers from now on are drawn from these numbers.
  void setRandom(Random& random) { random_ = &random; }
  [[nodiscard]] int answered() const { return answered_; }

 private:
  void lookSoon();
  void look();
  void answer(QDialog& dialog);
  void answer(QFileDialog& dialog);
  void press(QDialog& dialog);

  const Scratch& scratch_;
  std::function<void()> meanwhile_;
  Random* random_ = nullptr;
  QObject context_;
  int answered_ = 0;
  int looks_ = 0;  ///< at the dialog that waits
  int menuLooks_ = 0;
  bool looking_ = false;
};

}  // namespace taktwerk::test
