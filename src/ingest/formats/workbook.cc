#include "ingest/formats/workbook.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "ingest/bytes.h"
#include "ingest/formats/xlsx.h"
#include "ingest/formats/xml.h"

namespace huitou::ingest {
namespace {

constexpr std::uint64_t kMaxPartBytes = 64ULL << 20;
constexpr std::string_view kWorkbook = "xl/workbook.xml";

int number_in(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// xl/_rels/workbook.xml.rels: where the parts are.
class Relations : public XmlTaker {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") {
      return;
    }
    std::string target(attributes.get("Target"));
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    const std::string_view type = attributes.get("Type");
    if (type.ends_with("/worksheet")) {
      sheets[std::string(attributes.get("Id"))] = target;
    } else if (type.ends_with("/sharedStrings")) {
      shared = target;
    } else if (type.ends_with("/styles")) {
      styles = target;
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, std::string> sheets;  // tables by id
  std::string shared;
  std::string styles;
};

class Sheets : public XmlTaker {
 public:
  Sheets(const Relations& relations, Workbook& to) : relations_(relations), to_(to) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const std::string_view from_1904 = attributes.get("date1904");
      to_.cells.from_1904 = from_1904 == "1" || from_1904 == "true";
    } else if (name == "sheet") {
      // The names `sheetId` and `r:id` differ also without the prefix.
      const auto place = relations_.sheets.find(std::string(attributes.get("id")));
      if (place != relations_.sheets.end()) {
        const std::string_view state = attributes.get("state");
        to_.sheets.push_back({std::string(attributes.get("name")), place->second,
                              state == "hidden" || state == "veryHidden"});
      }
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  const Relations& relations_;
  Workbook& to_;
};

class Styles : public XmlTaker {
 public:
  explicit Styles(std::vector<Shown>& to) : to_(to) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      own_[number_in(attributes.get("numFmtId"))] = shown_by(attributes.get("formatCode"));
    } else if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "xf" && in_cells_) {
      const int format = number_in(attributes.get("numFmtId"));
      const auto own = own_.find(format);
      to_.push_back(own == own_.end() ? shown_by(format) : own->second);
    }
  }
  void end(std::string_view name) override { in_cells_ = in_cells_ && name != "cellXfs"; }
  void text(std::string_view) override {}

 private:
  std::vector<Shown>& to_;
  std::map<int, Shown> own_;
  bool in_cells_ = false;
};

class SharedStrings : public XmlTaker {
 public:
  explicit SharedStrings(TextColumn& to) : to_(to) {}
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") {
      text_.clear();
    }
    hints_ += name == "rPh" ? 1 : 0;  // how a word is pronounced is not part of it
    in_text_ = name == "t" && hints_ == 0;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    hints_ -= name == "rPh" ? 1 : 0;
    if (name == "si") {
      unescaped_.clear();
      append_unescaped(text_, unescaped_);
      to_.push_back(unescaped_);
      bytes_ += unescaped_.size() + sizeof(std::size_t);
    }
  }
  void text(std::string_view text) override {
    if (in_text_) {
      text_.append(text);
    }
  }
  std::uint64_t bytes() const { return bytes_ + text_.size(); }

 private:
  TextColumn& to_;
  std::string text_;
  std::string unescaped_;
  std::uint64_t bytes_ = 0;
  int hints_ = 0;
  bool in_text_ = false;
};

Error too_many_shared(const std::string& path) {
  const std::string name = file_name(path);
  constexpr std::uint64_t kLimit = kMaxSharedBytes >> 20;
  return {Code::limit_reached,
          fmt::format("{} shares more than {} MiB of text (kMaxSharedBytes)", name, kLimit),
          "Save the table as CSV",
          fmt::format("{} 的共享文本超过 {} MiB（kMaxSharedBytes）", name, kLimit),
          "请将表格另存为 CSV"};
}

}  // namespace

Error damaged_workbook(const std::string& path, std::string_view part) {
  const std::string name = file_name(path);
  return {Code::invalid_input,
          fmt::format("{} is damaged: {} of the workbook cannot be read", name, part),
          "Open it, save it again as .xlsx or CSV",
          fmt::format("{} 已损坏：无法读取工作簿中的 {}", name, part),
          "请打开后重新保存为 .xlsx 或 CSV"};
}

bool is_workbook(const Archive& archive) { return archive.has(std::string(kWorkbook)); }

Result<Workbook> read_workbook(const Archive& archive, const std::string& path) {
  const std::string relations_entry = "xl/_rels/workbook.xml.rels";
  TRY(const std::string relations_text, archive.read(relations_entry, kMaxPartBytes));
  Relations relations;
  if (!parse_xml(relations_text, relations)) {
    return damaged_workbook(path, relations_entry);
  }
  TRY(const std::string workbook_text, archive.read(std::string(kWorkbook), kMaxPartBytes));
  Workbook workbook;
  Sheets sheets(relations, workbook);
  if (!parse_xml(workbook_text, sheets)) {
    return damaged_workbook(path, kWorkbook);
  }
  std::erase_if(workbook.sheets,
                [&](const SheetEntry& sheet) { return !archive.has(sheet.entry); });
  if (workbook.sheets.empty()) {
    return damaged_workbook(path, "xl/worksheets");
  }
  if (!relations.styles.empty() && archive.has(relations.styles)) {
    TRY(const std::string styles_text, archive.read(relations.styles, kMaxPartBytes));
    Styles styles(workbook.cells.styles);
    if (!parse_xml(styles_text, styles)) {
      return damaged_workbook(path, relations.styles);
    }
  }
  if (archive.has(relations.shared)) {
    workbook.shared_entry = relations.shared;
  }
  return workbook;
}

Status read_shared(const Archive& archive, const std::string& path, Workbook& workbook) {
  if (workbook.shared_entry.empty()) {
    return {};
  }
  TRY(const std::unique_ptr<Entry> entry, archive.entry(workbook.shared_entry));
  SharedStrings taker(workbook.cells.shared);
  XmlParser parser(taker);
  std::string bytes(256 << 10, '\0');
  while (true) {
    TRY(const std::size_t got, entry->read(bytes.data(), bytes.size()));
    const bool last = got < bytes.size();
    if (!parser.feed(std::string_view(bytes).substr(0, got), last)) {
      return damaged_workbook(path, workbook.shared_entry);
    }
    if (taker.bytes() > kMaxSharedBytes) {
      return too_many_shared(path);
    }
    if (last) {
      return {};
    }
  }
}

}  // namespace huitou::ingest
