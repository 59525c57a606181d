// SPDX-License-Identifier: GPL-3.0-or-later
// C = A B with sums that stay in ROWS x COLUMNS elements. A enters from the west, B from the north, both from
// memories of their own with lines of LINE_WORDS words; results leave at the bottom of each column while the
// next tile is multiplied. Sizes are given with `start`; `done` is high in the cycle of the last write.
module output_stationary_array #(
    parameter int ROWS = 8,
    parameter int COLUMNS = 8,
    parameter int LINE_WORDS = 8,
    parameter int DATA = 8,
    parameter int SUM = 32,
    parameter int LINES = 32768
) (
    input logic clock,
    input logic reset,
    input logic start,
    input logic [15:0] m,
    input logic [15:0] n,
    input logic [15:0] k,
    input logic fill_a,
    input logic fill_b,
    input logic [$clog2(LINES)-1:0] fill_line,
    input logic [DATA*LINE_WORDS-1:0] fill_data,
    output logic write[COLUMNS],
    output logic [31:0] write_address[COLUMNS],  // within the column's own result memory
    output logic signed [SUM-1:0] write_data[COLUMNS],
    output logic done
);
  localparam int Address = $clog2(LINES);
  localparam int Description = 8 + 8 + 32 + 1;
  logic [Address-1:0] a_line, b_line;
  logic [DATA*LINE_WORDS-1:0] a_data, b_data;
  logic read, read_launch, read_first, read_last, read_final;
  logic [7:0] read_chunk, read_rows, read_columns;
  logic [31:0] read_result;

  sequencer #(.ROWS(ROWS), .COLUMNS(COLUMNS), .LINE_WORDS(LINE_WORDS), .LINES(LINES)) control (
      .clock, .reset, .start, .m, .n, .k, .a_line, .b_line, .read, .read_chunk, .read_launch, .read_first,
      .read_last, .read_rows, .read_columns, .read_result, .read_final);
  operand_buffer #(.WIDTH(DATA * LINE_WORDS), .LINES(LINES)) a_buffer (
      .clock, .fill(fill_a), .fill_line, .fill_data, .line(a_line), .data(a_data));
  operand_buffer #(.WIDTH(DATA * LINE_WORDS), .LINES(LINES)) b_buffer (
      .clock, .fill(fill_b), .fill_line, .fill_data, .line(b_line), .data(b_data));

  logic signed [DATA-1:0] across[ROWS][COLUMNS+1], down[ROWS+1][COLUMNS];
  logic [2:0] flags[ROWS][COLUMNS+1];
  logic [DATA-1:0] a_lanes[ROWS], b_lanes[COLUMNS];
  logic [2:0] a_flags[ROWS];
  /* verilator lint_off UNUSED */
  logic b_flags[COLUMNS];
  /* verilator lint_on UNUSED */
  feeder #(.DATA(DATA), .LANES(ROWS), .LINE_WORDS(LINE_WORDS), .FLAGS(3)) west (
      .clock, .reset, .take(read), .chunk(read_chunk), .used(read_rows), .launch(read_launch),
      .flags({read_last, read_first, 1'b1}), .data(a_data), .lanes(a_lanes), .lane_flags(a_flags));
  feeder #(.DATA(DATA), .LANES(COLUMNS), .LINE_WORDS(LINE_WORDS), .FLAGS(1)) north (
      .clock, .reset, .take(read), .chunk(read_chunk), .used(read_columns), .launch(read_launch),
      .flags(1'b1), .data(b_data), .lanes(b_lanes), .lane_flags(b_flags));

  // What the drains have to know about a tile travels as long as its last operands do: from the launch to
  // the capture in the last row of column 0 it is ROWS + 2 cycles, and a cycle more for each column.
  logic [Description-1:0] descriptions[COLUMNS];
  logic [Description-1:0] description;
  assign description = {read_rows, read_columns, read_result, read_final};
  delay_line #(.WIDTH(Description), .DEPTH(ROWS + 2)) travel (
      .clock, .reset, .in(description), .out(descriptions[0]));
  for (genvar c = 1; c < COLUMNS; c++) begin : travels
    delay_line #(.WIDTH(Description), .DEPTH(1)) on (
        .clock, .reset, .in(descriptions[c-1]), .out(descriptions[c]));
  end

  logic signed [SUM-1:0] chain[ROWS+1][COLUMNS];
  logic captures[ROWS][COLUMNS];
  logic shift[COLUMNS], finishes[COLUMNS];
  for (genvar r = 0; r < ROWS; r++) begin : row
    assign across[r][0] = a_lanes[r];
    assign flags[r][0] = a_flags[r];
    for (genvar c = 0; c < COLUMNS; c++) begin : column
      processing_element #(.DATA(DATA), .SUM(SUM)) element (
          .clock, .reset, .west(across[r][c]), .north(down[r][c]), .west_flags(flags[r][c]),
          .drain_in(chain[r][c]), .shift(shift[c]), .east(across[r][c+1]), .south(down[r+1][c]),
          .east_flags(flags[r][c+1]), .captures(captures[r][c]), .drain_out(chain[r+1][c]));
    end
  end
  for (genvar c = 0; c < COLUMNS; c++) begin : bottom
    assign down[0][c] = b_lanes[c];
    assign chain[0][c] = '0;
    assign write_data[c] = chain[ROWS][c];
    drain #(.ROWS(ROWS), .COLUMN(c)) out (
        .clock, .reset, .captures(captures[ROWS-1][c]),
        .rows(descriptions[c][Description-1-:8]), .columns(descriptions[c][Description-9-:8]),
        .result(descriptions[c][32:1]), .final_tile(descriptions[c][0]),
        .shift(shift[c]), .write(write[c]), .address(write_address[c]), .finishes(finishes[c]));
  end
  always_comb begin
    done = 1'b0;
    for (int c = 0; c < COLUMNS; c++) if (finishes[c]) done = 1'b1;
  end
endmodule
