// SPDX-License-Identifier: GPL-3.0-or-later
// Walks the tiles of a matrix product, column tiles outside, row tiles inside. Setting a tile up takes two
// cycles; then each step reads as many lines as the longer of its two operands has, one a cycle. The last
// line of a tile is not read before the drain chains are free for the tile's results, which they are twice
// as many cycles after the last line of the tile before as the array has rows.
module sequencer #(
    parameter int ROWS = 8,
    parameter int COLUMNS = 8,
    parameter int LINE_WORDS = 8,
    parameter int LINES = 32768
) (
    input logic clock,
    input logic reset,
    input logic start,
    input logic [15:0] m,
    input logic [15:0] n,
    input logic [15:0] k,
    output logic [$clog2(LINES)-1:0] a_line,
    output logic [$clog2(LINES)-1:0] b_line,
    // Of the lines that the memories put out now:
    output logic read,
    output logic [7:0] read_chunk,
    output logic read_launch,
    output logic read_first,
    output logic read_last,
    output logic [7:0] read_rows,
    output logic [7:0] read_columns,
    output logic [31:0] read_result,
    output logic read_final
);
  typedef enum logic [1:0] {IDLE, SIZES, ADDRESSES, STEPS} state_t;
  state_t state;
  logic [15:0] row, column, step;
  logic [7:0] rows, columns, a_lines, b_lines, lines, chunk;
  logic [31:0] a_panel, b_panel, a_next, b_next, result;
  logic [15:0] locked;

  wire last_step = step + 16'd1 == k;
  wire last_chunk = chunk + 8'd1 == lines;
  wire held = last_step && last_chunk && locked != 0;
  wire last_row_tile = row + 16'(rows) == m;
  wire last_column_tile = column + 16'(columns) == n;
  assign a_line = $clog2(LINES)'(a_next);
  assign b_line = $clog2(LINES)'(b_next);

  always_ff @(posedge clock) begin
    read <= state == STEPS && !held;
    read_chunk <= chunk;
    read_launch <= state == STEPS && !held && last_chunk;
    read_first <= step == 0;
    read_last <= last_step;
    read_rows <= rows;
    read_columns <= columns;
    read_result <= result;
    read_final <= last_row_tile && last_column_tile;
    if (locked != 0) locked <= locked - 16'd1;
    case (state)
      IDLE:
      if (start) begin
        row <= 0;
        column <= 0;
        a_panel <= 0;
        b_panel <= 0;
        state <= SIZES;
      end
      SIZES: begin
        rows <= m - row < 16'(ROWS) ? 8'(m - row) : 8'(ROWS);
        columns <= n - column < 16'(COLUMNS) ? 8'(n - column) : 8'(COLUMNS);
        state <= ADDRESSES;
      end
      ADDRESSES: begin
        a_lines <= (rows + 8'(LINE_WORDS - 1)) / 8'(LINE_WORDS);
        b_lines <= (columns + 8'(LINE_WORDS - 1)) / 8'(LINE_WORDS);
        lines <= ((rows > columns ? rows : columns) + 8'(LINE_WORDS - 1)) / 8'(LINE_WORDS);
        a_next <= a_panel;
        b_next <= b_panel;
        result <= 32'(column) / COLUMNS * 32'(m) + 32'(row);
        step <= 0;
        chunk <= 0;
        state <= STEPS;
      end
      STEPS:
      if (!held) begin
        if (chunk < a_lines) a_next <= a_next + 1;
        if (chunk < b_lines) b_next <= b_next + 1;
        chunk <= last_chunk ? 8'd0 : chunk + 8'd1;
        if (last_chunk) step <= step + 16'd1;
        if (last_chunk && last_step) begin
          locked <= 16'(2 * ROWS - 1);
          state <= last_row_tile && last_column_tile ? IDLE : SIZES;
          row <= last_row_tile ? 16'd0 : row + 16'(rows);
          a_panel <= last_row_tile ? 0 : a_panel + 32'(k) * 32'(a_lines);
          if (last_row_tile) begin
            column <= column + 16'(columns);
            b_panel <= b_panel + 32'(k) * 32'(b_lines);
          end
        end
      end
    endcase
    if (reset) begin
      state <= IDLE;
      read <= 1'b0;
      read_launch <= 1'b0;
      locked <= 0;
    end
  end
endmodule
