// SPDX-License-Identifier: GPL-3.0-or-later
// Collects the lines of one operand that make up a step (LANES words, LINE_WORDS a line), launches them
// together, and skews them: lane i leaves i cycles after lane 0. Lanes that hold no work get zeros.
module feeder #(
    parameter int DATA = 8,
    parameter int LANES = 8,
    parameter int LINE_WORDS = 8,
    parameter int FLAGS = 3
) (
    input logic clock,
    input logic reset,
    input logic take,                   // `data` is line `chunk` of the step
    input logic [7:0] chunk,
    input logic [7:0] used,             // lanes with work
    input logic launch,                 // with the step's last line
    input logic [FLAGS-1:0] flags,
    input logic [DATA*LINE_WORDS-1:0] data,
    output logic [DATA-1:0] lanes[LANES],
    output logic [FLAGS-1:0] lane_flags[LANES]
);
  logic [DATA-1:0] staged[LANES], launched[LANES];
  logic [FLAGS-1:0] launched_flags;
  logic [DATA-1:0] now[LANES];

  always_comb begin
    for (int i = 0; i < LANES; i++) begin
      now[i] = take && chunk == 8'(i / LINE_WORDS) ? data[DATA*(i%LINE_WORDS)+:DATA] : staged[i];
      if (8'(i) >= used) now[i] = '0;
    end
  end
  always_ff @(posedge clock) begin
    staged <= now;
    if (launch) launched <= now;
    launched_flags <= launch && !reset ? flags : '0;
  end
  for (genvar i = 0; i < LANES; i++) begin : lane
    delay_line #(.WIDTH(DATA + FLAGS), .DEPTH(i)) skew (
        .clock, .reset, .in({launched_flags, launched[i]}), .out({lane_flags[i], lanes[i]}));
  end
endmodule
