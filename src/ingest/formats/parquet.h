#pragma once

// Parquet files as rows of text, read by the engine (engine::open_parquet).

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// A Parquet file may give so many times its size as text once that is more than
/// kFreeParquetBytes: what grows more is no table but a bomb.
inline constexpr std::uint64_t kMaxParquetRatio = 1000;
inline constexpr std::uint64_t kFreeParquetBytes = 64ULL << 20;

/// By its first bytes.
bool looks_like_parquet(std::string_view head);

/// Errors: invalid_input (damaged, encrypted, without rows), limit_reached, unavailable.
Result<FileInfo> inspect_parquet(const std::string& path);

Result<std::unique_ptr<RowReader>> open_parquet_rows(const FileInfo& info);

}  // namespace huitou::ingest
