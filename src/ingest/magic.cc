// Files that are not what their name says: known by their first bytes.

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <string_view>

#include "ingest/bytes.h"

namespace huitou::ingest {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::string_view bytes;
  std::size_t offset;
  Words what;
  Words advice;
};

constexpr Words kSaveAsCsv{"Open it and save it as CSV (UTF-8)", "请打开后另存为 CSV（UTF-8）"};
constexpr Words kUnpack{"Unpack it and load the file inside", "请先解压，再导入其中的文件"};
constexpr Words kExportCsv{"Export the table as CSV", "请将表格导出为 CSV"};

constexpr std::array kMagics{
    Magic{"PAR1\x15"sv, 0, {"a Parquet file", "Parquet 文件"}, kExportCsv},
    Magic{"ARROW1\0\0"sv, 0, {"an Arrow file", "Arrow 文件"}, kExportCsv},
    Magic{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv,
          0,
          {"an old Excel workbook (.xls)", "旧版 Excel 工作簿（.xls）"},
          kSaveAsCsv},
    Magic{"%PDF-"sv, 0, {"a PDF document", "PDF 文档"}, kExportCsv},
    Magic{"\x89PNG\r\n\x1a\n"sv, 0, {"a PNG picture", "PNG 图片"}, kExportCsv},
    Magic{"\xff\xd8\xff"sv, 0, {"a JPEG picture", "JPEG 图片"}, kExportCsv},
    Magic{"GIF87a"sv, 0, {"a GIF picture", "GIF 图片"}, kExportCsv},
    Magic{"GIF89a"sv, 0, {"a GIF picture", "GIF 图片"}, kExportCsv},
    Magic{"SQLite format 3\0"sv, 0, {"an SQLite database", "SQLite 数据库"}, kExportCsv},
    Magic{"7z\xbc\xaf\x27\x1c"sv, 0, {"a 7z archive", "7z 压缩包"}, kUnpack},
    Magic{"Rar!\x1a\x07"sv, 0, {"a RAR archive", "RAR 压缩包"}, kUnpack},
    Magic{"1AY&SY"sv, 4, {"a bzip2 file", "bzip2 压缩文件"}, kUnpack},
    Magic{"\x28\xb5\x2f\xfd"sv, 0, {"a Zstandard file", "Zstandard 压缩文件"}, kUnpack},
    Magic{"\xfd\x37zXZ\0"sv, 0, {"an xz file", "xz 压缩文件"}, kUnpack},
    Magic{"ustar"sv, 257, {"a tar archive", "tar 压缩包"}, kUnpack},
    Magic{"\x1f\x8b"sv, 0, {"a gzip file", "gzip 压缩文件"}, kUnpack},
    Magic{"\x7f"
          "ELF"sv,
          0,
          {"a program", "可执行程序"},
          kExportCsv},
    Magic{"MZ\x90\0"sv, 0, {"a program", "可执行程序"}, kExportCsv},
    Magic{"{\\rtf"sv, 0, {"an RTF document", "RTF 文档"}, kSaveAsCsv},
};

std::string lower_beginning(std::string_view head) {
  std::string text;
  if (head.starts_with("\xef\xbb\xbf")) {
    head.remove_prefix(3);
  }
  for (const char c : head.substr(0, 256)) {
    const auto byte = static_cast<unsigned char>(c);
    if (!text.empty() || std::isspace(byte) == 0) {
      text.push_back(static_cast<char>(std::tolower(byte)));
    }
  }
  return text;
}

// Exports that call themselves .xls or .csv and are written in a markup language.
const Magic* find_markup(std::string_view head) {
  static constexpr Magic kHtml{"", 0, {"an HTML page", "HTML 网页"}, kSaveAsCsv};
  static constexpr Magic kXml{"", 0, {"an XML document", "XML 文档"}, kSaveAsCsv};
  static constexpr Magic kJson{"", 0, {"JSON", "JSON 数据"}, kExportCsv};
  const std::string text = lower_beginning(head);
  for (const std::string_view begin :
       {"<!doctype html"sv, "<html"sv, "<table"sv, "<head"sv, "<body"sv}) {
    if (text.starts_with(begin)) {
      return &kHtml;
    }
  }
  if (text.starts_with("<?xml")) {
    return &kXml;
  }
  const auto second = text.find_first_not_of(" \t\r\n", 1);
  const char next = second == std::string::npos ? '\0' : text[second];
  const bool object = text.starts_with('{') && (next == '"' || next == '}');
  const bool list =
      text.starts_with('[') && (next == '{' || next == '[' || next == ']' || next == '"');
  return object || list ? &kJson : nullptr;
}

const Magic* find_magic(std::string_view head) {
  static constexpr Magic kWorkbook{
      "", 0, {"an Excel workbook (.xlsx)", "Excel 工作簿（.xlsx）"}, kSaveAsCsv};
  static constexpr Magic kZip{"", 0, {"a ZIP archive", "ZIP 压缩包"}, kUnpack};
  static constexpr Magic kLocked{"",
                                 0,
                                 {"a workbook protected by a password", "有密码保护的工作簿"},
                                 {"Save it without a password", "请去除密码后重新保存"}};
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
    return looks_like_workbook(head) ? &kWorkbook : &kZip;
  }
  if (head.starts_with("\xd0\xcf\x11\xe0") &&
      head.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e"sv) != std::string_view::npos) {
    return &kLocked;
  }
  for (const Magic& magic : kMagics) {
    if (head.size() >= magic.offset && head.substr(magic.offset).starts_with(magic.bytes)) {
      return &magic;
    }
  }
  return find_markup(head);
}

}  // namespace

bool looks_like_workbook(std::string_view head) {
  return head.starts_with("PK\x03\x04") &&
         (head.find("[Content_Types].xml") != std::string_view::npos ||
          head.find("xl/") != std::string_view::npos);
}

Status check_is_text(const std::string& path, std::string_view head, bool inside) {
  const Magic* magic = find_magic(head);
  if (magic == nullptr) {
    return {};
  }
  const std::string name = file_name(path);
  return Error{
      Code::invalid_input,
      fmt::format("{} {} {}, not a table of text", name, inside ? "holds" : "is", magic->what.en),
      std::string(magic->advice.en),
      fmt::format("{} {} {}，不是文本表格", name, inside ? "里面是" : "是", magic->what.zh),
      std::string(magic->advice.zh)};
}

}  // namespace huitou::ingest
