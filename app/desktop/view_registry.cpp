// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/view_registry.h"

// VIEW(name): `ViewSpec nameView()` in the folder of the view.
// clang-format off
#define TAKTWERK_VIEWS(VIEW) \
  VIEW(start)     \
  VIEW(diagram)   \
  VIEW(source)    \
  VIEW(network)   \
  VIEW(mapping)   \
  VIEW(analysis)  \
  VIEW(roofline)  \
  VIEW(kernels)   \
  VIEW(timeline)  \
  VIEW(graph)     \
  VIEW(change)    \
  VIEW(compare)   \
  VIEW(sweep)     \
  VIEW(calibrate) \
  VIEW(palette)   \
  VIEW(outline)   \
  VIEW(inspector) \
  VIEW(history)   \
  VIEW(layers)    \
  VIEW(breakdown) \
  VIEW(problems)  \
  VIEW(jobs)      \
  // the last
// clang-format on

namespace taktwerk {

#define TAKTWERK_DECLARE(name) ViewSpec name##View();
TAKTWERK_VIEWS(TAKTWERK_DECLARE)

std::vector<ViewSpec> viewRegistry() {
#define TAKTWERK_SPEC(name) name##View(),
  return {TAKTWERK_VIEWS(TAKTWERK_SPEC)};
}

}  // namespace taktwerk
