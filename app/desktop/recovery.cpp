// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/recovery.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "core/base/files.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/view/models.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

namespace {

/// The architecture a sidecar belongs to; one that was never saved by where it is kept.
QString architectureOf(const Sidecar& sidecar) {
  if (kindOf(sidecar) != FileKind::Architecture) return sidecar.with;
  return sidecar.path.isEmpty() ? sidecar.sidecar : sidecar.path;
}

const Sidecar* architectureIn(const std::vector<Sidecar>& group) {
  const auto found = std::find_if(group.begin(), group.end(),
                                  [](const Sidecar& s) { return kindOf(s) == FileKind::Architecture; });
  return found == group.end() ? nullptr : &*found;
}

/// "x.arch.yaml", or what an architecture that is in no file is.
QString nameOfArchitecture(const QString& path, const QString& copyOf) {
  if (!copyOf.isEmpty()) return Recovery::tr("a copy of %1").arg(QFileInfo(copyOf).fileName());
  const bool isFile = !path.isEmpty() && !path.endsWith(QLatin1String(".autosave"));
  return isFile ? QFileInfo(path).fileName() : Recovery::tr("a new architecture");
}

QString nameOf(const Sidecar& sidecar) {
  const QString file = QFileInfo(sidecar.path).fileName();
  const QString steps =
      sidecar.steps == 1 ? Recovery::tr("1 step") : Recovery::tr("%1 steps").arg(sidecar.steps);
  QString name = file;
  if (kindOf(sidecar) == FileKind::Workspace) {
    name = file.isEmpty() ? Recovery::tr("choices for %1 that are in no workspace yet")
                                .arg(nameOfArchitecture(sidecar.with, sidecar.copyOf))
                          : Recovery::tr("choices of %1").arg(file);
  } else if (file.isEmpty()) {
    name = nameOfArchitecture({}, sidecar.copyOf);
  }
  return QStringLiteral("%1 (%2)").arg(name, steps);
}

}  // namespace

std::vector<Sidecar> groupOf(const Sidecar& first, const std::vector<Sidecar>& all) {
  std::vector<Sidecar> group;
  for (const Sidecar& sidecar : all) {
    // Two of one file: the later one, which comes first, has what counts; the other is offered after it.
    const bool twice = std::any_of(group.begin(), group.end(), [&](const Sidecar& s) {
      return s.path == sidecar.path && kindOf(s) == kindOf(sidecar);
    });
    if (architectureOf(sidecar) == architectureOf(first) && !twice) group.push_back(sidecar);
  }
  return group;
}

std::vector<std::vector<Sidecar>> groupsOf(std::vector<Sidecar> all) {
  std::vector<std::vector<Sidecar>> groups;
  while (!all.empty()) {
    groups.push_back(groupOf(all.front(), all));
    std::erase_if(all, [&](const Sidecar& sidecar) {
      return std::any_of(groups.back().begin(), groups.back().end(),
                         [&](const Sidecar& s) { return s.sidecar == sidecar.sidecar; });
    });
  }
  return groups;
}

QString recoveryTopic(const std::vector<Sidecar>& group) {
  return QStringLiteral("recover:") + group.front().sidecar;
}

Recovery::Recovery(Models& models, WorkPages pages, UnsavedWork& work, FileOpener& opener,
                   std::function<bool()> mayLeave)
    : models_(models), pages_(pages), work_(work), opener_(opener), mayLeave_(std::move(mayLeave)) {
  // Once everyone has taken the document.
  connect(&opener_, &FileOpener::opened, this, &Recovery::goOn, Qt::QueuedConnection);
  connect(&models_.documents, &DocumentController::openFailed, this, [this] { pending_.clear(); });
  connect(&models_.estimates, &EstimateController::networkChanged, this, &Recovery::offerForNetwork);
}

std::vector<Sidecar> Recovery::left() const {
  std::vector<Sidecar> left = models_.autosave.allLeftOvers();
  std::erase_if(left, [this](const Sidecar& s) { return work_.keeper().owns(s.sidecar); });
  return left;
}

std::vector<Sidecar> Recovery::leftOfOpen() const {
  const auto& document = models_.document();
  if (!document || document->path.isEmpty()) return {};
  // The architecture's own are beside it, also when they are listed elsewhere.
  std::vector<Sidecar> found = models_.autosave.leftOvers();
  for (const Sidecar& sidecar : left()) {
    if (kindOf(sidecar) != FileKind::Architecture && architectureOf(sidecar) == document->path) {
      found.push_back(sidecar);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Sidecar& a, const Sidecar& b) { return a.time > b.time; });
  return found;
}

bool Recovery::offer(const std::vector<Sidecar>& group) {
  if (group.size() == 1 && architectureIn(group)) return false;
  QStringList names;
  for (const Sidecar& sidecar : group) names << nameOf(sidecar);
  pages_.banner.offer(recoveryTopic(group), Banner::Kind::Warning,
                      tr("Taktwerk ended before this was saved: %1. It was kept, last on %2.")
                          .arg(names.join(QStringLiteral(", ")),
                               QLocale().toString(group.front().time, QLocale::ShortFormat)),
                      {{tr("Restore"), [this, group] { restore(group); }},
                       {tr("Discard"), [this, group] { discard(group); }}});
  return true;
}

void Recovery::offerForNetwork() {
  const QString path = models_.estimates.input().networkPath;
  if (!models_.estimates.network() || path == looked_ || isPending()) return;
  looked_ = path;
  if (pages_.network.unsaved().contains(path)) return;
  const std::vector<Sidecar> all = left();
  const auto own = std::find_if(all.begin(), all.end(), [&](const Sidecar& s) {
    return s.path == path && kindOf(s) == FileKind::Network;
  });
  if (own != all.end()) offer(groupOf(*own, all));
}

void Recovery::settle(const std::vector<Sidecar>& group) {
  pages_.banner.settle(recoveryTopic(group));
  Q_EMIT answered();
}

void Recovery::discard(const std::vector<Sidecar>& group) {
  for (const Sidecar& sidecar : group) models_.autosave.discard(sidecar);
  settle(group);
}

void Recovery::restore(const std::vector<Sidecar>& group) {
  const QString with = architectureOf(group.front());
  const QString& copyOf = group.front().copyOf;
  const Sidecar* kept = architectureIn(group);
  if (!kept && (isOpenFor(group) || with.isEmpty())) {
    if (work_.mayLeave(UnsavedWork::Leaving::Everything)) takeOver(group);
    return;
  }
  if (!mayLeave_()) return;
  if (kept) {
    if (restoreArchitecture(*kept)) takeOver(group);
  } else if (QFileInfo(with).isFile() && fileKindOf(with) == FileKind::Architecture) {
    pending_ = group;
    opener_.open({with});
  } else if (QFileInfo(copyOf).isFile()) {
    pending_ = group;
    opener_.openExample(copyOf);
  } else {
    models_.documents.create();  // it was new and without a change
    takeOver(group);
  }
}

bool Recovery::restoreArchitecture(const Sidecar& kept) {
  DocumentController& documents = models_.documents;
  const QString& file = kept.path.isEmpty() ? kept.copyOf : kept.path;
  const Result<std::string> saved = file.isEmpty() ? Result<std::string>() : readFile(toPath(file));
  documents.restore(kept.path, kept.bytes, saved ? *saved : std::string(), kept.copyOf);
  // Given up only when it is kept anew.
  const auto& document = documents.document();
  if (!document || document->bytes != kept.bytes || hasErrors(models_.autosave.keep())) return false;
  models_.autosave.discard(kept);
  return true;
}

bool Recovery::isOpenFor(const std::vector<Sidecar>& group) const {
  const auto& document = models_.document();
  const Sidecar& first = group.front();
  if (!document) return false;
  return first.copyOf.isEmpty() ? document->path == architectureOf(first)
                                : document->path.isEmpty() && document->copyOf == first.copyOf;
}

void Recovery::goOn() {
  if (!isPending()) return;
  const std::vector<Sidecar> group = std::exchange(pending_, {});
  if (isOpenFor(group)) takeOver(group);
}

void Recovery::takeOver(const std::vector<Sidecar>& group) {
  const auto each = [&](FileKind kind, const std::function<void(const Sidecar&)>& take) {
    for (const Sidecar& sidecar : group) {
      if (kindOf(sidecar) == kind) take(sidecar);
    }
  };
  bool whole = true;
  each(FileKind::Network, [&](const Sidecar& s) { pages_.network.recover(s.path, s.bytes); });
  each(FileKind::Workspace, [&](const Sidecar& s) {
    const Result<Workspace> workspace = parseWorkspace(s.bytes, toPath(s.path).string());
    if (workspace) pages_.workspace.recover(s.path, *workspace);
    whole = whole && workspace;
  });
  each(FileKind::Mapping, [&](const Sidecar& s) { pages_.mapping.recover(s.path, s.bytes); });
  work_.keeper().follow();
  // What was left goes once it is kept anew.
  if (!whole || hasErrors(work_.keeper().keep())) return;
  for (const Sidecar& sidecar : group) {
    if (kindOf(sidecar) != FileKind::Architecture && !work_.keeper().owns(sidecar.sidecar)) {
      models_.autosave.discard(sidecar);
    }
  }
  settle(group);
}

}  // namespace taktwerk
