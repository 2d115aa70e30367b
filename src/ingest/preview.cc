#include <algorithm>

#include "ingest/entities.h"
#include "ingest/ingest.h"
#include "ingest/problems.h"
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
    } else if (from.type == ColumnType::real) {
      to.push_real(from.reals()[row]);
    } else {
      to.push_integer(from.integers()[row]);
    }
  }
  return to;
}

/// The first rows as they would be loaded, with the customer's key for the id there is not yet.
Frame shown(const Converted& converted, const Mapping& mapping) {
  Frame out;
  const std::size_t rows = std::min(converted.customers.size(), kPreviewRows);
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

/// Sample rows as they would be loaded, and what was found in them.
struct Tried {
  Frame rows;
  std::uint64_t read = 0;
  Findings findings;
};

/// Without what a load makes of its own accord.
bool is_of_the_file(std::string_view column) {
  return column != "customer_id" && column != "message_hash" && column != "source" &&
         column != "row";
}

Result<Tried> try_entities(const RawBlock& block, const SourceFile& file,
                           const LoadOptions& options) {
  Tried out{.read = block.rows() + block.bad().size()};
  for (const BadRow& bad : block.bad()) {
    out.findings.add(rule_of(bad.reason), bad.line, "", bad.text);
  }
  Identities identities;
  const std::string source = source_name(file.mapping, options, file.info.path);
  const ConvertOptions convert = convert_options(file.mapping, options);
  TRY(const Frame all,
      convert_entities(block, {file.mapping, convert, source}, identities, out.findings));
  for (const Column& column : all.columns) {
    if (is_of_the_file(column.name)) {
      out.rows.columns.push_back(first_rows(column, std::min(all.rows(), kPreviewRows)));
    }
  }
  return out;
}

Result<Tried> try_rows(const SourceFile& file, const LoadOptions& options) {
  TRY(const std::unique_ptr<RowReader> reader, file.open());
  RawBlock block;
  TRY(const bool more, reader->next(block));
  if (!more) {
    return Tried{};
  }
  if (is_entity(file.mapping.table)) {
    return try_entities(block, file, options);
  }
  TRY(Converter converter,
      Converter::open(file.mapping, file.info, convert_options(file.mapping, options)));
  Converted converted;
  converter.convert(block, converted);
  return Tried{shown(converted, file.mapping), converted.rows_read, std::move(converted.findings)};
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

std::vector<ColumnGuess> columns_of(const SourceFile& file) {
  const Mapping guess = guess_mapping(file.info);
  std::vector<ColumnGuess> out;
  for (std::size_t i = 0; i < file.mapping.columns.size(); ++i) {
    const ColumnMapping& column = file.mapping.columns[i];
    const ColumnMapping& guessed = guess.columns[i];
    ColumnReading reading = read_column(file.info, column, i);
    ColumnGuess& one = out.emplace_back();
    one.column = column.column;
    one.field = field_name(column.field);
    one.confidence = column.confidence;
    one.reasons = column.reasons;
    if (i < file.info.types.size()) {
      one.reasons.push_back(file.info.types[i]);
    }
    one.samples = some_values(file.info, i);
    one.guess = field_name(guessed.field);
    one.guess_confidence = guessed.confidence;
    one.guess_reasons = guessed.reasons;
    one.format = is_date(column.field) ? date_shape_name(column.date.shape) : "";
    one.decimal = is_number(column.field) ? std::string(1, column.number.decimal) : "";
    one.whole_units = column.whole_units;
    one.values = reading.values;
    one.empty = reading.empty;
    one.unreadable = reading.unreadable;
    one.unreadable_samples = std::move(reading.unreadable_samples);
  }
  return out;
}

Problem not_converted(const Error& error) {
  return {.code = "not_converted",
          .severity = "error",
          .blocks = true,
          .text = {describe(error), describe(error, true)}};
}

/// Fills in the rows and what is wrong with them, if the mapping is good enough for that.
Status try_mapping(const SourceFile& file, const LoadOptions& options, Preview& out) {
  out.problems = file.problems;
  const std::vector<Problem> own = problems_of(file.mapping);
  out.problems.insert(out.problems.end(), own.begin(), own.end());
  const Status complete = check(file.mapping, file.info);
  if (!complete.ok()) {
    out.notes.push_back(incomplete_note(complete.error()));
    return {};
  }
  out.notes = notes_of(file);
  auto tried = try_rows(file, options);
  if (!tried.ok()) {
    if (tried.error().code != Code::invalid_input) {
      return tried.error();
    }
    out.problems.push_back(not_converted(tried.error()));
    return {};
  }
  out.rows = std::move(tried->rows);
  out.rows_tried = tried->read;
  out.rows_left_out = tried->findings.left_out();
  const std::vector<Problem> found = problems_of(tried->findings, file.mapping);
  out.problems.insert(out.problems.end(), found.begin(), found.end());
  return {};
}

Result<Preview> preview_of(const SourceFile& file, const LoadOptions& options) {
  Preview out{.path = file.info.path,
              .table = std::string(table_name(file.mapping.table)),
              .format = std::string(format_name(file.info.format)),
              .sheet = file.info.sheet,
              .sheets = file.info.sheets,
              .summary = summary_of(file.mapping),
              .encoding = std::string(encoding_name(file.info.encoding)),
              .delimiter = file.info.format == Format::text
                               ? std::string(1, file.info.dialect.delimiter)
                               : std::string(),
              .has_header = file.info.dialect.has_header,
              .file_bytes = file.info.file_bytes,
              .estimated_rows = file.info.estimated_rows,
              .columns = columns_of(file),
              .guessed = file.mapping_is_guess,
              .time_zone = file.mapping.time_zone,
              .currency = file.mapping.currency};
  TRY(try_mapping(file, options, out));
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

Result<Preview> preview_draft(const std::string& path, const LoadOptions& options,
                              const std::string& draft_yaml) {
  TRY(const SourceFile file, read_draft(path, draft_yaml));
  return preview_of(file, options);
}

Result<Preview> preview_rows(const RowsSource& rows, const LoadOptions& options) {
  TRY(const SourceFile file, read_source(rows));
  return preview_of(file, options);
}

}  // namespace huitou::ingest
