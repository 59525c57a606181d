// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recorded_circuit.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/places.h"

namespace taktwerk::test {

std::vector<RecordedProduct> recordedProducts() {
  std::ifstream file(taktwerk::sourceDirectory() + "/tests/data/rtl/output_stationary_array.csv");
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("the recorded cycles are missing");
  std::vector<RecordedProduct> products;
  while (std::getline(file, line)) {
    for (char& character : line)
      if (character == ',') character = ' ';
    std::istringstream fields(line);
    RecordedProduct product;
    if (!(fields >> product.rows >> product.columns >> product.lineWords >> product.m >> product.n >>
          product.k >> product.cycles))
      throw std::runtime_error("a line of the recorded cycles is not understood: " + line);
    products.push_back(product);
  }
  return products;
}

std::string textOf(const std::vector<RecordedProduct>& products) {
  std::ostringstream text;
  text << "rows,columns,line_words,m,n,k,cycles\n";
  for (const RecordedProduct& product : products)
    text << product.rows << ',' << product.columns << ',' << product.lineWords << ',' << product.m << ','
         << product.n << ',' << product.k << ',' << product.cycles << '\n';
  return text.str();
}

}  // namespace taktwerk::test
