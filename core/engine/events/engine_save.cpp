// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a finished cycle as numbers: what the future depends on and nothing else.
#include <algorithm>
#include <tuple>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

namespace {

Cycles remaining(Cycles end, Cycles now) {
  return std::max<Cycles>(0, end - now);
}

}  // namespace

bool Engine::writesDeepRegisters(const ResolvedTemplate& content) const {
  return std::any_of(content.writes.begin(), content.writes.end(),
                     [&](std::uint32_t r) { return copies_[firstCopy_[r]].following != firstCopy_[r]; });
}

void Engine::saveAddress(Access& access, const AddressFrame& frame, StateWriter& out) {
  if (access.treatment.tracked) {
    const std::uint32_t root = memories_[access.memory].root;
    trackedMemories_.push_back(root);
    out.putAddress(access.first - frame.origin[root]);
  }
  if (access.treatment.modulus > 1) out.put(access.first % access.treatment.modulus);
  if (memories_[access.memory].kind != MemoryKind::Dram) return;
  rowAccesses_.push_back(
      {access.first, access.end - access.first, access.memory, access.treatment.tag, access.openPieces == 0});
  access.treatment.tag = static_cast<std::uint32_t>(rowAccesses_.size() - 1);
}

void Engine::saveAccessing(std::int64_t index, StateWriter& out) {
  const Live& l = live(index);
  out.put(remaining(l.start + l.timing->latency, now_));
  out.put(l.left ? 0 : remaining(l.start + l.timing->interval, now_));
  out.put(remaining(liveMemory(index).writesOpenAt, now_));
  for (std::uint32_t p = liveMemory(index).firstPiece; p != nowhere; p = pieces_[p].next) {
    const Piece& piece = pieces_[p];
    if (piece.ready) {
      out.put(-3);
    } else if (piece.granted) {
      out.put(((piece.readyAt - now_) << 1) | (piece.portWithSlot ? 1 : 0));
      // How long a DRAM takes does not follow from the access alone.
      if (memories_[piece.memory].kind == MemoryKind::Dram) {
        const Access& access = accesses_[piece.access];
        const Words rowWords = machine_.memories[piece.memory].rowWords;
        const Words row = piece.address / rowWords - access.first / rowWords;
        out.put(piece.readyAt - piece.grantedAt);
        rowsUnderWay_.push_back({access.treatment.tag, static_cast<std::uint32_t>(row)});
      }
    } else if (piece.open) {
      out.put(-2);
    } else {
      out.put(-1);
      out.put(remaining(piece.openSince, now_));
    }
  }
}

void Engine::saveLive(std::int64_t index, const AddressFrame& frame, StateWriter& out) {
  Live& l = live(index);
  {
    StateWriter::Run run(out);
    run.putPair(l.content->id, static_cast<std::uint32_t>(l.phase) | (l.completed ? 8u : 0u) |
                                   (l.left ? 16u : 0u) | l.hop->stage << 8);
    switch (l.phase) {
      case Phase::Buffered:
        run.put(remaining(l.entered + stages_[l.hop->stage].latency, now_));
        break;
      case Phase::Passing:
        run.put(remaining(l.entered + stages_[l.hop->stage].latency, now_));
        run.put(queuePlace_[static_cast<std::size_t>(index) & mask_]);
        break;
      case Phase::Started:
        if (!units_[l.timing->unit].accessesMemory) run.put(now_ - l.start);
        break;
      case Phase::Waiting:
      case Phase::Fetching:
        break;
      case Phase::Over:
        return;
    }
  }
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    const AccessTreatment& treatment = accesses_[a].treatment;
    out.put((treatment.tracked ? 1 : 0) | treatment.modulus << 1);
    saveAddress(accesses_[a], frame, out);
  }
  if (l.phase == Phase::Started && units_[l.timing->unit].accessesMemory) saveAccessing(index, out);
}

std::vector<std::uint32_t> Engine::sortedHolds() const {
  std::vector<std::uint32_t> holds;
  for (std::uint32_t hold = 0; hold < portHolds_.end(); ++hold) {
    if (portHolds_[hold].until >= 0) holds.push_back(hold);
  }
  std::sort(holds.begin(), holds.end(), [&](std::uint32_t a, std::uint32_t b) {
    const PortHold& x = portHolds_[a];
    const PortHold& y = portHolds_[b];
    return std::tie(x.bank, x.until, x.instruction) < std::tie(y.bank, y.until, y.instruction);
  });
  return holds;
}

void Engine::savePending(const AddressFrame& frame, StateWriter& out) {
  // Handed over and not yet fetched: less than a group, the alignment of the fetch.
  out.put(static_cast<std::int64_t>(pendingTemplates_.size() - pendingHead_));
  std::size_t address = pendingAddressHead_;
  for (std::size_t k = pendingHead_; k < pendingTemplates_.size(); ++k) {
    const ResolvedTemplate& content = *pendingTemplates_[k];
    out.put(content.id);
    for (const AccessShape& shape : content.accesses) {
      Access access;
      access.first = pendingAddresses_[address];
      access.end = access.first + shape.words;
      access.memory = shape.memory.value;
      access.treatment = pendingTreatments_[address];
      access.openPieces = 1;
      out.put((access.treatment.tracked ? 1 : 0) | access.treatment.modulus << 1);
      saveAddress(access, frame, out);
      pendingTreatments_[address].tag = access.treatment.tag;
      ++address;
    }
  }
}

void Engine::save(const AddressFrame& frame, StateWriter& out) {
  out.clear();
  trackedMemories_.clear();
  rowAccesses_.clear();
  rowsUnderWay_.clear();
  treatAll();
  savePending(frame, out);
  if (queuePlace_.size() != ring_.size()) queuePlace_.resize(ring_.size());
  for (std::int64_t i = head_; i < tail_; ++i) {
    const Live& l = live(i);
    if (l.phase != Phase::Passing || stages_[l.hop->stage].first != i) continue;
    std::int32_t place = 0;
    for (std::int64_t at = i; at >= 0; at = live(at).nextInStage) {
      queuePlace_[static_cast<std::size_t>(at) & mask_] = place++;
    }
  }
  const std::vector<std::uint32_t> holds = sortedHolds();
  const auto holdsPort = [&](std::int64_t index) {
    return std::any_of(holds.begin(), holds.end(),
                       [&](std::uint32_t hold) { return portHolds_[hold].instruction == index; });
  };
  std::int32_t count = 0;
  for (std::int64_t i = head_; i < tail_; ++i) {
    const Live& l = live(i);
    // Of what is over only its writes to registers with several copies count, since they moved the copies on,
    // and who has a port still, since of two that give one back in one cycle the first in the program counts.
    if (l.phase == Phase::Over && !writesDeepRegisters(*l.content) && !holdsPort(i)) continue;
    saveLive(i, frame, out);
    ++count;
    if (!holds.empty()) queuePlace_[static_cast<std::size_t>(i) & mask_] = count;
  }
  {
    StateWriter::Run end(out);
    end.putPair(nowhere, 0);
  }
  // Ports that are not given back with their access, and which of the above has them (0: one before all).
  for (const std::uint32_t hold : holds) {
    const PortHold& held = portHolds_[hold];
    out.put(held.bank);
    out.put(held.until - now_);
    out.put(held.origin.duration);
    out.put(held.instruction < head_ ? 0 : queuePlace_[static_cast<std::size_t>(held.instruction) & mask_]);
  }
  out.put(-1);
  // With nothing in flight and nothing to fetch, the last thing that happened may be the end.
  if (empty()) {
    out.put(lastOver_.time < 0 ? -1 : now_ - lastOver_.time);
  }
  out.close();
}

void Engine::openRows(std::vector<Words>& out) const {
  out.clear();
  for (const DramBank& bank : dramBanks_) out.push_back(bank.openRow);
}

}  // namespace taktwerk::engine
