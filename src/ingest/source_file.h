#pragma once

// Opening a file for loading: what it is, and its mapping - told, written down earlier, or guessed.

#include <string>

#include "ingest/ingest.h"
#include "ingest/staging.h"

namespace huitou::ingest {

/// Errors: those of reading the file and of the mapping file. The mapping may lack columns.
Result<SourceFile> read_source(const std::string& path, const LoadOptions& options);
/// With a mapping given as text; `name` stands for it in errors.
Result<SourceFile> read_source(const std::string& path, const std::string& yaml,
                               const std::string& name);
/// With a mapping that is being written; what is wrong with it is in `problems`.
Result<SourceFile> read_draft(const std::string& path, const std::string& yaml);
/// Rows that come from no file. Errors: those of the mapping.
Result<SourceFile> read_source(const RowsSource& rows);
/// Ready to be loaded. Errors: those of `read_source` and of `check`.
Result<SourceFile> open_source(const std::string& path, const LoadOptions& options);

/// Writes a guessed mapping down for the next time; where that is not possible nothing is written.
void keep_mapping(SourceFile& file, const LoadOptions& options);

/// Time zone, currency and day that the file's rows are read with.
ConvertOptions convert_options(const Mapping& mapping, const LoadOptions& options);
std::string source_name(const Mapping& mapping, const LoadOptions& options,
                        const std::string& path);

/// What a person should know before trusting the figures.
std::vector<Note> notes_of(const SourceFile& file);

/// Hash of a file's bytes.
Result<std::uint64_t> content_hash(const std::string& path);

}  // namespace huitou::ingest
