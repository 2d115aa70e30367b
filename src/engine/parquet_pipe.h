#pragma once

// What the program `huitou_parquet` says on its standard output: frames of one letter, the size as
// eight bytes, and so many bytes.
//
//   c  the columns: a Native block with name, type (in our words), nested, form and scale
//   n  the number of rows, as eight bytes
//   r  rows: Native blocks, each column in its form, then the row's number (UInt64, from 1)
//   e  why it gives up, in the engine's words; the last frame
//   l  the same where a limit was met; the last frame
//   z  the end: all rows were said; the last frame

#include <cstdint>

namespace huitou::engine {

enum class PipeFrame : char {
  columns = 'c',
  count = 'n',
  rows = 'r',
  failed = 'e',
  limit = 'l',
  end = 'z'
};

struct PipeHead {
  PipeFrame kind;
  std::uint64_t size;
};

inline constexpr std::size_t kPipeHeadBytes = 1 + sizeof(std::uint64_t);

}  // namespace huitou::engine
