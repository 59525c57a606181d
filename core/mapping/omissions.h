// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/diagnostic.h"
#include "core/machine/machine.h"
#include "core/mapping/binding.h"
#include "core/mapping/chain.h"
#include "core/mapping/mapping_document.h"
#include "core/network/network.h"
#include "core/program/program.h"

namespace taktwerk {

/// What mappings leave out of the layers they take, as far as it can be decided: a program that computes
/// nothing would take 0 cycles and win. Codes begin with M04.

/// All steps are operators that only give the same elements another shape.
[[nodiscard]] bool changesShapesOnly(const MappingDocument& document);

/// Whatever the layer is: an empty program, no write to memory, a result that is never written, an operand
/// that lies in a memory and is never read. A mapping whose conditions hold for no layer leaves nothing out.
[[nodiscard]] Diagnostics omissionsOf(const MappingDocument& document);

/// Warnings: what the file does not say, so that it cannot be decided.
[[nodiscard]] Diagnostics undecidedOf(const MappingDocument& document);

/// Of given layers: elements of the result that no instruction writes, elements of an operand in a memory
/// that none reads though the operator needs them, products and results that instructions do not account for
/// where the mapping says what they stand for. Which elements an instruction computes from which is not
/// decided, nor how often. Costs little beside making the program: loops are not unrolled, and beyond
/// `mostPieces` separate pieces of a tensor nothing is claimed.
[[nodiscard]] std::optional<Diagnostic> omissionOf(const MappingDocument& document, const Machine& machine,
                                                   const Network& network, const Chain& chain,
                                                   const Binding& binding, const Program& program);

}  // namespace taktwerk
