// SPDX-License-Identifier: GPL-3.0-or-later
// The critical paths of a stretch of time, from what is in flight at its end back to what was at its
// beginning.
#include "core/engine/events/engine.h"

namespace taktwerk::engine {

bool Engine::empty() const {
  return head_ == tail_ && pendingTemplates_.size() == pendingHead_;
}

void Engine::collectAnchors(std::vector<PathRef*>& anchors) {
  anchors.clear();
  if (!options_.paths) return;
  anchors.push_back(&fetch_.ended.origin.previous);
  pathRoots(anchors);
  if (empty() && lastOver_.time >= 0) anchors.push_back(&lastOver_.origin.previous);
}

/// Whatever holds a place ends here (1) or begins (−1). No fetch waits for room here: one is about to start.
void Engine::cutUsage(Cycles end) {
  const Cycles at = end * now_;
  for (std::int64_t i = head_; i < tail_; ++i) {
    const Live& l = live(i);
    switch (l.phase) {
      case Phase::Buffered:
      case Phase::Passing:
        usage_[UsageCounter::ofStage(l.hop->stage)].held += at;
        break;
      case Phase::Waiting:
        usage_[usage_.ofUnit(l.timing->unit)].waited += at;
        usage_[usage_.ofUnit(l.timing->unit)].held += at;
        break;
      case Phase::Started:
        if (!l.left) usage_[usage_.ofUnit(l.timing->unit)].held += at;
        break;
      case Phase::Fetching:
      case Phase::Over:
        break;
    }
  }
}

void Engine::startRecord() {
  lastEnd_ = now_;
  if (options_.usage) {
    static_cast<void>(usage_.take());
    cutUsage(-1);
  }
  if (!options_.paths) return;
  if (!anchored_) collectAnchors(anchors_);
  anchored_ = false;
  paths_.restart(anchors_.size());
  for (std::size_t k = 0; k < anchors_.size(); ++k) *anchors_[k] = static_cast<PathRef>(k + 1);
}

PathRecord Engine::takeRecord() {
  PathRecord record;
  if (options_.usage) {
    cutUsage(1);
    record.usage = usage_.take();
  }
  if (!options_.paths) return record;
  // Why a fetch starts now was decided by what has been, and is needed by what comes.
  Reason why;
  why.consider(fetch_.ended);
  why.consider(fetch_.room);
  const PathRef fetchNow = why.time < 0 ? 0 : paths_.add(why.origin, why.kind());
  fetch_.ended = {now_, EdgeKind::Structural, head_, {fetchNow, 0, 0}};
  fetch_.room = {};
  forgetReasons();
  if (empty()) {
    if (lastOver_.time >= 0) {
      lastOver_.origin = {paths_.add(lastOver_.origin, EdgeKind::Forward), lastOver_.origin.object, 0};
    }
  } else {
    lastOver_ = {};  // what is in flight ends later
  }
  collectAnchors(anchors_);
  anchored_ = true;
  for (const PathRef* anchor : anchors_) record.exits.push_back(*anchor);
  record.nodes = paths_.nodes();
  record.entries = paths_.entries();
  return record;
}

PathRecord Engine::takeLastRecord() {
  PathRecord record;
  if (options_.usage) record.usage = usage_.take();
  if (!options_.paths) return record;
  record.exits.push_back(paths_.add(lastOver_.origin, EdgeKind::Forward));
  record.nodes = paths_.nodes();
  record.entries = paths_.entries();
  return record;
}

}  // namespace taktwerk::engine
