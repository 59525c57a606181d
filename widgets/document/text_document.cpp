// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/text_document.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUndoCommand>
#include <algorithm>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

/// One stretch of the text replaced by another.
class TextDocument::Step : public QUndoCommand {
 public:
  Step(TextDocument& document, std::size_t at, std::string before, std::string after, const QString& what,
       bool typed)
      : QUndoCommand(what),
        document_(document),
        at_(at),
        before_(std::move(before)),
        after_(std::move(after)),
        typed_(typed) {
    age_.start();
  }
  void undo() override { document_.replace(at_, after_.size(), before_); }
  void redo() override { document_.replace(at_, before_.size(), after_); }
  [[nodiscard]] int id() const override { return typed_ ? 1 : -1; }
  bool mergeWith(const QUndoCommand* other) override {
    constexpr qint64 oneStep = 1000;
    const auto& next = static_cast<const Step&>(*other);
    const bool behind = next.before_.empty() && next.at_ == at_ + after_.size();
    if (age_.elapsed() > oneStep || !behind) return false;
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

TextDocument::TextDocument(QObject* parent) : QObject(parent) {
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
      stack_.setClean();
    } else if (stack_.isClean()) {
      readAgain();
    } else {
      Q_EMIT changedOnDisk();
    }
  });
}

TextDocument::~TextDocument() {
  stack_.blockSignals(true);  // it tells of being emptied, to a document and a page that are half gone
}

void TextDocument::load(const QString& path, const std::string& text, bool saved) {
  stack_.clear();
  path_ = path;
  text_ = text;
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
  stack_.push(new Step(*this, first, text_.substr(first, text_.size() - last - first),
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
  stack_.setClean();
}

void TextDocument::markSaved(const QString& path) {
  path_ = path;
  saved_ = true;
  lost_ = false;
  watch_.watch(path, text_);
  stack_.setClean();
  Q_EMIT changed();
}

void TextDocument::replace(std::size_t at, std::size_t length, const std::string& text) {
  text_.replace(at, length, text);
  Q_EMIT changed();
}

}  // namespace taktwerk
