// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/fuzz/dialog_answers.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>

#include "tests/app/desktop/fuzz/scratch.h"

namespace taktwerk::test {

namespace {

constexpr int pollMilliseconds = 2;
constexpr int mostLooks = 6;  // then it is rejected, whatever it says
constexpr int mostMenuLooks = 40;

}  // namespace

DialogAnswers::DialogAnswers(const Scratch& scratch, std::function<void()> meanwhile)
    : scratch_(scratch), meanwhile_(std::move(meanwhile)) {
  lookSoon();
}

void DialogAnswers::lookSoon() {
  // A timer of its own each time: one that is being handled does not fire in the loop of a second dialog.
  QTimer::singleShot(pollMilliseconds, &context_, [this] {
    lookSoon();
    look();
  });
}

void DialogAnswers::look() {
  if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
    if (++menuLooks_ > mostMenuLooks) menu->close();  // nobody chooses: it may keep its caller waiting
    return;
  }
  menuLooks_ = 0;
  auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
  if (!dialog || !random_) {
    looks_ = 0;
    return;
  }
  if (looking_) return;  // what is done to one dialog can open another
  looking_ = true;
  if (++looks_ > mostLooks) {
    dialog->reject();
  } else if (auto* files = qobject_cast<QFileDialog*>(dialog)) {
    answer(*files);
  } else {
    answer(*dialog);
  }
  looking_ = false;
}

void DialogAnswers::answer(QFileDialog& dialog) {
  ++answered_;
  if (random_->chance(40)) return dialog.reject();
  if (dialog.acceptMode() == QFileDialog::AcceptOpen) {
    const QStringList files = scratch_.architectures() + scratch_.networks();
    dialog.selectFile(files[static_cast<qsizetype>(random_->below(static_cast<std::size_t>(files.size())))]);
  } else {
    const QString names[] = {"a.arch.yaml", "b.network.yaml", "c.mapping.yaml", "d.svg", "e.taktwerk"};
    dialog.selectFile(scratch_.file(names[random_->below(std::size(names))]));
  }
  looking_ = false;  // that a file is there already may be asked now
  static_cast<QDialog&>(dialog).accept();
}

void DialogAnswers::answer(QDialog& dialog) {
  if (looks_ == 1 && random_->chance(20)) {
    meanwhile_();
    return;
  }
  ++answered_;
  for (QLineEdit* line : dialog.findChildren<QLineEdit*>()) {
    if (!line->isVisible() || random_->chance(40)) continue;
    const char* texts[] = {"2", "3", "element", "pe", "", "1 +", "x y", "rows", "0", "a note"};
    line->setText(QLatin1String(texts[random_->below(std::size(texts))]));
  }
  press(dialog);
}

void DialogAnswers::press(QDialog& dialog) {
  QList<QAbstractButton*> buttons = dialog.findChildren<QAbstractButton*>();
  buttons.removeIf(
      [](const QAbstractButton* button) { return !button->isVisible() || !button->isEnabled(); });
  if (buttons.isEmpty()) return dialog.reject();
  looking_ = false;
  buttons[static_cast<qsizetype>(random_->below(static_cast<std::size_t>(buttons.size())))]->click();
}

}  // namespace taktwerk::test
