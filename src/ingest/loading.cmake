# The loading half of the folder: mapping, canonical rows, identity, the load itself.
find_package(yaml-cpp REQUIRED)
find_library(HUITOU_CCTZ cctz REQUIRED)

target_sources(ingest PRIVATE
  amounts.cc build.cc canonical.cc canonical_read.cc commit.cc dictionary.cc entities.cc evidence.cc fields.cc gone.cc
  guess.cc identity.cc journal.cc keys.cc load.cc local_time.cc made_orders.cc mapping_draft.cc mapping_write.cc mapping_yaml.cc problems.cc monthly_writer.cc odd_keys.cc pipeline.cc preview.cc rules.cc
  source_file.cc staged.cc staging.cc)
target_link_libraries(ingest PUBLIC engine store schema PRIVATE yaml-cpp ${HUITOU_CCTZ} Threads::Threads)

set(ingest_sql
  append_customers append_events append_identities append_products append_stores count counts_of_table disagreeing_orders
  findings gone_count gone_find gone_here gone_keys gone_kept gone_months gone_others identities kept_customers kept_lines kept_orders kept_products kept_stores kept_surveys kept_tickets latest_customers latest_events latest_surveys latest_tickets
  latest_products latest_stores lines_corrected lines_from_lines lines_of_orders lines_of_rows months months_of_events months_met
  odd_heads odd_repeated_lines odd_repeated_orders odd_rows orders_from_lines orders_from_rows orders_of_rows
  repeated_rows unknown_orders)
set(ingest_files ${CMAKE_CURRENT_SOURCE_DIR}/columns.tsv ${CMAKE_CURRENT_SOURCE_DIR}/status_words.tsv)
foreach(name ${ingest_sql})
  list(APPEND ingest_files ${CMAKE_CURRENT_SOURCE_DIR}/sql/${name}.sql)
endforeach()
huitou_embed(ingest FILES ${ingest_files})

if(TARGET ingest_test)
  target_sources(ingest_test PRIVATE canonical_test.cc draft_test.cc keys_test.cc mapping_test.cc preview_test.cc)
endif()
if(HUITOU_TESTS AND NOT HUITOU_SANITIZE)
  add_executable(ingest_load_driver load_driver.cc)
  target_link_libraries(ingest_load_driver PRIVATE ingest fmt::fmt)
  huitou_settings(ingest_load_driver)
endif()
huitou_tests(ingest ENGINE formats/parquet_engine_test.cc gone_engine_test.cc happenings_engine_test.cc kill_engine_test.cc load_engine_test.cc load_rows_engine_test.cc made_orders_engine_test.cc LIBS engine_testing fmt::fmt)
if(TARGET ingest_engine_test)
  add_dependencies(ingest_engine_test ingest_load_driver huitou_parquet)
endif()
