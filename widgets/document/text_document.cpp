// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/text_document.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <algorithm>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

/// One stretch of the text replaced by another.
class TextDocument::Step : public HistoryStep {
 public:
  Step(TextDocument& document, std::size_t at, std::string before, std::string after, const QString& what,
       bool typed)
      : HistoryStep(document, what),
        document_(document),
        at_(at),
        before_(std::move(before)),
        after_(std::move(after)),
        typed_(typed) {
    age_.start();
  }
  void undo() override { document_.text_.replace(at_, after_.size(), before_); }
  void redo() override { document_.text_.replace(at_, before_.size(), after_); }
  bool mergeWith(const HistoryStep& other) override {
    constexpr qint64 oneStep = 1000;
    const auto& next = static_cast<const Step&>(other);
    const bool behind = next.before_.empty() && next.at_ == at_ + after_.size();
    if (!typed_ || !next.typed_ || age_.elapsed() > oneStep || !behind) return false;
    after_ += next.after_;
    age_.restart();
    return true;
  }

 private:
  TextDocument& document_;
  std::size_t at_;
  std::string before_, after_;
  bool typed_;
  QElapsedTimer age_;
};

TextDocument::TextDocument(History& history, HistoryPlace::Kind kind, QObject* parent)
    : QObject(parent), history_(history), kind_(kind) {
  connect(&watch_, &FileWatch::lost, this, [this] {
    lost_ = true;
    Q_EMIT changed();
    Q_EMIT fileLost();
  });
  connect(&watch_, &FileWatch::found, this, [this] {
    lost_ = false;
    Q_EMIT changed();
    Q_EMIT fileFound();
  });
  connect(&watch_, &FileWatch::changed, this, [this] {
    if (watch_.bytes() == text_) {
      takeAsRead();
    } else if (isClean()) {
      readAgain();
    } else {
      read_ = watch_.bytes();  // undoing to what was saved here is no way back to the file any more
      Q_EMIT changedOnDisk();
    }
  });
}

TextDocument::~TextDocument() {
  history_.forget(*this);
}

void TextDocument::load(const QString& path, const std::string& text, bool saved) {
  history_.forget(*this);
  path_ = path;
  text_ = read_ = text;
  saved_ = saved;
  lost_ = false;
  if (saved) {
    watch_.watch(path, text);
  } else {
    // Imported, or not written yet.
    watch_.watch(QFileInfo(path).isFile() ? path : QString(), std::nullopt);
  }
  Q_EMIT changed();
}

void TextDocument::change(const std::string& text, const QString& what, bool typed) {
  if (text == text_) return;
  const std::size_t shorter = std::min(text.size(), text_.size());
  std::size_t first = 0;
  while (first < shorter && text[first] == text_[first]) ++first;
  std::size_t last = 0;
  while (last < shorter - first && text[text.size() - 1 - last] == text_[text_.size() - 1 - last]) ++last;
  history_.push(std::make_unique<Step>(*this, first, text_.substr(first, text_.size() - last - first),
                                       text.substr(first, text.size() - last - first), what, typed));
}

bool TextDocument::change(const std::vector<YamlChange>& changes, const QString& what) {
  const std::optional<std::string> text = changeYaml(text_, changes);
  if (!text) return false;
  change(*text, what);
  return true;
}

Diagnostics TextDocument::write(const QString& path) {
  if (lost_ && path == path_) QDir().mkpath(QFileInfo(path).path());
  Diagnostics failure = writeFileAtomically(toPath(path), text_);
  if (!hasErrors(failure)) markSaved(path);
  return failure;
}

void TextDocument::readAgain() {
  change(watch_.bytes(), tr("Read the changed file"));
  takeAsRead();
}

void TextDocument::markSaved(const QString& path) {
  path_ = path;
  saved_ = true;
  lost_ = false;
  watch_.watch(path, text_);
  takeAsRead();
  Q_EMIT changed();
}

void TextDocument::takeAsRead() {
  const bool was = isClean();
  read_ = text_;
  history_.seal(*this);
  if (!was) Q_EMIT cleanChanged();
}

void TextDocument::catchUp() {
  Q_EMIT changed();
}

}  // namespace taktwerk
