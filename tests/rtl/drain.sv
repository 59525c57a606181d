// SPDX-License-Identifier: GPL-3.0-or-later
// Empties one column. When the last row captures its sum, all rows have; from the next cycle on the chain
// moves down a row a cycle, and what leaves at the bottom is written, the lowest row with work first.
module drain #(
    parameter int ROWS = 8,
    parameter int COLUMN = 0
) (
    input logic clock,
    input logic reset,
    input logic captures,  // the last row, at the end of this cycle
    input logic [7:0] rows,
    input logic [7:0] columns,
    input logic [31:0] result,
    input logic final_tile,
    output logic shift,
    output logic write,
    output logic [31:0] address,
    output logic finishes  // this cycle writes the last result of all
);
  logic [7:0] left, held_rows, held_columns;
  logic [31:0] held_result;
  logic held_final;

  assign shift = left != 0;
  assign write = shift && left <= held_rows && 8'(COLUMN) < held_columns;
  assign address = held_result + 32'(left) - 1;
  assign finishes = left == 1 && held_final && 8'(COLUMN) + 8'd1 == held_columns;
  always_ff @(posedge clock) begin
    if (captures) begin
      left <= 8'(ROWS);
      held_rows <= rows;
      held_columns <= columns;
      held_result <= result;
      held_final <= final_tile;
    end else if (left != 0) left <= left - 8'd1;
    if (reset) left <= 0;
  end
endmodule
