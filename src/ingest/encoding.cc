#include "ingest/encoding.h"

#include <emmintrin.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace huitou::ingest {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned char byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

// Length of the well-formed UTF-8 character at `at`, 0 if there is none (Unicode 15, table 3-7).
std::size_t utf8_length(std::string_view bytes, std::size_t at) {
  const unsigned char lead = byte_at(bytes, at);
  if (lead < 0x80) {
    return 1;
  }
  if (lead < 0xc2 || lead > 0xf4) {
    return 0;
  }
  const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > bytes.size()) {
    return 0;
  }
  const unsigned char second = byte_at(bytes, at + 1);
  const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(bytes, at + i) & 0xc0) != 0x80) {
      return 0;
    }
  }
  return length;
}

void append_code_point(std::uint32_t point, std::string& text) {
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text.push_back(static_cast<char>(0xc0 | (point >> 6)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3f)));
  } else if (point < 0x10000) {
    text.push_back(static_cast<char>(0xe0 | (point >> 12)));
    text.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3f)));
  } else {
    text.push_back(static_cast<char>(0xf0 | (point >> 18)));
    text.push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3f)));
    text.push_back(static_cast<char>(0x80 | (point & 0x3f)));
  }
}

bool append_windows1252(std::string_view bytes, std::string& text) {
  // 0x80 to 0x9f; 0 where the code page has no character.
  static constexpr std::array<std::uint16_t, 32> kHigh{
      0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
      0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
      0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};
  bool whole = true;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    std::uint32_t point = byte;
    if (byte >= 0x80 && byte < 0xa0) {
      point = kHigh.at(byte - 0x80U);
      whole = whole && point != 0;
      point = point == 0 ? 0xfffd : point;
    }
    append_code_point(point, text);
  }
  return whole;
}

bool append_mended_utf8(std::string_view bytes, std::string& text) {
  bool whole = true;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t wrong = utf8_error(bytes, at);
    text.append(bytes.substr(at, wrong - at));
    at = wrong;
    if (at < bytes.size()) {
      text.append(kReplacement);
      whole = false;
      ++at;
      while (at < bytes.size() && (byte_at(bytes, at) & 0xc0) == 0x80) {
        ++at;  // the rest of the broken character
      }
    }
  }
  return whole;
}

struct IconvCloser {
  void operator()(void* handle) const { iconv_close(handle); }
};

bool append_gb18030(std::string_view bytes, std::string& text) {
  const std::unique_ptr<void, IconvCloser> converter(iconv_open("UTF-8", "GB18030"));
  CHECK(converter.get() != reinterpret_cast<void*>(-1));
  bool whole = true;
  std::array<char, 8192> output;
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  while (in_left > 0) {
    char* out = output.data();
    std::size_t out_left = output.size();
    const std::size_t state = iconv(converter.get(), &in, &in_left, &out, &out_left);
    const int reason = errno;
    text.append(output.data(), output.size() - out_left);
    if (state == static_cast<std::size_t>(-1) && reason != E2BIG) {
      text.append(kReplacement);
      whole = false;
      ++in;
      --in_left;
    }
  }
  return whole;
}

// High bytes in GB text come in pairs; in Western text a letter with an accent stands alone.
bool looks_like_gb18030(std::string_view bytes) {
  std::size_t pairs = 0;
  std::size_t singles = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned char lead = byte_at(bytes, at);
    if (lead < 0x80) {
      continue;
    }
    const unsigned char next = at + 1 < bytes.size() ? byte_at(bytes, at + 1) : 0;
    const bool four =
        next >= 0x30 && next <= 0x39 && at + 3 < bytes.size() && byte_at(bytes, at + 2) >= 0x81;
    if (lead >= 0x81 && lead <= 0xfe && (next >= 0x80 || four)) {
      ++pairs;
      at += four ? 3 : 1;
    } else {
      ++singles;
      at += next >= 0x40 ? 1U : 0U;
    }
  }
  return pairs > 2 * singles;
}

std::optional<Encoding> guess_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe")) {
    return Encoding::utf16le;
  }
  if (bytes.starts_with("\xfe\xff")) {
    return Encoding::utf16be;
  }
  std::array<std::size_t, 2> zeros{};
  const std::size_t size = std::min<std::size_t>(bytes.size(), 4096);
  for (std::size_t at = 0; at < size; ++at) {
    zeros.at(at % 2) += bytes[at] == '\0' ? 1U : 0U;
  }
  if (zeros[1] * 5 > size && zeros[0] * 50 < size) {
    return Encoding::utf16le;
  }
  if (zeros[0] * 5 > size && zeros[1] * 50 < size) {
    return Encoding::utf16be;
  }
  return std::nullopt;
}

// Is this UTF-8 with some broken characters, rather than another encoding?
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t pairs = 0;  // also frequent by chance in GB text
  std::size_t longer = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_length(bytes, at);
    pairs += length == 2 ? 2U : 0U;
    longer += length > 2 ? length : 0U;
    bad += length == 0 ? 1U : 0U;
    at += std::max<std::size_t>(length, 1);
  }
  return longer > bad || pairs > 4 * bad;
}

// Bytes that are not UTF-8: damaged UTF-8, or another encoding?
Encoding guess_narrow(std::string_view line) {
  if (is_mostly_utf8(line)) {
    return Encoding::utf8;
  }
  return looks_like_gb18030(line) ? Encoding::gb18030 : Encoding::windows1252;
}

}  // namespace

bool is_ascii(std::string_view bytes) {
  std::size_t at = 0;
  for (; at + 16 <= bytes.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    if (_mm_movemask_epi8(block) != 0) {
      return false;
    }
  }
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t utf8_error(std::string_view bytes, std::size_t from) {
  std::size_t at = from;
  while (at < bytes.size()) {
    if (at + 16 <= bytes.size() && _mm_movemask_epi8(_mm_loadu_si128(
                                       reinterpret_cast<const __m128i*>(bytes.data() + at))) == 0) {
      at += 16;
      continue;
    }
    const std::size_t length = utf8_length(bytes, at);
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return bytes.size();
}

Encoding guess_encoding(std::string_view bytes) {
  if (const auto wide = guess_utf16(bytes)) {
    return *wide;
  }
  if (utf8_error(bytes) == bytes.size() || bytes.starts_with("\xef\xbb\xbf")) {
    return Encoding::utf8;
  }
  return guess_narrow(bytes);
}

bool append_decoded(Encoding encoding, std::string_view bytes, std::string& text) {
  switch (encoding) {
    case Encoding::gb18030:
      return append_gb18030(bytes, text);
    case Encoding::windows1252:
      return append_windows1252(bytes, text);
    case Encoding::utf8:
    case Encoding::utf16le:
    case Encoding::utf16be:
      break;
  }
  return append_mended_utf8(bytes, text);
}

std::vector<std::uint64_t> decode_lines(Encoding encoding, std::string_view bytes,
                                        std::string& text) {
  const std::size_t before = text.size();
  if (append_decoded(encoding, bytes, text)) {
    return {};
  }
  text.resize(before);
  const char line_end = bytes.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::vector<std::uint64_t> mended;
  std::uint64_t line_number = 0;
  for (std::size_t at = 0; at < bytes.size(); ++line_number) {
    const std::size_t newline = bytes.find(line_end, at);
    const std::size_t end = newline == std::string_view::npos ? bytes.size() : newline + 1;
    const std::string_view line = bytes.substr(at, end - at);
    const bool foreign = encoding == Encoding::utf8 && utf8_error(line) < line.size();
    if (!append_decoded(foreign ? guess_narrow(line) : encoding, line, text)) {
      mended.push_back(line_number);
    }
    at = end;
  }
  return mended;
}

std::size_t utf16_to_utf8(std::string_view bytes, bool big_endian, bool last, std::string& text) {
  const auto unit = [&](std::size_t at) {
    const std::uint32_t first = byte_at(bytes, at);
    const std::uint32_t second = byte_at(bytes, at + 1);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    std::uint32_t point = unit(at);
    const bool high = point >= 0xd800 && point < 0xdc00;
    if (high && at + 4 > bytes.size() && !last) {
      break;
    }
    at += 2;
    if (high && at + 2 <= bytes.size() && unit(at) >= 0xdc00 && unit(at) < 0xe000) {
      point = 0x10000 + ((point - 0xd800) << 10) + (unit(at) - 0xdc00);
      at += 2;
    } else if (point >= 0xd800 && point < 0xe000) {
      point = 0xfffd;
    }
    append_code_point(point, text);
  }
  if (last && at < bytes.size()) {
    text.append(kReplacement);
    at = bytes.size();
  }
  return at;
}

}  // namespace huitou::ingest
