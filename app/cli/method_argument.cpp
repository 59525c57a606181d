// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/method_argument.h"

#include <array>
#include <vector>

#include "core/base/quotes.h"

namespace taktwerk::cli {

std::variant<Method, Misuse> methodArgument(const std::string& option, const std::string& name) {
  constexpr std::array methods = {Method::Auto, Method::Full, Method::Simulate, Method::Published,
                                  Method::Roofline};
  std::vector<std::string> names;
  for (const Method method : methods) {
    if (toString(method) == name) return method;
    names.emplace_back(toString(method));
  }
  std::string message = option + ": there is no method " + inQuotes(name) + didYouMean(name, names) + " (";
  for (std::size_t i = 0; i < names.size(); ++i) message += (i == 0 ? "" : ", ") + names[i];
  return Misuse{message + ')'};
}

}  // namespace taktwerk::cli
