#include "ingest/rows.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "ingest/encoding.h"
#include "ingest/quotes.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kStride = 64;
constexpr std::size_t kQuotedText = 200;  // of a bad row

struct Needles {
  __m128i delimiter;
  __m128i newline;
  __m128i quote;
};

// A bit for each of the 64 bytes that is one of the needles.
std::uint64_t find_needles(const char* data, const Needles& needles) {
  std::uint64_t bits = 0;
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + part * 16));
    const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, needles.delimiter),
                                                  _mm_cmpeq_epi8(bytes, needles.newline)),
                                     _mm_cmpeq_epi8(bytes, needles.quote));
    const auto mask = static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit)));
    bits |= mask << (part * 16);
  }
  return bits;
}

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string beginning_of(std::string_view text) {
  std::size_t size = std::min(text.size(), kQuotedText);
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) {
    --size;
  }
  text = text.substr(0, size);
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

}  // namespace

std::uint64_t count_bytes(std::string_view text, char byte) {
  const __m128i needle = _mm_set1_epi8(byte);
  std::uint64_t count = 0;
  std::size_t at = 0;
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, needle));
    count += static_cast<std::uint64_t>(std::popcount(static_cast<unsigned>(mask)));
  }
  return count + static_cast<std::uint64_t>(
                     std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), byte));
}

RowCutter::RowCutter(const Dialect& dialect, std::size_t columns, std::uint64_t first_line,
                     RawBlock& block)
    : dialect_(dialect),
      columns_(columns),
      block_(block),
      data_(block.buffer_.data.get()),
      size_(block.buffer_.size),
      line_(first_line) {
  block_.columns_ = columns;
  block_.in_order_ = true;
  block_.lines_.clear();
  block_.bad_.clear();
  block_.blank_lines_ = 0;
}

void RowCutter::run() {
  if (dialect_.delimiter == ' ') {
    cut_aligned();
  } else {
    cut_separated();
  }
}

void RowCutter::reserve_fields() {
  if (block_.fields_.size() < count_ + 2 * kStride) {
    block_.fields_.resize(std::max<std::size_t>(2 * block_.fields_.size(), 4096));
  }
}

inline void RowCutter::push(std::size_t begin, std::size_t end) {
  block_.fields_[count_++] = {static_cast<std::uint32_t>(begin),
                              static_cast<std::uint32_t>(end - begin)};
}

void RowCutter::cut_separated() {
  const Needles needles{_mm_set1_epi8(dialect_.delimiter), _mm_set1_epi8(dialect_.newline),
                        _mm_set1_epi8(dialect_.quotes ? '"' : dialect_.delimiter)};
  std::size_t at = 0;
  while (at < size_) {
    reserve_fields();
    std::uint64_t bits = find_needles(data_ + at, needles);
    if (size_ - at < kStride) {
      bits &= (std::uint64_t{1} << (size_ - at)) - 1;
    }
    std::size_t next = at + kStride;
    while (bits != 0) {
      const std::size_t hit = at + static_cast<std::size_t>(std::countr_zero(bits));
      bits &= bits - 1;
      const char c = data_[hit];
      if (c == dialect_.delimiter) {
        push(begin_, hit);
        begin_ = hit + 1;
      } else if (c == dialect_.newline) {
        end_row(hit);
      } else if (opens_field({data_, size_}, hit, begin_, dialect_)) {
        next = take_quoted(hit);
        break;
      }
    }
    at = next;
  }
  if (begin_ < size_ || count_ > row_start_) {
    reserve_fields();
    end_row(size_);
  }
}

// Takes the field whose opening quote is at `quote`; returns where to go on.
std::size_t RowCutter::take_quoted(std::size_t quote) {
  const std::string_view text(data_, size_);
  const Quoted quoted = find_close(text, quote, dialect_, true);
  if (quoted.end != Quoted::End::closed) {
    const std::size_t newline = std::min(text.find(dialect_.newline, quote), size_);
    give_up_row(BadReason::open_quote, newline);
    return begin_;
  }
  if (quoted.doubled) {
    doubled_.push_back(count_);
  }
  if (quoted.lines) {
    row_lines_ += count_bytes(text.substr(quote, quoted.close - quote), dialect_.newline);
  }
  push(quote + 1, quoted.close);
  std::size_t end = quoted.close + 1;
  while (end < size_ && data_[end] != dialect_.delimiter && data_[end] != dialect_.newline) {
    ++end;  // spaces, '\r'
  }
  if (end < size_ && data_[end] == dialect_.delimiter) {
    begin_ = end + 1;
  } else {
    finish_row(end);
  }
  return begin_;
}

// The field before `newline` (or the end of the text) and with it the row.
inline void RowCutter::end_row(std::size_t newline) {
  std::size_t end = newline;
  if (end > begin_ && data_[end - 1] == '\r') {
    --end;
  }
  push(begin_, end);
  finish_row(newline);
}

inline void RowCutter::finish_row(std::size_t end) {
  const RawBlock::Field& first = block_.fields_[row_start_];
  const bool filled = first.size != 0 && static_cast<unsigned char>(data_[first.begin]) > ' ';
  const bool whole = count_ - row_start_ == columns_ && filled;
  if (whole) {
    if (!doubled_.empty()) {
      unescape();
    }
    block_.lines_.push_back(line_);
  } else {
    finish_odd_row(end);
  }
  row_start_ = count_;
  line_ += row_lines_;
  row_lines_ = 1;
  begin_ = end + 1;
  row_begin_ = begin_;
}

void RowCutter::finish_odd_row(std::size_t end) {
  std::size_t fields = count_ - row_start_;
  if (is_blank(fields)) {
    ++block_.blank_lines_;
    count_ = row_start_;
    doubled_.clear();
    return;
  }
  while (fields > columns_ && block_.fields_[row_start_ + fields - 1].size == 0) {
    --fields;  // delimiters behind the last column
  }
  if (fields == columns_) {
    unescape();
    count_ = row_start_ + columns_;
    block_.lines_.push_back(line_);
    return;
  }
  doubled_.clear();
  count_ = row_start_;
  block_.bad_.push_back({line_, BadReason::field_count, fields, columns_,
                         beginning_of({data_ + row_begin_, std::min(end, size_) - row_begin_})});
}

void RowCutter::give_up_row(BadReason reason, std::size_t end) {
  block_.bad_.push_back({line_, reason, count_ - row_start_, columns_,
                         beginning_of({data_ + row_begin_, end - row_begin_})});
  doubled_.clear();
  count_ = row_start_;
  line_ += row_lines_;  // line ends in fields before the bad one
  row_lines_ = 1;
  begin_ = end + 1;
  row_begin_ = begin_;
}

bool RowCutter::is_blank(std::size_t fields) const {
  for (std::size_t i = 0; i < fields; ++i) {
    const RawBlock::Field& field = block_.fields_[row_start_ + i];
    for (std::size_t at = field.begin; at < field.begin + field.size; ++at) {
      if (!is_blank_byte(data_[at])) {
        return false;
      }
    }
  }
  return true;
}

void RowCutter::unescape() {
  for (const std::size_t index : doubled_) {
    if (index >= row_start_ + columns_) {
      continue;
    }
    RawBlock::Field& field = block_.fields_[index];
    char* to = data_ + field.begin;
    const char* end = to + field.size;
    for (const char* from = to; from < end; ++from) {
      *to++ = *from;
      from += *from == '"' && from + 1 < end && from[1] == '"' ? 1 : 0;
    }
    field.size = static_cast<std::uint32_t>(to - (data_ + field.begin));
  }
  doubled_.clear();
}

void RowCutter::cut_aligned() {
  std::size_t at = 0;
  while (at < size_) {
    const void* found = std::memchr(data_ + at, dialect_.newline, size_ - at);
    const std::size_t newline =
        found == nullptr ? size_
                         : static_cast<std::size_t>(static_cast<const char*>(found) - data_);
    cut_line_of_blanks(at, newline);
    finish_row(newline);
    at = newline + 1;
  }
}

void RowCutter::cut_line_of_blanks(std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (true) {
    while (at < end && is_blank_byte(data_[at])) {
      ++at;
    }
    if (at == end) {
      break;
    }
    const std::size_t from = at;
    while (at < end && !is_blank_byte(data_[at])) {
      ++at;
    }
    reserve_fields();
    push(from, at);
  }
  if (count_ == row_start_) {
    reserve_fields();
    push(begin, begin);
  }
}

void parse_chunk(const FileInfo& info, Chunk& chunk, RawBlock& block) {
  std::swap(chunk.bytes, block.buffer_);
  block.consumed_ = chunk.consumed;
  block.mended_.clear();
  const std::string_view raw = block.buffer_.text();
  const bool wide = info.encoding == Encoding::utf16le || info.encoding == Encoding::utf16be;
  const Encoding encoding = wide ? Encoding::utf8 : info.encoding;
  const bool good = is_ascii(raw) || (encoding == Encoding::utf8 && utf8_error(raw) == raw.size());
  if (!good) {
    std::string text;
    text.reserve(raw.size() + raw.size() / 2);
    block.mended_ = decode_lines(encoding, raw, text);
    for (std::uint64_t& line : block.mended_) {
      line += chunk.first_line;
    }
    block.buffer_.size = 0;
    block.buffer_.grow(text.size());
    std::memcpy(block.buffer_.data.get(), text.data(), text.size());
    block.buffer_.size = text.size();
  }
  RowCutter(info.dialect, info.columns.size(), chunk.first_line, block).run();
}

}  // namespace huitou::ingest
