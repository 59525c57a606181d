// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A template of an architecture that others may use.
struct LibraryTemplate {
  std::string architecture;      ///< its folder: "systolic-array"
  std::string architectureName;  ///< as its file says: "Systolic array"
  std::string name;
  std::string description;                    ///< its own, or the comment above it
  std::shared_ptr<const std::string> source;  ///< text of the file
};

/// Templates of one architecture file; none where it cannot be read.
[[nodiscard]] std::vector<LibraryTemplate> templatesOf(std::string_view architecture,
                                                       const std::string& text);
using TemplateLibrary = std::vector<LibraryTemplate>;

/// Templates of all `<name>/<name>.arch.yaml` in a folder, by architecture, in the order of the files.
[[nodiscard]] TemplateLibrary readTemplateLibrary(const std::filesystem::path& folder);

/// A copy of a template for the open file.
struct TemplateCopy {
  std::string text;          ///< of the file
  std::string templateName;  ///< what the template is called there
};
/// The text with a library's template among its `templates:`, with its comments and the templates it uses.
/// Parameters of its architecture that it uses become parameters of the template, with the architecture's
/// defaults, so that the open file needs none of that name; an instance may be given others. `from:
/// systolic-array` remembers where it is from (`systolic-array/element` where it is called otherwise). A
/// template that is there already is used again. Refused: a template it uses has a name that is taken.
[[nodiscard]] Result<TemplateCopy> copyTemplate(std::string_view text, const LibraryTemplate& from);

/// What `updateTemplate` would do.
struct TemplateUpdate {
  std::string text;
  std::string changes;  ///< "alu: latency 1 → 2; block acc added"
};
/// The text with a template as the library has it now; its name, its place and `from` stay. Refused with
/// the reason: not from the library, no longer there, or nothing to update.
[[nodiscard]] Result<TemplateUpdate> updateTemplate(std::string_view text, const std::string& name,
                                                    const std::vector<LibraryTemplate>& library);

}  // namespace taktwerk
