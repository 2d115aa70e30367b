#pragma once

// For tests: rows straight into a canonical table.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "schema/schema.h"

namespace huitou::schema::testing {

/// Adds rows; columns that are not given are 0 or empty.
inline void put(engine::Engine& engine, const std::string& table, std::vector<Column> columns) {
  std::vector<engine::TableColumn> types;
  for (const Column& column : columns) {
    for (const engine::TableColumn& type : schema::table(table).columns) {
      if (type.name == column.name) {
        types.push_back(type);
      }
    }
  }
  ASSERT_EQ(types.size(), columns.size()) << table << " has no such column";
  Frame frame;
  frame.columns = std::move(columns);
  auto inserter = engine.insert(table, types);
  ASSERT_TRUE(inserter.ok()) << describe(inserter.error());
  ASSERT_TRUE((*inserter)->write(frame).ok());
  ASSERT_TRUE((*inserter)->finish().ok());
}

/// Makes every canonical table anew, empty.
inline void clear(engine::Engine& engine) {
  for (const engine::TableSpec& table : tables()) {
    ASSERT_TRUE(engine.drop_table(table.name).ok());
  }
  ASSERT_TRUE(ensure(engine).ok());
}

}  // namespace huitou::schema::testing
