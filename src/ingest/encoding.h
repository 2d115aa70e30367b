#pragma once

// From the bytes of a file to UTF-8.

#include <string>
#include <string_view>
#include <vector>

#include "ingest/table.h"

namespace huitou::ingest {

bool is_ascii(std::string_view bytes);
/// Where the first byte is that is not part of a well-formed UTF-8 character; the size if all are.
std::size_t utf8_error(std::string_view bytes, std::size_t from = 0);

/// The encoding of text that ends at a character's end. `\0` in every second byte is UTF-16; what
/// is well-formed UTF-8 is UTF-8; then GB18030 if high bytes come in pairs, else windows1252.
Encoding guess_encoding(std::string_view bytes);

/// Appends `bytes` as UTF-8; what cannot be read becomes U+FFFD. True if nothing had to.
bool append_decoded(Encoding encoding, std::string_view bytes, std::string& text);

/// Lines of one chunk to UTF-8. A file that is UTF-8 on the whole may hold lines that are not:
/// those are read as what they look like. Returns the lines, counted from 0, in which U+FFFD had to
/// be put.
std::vector<std::uint64_t> decode_lines(Encoding encoding, std::string_view bytes,
                                        std::string& text);

/// Appends UTF-16 as UTF-8 and returns the number of bytes used; a rest that is not a whole
/// character stays unless `last`.
std::size_t utf16_to_utf8(std::string_view bytes, bool big_endian, bool last, std::string& text);

}  // namespace huitou::ingest
