// SPDX-License-Identifier: GPL-3.0-or-later
// A shift register of DEPTH stages; with none it is a wire and has no use for the clock.
module delay_line #(
    parameter int WIDTH = 8,
    parameter int DEPTH = 1
) (
    /* verilator lint_off UNUSED */
    input logic clock,
    input logic reset,
    /* verilator lint_on UNUSED */
    input logic [WIDTH-1:0] in,
    output logic [WIDTH-1:0] out
);
  if (DEPTH == 0) begin : wire_only
    assign out = in;
  end else begin : registers
    logic [WIDTH-1:0] stages[DEPTH];
    assign out = stages[DEPTH-1];
    always_ff @(posedge clock) begin
      for (int i = 0; i < DEPTH; i++) stages[i] <= reset ? '0 : (i == 0 ? in : stages[i-1]);
    end
  end
endmodule
