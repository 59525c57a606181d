// SPDX-License-Identifier: GPL-3.0-or-later
// A synchronous memory of lines: one port to read, with a register behind it, and one to fill it.
module operand_buffer #(
    parameter int WIDTH = 32,
    parameter int LINES = 32768
) (
    input logic clock,
    input logic fill,
    input logic [$clog2(LINES)-1:0] fill_line,
    input logic [WIDTH-1:0] fill_data,
    input logic [$clog2(LINES)-1:0] line,
    output logic [WIDTH-1:0] data
);
  logic [WIDTH-1:0] memory[LINES];
  always_ff @(posedge clock) begin
    if (fill) memory[fill_line] <= fill_data;
    data <= memory[line];
  end
endmodule
