// SPDX-License-Identifier: GPL-3.0-or-later
// Multiplies, adds up and passes operands on. The product and the sum have a register each; a finished sum is
// captured in a third one, which is a link of the column's drain chain.
module processing_element #(
    parameter int DATA = 8,
    parameter int SUM = 32
) (
    input logic clock,
    input logic reset,
    input logic signed [DATA-1:0] west,
    input logic signed [DATA-1:0] north,
    input logic [2:0] west_flags,  // valid, first and last product of a sum; they travel with the operand
    input logic signed [SUM-1:0] drain_in,
    input logic shift,
    output logic signed [DATA-1:0] east,
    output logic signed [DATA-1:0] south,
    output logic [2:0] east_flags,
    output logic captures,
    output logic signed [SUM-1:0] drain_out
);
  logic signed [2*DATA-1:0] product;
  logic signed [SUM-1:0] sum;
  logic summed;

  assign captures = summed;
  always_ff @(posedge clock) begin
    east <= west;
    south <= north;
    product <= west * north;
    if (east_flags[0]) sum <= (east_flags[1] ? '0 : sum) + SUM'(product);
    if (summed) drain_out <= sum;
    else if (shift) drain_out <= drain_in;
    if (reset) begin
      east_flags <= '0;
      summed <= 1'b0;
    end else begin
      east_flags <= west_flags;
      summed <= east_flags[0] && east_flags[2];
    end
  end
endmodule
