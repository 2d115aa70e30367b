#include "sync/rows.h"

#include "sync/mapping_text.h"

namespace huitou::sync {

ingest::LoadOptions load_options(const Place& place, const Source& source) {
  ingest::LoadOptions options;
  options.source = source.system.empty() ? source.name : source.system;
  options.time_zone = place.time_zone;
  options.currency = place.currency;
  options.today = place.today;
  options.now = place.now();
  return options;
}

std::vector<std::string> names_of(const std::vector<connectors::SourceColumn>& columns) {
  std::vector<std::string> names;
  for (const connectors::SourceColumn& column : columns) names.push_back(column.name);
  return names;
}

Result<ingest::RowsSource> rows_of(const std::string& source, const std::string& mapping,
                                   const Pulled& pulled) {
  ingest::RowsSource rows;
  rows.info.path = "source:" + source;
  rows.info.columns = names_of(pulled.columns);
  TRY(rows.info.samples, pulled.spool.samples(ingest::kSampleRows));
  rows.info.file_bytes = pulled.spool.bytes();
  rows.info.estimated_rows = static_cast<std::uint64_t>(pulled.spool.rows());
  rows.open = pulled.spool.reader(rows.info);
  rows.content = ingest::hash(source, pulled.spool.content());
  if (!mapping.empty()) {
    TRY(rows.mapping, fitting(mapping, rows.info.columns, source));
  }
  return rows;
}

}  // namespace huitou::sync
