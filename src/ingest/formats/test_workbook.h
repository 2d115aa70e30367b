#pragma once

// For tests: workbooks written from the XML of their sheets.

#include <zip.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace huitou::ingest::testing_workbook {

/// Entries of an archive by name.
using Parts = std::map<std::string, std::string>;

inline void write_archive(const std::string& path, const Parts& parts) {
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  CHECK(zip != nullptr);
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
    CHECK(zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  CHECK(zip_close(zip) == 0);
}

struct Sheet {
  std::string name;
  std::string rows;  ///< XML inside sheetData
  std::string state = "visible";
};

/// Style 1 is a day, 2 a day with time, 3 a time, 4 `yyyy"年"m"月"d"日"`, 5 money.
inline Parts workbook_parts(const std::vector<Sheet>& sheets,
                            const std::vector<std::string>& shared = {},
                            const std::string& properties = "") {
  Parts parts;
  parts["[Content_Types].xml"] = "<Types/>";
  std::string list;
  std::string relations;
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + id + "\" state=\"" +
            sheets[i].state + "\" r:id=\"rId" + id + "\"/>";
    relations += "<Relationship Id=\"rId" + id + "\" Type=\"" + type +
                 "worksheet\" Target=\"worksheets/sheet" + id + ".xml\"/>";
    parts["xl/worksheets/sheet" + id + ".xml"] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet><sheetData>" + sheets[i].rows +
        "</sheetData><pageMargins left=\"1\"/></worksheet>";
  }
  relations += "<Relationship Id=\"s\" Type=\"" + type + "styles\" Target=\"styles.xml\"/>";
  parts["xl/styles.xml"] =
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;"
      "d&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0.00_ \"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
      "<xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"21\"/><xf numFmtId=\"164\"/>"
      "<xf numFmtId=\"165\"/></cellXfs></styleSheet>";
  if (!shared.empty()) {
    relations += "<Relationship Id=\"t\" Type=\"" + type +
                 "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    std::string items;
    for (const std::string& item : shared) {
      items += "<si>" + item + "</si>";
    }
    parts["xl/sharedStrings.xml"] = "<sst>" + items + "</sst>";
  }
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
  parts["xl/workbook.xml"] =
      "<workbook xmlns:r=\"r\">" + properties + "<sheets>" + list + "</sheets></workbook>";
  return parts;
}

/// A row of inline texts.
inline std::string text_row(const std::vector<std::string>& cells) {
  std::string row = "<row>";
  for (const std::string& cell : cells) {
    row += cell.empty() ? "<c/>" : "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
  }
  return row + "</row>";
}

}  // namespace huitou::ingest::testing_workbook
