#include <algorithm>

#include "ingest/entities.h"
#include "ingest/ingest.h"
#include "ingest/source_file.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kPreviewRows = 20;
constexpr std::size_t kPreviewSamples = 5;

std::vector<std::string> some_values(const FileInfo& info, std::size_t column) {
  std::vector<std::string> values;
  for (std::size_t row = 0; row < info.samples.size() && values.size() < kPreviewSamples; ++row) {
    const std::string& value = info.samples[row][column];
    if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(value);
    }
  }
  return values;
}

Column first_rows(const Column& from, std::size_t rows) {
  Column to = make_column(from.name, from.type);
  for (std::size_t row = 0; row < rows; ++row) {
    if (from.is_null(row)) {
      to.push_null();
    } else if (from.type == ColumnType::text) {
      to.push_text(from.texts().at(row));
    } else {
      to.push_integer(from.integers()[row]);
    }
  }
  return to;
}

/// The first rows as they would be loaded, with the customer's key for the id there is not yet.
Frame shown(const Converted& converted, const Mapping& mapping) {
  Frame out;
  const std::size_t rows = std::min(converted.frame.rows(), kPreviewRows);
  for (const Column& column : converted.frame.columns) {
    if (column.name == "head" || column.name == "content" || column.name == "line_key") {
      continue;
    }
    if (column.name == "order_key" && !mapping.has(Field::order_key)) {
      continue;
    }
    if (column.name != "customer_id") {
      out.columns.push_back(first_rows(column, rows));
      continue;
    }
    Column keys = make_column("customer_key", ColumnType::text);
    for (std::size_t row = 0; row < rows; ++row) {
      converted.customers[row].empty() ? keys.push_null()
                                       : keys.push_text(converted.customers[row]);
    }
    out.columns.push_back(std::move(keys));
  }
  return out;
}

Result<Frame> sample_rows(const SourceFile& file, const LoadOptions& options) {
  TRY(TableReader reader, TableReader::open(file.info));
  RawBlock block;
  TRY(const bool more, reader.next(block));
  if (!more) {
    return Frame{};
  }
  const Table table = file.mapping.table;
  if (table == Table::customers || table == Table::products || table == Table::stores) {
    Identities identities;
    Findings findings;
    const Frame all =
        convert_entities(block, file.mapping, source_name(file.mapping, options, file.info.path),
                         identities, findings);
    Frame out;
    for (const Column& column : all.columns) {
      out.columns.push_back(first_rows(column, std::min(all.rows(), kPreviewRows)));
    }
    return out;
  }
  TRY(Converter converter,
      Converter::open(file.mapping, file.info, convert_options(file.mapping, options)));
  Converted converted;
  converter.convert(block, converted);
  return shown(converted, file.mapping);
}

/// Columns are missing: the others are shown all the same, so that a person can say which they are.
Note incomplete_note(const Error& error) {
  return {"incomplete", {error.message, error.message_zh}};
}

/// Why the file was taken for its table; a mapping that a person gave needs no reason.
Sentence summary_of(const Mapping& mapping) {
  const std::string table(table_name(mapping.table));
  return mapping.reason.en.empty()
             ? Sentence{"the mapping file says: " + table, "映射文件指定：" + table}
             : mapping.reason;
}

Result<Preview> preview_of(const SourceFile& file, const LoadOptions& options) {
  Preview out{.path = file.info.path,
              .table = std::string(table_name(file.mapping.table)),
              .summary = summary_of(file.mapping),
              .encoding = std::string(encoding_name(file.info.encoding)),
              .delimiter = std::string(1, file.info.dialect.delimiter),
              .has_header = file.info.dialect.has_header,
              .file_bytes = file.info.file_bytes,
              .estimated_rows = file.info.estimated_rows};
  for (std::size_t i = 0; i < file.mapping.columns.size(); ++i) {
    const ColumnMapping& column = file.mapping.columns[i];
    out.columns.push_back({column.column, std::string(field_name(column.field)), column.confidence,
                           column.reasons, some_values(file.info, i)});
  }
  const Status complete = check(file.mapping, file.info);
  if (complete.ok()) {
    TRY(out.rows, sample_rows(file, options));
    out.notes = notes_of(file);
  } else {
    out.notes.push_back(incomplete_note(complete.error()));
  }
  out.mapping = to_yaml(file.mapping, file.info);
  return out;
}

}  // namespace

Result<Preview> preview(const std::string& path, const LoadOptions& options) {
  TRY(const SourceFile file, read_source(path, options));
  return preview_of(file, options);
}

Result<Preview> preview(const std::string& path, const LoadOptions& options,
                        const std::string& mapping_yaml) {
  TRY(const SourceFile file, read_source(path, mapping_yaml, "mapping"));
  return preview_of(file, options);
}

}  // namespace huitou::ingest
